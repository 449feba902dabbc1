/**
 * When the text says it happens: time expressions resolved against the article's own date.
 *
 * "as early as next week" in a page of Saturday 28 February is 2 to 8 March; "by mid-July" ends on the 20th; 农历新年前后 is the days around
 * 17 February 2026. Forecast claims are decided by these, so a vague word ("soon") resolves to nothing rather than to a guess.
 */
import type { NewsTime } from '../core/time.ts';
import { DAY, newsTime } from '../core/time.ts';
import { feastsIn } from './feasts.ts';
import { periodsIn } from './periods.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { compilePhrases, find } from './phrase.ts';

export interface When extends Span {
  /** [from, to) in news time. */
  readonly from: NewsTime;
  readonly to: NewsTime;
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
interface Relative {
  readonly phrases: readonly string[];
  /** Days after the article's date, [from, to). */
  readonly resolve: (at: number) => readonly [number, number];
}

const startOfDay = (at: number): number => Math.floor(at / DAY) * DAY;
/** Monday 00:00 UTC of the week. 1970-01-01 was a Thursday. */
const startOfWeek = (at: number): number => startOfDay(at) - ((Math.floor(at / DAY) + 3) % 7) * DAY;
const startOfMonth = (at: number, plus = 0): number => {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + plus, 1);
};
const days = (at: number, from: number, to: number): readonly [number, number] => [
  startOfDay(at) + from * DAY,
  startOfDay(at) + to * DAY,
];

// Latin and Chinese side by side: one meaning, one row.
const RELATIVE: readonly Relative[] = [
  { phrases: ['today', '今天', '今日', '今早', '当日'], resolve: (at) => days(at, 0, 1) },
  { phrases: ['tomorrow', '明天', '明日'], resolve: (at) => days(at, 1, 2) },
  { phrases: ['yesterday', '昨天', '昨日', '昨晚'], resolve: (at) => days(at, -1, 0) },
  {
    phrases: ['this week', '本周', '这周', '这星期', '本星期'],
    // A page of Sunday speaks of the week that begins.
    resolve: (at) => {
      const sunday = startOfDay(at) - startOfWeek(at) === 6 * DAY;
      return sunday ? [startOfDay(at), startOfDay(at) + 8 * DAY] : [startOfWeek(at), startOfWeek(at) + 7 * DAY];
    },
  },
  {
    phrases: ['next week', 'the coming week', '下周', '下星期', '下礼拜'],
    resolve: (at) => [startOfWeek(at) + 7 * DAY, startOfWeek(at) + 14 * DAY],
  },
  { phrases: ['last week', '上周', '上星期'], resolve: (at) => [startOfWeek(at) - 7 * DAY, startOfWeek(at)] },
  {
    phrases: [
      '(in|within) (the|) (coming|next few|next) days',
      '(in|within) (a few|several|a couple of|a matter of) days',
      '(within|in) days',
      'any day',
      'any (moment|minute|hour) now',
      'days away',
      '未来几天',
      '数日内',
      '近日内',
      '几天内',
    ],
    resolve: (at) => days(at, 0, 8),
  },
  {
    phrases: [
      '(in|within|over) (the|) (coming|next|next few|next couple of|next several) weeks',
      'within weeks',
      '(in|within) (a matter|matter) of weeks',
      'in weeks',
      '(in|within) (about|around|roughly|some|just|) (a few|several|three|a couple of|the coming|the next few) weeks',
      'within two weeks',
      'weeks (away|out|off)',
      'within (a|the next) month',
      '未来几周',
      '未来数周',
      '数周内',
      '几周内',
      '数周后',
      '几周后',
      '几周之内',
      '未来几星期',
      '接下来几周',
      '数星期内',
      '几星期内',
      '一个月内',
    ],
    resolve: (at) => days(at, 1, 36),
  },
  {
    phrases: [
      'in (about|around|roughly|some|just|) (two|2) weeks',
      '(two|2) weeks (away|from now)',
      '(in|within) (about|) a fortnight',
      '(两周|两星期|半个月)(后|之后)',
    ],
    resolve: (at) => days(at, 9, 20),
  },
  {
    phrases: ['imminent', 'imminently', 'any day now', '即将', '不日', '近日', '近期'],
    resolve: (at) => days(at, 0, 22),
  },
  {
    phrases: ['this month', 'later this month', '本月', '这个月'],
    resolve: (at) => [startOfMonth(at), startOfMonth(at, 1)],
  },
  {
    // What is left of the month.
    phrases: [
      'before (the|this) month (is over|is out|ends|is done|runs out)',
      'by (the|) (month end|end of the month|month s end)',
      'before (the|) month (end|s end)',
      'by (the|) end of the month',
      'at month end',
      'later this month',
      '月底前',
      '本月底',
      '月内',
      '月底',
    ],
    resolve: (at) => [startOfDay(at), startOfMonth(at, 1)],
  },
  { phrases: ['next month', '下月', '下个月'], resolve: (at) => [startOfMonth(at, 1), startOfMonth(at, 2)] },
  { phrases: ['last month', '上月', '上个月'], resolve: (at) => [startOfMonth(at, -1), startOfMonth(at)] },
];
const RELATIVE_SET = compilePhrases(RELATIVE.flatMap((row) => row.phrases));
const RELATIVE_ROW = new Map(RELATIVE.flatMap((row) => row.phrases.map((pattern) => [pattern, row] as const)));
/** Third of a month in words, as days [from, to). */
const PARTS: Readonly<Record<string, readonly [number, number]>> = {
  early: [1, 11],
  beginning: [1, 11],
  start: [1, 11],
  mid: [10, 21],
  middle: [10, 21],
  late: [20, 32],
  end: [20, 32],
  初: [1, 11],
  上旬: [1, 11],
  中旬: [10, 21],
  中: [10, 21],
  下旬: [20, 32],
  底: [20, 32],
  末: [20, 32],
};

/** Every time the range names, in order. Years are taken from the text, else the nearest to `published`. */
export function timesIn(reading: IndexedReading, range: Span, published: NewsTime): When[] {
  const found: When[] = [];
  for (const span of find(RELATIVE_SET, reading, range)) {
    const row = RELATIVE_ROW.get(span.phrase.pattern);
    if (row === undefined) continue;
    const [from, to] = row.resolve(published);
    found.push({ first: span.first, last: span.last, from: newsTime(from), to: newsTime(to) });
  }
  found.push(...feastsIn(reading, range, published));
  for (let n = range.first; n < range.last; n += 1) {
    const date = latinDate(reading, n, range, published) ?? chineseDate(reading, n, range, published);
    if (date === null) continue;
    found.push(date);
    n = Math.max(n, date.last - 1);
  }
  for (const period of periodsIn(reading, range, published))
    if (!found.some((time) => time.first < period.last && period.first < time.last)) found.push(period);
  return found.sort((a, b) => a.first - b.first);
}

/** "24 April", "April 24, 2026", "mid-July", "the end of February", "in April". "May" alone is a verb unless something dates it. */
function latinDate(reading: IndexedReading, at: number, range: Span, published: NewsTime): When | null {
  const word = (n: number): string => (n >= range.first && n < range.last ? (reading.tokens[n]?.text ?? '') : '');
  const name = word(at);
  const month = MONTHS.findIndex(
    (candidate) =>
      candidate === name ||
      (name.length >= 3 && name !== 'mar' && candidate.slice(0, 3) === name) ||
      (name === 'sept' && candidate === 'september'),
  );
  if (month < 0 || reading.tokens[at]?.capital !== true) return null;
  let first = at;
  let last = at + 1;
  let span: readonly [number, number] | null = null;
  const before = word(at - 1);
  const day = (text: string): number | null =>
    /^(?:[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?$/.test(text) ? Number.parseInt(text, 10) : null;
  const dayBefore = day(before);
  const dayAfter = day(word(at + 1));
  if (dayBefore !== null) {
    first = at - 1;
    span = [dayBefore, dayBefore + 1];
  } else if (dayAfter !== null) {
    last = at + 2;
    span = [dayAfter, dayAfter + 1];
  } else if (PARTS[before] !== undefined) {
    first = at - 1;
    span = PARTS[before];
  } else if (['of', 'in'].includes(before)) {
    const part = word(at - 2);
    const first2 =
      part === 'week'
        ? weekOf(word(at - 3))
        : part === 'weeks'
          ? ['last', 'final'].includes(word(at - 4))
            ? ([15, 32] as const)
            : ([1, 15] as const)
          : PARTS[part];
    const daysOf = part === 'days' && ['first', 'opening'].includes(word(at - 3)) ? ([1, 8] as const) : undefined;
    if (daysOf !== undefined) {
      first = at - 3;
      span = daysOf;
    } else if (first2 !== undefined) {
      first = at - 2;
      span = first2;
    } else if (before === 'in') first = at - 1;
  } else if (before === 'before') {
    const earlier = untilMonth(published, month, at);
    if (earlier !== null) return earlier;
  }
  if (name === 'may' && span === null && !['in', 'by', 'until', 'since', 'last', 'next', 'this'].includes(before))
    return null;
  const yearText = word(last) === ',' ? word(last + 1) : word(last);
  const given = /^20[0-9]{2}$/.test(yearText) ? Number(yearText) : null;
  if (given !== null) last = word(last) === ',' ? last + 2 : last + 1;
  return monthSpan(published, month, span, given, first, last);
}

/** "Before May", said ahead of it: what is left until then, a month at most. */
function untilMonth(published: NewsTime, month: number, at: number): When | null {
  const { from } = monthSpan(published, month, null, null, at - 1, at + 1);
  if (from <= published) return null;
  return { first: at - 1, last: at + 1, from: newsTime(Math.max(published, from - 31 * DAY)), to: from };
}

const weekOf = (which: string): readonly [number, number] | undefined =>
  ({ first: [1, 9], second: [8, 15], third: [15, 22], fourth: [22, 29], last: [22, 32], final: [22, 32] } as const)[
    which as 'first'
  ];

/** 4月24日, 三月底, 7月中旬, 二月. */
function chineseDate(reading: IndexedReading, at: number, range: Span, published: NewsTime): When | null {
  const word = (n: number): string => (n >= range.first && n < range.last ? (reading.tokens[n]?.text ?? '') : '');
  if (word(at) !== '月') return null;
  const digits = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
  let first = at - 1;
  let month = /^[0-9]{1,2}$/.test(word(first)) ? Number(word(first)) : digits.indexOf(word(first)) + 1;
  if (word(first - 1) === '十' && month > 0 && month < 10 && !/^[0-9]/.test(word(first))) {
    month += 10;
    first -= 1;
  }
  if (month < 1 || month > 12) return null;
  // 三个月 and 两月 are durations; 个 stands between, so only 月 right after its number is a month.
  let last = at + 1;
  let span: readonly [number, number] | null = null;
  const next = word(at + 1);
  if (/^[0-9]{1,2}$/.test(next)) {
    span = [Number(next), Number(next) + 1];
    last = at + (word(at + 2) === '日' || word(at + 2) === '号' ? 3 : 2);
  } else {
    const two = PARTS[next + word(at + 2)];
    const one = PARTS[next];
    if (two !== undefined) {
      span = two;
      last = at + 3;
    } else if (one !== undefined) {
      span = one;
      last = at + 2;
    }
  }
  const yearToken = word(first - 1) === '年' ? word(first - 2) : '';
  const given = /^20[0-9]{2}$/.test(yearToken) ? Number(yearToken) : null;
  return monthSpan(published, month - 1, span, given, given === null ? first : first - 2, last);
}

/** Without a year, the one that puts the month nearest to the page's date. */
function monthSpan(
  published: NewsTime,
  month: number,
  span: readonly [number, number] | null,
  given: number | null,
  first: number,
  last: number,
): When {
  const year = new Date(published).getUTCFullYear();
  const candidates = given === null ? [year - 1, year, year + 1] : [given];
  const best =
    candidates
      .map((candidate) => ({ candidate, distance: Math.abs(Date.UTC(candidate, month, 15) - published) }))
      .sort((a, b) => a.distance - b.distance)[0]?.candidate ?? year;
  const monthEnd = Date.UTC(best, month + 1, 1);
  const from = span === null ? Date.UTC(best, month, 1) : Date.UTC(best, month, span[0]);
  const to = span === null ? monthEnd : Math.min(Date.UTC(best, month, span[1]), monthEnd);
  return { first, last, from: newsTime(from), to: newsTime(Math.max(to, from + DAY)) };
}
