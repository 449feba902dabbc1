/** Token rotation: the real Bolt client and the real ledger; Slack's side is the double, which takes a refresh token once. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { alertCard } from '../../../src/chat/cards.ts';
import { slackPlatform, type SlackPlatform } from '../../../src/chat/slack/platform.ts';
import { keptToken, slackTokens, type SlackTokens, type TokenKeeper } from '../../../src/chat/slack/tokens.ts';
import { keptSecret } from '../../../src/ledger/kept-secret.ts';
import { APP_TOKEN, BOT_TOKEN, CLIENT, bodyText, slackDouble, type SlackDouble } from '../../doubles/slack.ts';
import { PATIENT } from '../../support/eventually.ts';
import { freshDatabase } from '../../support/postgres.ts';
import { alertView, deskDouble } from '../examples.ts';

const HOUR = 3_600_000;
const never = new AbortController().signal;
const rotation = { refreshToken: 'xoxe-1-double', clientId: CLIENT.id, clientSecret: CLIENT.secret };
let slack: SlackDouble;
let now = 0;
let log: (level: string, message: string) => void;
let tell: (key: string, sentence: string) => Promise<void>;

/** One installation's ledger, as far as tokens go. */
function memory(): TokenKeeper & { kept: string | null; down: boolean } {
  const keeper = {
    kept: null as string | null,
    down: false,
    read: async () => keeper.kept,
    async alone<T>(work: (kept: string | null, save: (next: string) => Promise<boolean>) => Promise<T>) {
      return work(keeper.kept, async (next) => {
        if (keeper.down) throw new Error('the database is gone');
        keeper.kept = next;
        return true;
      });
    },
  };
  return keeper;
}
const tokens = (over: Partial<typeof rotation> = {}): SlackTokens =>
  slackTokens({
    botToken: BOT_TOKEN,
    rotation: { ...rotation, ...over },
    apiUrl: slack.apiUrl,
    log,
    now: () => now,
  });
const message = (marker: string) => ({ channel: slack.channel, marker, card: alertCard(alertView()) });

let platform: SlackPlatform | undefined;
function connected(): SlackPlatform {
  platform = slackPlatform({
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    rotation,
    apiUrl: slack.apiUrl,
    cooldown: () => 0,
    log,
  });
  return platform;
}

beforeEach(async () => {
  slack = await slackDouble();
  now = Date.now();
  log = vi.fn<typeof log>();
  tell = vi.fn<typeof tell>(async () => undefined);
});
afterEach(async () => {
  await platform?.close();
  platform = undefined;
  await slack.close();
});

test('a token is exchanged once for all processes, two hours before it ends, and lies sealed in the database', async () => {
  const database = await freshDatabase();
  try {
    const keeper = (): TokenKeeper => keptSecret(database.pool, 'slack-tokens', CLIENT.secret);
    const [one, two] = [tokens(), tokens()];
    await Promise.all([one.keepIn(keeper(), tell), two.keepIn(keeper(), tell)]);
    // Whoever came while the other was at it sees the pair at its next look.
    await vi.waitFor(async () => {
      await Promise.all([one.renewed(''), two.renewed('')]);
      expect(await one.current()).toBe('xoxe.xoxb-1-double-1');
      expect(await two.current()).toBe('xoxe.xoxb-1-double-1');
    }, PATIENT);
    // Nobody paid a second time with the same refresh token either.
    expect(slack.requests.filter((one) => one.method === 'oauth.v2.access')).toHaveLength(1);
    now += 9.9 * HOUR;
    await one.renewed('');
    expect(slack.exchanges).toBe(1);
    now += 0.2 * HOUR;
    // A connection that had been idle may be closed under the first try.
    await vi.waitFor(async () => {
      await one.renewed('');
      expect(slack.exchanges).toBe(2);
    }, PATIENT);
    await two.renewed('');
    expect(slack.exchanges).toBe(2);
    expect(await two.current()).toBe('xoxe.xoxb-1-double-2');
    expect(keptToken(await keeper().read(), rotation.refreshToken)).toBe('xoxe.xoxb-1-double-2');
    const { rows } = await database.pool.query<object>('select * from meta');
    expect(JSON.stringify(rows)).not.toContain('xoxe');
    expect(await keptSecret(database.pool, 'slack-tokens', 'another secret').read()).toBeNull();
    for (const each of [one, two]) each.close();
  } finally {
    await database.close();
  }
});

test('a token that ended while nothing ran is exchanged, and alerts and answers go out with the next one', async () => {
  slack.ended.add(BOT_TOKEN);
  const running = connected();
  await running.keepTokens(memory(), tell);
  await running.start(deskDouble());
  expect(await running.send(message('marker1'), never)).toMatchObject({ outcome: 'sent' });
  // And once more while it runs: Slack ended the token before its time.
  slack.ended.add('xoxe.xoxb-1-double-1');
  expect(await running.send(message('marker2'), never)).toMatchObject({ outcome: 'failed' });
  expect(await running.send(message('marker2'), never)).toMatchObject({ outcome: 'sent' });
  expect(await running.lookUp(slack.channel, 'marker2', never)).toMatchObject({ found: 'yes' });
  const seen = await slack.command(slack.reader, '/deepseek', 'status');
  await vi.waitFor(() => expect(bodyText(seen.answers[0] ?? {})).toContain('what is known'), PATIENT);
  expect(tell).not.toHaveBeenCalled();
});

test('a refresh token that was used up by an exchange whose answer was lost is told once, and the old token posts on', async () => {
  const keeper = memory();
  const first = tokens();
  await first.keepIn(keeper, tell);
  now += 11 * HOUR;
  slack.exchangeFates.push('lost');
  await first.renewed('');
  expect(tell).not.toHaveBeenCalled();
  // The process dies; the next one finds the pair of before.
  first.close();
  const next = tokens();
  await next.keepIn(keeper, tell);
  await next.renewed('');
  expect(vi.mocked(tell).mock.calls).toHaveLength(1);
  expect(vi.mocked(tell).mock.calls[0]?.[1]).toMatch(
    /Slack refused to renew its token \(invalid_refresh_token\): alerts on Slack stop at \d{4}-.*Copy both tokens again/u,
  );
  expect(slack.requests.filter((one) => one.method === 'oauth.v2.access')).toHaveLength(3);
  expect(await next.current()).toBe('xoxe.xoxb-1-double-1');
  // Both copied again from Slack, the chain begins anew.
  const mended = tokens({ refreshToken: slack.refreshToken });
  await mended.keepIn(keeper, tell);
  expect(await mended.current()).toBe('xoxe.xoxb-1-double-3');
  for (const each of [next, mended]) each.close();
});

test('a Slack or a database that fails for a while loses no pair', async () => {
  const keeper = memory();
  const one = tokens();
  slack.exchangeFates.push('internal_error');
  await one.keepIn(keeper, tell);
  expect(await one.current()).toBe(BOT_TOKEN);
  keeper.down = true;
  await one.renewed('');
  expect([slack.exchanges, keeper.kept]).toEqual([1, null]);
  expect(await one.current()).toBe('xoxe.xoxb-1-double-1');
  keeper.down = false;
  await one.renewed('');
  expect(keptToken(keeper.kept, rotation.refreshToken)).toBe('xoxe.xoxb-1-double-1');
  expect(slack.exchanges).toBe(1);
  expect(tell).not.toHaveBeenCalled();
  one.close();
});
