/**
 * Clauses as the cues see them: how far a word governs, and what closes it off.
 */
import { SPEECH } from './lexicon.ts';
import type { IndexedReading, Span } from './phrase.ts';
import type { Sentence } from './text.ts';

const CLAUSE_MARKS = new Set([',', ';', ':', '—', '.', '!', '?', '。', '(', ')']);

/** The clause around a span: between commas and the like. */
export function clauseOf(reading: IndexedReading, sentence: Sentence, span: Span): Span {
  let first = span.first;
  while (first > sentence.first && !closesClause(reading, first - 1)) first -= 1;
  let last = span.last;
  while (last < sentence.last && !closesClause(reading, last)) last += 1;
  return { first, last };
}

/** A comma between names, or 、, joins a list; every other mark ends a clause. */
export function closesClause(reading: IndexedReading, at: number): boolean {
  const mark = reading.tokens[at];
  if (mark === undefined || !CLAUSE_MARKS.has(mark.text)) return false;
  if (mark.text !== ',') return true;
  if (reading.source[mark.start] === '、') return false;
  const before = reading.tokens[at - 1];
  const after = reading.tokens[at + 1];
  const list =
    before?.capital === true && after?.capital === true && before.kind === 'word' && after.kind === 'word'
      ? joinsList(reading, at + 1)
      : false;
  return !list;
}

/** "Alibaba, Tencent and ByteDance": an "and" or "or" within a few names. */
export function joinsList(reading: IndexedReading, at: number): boolean {
  for (let n = at; n < at + 8; n += 1) {
    const token = reading.tokens[n];
    if (token === undefined) return false;
    if (token.text === 'and' || token.text === 'or') return true;
    if (token.text !== ',' && !token.capital) return false;
  }
  return false;
}

/** The clause of the match's end, with a short aside before it skipped: "no chips, the official said, have shipped". */
export function statementClause(reading: IndexedReading, sentence: Sentence, span: Span): Span {
  const clause = clauseOf(reading, sentence, { first: span.last - 1, last: span.last });
  let first = clause.first;
  for (let n = 0; n < 2 && first > sentence.first + 1; n += 1) {
    const before = clauseOf(reading, sentence, { first: first - 2, last: first - 1 });
    const aside = before.last - before.first <= ASIDE_TOKENS && saysSomething(reading, before);
    if (!aside || before.first <= sentence.first) break;
    first = clauseOf(reading, sentence, { first: before.first - 2, last: before.first - 1 }).first;
  }
  return { first, last: clause.last };
}

const ASIDE_TOKENS = 7;

function saysSomething(reading: IndexedReading, range: Span): boolean {
  for (let n = range.first; n < range.last; n += 1) if (SPEECH.has(reading.tokens[n]?.stem ?? '')) return true;
  return false;
}

const CLOSERS = new Set([';', ':', 'but', 'while', 'although', 'though', 'after', 'and', '但', '。']);
/** Whether something between the two tokens opens a statement of its own. */
export const closedOff = (reading: IndexedReading, from: number, to: number): boolean => {
  for (let n = from; n < to; n += 1)
    if (CLOSERS.has(reading.tokens[n]?.text ?? '') && !endsList(reading, n)) return true;
  return false;
};

const ASIDES = new Set(['which', 'who', 'whose', 'having']);
/** Whether `at` stands in a relative clause that a comma ends before `target`: "DeepSeek, which had denied it, released V4". */
export function inAside(reading: IndexedReading, at: number, target: number): boolean {
  let comma = at;
  while (comma > 0 && reading.tokens[comma]?.text !== ',' && !ENDS.has(reading.tokens[comma]?.text ?? '')) comma -= 1;
  if (reading.tokens[comma]?.text !== ',' || !ASIDES.has(reading.tokens[comma + 1]?.text ?? '')) return false;
  for (let n = at + 1; n < target; n += 1) if (reading.tokens[n]?.text === ',') return true;
  return false;
}
/** The "and" of "Alibaba, Tencent and ByteDance". */
const endsList = (reading: IndexedReading, at: number): boolean =>
  reading.tokens[at]?.text === 'and' &&
  reading.tokens[at - 1]?.capital === true &&
  reading.tokens[at + 1]?.capital === true &&
  reading.tokens[at - 2]?.text === ',' &&
  reading.tokens[at - 3]?.capital === true;

const ENDS = new Set(['.', '。', ';', '!', '?']);
