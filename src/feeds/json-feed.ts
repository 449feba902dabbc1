/**
 * JSON Feed 1.0 and 1.1, read directly: `{"version":"https://jsonfeed.org/version/1.1","items":[...]}`.
 * Every member is checked where it is used: an id that is a number, an author that is a string and a missing
 * version are all out there.
 */
import { parseDate } from './dates.ts';
import { newest, NO_PROSE, type Enclosure, type FeedDocument, type FeedEntry, type Prose } from './document.ts';
import { absolute, linkBase } from './links.ts';
import { addEnclosure, addName, personName } from './node-fields.ts';
import { clean } from './node-text.ts';
import { titleText } from './plain-text.ts';

type Members = Readonly<Record<string, unknown>>;

/** Null when the text is no JSON Feed (then it may still be XML with a brace before it). */
export function readJsonFeed(text: string, address: string, contentType: string | null): FeedDocument | null {
  const start = text.replace(/^[\ufeff\s]+/, '');
  if (!start.startsWith('{') || objectsIn(start) > MAX_OBJECTS) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(start);
  } catch {
    return null;
  }
  if (!isMembers(parsed)) return null;
  const items = parsed['items'] ?? parsed['entries'];
  const said = stringOf(parsed['version']).includes('jsonfeed') || /feed\+json/i.test(contentType ?? '');
  if (!Array.isArray(items) && !said) return null;
  const all = (Array.isArray(items) ? items : []).filter(isMembers);
  // Some other API's list: nothing in it has an address, an id or a text.
  if (!said && !all.some((item) => 'content_html' in item || 'content_text' in item || ('id' in item && 'url' in item)))
    return null;
  const link = absolute(stringOf(parsed['home_page_url']), address);
  const home = absolute(stringOf(parsed['home_page_url']), null) ?? absolute(stringOf(parsed['feed_url']), null);
  const base = linkBase(address, home);
  const feedAuthors = authorsOf(parsed);
  const lang = stringOf(parsed['language']).slice(0, 35) || null;
  const kept = newest(all, (item) => parseDate(stringOf(item['date_published'])));
  return {
    format: 'json',
    title: titleText(stringOf(parsed['title'])),
    link,
    description: { text: stringOf(parsed['description']), kind: 'text', base },
    lang,
    ttlMinutes: null,
    selfUrl: absolute(stringOf(parsed['feed_url']), address),
    total: all.length,
    warnings: [],
    entries: kept.map((item) => entryOf(item, base, feedAuthors, lang)),
  };
}

/** JSON.parse takes about twenty times the memory of an empty object's text. */
const MAX_OBJECTS = 100_000;

function objectsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('{'); at !== -1; at = text.indexOf('{', at + 1)) count += 1;
  return count;
}

function entryOf(item: Members, base: string, feedAuthors: readonly string[], lang: string | null): FeedEntry {
  const html = stringOf(item['content_html']);
  const plain = stringOf(item['content_text']);
  const summary = stringOf(item['summary']);
  const id = stringOf(item['id']).trim().slice(0, 2_000);
  const authors = authorsOf(item);
  const categories: string[] = [];
  for (const tag of Array.isArray(item['tags']) ? item['tags'] : []) addName(categories, titleText(stringOf(tag)));
  const enclosures: Enclosure[] = [];
  for (const one of Array.isArray(item['attachments']) ? item['attachments'] : []) {
    if (!isMembers(one)) continue;
    addEnclosure(
      enclosures,
      absolute(stringOf(one['url']), base),
      stringOf(one['mime_type']),
      stringOf(one['size_in_bytes']),
    );
  }
  const content: Prose =
    html === '' ? (plain === '' ? NO_PROSE : { text: plain, kind: 'text', base }) : { text: html, kind: 'html', base };
  return {
    id: id === '' ? null : id,
    title: titleText(stringOf(item['title'])),
    link: absolute(stringOf(item['url']), base) ?? absolute(stringOf(item['external_url']), base) ?? absolute(id, null),
    published: parseDate(stringOf(item['date_published'])),
    updated: parseDate(stringOf(item['date_modified'])),
    summary: summary === '' ? NO_PROSE : { text: summary, kind: 'text', base },
    content,
    byline: (authors.length > 0 ? authors : feedAuthors)[0] ?? null,
    authors: authors.length > 0 ? authors : feedAuthors,
    categories,
    enclosures,
    sourceName: null,
    sourceUrl: null,
    lang: stringOf(item['language']).slice(0, 35) || lang,
  };
}

/** 1.1 has `authors`, 1.0 had `author`; both hold objects, strings are met too. The url may be an address to write to. */
function authorsOf(members: Members): string[] {
  const names: string[] = [];
  const list = Array.isArray(members['authors']) ? members['authors'] : [members['author']];
  for (const one of list) {
    const written = isMembers(one) ? stringOf(one['name']).trim() || mailOf(stringOf(one['url'])) : stringOf(one);
    addName(names, personName(written));
  }
  return names;
}

function mailOf(url: string): string {
  return /^\s*(mailto:[^?\s]+)/i.exec(url)?.[1] ?? '';
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Strings, and numbers as people would write them; anything else is ''. Lone surrogates become U+FFFD. */
function stringOf(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' ? clean(value).replace(/\p{Surrogate}/gu, '\ufffd') : '';
}
