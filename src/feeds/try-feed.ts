/**
 * `claimwire feeds test URL`: what would be ingested, what would be skipped and why, and when it would be asked
 * again. Reads the network, writes nothing.
 */
import type { FeedItem } from '../core/article.ts';
import { iso, type Clock } from '../core/time.ts';
import { findFeeds, reasonOf } from './discover.ts';
import { NO_VALIDATORS, type Fetcher, type FetchOutcome } from './fetch.ts';
import { itemKeys } from './identity.ts';
import { shownUrl } from './links.ts';
import type { ReadFeed } from './read.ts';
import type { Reader } from './reader.ts';
import { inWords, nextPoll, silence } from './schedule.ts';
import { printable } from '../core/printable.ts';
import { counted } from '../core/wording.ts';

export interface TestIo {
  readonly fetcher: Fetcher;
  readonly reader: Pick<Reader, 'feed'>;
  readonly clock: Clock;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly json: boolean;
}

/** Items printed in words; `--json` prints them all. */
const SHOWN = 10;

/** Exit code 0 when the address is a feed that can be polled, else 1. */
export async function testFeed(url: string, io: TestIo): Promise<number> {
  const outcome = await io.fetcher.fetch(url, { validators: NO_VALIDATORS, signal: new AbortController().signal });
  if (outcome.outcome !== 'fetched') return explain(url, reasonOf(outcome), io);
  const now = io.clock.news();
  const read = await io.reader.feed(outcome.bytes, {
    contentType: outcome.contentType,
    url: outcome.finalUrl,
    fetchedAt: now,
  });
  if (!read.ok) {
    explain(url, read.message, io);
    if (read.kind === 'not-a-feed') await suggest(url, io);
    return 1;
  }
  if (io.json) printJson(url, outcome, read.feed, io);
  else print(url, outcome, read.feed, io);
  return 0;
}

type Fetched = Extract<FetchOutcome, { outcome: 'fetched' }>;

function print(url: string, outcome: Fetched, feed: ReadFeed, io: TestIo): void {
  io.out(
    `${printable(feed.title === '' ? 'a feed without a title' : feed.title)} · ${feed.format} · ${feed.charset} · ${counted(feed.items.length, 'item')} · ${Math.ceil(outcome.bytes.byteLength / 1024)} kB`,
  );
  if (outcome.finalUrl !== url)
    io.out(`it was read from ${shownUrl(outcome.finalUrl)}${outcome.permanentUrl === null ? '' : ' (moved for good)'}`);
  if (outcome.truncated !== null)
    io.out(
      outcome.truncated === 'size'
        ? 'it is larger than 8 MB: only its beginning was fetched'
        : 'the connection broke: only a part was fetched',
    );
  if (outcome.etag === null && outcome.lastModified === null)
    io.out('the server gives no validators: every poll fetches it whole');
  for (const warning of feed.warnings) io.out(`note: ${printable(warning)}`);
  for (const item of feed.items.slice(0, SHOWN)) {
    io.out('');
    io.out(`  ${printable(item.title)}`);
    io.out(
      `  ${item.published === null ? 'no usable date: the first sighting counts' : iso(item.published)} · ${item.url === null ? 'no link' : shownUrl(item.url)}`,
    );
    const words = item.body === '' ? item.summary : item.body;
    io.out(`  ${creditOf(item)}${words.length} characters of text`);
  }
  if (feed.items.length > SHOWN) io.out(`  … and ${feed.items.length - SHOWN} more`);
  io.out('');
  for (const { index, why } of feed.skipped) io.out(`skipped: entry ${index + 1}, ${why}`);
  const next = plan(outcome, feed, io);
  io.out(next);
}

function creditOf(item: FeedItem): string {
  const by = item.authors.length === 0 ? '' : `by ${printable(item.authors.join(', '))} · `;
  return `${by}${item.sourceName === null ? '' : `source ${printable(item.sourceName)} · `}`;
}

function plan(outcome: Fetched, feed: ReadFeed, io: TestIo): string {
  const dates = feed.items.flatMap((item) => item.published ?? []);
  const wall = io.clock.wall();
  const next = nextPoll(
    {
      result: 'read',
      failuresInRow: 0,
      retryAfterMs: null,
      ttlMinutes: feed.ttlMinutes,
      cacheSeconds: outcome.cacheSeconds,
    },
    dates,
    wall,
    io.clock.news(),
    () => 0.5,
  );
  const quiet = silence(dates, io.clock.news());
  const still =
    quiet.silent && quiet.sinceMs !== null
      ? `; it has had nothing new for ${inWords(quiet.sinceMs)}, unusual for it`
      : '';
  return next === null
    ? 'it would not be polled again'
    : `next poll in about ${inWords(next.at - wall)}: ${next.because}${still}`;
}

function printJson(url: string, outcome: Fetched, feed: ReadFeed, io: TestIo): void {
  const keys = itemKeys(feed.items);
  io.out(
    JSON.stringify({
      type: 'feed',
      url: shownUrl(url),
      finalUrl: shownUrl(outcome.finalUrl),
      title: feed.title,
      format: feed.format,
      charset: feed.charset,
      items: feed.items.length,
      warnings: feed.warnings,
      next: plan(outcome, feed, io),
    }),
  );
  feed.items.forEach((item, at) =>
    io.out(
      JSON.stringify({
        type: 'item',
        key: keys[at],
        ...item,
        published: item.published === null ? null : iso(item.published),
      }),
    ),
  );
  for (const skipped of feed.skipped) io.out(JSON.stringify({ type: 'skipped', ...skipped }));
}

function explain(url: string, message: string, io: TestIo): number {
  if (io.json) io.out(JSON.stringify({ type: 'error', url: shownUrl(url), message }));
  else io.err(`${shownUrl(url)}: ${printable(message)}`);
  return 1;
}

/** A page was given: its feeds are probably what was meant. */
async function suggest(url: string, io: TestIo): Promise<void> {
  const found = await findFeeds(url, io, io.clock.news(), new AbortController().signal);
  if (!found.ok) return;
  for (const { url: feed, feed: read } of found.feeds) {
    if (io.json) io.out(JSON.stringify({ type: 'suggestion', url: shownUrl(feed), title: read.title }));
    else io.err(`its feed is ${shownUrl(feed)}${read.title === '' ? '' : `, titled “${printable(read.title)}”`}`);
  }
}
