/**
 * Stories and copies: which articles are about one event, and which are one text.
 *
 * "DeepSeek V4 to run on Huawei chips, report says" and "DeepSeek's V4 could reshape the AI chip race" tell one story; the
 * same Reuters text in two newspapers is one text, and one text has one origin. These are two questions with two methods:
 * MinHash for copies, centroids within a time window for stories. On 904 news bodies of 110 stories the TF-IDF centroid
 * finds the stories (BCubed F1 .95) where MinHash does not (.70); for copies it is the other way round. One event told
 * by different publishers in different words and languages has few words in common, though; there it is what they say of the
 * tracked claims and whom they credit that shows it (gist.ts).
 *
 * A shelf holds what is needed to place the next article, and forgets what is older than its window. What it knows of an
 * article (`Imprint`) is plain JSON, so that a shelf can be put together again from stored rows.
 */
import { copyKeysOf, headlineOf, SAME_TEXT, signatureOf, similarity } from './copies.ts';
import type { Judgement } from './evidence.ts';
import { gistOf, leadOf } from './gist.ts';
import { countedLikeness, emptyTally, newcomer, tell, type Imprint, type Tally } from './likeness.ts';
import { oddsAtMost, oddsOf, STRANGERS, type Likeness } from './story-odds.ts';
import { glossaryOf, headTermsOf, termsOf } from './terms.ts';
import { DAY } from './time.ts';
import type { NewsTime } from './time.ts';

export interface Placed {
  readonly id: string;
  readonly published: NewsTime;
  readonly story: string;
  readonly textGroup: string;
  readonly imprint: Imprint;
}

interface Place {
  /** The story it belongs to, null when it begins one. */
  readonly story: string | null;
  /** The text it copies, null when it is a text of its own. */
  readonly textGroup: string | null;
  readonly imprint: Imprint;
}

interface Unplaced {
  readonly published: NewsTime;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  /** What it says of the claims, by an engine that says the same of the same text. None: it is placed by its words. */
  readonly judgements?: readonly Judgement[];
}

export interface StoryShelf {
  /** Where an article belongs. Remembers nothing. */
  find(article: Unplaced): Place;
  /** Puts an article on the shelf, just placed or read back from storage, in any order. The same id again replaces it. */
  remember(placed: Placed): void;
  /** Both, naming a new story and a new text after the article that begins it. */
  place(article: Unplaced & { readonly id: string }): Placed;
  /** Articles on the shelf. */
  size(): number;
}

export interface ShelfOptions {
  /** All names of one thing per row: ["Reuters", "路透", "路透社"]. They let an English and a Chinese report meet. */
  readonly names?: readonly (readonly string[])[];
  /** A story is over when nothing came for this long; a text that old is not looked for any more. */
  readonly windowDays?: number;
  /** Articles kept at most; the oldest go first. */
  readonly capacity?: number;
}

/** No cosine may change by more than this for what is looked up late: common words. */
const REST = 0.13;
/** A cosine is off by less than this factor while lengths are out of date. */
const ROUGHLY = 1.25;
/** The same long headline within so many days is the same text, however much of it each feed shows. */
const SAME_HEADLINE_DAYS = 3;

type Side = 'terms' | 'says';
const SIDES: readonly Side[] = ['terms', 'says'];
/**
 * Frequencies start from this many imagined articles, so that the first real ones say little. What is said has few terms, and all
 * the articles of one day may say it: there they start lower.
 */
const PRIOR: Readonly<Record<Side, number>> = { terms: 100, says: 20 };

interface Story {
  readonly id: string;
  /** Its place in the lists of lengths and products, taken over by another story when it is over. */
  readonly slot: number;
  /** Sums of its members' terms. */
  readonly sides: Readonly<Record<Side, Map<string, number>>>;
  readonly members: Set<Placed>;
  readonly tally: Tally;
}

/** The shelf from one side. Slots and not stories, because thousands of them are gone through for every article. */
interface Index {
  /** Term -> slot -> the story's sum. */
  readonly stories: Map<string, Map<number, number>>;
  /** Term -> articles that have it. */
  readonly articles: Map<string, number>;
  /** By slot: length of the centroid under the weights of so many articles; 0: to be renewed. */
  readonly lengths: number[];
  readonly lengthsAt: number[];
}

/** An article's terms times the square of their weights of the day: what a dot product with a centroid takes. */
interface Weighed {
  readonly terms: readonly (readonly [term: string, product: number, square: number])[];
  readonly length: number;
}

export function storyShelf({ names = [], windowDays = 14, capacity = 5000 }: ShelfOptions = {}): StoryShelf {
  const glossary = glossaryOf(names);
  const articles = new Map<string, Placed>();
  const stories = new Map<string, Story>();
  /** Keys of texts, and headlines -> articles that have them. */
  const likelyCopies = new Map<number | string, Set<Placed>>();
  const bySlot: (Story | undefined)[] = [];
  const freeSlots: number[] = [];
  const index: Readonly<Record<Side, Index>> = { terms: emptyIndex(), says: emptyIndex() };
  let newest = -Infinity;
  let swept = -Infinity;

  const weightOf = (side: Side, term: string): number =>
    Math.log((articles.size + PRIOR[side]) / ((index[side].articles.get(term) ?? 0) + 1));

  function find(article: Unplaced): Place {
    const imprint: Imprint = {
      terms: termsOf(article, glossary),
      says: gistOf(article.title, article.judgements ?? []),
      lead: leadOf(article.judgements ?? []),
      signature: signatureOf([article.summary, article.body].filter((part) => part !== '').join('\n') || article.title),
      headline: headlineOf(article.title),
    };
    return {
      story: closestStory(imprint, article),
      textGroup: sameText(imprint, article.published),
      imprint,
    };
  }

  /** The likeliest story, if any is likely enough. */
  function closestStory(imprint: Imprint, { title, published }: Unplaced): string | null {
    const words = weighed('terms', imprint);
    const says = weighed('says', imprint);
    const held = newcomer(imprint, headTermsOf(title, glossary), (term) => weightOf('terms', term));
    const { heavy, light } = split(words);
    const near = productsOf('terms', heavy);
    const saying = productsOf('says', says.terms);
    let best: { id: string; odds: number } | null = null;
    for (const [slot, story] of bySlot.entries()) {
      const [partly, said] = [near[slot] ?? 0, saying[slot] ?? 0];
      if (story === undefined || (partly === 0 && said === 0)) continue;
      // Most share a word or two and nothing that is said. A length somewhat out of date is good enough to see that.
      const atMost = (ROUGHLY * partly) / (words.length * (index.terms.lengths[slot] ?? 0)) + REST;
      if (said === 0 && atMost < STRANGERS + REST) continue;
      const times = daysFrom(story, published);
      if (times.days > windowDays) continue;
      const close = {
        words: cosine(partly + productWith(story, light), words.length * lengthOf('terms', story)),
        says: cosine(said, says.length * lengthOf('says', story)),
        ...times,
      };
      if (oddsAtMost(close) < Math.max(0, best?.odds ?? 0)) continue;
      const odds = oddsOf({ ...close, ...countedLikeness(held, story.tally, story.members) });
      const better = best === null || odds > best.odds || (odds === best.odds && story.id < best.id);
      if (odds >= 0 && better) best = { id: story.id, odds };
    }
    return best?.id ?? null;
  }

  function weighed(side: Side, imprint: Imprint): Weighed {
    let squares = 0;
    const terms = Object.entries(imprint[side] ?? {}).map(([term, count]): Weighed['terms'][number] => {
      const weight = weightOf(side, term);
      squares += (count * weight) ** 2;
      return [term, count * weight * weight, (count * weight) ** 2];
    });
    return { terms, length: Math.sqrt(squares) };
  }

  /** Dot products by slot. */
  function productsOf(side: Side, terms: Weighed['terms']): Float64Array {
    const products = new Float64Array(bySlot.length);
    for (const [term, product] of terms) {
      index[side].stories.get(term)?.forEach((sum, slot) => {
        products[slot] = (products[slot] ?? 0) + product * sum;
      });
    }
    return products;
  }

  function productWith(story: Story, terms: Weighed['terms']): number {
    return terms.reduce((sum, [term, product]) => sum + product * (story.sides.terms.get(term) ?? 0), 0);
  }

  function lengthOf(side: Side, story: Story): number {
    const { lengths, lengthsAt } = index[side];
    const at = lengthsAt[story.slot] ?? 0;
    let length = lengths[story.slot] ?? 0;
    if (length === 0 || Math.abs(articles.size - at) > at * 0.05) {
      let sum = 0;
      for (const [term, count] of story.sides[side]) sum += (count * weightOf(side, term)) ** 2;
      length = Math.sqrt(sum);
      lengths[story.slot] = length;
      lengthsAt[story.slot] = articles.size;
    }
    return length;
  }

  function sameText(imprint: Imprint, published: NewsTime): string | null {
    const likely = new Set(lookUpsOf(imprint).flatMap((key) => [...(likelyCopies.get(key) ?? [])]));
    let best: { group: string; overlap: number } | null = null;
    for (const other of likely) {
      const days = Math.abs(published - other.published) / DAY;
      if (days > windowDays) continue;
      const sameHeadline =
        imprint.headline !== '' && imprint.headline === other.imprint.headline && days <= SAME_HEADLINE_DAYS;
      const overlap = sameHeadline ? 1 : similarity(imprint.signature, other.imprint.signature);
      const better =
        best === null || overlap > best.overlap || (overlap === best.overlap && other.textGroup < best.group);
      if (overlap >= SAME_TEXT && better) best = { group: other.textGroup, overlap };
    }
    return best?.group ?? null;
  }

  function remember(placed: Placed): void {
    forget(placed.id);
    articles.set(placed.id, placed);
    newest = Math.max(newest, placed.published);
    let story = stories.get(placed.story);
    if (story === undefined) {
      const slot = freeSlots.pop() ?? bySlot.length;
      story = {
        id: placed.story,
        slot,
        sides: { terms: new Map(), says: new Map() },
        members: new Set(),
        tally: emptyTally(),
      };
      stories.set(story.id, story);
      bySlot[slot] = story;
    }
    story.members.add(placed);
    tell(story.tally, placed.imprint, 1);
    for (const side of SIDES) addTo(side, story, placed.imprint);
    for (const key of lookUpsOf(placed.imprint))
      likelyCopies.set(key, (likelyCopies.get(key) ?? new Set<Placed>()).add(placed));
    sweep();
  }

  function forget(id: string): void {
    const placed = articles.get(id);
    const story = placed === undefined ? undefined : stories.get(placed.story);
    if (placed === undefined || story === undefined) return;
    articles.delete(id);
    story.members.delete(placed);
    tell(story.tally, placed.imprint, -1);
    for (const side of SIDES) takeFrom(side, story, placed.imprint);
    for (const key of lookUpsOf(placed.imprint)) {
      const others = likelyCopies.get(key);
      others?.delete(placed);
      if (others?.size === 0) likelyCopies.delete(key);
    }
    if (story.members.size > 0) return;
    stories.delete(story.id);
    bySlot[story.slot] = undefined;
    freeSlots.push(story.slot);
  }

  function addTo(side: Side, { slot, sides }: Story, imprint: Imprint): void {
    const { stories: having, articles: counts, lengths } = index[side];
    lengths[slot] = 0;
    for (const [term, count] of Object.entries(imprint[side] ?? {})) {
      const sum = (sides[side].get(term) ?? 0) + count;
      sides[side].set(term, sum);
      counts.set(term, (counts.get(term) ?? 0) + 1);
      having.set(term, (having.get(term) ?? new Map<number, number>()).set(slot, sum));
    }
  }

  function takeFrom(side: Side, { slot, sides }: Story, imprint: Imprint): void {
    const { stories: having, articles: counts, lengths } = index[side];
    lengths[slot] = 0;
    for (const [term, count] of Object.entries(imprint[side] ?? {})) {
      const left = (counts.get(term) ?? 0) - 1;
      if (left > 0) counts.set(term, left);
      else counts.delete(term);
      const sum = (sides[side].get(term) ?? 0) - count;
      // Weights are hundredths: what is left of them after rounding errors is nothing.
      if (sum > 0.005) {
        sides[side].set(term, sum);
        having.get(term)?.set(slot, sum);
      } else {
        sides[side].delete(term);
        having.get(term)?.delete(slot);
        if (having.get(term)?.size === 0) having.delete(term);
      }
    }
  }

  /** Looks through the shelf once per tenth of a window, not per article. */
  function sweep(): void {
    const full = articles.size > capacity;
    if (!full && newest - swept < (windowDays * DAY) / 10) return;
    swept = newest;
    const oldestFirst = [...articles.values()].sort((a, b) => a.published - b.published);
    const tooMany = full ? articles.size - Math.floor(capacity * 0.95) : 0;
    for (const [at, placed] of oldestFirst.entries()) {
      if (at >= tooMany && placed.published >= newest - windowDays * DAY) break;
      forget(placed.id);
    }
  }

  function place(article: Unplaced & { readonly id: string }): Placed {
    const { story, textGroup, imprint } = find(article);
    const placed: Placed = {
      id: article.id,
      published: article.published,
      story: story ?? article.id,
      textGroup: textGroup ?? article.id,
      imprint,
    };
    remember(placed);
    return placed;
  }

  return { find, remember, place, size: () => articles.size };
}

/** Days to the nearest article of a story, and from its first one; 0 before it. */
function daysFrom(story: Story, published: NewsTime): Pick<Likeness, 'days' | 'since'> {
  let nearest = Infinity;
  let first = Infinity;
  for (const member of story.members) {
    nearest = Math.min(nearest, Math.abs(member.published - published));
    first = Math.min(first, member.published);
  }
  return { days: nearest / DAY, since: Math.max(0, published - first) / DAY };
}

/**
 * The weightiest terms, and the rest, which no story has more of than a cosine of REST: common words stand in a thousand stories
 * and are only looked up in those that the others find.
 */
function split({ terms, length }: Weighed): { heavy: Weighed['terms']; light: Weighed['terms'] } {
  const lightest = terms.toSorted((a, b) => a[2] - b[2] || (a[0] < b[0] ? -1 : 1));
  let squares = 0;
  let at = 0;
  for (const [, , square] of lightest) {
    if (squares + square > (REST * length) ** 2) break;
    squares += square;
    at += 1;
  }
  return { heavy: lightest.slice(at), light: lightest.slice(0, at) };
}

const cosine = (product: number, lengths: number): number => (lengths === 0 ? 0 : product / lengths);

const emptyIndex = (): Index => ({ stories: new Map(), articles: new Map(), lengths: [], lengthsAt: [] });

function lookUpsOf({ signature, headline }: Imprint): (number | string)[] {
  const keys: (number | string)[] = copyKeysOf(signature);
  return headline === '' ? keys : [...keys, headline];
}
