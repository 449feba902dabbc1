/**
 * What one feed document says, in one vocabulary for RSS, Atom and JSON Feed; markup still in place.
 * read.ts makes plain FeedItems of it, `claimwire feeds parse` prints it as it is.
 */

export interface FeedDocument {
  readonly format: 'rss' | 'atom' | 'json';
  readonly title: string;
  /** The site's page, absolute http(s). */
  readonly link: string | null;
  readonly description: Prose;
  readonly lang: string | null;
  readonly ttlMinutes: number | null;
  /** Where the feed says it lives. */
  readonly selfUrl: string | null;
  /** Document order. */
  readonly entries: readonly FeedEntry[];
  /** Entries in the document, including those over the limit. */
  readonly total: number;
  readonly warnings: readonly string[];
}

export interface FeedEntry {
  readonly id: string | null;
  /** Plain text, one line. */
  readonly title: string;
  readonly link: string | null;
  /** Milliseconds as written, unclamped. */
  readonly published: number | null;
  readonly updated: number | null;
  readonly summary: Prose;
  readonly content: Prose;
  /** The first author as written, e.g. `ann@ex.test (Ann Lee)`; `authors` holds names. */
  readonly byline: string | null;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly enclosures: readonly Enclosure[];
  readonly sourceName: string | null;
  readonly sourceUrl: string | null;
  readonly lang: string | null;
}

/** A text and whether its `<` are tags. It may hold control characters: see node-text.ts, clean. */
export interface Prose {
  readonly text: string;
  readonly kind: 'html' | 'text';
  /** What relative addresses inside it are relative to. */
  readonly base: string;
}

export interface Enclosure {
  readonly url: string;
  readonly type: string | null;
  /** As written: "1234". */
  readonly length: string | null;
}

export const NO_PROSE: Prose = { text: '', kind: 'text', base: '' };

/** More than any honest feed carries; a bigger one gives its newest. */
const MAX_ENTRIES = 2_000;

/**
 * The newest `MAX_ENTRIES`, in document order. Where dates are missing from most, document order decides:
 * feeds put the newest first.
 */
export function newest<T>(all: readonly T[], dateOf: (entry: T) => number | null): readonly T[] {
  if (all.length <= MAX_ENTRIES) return all;
  const dated = all.map((entry, at) => ({ at, date: dateOf(entry) }));
  if (dated.filter((one) => one.date !== null).length * 2 < all.length) return all.slice(0, MAX_ENTRIES);
  const kept = dated
    .sort((a, b) => (b.date ?? -Infinity) - (a.date ?? -Infinity) || a.at - b.at)
    .slice(0, MAX_ENTRIES)
    .sort((a, b) => a.at - b.at);
  return kept.flatMap(({ at }) => all[at] ?? []);
}
