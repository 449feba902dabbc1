import { afterEach, describe, expect, test, vi } from 'vitest';
import { discordPlatform } from '../../../src/chat/discord/platform.ts';
import type { DiscordOptions } from '../../../src/chat/discord/platform.ts';
import type { ChatPlatform } from '../../../src/chat/platform.ts';
import { bodyText, discordDouble } from '../../doubles/discord.ts';
import type { DiscordDouble, DiscordDoubleOptions, SeenInteraction } from '../../doubles/discord.ts';
import { claimView, deskDouble, statusView } from '../examples.ts';
import { PATIENT } from '../../support/eventually.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function double(options: DiscordDoubleOptions = {}): Promise<DiscordDouble> {
  const discord = await discordDouble(options);
  closers.push(() => discord.close());
  return discord;
}

function connect(discord: DiscordDouble, over: Partial<DiscordOptions> = {}): ChatPlatform {
  const platform = discordPlatform({ token: discord.token, apiUrl: discord.apiUrl, ...over });
  closers.push(() => platform.close());
  return platform;
}

async function answerOf(seen: SeenInteraction): Promise<{ text: string; alone: boolean }> {
  return vi.waitFor(() => {
    const last = seen.answers.at(-1);
    if (last === undefined || last === null || seen.loading) throw new Error('no answer yet');
    return { text: bodyText(last.body), alone: last.ephemeral };
  }, PATIENT);
}

describe('connecting to Discord', () => {
  test('asks for the Guilds intent and no other', async () => {
    const discord = await double();
    await connect(discord).start(deskDouble());
    expect(discord.gateway.intents).toEqual([1]);
  });

  test('a wrong token is one clear sentence without the token in it', async () => {
    const discord = await double();
    const start = connect(discord, { token: 'MTAw.wrong-secret.token' }).start(deskDouble());
    const error: unknown = await start.catch((reason: unknown) => reason);
    expect(String(error)).toContain('Discord refused DISCORD_TOKEN');
    expect(String(error)).not.toContain('wrong-secret');
    expect(discord.gateway.identifies).toBe(0);
  });

  test('an unreachable Discord is one clear sentence', async () => {
    const platform = discordPlatform({ token: 'MTAw.x.y', apiUrl: 'http://127.0.0.1:1/api' });
    await expect(platform.start(deskDouble())).rejects.toThrow(
      'Discord could not be reached at 127.0.0.1:1: ECONNREFUSED',
    );
    await platform.close();
  });

  test('does not spend one of the last connections of the day', async () => {
    const discord = await double({ identifiesLeft: 3 });
    await expect(connect(discord).start(deskDouble())).rejects.toThrow('only 3 more connections');
    expect(discord.gateway.identifies).toBe(0);
  });

  test('a start that failed can be tried again, and every command is then answered once', async () => {
    const discord = await double({ identifiesLeft: 3 });
    const platform = connect(discord);
    await expect(platform.start(deskDouble())).rejects.toThrow('only 3 more');
    discord.identifiesLeft = 1000;
    await platform.start(deskDouble());
    const seen = discord.interact({ kind: 'command', name: 'deepseek', sub: 'help' });
    await answerOf(seen);
    const callbacks = discord.requests.filter((request) => request.path.endsWith('/callback'));
    expect(callbacks.map((request) => request.status)).toEqual([204]);
  });

  test('closing does not wait for a start that waits for its turn', async () => {
    const discord = await double();
    const platform = connect(discord, { beforeIdentify: () => new Promise(() => {}) });
    const start = platform.start(deskDouble());
    const refused = expect(start).rejects.toThrow('closed before it was ready');
    await vi.waitFor(() => expect(discord.requests.length).toBeGreaterThan(0), PATIENT);
    const began = Date.now();
    await platform.close();
    await refused;
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(discord.gateway.identifies).toBe(0);
  });

  test('a refused IDENTIFY is never sent, and says why', async () => {
    const discord = await double();
    const beforeIdentify = async (): Promise<void> => {
      throw new Error('Discord was asked for 50 connections today: waiting until tomorrow.');
    };
    await expect(connect(discord, { beforeIdentify }).start(deskDouble())).rejects.toThrow('until tomorrow');
    expect(discord.gateway.identifies).toBe(0);
  });

  test('an invalid session identifies anew, and asks for leave before it does', async () => {
    const discord = await double();
    let asked = 0;
    const beforeIdentify = async (): Promise<void> => {
      asked += 1;
    };
    await connect(discord, { beforeIdentify, identifyGapMs: 1 }).start(deskDouble());
    expect(asked).toBe(1);
    discord.gateway.invalidate();
    await vi.waitFor(() => expect(discord.gateway.identifies).toBe(2), { timeout: 10_000, interval: 10 });
    expect(asked).toBe(2);
  });

  test('a running session that may not identify again ends with the reason', async () => {
    const discord = await double();
    const lost: string[] = [];
    let allowed = true;
    const beforeIdentify = async (): Promise<void> => {
      if (!allowed) throw new Error('Discord was asked often enough today.');
    };
    const options = { beforeIdentify, identifyGapMs: 1, onLost: (reason: string) => void lost.push(reason) };
    await connect(discord, options).start(deskDouble());
    allowed = false;
    discord.gateway.invalidate();
    await vi.waitFor(() => expect(lost).toEqual(['Discord was asked often enough today.']), {
      timeout: 10_000,
      interval: 10,
    });
    expect(discord.gateway.identifies).toBe(1);
  });

  test('registers commands once; a second start writes nothing, a new topic does', async () => {
    const discord = await double();
    await connect(discord).start(deskDouble());
    expect(discord.commandWrites).toBe(1);
    await connect(discord).start(deskDouble());
    expect(discord.commandWrites).toBe(1);
    await connect(discord).start(deskDouble({ topics: () => [{ id: 'new-topic', title: 'New', claims: [] }] }));
    expect(discord.commandWrites).toBe(2);
  });

  test('a broken connection is resumed without a new IDENTIFY, and what was asked meanwhile is answered', async () => {
    const discord = await double();
    await connect(discord).start(deskDouble());
    discord.gateway.drop();
    const seen = discord.interact({ kind: 'command', name: 'deepseek', sub: 'status' });
    expect((await answerOf(seen)).text).toContain('what is known');
    expect(discord.gateway.identifies).toBe(1);
    expect(discord.gateway.resumes).toBe(1);
  });

  test('tells when Discord ends the session for good', async () => {
    const discord = await double();
    const lost: string[] = [];
    await connect(discord, { onLost: (reason) => void lost.push(reason) }).start(deskDouble());
    discord.gateway.closeWith(4004);
    await vi.waitFor(() => expect(lost.join()).toContain('Discord refused DISCORD_TOKEN'), PATIENT);
  });

  test('says hello where it is newly added, with something to press, and not at a restart', async () => {
    const discord = await double();
    await connect(discord).start(deskDouble());
    expect(discord.messages).toHaveLength(0);
    discord.joinGuild();
    await vi.waitFor(() => expect(discord.messages).toHaveLength(1), PATIENT);
    expect(JSON.stringify(discord.messages[0]?.body)).toContain('Subscribe here');
  });

  test('where it may speak nowhere the hello is kept until it may, and said once', async () => {
    const discord = await double();
    const joined = vi.fn(async (_platform: string, _guild: string, _name: string, mayGreet?: boolean) => ({
      first: mayGreet === true,
    }));
    await connect(discord).start(deskDouble({ joined }));
    await vi.waitFor(() => expect(discord.messages).toHaveLength(1), PATIENT);
    const guild = '100000000000000098';
    discord.joinGuild(guild, { maySpeak: false });
    await vi.waitFor(() => expect(joined).toHaveBeenCalledWith('discord', guild, 'Newsroom', false), PATIENT);
    expect(discord.messages).toHaveLength(1);
    for (const times of [1, 2]) {
      discord.letSpeak(guild);
      await vi.waitFor(() => expect(discord.messages).toHaveLength(2), PATIENT);
      // A second hello would have been on its way before this is answered.
      await answerOf(discord.interact({ kind: 'command', name: 'deepseek', sub: 'help' }));
      expect(discord.messages, `${times}`).toHaveLength(2);
    }
    expect(JSON.stringify(discord.messages[1]?.body)).toContain('Hello');
  });

  test('a hello that Discord does not take is not used up', async () => {
    const discord = await double();
    const notGreeted = vi.fn(async () => {});
    await connect(discord).start(deskDouble({ notGreeted }));
    const guild = '100000000000000097';
    discord.joinGuild(guild, { maySpeak: false });
    discord.fault({ kind: 'refuse', status: 403, code: 50_013 });
    discord.letSpeak(guild);
    await vi.waitFor(() => expect(notGreeted).toHaveBeenCalledWith('discord', guild), PATIENT);
    discord.letSpeak(guild);
    await vi.waitFor(() => expect(discord.messages).toHaveLength(1), PATIENT);
  });
});

describe('on Discord', () => {
  async function running(over: Parameters<typeof deskDouble>[0] = {}, options: Partial<DiscordOptions> = {}) {
    const discord = await double();
    const desk = deskDouble(over);
    await connect(discord, options).start(desk);
    return { discord, desk };
  }

  test('a claim is completed as it is typed, from memory, within 50 ms', async () => {
    const claims = Array.from({ length: 60 }, (_, at) => ({
      id: `claim-${at}`,
      statement: `${at} ${'华为昇腾 chips '.repeat(20)}`,
    }));
    const { discord } = await running({
      topics: () => [{ id: 'deepseek', title: 'DeepSeek', claims }],
      before: () => new Promise(() => {}),
    });
    const warm = discord.interact({
      kind: 'complete',
      name: 'deepseek',
      sub: 'why',
      options: { claim: 'x' },
      focused: 'claim',
    });
    await vi.waitFor(() => expect(warm.choices).not.toBeNull(), PATIENT);
    // The quickest of a few: this is about our work, not about what else the machine does.
    let quickest = Infinity;
    for (let time = 0; time < 5 || (quickest >= 50 && time < 50); time += 1) {
      const seen = discord.interact({
        kind: 'complete',
        name: 'deepseek',
        sub: 'why',
        options: { claim: 'chips' },
        focused: 'claim',
      });
      await vi.waitFor(() => expect(seen.choices).not.toBeNull(), PATIENT);
      expect(seen.choices).toHaveLength(25);
      for (const choice of seen.choices ?? []) expect(String(choice['name']).length).toBeLessThanOrEqual(100);
      quickest = Math.min(quickest, seen.acknowledgedMs ?? Infinity);
    }
    expect(quickest).toBeLessThan(50);
  });

  test('Why? under an alert is answered for the one who pressed it', async () => {
    const { discord } = await running();
    const seen = discord.interact({ kind: 'button', name: 'cw:why:deepseek:v4-on-huawei' });
    const { text, alone } = await answerOf(seen);
    expect(text).toContain('Would change it');
    expect(alone).toBe(true);
  });

  test.each([
    ['cw:why:deepseek:not-a-claim', 'There is no claim'],
    ['cw:why:other-workspace:secret', 'There is no topic'],
    ['cw:drop-everything:deepseek:x', 'no longer works'],
    ['cw:subscribe:deepseek:', 'may manage this channel'],
  ])('a forged button %s does nothing', async (name, expected) => {
    const { discord, desk } = await running();
    const { text, alone } = await answerOf(discord.interact({ kind: 'button', name, who: 'reader' }));
    expect(text).toContain(expected);
    expect(alone).toBe(true);
    expect(desk.calls).toEqual([]);
  });

  test('subscribe says which permission the bot lacks, before anything is written', async () => {
    const { discord, desk } = await running();
    const seen = discord.interact({
      kind: 'command',
      name: 'deepseek',
      sub: 'subscribe',
      who: 'manager',
      botMay: 1024n,
    });
    const { text, alone } = await answerOf(seen);
    expect(text).toContain('Send Messages, Embed Links');
    expect(alone).toBe(true);
    expect(desk.calls).toEqual([]);
  });

  test('one person who asks too much is told when to ask again; others are answered', async () => {
    const { discord } = await running();
    const many = Array.from({ length: 11 }, () => discord.interact({ kind: 'command', name: 'deepseek', sub: 'help' }));
    const texts = await Promise.all(many.map(async (seen) => (await answerOf(seen)).text));
    expect(texts.filter((text) => text.includes('ask again in 2 seconds'))).toHaveLength(1);
    const other = discord.interact({ kind: 'command', name: 'deepseek', sub: 'help', who: 'manager' });
    expect((await answerOf(other)).text).toContain('independent origins');
  });

  test('a topic added while running gets its command without a restart', async () => {
    const topics = [{ id: 'deepseek', title: 'DeepSeek', claims: [] }];
    const { discord } = await running({ topics: () => topics });
    topics.push({ id: 'gallium', title: 'Gallium', claims: [] });
    discord.interact({ kind: 'command', name: 'deepseek', sub: 'help' });
    await vi.waitFor(() => expect(discord.commandWrites).toBe(2), PATIENT);
    expect(JSON.stringify(discord.commands)).toContain('gallium');
  });

  test('a long answer goes on in messages that only the asker sees', async () => {
    const claims = Array.from({ length: 40 }, (_, at) =>
      claimView({ id: `claim-number-${at}`, statement: 'x '.repeat(80) }),
    );
    const { discord } = await running({ status: async () => ({ ok: true, value: statusView({ claims }) }) });
    const seen = discord.interact({ kind: 'command', name: 'deepseek', sub: 'status' });
    await vi.waitFor(() => {
      const all = seen.answers.map((one) => bodyText(one?.body ?? {})).join();
      for (let at = 0; at < 40; at += 1) expect(all).toContain(`claim-number-${at}\``);
    }, PATIENT);
    expect(seen.answers.every((one) => one?.ephemeral === true)).toBe(true);
  });

  test('a shared answer is seen by the channel', async () => {
    const { discord } = await running();
    const seen = discord.interact({ kind: 'command', name: 'deepseek', sub: 'status', options: { share: true } });
    expect((await answerOf(seen)).alone).toBe(false);
  });

  test('a failure of something public is told to the asker alone, and nothing stays in the channel', async () => {
    const { discord } = await running({
      subscribe: async () => ({ ok: false, message: 'This channel has too many subscriptions' }),
    });
    const seen = discord.interact({ kind: 'command', name: 'deepseek', sub: 'subscribe', who: 'manager' });
    await vi.waitFor(() => expect(seen.answers).toHaveLength(2), PATIENT);
    expect(seen.answers[0]).toBeNull();
    expect(seen.answers[1]?.ephemeral).toBe(true);
    expect(bodyText(seen.answers[1]?.body ?? {})).toContain('too many subscriptions');
  });

  test('a stalled desk is admitted to, and logged without anybody’s words', async () => {
    const lines: string[] = [];
    const { discord } = await running(
      { before: () => new Promise(() => {}) },
      { patienceMs: 50, log: (level, line) => void lines.push(`${level} ${line}`) },
    );
    const { text } = await answerOf(discord.interact({ kind: 'command', name: 'deepseek', sub: 'status' }));
    expect(text).toContain('busy');
    expect(lines.join('\n')).toContain('error command status failed');
  });

  test('two hundred commands at once are all acknowledged within 3 s while the desk is stalled, and answered when it wakes', async () => {
    let wake = (): void => {};
    const stalled = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const { discord } = await running({ before: () => stalled }, { cooldown: () => 0 });
    const seen = Array.from({ length: 200 }, () =>
      discord.interact({ kind: 'command', name: 'deepseek', sub: 'status' }),
    );
    await vi.waitFor(() => expect(seen.every((one) => one.acknowledgedMs !== null)).toBe(true), PATIENT);
    const times = seen.map((one) => one.acknowledgedMs ?? Infinity).sort((a, b) => a - b);
    expect(times.at(-1)).toBeLessThan(3000);
    wake();
    await vi.waitFor(() => expect(seen.every((one) => one.answers.length === 1)).toBe(true), PATIENT);
  });
});
