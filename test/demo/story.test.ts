/**
 * The story that the demo tells, by the general judge and the general policy: nothing in src/ knows it.
 */
import { describe, expect, it } from 'vitest';
import { newsTime, HOUR } from '../../src/core/time.ts';
import { config, feeds, pages, registry, shippedUnderDemo, statusLines, timeline } from './stream.ts';
import type { Page } from './stream.ts';

describe('the story of the demo', () => {
  it('goes from rumour to release as a careful editor would have told it', async () => {
    expect(timeline(await statusLines(pages))).toEqual({
      'v4-lunar-new-year': ['2026-01-09 reported: The Information', '2026-03-01 expired: The Information'],
      'h200-case-by-case': ['2026-01-13 confirmed: US Bureau of Industry and Security'],
      'h200-customs-stop': ['2026-01-14 reported: Reuters', '2026-01-17 corroborated: Reuters + Financial Times'],
      'h200-delivered-china': ['2026-01-29 refuted: Nvidia'],
      'v4-trained-on-blackwell': ['2026-02-24 reported: Reuters'],
      'no-early-access-us-chipmakers': ['2026-02-25 reported: Reuters'],
      'v4-on-huawei': [
        '2026-02-28 reported: Financial Times',
        '2026-04-03 corroborated: Financial Times + The Information',
        '2026-04-24 confirmed: Financial Times + The Information + DeepSeek',
      ],
      'code-rewritten-huawei-cambricon': [
        '2026-02-28 reported: Financial Times',
        '2026-04-03 corroborated: Financial Times + The Information',
      ],
      'v4-multimodal': ['2026-02-28 reported: Financial Times'],
      'v4-early-march': [
        // Reuters, in passing: "due as soon as next week".
        '2026-02-24 reported: Reuters',
        '2026-02-28 corroborated: Reuters + Financial Times',
        '2026-03-09 expired: Reuters + Financial Times',
      ],
      'global-ai-chip-rule': ['2026-03-06 reported: Bloomberg', '2026-03-13 refuted: US Department of Commerce'],
      'ascend-950pr-on-sale': ['2026-03-21 confirmed: Huawei'],
      'bulk-orders-950pr': ['2026-04-03 reported: The Information'],
      'two-more-v4-variants': ['2026-04-03 reported: The Information'],
      'v4-within-weeks': ['2026-04-03 reported: The Information', '2026-04-24 confirmed: The Information + DeepSeek'],
    });
  });

  it('has nothing confirmed or refuted once the pages with an official word are taken out', async () => {
    const unofficial = pages.filter((page) => !page.official);
    expect(unofficial.length).toBeGreaterThan(64);
    const settled = (await statusLines(unofficial)).filter(
      ({ status }) => status === 'confirmed' || status === 'refuted',
    );
    expect(settled).toEqual([]);
  });

  it('is the same story when twenty more pages repeat it', async () => {
    expect(timeline(await statusLines([...pages, ...relays()]))).toEqual(timeline(await statusLines(pages)));
  });

  it('is told with shipped frames, but without what the shipped configuration already knows', () => {
    const claims = config.topics.flatMap((topic) => topic.claims);
    expect(claims.length).toBeGreaterThanOrEqual(16);
    for (const { id, outcome, known, frame, topic, neighbours } of claims) {
      expect([outcome, known], id).toEqual([null, []]);
      const shipped = shippedUnderDemo.topics
        .find((other) => other.id === topic)
        ?.claims.find((other) => other.id === id);
      expect(frame, id).toEqual(shipped?.frame);
      for (const neighbour of neighbours) expect(claims.map((claim) => claim.id)).toContain(neighbour);
    }
  });

  it('polls the archive and nobody else', () => {
    expect(config.feedList.map(({ id }) => id).sort()).toEqual(feeds.map(({ id }) => id).sort());
    expect(config.feeds.allowHosts).toEqual(['127.0.0.1:40123']);
    expect(config.feeds.minIntervalSeconds).toBe(1);
    for (const { url } of config.feedList) expect(new URL(url).host).toBe('127.0.0.1:40123');
  });
});

/** Twenty unlisted pages, each of another owner, that pass on what The Information had, in the manner of such pages. */
function relays(): Page[] {
  const manners = [
    'DeepSeek V4 will run on Huawei chips, according to a report by Reuters citing The Information.',
    'The Information reported that DeepSeek V4 will run on Huawei chips and launch within weeks.',
    'Reuters, citing The Information, says that Alibaba, ByteDance and Tencent have placed bulk orders for hundreds of thousands of Huawei chips.',
    '据路透社援引 The Information 报道，DeepSeek V4 将在华为芯片上运行。',
    'DeepSeek spent months with Huawei and Cambricon rewriting V4 code, per The Information.',
  ];
  return Array.from({ length: 20 }, (_, at) => {
    const url = `https://relay-${at + 1}.example/deepseek-v4`;
    return {
      id: `relay-${at + 1}`,
      revision: 1,
      url,
      publisher: registry.publisherOf(url, `Relay ${at + 1}`),
      publisherAsGiven: `Relay ${at + 1}`,
      published: newsTime(newsTime('2026-04-04T06:00Z') + at * 18 * HOUR),
      lang: 'en',
      title: `Report ${at + 1} on DeepSeek`,
      summary: manners[at % manners.length] ?? '',
      body: '',
      authors: [],
      official: false,
    };
  });
}
