/**
 * Sentences that hold every word of a claim and do not say that it is so, beside sentences that do.
 */
import { describe, expect, it } from 'vitest';
import { offlineEngine } from '../../src/judge/offline.ts';
import type { LabelledItem } from '../corpus/score.ts';
import { articleOf, corpusConfig } from '../corpus/score.ts';

const { claims, registry } = corpusConfig();
const engine = offlineEngine(claims, registry);

async function said(claim: string, day: string, text: string): Promise<string> {
  const [title = '', summary = ''] = text.includes(' // ') ? text.split(' // ') : ['', text];
  const item: LabelledItem = {
    id: 'one',
    url: 'https://nobody.example/1',
    publisher: 'Nobody',
    published: `${day}T00:00:00Z`,
    lang: /\p{Script=Han}/u.test(text) ? 'zh' : 'en',
    title,
    summary,
    gold: { claims: {} },
  };
  const rows = await engine.judge(articleOf(item, registry));
  return rows.find((row) => row.claim === claim && row.main)?.stance ?? 'unrelated';
}

describe('what asserts', () => {
  it.each([
    [
      'a condition',
      'c01',
      '2026-04-07',
      'Should V4 run on Ascend after all, Nvidia has a problem.',
      'If The Information has it right, V4 runs on Ascend.',
    ],
    [
      'a fear',
      'c14',
      '2026-01-15',
      'Two senators fear that Commerce has moved H200 licences for China to case-by-case review.',
      'Commerce has moved H200 licences for China to case-by-case review.',
    ],
    [
      'a way to the deed',
      'c05',
      '2026-04-08',
      'Alibaba, ByteDance and Tencent have been asking Huawei about bulk orders of the 950PR.',
      'Alibaba, ByteDance and Tencent have given Huawei bulk orders of the 950PR.',
    ],
    [
      'a plan of the past',
      'c03',
      '2026-01-20',
      'V4 was once to have launched at the Lunar New Year.',
      'V4 is to launch at the Lunar New Year.',
    ],
    [
      'a guess that nobody stands behind',
      'c01',
      '2026-04-07',
      'V4 may run on Ascend.',
      'V4 may run on Ascend, two people familiar with the matter told Reuters.',
    ],
    [
      'an entry on a list of myths',
      'c10',
      '2026-06-10',
      'Five myths about V4 // Two: it was trained entirely on Ascend.',
      'Five facts about V4 // Two: it was trained entirely on Ascend.',
    ],
    [
      'a verdict in the next sentence',
      'c10',
      '2026-06-10',
      'V4 was trained entirely on Ascend, posts say. We rate this unsupported.',
      'V4 was trained entirely on Ascend, posts say. We have read many of them.',
    ],
    ['a question without its mark', 'c01', '2026-04-07', 'V4 究竟能否在昇腾上运行', 'V4 已经在昇腾上运行'],
    [
      'a headline that asks',
      'c01',
      '2026-04-07',
      'Will V4 run on Ascend // Nobody at DeepSeek would say.',
      'V4 will run on Ascend // Nobody at DeepSeek would say more.',
    ],
    [
      'less than the claim',
      'c06',
      '2026-04-24',
      'Cambricon has adapted the kernels of V4 within hours of its release.',
      'Cambricon has adapted the kernels of V4 together with DeepSeek.',
    ],
    [
      'two names and a preposition',
      'c01',
      '2026-04-07',
      'V4 has been reserved for Huawei, two people told Reuters.',
      'V4 has been tuned for Huawei, two people told Reuters.',
    ],
    [
      'a launch that is only a date',
      'c02',
      '2026-05-06',
      'DeepSeek hired forty people for V4 before the April launch.',
      'DeepSeek hired forty people for V4 before it launched V4 in April.',
    ],
    [
      'a launch that lifts something else',
      'c02',
      '2026-04-24',
      '受 DeepSeek V4 上线带动，算力股大涨。',
      'DeepSeek V4 今日上线，算力股大涨。',
    ],
    [
      'a rule that is not out',
      'c14',
      '2026-01-12',
      'Commerce is putting the last touches to a rule under which H200 requests for China would be weighed individually.',
      'Commerce published a rule under which H200 requests for China will be weighed individually.',
    ],
    [
      'a thing that nobody says there is',
      'c15',
      '2026-01-20',
      'A customs ban on the H200 would be a lever for the summit.',
      'Customs has banned the H200 from entering China.',
    ],
    [
      'a report that somebody answers',
      'c09',
      '2026-02-26',
      'The chief executive answered a report that DeepSeek trained V4 on Blackwell chips.',
      'A report says that DeepSeek trained V4 on Blackwell chips.',
    ],
    [
      'what is to be',
      'c17',
      '2026-02-05',
      'The 950PR is to become available in the first quarter.',
      'The 950PR has become available this quarter.',
    ],
    [
      'another deed with the same names',
      'c01',
      '2026-06-06',
      'Huawei and V4 // A lab has put V4-Pro through post-training on Ascend chips.',
      'Huawei and V4 // A lab has put V4-Pro to work on Ascend chips.',
    ],
    [
      'what stands behind an aside',
      'c13',
      '2026-04-25',
      'Image input, which leaks had promised for V4, is absent.',
      'Image input, which leaks had promised for V4, is there.',
    ],
    [
      'a date of another month',
      'c02',
      '2026-04-19',
      'V4 comes out before June, The Information says.',
      'V4 comes out before May, The Information says.',
    ],
  ])('is not %s', async (_what, claim, day, held, asserted) => {
    expect(await said(claim, day, held)).not.toBe('supports');
    expect(await said(claim, day, asserted)).toBe('supports');
  });

  it.each([
    [
      'a tally',
      '2026-05-20',
      'H200 for China // Approved: ten buyers. Shipped: zero.',
      'H200 for China // Approved: ten buyers. Shipped: 4,000 cards.',
    ],
    [
      'empty hands',
      '2026-05-20',
      'H200 and China // Chinese buyers are empty-handed after five months.',
      'H200 and China // Beijing has yet to approve any purchase.',
    ],
    [
      'those who still do without',
      '2026-05-20',
      'H200: the long wait // Chinese customers are still without it.',
      'H200: the long wait // Chinese customers are still talking about it.',
    ],
  ])('is taken back by %s', async (_what, day, empty, other) => {
    expect(await said('c16', day, empty)).toBe('refutes');
    expect(await said('c16', day, other)).not.toBe('refutes');
  });

  it('is taken back by a date that went by without it', async () => {
    expect(await said('c03', '2026-03-02', 'The Lunar New Year slot for V4 went unused.')).toBe('refutes');
    expect(await said('c03', '2026-02-02', 'The Lunar New Year slot for V4 is unused so far.')).not.toBe('refutes');
  });

  it('reads on past the question mark of an address', async () => {
    expect(await said('c01', '2026-04-07', 'As nobody.example/news?id=7 reports, V4 runs on Ascend.')).toBe('supports');
  });
});
