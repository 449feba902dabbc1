/**
 * Feasts and meetings by which Chinese news dates things: the Lunar New Year and the Two Sessions.
 */
import type { NewsTime } from '../core/time.ts';
import { DAY, newsTime } from '../core/time.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { compilePhrases, find } from './phrase.ts';
import { textAt } from './tokens.ts';
import type { When } from './when.ts';

/** Lunar New Year's Day by year; 2023 to 2030, from the published calendar. */
const LUNAR_NEW_YEAR: Readonly<Record<number, string>> = {
  2023: '2023-01-22',
  2024: '2024-02-10',
  2025: '2025-01-29',
  2026: '2026-02-17',
  2027: '2027-02-06',
  2028: '2028-01-26',
  2029: '2029-02-13',
  2030: '2030-02-03',
};

const LUNAR = compilePhrases([
  '(for|before|by|in|around|with|at) (the|) (start of the|dawn of the|) year of the (rat|ox|tiger|rabbit|dragon|snake|horse|goat|sheep|monkey|rooster|dog|pig)',
  'year of the (rat|ox|tiger|rabbit|dragon|snake|horse|goat|sheep|monkey|rooster|dog|pig) (began|begins|starts|started|dawned|dawns|is here|arrives|arrived)',
  '大年',
  '除夕',
  '元宵',
  'lunar new year',
  'chinese new year',
  'spring festival',
  '农历新年',
  '春节',
  '农历年',
  '过年前',
  '新春',
  '年前',
]);
/** On a page close to the new year, the holiday without a name; the holiday season is that of Christmas. */
const HOLIDAY = compilePhrases([
  '(the|this) (holiday|holidays|festival|festivities)',
  '(for|at|around|over|before) the new year',
  '(节前|节后|节日期间|假期|长假)',
]);
const NOT_THIS_HOLIDAY = new Set(['season', 'shopping', 'sales', 'quarter', 'weekend']);
/** Farther from the days news means by the new year, "the holiday" is another one: early January's is New Year's Day. */
const HOLIDAY_AHEAD = 22 * DAY;
const HOLIDAY_OVER = 14 * DAY;
/** The yearly meeting of China's parliament and advisory body, opening on 4 and 5 March. */
const TWO_SESSIONS = compilePhrases([
  '(parliamentary|parliament|legislative|parliament s) (meeting|meetings|session|sessions|gathering)',
  'two sessions',
  '两会',
  'national people s congress',
  '全国人大会议',
]);

/** The feasts that the range names, each as the days that news means by it. */
export function feastsIn(reading: IndexedReading, range: Span, published: NewsTime): When[] {
  const found: When[] = [];
  for (const span of find(LUNAR, reading, range)) found.push(...lunar(span, published));
  for (const span of find(HOLIDAY, reading, range))
    if (!NOT_THIS_HOLIDAY.has(textAt(reading, span.last)))
      found.push(
        ...lunar(span, published).filter(
          ({ from, to }) => published > from - HOLIDAY_AHEAD && published < to + HOLIDAY_OVER,
        ),
      );
  const year = new Date(published).getUTCFullYear();
  for (const { first, last } of find(TWO_SESSIONS, reading, range))
    found.push({ first, last, from: newsTime(Date.UTC(year, 2, 1)), to: newsTime(Date.UTC(year, 2, 9)) });
  return found;
}

function lunar(span: Span, published: NewsTime): When[] {
  const year = new Date(published).getUTCFullYear();
  const nearest = [year, year + 1]
    .map((candidate) => LUNAR_NEW_YEAR[candidate])
    .filter((day): day is string => day !== undefined)
    .map((day) => Date.parse(day))
    .sort((a, b) => Math.abs(a - published) - Math.abs(b - published))[0];
  return nearest === undefined
    ? []
    : [{ first: span.first, last: span.last, from: newsTime(nearest - 7 * DAY), to: newsTime(nearest + 10 * DAY) }];
}
