/**
 * Whom a sentence credits: cues of English and Chinese news that are easily missed, and words that look like one.
 */
import { expect, it } from 'vitest';
import { attribute } from '../../src/judge/attribution.ts';
import { nameIndex } from '../../src/judge/names.ts';
import { indexed } from '../../src/judge/phrase.ts';
import { read } from '../../src/judge/text.ts';
import { corpusConfig } from '../corpus/score.ts';

const { registry } = corpusConfig();
const names = nameIndex(registry);

/** "outlet Reuters", "official Reuters < Nvidia", "anonymous", "nobody" for the last sentence of a text. */
function creditIn(text: string, publisher = 'Some Page'): string {
  const host = registry.sources.find(({ name }) => name === publisher) ?? null;
  const reading = indexed(read({ title: '', summary: text, body: '' }));
  const { segments } = attribute(reading, names, host === null ? null : { name: host.name, source: host.id });
  const credit = segments.at(-1)?.credit ?? null;
  if (credit === null) return 'nobody';
  return [credit.kind, credit.chain.map(({ name, source }) => (source === null ? `${name}?` : name)).join(' < ')]
    .filter((part) => part !== '')
    .join(' ');
}

it.each([
  ['Going by the FT, the next version is a month away.', 'outlet Financial Times'],
  ['A Paris office will open, judging by what Reuters heard from two insiders.', 'outlet Reuters'],
  ['The launch was once pegged to May, Reuters noted.', 'outlet Reuters'],
  ['Bloomberg notes that the rule was never printed.', 'outlet Bloomberg'],
  ['The Information’s latest has three platforms racing for accelerators.', 'outlet The Information'],
  ['Reuters’ February tale of crates in the desert never got a second source.', 'outlet Reuters'],
  ['What counts in last week’s scoop by The Information is one verb.', 'outlet The Information'],
  ['The Information had put the orders at hundreds of thousands.', 'outlet The Information'],
  ['Nvidia put the number of chips sold at zero.', 'official Nvidia'],
  ['An Nvidia spokesperson called the tale of hidden servers far-fetched.', 'official Nvidia'],
  ['Lenovo confirmed that it is one of several sellers.', 'official Lenovo?'],
  [
    'An Nvidia spokesperson called the idea of DeepSeek’s hidden servers far-fetched, adding that no tip came.',
    'official Nvidia',
  ],
  ['Asked how many, the BIS enforcement chief answered that it was none.', 'official US BIS'],
  ['美国商务部工业安全局发布指引指出，许可规定同样适用。', 'official US BIS'],
  [
    'According to a Reuters summary of a story in The Information, the plan stands.',
    'outlet Reuters < The Information',
  ],
  ['The FT’s account rests on two people. The chips fit, they said.', 'outlet Financial Times'],
  ['DeepSeek released it today, with 1.6 trillion parameters by its own count.', 'official DeepSeek'],
  ['The model has 1.6 trillion parameters by the official card.', 'document'],
  ['Reuters wrote of a plan. Two editions are said by the agency to be under way.', 'outlet Reuters'],
  ['Three dealers in Shenzhen said cards were on sale.', 'anonymous'],
  ['消息来自彭博访得的两名知情人士。', 'outlet Bloomberg'],
  ['英伟达则如路透日前所报，未获提前试用。', 'outlet Reuters'],
  ['路透 2 月曾报道，两家公司未能提前取得模型。', 'outlet Reuters'],
  ['DeepSeek 通知开发者，正式版计划于 7 月中旬推出。', 'official DeepSeek'],
  ['DeepSeek 今天发布新模型。该公司表示，价格不变。', 'official DeepSeek'],
])('%s: %s', (text, credit) => {
  expect(creditIn(text)).toBe(credit);
});

it.each([
  'DeepSeek called its model V4.',
  'Alibaba, ByteDance and Tencent have already put in for hundreds of thousands of them.',
  'Officials said it was unclear when the rule starts.',
  'Nobody said it was over.',
  // Somebody else's word, or none: what a status must never move by.
  'Nvidia told its suppliers that none have been delivered.',
  'A research firm found, by its own count, that none have been delivered.',
  'The card shows that the model runs.',
  'The Nvidia reseller’s director said that none have been delivered.',
  'The Huawei supplier chief said that it runs.',
  'Nvidia put its Chinese customers at a loss: none have been delivered.',
  'Nvidia’s biggest rival puts the number at nil.',
  'Huawei talks of nothing else: it runs.',
  'The House Foreign Affairs Committee reported H.R. 3447 favourably.',
])('credits nobody: %s', (text) => {
  expect(creditIn(text)).toBe('nobody');
});

it('a company that goes on acting in the next sentence says nothing by that', () => {
  expect(creditIn('《金融时报》援引知情人士报道，DeepSeek 下周推出新模型。该公司并与华为合作，完成适配。')).toBe(
    'nobody',
  );
});

it('a paper that calls itself by the last word of its name is that paper, on its own page only', () => {
  const told = 'Two brokers told the Post that customs had closed.';
  expect(creditIn(told, 'South China Morning Post')).toBe('outlet South China Morning Post');
  expect(creditIn(told, 'Reuters')).toBe('outlet Post?');
  expect(creditIn(`The Washington Post broke it. ${told}`, 'South China Morning Post')).toBe('outlet Post?');
});
