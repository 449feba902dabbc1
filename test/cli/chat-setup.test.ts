import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandsFor } from '../../src/chat/commands.ts';
import { everythingOffered } from '../../src/chat/everything.ts';
import { openDesk } from '../../src/pipeline/desk.ts';
import type { Newsroom } from '../../src/pipeline/newsroom.ts';
import { runDiscord, runHelpChat, runSlack } from '../../src/cli/chat-setup.ts';
import type { Io } from '../../src/cli/io.ts';
import { discordDouble } from '../doubles/discord.ts';
import type { DiscordDouble } from '../doubles/discord.ts';

function io(env: Record<string, string> = {}): { readonly io: Io; readonly out: string[]; readonly err: string[] } {
  const out: string[] = [];
  const err: string[] = [];
  const stop = new AbortController().signal;
  return {
    out,
    err,
    io: { out: (line) => void out.push(line), err: (line) => void err.push(line), env, stdin: process.stdin, stop },
  };
}

describe('the reference of commands', () => {
  test('README has the table as the program prints it', async () => {
    const told = io();
    expect(await runHelpChat(['chat'], told.io)).toBe(0);
    const readme = readFileSync('README.md', 'utf8');
    const [, table] = /<!-- commands:begin -->\n(.*?)\n<!-- commands:end -->/su.exec(readme) ?? [];
    expect(table).toBe(told.out.join('\n'));
  });

  test('the product can do everything that the table names', () => {
    // Nothing is asked of the newsroom before a command is.
    const desk = openDesk({} as Newsroom);
    for (const platform of ['discord', 'slack'] as const) {
      const offered = commandsFor(desk, platform).map((command) => command.name);
      expect(offered).toEqual(commandsFor(everythingOffered([]), platform).map((command) => command.name));
    }
  });

  test('anything but chat is wrong usage', async () => {
    const told = io();
    expect(await runHelpChat(['tset'], told.io)).toBe(2);
    expect(told.err[0]).toContain('claimwire has no command "tset"');
  });
});

describe('the Slack manifest', () => {
  test('in config/ is the one that the program prints', async () => {
    const told = io();
    expect(await runSlack(['manifest'], told.io)).toBe(0);
    expect(`${told.out.join('\n')}\n`).toBe(readFileSync('config/slack-manifest.yaml', 'utf8'));
  });

  test('for signed HTTP names the public address and turns Socket Mode off', async () => {
    const told = io();
    expect(await runSlack(['manifest', '--url', 'https://bot.example.com/slack/events'], told.io)).toBe(0);
    const text = told.out.join('\n');
    expect(text).toContain('socket_mode_enabled: false');
    expect(text.match(/https:\/\/bot\.example\.com\/slack\/events/gu)?.length).toBeGreaterThan(5);
    expect(await runSlack(['manifest', '--url', 'http://bot.example.com'], io().io)).toBe(2);
  });
});

describe('claimwire discord register', () => {
  let discord: DiscordDouble;
  beforeEach(async () => {
    discord = await discordDouble();
  });
  afterEach(async () => discord.close());
  const env = (token = discord.token): Record<string, string> => ({
    DISCORD_TOKEN: token,
    DISCORD_API_URL: discord.apiUrl,
  });

  test('registers everywhere, prints the invite link with least permissions, and writes nothing the second time', async () => {
    for (const [words, writes] of [
      ['commands registered in every server', 1],
      ['stand already, unchanged,', 1],
    ] as const) {
      const told = io(env());
      expect(await runDiscord(['register'], told.io)).toBe(0);
      expect(told.out[0]).toContain(words);
      expect(discord.commandWrites).toBe(writes);
      const invite = new URL(told.out.at(-1)?.replace('Invite: ', '') ?? '');
      expect(invite.searchParams.get('scope')).toBe('bot applications.commands');
      // Neither Administrator (3), Manage Roles (28) nor Mention Everyone (17).
      const bits = BigInt(invite.searchParams.get('permissions') ?? '-1');
      for (const bit of [3n, 17n, 28n]) expect(bits & (1n << bit)).toBe(0n);
    }
    expect(discord.globalCommands).toHaveLength(5);
    expect(discord.commands).toHaveLength(0);
  });

  test('registers in one server alone when it is named', async () => {
    const told = io(env());
    expect(await runDiscord(['register', '--guild', discord.guild], told.io)).toBe(0);
    expect(discord.commands).toHaveLength(5);
    expect(discord.globalCommands).toHaveLength(0);
    expect(await runDiscord(['register', '--guild', 'my-server'], io(env()).io)).toBe(2);
  });

  test('a wrong or missing token is one sentence without the token', async () => {
    await expect(runDiscord(['register'], io().io)).rejects.toThrow('DISCORD_TOKEN is not set');
    const refused = runDiscord(['register'], io(env('MTAw.wrong-secret.token')).io);
    await expect(refused).rejects.toThrow('Discord refused DISCORD_TOKEN');
    await expect(refused).rejects.not.toThrow('wrong-secret');
  });
});
