import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoClock } from '../../src/cli/demo-clock.ts';
import { DAY, HOUR, newsTime } from '../../src/core/time.ts';

const day = (text: string) => newsTime(`${text}T00:00Z`);
/** Story times: 1 to 120 moments within half a year, in any order, some of them twice. */
const stories = fc
  .array(fc.integer({ min: 0, max: 180 * 24 * 60 }), { minLength: 1, maxLength: 120 })
  .map((minutes) => minutes.map((minute) => newsTime(day('2025-12-01') + minute * 60_000)));
const lengths = fc.integer({ min: 1, max: 600 });

describe('the demo clock', () => {
  it('starts just before the first page and stands still a little after the last one', () => {
    const clock = demoClock([day('2026-04-24'), day('2025-12-01')], { seconds: 55 });
    expect(clock.newsAt(0)).toBeLessThan(day('2025-12-01'));
    expect(clock.newsAt(0)).toBeGreaterThan(day('2025-12-01') - HOUR);
    expect(clock.newsAt(55_000)).toBe(clock.end);
    expect(clock.newsAt(1e9)).toBe(clock.end);
    expect(clock.newsAt(-5)).toBe(clock.start);
    expect(clock.end - day('2026-04-24')).toBeLessThan(DAY);
  });

  it('never runs backwards, in steps of any size', () => {
    fc.assert(
      fc.property(
        stories,
        lengths,
        fc.array(fc.double({ min: -1e3, max: 7e5, noNaN: true }), { minLength: 2 }),
        (times, seconds, at) => {
          const clock = demoClock(times, { seconds });
          const told = [...at].sort((a, b) => a - b).map((elapsed) => clock.newsAt(elapsed));
          for (const [index, news] of told.entries())
            expect(news).toBeGreaterThanOrEqual(told[index - 1] ?? clock.start);
        },
      ),
    );
  });

  it('goes on from any news time as if it had never stopped', () => {
    fc.assert(
      fc.property(stories, lengths, fc.double({ min: 0, max: 1, noNaN: true }), (times, seconds, share) => {
        const clock = demoClock(times, { seconds });
        const news = newsTime(Math.round(clock.start + share * (clock.end - clock.start)));
        expect(Math.abs(clock.newsAt(clock.elapsedAt(news)) - news)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has shown every page when it stops, and none before its time', () => {
    fc.assert(
      fc.property(stories, lengths, (times, seconds) => {
        const clock = demoClock(times, { seconds });
        for (const time of times) {
          const elapsed = clock.elapsedAt(time);
          expect(elapsed).toBeGreaterThan(0);
          expect(elapsed).toBeLessThan(clock.length);
          expect(clock.newsAt(elapsed - 0.01)).toBeLessThanOrEqual(time);
        }
        expect(clock.elapsedAt(clock.end)).toBe(seconds * 1000);
      }),
    );
  });

  it('gives every page its room, however long the weeks between them', () => {
    fc.assert(
      fc.property(stories, (times) => {
        const clock = demoClock(times, { seconds: 55 });
        const shown = [...new Set(times)].map((time) => clock.elapsedAt(time)).sort((a, b) => a - b);
        const fair = clock.length / (shown.length + 1);
        // Half a year is 7.5 doublings of a day, so no gap takes more than 2.5 plain slots.
        for (const [index, elapsed] of shown.entries()) {
          const room = elapsed - (shown[index - 1] ?? 0);
          expect(room).toBeGreaterThan(fair / 2.5 / 25 - 1e-6);
          expect(room).toBeLessThan(fair * 3.4);
        }
      }),
    );
  });

  it('does not wait three quiet weeks', () => {
    const times = ['2026-03-01', '2026-03-02', '2026-03-23', '2026-03-24'].map(day);
    const clock = demoClock(
      [...times, ...Array.from({ length: 40 }, (_, at) => newsTime(day('2026-04-01') + at * HOUR))],
      {
        seconds: 44,
      },
    );
    const [, second, third] = times.map((time) => clock.elapsedAt(time));
    expect((third ?? 0) - (second ?? 0)).toBeLessThan(3000);
  });

  it('hurries through the first tenth, so that the first alert does not keep people waiting', () => {
    const times = Array.from({ length: 100 }, (_, at) => newsTime(day('2026-01-01') + at * DAY));
    const clock = demoClock(times, { seconds: 55 });
    expect(clock.elapsedAt(times[9] ?? clock.end)).toBeLessThan(1000);
  });

  it('refuses a story without pages and a demo without time', () => {
    expect(() => demoClock([], { seconds: 55 })).toThrow(RangeError);
    expect(() => demoClock([day('2026-01-01')], { seconds: 0 })).toThrow('not a length of time');
    expect(() => demoClock([day('2026-01-01')], { seconds: Number.NaN })).toThrow(RangeError);
  });
});
