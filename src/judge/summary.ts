/**
 * Summary and quotes: the publisher's own words, cut out, never rewritten.
 *
 * At most two sentences: the one that says it and, when the credit stands elsewhere, the one that says who knew. Chinese stays
 * Chinese; whoever shows it puts the claim's own line above.
 */
import type { Quote } from '../core/evidence.ts';
import type { Finding } from './frame.ts';
import type { Span } from './phrase.ts';
import type { Standing } from './strength.ts';
import type { Reading, Sentence } from './text.ts';

/** A quote longer than this is cut at a word's edge: a card shows two lines. */
const MAX_QUOTE = 480;

/** The first is the sentence with the stance. A second one exists when the credit would otherwise be lost. */
export function quotesOf(finding: Finding, standing: Standing, reading: Reading): Quote[] {
  const stance = quote(reading, finding.sentence, 'stance', finding.span);
  if (stance === null) return [];
  const credit = standing.credit?.credit.span;
  if (credit === undefined || holds(stance, reading, credit)) return [stance];
  // Where the name stands: "the report says" takes up an outlet that an earlier sentence named.
  const named = reading.sentences.findIndex(({ first, last }) => credit.first >= first && credit.first < last);
  const credited = quote(reading, named, 'attribution', credit);
  return credited === null ? [stance] : [stance, credited];
}

function quote(reading: Reading, sentence: number, role: Quote['role'], focus: Span): Quote | null {
  const place = reading.sentences[sentence];
  if (place === undefined) return null;
  const { start, end } = cutAround(reading, place, focus);
  return { text: reading.source.slice(start, end), start, end, role };
}

/** Whether the quote still shows these tokens after it was cut. */
function holds(one: Quote, reading: Reading, span: Span): boolean {
  const first = reading.tokens[span.first];
  const last = reading.tokens[span.last - 1];
  return first !== undefined && last !== undefined && first.start >= one.start && last.end <= one.end;
}

/** Offsets of a sentence; of a very long one those around `focus`, at the edges of words. */
export function cutAround(
  reading: Reading,
  sentence: Sentence,
  focus: Span,
): { readonly start: number; readonly end: number } {
  if (sentence.end - sentence.start <= MAX_QUOTE) return { start: sentence.start, end: sentence.end };
  const inside = reading.tokens.slice(sentence.first, sentence.last);
  const at = reading.tokens[focus.first]?.start ?? sentence.start;
  const from = at - sentence.start > MAX_QUOTE / 2 ? at - MAX_QUOTE / 2 : sentence.start;
  const start = inside.find((token) => token.start >= from)?.start ?? sentence.start;
  const end = inside.findLast((token) => token.end <= start + MAX_QUOTE && token.end > start)?.end;
  // A run without any word in it is cut where it stands.
  return { start, end: end ?? Math.min(sentence.end, start + MAX_QUOTE) };
}
