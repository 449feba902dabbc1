import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, newsTime, wallTime, type NewsTime } from '../../src/core/time.ts';
import { judgePoll, type PollNews } from '../../src/feeds/backfill.ts';
import { nextHealth, NEW_FEED, watchMove, type FeedHealth, type Move, type PollEvent } from '../../src/feeds/health.ts';
import { backOffMs, nextPoll, POLL_POLICY, silence, type LastPoll } from '../../src/feeds/schedule.ts';

const NEWS = newsTime('2026-04-04T12:00:00Z');
const WALL = wallTime(1_000_000);
const GOOD: LastPoll = { result: 'read', failuresInRow: 0, retryAfterMs: null, ttlMinutes: null, cacheSeconds: null };
const every = (gap: number, count: number, from: number = NEWS): NewsTime[] =>
  Array.from({ length: count }, (_, n) => newsTime(from - n * gap));

function minutes(last: Partial<LastPoll>, published: readonly NewsTime[] = [], random = 0.5): number {
  const next = nextPoll({ ...GOOD, ...last }, published, WALL, NEWS, () => random);
  return next === null ? Number.NaN : Math.round((next.at - WALL) / 6_000) / 10;
}

describe('a feed is asked again', () => {
  it('after 15 minutes when nothing is known of it', () => {
    expect(minutes({})).toBe(15);
  });
  it('every 5 minutes while it is a busy wire', () => {
    expect(minutes({}, every(2 * MINUTE, 100))).toBe(5);
  });
  it('twice in its own gap', () => {
    expect(minutes({}, every(HOUR, 24 * 10))).toBe(30);
  });
  it('every hour while it is quiet: an official says nothing for months, then it is the news', () => {
    expect(minutes({}, every(30 * DAY, 5, NEWS - 10 * DAY))).toBe(60);
  });
  it.each([
    ['its ttl', { ttlMinutes: 90 }, 94.5],
    ['the freshness its server claims', { cacheSeconds: 7_200 }, 126],
    ['Retry-After', { retryAfterMs: 3 * HOUR, failuresInRow: 1, result: 'limited' as const }, 189],
    ['its failures', { failuresInRow: 5, result: 'failed' as const }, 84],
  ])('not before %s says so', (_name, last, expected) => {
    expect(minutes(last)).toBe(expected);
    expect(minutes(last, [], 0)).toBeGreaterThanOrEqual(expected / 1.05);
  });
  it('after a day at the latest, whatever it asks for', () => {
    expect(minutes({ ttlMinutes: 100_000 }, [], 0)).toBe(24 * 60);
    expect(backOffMs(99)).toBe(DAY);
  });
  it('within a tenth of its rhythm, so that a batch does not stay one', () => {
    expect([minutes({}, [], 0), minutes({}, [], 1)]).toEqual([13.5, 16.5]);
  });
  it('never, once the publisher has ended it', () => {
    expect(nextPoll({ ...GOOD, result: 'gone' }, [], WALL, NEWS, () => 0)).toBeNull();
  });
});

describe('a feed that has gone quiet', () => {
  it('is measured by its own gaps', () => {
    expect(silence(every(HOUR, 20, NEWS - 3 * DAY), NEWS)).toMatchObject({ silent: true, medianGapMs: HOUR });
    expect(silence(every(DAY, 20, NEWS - 3 * DAY), NEWS).silent).toBe(false);
    expect(silence([], NEWS).silent).toBe(false);
  });
});

describe('what a poll brought', () => {
  const poll = (over: Partial<PollNews>): PollNews => ({
    fresh: [],
    total: 20,
    previous: newsTime(NEWS - 15 * MINUTE),
    now: NEWS,
    medianGapMs: HOUR,
    ...over,
  });
  const fresh = (count: number, published: number | null, titleKnown = false): PollNews['fresh'] =>
    Array.from({ length: count }, () => ({ published: published === null ? null : newsTime(published), titleKnown }));

  it('the first time is a baseline', () => {
    expect(judgePoll(poll({ previous: null, fresh: fresh(20, NEWS) }))).toMatchObject({
      verdict: 'baseline',
      announce: fresh(20, NEWS).map(() => false),
    });
  });
  it('is news when it is a few', () => {
    expect(judgePoll(poll({ fresh: fresh(3, NEWS) }))).toMatchObject({ verdict: 'news', announce: [true, true, true] });
  });
  it('is a backfill when an archive is served again', () => {
    expect(judgePoll(poll({ fresh: fresh(500, NEWS - 300 * DAY), total: 500 }))).toMatchObject({ verdict: 'backfill' });
  });
  it('is a backfill when links and guids changed under titles we know', () => {
    const decision = judgePoll(poll({ fresh: fresh(20, NEWS, true) }));
    expect(decision.verdict).toBe('backfill');
    expect(decision.announce.includes(true)).toBe(false);
  });
  it('is a backfill when all dates were bumped to now', () => {
    expect(judgePoll(poll({ fresh: fresh(20, NEWS) }))).toMatchObject({
      verdict: 'backfill',
      because: '20 of 20 entries are new at once, 1 were to be expected',
    });
  });
  it('is news after a day of ours in the dark, when a busy feed is rightly all new', () => {
    expect(judgePoll(poll({ fresh: fresh(20, NEWS), previous: newsTime(NEWS - DAY) }))).toMatchObject({
      verdict: 'news',
    });
  });
  it('does not announce single entries that resurface at the tail', () => {
    expect(judgePoll(poll({ fresh: [...fresh(1, NEWS), ...fresh(1, NEWS - 30 * DAY)] }))).toMatchObject({
      verdict: 'news',
      announce: [true, false],
    });
  });
});

describe('the health of a feed', () => {
  const good: PollEvent = { event: 'good' };
  const bad: PollEvent = { event: 'bad', reason: 'the server answered 500' };
  function after(...events: readonly (readonly [hour: number, PollEvent])[]): { health: FeedHealth; told: string[] } {
    let health = NEW_FEED;
    const told: string[] = [];
    for (const [hour, event] of events) {
      const change = nextHealth(health, event, 'Wire', wallTime(hour * HOUR));
      health = change.health;
      if (change.tell !== null) told.push(change.tell);
    }
    return { health, told };
  }

  it('is told once after a day in the dark, and once when it is back', () => {
    const { health, told } = after(
      [0, good],
      [1, bad],
      [5, bad],
      [24, bad],
      [25, bad],
      [30, bad],
      [60, bad],
      [61, good],
      [62, good],
    );
    expect(told).toEqual([
      'Wire has not answered for 24 h: the server answered 500. It goes on being tried',
      'Wire answers again after 3 days',
    ]);
    expect(health).toMatchObject({ state: 'healthy', failingSince: null, lastError: 'the server answered 500' });
  });
  it('counts failures in a row and forgets short ones', () => {
    expect(after([0, good], [1, bad], [2, bad])).toMatchObject({
      health: { state: 'failing', failingSince: HOUR, lastError: 'the server answered 500' },
      told: [],
    });
    expect(after([0, bad], [1, good], [23, bad], [25, bad]).told).toEqual([]);
  });
  it('says at once that a publisher has ended it, and once', () => {
    const gone: PollEvent = { event: 'gone', reason: 'the publisher has ended this feed (410)' };
    expect(after([0, good], [1, gone], [2, gone], [3, bad])).toMatchObject({
      health: { state: 'gone' },
      told: [
        'Wire: the publisher has ended this feed (410). It is no longer polled; remove it or give its new address',
      ],
    });
  });
});

describe('an address that moved for good', () => {
  function watch(...polls: readonly (readonly [hour: number, string | null])[]): (string | null)[] {
    let move: Move | null = null;
    return polls.map(([hour, to]) => {
      const decision = watchMove(move, to, wallTime(hour * HOUR));
      move = decision.move;
      return decision.adopt;
    });
  }
  it('is adopted after three good polls over a day', () => {
    expect(watch([0, 'b'], [1, 'b'], [23, 'b'], [24, 'b'])).toEqual([null, null, null, 'b']);
    expect(watch([0, 'b'], [30, 'b'])).toEqual([null, null]);
  });
  it('starts anew when the target changes or the redirect is gone', () => {
    expect(watch([0, 'b'], [12, null], [24, 'b'], [25, 'b'], [26, 'c'], [49, 'c'])).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

it('the policy is the one that is documented', () => {
  expect(POLL_POLICY).toEqual({ defaultMs: 15 * MINUTE, floorMs: 5 * MINUTE, quietMs: HOUR, ceilingMs: DAY });
});
