/**
 * When to ask a publisher again. As seldom as its own rhythm allows, never sooner than it asks for, and never all
 * feeds at once.
 *
 *     12 items in the last week -> every 60 min;  a busy wire -> every 5 min;  ttl 30 -> at least 30 min
 *
 * Pure: now and chance are given.
 */
import { DAY, HOUR, MINUTE, wallTime, type NewsTime, type WallTime } from '../core/time.ts';

export interface PollPolicy {
  /** For a feed whose rhythm is unknown. */
  readonly defaultMs: number;
  readonly floorMs: number;
  /** The slowest rhythm we choose ourselves: an official's feed is quiet for months, then it is the news. */
  readonly quietMs: number;
  /** What a publisher, or failures, can raise it to. */
  readonly ceilingMs: number;
}

/** 24 polls a day of a quiet feed, nearly all of them answered 304; hosts complain from about 96 a day. */
export const POLL_POLICY: PollPolicy = { defaultMs: 15 * MINUTE, floorMs: 5 * MINUTE, quietMs: HOUR, ceilingMs: DAY };

export interface LastPoll {
  readonly result: 'read' | 'unchanged' | 'failed' | 'limited' | 'gone';
  /** Including this one; 0 after a good poll. */
  readonly failuresInRow: number;
  readonly retryAfterMs: number | null;
  readonly ttlMinutes: number | null;
  readonly cacheSeconds: number | null;
}

export interface NextPoll {
  readonly at: WallTime;
  readonly because: string;
}

/** `published`: dates of the feed's latest items in any order; `newsNow`: the clock they are compared with. */
export function nextPoll(
  last: LastPoll,
  published: readonly NewsTime[],
  now: WallTime,
  newsNow: NewsTime,
  random: () => number,
  policy: PollPolicy = POLL_POLICY,
): NextPoll | null {
  // 410 is the publisher's last word; only a person polls it again.
  if (last.result === 'gone') return null;
  const rhythm = rhythmMs(published, newsNow, policy);
  const asks: { ms: number; because: string }[] = [{ ms: rhythm.ms, because: rhythm.because }];
  if (last.ttlMinutes !== null)
    asks.push({
      ms: last.ttlMinutes * MINUTE,
      because: `the feed asks for ${inWords(last.ttlMinutes * MINUTE)} (ttl)`,
    });
  if (last.cacheSeconds !== null)
    asks.push({
      ms: last.cacheSeconds * 1000,
      because: `the server calls it fresh for ${inWords(last.cacheSeconds * 1000)}`,
    });
  if (last.failuresInRow > 0) {
    const ms = backOffMs(last.failuresInRow, policy);
    asks.push({ ms, because: `${last.failuresInRow} failed in a row: back-off of ${inWords(ms)}` });
  }
  if (last.retryAfterMs !== null)
    asks.push({ ms: last.retryAfterMs, because: `the server asks to wait ${inWords(last.retryAfterMs)}` });
  const longest = asks.reduce((a, b) => (b.ms >= a.ms ? b : a));
  const base = Math.min(longest.ms, policy.ceilingMs);
  // Our own rhythm may vary both ways; what a server asked for is never shortened.
  const spread = longest === asks[0] ? 0.9 + 0.2 * random() : 1 + 0.1 * random();
  return { at: wallTime(now + Math.max(policy.floorMs, Math.round(base * spread))), because: longest.because };
}

/** 5, 10, 20 ... minutes, at most the ceiling. */
export function backOffMs(failuresInRow: number, policy: PollPolicy = POLL_POLICY): number {
  return Math.min(policy.ceilingMs, policy.floorMs * 2 ** Math.min(20, Math.max(0, failuresInRow - 1)));
}

/** Half the feed's own gap over the last week, within floor and quiet. */
function rhythmMs(
  published: readonly NewsTime[],
  newsNow: NewsTime,
  policy: PollPolicy,
): { ms: number; because: string } {
  if (published.length === 0) return { ms: policy.defaultMs, because: 'its rhythm is not known yet' };
  const week = 7 * DAY;
  const recent = published.filter((at) => at <= newsNow && at > newsNow - week);
  if (recent.length === 0) return { ms: policy.quietMs, because: 'nothing new for a week' };
  // A feed that only holds its last 20 items shows less than a week of a busy wire.
  const span = Math.max(HOUR, recent.length === published.length ? newsNow - Math.min(...recent) : week);
  const gap = span / recent.length;
  const ms = Math.min(policy.quietMs, Math.max(policy.floorMs, gap / 2));
  return { ms, because: `an item about every ${inWords(gap)}` };
}

/** At least this long between two requests to one host. */
export const HOST_SPACING = 1_000;

export interface Silence {
  readonly silent: boolean;
  readonly medianGapMs: number | null;
  readonly sinceMs: number | null;
}

/** A feed that answers but has had nothing new for long by its own measure: 8 median gaps, at least 2 days. */
export function silence(published: readonly NewsTime[], newsNow: NewsTime): Silence {
  const times = [...new Set(published)].sort((a, b) => b - a);
  const latest = times[0];
  if (latest === undefined) return { silent: false, medianGapMs: null, sinceMs: null };
  const gaps = times
    .slice(1)
    .map((at, index) => (times[index] ?? at) - at)
    .sort((a, b) => a - b);
  const median = gaps.length < 3 ? null : (gaps[Math.floor(gaps.length / 2)] ?? null);
  const since = newsNow - latest;
  return { silent: median !== null && since > Math.max(2 * DAY, 8 * median), medianGapMs: median, sinceMs: since };
}

/** `90000` -> "2 min"; for sentences, not for reckoning. */
export function inWords(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.round(ms / 1000))} s`;
  if (ms < 2 * HOUR) return `${Math.round(ms / MINUTE)} min`;
  if (ms < 2 * DAY) return `${Math.round(ms / HOUR)} h`;
  return `${Math.round(ms / DAY)} days`;
}
