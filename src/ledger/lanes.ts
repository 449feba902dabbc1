/**
 * Lanes of the outbox: one per channel, one message in flight in each. A worker leases what core/lane.ts says is next,
 * writes down that a request is about to leave (`sending_at`), sends, and records what became of it. A crash in between
 * leaves `sending_at` set: that row may have been posted, so nobody posts it again before looking. The lease token fences
 * a late writer, and a lock on the lane's name keeps two workers from choosing at once.
 */
import type { Pool } from 'pg';
import type { AlertKind, Level, Platform } from '../core/alert.ts';
import type { ClaimId } from '../core/claim.ts';
import { planLane, type LanePlan, type LaneRules } from '../core/lane.ts';
import { optionsFrom, type SubscriptionOptions } from '../core/options.ts';
import { wallTime, type WallTime } from '../core/time.ts';
import { recordCard, type CardRow } from './cards.ts';
import { AWAITS_APPROVAL } from './approvals.ts';
import { addCatchUp } from './catch-up.ts';
import { OPEN, type Said } from './outbox.ts';
import { laneIsFree, lockLane } from './pauses.ts';
import { ownerIsGone } from './presence.ts';
import { one, rows, transaction, type Db, type Tx } from './sql.ts';

export type LeasedAlert = Said & {
  readonly id: string;
  readonly key: string;
  readonly marker: string;
  /** '' when it is about no single claim. */
  readonly claim: ClaimId;
  readonly topic: string | null;
  readonly platform: Platform;
  readonly workspace: string;
  readonly channel: string;
  readonly token: string;
  readonly attempts: number;
  /** Set when an earlier attempt may have been accepted without our knowing; age of that attempt. */
  readonly inFlightForMs: number | null;
  /** When that one left, by the database's clock. */
  readonly sentAt: WallTime | null;
  /** The thread that attempt went to. */
  readonly thread: string | null;
  readonly possibleRepeat: boolean;
  readonly correction: boolean;
  /** What the channel chose; defaults where it is not subscribed (corrections, notices). */
  readonly options: SubscriptionOptions;
  /** Still subscribed to the alert's topic. */
  readonly subscribed: boolean;
  /** The claim is still tracked; true for what is about no single claim. */
  readonly tracked: boolean;
  /** The claim's living card in this channel, when there is one. */
  readonly card: Pick<CardRow, 'messageId' | 'threadId'> | null;
};

interface WaitingRow {
  id: string;
  kind: AlertKind;
  claim: string;
  priority: number;
  may_be_there: boolean;
  held: boolean;
  awaits: boolean;
  in_ms: number;
  age_ms: number;
  quiet: boolean;
  level: Level | null;
}

/** More than this no channel has waiting at once: changes of one claim overtake each other. */
const MOST_WAITING = 2000;

async function waitingIn(tx: Tx, lane: string): Promise<WaitingRow[]> {
  return rows<WaitingRow>(
    tx,
    `select a.id::text, a.kind, a.claim, a.priority, a.sending_at is not null as may_be_there,
       (a.state = 'leased' and a.lease_until >= now() and not ${ownerIsGone('a.lease_owner')}) as held,
       ${AWAITS_APPROVAL} as awaits, (extract(epoch from a.next_attempt_at - now()) * 1000)::float8 as in_ms,
       (extract(epoch from now() - a.due_at) * 1000)::float8 as age_ms, a.quiet, s.level
     from alerts a left join subscriptions s on s.id = a.subscription
     where a.lane = $1 and a.state in ${OPEN} order by a.id limit ${MOST_WAITING}`,
    [lane],
  );
}

async function plan(tx: Tx, lane: string, rules: LaneRules): Promise<LanePlan> {
  const found = await waitingIn(tx, lane);
  return planLane(
    found.map(({ may_be_there, awaits, in_ms, age_ms, level, ...row }) => ({
      ...row,
      mayBeThere: may_be_there,
      awaitsApproval: awaits,
      inMs: in_ms,
      ageMs: age_ms,
      level: level ?? 'changes',
    })),
    rules,
  );
}

async function drop(tx: Tx, ids: readonly string[], reason: string): Promise<void> {
  await tx.query(
    `update alerts set state = 'dropped', reason = $2, changed_at = now(), lease_token = null, lease_until = null where id = any($1)`,
    [[...ids], reason],
  );
}

/**
 * Leases what is next in a lane. Undefined when nothing may leave now: it is empty, a message is in flight, nothing is due
 * or the platform asked to be left alone. A lease of `leaseMs` must outlive any single step; `startSending` prolongs it.
 */
export async function leaseNext(
  pool: Pool,
  lane: string,
  owner: number,
  terms: { readonly leaseMs: number; readonly rules: LaneRules; readonly ledger: string },
): Promise<LeasedAlert | undefined> {
  return transaction(pool, async (tx) => {
    await lockLane(tx, lane);
    if (!(await laneIsFree(tx, lane))) return undefined;
    for (;;) {
      const { superseded, tooLate, catchUp, because, next } = await plan(tx, lane, terms.rules);
      for (const { id, by } of superseded) await drop(tx, [id], `superseded by alert ${by}`);
      if (tooLate.length > 0) await drop(tx, tooLate, 'no news any more when it could be sent');
      if (catchUp.length > 0) await addCatchUp(tx, terms.ledger, catchUp, because);
      if (superseded.length + tooLate.length + catchUp.length > 0) continue;
      return next === null ? undefined : lease(tx, next, owner, terms.leaseMs);
    }
  });
}

interface LeasedRow {
  id: string;
  key: string;
  marker: string;
  claim: string;
  topic: string | null;
  platform: Platform;
  workspace: string;
  channel: string;
  token: string;
  attempts: number;
  in_flight_ms: number | null;
  sending_ms: number | null;
  thread: string | null;
  possible_repeat: boolean;
  correction: boolean;
  kind: AlertKind;
  view: unknown;
  options: unknown;
  subscribed: boolean;
  tracked: boolean;
  message_id: string | null;
  thread_id: string | null;
}

async function lease(tx: Tx, id: string, owner: number, leaseMs: number): Promise<LeasedAlert | undefined> {
  const row = await one<LeasedRow>(
    tx,
    `with taken as (
       update alerts set state = 'leased', attempts = attempts + 1, lease_token = gen_random_uuid(), lease_owner = $3,
         lease_until = now() + make_interval(secs => $2), changed_at = now() where id = $1 returning *
     )
     select a.id::text, a.key, a.marker, a.claim, a.topic, a.platform, a.workspace, a.channel, a.lease_token::text as token, a.attempts,
       (extract(epoch from now() - a.sending_at) * 1000)::float8 as in_flight_ms,
       (extract(epoch from a.sending_at) * 1000)::float8 as sending_ms, a.thread, a.possible_repeat, a.correction, a.kind,
       coalesce(a.view, (select d.view from decisions d where d.id = a.decision)) as view,
       s.options, s.id is not null as subscribed, (a.claim = '' or coalesce(k.active, false)) as tracked, c.message_id, c.thread_id
     from taken a left join subscriptions s on s.platform = a.platform and s.channel = a.channel and s.topic = a.topic
       left join cards c on c.platform = a.platform and c.channel = a.channel and c.claim = a.claim and c.message_id is not null
       left join claims k on k.id = a.claim`,
    [id, leaseMs / 1000, owner],
  );
  return (
    row && {
      id: row.id,
      key: row.key,
      marker: row.marker,
      claim: row.claim,
      topic: row.topic,
      platform: row.platform,
      workspace: row.workspace,
      channel: row.channel,
      token: row.token,
      attempts: row.attempts,
      inFlightForMs: row.in_flight_ms,
      sentAt: row.sending_ms === null ? null : wallTime(row.sending_ms),
      thread: row.thread,
      possibleRepeat: row.possible_repeat,
      correction: row.correction,
      options: optionsFrom(row.options, row.platform),
      subscribed: row.subscribed,
      tracked: row.tracked,
      card: row.message_id === null ? null : { messageId: row.message_id, threadId: row.thread_id },
      // Written by outbox.ts and decide.ts in these shapes.
      ...({ kind: row.kind, view: row.view } as Said),
    }
  );
}

/** Writes down that a request is about to leave, and to which thread. False when the lease was lost: then do not send. */
export async function startSending(
  db: Db,
  alert: LeasedAlert,
  leaseMs: number,
  possibleRepeat: boolean,
  thread: string | null,
): Promise<boolean> {
  const done = await rows(
    db,
    `update alerts set sending_at = now(), lease_until = now() + make_interval(secs => $3), possible_repeat = possible_repeat or $4, thread = $5
     where id = $1 and lease_token = $2 and state = 'leased' returning id`,
    [alert.id, alert.token, leaseMs / 1000, possibleRepeat, thread],
  );
  return done.length > 0;
}

export type Settlement =
  | { readonly state: 'sent'; readonly messageId: string }
  /** Back into the lane after `inMs`; `mayHaveBeenSent` keeps the in-flight mark so that the next try looks first. */
  | {
      readonly state: 'pending' | 'unknown';
      readonly inMs: number;
      readonly reason: string;
      readonly mayHaveBeenSent: boolean;
      /** It waits for the end of quiet hours: its age counts from then. */
      readonly quiet?: boolean;
      /** The next attempt may repeat what is there already and must say so. */
      readonly repeat?: boolean;
    }
  /** held for 'outcome': nobody can tell whether it is there; for 'pause': its channel is closed to us. */
  | { readonly state: 'held'; readonly reason: string; readonly heldFor: 'outcome' | 'pause' }
  | { readonly state: 'dropped'; readonly reason: string };

/** What a message that was posted shows, when it becomes the living card of its claim or story. */
export interface Posted {
  readonly thread: string | null;
  /** Null: it is no card. */
  readonly shown: { readonly hash: string; readonly view: object } | null;
  readonly editAfterMs: number;
}

/** Records what became of a lease. A writer whose lease was taken over changes nothing and gets false. */
export async function settle(
  pool: Pool,
  alert: LeasedAlert,
  result: Settlement,
  posted: Posted = { thread: null, shown: null, editAfterMs: 0 },
): Promise<boolean> {
  if (result.state !== 'sent') return record(pool, alert, result);
  return transaction(pool, async (tx) => {
    if (!(await record(tx, alert, result))) return false;
    await recordCard(tx, alert, result.messageId, posted);
    return true;
  });
}

async function record(db: Db, alert: LeasedAlert, result: Settlement): Promise<boolean> {
  const waits = result.state === 'pending' || result.state === 'unknown';
  const changed = await rows(
    db,
    `with done as (
       update alerts set state = $3, reason = $4, message_id = coalesce($5, message_id), lease_token = null, lease_until = null, changed_at = now(),
         sent_at = case when $3 = 'sent' then now() else sent_at end, sending_at = case when $6 then sending_at end,
         next_attempt_at = now() + make_interval(secs => $7), held_for = $8, quiet = quiet or $9, possible_repeat = possible_repeat or $10,
         due_at = case when $9 then now() + make_interval(secs => $7) else due_at end
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
      result.state === 'held' ? result.heldFor : null,
      waits && result.quiet === true,
      waits && result.repeat === true,
    ],
  );
  return changed.length > 0;
}

/** Holds what else waits for this channel: it would be refused like this one. */
export async function holdLane(db: Db, lane: string, reason: string): Promise<void> {
  await db.query(
    `update alerts set state = 'held', held_for = 'pause', reason = $2, changed_at = now()
     where lane = $1 and state = 'pending' and sending_at is null`,
    [lane, reason],
  );
}

/** One alert of each lane that somebody should look at now: something is due, a lease ran out, or a card wants an edit. */
export async function dueLanes(db: Db, limit: number): Promise<{ alert: string; attempts: number }[]> {
  return rows(
    db,
    `with due as (
       select lane, min(id) as id from alerts
       where state in ${OPEN} and not ${AWAITS_APPROVAL}
         and ((state <> 'leased' and next_attempt_at <= now()) or (state = 'leased' and (lease_until < now() or ${ownerIsGone('alerts.lease_owner')})))
       group by lane
       union all
       select lane, min(alert) from cards
       where wanted > edited and message_id is not null and alert is not null and next_edit_at <= now()
         and (lease_token is null or lease_until < now() or ${ownerIsGone('cards.lease_owner')})
       group by lane
     ), free as (
       select d.lane, min(d.id) as id from due d
       where not exists (select 1 from pauses p where p.lane in (d.lane, split_part(d.lane, ':', 1) || ':') and p.until_at > now())
         and not exists (select 1 from alerts h where h.lane = d.lane and h.state = 'leased' and h.lease_until >= now() and not ${ownerIsGone('h.lease_owner')})
       group by d.lane
     )
     select a.id::text as alert, a.attempts from free join alerts a on a.id = free.id order by a.id limit $1`,
    [limit],
  );
}
