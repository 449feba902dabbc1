/**
 * The demo's clock: five months of news in under a minute, with room for every page.
 *
 *   const clock = demoClock(archive.times, { seconds: 55 });
 *   clock.newsAt(0)       ->  just before the first page
 *   clock.newsAt(27_000)  ->  2026-02-26T09:12Z
 *   clock.elapsedAt(newsTime('2026-04-03'))  ->  where an interrupted demo goes on
 *
 * Piecewise linear: a straight line would show three empty weeks and then twenty pages in one blink. Here each gap
 * between two pages gets one slot of the demo's time, and a longer gap only a little more, so that quiet weeks are
 * felt but not waited for. Pure: wall time in milliseconds since the demo began goes in, news time comes out.
 */
import { DAY, HOUR, MINUTE, newsTime } from '../core/time.ts';
import type { NewsTime } from '../core/time.ts';

export interface DemoClock {
  readonly start: NewsTime;
  /** Where the fast beginning ends. */
  readonly prelude: NewsTime;
  /** The last page and a little more; the clock stands still there. */
  readonly end: NewsTime;
  /** Milliseconds from the demo's beginning until `end`. */
  readonly length: number;
  /** Never decreases; before 0 it is `start`, after `length` it is `end`. */
  newsAt(elapsedMs: number): NewsTime;
  /** The inverse of `newsAt`, for going on after an interruption. */
  elapsedAt(news: NewsTime): number;
}

interface Knot {
  readonly elapsed: number;
  readonly news: NewsTime;
}

/** How much longer than a slot a gap takes for each doubling of its days: three quiet weeks take 1.9 slots. */
const PER_DOUBLING = 0.2;

/** The first tenth of the pages passes 25 times as fast: whoever starts a demo wants to see an alert, not December. */
const PRELUDE = { share: 0.1, pace: 25 };

/** So that the last page's deadline-like consequences and its alerts still fall into the story. */
const AFTERMATH = 6 * HOUR;

/** `times` in any order, repeated ones count once. Throws RangeError without a time or with a length that is not positive. */
export function demoClock(times: readonly NewsTime[], options: { readonly seconds: number }): DemoClock {
  const moments = [...new Set(times)].sort((a, b) => a - b);
  const [first] = moments;
  const last = moments.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('a demo without pages has no clock');
  if (!(options.seconds > 0)) throw new RangeError(`not a length of time: ${String(options.seconds)} s`);
  const start = newsTime(first - MINUTE);
  const end = newsTime(last + AFTERMATH);
  const length = options.seconds * 1000;

  const stops = [...moments, end];
  const fast = Math.ceil(stops.length * PRELUDE.share);
  const slots = stops.map((news, at) => {
    const slot = 1 + PER_DOUBLING * Math.log2(1 + (news - (stops[at - 1] ?? start)) / DAY);
    return at < fast ? slot / PRELUDE.pace : slot;
  });
  const slotMs = length / slots.reduce((sum, slot) => sum + slot, 0);
  const knots: Knot[] = [{ elapsed: 0, news: start }];
  let elapsed = 0;
  for (const [at, news] of stops.entries()) {
    elapsed += (slots[at] ?? 0) * slotMs;
    // The sum of the slots may miss the length by a rounding error.
    knots.push({ elapsed: at === stops.length - 1 ? length : elapsed, news });
  }

  function newsAt(elapsedMs: number): NewsTime {
    const { before, after } = around(knots, 'elapsed', elapsedMs);
    return newsTime(Math.floor(between(elapsedMs, before.elapsed, after.elapsed, before.news, after.news)));
  }

  function elapsedAt(news: NewsTime): number {
    const { before, after } = around(knots, 'news', news);
    return between(news, before.news, after.news, before.elapsed, after.elapsed);
  }

  const prelude = stops[fast - 1] ?? end;
  return { start, prelude, end, length, newsAt, elapsedAt };
}

/** The two neighbouring knots whose `key` encloses `value`; the outermost pair for a value beyond them. */
function around(knots: readonly Knot[], key: keyof Knot, value: number): { before: Knot; after: Knot } {
  const found = knots.findIndex((knot) => knot[key] > value);
  const at = found === -1 ? knots.length - 1 : Math.max(found, 1);
  const before = knots[at - 1];
  const after = knots[at];
  if (before === undefined || after === undefined) throw new Error('a clock has at least two knots');
  return { before, after };
}

function between(value: number, from: number, to: number, low: number, high: number): number {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  // Not low + share * (high - low) at the ends: rounding must not pass them.
  return share === 1 ? high : low + share * (high - low);
}
