/**
 * `claimwire feeds list [ID-OR-URL] | test URL | add URL | remove ID | import FILE.opml | export | parse --stdin-jsonl`.
 *
 * test, parse and finding a site's feeds need no ledger. The others go through FeedBook, the little of the ledger
 * that this command needs; main hands it in.
 */
import { readFile } from 'node:fs/promises';
import { iso, type Clock, type NewsTime, type WallTime } from '../core/time.ts';
import { findFeeds, type FoundFeed } from '../feeds/discover.ts';
import { openFetcher, type Fetcher } from '../feeds/fetch.ts';
import { shownUrl } from '../feeds/links.ts';
import { readOpml, writeOpml } from '../feeds/opml.ts';
import { openReader, type Reader } from '../feeds/reader.ts';
import { parseLines } from './feeds-parse.ts';
import { testFeed } from '../feeds/try-feed.ts';
import { printable } from '../core/printable.ts';
import { counted } from '../core/wording.ts';
import { didYouMean, quoted } from '../config/problem.ts';

/** One feed as people see it in `feeds list`. */
export interface ListedFeed {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** 'configured' feeds come from feeds.yaml and are removed there. */
  readonly from: 'configured' | 'added';
  /** untried, answering, silent, failing, dark (for a day or more) or gone (ended by its publisher). */
  readonly state: string;
  /** In words: "read 20 items", "the server answered 500". */
  readonly lastResult: string | null;
  readonly lastPoll: WallTime | null;
  readonly lastNewItem: NewsTime | null;
  /** Null: never, because it is gone. */
  readonly nextPoll: WallTime | null;
  /** Where a permanent redirect leads that is being watched. */
  readonly movingTo: string | null;
  /** Its last changes, oldest first; `at` is ISO 8601. */
  readonly history: readonly { readonly at: string; readonly words: string }[];
}

/** What this command needs of the ledger. Nothing here rejects for an expected outcome. */
export interface FeedBook {
  list(): Promise<readonly ListedFeed[]>;
  add(feed: { readonly url: string; readonly title: string; readonly lang: string | null }): Promise<'added' | 'known'>;
  /** By id or address. `configured`: it stands in feeds.yaml and must be removed there. */
  remove(idOrUrl: string): Promise<'removed' | 'unknown' | 'configured'>;
}

export interface FeedsIo {
  readonly input: AsyncIterable<Buffer>;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly clock: Clock;
  readonly allowHosts: readonly string[];
  readonly userAgent: string;
  /** Opens the ledger's feeds; called only by the commands that need them. */
  readonly book: () => Promise<FeedBook>;
}

export const FEEDS_USAGE = [
  'claimwire feeds ... [--config DIR] [--json]',
  '  list [ID-OR-URL]      how each is doing; with one, its history',
  '  test URL              what would be read, and the next poll; nothing is added',
  "  add URL               a site's address will do",
  '  remove ID-OR-URL',
  '  import FILE.opml',
  '  export                as OPML',
  '  parse --stdin-jsonl   feeds from standard input; no network, no database',
].join('\n');

/** Exit code: 0 done, 1 a failure that was explained, 2 wrong usage. */
export async function runFeeds(args: readonly string[], io: FeedsIo): Promise<number> {
  const json = args.includes('--json');
  const [command = '', operand, ...more] = args.filter((arg) => arg !== '--json');
  if (command === 'parse' && operand === '--stdin-jsonl' && more.length === 0) return parse(io);
  if (more.length > 0 || operand?.startsWith('-') === true) return usage(io);
  if (operand === undefined) {
    if (command === 'list') return list(null, io, json);
    if (command === 'export') return exportFeeds(io);
    return usage(io, command);
  }
  if (command === 'list') return list(operand, io, json);
  if (command === 'test') return withTools(io, (tools) => testFeed(operand, { ...tools, ...io, json }));
  if (command === 'add') return withTools(io, (tools) => add(operand, tools, io));
  if (command === 'remove') return remove(operand, io);
  if (command === 'import') return importFeeds(operand, io);
  return usage(io, command);
}

interface Tools {
  readonly fetcher: Fetcher;
  readonly reader: Reader;
}

async function withTools(io: FeedsIo, work: (tools: Tools) => Promise<number>): Promise<number> {
  const fetcher = openFetcher({ allowHosts: io.allowHosts, userAgent: io.userAgent });
  const reader = openReader();
  try {
    return await work({ fetcher, reader });
  } finally {
    await Promise.all([fetcher.close(), reader.close()]);
  }
}

async function parse(io: FeedsIo): Promise<number> {
  const reader = openReader();
  await parseLines(io.input, reader, io.out);
  await reader.close();
  return 0;
}

async function list(only: string | null, io: FeedsIo, json: boolean): Promise<number> {
  const all = await (await io.book()).list();
  const feeds = only === null ? all : all.filter((feed) => feed.id === only || feed.url === only);
  if (only !== null && feeds.length === 0) {
    io.err(`no feed has the id or address ${shownUrl(only)}; see claimwire feeds list`);
    return 1;
  }
  for (const feed of feeds) {
    if (json) io.out(JSON.stringify(listed(feed)));
    else for (const line of only === null ? summaryOf(feed) : detailsOf(feed)) io.out(line);
  }
  if (!json && only === null) io.out(`${feeds.length} feeds`);
  return 0;
}

function listed(feed: ListedFeed): unknown {
  const at = (time: NewsTime | WallTime | null): string | null => (time === null ? null : iso(time));
  return {
    ...feed,
    url: shownUrl(feed.url),
    movingTo: feed.movingTo === null ? null : shownUrl(feed.movingTo),
    lastPoll: at(feed.lastPoll),
    lastNewItem: at(feed.lastNewItem),
    nextPoll: at(feed.nextPoll),
  };
}

function summaryOf(feed: ListedFeed): string[] {
  const newest = feed.lastNewItem === null ? '' : ` · newest ${minute(feed.lastNewItem)}`;
  const next = feed.nextPoll === null ? '' : ` · next poll ${minute(feed.nextPoll).slice(11)}`;
  return [
    `${feed.state.padEnd(9)} ${feed.id}  ${printable(feed.title)}  ${shownUrl(feed.url)}`,
    `          ${feed.from} · ${printable(feed.lastResult ?? 'not polled yet')}${newest}${next}`,
  ];
}

function detailsOf(feed: ListedFeed): string[] {
  return [
    `${feed.id}: ${feed.state}`,
    `  address    ${shownUrl(feed.url)} (${feed.from})`,
    ...(feed.movingTo === null
      ? []
      : [`  moving to  ${shownUrl(feed.movingTo)}, taken over after three good polls over a day`]),
    `  last poll  ${feed.lastPoll === null ? 'none yet' : `${minute(feed.lastPoll)}: ${printable(feed.lastResult ?? '')}`}`,
    `  newest     ${feed.lastNewItem === null ? 'nothing yet' : minute(feed.lastNewItem)}`,
    `  next poll  ${feed.nextPoll === null ? 'never: add it again to ask once more' : minute(feed.nextPoll)}`,
    ...feed.history.map(
      ({ at, words }, n) => `  ${n === 0 ? 'history  ' : '         '}  ${at.slice(0, 16)}Z ${printable(words)}`,
    ),
  ];
}

function minute(time: NewsTime | WallTime): string {
  return `${iso(time).slice(0, 16)}Z`;
}

async function add(written: string, tools: Tools, io: FeedsIo): Promise<number> {
  const found = await findFeeds(written, tools, io.clock.news(), new AbortController().signal);
  if (!found.ok) {
    io.err(`${shownUrl(written)}: ${printable(found.message)}`);
    return 1;
  }
  const [feed, ...others] = found.feeds;
  if (feed === undefined) return 1;
  const outcome = await (await io.book()).add({ url: feed.url, title: titleOf(feed), lang: feed.feed.lang });
  io.out(`${outcome === 'added' ? 'added' : 'already there'}: ${describe(feed)}`);
  for (const other of others) io.out(`also there: ${describe(other)}`);
  return 0;
}

async function remove(idOrUrl: string, io: FeedsIo): Promise<number> {
  const outcome = await (await io.book()).remove(idOrUrl);
  if (outcome === 'removed') {
    io.out(`removed: ${shownUrl(idOrUrl)}. What it brought stays in the ledger`);
    return 0;
  }
  io.err(
    outcome === 'unknown'
      ? `no feed has the id or address ${shownUrl(idOrUrl)}; see claimwire feeds list`
      : `${shownUrl(idOrUrl)} stands in feeds.yaml: lay "remove: true" over it in your own feeds.yaml`,
  );
  return 1;
}

/** Feeds are taken as they stand in the list; whether each answers shows in the health view after its first poll. */
async function importFeeds(file: string, io: FeedsIo): Promise<number> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    io.err(
      `${file}: ${error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : 'the file cannot be read'}`,
    );
    return 1;
  }
  const { feeds, problems } = readOpml(bytes, io.allowHosts);
  const book = feeds.length === 0 ? null : await io.book();
  let added = 0;
  for (const feed of feeds) {
    const outcome = (await book?.add({ url: feed.url, title: feed.title, lang: null })) ?? 'known';
    if (outcome === 'added') added += 1;
    io.out(
      `line ${feed.line}: ${outcome === 'added' ? 'added' : 'already there'}: ${printable(feed.title)} ${shownUrl(feed.url)}`,
    );
  }
  for (const problem of problems) io.err(`line ${problem.line}: ${printable(problem.why)}`);
  io.out(`${added} added, ${feeds.length - added} already there, ${problems.length} not taken`);
  return problems.length > 0 && feeds.length === 0 ? 1 : 0;
}

async function exportFeeds(io: FeedsIo): Promise<number> {
  const feeds = await (await io.book()).list();
  io.out(writeOpml('claimwire', feeds).trimEnd());
  return 0;
}

function titleOf({ feed, url }: FoundFeed): string {
  return feed.title === '' ? new URL(url).hostname : feed.title;
}

function describe(found: FoundFeed): string {
  return `${shownUrl(found.url)}  ${printable(titleOf(found))} (${counted(found.feed.items.length, 'item')})`;
}

/** What takes an address or a file, and what it takes. */
const TAKES: Readonly<Record<string, string>> = {
  test: 'an address',
  add: 'an address',
  remove: 'an id or address',
  import: 'a file',
  parse: '--stdin-jsonl',
};

/** `given`: what stood where a command should, when that is all that is wrong. */
function usage(io: FeedsIo, given = ''): number {
  const takes = Object.hasOwn(TAKES, given) ? TAKES[given] : undefined;
  const known = ['list', 'export', ...Object.keys(TAKES)];
  const why =
    given === '' || given.startsWith('-')
      ? ''
      : takes !== undefined
        ? `feeds ${given} needs ${takes}. `
        : known.includes(given)
          ? `feeds ${given} takes nothing more. `
          : `feeds has no command ${quoted(given)}${didYouMean(given, known)} `;
  io.err(`${why}Usage: ${FEEDS_USAGE}`);
  return 2;
}
