/**
 * Feed documents for tests, so that a test says only what is special about its feed.
 */
import { newsTime } from '../../src/core/time.ts';
import type { FeedItem } from '../../src/core/article.ts';
import { readFeed, type ReadFeed } from '../../src/feeds/read.ts';

export const NOW = newsTime('2026-04-04T12:00:00Z');
export const ADDRESS = 'https://wire.test/feeds/all.xml';

export function rss(items: string, channel = ''): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><link>https://wire.test/</link><description>All of it</description>${channel}${items}</channel></rss>`;
}

export function item(inside: string, title = 'Scoop'): string {
  return `<item><title>${title}</title><link>https://wire.test/1</link><guid isPermaLink="false">w-1</guid>${inside}</item>`;
}

export function atom(entries: string, feed = ''): string {
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>urn:w</id><link href="https://wire.test/"/>${feed}${entries}</feed>`;
}

export function read(document: string | Uint8Array, contentType: string | null = null, url = ADDRESS): ReadFeed {
  const bytes = typeof document === 'string' ? Buffer.from(document) : document;
  const result = readFeed(bytes, { contentType, url, fetchedAt: NOW });
  if (!result.ok) throw new Error(`not read: ${result.kind}: ${result.message}`);
  return result.feed;
}

export function only(document: string | Uint8Array, contentType: string | null = null): FeedItem {
  const { items } = read(document, contentType);
  const first = items[0];
  if (first === undefined || items.length !== 1) throw new Error(`${items.length} items instead of one`);
  return first;
}
