/**
 * Seasons: "to the autumn", "until next spring", 秋季. By the calendar of news, which lets each begin with a month.
 *
 * Read only where something is put off until then: elsewhere "spring" and "fall" are more often a name or a verb.
 */
import type { NewsTime } from '../core/time.ts';
import { newsTime } from '../core/time.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { textAt } from './tokens.ts';

/** First month; each lasts three. */
const SEASONS: Readonly<Record<string, number>> = {
  spring: 2,
  summer: 5,
  autumn: 8,
  fall: 8,
  winter: 11,
  春: 2,
  夏: 5,
  秋: 8,
  冬: 11,
};
const REACH = 4;

/** The next such season that is named within a few words of the range's beginning; null: none. */
export function seasonIn(
  reading: IndexedReading,
  { first, last }: Span,
  published: NewsTime,
): { first: number; from: NewsTime; to: NewsTime } | null {
  for (let n = first; n < Math.min(last, first + REACH); n += 1) {
    const month = SEASONS[textAt(reading, n)];
    if (month === undefined) continue;
    const han = reading.tokens[n]?.kind === 'han';
    if (han && !['季', '天'].includes(textAt(reading, n + 1)) && textAt(reading, n - 1) !== '今') continue;
    const year = new Date(published).getUTCFullYear();
    const ended = Date.UTC(year, month + 3, 1) <= published;
    const next = year + (ended || ['next', '明'].includes(textAt(reading, n - 1)) ? 1 : 0);
    return { first: n, from: newsTime(Date.UTC(next, month, 1)), to: newsTime(Date.UTC(next, month + 3, 1)) };
  }
  return null;
}
