/**
 * A web page -> its article: title, text, date, language. For links that people hand in; feeds bring their own text.
 *
 *     readPage(bytes, { contentType: 'text/html', url: 'https://example.com/story', fetchedAt })
 *
 * Mozilla's Readability finds the text. It climbs trees recursively, so a page nested deeper than any real one is refused
 * before it sees it; reader.ts runs all of it in a worker with a deadline.
 */
import { Parser } from 'htmlparser2';
import type { NewsTime } from '../core/time.ts';
import { newsTime } from '../core/time.ts';
import { decodeFeed } from './charset.ts';
import { parseDate } from './dates.ts';
import { plainText, titleText } from './plain-text.ts';
import { MAX_BYTES, type ReadFailure, type ReadHint } from './read.ts';

export interface PageText {
  readonly title: string;
  /** What the page calls its site; '' when it does not say. Never who it is: that is its domain. */
  readonly siteName: string;
  readonly text: string;
  /** As the page dates itself; null when it does not, or with a date that cannot be. */
  readonly published: NewsTime | null;
  readonly lang: string | null;
}

export type ReadPage = { readonly ok: true; readonly page: PageText } | ReadFailure;

/** News pages nest some 40 deep; 20,000 levels keep Readability busy for half a minute. */
const MAX_DEPTH = 400;
const MAX_ELEMENTS = 60_000;
/** Fewer characters are a teaser, a consent page or a player. */
const LEAST_TEXT = 120;

/** As much of a document as is asked here; the compiler knows no DOM. */
interface PageElement {
  getAttribute(name: string): string | null;
}
interface PageDocument {
  readonly title: string;
  readonly documentElement: PageElement;
  querySelector(selector: string): PageElement | null;
}

export async function readPage(bytes: Uint8Array, hint: ReadHint): Promise<ReadPage> {
  const { text: html } = decodeFeed(bytes.subarray(0, MAX_BYTES), hint.contentType);
  if (html.trim() === '') return refusal('empty', 'the server sent an empty page');
  if (!/<(?:html|body|head|article|p|title)[\s>]/i.test(html.slice(0, 50_000)))
    return refusal('not-a-feed', 'the address is no web page with a text');
  if (tooDeep(html)) return refusal('too-hard', 'the page is nested too deeply to be read');
  const [{ parseHTML }, { Readability }] = await Promise.all([import('linkedom'), import('@mozilla/readability')]);
  const { document } = parseHTML(html) as unknown as { readonly document: PageDocument };
  const heading = titleText(meta(document, ['og:title', 'twitter:title']) ?? document.title);
  const written = meta(document, ['article:published_time', 'datePublished', 'date', 'pubdate']);
  const lang = document.documentElement.getAttribute('lang');
  // Readability takes the document apart: what is asked of it was asked before.
  const article = new Readability(document, { maxElemsToParse: MAX_ELEMENTS, charThreshold: 200 }).parse();
  const text = plainText(article?.content ?? '');
  if (text.length < LEAST_TEXT)
    return refusal('not-a-feed', 'the page shows no text of an article (a login, consent or video page?)');
  return {
    ok: true,
    page: {
      title: heading === '' ? titleText(article?.title ?? '') : heading,
      siteName: titleText(article?.siteName ?? ''),
      text,
      published: dateOf(written ?? article?.publishedTime ?? null, hint.fetchedAt),
      lang: lang === null || !/^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*$/.test(lang) ? null : lang,
    },
  };
}

function meta(document: PageDocument, names: readonly string[]): string | null {
  for (const name of names) {
    const found = document.querySelector(`meta[property="${name}"], meta[name="${name}"], meta[itemprop="${name}"]`);
    const content = found?.getAttribute('content') ?? '';
    if (content.trim() !== '') return content;
  }
  return null;
}

function dateOf(written: string | null, fetchedAt: NewsTime): NewsTime | null {
  const ms = written === null ? null : parseDate(written);
  return ms === null || ms > fetchedAt || ms < Date.UTC(1995, 0, 1) ? null : newsTime(ms);
}

/** Counted as the bytes name it, before any tree is built. */
function tooDeep(html: string): boolean {
  let depth = 0;
  let elements = 0;
  let deep = false;
  const parser = new Parser({
    onopentag() {
      depth += 1;
      elements += 1;
      if (depth > MAX_DEPTH || elements > MAX_ELEMENTS) {
        deep = true;
        parser.pause();
      }
    },
    onclosetag() {
      depth -= 1;
    },
  });
  // A paused parser only collects: what is left of a refused page costs no more than copying it.
  for (let at = 0; at < html.length; at += 65_536) parser.write(html.slice(at, at + 65_536));
  return deep;
}

function refusal(kind: ReadFailure['kind'], message: string): ReadFailure {
  return { ok: false, kind, message };
}
