/**
 * Phrases: how rules and frames say what they look for.
 *
 * "run * on {chip}" finds "has been running natively on Huawei's Ascend": words match by stem, `*` is a gap of a few words,
 * `{chip}` a mention of that slot, `(run|work)` a choice, `(fully|)` an optional word, `=was` exactly that form, `@release` any word of
 * that class (word-classes.ts). Chinese is written without spaces: "在{chip}*运行".
 * A phrase is compiled to a chain of nodes; a gap is bounded, so matching is linear in the text whatever the text holds.
 */
import { stem } from './stem.ts';
import type { Reading, Sentence, Token } from './text.ts';
import { phraseTokens } from './text.ts';
import { withClasses } from './word-classes.ts';

type Node =
  | { readonly kind: 'end' }
  | {
      readonly kind: 'words';
      readonly stems: ReadonlySet<string>;
      /** Forms that must stand exactly so. */
      readonly texts: ReadonlySet<string>;
      readonly next: Node;
    }
  | { readonly kind: 'slot'; readonly name: string; readonly next: Node }
  | { readonly kind: 'gap'; readonly next: Node }
  | { readonly kind: 'either'; readonly options: readonly Node[] };

export interface Phrase {
  readonly pattern: string;
  readonly start: Node;
  /** Words and slots that a match can begin with. */
  readonly heads: ReadonlySet<string>;
  readonly headSlots: ReadonlySet<string>;
  /** Every word in it, for rules that ask what a phrase already says. */
  readonly words: ReadonlySet<string>;
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
  return { ...reading, places };
}

const END: Node = { kind: 'end' };

/** Claims of one topic share phrases: each is compiled once. */
const phraseCache = new Map<string, Phrase>();
const PHRASE_CACHE_LIMIT = 5_000;

/** Compiles a pattern. Throws RangeError on unbalanced brackets or a pattern without a word to begin with. */
function compilePhrase(pattern: string): Phrase {
  const known = phraseCache.get(pattern);
  if (known !== undefined) return known;
  const start = sequence(pieces(withClasses(pattern)), END);
  const heads = new Set<string>();
  const headSlots = new Set<string>();
  collectHeads(start, heads, headSlots, pattern);
  const words = new Set<string>();
  collectWords(start, words);
  const phrase: Phrase = { pattern, start, heads, headSlots, words };
  if (phraseCache.size >= PHRASE_CACHE_LIMIT) phraseCache.clear();
  phraseCache.set(pattern, phrase);
  return phrase;
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
  for (let node = phrase.start; node.kind !== 'end' && node.kind !== 'either'; node = node.next) {
    if (node.kind !== 'words') continue;
    const words = new Set([...node.stems, ...Array.from(node.texts, stem)]);
    const use = Math.max(...Array.from(words, uses));
    if (use < lowest) {
      lowest = use;
      best = words;
    }
  }
  return best;
}

type Piece = { readonly text: string } | { readonly options: readonly string[] };

/** Cuts a pattern at its outermost brackets. */
function pieces(pattern: string): Piece[] {
  // Most choices are single words.
  if (!pattern.includes('(') && !pattern.includes(')')) return pattern === '' ? [] : [{ text: pattern }];
  const out: Piece[] = [];
  let depth = 0;
  let text = '';
  let options: string[] = [];
  for (const character of pattern) {
    if (character === '(') {
      if (depth === 0) {
        if (text !== '') out.push({ text });
        text = '';
        options = [];
        depth = 1;
        continue;
      }
      depth += 1;
    } else if (character === ')') {
      depth -= 1;
      if (depth < 0) throw new RangeError(`unbalanced brackets in phrase: ${pattern}`);
      if (depth === 0) {
        out.push({ options: [...options, text] });
        text = '';
        continue;
      }
    } else if (character === '|' && depth === 1) {
      options.push(text);
      text = '';
      continue;
    }
    text += character;
  }
  if (depth !== 0) throw new RangeError(`unbalanced brackets in phrase: ${pattern}`);
  if (text !== '') out.push({ text });
  return out;
}

/** Built from the end, so that every node knows what follows it. */
function sequence(list: readonly Piece[], end: Node): Node {
  let next = end;
  for (const piece of list.toReversed()) {
    if ('text' in piece) next = plain(piece.text, next);
    else {
      const after = next;
      const options = piece.options.map((option) => sequence(pieces(option), after));
      next = merged(options, after);
    }
  }
  return next;
}

/** A choice of single words is one node with a set: most choices are, and they match in one look-up. */
function merged(options: readonly Node[], after: Node): Node {
  const stems = new Set<string>();
  const texts = new Set<string>();
  const rest: Node[] = [];
  for (const option of options) {
    if (option.kind === 'words' && option.next === after) {
      for (const known of option.stems) stems.add(known);
      for (const text of option.texts) texts.add(text);
    } else rest.push(option);
  }
  // Longer options first: 禁止 before 禁, "roll out" before "roll".
  const all: Node[] = stems.size + texts.size > 0 ? [...rest, { kind: 'words', stems, texts, next: after }] : rest;
  return all.length === 1 && all[0] !== undefined ? all[0] : { kind: 'either', options: all };
}

function plain(text: string, end: Node): Node {
  let next = end;
  const parts = text.includes('{') || text.includes('*') ? text.split(/(\{[a-z0-9-]+\}|\*)/) : [text];
  for (const part of parts.toReversed()) {
    if (part === '*') next = next.kind === 'end' ? next : { kind: 'gap', next };
    else if (part.startsWith('{')) next = { kind: 'slot', name: part.slice(1, -1), next };
    else {
      const tokens = phraseTokens(part);
      for (const [n, token] of [...tokens.entries()].toReversed()) {
        if (token.kind === 'mark') continue;
        const exact = tokens[n - 1]?.text === '=';
        next = {
          kind: 'words',
          stems: new Set(exact ? [] : [token.stem]),
          texts: new Set(exact ? [token.text] : []),
          next,
        };
      }
    }
  }
  return next;
}

function collectHeads(node: Node, heads: Set<string>, slots: Set<string>, pattern: string): void {
  if (node.kind === 'words') {
    for (const known of node.stems) heads.add(known);
    for (const text of node.texts) heads.add(stem(text));
  } else if (node.kind === 'slot') slots.add(node.name);
  else if (node.kind === 'either') for (const option of node.options) collectHeads(option, heads, slots, pattern);
  else if (node.kind === 'gap') collectHeads(node.next, heads, slots, pattern);
  else throw new RangeError(`phrase can match nothing: ${pattern}`);
}

/** Options of a choice share what follows them: each node is walked once. */
function collectWords(node: Node, words: Set<string>, seen = new Set<Node>()): void {
  for (let here = node; here.kind !== 'end' && !seen.has(here);) {
    seen.add(here);
    if (here.kind === 'words') {
      for (const word of here.stems) words.add(word);
      for (const word of here.texts) words.add(word);
    }
    if (here.kind === 'either') {
      for (const option of here.options) collectWords(option, words, seen);
      return;
    }
    here = here.next;
  }
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

/** Calls `use` with each match until it returns true. */
function visit(
  set: PhraseSet,
  reading: IndexedReading,
  range: Span,
  slots: SlotSpans,
  use: (match: Match) => boolean,
): boolean {
  const tryAll = (phrases: readonly Phrase[], first: number): boolean =>
    phrases.some((phrase) => {
      const last = walk(phrase.start, reading.tokens, first, range.last, slots, true);
      return last > first && use({ first, last, phrase });
    });
  const { byHead, bySlot } = set;
  if (range.last - range.first <= byHead.size) {
    // Fewer tokens than heads: walk the tokens.
    for (let n = range.first; n < range.last; n += 1) {
      const phrases = byHead.get(reading.tokens[n]?.stem ?? '');
      if (phrases !== undefined && tryAll(phrases, n)) return true;
    }
  } else {
    for (const [head, phrases] of byHead) {
      const places = reading.places.get(head);
      if (places === undefined) continue;
      for (let at = lowerBound(places, range.first); at < places.length; at += 1) {
        const first = places[at] ?? range.last;
        if (first >= range.last) break;
        if (tryAll(phrases, first)) return true;
      }
    }
  }
  for (const [name, phrases] of bySlot) {
    const starts = slots.get(name);
    if (starts === undefined || starts.size === 0) continue;
    for (let n = range.first; n < range.last; n += 1) {
      if (starts.has(n) && tryAll(phrases, n)) return true;
    }
  }
  return false;
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
  node: Node,
  tokens: readonly Token[],
  at: number,
  limit: number,
  slots: SlotSpans,
  first: boolean,
): number {
  if (node.kind === 'end') return at;
  if (node.kind === 'either') {
    for (const option of node.options) {
      const end = walk(option, tokens, at, limit, slots, first);
      if (end >= 0) return end;
    }
    return -1;
  }
  if (node.kind === 'gap') return gap(node.next, tokens, at, limit, slots);
  const here = first ? at : skipTransparent(tokens, at, limit);
  if (here >= limit) return -1;
  if (node.kind === 'slot') {
    const end = slots.get(node.name)?.get(here);
    return end === undefined || end > limit ? -1 : walk(node.next, tokens, end, limit, slots, false);
  }
  const token = tokens[here];
  return token !== undefined && (node.stems.has(token.stem) || node.texts.has(token.text))
    ? walk(node.next, tokens, here + 1, limit, slots, false)
    : -1;
}

function skipTransparent(tokens: readonly Token[], at: number, limit: number): number {
  let here = at;
  while (here < limit && TRANSPARENT.has(tokens[here]?.text ?? '')) here += 1;
  return here;
}

function gap(next: Node, tokens: readonly Token[], at: number, limit: number, slots: SlotSpans): number {
  let weight = 0;
  for (let here = at; here < limit; here += 1) {
    const end = walk(next, tokens, here, limit, slots, false);
    if (end >= 0) return end;
    const token = tokens[here];
    if (token === undefined || HARD_MARKS.has(token.text)) return -1;
    weight += token.kind === 'han' ? 1 : token.kind === 'word' ? 2 : token.text === ',' ? COMMA_WEIGHT : 0;
    if (weight > GAP_WEIGHT) return -1;
  }
  return -1;
}

/** The leftmost match, or null. */
export function firstOf(set: PhraseSet, reading: IndexedReading, range: Span): Span | null {
  return find(set, reading, range)[0] ?? null;
}

export function anyOf(set: PhraseSet, reading: IndexedReading, range: Span, slots: SlotSpans = NO_SLOTS): boolean {
  return visit(set, reading, range, slots, () => true);
}

export const rangeOf = (sentence: Sentence): Span => ({ first: sentence.first, last: sentence.last });
