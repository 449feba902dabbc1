/**
 * Sentences that once moved a shipped claim and must not, each beside one that may: judged against the configuration as it is shipped.
 */
import { getDomain } from 'tldts';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { shippedConfigDir } from '../../src/config/home.ts';
import type { Judgement } from '../../src/core/evidence.ts';
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

async function row(claim: string, day: string, text: string): Promise<Judgement | undefined> {
  const item = {
    id: 'one',
    url: 'https://www.reuters.com/technology/one',
    publisher: 'Reuters',
    published: `${day}T12:00:00Z`,
    lang: 'en',
    title: '',
    summary: text,
    gold: { claims: {} },
  };
  return (await engine.judge(articleOf(item, registry))).find((judged) => judged.claim === claim && judged.main);
}
const stance = async (claim: string, day: string, text: string): Promise<string> =>
  (await row(claim, day, text))?.stance ?? 'unrelated';

describe('a forecast', () => {
  it.each([
    'DeepSeek said on 9 April that the release of V4 is up to its partners.',
    'DeepSeek said today its public launch of V4 depends on Huawei.',
    'DeepSeek told reporters today that the V4 launch took up most of its capacity.',
    'DeepSeek put the release of V4 on its calendar.',
    'DeepSeek gave the release of V4 a new name today.',
    'DeepSeek threw a party for the V4 launch today.',
    'DeepSeek made the launch of V4 its goal today.',
    'DeepSeek brought the V4 launch before its board today.',
    'DeepSeek took the release of V4 off its calendar today.',
    'DeepSeek said today that the release of V4 now depends on Huawei.',
    'DeepSeek announced today that the launch of V4 depends on Huawei.',
    'DeepSeek discussed the launch of V4 with regulators today.',
    'DeepSeek made its schedule for V4 public today.',
    'DeepSeek put a countdown for V4 online today.',
    'DeepSeek said today that V4 dropped to second place on a leaderboard.',
    'DeepSeek launched a hiring round today for V4.',
    'DeepSeek made available today a paper on V4.',
    'DeepSeek celebrated progress on the launch of V4 today.',
    'DeepSeek said today V4 goes live once Huawei agrees.',
    'DeepSeek said today that a teaser for V4 is live.',
    'DeepSeek said today the release date of V4 is out of its hands.',
    'DeepSeek denied today that V4 is out.',
  ])('has not come true by: %s', async (text) => {
    const judged = await row('v4-within-weeks', '2026-04-10', text);
    expect(judged?.stance === 'supports' && judged.event === 'happened').toBe(false);
  });

  it.each([
    'DeepSeek put V4 online today.',
    'DeepSeek made V4 public today.',
    'DeepSeek put V4 up for download today.',
    'DeepSeek posted V4 on Hugging Face today.',
    'V4 is up on Hugging Face, DeepSeek said today.',
    'DeepSeek announced the release of V4 today.',
  ])('has come true by: %s', async (text) => {
    expect(await row('v4-within-weeks', '2026-04-10', text)).toMatchObject({ stance: 'supports', event: 'happened' });
  });
});

describe('what is said to be none or late', () => {
  it.each([
    ['affiliates-rule-in-force', 'BIS said none of the companies is exempt from the 50 percent affiliates rule.'],
    ['alibaba-on-1260h', "The Pentagon said none of Alibaba's objections to the 1260H list has merit."],
    ['h200-delivered-china', 'Nvidia said none of its Chinese H200 customers has complained.'],
    ['h200-delivered-china', 'Nvidia said zero of its Chinese H200 customers complained.'],
    ['h200-delivered-china', 'Nvidia said its Chinese H200 customers have yet to complain.'],
    ['h200-delivered-china', 'Nvidia said not one H200 chip in China has failed.'],
    ['h200-delivered-china', 'Nvidia said that H200 chips in China are idle.'],
    ['h200-delivered-china', 'Nvidia said that Chinese customers are waiting for more H200 chips.'],
    ['h200-delivered-china', 'Nvidia said nothing is known of the H200 in China that is not public.'],
    [
      'blackwell-to-china',
      'The White House said none of the terms for selling Nvidia Blackwell chips to China has changed.',
    ],
    ['v4-lunar-new-year', 'Reuters reported that DeepSeek met investors about V4 in late February.'],
    ['v4-lunar-new-year', 'DeepSeek met investors about V4 in vain.'],
    ['v4-lunar-new-year', "V4 has not shown up in Nvidia's sales, DeepSeek said."],
  ])('refutes no %s by: %s', async (claim, text) => {
    expect(await stance(claim, '2026-03-02', text)).not.toBe('refutes');
  });

  it.each([
    ['h200-delivered-china', 'Nvidia said that its Chinese H200 customers are still empty-handed.'],
    ['h200-delivered-china', 'None of the H200 chips has reached China, Nvidia said.'],
    ['v4-lunar-new-year', 'V4 is late: the Lunar New Year has passed without it, Reuters reported.'],
    ['v4-lunar-new-year', 'V4 is overdue, Reuters reported: it was due in February.'],
  ])('refutes %s by: %s', async (claim, text) => {
    expect(await stance(claim, '2026-03-02', text)).toBe('refutes');
  });

  it('behind a colon takes back what it counts, and nothing when the sentence goes on', async () => {
    for (const text of [
      'DeepSeek said V4 runs on Huawei Ascend chips: nothing was changed.',
      'Huawei said V4 running on Ascend: none of it fails.',
    ])
      expect(await stance('v4-on-huawei', '2026-04-10', text), text).not.toBe('refutes');
    expect(
      await stance('h200-delivered-china', '2026-04-10', 'Nvidia said of the H200 in China: shipped so far: none.'),
    ).toBe('refutes');
  });
});

describe('a sentence with "would" or "could" behind what it asserts', () => {
  it.each([
    ['v4-on-huawei', 'During a briefing Huawei said DeepSeek V4 runs on Ascend chips and would soon be faster.'],
    [
      'v4-on-huawei',
      'Following months of work DeepSeek said V4 runs on Huawei Ascend chips and would cost half as much.',
    ],
    ['v4-on-huawei', 'According to DeepSeek V4 runs on Huawei Ascend chips and would cost half as much.'],
    [
      'h200-customs-stop',
      'Beijing customs officers blocked Nvidia H200 shipments and would return them, the General Administration of Customs said.',
    ],
    ['v4-on-huawei', 'A DeepSeek V4 running on Huawei Ascend chips could be rented from today, DeepSeek said.'],
  ])('still supports %s: %s', async (claim, text) => {
    expect(await stance(claim, '2026-04-24', text)).toBe('supports');
  });

  it.each([
    ['v4-on-huawei', 'Running DeepSeek V4 on Huawei Ascend chips would cost half as much, DeepSeek said.'],
    ['v4-on-huawei', 'A DeepSeek V4 that runs on Huawei Ascend chips would be cheaper, DeepSeek said.'],
  ])('does not when that is all supposed: %s: %s', async (claim, text) => {
    expect(await stance(claim, '2026-04-24', text)).not.toBe('supports');
  });
});

describe('the holiday', () => {
  it('is the Lunar New Year only when the page is close to it', async () => {
    expect(await stance('v4-lunar-new-year', '2026-01-06', 'DeepSeek will release V4 in the holiday season.')).not.toBe(
      'supports',
    );
    expect(await stance('v4-lunar-new-year', '2026-01-06', 'DeepSeek will release V4 in the holiday.')).not.toBe(
      'supports',
    );
    expect(await stance('v4-lunar-new-year', '2026-02-05', 'DeepSeek will release V4 in the holiday.')).toBe(
      'supports',
    );
    expect(await stance('v4-lunar-new-year', '2026-02-05', 'DeepSeek will release V4 in the holiday season.')).not.toBe(
      'supports',
    );
  });
});

describe('"the company"', () => {
  const origin = async (text: string): Promise<unknown> => {
    const judged = await row('h200-delivered-china', '2026-04-10', text);
    return typeof judged?.origin === 'object' ? judged.origin.name : judged?.origin;
  };
  const silent = 'The company would not say whether H200 chips were delivered to China.';
  it('takes up the party of the sentence directly before, with nobody else at its head', async () => {
    expect(await origin(`Nvidia chips sell well. Foxconn assembles them. ${silent}`)).not.toBe('Nvidia');
    expect(await origin(`Nvidia chips sell well, and Foxconn assembles them. ${silent}`)).not.toBe('Nvidia');
    expect(await origin(`Nvidia held its annual meeting. ${silent}`)).toBe('Nvidia');
  });
});

describe('a delivery', () => {
  it.each([
    'Nvidia told its H200 customers in China to wait.',
    'Nvidia said it meets H200 customers in China this week.',
    'Nvidia said the duty on the H200 in China is zero.',
    'Nvidia said none of its H200 customers in China complained.',
  ])('is neither told nor denied by: %s', async (text) => {
    expect(await stance('h200-delivered-china', '2026-04-10', text)).toMatch(/unrelated|discusses/);
  });

  it('is told by the hands it is in, and denied by sales that are zero', async () => {
    const told = 'H200 chips are in the hands of buyers in China, Nvidia said.';
    expect(await stance('h200-delivered-china', '2026-04-10', told)).toBe('supports');
    const denied = 'Nvidia said H200 sales in China are still zero.';
    expect(await stance('h200-delivered-china', '2026-04-10', denied)).toBe('refutes');
  });
});

describe('the word of a party', () => {
  const saysOfficially = async (claim: string, text: string): Promise<boolean> => {
    const judged = await row(claim, '2026-04-24', text);
    return judged?.strength === 'official' && judged.stance !== 'discusses';
  };

  it.each([
    ['ascend-950pr-on-sale', 'A former Huawei executive said the Ascend 950PR is now on sale.'],
    ['ascend-950pr-on-sale', 'A retired Huawei vice president said the Ascend 950PR is now on sale.'],
    ['ascend-950pr-on-sale', 'Huawei’s Hong Kong distributor said the Ascend 950PR is now on sale.'],
    ['v4-on-huawei', 'An ex-DeepSeek researcher confirmed that V4 runs on Huawei Ascend chips.'],
    ['v4-on-huawei', 'A man posing as a DeepSeek spokesman said V4 runs on Huawei Ascend chips.'],
    ['v4-on-huawei', 'A lawyer suing Huawei said DeepSeek V4 runs on its Ascend chips.'],
    ['v4-on-huawei', 'DeepSeek前员工表示，V4 运行在华为昇腾芯片上。'],
    ['v4-on-huawei', '华为经销商表示，DeepSeek V4 运行在昇腾芯片上。'],
    ['v4-on-huawei', '自称 DeepSeek 员工的网友表示，V4 运行在华为昇腾芯片上。'],
    ['v4-one-trillion', 'A leaked model card says DeepSeek V4 has one trillion parameters.'],
    ['chip-security-act-house', 'A lobbyist said the House passed the Chip Security Act.'],
    ['v4-on-huawei', 'DeepSeek said it was aware of media reports that V4 runs on Huawei Ascend chips.'],
    ['h200-delivered-china', 'Nvidia said it was reviewing reports that H200 chips had been delivered to China.'],
    ['v4-on-huawei', 'Huawei denied that DeepSeek V4 does not run on Ascend chips.'],
    ['h200-delivered-china', 'Nvidia denied that it has stopped shipping H200 chips to China.'],
    ['v4-on-huawei', 'A fake DeepSeek press release said V4 runs on Huawei Ascend chips.'],
    ['v4-on-huawei', "DeepSeek's own assistant replied that V4 runs on Huawei Ascend chips."],
    ['v4-on-huawei', 'A DeepSeek engineer said V4 runs on Huawei Ascend chips.'],
    ['v4-on-huawei', '一名 DeepSeek 工程师表示，V4 运行在华为昇腾芯片上。'],
    ['v4-on-huawei', '冒充 DeepSeek 的账号宣布，V4 运行在昇腾芯片上。'],
    ['v4-on-huawei', 'An intern at DeepSeek said V4 runs on Huawei Ascend chips.'],
    ['v4-on-huawei', "A scammer using DeepSeek's name announced that V4 runs on Huawei Ascend chips."],
    ['v4-on-huawei', 'DeepSeek 客服机器人回复称，V4 运行在昇腾芯片上。'],
    ['v4-on-huawei', '疑似 DeepSeek 员工发帖称，V4 运行在昇腾芯片上。'],
    ['ascend-950pr-on-sale', 'A Huawei lookalike website announced the Ascend 950PR is now on sale.'],
    ['ascend-950pr-on-sale', '山寨华为官网宣布，昇腾 950PR 已正式开售。'],
    ['h200-delivered-china', 'A deepfake video shows Jensen Huang saying H200 chips were delivered to China.'],
    ['h200-delivered-china', '一段 AI 合成的视频显示，黄仁勋表示 H200 已交付中国客户。'],
    ['h200-case-by-case', 'Lawyers who deal with BIS said H200 licences for China are now reviewed case by case.'],
    ['h200-case-by-case', 'Consultants close to BIS said H200 licences for China are now reviewed case by case.'],
    [
      'h200-case-by-case',
      'The Bank for International Settlements (BIS) said H200 exports to China are reviewed case by case.',
    ],
  ])('is not, of %s: %s', async (claim, text) => {
    expect(await saysOfficially(claim, text)).toBe(false);
  });

  it.each([
    ['v4-on-huawei', 'Huawei said that DeepSeek V4 runs on its Ascend chips.'],
    ['v4-on-huawei', 'DeepSeek confirmed reports that V4 runs on Huawei Ascend chips.'],
    ['v4-on-huawei', '华为日前表示，DeepSeek V4 运行在昇腾芯片上。'],
    ['v4-on-huawei', '华为在合作伙伴大会上表示，DeepSeek V4 运行在昇腾芯片上。'],
    ['h200-delivered-china', 'Nvidia denied that it has delivered H200 chips to customers in China.'],
    ['v4-on-huawei', 'DeepSeek researchers said V4 runs on Huawei Ascend chips.'],
    ['v4-on-huawei', 'DeepSeek, working with Huawei, said V4 runs on Ascend chips.'],
    ['h200-delivered-china', 'Jensen Huang said in a video that H200 chips were delivered to China.'],
    [
      'h200-case-by-case',
      'The Bureau of Industry and Security (BIS) said H200 exports to China are reviewed case by case.',
    ],
  ])('is, of %s: %s', async (claim, text) => {
    expect(await saysOfficially(claim, text)).toBe(true);
  });
});

describe('an act on something of the thing, or for a few', () => {
  const final = async (claim: string, text: string): Promise<boolean> => {
    const judged = await row(claim, '2026-04-24', text);
    // That a rule is planned supports that it is on its way: what is asked here is its end.
    if (claim === 'global-ai-chip-rule') return judged?.stance === 'refutes';
    if (claim !== 'v4-within-weeks') return judged?.stance === 'supports' || judged?.stance === 'refutes';
    return (judged?.stance === 'supports' && judged.event === 'happened') || judged?.stance === 'refutes';
  };

  it.each([
    ['v4-within-weeks', "DeepSeek unveiled V4's logo today."],
    ['v4-within-weeks', 'DeepSeek published a paper describing V4 today.'],
    ['v4-within-weeks', "DeepSeek said today that V4's landing page is live."],
    ['v4-within-weeks', 'DeepSeek released V4 to a small group of testers today.'],
    ['v4-within-weeks', 'DeepSeek released V4 internally today.'],
    ['v4-within-weeks', 'DeepSeek nearly released V4 today.'],
    ['v4-within-weeks', "DeepSeek released V4's evaluation harness today."],
    ['v4-within-weeks', 'DeepSeek published a V4 system prompt today.'],
    ['v4-within-weeks', 'DeepSeek had all but released V4 today.'],
    ['v4-within-weeks', 'DeepSeek 今日开源 V4 训练代码。'],
    ['global-ai-chip-rule', 'The Commerce Department withdrew one section of its planned global AI chip export rule.'],
    ['global-ai-chip-rule', 'The Commerce Department cancelled a hearing on its planned global AI chip export rule.'],
    ['ascend-950pr-on-sale', 'Huawei said the Ascend 950PR is on sale only to employees.'],
    ['h200-delivered-china', '英伟达表示，H200 样品已送达中国客户。'],
    ['v4-on-huawei', 'DeepSeek 表示 V4 仅有部分模块运行在昇腾芯片上。'],
    ['v4-within-weeks', 'DeepSeek 今日发布 V4 技术报告。'],
    ['v4-within-weeks', 'DeepSeek V4 宣传片今日上线。'],
    ['v4-within-weeks', 'DeepSeek 今日小范围上线 V4。'],
    ['v4-within-weeks', 'DeepSeek 差点在今日发布 V4。'],
    ['v4-within-weeks', 'DeepSeek 今日表示 V4 发布在即。'],
    ['v4-within-weeks', 'DeepSeek 今日发布声明称 V4 不是传闻。'],
    ['v4-multimodal', 'DeepSeek said the V4 teaser has no images or video.'],
    ['ascend-950pr-on-sale', 'Huawei shipped Ascend 950PR samples to universities, the company said.'],
    ['ascend-950pr-on-sale', 'Huawei shipped a mock-up of the Ascend 950PR, the company said.'],
    ['ascend-950pr-on-sale', '华为表示，昇腾 950PR 样品已向客户交付。'],
    ['h200-delivered-china', 'Nvidia delivered H200 evaluation units to Chinese customers, the company said.'],
    ['v4-on-huawei', 'DeepSeek said only part of V4 runs on Huawei Ascend chips.'],
    ['v4-on-huawei', 'A test build of V4 ran on Huawei Ascend chips, DeepSeek said.'],
    ['v4-on-huawei', 'DeepSeek said V4 hardly runs on Huawei Ascend chips.'],
  ])('settles nothing of %s: %s', async (claim, text) => {
    expect(await final(claim, text)).toBe(false);
  });

  it.each([
    ['v4-within-weeks', 'DeepSeek released V4 today alongside a technical paper.'],
    ['v4-within-weeks', "DeepSeek released V4's weights today."],
    ['v4-within-weeks', 'DeepSeek released the V4 series today.'],
    ['v4-within-weeks', 'DeepSeek released V4 today after testing it with a small group of users.'],
    ['v4-within-weeks', 'DeepSeek 今日发布 V4 及技术报告。'],
    ['v4-within-weeks', 'DeepSeek V4 今日在官网上线。'],
    ['v4-within-weeks', 'DeepSeek 今日发布 V4 预览版并开源。'],
    ['v4-within-weeks', 'DeepSeek 今日发布公告称，V4 已正式上线。'],
    ['ascend-950pr-on-sale', 'Huawei said it ships the Ascend 950PR to universities and companies.'],
    ['h200-delivered-china', 'Nvidia said H200 chips have been delivered to a small number of customers in China.'],
    ['h200-delivered-china', '英伟达表示，已向部分中国客户交付 H200。'],
    ['h200-delivered-china', 'None of the H200 chips have been sold to Chinese customers, Nvidia said.'],
    ['global-ai-chip-rule', 'The Commerce Department withdrew its planned global AI chip export rule.'],
    ['global-ai-chip-rule', 'The Commerce Department scrapped its plan for a global AI chip export rule.'],
    ['v4-on-huawei', 'DeepSeek said all parts of V4 run on Huawei Ascend chips.'],
    ['v4-on-huawei', "DeepSeek's technical report says V4 runs on Huawei Ascend chips."],
  ])('does when it is the thing, of %s: %s', async (claim, text) => {
    expect(await final(claim, text)).toBe(true);
  });
});

describe('a "not"', () => {
  it.each([
    "DeepSeek said it will not release V4's training data this month.",
    'DeepSeek said it would not release V4 this month until it was safe.',
    'DeepSeek will never release V4 this month under a closed licence, it said.',
  ])('of another thing, or of the how, calls off no release: %s', async (text) => {
    expect(await stance('v4-within-weeks', '2026-04-10', text)).not.toBe('refutes');
  });

  it('of the thing does', async () => {
    const text = 'DeepSeek said it will not release V4 this month.';
    expect(await stance('v4-within-weeks', '2026-04-10', text)).toBe('refutes');
  });
});

describe('words that are repeated to disown them', () => {
  it.each([
    ['v4-on-huawei', 'DeepSeek said "V4 runs on Huawei Ascend chips" was a mistranslation.'],
    ['v4-on-huawei', 'DeepSeek 表示，注意到有关 V4 运行在华为昇腾芯片上的报道，不予置评。'],
    ['v4-on-huawei', 'DeepSeek 表示，"V4 运行在昇腾芯片上"系误读。'],
    ['ascend-950pr-on-sale', 'Huawei warned that Ascend 950PR cards on sale on Taobao are counterfeit.'],
    ['ascend-950pr-on-sale', '华为称网上在售的昇腾 950PR 系假冒。'],
    ['v4-within-weeks', '愚人节：DeepSeek 今日宣布发布 V4。'],
  ])('support no %s: %s', async (claim, text) => {
    expect(await stance(claim, '2026-04-24', text)).not.toBe('supports');
  });

  it('support it when they are confirmed', async () => {
    for (const text of [
      'DeepSeek 证实了 V4 运行在昇腾芯片上的传闻。',
      'DeepSeek confirmed reports that V4 runs on Ascend.',
    ])
      expect(await stance('v4-on-huawei', '2026-04-24', text), text).toBe('supports');
  });
});

/** A deed is told of the thing next to it: the day is 10 April. */
async function stanceOnTenth(claim: string, text: string): Promise<string> {
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
    expect(['discusses', 'unrelated']).toContain(await stanceOnTenth(claim, text));
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
    expect(await stanceOnTenth(claim, text)).toBe(want);
  });

  it('is the rule that was withdrawn, where another was kept', async () => {
    const text =
      'The Commerce Department withdrew the Biden AI diffusion rule and kept its planned global licence rule for AI chips.';
    expect(await stanceOnTenth('global-ai-chip-rule', text)).not.toBe('refutes');
  });
});
