/**
 * Poll: one feed -> its new and changed articles, stored in one commit with what the server said.
 *
 * Killed anywhere before that commit, nothing of the round happened; after it, nothing of it is repeated. The first
 * good answer of a feed is its baseline, and an archive served again is a backfill: both are judged, never announced.
 */
import type { FeedItem } from '../core/article.ts';
import { DAY, MINUTE } from '../core/time.ts';
import { judgePoll } from '../feeds/backfill.ts';
import type { FetchOutcome } from '../feeds/fetch.ts';
import { fingerprint, itemKeys, titlePrint } from '../feeds/identity.ts';
import type { ReadFeed } from '../feeds/read.ts';
import { silence } from '../feeds/schedule.ts';
import { knownKeys, storeArticle, type IncomingArticle } from '../ledger/articles.ts';
import { leaseFeed, pauseHost, returnLease, type FeedRow, type HostRules } from '../ledger/feeds.ts';
import { transaction, type Tx } from '../ledger/sql.ts';
import { failpoint } from './failpoint.ts';
import { hostRules } from './hosts.ts';
import type { Newsroom } from './newsroom.ts';
import { notifyOperators } from './operators.ts';
import { endPoll, remembered, type Asked, type End } from './poll-end.ts';
import { publisherOfItem } from './publisher.ts';

/** Longer than any fetch (15 s) and reading together; a dead process frees its lease at once. */
const LEASE_SECONDS = 60;

/** Polls one feed, if it is its turn. After `stop` an answer that is still to come is not waited for and nothing is written down. */
export async function pollFeed(room: Newsroom, id: string, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  const rulesOf = (host: string): HostRules => hostRules(room.beat().config.feeds, host);
  const feed = await leaseFeed(room.pool, id, room.owner, LEASE_SECONDS, rulesOf);
  if (feed === null) return;
  // What is published while the answer is on its way belongs to the next poll.
  const asked = room.clock.news();
  const outcome = await room.fetcher.fetch(feed.url, {
    validators: { etag: feed.etag, lastModified: feed.last_modified, bodyHash: feed.body_hash },
    signal: stop,
  });
  if (stop.aborted && outcome.outcome === 'failed') return returnLease(room.pool, id);
  // The lease keeps the host to us until the poll has ended, so the pause may begin before.
  const asks = outcome.outcome === 'limited' && outcome.scope === 'host' ? (outcome.retryAfterMs ?? MINUTE) : 0;
  await pauseHost(room.pool, feed.host, Math.max(rulesOf(feed.host).pauseMs, Math.min(asks, DAY)));
  await settlePoll(room, { ...feed, asked }, outcome);
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
        permanentUrl: outcome.permanentUrl,
        validators: {
          etag: outcome.etag ?? feed.etag,
          lastModified: outcome.lastModified ?? feed.last_modified,
          bodyHash: feed.body_hash,
        },
      });
    case 'gone':
      return finish(room, feed, {
        result: 'gone',
        words: outcome.reason,
      });
    case 'limited':
      return finish(room, feed, { result: 'limited', words: outcome.reason, retryAfterMs: outcome.retryAfterMs });
    case 'refused':
      return finish(room, feed, { result: 'failed', words: outcome.message });
    case 'failed':
      return finish(room, feed, { result: 'failed', words: outcome.reason });
  }
}

async function finish(room: Newsroom, feed: Asked, end: End): Promise<void> {
  await transaction(room.pool, (tx) => endPoll(room, tx, feed, end));
  room.log.debug({ step: 'poll', feed: feed.id, result: end.result }, end.words);
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
      title: read.title,
      permanentUrl: outcome.permanentUrl,
      validators: {
        etag: outcome.etag,
        lastModified: outcome.lastModified,
        bodyHash: outcome.truncated === null ? outcome.bodyHash : null,
      },
    };
    await endPoll(room, tx, feed, end);
    if (news.verdict === 'backfill') await tellOfBackfill(room, tx, feed, news.because);
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

/** Once a day: a feed that makes up new GUIDs at every poll would say it at every poll. */
async function tellOfBackfill(room: Newsroom, tx: Tx, feed: Asked, because: string): Promise<void> {
  if (room.demo) return;
  const key = `feed-backfill:${feed.id}:${Math.floor(room.clock.wall() / DAY)}`;
  await notifyOperators(room, tx, {
    key,
    words: `${feed.id} looks mostly new: ${because}. It is taken for an archive served again: stored and judged, not announced`,
  });
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
