/**
 * Grounding: of what a language model answers, only what stands in the article is kept, and if one thing does not, nothing is.
 *
 * A quote "V4 will run on Huawei's chips" is looked up in the text (whatever its quotes, dashes, widths and spaces), and what is kept
 * is the whole sentence as published, so that "It is false that V4 will run on Huawei's chips" cannot lose its beginning. Outlets it names
 * and numbers it gives must occur in the text. Its own sentences are checked and then thrown away: nobody is ever shown a word a model wrote.
 */
import type { Article } from '../core/article.ts';
import { articleText } from '../core/article.ts';
import type { Claim, ClaimId } from '../core/claim.ts';
import type { Quote } from '../core/evidence.ts';
import type { Opinion } from '../core/second-opinion.ts';
import type { SourceRegistry } from '../core/source.ts';
import { compileClaim } from './frame.ts';
import type { Answer, Question } from './llm-prompt.ts';
import { mentionsIn, nameIndex } from './names.ts';
import { anyOf, indexed } from './phrase.ts';
import type { IndexedReading } from './phrase.ts';
import { cutAround } from './summary.ts';
import type { Glyph, Sentence } from './text.ts';
import { glyphs, read } from './text.ts';

/** Why an answer was not used: short and fixed, for counts. */
export const UNGROUNDED = [
  'not the asked shape',
  'unknown claim',
  'claim missing',
  'claim judged twice',
  'no quote',
  'quote not in the text',
  'quote too long',
  'quote beside the point',
  'outlet not in the text',
  'number not in the text',
  'address or mention',
] as const;
export type Ungrounded = (typeof UNGROUNDED)[number];

export type Grounded =
  | { readonly claim: ClaimId; readonly opinion: Opinion }
  | { readonly claim: ClaimId; readonly refused: Ungrounded };

/** A shorter quote may stand anywhere. Han characters say twice as much as letters. */
const SHORTEST_QUOTE = 12;

export interface GroundOptions {
  readonly article: Article;
  readonly claims: readonly Claim[];
  readonly question: Question;
  readonly registry: SourceRegistry;
}

/** One result for each claim that was asked about, in their order. Pure; never throws for any answer of the right shape. */
export function groundAnswer(answer: Answer, options: GroundOptions): Grounded[] {
  const { article, question } = options;
  const reading = indexed(read(article));
  const text = foldedText(articleText(article));
  const seen = new Map<string, Answer['judgements'][number] | 'twice'>();
  let stranger = false;
  for (const item of answer.judgements) {
    if (!question.keys.has(item.claim)) stranger = true;
    else seen.set(item.claim, seen.has(item.claim) ? 'twice' : item);
  }
  return [...question.keys].map(([key, claim]) => {
    const item = seen.get(key);
    // Who answers on a claim nobody asked about does not know what it is answering.
    if (stranger) return { claim, refused: 'unknown claim' };
    if (item === undefined) return { claim, refused: 'claim missing' };
    if (item === 'twice') return { claim, refused: 'claim judged twice' };
    const opinion = opinionOf(item, claim, options, reading, text);
    return typeof opinion === 'string' ? { claim, refused: opinion } : { claim, opinion };
  });
}

function opinionOf(
  item: Answer['judgements'][number],
  id: ClaimId,
  { article, claims, registry }: GroundOptions,
  reading: IndexedReading,
  text: Folded,
): Opinion | Ungrounded {
  const claim = claims.find((candidate) => candidate.id === id);
  const doubt = doubtAbout(item.reason, article, claim, registry, text);
  if (doubt !== null) return doubt;
  if (!item.credits.every((name) => isNamed(name, article, text))) return 'outlet not in the text';
  const quotes: Quote[] = [];
  for (const words of item.quotes) {
    const found = quoteIn(words, text, reading);
    if (typeof found === 'string') return found;
    if (!quotes.some((other) => other.start === found.start)) quotes.push(found);
  }
  if (item.stance === 'unrelated') return { stance: 'unrelated', strength: item.strength, quotes: [] };
  if (quotes.length === 0) return 'no quote';
  if (claim !== undefined && !quotes.some((quote) => speaksOf(claim, quote, reading))) return 'quote beside the point';
  return { stance: item.stance, strength: item.strength, quotes };
}

/** The sentence of a quote, as published. A quote over two sentences gives both. */
function quoteIn(words: string, text: Folded, reading: IndexedReading): Quote | Ungrounded {
  const wanted = foldedText(words).characters;
  if (weightOf(wanted) < SHORTEST_QUOTE) return 'quote not in the text';
  const at = text.characters.indexOf(wanted);
  if (at < 0) return 'quote not in the text';
  const start = text.places[at]?.start ?? 0;
  const end = text.places[at + wanted.length - 1]?.end ?? 0;
  const touched = reading.sentences.filter((sentence) => sentence.start < end && sentence.end > start);
  const [first, ...more] = touched;
  const last = touched.at(-1);
  if (first === undefined || last === undefined) return 'quote not in the text';
  if (more.length > 1 || last.part !== first.part) return 'quote too long';
  const focus = {
    first: Math.max(
      first.first,
      reading.tokens.findIndex((token) => token.end > start),
    ),
    last: last.last,
  };
  const whole: Sentence = { ...first, last: last.last, end: last.end };
  const cut = cutAround(reading, whole, focus);
  return { text: reading.source.slice(cut.start, cut.end), ...cut, role: 'stance' };
}

/** Whether a quote, with the sentence before it, names anything the claim is about: "Shares rose 4%" shows nothing about a chip. */
function speaksOf(claim: Claim, quote: Quote, reading: IndexedReading): boolean {
  const at = reading.sentences.findIndex((sentence) => sentence.end > quote.start);
  const from = reading.sentences[Math.max(0, at - 1)];
  const to = reading.sentences.findLast((sentence) => sentence.start < quote.end);
  if (from === undefined || to === undefined) return false;
  const range = { first: from.first, last: to.last };
  const { slots } = compileClaim(claim);
  return slots.some(
    (slot) => slot.required && (anyOf(slot.aliases, reading, range) || anyOf(slot.lesser, reading, range)),
  );
}

/** In the text, or as the page's publisher or author. */
function isNamed(name: string, article: Article, text: Folded): boolean {
  const folded = foldedText(name).characters.trim();
  if (weightOf(folded) < 2) return false;
  const byline = foldedText([article.publisher.name, ...article.authors].join('\n')).characters;
  return standsIn(folded, text.characters) || standsIn(folded, byline);
}

/** As a word of its own; Han names anywhere. */
function standsIn(name: string, text: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + name.length] ?? ' ';
    const glued = (a: string, b: string): boolean => LATIN.test(a) && LATIN.test(b);
    if (!glued(before, name[0] ?? '') && !glued(name.at(-1) ?? '', after)) return true;
  }
  return false;
}

const LATIN = /[\p{Script=Latin}\p{N}]/u;
const ADDRESS = /https?:|www\.|<[@#!&a-z/]|@(?:everyone|here)|\]\(|discord\.gg/iu;
/** Digits with what belongs to them: 1,600 · 4.1 · 950. */
const NUMBER = /\d[\d.,]{0,30}/gu;

/** What the model says in its own words is never shown; if it brings in anything foreign, the rest is not to be trusted either. */
function doubtAbout(
  reason: string,
  article: Article,
  claim: Claim | undefined,
  registry: SourceRegistry,
  text: Folded,
): Ungrounded | null {
  if (ADDRESS.test(reason)) return 'address or mention';
  const given = foldedText([claim?.statement ?? '', article.publisher.name, ...article.authors].join('\n')).characters;
  const known = new Set([...numbersIn(text.characters), ...numbersIn(given)]);
  const said = foldedText(reason).characters;
  // C1 is the name of the claim in the question.
  if (numbersIn(said.replaceAll(/\bc\d{1,2}\b/gu, '')).some((number) => !known.has(number)))
    return 'number not in the text';
  const named = mentionsIn(read({ title: reason, summary: '', body: '' }), nameIndex(registry));
  const stranger = named.some(({ source }) => {
    const who = source === null ? undefined : registry.byId(source);
    const names = who === undefined ? [] : [who.name, ...who.names, ...who.spokespeople];
    return !names.some((name) => {
      const folded = foldedText(name).characters;
      return standsIn(folded, text.characters) || standsIn(folded, given);
    });
  });
  return stranger ? 'outlet not in the text' : null;
}

function numbersIn(folded: string): string[] {
  return [...folded.matchAll(NUMBER)].map(([number]) => number.replaceAll(',', '').replace(/\.+$/, ''));
}

interface Folded {
  /** One character for each place. */
  readonly characters: string;
  readonly places: readonly { readonly start: number; readonly end: number }[];
}

/** As `glyphs`, with runs of space as one and without addresses, which the model was not given. */
function foldedText(source: string): Folded {
  let characters = '';
  const places: { start: number; end: number }[] = [];
  const list = glyphs(source);
  for (let at = 0; at < list.length; at += 1) {
    const glyph = list[at];
    if (glyph === undefined) break;
    if (glyph.character === 'h' && startsAddress(list, at)) {
      while (at < list.length && !ENDS_ADDRESS.test(list[at]?.character ?? ' ')) at += 1;
      at -= 1;
      continue;
    }
    const character = /\s/u.test(glyph.character) ? ' ' : glyph.character;
    if (character === ' ' && (characters === '' || characters.endsWith(' '))) continue;
    characters += character;
    for (let n = 0; n < character.length; n += 1) places.push({ start: glyph.start, end: glyph.end });
  }
  if (characters.endsWith(' ')) {
    characters = characters.slice(0, -1);
    places.pop();
  }
  return { characters, places };
}

const ENDS_ADDRESS = /[\s<>"')]/u;

function startsAddress(list: readonly Glyph[], at: number): boolean {
  const next = list
    .slice(at, at + 8)
    .map((glyph) => glyph.character)
    .join('');
  return next.startsWith('http://') || next === 'https://';
}

const HAN = /\p{Script=Han}/u;
function weightOf(folded: string): number {
  let weight = 0;
  for (const character of folded) weight += HAN.test(character) ? 2 : 1;
  return weight;
}
