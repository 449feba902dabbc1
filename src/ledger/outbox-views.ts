/**
 * Questions about the outbox: who was told what, what waits, what a person must look after.
 */
import type { AlertKind, Platform } from '../core/alert.ts';
import type { ClaimId } from '../core/claim.ts';
import type { Status } from '../core/status.ts';
import { wallTime, type WallTime } from '../core/time.ts';
import { AWAITS_APPROVAL } from './approvals.ts';
import type { DecidedView } from './decisions.ts';
import { OPEN, type Recipient } from './outbox.ts';
import { one, rows, type Db } from './sql.ts';

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
