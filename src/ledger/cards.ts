/**
 * Living cards: one message per claim (or story) and channel that is edited in place while evidence grows.
 *
 * Whoever changes what a card should show raises `wanted`; a deliverer catches `edited` up with it, at most once in a while,
 * and only when nothing else waits for the channel. An edit says the same however often it is sent, so a lost answer needs
 * no looking up: it is sent again.
 */
import type { Pool } from 'pg';
import type { Platform } from '../core/alert.ts';
import type { ClaimId } from '../core/claim.ts';
import type { LeasedAlert, Posted } from './lanes.ts';
import { OPEN, laneOf } from './outbox.ts';
import { laneIsFree, lockLane } from './pauses.ts';
import { ownerIsGone } from './presence.ts';
import { one, rows, transaction, type Db } from './sql.ts';

export interface CardRow {
  readonly platform: Platform;
  readonly channel: string;
  readonly workspace: string;
  /** A claim, or 'story:ID'. */
  readonly claim: ClaimId;
  readonly messageId: string;
  readonly threadId: string | null;
  /** Hash of what it shows. */
  readonly shown: string;
  /** What it said when it was posted. */
  readonly postedView: unknown;
  readonly postedAt: number;
}

export type LeasedCard = CardRow & {
  readonly token: string;
  readonly wanted: string;
  readonly attempts: number;
  /** Of the alert that it was posted for. */
  readonly topic: string | null;
};

/** 'story:12': stories share the table with claims, whose ids have no colon. */
export function storyCard(story: string): string {
  return `story:${story}`;
}

/** In the transaction that records a post as sent: the first of a claim becomes its card, a later one makes the card follow. */
export async function recordCard(tx: Db, alert: LeasedAlert, messageId: string, posted: Posted): Promise<void> {
  if (alert.kind !== 'status' && alert.kind !== 'origin' && alert.kind !== 'story') return;
  const claim = alert.kind === 'story' ? storyCard(alert.view.story) : alert.claim;
  if (alert.card !== null) {
    await tx.query(
      `update cards set wanted = wanted + 1, thread_id = coalesce($4, thread_id) where platform = $1 and channel = $2 and claim = $3`,
      [alert.platform, alert.channel, claim, posted.thread],
    );
    return;
  }
  // A terminal cannot take back what it has printed.
  if (alert.platform === 'console') return;
  // '' is how a platform says that somebody deleted the message before we looked: the next change posts one anew.
  if (messageId === '' || posted.shown === null) return;
  await tx.query(
    `insert into cards (platform, channel, claim, workspace, lane, alert, message_id, shown, posted_view, next_edit_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(secs => $10))
     on conflict (platform, channel, claim) do update set alert = excluded.alert, message_id = excluded.message_id, thread_id = null,
       shown = excluded.shown, posted_view = excluded.posted_view, posted_at = now(), edited_at = null, attempts = 0,
       next_edit_at = excluded.next_edit_at, lease_token = null, reason = null`,
    [
      alert.platform,
      alert.channel,
      claim,
      alert.workspace,
      laneOf(alert.platform, alert.channel),
      alert.id,
      messageId,
      posted.shown.hash,
      JSON.stringify(posted.shown.view),
      posted.editAfterMs / 1000,
    ],
  );
}

/** What these cards should show may have changed. */
export async function wantEdits(tx: Db, claim: ClaimId): Promise<void> {
  await tx.query('update cards set wanted = wanted + 1 where claim = $1 and message_id is not null', [claim]);
}

/** Leases a card of the lane that wants an edit. None while an alert on the same claim waits: the card must not say it first. */
export async function leaseCard(
  pool: Pool,
  lane: string,
  owner: number,
  leaseMs: number,
): Promise<LeasedCard | undefined> {
  return transaction(pool, async (tx) => {
    await lockLane(tx, lane);
    if (!(await laneIsFree(tx, lane))) return undefined;
    const row = await one<{
      platform: Platform;
      channel: string;
      workspace: string;
      claim: string;
      message_id: string;
      thread_id: string | null;
      shown: string;
      posted_view: unknown;
      posted_at: Date;
      token: string;
      wanted: string;
      attempts: number;
      topic: string | null;
    }>(
      tx,
      `update cards set lease_token = gen_random_uuid(), lease_owner = $2, lease_until = now() + make_interval(secs => $3), attempts = attempts + 1
       where (platform, channel, claim) = (
         select c.platform, c.channel, c.claim from cards c
         where c.lane = $1 and c.wanted > c.edited and c.message_id is not null and c.next_edit_at <= now()
           and (c.lease_token is null or c.lease_until < now() or ${ownerIsGone('c.lease_owner')})
           and not exists (select 1 from alerts a where a.lane = $1 and a.claim = c.claim and a.state in ${OPEN})
         order by c.next_edit_at limit 1)
       returning platform, channel, workspace, claim, message_id, thread_id, shown, posted_view, posted_at, lease_token::text as token, wanted::text, attempts,
         (select a.topic from alerts a where a.id = cards.alert) as topic`,
      [lane, owner, leaseMs / 1000],
    );
    return (
      row && {
        platform: row.platform,
        channel: row.channel,
        workspace: row.workspace,
        claim: row.claim,
        messageId: row.message_id,
        threadId: row.thread_id,
        shown: row.shown,
        postedView: row.posted_view,
        postedAt: row.posted_at.getTime(),
        token: row.token,
        wanted: row.wanted,
        attempts: row.attempts,
        topic: row.topic,
      }
    );
  });
}

export type CardSettlement =
  /** Shows it now; the next edit not before `inMs`. */
  | { readonly state: 'shown'; readonly hash: string; readonly inMs: number }
  | { readonly state: 'later'; readonly inMs: number; readonly reason: string }
  /** Somebody deleted it, or it can be edited no more: the next change posts one anew. */
  | { readonly state: 'gone'; readonly reason: string };

/** Records what became of an edit. False when another worker has taken the card over since. */
export async function settleCard(db: Db, card: LeasedCard, result: CardSettlement): Promise<boolean> {
  const done = await rows(
    db,
    `update cards set lease_token = null, lease_until = null, reason = $3,
       shown = coalesce($4, shown), edited = case when $4::text is null then edited else $5::bigint end,
       edited_at = case when $4::text is null then edited_at else now() end, attempts = case when $4::text is null then attempts else 0 end,
       message_id = case when $6 then null else message_id end, next_edit_at = now() + make_interval(secs => $7)
     where platform = $1 and channel = $2 and claim = $8 and lease_token = $9 returning claim`,
    [
      card.platform,
      card.channel,
      result.state === 'shown' ? null : result.reason,
      result.state === 'shown' ? result.hash : null,
      card.wanted,
      result.state === 'gone',
      result.state === 'gone' ? 0 : result.inMs / 1000,
      card.claim,
      card.token,
    ],
  );
  return done.length > 0;
}
