/**
 * Dates as feeds write them: `Tue, 03 Jun 25 05:39:21 EDT`, `2025-06-03T17:39:21.123456+08:00`, `1748943561`,
 * `Tuesday, June 3, 2025 - 09:39`, `2025年06月03日 17:39`, `2004-07-08 11:56:58 오후`. Date.parse knows the first two.
 * A date without a zone is UTC: the feed's own zone is unknown, and ours would differ from machine to machine.
 */
import { fromWallClock, namedZone, zoneOf } from './date-zones.ts';

/** First letters of month names in the languages of the feeds we have met; longest prefix wins. */
const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'gen', 'ene', 'янв', 'ιαν', 'sty', 'oca', 'led', 'ocak', 'tammi'],
  ['feb', 'fev', 'fév', 'fev', 'фев', 'φεβ', 'lut', 'şub', 'úno', 'uno', 'helmi'],
  ['mar', 'mär', 'mrz', 'maa', 'мар', 'μάρ', 'μαρ', 'már', 'mrt', 'bře', 'bre'],
  ['apr', 'avr', 'abr', 'апр', 'απρ', 'ápr', 'kwi', 'nis', 'dub', 'huhti'],
  ['may', 'mai', 'mag', 'maj', 'mei', 'май', 'мая', 'μάι', 'μάϊ', 'μαι', 'μαϊ', 'máj', 'kvě', 'kve', 'touko'],
  ['jun', 'juin', 'giu', 'июн', 'ιούν', 'ιουν', 'jún', 'cze', 'haz', 'čvn', 'kesä'],
  ['jul', 'juil', 'lug', 'июл', 'ιούλ', 'ιουλ', 'júl', 'lip', 'tem', 'čvc', 'heinä'],
  ['aug', 'aoû', 'aou', 'ago', 'авг', 'αύγ', 'αυγ', 'sie', 'ağu', 'agu', 'srp', 'elo'],
  ['sep', 'set', 'сен', 'σεπ', 'sze', 'wrz', 'eyl', 'zář', 'zar', 'syys'],
  ['oct', 'okt', 'ott', 'out', 'окт', 'οκτ', 'paź', 'paz', 'eki', 'říj', 'rij', 'loka'],
  ['nov', 'noi', 'ноя', 'νοέ', 'νοε', 'lis', 'kas', 'marras'],
  ['dec', 'dez', 'déc', 'dic', 'des', 'дек', 'δεκ', 'gru', 'ara', 'pro', 'joulu'],
];
const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap((names, month) => names.map((name) => [name, month] as const)),
);

/** Milliseconds since 1970, or null when it is no date. Never throws. */
export function parseDate(written: string): number | null {
  const text = written.trim().slice(0, 100);
  if (text === '') return null;
  return standard(text) ?? epoch(text) ?? inNamedZone(text) ?? isoLike(text) ?? loose(text);
}

/** The two forms nearly all feeds use, with day, month and zone checked by us afterwards. */
function standard(text: string): number | null {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/.test(text))
    return finite(Date.parse(text));
  const rfc =
    /^(?:[A-Z][a-z]{2}, )?(\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|Z|UTC|\+0000)$/.exec(
      text,
    );
  if (rfc === null) return null;
  const [, day, month, year, hour, minute, second] = rfc;
  return moment(
    Number(year),
    MONTH_OF.get((month ?? '').toLowerCase()) ?? 0,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    0,
    0,
  );
}

function epoch(text: string): number | null {
  const match = /^(\d{9,10}|\d{12,13})(?:\.\d+)?$/.exec(text);
  if (match?.[1] === undefined) return null;
  return match[1].length <= 10 ? Number(match[1]) * 1000 : Number(match[1]);
}

/** `31 Mar 2023 20:19 America/Los_Angeles`: the wall clock there. A zone in figures before the name says it already. */
function inNamedZone(text: string): number | null {
  const zone = namedZone(text);
  if (zone === null || /(?:[+-]\d\d:?\d\d|Z)\s*\[?$/.test(text.slice(0, text.indexOf(zone)))) return null;
  const wall = parseDate(text.replace(zone, ''));
  return wall === null ? null : fromWallClock(zone, wall);
}

/** 2003 · 2003-12 · 20031231 · 2003-335 · 2003-12-31T10:14:55.5-0800 · 2003/12/31 10:14 PM */
function isoLike(text: string): number | null {
  if (/^\d\d-\d\d-\d\d$/.test(text)) return isoLike(`${fullYear(text.slice(0, 2))}${text.slice(2)}`);
  if (/^\d{14}$/.test(text)) return isoLike(`${text.slice(0, 8)}T${text.slice(8)}`);
  const match = /^(\d{4})(?:-?(\d{3})(?!\d)|[-/.](\d{1,2})(?:[-/.](\d{1,2}))?|(\d\d)(\d\d))?(?=$|[T\s,])(.*)$/is.exec(
    text,
  );
  if (match === null) return null;
  const [, year, ordinal, month = match[5], day = match[6], , , rest = ''] = match;
  // `2006 January 02` is no year with something behind it.
  if (ordinal === undefined && month === undefined && /\p{L}{3}/u.test(rest)) return null;
  const clock = clockOf(rest);
  if (clock === null) return null;
  if (ordinal !== undefined) return moment(Number(year), 0, Number(ordinal), ...clock, true);
  return moment(Number(year), Number(month ?? 1) - 1, Number(day ?? 1), ...clock);
}

type Clock = readonly [hour: number, minute: number, second: number, ms: number, zone: number];

/** Time of day and zone out of what stands around the date. Midnight UTC when it says nothing. */
function clockOf(rest: string): Clock | null {
  const time =
    /(?:^|\D)(\d{1,2})[:：h](\d{1,2})(?:[:：](\d{1,2})(?:[.,](\d{1,9}))?)?/i.exec(rest) ??
    /^T(\d\d)(\d\d)(?:(\d\d)(?:[.,](\d{1,9}))?)?/i.exec(rest);
  let hour = Number(time?.[1] ?? 0);
  if (/(?:^|[\s\d])p\.?m\.?\b|下午|晚上|오후|午後/i.test(rest) && hour < 12) hour += 12;
  else if (/(?:^|[\s\d])a\.?m\.?\b|上午|凌晨|오전|午前/i.test(rest) && hour === 12) hour = 0;
  const after = time === null ? rest : rest.slice(time.index + time[0].length);
  const zone = zoneOf(after);
  return [hour, Number(time?.[2] ?? 0), Number(time?.[3] ?? 0), Number(`0.${time?.[4] ?? 0}`) * 1000, zone];
}

/** Anything with a month, a day and a year in it, in any order. */
function loose(written: string): number | null {
  const text = /月|월/.test(written) && !/[年년]/.test(written) ? withMonthNamed(written) : written;
  const asian = /(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号]?(.*)$/s.exec(text);
  if (asian !== null) {
    const clock = clockOf(
      ` ${(asian[4] ?? '')
        .replace(/[时時시点點]\s*/g, ':')
        .replace(/[分분]\s*/g, ':')
        .replace(/[秒초]/g, '')
        .replace(/:(?=\s|$)/g, '')}`,
    );
    return clock === null ? null : moment(Number(asian[1]), Number(asian[2]) - 1, Number(asian[3]), ...clock);
  }
  // `2025 09.39.21`: the Finnish and Italian way to write a time.
  const spoken = text.replace(/(\d{4},?\s+)(\d\d)\.(\d\d)(?:\.(\d\d))?(?=\s|$)/, '$1$2:$3:$4').replace(/:(?=\s|$)/, '');
  return inWords(spoken);
}

/** `03 6月 2025` and `03 六月 2025`, as WordPress writes where it speaks Chinese -> `03 jun 2025`. */
function withMonthNamed(text: string): string {
  return text.replace(/(\d{1,2}|十[一二]?|[一二三四五六七八九])\s?[月월]/, (whole, number: string) => {
    const month = /^\d/.test(number) ? Number(number) : HAN_MONTHS.indexOf(number) + 1;
    return MONTHS[month - 1]?.[0] ?? whole;
  });
}

const HAN_MONTHS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

function inWords(text: string): number | null {
  const clock = clockOf(text);
  if (clock === null) return null;
  const time = /\d{1,2}[:：]\d{1,2}(?:[:：]\d{1,2}(?:[.,]\d+)?)?/.exec(text);
  const words = (
    time === null ? text : `${text.slice(0, time.index)} @ ${text.slice(time.index + time[0].length)}`
  ).toLowerCase();
  let month: number | null = null;
  let weekday: string | null = null;
  let timed = false;
  const numbers: string[] = [];
  for (const word of words.match(/@|[+-]\d{4}\b|\d+|\p{L}+/gu) ?? []) {
    if (word === '@') timed = true;
    else if (/^[+-]/.test(word)) {
      // `03-Jun-2025`, `3-6-2025`: the sign of a zone comes after the time.
      if (!timed && word.startsWith('-') && numbers.length === (month === null ? 2 : 1)) numbers.push(word.slice(1));
    } else if (/^\d/.test(word)) {
      if (numbers.length < 3) numbers.push(word);
    } else {
      weekday ??= word;
      // `mar. 03 juin` is a Tuesday of three languages.
      if (month === null || (month === 2 && weekday === 'mar')) month = monthOf(word) ?? month;
    }
  }
  // `03/06/2025` is the third of June in most countries and the sixth of March where most feeds with slashes come from.
  if (month === null) return numeric(numbers, clock, /\d[.-]\d/.test(words), DAYS.indexOf((weekday ?? '').slice(0, 3)));
  const year = numbers.find((n) => n.length === 4) ?? (numbers.length >= 2 ? numbers.at(-1) : undefined);
  const day = numbers.find((n) => n !== year && n.length <= 2) ?? (numbers[0] !== year ? numbers[0] : undefined);
  if (year === undefined || day === undefined) return null;
  return moment(fullYear(year), month, Number(day), ...clock);
}

/** `weekday` is 0 for Sunday and decides between two readings that both can be; -1 when it was not said. */
function numeric(numbers: readonly string[], clock: Clock, dayFirst: boolean, weekday: number): number | null {
  const [a = '', b = '', c = ''] = numbers;
  if (numbers.length < 3) return null;
  if (a.length === 4) return moment(Number(a), Number(b) - 1, Number(c), ...clock);
  if (c.length !== 4 && c.length !== 2) return null;
  const day = (first: boolean): number | null =>
    moment(fullYear(c), Number(first ? b : a) - 1, Number(first ? a : b), ...clock);
  const usual = day(dayFirst);
  const other = day(!dayFirst);
  return usual === null || (other !== null && !falls(usual, clock, weekday) && falls(other, clock, weekday))
    ? other
    : usual;
}

function falls(ms: number, clock: Clock, weekday: number): boolean {
  return weekday === -1 || new Date(ms + clock[4] * 60_000).getUTCDay() === weekday;
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const WEEKDAYS: ReadonlySet<string> = new Set([
  'mardi',
  'martes',
  'martedi',
  'martedì',
  'maandag',
  'mar.',
  'marti',
  'marți',
]);

function monthOf(word: string): number | null {
  if (WEEKDAYS.has(word)) return null;
  for (let length = Math.min(6, word.length); length >= 3; length -= 1) {
    const month = MONTH_OF.get(word.slice(0, length));
    if (month !== undefined) return month;
  }
  return null;
}

/** Two and three digits: RFC 2822, 4.3. */
function fullYear(year: string): number {
  const n = Number(year);
  if (year.length > 3) return n;
  if (year.length === 3) return 1900 + n;
  return n < 70 ? 2000 + n : 1900 + n;
}

/** 24:00 and second 60 roll over; a 31st of February or a 25th hour is no date. */
function moment(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  ms: number,
  zone: number,
  ordinal = false,
): number | null {
  if (
    month < 0 ||
    month > 11 ||
    day < 1 ||
    (!ordinal && day > 31) ||
    hour > 24 ||
    minute > 59 ||
    second > 60 ||
    Math.abs(zone) > 900
  )
    return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  if (ordinal ? date.getUTCFullYear() !== year : date.getUTCMonth() !== month) return null;
  date.setUTCHours(hour, minute, second, Math.floor(ms));
  return finite(date.getTime() - zone * 60_000);
}

function finite(ms: number): number | null {
  return Number.isFinite(ms) ? ms : null;
}
