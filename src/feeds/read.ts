/**
 * Bytes -> FeedItems, whatever a publisher serves: RSS 0.9x to 2.0, RDF, Atom, JSON Feed, in any charset, whole
 * or broken. Never throws for any bytes; one bad entry costs that entry, never the feed.
 *
 *     readFeed(bytes, { contentType: 'text/xml; charset=gbk', url: 'https://example.com/rss', fetchedAt })
 *
 * Pure and synchronous: reader.ts runs it in a worker with a deadline, because the bytes are a stranger's.
 */
import type { FeedItem } from '../core/article.ts';
import { MINUTE, newsTime, type NewsTime } from '../core/time.ts';
import { readAtom } from './atom.ts';
import { decodeFeed } from './charset.ts';
import type { FeedDocument, FeedEntry, Prose } from './document.ts';
import { readJsonFeed } from './json-feed.ts';
import { plainLines, plainText, titleText } from './plain-text.ts';
import { readRss } from './rss.ts';
import { buildTree } from './tree.ts';

/** What is read of a document; the rest is cut off and said so. */
export const MAX_BYTES = 8 * 1024 * 1024;

export interface ReadHint {
  readonly contentType: string | null;
  /** Where the bytes came from, after redirects: the base of relative links. */
  readonly url: string;
  readonly fetchedAt: NewsTime;
}

export interface ReadFeed {
  readonly title: string;
  /** The site's page. */
  readonly siteUrl: string | null;
  readonly lang: string | null;
  readonly ttlMinutes: number | null;
  readonly selfUrl: string | null;
  readonly format: FeedDocument['format'];
  readonly charset: string;
  /** Newest 2,000 in document order. */
  readonly items: readonly FeedItem[];
  /** Entries that cannot become an article; `index` counts entries in document order. */
  readonly skipped: readonly { readonly index: number; readonly why: string }[];
  /** In words, for `feeds test` and the health view. */
  readonly warnings: readonly string[];
}

export type ReadFailure = {
  readonly ok: false;
  /** `too-hard`: it took longer or needed more memory than any document may (reader.ts). */
  readonly kind: 'empty' | 'not-a-feed' | 'undecodable' | 'too-hard';
  /** One sentence for people. */
  readonly message: string;
};

export type ReadResult = { readonly ok: true; readonly feed: ReadFeed } | ReadFailure;

export type ReadDocument =
  | { readonly ok: true; readonly document: FeedDocument; readonly charset: string }
  | ReadFailure;

export function readFeed(bytes: Uint8Array, hint: ReadHint): ReadResult {
  const read = readDocument(bytes, hint);
  if (!read.ok) return read;
  const { document } = read;
  const warnings = [...document.warnings];
  const items: FeedItem[] = [];
  const skipped: { index: number; why: string }[] = [];
  document.entries.forEach((entry, index) => {
    const item = itemOf(entry, hint.fetchedAt, warnings);
    const why = whyNot(item);
    if (why === null) items.push(item);
    else if (skipped.length < 100) skipped.push({ index, why });
  });
  return {
    ok: true,
    feed: {
      title: document.title,
      siteUrl: document.link,
      lang: document.lang,
      ttlMinutes: document.ttlMinutes,
      selfUrl: document.selfUrl,
      format: document.format,
      charset: read.charset,
      items,
      skipped,
      warnings: warnings.slice(0, 20),
    },
  };
}

/** The document before it is made plain: markup in place, dates as written. */
export function readDocument(bytes: Uint8Array, hint: Pick<ReadHint, 'contentType' | 'url'>): ReadDocument {
  const cut = bytes.byteLength > MAX_BYTES;
  const { text, charset, damaged } = decodeFeed(cut ? bytes.subarray(0, MAX_BYTES) : bytes, hint.contentType);
  if (text.trim() === '') return { ok: false, kind: 'empty', message: 'the server sent an empty document' };
  const json = readJsonFeed(text, hint.url, hint.contentType);
  const read = json ?? readXml(text, hint.url);
  if (typeof read === 'string') {
    return damaged && text.slice(0, 200).includes('\ufffd')
      ? { ok: false, kind: 'undecodable', message: 'the server sent bytes that are text in no charset we know' }
      : { ok: false, kind: 'not-a-feed', message: read };
  }
  const warnings = [...read.warnings];
  if (cut) warnings.push(`larger than ${MAX_BYTES / 1024 / 1024} MB: only its beginning was read`);
  if (damaged) warnings.push(`some bytes are not valid ${charset}`);
  if (read.total > read.entries.length)
    warnings.push(`${read.total} entries: ${read.total - read.entries.length} older or incomplete ones were left out`);
  return { ok: true, charset, document: { ...read, warnings } };
}

/** A document, or why it is none. */
function readXml(text: string, address: string): FeedDocument | string {
  const tree = buildTree(text, address);
  if (tree.root === null) {
    if (tree.firstElement === 'html' || tree.firstElement === 'body' || /<!doctype\s+html/i.test(text.slice(0, 500))) {
      return 'the server sent a web page, not a feed (a login, consent or error page?)';
    }
    return tree.firstElement === null
      ? 'the server sent something that is not a feed'
      : `the server sent <${tree.firstElement.slice(0, 40)}>, which is not a feed`;
  }
  const isAtom = tree.root.name === 'feed' || tree.root.name === 'entry';
  const document = isAtom ? readAtom(tree, tree.root) : readRss(tree, tree.root);
  return tree.cut
    ? {
        ...document,
        warnings: [...document.warnings, 'the document ends in the middle: its complete entries were kept'],
      }
    : document;
}

/** How far a publisher's clock may run ahead of ours. */
const CLOCK_SLACK = 10 * MINUTE;
/** Before the first news feeds; a "1970" is a broken date, not an old article. */
const OLDEST = Date.UTC(1990, 0, 1);

function itemOf(entry: FeedEntry, fetchedAt: NewsTime, warnings: string[]): FeedItem {
  const summary = proseText(entry.summary);
  const content = proseText(entry.content);
  const written = entry.published ?? entry.updated;
  const published = written === null ? null : plausible(written, fetchedAt);
  if (written !== null && published === null && warnings.length < 20) {
    warnings.push(`"${entry.title.slice(0, 60)}" is dated ${yearOf(written)}: its first sighting counts instead`);
  }
  return {
    guid: entry.id,
    url: entry.link,
    title: entry.title === '' ? opening(summary === '' ? content : summary) : entry.title.replace(/\s+/g, ' '),
    summary,
    body: content.length > summary.length ? content : '',
    published,
    authors: entry.authors,
    sourceName: entry.sourceName,
    sourceUrl: entry.sourceUrl,
    categories: entry.categories,
    enclosures: entry.enclosures.map(({ url, type }) => ({ url, type })),
    lang: entry.lang,
  };
}

/** Null for a date that cannot be: the caller's first sighting then counts, and stays the same at every poll. */
function plausible(ms: number, fetchedAt: NewsTime): NewsTime | null {
  if (ms < OLDEST || ms > fetchedAt + CLOCK_SLACK) return null;
  return newsTime(Math.min(ms, fetchedAt));
}

function yearOf(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? String(new Date(ms).getUTCFullYear()) : 'outside all calendars';
}

function proseText(prose: Prose): string {
  if (prose.text === '') return '';
  return prose.kind === 'html' ? plainText(prose.text) : plainLines(prose.text);
}

/** A title for an entry without one: its first words. */
function opening(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  if (line.length <= 120) return titleText(line.replaceAll('<', '&lt;'));
  const cut = line.slice(0, 120);
  const space = cut.lastIndexOf(' ');
  return `${titleText((space > 60 ? cut.slice(0, space) : cut).replaceAll('<', '&lt;'))}…`;
}

function whyNot(item: FeedItem): string | null {
  if (item.title === '' && item.summary === '' && item.body === '') {
    return item.url === null && item.guid === null ? 'it is empty' : 'it has neither a title nor a text';
  }
  return null;
}
