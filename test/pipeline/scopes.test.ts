/**
 * What one workspace does is its own: overrides, feeds, handed-in evidence and tracked claims change and ping nothing
 * elsewhere.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Claim } from '../../src/core/claim.ts';
import { scopeOf } from '../../src/core/scope.ts';
import { iso } from '../../src/core/time.ts';
import { markDirty } from '../../src/ledger/claims.ts';
import { addFeed } from '../../src/ledger/feeds.ts';
import { subscribe } from '../../src/ledger/subscriptions.ts';
import { addTracked } from '../../src/ledger/tracked.ts';
import { decideClaim } from '../../src/pipeline/decide.ts';
import { statusOfTopic, whyOfClaim } from '../../src/pipeline/desk-views.ts';
import { testNewsroom, type TestNewsroom } from '../support/newsroom.ts';

const OURS = scopeOf({ platform: 'slack', workspace: 'T1' });
const THEIRS = scopeOf({ platform: 'slack', workspace: 'T2' });
const CLAIM = 'v4-on-huawei';
const SCOOP = {
  guid: 'ft-1',
  published: '2026-02-28T09:00:00Z',
  title: 'DeepSeek tunes V4 for Huawei chips',
  summary:
    'DeepSeek V4 runs on Huawei Ascend chips after months of work, two people with knowledge of the matter told the Financial Times.',
};

let news: TestNewsroom;
beforeEach(async () => {
  news = await testNewsroom({ ft: 'financial-times', info: 'the-information' });
  await news.turn();
  // Every claim is decided once in silence.
  await news.sweep();
  await news.drain();
  for (const [workspace, channel] of [
    ['T1', 'C_OURS'],
    ['T2', 'C_THEIRS'],
  ] as const)
    await subscribe(
      news.database.pool,
      { platform: 'slack', workspace, channel, topic: 'deepseek', level: 'changes' },
      'test',
    );
});
afterEach(() => news.close());

/** How many alerts on these claims were posted in our channel and in theirs. */
async function said(): Promise<[number, number]> {
  const found = await news.database.pool.query<{ ours: string; theirs: string }>(
    `select count(*) filter (where channel = 'C_OURS') as ours, count(*) filter (where channel = 'C_THEIRS') as theirs
     from alerts where state = 'sent' and claim = any($1)`,
    [[CLAIM, 't1-own']],
  );
  return [Number(found.rows[0]?.ours), Number(found.rows[0]?.theirs)];
}
const claim = (id = CLAIM): Claim => {
  const found = news.room.beat().claims.get(id);
  if (found === undefined) throw new Error(`no claim ${id}`);
  return found;
};
const statusIn = async (viewer: string, id = CLAIM): Promise<string | undefined> =>
  (await statusOfTopic(news.room, 'deepseek', viewer))?.claims.find((view) => view.id === id)?.status;

async function override(workspace: string, status: string): Promise<void> {
  await news.database.pool.query(
    `insert into overrides (claim, workspace, status, because, made_by, at) values ($1, $2, $3, 'seen the document', 'ana', $4)`,
    [CLAIM, workspace, status, iso(news.room.clock.news())],
  );
  await markDirty(news.database.pool, [CLAIM]);
  await decideClaim(news.room, CLAIM);
  await news.drain();
}

async function scoop(): Promise<void> {
  news.at('2026-02-28T10:00:00Z');
  news.pages.set('ft', [SCOOP]);
  await news.turn();
}

describe('an override', () => {
  it('holds, is announced and is labelled in the workspace that made it, and nowhere else', async () => {
    await scoop();
    expect(await said()).toEqual([1, 1]);
    await override(OURS, 'disputed');
    expect([await statusIn(OURS), await statusIn(THEIRS), await statusIn('')]).toEqual([
      'disputed',
      'reported',
      'reported',
    ]);
    expect(await said()).toEqual([2, 1]);
    const why = await whyOfClaim(news.room, claim(), undefined, OURS);
    expect(why.claim.decidedBy).toBe('override');
    expect(why.transitions.map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'unverified > reported',
      'reported > disputed',
    ]);
    expect((await whyOfClaim(news.room, claim(), undefined, THEIRS)).claim.decidedBy).toBe('evidence');
  });

  it('keeps the news from changing what its workspace sees, while everybody else hears it; taken back, all see the same', async () => {
    await scoop();
    await override(OURS, 'unverified');
    news.at('2026-04-03T10:00:00Z');
    news.pages.set('info', [
      {
        guid: 'info-1',
        published: '2026-04-03T09:00:00Z',
        title: 'DeepSeek V4 to run on Huawei chips',
        summary:
          'DeepSeek’s V4 model will run on the latest chips made by Huawei, two people with direct knowledge told The Information.',
      },
    ]);
    await news.turn();
    expect([await statusIn(OURS), await statusIn(THEIRS)]).toEqual(['unverified', 'corroborated']);
    expect(await said()).toEqual([2, 2]);

    await news.database.pool.query('update overrides set reverted = $1', [iso(news.room.clock.news())]);
    await markDirty(news.database.pool, [CLAIM]);
    await decideClaim(news.room, CLAIM);
    await news.drain();
    expect([await statusIn(OURS), await statusIn(THEIRS)]).toEqual(['corroborated', 'corroborated']);
    // Its people are told that the override is gone; the others have heard it all.
    expect(await said()).toEqual([3, 2]);
    const left = await news.database.pool.query('select 1 from claim_scopes');
    expect(left.rowCount).toBe(0);
  });
});

describe('a feed that a workspace added', () => {
  /** The feed server's address of a page set, for a feed of T1's own. */
  async function ownFeed(id: string): Promise<void> {
    const known = await news.database.pool.query<{ url: string }>(`select url from feeds where id = 'ft'`);
    const url = known.rows[0]?.url.replace(/ft$/, id) ?? '';
    news.pages.set(id, []);
    await addFeed(news.database.pool, { url, lang: 'en' }, 'slack:T1:U1', OURS);
    await news.turn();
  }

  it('counts there only, and cannot stand in for the public page under the same link', async () => {
    const link = 'https://www.ft.com/content/scoop';
    await ownFeed('blog');
    news.at('2026-02-28T09:30:00Z');
    news.pages.set('blog', [{ ...SCOOP, guid: 'b-1', url: link, title: 'Nothing to see', summary: 'No story here.' }]);
    await news.turn();
    news.pages.set('ft', [{ ...SCOOP, url: link }]);
    news.at('2026-02-28T10:00:00Z');
    await news.turn();
    expect([await statusIn(THEIRS), await statusIn(OURS), await statusIn('')]).toEqual([
      'reported',
      'reported',
      'reported',
    ]);
    const stored = await news.database.pool.query('select scope, title from articles where url = $1 order by id', [
      link,
    ]);
    expect(stored.rows).toEqual([
      { scope: OURS, title: 'Nothing to see' },
      { scope: '', title: SCOOP.title },
    ]);
  });

  it('moves a status for its workspace alone', async () => {
    await ownFeed('one');
    await ownFeed('two');
    news.at('2026-03-01T10:00:00Z');
    const hearsay = (guid: string, words: string) => ({
      guid,
      published: '2026-03-01T09:00:00Z',
      title: words,
      summary: `${words}, Reuters reported on Sunday, citing two people familiar with the matter.`,
    });
    news.pages.set('one', [hearsay('o', 'DeepSeek V4 runs on Huawei Ascend chips')]);
    await news.turn();
    expect([await statusIn(OURS), await statusIn(THEIRS)]).toEqual(['unverified', 'unverified']);
    news.pages.set('ft', [
      {
        ...SCOOP,
        published: '2026-03-01T09:00:00Z',
        title: 'Reuters: DeepSeek V4 runs on Huawei chips',
        summary:
          'DeepSeek V4 runs on Huawei Ascend chips, Reuters reported, citing two people familiar with the matter.',
      },
    ]);
    await news.turn();
    expect(await statusIn(THEIRS)).toBe('reported');
    const seen = await whyOfClaim(news.room, claim(), undefined, THEIRS);
    const own = await whyOfClaim(news.room, claim(), undefined, OURS);
    expect(own.evidence.length).toBe(seen.evidence.length + 1);
  });
});

describe('a claim that a workspace tracks', () => {
  it('is judged like any, seen and announced there only, and what was read before is no news', async () => {
    await scoop();
    const own: Claim = { ...claim(), id: 't1-own', statement: 'DeepSeek V4 runs on Ascend', neighbours: [] };
    await addTracked(news.database.pool, OURS, own, 'slack:T1:U1');
    await news.room.renew();
    const before = await said();
    await news.sweep();
    await news.drain();
    expect([await statusIn(OURS, 't1-own'), await statusIn(THEIRS, 't1-own')]).toEqual(['reported', undefined]);
    expect(await said()).toEqual(before);

    news.at('2026-04-03T10:00:00Z');
    news.pages.set('info', [
      {
        guid: 'info-1',
        published: '2026-04-03T09:00:00Z',
        title: 'DeepSeek V4 to run on Huawei chips',
        summary:
          'DeepSeek’s V4 model will run on the latest chips made by Huawei, two people with direct knowledge told The Information.',
      },
    ]);
    await news.turn();
    expect(await statusIn(OURS, 't1-own')).toBe('corroborated');
    // Everybody's claim and its own in T1, everybody's in T2.
    expect(await said()).toEqual([3, 2]);
  });
});
