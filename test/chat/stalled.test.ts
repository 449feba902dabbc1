/**
 * The real desk on a database that stalls, behind both real clients: people are answered in time, honestly; and what comes
 * back from a platform is believed no more than typed words.
 */
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { discordPlatform } from '../../src/chat/discord/platform.ts';
import type { ChatPlatform } from '../../src/chat/platform.ts';
import { slackPlatform } from '../../src/chat/slack/platform.ts';
import { openDesk } from '../../src/pipeline/desk.ts';
import { bodyText as discordText, discordDouble, type DiscordDouble } from '../doubles/discord.ts';
import { APP_TOKEN, BOT_TOKEN, bodyText as slackText, slackDouble, type SlackDouble } from '../doubles/slack.ts';
import { testNewsroom, type TestNewsroom } from '../support/newsroom.ts';

let news: TestNewsroom;
let discord: DiscordDouble;
let slack: SlackDouble;
const platforms: ChatPlatform[] = [];
let locker: Client | null = null;

beforeAll(async () => {
  news = await testNewsroom({ ft: 'financial-times' });
  discord = await discordDouble();
  slack = await slackDouble();
  const cooldown = (): number => 0;
  platforms.push(
    discordPlatform({ token: discord.token, apiUrl: discord.apiUrl, cooldown }),
    slackPlatform({ botToken: BOT_TOKEN, appToken: APP_TOKEN, apiUrl: slack.apiUrl, cooldown }),
  );
  const desk = openDesk(news.room);
  for (const platform of platforms) await platform.start(desk);
}, 120_000);
afterEach(async () => {
  await locker?.end();
  locker = null;
});
afterAll(async () => {
  for (const platform of platforms) await platform.close();
  await discord.close();
  await slack.close();
  await news.close();
});

/** Every table is locked, as by a stuck migration: queries wait. */
async function stall(): Promise<void> {
  locker = new Client(news.database.poolConfig);
  await locker.connect();
  await locker.query('begin');
  const { rows } = await locker.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'claimwire'`,
  );
  await locker.query(`lock table ${rows.map((row) => `claimwire.${row.name}`).join(', ')} in access exclusive mode`);
}

interface Seen {
  readonly acknowledgedMs: number;
  readonly text: string;
}
const patience = { timeout: 20_000, interval: 10 };

async function onDiscord(what: Parameters<DiscordDouble['interact']>[0]): Promise<Seen> {
  const seen = discord.interact(what);
  await vi.waitFor(() => expect(seen.answers.length > 0 && !seen.loading).toBe(true), patience);
  const last = seen.answers.findLast((answer) => answer !== null);
  return {
    acknowledgedMs: seen.acknowledgedMs ?? Infinity,
    text: last === undefined || last === null ? '' : discordText(last.body),
  };
}

async function onSlack(asking: ReturnType<SlackDouble['command']>): Promise<Seen> {
  const seen = await asking;
  await vi.waitFor(() => expect(seen.answers).not.toEqual([]), patience);
  return { acknowledgedMs: seen.acknowledgedMs ?? Infinity, text: slackText(seen.answers[0] ?? {}) };
}

describe('while the database stalls', () => {
  it(
    'P15: commands on both platforms are acknowledged within 3 s and answered honestly',
    { timeout: 60_000 },
    async () => {
      await stall();
      const [there, here] = await Promise.all([
        onDiscord({ kind: 'command', name: 'deepseek', sub: 'why', options: { claim: 'v4-on-huawei' } }),
        onSlack(slack.command(slack.reader, '/deepseek', 'why v4-on-huawei')),
      ]);
      for (const { acknowledgedMs, text } of [there, here]) {
        expect(acknowledgedMs).toBeLessThan(3000);
        expect(text).toMatch(/database is not answering|try again|ask again/i);
      }
    },
  );
});

describe('ids that come back from a platform', () => {
  it.each([
    'cw:why:deepseek:../../etc/passwd',
    "cw:why:deepseek:v4'; drop table claims",
    'cw:subscribe:deepseek:',
    'cw:mute:deepseek:v4-on-huawei',
    'cw:why:another-topic:v4-on-huawei',
    'cw:nothing:deepseek:v4-on-huawei',
    'cw:why:<!channel>:@everyone',
  ])('are looked up like typed words, and a forged one is answered politely: %s', { timeout: 60_000 }, async (id) => {
    const before = await news.room.pool.query<{ count: string }>('select count(*) from subscriptions');
    const [there, here] = await Promise.all([
      onDiscord({ kind: 'button', name: id }),
      onSlack(slack.press(slack.reader, id)),
    ]);
    for (const { acknowledgedMs, text } of [there, here]) {
      expect(acknowledgedMs).toBeLessThan(3000);
      expect(text.length).toBeGreaterThan(15);
      expect(text).not.toMatch(/our fault|<!channel>|@everyone|    at /u);
    }
    const after = await news.room.pool.query<{ count: string }>('select count(*) from subscriptions');
    expect(after.rows).toEqual(before.rows);
  });
});
