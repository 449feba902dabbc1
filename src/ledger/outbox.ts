/**
 * The outbox: what is to be said is rows, written with the decision that caused it, and a row leaves only as sent, held or
 * dropped, with the reason. This file writes rows; catch-up.ts merges them, lanes.ts takes them out, outbox-views.ts answers
 * questions about them.
 */
import { createHash } from 'node:crypto';
import type { AlertKind, NoticeView, Platform } from '../core/alert.ts';
import type { ClaimId } from '../core/claim.ts';
import { EVERYBODY, type Scope } from '../core/scope.ts';
import type { DecidedView } from './decisions.ts';
import { one, storable, type Db } from './sql.ts';
import type { SubscriptionState } from './subscriptions.ts';

/** A new origin: the claim as decided now, its status unchanged, and who is new. */
export interface OriginSaid extends DecidedView {
  /** Ids of the new sources; `news` holds their names. */
  readonly sources: readonly string[];
}

/** Several alerts in one card: those of these ids. */
export interface CatchUpSaid {
  readonly alerts: readonly string[];
  /** late: they could not be sent in time; quiet: they waited for the end of quiet hours; paused: the channel was closed to us. */
  readonly because: 'late' | 'quiet' | 'paused';
}

/** What changed in a topic between two moments (wall time, ms). */
export interface DigestSaid {
  readonly rhythm: 'daily' | 'weekly';
  readonly from: number;
  readonly until: number;
}

/** What an alert says, by its kind. */
export type Said =
  | { readonly kind: 'status'; readonly view: DecidedView }
  | { readonly kind: 'origin'; readonly view: OriginSaid }
  | { readonly kind: 'story'; readonly view: { readonly story: string } }
  | { readonly kind: 'digest'; readonly view: DigestSaid }
  | { readonly kind: 'catch-up'; readonly view: CatchUpSaid }
  | { readonly kind: 'notice'; readonly view: NoticeView };

/** SQL: states of a row that is still to be dealt with. */
export const OPEN = `('pending', 'leased', 'unknown')`;
/** Who hears of something; with `approveInMs` only after somebody approved it or that time has passed. */
export type Recipient = Pick<SubscriptionState, 'platform' | 'workspace' | 'channel' | 'paused'> & {
  /** Null: it has unsubscribed since, and is told of a correction only. */
  readonly id: string | null;
  readonly approveInMs?: number | null;
};

export function laneOf(platform: Platform, channel: string): string {
  return `${platform}:${channel}`;
}

/** 25 characters [a-z0-9] from the alert's key: Discord's longest nonce; 128 bits, so two keys never meet. */
export function markerOf(key: string): string {
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return BigInt(`0x${digest}`).toString(36).padStart(25, '0').slice(0, 25);
}

export interface NewAlert {
  readonly key: string;
  readonly kind: AlertKind;
  readonly claim: ClaimId;
  readonly topic: string | null;
  readonly decision: string | null;
  readonly view: object | null;
  readonly priority: number;
  readonly correction: boolean;
}

/** Unique by key: writing one twice adds nothing. Returns the row's id, whether it was there or not. */
export async function addAlert(tx: Db, alert: NewAlert, to: Recipient): Promise<{ id: string; added: boolean }> {
  const lane = laneOf(to.platform, to.channel);
  const row = await one<{ id: string; added: boolean }>(
    tx,
    `insert into alerts (key, marker, decision, subscription, claim, platform, channel, lane, topic, workspace, kind, view, priority, correction,
       approval, approve_by_at, state, held_for, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, case when $15::float8 is not null then 'waiting' end,
       now() + make_interval(secs => $15::float8), case when $16::text is null then 'pending' else 'held' end,
       case when $16::text is null then null else 'pause' end, $16)
     on conflict (key) do update set key = excluded.key returning id::text, (xmax = 0) as added`,
    [
      alert.key,
      markerOf(alert.key),
      alert.decision,
      to.id,
      alert.claim,
      to.platform,
      to.channel,
      lane,
      alert.topic,
      to.workspace,
      alert.kind,
      alert.view === null ? null : JSON.stringify(alert.view),
      alert.priority,
      alert.correction,
      to.approveInMs === undefined || to.approveInMs === null ? null : to.approveInMs / 1000,
      to.paused === null ? null : `paused: ${to.paused}`,
    ],
  );
  if (row === undefined) throw new Error('insert returned no alert');
  // What a closed channel missed of a claim is only where it stands in the end.
  if (to.paused !== null && row.added && alert.claim !== '') {
    await tx.query(
      `update alerts set state = 'dropped', reason = 'superseded by alert ' || $3, held_for = null, changed_at = now()
       where lane = $1 and claim = $2 and state = 'held' and held_for = 'pause' and id < $3::bigint`,
      [lane, alert.claim, row.id],
    );
  }
  return row;
}

/** Lower goes first within a channel, where the order of a claim allows. */
export const PRIORITY = { settled: 0, change: 1, origin: 2, digest: 3, story: 4 } as const;

/**
 * One alert per recipient for this decision. What is for a paused channel is held for it. Returns the ids of those that
 * somebody can deliver.
 */
export async function addAlerts(
  tx: Db,
  decision: {
    ledger: string;
    id: string;
    claim: ClaimId;
    topic: string;
    seq: number;
    scope: Scope;
    priority?: number;
  },
  recipients: readonly (Recipient & { readonly correction?: boolean })[],
): Promise<string[]> {
  const ids: string[] = [];
  const apart = decision.scope === EVERYBODY ? '' : `@${decision.scope}`;
  for (const to of recipients) {
    const { id } = await addAlert(
      tx,
      {
        key: `${decision.ledger}/${decision.claim}${apart}/${decision.seq}/${to.platform}/${to.channel}`,
        kind: 'status',
        claim: decision.claim,
        topic: decision.topic,
        decision: decision.id,
        view: null,
        priority: decision.priority ?? PRIORITY.change,
        correction: to.correction === true,
      },
      to,
    );
    if (to.paused === null) ids.push(id);
  }
  return ids;
}

/** A new origin, told once for ever. Returns the ids of those that somebody can deliver. */
export async function addOriginAlerts(
  tx: Db,
  about: { ledger: string; claim: ClaimId; topic: string; scope: Scope; view: OriginSaid },
  recipients: readonly Recipient[],
): Promise<string[]> {
  const ids: string[] = [];
  const apart = about.scope === EVERYBODY ? '' : `@${about.scope}`;
  const sources = [...about.view.sources].sort();
  for (const to of recipients) {
    const { id } = await addAlert(
      tx,
      {
        key: `${about.ledger}/${about.claim}${apart}/origin ${sources.join(' ')}/${to.platform}/${to.channel}`,
        kind: 'origin',
        claim: about.claim,
        topic: about.topic,
        decision: null,
        view: about.view,
        priority: PRIORITY.origin,
        correction: false,
      },
      to,
    );
    if (to.paused === null) ids.push(id);
  }
  return ids;
}

/** One story to one channel, once, whatever topics of the channel it touches. Null when it was told there before. */
export async function addStoryAlert(
  tx: Db,
  about: { ledger: string; story: string; topic: string },
  to: Recipient,
): Promise<string | null> {
  const { id, added } = await addAlert(
    tx,
    {
      key: `${about.ledger}/story/${about.story}/${to.platform}/${to.channel}`,
      kind: 'story',
      claim: '',
      topic: about.topic,
      decision: null,
      view: { story: about.story },
      priority: PRIORITY.story,
      correction: false,
    },
    to,
  );
  return added ? id : null;
}

/** One digest of a subscription for one period, once. `period` names it: "2026-11-25". Null when it was there. */
export async function addDigest(
  tx: Db,
  about: { ledger: string; topic: string; period: string; view: DigestSaid },
  to: Recipient,
): Promise<string | null> {
  const { id, added } = await addAlert(
    tx,
    {
      key: `${about.ledger}/digest/${about.topic}/${about.view.rhythm} ${about.period}/${to.platform}/${to.channel}`,
      kind: 'digest',
      claim: '',
      topic: about.topic,
      decision: null,
      view: about.view,
      priority: PRIORITY.digest,
      correction: false,
    },
    to,
  );
  return added ? id : null;
}

/** A word to the operators, once per key ("feed dark: x since y"), whatever happens to it. False when it was said before. */
export async function addNotice(
  db: Db,
  notice: NoticeView & { ledger: string; key: string; platform: Platform; channel: string },
): Promise<boolean> {
  const { added } = await addAlert(
    db,
    {
      key: `${notice.ledger}/notice/${notice.key}`,
      kind: 'notice',
      claim: '',
      topic: null,
      decision: null,
      view: {
        words: storable(notice.words),
        ...(notice.lines === undefined ? {} : { lines: notice.lines.map(storable) }),
        ...(notice.asks === undefined ? {} : { asks: notice.asks }),
      } satisfies NoticeView,
      priority: PRIORITY.change,
      correction: false,
    },
    { id: null, platform: notice.platform, channel: notice.channel, workspace: '', paused: null },
  );
  return added;
}
