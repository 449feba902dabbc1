import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimStates } from '../../src/ledger/claims.ts';
import { decisionsOn } from '../../src/ledger/decisions.ts';
import { holdAlone } from '../../src/ledger/presence.ts';
import { rows } from '../../src/ledger/sql.ts';
import { openDesk } from '../../src/pipeline/desk.ts';
import { whyOfClaim } from '../../src/pipeline/desk-views.ts';
import { pollFeed } from '../../src/pipeline/poll.ts';
import { testNewsroom, type Page, type TestNewsroom } from '../support/newsroom.ts';

const scoop: Page = {
  guid: 'ft-1',
  published: '2026-02-28T00:10:00Z',
  title: 'DeepSeek readies V4 tuned for Huawei chips',
  summary:
    'DeepSeek has optimised its V4 model to run on Huawei chips, two people with knowledge of the matter told the Financial Times.',
  url: 'https://www.ft.com/content/test-scoop',
};
const echo = (n: number): Page => ({
  guid: `echo-${n}`,
  published: `2026-02-28T0${n}:30:00Z`,
  title: `V4 will run on Huawei chips, FT says (${n})`,
  summary: `DeepSeek's V4 will run on Huawei chips, the Financial Times reported, according to news desk number ${n}.`,
  url: `https://www.straitstimes.com/tech/echo-${n}`,
});
const second: Page = {
  guid: 'ti-1',
  published: '2026-04-03T15:00:00Z',
  title: 'DeepSeek V4 to run on Huawei chips',
  summary: 'DeepSeek V4 will run on the latest chips made by Huawei, according to two people with direct knowledge.',
  url: 'https://www.theinformation.com/articles/test-second',
};
const release: Page = {
  guid: 'ds-1',
  published: '2026-04-24T03:00:00Z',
  title: 'DeepSeek V4 is here',
  summary: 'DeepSeek-V4 is released today. DeepSeek V4 runs on Huawei Ascend chips.',
  url: 'https://api-docs.deepseek.com/news/test-release',
};

let news: TestNewsroom;
beforeEach(async () => {
  news = await testNewsroom({ ft: 'financial-times', st: 'straits-times', ti: 'the-information', ds: 'deepseek' });
  await news.subscribe('C1');
  await news.sweep();
  await news.drain();
  await news.turn();
});
afterEach(() => news.close());

const put = (feed: string, ...pages: Page[]): void => void news.pages.get(feed)?.push(...pages);
const status = async (claim = 'v4-on-huawei'): Promise<string | undefined> =>
  (await claimStates(news.room.pool)).get(claim)?.status;
const titles = (): string[] =>
  news.poster.sent.map((message) => message.card.title).filter((title) => title.includes('runs on Huawei'));

async function publish(time: string, feed: string, ...pages: Page[]): Promise<void> {
  put(feed, ...pages);
  news.at(time);
  await news.turn();
}

it('announces the scoop once, stays quiet for its echoes, and speaks again when a second origin does', async () => {
  await publish('2026-02-28T00:20:00Z', 'ft', scoop);
  expect(await status()).toBe('reported');
  await publish('2026-02-28T09:00:00Z', 'st', echo(1), echo(2), echo(3));
  expect(await status()).toBe('reported');
  await publish('2026-04-03T16:00:00Z', 'ti', second);
  await publish('2026-04-24T04:00:00Z', 'ds', release);
  expect(titles().map((title) => title.split(':')[0])).toEqual(['Reported', 'Corroborated', 'Confirmed']);
});

it('puts one event into one story, however and in whatever language it is told, by what is said of a claim', async () => {
  await publish('2026-02-28T00:20:00Z', 'ft', scoop);
  await publish('2026-02-28T09:00:00Z', 'st', {
    guid: 'retold',
    published: '2026-02-28T08:30:00Z',
    title: '外媒：杭州新秀押注本土路线',
    summary: '据《金融时报》报道，DeepSeek V4 已针对华为昇腾优化。分析师认为，这将牵动整个产业的布局与投资节奏。',
    url: 'https://www.straitstimes.com/tech/retold',
  });
  const stories = await rows<{ story: string }>(news.room.pool, 'select distinct story::text from articles');
  expect(stories).toHaveLength(1);
});

it('P7: announces nothing of what a feed held when it was first asked', async () => {
  await news.close();
  news = await testNewsroom({ ft: 'financial-times' });
  await news.subscribe('C1');
  news.at('2026-03-01T00:00:00Z');
  put('ft', scoop);
  await news.turn();
  await news.sweep();
  await news.drain();
  expect(await status()).toBe('reported');
  expect(news.poster.sent).toEqual([]);
});

it('P9: every decision follows again, rule and words, from the evidence stored by its time', async () => {
  await publish('2026-02-28T00:20:00Z', 'ft', scoop);
  await publish('2026-04-03T16:00:00Z', 'ti', second);
  const stored = await decisionsOn(news.room.pool, 'v4-on-huawei');
  expect(stored.map((row) => row.to)).toEqual(['reported', 'corroborated']);
  for (const row of stored) {
    const claim = news.room.beat().claims.get(row.claim);
    if (claim === undefined) throw new Error(row.claim);
    const again = await whyOfClaim(news.room, claim, row.decision.at);
    expect(again.claim).toMatchObject({ status: row.to, rule: row.rule, because: row.because });
  }
});

it('P1: loses no alert when the clock is set back between reading a page and deciding on it', async () => {
  put('ft', { ...scoop, published: '2026-02-28T00:20:00Z' });
  news.at('2026-02-28T01:00:00Z');
  await news.room.pool.query('update feeds set next_poll_at = now()');
  await news.turnOnly('poll');
  await news.turnOnly('judge');
  news.at('2026-02-27T23:30:00Z');
  await news.drain();
  expect(titles()).toHaveLength(1);
  const [decided] = await decisionsOn(news.room.pool, 'v4-on-huawei');
  const claim = news.room.beat().claims.get('v4-on-huawei');
  if (claim === undefined || decided === undefined) throw new Error('nothing was decided');
  // And it follows again from what is stored.
  expect((await whyOfClaim(news.room, claim, decided.decision.at)).claim.because).toBe(decided.because);
});

it('changes nothing when every step runs again on the same input', async () => {
  await publish('2026-02-28T00:20:00Z', 'ft', scoop);
  const dump = async (): Promise<unknown[]> =>
    rows(
      news.room.pool,
      `select (select count(*) from articles) as articles, (select count(*) from evidence) as evidence,
      (select count(*) from decisions) as decisions, (select count(*) from alerts) as alerts, (select count(*) from deliveries) as deliveries`,
    );
  const before = await dump();
  await news.room.pool.query('update feeds set etag = null, last_modified = null, body_hash = null');
  await news.room.pool.query('update articles set judged_revision = 0');
  await news.room.pool.query('update claims set dirty = dirty + 1');
  await news.turn();
  await news.sweep();
  await news.drain();
  expect(await dump()).toEqual(before);
  expect(titles()).toHaveLength(1);
});

it.each([
  ['after the poll', 1],
  ['after judging', 2],
  ['after deciding', 3],
])('loses no alert when the queue forgets everything %s', async (_when, turns) => {
  put('ft', scoop);
  news.at('2026-02-28T00:20:00Z');
  await news.room.pool.query('update feeds set next_poll_at = now()');
  for (let turn = 0; turn < turns; turn += 1) {
    // One step of the chain, then every job that it left is lost.
    if (turn === 0) await news.turnOnly('poll');
    else {
      await news.sweep();
      await news.turnOnly(turn === 1 ? 'judge' : 'decide');
    }
    news.loseJobs();
  }
  for (let sweeps = 0; sweeps < 3; sweeps += 1) {
    await news.sweep();
    await news.drain();
  }
  expect(titles()).toHaveLength(1);
});

it('reads other words under the same identity as a revision and judges them anew', async () => {
  await publish('2026-02-28T00:20:00Z', 'ft', scoop);
  const pages = news.pages.get('ft') ?? [];
  pages[0] = {
    ...scoop,
    title: 'DeepSeek readies V4',
    summary: 'DeepSeek is about to release V4. The company did not comment.',
  };
  news.at('2026-02-28T02:00:00Z');
  await news.turn();
  const articles = await rows(news.room.pool, 'select revision from articles');
  expect(articles).toEqual([{ revision: 2 }]);
  expect(await status()).toBe('unverified');
});

it('believes the page address, not what a feed calls itself', async () => {
  await publish('2026-02-28T00:20:00Z', 'ft', { ...scoop, url: 'https://www.ft.com.co/content/test-scoop' });
  expect(await status()).toBe('unverified');
});

it('tells a channel only what its level asks for', async () => {
  await news.subscribe('C2', 'confirmed');
  await publish('2026-02-28T00:20:00Z', 'ft', scoop);
  await publish('2026-04-24T04:00:00Z', 'ds', release);
  const heard = news.poster.sent
    .filter((message) => message.channel === 'C2')
    .map((message) => message.card.title.split(':')[0]);
  expect(heard.filter((word) => word !== 'Confirmed')).toEqual([]);
  expect(heard.length).toBeGreaterThan(0);
});

it('answers status from memory when the database does not answer', async () => {
  await publish('2026-02-28T00:20:00Z', 'ft', scoop);
  const desk = openDesk(news.room);
  const fresh = await desk.status('deepseek');
  expect(fresh.ok).toBe(true);
  const locker = await news.room.pool.connect();
  await locker.query('begin; lock table claims in access exclusive mode');
  try {
    const started = Date.now();
    const stalled = await desk.status('deepseek');
    expect(stalled).toEqual(fresh);
    expect(Date.now() - started).toBeLessThan(3000);
  } finally {
    await locker.query('rollback');
    locker.release();
  }
});

it('gives nobody the right to speak for the page that his feed links to', async () => {
  await news.close();
  news = await testNewsroom({ st: 'straits-times' });
  await news.turn();
  await publish('2026-04-24T04:00:00Z', 'st', release);
  expect(await status()).not.toBe('confirmed');
});

it('writes nothing down of a poll that was cut short because the process stops, and asks again at the next start', async () => {
  put('ft', scoop);
  const of = async (): Promise<unknown> =>
    (await rows(news.room.pool, "select failures, last_result from feeds where id = 'ft'"))[0];
  const before = await of();
  await news.room.pool.query('update feeds set next_poll_at = now()');
  const stop = new AbortController();
  const room = {
    ...news.room,
    fetcher: {
      ...news.room.fetcher,
      fetch: async (...args: Parameters<typeof news.room.fetcher.fetch>) => {
        const answer = news.room.fetcher.fetch(...args);
        stop.abort();
        return answer;
      },
    },
  };
  await pollFeed(room, 'ft', stop.signal);
  expect(await of()).toEqual(before);
  await publish('2026-02-28T00:20:00Z', 'ft');
  expect(await status()).toBe('reported');
});

it('holds one of a kind alone on a database, and frees it when the first one ends', async () => {
  const first = await holdAlone(news.room.pool, 'demo');
  expect(await holdAlone(news.room.pool, 'demo', 0)).toBeNull();
  await first?.release();
  const second = await holdAlone(news.room.pool, 'demo');
  expect(second).not.toBeNull();
  await second?.release();
});
