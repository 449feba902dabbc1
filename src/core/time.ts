/**
 * Two clocks that must never be mixed.
 *
 * News time is when the world says something happened: `published`, deadlines, "as of". A replay or the
 * demo runs it at any speed. Wall time is when this process acts: leases, retries, time-outs.
 * Both are milliseconds since 1970 UTC; the brands let the compiler refuse one where the other belongs.
 */

declare const newsBrand: unique symbol;
declare const wallBrand: unique symbol;

export type NewsTime = number & { readonly [newsBrand]: true };
export type WallTime = number & { readonly [wallBrand]: true };

/** What the effectful rooms are given instead of `Date.now()`. */
export interface Clock {
  readonly news: () => NewsTime;
  readonly wall: () => WallTime;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Parses an ISO date or date-time (date-only means 00:00 UTC). Throws RangeError on anything else. */
export function newsTime(value: string | number): NewsTime {
  const ms = typeof value === 'number' ? value : Date.parse(value);
  if (!Number.isFinite(ms)) throw new RangeError(`not a time: ${String(value)}`);
  return ms as NewsTime;
}

export function wallTime(ms: number): WallTime {
  return ms as WallTime;
}

/** A date-only deadline runs to 24:00 UTC of its day; a full date-time is taken as written. */
export function deadlineOf(value: string): NewsTime {
  const start = newsTime(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? newsTime(start + DAY) : start;
}

export function iso(time: NewsTime | WallTime): string {
  return new Date(time).toISOString();
}
