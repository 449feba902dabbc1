/**
 * Feeds as the ledger knows them: where to poll next, what the server said last, and whether the baseline is done.
 */
import { createHash } from 'node:crypto';
import { EVERYBODY, type Scope } from '../core/scope.ts';
import { ownerIsGone } from './presence.ts';
import { one, rows, type Db } from './sql.ts';

export interface FeedRow {
  readonly id: string;
  readonly url: string;
  readonly publisher: string | null;
  readonly lang: string | null;
  readonly topics: string[];
  readonly interval_minutes: number | null;
  readonly baseline_done: boolean;
  readonly etag: string | null;
  readonly last_modified: string | null;
  readonly body_hash: string | null;
  readonly failures: number;
  readonly last_ok_at: Date | null;
  readonly last_poll_at: Date | null;
  readonly last_new_item_at: Date | null;
  readonly next_poll_at: Date;
  readonly last_result: string | null;
  readonly added_by: string;
  readonly schedule: unknown;
  /** Whose feed it is: everybody's, or added by one workspace for itself. */
  readonly scope: Scope;
}

const COLUMNS = `id, url, publisher, lang, topics, interval_minutes, baseline_done, etag, last_modified, body_hash, failures,
  last_ok_at, last_poll_at, last_new_item_at, next_poll_at, last_result, added_by, schedule, scope`;

export interface FeedDefinition {
  readonly id: string;
  readonly url: string;
  readonly publisher: string | null;
  readonly lang: string | null;
  readonly topics: readonly string[];
  readonly intervalMinutes: number | null;
}

/** Makes the ledger's configured feeds those of the configuration; feeds added from chat stay. A changed address drops the validators. */
export async function syncFeeds(db: Db, feeds: readonly FeedDefinition[]): Promise<void> {
  for (const feed of feeds) {
    await db.query(
      `insert into feeds (id, url, publisher, lang, topics, interval_minutes) values ($1, $2, $3, $4, $5, $6)
       on conflict (id) do update set url = excluded.url, publisher = excluded.publisher, lang = excluded.lang, topics = excluded.topics,
         interval_minutes = excluded.interval_minutes, active = true, added_by = 'config',
         etag = case when feeds.url = excluded.url then feeds.etag end,
         last_modified = case when feeds.url = excluded.url then feeds.last_modified end,
         body_hash = case when feeds.url = excluded.url then feeds.body_hash end`,
      [feed.id, feed.url, feed.publisher, feed.lang, [...feed.topics], feed.intervalMinutes],
    );
  }
  await db.query(`update feeds set active = false where added_by = 'config' and not (id = any($1))`, [
    feeds.map((feed) => feed.id),
  ]);
}

/** Ids of feeds that are due now and that nobody is polling, oldest due first. */
export async function dueFeeds(db: Db, limit: number): Promise<{ id: string; due: Date }[]> {
  return rows(
    db,
    `select id, next_poll_at as due from feeds
     where active and next_poll_at <= now() and (leased_until is null or leased_until < now() or ${ownerIsGone('feeds.leased_by')}) order by next_poll_at limit $1`,
    [limit],
  );
}

/** Takes the feed for one poll, or undefined when it is not due or somebody else has it. The lease outlives any fetch. */
export async function leaseFeed(db: Db, id: string, owner: number, leaseSeconds: number): Promise<FeedRow | undefined> {
  return one<FeedRow>(
    db,
    `update feeds set leased_until = now() + make_interval(secs => $2), leased_by = $3
     where id = $1 and active and next_poll_at <= now() and (leased_until is null or leased_until < now() or ${ownerIsGone('feeds.leased_by')}) returning ${COLUMNS}`,
    [id, leaseSeconds, owner],
  );
}

export interface PollRecord {
  readonly ok: boolean;
  readonly result: string;
  readonly nextInMs: number;
  readonly newItems: number;
  readonly schedule: unknown;
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  readonly bodyHash?: string | null;
  readonly url?: string;
  readonly active?: boolean;
}

/** Ends a poll: result in words, next time, validators (left alone when undefined). The baseline is done after the first good answer. */
export async function finishPoll(db: Db, id: string, poll: PollRecord): Promise<void> {
  await db.query(
    `update feeds set leased_until = null, last_poll_at = now(), last_result = $2, next_poll_at = now() + make_interval(secs => $3),
       last_ok_at = case when $4 then now() else last_ok_at end, failures = case when $4 then 0 else failures + 1 end,
       last_new_item_at = case when $5 > 0 then now() else last_new_item_at end, baseline_done = baseline_done or $4, schedule = $6,
       etag = case when $7 then $8 else etag end, last_modified = case when $7 then $9 else last_modified end,
       body_hash = case when $7 then $10 else body_hash end, url = coalesce($11, url), active = coalesce($12, active)
     where id = $1`,
    [
      id,
      poll.result,
      poll.nextInMs / 1000,
      poll.ok,
      poll.newItems,
      JSON.stringify(poll.schedule ?? {}),
      poll.etag !== undefined || poll.lastModified !== undefined || poll.bodyHash !== undefined,
      poll.etag ?? null,
      poll.lastModified ?? null,
      poll.bodyHash ?? null,
      poll.url ?? null,
      poll.active ?? null,
    ],
  );
}

/** Feed health for `status`, the board and `check`: answering means the last poll was good. */
export async function feedHealth(db: Db): Promise<{ feeds: number; answering: number; lastOk: Date | null }> {
  const row = await one<{ feeds: string; answering: string; last_ok: Date | null }>(
    db,
    `select count(*) as feeds, count(*) filter (where last_ok_at is not null and failures = 0) as answering, max(last_ok_at) as last_ok
     from feeds where active`,
  );
  return { feeds: Number(row?.feeds ?? 0), answering: Number(row?.answering ?? 0), lastOk: row?.last_ok ?? null };
}

/** Active feeds: everybody's, with a viewer also its own, with null all of them. */
export async function listFeeds(db: Db, viewer: Scope | null = EVERYBODY): Promise<FeedRow[]> {
  return rows<FeedRow>(
    db,
    `select ${COLUMNS} from feeds where active and ($1::text is null or scope in ('', $1)) order by scope = '', id`,
    [viewer],
  );
}

/** How many a workspace added for itself. */
export async function feedsOf(db: Db, scope: Scope): Promise<number> {
  const row = await one<{ count: string }>(db, 'select count(*) as count from feeds where active and scope = $1', [
    scope,
  ]);
  return Number(row?.count ?? 0);
}

/** Feeds whose first good answer is still to come. */
export async function baselinesMissing(db: Db): Promise<number> {
  const row = await one<{ count: string }>(
    db,
    'select count(*) as count from feeds where active and not baseline_done',
  );
  return Number(row?.count ?? 0);
}

/** Puts a leased feed off without counting it as a poll: its host is busy. */
export async function deferFeed(db: Db, id: string, ms: number): Promise<void> {
  await db.query(
    'update feeds set leased_until = null, next_poll_at = now() + make_interval(secs => $2) where id = $1',
    [id, ms / 1000],
  );
}

/** Adds a feed by hand. Its id is the host and a short hash of the address; the same address is the same feed. */
export async function addFeed(
  db: Db,
  feed: { readonly url: string; readonly lang: string | null },
  addedBy: string,
  scope: Scope = EVERYBODY,
): Promise<'added' | 'known'> {
  const host = new URL(feed.url).hostname.replace(/^www\./, '').replaceAll('.', '-');
  const id = `${host}-${createHash('sha256')
    .update(scope === EVERYBODY ? feed.url : `${scope} ${feed.url}`)
    .digest('hex')
    .slice(0, 6)}`;
  const added = await rows(
    db,
    `insert into feeds (id, url, lang, added_by, scope) select $1, $2, $3, $4, $5 where not exists (select 1 from feeds where url = $2 and active and scope in ('', $5))
     on conflict (id) do update set active = true where not feeds.active returning id`,
    [id, feed.url, feed.lang, addedBy, scope],
  );
  return added.length > 0 ? 'added' : 'known';
}

/** Stops polling a feed that was added by hand, by id or address. What it brought stays. */
export async function removeFeed(
  db: Db,
  idOrUrl: string,
  scope: Scope = EVERYBODY,
): Promise<'removed' | 'unknown' | 'configured'> {
  const feed = await one<{ id: string; added_by: string }>(
    db,
    'select id, added_by from feeds where active and (id = $1 or url = $1) and scope = $2',
    [idOrUrl, scope],
  );
  if (feed === undefined) return 'unknown';
  if (feed.added_by === 'config') return 'configured';
  await db.query('update feeds set active = false where id = $1', [feed.id]);
  return 'removed';
}

/** Whether every feed was asked, and answered well, after this moment of the database's clock. */
export async function polledSince(db: Db, moment: Date): Promise<boolean> {
  const row = await one<{ count: string }>(
    db,
    'select count(*) as count from feeds where active and (last_poll_at is null or last_poll_at <= $1 or failures > 0)',
    [moment],
  );
  return row?.count === '0';
}
