/**
 * Plain statements as claims: how they are read, and that they find their articles and not the neighbours'.
 */
import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/core/claim.ts';
import { frameInWords } from '../../src/core/frame-words.ts';
import { iso, newsTime } from '../../src/core/time.ts';
import { offlineEngine } from '../../src/judge/offline.ts';
import { claimOfStatement } from '../../src/judge/statement.ts';
import { beatOf, configFor } from '../../src/cli/compose.ts';
import { TRACKED, TRACKED_LATER } from './tracked.ts';

const { registry } = beatOf(configFor({ env: {}, err: () => undefined }, undefined));
const now = newsTime('2026-04-05');

function claimOf(statement: string, at = now): Claim {
  const claim = claimOfStatement(statement, { registry, now: at, topic: 'chat' });
  if (typeof claim === 'string') throw new Error(claim);
  return claim;
}
const aliases = (claim: Claim, n: number): readonly string[] => claim.frame.slots[n]?.aliases ?? [];

describe('a statement read as a claim', () => {
  it('knows a product by its family and its maker by every name the sources list', () => {
    const claim = claimOf('Huawei ships 950PR to Alibaba by July');
    expect(claim.frame.slots).toHaveLength(3);
    expect(aliases(claim, 0)).toContain('华为');
    expect(aliases(claim, 1)).toEqual(expect.arrayContaining(['950PR', 'Ascend 950PR', '昇腾 950PR']));
    expect(aliases(claim, 2)).toContain('阿里巴巴');
    expect(claim.authorities).toEqual(['huawei', 'alibaba']);
  });

  it('takes the time it names for its deadline, the next one when a month has passed', () => {
    expect(iso(claimOf('Huawei ships 950PR to Alibaba by July').deadline ?? now)).toBe('2026-08-01T00:00:00.000Z');
    expect(iso(claimOf('DeepSeek releases R2 by mid-March').deadline ?? now)).toBe('2027-03-21T00:00:00.000Z');
    expect(iso(claimOf('华为今年推出昇腾960').deadline ?? now)).toBe('2027-01-01T00:00:00.000Z');
    expect(claimOf('Huawei ships 950PR to Alibaba by July').kind).toBe('forecast');
    expect(claimOf('Huawei has shipped 950PR to Alibaba').kind).toBe('event');
  });

  it('keeps other things of one maker out: a Huawei phone is not a Huawei chip', () => {
    const rivals = claimOf('DeepSeek V4 runs on Huawei chips').frame.slots[1]?.rivals ?? [];
    expect(rivals.some((rival) => rival.startsWith('Huawei') && rival.includes('smartphone'))).toBe(true);
  });

  it('reads a list as one slot of which two suffice', () => {
    const claim = claimOf('Alibaba, ByteDance and Tencent have ordered Huawei chips');
    expect(claim.frame.slots[0]?.atLeast).toBe(2);
    expect(aliases(claim, 0)).toEqual(expect.arrayContaining(['Alibaba', '字节跳动', 'Tencent']));
    expect(aliases(claim, 0)).not.toContain('Alibaba Group');
  });

  it('reads a number with its unit as a range, a bound as a bound, a sum as it is written', () => {
    const about = claimOf('DeepSeek V4 has about 1.6 trillion parameters').frame.quantity;
    expect([about?.low, about?.high]).toEqual([1.28e12, 1.92e12]);
    const least = claimOf('Huawei makes more than 600,000 Ascend chips in 2026').frame.quantity;
    expect(least?.low).toBe(570_000);
    expect(least?.high).toBe(Number.MAX_SAFE_INTEGER);
    expect(aliases(claimOf('DeepSeek raises $2 billion from Alibaba'), 2)).toEqual(
      expect.arrayContaining(['2bn', '20亿']),
    );
  });

  it('lets the ruler settle a ruling and nobody else', () => {
    expect(claimOf('The US approves Nvidia H200 sales to China').authorities).toEqual([
      'us-commerce',
      'us-bis',
      'white-house',
    ]);
    expect(claimOf('Nvidia H20 is banned by Beijing').authorities[0]).toBe('china-mofcom');
    expect(claimOf('Nvidia sells H20 in China').authorities).toEqual(['nvidia']);
  });

  it.each([
    ['V4?', 'whole statement'],
    ['Does DeepSeek V4 run on Huawei chips?', 'not a question'],
    ['x'.repeat(301), 'at most 300'],
    ['it is what it is', 'recognised'],
  ])('says why %j cannot be tracked', (statement, why) => {
    expect(claimOfStatement(statement, { registry, now, topic: 'chat' })).toContain(why);
  });

  it('gives each claim an id of its own', () => {
    const taken = new Set(['deepseek-releases-r2']);
    const claim = claimOfStatement('DeepSeek releases R2', { registry, now, topic: 'chat', taken });
    expect(typeof claim === 'string' ? claim : claim.id).toBe('deepseek-releases-r2-2');
  });
});

describe('a frame in words', () => {
  it('names what must be said, without a sign of how phrases are written', () => {
    const lines = frameInWords(claimOf('Huawei ships 950PR to Alibaba by July'), registry, now);
    expect(Object.fromEntries(lines.map(({ label, text }) => [label, text]))).toMatchObject({
      Deadline: '31 Jul',
      'Settled by': 'the word of Huawei or Alibaba',
    });
    expect(lines.find(({ label }) => label === 'Said as')?.text).toMatch(/^ship, shipment, deliver/);
    for (const { text } of lines) expect(text).not.toMatch(/[{}*|=]|s1/);
  });

  it('shows a number as people write it', () => {
    const claim = claimOf('DeepSeek V4 has about 1.6 trillion parameters');
    const said = frameInWords(claim, registry, now).find(({ label }) => label === 'Said as');
    expect(said?.text).toBe('1.28 trillion to 1.92 trillion parameter or param');
  });
});

describe('tracked statements against headlines', () => {
  /** Held by measurement: only ever raise it. */
  const FLOOR = 0.945;

  it('tells what is claimed from its denial, its mention and the near miss next door', async () => {
    const wrong: string[] = [];
    let all = 0;
    for (const { statement, headlines } of [...TRACKED, ...TRACKED_LATER]) {
      const engine = offlineEngine([claimOf(statement)], registry);
      for (const [expected, title] of headlines) {
        all += 1;
        const url = 'https://news.example/1';
        const rows = await engine.judge({
          id: 'a',
          revision: 1,
          url,
          publisher: registry.publisherOf(url),
          published: now,
          lang: 'en',
          title,
          summary: '',
          body: '',
          authors: [],
        });
        const said = rows.find((row) => row.main)?.stance ?? '-';
        if (said !== expected) wrong.push(`${statement} / ${title}: ${said}, not ${expected}`);
      }
    }
    expect(all).toBeGreaterThanOrEqual(150);
    expect(wrong.filter((line) => line.includes(': supports'))).toEqual([]);
    expect(wrong.length / all, wrong.join('\n')).toBeLessThanOrEqual(1 - FLOOR);
  });
});
