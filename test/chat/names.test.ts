import { describe, expect, test } from 'vitest';
import { completions } from '../../src/chat/completions.ts';
import { findClaim, matchingClaims } from '../../src/chat/names.ts';
import type { ClaimName } from '../../src/chat/names.ts';
import { deskDouble } from './examples.ts';

const CLAIMS: readonly ClaimName[] = [
  {
    id: 'v4-on-huawei',
    statement: 'DeepSeek V4 runs on Huawei Ascend chips',
    aliases: ['DeepSeek', '深度求索', 'V4', 'Huawei', '华为', 'Ascend', '昇腾'],
  },
  { id: 'v4-trained-on-huawei', statement: 'DeepSeek V4 was trained on Huawei chips', aliases: ['DeepSeek', '华为'] },
  { id: 'h20-to-china', statement: 'Nvidia delivers H20 chips to China', aliases: ['Nvidia', '英伟达', 'H20', '中国'] },
];
const found = (typed: string): string[] => matchingClaims(CLAIMS, typed).map((claim) => claim.id);

describe('finding a claim by what somebody types', () => {
  test.each([
    ['ascend v4', ['v4-on-huawei']],
    ['chips huawei v4', ['v4-on-huawei', 'v4-trained-on-huawei']],
    ['v4-huawei ascend', ['v4-on-huawei']],
    ['昇腾', ['v4-on-huawei']],
    ['华为昇腾', ['v4-on-huawei']],
    ['昇腾 华为', ['v4-on-huawei']],
    ['Ｖ４华为昇腾', ['v4-on-huawei']],
    ['英伟达', ['h20-to-china']],
    ['英伟达昇腾', []],
    ['英中', []],
    ['h20', ['h20-to-china']],
    ['nothing', []],
    ['', ['v4-on-huawei', 'v4-trained-on-huawei', 'h20-to-china']],
  ])('“%s” finds %j', (typed, ids) => {
    expect(found(typed)).toEqual(ids);
  });

  test('a Chinese name is as good as the claim’s own in a command', () => {
    expect(findClaim(CLAIMS, '英伟达')).toMatchObject({ ok: true, claim: { id: 'h20-to-china' } });
  });

  test('the best 25 of 3,000 claims are there within 50 ms of a key', () => {
    const many = Array.from({ length: 3000 }, (_, at): ClaimName => {
      const chip = at === 2900 ? 'Kirin' : `Ascend ${at}`;
      return {
        id: `claim-${at}`,
        statement: `Huawei ships the ${chip} to customers in China this year`,
        aliases: ['Huawei', '华为', 'HiSilicon', '海思', chip, ...(at === 2900 ? ['麒麟'] : ['昇腾'])],
      };
    });
    const desk = deskDouble({ topics: () => [{ id: 'huawei', title: 'Huawei', claims: many }] });
    const reader = { platform: 'discord', workspace: '1' } as const;
    const typed = ['', 'hua', 'china huawei ascend 29', '华为麒麟'];
    const took = typed.map((words) => {
      let best = Infinity;
      // The quickest of three: the machine may be busy with something else.
      for (let round = 0; round < 3; round += 1) {
        const began = performance.now();
        completions(desk, reader, 'huawei', 'why', 'claim', words);
        best = Math.min(best, performance.now() - began);
      }
      return best;
    });
    expect(Math.max(...took)).toBeLessThan(50);
    const offered = typed.map((words) => completions(desk, reader, 'huawei', 'why', 'claim', words));
    expect(offered.map((choices) => choices.length)).toEqual([25, 25, 25, 1]);
    expect(offered[3]?.[0]?.value).toBe('claim-2900');
  });
});
