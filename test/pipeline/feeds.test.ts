import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFeeds, type FeedRow } from '../../src/ledger/feeds.ts';
import { rows } from '../../src/ledger/sql.ts';
import { healthOf } from '../../src/pipeline/health.ts';
import { pollFeed } from '../../src/pipeline/poll.ts';
import { testNewsroom, type Page, type TestNewsroom } from '../support/newsroom.ts';

let news: TestNewsroom;
beforeEach(async () => {
  news = await testNewsroom({ wire: 'reuters', blog: 'reuters' });
});
afterEach(() => news.close());

const page = (n: number, published = '2026-02-01T00:00:00Z', guid = `g-${n}`): Page => ({
  guid,
  published,
  title: `Story number ${n}`,
  summary: `What happened in story number ${n}.`,
  url: `https://www.reuters.com/${n}`,
});
const told = async (): Promise<string[]> =>
  (
    await rows<{ view: { words: string } }>(
      news.database.pool,
      `select view from alerts where kind = 'notice' order by id`,
    )
  ).map(({ view }) => view.words);
const feed = async (name: string): Promise<FeedRow> => {
  const found = (await listFeeds(news.database.pool, null)).find(({ id }) => id === name);
  if (found === undefined) throw new Error(`no feed ${name}`);
  return found;
};
const wire = (): Promise<FeedRow> => feed('wire');
/** Polls everything at these moments of one day after the other. */
const pollsAt = async (...times: readonly string[]): Promise<void> => {
  for (const time of times) {
    news.at(time);
    await news.turn();
  }
};

describe('those who run the bot', () => {
  it('hear once of a feed that has been dark for a day, and once that it is back', async () => {
    news.pages.set('wire', [page(1)]);
    await pollsAt('2026-02-01T00:00:00Z');
    expect((await wire()).schedule).toMatchObject({ title: 'Test' });
    news.answers.set('wire', (response) => response.writeHead(500).end());
    await pollsAt('2026-02-01T01:00:00Z', '2026-02-01T23:00:00Z');
    expect([await told(), (await wire()).state]).toEqual([[], 'failing']);
    await pollsAt('2026-02-02T01:00:00Z', '2026-02-02T05:00:00Z', '2026-02-03T05:00:00Z');
    const dark = 'wire has not answered for 24 h: the server has a problem (500). It goes on being tried';
    expect([await told(), (await wire()).state]).toEqual([[dark], 'dark']);
    expect((await healthOf(news.room)).parts.find(({ name }) => name === 'feeds')).toMatchObject({
      note: '1 of 2 answer; dark for a day or more: wire',
    });
    news.answers.delete('wire');
    await pollsAt('2026-02-03T06:00:00Z', '2026-02-03T07:00:00Z');
    expect(await told()).toEqual([dark, 'wire answers again after 2 days']);
    expect((await wire()).history.map(({ words }) => words)).toEqual([
      'healthy: 1 entries: the first poll of a feed: nothing old is announced',
      'failing: the server has a problem (500)',
      'dark: the server has a problem (500)',
      'healthy: same content as before',
    ]);
  });

  it('hear once that a publisher has ended a feed, and it is not asked again', async () => {
    let asked = 0;
    news.answers.set('wire', (response) => {
      asked += 1;
      response.writeHead(410).end();
    });
    await pollsAt('2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z', '2026-02-03T00:00:00Z');
    expect(asked).toBe(1);
    expect(await told()).toEqual([
      'wire: the publisher has ended this feed (410). It is no longer polled; remove it or give its new address',
    ]);
    expect((await healthOf(news.room)).parts.find(({ name }) => name === 'feeds')).toMatchObject({
      note: '1 of 2 answer; ended by their publishers: wire',
    });
  });

  it('P6: hear once a day of a feed that makes up new GUIDs, and nobody hears of its old stories', async () => {
    await news.subscribe('C1');
    const archive = (from: string): Page[] =>
      Array.from({ length: 30 }, (_, n) => ({
        ...page(n, '2026-01-10T00:00:00Z', `${from}-${n}`),
        url: `https://www.reuters.com/${from}/${n}`,
      }));
    news.pages.set('wire', archive('a'));
    await pollsAt('2026-02-01T00:00:00Z');
    expect(await told()).toEqual([]);
    for (const [at, name] of ['b', 'c', 'd'].entries()) {
      news.pages.set('wire', archive(name));
      await pollsAt(`2026-02-01T0${at + 1}:00:00Z`);
    }
    expect(await told()).toEqual([
      'wire looks mostly new: 30 of 30 entries are new at once, and 30 of them are old. It is taken for an archive served again: stored and judged, not announced',
    ]);
    expect(news.poster.sent.filter(({ channel }) => channel === 'C1')).toEqual([]);
    const quiet = await rows<{ quiet: boolean }>(news.database.pool, 'select distinct quiet from articles');
    expect(quiet).toEqual([{ quiet: true }]);
  });

  it('hear of a feed that answers and has had nothing new for long by its own measure', async () => {
    const days = Array.from({ length: 8 }, (_, n) => page(n, `2026-01-${String(20 + n)}T08:00:00Z`));
    news.pages.set('wire', days);
    await pollsAt('2026-01-28T00:00:00Z', '2026-02-03T00:00:00Z');
    expect(await told()).toEqual([]);
    await pollsAt('2026-02-06T00:00:00Z', '2026-02-07T00:00:00Z');
    expect(await told()).toEqual(['wire answers, but has had nothing new for 10 days; usual for it is 24 h']);
    news.pages.set('wire', [...days, page(9, '2026-02-08T00:00:00Z')]);
    await pollsAt('2026-02-08T01:00:00Z');
    expect(await wire()).toMatchObject({ silent: false });
  });
});

describe('a feed that has moved for good', () => {
  const moved = (status: number) =>
    news.answers.set('wire', (response) => response.writeHead(status, { location: '/wire2' }).end());

  it('is polled at its new address after three good polls over a day, and not before', async () => {
    news.pages.set('wire2', [page(1)]);
    moved(301);
    await pollsAt('2026-02-01T00:00:00Z', '2026-02-01T08:00:00Z', '2026-02-01T16:00:00Z');
    expect((await wire()).url).toMatch(/\/wire$/);
    await pollsAt('2026-02-02T01:00:00Z');
    expect((await wire()).url).toMatch(/\/wire2$/);
    expect(await told()).toEqual([
      'wire has moved for good, and is polled at its new address from now on (claimwire feeds list wire shows it); write it into feeds.yaml',
    ]);
    news.answers.set('wire', () => {
      throw new Error('the old address was asked');
    });
    await pollsAt('2026-02-02T02:00:00Z');
    expect(await wire()).toMatchObject({ state: 'healthy' });
  });

  it('stays at its address while the new one is no feed, and when the move is called temporary', async () => {
    news.answers.set('wire2', (response) => response.end('<html><body>We are moving</body></html>'));
    moved(301);
    const times = ['2026-02-01T00:00:00Z', '2026-02-02T01:00:00Z', '2026-02-03T01:00:00Z', '2026-02-04T01:00:00Z'];
    await pollsAt(...times);
    expect((await wire()).url).toMatch(/\/wire$/);
    news.answers.delete('wire2');
    news.pages.set('wire2', [page(1)]);
    moved(302);
    await pollsAt('2026-02-05T00:00:00Z', '2026-02-06T00:00:00Z', '2026-02-07T00:00:00Z', '2026-02-08T00:00:00Z');
    expect((await wire()).url).toMatch(/\/wire$/);
    expect(await wire()).toMatchObject({ state: 'healthy', moving: null });
  });
});

describe('a host', () => {
  it('that hangs costs its own feed and not its neighbours, who wait for their turn', async () => {
    news.pages.set('blog', [page(1)]);
    const { signal } = new AbortController();
    let answer: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      news.answers.set('wire', (response) => {
        answer = () => void response.writeHead(200).end('<rss><channel/></rss>');
        resolve();
      });
    });
    const hanging = pollFeed(news.room, 'wire', signal);
    await arrived;
    await pollFeed(news.room, 'blog', signal);
    expect(await feed('blog')).toMatchObject({ last_poll_at: null, failures: 0, state: 'new' });
    answer();
    await hanging;
    await news.turn();
    expect(await feed('blog')).toMatchObject({ state: 'healthy' });
  });

  it('that asks for fewer requests is left alone with all its feeds', async () => {
    news.answers.set('wire', (response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    news.answers.set('blog', (response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    await news.turn();
    const feeds = await listFeeds(news.database.pool, null);
    expect(feeds.filter(({ last_poll_at }) => last_poll_at !== null)).toHaveLength(1);
    const waits = await rows<{ s: number }>(
      news.database.pool,
      'select extract(epoch from next_poll_at - now())::float8 as s from feeds',
    );
    expect(waits.every(({ s }) => s > 3500 && s < 4400)).toBe(true);
  });
});
