/**
 * The real program polling, killed (-9) before it stores what it read, after it stored it and told nobody, and while a
 * server has not answered yet. A new item appears at every poll; in the end each is there once.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rows } from '../../src/ledger/sql.ts';
import { serve, type TestServer } from '../feeds/servers.ts';
import { startProduct, type Product } from '../reliability/product.ts';
import { built } from '../support/built.ts';
import { freshDatabase, type TestDatabase } from '../support/postgres.ts';

const FEEDS = ['a', 'b'];
let folder: string;
let database: TestDatabase;
let server: TestServer;
let product: Product | null = null;
/** Feed -> items it holds; grows by one at each poll until `writing` ends. */
const held = new Map<string, number>();
let writing = true;
/** Called instead of answering, once. */
let instead: (() => void) | null = null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'claimwire-killed-'));
  database = await freshDatabase();
  server = await serve((request, response) => {
    if (instead !== null) {
      const call = instead;
      instead = null;
      call();
      return;
    }
    const feed = (request.url ?? '/').slice(1);
    const count = (held.get(feed) ?? 12) + (writing ? 1 : 0);
    held.set(feed, count);
    const item = (n: number): string =>
      `<item><guid isPermaLink="false">${feed}-${n}</guid><title>Weather ${n} at ${feed}</title><link>https://wire.example.com/${feed}/${n}</link>` +
      `<description>What the weather ${n} is like at ${feed}.</description><pubDate>${new Date().toUTCString()}</pubDate></item>`;
    response.end(
      `<rss version="2.0"><channel>${Array.from({ length: count }, (_, n) => item(n)).join('')}</channel></rss>`,
    );
  });
  const file = (name: string, content: unknown): void => writeFileSync(join(folder, name), JSON.stringify(content));
  mkdirSync(join(folder, 'topics'));
  file('claimwire.yaml', {
    shipped: false,
    // Two requests at once and no pause: a round is to be over soon.
    feeds: {
      allowHosts: [server.host],
      allowHostsConnections: 2,
      allowHostsPauseSeconds: 0,
      minIntervalSeconds: 1,
      defaultIntervalMinutes: 1 / 60,
    },
  });
  file('sources.yaml', {
    sources: [
      {
        id: 'wire',
        name: 'Wire',
        kind: 'newsroom',
        owner: 'wire',
        domains: ['wire.example.com'],
        names: ['Wire'],
        credibility: 'high',
      },
    ],
  });
  file('feeds.yaml', {
    feeds: FEEDS.map((id) => ({
      id,
      url: `${server.url}/${id}`,
      publisher: 'wire',
      lang: 'en',
      topics: ['weather'],
      intervalMinutes: 1 / 60,
    })),
  });
  file('topics/weather.yaml', {
    topic: 'weather',
    title: 'Weather',
    claims: [
      {
        id: 'snow',
        statement: 'It snows',
        kind: 'event',
        resolution: 'Wire says so.',
        authorities: ['wire'],
        frame: { slots: [{ name: 'what', aliases: ['snow'] }], predicate: ['falls'] },
      },
    ],
  });
});

afterEach(async () => {
  product?.signal('SIGKILL');
  await product?.ended;
  await server.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(failpoint?: string): Promise<Product> {
  const { host, user, database: name } = database.poolConfig;
  product = startProduct({
    program: await built('main.js'),
    roles: 'poll',
    logFile: join(folder, 'log'),
    env: {
      CLAIMWIRE_CONFIG: folder,
      // Jobs of the dead are asked for again after a second, not ten.
      CLAIMWIRE_TIME_SCALE: '0.1',
      CLAIMWIRE_DATA: join(folder, 'data'),
      DATABASE_URL: `postgres:///${name}?host=${encodeURIComponent(String(host))}&user=${String(user)}`,
      ...(failpoint === undefined ? {} : { CLAIMWIRE_FAILPOINT: failpoint }),
    },
  });
  return product;
}

interface Stored {
  readonly feed: string;
  readonly url: string;
  readonly revision: number;
  readonly quiet: boolean;
}
const stored = (): Promise<Stored[]> => rows<Stored>(database.pool, 'select feed, url, revision, quiet from articles');

it(
  'a poller that is killed in the middle of a round loses nothing and repeats nothing',
  { timeout: 120_000 },
  async () => {
    const eventually = { timeout: 60_000, interval: 100 };
    for (const failpoint of ['poll.read=kill@1', 'poll.stored=kill@2', 'poll.read=kill@3']) {
      expect(await (await start(failpoint)).ended).toMatchObject({ signal: 'SIGKILL' });
    }
    const during = await start();
    await new Promise<void>((resolve) => (instead = resolve));
    during.signal('SIGKILL');
    await during.ended;

    writing = false;
    await start();
    const everything = (): number => [...held.values()].reduce((sum, count) => sum + count, 0);
    await expect.poll(async () => (await stored()).length, eventually).toBe(everything());
    const articles = await stored();
    expect(new Set(articles.map(({ url }) => url)).size).toBe(articles.length);
    expect(articles.every(({ revision }) => revision === 1)).toBe(true);
    // Only the first good poll of a feed was its baseline: what came later is news, whoever died meanwhile.
    const quiet = articles.filter((article) => article.quiet);
    expect(quiet.length).toBeLessThan(articles.length);
    for (const feed of FEEDS) {
      const of = (list: readonly Stored[]): number[] =>
        list.filter((article) => article.feed === feed).map(({ url }) => Number(url.split('/').at(-1)));
      expect(of(quiet).sort((x, y) => x - y)).toEqual(Array.from({ length: of(quiet).length }, (_, n) => n));
    }
  },
);
