/**
 * What the bundled archive holds, and that the product knows nothing of it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDomain } from 'tldts';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readArchive } from '../../src/cli/archive-files.ts';
import { packageRoot } from '../../src/config/home.ts';
import { buildRegistry } from '../../src/core/registry.ts';
import type { Source } from '../../src/core/source.ts';
import { newsTime } from '../../src/core/time.ts';

const config = join(packageRoot(), 'config');
const feeds = readArchive(join(config, 'demo', 'archive'));
const items = feeds.flatMap((feed) => feed.items.map((item) => ({ feed, item })));
const yaml = (file: string) => parse(readFileSync(join(config, file), 'utf8')) as Record<string, unknown>;
const declared = new Map(
  (yaml('demo/feeds.yaml')['feeds'] as { id: string; publisher: string; lang: string }[]).map((feed) => [
    feed.id,
    feed,
  ]),
);
const sources = (yaml('sources.yaml')['sources'] as Partial<Source>[]).map(
  (source) => ({ paths: [], names: [], domains: [], spokespeople: [], ...source }) as Source,
);
const registry = buildRegistry(sources, (host) => getDomain(host, { allowPrivateDomains: true }));
const isAggregator = (feedId: string) => registry.byId(declared.get(feedId)?.publisher ?? '')?.kind === 'aggregator';

describe('the bundled archive', () => {
  it('tells December 2025 to April 2026 in at least 64 pages of at least 13 feeds, ten of the pages in Chinese', () => {
    expect(items.length).toBeGreaterThanOrEqual(64);
    expect(feeds.length).toBeGreaterThanOrEqual(13);
    const chinese = items.filter(({ item }) => /\p{Script=Han}/u.test(item.wordings[0]?.title ?? ''));
    expect(chinese.length).toBeGreaterThanOrEqual(10);
    for (const { item } of items) {
      expect(item.published, item.guid).toBeGreaterThanOrEqual(newsTime('2025-12-01'));
      expect(item.published, item.guid).toBeLessThan(newsTime('2026-05-01'));
    }
  });

  it('speaks every dialect that the reader must understand', () => {
    expect(new Set(feeds.map(({ dialect }) => dialect))).toEqual(new Set(['rss', 'atom', 'json']));
    expect(feeds.filter(({ charset }) => charset === 'gb18030')).toHaveLength(1);
    expect(feeds.some(({ redirects }) => redirects)).toBe(true);
    expect(feeds.some(({ bodies, items }) => bodies && items.some(({ wordings }) => wordings[0]?.body !== ''))).toBe(
      true,
    );
    expect(items.some(({ item }) => item.wordings.length > 1)).toBe(true);
  });

  it('has each of its feeds in feeds.yaml, of a listed publisher', () => {
    expect([...declared.keys()].sort()).toEqual(feeds.map(({ id }) => id).sort());
    for (const { id, publisher } of declared.values()) expect(registry.byId(publisher), id).toBeDefined();
  });

  it("links a publisher's feed to that publisher's own pages, and names the publisher wherever a feed only searches", () => {
    for (const { feed, item } of items) {
      if (isAggregator(feed.id)) {
        expect(item.source, item.guid).not.toBeNull();
        if (item.url === null || item.source === null) continue;
        // Mirrors and country editions: the page may be on another name of the same owner, never on nobody's.
        const [page, named] = [registry.publisherOf(item.url), registry.publisherOf(item.source.url)];
        expect(page.domain === named.domain || page.source !== null, item.guid).toBe(true);
      } else if (item.url !== null) {
        const owner = registry.byId(registry.publisherOf(item.url).source ?? '');
        expect(owner, `${item.guid}: ${item.url}`).toBeDefined();
      }
    }
  });

  it('is unknown to the program: no id, no address and no sentence of it stands in src/', () => {
    const program = readdirSync(join(packageRoot(), 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|sql|html|css|js)$/.test(name))
      .map((name) => folded(readFileSync(join(packageRoot(), 'src', name), 'utf8')))
      .join('\n');
    expect(program.length).toBeGreaterThan(100_000);
    const told = items.flatMap(({ item }) =>
      item.wordings.flatMap(({ title, summary, body }) => [title, summary, body]),
    );
    const sentences = told
      .flatMap((text) => text.split(/(?<=[.。？！])\s*/))
      .map(folded)
      .filter((sentence) => sentence.length >= 20);
    expect(sentences.length).toBeGreaterThan(150);
    const known = [
      ...sentences,
      ...feeds.map(({ id }) => id),
      ...items.flatMap(({ item }) => [item.guid, ...(item.url === null ? [] : [item.url])]),
    ].filter((text) => program.includes(folded(text)));

    expect(known).toEqual([]);
  });
});

function folded(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
