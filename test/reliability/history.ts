/**
 * What happened in a run, and whether a promise was broken. One checker judges every run: kills, a frozen process, a
 * lost Redis. It knows nothing of how the product works, only what was decided and what the platforms saw.
 *
 *   check(history, { lateAfterMs: 12_000 })  ->  { alerts: 300, lost: [], doubled: [], disordered: [], late: [] }
 */

/** `at`: wall milliseconds of this machine. `channel` names platform and channel. */
export type Happened =
  /** A status change was committed that this channel must hear of; `marker` is the one its alert will carry. */
  | {
      readonly what: 'decided';
      readonly at: number;
      readonly channel: string;
      readonly claim: string;
      readonly seq: number;
      readonly marker: string;
    }
  /** A request to post or to edit reached the platform, whatever came of it. */
  | { readonly what: 'requested'; readonly at: number; readonly channel: string; readonly marker: string }
  /** A new message appeared in the channel. `repeat`: it says itself that it may be one. */
  | {
      readonly what: 'accepted';
      readonly at: number;
      readonly channel: string;
      readonly marker: string;
      readonly message: string;
      readonly repeat: boolean;
    }
  | { readonly what: 'edited'; readonly at: number; readonly channel: string; readonly message: string }
  /** The product gave up a message on purpose: a later status of the same claim stands in its place. */
  | { readonly what: 'superseded'; readonly at: number; readonly marker: string }
  /** From here on no process of the product runs, or some process does again. */
  | { readonly what: 'down' | 'up'; readonly at: number }
  /** From here on the database's disk takes no more, so that nothing may be sent, or there is room again. */
  | { readonly what: 'full' | 'room'; readonly at: number };

export interface Verdict {
  readonly alerts: number;
  /** Decided and never shown, nor stood in for by a later status of its claim that was shown. */
  readonly lost: readonly string[];
  /** Shown more than once, or shown although nobody decided it. */
  readonly doubled: readonly string[];
  /** Shown after a later status of the same claim in the same channel, or before it was decided. */
  readonly disordered: readonly string[];
  /** Shown later than allowed, not counting the time when no process ran or the disk was full. */
  readonly late: readonly string[];
  /** Edits of messages that are not there, or in another channel. */
  readonly misplaced: readonly string[];
  /** Not shown because a later one was. */
  readonly collapsed: number;
  /** Second messages that say of themselves that they may be one. */
  readonly repeats: number;
  /** From decision to message, uptime only: the middle one and the longest. */
  readonly typicalMs: number;
  readonly longestMs: number;
}

type Of<What extends Happened['what']> = Extract<Happened, { what: What }>;

export function check(history: readonly Happened[], allowed: { readonly lateAfterMs: number }): Verdict {
  const all = <What extends Happened['what']>(what: What): Of<What>[] =>
    history.filter((one): one is Of<What> => one.what === what).toSorted((a, b) => a.at - b.at);
  const decided = all('decided');
  const accepted = all('accepted');
  const gaps = downtimes(history);
  const shown = new Map<string, Of<'accepted'>[]>();
  for (const one of accepted) shown.set(one.marker, [...(shown.get(one.marker) ?? []), one]);
  const first = (alert: Of<'decided'>): Of<'accepted'> | undefined =>
    shown.get(alert.marker)?.find((one) => one.channel === alert.channel);
  const superseded = new Set(all('superseded').map((one) => one.marker));

  const sameLine = (a: Of<'decided'>, b: Of<'decided'>): boolean => a.channel === b.channel && a.claim === b.claim;
  const laterOnes = (alert: Of<'decided'>): Of<'decided'>[] =>
    decided.filter((other) => sameLine(alert, other) && other.seq > alert.seq);
  const missing = decided.filter((alert) => first(alert) === undefined);
  const collapsed = missing.filter(
    (alert) => superseded.has(alert.marker) && laterOnes(alert).some((other) => first(other) !== undefined),
  );

  const known = new Set(decided.map((alert) => `${alert.channel} ${alert.marker}`));
  const again = [...shown.values()].flatMap((messages) => messages.slice(1));
  const delays = decided.flatMap((alert) => {
    const message = first(alert);
    return message === undefined ? [] : [{ alert, ms: uptime(alert.at, message.at, gaps) }];
  });
  const lengths = delays.map((one) => one.ms).toSorted((a, b) => a - b);
  const messages = new Map(accepted.map((one) => [`${one.channel} ${one.message}`, one]));

  return {
    alerts: decided.length,
    lost: missing.filter((alert) => !collapsed.includes(alert)).map(nameOf),
    doubled: [
      ...again.filter((one) => !one.repeat).map((one) => `${one.marker} in ${one.channel}`),
      ...accepted
        .filter((one) => !known.has(`${one.channel} ${one.marker}`))
        .map((one) => `${one.marker} in ${one.channel}, which nobody decided`),
    ],
    disordered: decided
      .filter((alert) => {
        const message = first(alert);
        if (message === undefined) return false;
        // A message may not be older than its decision; the two clocks are one machine's, read a moment apart.
        if (message.at < alert.at - 50) return true;
        return laterOnes(alert).some((other) => (first(other)?.at ?? Infinity) < message.at);
      })
      .map(nameOf),
    late: delays.filter((one) => one.ms > allowed.lateAfterMs).map((one) => `${nameOf(one.alert)}: ${one.ms} ms`),
    misplaced: all('edited')
      .filter((edit) => (messages.get(`${edit.channel} ${edit.message}`)?.at ?? Infinity) > edit.at)
      .map((edit) => `${edit.message} in ${edit.channel}`),
    collapsed: collapsed.length,
    repeats: again.filter((one) => one.repeat).length,
    typicalMs: lengths[Math.floor(lengths.length / 2)] ?? 0,
    longestMs: lengths.at(-1) ?? 0,
  };
}

function nameOf(alert: Of<'decided'>): string {
  return `${alert.claim} #${alert.seq} in ${alert.channel}`;
}

interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Spans in which nothing could have been posted, none of them within or over another. */
function downtimes(history: readonly Happened[]): Gap[] {
  const gaps = [...between(history, 'down', 'up'), ...between(history, 'full', 'room')];
  const apart: Gap[] = [];
  for (const gap of gaps.toSorted((a, b) => a.from - b.from)) {
    const last = apart.at(-1);
    if (last === undefined || gap.from > last.to) apart.push(gap);
    else apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, gap.to) };
  }
  return apart;
}

function between(history: readonly Happened[], begins: Happened['what'], ends: Happened['what']): Gap[] {
  const turns = history.filter((one) => one.what === begins || one.what === ends).toSorted((a, b) => a.at - b.at);
  const gaps: Gap[] = [];
  let since: number | null = null;
  for (const turn of turns) {
    if (turn.what === begins) since ??= turn.at;
    else if (since !== null) {
      gaps.push({ from: since, to: turn.at });
      since = null;
    }
  }
  if (since !== null) gaps.push({ from: since, to: Infinity });
  return gaps;
}

function uptime(from: number, to: number, gaps: readonly Gap[]): number {
  const down = gaps.reduce((sum, gap) => sum + Math.max(0, Math.min(to, gap.to) - Math.max(from, gap.from)), 0);
  return Math.max(0, Math.round(to - from - down));
}
