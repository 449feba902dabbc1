/**
 * Patterns (phrase.ts) compiled to chains of nodes.
 */
import { stem } from './stem.ts';
import { phraseTokens } from './text.ts';
import { withClasses } from './word-classes.ts';

/** Of one shape whatever its kind: matching asks nodes for little else than their fields. */
export interface Node {
  readonly kind: 'end' | 'words' | 'slot' | 'gap' | 'either';
  /** What follows; itself for an end, an end for a choice, whose options know what follows them. */
  readonly next: Node;
  /** Of words: stems that match, and forms that must stand exactly so. */
  readonly stems: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
  /** Of a slot. */
  readonly name: string;
  /** Of a choice. */
  readonly options: readonly Node[];
}

const NO_TEXTS: ReadonlySet<string> = new Set();
const node = (kind: Node['kind'], next: Node | null, some: Partial<Node> = {}): Node => {
  const made = {
    kind,
    next: next as Node,
    stems: some.stems ?? NO_TEXTS,
    texts: some.texts ?? NO_TEXTS,
    name: some.name ?? '',
    options: some.options ?? [],
  };
  if (next === null) made.next = made;
  return made;
};

export interface Phrase {
  readonly pattern: string;
  readonly start: Node;
  /** Words and slots that a match can begin with. */
  readonly heads: ReadonlySet<string>;
  readonly headSlots: ReadonlySet<string>;
  /** Every word in it, for rules that ask what a phrase already says. */
  readonly words: ReadonlySet<string>;
}

const END: Node = node('end', null);

/** Claims of one topic share phrases: each is compiled once. */
const phraseCache = new Map<string, Phrase>();
const PHRASE_CACHE_LIMIT = 5_000;

/** Compiles a pattern. Throws RangeError on unbalanced brackets or a pattern without a word to begin with. */
export function compilePhrase(pattern: string): Phrase {
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
  const all: Node[] = stems.size + texts.size > 0 ? [...rest, node('words', after, { stems, texts })] : rest;
  return all.length === 1 && all[0] !== undefined ? all[0] : node('either', END, { options: all });
}

function plain(text: string, end: Node): Node {
  let next = end;
  const parts = text.includes('{') || text.includes('*') ? text.split(/(\{[a-z0-9-]+\}|\*)/) : [text];
  for (const part of parts.toReversed()) {
    if (part === '*') next = next.kind === 'end' ? next : node('gap', next);
    else if (part.startsWith('{')) next = node('slot', next, { name: part.slice(1, -1) });
    else {
      const tokens = phraseTokens(part);
      for (const [n, token] of [...tokens.entries()].toReversed()) {
        if (token.kind === 'mark') continue;
        const exact = tokens[n - 1]?.text === '=';
        const one = new Set([exact ? token.text : token.stem]);
        next = node('words', next, exact ? { texts: one } : { stems: one });
      }
    }
  }
  return next;
}

function collectHeads(from: Node, heads: Set<string>, slots: Set<string>, pattern: string): void {
  if (from.kind === 'words') {
    for (const known of from.stems) heads.add(known);
    for (const text of from.texts) heads.add(stem(text));
  } else if (from.kind === 'slot') slots.add(from.name);
  else if (from.kind === 'either') for (const option of from.options) collectHeads(option, heads, slots, pattern);
  else if (from.kind === 'gap') collectHeads(from.next, heads, slots, pattern);
  else throw new RangeError(`phrase can match nothing: ${pattern}`);
}

/** Options of a choice share what follows them: each node is walked once. */
function collectWords(from: Node, words: Set<string>, seen = new Set<Node>()): void {
  for (let here = from; here.kind !== 'end' && !seen.has(here);) {
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
