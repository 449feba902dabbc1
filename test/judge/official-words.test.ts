/**
 * What a party says on record in the many ways of newspapers, and what a denial takes back, each beside the near misses that settle nothing:
 * judged with the reference corpus' claims, whose windows and authorities are fixed.
 */
import { describe, expect, it } from 'vitest';
import { offlineEngine } from '../../src/judge/offline.ts';
import { articleOf, corpusConfig } from '../corpus/score.ts';

const config = corpusConfig();
const engine = offlineEngine(config.claims, config.registry);

/** "refutes/official" of the article's first judgement on the claim; of a page whose publisher nobody knows. */
async function judged(claim: string, text: string): Promise<string> {
  const item = {
    id: 'one',
    url: 'https://tech.example/one',
    publisher: 'Tech',
    published: '2026-04-24T12:00:00Z',
    lang: 'en',
    title: 'Tech news',
    summary: text,
    gold: { claims: {} },
  };
  const row = (await engine.judge(articleOf(item, config.registry))).find((one) => one.claim === claim && one.main);
  return row === undefined ? 'unrelated' : `${row.stance}/${row.strength}`;
}

const says =
  (want: string) =>
  async (claim: string, text: string): Promise<void> => {
    expect(await judged(claim, text)).toBe(want);
  };
/** No word on record that it is so. */
const settlesNotAsTrue = async (claim: string, text: string): Promise<void> => {
  expect(await judged(claim, text)).not.toBe('supports/official');
};
/** Neither for nor against on somebody's record. */
const settlesNothing = async (claim: string, text: string): Promise<void> => {
  expect(await judged(claim, text)).not.toMatch(/^(?:supports|refutes)\/official$/);
};

describe('a release that will not be in the window of the claim is refuted by the word of who makes it', () => {
  it.each([
    ['c02', 'DeepSeek said it has postponed V4 to the autumn.'],
    ['c02', 'DeepSeek delayed the release of V4 until September, the company said.'],
    ['c02', 'DeepSeek has postponed V4 indefinitely, the company said.'],
    ['c02', 'DeepSeek said it has scrapped V4.'],
    ['c02', 'DeepSeek has called off the launch of V4, the company said.'],
    ['c02', 'The release of V4 has been cancelled, DeepSeek said.'],
    ['c02', 'DeepSeek announced it was abandoning V4.'],
    ['c02', 'DeepSeek has put V4 on hold, the company said.'],
    ['c02', 'DeepSeek said there will be no V4.'],
    ['c02', 'DeepSeek said it will not release V4 before June.'],
    ['c02', 'DeepSeek ruled out releasing V4 before July.'],
    ['c02', 'V4 is not coming this year, DeepSeek said.'],
    ['c02', 'DeepSeek told developers not to expect V4 before July.'],
    ['c02', 'DeepSeek said users would have to wait until September for V4.'],
    ['c02', 'V4 will slip to the third quarter, DeepSeek said.'],
    ['c02', 'DeepSeek has dropped plans to release V4, it said.'],
    ['c02', 'DeepSeek 官方微博称，V4 跳票至下半年。'],
    ['c02', 'DeepSeek said it has no plans to release V4 this year.'],
    ['c02', 'DeepSeek said V4 would be released no earlier than July.'],
    ['c02', 'DeepSeek said V4 will be released in September.'],
    ['c02', 'DeepSeek 宣布 V4 推迟至下半年发布。'],
    ['c02', 'DeepSeek 表示，V4 六月前不会发布。'],
    ['c02', 'DeepSeek 宣布取消 V4 发布计划。'],
    ['c02', 'DeepSeek 表示不会在今年发布 V4。'],
    ['c02', 'DeepSeek 表示，V4 最早要到下半年才会发布。'],
    ['c02', 'DeepSeek 确认 V4 将于九月发布。'],
  ])('%s %s', says('refutes/official'));
});

describe('another date, another thing or nobody on record refutes nothing', () => {
  it.each([
    ['c02', 'DeepSeek said it has postponed V4 to early May.'],
    ['c02', 'DeepSeek said it will not release V4 before May.'],
    ['c02', 'DeepSeek said it will not release V4 today.'],
    ['c02', 'DeepSeek said it had delayed V4 by a week.'],
    ['c02', 'DeepSeek said it has postponed the V4 launch event to September.'],
    ['c02', "DeepSeek said it has scrapped V4's pricing plan."],
    ['c02', 'DeepSeek said there will be no V4 app.'],
    ['c02', 'DeepSeek said the official version of V4 will be released in September.'],
    ['c02', 'DeepSeek said V4 will be available on Azure in September.'],
    ['c02', "DeepSeek said it will not release V4's training code before July."],
    ['c02', 'DeepSeek said it has not scrapped V4.'],
    ['c02', 'DeepSeek denied that V4 has been postponed to September.'],
    ['c02', 'DeepSeek said V4 would be cancelled if regulators objected.'],
    ['c02', 'DeepSeek may push V4 to September, an analyst said.'],
    ['c02', 'DeepSeek has postponed V4 to September.'],
    ['c02', 'DeepSeek will release V4 in September.'],
    ['c02', 'DeepSeek 宣布取消 V4 发布会。'],
    ['c02', 'DeepSeek 表示，不会取消 V4 发布计划。'],
    ['c02', 'DeepSeek 表示，V4 五月前不会发布。'],
    ['c02', 'DeepSeek 表示，V4 正式版将于九月发布。'],
    ['c02', 'DeepSeek 表示，V4 技术报告将推迟至九月发布。'],
    ['c02', '分析师称，DeepSeek 可能将 V4 推迟至下半年。'],
  ])('%s %s', settlesNothing);
});

describe('a release is told of with what came before it and what it is set against', () => {
  it.each([
    ['c02', 'V4 was released on Friday, DeepSeek said.'],
    ['c02', 'After saying in March that V4 was not ready, DeepSeek released V4 on Friday.'],
    ['c02', 'Despite having said it would not come before May, DeepSeek released V4 on Friday.'],
    ['c02', 'DeepSeek, which had denied that a launch was near, launched V4 on Friday.'],
    ['c02', 'DeepSeek, which had postponed V4 to June, released V4 on Friday.'],
    ['c02', 'DeepSeek launched V4 on Friday, not in February as rumoured.'],
    ['c02', 'DeepSeek launched V4 on Friday, earlier than expected.'],
    ['c02', 'DeepSeek launched V4 on Friday without the fanfare that had been expected.'],
    ['c02', 'DeepSeek released V4 on Friday, ending months of speculation.'],
  ])('%s %s', says('supports/official'));
  it.each([
    ['c02', 'After saying in March that V4 was not ready, DeepSeek released a teaser on Friday.'],
    ['c02', 'DeepSeek launched a V4 countdown on Friday, earlier than expected.'],
    ['c02', 'DeepSeek, which had denied that a launch was near, launched V4 pricing on Friday.'],
    ['c02', 'DeepSeek could launch V4 on Friday, earlier than expected.'],
    ['c02', 'DeepSeek accidentally released V4 on Friday and took it down.'],
  ])('but not: %s %s', settlesNothing);
});

describe('a party speaks behind an aside, in an answer and through "the company"', () => {
  it.each([
    ['c01', 'DeepSeek, in a rare statement, acknowledged that V4 runs on Huawei Ascend chips.'],
    [
      'c16',
      'Nvidia, which reports earnings next week, said it had delivered the first H200 chips to customers in China.',
    ],
    ['c01', 'Huawei, whose Ascend line competes with Nvidia, confirmed that DeepSeek V4 runs on its Ascend chips.'],
    ['c01', 'DeepSeek verified that V4 runs on Huawei Ascend chips.'],
    ['c01', 'DeepSeek did not deny but confirmed that V4 runs on Huawei Ascend chips.'],
    ['c01', 'DeepSeek V4 runs on Huawei Ascend chips, the company told Reuters.'],
    ['c01', 'Asked if V4 runs on Huawei\'s Ascend chips, DeepSeek said "yes".'],
    ['c01', "DeepSeek answered yes when asked whether V4 runs on Huawei's Ascend chips."],
    ['c01', '被问及 V4 是否运行在华为昇腾芯片上，DeepSeek 回答：“是的。”'],
    ['c01', 'DeepSeek, which had previously declined to comment, said on Friday V4 runs on Huawei Ascend chips.'],
    ['c01', 'DeepSeek would not say how many, but it confirmed that V4 runs on Huawei Ascend chips.'],
    ['c01', 'DeepSeek let it be known in a WeChat post that V4 runs on Huawei Ascend chips.'],
    ['c01', 'DeepSeek put an end to weeks of speculation by confirming that V4 runs on Huawei Ascend chips.'],
    ['c17', 'Huawei began commercial shipments of the Ascend 950PR on Friday.'],
  ])('%s %s', says('supports/official'));
  it.each([
    ['c01', 'A rival of DeepSeek, in a statement, acknowledged that V4 runs on Huawei Ascend chips.'],
    ['c01', 'Huawei, whose Ascend chips run DeepSeek V4, said profits rose.'],
    ['c01', 'Huawei, which an analyst says runs DeepSeek V4 on Ascend chips, said nothing.'],
    ['c01', 'DeepSeek reportedly confirmed that V4 runs on Huawei Ascend chips.'],
    ['c01', 'V4 runs on Huawei Ascend chips, a person close to the company told Reuters.'],
    ['c01', 'V4 runs on Huawei Ascend chips, the company told staff.'],
    ['c01', 'Asked if V4 runs on Huawei\'s Ascend chips, DeepSeek said "no comment".'],
    ['c01', "Asked if V4 runs on Huawei's Ascend chips, DeepSeek did not say yes."],
    ['c01', 'Asked if V4 will one day run on Huawei\'s Ascend chips, DeepSeek said "yes".'],
    ['c01', 'Asked if it was worried that V4 runs on Huawei\'s Ascend chips, Huawei said "no".'],
    ['c01', 'Asked if V4 runs on Huawei\'s Ascend chips, an analyst said "yes".'],
    ['c01', '被问及 V4 是否运行在华为昇腾芯片上，分析师回答：“是的。”'],
  ])('but not: %s %s', settlesNothing);
});

describe('a party calls it untrue, or states the opposite outright', () => {
  it.each([
    ['c01', 'DeepSeek said suggestions that V4 runs on Huawei Ascend chips were "simply wrong".'],
    ['c01', "DeepSeek flatly denied reports that V4 runs on Huawei's Ascend chips."],
    ['c01', 'DeepSeek called claims that V4 runs on Huawei Ascend chips inaccurate.'],
    ['c01', 'DeepSeek said that, contrary to media reports, V4 does not run on Huawei Ascend chips.'],
    ['c01', 'DeepSeek V4 does not use Huawei chips, the company told Reuters.'],
    ['c01', 'Asked if V4 runs on Huawei\'s Ascend chips, DeepSeek said "no".'],
    ['c01', '被问及 V4 是否运行在华为昇腾芯片上，DeepSeek 回答：“不是。”'],
    ['c01', '针对 V4 运行在华为昇腾芯片上的传闻，DeepSeek 回应称：消息不实。'],
    ['c01', 'DeepSeek issued a denial of reports that V4 runs on Huawei Ascend chips.'],
    ['c01', 'DeepSeek has poured cold water on reports that V4 runs on Huawei Ascend chips, calling them untrue.'],
    ['c01', 'DeepSeek 称，有关 V4 运行在昇腾芯片上的报道与事实不符。'],
    ['c01', 'DeepSeek 否认有关 V4 运行在昇腾芯片上的报道。'],
    ['c01', 'DeepSeek 辟谣：V4 并非运行在昇腾芯片上。'],
    ['c20', 'The Commerce Department said it was no longer pursuing the global AI chip export rule.'],
    ['c10', 'DeepSeek said in its technical report that V4 was trained on Nvidia GPUs.'],
    ['c11', 'DeepSeek 表示，V4 训练没有使用华为昇腾芯片。'],
    ['c14', 'BIS said the presumption of denial for H200 exports to China remains in place.'],
  ])('%s %s', says('refutes/official'));
  it.each([
    ['c01', 'DeepSeek called reports that V4 runs on Huawei Ascend chips premature.'],
    ['c01', 'DeepSeek did not call reports that V4 runs on Huawei Ascend chips false.'],
    ['c01', 'DeepSeek called reports about V4 on Huawei Ascend chips interesting, and its price list false.'],
    ['c01', '针对 V4 运行在华为昇腾芯片上的传闻，分析师称消息不实。'],
    ['c01', '针对 V4 运行在华为昇腾芯片上的传闻，DeepSeek 回应称不予置评。'],
    ['c01', 'DeepSeek said V4 does not use Huawei chips for training.'],
    ['c10', 'DeepSeek denied that V4 was trained on Nvidia GPUs.'],
    ['c11', 'DeepSeek 表示，V4 推理没有使用华为昇腾芯片。'],
  ])('but not: %s %s', settlesNothing);
});

/** The stance alone. */
const stanceIs =
  (want: string) =>
  async (claim: string, text: string): Promise<void> => {
    expect((await judged(claim, text)).split('/')[0]).toBe(want);
  };

describe('the opposite is told without a no', () => {
  it.each([
    ['c01', 'DeepSeek contradicted Huawei, saying that V4 does not run on its Ascend chips.'],
    ['c01', 'DeepSeek shelved its Huawei Ascend port of V4 before launch.'],
    ['c01', 'The Ascend build of V4 was cancelled.'],
    ['c01', 'We tried V4 on an Ascend 910C and it crashed on load every time.'],
    ['c05', 'The bulk orders for Huawei 950PR by Alibaba, Tencent and ByteDance fell through.'],
    ['c06', 'Cambricon first saw V4 on the day it was released, a company engineer wrote.'],
    ['c08', 'Nvidia engineers had V4 weeks before launch, just like their Chinese rivals.'],
    ['c09', '英伟达称 DeepSeek 用 Blackwell 训练 V4 的说法牵强。'],
    ['c10', 'Huawei chips handled just the final tuning of V4; the heavy lifting was done by Nvidia.'],
    ['c11', 'V4 was trained entirely on Nvidia; Ascend had no part in it.'],
    ['c12', 'V4 weighs in at 1.6 trillion parameters.'],
    ['c13', 'DeepSeek left image and video input out of V4.'],
    ['c14', 'BIS has kept its presumption of denial for H200 exports to China.'],
    ['c15', 'H200 chips continue to clear Chinese customs as usual, agents said.'],
    ['c15', 'Chinese customs denied having told agents to stop H200 imports.'],
    ['c17', 'The Atlas 350 remains a prototype that nobody can buy.'],
    ['c18', 'The House rejected the Chip Security Act on Tuesday.'],
    ['c19', 'Foreign units of Chinese companies are free to buy AI chips without a licence, BIS says.'],
  ])('%s %s', stanceIs('refutes'));
  it.each([
    ['c01', 'DeepSeek ditched Nvidia to run V4 on Huawei Ascend chips.'],
    ['c01', 'DeepSeek cancelled a party, and V4 now runs on Huawei Ascend chips.'],
    ['c14', 'BIS scrapped its presumption of denial and reviews H200 exports to China case by case.'],
  ])('but not: %s %s', stanceIs('supports'));
});

describe('who goes against what others said has not gone against himself', () => {
  it.each([
    ['c01', 'V4 runs on Huawei Ascend chips, DeepSeek said on Friday, contradicting posts on Weibo.'],
    ['c01', 'V4 runs on Huawei Ascend chips, the company told Reuters, denying a report by The Information.'],
    ['c12', 'V4 has about a trillion parameters, DeepSeek said, rejecting talk of a larger model.'],
  ])('%s %s', says('supports/official'));
  it.each([
    ['c01', 'V4 does not run on Huawei Ascend chips, DeepSeek said on Friday, contradicting posts on Weibo.'],
    ['c16', 'Nvidia has not shipped any H200 to China, it said on Friday, disputing what a senator had claimed.'],
  ])('%s %s', says('refutes/official'));
  it.each([
    ['c01', 'Posts claim that V4 runs on Huawei Ascend chips, DeepSeek said on Friday, dismissing the posts.'],
    ['c01', 'V4 runs on Huawei Ascend chips, a blog said on Friday, contradicting DeepSeek.'],
    ['c01', 'Whether V4 runs on Huawei Ascend chips is a rumour, DeepSeek said, denying it.'],
  ])('but not: %s %s', settlesNotAsTrue);
});

describe('a party clears something up, and its own pages show it', () => {
  it.each([
    ['c17', '华为官网显示，昇腾 950PR 已正式开售。'],
    ['c17', '4 月 24 日，华为商城页面显示，昇腾 950PR 已正式开售。'],
  ])('%s %s', says('supports/official'));
  it.each([
    ['c13', 'DeepSeek 澄清，V4 不支持图像。'],
    ['c13', 'DeepSeek API 文档注明，V4 仅支持文本，不支持图像。'],
  ])('%s %s', says('refutes/official'));
  it.each([
    ['c17', '华为经销商页面显示，昇腾 950PR 已正式开售。'],
    ['c17', '仿冒华为官网显示，昇腾 950PR 已正式开售。'],
    ['c17', '一份疑似华为官网截图显示，昇腾 950PR 已正式开售。'],
    ['c13', 'OpenRouter 上的 DeepSeek 页面显示，V4 仅支持文本，不支持图像。'],
    ['c13', '博主澄清，DeepSeek V4 不支持图像。'],
  ])('but not: %s %s', settlesNothing);
});

describe('who only bears the name, left it, warns of it or weighs it has not said it', () => {
  it.each([
    ['c02', 'An X account posing as DeepSeek declared V4 available on Monday.'],
    ['c01', '一名已离职的华为工程师说，V4 能在昇腾上运行。'],
    ['c13', '传 V4 支持图片与视频生成，DeepSeek 客服回复：“请以官方公告为准。”'],
    ['c14', 'A senator warned BIS against a switch to case-by-case review of H200 exports to China.'],
    [
      'c19',
      'Law firms advised clients to assume that foreign subsidiaries of Chinese groups need licences for AI chips; BIS has not said so.',
    ],
    ['c19', 'Foreign units of companies based in Russia need a licence for AI chips, BIS said.'],
    ['c11', 'DeepSeek 表示，V4 的部分训练考虑交给昇腾。'],
    ['c12', 'Qwen 4, which Alibaba says has one trillion parameters, beat DeepSeek V4.'],
    ['c01', 'Huawei said it has begun work on V4.'],
    ['c01', 'Huawei said its Ascend team has been working on V4.'],
  ])('%s %s', settlesNothing);
  it.each([
    ['c13', 'V4 支持图片与视频，DeepSeek 表示。'],
    ['c12', 'V3.2 was followed by V4, which DeepSeek says has one trillion parameters.'],
    ['c01', 'Huawei, which worked on V4 with DeepSeek, said its Ascend chips now run V4.'],
    ['c19', 'Foreign units of companies based in China need a licence for AI chips, BIS said.'],
  ])('beside: %s %s', says('supports/official'));
});

/** Of a page of Reuters, all rows of the claim. */
async function stancesOnReuters(claim: string, summary: string): Promise<string[]> {
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
    expect(await stancesOnReuters(claim, text)).toEqual(['refutes']);
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
    expect((await stancesOnReuters(claim, text)).filter((stance) => stance !== 'discusses')).toEqual([]);
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
    expect((await stancesOnReuters(claim, text)).includes('refutes')).toBe(answers);
  });
});
