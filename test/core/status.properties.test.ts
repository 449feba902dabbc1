import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/core/claim.ts';
import { EVIDENCE_EVENTS } from '../../src/core/claim.ts';
import type { Evidence, Strength } from '../../src/core/evidence.ts';
import { STANCES, STRENGTHS } from '../../src/core/evidence.ts';
import type { StatusDecision } from '../../src/core/status.ts';
import { DAY, newsTime } from '../../src/core/time.ts';
import { claim, decided, h200Delivered, official, on, says, sources, v4OnHuawei, v4WithinWeeks } from '../stories.ts';

const LISTED = sources.map((source) => source.id);
const UNLISTED = ['blog.example', 'other.example', 'third.example'];
/** Whom a text may credit: everybody listed, and names nobody lists. */
const NAMES = [...LISTED, 'Whale Lab', 'people at DeepSeek'];

const claims = fc.constantFrom(
  v4OnHuawei,
  v4WithinWeeks,
  h200Delivered,
  claim({ authorities: [], deniers: [] }),
  claim({ ...v4WithinWeeks, authorities: ['deepseek', 'huawei'], deniers: ['deepseek', 'us-commerce'] }),
);

/** Few days, so that rows of one time are common. */
const date = fc.constantFrom('2026-04-01', '2026-04-02', '2026-04-03', '2026-05-20');

const anyRow: fc.Arbitrary<Evidence> = fc
  .record({
    publisher: fc.constantFrom(...LISTED, ...UNLISTED),
    chain: fc.array(fc.constantFrom(...NAMES), { maxLength: 2 }),
    stance: fc.constantFrom(...STANCES),
    strength: fc.constantFrom(...STRENGTHS),
    event: fc.constantFrom(...EVIDENCE_EVENTS),
    unattributed: fc.boolean(),
    date,
    text: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    article: fc.integer({ min: 1, max: 30 }),
    retracted: fc.integer({ max: 10, min: 0 }).map((n) => n === 0),
  })
  .map(({ publisher, chain, stance, strength, event, unattributed, date, text, article, retracted }) => {
    const row = on(date, says(stance, publisher, ...chain));
    const origin = chain.length === 0 && unattributed ? 'unattributed' : row.origin;
    return { ...row, strength, event, origin, retracted, textGroup: text, article: `${publisher}-${article}` };
  });

/** At most 24 rows: enough for every rule and clash, small enough to read when one fails. */
const anyRows = fc.array(anyRow, { maxLength: 24 });
const days = fc.constantFrom('2026-04-02', '2026-05-15', '2026-06-01');

function check<T>(property: fc.IProperty<T>): void {
  fc.assert(property, { numRuns: 300 });
}

describe('whatever the evidence', () => {
  it('the order of arrival does not matter', () => {
    const shuffled = anyRows.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    check(
      fc.property(claims, shuffled, days, (claim, [rows, other], at) => {
        expect(decided(claim, other, at)).toEqual(decided(claim, rows, at));
      }),
    );
  });

  it('a row that comes twice is one row', () => {
    check(
      fc.property(claims, anyRows, days, (claim, rows, at) => {
        expect(decided(claim, [...rows, ...rows], at)).toEqual(decided(claim, rows, at));
      }),
    );
  });

  it('what is published later plays no part', () => {
    check(
      fc.property(claims, anyRows, days, (claim, rows, at) => {
        const past = rows.filter((row) => row.published <= newsTime(at));
        expect(decided(claim, rows, at)).toEqual(decided(claim, past, at));
      }),
    );
  });

  it('every row is accounted for: it made an origin count, or there is a reason why not', () => {
    check(
      fc.property(claims, anyRows, (claim, rows) => {
        const decision = decided(claim, rows);
        const counting = [...decision.supporting, ...decision.refuting].map((origin) => origin.evidence);
        const refused = decision.notCounted.map((row) => row.evidence);
        expect([...counting, ...refused].sort()).toEqual(rows.map((row) => row.id).sort());
        for (const { reason } of decision.notCounted) expect(reason).not.toBe('');
      }),
    );
  });

  it('says why, and what would change it', () => {
    check(
      fc.property(claims, anyRows, days, (claim, rows, at) => {
        const { because, wouldChange } = decided(claim, rows, at);
        expect(because).toMatch(/^[A-Z0-9].*\.$/s);
        expect(`${because} ${wouldChange.join(' ')}`).not.toMatch(/undefined|null|NaN|row-\d|the-information/);
        expect(wouldChange.length).toBeGreaterThan(0);
      }),
    );
  });

  it('counts no two origins of one owner on one side', () => {
    check(
      fc.property(claims, anyRows, (claim, rows) => {
        for (const side of [decided(claim, rows).supporting, decided(claim, rows).refuting]) {
          const owners = side.map((origin) => sources.find((source) => source.id === origin.source)?.owner);
          expect(new Set(owners).size).toBe(owners.length);
        }
      }),
    );
  });
});

describe('an echo never changes a status', () => {
  /** The same origin and side once more, on the page of somebody who is no origin here himself. */
  function echoes(
    claim: Claim,
    rows: readonly Evidence[],
    decision: StatusDecision,
    publishers: readonly string[],
  ): Evidence[] {
    const counted = [...decision.supporting, ...decision.refuting];
    const origins = new Set([...counted.map((origin) => origin.source), ...rows.flatMap(creditedIn)]);
    return counted.flatMap((origin) => {
      const original = rows.find((row) => row.id === origin.evidence);
      if (original === undefined) return [];
      return publishers
        .filter((publisher) => !origins.has(publisher) && publisher !== 'albis')
        .map((publisher) => {
          const echo = says(original.stance, publisher, origin.source);
          const { strength, event, claim, published } = original;
          return { ...echo, strength, event, claim, published: newsTime(published + DAY / 2) };
        });
    });
  }
  function creditedIn(row: Evidence): string[] {
    const cited = row.origin === 'publisher' || row.origin === 'unattributed' ? [] : [row.origin];
    return [...row.chain, ...cited].flatMap(({ source }) => source ?? []).concat(row.publisher.source ?? []);
  }

  it.each([
    ['one', ['hk01']],
    ['one on each kind of page', ['hk01', 'yahoo', 'udn', 'blog.example', 'pr-newswire']],
    ['twenty', Array.from({ length: 20 }, (_, n) => `relay-${n}.example`)],
  ])('%s', (_, publishers) => {
    check(
      fc.property(claims, anyRows, (claim, rows) => {
        const before = decided(claim, rows);
        const after = decided(claim, [...rows, ...echoes(claim, rows, before, publishers)]);
        expect([after.status, after.rule]).toEqual([before.status, before.rule]);
        expect(after.supporting.length).toBe(before.supporting.length);
      }),
    );
  });
});

describe('noise never moves a status', () => {
  const weak: fc.Arbitrary<Strength> = fc.constantFrom('rumour', 'opinion');
  const rumours = fc.array(
    fc.tuple(anyRow, weak).map(([row, strength]) => ({ ...row, strength })),
    { maxLength: 30 },
  );
  const strangers = fc.array(
    fc.tuple(anyRow, fc.integer({ min: 1, max: 99 })).map(([row, n]): Evidence => ({
      ...row,
      publisher: { source: null, domain: `page-${n}.example`, name: 'A page' },
      origin: 'publisher',
      chain: [],
    })),
    { maxLength: 30 },
  );
  const lowCredibility = fc.array(
    anyRow.map((row): Evidence => ({ ...row, publisher: { source: 'albis', domain: 'albis.news', name: 'Albis' } })),
    { maxLength: 30 },
  );

  it.each([
    ['rumours and opinions', rumours],
    ['the own word of unlisted pages, however official it sounds', strangers],
    ['pages of low credibility, whomever they credit', lowCredibility],
  ])('%s', (_, noise) => {
    check(
      fc.property(claims, anyRows, noise, (claim, rows, more) => {
        // Pages of their own: a revision of a page that counted would rightly replace it.
        const added = more.map((row) => ({ ...row, article: `noise-${row.id}` }));
        const [before, after] = [decided(claim, rows), decided(claim, [...rows, ...added])];
        expect([after.status, after.rule]).toEqual([before.status, before.rule]);
        expect(after.supporting).toEqual(before.supporting);
      }),
    );
  });
});

describe('who may settle a claim', () => {
  const authority = fc.constantFrom('deepseek', 'huawei');
  const through = fc.constantFrom(null, 'reuters', 'hk01', 'yahoo');
  const others = fc.array(
    anyRow.filter((row) => !row.chain.some((cited) => cited.source === 'deepseek' || cited.source === 'huawei')),
    { maxLength: 20 },
  );
  const unrelated = (row: Evidence): boolean =>
    row.publisher.source !== 'deepseek' && row.publisher.source !== 'huawei';

  function word(
    authority: string,
    through: string | null,
    stance: 'supports' | 'refutes',
    event: Evidence['event'],
  ): Evidence {
    const row = through === null ? says(stance, authority) : says(stance, through, authority);
    return on('2026-04-02', official(row, event));
  }

  it('its word that it is so, has happened or is ruled out ends in confirmed, refuted or disputed', () => {
    const kinds = fc.constantFrom<Claim>(
      v4OnHuawei,
      claim({ ...v4OnHuawei, kind: 'standing' }),
      claim({ ...v4WithinWeeks, authorities: ['deepseek', 'huawei'], deniers: ['deepseek', 'huawei'] }),
    );
    check(
      fc.property(
        kinds,
        others,
        authority,
        through,
        fc.constantFrom('supports', 'refutes'),
        days,
        (claim, rows, who, via, stance, at) => {
          const said = word(who, via, stance, stance === 'supports' ? 'happened' : 'cancelled');
          const { status } = decided(claim, [...rows.filter(unrelated), said], at);
          expect(status).toBe(stance === 'supports' ? 'confirmed' : 'refuted');
        },
      ),
    );
  });

  it('two of them, whatever they say, end in confirmed, refuted or disputed', () => {
    const words = fc.array(
      fc
        .tuple(authority, through, fc.constantFrom('supports', 'refutes'), date)
        .map(([who, via, stance, day]) => on(day, word(who, via, stance, stance === 'supports' ? 'happened' : 'none'))),
      { minLength: 1, maxLength: 6 },
    );
    const kinds = fc.constantFrom<Claim>(v4OnHuawei, claim({ ...v4OnHuawei, kind: 'standing' }));
    check(
      fc.property(kinds, others, words, (claim, rows, said) => {
        expect(['confirmed', 'refuted', 'disputed']).toContain(
          decided(claim, [...rows.filter(unrelated), ...said]).status,
        );
      }),
    );
  });

  it('its announced plan ends in at least reported', () => {
    check(
      fc.property(authority, through, others, fc.constantFrom(v4OnHuawei, v4WithinWeeks), (who, via, rows, claim) => {
        const plan = word(who, via, 'supports', 'planned');
        const { status } = decided(claim, [...rows.filter(unrelated), plan], '2026-05-10');
        expect(['reported', 'corroborated', 'disputed', 'confirmed', 'refuted']).toContain(status);
      }),
    );
  });

  it('P8: without a word on record nothing is confirmed or refuted', () => {
    check(
      fc.property(claims, anyRows, days, (claim, rows, at) => {
        const unofficial = rows.filter((row) => row.strength !== 'official');
        expect(['confirmed', 'refuted']).not.toContain(decided(claim, unofficial, at).status);
      }),
    );
  });

  it('without the pages and publishers we list nothing is confirmed or refuted by one stranger', () => {
    check(
      fc.property(claims, anyRows, (claim, rows) => {
        const one = rows.map((row): Evidence => ({
          ...row,
          publisher: { source: null, domain: 'blog.example', name: 'A blog' },
        }));
        expect(decided(claim, one).status).not.toMatch(/confirmed|refuted|reported|corroborated|disputed/);
      }),
    );
  });
});
