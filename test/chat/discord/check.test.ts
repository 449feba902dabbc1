import { afterEach, expect, test } from 'vitest';
import { checkDiscord } from '../../../src/chat/discord/check.ts';
import { discordDouble } from '../../doubles/discord.ts';
import type { DiscordDouble, DiscordDoubleOptions } from '../../doubles/discord.ts';

const doubles: DiscordDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
});

interface Over {
  readonly token?: string;
  readonly channels?: readonly string[];
  readonly ownIdentifies?: number;
}

async function check(options: DiscordDoubleOptions, over: Over = {}): Promise<string> {
  const discord = await discordDouble(options);
  doubles.push(discord);
  const channels = over.channels ?? [discord.channel];
  const { ownIdentifies } = over;
  const token = over.token ?? discord.token;
  const lines = await checkDiscord({ token, apiUrl: discord.apiUrl, channels, ownIdentifies });
  expect(discord.gateway.identifies).toBe(0);
  return lines.map(({ ok, line }) => `${ok ? 'ok' : 'to do'} ${line}`).join('\n');
}

test('a good set-up is named, without a gateway session', async () => {
  expect(await check({})).toBe(
    'ok Discord: signed in as claimwire, in 1 server\nok Discord channel 100000000000000003: visible, and the bot may post there',
  );
});

test('a bot that is nowhere gets its invite link, with the least permissions and no administrator', async () => {
  const seen = await check({ invited: false });
  // View Channel, Send Messages, Embed Links, Read Message History, Send Messages in Threads.
  expect(seen).toContain(
    'https://discord.com/oauth2/authorize?client_id=100000000000000001&scope=bot+applications.commands&permissions=274877991936',
  );
});

const GUILD = '100000000000000002';
test.each<[string, DiscordDoubleOptions, Over, string]>([
  ['a server that does not let it post', { permissions: '1024' }, {}, 'the bot lacks Send Messages, Embed Links'],
  [
    'a channel closed to everybody',
    { overwrites: [{ id: GUILD, allow: '0', deny: '1024' }] },
    {},
    'lacks View Channel',
  ],
  [
    'a channel closed to everybody and open to its role',
    {
      overwrites: [
        { id: GUILD, allow: '0', deny: '3072' },
        { id: '77', allow: '3072', deny: '0' },
      ],
    },
    {},
    'visible, and the bot may post there',
  ],
  [
    'a channel that the bot cannot see',
    {},
    { channels: ['42'] },
    'channel 42: the bot cannot see it (Unknown Channel)',
  ],
  ['too many restarts today', { identifiesLeft: 7 }, {}, 'only 7 of 1000 connections'],
  [
    'somebody else with this token',
    { identifiesLeft: 996 },
    { ownIdentifies: 3 },
    'Discord counted 1 connection with this token',
  ],
  ['a wrong token', {}, { token: 'MTAw.canary.x' }, 'Discord refused DISCORD_TOKEN'],
])('%s is said in one line', async (_name, options, over, expected) => {
  const seen = await check(options, over);
  expect(seen).toContain(expected);
  expect(seen).not.toContain('canary');
});

test('an unreachable address is said in one line', async () => {
  const [line] = await checkDiscord({ token: 'x', apiUrl: 'http://127.0.0.1:1/api', channels: [] });
  expect(line).toEqual({ ok: false, line: 'Discord: no answer from 127.0.0.1:1: ECONNREFUSED' });
});
