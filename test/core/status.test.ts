import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/core/claim.ts';
import type { Evidence } from '../../src/core/evidence.ts';
import type { Override, RuleId } from '../../src/core/status.ts';
import { decide, decidedBy } from '../../src/core/status.ts';
import { newsTime } from '../../src/core/time.ts';
import { claim, decided, h200Delivered, official, on, registry, says, v4OnHuawei, v4WithinWeeks } from '../stories.ts';

interface Row {
  readonly when: string;
  readonly given: readonly Evidence[];
  readonly claim?: Claim;
  readonly at?: string;
  readonly gives: RuleId;
  readonly because?: string;
}

function rule(name: string, table: readonly Row[]): void {
  describe(name, () => {
    it.each(table)('$when -> $gives', (row) => {
      const decision = decided(row.claim ?? v4OnHuawei, row.given, row.at);
      expect(decision.rule).toBe(row.gives);
      // A rule is named after the status that it gives.
      expect(row.gives).toMatch(new RegExp(`^rule-\\d-${decision.status}$`, 'u'));
      if (row.because !== undefined) expect(decision.because).toBe(row.because);
    });
  });
}

const ft = on('2026-02-28', says('supports', 'financial-times'));
const information = on('2026-04-03', says('supports', 'the-information'));
const release = on('2026-04-24', official(says('supports', 'deepseek'), 'happened'));

rule('1. authorities that contradict each other leave it disputed', [
  {
    when: 'DeepSeek says so and Huawei denies it',
    given: [release, on('2026-05-02', official(says('refutes', 'huawei')))],
    gives: 'rule-1-disputed',
    because:
      'Those who could settle it contradict each other: DeepSeek (24 Apr, own page) said it is so, Huawei (2 May, own page) said it is not.',
  },
  {
    when: 'DeepSeek says both on one day',
    given: [release, on('2026-04-24', official(says('refutes', 'deepseek')))],
    gives: 'rule-1-disputed',
    because: 'DeepSeek said both that it is so and that it is not, on 24 Apr.',
  },
  {
    when: 'DeepSeek corrects itself a day later',
    given: [release, on('2026-04-25', official(says('refutes', 'deepseek')))],
    gives: 'rule-2-refuted',
  },
  {
    when: 'a standing claim follows the latest word',
    claim: h200Delivered,
    given: [
      on('2026-01-30', official(says('refutes', 'hk01', 'nvidia'))),
      on('2026-05-20', official(says('supports', 'us-commerce'), 'happened')),
    ],
    gives: 'rule-3-confirmed',
    because: 'US Commerce (20 May, own page) said so; that settles it.',
  },
  {
    when: 'authorities clash over a standing claim on one day',
    claim: h200Delivered,
    given: [
      on('2026-05-20', official(says('refutes', 'nvidia'))),
      on('2026-05-20', official(says('supports', 'us-commerce'), 'happened')),
    ],
    gives: 'rule-1-disputed',
  },
]);

rule('2. a denier refutes it', [
  {
    when: 'DeepSeek denies on its own page what two outlets report',
    given: [ft, information, on('2026-04-10', official(says('refutes', 'deepseek')))],
    gives: 'rule-2-refuted',
    because: 'DeepSeek (10 Apr, own page) said it is not so; that settles it.',
  },
  {
    when: 'a standing claim so far',
    claim: h200Delivered,
    given: [on('2026-01-30', official(says('refutes', 'hk01', 'reuters', 'nvidia')))],
    gives: 'rule-2-refuted',
    because: 'Not so far, according to Nvidia (30 Jan, on record through HK01).',
  },
  {
    when: 'a forecast that its authority cancels',
    claim: v4WithinWeeks,
    given: [on('2026-04-22', official(says('refutes', 'deepseek'), 'cancelled'))],
    gives: 'rule-2-refuted',
    because: 'Ruled out by DeepSeek (22 Apr, own page); that settles it.',
  },
  {
    when: 'who may confirm but not refute only disputes',
    claim: claim({ authorities: ['deepseek', 'huawei'], deniers: ['deepseek'] }),
    given: [ft, official(says('refutes', 'huawei'))],
    gives: 'rule-5-disputed',
  },
  {
    when: 'a cancelled plan that is on again',
    claim: v4WithinWeeks,
    given: [
      on('2026-04-10', official(says('refutes', 'deepseek'), 'cancelled')),
      on('2026-04-20', official(says('supports', 'deepseek'), 'planned')),
    ],
    at: '2026-04-21',
    gives: 'rule-7-reported',
  },
  {
    when: 'a withdrawal that recalls the plan',
    claim: v4WithinWeeks,
    given: [
      { ...on('2026-04-22', official(says('supports', 'hk01', 'deepseek'), 'planned')), article: 'one' },
      { ...on('2026-04-22', official(says('refutes', 'hk01', 'deepseek'), 'cancelled')), article: 'one' },
    ],
    at: '2026-04-23',
    gives: 'rule-2-refuted',
  },
  {
    when: 'said to be done, taken back, and planned again',
    claim: v4WithinWeeks,
    given: [
      on('2026-04-10', official(says('supports', 'deepseek'), 'happened')),
      on('2026-04-11', official(says('refutes', 'deepseek'))),
      on('2026-04-20', official(says('supports', 'deepseek'), 'planned')),
    ],
    at: '2026-04-21',
    gives: 'rule-7-reported',
    because:
      'One origin: DeepSeek (20 Apr); 1 publisher carried it. A plan or announcement is not yet the thing itself.',
  },
]);

rule('3. an authority says that it is so or has happened', [
  { when: 'on its own page', given: [release], gives: 'rule-3-confirmed' },
  {
    when: 'a release that two parties print, and the later of them is competent',
    claim: claim({ authorities: ['huawei'] }),
    given: [
      on('2026-04-23', { ...official(says('supports', 'deepseek')), textGroup: 'release' }),
      on('2026-04-24', { ...official(says('supports', 'huawei')), textGroup: 'release' }),
    ],
    gives: 'rule-3-confirmed',
  },
  {
    when: 'a word on record about a forecast that does not say it happened',
    claim: v4WithinWeeks,
    given: [on('2026-04-20', official(says('supports', 'deepseek'), 'none'))],
    at: '2026-04-21',
    gives: 'rule-7-reported',
  },
  {
    when: 'on record through a listed publisher',
    given: [on('2026-04-24', official(says('supports', 'reuters', 'huawei')))],
    gives: 'rule-3-confirmed',
    because: 'Huawei (24 Apr, on record through Reuters) said so; that settles it.',
  },
  {
    when: 'an aggregator that relays it is a publisher like any other',
    given: [official(says('supports', 'yahoo', 'deepseek'))],
    gives: 'rule-3-confirmed',
  },
  { when: 'anonymous people at DeepSeek', given: [says('supports', 'reuters', 'deepseek')], gives: 'rule-7-reported' },
  {
    when: 'anonymous people nobody lists',
    given: [official(says('supports', 'reuters', 'people at DeepSeek'))],
    gives: 'rule-8-unverified',
  },
  { when: 'somebody not competent', given: [official(says('supports', 'nvidia'))], gives: 'rule-7-reported' },
  { when: 'a plan of an event', given: [official(says('supports', 'deepseek'), 'planned')], gives: 'rule-7-reported' },
  {
    when: 'an announced date of a forecast',
    claim: v4WithinWeeks,
    given: [on('2026-04-20', official(says('supports', 'deepseek'), 'planned'))],
    at: '2026-04-21',
    gives: 'rule-7-reported',
    because:
      'One origin: DeepSeek (20 Apr); 1 publisher carried it. A plan or announcement is not yet the thing itself.',
  },
  {
    when: 'a forecast that came true',
    claim: v4WithinWeeks,
    given: [release],
    gives: 'rule-3-confirmed',
    because: 'DeepSeek (24 Apr, own page) said it has happened; that settles it.',
  },
  {
    when: 'a plan for the next thing after it came true',
    claim: v4WithinWeeks,
    given: [release, on('2026-05-02', official(says('supports', 'deepseek'), 'planned'))],
    gives: 'rule-3-confirmed',
  },
  {
    when: 'two newsrooms saw it happen',
    claim: v4WithinWeeks,
    given: [
      { ...on('2026-04-24', says('supports', 'reuters')), strength: 'firsthand', event: 'happened' },
      { ...on('2026-04-24', says('supports', 'bloomberg')), strength: 'firsthand', event: 'happened' },
    ],
    at: '2026-04-25',
    gives: 'rule-6-corroborated',
  },
  { when: 'the word is withdrawn', given: [ft, { ...release, retracted: true }], gives: 'rule-7-reported' },
  {
    when: 'the word is withdrawn, and others still relay it',
    given: [ft, { ...release, retracted: true }, official(says('supports', 'reuters', 'deepseek'))],
    gives: 'rule-7-reported',
  },
  {
    when: 'an anonymous insider contradicts the word on record',
    given: [release, on('2026-06-01', says('refutes', 'reuters', 'deepseek'))],
    gives: 'rule-3-confirmed',
  },
]);

rule('4. the deadline has passed', [
  {
    when: 'nothing came',
    claim: v4WithinWeeks,
    given: [information],
    at: '2026-05-16',
    gives: 'rule-4-expired',
    because: 'The deadline passed on 15 May with no word from anyone who could settle it that it happened.',
  },
  {
    when: 'one millisecond before',
    claim: v4WithinWeeks,
    given: [information],
    at: '2026-05-15T23:59:59.999Z',
    gives: 'rule-7-reported',
  },
  {
    when: 'later proof that it happened in time',
    claim: v4WithinWeeks,
    given: [
      { ...on('2026-05-20', official(says('supports', 'deepseek'), 'happened')), happenedAt: newsTime('2026-05-14') },
    ],
    gives: 'rule-3-confirmed',
  },
  {
    when: 'it happened too late',
    claim: v4WithinWeeks,
    given: [
      { ...on('2026-05-20', official(says('supports', 'deepseek'), 'happened')), happenedAt: newsTime('2026-05-19') },
    ],
    gives: 'rule-4-expired',
  },
  {
    when: 'later word that does not say when',
    claim: v4WithinWeeks,
    given: [on('2026-05-20', official(says('supports', 'deepseek'), 'happened'))],
    gives: 'rule-4-expired',
  },
  { when: 'an event has no deadline', given: [ft], at: '2030-01-01', gives: 'rule-7-reported' },
  {
    when: 'an event happens or not, whatever day stands beside it',
    claim: { ...v4WithinWeeks, kind: 'event' },
    given: [information],
    at: '2026-05-16',
    gives: 'rule-7-reported',
  },
  {
    when: 'disputed until then',
    claim: v4WithinWeeks,
    given: [information, on('2026-04-05', says('refutes', 'bloomberg'))],
    at: '2026-05-16',
    gives: 'rule-4-expired',
  },
]);

rule('5. counted origins on both sides', [
  {
    when: 'an interested party denies what it cannot settle',
    given: [ft, on('2026-03-03', official(says('refutes', 'nvidia')))],
    gives: 'rule-5-disputed',
    because: 'Financial Times (28 Feb) says so; denied by Nvidia (3 Mar).',
  },
  {
    when: 'another newsroom found the opposite',
    given: [ft, information, on('2026-04-05', says('refutes', 'hk01', 'bloomberg'))],
    gives: 'rule-5-disputed',
    because: 'Financial Times (28 Feb) and The Information (3 Apr) say so; contradicted by Bloomberg (5 Apr).',
  },
  {
    when: 'one article prints a report and its denial',
    given: [
      { ...says('supports', 'hk01', 'reuters'), article: 'one' },
      { ...official(says('refutes', 'hk01', 'nvidia')), article: 'one' },
    ],
    gives: 'rule-5-disputed',
  },
  {
    when: 'an origin that changed its mind is on one side only',
    given: [ft, on('2026-03-03', says('refutes', 'financial-times'))],
    gives: 'rule-8-unverified',
    because: 'No origin that counts supports it; contradicted by Financial Times (3 Mar).',
  },
  {
    when: 'an origin that says both at once is on neither',
    given: [ft, information, on('2026-04-03', says('refutes', 'hk01', 'the-information'))],
    gives: 'rule-7-reported',
    because:
      'One origin: Financial Times (28 Feb); 3 publishers carried it. The Information said both on 3 Apr: the two cancel.',
  },
]);

rule('6. two independent origins', [
  {
    when: 'neither cites the other',
    given: [ft, information],
    gives: 'rule-6-corroborated',
    because: '2 independent origins: Financial Times (28 Feb) and The Information (3 Apr); neither cites the other.',
  },
  { when: 'one owner', given: [ft, says('supports', 'nikkei-asia')], gives: 'rule-7-reported' },
  {
    when: 'its own word that also credits the other',
    given: [information, { ...says('supports', 'reuters'), chain: says('supports', 'hk01', 'the-information').chain }],
    gives: 'rule-7-reported',
  },
  {
    when: 'a party on record, whose page also mentions the other report',
    given: [
      information,
      { ...official(says('supports', 'nvidia')), article: 'one' },
      { ...says('supports', 'nvidia', 'the-information'), article: 'one' },
    ],
    gives: 'rule-6-corroborated',
  },
  {
    when: 'one cites the other',
    given: [information, says('supports', 'reuters', 'the-information')],
    gives: 'rule-7-reported',
  },
  {
    when: 'an outlet is credited that itself credits the other',
    given: [information, says('supports', 'hk01', 'reuters'), says('supports', 'udn', 'reuters', 'the-information')],
    gives: 'rule-7-reported',
  },
  {
    when: 'an outlet that first cited the other and then had its own sources',
    given: [information, says('supports', 'reuters', 'the-information'), on('2026-04-06', says('supports', 'reuters'))],
    gives: 'rule-6-corroborated',
  },
  {
    when: 'its own sources in the very article that cites the other',
    given: [
      information,
      { ...says('supports', 'reuters', 'the-information'), article: 'one' },
      { ...says('supports', 'reuters'), article: 'one' },
    ],
    gives: 'rule-7-reported',
  },
  {
    when: 'two that only credit each other',
    given: [says('supports', 'reuters', 'bloomberg'), says('supports', 'bloomberg', 'reuters')],
    gives: 'rule-8-unverified',
  },
  {
    when: 'the same text in two newsrooms',
    given: [
      { ...says('supports', 'hk01'), textGroup: 'release' },
      { ...says('supports', 'udn'), textGroup: 'release' },
    ],
    gives: 'rule-7-reported',
  },
  {
    when: 'one round-up that credits two',
    given: [
      { ...says('supports', 'hk01', 'reuters'), article: 'one', textGroup: 'one' },
      { ...says('supports', 'hk01', 'bloomberg'), article: 'one', textGroup: 'one' },
    ],
    gives: 'rule-6-corroborated',
  },
  {
    when: 'a measurement counts like a report',
    given: [ft, { ...says('supports', 'hk01'), strength: 'firsthand' }],
    gives: 'rule-6-corroborated',
  },
]);

rule('7. one origin', [
  { when: 'its own page', given: [ft], gives: 'rule-7-reported' },
  {
    when: 'however many relay it',
    given: [
      says('supports', 'yahoo', 'reuters', 'the-information'),
      says('supports', 'hk01', 'the-information'),
      information,
    ],
    gives: 'rule-7-reported',
    because: 'One origin: The Information (3 Apr); 3 publishers carried it.',
  },
]);

rule('8. nobody who counts', [
  { when: 'no evidence', given: [], gives: 'rule-8-unverified', because: 'Nobody has said so yet.' },
  {
    when: 'a denial of what nobody reported',
    given: [on('2026-06-26', says('refutes', 'udn', 'bloomberg'))],
    gives: 'rule-8-unverified',
    because: 'No origin that counts supports it; contradicted by Bloomberg (26 Jun).',
  },
  {
    when: 'a rumour on a listed page',
    given: [{ ...says('supports', 'hk01'), strength: 'rumour' }],
    gives: 'rule-8-unverified',
  },
  {
    when: 'an opinion of a listed author',
    given: [{ ...says('supports', 'hk01'), strength: 'opinion' }],
    gives: 'rule-8-unverified',
  },
  {
    when: 'nobody is credited',
    given: [{ ...says('supports', 'hk01'), origin: 'unattributed' }],
    gives: 'rule-8-unverified',
  },
  { when: 'it is only discussed', given: [official(says('discusses', 'deepseek'))], gives: 'rule-8-unverified' },
  {
    when: 'an unlisted page with its own two people',
    given: [says('supports', 'blog.example')],
    gives: 'rule-8-unverified',
  },
  {
    when: 'it was planned and is called off',
    given: [official(says('supports', 'deepseek'), 'cancelled')],
    gives: 'rule-8-unverified',
  },
  { when: 'an unlisted outlet', given: [says('supports', 'reuters', 'Whale Lab')], gives: 'rule-8-unverified' },
  {
    when: 'low credibility',
    given: [says('supports', 'albis'), says('supports', 'reuters', 'albis')],
    gives: 'rule-8-unverified',
  },
  {
    when: 'relayed by low credibility only',
    given: [says('supports', 'albis', 'reuters')],
    gives: 'rule-8-unverified',
  },
  { when: 'a press wire is nobody', given: [official(says('supports', 'pr-newswire'))], gives: 'rule-8-unverified' },
  { when: 'an aggregator never knows by itself', given: [says('supports', 'yahoo')], gives: 'rule-8-unverified' },
  { when: 'published after the time we ask about', given: [release], at: '2026-04-23', gives: 'rule-8-unverified' },
]);

rule('hearsay: what unlisted pages credit to a listed origin', [
  {
    when: 'one page',
    given: [says('supports', 'blog.example', 'the-information')],
    gives: 'rule-8-unverified',
    because: 'Credited to The Information, but so far only by pages that do not count on their own.',
  },
  {
    when: 'a second page of another owner',
    given: [says('supports', 'blog.example', 'the-information'), says('supports', 'other.example', 'the-information')],
    gives: 'rule-7-reported',
  },
  {
    when: 'a second page of the same owner',
    given: [says('supports', 'blog.example', 'the-information'), says('supports', 'blog.example', 'the-information')],
    gives: 'rule-8-unverified',
  },
  {
    when: 'a copy of the first page',
    given: [
      { ...says('supports', 'blog.example', 'the-information'), textGroup: 'one' },
      { ...says('supports', 'other.example', 'the-information'), textGroup: 'one' },
    ],
    gives: 'rule-8-unverified',
  },
  {
    when: 'a third that is unrelated to one of two related ones',
    given: [
      { ...says('supports', 'blog.example', 'the-information'), textGroup: 'one' },
      { ...says('supports', 'other.example', 'the-information'), textGroup: 'one' },
      says('supports', 'other.example', 'the-information'),
    ],
    gives: 'rule-7-reported',
  },
  {
    when: 'a second page that says the opposite',
    given: [says('supports', 'blog.example', 'the-information'), says('refutes', 'other.example', 'the-information')],
    gives: 'rule-8-unverified',
  },
  {
    when: 'a listed publisher',
    given: [says('supports', 'blog.example', 'the-information'), says('supports', 'hk01', 'the-information')],
    gives: 'rule-7-reported',
  },
  {
    when: 'a press wire counts as an unlisted page',
    given: [official(says('supports', 'pr-newswire', 'deepseek'))],
    gives: 'rule-8-unverified',
  },
  {
    when: 'an official word on one page',
    given: [ft, official(says('supports', 'blog.example', 'deepseek'), 'happened')],
    gives: 'rule-7-reported',
  },
  {
    when: 'an official word on two pages',
    given: [
      official(says('supports', 'blog.example', 'deepseek'), 'happened'),
      official(says('supports', 'other.example', 'deepseek'), 'happened'),
    ],
    gives: 'rule-3-confirmed',
    because: 'DeepSeek (4 Apr, on record through blog.example and other.example) said so; that settles it.',
  },
  {
    when: 'an official word on one page and an anonymous one on a listed page',
    given: [official(says('supports', 'blog.example', 'deepseek')), says('supports', 'reuters', 'deepseek')],
    gives: 'rule-7-reported',
  },
  {
    when: 'that it happened on one page, and that it is planned on a listed one',
    claim: v4WithinWeeks,
    given: [
      on('2026-04-20', official(says('supports', 'blog.example', 'deepseek'), 'happened')),
      on('2026-04-20', official(says('supports', 'reuters', 'deepseek'), 'planned')),
    ],
    at: '2026-04-21',
    gives: 'rule-7-reported',
  },
  {
    when: 'one stranger claims that the one origin cites the other',
    given: [ft, information, says('supports', 'blog.example', 'financial-times', 'the-information')],
    gives: 'rule-6-corroborated',
  },
  {
    when: 'one stranger claims it of an origin whose page we never saw',
    given: [
      says('supports', 'hk01', 'financial-times'),
      information,
      says('supports', 'blog.example', 'financial-times', 'the-information'),
    ],
    gives: 'rule-6-corroborated',
  },
  {
    when: 'two strangers with a later denial do not outweigh the own page',
    given: [
      release,
      on('2026-05-02', official(says('refutes', 'blog.example', 'deepseek'))),
      on('2026-05-02', official(says('refutes', 'other.example', 'deepseek'))),
    ],
    gives: 'rule-3-confirmed',
  },
  {
    when: 'a listed publisher with the same denial does',
    given: [
      release,
      on('2026-05-02', official(says('refutes', 'blog.example', 'deepseek'))),
      on('2026-05-02', official(says('refutes', 'hk01', 'deepseek'))),
    ],
    gives: 'rule-2-refuted',
  },
  {
    when: 'two strangers against two strangers: the later word',
    given: [
      official(says('supports', 'blog.example', 'deepseek')),
      official(says('supports', 'other.example', 'deepseek')),
      on('2026-05-02', official(says('refutes', 'blog.example', 'deepseek'))),
      on('2026-05-02', official(says('refutes', 'other.example', 'deepseek'))),
    ],
    gives: 'rule-2-refuted',
  },
  {
    when: 'two unrelated pages, each related to a third',
    given: [
      { ...says('supports', 'blog.example', 'the-information'), textGroup: 'one' },
      { ...says('supports', 'blog.example', 'the-information'), textGroup: 'two' },
      { ...says('supports', 'other.example', 'the-information'), textGroup: 'one' },
    ],
    gives: 'rule-7-reported',
  },
]);

describe('an override', () => {
  const override: Override = {
    id: 'o1',
    status: 'refuted',
    because: 'the page was a hoax',
    by: 'Ada',
    at: newsTime('2026-05-01'),
    revertedAt: newsTime('2026-06-01'),
  };

  it('stands before every rule from its day until it is taken back, and is labelled', () => {
    const during = decided(v4OnHuawei, [release], '2026-05-02', [override]);
    expect(during).toMatchObject({ status: 'refuted', rule: 'override', decisive: null });
    expect(during.because).toBe('Set by a person on 1 May: the page was a hoax');
    expect(decidedBy(during)).toBe('override');
    expect(decided(v4OnHuawei, [release], '2026-04-30', [override]).status).toBe('confirmed');
    expect(decided(v4OnHuawei, [release], '2026-06-01', [override]).status).toBe('confirmed');
  });

  it('gives way to a later one', () => {
    const later: Override = { ...override, id: 'o2', status: 'disputed', at: newsTime('2026-05-03'), revertedAt: null };
    expect(decided(v4OnHuawei, [], '2026-05-04', [later, override]).status).toBe('disputed');
  });
});

describe('what the configuration records', () => {
  const confirmed = claim({
    outcome: { status: 'confirmed', at: newsTime('2026-04-24'), by: 'deepseek', url: 'https://deepseek.com/v4' },
  });

  it('decides, and says that it is the configuration that does', () => {
    const decision = decided(confirmed, [ft]);
    expect(decision).toMatchObject({ status: 'confirmed', rule: 'recorded-outcome' });
    expect(decision.because).toBe('Recorded in the configuration: confirmed on 24 Apr by the word of DeepSeek.');
    expect(decidedBy(decision)).toBe('configuration');
    expect(decision.supporting.map((origin) => origin.name)).toEqual(['Financial Times', 'DeepSeek']);
    expect(decided(confirmed, [ft], '2026-04-23').rule).toBe('rule-7-reported');
  });

  it('gives way to later word of somebody competent, and to nobody else', () => {
    const denial = on('2026-05-02', official(says('refutes', 'deepseek')));
    expect(decided(confirmed, [denial]).rule).toBe('rule-2-refuted');
    expect(decided(confirmed, [on('2026-05-02', official(says('refutes', 'huawei')))]).rule).toBe('rule-1-disputed');
    expect(decided(confirmed, [on('2026-05-02', official(says('refutes', 'nvidia')))]).rule).toBe('recorded-outcome');
    expect(decided(confirmed, [on('2026-04-01', official(says('refutes', 'huawei')))]).rule).toBe('recorded-outcome');
  });

  it('lets a missed deadline be corrected by later proof', () => {
    const noted = claim({
      ...v4WithinWeeks,
      outcome: { status: 'confirmed', at: newsTime('2026-05-20'), by: 'deepseek', url: 'https://deepseek.com/v4' },
    });
    expect(decided(noted, []).supporting.map(({ name }) => name)).toEqual(['DeepSeek']);
    const missed = claim({
      ...v4WithinWeeks,
      outcome: { status: 'expired', at: newsTime('2026-05-16'), by: null, url: 'https://ft.com/x' },
    });
    expect(decided(missed, []).rule).toBe('recorded-outcome');
    const proof = {
      ...on('2026-05-20', official(says('supports', 'deepseek'), 'happened')),
      happenedAt: newsTime('2026-05-14'),
    };
    expect(decided(missed, [proof]).rule).toBe('rule-3-confirmed');
  });

  it('counts what was known before claimwire ran, so that a fresh install knows it too', () => {
    const known = claim({
      known: [
        {
          origin: 'the-information',
          stance: 'supports',
          strength: 'attributed',
          event: 'none',
          at: newsTime('2026-04-03'),
          url: 'https://www.theinformation.com/articles/v4',
        },
      ],
    });
    const decision = decided(known, []);
    expect(decision).toMatchObject({
      status: 'reported',
      decisive: 'known:v4-on-huawei:1',
      because: 'One origin: The Information (3 Apr); recorded in the configuration.',
    });
    expect(decidedBy(decision)).toBe('configuration');
    expect(decidedBy(decided(known, [ft]))).toBe('configuration');
    expect(decidedBy(decided(known, [on('2026-04-05', says('supports', 'bloomberg'))]))).toBe('evidence');
    expect(decision.supporting[0]).toMatchObject({
      name: 'The Information',
      url: 'https://www.theinformation.com/articles/v4',
    });
    expect(decided(known, [ft]).status).toBe('corroborated');
    expect(decided(known, [], '2026-04-02').status).toBe('unverified');
  });
});

describe('the account a decision gives', () => {
  it('does not call official what reached us only as an anonymous word', () => {
    const hearsay = official(says('supports', 'blog.example', 'deepseek'));
    const decision = decided(v4OnHuawei, [hearsay, says('supports', 'reuters', 'deepseek')]);
    expect(decision.supporting.map(({ name, strength }) => [name, strength])).toEqual([['DeepSeek', 'attributed']]);
  });

  it('dates an origin from its last change of mind', () => {
    const wavering = [
      ft,
      on('2026-03-03', says('refutes', 'financial-times')),
      on('2026-03-05', says('supports', 'financial-times')),
    ];
    expect(decided(v4OnHuawei, wavering).supporting[0]?.first).toBe(newsTime('2026-03-05'));
  });

  it('rests on evidence about this claim only', () => {
    expect(decide(v4WithinWeeks, [ft], [], newsTime('2026-04-01'), { registry }).status).toBe('unverified');
  });

  const echo = on('2026-04-04', says('supports', 'yahoo', 'reuters', 'the-information'));
  const rumour: Evidence = { ...on('2026-04-05', says('supports', 'blog.example')), strength: 'rumour' };
  const decision = decided(v4OnHuawei, [rumour, echo, information, ft], '2026-04-20');

  it('names the origins that counted, first seen first, with their echoes and their page', () => {
    expect(decision.supporting).toEqual([
      {
        source: 'financial-times',
        name: 'Financial Times',
        strength: 'attributed',
        first: ft.published,
        evidence: ft.id,
        url: ft.url,
        echoes: [],
        chain: [],
      },
      {
        source: 'the-information',
        name: 'The Information',
        strength: 'attributed',
        first: information.published,
        evidence: information.id,
        url: information.url,
        echoes: [echo.id],
        chain: [],
      },
    ]);
    expect(decision.decisive).toBe(information.id);
    expect(decision.publishers).toBe(4);
  });

  it('gives the chain in words and links to the wire when the origin has no page of its own', () => {
    const wire = on('2026-04-04', says('supports', 'reuters', 'the-information'));
    const relayed = decided(v4OnHuawei, [echo, wire]);
    expect(relayed.supporting[0]).toMatchObject({ chain: ['Reuters', 'The Information'], url: wire.url });
  });

  it('says of every other row why it did not count', () => {
    expect(decision.notCounted).toEqual([
      { evidence: echo.id, reason: 'relays The Information, already counted' },
      { evidence: rumour.id, reason: 'a rumour: nobody identifiable stands behind it' },
    ]);
  });

  it('says what would change it', () => {
    expect(decided(v4OnHuawei, [says('supports', 'blog.example', 'bloomberg')]).wouldChange).toEqual([
      'A listed publisher, or a second unrelated page, that also credits Bloomberg: reported.',
      'A listed origin says so, by its own sources or on record: reported.',
      'DeepSeek or Huawei says on record that it is so: confirmed.',
      'DeepSeek or Huawei says on record that it is not so: refuted.',
    ]);
    expect(decided(v4WithinWeeks, [information], '2026-04-20').wouldChange).toEqual([
      'A second listed origin that does not rely on The Information: corroborated.',
      'DeepSeek says on record that it has happened: confirmed.',
      'DeepSeek cancels it or rules it out: refuted.',
      'The deadline, 15 May, passes: expired.',
      'More pages that repeat it would not.',
    ]);
    expect(decided(v4WithinWeeks, []).wouldChange).toEqual([
      'Proof from DeepSeek that it happened by 15 May: confirmed.',
    ]);
  });

  it("dates an announcement by the party's own page, not by who had announced it for the party weeks before", () => {
    const early = on('2026-04-05', official(says('supports', 'blog.example', 'deepseek')));
    const decision = decided(v4OnHuawei, [early, release]);
    expect(decision.because).toBe('DeepSeek (24 Apr, own page) said so; that settles it.');
    expect(decision.supporting.map(({ name, first }) => [name, first])).toEqual([['DeepSeek', newsTime('2026-04-24')]]);
    expect(decision.decisive).toBe(release.id);
  });

  it('takes a page by its latest revision', () => {
    const revised: Evidence = { ...ft, id: 'revised', revision: 2, stance: 'refutes' };
    const after = decided(v4OnHuawei, [revised, ft]);
    expect(after.because).toBe('No origin that counts supports it; contradicted by Financial Times (28 Feb).');
    expect(after.notCounted).toEqual([
      { evidence: ft.id, reason: 'the page was revised and no longer says it this way' },
    ]);
  });
});
