/**
 * A deed is told of the thing next to it: sentences that name a claim's thing and tell the deed of another one of its kind, each beside
 * one that tells it of the claim's.
 */
import { getDomain } from 'tldts';
import { describe, expect, it } from 'vitest';
import { shippedConfigDir } from '../../src/config/home.ts';
import { loadConfig } from '../../src/config/load.ts';
import { buildRegistry } from '../../src/core/registry.ts';
import { offlineEngine } from '../../src/judge/offline.ts';
import { articleOf } from '../corpus/score.ts';

const loaded = loadConfig({ shippedDir: shippedConfigDir(), userDir: null, env: {} });
if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
const registry = buildRegistry(loaded.config.sources, (host) => getDomain(host, { allowPrivateDomains: true }));
const engine = offlineEngine(
  loaded.config.topics.flatMap((topic) => topic.claims),
  registry,
);

async function stance(claim: string, text: string): Promise<string> {
  const item = {
    id: 'one',
    url: 'https://www.reuters.com/technology/one',
    publisher: 'Reuters',
    published: '2026-04-10T12:00:00Z',
    lang: /\p{Script=Han}/u.test(text) ? 'zh' : 'en',
    title: '',
    summary: text,
    gold: { claims: {} },
  };
  const rows = await engine.judge(articleOf(item, registry));
  return rows.find((judged) => judged.claim === claim && judged.main)?.stance ?? 'unrelated';
}

describe('what is told of another', () => {
  it.each([
    // Another model is what was released; the claim's is behind a "not", in another clause, or still awaited.
    ['v4-within-weeks', 'DeepSeek said it had released V3.3 today, not V4.'],
    ['v4-within-weeks', 'Instead of V4, DeepSeek released V3.5 on Friday.'],
    ['v4-within-weeks', 'DeepSeek on Friday launched R2, a reasoning model, while V4 remains under wraps.'],
    ['v4-within-weeks', 'Moonshot released Kimi K3 on Friday, days before DeepSeek’s V4.'],
    ['v4-within-weeks', 'DeepSeek 今日推出新 App，为 V4 预热。'],
    ['v4-within-weeks', '月之暗面今日发布 Kimi K3，早于 DeepSeek V4。'],
    ['v4-within-weeks', 'DeepSeek 今日推出 OCR 工具，V4 还要再等。'],
    ['v4-within-weeks', 'Tencent unveiled Hunyuan 3 on Friday as DeepSeek V4 remained absent.'],
    ['v4-within-weeks', 'DeepSeek open-sourced its file system on Friday, leaving V4 for another day.'],
    ['v4-within-weeks', 'DeepSeek 今日上线专家模式，V4 仍在内部测试。'],
    ['v4-within-weeks', 'DeepSeek launched an expert mode on Friday; V4 is still in testing.'],
    ['v4-within-weeks', '腾讯新模型周五开源，抢在 DeepSeek V4 之前亮相。'],
    ['ascend-950pr-on-sale', 'Huawei said the Ascend 950DT, the sister chip of the 950PR, is on sale.'],
    ['v4-on-huawei', 'Huawei said R1 runs on Ascend and V4 is being ported.'],
    ['v4-on-huawei', 'Huawei said V3.2, unlike V4, runs on its Ascend 910C chips.'],
    ['v4-on-huawei', '华为表示，DeepSeek V3.2 已运行在昇腾芯片上，V4 的适配正在进行。'],
    ['v4-multimodal', 'DeepSeek said that unlike Qwen, which handles images, V4 focuses on coding.'],
    ['v4-multimodal', 'DeepSeek released the second version of its OCR model, which reads images, ahead of V4.'],
    [
      'v4-trained-on-huawei',
      'Huawei said an Ascend supernode is capable of training a model of V4’s size from scratch.',
    ],
    ['v4-trained-on-huawei', 'DeepSeek said V4-Lite was trained entirely on Huawei chips.'],
    ['v4-trained-on-huawei', 'Huawei said Kimi K2 was trained entirely on Ascend chips, unlike DeepSeek V4.'],
    ['code-rewritten-huawei-cambricon', 'Cambricon said it worked with DeepSeek for months to adapt R2.'],
    [
      'code-rewritten-huawei-cambricon',
      'Cambricon said Moore Threads worked with DeepSeek for months before launch to adapt V4.',
    ],
    // A number that another model has, or that counts something else.
    ['v4-one-trillion', 'DeepSeek said V4 beats Kimi K2, which has one trillion parameters.'],
    ['v4-one-trillion', 'DeepSeek said V4’s closest rival, Kimi K3, has one trillion parameters.'],
    ['v4-one-trillion', 'DeepSeek said V4 was compared with Kimi K2, a model of one trillion parameters.'],
    ['v4-one-trillion', 'DeepSeek said it first designed V4 with one trillion parameters but released a larger model.'],
    ['v4-one-trillion', 'DeepSeek said V3 has 671 billion parameters and that V4 is larger.'],
    ['v4-one-trillion', 'DeepSeek said V4 was trained on one trillion tokens.'],
    ['v4-one-trillion', 'DeepSeek 表示，V4 日均处理 1 万亿 token。'],
    // Another place, another buyer, another chip.
    ['h200-delivered-china', 'Nvidia said it shipped H200 chips to customers in Taiwan, not China.'],
    ['h200-delivered-china', 'Nvidia said it has delivered H200 chips to customers in Vietnam, while China must wait.'],
    [
      'h200-delivered-china',
      'Nvidia said H200 chips sold to Chinese customers’ data centres in Malaysia have been delivered.',
    ],
    ['h200-delivered-china', '英伟达表示，已向中国客户交付 H20，H200 仍待批准。'],
    ['h200-delivered-china', 'Nvidia said H200 chips that appeared in China were not delivered by it.'],
    ['ascend-950pr-on-sale', 'Huawei said the Ascend 910D is now on sale; the 950PR comes next.'],
    ['ascend-950pr-on-sale', 'Huawei said the Ascend 950DT is not yet on sale, unlike the 950PR.'],
    ['v4-on-huawei', 'Huawei said DeepSeek V4 does not run on the older Ascend 310.'],
    ['v4-trained-on-blackwell', 'DeepSeek denied that V4 was trained on Blackwell chips in Malaysia.'],
    // Another government, a rule for other goods.
    ['global-ai-chip-rule', 'The European Commission withdrew its planned global licence rule for AI chip exports.'],
    ['global-ai-chip-rule', 'China’s Ministry of Commerce withdrew its planned licence rule for AI chip exports.'],
    ['global-ai-chip-rule', 'The Commerce Department issued a global licence rule for drone exports on Friday.'],
  ])('settles nothing for %s: %s', async (claim, text) => {
    expect(['discusses', 'unrelated']).toContain(await stance(claim, text));
  });

  it.each([
    ['v4-within-weeks', 'supports', 'DeepSeek on Friday released V4, the successor of V3.2.'],
    ['v4-within-weeks', 'supports', 'DeepSeek on Friday released the successor to V3.2, V4, its long-awaited model.'],
    ['v4-within-weeks', 'supports', 'DeepSeek released V3.3 and V4 today, the company said.'],
    ['v4-within-weeks', 'supports', 'R1 maker DeepSeek released V4 on Friday, beating Kimi K3 to market.'],
    ['v4-within-weeks', 'supports', 'DeepSeek 今日正式发布 V4，性能超过 Kimi K2 和千问 3。'],
    ['v4-on-huawei', 'supports', 'Huawei said DeepSeek V4, like V3.2 before it, runs on its Ascend chips.'],
    ['v4-on-huawei', 'supports', 'Huawei said V4 and V3.2 both run on its Ascend chips.'],
    ['v4-on-huawei', 'supports', '华为表示，昇腾已全面支持 DeepSeek V4、千问 3 和 Kimi K2。'],
    ['v4-trained-on-huawei', 'supports', 'DeepSeek said V4, unlike V3, was trained entirely on Huawei chips.'],
    ['v4-trained-on-huawei', 'refutes', 'DeepSeek denied that V4 was trained entirely on Huawei chips.'],
    ['v4-one-trillion', 'supports', 'DeepSeek unveiled V4, a model of one trillion parameters, the company said.'],
    ['v4-on-huawei', 'refutes', 'Huawei said DeepSeek V4 does not run on Ascend, although V3.2 does.'],
    ['v4-one-trillion', 'supports', 'DeepSeek said V4, which replaces V3.2, has one trillion parameters.'],
    ['v4-one-trillion', 'supports', 'DeepSeek said V4 has one trillion parameters, up from 671 billion in V3.'],
    [
      'v4-one-trillion',
      'supports',
      'DeepSeek said V4 has one trillion parameters and was trained on 30 trillion tokens.',
    ],
    [
      'h200-delivered-china',
      'supports',
      'Nvidia said it has delivered H200 chips made in Taiwan to customers in China.',
    ],
    [
      'h200-delivered-china',
      'supports',
      'Nvidia CEO Jensen Huang said in Taipei that the company has delivered H200 chips to Chinese customers.',
    ],
    ['ascend-950pr-on-sale', 'supports', 'Huawei said the Ascend 950PR is on sale and the 950DT will follow.'],
    [
      'global-ai-chip-rule',
      'refutes',
      'The Commerce Department withdrew its global licence rule for AI chip exports after China’s Ministry of Commerce protested.',
    ],
  ])('is not: for %s %s by %s', async (claim, want, text) => {
    expect(await stance(claim, text)).toBe(want);
  });

  it('is the rule that was withdrawn, where another was kept', async () => {
    const text =
      'The Commerce Department withdrew the Biden AI diffusion rule and kept its planned global licence rule for AI chips.';
    expect(await stance('global-ai-chip-rule', text)).not.toBe('refutes');
  });
});
