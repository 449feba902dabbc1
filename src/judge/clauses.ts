/**
 * Clauses as the cues see them: how far a word governs, and what closes it off.
 */
import { clauseOf } from './frame.ts';
import { SPEECH } from './lexicon.ts';
import type { IndexedReading, Span } from './phrase.ts';
import type { Sentence } from './text.ts';

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
  for (let n = from; n < to; n += 1) if (CLOSERS.has(reading.tokens[n]?.text ?? '')) return true;
  return false;
};
