/**
 * `claimwire replay --items FILE.jsonl [--config DIR] [--out FILE] [--until TIME] [--engine llm]`: what claimwire would have said, day by day,
 * about a file of articles. No database; no network, unless `--engine llm` asks for a language model's second opinion.
 *
 * One article a line: {"id","url","publisher","domain","published","lang","title","summary","body"}. A line that cannot be
 * read is reported as "items.jsonl:7: published: not a time" and left out; the rest goes on and the command ends with 1.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Config } from '../config/config.ts';
import type { Claim, ClaimId } from '../core/claim.ts';
import type { SourceRegistry } from '../core/source.ts';
import { newsTime } from '../core/time.ts';
import { replay } from '../pipeline/replay.ts';
import type { ReplayArticle } from '../pipeline/replay.ts';
import { parseArguments } from './arguments.ts';
import { beatOf, configFor, secondReading } from './compose.ts';
import type { ExitCode, Io } from './io.ts';
import { NOT_JSON, notADate, sayProblems, timeOf, whyNot, wrongKindOnce } from './said.ts';
import { scoredReading, type ScoredReading } from './second-opinions.ts';

const USAGE = 'claimwire replay --items FILE.jsonl [--config DIR] [--out FILE] [--until TIME] [--engine offline|llm]';
/** A line longer than this is no article. */
const LONGEST_LINE = 4 * 1024 * 1024;

export async function runReplay(
  args: readonly string[],
  io: Pick<Io, 'out' | 'err' | 'env'> & Partial<Pick<Io, 'stop'>>,
): Promise<ExitCode> {
  const text = { type: 'string' } as const;
  // The lines are JSON in any case; --json is taken because every command takes it.
  const options = {
    items: text,
    config: text,
    out: text,
    until: text,
    engine: text,
    json: { type: 'boolean' },
  } as const;
  const parsed = parseArguments(args, options, USAGE);
  if (!parsed.ok) {
    io.err(parsed.message);
    return 2;
  }
  const { items, config: dir, out } = parsed.values;
  const until = timeOf(parsed.values.until, 'end');
  if (items === undefined || parsed.positionals.length > 0 || until === null) {
    const what = until === null ? `${notADate('--until', parsed.values.until ?? '')}. ` : '';
    io.err(`${what}Usage: ${USAGE}`);
    return 2;
  }
  const wanted = parsed.values.engine ?? 'offline';
  if (wanted !== 'offline' && wanted !== 'llm') {
    io.err(`--engine: "${wanted}" is neither offline nor llm. Usage: ${USAGE}`);
    return 2;
  }
  const config = configFor(io, dir);
  const { claims, registry, engine } = beatOf(config);
  const reading = wanted === 'llm' ? readingFor(config, claims, registry, io.stop) : null;
  if (typeof reading === 'string') {
    io.err(reading);
    return 1;
  }
  const read = await readItems(items, registry);
  sayProblems(io.err, read.problems);
  if (read.articles === null) return 1;
  if (read.articles.length === 0 && read.problems.length === 0)
    io.err(`${items} holds no article; one a line: ${EXAMPLE}`);

  const write =
    out === undefined
      ? { line: (line: string) => Promise.resolve(io.out(line)), end: () => Promise.resolve() }
      : fileWriter(out);
  try {
    const clock = until === undefined ? {} : { until };
    const events = replay(read.articles, {
      claims: [...claims.values()],
      registry,
      engine,
      ...clock,
      ...(reading === null ? {} : { second: reading.second }),
    });
    for await (const event of events) await write.line(JSON.stringify(event));
    await write.end();
    for (const line of reading?.summary() ?? []) io.err(line);
  } catch (error) {
    io.err(`${out ?? 'output'}: cannot be written: ${whyNot(error)}`);
    return 1;
  }
  return read.problems.length > 0 ? 1 : 0;
}

/** The model that claimwire.yaml names, whatever its engine of every day; or what is missing. */
function readingFor(
  config: Config,
  claims: ReadonlyMap<ClaimId, Claim>,
  registry: SourceRegistry,
  stop: AbortSignal | undefined,
): ScoredReading | string {
  const second = secondReading({ ...config, judge: { ...config.judge, engine: 'llm' } });
  if (second === null) return '--engine llm: claimwire.yaml names no model; set judge.provider and judge.model';
  if (second.cannot !== null) return `--engine llm: ${second.reader.id} has ${second.cannot}`;
  const { reader, dailyTokens: tokens } = second;
  return scoredReading({ reader, claims, registry, tokens, ...(stop === undefined ? {} : { signal: stop }) });
}

const EXAMPLE = '{"id":"1","published":"2026-04-03","title":"...","body":"..."}';

interface Items {
  /** null when the file as a whole cannot be read. */
  readonly articles: ReplayArticle[] | null;
  readonly problems: string[];
}

export async function readItems(path: string, registry: SourceRegistry): Promise<Items> {
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
    return { articles: null, problems: [`${path}: cannot be read: ${whyNot(error)}`] };
  }
  return { articles, problems: wrongKindOnce(path, problems, articles.length, EXAMPLE) };
}

/** One line as an article, or what is wrong with it. */
function articleOf(line: string, registry: SourceRegistry): ReplayArticle | string {
  if (line.length > LONGEST_LINE) return 'longer than 4 MB';
  let item: unknown;
  try {
    item = JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    return NOT_JSON;
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
    // "Business Standard (Reuters)": a listed page keeps its own name, and the wire in its byline.
    authors: name.includes('(') ? [name.slice(name.lastIndexOf('(') + 1).replace(/[)）]\s*$/, '')] : [],
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
      if (stream.write(`${line}\n`)) return;
      // Whichever does not come is no longer waited for: a long file drains thousands of times.
      const come = new AbortController();
      const { signal } = come;
      try {
        await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]);
      } finally {
        come.abort();
      }
    },
    end: async () => {
      stream.end();
      if (!stream.closed) await once(stream, 'close');
      check();
    },
  };
}
