/**
 * Quarters, halves and years: "in the fourth quarter of 2026", "by the end of 2027", "later this year", 明年第四季度, 年底.
 *
 * Only with a word that dates something ("in 2027", never "the 2027 model"): a bare number is more often a name or an amount.
 */
import type { NewsTime } from '../core/time.ts';
import { newsTime } from '../core/time.ts';
import type { IndexedReading, Span } from './phrase.ts';

export interface Period extends Span {
  readonly from: NewsTime;
  readonly to: NewsTime;
}

/** Months of a year, [from, to). */
type Months = readonly [number, number];

const WHOLE: Months = [0, 12];
const QUARTERS: readonly Months[] = [
  [0, 3],
  [3, 6],
  [6, 9],
  [9, 12],
];
const HALVES: readonly Months[] = [
  [0, 6],
  [6, 12],
];
const ORDINALS = ['first', 'second', 'third', 'fourth'];
const HAN_ORDINALS = ['一', '二', '三', '四'];
const PARTS: Readonly<Record<string, Months>> = { early: [0, 4], mid: [3, 9], late: [8, 12], end: [9, 12] };
const DATING = new Set(['in', 'by', 'during', 'throughout', 'until', 'before']);

/** Every quarter, half or year that the range names, in order. */
export function periodsIn(reading: IndexedReading, range: Span, published: NewsTime): Period[] {
  const word = (n: number): string => (n >= range.first && n < range.last ? (reading.tokens[n]?.text ?? '') : '');
  const found: Period[] = [];
  for (let n = range.first; n < range.last; n += 1) {
    const period = latinPeriod(word, n, published) ?? hanPeriod(word, n, published);
    if (period === null) continue;
    found.push(period);
    n = Math.max(n, period.last - 1);
  }
  return found;
}

type Word = (n: number) => string;
const yearOf = (published: NewsTime): number => new Date(published).getUTCFullYear();
const number = (text: string): number | null => (/^20[0-9]{2}$/.test(text) ? Number(text) : null);

function period(first: number, last: number, year: number, [from, to]: Months): Period {
  return { first, last, from: newsTime(Date.UTC(year, from, 1)), to: newsTime(Date.UTC(year, to, 1)) };
}

function latinPeriod(word: Word, at: number, published: NewsTime): Period | null {
  const quarter = /^q([1-4])$/.exec(word(at))?.[1];
  if (quarter !== undefined) return ofYear(word, at, at + 1, published, QUARTERS[Number(quarter) - 1]);
  const ordinal = ORDINALS.indexOf(word(at));
  const unit = word(at + 1) === '-' ? at + 2 : at + 1;
  if (ordinal >= 0 && word(unit) === 'quarter') return ofYear(word, at, unit + 1, published, QUARTERS[ordinal]);
  if (ordinal >= 0 && word(unit) === 'half') return ofYear(word, at, unit + 1, published, HALVES[ordinal]);
  const part = PARTS[word(at)];
  if (part !== undefined) {
    const next = ['-', 'of'].includes(word(at + 1)) ? at + 2 : at + 1;
    return namedYear(word, next, published, (year, last) => period(at, last, year, part));
  }
  if (
    word(at) === 'year' && word(at + 1) === '-' ? word(at + 2) === 'end' : word(at) === 'year' && word(at + 1) === 'end'
  )
    return period(at, at + 2, yearOf(published), QUARTERS[3] ?? WHOLE);
  if (['this', 'next'].includes(word(at)))
    return namedYear(word, at, published, (year, last) => period(at, last, year, WHOLE));
  const year = DATING.has(word(at)) ? number(word(at + 1)) : null;
  return year === null ? null : period(at, at + 2, year, WHOLE);
}

/** "2027", "this year", "next year", "the year" at this place. */
function namedYear(
  word: Word,
  at: number,
  published: NewsTime,
  build: (year: number, last: number) => Period,
): Period | null {
  const year = number(word(at));
  if (year !== null) return build(year, at + 1);
  if (word(at + 1) !== 'year') return null;
  if (word(at) === 'next') return build(yearOf(published) + 1, at + 2);
  return ['this', 'the'].includes(word(at)) ? build(yearOf(published), at + 2) : null;
}

/** A quarter or half with the year that follows it, else the one nearest to the page. */
function ofYear(
  word: Word,
  first: number,
  last: number,
  published: NewsTime,
  months: Months | undefined,
): Period | null {
  if (months === undefined) return null;
  const next = [',', 'of'].includes(word(last)) ? last + 1 : last;
  const named = namedYear(word, next, published, (year, end) => period(first, end, year, months));
  // "the second half of the shipment" is no time at all.
  if (named !== null || word(last) === 'of') return named;
  return period(first, last, nearest(published, months), months);
}

function nearest(published: NewsTime, [from, to]: Months): number {
  const year = yearOf(published);
  const distance = (candidate: number): number =>
    Math.abs((Date.UTC(candidate, from, 1) + Date.UTC(candidate, to, 1)) / 2 - published);
  return [year - 1, year, year + 1].sort((a, b) => distance(a) - distance(b))[0] ?? year;
}

/** 2027年, 今年下半年, 明年第四季度, 年底. A month after the year makes it a date, which is read elsewhere. */
function hanPeriod(word: Word, at: number, published: NewsTime): Period | null {
  const relative = { 今: 0, 明: 1 }[word(at)];
  const year = relative === undefined ? number(word(at)) : yearOf(published) + relative;
  if (year !== null && word(at + 1) === '年') {
    const rest = at + 2;
    if (/^[0-9]/.test(word(rest)) || /^[一二三四五六七八九十]$/.test(word(rest))) {
      const quarter = hanQuarter(word, rest);
      return quarter === null ? null : period(at, quarter.last, year, quarter.months);
    }
    const part = hanPart(word, rest);
    return part === null ? period(at, rest, year, WHOLE) : period(at, part.last, year, part.months);
  }
  if (word(at) === '年' && ['底', '末'].includes(word(at + 1)) && number(word(at - 1)) === null)
    return period(at, at + 2, yearOf(published), QUARTERS[3] ?? WHOLE);
  const part = word(at) === '第' || ['上', '下'].includes(word(at)) ? hanPart(word, at) : null;
  return part === null ? null : period(at, part.last, nearest(published, part.months), part.months);
}

function hanPart(word: Word, at: number): { readonly last: number; readonly months: Months } | null {
  if (['底', '末'].includes(word(at))) return { last: at + 1, months: [9, 12] };
  if (word(at) === '初') return { last: at + 1, months: [0, 4] };
  if (['上', '下'].includes(word(at)) && word(at + 1) === '半' && word(at + 2) === '年')
    return { last: at + 3, months: word(at) === '上' ? [0, 6] : [6, 12] };
  return hanQuarter(word, word(at) === '第' ? at + 1 : at);
}

function hanQuarter(word: Word, at: number): { readonly last: number; readonly months: Months } | null {
  const months = QUARTERS[HAN_ORDINALS.indexOf(word(at))] ?? QUARTERS[Number(word(at)) - 1];
  if (months === undefined || word(at + 1) !== '季') return null;
  return { last: word(at + 2) === '度' ? at + 3 : at + 2, months };
}
