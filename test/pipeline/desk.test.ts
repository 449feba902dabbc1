/**
 * What people may do from chat: each may be done by those who manage the channel, is kept in the audit log, and is
 * seen by their own workspace.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Asker, Desk } from '../../src/chat/platform.ts';
import type { FetchOutcome } from '../../src/feeds/fetch.ts';
import { transaction } from '../../src/ledger/sql.ts';
import { forgetWorkspaces } from '../../src/ledger/workspaces.ts';
import { openDesk } from '../../src/pipeline/desk.ts';
import type { Newsroom } from '../../src/pipeline/newsroom.ts';
import { testNewsroom, type TestNewsroom } from '../support/newsroom.ts';

const CLAIM = 'v4-on-huawei';
const ANA: Asker = { platform: 'slack', workspace: 'T1', channel: 'C1', user: 'UANA', mayManage: true };
const READER: Asker = { ...ANA, user: 'UBOB', mayManage: false };
const ELSEWHERE: Asker = { ...ANA, workspace: 'T2', channel: 'C2', user: 'UEVE' };

const story = (site: string, words: string): string =>
  `<!doctype html><html lang="en"><head><title>${site}: V4 and Huawei</title><meta property="article:published_time" content="2026-04-04T08:00:00Z"></head>
   <body><nav><a href="/">Home</a> <a href="/tech">Tech</a></nav><article><h1>V4 and Huawei</h1><p>${words}</p>
   <p>The companies did not immediately respond to requests for comment sent outside of business hours on Saturday.</p></article></body></html>`;
const RELAY =
  'DeepSeek’s V4 model will run on the latest chips made by Huawei, Reuters reported on Friday, citing a report by The Information.';

const DAILY =
  'Shares of domestic chip designers rose on Tuesday after The Information reported that DeepSeek V4 will run on Huawei’s newest processors, and traders in Shenzhen spoke of the busiest session since February for the sector.';

/** Pages of the open web, without a network: what was read where in the end. */
const WEB: Readonly<Record<string, string>> = {
  'https://www.ithome.com/a': story('A', RELAY),
  'https://techpost.example/b': story(
    'B',
    'Chinese accelerators get a lift: according to a report by Reuters citing The Information, DeepSeek V4 is going to run on chips from Huawei, and orders are said to be growing for the coming generation.',
  ),
  'https://daily.example/c': story('C', DAILY),
  'https://daily.example/copy': story('C', DAILY),
  'https://www.ft.com/content/d': story(
    'D',
    'DeepSeek V4 runs on Huawei Ascend chips after months of joint work, two people with knowledge of the matter told the Financial Times.',
  ),
};

let news: TestNewsroom;
let desk: Desk;
beforeEach(async () => {
  news = await testNewsroom({ ft: 'financial-times' });
  news.at('2026-04-05T00:00:00Z');
  const fetcher: Newsroom['fetcher'] = {
    close: async () => undefined,
    async fetch(url): Promise<FetchOutcome> {
      const page = WEB[url];
      if (page === undefined)
        return { outcome: 'failed', kind: 'http', status: 404, reason: 'the server answered 404' };
      return {
        outcome: 'fetched',
        bytes: Buffer.from(page),
        contentType: 'text/html; charset=utf-8',
        etag: null,
        lastModified: null,
        bodyHash: '',
        finalUrl: url,
        permanentUrl: null,
        cacheSeconds: null,
        truncated: null,
      };
    },
  };
  desk = openDesk({ ...news.room, fetcher });
});
afterEach(() => news.close());

async function value<T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; message: string }> | undefined,
): Promise<T> {
  const got = await answer;
  if (got?.ok !== true) throw new Error(got?.message ?? 'not offered');
  return got.value;
}
const statusFor = async (asker: Asker): Promise<string | undefined> =>
  (await value(desk.status('deepseek', asker))).claims.find((claim) => claim.id === CLAIM)?.status;
const audited = async (): Promise<string[]> =>
  (
    await news.database.pool.query<{ line: string }>(`select who || ' ' || what as line from audit order by id`)
  ).rows.map((row) => row.line);

describe('check', () => {
  it('says that four pages of three publishers have one origin', async () => {
    const view = await value(desk.check?.(READER, Object.keys(WEB).slice(0, 4)));
    expect(view.sum).toBe('4 pages, 3 publishers, 1 origin: The Information');
    expect(view.pages.map((page) => page.copyOf)).toEqual([null, null, null, 'https://daily.example/c']);
    expect(view.pages[1]).toMatchObject({ listed: false, chain: ['Reuters', 'The Information'] });
    expect(view.pages[0]?.claims.map((claim) => `${claim.id} ${claim.stance}`)).toContain(`${CLAIM} supports`);
  });

  it('counts a second origin, reads pasted text, and says in words what cannot be read', async () => {
    const view = await value(
      desk.check?.(READER, [
        'https://www.ft.com/content/d',
        'https://techpost.example/b',
        `“${RELAY}”`,
        'https://gone.example/x',
      ]),
    );
    expect(view.sum).toBe('2 pages, 1 text, 2 publishers, 2 origins: The Information and Financial Times');
    expect(view.pages.at(-1)).toMatchObject({ trouble: 'the server answered 404' });
    expect((await desk.check?.(READER, ['  ']))?.ok).toBe(false);
  });
});

describe('a page that a moderator hands in', () => {
  it('is judged like any, counts in that workspace only and is marked', async () => {
    const handed = await value(desk.handIn?.(ANA, CLAIM, '<https://www.ft.com/content/d|the scoop>'));
    expect(handed.why.claim.status).toBe('reported');
    expect(handed.note).toBe('It says this is so, as a report.');
    expect([await statusFor(ANA), await statusFor(ELSEWHERE)]).toEqual(['reported', 'unverified']);
    const via = await news.database.pool.query('select via, scope from articles');
    expect(via.rows).toEqual([{ via: 'moderator', scope: 'slack:T1' }]);
    // Handed in again it is the same page.
    expect((await value(desk.handIn?.(ANA, CLAIM, 'https://www.ft.com/content/d'))).note).toBe(
      'This page was read before; it counts once.',
    );
  });

  it('moves nothing as pasted text, which is nobody’s', async () => {
    const handed = await value(
      desk.handIn?.(ANA, CLAIM, `DeepSeek confirmed on its website today: V4 runs on Huawei Ascend chips.`),
    );
    expect(handed.why.claim.status).toBe('unverified');
    expect(await audited()).toEqual(['slack:T1:UANA hand in']);
  });
});

describe('an override', () => {
  it('is a person’s decision with its reason, until it is taken back', async () => {
    const set = await value(desk.override?.(ANA, CLAIM, 'confirmed', '  seen on the\nmodel card '));
    expect([set.claim.status, set.claim.decidedBy]).toEqual(['confirmed', 'override']);
    expect(set.claim.because).toBe('Set by a person on 5 Apr: seen on the model card');
    expect([await statusFor(ANA), await statusFor(ELSEWHERE)]).toEqual(['confirmed', 'unverified']);
    expect((await value(desk.revert?.(ANA, CLAIM))).claim.status).toBe('unverified');
    expect((await desk.revert?.(ANA, CLAIM))?.ok).toBe(false);
    expect(await audited()).toEqual(['slack:T1:UANA override', 'slack:T1:UANA revert override']);
  });

  it('needs a reason and a status there is', async () => {
    expect((await desk.override?.(ANA, CLAIM, 'confirmed', ' '))?.ok).toBe(false);
    expect((await desk.override?.(ANA, CLAIM, 'official' as 'confirmed', 'x'))?.ok).toBe(false);
    expect((await desk.override?.(ANA, 'no-such', 'confirmed', 'x'))?.ok).toBe(false);
  });
});

it('changes nothing for somebody who may not manage the channel', async () => {
  const tried = [
    desk.subscribe(READER, 'deepseek', 'changes'),
    desk.unsubscribe(READER, 'deepseek'),
    desk.mute?.(READER, 'deepseek', CLAIM, 1000),
    desk.unmute?.(READER, 'deepseek', CLAIM),
    desk.addFeed?.(READER, 'https://www.ft.com/content/d'),
    desk.removeFeed?.(READER, 'ft'),
    desk.testFeed?.(READER, 'https://www.ft.com/content/d'),
    desk.handIn?.(READER, CLAIM, RELAY),
    desk.override?.(READER, CLAIM, 'confirmed', 'x'),
    desk.revert?.(READER, CLAIM),
    desk.moderators?.(READER, 'C9'),
    desk.exportAll?.(READER),
  ];
  for (const answer of tried) expect((await answer)?.ok).toBe(false);
  expect(await audited()).toEqual([]);
});

it('ends a mute early in that channel alone: listed until then, said once, and audited', async () => {
  await value(desk.mute?.(ANA, 'deepseek', CLAIM, 60_000));
  await value(desk.mute?.({ ...ANA, channel: 'C7' }, 'deepseek', CLAIM, 60_000));
  expect(await value(desk.mutes?.(READER))).toMatchObject([{ topic: 'deepseek', claim: CLAIM }]);
  const ended = await value(desk.unmute?.(ANA, 'deepseek', CLAIM));
  expect(ended).toMatchObject({ removed: true, why: { claim: { id: CLAIM, status: 'unverified' } } });
  expect((await value(desk.unmute?.(ANA, 'deepseek', CLAIM))).removed).toBe(false);
  expect(await value(desk.mutes?.(ANA))).toEqual([]);
  expect(await value(desk.mutes?.({ ...ANA, channel: 'C7' }))).toHaveLength(1);
  expect((await audited()).filter((line) => line.endsWith('unmute'))).toEqual(['slack:T1:UANA unmute']);
});

it('answers latest with what each page adds, and log with what became of each message', async () => {
  await news.turn();
  await news.sweep();
  await news.drain();
  await value(desk.subscribe(ANA, 'deepseek', 'changes'));
  const page = (guid: string, words: string) => ({
    guid,
    published: '2026-04-05T01:00:00Z',
    title: guid === 'one' ? 'DeepSeek V4 and Huawei' : 'What the chips run',
    summary: words,
    url: `https://www.ft.com/${guid}`,
  });
  news.at('2026-04-05T02:00:00Z');
  news.pages.set('ft', [page('one', 'DeepSeek V4 runs on Huawei Ascend chips, two people told the Financial Times.')]);
  await news.turn();
  news.pages.set('ft', [page('two', 'DeepSeek V4 runs on Huawei Ascend chips, the FT reported earlier.')]);
  await news.turn();
  const latest = await value(desk.latest?.(READER, 'deepseek'));
  expect(latest.items.map((item) => item.role)).toEqual(['echo', 'origin']);
  const log = await value(desk.log?.(READER));
  expect(log.rows.map((row) => `${row.kind} ${row.to} ${row.outcome}`)).toEqual(['status reported sent']);
});

describe('a workspace', () => {
  it('may have so many subscriptions and no more', async () => {
    const { limits } = news.room.beat().config;
    const few = { ...news.room.beat().config, limits: { ...limits, subscriptions: 1 } };
    const strict = openDesk({ ...news.room, beat: () => ({ ...news.room.beat(), config: few }) });
    expect((await strict.subscribe(ANA, 'deepseek', 'changes')).ok).toBe(true);
    expect((await strict.subscribe(ANA, 'deepseek', 'confirmed')).ok).toBe(true);
    expect((await strict.subscribe({ ...ANA, channel: 'C9' }, 'deepseek', 'changes')).ok).toBe(false);
    expect((await strict.subscribe(ELSEWHERE, 'deepseek', 'changes')).ok).toBe(true);
  });

  it('is greeted when a hello can be said, and again only when it did not get through', async () => {
    const joined = async (mayGreet: boolean) => (await desk.joined?.('discord', 'G1', 'Desk', mayGreet))?.first;
    expect([await joined(false), await joined(true), await joined(true)]).toEqual([false, true, false]);
    await desk.notGreeted?.('discord', 'G1');
    expect([await joined(false), await joined(true), await joined(true)]).toEqual([false, true, false]);
  });

  it('is greeted once, exports its own rows only, and is forgotten when its grace has passed', async () => {
    expect([await desk.joined?.('slack', 'T1', 'Desk'), await desk.joined?.('slack', 'T1', 'Desk')]).toEqual([
      { first: true },
      { first: false },
    ]);
    await value(desk.subscribe(ANA, 'deepseek', 'changes'));
    await value(desk.subscribe(ELSEWHERE, 'deepseek', 'changes'));
    await value(desk.override?.(ANA, CLAIM, 'disputed', 'doubts'));
    await value(desk.handIn?.(ANA, CLAIM, 'https://www.ft.com/content/d'));
    // In a channel that follows nothing, too: it is the workspace's all the same.
    await value(desk.mute?.({ ...ANA, channel: 'C7' }, 'deepseek', CLAIM, 60_000));
    await value(desk.mute?.(ELSEWHERE, 'deepseek', CLAIM, 60_000));
    const lines = (await value(desk.exportAll?.(ANA))).lines;
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual([
      'workspace',
      'subscription',
      'mute',
      'override',
      'article',
      'audit',
      'audit',
      'audit',
      'audit',
    ]);
    expect(lines.join('\n')).not.toMatch(/slack:T2|UEVE|"C2"/u);

    await desk.left?.('slack', 'T1');
    const { pool } = news.database;
    expect(await transaction(pool, (tx) => forgetWorkspaces(tx, 30))).toBe(0);
    await pool.query(`update workspaces set left_at = now() - interval '31 days'`);
    expect(await transaction(pool, (tx) => forgetWorkspaces(tx, 30))).toBe(1);
    expect((await value(desk.exportAll?.(ANA))).lines).toEqual([]);
    expect((await pool.query('select channel from mutes')).rows).toEqual([{ channel: 'C2' }]);
    expect((await value(desk.subscriptions(ELSEWHERE))).map((one) => one.topic)).toEqual(['deepseek']);
    expect([await statusFor(ANA), await statusFor(ELSEWHERE)]).toEqual(['unverified', 'unverified']);
  });
});

describe('approvals', () => {
  const scoop = {
    guid: 'official',
    published: '2026-04-24T01:00:00Z',
    title: 'DeepSeek V4 and Huawei Ascend',
    summary: 'DeepSeek V4 runs on Huawei Ascend chips, DeepSeek announced on its website on Friday.',
    url: 'https://www.ft.com/official',
  };
  const states = async (): Promise<string[]> =>
    (
      await news.database.pool.query<{ line: string }>(
        `select kind || ' ' || channel || ' ' || state as line from alerts where claim in ('', $1) order by id`,
        [CLAIM],
      )
    ).rows.map((row) => row.line);

  beforeEach(async () => {
    await news.turn();
    await news.sweep();
    await news.drain();
    for (const asker of [ANA, ELSEWHERE]) await value(desk.subscribe(asker, 'deepseek', 'changes'));
    expect((await desk.approvals?.(ANA, 30))?.ok).toBe(false);
    await value(desk.moderators?.(ANA, 'CMODS'));
    await value(desk.approvals?.(ANA, 30));
    news.at('2026-04-24T02:00:00Z');
    news.pages.set('ft', [scoop]);
    await news.turn();
    await news.sweep();
    await news.drain();
  });
  it('stand in the export beside what was posted, of that workspace’s own channels only', async () => {
    type Delivery = { type: string; channel: string; to: string | null; state: string };
    const lines = (await value(desk.exportAll?.(ANA))).lines.map((line) => JSON.parse(line) as Delivery);
    const deliveries = lines.filter((line) => line.type === 'delivery');
    expect(deliveries).toContainEqual(expect.objectContaining({ channel: ANA.channel, to: 'confirmed' }));
    expect(deliveries.map((one) => one.channel)).not.toContain(ELSEWHERE.channel);
  });

  const question = async (): Promise<string> =>
    (
      await news.database.pool.query<{ number: string }>(
        `select view->'asks'->>'number' as number from alerts where kind = 'notice'`,
      )
    ).rows[0]?.number ?? '';

  it('keep what is confirmed from its channel until a moderator answers, and nobody else’s', async () => {
    expect(await states()).toEqual(['notice CMODS sent', 'status C1 pending', 'status C2 sent']);
    const number = await question();
    // Another workspace's manager has no say here.
    expect((await desk.answerApproval?.(ELSEWHERE, number, 'approve'))?.ok).toBe(false);
    await value(desk.answerApproval?.(ANA, number, 'approve'));
    await news.drain();
    expect(await states()).toEqual(['notice CMODS sent', 'status C1 sent', 'status C2 sent']);
    expect((await desk.answerApproval?.(ANA, number, 'drop'))?.ok).toBe(false);
  });

  it('drop it for good, or let it out by itself when nobody answers', async () => {
    await news.database.pool.query(`update alerts set approve_by_at = now() where approval = 'waiting'`);
    await news.sweep();
    await news.drain();
    expect(await states()).toContain('status C1 sent');
    expect((await desk.answerApproval?.(ANA, await question(), 'drop'))?.ok).toBe(false);
  });

  it('drop what a moderator drops', async () => {
    await value(desk.answerApproval?.(ANA, await question(), 'drop'));
    await news.sweep();
    await news.drain();
    expect(await states()).toEqual(['notice CMODS sent', 'status C1 dropped', 'status C2 sent']);
  });
});

describe('a statement that is tracked from chat', () => {
  it('is shown with what it would have matched, tracked once confirmed, and dropped again', async () => {
    await value(desk.handIn?.(ANA, CLAIM, 'https://www.ft.com/content/d'));
    const drafted = await value(desk.track?.(ANA, 'deepseek', 'DeepSeek V4 runs on Huawei chips'));
    expect(drafted.frame.join('\n')).toMatch(/About: .*DeepSeek V4.*Huawei/u);
    // Another workspace cannot confirm it, and a draft is good once.
    expect((await desk.confirmTrack?.(ELSEWHERE, drafted.draft))?.ok).toBe(false);
    const { claim } = await value(desk.confirmTrack?.(ANA, drafted.draft));
    expect((await desk.confirmTrack?.(ANA, drafted.draft))?.ok).toBe(false);
    const ids = (asker?: Asker): string[] => desk.topics(asker).flatMap((topic) => topic.claims.map((one) => one.id));
    expect([ids(ANA).includes(claim), ids(ELSEWHERE).includes(claim), ids().includes(claim)]).toEqual([
      true,
      false,
      false,
    ]);
    await value(desk.untrack?.(ANA, claim));
    expect(ids(ANA)).not.toContain(claim);
    expect((await desk.untrack?.(ANA, CLAIM))?.ok).toBe(false);
  });
});

describe('Wrong?', () => {
  it('goes to the moderators with the evidence, once a person, and is answered once', async () => {
    expect(await value(desk.wrong?.(READER, CLAIM, 'no'))).toEqual({ told: false });
    await value(desk.moderators?.(ANA, 'CMODS'));
    const doubter: Asker = { ...READER, user: 'UEVA' };
    expect(await value(desk.wrong?.(doubter, CLAIM, 'the page <!channel> says otherwise'))).toEqual({ told: true });
    expect(await value(desk.wrong?.(doubter, CLAIM, 'again'))).toEqual({ told: false });
    const [asked] = (await news.database.pool.query<{ view: { asks: { number: string } } }>('select view from alerts'))
      .rows;
    const number = asked?.view.asks.number ?? '';
    expect((await desk.answerWrong?.(ELSEWHERE, number, 'right'))?.ok).toBe(false);
    expect((await desk.answerWrong?.(READER, number, 'right'))?.ok).toBe(false);
    await value(desk.answerWrong?.(ANA, number, 'right'));
    expect((await desk.answerWrong?.(ANA, number, 'right'))?.ok).toBe(false);
  });
});
