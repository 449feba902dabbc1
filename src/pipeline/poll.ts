/**
 * Poll: one feed -> its new and changed articles, stored in one commit with what the server said.
 *
 * Killed anywhere before that commit, nothing of the round happened; after it, nothing of it is repeated. The first
 * good answer of a feed is its baseline, and an archive served again is a backfill: both are judged, never announced.
 */
import { floorSeconds } from '../config/references.ts';
import type { FeedItem } from '../core/article.ts';
import type { Publisher, SourceRegistry } from '../core/source.ts';
import { MINUTE, newsTime, type NewsTime } from '../core/time.ts';
import { judgePoll } from '../feeds/backfill.ts';
import type { FetchOutcome } from '../feeds/fetch.ts';
import { fingerprint, itemKeys, titlePrint } from '../feeds/identity.ts';
import type { ReadFeed } from '../feeds/read.ts';
import { hostOf, nextPoll, silence, type LastPoll, type PollPolicy } from '../feeds/schedule.ts';
import { knownKeys, storeArticle, type IncomingArticle } from '../ledger/articles.ts';
import { deferFeed, finishPoll, leaseFeed, type FeedRow, type PollRecord } from '../ledger/feeds.ts';
import { transaction } from '../ledger/sql.ts';
import { failpoint } from './failpoint.ts';
import type { Newsroom } from './newsroom.ts';

/** Longer than any fetch (15 s) and reading together; a dead process frees its lease at once. */
const LEASE_SECONDS = 60;
/** What schedule.ts needs to know of a feed's rhythm. */
const REMEMBERED_DATES = 60;

/** A leased feed, and the news time at which we asked it. */
interface Asked extends FeedRow {
  readonly asked: NewsTime;
}

interface Remembered {
  readonly published: readonly NewsTime[];
  /** News time of the last poll that was read. */
  readonly previous: NewsTime | null;
}

function remembered(value: unknown): Remembered {
  const { published, previous } = (value ?? {}) as { published?: unknown; previous?: unknown };
  return {
    published: Array.isArray(published)
      ? published.filter((at): at is number => typeof at === 'number').map(newsTime)
      : [],
    previous: typeof previous === 'number' ? newsTime(previous) : null,
  };
}

/**
 * Who speaks in an item. A feed's text is its publisher's, whatever page it links to: a stranger's feed that links to
 * deepseek.com says nothing in DeepSeek's name. Only a feed of the linked page's own house speaks for that page, and an
 * aggregator that we list is believed about whose headline it passes on.
 */
export function publisherOfItem(
  item: FeedItem,
  feed: Pick<FeedRow, 'publisher' | 'url'>,
  registry: SourceRegistry,
): Publisher {
  const carrier = feed.publisher === null ? undefined : registry.byId(feed.publisher);
  const linked = item.url === null ? null : registry.publisherOf(item.url, item.sourceName ?? undefined);
  if (carrier?.kind === 'aggregator') {
    const named = item.sourceUrl === null ? null : registry.publisherOf(item.sourceUrl, item.sourceName ?? undefined);
    if (named !== null && named.domain !== '') return named;
    // Its links are redirects to itself: then the page is nobody's that we know.
    if (linked !== null && linked.source !== carrier.id) return linked;
    return { source: null, domain: '', name: item.sourceName ?? 'unknown' };
  }
  const house: Publisher =
    carrier === undefined
      ? registry.publisherOf(feed.url)
      : { source: carrier.id, domain: carrier.domains[0] ?? '', name: carrier.name };
  if (linked === null) return house;
  const own =
    linked.source === null ? linked.domain === house.domain : ownerOf(linked, registry) === ownerOf(house, registry);
  if (own) return linked;
  // A listed publisher's feed with a foreign link: an unlisted page is judged by its address, never by the feed's name.
  return linked.source === null ? linked : house;
}

function ownerOf(publisher: Publisher, registry: SourceRegistry): string {
  const source = publisher.source === null ? undefined : registry.byId(publisher.source);
  return source?.owner ?? `page ${publisher.domain}`;
}

/** Polls one feed, if it is its turn. After `stop` an answer that is still to come is not waited for and nothing is written down. */
export async function pollFeed(room: Newsroom, id: string, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  const feed = await leaseFeed(room.pool, id, room.owner, LEASE_SECONDS);
  if (feed === undefined) return;
  const turn = room.hosts.enter(hostOf(feed.url), room.clock.wall());
  if (!turn.ok) {
    await deferFeed(room.pool, id, turn.inMs);
    return;
  }
  let pauseMs = 0;
  // What is published while the answer is on its way belongs to the next poll.
  const asked = room.clock.news();
  try {
    const outcome = await room.fetcher.fetch(feed.url, {
      validators: { etag: feed.etag, lastModified: feed.last_modified, bodyHash: feed.body_hash },
      signal: AbortSignal.any([stop, AbortSignal.timeout(LEASE_SECONDS * 1000)]),
    });
    if (stop.aborted && outcome.outcome === 'failed') return await deferFeed(room.pool, id, 0);
    if (outcome.outcome === 'limited' && outcome.scope === 'host') pauseMs = outcome.retryAfterMs ?? MINUTE;
    await settlePoll(room, { ...feed, asked }, outcome);
  } finally {
    turn.leave(room.clock.wall(), pauseMs);
  }
}

async function settlePoll(room: Newsroom, feed: Asked, outcome: FetchOutcome): Promise<void> {
  switch (outcome.outcome) {
    case 'fetched': {
      const read = await room.readFeed(outcome.bytes, {
        contentType: outcome.contentType,
        url: outcome.finalUrl,
        fetchedAt: room.clock.news(),
      });
      failpoint('poll.read');
      return read.ok
        ? settleRead(room, feed, outcome, read.feed)
        : finish(room, feed, { result: 'failed', words: read.message });
    }
    case 'unchanged':
      return finish(room, feed, {
        result: 'unchanged',
        words: outcome.how === 'not-modified' ? '304, nothing new' : 'same content as before',
        cacheSeconds: outcome.cacheSeconds,
        record: {
          etag: outcome.etag ?? feed.etag,
          lastModified: outcome.lastModified ?? feed.last_modified,
          bodyHash: feed.body_hash,
        },
      });
    case 'gone':
      return finish(room, feed, {
        result: 'gone',
        words: `${outcome.reason}: no longer polled`,
        record: { active: false },
      });
    case 'limited':
      return finish(room, feed, { result: 'limited', words: outcome.reason, retryAfterMs: outcome.retryAfterMs });
    case 'refused':
      return finish(room, feed, { result: 'failed', words: outcome.message });
    case 'failed':
      return finish(room, feed, { result: 'failed', words: outcome.reason });
  }
}

interface End {
  readonly result: LastPoll['result'];
  /** For people: the health view shows it. */
  readonly words: string;
  readonly retryAfterMs?: number | null;
  readonly ttlMinutes?: number | null;
  readonly cacheSeconds?: number | null;
  readonly published?: readonly NewsTime[];
  readonly newItems?: number;
  readonly record?: Partial<PollRecord>;
}

function policyOf(room: Newsroom, feed: FeedRow): PollPolicy {
  const { feeds } = room.beat().config;
  const floorMs = floorSeconds(feed.url, feeds) * 1000;
  if (feed.interval_minutes === null) {
    return {
      defaultMs: Math.max(floorMs, feeds.defaultIntervalMinutes * MINUTE),
      floorMs,
      quietMs: Math.max(floorMs, 60 * MINUTE),
      ceilingMs: 24 * 60 * MINUTE,
    };
  }
  const chosen = Math.max(floorMs, feed.interval_minutes * MINUTE);
  return { defaultMs: chosen, floorMs: chosen, quietMs: chosen, ceilingMs: Math.max(chosen, 24 * 60 * MINUTE) };
}

/** The record of a poll: when next and what to remember. Pure but for clock and chance. */
function recordOf(room: Newsroom, feed: Asked, end: End): PollRecord {
  const before = remembered(feed.schedule);
  const good = end.result === 'read' || end.result === 'unchanged';
  const published = [...(end.published ?? []), ...before.published].sort((a, b) => b - a);
  const dates = [...new Set(published)].slice(0, REMEMBERED_DATES);
  const now = room.clock.wall();
  const last: LastPoll = {
    result: end.result,
    failuresInRow: good ? 0 : feed.failures + 1,
    retryAfterMs: end.retryAfterMs ?? null,
    ttlMinutes: end.ttlMinutes ?? null,
    cacheSeconds: end.cacheSeconds ?? null,
  };
  const next = nextPoll(last, dates, now, room.clock.news(), Math.random, policyOf(room, feed));
  return {
    ok: good,
    result: end.words,
    nextInMs: next === null ? 24 * 60 * MINUTE : next.at - now,
    newItems: end.newItems ?? 0,
    schedule: { published: dates, previous: good ? feed.asked : before.previous } satisfies Remembered,
    ...end.record,
  };
}

async function finish(room: Newsroom, feed: Asked, end: End): Promise<void> {
  await finishPoll(room.pool, feed.id, recordOf(room, feed, end));
  const say = end.result === 'failed' || end.result === 'gone' ? 'warn' : 'debug';
  room.log[say]({ step: 'poll', feed: feed.id, result: end.result }, end.words);
}

async function settleRead(
  room: Newsroom,
  feed: Asked,
  outcome: FetchOutcome & { outcome: 'fetched' },
  read: ReadFeed,
): Promise<void> {
  const changed = await transaction(room.pool, async (tx) => {
    const keys = itemKeys(read.items);
    const entries = read.items.map((item, at) => ({ item, keys: keysOf(feed.id, item, keys[at] ?? '') }));
    const known = await knownKeys(
      tx,
      entries.flatMap((entry) => [...entry.keys.identity, entry.keys.title]),
      feed.scope,
    );
    const fresh = entries.filter((entry) => !entry.keys.identity.some((key) => known.has(key)));
    const before = remembered(feed.schedule);
    const news = judgePoll({
      fresh: fresh.map((entry) => ({ published: entry.item.published, titleKnown: known.has(entry.keys.title) })),
      total: entries.length,
      previous: feed.baseline_done ? (before.previous ?? room.clock.news()) : null,
      now: room.clock.news(),
      medianGapMs: silence(before.published, room.clock.news()).medianGapMs,
    });
    const announced = new Set(fresh.filter((_entry, at) => news.announce[at] === true));
    const stored: { id: string; revision: number; story: string | null }[] = [];
    // Oldest first, so that ids follow the order of the news.
    for (const entry of [...entries].sort((a, b) => (a.item.published ?? Infinity) - (b.item.published ?? Infinity))) {
      const article = articleOf(
        room,
        feed,
        read,
        entry.item,
        [...entry.keys.identity, entry.keys.title],
        !announced.has(entry),
      );
      if (article === null) continue;
      const { id, revision, change } = await storeArticle(tx, article);
      if (change === 'same') continue;
      // A revision stays in its story.
      const place = change === 'new' ? await room.grouping.place(tx, id, article) : null;
      stored.push({ id, revision, story: place?.story ?? null });
    }
    const words =
      news.verdict === 'news'
        ? `${entries.length} entries, ${stored.length} new or changed`
        : `${entries.length} entries: ${news.because}`;
    const end: End = {
      result: 'read',
      words: `${words}${caveat(outcome.truncated, read)}`,
      ttlMinutes: read.ttlMinutes,
      cacheSeconds: outcome.cacheSeconds,
      published: read.items.flatMap((item) => item.published ?? []),
      newItems: stored.length,
      record: {
        etag: outcome.etag,
        lastModified: outcome.lastModified,
        bodyHash: outcome.truncated === null ? outcome.bodyHash : null,
      },
    };
    await finishPoll(tx, feed.id, recordOf(room, feed, end));
    return { stored, news, words: end.words };
  });
  failpoint('poll.stored');
  room.grouping.committed();
  for (const { id, story } of changed.stored) if (story !== null) room.emit({ type: 'story', item: id, story });
  const fields = {
    step: 'poll',
    feed: feed.id,
    entries: read.items.length,
    changed: changed.stored.length,
    verdict: changed.news.verdict,
  };
  room.log[changed.news.verdict === 'backfill' ? 'warn' : 'info'](fields, changed.words);
  for (const { id, revision } of changed.stored) {
    await room.queues.enqueue('judge', { articleId: id }, { jobId: `judge-${id}-${revision}` });
  }
}

/** What people should know of a feed that was not read whole. */
function caveat(truncated: 'size' | 'connection' | null, read: ReadFeed): string {
  if (truncated === 'size') return '; it is larger than 8 MB: only its beginning was read';
  if (truncated === 'connection') return '; the connection broke: only a part was read';
  // Warnings on single entries open with the entry's title: strangers' words, which `feeds test` shows.
  const note = read.warnings.find((warning) => !warning.startsWith('"'));
  return note === undefined ? '' : `; ${note}`;
}

/** A GUID or text means one thing in one feed; a link means the same page in all of them. */
function keysOf(
  feed: string,
  item: FeedItem,
  key: string,
): { readonly identity: readonly string[]; readonly title: string } {
  const own = key.startsWith('link:') ? key : `${feed} ${key}`;
  const link = item.url === null ? [] : [`print:${fingerprint(item)}`];
  return { identity: [...new Set([own, ...link])], title: `${feed} title:${titlePrint(item)}` };
}

function articleOf(
  room: Newsroom,
  feed: FeedRow,
  read: ReadFeed,
  item: FeedItem,
  keys: readonly string[],
  quiet: boolean,
): IncomingArticle | null {
  if (item.title === '' && item.summary === '' && item.body === '') return null;
  const now = room.clock.news();
  return {
    keys,
    feed: feed.id,
    url: item.url ?? '',
    publisher: publisherOfItem(item, feed, room.beat().registry),
    published: item.published !== null && item.published <= now ? item.published : now,
    seen: now,
    lang: item.lang ?? feed.lang ?? read.lang ?? '',
    title: item.title,
    summary: item.summary,
    body: item.body,
    authors: item.authors,
    quiet,
    via: 'feed',
    scope: feed.scope,
  };
}
