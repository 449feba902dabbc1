/**
 * What a language model's opinion may do to a judgement, and that it never does anything to a status.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence, Judgement, Quote } from '../../src/core/evidence.ts';
import { EVIDENCE_EVENTS } from '../../src/core/claim.ts';
import { STANCES, STRENGTHS } from '../../src/core/evidence.ts';
import type { Opinion, Reread } from '../../src/core/second-opinion.ts';
import { decideReread, reconcile } from '../../src/core/second-opinion.ts';
import { decide } from '../../src/core/status.ts';
import { newsTime } from '../../src/core/time.ts';
import { claim, official, on, registry, says, v4OnHuawei, v4WithinWeeks } from '../stories.ts';

const quote = (text: string, start: number, role: Quote['role'] = 'stance'): Quote => ({
  text,
  start,
  end: start + text.length,
  role,
});
const judged = (more: Partial<Judgement> = {}): Judgement => ({
  claim: 'v4-on-huawei',
  stance: 'supports',
  strength: 'attributed',
  event: 'none',
  chain: [{ name: 'The Information', source: 'the-information' }],
  origin: { name: 'The Information', source: 'the-information' },
  quotes: [quote('It will run on Ascend.', 100), quote('The Information reported it.', 10, 'attribution')],
  main: true,
  summary: 'The Information reported it. It will run on Ascend.',
  warnings: [],
  ...more,
});
const opinion = (more: Partial<Opinion> = {}): Opinion => ({
  stance: 'supports',
  strength: 'attributed',
  quotes: [quote('V4 will run on Huawei chips.', 200)],
  ...more,
});

describe('a second opinion on a judgement', () => {
  it.each([
    // offline, model -> stance, strength, a note
    ['supports', 'attributed', 'supports', 'attributed', 'supports', 'attributed', null],
    ['supports', 'attributed', 'supports', 'official', 'supports', 'attributed', null],
    ['supports', 'attributed', 'supports', 'firsthand', 'supports', 'attributed', null],
    ['supports', 'attributed', 'supports', 'rumour', 'supports', 'rumour', 'a rumour only'],
    ['supports', 'rumour', 'supports', 'official', 'supports', 'rumour', null],
    ['supports', 'official', 'supports', 'attributed', 'supports', 'attributed', "somebody's report only"],
    ['supports', 'attributed', 'discusses', 'attributed', 'discusses', 'attributed', 'no side'],
    ['supports', 'attributed', 'refutes', 'official', 'discusses', 'attributed', 'denying'],
    ['refutes', 'official', 'supports', 'official', 'discusses', 'official', 'supporting'],
    ['supports', 'official', 'unrelated', 'rumour', 'discusses', 'official', 'something else'],
    ['discusses', 'rumour', 'supports', 'official', 'discusses', 'rumour', 'supporting'],
    ['discusses', 'attributed', 'discusses', 'attributed', 'discusses', 'attributed', null],
  ] as const)('%s, %s + %s, %s = %s, %s', (stance, strength, read, readStrength, becomes, becomesStrength, note) => {
    const result = reconcile(judged({ stance, strength }), opinion({ stance: read, strength: readStrength }));
    expect([result.stance, result.strength]).toEqual([becomes, becomesStrength]);
    expect(result.origin).toEqual(judged().origin);
    if (note === null) expect(result.warnings).toEqual([]);
    else expect(result.warnings.join()).toContain(note);
  });

  it('brings a better sentence, and leaves in whoever knew', () => {
    expect(reconcile(judged(), opinion()).summary).toBe('The Information reported it. V4 will run on Huawei chips.');
    const named = opinion({ quotes: [quote('V4 will run on Huawei chips, The Information said.', 200)] });
    expect(reconcile(judged(), named).summary).toBe('V4 will run on Huawei chips, The Information said.');
    const two = opinion({ quotes: [quote('V4 will run there.', 200), quote('Nobody named said so.', 300)] });
    expect(reconcile(judged(), two).summary).toBe('The Information reported it. V4 will run there.');
  });

  it('says nothing on the other things an article prints', () => {
    const beside = judged({ main: false, stance: 'refutes' });
    expect(reconcile(beside, opinion())).toBe(beside);
  });
});

const plainOf = (evidence: Evidence, said: Opinion | null): Reread => {
  if (said === null) return { evidence, plain: null };
  const { stance, strength, chain, origin, quotes } = reconcile(
    { ...evidence, main: true, summary: '', warnings: [] },
    said,
  );
  return { evidence: { ...evidence, stance, strength, chain, origin, quotes }, plain: evidence };
};
const now = newsTime('2026-06-01');
const decideWith = (rows: readonly Reread[], of = v4OnHuawei) => decideReread(of, rows, [], now, { registry });

describe('deciding with second opinions', () => {
  const ft = says('supports', 'financial-times');
  const information = says('supports', 'yahoo', 'reuters', 'the-information');

  it('takes a page that only repeats from the publishers that carry it, when a model reads it as talk', () => {
    const echo = says('supports', 'udn', 'financial-times');
    const rows = [plainOf(ft, null), plainOf(information, null), plainOf(echo, opinion({ stance: 'discusses' }))];
    const { decision, from } = decideWith(rows);
    expect(from).toBe('reread');
    expect([decision.status, decision.publishers]).toEqual(['corroborated', 2]);
  });

  it('takes no origin away: it would be announced again when it came back', () => {
    const third = says('supports', 'bloomberg');
    const rows = [plainOf(ft, null), plainOf(information, null), plainOf(third, opinion({ stance: 'discusses' }))];
    const { decision, from } = decideWith(rows);
    expect(from).toBe('plain');
    expect(decision.supporting.map(({ name }) => name)).toContain('Bloomberg');
    expect(decision.because).toContain('A language model reads Bloomberg otherwise');
  });

  it('stays with the offline judgements where it would, and says who is read otherwise', () => {
    const { decision, from } = decideWith([plainOf(ft, null), plainOf(information, opinion({ stance: 'refutes' }))]);
    expect(from).toBe('plain');
    expect(decision.status).toBe('corroborated');
    expect(decision.because).toMatch(/A language model reads Yahoo otherwise; it has no vote\.$/);
  });

  it('does not let a model clear away the denial that keeps a claim from being confirmed', () => {
    const yes = official(says('supports', 'deepseek'));
    const no = official(says('refutes', 'huawei'));
    const { decision } = decideWith([plainOf(yes, null), plainOf(no, opinion({ stance: 'unrelated', quotes: [] }))]);
    expect(decision.status).toBe('disputed');
  });

  const anyOpinion: fc.Arbitrary<Opinion> = fc.record({
    stance: fc.constantFrom(...STANCES, 'unrelated' as const),
    strength: fc.constantFrom(...STRENGTHS),
    quotes: fc.constantFrom([], [quote('V4 will run on Huawei chips.', 200)]),
  });

  const names = ['the-information', 'reuters', 'bloomberg', 'financial-times', 'deepseek', 'huawei'] as const;
  const anyEvidence: fc.Arbitrary<Evidence> = fc
    .record({
      publisher: fc.constantFrom(...names, 'yahoo', 'blog.example', 'other.example'),
      chain: fc.array(fc.constantFrom(...names), { maxLength: 2 }),
      stance: fc.constantFrom(...STANCES),
      strength: fc.constantFrom(...STRENGTHS),
      event: fc.constantFrom(...EVIDENCE_EVENTS),
      date: fc.constantFrom('2026-04-01', '2026-04-03', '2026-05-20'),
      textGroup: fc.constantFrom('a', 'b', 'c'),
    })
    .map(({ publisher, chain, date, ...rest }) => ({ ...on(date, says(rest.stance, publisher, ...chain)), ...rest }));

  it('gives the status, the rule and the origins that it would without any model, whatever the model says', () => {
    for (const of of [v4OnHuawei, v4WithinWeeks, claim({ id: 'v4-on-huawei', kind: 'standing' })]) {
      fc.assert(
        fc.property(fc.array(fc.tuple(anyEvidence, fc.option(anyOpinion)), { maxLength: 8 }), (said) => {
          const rows = said.map(([evidence, read], n) => plainOf({ ...evidence, id: `e${n}`, claim: of.id }, read));
          const plain = decide(
            of,
            rows.map((row) => row.plain ?? row.evidence),
            [],
            now,
            { registry },
          );
          const { decision } = decideWith(rows, of);
          expect(decision.status).toBe(plain.status);
          expect(decision.rule).toBe(plain.rule);
          const who = ({ supporting, refuting }: typeof plain): string[] =>
            [...supporting, ...refuting].map(({ source, strength, first }) => `${source} ${strength} ${first}`).sort();
          expect(who(decision)).toEqual(who(plain));
        }),
        { numRuns: 200 },
      );
    }
  });
});
