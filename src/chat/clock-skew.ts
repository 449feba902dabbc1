/**
 * A platform's HTTP Date against our clock: Slack refuses signatures that are five minutes off, and so do we.
 */

/** Date has whole seconds and the answer took a moment: only what nothing else explains. */
const MOST_SKEW_MS = 60_000;

/** One sentence, or null when the two agree or the header says nothing. */
export function skewLine(platform: string, dateHeader: string | null, now: number): string | null {
  const theirs = Date.parse(dateHeader ?? '');
  if (!Number.isFinite(theirs) || Math.abs(now - theirs) <= MOST_SKEW_MS) return null;
  const seconds = Math.round(Math.abs(now - theirs) / 1000);
  return `${platform}: this machine's clock is ${seconds} s ${now > theirs ? 'ahead of' : 'behind'} ${platform}'s: set it right (NTP)`;
}
