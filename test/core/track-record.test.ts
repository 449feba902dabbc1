/**
 * Who was first and whether they were right: counted from decisions, said in words, and never part of one.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/core/evidence.ts';
import type { Status } from '../../src/core/status.ts';
import { decide } from '../../src/core/status.ts';
import { newsTime } from '../../src/core/time.ts';
import type { Standing, TrackRecord } from '../../src/core/track-record.ts';
import { recordInWords, trackRecords } from '../../src/core/track-record.ts';
import { claim, official, on, registry, says } from '../stories.ts';

const origin = (source: string, date: string, strength: 'official' | 'attributed' = 'attributed') => ({
  source,
  name: source,
  strength,
  first: newsTime(date),
});
const standing = (status: Status, ...supporting: Standing['supporting'][number][]): Standing => ({
  status,
  supporting,
});
const words = (claims: readonly Standing[], source: string): string | undefined => {
  const record = trackRecords(claims).find((one) => one.source === source);
  return record && recordInWords(record);
};

describe('a track record', () => {
  it('counts the claims an origin was first on, how they ended, and how far ahead it was', () => {
    const claims = [
      standing('confirmed', origin('the-information', '2026-04-03'), origin('deepseek', '2026-04-24', 'official')),
      standing('confirmed', origin('the-information', '2026-04-01'), origin('reuters', '2026-04-07')),
      standing('refuted', origin('the-information', '2026-04-01'), origin('reuters', '2026-04-03')),
      standing('corroborated', origin('the-information', '2026-05-01'), origin('bloomberg', '2026-05-09')),
      standing('reported', origin('reuters', '2026-05-01')),
      standing('expired', origin('reuters', '2026-02-01')),
      standing('unverified'),
    ];
    expect(words(claims, 'the-information')).toBe(
      'first on 4 claims: 2 confirmed, 1 refuted, 1 open; 7 days ahead on median',
    );
    expect(words(claims, 'reuters')).toBe('first on 2 claims: 1 expired, 1 open');
    expect(trackRecords(claims).map(({ source }) => source)).toEqual(['the-information', 'reuters']);
  });

  it('does not call a party first on what it says itself', () => {
    expect(trackRecords([standing('confirmed', origin('deepseek', '2026-04-24', 'official'))])).toEqual([]);
  });

  it.each([
    ['2026-04-03T00:20:00Z', '; others had it within the hour'],
    ['2026-04-03T05:00:00Z', '; 5 hours ahead of the next origin'],
    ['2026-04-04T02:00:00Z', '; 1 day ahead of the next origin'],
  ])('says a single lead until %s as what it is', (next, lead) => {
    const claims = [standing('reported', origin('reuters', '2026-04-03'), origin('bloomberg', next))];
    expect(words(claims, 'reuters')).toBe(`first on 1 claim: 1 open${lead}`);
  });

  it('gives a share only from twenty settled claims on', () => {
    const many = (confirmed: number): Standing[] => [
      ...Array.from({ length: confirmed }, () => standing('confirmed', origin('reuters', '2026-04-03'))),
      ...Array.from({ length: 4 }, () => standing('refuted', origin('reuters', '2026-04-03'))),
    ];
    expect(words(many(15), 'reuters')).toBe('first on 19 claims: 15 confirmed, 4 refuted');
    expect(words(many(16), 'reuters')).toBe(
      'first on 20 claims: 16 confirmed, 4 refuted (80 % of 20 settled were confirmed)',
    );
  });

  it('changes no status: the same evidence decides alike whatever the origins did on other claims', () => {
    const now = newsTime('2026-06-01');
    const here = [on('2026-04-01', says('supports', 'reuters')), on('2026-04-02', says('supports', 'the-information'))];
    const elsewhere = (right: boolean): Evidence[] =>
      Array.from({ length: 30 }, (_, n) => {
        const id = `other-${n}`;
        return [
          { ...on('2026-03-01', says('supports', 'the-information')), claim: id, id: `${id}-first` },
          {
            ...official(on('2026-03-09', says(right ? 'supports' : 'refutes', 'deepseek'))),
            claim: id,
            id: `${id}-end`,
          },
        ];
      }).flat();
    const recordOf = (rows: readonly Evidence[]): TrackRecord | undefined =>
      trackRecords(
        [...new Set(rows.map((row) => row.claim))].map((id) => decide(claim({ id }), rows, [], now, { registry })),
      ).find(({ source }) => source === 'the-information');
    expect(recordOf(elsewhere(true))).toMatchObject({ first: 30, confirmed: 30 });
    expect(recordOf(elsewhere(false))).toMatchObject({ first: 30, refuted: 30 });
    const alone = decide(claim(), here, [], now, { registry });
    fc.assert(
      fc.property(fc.boolean(), fc.subarray(elsewhere(true)), fc.subarray(elsewhere(false)), (right, good, bad) => {
        expect(decide(claim(), [...here, ...(right ? good : bad)], [], now, { registry })).toEqual(alone);
      }),
      { numRuns: 50 },
    );
  });
});
