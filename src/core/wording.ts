/**
 * Wording: how core says names and days to people, the same in alerts, explanations and logs.
 *
 * "Financial Times (28 Feb) and The Information (3 Apr)".
 */
import type { Claim } from './claim.ts';
import type { Status } from './status.ts';
import { DAY, HOUR, MINUTE } from './time.ts';

/** What is settled first, then what is contested, then what is open: the order of every board. */
export const STATUS_ORDER: readonly Status[] = [
  'confirmed',
  'disputed',
  'corroborated',
  'reported',
  'refuted',
  'unverified',
  'expired',
];

const WORDS: Readonly<Record<Status, string>> = {
  confirmed: 'Confirmed',
  corroborated: 'Corroborated',
  reported: 'Reported',
  unverified: 'Unverified',
  disputed: 'Disputed',
  refuted: 'Refuted',
  expired: 'Expired',
};

/** The word people read for a status; a refuted standing claim may still become true, so it says so. */
export function statusWord(status: Status, kind: Claim['kind']): string {
  return status === 'refuted' && kind === 'standing' ? 'Not so far' : WORDS[status];
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `28 Feb`, with the year when it is not the year of `now`. UTC. */
export function day(time: number, now: number): string {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  const text = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
  return year === new Date(now).getUTCFullYear() ? text : `${text} ${year}`;
}

/** The last day of a window that ends at `deadline` (exclusive): 24:00 UTC on 15 May is still 15 May. */
export function lastDay(deadline: number, now: number): string {
  return day(deadline - 1, now);
}

/** `A`, `A and B`, `A, B and C`. */
export function listed(names: readonly string[], joint: 'and' | 'or' = 'and'): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${joint} ${names.at(-1) ?? ''}`;
}

/** `1 publisher`, `1,200 publishers`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
}

/** `A`, `A and B`, `A, B and 16 others`: `most` names at most. */
export function abridged(names: readonly string[], most = 3): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return `${names.slice(0, most - 1).join(', ')} and ${counted(names.length - most + 1, 'other')}`;
}

/** "4 min ago". A clock that runs ahead makes no "-3 min ago". */
export function agoWords(time: number, now: number): string {
  const age = now - time;
  if (age < MINUTE) return 'just now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)} h ago`;
  return `${Math.floor(age / DAY)} days ago`;
}

/** Nearest first: ["Yahoo", "Reuters", "The Information"] -> "Yahoo citing Reuters citing The Information". */
export function chainWords(chain: readonly string[]): string {
  return chain.join(' citing ');
}
