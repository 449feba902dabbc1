/**
 * `claimwire track` and `claimwire backtest` over a file of articles, and a trial over the ledger.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBacktest } from '../../src/cli/backtest.ts';
import { demoDay } from '../../src/cli/demo-state.ts';
import { Explained } from '../../src/cli/io.ts';
import { runTrack } from '../../src/cli/track.ts';
import { newsTime } from '../../src/core/time.ts';
import { writeMeta } from '../../src/ledger/meta.ts';
import { tryStatement } from '../../src/pipeline/track.ts';
import { testNewsroom, type TestNewsroom } from '../support/newsroom.ts';

const dir = mkdtempSync(join(tmpdir(), 'claimwire-track-'));
afterAll(() => rmSync(dir, { recursive: true }));
const items = join(dir, 'items.jsonl');
const item = (id: string, published: string, domain: string, title: string): string =>
  JSON.stringify({ id, published, url: `https://${domain}/${id}`, title, summary: '', body: '' });
writeFileSync(
  items,
  [
    item(
      'a',
      '2026-04-03',
      'www.theinformation.com',
      'DeepSeek V4 will run on Huawei chips, two people familiar with the matter say',
    ),
    item('b', '2026-04-04', 'www.reuters.com', 'DeepSeek V4 to run on Huawei chips, The Information reports'),
    item('c', '2026-04-05', 'www.example.com', 'Huawei launches a phone with a DeepSeek app'),
    item('d', '2026-04-24', 'www.deepseek.com', 'DeepSeek V4 now runs on Huawei Ascend chips'),
  ].join('\n'),
);

async function run(command: typeof runTrack, ...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (line: string) => out.push(line),
    err: (line: string) => err.push(line),
    env: {},
    stdin: process.stdin,
    stop: new AbortController().signal,
  };
  const code = await command(args, io);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('claimwire track', () => {
  it('shows how the statement is read, what it matched, and each alert with its day', async () => {
    const { code, out } = await run(runTrack, 'DeepSeek V4 runs on Huawei chips', '--items', items);
    expect(code).toBe(0);
    expect(out).toContain('Settled by  the word of DeepSeek or Huawei');
    expect(out).toContain('Read 4 stored articles (3 Apr to 24 Apr): 3 speak to it.');
    expect(out).not.toContain('phone');
    expect(out).toContain('3 Apr  unverified -> reported: One origin: The Information (3 Apr)');
    expect(out).toContain('24 Apr  reported -> confirmed');
  });

  it('says the same to machines', async () => {
    const { out } = await run(runTrack, 'DeepSeek V4 runs on Huawei chips', '--items', items, '--json');
    const trial = JSON.parse(out) as { matches: { article: string }[]; changes: { to: string; at: string }[] };
    expect(trial.matches.map(({ article }) => article)).toEqual(['a', 'b', 'd']);
    expect(trial.changes.map(({ to, at }) => `${at.slice(0, 10)} ${to}`)).toEqual([
      '2026-04-03 reported',
      '2026-04-24 confirmed',
    ]);
  });

  it('knows nothing of later days, or of earlier ones; a day that is named counts whole', async () => {
    const args = ['DeepSeek V4 runs on Huawei chips', '--items', items] as const;
    expect((await run(runTrack, ...args, '--as-of', '2026-04-04')).out).toContain('Read 2 stored articles');
    expect((await run(runTrack, ...args, '--since', '2026-04-04')).out).toContain('Read 3 stored articles');
  });

  it('explains what it cannot track, and wrong usage', async () => {
    await expect(run(runTrack, 'Is it true?', '--items', items)).rejects.toThrow(Explained);
    expect((await run(runTrack)).code).toBe(2);
    expect((await run(runTrack, 'DeepSeek V4 runs', '--since', 'soon')).err).toBe(
      '--since: "soon" is not a date such as 2026-04-20',
    );
  });
});

describe('claimwire backtest', () => {
  it('shows what the articles alone would have made of a claim that the configuration calls settled', async () => {
    const { out } = await run(runBacktest, 'v4-on-huawei', '--items', items);
    expect(out).toContain('3 Apr  unverified -> reported');
    expect(out).toContain('Now: confirmed');
    await expect(run(runBacktest, 'v4-on-huwaei', '--items', items)).rejects.toThrow('did you mean "v4-on-huawei"?');
  });
});

describe('a statement tried on the ledger', () => {
  let desk: TestNewsroom;
  beforeAll(async () => {
    desk = await testNewsroom({ information: 'the-information' });
  });
  afterAll(() => desk.close());

  it('takes the day that the demo has come to for today in the ledger of a demo', async () => {
    expect(await demoDay(desk.room.pool)).toBeUndefined();
    const news = newsTime('2026-03-02');
    await writeMeta(desk.room.pool, 'demo', { news, finished: false });
    expect(await demoDay(desk.room.pool)).toBe(news);
  });

  it('reads what is stored, newest first served, and stores nothing', async () => {
    desk.at('2026-04-06');
    const page = (guid: string, published: string, title: string) => ({ guid, published, title, summary: title });
    desk.pages.set('information', [
      page('1', '2026-04-03', 'Alibaba orders Huawei chips, people familiar with the matter say'),
      page('2', '2026-04-04', 'Huawei opens a campus in Shanghai'),
      page('3', '2026-04-05', 'Alibaba cancelled its order for Huawei chips, people familiar with the matter say'),
    ]);
    await desk.turn();
    const before = (await desk.room.pool.query('select count(*) from evidence')).rows;
    const answer = await tryStatement(desk.room, 'Alibaba has ordered Huawei chips', { topic: 'huawei' });
    if (!answer.ok) throw new Error(answer.message);
    expect(answer.trial.articles).toBe(3);
    expect(answer.trial.matches.map(({ stance }) => stance)).toEqual(['supports', 'refutes']);
    const fewer = await tryStatement(desk.room, 'Alibaba has ordered Huawei chips', { topic: 'huawei', most: 1 });
    expect(fewer.ok && fewer.trial.matches.map(({ stance }) => stance)).toEqual(['refutes']);
    expect((await desk.room.pool.query('select count(*) from evidence')).rows).toEqual(before);
  });
});
