import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announcePresence, type Presence } from '../../src/ledger/presence.ts';
import {
  addFeed,
  dueFeeds,
  finishPoll,
  leaseFeed,
  listFeeds,
  makeAllDue,
  makeNoneDue,
  pauseHost,
  syncFeeds,
  type FeedRow,
  type HostRules,
  type PollRecord,
} from '../../src/ledger/feeds.ts';
import { one } from '../../src/ledger/sql.ts';
import { freshDatabase, silentLog, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let here: Presence;
let there: Presence;
beforeEach(async () => {
  database = await freshDatabase();
  here = await announcePresence(database.pool, silentLog);
  there = await announcePresence(database.pool, silentLog);
});
afterEach(async () => {
  await here.close();
  await there.close();
  await database.close();
});

const POLITE: HostRules = { connections: 1, pauseMs: 1000 };
const lease = (id: string, owner = here.owner, rules = POLITE): Promise<FeedRow | null> =>
  leaseFeed(database.pool, id, owner, 60, () => rules);
const configured = (urls: Readonly<Record<string, string>>): Promise<void> =>
  syncFeeds(
    database.pool,
    Object.entries(urls).map(([id, url]) => ({
      id,
      url,
      publisher: null,
      lang: 'en',
      topics: [],
      intervalMinutes: null,
    })),
  );
const feed = async (id: string): Promise<FeedRow | undefined> =>
  (await listFeeds(database.pool, null)).find((row) => row.id === id);
const GOOD: PollRecord = {
  ok: true,
  result: '1 entries, 1 new or changed',
  nextInMs: 0,
  newItems: 1,
  schedule: {},
  state: 'healthy',
  failingSince: null,
  lastError: null,
  silent: false,
  moving: null,
  history: [],
};
/** Seconds from now until the feed is due. */
const dueIn = async (id: string): Promise<number> => {
  const row = await one<{ s: number }>(
    database.pool,
    'select extract(epoch from next_poll_at - now())::float8 as s from feeds where id = $1',
    [id],
  );
  return row?.s ?? Number.NaN;
};

it('the host of a feed is its host and port, in whichever way the address writes them', async () => {
  const hosts = {
    'https://Wire.test/rss': 'wire.test:443',
    'http://wire.test/rss?a=b:9': 'wire.test:80',
    'http://127.0.0.1:9000/a': '127.0.0.1:9000',
    'https://[2001:db8::1]:8443/': '[2001:db8::1]:8443',
    'HTTPS://far.test': 'far.test:443',
    'http://far.test?port=:70': 'far.test:80',
  };
  await configured(Object.fromEntries(Object.keys(hosts).map((url, n) => [`f${n}`, url])));
  const listed = await listFeeds(database.pool, null);
  expect(Object.fromEntries(listed.map(({ url, host }) => [url, host]))).toEqual(hosts);
});

describe('the line at a host', () => {
  const NEIGHBOURS = {
    a: 'https://wire.test/a',
    b: 'https://wire.test/b',
    c: 'https://wire.test/c',
    far: 'https://far.test/',
  };

  it('lets one poll in at a time, whichever process asks, and gives the others places a pause apart', async () => {
    await configured(NEIGHBOURS);
    expect(await lease('a')).toMatchObject({ id: 'a' });
    expect([await lease('b'), await lease('c', there.owner)]).toEqual([null, null]);
    expect(await lease('far', there.owner)).toMatchObject({ id: 'far' });
    const [b, c] = [await dueIn('b'), await dueIn('c')];
    expect(b).toBeGreaterThan(0.3);
    expect(c - b).toBeGreaterThan(0.9);
    expect(await dueFeeds(database.pool, 10)).toEqual([]);
  });

  it('holds when both ask at the same moment', async () => {
    await configured(NEIGHBOURS);
    const taken = await Promise.all([lease('a'), lease('b', there.owner), lease('c')]);
    expect(taken.filter((row) => row !== null)).toHaveLength(1);
  });

  it('waits out the pause, and what a host asked for, also in a process that started since', async () => {
    await configured(NEIGHBOURS);
    await lease('a');
    await pauseHost(database.pool, 'wire.test:443', 600_000);
    await finishPoll(database.pool, 'a', GOOD);
    expect(await lease('b', there.owner)).toBeNull();
    expect(await dueIn('b')).toBeGreaterThan(500);
  });

  it('is as wide and as quick as the configuration says of a host of our own', async () => {
    await configured(NEIGHBOURS);
    const own: HostRules = { connections: 2, pauseMs: 0 };
    expect(await lease('a', here.owner, own)).not.toBeNull();
    expect(await lease('b', here.owner, own)).not.toBeNull();
    expect(await lease('c', here.owner, own)).toBeNull();
    await finishPoll(database.pool, 'a', GOOD);
    await expect.poll(() => lease('c', here.owner, own)).toMatchObject({ id: 'c' });
  });

  it('is free at once when the process at its head has died', async () => {
    await configured(NEIGHBOURS);
    await lease('a', there.owner);
    expect(await lease('b')).toBeNull();
    await there.close();
    await expect.poll(() => lease('c')).toMatchObject({ id: 'c' });
  });
});

describe('the address of a feed', () => {
  it('that moved for good stays through a restart, until the configuration names another', async () => {
    await configured({ a: 'https://old.test/' });
    await finishPoll(database.pool, 'a', { ...GOOD, url: 'https://new.test/', etag: '"1"' });
    await configured({ a: 'https://old.test/' });
    expect(await feed('a')).toMatchObject({ url: 'https://new.test/', host: 'new.test:443', etag: '"1"' });
    await configured({ a: 'https://third.test/' });
    expect(await feed('a')).toMatchObject({ url: 'https://third.test/', etag: null });
  });

  it('that is gone is asked again only with a new address, or when somebody adds it again', async () => {
    await configured({ a: 'https://old.test/' });
    await addFeed(database.pool, { url: 'https://hand.test/', lang: null }, 'test');
    const hand = (await listFeeds(database.pool, null)).find((row) => row.added_by === 'test')?.id ?? '';
    for (const id of ['a', hand]) await finishPoll(database.pool, id, { ...GOOD, ok: false, state: 'gone' });
    await configured({ a: 'https://old.test/' });
    expect(await dueFeeds(database.pool, 10)).toEqual([]);
    expect(await lease('a')).toBeNull();
    await configured({ a: 'https://new.test/' });
    expect(await lease('a')).toMatchObject({ state: 'new' });
    expect(await addFeed(database.pool, { url: 'https://hand.test/', lang: null }, 'test')).toBe('added');
    expect(await lease(hand)).toMatchObject({ state: 'new', failures: 0 });
  });
});

it('a story that is over asks no feed again, and says which are still being asked', async () => {
  await configured({ one: 'https://one.example/rss', two: 'https://two.example/rss' });
  await makeAllDue(database.pool);
  await lease('one');
  expect(await makeNoneDue(database.pool)).toBe(1);
  // Its poll ends with a next time of its own.
  await finishPoll(database.pool, 'one', GOOD);
  expect((await dueFeeds(database.pool, 10)).map(({ id }) => id)).toEqual(['one']);
  expect(await makeNoneDue(database.pool)).toBe(0);
  expect(await dueFeeds(database.pool, 10)).toEqual([]);
});
