/**
 * A stop while both platforms keep us waiting: real workers on a real queue, real clients over sockets. About 5 s of it is
 * what a stop grants a request that is under way.
 */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { discordPoster, type DiscordPoster } from '../../src/chat/discord/poster.ts';
import type { Poster } from '../../src/chat/platform.ts';
import { slackPoster } from '../../src/chat/slack/poster.ts';
import { rows } from '../../src/ledger/sql.ts';
import { subscribe } from '../../src/ledger/subscriptions.ts';
import { deliverLane } from '../../src/pipeline/deliver.ts';
import type { Newsroom } from '../../src/pipeline/newsroom.ts';
import { openQueues } from '../../src/pipeline/queues.ts';
import { openSlots } from '../../src/pipeline/slots.ts';
import { timings } from '../../src/pipeline/timings.ts';
import { startWork } from '../../src/pipeline/work.ts';
import { discordDouble, type DiscordDouble } from '../doubles/discord.ts';
import { BOT_TOKEN, slackDouble, type SlackDouble } from '../doubles/slack.ts';
import { testNewsroom, type TestNewsroom } from '../support/newsroom.ts';
import { silentLog } from '../support/postgres.ts';

let news: TestNewsroom;
let slack: SlackDouble;
let discord: DiscordDouble;
let onDiscord: DiscordPoster;
beforeAll(async () => {
  [news, slack, discord] = await Promise.all([testNewsroom({ ft: 'financial-times' }), slackDouble(), discordDouble()]);
  onDiscord = discordPoster({ token: discord.token, apiUrl: discord.apiUrl });
  await news.sweep();
  await news.drain();
  await news.turn();
  for (const [platform, channel] of [
    ['slack', slack.channel],
    ['discord', discord.channel],
  ] as const) {
    const where = { platform, workspace: 'W1', channel, topic: 'deepseek', level: 'changes' } as const;
    await subscribe(news.room.pool, where, 'test');
  }
});
afterAll(async () => {
  onDiscord.close();
  await Promise.all([slack.close(), discord.close(), news.close()]);
});

const alerts = (): Promise<{ id: string; state: string }[]> =>
  rows(news.room.pool, 'select id::text, state from alerts order by id');

it('P17: ends within 10 s although a platform never answers, and the next process looks before it would post again', async () => {
  slack.fault = { kind: 'body-stalls' };
  discord.fault({ kind: 'body-stalls' });
  news.at('2026-02-28T01:00:00Z');
  news.pages.get('ft')?.push({
    guid: 'ft-1',
    published: '2026-02-28T00:10:00Z',
    title: 'DeepSeek readies V4 tuned for Huawei chips',
    summary:
      'DeepSeek has optimised its V4 model to run on Huawei chips, two people with knowledge of the matter told the Financial Times.',
  });
  await news.room.pool.query('update feeds set next_poll_at = now()');
  for (const step of ['poll', 'judge', 'decide'] as const) await news.turnOnly(step);

  const slackOnce = slackPoster({ botToken: BOT_TOKEN, apiUrl: slack.apiUrl });
  const looked: string[] = [];
  const watched = (poster: Poster): Poster => ({
    platform: poster.platform,
    settleMs: poster.settleMs,
    send: (message, signal) => poster.send(message, signal),
    lookUp: (...asked) => {
      looked.push(poster.platform);
      return poster.lookUp(...asked);
    },
  });
  const room: Newsroom = {
    ...news.room,
    queues: await openQueues({ redisUrl: null, postgres: news.database.poolConfig }, silentLog),
    posters: new Map([slackOnce, onDiscord].map((poster) => [poster.platform, watched(poster)])),
    slots: openSlots(),
  };
  const work = startWork(room, new Set(['deliver']), { tickMs: 1000, sweepMs: 100 });
  await vi.waitFor(() => expect([slack.posts.length, discord.messages.length]).toEqual([1, 1]), 30_000);

  const began = performance.now();
  await work.close();
  expect(performance.now() - began).toBeLessThan(10_000);
  expect((await alerts()).map(({ state }) => state)).toEqual(['unknown', 'unknown']);
  expect(looked).toEqual([]);

  slack.fault = null;
  // As if the platforms had settled meanwhile.
  const next: Newsroom = { ...room, queues: news.room.queues, slots: openSlots(), timings: { ...timings(), scale: 0 } };
  for (const { id } of await alerts()) await deliverLane(next, id);
  expect((await alerts()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  expect(looked.sort()).toEqual(['discord', 'slack']);
  expect([slack.posts.length, discord.messages.length]).toEqual([1, 1]);
});
