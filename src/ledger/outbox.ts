/**
 * The outbox: what is to be said is rows, written with the decision that caused it, and a row leaves only as sent, held or
 * dropped, with the reason. This file writes rows and answers questions about them; lanes.ts takes them out.
 */
import { createHash } from 'node:crypto';
import type { AlertKind, NoticeView, Platform } from '../core/alert.ts';
import type { ClaimId } from '../core/claim.ts';
import { EVERYBODY, type Scope } from '../core/scope.ts';
import type { Status } from '../core/status.ts';
import { wallTime, type WallTime } from '../core/time.ts';
import type { DecidedView } from './decisions.ts';
import { one, rows, storable, type Db } from './sql.ts';
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
/** SQL: a person has not answered yet and may still do so. Such a row holds nobody up. */
export const AWAITS_APPROVAL = `(coalesce(approval, '') = 'waiting' and approve_by_at > now())`;

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

interface NewAlert {
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
async function addAlert(tx: Db, alert: NewAlert, to: Recipient): Promise<{ id: string; added: boolean }> {
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

/** Origins of a claim that subscribers were told of by an alert of kind origin. */
export async function toldOrigins(db: Db, claim: ClaimId): Promise<Set<string>> {
  const found = await rows<{ source: string }>(
    db,
    `select distinct n as source from alerts, jsonb_array_elements_text(view->'sources') n where claim = $1 and kind = 'origin'`,
    [claim],
  );
  return new Set(found.map((row) => row.source));
}

/**
 * Channels whose last word from us on a claim was this status, by a message or within a card of several; with the
 * subscription that they have now, if any.
 */
export async function channelsTold(db: Db, claim: ClaimId, status: Status): Promise<Recipient[]> {
  return rows(
    db,
    `select s.id::text, l.platform, l.workspace, l.channel, s.paused from (
       select distinct on (a.platform, a.channel) a.platform, a.channel, a.workspace, a.topic, d.to_status
       from alerts a join decisions d on d.id = a.decision left join alerts t on t.id = a.told_in
       where a.claim = $1 and (a.state = 'sent' or t.state = 'sent') order by a.platform, a.channel, a.id desc
     ) l left join subscriptions s on s.platform = l.platform and s.channel = l.channel and s.topic = l.topic
     where l.to_status = $2 order by l.platform, l.channel`,
    [claim, status],
  );
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

/**
 * Replaces these alerts of one channel by one card that tells them together; earlier cards of this kind among them give
 * what they hold to the new one. In the transaction that holds the lane. Returns the new alert's id.
 */
export async function addCatchUp(
  tx: Db,
  ledger: string,
  ids: readonly string[],
  because: CatchUpSaid['because'],
): Promise<string> {
  const found = await rows<{
    id: string;
    kind: AlertKind;
    platform: Platform;
    channel: string;
    workspace: string;
    subscription: string | null;
    topic: string | null;
    view: CatchUpSaid | null;
  }>(
    tx,
    `select id::text, kind, platform, channel, workspace, subscription::text, topic, case when kind = 'catch-up' then view end as view
     from alerts where id = any($1) order by id`,
    [[...ids]],
  );
  const [first] = found;
  if (first === undefined) throw new Error('a catch-up of nothing');
  const told = found.flatMap((row) => (row.kind === 'catch-up' ? (row.view?.alerts ?? []) : [row.id]));
  const earlier = found.find((row) => row.kind === 'catch-up')?.view?.because;
  const { id } = await addAlert(
    tx,
    {
      // The newest of what it tells names it: the same set is never told twice.
      key: `${ledger}/catch-up/${ids.at(-1) ?? ''}/${first.platform}/${first.channel}`,
      kind: 'catch-up',
      claim: '',
      topic: first.topic,
      decision: null,
      view: { alerts: told, because: earlier ?? because },
      priority: PRIORITY.settled,
      correction: false,
    },
    { ...first, id: first.subscription, paused: null },
  );
  await tx.query(
    `update alerts set state = 'dropped', reason = 'told in the card of alert ' || $2, told_in = $2::bigint, held_for = null,
       lease_token = null, lease_until = null, changed_at = now() where id = any($1)`,
    [[...new Set([...ids, ...told])], id],
  );
  return id;
}

/** What was held back while a channel was closed to us, as one card. Null when nothing was. Run in a transaction. */
export async function catchUpOnHeld(
  tx: Db,
  ledger: string,
  platform: Platform,
  channel: string,
): Promise<string | null> {
  const held = await rows<{ id: string; kind: AlertKind }>(
    tx,
    `select id::text, kind from alerts where lane = $1 and state = 'held' and held_for = 'pause' order by id for update`,
    [laneOf(platform, channel)],
  );
  const changes = held.filter((row) => ['status', 'origin', 'catch-up'].includes(row.kind)).map((row) => row.id);
  await tx.query(
    `update alerts set state = 'dropped', reason = 'no news any more when the channel was open again', held_for = null, changed_at = now()
     where id = any($1)`,
    [held.map((row) => row.id).filter((id) => !changes.includes(id))],
  );
  return changes.length === 0 ? null : addCatchUp(tx, ledger, changes, 'paused');
}

/** What these alerts were to say, in the order in which it was decided. */
export async function saidBy(db: Db, ids: readonly string[]): Promise<(DecidedView & { readonly key: string })[]> {
  const found = await rows<{ key: string; view: DecidedView }>(
    db,
    `select a.key, coalesce(a.view, d.view) as view from alerts a left join decisions d on d.id = a.decision
     where a.id = any($1) and a.kind in ('status', 'origin') order by a.id`,
    [[...ids]],
  );
  return found.map(({ key, view }) => ({ ...view, key }));
}

/** When the channel last got anything from us. */
export async function lastSent(db: Db, platform: Platform, channel: string): Promise<WallTime | null> {
  const row = await one<{ at: Date | null }>(
    db,
    `select max(sent_at) as at from alerts where platform = $1 and channel = $2 and state = 'sent'`,
    [platform, channel],
  );
  return row?.at === undefined || row.at === null ? null : wallTime(row.at.getTime());
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

export async function outboxCounts(db: Db): Promise<Record<string, number>> {
  const found = await rows<{ state: string; count: string }>(
    db,
    'select state, count(*) as count from alerts group by state',
  );
  return Object.fromEntries(found.map((row) => [row.state, Number(row.count)]));
}

export interface HeldAlert {
  readonly id: string;
  readonly kind: AlertKind;
  readonly claim: ClaimId;
  readonly platform: Platform;
  readonly channel: string;
  readonly reason: string;
  readonly heldFor: 'outcome' | 'pause';
}

/** Alerts that a person must look after, the newest first. */
export async function heldAlerts(db: Db, limit: number): Promise<HeldAlert[]> {
  return rows(
    db,
    `select id::text, kind, claim, platform, channel, coalesce(reason, '') as reason, coalesce(held_for, 'outcome') as "heldFor"
     from alerts where state = 'held' order by id desc limit $1`,
    [limit],
  );
}

/** When the oldest alert that still waits was due, by this database's clock; null when none waits. */
export async function oldestWaiting(db: Db): Promise<Date | null> {
  const row = await one<{ oldest: Date | null }>(
    db,
    `select min(due_at) as oldest from alerts where state in ${OPEN} and next_attempt_at <= now() and not ${AWAITS_APPROVAL}`,
  );
  return row?.oldest ?? null;
}
