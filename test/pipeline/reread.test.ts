/**
 * The second reader in the pipeline: nothing waits for it, nothing it says moves a status, and it costs what was allowed.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openSecondReader } from '../../src/judge/llm.ts';
import { claimStates } from '../../src/ledger/claims.ts';
import { totals } from '../../src/ledger/meta.ts';
import { rows } from '../../src/ledger/sql.ts';
import { whyOfClaim } from '../../src/pipeline/desk-views.ts';
import { healthOf } from '../../src/pipeline/health.ts';
import { openRereading, rereadArticle, syncReading, type Rereading } from '../../src/pipeline/reread.ts';
import type { WhyView } from '../../src/core/view.ts';
import type { ModelDouble } from '../doubles/language-model.ts';
import { modelDouble } from '../doubles/language-model.ts';
import { testNewsroom, type Page, type TestNewsroom } from '../support/newsroom.ts';

const scoop: Page = {
  guid: 'ft-1',
  published: '2026-02-28T00:10:00Z',
  title: 'DeepSeek readies V4 tuned for Huawei chips',
  summary:
    'DeepSeek has optimised its V4 model to run on Huawei chips, two people with knowledge of the matter told the Financial Times. On Huawei’s Ascend, V4 will answer as fast as anywhere else.',
  url: 'https://www.ft.com/content/test-scoop',
};
const QUOTE = "On Huawei's Ascend, V4 will answer as fast as anywhere else.";
const PUBLISHED = 'On Huawei’s Ascend, V4 will answer as fast as anywhere else.';

let model: ModelDouble;
let second: Rereading;
let news: TestNewsroom;
beforeAll(async () => {
  model = await modelDouble();
});
afterAll(() => model.close());
beforeEach(async () => {
  model.asked.length = 0;
  second = reading();
  news = await testNewsroom({ ft: 'financial-times' }, second);
  await news.subscribe('C1');
  await news.sweep();
  await news.drain();
  await news.turn();
});
afterEach(() => news.close());

function reading(more: { model?: string; dailyTokens?: number; timeoutSeconds?: number } = {}): Rereading {
  const { dailyTokens = null, timeoutSeconds = 20, model: name = 'test-model' } = more;
  const reader = openSecondReader({
    provider: 'openai-compatible',
    model: name,
    baseUrl: model.url,
    key: null,
    timeoutSeconds,
  });
  return openRereading(reader, { dailyTokens, cannot: null });
}

/** The model judges every claim it is asked about alike. */
const judges = (changes: object = {}): void =>
  model.say(({ prompt }) => {
    const keys = [...prompt.matchAll(/^(C\d+): /gm)].map(([, key]) => key);
    const entry = {
      stance: 'supports',
      strength: 'attributed',
      quotes: [QUOTE],
      credits: ['Financial Times'],
      reason: 'It says so.',
      ...changes,
    };
    return JSON.stringify({ judgements: keys.map((claim) => ({ claim, ...entry })) });
  });

async function publish(...pages: Page[]): Promise<void> {
  news.pages.get('ft')?.push(...pages);
  news.at('2026-02-28T00:20:00Z');
  await news.turn();
}
const status = async (): Promise<string | undefined> => (await claimStates(news.room.pool)).get('v4-on-huawei')?.status;
async function why(): Promise<WhyView> {
  const claim = news.room.beat().claims.get('v4-on-huawei');
  if (claim === undefined) throw new Error('the claim is not tracked');
  return whyOfClaim(news.room, claim);
}
const kept = async (): Promise<unknown[]> =>
  rows(
    news.room.pool,
    'select revision, opinion is not null as used, refused, in_force from llm_opinions order by read_at, revision, claim',
  );
const alerts = (): string[] =>
  news.poster.sent.map((message) => message.card.title).filter((title) => title.includes('runs on Huawei'));

it('posts the alert before the model is even asked, and corrects the quote when it answers', async () => {
  judges();
  news.pages.get('ft')?.push(scoop);
  news.at('2026-02-28T00:20:00Z');
  await news.room.pool.query('update feeds set next_poll_at = now()');
  for (const step of ['poll', 'judge', 'decide', 'deliver'] as const) await news.turnOnly(step);
  expect(alerts()).toHaveLength(1);
  expect(model.asked).toEqual([]);
  expect((await why()).evidence[0]?.quote?.text).toContain('two people with knowledge');

  await news.drain();
  expect(model.asked).toHaveLength(1);
  const { claim, evidence } = await why();
  // The sentence it chose, as published, and the alert's own sentence beside it for who knew.
  expect(evidence[0]?.quote?.text).toBe(PUBLISHED);
  expect(claim.supporting[0]?.quote?.text).toBe(PUBLISHED);
  expect([await status(), alerts().length]).toEqual(['reported', 1]);
  // The card that stands in the channel says it in the better words; nothing new is posted.
  await news.room.pool.query('update cards set next_edit_at = now()');
  await news.sweep();
  await news.drain();
  const cards = news.poster.sent.filter((message) => JSON.stringify(message.card).includes('runs on Huawei'));
  expect(
    cards.map((message) => [message.edit !== undefined, JSON.stringify(message.card).includes(PUBLISHED)]),
  ).toEqual([
    [false, false],
    [true, true],
  ]);
  expect(await totals(news.room.pool)).toMatchObject({ llm_calls: 1, llm_tokens: 790 });
});

it('keeps the status and tells people when the model reads the page the other way', async () => {
  judges({ stance: 'refutes' });
  await publish(scoop);
  const { claim } = await why();
  expect([await status(), claim.status, alerts().length]).toEqual(['reported', 'reported', 1]);
  expect(claim.because).toContain('A language model reads Financial Times otherwise; it has no vote.');
  expect(claim.supporting.map(({ name }) => name)).toEqual(['Financial Times']);
});

it('leaves the offline judgement where the model brings in what is not in the text, and does not ask again', async () => {
  judges({ reason: 'Bloomberg confirmed it in 2031.' });
  await publish(scoop);
  await news.sweep();
  await news.drain();
  expect(model.asked).toHaveLength(1);
  for (const row of await kept()) expect(row).toMatchObject({ used: false, refused: 'number not in the text' });
  expect((await why()).claim.because).not.toContain('language model');
  expect(await totals(news.room.pool)).toMatchObject({ llm_opinions_used: 0 });
});

it('asks once, however often an article is put back on the queue meanwhile', async () => {
  judges();
  news.pages.get('ft')?.push(scoop);
  news.at('2026-02-28T00:20:00Z');
  await news.room.pool.query('update feeds set next_poll_at = now()');
  for (const step of ['poll', 'judge'] as const) await news.turnOnly(step);
  const [, id = ''] =
    news
      .waiting()
      .find((job) => job.startsWith('reread'))
      ?.split(' ') ?? [];
  await Promise.all([rereadArticle(news.room, id), rereadArticle(news.room, id), rereadArticle(news.room, id)]);
  await news.drain();
  expect(model.asked).toHaveLength(1);
  // Who dies while reading holds the article no longer than a reading lasts.
  await news.room.pool.query('delete from llm_opinions');
  await news.room.pool.query(`insert into llm_readings values ($1, 1, now() + interval '1 minute')`, [id]);
  await news.sweep();
  expect(news.waiting().filter((job) => job.startsWith('reread'))).toEqual([]);
  await news.room.pool.query(`update llm_readings set leased_until = now() - interval '1 second'`);
  await news.sweep();
  await news.drain();
  expect(model.asked).toHaveLength(2);
});

it('asks again about a revised article, and about none that a first poll held', async () => {
  judges();
  await publish(scoop);
  const words = scoop.summary.replace('two people', 'three people');
  news.pages.get('ft')?.splice(0, 1, { ...scoop, summary: words });
  await news.turn();
  expect(model.asked).toHaveLength(2);
  expect(model.asked[1]?.prompt).toContain('three people');

  await news.close();
  news = await testNewsroom({ ft: 'financial-times' }, reading());
  await publish(scoop);
  await news.sweep();
  await news.drain();
  expect([await status(), model.asked.length]).toEqual(['reported', 2]);
});

it('reads everything as before when another model is chosen, or none', async () => {
  judges();
  await publish(scoop);
  expect((await why()).evidence[0]?.quote?.text).toBe(PUBLISHED);
  for (const other of [null, reading({ model: 'other' })]) {
    await syncReading({ ...news.room, second: other });
    expect((await why()).evidence[0]?.quote?.text).toContain('two people with knowledge');
    for (const row of await kept()) expect(row).toMatchObject({ in_force: false });
  }
  // Back again, without another question.
  await syncReading(news.room);
  expect((await why()).evidence[0]?.quote?.text).toBe(PUBLISHED);
  expect(model.asked).toHaveLength(1);
});

it('stops at the day’s budget, says so in health and to the operators once, and goes on offline', async () => {
  judges();
  await news.close();
  // Room for one question, its answer set aside at its longest.
  second = reading({ dailyTokens: 4_000 });
  news = await testNewsroom({ ft: 'financial-times' }, second);
  await news.subscribe('C1');
  await news.sweep();
  await news.drain();
  await news.turn();
  const more = [1, 2, 3].map((n) => ({
    ...scoop,
    guid: `ft-${n}`,
    url: `${scoop.url}-${n}`,
    title: `V4 and Huawei, part ${n}`,
    summary: scoop.summary.replace('two people', `${n + 1} people`),
  }));
  await publish(scoop);
  expect(model.asked).toHaveLength(1);
  await publish(...more);
  expect(model.asked.length).toBeLessThan(4);
  const asked = model.asked.length;
  await news.sweep();
  await news.drain();
  expect(model.asked).toHaveLength(asked);
  expect(await status()).toBe('reported');
  const part = (await healthOf(news.room)).parts.find(({ name }) => name === 'language model');
  expect(part).toMatchObject({ state: 'degraded', note: expect.stringContaining('tokens are spent') as string });
  const told = await rows<{ words: string }>(
    news.room.pool,
    `select view->>'words' as words from alerts where kind = 'notice'`,
  );
  expect(told.filter((row) => JSON.stringify(row).includes('tokens'))).toHaveLength(1);
});

it('lets a failing model rest, counts it, and comes back to the article', async () => {
  model.say({ status: 500, raw: 'no' });
  await publish(scoop);
  await news.sweep();
  await news.drain();
  expect(model.asked).toHaveLength(1);
  expect(second.rest).toMatchObject({ failures: 1, reason: 'answered (500)' });
  const part = (await healthOf(news.room)).parts.find(({ name }) => name === 'language model');
  expect(part).toMatchObject({ state: 'degraded' });
  expect([await status(), alerts().length]).toEqual(['reported', 1]);

  model.say({ status: 429, headers: { 'retry-after': '1800' }, raw: '{}' });
  second.rest.until = 0;
  await news.sweep();
  await news.drain();
  // As long as a busy provider asks for.
  expect(second.rest.until - performance.now()).toBeGreaterThan(1_700_000);

  judges();
  second.rest.until = 0;
  await news.sweep();
  await news.drain();
  expect((await why()).evidence[0]?.quote?.text).toBe(PUBLISHED);
  expect(await totals(news.room.pool)).toMatchObject({ llm_calls: 3, llm_failed: 2 });
});
