/**
 * FeedItem -> Article: the item once per canonical identity, with revisions.
 */
import type { Publisher } from './source.ts';
import type { NewsTime } from './time.ts';

/** One entry of a feed as parsed: plain strings, absolute http(s) links, real dates. */
export interface FeedItem {
  /** GUID or Atom id as served, else null. */
  readonly guid: string | null;
  /** Absolute http(s) address of the page, else null. */
  readonly url: string | null;
  readonly title: string;
  /** Plain text (tags removed, entities decoded). */
  readonly summary: string;
  /** Plain text of content:encoded / atom:content when it says more than the summary, else ''. */
  readonly body: string;
  /** As the item says, in ms; null when absent or unreadable. Never in the future of the fetch. */
  readonly published: NewsTime | null;
  readonly authors: readonly string[];
  /** RSS <source url="">name</source> or Atom source title: who an aggregator says the true publisher is. */
  readonly sourceName: string | null;
  readonly sourceUrl: string | null;
  readonly categories: readonly string[];
  readonly enclosures: readonly { readonly url: string; readonly type: string | null }[];
  readonly lang: string | null;
}

/** What judging reads. */
export interface Article {
  readonly id: string;
  readonly revision: number;
  readonly url: string;
  readonly publisher: Publisher;
  readonly published: NewsTime;
  readonly lang: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  /** Byline or creator as the feed gave it: "Reuters" there is a wire credit. */
  readonly authors: readonly string[];
}

/** The text all quote offsets refer to. */
export function articleText(article: Pick<Article, 'title' | 'summary' | 'body'>): string {
  return [article.title, article.summary, article.body].filter((part) => part !== '').join('\n');
}
