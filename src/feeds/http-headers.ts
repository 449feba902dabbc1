/**
 * What a feed server's headers say about time: `Retry-After: 120`, `Retry-After: Wed, 21 Oct 2026 07:28:00 GMT`,
 * `Cache-Control: max-age=900`, `Expires`.
 */

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** First value of a header, exactly as received; null when absent or empty. */
export function headerOf(headers: Headers, name: string): string | null {
  const value = headers[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined || first === '' ? null : first;
}

/** Both forms of RFC 9110, 10.2.3. A date is counted from the server's own Date, so that clocks may differ. */
export function retryAfterMs(headers: Headers): number | null {
  const written = headerOf(headers, 'retry-after')?.trim() ?? '';
  if (/^\d{1,9}(?:\.\d+)?$/.test(written)) return Math.round(Number(written) * 1000);
  const at = written === '' ? Number.NaN : Date.parse(written);
  if (!Number.isFinite(at)) return null;
  return Math.max(0, at - servedAt(headers));
}

/** Seconds the answer is called fresh; null when nothing is said or caching is ruled out. */
export function cacheSecondsOf(headers: Headers): number | null {
  const control = (headerOf(headers, 'cache-control') ?? '').toLowerCase();
  if (control.includes('no-store') || control.includes('no-cache')) return null;
  const maxAge = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/.exec(control)?.[1];
  if (maxAge !== undefined) return positive(Number(maxAge) - ageOf(headers));
  const expires = Date.parse(headerOf(headers, 'expires') ?? '');
  return Number.isFinite(expires) ? positive(Math.round((expires - servedAt(headers)) / 1000)) : null;
}

function ageOf(headers: Headers): number {
  const age = Number(headerOf(headers, 'age') ?? 0);
  return Number.isFinite(age) && age > 0 ? age : 0;
}

function servedAt(headers: Headers): number {
  const date = Date.parse(headerOf(headers, 'date') ?? '');
  return Number.isFinite(date) ? date : Date.now();
}

function positive(seconds: number): number | null {
  return seconds > 0 ? seconds : null;
}
