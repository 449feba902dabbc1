/**
 * A story in its publishers' own words: one headline, at most two sentences, how many carried it and who knew.
 *
 * Eighteen pages on "DeepSeek V4 will run on Huawei chips" come out as the headline and two sentences of Reuters,
 * "18 publishers, 1 origin: The Information". Nothing is rewritten and nothing translated. It is for people who follow everything;
 * no status comes from it.
 */
import type { Article } from '../core/article.ts';
import type { SourceId, SourceKind, SourceRegistry } from '../core/source.ts';
import { glossaryOf, termsOf } from '../core/terms.ts';
import type { StoryView } from '../core/view.ts';
import type { Attributions, Credit } from './attribution.ts';
import { attribute } from './attribution.ts';
import type { NameIndex } from './names.ts';
import { nameIndex } from './names.ts';
import type { IndexedReading } from './phrase.ts';
import { indexed } from './phrase.ts';
import { cutAround } from './summary.ts';
import type { Sentence } from './text.ts';
import { read } from './text.ts';

export interface StoryArticle extends Pick<
  Article,
  'id' | 'url' | 'publisher' | 'published' | 'lang' | 'title' | 'summary' | 'body'
> {
  /** Articles of one text share it: a syndicated text speaks once. */
  readonly textGroup: string;
}

/** A story of more pages is summed up from its earliest ones; the counts are of all. */
const MOST_READ = 60;
/** Only the beginning of a page is read: news says first what it is about. */
const CHARACTERS_READ = 6_000;
const SENTENCES_OFFERED = 24;
/** Shorter ones are fragments: "Read more", a caption, a byline. Latin words count 1, Han characters a half. */
const FEWEST_WORDS = 6;
/** A second sentence that repeats this much of the first, or of the headline, tells nothing. */
const SAME_AGAIN = 0.6;

interface Page {
  readonly article: StoryArticle;
  readonly reading: IndexedReading;
  readonly attributions: Attributions;
  readonly terms: ReadonlySet<string>;
  readonly origin: Origin | null;
}

interface Origin {
  /** Source id. Who is not listed is nobody. */
  readonly id: SourceId;
  readonly name: string;
  readonly owner: string;
}

/**
 * Sums up the articles of one story, given in any order; null when there are none.
 * Pure: the same articles give the same words in whatever order they come.
 */
export function storySummary(articles: readonly StoryArticle[], registry: SourceRegistry): StoryView | null {
  const inOrder = [...articles].sort((a, b) => a.published - b.published || (a.id < b.id ? -1 : 1));
  const names = nameIndex(registry);
  const pages = inOrder.slice(0, MOST_READ).map((article) => pageOf(article, registry, names));
  const shared = sharedTerms(pages);
  const lead = [...pages].sort(
    (a, b) => rankOf(a, registry) - rankOf(b, registry) || shared(b.terms) - shared(a.terms),
  )[0];
  if (lead === undefined) return null;
  const { article } = lead;
  const { source } = registry.publisherOf(article.url);
  return {
    title: article.title,
    publisher: article.publisher.name,
    url: source === null || registry.byId(source)?.credibility === 'low' ? null : article.url,
    lang: article.lang,
    sentences: sentencesOf(lead, shared),
    publishers: new Set(inOrder.map((one) => ownerOf(one))).size,
    origins: independent(pages),
    first: inOrder[0]?.published ?? article.published,
    last: inOrder.at(-1)?.published ?? article.published,
  };
}

const ownerOf = ({ publisher }: StoryArticle): string => publisher.source ?? `page ${publisher.domain}`;

function pageOf(article: StoryArticle, registry: SourceRegistry, names: NameIndex): Page {
  const reading = indexed(read(beginningOf(article)));
  const attributions = attribute(reading, names);
  return {
    article,
    reading,
    attributions,
    terms: new Set(Object.keys(termsOf(article, NO_GLOSSARY))),
    origin: originOf(article, reading, attributions, registry),
  };
}

/** Cut after a sentence, as far as there is one. */
function beginningOf(article: StoryArticle): Pick<StoryArticle, 'title' | 'summary' | 'body'> {
  const { title, summary, body } = article;
  if (body.length <= CHARACTERS_READ) return { title, summary, body };
  const cut = body.slice(0, CHARACTERS_READ);
  const end = Math.max(...['.', '。', '!', '?', '！', '？', '\n'].map((mark) => cut.lastIndexOf(mark)));
  return { title, summary, body: end < CHARACTERS_READ / 2 ? cut : cut.slice(0, end + 1) };
}

const NO_GLOSSARY = glossaryOf();

/** The first outlet or party the text credits, the text before the headline; else the page itself if a listed source speaks there. */
function originOf(
  article: StoryArticle,
  reading: IndexedReading,
  { segments }: Attributions,
  registry: SourceRegistry,
): Origin | null {
  const credits = segments.filter(
    (segment) => segment.credit?.kind === 'outlet' || segment.credit?.kind === 'official',
  );
  const credit = (credits.find((one) => reading.sentences[one.sentence]?.part !== 'title') ?? credits[0])?.credit;
  const id =
    credit === undefined || credit === null ? speaker(article, registry) : (credit.chain.at(-1)?.source ?? null);
  const source = id === null ? undefined : registry.byId(id);
  if (source === undefined || source.credibility === 'low') return null;
  return { id: source.id, name: source.name, owner: source.owner };
}

const SPEAKS_FOR_ITSELF: ReadonlySet<SourceKind> = new Set([
  'newsroom',
  'wire',
  'official',
  'company',
  'regulator',
  'research',
]);

function speaker(article: StoryArticle, registry: SourceRegistry): SourceId | null {
  const { source } = article.publisher;
  const kind = source === null ? undefined : registry.byId(source)?.kind;
  return kind !== undefined && SPEAKS_FOR_ITSELF.has(kind) ? source : null;
}

/**
 * Origins that did not only relay, one per owner, earliest first. What unlisted pages credit a source with counts from the second of
 * another owner and with another text; two that credit each other know nothing.
 */
function independent(pages: readonly Page[]): string[] {
  const credited = new Map<SourceId, Page[]>();
  for (const page of pages) {
    if (page.origin === null) continue;
    const list = credited.get(page.origin.id);
    if (list === undefined) credited.set(page.origin.id, [page]);
    else list.push(page);
  }
  const believed = (id: SourceId): boolean => {
    const said = credited.get(id) ?? [];
    return said.some(
      (page) =>
        page.article.publisher.source !== null ||
        said.some(
          (other) =>
            other.article.publisher.domain !== page.article.publisher.domain &&
            other.article.textGroup !== page.article.textGroup,
        ),
    );
  };
  /** An origin all of whose own pages credit somebody else is a relay. */
  const relays = (id: SourceId): boolean => {
    const own = pages.filter((page) => page.article.publisher.source === id);
    return own.length > 0 && own.every((page) => page.origin?.id !== id);
  };
  const owners = new Set<string>();
  const origins: string[] = [];
  for (const [id, said] of credited) {
    const origin = said[0]?.origin;
    if (origin === undefined || origin === null || !believed(id) || relays(id) || owners.has(origin.owner)) continue;
    owners.add(origin.owner);
    origins.push(origin.name);
  }
  return origins;
}

/** How much of what all texts of the story speak of a set of terms holds: each term by the share of other texts that have it. */
function sharedTerms(pages: readonly Page[]): (terms: ReadonlySet<string>) => number {
  const texts = new Map(pages.map((page) => [page.article.textGroup, page.terms]));
  const count = new Map<string, number>();
  for (const terms of texts.values()) for (const term of terms) count.set(term, (count.get(term) ?? 0) + 1);
  const others = Math.max(1, texts.size - 1);
  return (terms) => {
    let sum = 0;
    for (const term of terms) sum += Math.max(0, (count.get(term) ?? 0) - 1) / others;
    return sum;
  };
}

/** A page nearer to who knew first; within a rank the page that says most of what all say. */
const BY_KIND: Record<SourceKind, number> = {
  wire: 1,
  newsroom: 2,
  official: 2,
  company: 2,
  regulator: 2,
  research: 2,
  blog: 4,
  aggregator: 5,
  'press-wire': 5,
};

function rankOf(page: Page, registry: SourceRegistry): number {
  const { source } = page.article.publisher;
  const known = source === null ? undefined : registry.byId(source);
  if (known === undefined) return 6;
  if (known.credibility === 'low') return 7;
  if (page.origin?.id === known.id) return 0;
  return BY_KIND[known.kind] + (known.credibility === 'high' ? 0 : 1);
}

interface Offered {
  readonly at: number;
  readonly sentence: Sentence;
  readonly terms: ReadonlySet<string>;
  readonly score: number;
}

/** The sentence that says most of the story and, when it credits nobody, the one that does; else the next that adds something. */
function sentencesOf(page: Page, shared: (terms: ReadonlySet<string>) => number): string[] {
  const { reading, article } = page;
  const title = new Set(Object.keys(termsOf({ title: article.title, summary: '', body: '' }, NO_GLOSSARY)));
  const offered: Offered[] = [];
  for (const [at, sentence] of reading.sentences.entries()) {
    if (sentence.part === 'title' || sentence.question || offered.length >= SENTENCES_OFFERED) continue;
    const text = reading.source.slice(sentence.start, sentence.end);
    const terms = new Set(Object.keys(termsOf({ title: '', summary: text, body: '' }, NO_GLOSSARY)));
    if (wordsIn(reading, sentence) < FEWEST_WORDS || overlap(title, terms) >= 0.9) continue;
    if (offered.some((earlier) => reading.source.slice(earlier.sentence.start, earlier.sentence.end) === text))
      continue;
    // A long sentence holds more of everything; a later one is further from the point.
    const told = shared(terms) + [...terms].filter((term) => title.has(term)).length / 2;
    offered.push({ at, sentence, terms, score: (told / Math.sqrt(terms.size + 8)) * (1 - 0.02 * offered.length) });
  }
  const best = offered.reduce<Offered | null>((a, b) => (a === null || b.score > a.score ? b : a), null);
  if (best === null) return [];
  const second = creditFor(best, offered, page) ?? nextBest(best, offered);
  return [best, ...(second === null ? [] : [second])]
    .sort((a, b) => a.at - b.at)
    .map(({ sentence }) => {
      const { start, end } = cutAround(reading, sentence, sentence);
      return reading.source.slice(start, end);
    });
}

function creditFor(best: Offered, offered: readonly Offered[], { attributions }: Page): Offered | null {
  const credits = attributions.segments.filter((segment) => isCredit(segment.credit));
  if (credits.some((segment) => segment.sentence === best.at)) return null;
  return offered.find((one) => credits.some((segment) => segment.sentence === one.at)) ?? null;
}

const isCredit = (credit: Credit | null): boolean =>
  credit !== null && credit.kind !== 'vague' && credit.kind !== 'leak';

function nextBest(best: Offered, offered: readonly Offered[]): Offered | null {
  const others = offered.filter((one) => one !== best && overlap(best.terms, one.terms) < SAME_AGAIN);
  const next = others.reduce<Offered | null>((a, b) => (a === null || b.score > a.score ? b : a), null);
  // What shares nothing with the rest of the story is another subject, unless it goes on where the best one ended.
  if (next !== null && next.score >= best.score / 3) return next;
  return others.find((one) => one.at === best.at + 1) ?? null;
}

/** The share of `inner`'s terms that `outer` has too. */
function overlap(outer: ReadonlySet<string>, inner: ReadonlySet<string>): number {
  if (inner.size === 0) return 1;
  return [...inner].filter((term) => outer.has(term)).length / inner.size;
}

function wordsIn(reading: IndexedReading, { first, last }: Sentence): number {
  let words = 0;
  for (let n = first; n < last; n += 1) {
    const kind = reading.tokens[n]?.kind;
    words += kind === 'word' ? 1 : kind === 'han' ? 0.5 : 0;
  }
  return words;
}
