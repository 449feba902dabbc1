import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestDue, quietUntil } from '../../src/core/hours.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';

const at = (time: string): number => Date.parse(time);
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];

describe('quiet hours', () => {
  const night = { from: '22:00', to: '07:00' };
  it.each<[when: string, zone: string, quiet: { from: string; to: string }, until: string | null]>([
    ['2026-07-01T20:00:00Z', 'Europe/Berlin', night, '2026-07-02T05:00:00.000Z'],
    ['2026-07-01T04:59:00Z', 'Europe/Berlin', night, '2026-07-01T05:00:00.000Z'],
    ['2026-07-01T05:00:00Z', 'Europe/Berlin', night, null],
    ['2026-07-01T19:59:00Z', 'Europe/Berlin', night, null],
    ['2026-07-01T12:30:00Z', 'UTC', { from: '12:00', to: '13:00' }, '2026-07-01T13:00:00.000Z'],
    // Clocks go forward at 02:00 on 29 March: the night is an hour shorter, and 02:30 does not come at all.
    ['2026-03-28T23:00:00Z', 'Europe/Berlin', night, '2026-03-29T05:00:00.000Z'],
    ['2026-03-28T23:00:00Z', 'Europe/Berlin', { from: '22:00', to: '02:30' }, '2026-03-29T01:00:00.000Z'],
    // Clocks go back at 03:00 on 25 October: the night is an hour longer.
    ['2026-10-24T21:00:00Z', 'Europe/Berlin', night, '2026-10-25T06:00:00.000Z'],
  ])('at %s in %s', (when, zone, quiet, until) => expect(iso(quietUntil(quiet, zone, at(when)))).toBe(until));

  it('end within a day, and are over when they end or in the hour that the zone repeats', () => {
    const clock = fc.integer({ min: 0, max: 1439 }).map((m) => new Date(m * MINUTE).toISOString().slice(11, 16));
    fc.assert(
      fc.property(
        clock,
        clock,
        fc.constantFrom(...ZONES),
        fc.integer({ min: at('2026-01-01'), max: at('2027-01-01') }),
        (from, to, zone, now) => {
          fc.pre(from !== to);
          const end = quietUntil({ from, to }, zone, now);
          if (end === null) return;
          expect(end).toBeGreaterThan(now);
          expect(end - now).toBeLessThanOrEqual(DAY + HOUR);
          const again = quietUntil({ from, to }, zone, end);
          if (again !== null) expect(again - end).toBeLessThanOrEqual(HOUR);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('when a digest is due', () => {
  const daily = { digest: 'daily', digestHour: 8, digestWeekday: 1, timeZone: 'Europe/Berlin' } as const;
  it.each<[when: string, time: Partial<Parameters<typeof digestDue>[0]>, due: string, period: string]>([
    ['2026-07-01T06:00:00Z', {}, '2026-07-01T06:00:00.000Z', '2026-07-01'],
    ['2026-07-01T05:59:59Z', {}, '2026-06-30T06:00:00.000Z', '2026-06-30'],
    // 25 November 2026 is a Wednesday.
    ['2026-11-25T12:00:00Z', { digest: 'weekly' }, '2026-11-23T07:00:00.000Z', '2026-11-23'],
    ['2026-11-25T12:00:00Z', { digest: 'weekly', digestWeekday: 7 }, '2026-11-22T07:00:00.000Z', '2026-11-22'],
    // 02:00 is skipped in Berlin on 29 March, and comes twice on 25 October.
    ['2026-03-29T12:00:00Z', { digestHour: 2 }, '2026-03-29T01:00:00.000Z', '2026-03-29'],
    ['2026-10-25T12:00:00Z', { digestHour: 2 }, '2026-10-25T00:00:00.000Z', '2026-10-25'],
    ['2026-11-01T05:45:00Z', { digestHour: 1, timeZone: 'America/New_York' }, '2026-11-01T05:00:00.000Z', '2026-11-01'],
    ['2026-11-01T06:45:00Z', { digestHour: 1, timeZone: 'America/New_York' }, '2026-11-01T05:00:00.000Z', '2026-11-01'],
  ])('at %s with %j', (when, time, due, period) =>
    expect(digestDue({ ...daily, ...time }, at(when))).toEqual({ at: at(due), period }),
  );

  it('once a day in every zone through a whole year, whenever somebody looks', () => {
    for (const timeZone of ZONES) {
      for (const digestHour of timeZone === 'Europe/Berlin' ? [0, 2] : [2]) {
        const periods: string[] = [];
        for (let now = at('2026-01-01T23:59:00Z'); now < at('2026-12-31'); now += 17 * HOUR) {
          const { period, at: due } = digestDue({ ...daily, timeZone, digestHour }, now);
          expect(due).toBeLessThanOrEqual(now);
          if (periods.at(-1) !== period) periods.push(period);
        }
        expect(new Set(periods).size).toBe(periods.length);
        for (const [index, period] of periods.slice(1).entries())
          expect(at(period) - at(periods[index] ?? '')).toBe(DAY);
      }
    }
  });
});
