/**
 * Feeds as the ledger knows them: where to poll next, what the server said last, and whether the baseline is done.
 */
import { createHash } from 'node:crypto';
import { EVERYBODY, type Scope } from '../core/scope.ts';
import type { Pool } from 'pg';
import { ownerIsGone } from './presence.ts';
import { one, rows, transaction, type Db } from './sql.ts';

/** See feeds/health.ts. */
export type FeedState = 'new' | 'healthy' | 'failing' | 'dark' | 'gone';

export interface FeedEvent {
  /** ISO 8601, wall time. */
  readonly at: string;
  /** "dark: the server answered 500". */
  readonly words: string;
}

export interface FeedRow {
  readonly id: string;
  /** What is polled. */
  readonly url: string;
  /** host:port, lower case. */
  readonly host: string;
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
  /** What pipeline/poll-end.ts remembers of it between polls. */
  readonly schedule: unknown;
  readonly state: FeedState;
  readonly failing_since: Date | null;
  readonly last_error: string | null;
  readonly silent: boolean;
  readonly moving: unknown;
  /** The last changes of its state, oldest first. */
  readonly history: readonly FeedEvent[];
  /** Whose feed it is: everybody's, or added by one workspace for itself. */
  readonly scope: Scope;
}

const COLUMNS = `id, url, host, publisher, lang, topics, interval_minutes, baseline_done, etag, last_modified, body_hash, failures,
  last_ok_at, last_poll_at, last_new_item_at, next_poll_at, last_result, added_by, schedule, scope,
  state, failing_since, last_error, silent, moving, history`;

export interface FeedDefinition {
  readonly id: string;
  readonly url: string;
  readonly publisher: string | null;
  readonly lang: string | null;
  readonly topics: readonly string[];
  readonly intervalMinutes: number | null;
}

/**
 * Makes the ledger's configured feeds those of the configuration; feeds added from chat stay. A new address in the
 * configuration drops the validators and brings a gone feed back; until then the address a feed moved to stays.
 */
export async function syncFeeds(db: Db, feeds: readonly FeedDefinition[]): Promise<void> {
  for (const feed of feeds) {
    await db.query(
      `insert into feeds as f (id, url, configured_url, publisher, lang, topics, interval_minutes) values ($1, $2, $2, $3, $4, $5, $6)
       on conflict (id) do update set publisher = excluded.publisher, lang = excluded.lang, topics = excluded.topics,
         interval_minutes = excluded.interval_minutes, active = true, added_by = 'config', configured_url = excluded.url,
         url = case when ${SAME_ADDRESS} then f.url else excluded.url end,
         etag = case when ${SAME_ADDRESS} then f.etag end, last_modified = case when ${SAME_ADDRESS} then f.last_modified end,
         body_hash = case when ${SAME_ADDRESS} then f.body_hash end, moving = case when ${SAME_ADDRESS} then f.moving end,
         state = case when ${SAME_ADDRESS} then f.state else 'new' end,
         failing_since = case when ${SAME_ADDRESS} then f.failing_since end,
         next_poll_at = case when ${SAME_ADDRESS} then f.next_poll_at else now() end`,
      [feed.id, feed.url, feed.publisher, feed.lang, [...feed.topics], feed.intervalMinutes],
    );
  }
  await db.query(`update feeds set active = false where added_by = 'config' and not (id = any($1))`, [
    feeds.map((feed) => feed.id),
  ]);
  await db.query(
    `delete from feed_hosts h where ready_at < now() and not exists (select 1 from feeds f where f.host = h.host and f.active)`,
  );
}

const SAME_ADDRESS = 'coalesce(f.configured_url, f.url) = excluded.url';

/** Nobody polls it: it was never leased, or its lease ran out or its holder died. */
const FREE = `(feeds.leased_until is null or feeds.leased_until < now() or ${ownerIsGone('feeds.leased_by')})`;
/** 410 is the publisher's last word: only a person polls it again. */
const DUE = `feeds.active and feeds.state <> 'gone' and feeds.next_poll_at <= now() and ${FREE}`;

export interface DueFeed {
  readonly id: string;
  readonly due: Date;
  /** How long it has been due. */
  readonly lateMs: number;
}

/** Feeds that are due now and that nobody is polling, the longest due first. */
export async function dueFeeds(db: Db, limit: number): Promise<DueFeed[]> {
  return rows<DueFeed>(
    db,
    `select id, next_poll_at as due, (1000 * extract(epoch from now() - next_poll_at))::float8 as "lateMs" from feeds where ${DUE}
     order by next_poll_at limit $1`,
    [limit],
  );
}

/** How many requests a host gets, from all processes on this ledger together. */
export interface HostRules {
  readonly connections: number;
  /** Between the end of one request and the start of the next. */
  readonly pauseMs: number;
}

/**
 * Takes the feed for one poll. Null when it is not due, when somebody else has it, or when its host has no room: then the
 * feed takes its place in the host's line and is due again when that has come. The lease outlives any fetch.
 */
export async function leaseFeed(
  pool: Pool,
  id: string,
  owner: number,
  leaseSeconds: number,
  rulesOf: (host: string) => HostRules,
): Promise<FeedRow | null> {
  return transaction(pool, async (tx) => {
    // The row's lock: two processes count the requests to one host one after the other.
    const line = await one<{ host: string; waits: boolean }>(
      tx,
      `insert into feed_hosts (host) select host from feeds where id = $1 and ${DUE}
       on conflict (host) do update set host = excluded.host returning host, ready_at > now() as waits`,
      [id],
    );
    if (line === undefined) return null;
    const rules = rulesOf(line.host);
    const feed = line.waits
      ? undefined
      : await one<FeedRow>(
          tx,
          `update feeds set leased_until = now() + make_interval(secs => $2), leased_by = $3
           where id = $1 and ${DUE} and $4 > (select count(*) from feeds o where o.host = feeds.host and o.id <> feeds.id
             and o.leased_until > now() and not ${ownerIsGone('o.leased_by')}) returning ${COLUMNS}`,
          [id, leaseSeconds, owner, rules.connections],
        );
    if (feed !== undefined) return feed;
    await tx.query(
      `with place as (
         update feed_hosts set place_at = greatest(place_at, ready_at, now()) + make_interval(secs => $3)
         where host = $2 and exists (select 1 from feeds where id = $1 and ${DUE}) returning place_at)
       update feeds set next_poll_at = place.place_at from place where id = $1 and ${DUE}`,
      [id, line.host, Math.max(rules.pauseMs, SHORTEST_PLACE_MS) / 1000],
    );
    return null;
  });
}

/** Places in a line without a pause: a host whose connections are all taken is not asked for at every tick. */
const SHORTEST_PLACE_MS = 50;

/** The host is left alone for so long, counted from now. */
export async function pauseHost(db: Db, host: string, ms: number): Promise<void> {
  await db.query(
    `update feed_hosts set ready_at = greatest(ready_at, now() + make_interval(secs => $2)) where host = $1`,
    [host, ms / 1000],
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
  readonly state: FeedState;
  readonly failingSince: Date | null;
  readonly lastError: string | null;
  readonly silent: boolean;
  readonly moving: unknown;
  readonly history: readonly FeedEvent[];
}

/** Ends a poll: result in words, next time, validators (left alone when undefined). The baseline is done after the first good answer. */
export async function finishPoll(db: Db, id: string, poll: PollRecord): Promise<void> {
  await db.query(
    `update feeds set leased_until = null, last_poll_at = now(), last_result = $2, next_poll_at = now() + make_interval(secs => $3),
       last_ok_at = case when $4 then now() else last_ok_at end, failures = case when $4 then 0 else failures + 1 end,
       last_new_item_at = case when $5 > 0 then now() else last_new_item_at end, baseline_done = baseline_done or $4, schedule = $6,
       etag = case when $7 then $8 else etag end, last_modified = case when $7 then $9 else last_modified end,
       body_hash = case when $7 then $10 else body_hash end, url = coalesce($11, url),
       state = $12, failing_since = $13, last_error = $14, silent = $15, moving = $16, history = $17
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
      poll.state,
      poll.failingSince,
      poll.lastError,
      poll.silent,
      poll.moving === null ? null : JSON.stringify(poll.moving),
      JSON.stringify(poll.history),
    ],
  );
}

export interface FeedsHealth {
  readonly feeds: number;
  /** The last poll was good. */
  readonly answering: number;
  readonly lastOk: Date | null;
  /** Ids. */
  readonly dark: readonly string[];
  readonly gone: readonly string[];
  readonly silent: readonly string[];
}

/** For `status`, the board and `check`. */
export async function feedHealth(db: Db): Promise<FeedsHealth> {
  const row = await one<{
    feeds: string;
    answering: string;
    last_ok: Date | null;
    dark: string[] | null;
    gone: string[] | null;
    silent: string[] | null;
  }>(
    db,
    `select count(*) as feeds, count(*) filter (where last_ok_at is not null and failures = 0) as answering, max(last_ok_at) as last_ok,
       array_agg(id order by id) filter (where state = 'dark') as dark, array_agg(id order by id) filter (where state = 'gone') as gone,
       array_agg(id order by id) filter (where silent and state = 'healthy') as silent
     from feeds where active`,
  );
  return {
    feeds: Number(row?.feeds ?? 0),
    answering: Number(row?.answering ?? 0),
    lastOk: row?.last_ok ?? null,
    dark: row?.dark ?? [],
    gone: row?.gone ?? [],
    silent: row?.silent ?? [],
  };
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

/** Lets every feed be asked now, whatever its interval. */
export async function makeAllDue(db: Db): Promise<void> {
  await db.query('update feeds set next_poll_at = now() where active and next_poll_at > now()');
}

/** Asks no feed again for a day. Answers how many are being asked at the moment: those have a next time of their own when they are done. */
export async function makeNoneDue(db: Db): Promise<number> {
  const asked = await rows<{ busy: boolean }>(
    db,
    "update feeds set next_poll_at = now() + interval '1 day' where active returning coalesce(leased_until > now(), false) as busy",
  );
  return asked.filter(({ busy }) => busy).length;
}

/** Gives a lease back without counting it as a poll: we were stopped. */
export async function returnLease(db: Db, id: string): Promise<void> {
  await db.query('update feeds set leased_until = null where id = $1', [id]);
}

/** Adds a feed by hand, also one that was removed or gone. Its id is the host and a short hash of the address; the same address is the same feed. */
export async function addFeed(
  db: Db,
  feed: { readonly url: string; readonly lang: string | null; readonly title?: string },
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
    `insert into feeds (id, url, lang, added_by, scope, schedule) select $1, $2, $3, $4, $5, $6 where not exists (select 1 from feeds where url = $2 and active and state <> 'gone' and scope in ('', $5))
     on conflict (id) do update set active = true, state = 'new', failures = 0, failing_since = null, next_poll_at = now()
       where not feeds.active or feeds.state = 'gone' returning id`,
    [id, feed.url, feed.lang, addedBy, scope, JSON.stringify(feed.title === undefined ? {} : { title: feed.title })],
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
