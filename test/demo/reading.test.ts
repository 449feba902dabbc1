/**
 * What the archive serves and what the product's own reader makes of it.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archiveTimes, readArchive } from '../../src/cli/archive-files.ts';
import type { ArchiveFeed } from '../../src/cli/archive-files.ts';
import { renderFeed } from '../../src/cli/archive-render.ts';
import { packageRoot } from '../../src/config/home.ts';
import { newsTime } from '../../src/core/time.ts';
import type { NewsTime } from '../../src/core/time.ts';
import { readFeed } from '../../src/feeds/read.ts';

const origin = 'http://127.0.0.1:9000';
const feeds = readArchive(join(packageRoot(), 'config', 'demo', 'archive'));

function readAt(feed: ArchiveFeed, now: NewsTime) {
  const { body, contentType } = renderFeed(feed, now, origin);
  const read = readFeed(body, { contentType, url: `${origin}/feeds/${feed.id}`, fetchedAt: now });
  if (!read.ok) throw new Error(`${feed.id}: ${read.message}`);
  return read.feed;
}

describe('the archive, read by the real reader', () => {
  it.each(feeds.map((feed) => [feed.id, feed] as const))('%s comes through whole', (_, feed) => {
    const read = readAt(feed, newsTime('2026-04-30'));
    expect(read.skipped).toEqual([]);
    expect(read.warnings).toEqual([]);
    expect(read.charset).toBe(feed.charset);
    const newest = [...feed.items].sort((a, b) => b.published - a.published).slice(0, 40);
    expect(read.items).toHaveLength(newest.length);
    for (const item of newest) {
      const wording = item.wordings.at(-1);
      const found = read.items.find(({ guid }) => guid?.endsWith(item.guid));
      expect(found, item.guid).toMatchObject({
        title: wording?.title,
        summary: wording?.summary,
        published: item.published,
        sourceName: item.source?.name ?? null,
      });
      expect(found?.url === null, item.guid).toBe(item.url === null);
      if (!feed.redirects) expect(found?.url, item.guid).toBe(item.url);
      if (feed.bodies)
        expect(found?.body.replaceAll(/\s+/g, ' ')).toContain(wording?.body.replaceAll(/\s+/g, ' ').trim());
    }
  });

  it('is empty but readable before the first page', () => {
    const [first] = archiveTimes(feeds);
    for (const feed of feeds) expect(readAt(feed, newsTime((first ?? 0) - 1)).items).toEqual([]);
  });
});
