/**
 * The outbox: alerts are rows, written with the decision that caused them, and a row leaves only as sent, held or dropped.
 *
 * One lane per channel, one message in flight per lane. A worker leases the head of a lane, writes down that a request
 * is about to leave (`sending_at`), sends, and records what became of it. A crash in between leaves `sending_at` set:
 * that row may have been posted, so nobody posts it again before looking. The lease token fences a late writer.
 */
import { createHash } from 'node:crypto';
import type { AlertKind, NoticeView, Platform } from '../core/alert.ts';
import type { ClaimId } from '../core/claim.ts';
import { EVERYBODY, type Scope } from '../core/scope.ts';
import { wallTime, type WallTime } from '../core/time.ts';
import type { DecidedView } from './decisions.ts';
import { ownerIsGone } from './presence.ts';
import { one, rows, storable, type Db } from './sql.ts';
import type { SubscriptionState } from './subscriptions.ts';

/** What an alert says, by its kind. */
type Said =
  | { readonly kind: 'status'; readonly view: DecidedView }
  | { readonly kind: 'notice'; readonly view: NoticeView };

export type LeasedAlert = Said & {
  readonly id: string;
  readonly key: string;
  readonly marker: string;
  /** '' when it is about no single claim. */
  readonly claim: ClaimId;
  readonly platform: Platform;
  readonly channel: string;
  readonly token: string;
  readonly attempts: number;
  /** Set when an earlier attempt may have been accepted without our knowing; age of that attempt. */
  readonly inFlightForMs: number | null;
  readonly possibleRepeat: boolean;
};

/** Who hears of a decision; with `approveInMs` only after somebody approved it or that time has passed. */
export type Recipient = SubscriptionState & { readonly approveInMs?: number | null };

/** SQL: a person has not answered yet and may still do so. Such a row holds nobody up. */
const AWAITS_APPROVAL = `(coalesce(approval, '') = 'waiting' and approve_by_at > now())`;

export function laneOf(platform: Platform, channel: string): string {
  return `${platform}:${channel}`;
}

/** 25 characters [a-z0-9] from the alert's key: Discord's longest nonce; 128 bits, so two keys never meet. */
export function markerOf(key: string): string {
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 32);
  return BigInt(`0x${digest}`).toString(36).padStart(25, '0').slice(0, 25);
}

/** One alert per subscription for this decision. Unique by key: writing them twice adds nothing. Returns ids of all of them. */
export async function addAlerts(
  tx: Db,
  decision: { ledger: string; id: string; claim: ClaimId; topic: string; seq: number; scope: Scope },
  recipients: readonly Recipient[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const sub of recipients) {
    const apart = decision.scope === EVERYBODY ? '' : `@${decision.scope}`;
    const key = `${decision.ledger}/${decision.claim}${apart}/${decision.seq}/${sub.platform}/${sub.channel}`;
    const row = await one<{ id: string }>(
      tx,
      `insert into alerts (key, marker, decision, subscription, claim, platform, channel, lane, topic, workspace, approval, approve_by_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $11, case when $10::float8 is not null then 'waiting' end, now() + make_interval(secs => $10::float8))
       on conflict (key) do update set key = excluded.key returning id::text`,
      [
        key,
        markerOf(key),
        decision.id,
        sub.id,
        decision.claim,
        sub.platform,
        sub.channel,
        laneOf(sub.platform, sub.channel),
        decision.topic,
        sub.approveInMs === undefined || sub.approveInMs === null ? null : sub.approveInMs / 1000,
        sub.workspace,
      ],
    );
    if (row !== undefined) ids.push(row.id);
  }
  return ids;
}

/** A word to operators or moderators, once per key ("feed dark: x since y"), whatever happens to it. False when it was said before. */
export async function addNotice(
  db: Db,
  notice: NoticeView & { ledger: string; key: string; platform: Platform; channel: string },
): Promise<boolean> {
  const key = `${notice.ledger}/notice/${notice.key}`;
  const added = await rows(
    db,
    `insert into alerts (key, marker, kind, claim, platform, channel, lane, view) values ($1, $2, 'notice', '', $3, $4, $5, $6)
     on conflict (key) do nothing returning id`,
    [
      key,
      markerOf(key),
      notice.platform,
      notice.channel,
      laneOf(notice.platform, notice.channel),
      JSON.stringify({
        words: storable(notice.words),
        ...(notice.lines === undefined ? {} : { lines: notice.lines.map(storable) }),
        ...(notice.asks === undefined ? {} : { asks: notice.asks }),
      } satisfies NoticeView),
    ],
  );
  return added.length > 0;
}

/** A person's answer to an alert that waits for approval. False when it no longer waits. */
export async function answerApproval(
  db: Db,
  alert: string,
  answer: 'approved' | 'dropped',
  by: string,
): Promise<boolean> {
  const done = await rows(
    db,
    `update alerts set approval = $2, due_at = now(), changed_at = now(), state = case when $2 = 'dropped' then 'dropped' else state end,
       reason = case when $2 = 'dropped' then 'dropped by ' || $3 else reason end
     where id = $1 and approval = 'waiting' and state = 'pending' and approve_by_at > now() returning id`,
    [alert, answer, by],
  );
  return done.length > 0;
}

export interface WaitingApproval {
  readonly alert: string;
  readonly claim: ClaimId;
  readonly platform: Platform;
  readonly channel: string;
  /** It goes out by itself then. */
  readonly approveBy: WallTime;
}

/** Alerts that wait for a person, the most urgent first. */
export async function waitingApprovals(db: Db): Promise<WaitingApproval[]> {
  const found = await rows<Omit<WaitingApproval, 'approveBy'> & { by: Date }>(
    db,
    `select id::text as alert, claim, platform, channel, approve_by_at as by from alerts
     where approval = 'waiting' and state = 'pending' and approve_by_at > now() order by approve_by_at, id`,
  );
  return found.map(({ by, ...row }) => ({ ...row, approveBy: wallTime(by.getTime()) }));
}

export async function laneOfAlert(db: Db, id: string): Promise<string | undefined> {
  return (await one<{ lane: string }>(db, 'select lane from alerts where id = $1', [id]))?.lane;
}

/**
 * Leases the head of a lane. Undefined when the lane is empty, its head is leased by somebody alive, or is not due yet.
 * A lease of `leaseMs` must outlive any single step; `startSending` prolongs it for the request itself.
 */
export async function leaseHead(
  db: Db,
  lane: string,
  owner: number,
  leaseMs: number,
): Promise<LeasedAlert | undefined> {
  const row = await one<{
    id: string;
    key: string;
    marker: string;
    claim: string;
    platform: Platform;
    channel: string;
    token: string;
    attempts: number;
    in_flight_ms: number | null;
    possible_repeat: boolean;
    kind: AlertKind;
    view: unknown;
  }>(
    db,
    `with head as (
       -- The lane's first open row and no other: skipping to the second when the first is locked would break the order.
       select id from alerts
       where id = (select id from alerts where lane = $1 and state in ('pending', 'leased', 'unknown') and not ${AWAITS_APPROVAL} order by id limit 1) for update skip locked
     )
     update alerts a set state = 'leased', attempts = attempts + 1, lease_token = gen_random_uuid(), lease_owner = $3, lease_until = now() + make_interval(secs => $2), changed_at = now()
     from head
     where a.id = head.id and a.next_attempt_at <= now() and (a.state <> 'leased' or a.lease_until < now() or ${ownerIsGone('a.lease_owner')})
     returning a.id::text, a.key, a.marker, a.claim, a.platform, a.channel, a.lease_token::text as token, a.attempts,
       (extract(epoch from now() - a.sending_at) * 1000)::float8 as in_flight_ms, a.possible_repeat, a.kind,
       coalesce(a.view, (select d.view from decisions d where d.id = a.decision)) as view`,
    [lane, leaseMs / 1000, owner],
  );
  return (
    row && {
      id: row.id,
      key: row.key,
      marker: row.marker,
      claim: row.claim,
      platform: row.platform,
      channel: row.channel,
      token: row.token,
      attempts: row.attempts,
      inFlightForMs: row.in_flight_ms,
      possibleRepeat: row.possible_repeat,
      // Written by this file and decide.ts in these shapes.
      ...({ kind: row.kind, view: row.view } as Said),
    }
  );
}

/** Writes down that a request is about to leave. False when the lease was lost: then do not send. */
export async function startSending(
  db: Db,
  alert: LeasedAlert,
  leaseMs: number,
  possibleRepeat: boolean,
): Promise<boolean> {
  const done = await rows(
    db,
    `update alerts set sending_at = now(), lease_until = now() + make_interval(secs => $3), possible_repeat = possible_repeat or $4
     where id = $1 and lease_token = $2 and state = 'leased' returning id`,
    [alert.id, alert.token, leaseMs / 1000, possibleRepeat],
  );
  return done.length > 0;
}

export type Settlement =
  | { readonly state: 'sent'; readonly messageId: string }
  /** Back to the head of the lane after `inMs`; `mayHaveBeenSent` keeps the in-flight mark so that the next try looks first. */
  | {
      readonly state: 'pending' | 'unknown';
      readonly inMs: number;
      readonly reason: string;
      readonly mayHaveBeenSent: boolean;
    }
  | { readonly state: 'held' | 'dropped'; readonly reason: string };

/** Records what became of a lease. A writer whose lease was taken over changes nothing and gets false. */
export async function settle(db: Db, alert: LeasedAlert, result: Settlement): Promise<boolean> {
  const waits = result.state === 'pending' || result.state === 'unknown';
  const changed = await rows(
    db,
    `with done as (
       update alerts set state = $3, reason = $4, message_id = coalesce($5, message_id), lease_token = null, lease_until = null, changed_at = now(),
         sent_at = case when $3 = 'sent' then now() else sent_at end, sending_at = case when $6 then sending_at end,
         next_attempt_at = now() + make_interval(secs => $7)
       where id = $1 and lease_token = $2 and state = 'leased' returning id, attempts
     )
     insert into deliveries (alert, attempt, outcome, reason, message_id) select id, attempts, $3, $4, $5 from done returning alert`,
    [
      alert.id,
      alert.token,
      result.state,
      result.state === 'sent' ? null : result.reason,
      result.state === 'sent' ? result.messageId : null,
      waits && result.mayHaveBeenSent,
      waits ? result.inMs / 1000 : 0,
    ],
  );
  return changed.length > 0;
}

/** Holds what else waits for this channel: it would be refused like this one. */
export async function holdLane(db: Db, alert: LeasedAlert, reason: string): Promise<void> {
  await db.query(
    `update alerts set state = 'held', reason = $3, changed_at = now()
     where platform = $1 and channel = $2 and state = 'pending' and sending_at is null`,
    [alert.platform, alert.channel, reason],
  );
}

/** Heads of lanes that somebody should look at now: due and pending, or leased by someone whose lease ran out. */
export async function dueLanes(db: Db, limit: number): Promise<{ alert: string; attempts: number }[]> {
  return rows(
    db,
    `select id::text as alert, attempts from (
       select distinct on (lane) id, lane, attempts, state, next_attempt_at, lease_until, lease_owner from alerts
       where state in ('pending', 'leased', 'unknown') and not ${AWAITS_APPROVAL} order by lane, id
     ) heads
     where (state <> 'leased' and next_attempt_at <= now()) or (state = 'leased' and (lease_until < now() or ${ownerIsGone('heads.lease_owner')})) order by id limit $1`,
    [limit],
  );
}

export async function outboxCounts(db: Db): Promise<Record<string, number>> {
  const found = await rows<{ state: string; count: string }>(
    db,
    'select state, count(*) as count from alerts group by state',
  );
  return Object.fromEntries(found.map((row) => [row.state, Number(row.count)]));
}

/** When the oldest alert that still waits was written, by this database's clock; null when none waits. */
export async function oldestWaiting(db: Db): Promise<Date | null> {
  const row = await one<{ oldest: Date | null }>(
    db,
    `select min(created_at) as oldest from alerts where state in ('pending', 'leased', 'unknown')`,
  );
  return row?.oldest ?? null;
}
