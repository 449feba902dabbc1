/**
 * Summary and quotes: the publisher's own words, cut out, never rewritten.
 *
 * At most two sentences: the one that says it and, when the credit stands elsewhere, the one that says who knew.
 */
import type { Quote } from '../core/evidence.ts';
import type { Finding } from './frame.ts';
import type { Standing } from './strength.ts';
import type { Reading } from './text.ts';

/** A quote longer than this is cut at its end: a card shows two lines. */
const MAX_QUOTE = 480;

export function quotesOf(finding: Finding, standing: Standing, reading: Reading): Quote[] {
  const stance = quote(reading, finding.sentence, 'stance', finding.span.first);
  const credited =
    standing.credit !== null && standing.credit.sentence !== finding.sentence
      ? quote(reading, standing.credit.sentence, 'attribution', standing.credit.credit.span.first)
      : null;
  return [stance, credited].filter((one): one is Quote => one !== null);
}

function quote(reading: Reading, sentence: number, role: Quote['role'], focus: number): Quote | null {
  const place = reading.sentences[sentence];
  if (place === undefined) return null;
  let start = place.start;
  let end = place.end;
  if (end - start > MAX_QUOTE) {
    // Keep the words that carry the label: begin near them, at a token's edge.
    const at = reading.tokens[focus]?.start ?? start;
    if (at - start > MAX_QUOTE / 2)
      start = reading.tokens.find((token) => token.start >= at - MAX_QUOTE / 2)?.start ?? start;
    const last = reading.tokens.findLast((token) => token.end <= start + MAX_QUOTE && token.end > start);
    end = Math.min(end, last?.end ?? start + MAX_QUOTE);
  }
  return { text: reading.source.slice(start, end), start, end, role };
}

/** In the order of the text, joined by a space. */
export function summaryOf(quotes: readonly Quote[]): string {
  return [...quotes]
    .sort((a, b) => a.start - b.start)
    .slice(0, 2)
    .map((one) => one.text)
    .join(' ');
}
