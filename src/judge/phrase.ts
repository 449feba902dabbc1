/**
 * Phrases: how rules and frames say what they look for.
 *
 * "run * on {chip}" finds "has been running natively on Huawei's Ascend": words match by stem, `*` is a gap of a few words,
 * `{chip}` a mention of that slot, `(run|work)` a choice, `(fully|)` an optional word. Chinese is written without spaces: "在{chip}*运行".
 * Choices are multiplied out when compiled, so matching is a bounded walk over tokens: linear in the text.
 */
import type { Reading, Sentence, Token } from './text.ts';
import { phraseTokens } from './text.ts';

type Element =
  | { readonly kind: 'word'; readonly stem: string }
  | { readonly kind: 'gap' }
  | { readonly kind: 'slot'; readonly name: string };

export interface Phrase {
  readonly pattern: string;
  readonly elements: readonly Element[];
}

/** A match: token range [first, last). */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** A reading with the places of every word. */
export interface IndexedReading extends Reading {
  readonly places: ReadonlyMap<string, readonly number[]>;
}

/** Where slot mentions begin: slot name -> first token -> token after the last. */
export type SlotSpans = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** A gap spans at most this much text: a Latin word weighs 2, a Han character 1. Wider gaps join words of different statements. */
const GAP_WEIGHT = 13;
/** Alternatives of one pattern; more is a mistake in the pattern. */
const MAX_EXPANSIONS = 400;
/** Marks that a gap may not cross: what follows is another statement. */
const HARD_MARKS = new Set(['.', '!', '?', '。', ';', '\n', '—']);
/** Tokens that stand between words without meaning anything for a match. */
const TRANSPARENT = new Set(["'s", '"', "'", '(', ')', '《', '》', '[', ']']);

export function indexed(reading: Reading): IndexedReading {
  const places = new Map<string, number[]>();
  for (const [n, token] of reading.tokens.entries()) {
    const list = places.get(token.stem);
    if (list === undefined) places.set(token.stem, [n]);
    else list.push(n);
  }
  return { ...reading, places };
}

/** Compiles one pattern into the plain phrases it stands for. Throws RangeError on an unbalanced or exploding pattern. */
export function compilePhrase(pattern: string): Phrase[] {
  return expand(pattern)
    .map((text) => ({ pattern, elements: elementsOf(text) }))
    .filter((phrase) => phrase.elements.length > 0);
}

export function compilePhrases(patterns: readonly string[]): Phrase[] {
  return patterns.flatMap(compilePhrase);
}

/** Each innermost group is replaced by each of its choices until none is left. */
function expand(pattern: string): string[] {
  let list = [pattern];
  for (let round = 0; round < 12; round += 1) {
    const open = list.find((text) => text.includes('('));
    if (open === undefined) return list;
    list = list.flatMap((text) => {
      const close = text.indexOf(')');
      const start = text.lastIndexOf('(', close);
      if (close < 0 && !text.includes('(')) return [text];
      if (close < 0 || start < 0) throw new RangeError(`unbalanced brackets in phrase: ${pattern}`);
      return text
        .slice(start + 1, close)
        .split('|')
        .map((choice) => text.slice(0, start) + choice + text.slice(close + 1));
    });
    if (list.length > MAX_EXPANSIONS) throw new RangeError(`too many choices in phrase: ${pattern}`);
  }
  throw new RangeError(`brackets too deep in phrase: ${pattern}`);
}

function elementsOf(text: string): Element[] {
  const elements: Element[] = [];
  for (const part of text.split(/(\{[a-z0-9-]+\}|\*)/)) {
    if (part === '*') elements.push({ kind: 'gap' });
    else if (part.startsWith('{')) elements.push({ kind: 'slot', name: part.slice(1, -1) });
    else
      for (const token of phraseTokens(part))
        if (token.kind !== 'mark') elements.push({ kind: 'word', stem: token.stem });
  }
  // A gap at either end means nothing.
  while (elements[0]?.kind === 'gap') elements.shift();
  while (elements.at(-1)?.kind === 'gap') elements.pop();
  return elements;
}

const NO_SLOTS: SlotSpans = new Map();

/** Matches of a phrase that begin and end inside [from, to), in order. */
export function matches(phrase: Phrase, reading: IndexedReading, range: Span, slots: SlotSpans = NO_SLOTS): Span[] {
  const head = phrase.elements[0];
  if (head === undefined || head.kind === 'gap') return [];
  const starts = head.kind === 'word' ? reading.places.get(head.stem) : slots.get(head.name)?.keys();
  if (starts === undefined) return [];
  const found: Span[] = [];
  for (const first of starts) {
    if (first < range.first) continue;
    if (first >= range.last) {
      if (head.kind === 'word') break;
      continue;
    }
    const last = walk(phrase.elements, 0, reading.tokens, first, range.last, slots);
    if (last > first) found.push({ first, last });
  }
  return found;
}

/** The token after a match of elements[n..] at `at`, or -1. Gaps take the nearest continuation. */
function walk(
  elements: readonly Element[],
  n: number,
  tokens: readonly Token[],
  at: number,
  limit: number,
  slots: SlotSpans,
): number {
  const element = elements[n];
  if (element === undefined) return at;
  if (element.kind === 'gap') {
    let weight = 0;
    for (let next = at; next < limit; next += 1) {
      const end = walk(elements, n + 1, tokens, next, limit, slots);
      if (end >= 0) return end;
      const token = tokens[next];
      if (token === undefined || HARD_MARKS.has(token.text)) return -1;
      weight += token.kind === 'han' ? 1 : token.kind === 'word' ? 2 : 0;
      if (weight > GAP_WEIGHT) return -1;
    }
    return -1;
  }
  let here = at;
  while (n > 0 && here < limit && TRANSPARENT.has(tokens[here]?.text ?? '')) here += 1;
  if (here >= limit) return -1;
  if (element.kind === 'slot') {
    const end = slots.get(element.name)?.get(here);
    return end === undefined || end > limit ? -1 : walk(elements, n + 1, tokens, end, limit, slots);
  }
  return tokens[here]?.stem === element.stem ? walk(elements, n + 1, tokens, here + 1, limit, slots) : -1;
}

/** First match of any phrase in the range, leftmost wins. */
export function firstOf(
  phrases: readonly Phrase[],
  reading: IndexedReading,
  range: Span,
): (Span & { readonly phrase: Phrase }) | null {
  let best: (Span & { readonly phrase: Phrase }) | null = null;
  for (const phrase of phrases) {
    const span = matches(phrase, reading, range)[0];
    if (span !== undefined && (best === null || span.first < best.first)) best = { ...span, phrase };
  }
  return best;
}

export function anyOf(phrases: readonly Phrase[], reading: IndexedReading, range: Span): boolean {
  return phrases.some((phrase) => matches(phrase, reading, range).length > 0);
}

export const rangeOf = (sentence: Sentence): Span => ({ first: sentence.first, last: sentence.last });
