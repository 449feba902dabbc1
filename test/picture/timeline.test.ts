import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STATUSES } from '../../src/core/status.ts';
import { DAY } from '../../src/core/time.ts';
import { markup } from '../../src/picture/markup.ts';
import type { TimelineFacts } from '../../src/picture/timeline.ts';
import { bandsOf, inWords, spanOf, sparkline, timeline } from '../../src/picture/timeline.ts';

const at = (day: string) => Date.parse(day);
const NOW = at('2026-04-28');

const FACTS: TimelineFacts = {
  kind: 'event',
  status: 'confirmed',
  since: at('2026-04-24'),
  changes: [
    { to: 'reported', at: at('2026-02-28') },
    { to: 'corroborated', at: at('2026-04-03') },
    { to: 'confirmed', at: at('2026-04-24') },
  ],
  origins: [
    { name: 'Financial Times', first: at('2026-02-28'), against: false },
    { name: 'The Information', first: at('2026-04-03'), against: false },
    { name: 'DeepSeek', first: at('2026-04-24'), against: false },
  ],
  articles: [at('2026-04-04'), at('2026-04-05')],
  deadline: null,
};

function numbers(svg: string, pattern: RegExp): number[] {
  return [...svg.matchAll(pattern)].map((match) => Number(match[1]));
}

describe('the timeline of a claim', () => {
  test('has a band for each status, taller the more is known, and a numbered mark for each origin in time order', () => {
    const svg = markup(timeline(FACTS, NOW, 900));
    expect([...svg.matchAll(/class="band s-(\w+)"/g)].map((match) => match[1])).toEqual([
      'unverified',
      'reported',
      'corroborated',
      'confirmed',
    ]);
    const heights = numbers(svg, /class="band[^>]*height="([\d.]+)"/g);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    const marks = numbers(svg, /<circle cx="([\d.]+)"/g);
    expect(marks).toEqual([...marks].sort((a, b) => a - b));
    expect(numbers(svg, /text-anchor="middle"\s*>(\d)<\/text/g)).toEqual([1, 2, 3]);
    expect(svg.match(/class="tick"/g)).toHaveLength(2);
  });

  test('tells a screen reader the same in one sentence', () => {
    expect(inWords(FACTS, NOW)).toBe(
      'Timeline: Reported 28 Feb, Corroborated 3 Apr, Confirmed 24 Apr. Origins: Financial Times 28 Feb, The Information 3 Apr, DeepSeek 24 Apr.',
    );
    const forecast = { ...FACTS, changes: [], origins: [], status: 'unverified', deadline: at('2026-05-16') } as const;
    expect(inWords(forecast, NOW)).toBe('Timeline: Unverified. No origin counts. Deadline 15 May.');
    expect(markup(timeline(FACTS, NOW, 340))).toContain('role="img" aria-label="Timeline: Reported 28 Feb');
  });

  test('draws a deadline that lies ahead of an open claim, and leaves out one far beyond a settled one', () => {
    const open = {
      ...FACTS,
      status: 'reported',
      changes: FACTS.changes.slice(0, 1),
      deadline: at('2026-05-16'),
    } as const;
    expect(markup(timeline(open, NOW, 900))).toContain('deadline 15 May');
    expect(markup(timeline({ ...FACTS, deadline: at('2027-01-01') }, NOW, 900))).not.toContain('class="deadline"');
  });

  test('ends soon after a settled claim came to rest, however long ago that was', () => {
    expect(spanOf(FACTS, at('2028-01-01')).to).toBeLessThan(at('2026-06-01'));
    expect(spanOf({ ...FACTS, status: 'disputed' }, at('2028-01-01')).to).toBe(at('2028-01-01'));
  });

  test('puts marks of one day above each other instead of on each other', () => {
    const origins = Array.from({ length: 3 }, (_, index) => ({
      name: `O${index}`,
      first: at('2026-04-03'),
      against: false,
    }));
    const heights = numbers(markup(timeline({ ...FACTS, origins }, NOW, 340)), /<circle cx="[\d.]+" cy="([\d.-]+)"/g);
    expect(new Set(heights).size).toBe(3);
  });

  test('shows a known status without a history from the day it is known to hold', () => {
    const recorded = { ...FACTS, changes: [] };
    expect(bandsOf(recorded, at('2026-04-01'), NOW).map((band) => [band.status, band.from])).toEqual([
      ['unverified', at('2026-04-01')],
      ['confirmed', at('2026-04-24')],
    ]);
  });

  test('stays inside its picture and covers its time without a gap, whatever the history', () => {
    const time = fc.integer({ min: NOW - 3000 * DAY, max: NOW + 30 * DAY });
    const facts = fc.record({
      kind: fc.constantFrom('event', 'forecast', 'standing'),
      status: fc.constantFrom(...STATUSES),
      since: fc.option(time),
      changes: fc
        .array(fc.record({ to: fc.constantFrom(...STATUSES), at: time }), { maxLength: 12 })
        .map((changes) => changes.sort((a, b) => a.at - b.at)),
      origins: fc.array(fc.record({ name: fc.string(), first: time, against: fc.boolean() }), { maxLength: 30 }),
      articles: fc.array(time, { maxLength: 40 }),
      deadline: fc.option(time),
    }) as fc.Arbitrary<TimelineFacts>;
    fc.assert(
      fc.property(facts, fc.constantFrom(340, 900), (fact, width) => {
        const svg = markup(timeline(fact, NOW, width));
        // A name may be any word, "NaN" too: places are what must be numbers.
        expect(svg).not.toMatch(/ (?:x|y|x1|x2|y1|y2|cx|cy|width|height)="(?:-|NaN|Infinity|undefined)/);
        expect(Math.max(0, ...numbers(svg, /x="([\d.]+)" y=/g))).toBeLessThanOrEqual(width);
        const span = spanOf(fact, NOW);
        const bands = bandsOf(fact, span.from, Math.min(NOW, span.to));
        bands.slice(1).forEach((band, index) => expect(band.from).toBe(bands[index]?.to));
        expect(markup(sparkline(fact, span, NOW))).not.toMatch(/="(?:NaN|Infinity)/);
      }),
      { numRuns: 200 },
    );
  });
});
