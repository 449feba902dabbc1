/**
 * Wording: how core says names and days to people, the same in alerts, explanations and logs.
 *
 * "Financial Times (28 Feb) and The Information (3 Apr)".
 */
import type { NewsTime } from './time.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `28 Feb`, with the year when it is not the year of `now`. UTC. */
export function day(time: NewsTime, now: NewsTime): string {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  const text = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
  return year === new Date(now).getUTCFullYear() ? text : `${text} ${year}`;
}

/** The last day of a window that ends at `deadline` (exclusive): 24:00 UTC on 15 May is still 15 May. */
export function lastDay(deadline: NewsTime, now: NewsTime): string {
  return day((deadline - 1) as NewsTime, now);
}

/** `A`, `A and B`, `A, B and C`. */
export function listed(names: readonly string[], joint: 'and' | 'or' = 'and'): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${joint} ${names.at(-1) ?? ''}`;
}

/** `1 publisher`, `3 publishers`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
