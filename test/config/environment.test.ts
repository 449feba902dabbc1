import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { chosenConfigDir, readEnvironment } from '../../src/config/environment.ts';
import { directory } from './directories.ts';

describe('environment variables', () => {
  test('are all optional, and an empty one counts as not set', () => {
    const nothing = readEnvironment({});
    expect(nothing).toMatchObject({ problems: [], warnings: [], configDir: null, webPort: null });
    expect(new Set(Object.values(nothing.secrets))).toEqual(new Set([null]));
    expect(nothing.dataDir).toBe(join(process.cwd(), '.claimwire'));
    const empty = readEnvironment({ DISCORD_TOKEN: ' ', REDIS_URL: '' });
    expect(empty).toMatchObject({ problems: [], secrets: { discordToken: null, redisUrl: null } });
    expect(empty.warnings).toEqual([
      'REDIS_URL is set but empty: treated as not set',
      'DISCORD_TOKEN is set but empty: treated as not set',
    ]);
  });

  test.each([
    ['"a.b.c"', 'a.b.c', 'DISCORD_TOKEN was wrapped in quotes: they were left out'],
    ['a.b.c\n', 'a.b.c', 'DISCORD_TOKEN had a space or a newline around it: it was left out'],
    ["''", undefined, 'DISCORD_TOKEN is set but empty: treated as not set'],
    [
      'a.b c',
      undefined,
      'DISCORD_TOKEN holds a space or a control character, which no token has: it is left out; copy it again',
    ],
    ['your-token-here', 'your-token-here', 'DISCORD_TOKEN looks like a placeholder, not like a token'],
    ['xoxb-1', 'xoxb-1', 'DISCORD_TOKEN does not look like a Discord bot token (Developer Portal, Bot, Reset Token)'],
  ])('a Discord token written as %j gives %j and one clear sentence', (written, token, sentence) => {
    const read = readEnvironment({ DISCORD_TOKEN: written });
    expect(read.secrets.discordToken?.reveal()).toBe(token);
    expect(read.warnings).toEqual([sentence]);
    expect(read.problems).toEqual([]);
  });

  test('a Slack token in the wrong place is told from a right one', () => {
    const swapped = readEnvironment({ SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' });
    expect(swapped.warnings).toEqual([
      'SLACK_BOT_TOKEN does not start with xoxb-, so it is not the bot token',
      'SLACK_APP_TOKEN does not start with xapp-, so it is not the app-level token',
    ]);
    expect(readEnvironment({ SLACK_BOT_TOKEN: 'xoxb-1' }).warnings).toEqual([
      'SLACK_BOT_TOKEN alone cannot receive commands: also set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)',
    ]);
    expect(readEnvironment({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'ab12' }).warnings).toEqual([]);
  });

  test('a Slack token that ends after 12 hours needs three things more, and each one that is missing is named', () => {
    const given = { SLACK_BOT_TOKEN: 'xoxe.xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_CLIENT_ID: '1.2' };
    expect(readEnvironment(given).warnings).toEqual([
      'SLACK_BOT_TOKEN ends after 12 hours: token rotation also needs SLACK_REFRESH_TOKEN and SLACK_CLIENT_SECRET',
    ]);
    const whole = { ...given, SLACK_REFRESH_TOKEN: 'xoxe-1', SLACK_CLIENT_SECRET: 'ab12' };
    expect(readEnvironment(whole).warnings).toEqual([]);
    expect(readEnvironment({ ...whole, SLACK_REFRESH_TOKEN: 'xoxb-1' }).warnings).toEqual([
      'SLACK_REFRESH_TOKEN does not start with xoxe-, so it is not a refresh token',
    ]);
  });

  test('may each lie in a file, whose last newline is no mistake', () => {
    const dir = directory({ token: 'a.b.c\n', url: 'redis://127.0.0.1:6379\n' });
    chmodSync(join(dir, 'token'), 0o600);
    chmodSync(join(dir, 'url'), 0o644);
    const read = readEnvironment({ DISCORD_TOKEN_FILE: join(dir, 'token'), REDIS_URL_FILE: join(dir, 'url') });
    expect(read.secrets.discordToken?.reveal()).toBe('a.b.c');
    expect(read.secrets.redisUrl?.reveal()).toBe('redis://127.0.0.1:6379');
    expect(read.problems).toEqual([]);
    expect(read.warnings).toEqual([
      `REDIS_URL_FILE: everybody on this machine may read ${dir}/url (chmod 600 ${dir}/url)`,
    ]);
  });

  test('given twice, or in a file that is not there, are problems', () => {
    const read = readEnvironment({
      DISCORD_TOKEN: 'a.b.c',
      DISCORD_TOKEN_FILE: '/x',
      DATABASE_URL_FILE: '/no/such/file',
    });
    expect(read.problems).toEqual([
      'DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set: keep one',
      'DATABASE_URL_FILE: /no/such/file does not exist',
    ]);
  });

  test('an address of another kind is a problem, not a silent fall-back to the embedded database', () => {
    const read = readEnvironment({
      DATABASE_URL: 'mysql://x',
      REDIS_URL: 'localhost:6379',
      CLAIMWIRE_WEB_PORT: '99999',
    });
    expect(read.problems).toEqual([
      'REDIS_URL is not an address that starts with redis:// or rediss://',
      'DATABASE_URL is not an address that starts with postgres:// or postgresql://',
      'CLAIMWIRE_WEB_PORT is not a port: a whole number from 0 (any free port) to 65535',
    ]);
    const socket = readEnvironment({ DATABASE_URL: 'postgres:///claims?host=/run/postgresql' });
    expect(socket).toMatchObject({ problems: [], warnings: [] });
  });

  test('an open Redis and an unencrypted API address are pointed out, loopback and compose neighbours are not', () => {
    expect(readEnvironment({ REDIS_URL: 'redis://10.0.0.5:6379' }).warnings).toHaveLength(1);
    expect(readEnvironment({ REDIS_URL: 'redis://redis:6379' }).warnings).toEqual([]);
    expect(readEnvironment({ SLACK_API_URL: 'http://slack.test/api/' }).warnings).toHaveLength(1);
    expect(readEnvironment({ SLACK_API_URL: 'http://127.0.0.1:9/api/' }).warnings).toEqual([]);
  });

  test('nearly right names are pointed out', () => {
    expect(readEnvironment({ CLAIMWIRE_WEBPORT: '1', SLACK_APP_TOKENS: 'x', CLAIMWIRE_CORPUS: '/c' }).warnings).toEqual(
      [
        'CLAIMWIRE_WEBPORT is not read; did you mean CLAIMWIRE_WEB_PORT?',
        'SLACK_APP_TOKENS is not read; did you mean SLACK_APP_TOKEN?',
      ],
    );
  });

  test('the directory on the command line wins over CLAIMWIRE_CONFIG', () => {
    expect(chosenConfigDir('mine', { CLAIMWIRE_CONFIG: 'theirs' })).toBe('mine');
    expect(chosenConfigDir(undefined, { CLAIMWIRE_CONFIG: 'theirs' })).toBe('theirs');
    expect(chosenConfigDir(undefined, {})).toBeNull();
  });
});

test('a secret prints as [secret] however it is printed', () => {
  const read = readEnvironment({ DISCORD_TOKEN: 'canary.abc.def', DATABASE_URL: 'postgres://u:canary@127.0.0.1/d' });
  const { discordToken } = read.secrets;
  const printed = [
    // oxlint-disable-next-line typescript/restrict-template-expressions -- exactly this mistake must do no harm
    `${discordToken}`,
    String(discordToken),
    inspect(read, { depth: 9, showHidden: true }),
    JSON.stringify(read),
  ];
  printed.push(JSON.stringify({ ...discordToken }), JSON.stringify(Object.entries(discordToken ?? {})));
  expect(printed.join('\n')).not.toContain('canary');
  expect([printed[0], inspect(discordToken)]).toEqual(['[secret]', '[secret]']);
  expect(read.secrets.databaseUrl?.reveal()).toBe('postgres://u:canary@127.0.0.1/d');
});
