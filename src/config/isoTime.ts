/**
 * Times as configuration writes them: `2026-05-15`, or `2026-05-15T18:00Z` with a zone. A time without a zone would
 * mean something else on every machine, and `2026-02-30` would quietly become March: both are refused.
 */
import { deadlineOf, newsTime } from '../core/time.ts';
import type { NewsTime } from '../core/time.ts';

const SHAPE =
  /^(\d{4})-(\d{2})-(\d{2})(?:T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d))?$/;

/** The start of the day, or the moment; null when it is no such date. */
export function isoTime(written: string): NewsTime | null {
  return exists(written) ? newsTime(written) : null;
}

/** The same, where a day alone runs to its end. */
export function isoDeadline(written: string): NewsTime | null {
  return exists(written) ? deadlineOf(written) : null;
}

function exists(written: string): boolean {
  const parts = SHAPE.exec(written);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1970 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
