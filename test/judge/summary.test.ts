/**
 * What an alert quotes: at most two sentences of the page, word for word, with whoever knew it still in them.
 */
import { fileURLToPath } from 'node:url';
import { getDomain } from 'tldts';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { articleText } from '../../src/core/article.ts';
import { summaryOf } from '../../src/core/evidence.ts';
import { buildRegistry } from '../../src/core/registry.ts';
import { newsTime } from '../../src/core/time.ts';
import { offlineEngine } from '../../src/judge/offline.ts';

const loaded = loadConfig({
  shippedDir: null,
  userDir: fileURLToPath(new URL('../corpus/config', import.meta.url)),
  env: {},
});
if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
const registry = buildRegistry(loaded.config.sources, (host) => getDomain(host, { allowPrivateDomains: true }));
const engine = offlineEngine(
  loaded.config.topics.flatMap((topic) => topic.claims),
  registry,
);

async function summaryFor(claim: string, title: string, summary: string, lang = 'en'): Promise<string> {
  const url = 'https://news.example/story';
  const article = {
    id: 'a1',
    revision: 1,
    url,
    publisher: registry.publisherOf(url, 'Example News'),
    published: newsTime('2026-04-04'),
    lang,
    title,
    summary,
    body: '',
    authors: [],
  };
  const judged = (await engine.judge(article)).find((row) => row.claim === claim && row.main);
  for (const quote of judged?.quotes ?? []) expect(articleText(article).slice(quote.start, quote.end)).toBe(quote.text);
  return judged?.summary ?? '';
}

describe('the summary of a judgement', () => {
  it('is the sentence that says it and the one that says who knew, in the order of the text', async () => {
    expect(
      await summaryFor(
        'c01',
        'Chip news of the week',
        'The Information reported more on Friday. It is a busy week. DeepSeek V4 will run on Huawei Ascend chips, the report says. Shares rose.',
      ),
    ).toBe('The Information reported more on Friday. DeepSeek V4 will run on Huawei Ascend chips, the report says.');
  });

  it('keeps the credit at the end of a sentence that is too long to be shown whole', async () => {
    const aside =
      ', which analysts have been expecting since the autumn and which investors have long priced in'.repeat(6);
    const summary = await summaryFor(
      'c01',
      'Chip news of the week',
      `DeepSeek V4 will run on Huawei Ascend chips${aside}, according to The Information. Shares rose.`,
    );
    expect(summary).toContain('DeepSeek V4 will run on Huawei Ascend chips');
    expect(summary).toContain('according to The Information.');
  });

  it('leaves Chinese Chinese', async () => {
    expect(
      await summaryFor(
        'c01',
        '本周芯片新闻',
        '据The Information报道，DeepSeek V4 将在华为昇腾芯片上运行。股价上涨。',
        'zh',
      ),
    ).toBe('据The Information报道，DeepSeek V4 将在华为昇腾芯片上运行。');
  });

  it('sets a headline off from the sentence that follows it', () => {
    const headline = { text: 'V4 to run on Huawei chips', start: 0, end: 25, role: 'stance' } as const;
    const credit = { text: 'The Information reported it.', start: 26, end: 54, role: 'attribution' } as const;
    expect(summaryOf([credit, headline])).toBe('V4 to run on Huawei chips · The Information reported it.');
    expect(summaryOf([credit])).toBe('The Information reported it.');
    expect(summaryOf([])).toBe('');
  });
});
