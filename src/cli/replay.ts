/**
 * `claimwire replay --items FILE.jsonl [--config DIR] [--out FILE] [--until TIME]`: what claimwire would have said, day by day,
 * about a file of articles. No network, no database.
 *
 * One article a line: {"id","url","publisher","domain","published","lang","title","summary","body"}. A line that cannot be
 * read is reported as "items.jsonl:7: published: not a time" and left out; the rest goes on and the command ends with 1.
 */
import { open } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { getDomain } from 'tldts';
import { loadConfig } from '../config/load.ts';
import { shippedConfigDir } from '../config/home.ts';
import { buildRegistry } from '../core/registry.ts';
import type { SourceRegistry } from '../core/source.ts';
import { newsTime } from '../core/time.ts';
import type { NewsTime } from '../core/time.ts';
import { offlineEngine } from '../judge/offline.ts';
import { replay } from '../pipeline/replay.ts';
import type { ReplayArticle } from '../pipeline/replay.ts';

const USAGE = 'Usage: claimwire replay --items FILE.jsonl [--config DIR] [--out FILE] [--until TIME]';
/** A line longer than this is no article. */
const LONGEST_LINE = 4 * 1024 * 1024;

/** What the command touches of the outside. */
export interface ReplayIo {
  out(line: string): void;
  err(line: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Arguments {
  readonly items: string;
  readonly config: string | null;
  readonly out: string | null;
  readonly until: NewsTime | null;
}

/** Exit code: 0 done, 1 a failure that was explained, 2 wrong usage. */
export async function runReplay(args: readonly string[], io: ReplayIo): Promise<0 | 1 | 2> {
  const asked = readArguments(args);
  if (typeof asked === 'string') {
    io.err(`${asked} ${USAGE}`);
    return 2;
  }
  const loaded = loadConfig({
    shippedDir: shippedConfigDir(),
    userDir: asked.config ?? io.env['CLAIMWIRE_CONFIG'] ?? null,
    env: io.env,
  });
  for (const warning of loaded.warnings) io.err(`warning: ${warning}`);
  if (!loaded.ok) {
    for (const problem of loaded.problems) io.err(problem);
    return 1;
  }
  const { sources, topics } = loaded.config;
  const claims = topics.flatMap((topic) => topic.claims);
  const registry = buildRegistry(sources, (host) => getDomain(host, { allowPrivateDomains: true }));

  const read = await readItems(asked.items, registry);
  for (const problem of read.problems) io.err(problem);
  if (read.articles === null) return 1;

  const write =
    asked.out === null
      ? { line: (line: string) => Promise.resolve(io.out(line)), end: () => Promise.resolve() }
      : fileWriter(asked.out);
  try {
    const until = asked.until === null ? {} : { until: asked.until };
    for await (const line of replay(read.articles, {
      claims,
      registry,
      engine: offlineEngine(claims, registry),
      ...until,
    })) {
      await write.line(JSON.stringify(line));
    }
    await write.end();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    io.err(`${asked.out ?? 'output'}: cannot be written: ${error.message}`);
    return 1;
  }
  return read.problems.length > 0 ? 1 : 0;
}

function readArguments(args: readonly string[]): Arguments | string {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ args: [...args], options: { items: text, config: text, out: text, until: text } });
    if (values.items === undefined) return 'replay needs --items.';
    const until = values.until === undefined ? null : Date.parse(values.until);
    if (Number.isNaN(until)) return `--until ${values.until ?? ''}: not a time.`;
    return {
      items: values.items,
      config: values.config ?? null,
      out: values.out ?? null,
      until: until === null ? null : newsTime(until),
    };
  } catch (error) {
    return `${(error as Error).message.split('. ')[0] ?? ''}.`;
  }
}

interface Items {
  /** null when the file as a whole cannot be read. */
  readonly articles: ReplayArticle[] | null;
  readonly problems: string[];
}

async function readItems(path: string, registry: SourceRegistry): Promise<Items> {
  const articles: ReplayArticle[] = [];
  const problems: string[] = [];
  const lineOf = new Map<string, number>();
  let number = 0;
  try {
    const file = await open(path);
    for await (const line of file.readLines()) {
      number += 1;
      if (line.trim() === '') continue;
      const article = articleOf(line, registry);
      const before = typeof article === 'string' ? undefined : lineOf.get(article.id);
      if (typeof article === 'string') problems.push(`${path}:${number}: ${article}`);
      else if (before !== undefined)
        problems.push(`${path}:${number}: id: ${article.id} stands on line ${before} already`);
      else {
        lineOf.set(article.id, number);
        articles.push(article);
      }
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return { articles: null, problems: [`${path}: cannot be read: ${error.message}`] };
  }
  return { articles, problems };
}

/** One line as an article, or what is wrong with it. */
function articleOf(line: string, registry: SourceRegistry): ReplayArticle | string {
  if (line.length > LONGEST_LINE) return 'longer than 4 MB';
  let item: unknown;
  try {
    item = JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    return 'not JSON';
  }
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return 'not an object';
  const fields = item as Record<string, unknown>;
  const problems: string[] = [];
  const text = (name: string): string => {
    const value = fields[name];
    if (value === undefined || value === null) return '';
    if (typeof value === 'string') return value;
    problems.push(`${name}: not text`);
    return '';
  };
  const id = typeof fields['id'] === 'number' ? String(fields['id']) : text('id');
  if (id === '' && problems.length === 0) problems.push('id: missing');
  const time = typeof fields['published'] === 'string' ? Date.parse(fields['published']) : NaN;
  if (Number.isNaN(time))
    problems.push(fields['published'] === undefined ? 'published: missing' : 'published: not a time');
  const [title, summary, body] = [text('title'), text('summary'), text('body')];
  if (problems.length === 0 && title === '' && summary === '' && body === '')
    problems.push('title, summary, body: all empty');
  const [url, domain, name] = [text('url'), text('domain'), text('publisher')];
  if (problems.length > 0) return problems.join('; ');
  const publisher = registry.publisherOf(url === '' ? `https://${domain}` : url, name);
  return {
    id,
    revision: 1,
    url,
    publisher,
    publisherAsGiven: name === '' ? publisher.name : name,
    published: newsTime(time),
    lang: text('lang'),
    title,
    summary,
    body,
    authors: [],
  };
}

function fileWriter(path: string): { line(line: string): Promise<void>; end(): Promise<void> } {
  const stream = createWriteStream(path);
  let failure: Error | null = null;
  stream.on('error', (error) => (failure = error));
  const check = (): void => {
    if (failure !== null) throw failure;
  };
  return {
    line: async (line) => {
      check();
      if (!stream.write(`${line}\n`)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
    },
    end: async () => {
      stream.end();
      if (!stream.closed) await once(stream, 'close');
      check();
    },
  };
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
