/**
 * rss-parser's mapping of RSS and Atom, without the rest of rss-parser.
 *
 * rss-parser 3.13.0 knows where each dialect keeps a title, a guid, an author; that we use. It must not see
 * bytes (it knows three charsets), fetch (no limits of any kind) or run its snippet expressions on a
 * stranger's text (400 kB of unclosed `&lt;p` blocks it for 50 s). So it is given a finished tree in the shape
 * xml2js makes, in which every long text is a short reference (`#12`), and its builders are called directly.
 * test/feeds/rss-parser-map.test.ts fails when a new version moves them.
 */
import Parser from 'rss-parser';

/** An element as xml2js shapes it: children by name in arrays, attributes under `$`. */
export interface XmlElement {
  readonly [name: string]: readonly (string | XmlElement)[] | Readonly<Record<string, string>> | undefined;
}

interface MappedItem {
  readonly title?: unknown;
  readonly link?: unknown;
  readonly guid?: unknown;
  readonly id?: unknown;
  readonly isoDate?: unknown;
  readonly creator?: unknown;
  readonly author?: unknown;
  readonly content?: unknown;
  readonly 'content:encoded'?: unknown;
  readonly summary?: unknown;
  readonly categories?: unknown;
  readonly enclosure?: unknown;
}

export interface MappedFeed {
  readonly title?: unknown;
  readonly link?: unknown;
  readonly description?: unknown;
  readonly feedUrl?: unknown;
  readonly language?: unknown;
  readonly ttl?: unknown;
  readonly items: readonly MappedItem[];
}

interface Builders {
  buildRSS2(tree: { readonly rss: XmlElement }): MappedFeed;
  buildAtomFeed(tree: { readonly feed: XmlElement }): MappedFeed;
}

const builders = new Parser() as unknown as Partial<Builders>;

/** One item comes back for each given, in order; anything else means rss-parser has changed under us. */
export function mapRss(channel: XmlElement, items: readonly XmlElement[]): MappedFeed {
  if (builders.buildRSS2 === undefined) throw new Error('rss-parser has no buildRSS2: it must be 3.13.0');
  const mapped = builders.buildRSS2({
    rss: { $: { version: '2.0' }, channel: [{ ...channel, item: items }] },
  });
  return complete(mapped, items.length);
}

export function mapAtom(feed: XmlElement, entries: readonly XmlElement[]): MappedFeed {
  if (builders.buildAtomFeed === undefined) throw new Error('rss-parser has no buildAtomFeed: it must be 3.13.0');
  return complete(builders.buildAtomFeed({ feed: { ...feed, entry: entries } }), entries.length);
}

function complete(mapped: MappedFeed, expected: number): MappedFeed {
  if (mapped.items.length !== expected) {
    throw new Error(`rss-parser mapped ${mapped.items.length} of ${expected} items: it must be 3.13.0`);
  }
  return mapped;
}

/** Long texts stay here while rss-parser arranges their references. */
export interface TextStore<T> {
  keep(value: T): string;
  take(reference: unknown): T | null;
}

export function textStore<T>(): TextStore<T> {
  const kept: T[] = [];
  return {
    keep: (value) => `#${kept.push(value) - 1}`,
    take: (reference) => (typeof reference === 'string' ? (kept[Number(reference.slice(1))] ?? null) : null),
  };
}

export function stringOr(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}
