/**
 * The bundled archive as a stream of articles, and the demo's own claims: what the story tests replay.
 */
import { join } from 'node:path';
import { getDomain } from 'tldts';
import { readArchive } from '../../src/cli/archive-files.ts';
import { demoClaims, demoConfig } from '../../src/cli/demo-config.ts';
import { shippedConfigDir } from '../../src/config/home.ts';
import { loadConfig } from '../../src/config/load.ts';
import { buildRegistry } from '../../src/core/registry.ts';
import { newsTime } from '../../src/core/time.ts';
import { offlineEngine } from '../../src/judge/offline.ts';
import { replay } from '../../src/pipeline/replay.ts';
import type { ReplayArticle } from '../../src/pipeline/replay.ts';
import type { StreamEvent } from '../../src/pipeline/stream.ts';

const shippedDir = shippedConfigDir();
const demoDir = join(shippedDir, 'demo');
export const feeds = readArchive(join(demoDir, 'archive'));

const loaded = loadConfig({ shippedDir, userDir: demoDir, env: {} });
if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
export const shippedUnderDemo = loaded.config;
export const config = demoConfig(shippedUnderDemo, {
  archive: { feeds, hostPort: '127.0.0.1:40123', url: (id) => `http://127.0.0.1:40123/feeds/${id}` },
  claims: demoClaims(demoDir),
});
export const registry = buildRegistry(config.sources, (host) => getDomain(host, { allowPrivateDomains: true }));
const claims = config.topics.flatMap((topic) => topic.claims);
const engine = offlineEngine(claims, registry);

export interface Page extends ReplayArticle {
  /** Carries an authority's own word. */
  readonly official: boolean;
}

/** Every page in the wording in which it first came out. */
export const pages: readonly Page[] = feeds.flatMap((feed) => {
  const declared = config.feedList.find(({ id }) => id === feed.id);
  const owner = registry.byId(declared?.publisher ?? '');
  if (declared === undefined || owner === undefined) throw new Error(`${feed.id} has no publisher`);
  return feed.items.map((item): Page => {
    const [wording] = item.wordings;
    if (wording === undefined) throw new Error(`${item.guid} says nothing`);
    // As polling does it: an aggregator names the publisher, a page is its domain's, and a page without a link its feed's.
    const named = item.source === null ? null : registry.publisherOf(item.source.url, item.source.name);
    const own = { source: owner.id, domain: owner.domains[0] ?? '', name: owner.name };
    const publisher = named ?? (item.url === null ? own : registry.publisherOf(item.url));
    return {
      id: item.guid,
      revision: 1,
      url: item.url ?? '',
      publisher,
      publisherAsGiven: publisher.name,
      published: item.published,
      lang: declared.lang ?? '',
      title: wording.title,
      summary: wording.summary,
      body: wording.body,
      authors: item.author === null ? [] : [item.author],
      official: item.official,
    };
  });
});

export type StatusLine = Extract<StreamEvent, { type: 'status' }>;

/** What becomes of the claims when these pages come in, until the end of April 2026. */
export async function statusLines(articles: readonly ReplayArticle[]): Promise<readonly StatusLine[]> {
  const lines: StatusLine[] = [];
  for await (const line of replay(articles, { claims, registry, engine, until: newsTime('2026-04-30') }))
    if (line.type === 'status') lines.push(line);
  return lines;
}

/** `2026-04-03 corroborated: Financial Times + The Information`, by claim. */
export function timeline(lines: readonly StatusLine[]): Record<string, readonly string[]> {
  const steps: Record<string, string[]> = {};
  for (const { claim, at, status, origins } of lines)
    (steps[claim] ??= []).push([`${at.slice(0, 10)} ${status}`, origins.join(' + ')].filter(Boolean).join(': '));
  return steps;
}
