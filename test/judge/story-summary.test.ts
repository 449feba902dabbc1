/**
 * What subscribers of `all` read of an event: the publishers' own words and who knew.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newsTime } from '../../src/core/time.ts';
import type { StoryArticle } from '../../src/judge/story-summary.ts';
import { storySummary } from '../../src/judge/story-summary.ts';
import { registry } from '../stories.ts';
import { processorMs } from '../support/cost.ts';

let count = 0;
function page(domain: string, title: string, text = '', more: Partial<StoryArticle> = {}): StoryArticle {
  count += 1;
  const url = `https://${domain}/${count}`;
  const id = `p${count}`;
  return {
    id,
    url,
    publisher: registry.publisherOf(url, domain),
    published: newsTime(Date.UTC(2026, 3, 3, 8, count % 60)),
    lang: 'en',
    title,
    summary: text,
    body: '',
    textGroup: id,
    ...more,
  };
}

const theirScoop = page(
  'theinformation.com',
  'DeepSeek V4 Will Run on Huawei Chips',
  "DeepSeek's next model, V4, will run on Huawei's latest Ascend chips, according to five people with direct knowledge. The release is planned for the coming weeks. Subscribe now.",
);
const wire = page(
  'reuters.com',
  'DeepSeek V4 to run on Huawei chips, The Information reports',
  "April 3 (Reuters) - DeepSeek's new V4 model will run on Huawei chips, The Information reported on Friday. Reuters could not immediately verify the report. Shares of SMIC rose 4%.",
);
const echo = page('yahoo.com', 'DeepSeek V4 to run on Huawei chips, The Information reports', wire.summary, {
  textGroup: wire.id,
});
const blog = page(
  'blog.example',
  'V4 on Huawei!',
  'DeepSeek V4 will run on Huawei chips, according to The Information.',
);

describe('a story summary', () => {
  it('is the headline and at most two sentences of the page nearest to who knew, word for word', () => {
    const story = storySummary([echo, blog, wire, theirScoop], registry);
    expect(story).toMatchObject({
      title: theirScoop.title,
      publisher: 'The Information',
      url: theirScoop.url,
      publishers: 4,
      origins: ['The Information'],
      first: theirScoop.published,
      last: blog.published,
    });
    expect(story?.sentences).toEqual([
      "DeepSeek's next model, V4, will run on Huawei's latest Ascend chips, according to five people with direct knowledge.",
      'The release is planned for the coming weeks.',
    ]);
  });

  it('shows a wire before an aggregator, and keeps the credit', () => {
    const story = storySummary([echo, wire], registry);
    expect(story).toMatchObject({ publisher: 'Reuters', publishers: 2, origins: ['The Information'] });
    expect(story?.sentences[0]).toContain('The Information reported on Friday');
  });

  it('adds the sentence that says who knew when the telling one does not', () => {
    const story = storySummary(
      [
        page(
          'hk01.com',
          'DeepSeek V4 will run on Huawei Ascend chips',
          'DeepSeek V4 will run on Huawei Ascend chips within weeks. Alibaba and ByteDance have ordered many of the chips. The order book was first reported by The Information.',
        ),
      ],
      registry,
    );
    expect(story?.sentences).toEqual([
      'DeepSeek V4 will run on Huawei Ascend chips within weeks.',
      'The order book was first reported by The Information.',
    ]);
  });

  it('names every independent origin once, and nobody whose pages only relay', () => {
    const ft = page(
      'ft.com',
      'DeepSeek and Huawei',
      'DeepSeek worked with Huawei on V4, two people familiar with the matter said.',
    );
    const nikkei = page(
      'nikkei.com',
      'DeepSeek and Huawei',
      'DeepSeek worked with Huawei on V4 for months, people close to both said.',
    );
    const story = storySummary([wire, theirScoop, ft, nikkei], registry);
    expect(story?.origins).toEqual(['The Information', 'Financial Times']);
  });

  it('finds no origin in two pages that credit each other', () => {
    const one = page('hk01.com', 'V4 tomorrow', 'DeepSeek will release V4 tomorrow, according to UDN.');
    const other = page('udn.com', 'V4 tomorrow', 'DeepSeek will release V4 tomorrow, according to HK01.');
    expect(storySummary([one, other], registry)?.origins).toEqual([]);
  });

  it('believes what an unlisted page heard from a second one of another owner and another text', () => {
    const copy = page('copy.example', blog.title, blog.summary, { textGroup: blog.textGroup });
    const second = page('second.example', 'V4', 'V4 will run on Ascend in April, The Information reported on Friday.');
    expect(storySummary([blog], registry)?.origins).toEqual([]);
    expect(storySummary([blog, copy], registry)?.origins).toEqual([]);
    expect(storySummary([blog, copy, second], registry)?.origins).toEqual(['The Information']);
  });

  it('never links an unlisted page, nor one of low credibility', () => {
    expect(storySummary([blog], registry)).toMatchObject({ title: blog.title, url: null, publishers: 1 });
    expect(storySummary([page('albis.news', 'V4 is out')], registry)).toMatchObject({ url: null, sentences: [] });
  });

  it('leaves Chinese Chinese', () => {
    const story = storySummary(
      [
        page(
          'hk01.com',
          'DeepSeek V4 将采用华为芯片',
          '据The Information报道，DeepSeek 新一代模型 V4 将在华为昇腾芯片上运行。阿里巴巴、字节跳动和腾讯已下单数十万颗。点击阅读。',
          { lang: 'zh' },
        ),
      ],
      registry,
    );
    expect(story).toMatchObject({ lang: 'zh', origins: ['The Information'] });
    expect(story?.sentences).toEqual([
      '据The Information报道，DeepSeek 新一代模型 V4 将在华为昇腾芯片上运行。',
      '阿里巴巴、字节跳动和腾讯已下单数十万颗。',
    ]);
  });

  it('repeats neither the headline nor a sentence, and offers no question', () => {
    const story = storySummary(
      [
        page(
          'reuters.com',
          'Huawei unveils new Ascend chip',
          'Huawei unveils new Ascend chip.\nCan Huawei catch up with Nvidia this year at all?\nHuawei said on Friday its Ascend chip matches the H100 in inference.\nHuawei said on Friday its Ascend chip matches the H100 in inference.',
        ),
      ],
      registry,
    );
    expect(story?.sentences).toEqual(['Huawei said on Friday its Ascend chip matches the H100 in inference.']);
    expect(story?.origins).toEqual(['Huawei']);
  });

  it('is the same in whatever order the articles come, verbatim for any text, and null without articles', () => {
    expect(storySummary([], registry)).toBeNull();
    const pages = [theirScoop, wire, echo, blog];
    fc.assert(
      fc.property(fc.shuffledSubarray(pages, { minLength: 4 }), (shuffled) => {
        expect(storySummary(shuffled, registry)).toEqual(storySummary(pages, registry));
      }),
      { numRuns: 20 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 400 }), (title, text) => {
        const story = storySummary([page('reuters.com', title, text)], registry);
        expect(story?.sentences.length).toBeLessThanOrEqual(2);
        for (const sentence of story?.sentences ?? []) expect(text).toContain(sentence);
      }),
      { numRuns: 100 },
    );
  });

  it('sums up a story of three hundred long pages within a second', async () => {
    const long = Array.from({ length: 300 }, (_, n) =>
      page(`site${n}.example`, `DeepSeek V4 and Huawei, part ${n}`, wire.summary, {
        body: `${wire.summary} `.repeat(400),
      }),
    );
    const cost = await processorMs(3000, () => expect(storySummary(long, registry)?.publishers).toBe(300));
    expect(cost).toBeLessThan(3000);
  });
});
