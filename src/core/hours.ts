/**
 * Clock times in a time zone: when quiet hours end, when the last digest was due. Sound over summer time in both directions:
 * a time that a zone skips counts as the moment after the gap, one that it repeats as its first coming.
 *
 *   quietUntil({ from: '22:00', to: '07:00' }, 'Europe/Berlin', at 23:30 local)  ->  07:00 local, in ms since 1970 UTC
 */
import { DAY, HOUR, MINUTE } from './time.ts';

interface Local {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly minutes: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

function localOf(at: number, zone: string): Local {
  const parts = formatOf(zone).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value);
  return { year: of('year'), month: of('month'), day: of('day'), minutes: of('hour') * 60 + of('minute') };
}

/** What the zone's clock shows, as if it were UTC: ordered like clocks, to the minute. */
function shownAt(at: number, zone: string): number {
  const { year, month, day, minutes } = localOf(at, zone);
  return Date.UTC(year, month - 1, day) + minutes * MINUTE;
}

/** The first moment of that local day at which the clock shows `minutes` or later. */
function momentOf(dayStart: number, minutes: number, zone: string): number {
  const wanted = dayStart + minutes * MINUTE;
  const guess = wanted - (shownAt(wanted, zone) - wanted);
  // No zone changes by more than two hours; the clock is walked from before any change that the guess missed.
  let late = guess - 3 * HOUR;
  while (shownAt(late, zone) < wanted) late += 15 * MINUTE;
  let early = late - 15 * MINUTE;
  while (late - early > MINUTE) {
    const middle = early + Math.floor((late - early) / (2 * MINUTE)) * MINUTE;
    if (shownAt(middle, zone) < wanted) early = middle;
    else late = middle;
  }
  return late;
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/** When the quiet hours that hold at `now` end; null when none hold. Crossing midnight is allowed. */
export function quietUntil(
  quiet: { readonly from: string; readonly to: string },
  zone: string,
  now: number,
): number | null {
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  const { minutes } = localOf(now, zone);
  const inside = from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
  if (!inside) return null;
  const today = Math.floor(shownAt(now, zone) / DAY) * DAY;
  for (const day of [today, today + DAY]) {
    const end = momentOf(day, to, zone);
    if (end > now) return end;
  }
  return now + MINUTE;
}

export interface DigestTime {
  readonly digest: 'daily' | 'weekly';
  readonly digestHour: number;
  /** 1 Monday to 7 Sunday. */
  readonly digestWeekday: number;
  readonly timeZone: string;
}

/**
 * The latest moment at or before `now` at which a digest was due, and the local date that names its period: the same for
 * every moment of the period, so that one is written exactly once whatever clocks and restarts do.
 */
export function digestDue(time: DigestTime, now: number): { readonly at: number; readonly period: string } {
  const today = Math.floor(shownAt(now, time.timeZone) / DAY) * DAY;
  for (let back = 0; ; back += 1) {
    const day = today - back * DAY;
    // 1 January 1970 was a Thursday.
    const weekday = ((((day / DAY + 3) % 7) + 7) % 7) + 1;
    if (time.digest === 'weekly' && weekday !== time.digestWeekday) continue;
    const at = momentOf(day, time.digestHour * 60, time.timeZone);
    if (at <= now) return { at, period: new Date(day).toISOString().slice(0, 10) };
  }
}
