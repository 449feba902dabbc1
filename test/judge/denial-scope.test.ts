/**
 * What a denial takes back: the claim, when it says no more than the claim; otherwise it leaves it where it was. Each narrower denial stands
 * beside one that is of the claim.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { offlineEngine } from '../../src/judge/offline.ts';
import { articleOf, corpusConfig } from '../corpus/score.ts';

const config = corpusConfig((path) => path, fileURLToPath(new URL('../corpus/config', import.meta.url)));
const engine = offlineEngine(config.claims, config.registry);

async function stances(claim: string, summary: string): Promise<string[]> {
  const item = {
    id: 'one',
    url: 'https://www.reuters.com/technology/one',
    publisher: 'Reuters',
    published: '2026-04-24T00:00:00Z',
    lang: 'en',
    title: 'Tech news today',
    summary,
    gold: { claims: {} },
  };
  const judged = await engine.judge(articleOf(item, config.registry));
  return judged.filter((one) => one.claim === claim).map(({ stance }) => stance);
}

describe('a denial refutes a claim', () => {
  it.each([
    ['c01', "DeepSeek denied that V4 runs on Huawei's Ascend chips."],
    [
      'c01',
      'DeepSeek denied a report by the Financial Times saying that V4 runs on Huawei Ascend chips, calling it fabricated.',
    ],
    ['c01', "Huawei denied that DeepSeek's V4 runs on its Ascend chips at all."],
    ['c01', "DeepSeek denied that its V4 model, released on Friday, runs on Huawei's Ascend chips."],
    ['c01', "DeepSeek dismissed as baseless a report that V4 runs on Huawei's Ascend chips."],
    ['c01', "DeepSeek said reports that V4 runs on Huawei's Ascend chips were false."],
    ['c01', 'DeepSeek 否认 V4 运行在华为昇腾芯片上。'],
    ['c01', 'DeepSeek 表示，V4 并未在华为昇腾芯片上运行，相关报道不实。'],
    ['c16', 'Nvidia denied shipping any H200 chips to China.'],
    [
      'c16',
      'Nvidia denied on Tuesday that it had delivered H200 chips to Chinese customers, and said no orders had been filled.',
    ],
    ['c16', '"We have not shipped a single H200 to China," Nvidia said in a statement.'],
    ['c16', '英伟达表示，尚未向中国交付任何 H200 芯片。'],
    ['c08', 'DeepSeek denied withholding V4 from Nvidia and AMD before release.'],
    ['c08', 'Nvidia said DeepSeek gave it access to V4 before its release.'],
    ['c09', 'DeepSeek 否认 V4 在中国使用英伟达 Blackwell 芯片训练。'],
    ['c10', 'DeepSeek denied that V4 was trained entirely on Chinese chips.'],
    ['c12', 'DeepSeek denied reports that V4 has about 1 trillion parameters in total.'],
    ['c13', 'DeepSeek said on Friday V4 does not understand images or video and works with text only.'],
    ['c14', 'BIS said it has not moved to case by case review of H200 exports to China.'],
    ['c17', 'Huawei denied media reports that the Ascend 950PR had gone on sale.'],
    ['c01', '华为发言人表示，V4 已能在昇腾上运行的说法与事实不符。'],
    ['c06', '深度求索否认曾在 V4 发布前与华为、寒武纪联合改写代码。'],
    ['c14', '美国工业与安全局否认已放宽对华 H200 许可审查、改为逐案审查。'],
    ['c16', 'Nvidia said not a single H200 has been handed over to any buyer in China.'],
    ['c19', 'BIS 表示，芯片许可要求并不适用于中国企业的海外子公司，相关报道有误。'],
    [
      'c19',
      'BIS denied that licence requirements for AI chips apply to overseas subsidiaries of companies headquartered in China.',
    ],
  ])('of %s: %s', async (claim, text) => {
    expect(await stances(claim, text)).toEqual(['refutes']);
  });
});

describe('neither refuted nor borne out', () => {
  it.each([
    // What stands in another clause.
    ['c01', '华为否认与 DeepSeek 签有供货协议，对 V4 能否在昇腾上运行则未作回应。'],
    ['c17', '华为公布了昇腾 950PR 的参数，没有提及销售时间。'],
    // How, how much, which part.
    ['c01', "DeepSeek denied that V4 runs solely on Huawei's Ascend chips."],
    ['c01', 'DeepSeek said V4 does not run well on Huawei Ascend chips.'],
    ['c01', 'Huawei said V4 does not run on its older Ascend 310 chips.'],
    ['c01', 'DeepSeek said V4 no longer runs on Huawei Ascend chips.'],
    ['c01', 'DeepSeek 表示，V4 并非只能运行在华为昇腾芯片上。'],
    ['c12', 'DeepSeek denied that V4 has exactly one trillion parameters.'],
    ['c13', 'DeepSeek said V4 does not support images in its free app.'],
    ['c13', 'DeepSeek 表示，V4 不支持图像生成，但能理解图片和视频。'],
    // Where, to whom, when, on what terms.
    ['c16', 'Nvidia denied delivering H200 chips to China in breach of export rules.'],
    ['c16', 'Nvidia denied it shipped H200 chips to China without a licence.'],
    ['c16', '英伟达否认向中国军方交付 H200。'],
    ['c16', '英伟达否认本周向中国交付 H200 芯片。'],
    ['c17', 'Huawei said the Ascend 950PR is not on sale in Europe.'],
    ['c19', 'BIS denied that chip licence requirements apply to overseas subsidiaries of European companies.'],
    ['c02', 'DeepSeek denied it will release V4 this week.'],
    // An act around it, a reason, a duty.
    ['c01', 'Huawei denied paying DeepSeek to run V4 on Ascend chips.'],
    ['c01', 'DeepSeek denied having said that V4 runs on Huawei Ascend chips.'],
    ['c01', 'DeepSeek denied that V4 runs on Huawei Ascend chips because of pressure from Beijing.'],
    ['c01', 'Huawei denied that engineers had to rewrite V4 to run on Ascend chips.'],
    ['c01', 'DeepSeek said the price quoted in a report on V4 running on Huawei Ascend chips was wrong.'],
    ['c08', 'Nvidia denied begging DeepSeek for early access to V4.'],
    ['c09', 'DeepSeek denied smuggling Blackwell chips.'],
    ['c12', 'DeepSeek said reports that V4 has one trillion parameters were wrong about the vocabulary too.'],
    ['c14', 'BIS said it denied an application to review H200 exports to China case by case.'],
    ['c16', 'Nvidia denied that the delivery of H200 chips to China broke any law.'],
    ['c17', 'Huawei denied that the Ascend 950PR is sold out.'],
    // No to a no, and what cannot be said.
    ['c01', 'DeepSeek said it was "not yet in a position to say" that V4 runs on Huawei Ascend chips.'],
    ['c09', 'Nvidia said it could not rule out that DeepSeek trained V4 on Blackwell chips in China.'],
    ['c10', 'DeepSeek said V4 was not trained on Nvidia chips.'],
    ['c11', "Huawei denied that Ascend chips were not used in part of V4's training."],
    ['c13', 'DeepSeek said V4 is not a text-only model.'],
    ['c20', 'The Commerce Department said it may withdraw its planned global licence rule for AI chip exports.'],
    [
      'c20',
      'The Commerce Department said it had no plan to withdraw its planned global licence rule for AI chip exports.',
    ],
  ])('%s: %s', async (claim, text) => {
    expect((await stances(claim, text)).filter((stance) => stance !== 'discusses')).toEqual([]);
  });
});

describe('a denial in the next sentence', () => {
  it.each([
    [
      'c01',
      'V4 runs on Huawei Ascend chips, two people told the Financial Times. DeepSeek denied delaying the release.',
      false,
    ],
    [
      'c16',
      'Nvidia delivered H200 chips to customers in China, two people told the Financial Times. Nvidia denied any wrongdoing.',
      false,
    ],
    [
      'c16',
      'Nvidia delivered H200 chips to customers in China, two people told the Financial Times. Nvidia denied the report.',
      true,
    ],
    [
      'c01',
      'V4 runs on Huawei Ascend chips, two people told the Financial Times. DeepSeek dismissed the report as baseless.',
      true,
    ],
  ])('answers what was told of %s: %s %s', async (claim, text, answers) => {
    expect((await stances(claim, text)).includes('refutes')).toBe(answers);
  });
});
