/**
 * The demo archive as written by people: one YAML file a feed, read and checked once.
 *
 *   config/demo/archive/example.yaml  ->  { id: 'demo-example', dialect: 'json', items: [{ guid, published, title, ... }] }
 *
 * The format is described in config/demo/archive/README.md.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { problemInWords } from '../config/problem.ts';
import { readYaml } from '../config/yamlFile.ts';
import { newsTime } from '../core/time.ts';
import type { NewsTime } from '../core/time.ts';

const DIALECTS = ['rss', 'atom', 'json'] as const;
const CHARSETS = ['utf-8', 'gb18030'] as const;

/** An item at one moment: what the archive served from `since` on. */
export interface Wording {
  readonly since: NewsTime;
  readonly title: string;
  readonly summary: string;
  /** '' when the feed carries no more than the summary. */
  readonly body: string;
}

export interface ArchiveItem {
  readonly guid: string;
  readonly published: NewsTime;
  readonly url: string | null;
  readonly author: string | null;
  /** Who an aggregator says the true publisher is. */
  readonly source: { readonly name: string; readonly url: string } | null;
  /** Carries an authority's own word: its page, or one that has it on record. Never served; for people and tests. */
  readonly official: boolean;
  /** Oldest first, never empty; the first one's `since` is `published`. */
  readonly wordings: readonly Wording[];
}

export interface ArchiveFeed {
  readonly id: string;
  readonly title: string;
  readonly home: string;
  readonly dialect: (typeof DIALECTS)[number];
  readonly charset: (typeof CHARSETS)[number];
  /** Bodies travel beside the summary, in content:encoded and its cousins. */
  readonly bodies: boolean;
  /** Links lead through the archive, as those of news-search feeds lead through the aggregator. */
  readonly redirects: boolean;
  /** In the order of the file. */
  readonly items: readonly ArchiveItem[];
}

const line = z.string().trim().min(1).max(500);
const text = z.string().trim().min(1).max(4000);
const address = z.url({ protocol: /^https?$/ });
// Not z.iso.datetime(): a YAML time without quotes may arrive as text or, in other readers, as a date.
const moment = z.iso.datetime().transform((value) => newsTime(value));

const itemSchema = z
  .strictObject({
    guid: line,
    published: moment,
    title: line,
    summary: text,
    body: text.optional(),
    url: address.optional(),
    author: line.optional(),
    source: z.strictObject({ name: line, url: address }).optional(),
    official: z.boolean().default(false),
    revisions: z
      .array(z.strictObject({ at: moment, title: line.optional(), summary: text.optional(), body: text.optional() }))
      .default([]),
  })
  .transform((written): ArchiveItem => {
    const { guid, published, revisions } = written;
    const first: Wording = {
      since: published,
      title: written.title,
      summary: written.summary,
      body: written.body ?? '',
    };
    const wordings = [first];
    for (const { at, ...changed } of [...revisions].sort((a, b) => a.at - b.at)) {
      const before = wordings.at(-1) ?? first;
      wordings.push({
        since: at,
        title: changed.title ?? before.title,
        summary: changed.summary ?? before.summary,
        body: changed.body ?? before.body,
      });
    }
    return {
      guid,
      published,
      url: written.url ?? null,
      author: written.author ?? null,
      source: written.source ?? null,
      official: written.official,
      wordings,
    };
  })
  .refine(
    ({ published, wordings }) => wordings.slice(1).every(({ since }) => since > published),
    'is revised before it is published',
  );

const fileSchema = z
  .strictObject({
    feed: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
    title: line,
    home: address,
    dialect: z.enum(DIALECTS),
    charset: z.enum(CHARSETS).default('utf-8'),
    bodies: z.enum(['summary', 'content']).default('summary'),
    redirects: z.boolean().default(false),
    items: z.array(itemSchema).min(1),
  })
  .transform(({ feed, bodies, ...rest }): ArchiveFeed => ({ id: feed, bodies: bodies === 'content', ...rest }));

/** Every feed of the archive in `dir`, by file name. Throws an Error that names file and place for what cannot be served. */
export function readArchive(dir: string): readonly ArchiveFeed[] {
  const files = readdirSync(dir)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  if (files.length === 0) throw new Error(`${dir}: there is no archive here (no .yaml file)`);
  const feeds = files.map((name) => readFeed(join(dir, name)));
  const guids = new Map<string, string>();
  for (const feed of feeds) {
    for (const { guid } of feed.items) {
      const other = guids.get(guid);
      if (other !== undefined) throw new Error(`${dir}: guid ${guid} stands in ${other} and in ${feed.id}`);
      guids.set(guid, feed.id);
    }
  }
  if (new Set(feeds.map(({ id }) => id)).size < feeds.length)
    throw new Error(`${dir}: two files have the same feed id`);
  return feeds;
}

function readFeed(file: string): ArchiveFeed {
  const read = readYaml(file, file);
  if (read.read === 'absent') throw new Error(`${file}: does not exist`);
  if (read.read === 'no') throw new Error(read.problems.map(problemInWords).join('\n'));
  const written = fileSchema.safeParse(read.yaml.content);
  if (written.success) return written.data;
  const [issue] = written.error.issues;
  throw new Error(`${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unreadable'}`);
}

/** Every moment at which a feed changes, oldest first, each once: what the demo's clock makes room for. */
export function archiveTimes(feeds: readonly ArchiveFeed[]): readonly NewsTime[] {
  const moments = feeds.flatMap(({ items }) => items.flatMap(({ wordings }) => wordings.map(({ since }) => since)));
  return [...new Set(moments)].sort((a, b) => a - b);
}
