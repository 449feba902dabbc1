/**
 * Phrases: how rules and frames say what they look for.
 *
 * "run * on {chip}" finds "has been running natively on Huawei's Ascend": words match by stem, `*` is a gap of a few words,
 * `{chip}` a mention of that slot, `(run|work)` a choice, `(fully|)` an optional word, `=was` exactly that form, `@release` any word of
 * that class (word-classes.ts). Chinese is written without spaces: "在{chip}*运行".
 * A phrase is compiled to a chain of nodes; a gap is bounded, so matching is linear in the text whatever the text holds.
 */
import type { Node, Phrase } from './phrase-nodes.ts';
import { compilePhrase } from './phrase-nodes.ts';
import { stem } from './stem.ts';
import type { Reading, Sentence, Token } from './text.ts';

/** A match: token range [first, last). */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** A reading with the places of every word. */
export interface IndexedReading extends Reading {
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** Where phrases can begin, words of a phrase stand and slots are named, as far as anybody has asked: many claims ask for the same. */
  readonly known: Map<PhraseSet | Node | ReadonlyMap<number, number>, Known>;
}

/** Places in order; a number: how many words have been looked up in vain of finding them all. */
type Known = readonly number[] | number;

/** Where slot mentions begin: slot name -> first token -> token after the last. */
export type SlotSpans = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** A gap spans at most this much text: a Latin word weighs 2, a Han character 1. Wider gaps join words of different statements. */
const GAP_WEIGHT = 16;
/** A comma in a gap costs: what stands beyond it is often another statement. */
const COMMA_WEIGHT = 6;
/** Marks that a gap may not cross: what follows is another statement. */
const HARD_MARKS = new Set(['.', '!', '?', '。', ';', '\n', '—', 'but', 'while', 'whereas', '但', '却']);
/** Tokens that stand between words without meaning anything for a match. */
const TRANSPARENT = new Set(["'s", '"', "'", '(', ')', '《', '》', '[', ']']);

export function indexed(reading: Reading): IndexedReading {
  const places = new Map<string, number[]>();
  for (const [n, token] of reading.tokens.entries()) {
    const list = places.get(token.stem);
    if (list === undefined) places.set(token.stem, [n]);
    else list.push(n);
  }
  return { ...reading, places, known: new Map() };
}

/** Phrases looked for together: one walk over the tokens tries only those that begin with the word at hand. */
export interface PhraseSet {
  readonly all: readonly Phrase[];
  readonly byHead: ReadonlyMap<string, readonly Phrase[]>;
  readonly bySlot: ReadonlyMap<string, readonly Phrase[]>;
}

/**
 * Compiled when first looked for: tables hold thousands of words, and most commands and articles never meet most tables. A pattern that
 * cannot be compiled (see compilePhrase) throws then; config/frameChecks.ts finds those that users write before.
 */
export function compilePhrases(patterns: readonly string[]): PhraseSet {
  let compiled: PhraseSet | undefined;
  const set = (): PhraseSet => (compiled ??= compileAll(patterns));
  return {
    get all() {
      return set().all;
    },
    get byHead() {
      return set().byHead;
    },
    get bySlot() {
      return set().bySlot;
    },
  };
}

function compileAll(patterns: readonly string[]): PhraseSet {
  const all = patterns.map(compilePhrase);
  const byHead = new Map<string, Phrase[]>();
  const bySlot = new Map<string, Phrase[]>();
  for (const phrase of all) {
    for (const head of phrase.heads) push(byHead, head, phrase);
    for (const slot of phrase.headSlots) push(bySlot, slot, phrase);
  }
  return { all, byHead, bySlot };
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Words of which one must occur for the phrase to match: those of its least used obligatory place. */
export function needed(phrase: Phrase, uses: (word: string) => number): ReadonlySet<string> {
  let best: ReadonlySet<string> = phrase.heads;
  let lowest = Infinity;
  for (let here = phrase.start; here.kind !== 'end' && here.kind !== 'either'; here = here.next) {
    if (here.kind !== 'words') continue;
    const words = new Set([...here.stems, ...Array.from(here.texts, stem)]);
    const use = Math.max(...Array.from(words, uses));
    if (use < lowest) {
      lowest = use;
      best = words;
    }
  }
  return best;
}

const NO_SLOTS: SlotSpans = new Map();

export interface Match extends Span {
  readonly phrase: Phrase;
}

/** Matches that begin and end inside the range, in order of their beginning. */
export function find(set: PhraseSet, reading: IndexedReading, range: Span, slots: SlotSpans = NO_SLOTS): Match[] {
  const found: Match[] = [];
  visit(set, reading, range, slots, (match) => {
    found.push(match);
    return false;
  });
  return found.length > 1 ? found.sort((a, b) => a.first - b.first) : found;
}

/** Calls `use` with each match until it returns true. Matches of words come in order, those that begin with a slot after them. */
function visit(
  set: PhraseSet,
  reading: IndexedReading,
  range: Span,
  slots: SlotSpans,
  use: (match: Match) => boolean,
): boolean {
  const { byHead, bySlot } = set;
  const starts = startsOf(set, byHead, reading, range);
  if (starts === null) {
    for (let n = range.first; n < range.last; n += 1) {
      const phrases = byHead.get(reading.tokens[n]?.stem ?? '');
      if (phrases !== undefined && tryAll(phrases, reading, n, range.last, slots, use)) return true;
    }
  } else {
    for (let at = lowerBound(starts, range.first); at < starts.length; at += 1) {
      const first = starts[at] ?? range.last;
      if (first >= range.last) break;
      const phrases = byHead.get(reading.tokens[first]?.stem ?? '');
      if (phrases !== undefined && tryAll(phrases, reading, first, range.last, slots, use)) return true;
    }
  }
  if (bySlot.size === 0) return false;
  for (const [name, phrases] of bySlot) {
    const begins = slots.get(name);
    if (begins === undefined || begins.size === 0) continue;
    const mentions = inOrder(begins, reading);
    for (let at = lowerBound(mentions, range.first); at < mentions.length; at += 1) {
      const first = mentions[at] ?? range.last;
      if (first >= range.last) break;
      if (tryAll(phrases, reading, first, range.last, slots, use)) return true;
    }
  }
  return false;
}

function tryAll(
  phrases: readonly Phrase[],
  reading: IndexedReading,
  first: number,
  limit: number,
  slots: SlotSpans,
  use: (match: Match) => boolean,
): boolean {
  for (const phrase of phrases) {
    const last = walk(phrase.start, reading, first, limit, slots, true);
    if (last > first && use({ first, last, phrase })) return true;
  }
  return false;
}

/**
 * Every place of the text where a phrase of the set can begin, in order; null where a walk over the tokens of the range is cheaper. Who
 * has asked sentence by sentence for as many words as the text has different ones is given the places from then on.
 */
function startsOf(
  set: PhraseSet,
  byHead: ReadonlyMap<string, unknown>,
  reading: IndexedReading,
  range: Span,
): readonly number[] | null {
  const known = reading.known.get(set) ?? 0;
  if (typeof known !== 'number') return known;
  const length = range.last - range.first;
  const cheapest = Math.min(byHead.size, reading.places.size);
  if (known + length < cheapest) {
    reading.known.set(set, known + length);
    return null;
  }
  const starts: number[] = [];
  if (byHead.size <= reading.places.size) {
    for (const head of byHead.keys()) for (const at of reading.places.get(head) ?? NOWHERE) starts.push(at);
  } else {
    for (const [word, places] of reading.places) if (byHead.has(word)) for (const at of places) starts.push(at);
  }
  if (starts.length > 1) starts.sort((a, b) => a - b);
  reading.known.set(set, starts);
  return starts;
}
const NOWHERE: readonly number[] = [];

/** The places where a slot is named, in order. */
function inOrder(begins: ReadonlyMap<number, number>, reading: IndexedReading): readonly number[] {
  const known = reading.known.get(begins);
  if (known !== undefined && typeof known !== 'number') return known;
  const mentions = Array.from(begins.keys()).sort((a, b) => a - b);
  reading.known.set(begins, mentions);
  return mentions;
}

/** Whether anything that the node begins with stands in the text from `at` on, before `limit`: gaps are long and most lead nowhere. */
function standsIn(next: Node, reading: IndexedReading, at: number, limit: number, slots: SlotSpans): boolean {
  if (next.kind === 'either') return next.options.some((option) => standsIn(option, reading, at, limit, slots));
  if (next.kind === 'slot') {
    const begins = slots.get(next.name);
    if (begins === undefined || begins.size === 0) return false;
    const mentions = inOrder(begins, reading);
    return (mentions[lowerBound(mentions, at)] ?? limit) < limit;
  }
  if (next.kind !== 'words') return true;
  const places = placesOfWords(next, reading);
  return (places[lowerBound(places, at)] ?? limit) < limit;
}

function placesOfWords(words: Node, reading: IndexedReading): readonly number[] {
  let places = reading.known.get(words);
  if (places === undefined || typeof places === 'number') {
    const found: number[] = [];
    for (const word of words.stems) for (const place of reading.places.get(word) ?? NOWHERE) found.push(place);
    for (const text of words.texts) for (const place of reading.places.get(stem(text)) ?? NOWHERE) found.push(place);
    if (found.length > 1) found.sort((a, b) => a - b);
    places = found;
    reading.known.set(words, places);
  }
  return places;
}

/** Index of the first number in a sorted list that is not below `value`. */
export function lowerBound(list: readonly number[], value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The token after a match that begins at `at`, or -1. Gaps take the nearest continuation. */
function walk(
  from: Node,
  reading: IndexedReading,
  at: number,
  limit: number,
  slots: SlotSpans,
  first: boolean,
): number {
  const { tokens } = reading;
  let here = at;
  let step = from;
  for (;;) {
    if (step.kind === 'end') return here;
    if (step.kind === 'gap') return gap(step.next, reading, here, limit, slots);
    if (step.kind === 'either') {
      for (const option of step.options) {
        const end = walk(option, reading, here, limit, slots, first && step === from);
        if (end >= 0) return end;
      }
      return -1;
    }
    if (!(first && step === from)) here = skipTransparent(tokens, here, limit);
    const token = tokens[here];
    if (here >= limit || token === undefined) return -1;
    if (step.kind === 'slot') {
      const end = slots.get(step.name)?.get(here);
      if (end === undefined || end > limit) return -1;
      here = end;
    } else if (step.stems.has(token.stem) || (step.texts.size > 0 && step.texts.has(token.text))) here += 1;
    else return -1;
    step = step.next;
  }
}

function skipTransparent(tokens: readonly Token[], at: number, limit: number): number {
  let here = at;
  while (here < limit && isTransparent(tokens[here])) here += 1;
  return here;
}
const isTransparent = (token: Token | undefined): boolean =>
  token !== undefined && (token.kind === 'mark' || token.text.startsWith("'")) && TRANSPARENT.has(token.text);

function gap(next: Node, reading: IndexedReading, at: number, limit: number, slots: SlotSpans): number {
  if (!standsIn(next, reading, at, limit, slots)) return -1;
  let weight = 0;
  for (let here = at; here < limit; here += 1) {
    const end = walk(next, reading, here, limit, slots, false);
    if (end >= 0) return end;
    const token = reading.tokens[here];
    if (token === undefined || HARD_MARKS.has(token.text)) return -1;
    weight += token.kind === 'han' ? 1 : token.kind === 'word' ? 2 : token.text === ',' ? COMMA_WEIGHT : 0;
    if (weight > GAP_WEIGHT) return -1;
  }
  return -1;
}

/** The leftmost match, or null. */
export function firstOf(set: PhraseSet, reading: IndexedReading, range: Span): Span | null {
  let leftmost: Span | null = null;
  visit(set, reading, range, NO_SLOTS, (match) => {
    leftmost = match;
    return true;
  });
  return leftmost;
}

export function anyOf(set: PhraseSet, reading: IndexedReading, range: Span, slots: SlotSpans = NO_SLOTS): boolean {
  return visit(set, reading, range, slots, () => true);
}

export const rangeOf = (sentence: Sentence): Span => ({ first: sentence.first, last: sentence.last });
