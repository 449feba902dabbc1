/**
 * From a site's address to its feeds. Pages name them in their head; where they do not, a link that looks like one
 * or a usual path is tried, and only what can be read as a feed is offered.
 *
 *     https://example.com  ->  https://example.com/news/rss.xml "Example News"
 */
import { decodeHTMLStrict } from 'entities';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import type { NewsTime } from '../core/time.ts';
import { decodeFeed } from './charset.ts';
import { NO_VALIDATORS, type Fetcher, type FetchOutcome } from './fetch.ts';
import { absolute } from './links.ts';
import { titleText } from './plain-text.ts';
import type { ReadFeed, ReadResult } from './read.ts';
import type { Reader } from './reader.ts';

export interface Candidate {
  readonly url: string;
  /** What the page calls it, else ''. */
  readonly title: string;
  readonly how: 'named' | 'linked' | 'guessed';
}

export interface FoundFeed {
  readonly url: string;
  readonly how: 'itself' | Candidate['how'];
  readonly feed: ReadFeed;
}

export type Discovery =
  | { readonly ok: true; readonly feeds: readonly FoundFeed[] }
  /** One sentence for people. */
  | { readonly ok: false; readonly message: string };

/** Candidates that are fetched: a page with more is a directory. */
const MAX_TRIED = 8;
const USUAL = ['feed', 'rss.xml', 'atom.xml', 'index.xml', 'feed.xml', 'rss', 'feed.json'];

/** Fetches politely, one after the other. Reads what it finds, so that nothing is offered that cannot be polled. */
export async function findFeeds(
  written: string,
  tools: { readonly fetcher: Fetcher; readonly reader: Pick<Reader, 'feed'> },
  now: NewsTime,
  signal: AbortSignal,
): Promise<Discovery> {
  const address = /^[a-z][a-z0-9+.-]*:/i.test(written) && !/^[\w.-]+:\d/.test(written) ? written : `https://${written}`;
  const first = await tools.fetcher.fetch(address, { validators: NO_VALIDATORS, signal });
  if (first.outcome !== 'fetched') return { ok: false, message: reasonOf(first) };
  const read = await readOutcome(first, tools.reader, now);
  if (read.ok) return { ok: true, feeds: [{ url: first.permanentUrl ?? address, how: 'itself', feed: read.feed }] };
  if (read.kind !== 'not-a-feed') return { ok: false, message: read.message };
  const page = decodeFeed(first.bytes, first.contentType).text;
  const named = candidatesOf(page, first.finalUrl);
  const tried = named.length > 0 ? named : guesses(first.finalUrl);
  const feeds: FoundFeed[] = [];
  for (const candidate of tried.slice(0, MAX_TRIED)) {
    const outcome = await tools.fetcher.fetch(candidate.url, { validators: NO_VALIDATORS, signal });
    if (outcome.outcome !== 'fetched') continue;
    const found = await readOutcome(outcome, tools.reader, now);
    if (found.ok) feeds.push({ url: candidate.url, how: candidate.how, feed: found.feed });
    // One guess that answers is enough; the others are the same feed.
    if (found.ok && candidate.how === 'guessed') break;
  }
  return feeds.length > 0 ? { ok: true, feeds } : { ok: false, message: 'no feed was found at that address' };
}

/** Feeds a page names in its head, else links that look like feeds. In the page's order, each once. */
export function candidatesOf(html: string, address: string): Candidate[] {
  const finder = new LinkFinder(html, address);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: false }, finder);
  tokenizer.write(html.slice(0, 2_000_000));
  tokenizer.end();
  const all = finder.named.length > 0 ? finder.named : finder.linked;
  return all.filter((one, at) => all.findIndex((other) => other.url === one.url) === at).slice(0, 50);
}

function guesses(address: string): Candidate[] {
  return USUAL.flatMap((path) => {
    const url = absolute(`/${path}`, address);
    return url === null ? [] : [{ url, title: '', how: 'guessed' as const }];
  });
}

/** In words, for any outcome but a good one. */
export function reasonOf(outcome: Exclude<FetchOutcome, { outcome: 'fetched' }>): string {
  if (outcome.outcome === 'refused') return outcome.message;
  return outcome.outcome === 'unchanged' ? 'nothing has changed' : outcome.reason;
}

function readOutcome(
  outcome: Extract<FetchOutcome, { outcome: 'fetched' }>,
  reader: Pick<Reader, 'feed'>,
  now: NewsTime,
): Promise<ReadResult> {
  return reader.feed(outcome.bytes, { contentType: outcome.contentType, url: outcome.finalUrl, fetchedAt: now });
}

/** Lives for one page. */
class LinkFinder implements TokenizerCallbacks {
  readonly named: Candidate[] = [];
  readonly linked: Candidate[] = [];
  private readonly html: string;
  private base: string;
  private tag = '';
  private attribute = '';
  private attributes = new Map<string, string>();

  constructor(html: string, address: string) {
    this.html = html;
    this.base = address;
  }

  onopentagname(start: number, end: number): void {
    this.tag = end - start > 10 ? '' : this.html.slice(start, end).toLowerCase();
    this.attributes = new Map();
  }
  onattribname(start: number, end: number): void {
    this.attribute = end - start > 20 ? '' : this.html.slice(start, end).toLowerCase();
  }
  onattribdata(start: number, end: number): void {
    if (this.attributes.size < 20 && end - start < 4_000)
      this.attributes.set(this.attribute, decodeHTMLStrict(this.html.slice(start, end)));
  }
  onopentagend(): void {
    const href = this.attributes.get('href') ?? '';
    if (this.tag === 'base') {
      this.base = absolute(href, this.base) ?? this.base;
      return;
    }
    if ((this.tag !== 'link' && this.tag !== 'a') || this.named.length >= 200 || this.linked.length >= 200) return;
    const url = absolute(href, this.base);
    if (url === null) return;
    const title = titleText(this.attributes.get('title') ?? '');
    const rels = (this.attributes.get('rel') ?? '').toLowerCase().split(/\s+/);
    const type = (this.attributes.get('type') ?? '').trim().toLowerCase();
    if (
      this.tag === 'link' &&
      (rels.includes('alternate') || rels.includes('feed')) &&
      (FEED_TYPE.test(type) || rels.includes('feed'))
    ) {
      this.named.push({ url, title, how: 'named' });
    } else if (this.tag === 'a' && FEED_PATH.test(new URL(url).pathname)) {
      this.linked.push({ url, title, how: 'linked' });
    }
  }
  onselfclosingtag(): void {
    this.onopentagend();
  }

  onattribend(): void {}
  onattribentity(): void {}
  oncdata(): void {}
  onclosetag(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
  ontext(): void {}
  ontextentity(): void {}
}

const FEED_TYPE = /^(?:application|text)\/(?:(?:rss|atom|rdf|feed)\+(?:xml|json)|xml|rss|json)/;
const FEED_PATH =
  /(?:\.(?:rss|atom|rdf)|\/(?:rss|feed|atom|index|feeds?|news|all)\.(?:xml|json)|\/(?:rss|feed|atom)s?\/?)$/i;
