/**
 * What people hand in: an address, read through the guarded fetcher, or pasted text. Who published a page is told by the
 * address it was really read from, never by what the page says of itself; pasted text is nobody's.
 */
import type { Article } from '../core/article.ts';
import type { Publisher } from '../core/source.ts';
import { PASTED } from '../core/view.ts';
import { NO_VALIDATORS } from '../feeds/fetch.ts';
import { reasonOf } from '../feeds/discover.ts';
import { shownUrl } from '../feeds/links.ts';
import type { Newsroom } from './newsroom.ts';

/** Characters of pasted text that are read. */
const MOST_TEXT = 20_000;

export interface HandedIn {
  /** For people: the address without what may be secret in it, or "text 1". */
  readonly name: string;
  readonly article: Article;
}

export type Reading =
  | { readonly ok: true; readonly page: HandedIn }
  | { readonly ok: false; readonly name: string; readonly trouble: string };

/** An address alone, in any of the ways chat clients write it. */
export function addressIn(text: string): string | null {
  const bare = /^<?(https?:\/\/[^\s<>|]+)(?:\|[^<>]*)?>?$/i.exec(text.trim())?.[1];
  return bare === undefined || !URL.canParse(bare) ? null : bare;
}

/** Never rejects for anything an address or a page does; takes at most the fetcher's 15 s. */
export async function readHandedIn(room: Newsroom, text: string, number: number): Promise<Reading> {
  const address = addressIn(text);
  return address === null ? pasted(room, text, number) : fetched(room, address);
}

async function fetched(room: Newsroom, address: string): Promise<Reading> {
  const name = shownUrl(address);
  const outcome = await room.fetcher.fetch(address, {
    validators: NO_VALIDATORS,
    signal: new AbortController().signal,
  });
  if (outcome.outcome !== 'fetched') return { ok: false, name, trouble: reasonOf(outcome) };
  const now = room.clock.news();
  const read = await room.readPage(outcome.bytes, {
    contentType: outcome.contentType,
    url: outcome.finalUrl,
    fetchedAt: now,
  });
  if (!read.ok) return { ok: false, name, trouble: read.message };
  const { page } = read;
  const publisher = room.beat().registry.publisherOf(outcome.finalUrl);
  return {
    ok: true,
    page: {
      name,
      article: articleOf(outcome.finalUrl, publisher, page.published ?? now, page.lang ?? '', page.title, page.text),
    },
  };
}

function pasted(room: Newsroom, text: string, number: number): Reading {
  const name = `text ${number}`;
  const words = text.slice(0, MOST_TEXT).trim();
  if (words.length < 20)
    return { ok: false, name, trouble: 'it is too short to say anything: paste the sentences that matter' };
  const publisher: Publisher = { source: null, domain: '', name: PASTED };
  return { ok: true, page: { name, article: articleOf('', publisher, room.clock.news(), '', '', words) } };
}

function articleOf(
  url: string,
  publisher: Publisher,
  published: Article['published'],
  lang: string,
  title: string,
  body: string,
): Article {
  return { id: '0', revision: 1, url, publisher, published, lang, title, summary: '', body, authors: [] };
}
