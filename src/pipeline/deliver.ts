/**
 * Deliver: outbox row -> lease -> look before any re-post -> post with marker -> record the message id.
 *
 * The order of the writes is the promise. `startSending` commits before the request leaves, so after any crash a row
 * that may have been posted is known to be so; such a row waits until the platform has settled, is looked up by its
 * marker, and only a certain "not there" (or the configured policy) lets it be sent again.
 */
import type { LookUp, OutgoingMessage, Poster, SendOutcome } from '../chat/platform.ts';
import type { Platform } from '../core/alert.ts';
import { quietUntil } from '../core/hours.ts';
import { iso } from '../core/time.ts';
import { leaseNext, settle, startSending, type LeasedAlert, type Posted, type Settlement } from '../ledger/lanes.ts';
import { isMuted } from '../ledger/mutes.ts';
import { laneOf } from '../ledger/outbox.ts';
import { laneOfAlert } from '../ledger/outbox-views.ts';
import { editNext } from './edits.ts';
import { failpoint } from './failpoint.ts';
import type { Newsroom } from './newsroom.ts';
import { backOff, obey, request, type Stops } from './requests.ts';
import { cardOf, shownOf, type Built } from './said.ts';
import { timings, type Timings } from './timings.ts';

const never = new AbortController().signal;

/** What to write down after an attempt. Pure, so that every outcome of every platform has its row in the tests. */
export function settlementOf(outcome: SendOutcome, attempts: number, times: Timings = timings()): Settlement {
  switch (outcome.outcome) {
    case 'sent':
      return { state: 'sent', messageId: outcome.messageId };
    case 'limited':
      return {
        state: 'pending',
        inMs: outcome.retryAfterMs,
        reason: 'rate limited by the platform',
        mayHaveBeenSent: false,
      };
    case 'failed':
      return { state: 'pending', inMs: backOff(attempts, times), reason: outcome.reason, mayHaveBeenSent: false };
    case 'unknown':
      return { state: 'unknown', inMs: 0, reason: outcome.reason, mayHaveBeenSent: true };
    case 'rejected':
      // A refused token is somebody's to mend: the alert waits, and every start tries again.
      if (outcome.pause === 'platform')
        return { state: 'pending', inMs: times.platformPauseMs, reason: outcome.reason, mayHaveBeenSent: false };
      return outcome.pause === 'message'
        ? { state: 'dropped', reason: outcome.reason }
        : { state: 'held', reason: outcome.reason, heldFor: 'pause' };
  }
}

/** After an attempt of unknown outcome: found -> done, certainly absent -> send again, cannot tell -> as configured. */
export function afterLookUp(
  seen: LookUp,
  policy: 'repost' | 'hold',
):
  | { readonly act: 'done'; readonly messageId: string }
  | { readonly act: 'send'; readonly repeat: boolean }
  | { readonly act: 'hold'; readonly reason: string } {
  if (seen.found === 'yes') return { act: 'done', messageId: seen.messageId };
  if (seen.found === 'no') return { act: 'send', repeat: false };
  return policy === 'repost'
    ? { act: 'send', repeat: true }
    : { act: 'hold', reason: `held: an earlier attempt may have been posted and cannot be looked up (${seen.reason})` };
}

/** After this long on one lane others have their turn. */
const TURN_MS = 5000;

/** Sends everything that is due in the lane of this alert, one at a time, and then edits the lane's cards. */
export async function deliverLane(
  room: Newsroom,
  alertId: string,
  stops: Stops = { stopping: never, ended: never },
): Promise<void> {
  const lane = await laneOfAlert(room.pool, alertId);
  if (lane === undefined) return;
  const platform = lane.slice(0, lane.indexOf(':')) as Platform;
  const poster = room.posters.get(platform);
  // Another process may be connected to it.
  if (poster === undefined || !room.slots.enter(platform, lane, alertId)) return;
  const began = performance.now();
  let more = true;
  try {
    while (more && !stops.stopping.aborted && performance.now() - began < TURN_MS) {
      more = (await sendNext(room, poster, lane, stops)) || (await editNext(room, poster, lane, stops));
    }
  } finally {
    const woken = room.slots.leave(platform, lane);
    if (more && !stops.stopping.aborted) woken.push(alertId);
    for (const id of new Set(woken)) {
      await room.queues.enqueue('deliver', { alertId: id }, { jobId: `deliver-${id}-turn-${performance.now()}` });
    }
  }
}

/** One alert of the lane. False when nothing may leave now. */
async function sendNext(room: Newsroom, poster: Poster, lane: string, stops: Stops): Promise<boolean> {
  const alert = await leaseNext(room.pool, lane, room.owner, {
    leaseMs: room.timings.idleLeaseMs,
    ledger: room.ledger,
    rules: { freshnessMinutes: room.beat().config.delivery.freshnessMinutes, tidy: !room.demo },
  });
  if (alert === undefined) return false;
  failpoint('deliver.leased');
  const { result, posted } = await deliverOne(room, poster, alert, stops);
  await record(room, alert, result, posted);
  failpoint('deliver.recorded');
  // The sweeper finds what waits for longer than this.
  if ((result.state === 'pending' || result.state === 'unknown') && result.inMs <= 60_000) {
    await room.queues.enqueue(
      'deliver',
      { alertId: alert.id },
      { jobId: `deliver-${alert.id}-${alert.attempts}`, delayMs: Math.max(result.inMs, 50) },
    );
  }
  return true;
}

async function record(
  room: Newsroom,
  alert: LeasedAlert,
  result: Settlement,
  posted: Posted | undefined,
): Promise<void> {
  const kept = await settle(room.pool, alert, result, posted);
  const reason = result.state === 'sent' ? undefined : result.reason;
  if (kept && result.state === 'sent') room.sent?.(alert.id);
  const fields = {
    alert: alert.id,
    ...(alert.kind === 'status' ? {} : { kind: alert.kind }),
    claim: alert.claim,
    platform: alert.platform,
    channel: alert.channel,
    attempt: alert.attempts,
    reason,
  };
  const expected = result.state === 'sent' || (result.state === 'pending' && result.quiet === true);
  room.log[expected ? 'info' : 'warn'](
    { step: 'deliver', ...fields },
    kept ? result.state : `${result.state}, but another worker had taken the lease over`,
  );
}

interface Delivered {
  readonly result: Settlement;
  readonly posted?: Posted;
}

/** How far the database's clock and a platform's may differ. */
const CLOCKS_DIFFER_MS = 120_000;

/** One alert, leased by us: look first if it may be there already, then send. Never throws for what a platform answers. */
async function deliverOne(room: Newsroom, poster: Poster, alert: LeasedAlert, stops: Stops): Promise<Delivered> {
  if (alert.inFlightForMs !== null) return lookFirst(room, poster, alert, alert.inFlightForMs, stops);
  const instead = await notNow(room, alert);
  if (instead !== null) return { result: instead };
  const built = await cardOf(room, alert, alert.possibleRepeat);
  if (built === null) return { result: { state: 'dropped', reason: 'nothing is left to tell' } };

  const under = alert.card === null ? null : { ...alert.card, place: alert.options.place };
  const thread = under?.place === 'thread' ? (under.threadId ?? under.messageId) : null;
  const lost = 'the lease was lost before sending';
  if (!(await startSending(room.pool, alert, room.timings.flightLeaseMs, alert.possibleRepeat, thread)))
    return { result: { state: 'pending', inMs: 0, reason: lost, mayHaveBeenSent: false } };
  failpoint('deliver.sending');
  const mention = mentionOf(alert);
  const outcome = await request(room, poster, laneOf(alert.platform, alert.channel), stops, {
    channel: alert.channel,
    marker: alert.marker,
    card: built.card,
    ...(under === null ? {} : { under }),
    ...(mention === null ? {} : { mention }),
    ...(alert.kind === 'status' ? { told: toldBy(room, alert) } : {}),
  });
  failpoint('deliver.answered');
  if (outcome.outcome === 'sent') announce(room, alert);
  await obey(room, alert, outcome);
  return { result: settlementOf(outcome, alert.attempts, room.timings), posted: postedAs(room, built, thread) };
}

async function lookFirst(
  room: Newsroom,
  poster: Poster,
  alert: LeasedAlert,
  inFlightForMs: number,
  stops: Stops,
): Promise<Delivered> {
  const unsettled = poster.settleMs * room.timings.scale - inFlightForMs;
  const waiting = 'waiting for the platform to settle before looking';
  if (unsettled > 0) return { result: { state: 'unknown', inMs: unsettled, reason: waiting, mayHaveBeenSent: true } };
  const seen = await poster.lookUp(
    alert.channel,
    alert.marker,
    AbortSignal.any([AbortSignal.timeout(room.timings.requestMs), stops.ended]),
    { thread: alert.thread, ...(alert.sentAt === null ? {} : { since: alert.sentAt - CLOCKS_DIFFER_MS }) },
  );
  failpoint('deliver.looked');
  // Broken off by our own end: that says nothing about the message.
  if (seen.found === 'unknown' && stops.ended.aborted)
    return { result: { state: 'unknown', inMs: 0, reason: waiting, mayHaveBeenSent: true } };
  const next = afterLookUp(seen, room.beat().config.delivery.onUnknownOutcome);
  switch (next.act) {
    case 'done': {
      // The terminal shows and tells in one go; elsewhere it was the answer that got lost, and with it the telling.
      if (alert.platform !== 'console') announce(room, alert);
      const built = await cardOf(room, alert, alert.possibleRepeat);
      const result = { state: 'sent', messageId: next.messageId } as const;
      return built === null ? { result } : { result, posted: postedAs(room, built, alert.thread) };
    }
    case 'hold':
      return { result: { state: 'held', reason: next.reason, heldFor: 'outcome' } };
    case 'send': {
      // Back into the lane, where it may have been overtaken or grown too old meanwhile.
      const reason = next.repeat ? 'cannot tell whether it was posted' : 'looked: it was not posted';
      return { result: { state: 'pending', inMs: 0, reason, mayHaveBeenSent: false, repeat: next.repeat } };
    }
  }
}

function postedAs(room: Newsroom, built: Built, thread: string | null): Posted {
  const shown = built.view === null ? null : { hash: shownOf(built.card), view: built.view };
  return { thread, shown, editAfterMs: room.timings.editMs };
}

/** Confirmed, refuted, or no longer so: what breaks through quiet hours and is worth a mention to the strictest. */
function isSettling(alert: LeasedAlert): boolean {
  return alert.kind === 'status' && (alert.correction || alert.view.to === 'confirmed' || alert.view.to === 'refuted');
}

function mentionOf(alert: LeasedAlert): string | null {
  const { mention } = alert.options;
  if (mention === null || alert.kind !== 'status') return null;
  return mention.on === 'changes' || isSettling(alert) ? mention.whom : null;
}

/** Why the alert is not sent now, or not at all; null when it is. */
async function notNow(room: Newsroom, alert: LeasedAlert): Promise<Settlement | null> {
  if (alert.kind === 'notice') return null;
  if (!alert.tracked) return { state: 'dropped', reason: 'the claim is not tracked any more' };
  if (!alert.subscribed && !alert.correction && alert.kind !== 'catch-up')
    return { state: 'dropped', reason: 'the channel has unsubscribed' };
  if (alert.claim !== '') {
    const until = await isMuted(room.pool, alert.platform, alert.channel, alert.claim);
    if (until !== null) return { state: 'dropped', reason: `muted here until ${iso(until)}` };
  }
  const { quiet, timeZone } = alert.options;
  // A digest comes at the hour that was chosen for it.
  if (quiet === null || alert.kind === 'digest' || (quiet.breakThrough && isSettling(alert))) return null;
  const now = room.clock.wall();
  const until = quietUntil(quiet, timeZone, now);
  return until === null
    ? null
    : {
        state: 'pending',
        inMs: until - now,
        reason: `quiet hours here until ${new Date(until).toISOString()}`,
        mayHaveBeenSent: false,
        quiet: true,
      };
}

function toldBy(room: Newsroom, alert: LeasedAlert & { kind: 'status' }): NonNullable<OutgoingMessage['told']> {
  return { claim: alert.claim, status: alert.view.to, at: iso(alert.view.claim.since ?? room.clock.news()) };
}

function announce(room: Newsroom, alert: LeasedAlert): void {
  if (alert.kind !== 'status') return;
  room.emit({ type: 'alert', ...toldBy(room, alert), platform: alert.platform, channel: alert.channel });
}
