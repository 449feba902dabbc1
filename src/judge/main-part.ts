/**
 * Of a sentence about a date, the part that tells of the deed: not what leads up to it, nor what it is set against.
 */
import { anaphorsIn } from './anaphora.ts';
import { FUTURE } from './cues.ts';
import type { CompiledClaim } from './frame.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf, find } from './phrase.ts';

/**
 * Without what leads up to it and what it is set against: "After saying in March that V4 was not ready, DeepSeek released V4", "DeepSeek,
 * which had delayed it, released V4", "launched V4 on Friday, not in February as rumoured". Dates and delays there are others.
 */
export function mainPart(reading: IndexedReading, range: Span, span: Span): Span {
  const text = (n: number): string => reading.tokens[n]?.text ?? '';
  let { first, last } = range;
  let opened = SUBORDINATORS.has(text(first));
  for (let n = first; n < span.first; n += 1) {
    if (text(n) !== ',') continue;
    if (opened) {
      first = n + 1;
      opened = false;
    }
    opened ||= RELATIVES.has(text(n + 1));
  }
  for (let n = span.last; n < last; n += 1)
    if (text(n) === ',' && (SET_AGAINST.has(text(n + 1)) || text(n + 1) + text(n + 2) === '此前')) last = n;
  return { first, last };
}
/** A required slot of the claim, or what takes it up. */
export const namesIt = ({ slots }: CompiledClaim, reading: IndexedReading, range: Span): boolean =>
  slots.some(
    ({ required, kind, aliases }) =>
      required &&
      (anyOf(aliases, reading, range) ||
        reading.tokens.slice(range.first, range.last).some(({ text }) => text === 'it' || text === '它') ||
        (kind !== undefined && anaphorsIn(reading, range, kind).length > 0)),
  );
const SUBORDINATORS = new Set(['after', 'despite', 'although', 'though', 'having', 'while', 'following', 'contrary']);
const RELATIVES = new Set(['which', 'who', 'whose']);
const SET_AGAINST = new Set([
  'not',
  'rather',
  'instead',
  'ending',
  'despite',
  'earlier',
  'later',
  'defying',
  'which',
  '而',
]);

/** A word of the future; "earlier than expected", "as planned", "the fanfare that had been expected" look back. */
export const looksAhead = (reading: IndexedReading, range: Span): boolean =>
  find(FUTURE, reading, range).some(({ first }) => {
    const text = (n: number): string => reading.tokens[n]?.text ?? '';
    const behind = LOOKS_BACK.has(text(first - 1)) || (text(first - 1) === 'been' && text(first - 2) === 'had');
    return !(text(first).endsWith('ed') && behind);
  });
const LOOKS_BACK = new Set(['than', 'as', 'long', 'much', 'originally', 'initially', 'previously', 'widely']);
