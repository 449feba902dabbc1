/**
 * The offline judge on invented articles: what it must say, and what it must never say.
 */
import { fileURLToPath } from 'node:url';
import { getDomain } from 'tldts';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { Article } from '../../src/core/article.ts';
import { articleText } from '../../src/core/article.ts';
import type { Judgement } from '../../src/core/evidence.ts';
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

function article(title: string, summary: string, published = '2026-04-04', body = ''): Article {
  const url = 'https://news.example/story';
  return {
    id: 'a1',
    revision: 1,
    url,
    publisher: registry.publisherOf(url, 'Example News'),
    published: newsTime(published),
    lang: 'en',
    title,
    summary,
    body,
    authors: [],
  };
}

async function main(claim: string, ...words: Parameters<typeof article>): Promise<Judgement | undefined> {
  return (await engine.judge(article(...words))).find((row) => row.claim === claim && row.main);
}

describe('the offline judge', () => {
  it('lets others have a turn between claims when it takes long, and judges the same', async () => {
    const words = ['V4', 'DeepSeek V4 will run on the latest Huawei chips, The Information reported.'] as const;
    const straight = await engine.judge(article(...words));
    let clock = 0;
    const slow = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 10));
    onTestFinished(() => slow.mockRestore());
    let judged = false;
    let before = 0;
    const others = (): void => {
      if (judged) return;
      before += 1;
      setImmediate(others);
    };
    setImmediate(others);
    expect(await engine.judge(article(...words))).toEqual(straight);
    judged = true;
    expect(before).toBeGreaterThan(1);
  });

  it.each([
    ['Reuters reported on Friday, citing a report by The Information', ['Reuters', 'The Information']],
    ['Reuters reported, citing an earlier story from The Information', ['Reuters', 'The Information']],
    ['according to a report by Reuters citing The Information', ['Reuters', 'The Information']],
    ['according to a report by The Information', ['The Information']],
  ])('reads the chain of “%s” outwards', async (credit, chain) => {
    const judged = await main('c01', 'V4', `DeepSeek V4 will run on the latest Huawei chips, ${credit}.`);
    expect(judged?.chain.map((hop) => hop.name)).toEqual(chain);
  });

  it('does not take a company for the speaker when somebody else speaks after the comma', async () => {
    const judged = await main(
      'c05',
      'Orders',
      "The Information has the details. Alibaba, ByteDance and Tencent have placed bulk orders for hundreds of thousands of Huawei's coming chips, the report says.",
    );
    expect(judged).toMatchObject({ stance: 'supports', strength: 'attributed' });
    expect(judged?.chain.map((hop) => hop.name)).not.toContain('Huawei');
  });

  it('does not let one sentence of one speaker contradict itself', async () => {
    const url = 'https://www.federalregister.gov/documents/2026/01/15/x';
    const words = article(
      'Revision to License Review Policy',
      'BIS has changed its license review policy for H200 chips exported to China from a presumption of denial to a case-by-case review.',
      '2026-01-15',
    );
    const rows = await engine.judge({ ...words, url, publisher: registry.publisherOf(url) });
    const stances = rows.filter((row) => row.claim === 'c14').map((row) => row.stance);
    expect(stances).toEqual(['supports']);
  });

  it('does not let a denial of two deeds assert the second', async () => {
    const words = article(
      'H200',
      'None of Nvidia’s H200 chips have been delivered or sold to customers in China, the US Commerce Department’s assistant secretary told a House committee on Tuesday.',
      '2026-02-25',
    );
    const rows = (await engine.judge(words)).filter((row) => row.claim === 'c16');
    expect(rows.map((row) => row.stance)).toEqual(['refutes']);
  });

  it("takes unnamed people on a newsroom's own page for that newsroom's, and on any other page for nobody's", async () => {
    const words = article('V4', 'DeepSeek V4 will run on Huawei chips, two people familiar with the matter said.');
    const onPage = async (url: string) =>
      (await engine.judge({ ...words, url, publisher: registry.publisherOf(url) })).find((row) => row.claim === 'c01');
    expect(await onPage('https://www.ft.com/content/1')).toMatchObject({ strength: 'attributed', origin: 'publisher' });
    expect(await onPage('https://news.example/story')).toMatchObject({
      strength: 'attributed',
      origin: 'unattributed',
    });
    const relayed = { ...words, summary: `${words.summary} Reuters reported it first.` };
    const url = 'https://www.ft.com/content/1';
    const [judged] = await engine.judge({ ...relayed, url, publisher: registry.publisherOf(url) });
    expect(judged?.origin).not.toBe('publisher');
  });

  it('follows "a report by Reuters citing The Information" to The Information', async () => {
    const judged = await main(
      'c01',
      'A new model',
      'DeepSeek V4 will run on Huawei chips, according to a report by Reuters citing The Information.',
    );
    expect(judged).toMatchObject({ stance: 'supports', strength: 'attributed' });
    expect(judged?.chain.map((hop) => hop.name)).toEqual(['Reuters', 'The Information']);
    expect(judged?.origin).toMatchObject({ name: 'The Information' });
  });

  it('reads the same chain in Chinese, Traditional or Simplified', async () => {
    for (const text of [
      '路透社援引The Information報導稱，DeepSeek V4將在華為晶片上運行。',
      '路透社援引The Information报道称，DeepSeek V4将在华为芯片上运行。',
    ]) {
      const judged = await main('c01', '新模型', text);
      expect(judged?.stance).toBe('supports');
      expect(judged?.origin).toMatchObject({ name: 'The Information' });
    }
  });

  it('says nothing on near misses', async () => {
    const rows = await engine.judge(
      article('Huawei launches a new phone', 'The phone has a Kirin chip and goes on sale on Friday.'),
    );
    expect(rows).toEqual([]);
  });

  it('takes a denial for a refutation and a question for neither', async () => {
    expect((await main('c01', 'DeepSeek', 'Huawei denied that DeepSeek V4 runs on Ascend chips.'))?.stance).toBe(
      'refutes',
    );
    expect((await main('c01', 'DeepSeek', 'It is unclear whether DeepSeek V4 runs on Ascend chips.'))?.stance).toBe(
      'discusses',
    );
  });

  it('quotes the article verbatim at the offsets it gives', async () => {
    const read = article(
      'ＤｅｅｐＳｅｅｋ V4 ships',
      'Sources said DeepSeek\u200b V4 runs on <b>Huawei</b> Ascend chips.\nMore follows.',
    );
    const rows = await engine.judge(read);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows)
      for (const quote of row.quotes) expect(articleText(read).slice(quote.start, quote.end)).toBe(quote.text);
  });
});
