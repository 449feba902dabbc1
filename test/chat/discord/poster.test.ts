import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { alertCard } from '../../../src/chat/cards.ts';
import { discordPoster } from '../../../src/chat/discord/poster.ts';
import type { DiscordPoster } from '../../../src/chat/discord/poster.ts';
import type { OutgoingMessage, SendOutcome } from '../../../src/chat/platform.ts';
import { discordDouble } from '../../doubles/discord.ts';
import type { DiscordDouble, DiscordDoubleOptions, DiscordFault } from '../../doubles/discord.ts';
import { alertView } from '../examples.ts';
import { PATIENT } from '../../support/eventually.ts';

const never = new AbortController().signal;
const card = alertCard(alertView());

describe('posting to Discord', () => {
  let discord: DiscordDouble;
  let poster: DiscordPoster;
  async function connect(options: DiscordDoubleOptions = {}, timeoutMs = 2000, invalidStop = 1000): Promise<void> {
    discord = await discordDouble(options);
    poster = discordPoster({ token: discord.token, apiUrl: discord.apiUrl, timeoutMs, invalidStop });
  }
  beforeEach(() => connect());
  afterEach(async () => {
    poster.close();
    await discord.close();
  });
  const message = (marker: string, over: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
    channel: discord.channel,
    marker,
    card,
    ...over,
  });
  const send = (marker: string, over: Partial<OutgoingMessage> = {}): Promise<SendOutcome> =>
    poster.send(message(marker, over), never);
  const reconnect = async (options: DiscordDoubleOptions, timeoutMs?: number, invalidStop?: number): Promise<void> => {
    poster.close();
    await discord.close();
    await connect(options, timeoutMs, invalidStop);
  };

  test('publishes what it posts in an announcement channel, once, and never what it edits', async () => {
    discord.announcement = true;
    const posted = await send('m1');
    if (posted.outcome !== 'sent') throw new Error(posted.outcome);
    await vi.waitFor(() => expect(discord.published).toEqual([posted.messageId]), PATIENT);
    await send('m1', { edit: posted.messageId });
    await send('m2');
    await vi.waitFor(() => expect(discord.published).toHaveLength(2), PATIENT);
    // What kind of channel it is was asked once.
    expect(discord.requests.filter((one) => one.path === `/channels/${discord.channel}`)).toHaveLength(1);
  });

  test('an alert that cannot be published is posted all the same, and the log says so', async () => {
    const said: string[] = [];
    poster.close();
    poster = discordPoster({
      token: discord.token,
      apiUrl: discord.apiUrl,
      log: (_level, line) => void said.push(line),
    });
    discord.announcement = true;
    discord.published.push(...Array.from({ length: 10 }, (_, at) => `earlier ${at}`));
    expect((await send('m1')).outcome).toBe('sent');
    await vi.waitFor(() => expect(said.join()).toContain('not published'), PATIENT);
    expect(discord.messages).toHaveLength(1);
  });

  const refusal = (status: number, code: number): DiscordFault => ({ kind: 'refuse', status, code });
  test.each([
    ['no access to the channel', refusal(403, 50_001), { outcome: 'rejected', pause: 'subscription' }],
    ['no permission to write', refusal(403, 50_013), { outcome: 'rejected', pause: 'subscription' }],
    ['the channel is gone', refusal(404, 10_003), { outcome: 'rejected', pause: 'subscription' }],
    ['the thread is archived', refusal(400, 50_083), { outcome: 'rejected', pause: 'subscription' }],
    ['the message breaks a rule', refusal(400, 50_035), { outcome: 'rejected', pause: 'message' }],
    ['the message is too large', refusal(413, 40_005), { outcome: 'rejected', pause: 'message' }],
    ['the token is refused', refusal(401, 0), { outcome: 'rejected', pause: 'platform' }],
    ['Discord has trouble', refusal(502, 0), { outcome: 'unknown' }],
    ['limited in this channel', { kind: 'limit', seconds: 2, scope: 'user' }, { outcome: 'limited', scope: 'channel' }],
    [
      'limited by others in it',
      { kind: 'limit', seconds: 2, scope: 'shared' },
      { outcome: 'limited', scope: 'channel' },
    ],
    ['limited everywhere', { kind: 'limit', seconds: 2, scope: 'global' }, { outcome: 'limited', scope: 'platform' }],
    [
      'limited by the edge',
      { kind: 'limit', seconds: 2, scope: 'edge' },
      { outcome: 'limited', scope: 'platform', retryAfterMs: 30_000 },
    ],
  ] satisfies [string, DiscordFault, object][])('%s', async (_name, fault, expected) => {
    discord.fault(fault);
    const began = Date.now();
    expect(await send('m1')).toMatchObject(expected);
    expect(Date.now() - began).toBeLessThan(1000);
    expect(discord.requests).toHaveLength(1);
  });

  test('waits exactly as long as the header says', async () => {
    discord.fault({ kind: 'limit', seconds: 2, scope: 'user' });
    const outcome = await send('m1');
    if (outcome.outcome !== 'limited') throw new Error(outcome.outcome);
    expect(outcome.retryAfterMs).toBeGreaterThanOrEqual(1900);
    expect(outcome.retryAfterMs).toBeLessThanOrEqual(2200);
  });

  test('foresees a full bucket from the headers and asks nothing of Discord', async () => {
    await reconnect({ bucket: { limit: 2, windowMs: 30_000 } });
    expect(await send('m1')).toMatchObject({ outcome: 'sent' });
    expect(await send('m2')).toMatchObject({ outcome: 'sent' });
    expect(await send('m3')).toMatchObject({ outcome: 'limited', scope: 'channel' });
    const posts = discord.requests.filter((request) => request.method === 'POST');
    expect(posts.map((request) => request.status)).toEqual([200, 200]);
  });

  test('a clock that is set back by an hour makes no channel wait for an hour', async () => {
    await reconnect({ bucket: { limit: 2, windowMs: 30_000 } });
    await send('m1');
    await send('m2');
    const real = Date.now.bind(Date);
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => real() - 3_600_000);
    try {
      const outcome = await send('m3');
      // Discord itself says how long.
      if (outcome.outcome !== 'limited') throw new Error(outcome.outcome);
      expect(outcome.retryAfterMs).toBeLessThan(60_000);
    } finally {
      clock.mockRestore();
    }
  });

  test('after a refused token nothing more is asked, whatever the channel', async () => {
    discord.fault(refusal(401, 0));
    await send('m1');
    expect(await send('m2')).toMatchObject({ outcome: 'rejected', pause: 'platform' });
    expect(await poster.lookUp(discord.channel, 'm1', never)).toMatchObject({ found: 'unknown' });
    expect(discord.requests).toHaveLength(1);
  });

  test('P14: stops far below the number of invalid requests for which Discord bans an address', async () => {
    await reconnect({}, 2000, 20);
    discord.fault(refusal(403, 50_001), 100);
    for (let at = 0; at < 20; at += 1) await send(`m${at}`);
    expect(await send('m20')).toMatchObject({ outcome: 'limited', scope: 'platform' });
    expect(discord.requests).toHaveLength(20);
  });

  test('the same alert twice is one message, also when somebody has deleted it', async () => {
    const first = await send('m1');
    expect(await send('m1')).toEqual(first);
    expect(discord.messages).toHaveLength(1);
    discord.delete(discord.messages[0]?.id ?? '');
    expect(await send('m1')).toEqual({ outcome: 'sent', messageId: '' });
    expect(discord.messages).toHaveLength(0);
  });

  test('past the nonce window the look-up still finds what the lost answer hid', async () => {
    await reconnect({ nonceWindowMs: 0 });
    discord.fault({ kind: 'answer-lost' });
    expect(await send('m1')).toMatchObject({ outcome: 'unknown' });
    expect(await poster.lookUp(discord.channel, 'm1', never)).toEqual({
      found: 'yes',
      messageId: discord.messages[0]?.id,
    });
  });

  test('an edit of a message that is gone says so, and the subscription stays', async () => {
    expect(await send('m1', { edit: '123' })).toMatchObject({ outcome: 'rejected', pause: 'message' });
  });

  test.each([
    ['the body stalls after the headers', { kind: 'body-stalls' }],
    ['the answer is slower than we wait', { kind: 'slow', ms: 5_000 }],
  ] satisfies [string, DiscordFault][])('%s: unknown, in time', async (_name, fault) => {
    await reconnect({}, 200);
    discord.fault(fault);
    const began = Date.now();
    expect(await send('m1')).toMatchObject({ outcome: 'unknown' });
    // Long before the slow answer comes.
    expect(Date.now() - began).toBeLessThan(3_000);
  });

  test('the caller’s stop in mid-request is unknown, not failed', async () => {
    discord.fault({ kind: 'slow', ms: 300 });
    const stop = new AbortController();
    const outcome = poster.send(message('m1'), stop.signal);
    while (discord.requests.length === 0 && !stop.signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      stop.abort();
    }
    expect(await outcome).toMatchObject({ outcome: 'unknown' });
  });

  test('reads back over several pages, and trusts no footer but its own', async () => {
    await send('m1');
    discord.chatter(150);
    expect(await poster.lookUp(discord.channel, 'm1', never)).toMatchObject({ found: 'yes' });
    expect(await poster.lookUp(discord.channel, 'nothing', never)).toEqual({ found: 'no' });
    const [own] = discord.messages;
    if (own === undefined) throw new Error('nothing posted');
    discord.messages[0] = { ...own, author: '42' };
    expect(await poster.lookUp(discord.channel, 'm1', never)).toEqual({ found: 'no' });
  });

  test('asks again when the history cannot be read for a moment, and not for ever', async () => {
    await send('m1');
    discord.historyFails = 2;
    expect(await poster.lookUp(discord.channel, 'm1', never)).toMatchObject({ found: 'yes' });
    await reconnect({}, 300);
    discord.historyFails = 1000;
    expect(await poster.lookUp(discord.channel, 'm1', never)).toMatchObject({ found: 'unknown' });
  });

  test('gives up honestly when too much was written since', async () => {
    discord.chatter(301);
    expect(await poster.lookUp(discord.channel, 'nothing', never)).toMatchObject({ found: 'unknown' });
  });

  describe('under the claim’s card', () => {
    const under = (place: 'flat' | 'thread', threadId: string | null = null): Partial<OutgoingMessage> => ({
      under: { messageId: discord.messages[0]?.id ?? '', threadId, place },
    });
    const last = (): { channel: string | undefined; body: unknown } => {
      const message = discord.messages.at(-1);
      return { channel: message?.channel, body: message?.body };
    };

    test('a change is linked to the card, and posted all the same when the card is gone', async () => {
      await send('m1');
      await send('m2', under('flat'));
      const reference = { message_id: discord.messages[0]?.id, fail_if_not_exists: false };
      expect(last()).toMatchObject({ channel: discord.channel, body: { message_reference: reference } });
    });

    test('or goes into a thread that is opened once, and is found there', async () => {
      await send('m1');
      const card = discord.messages[0]?.id ?? '';
      for (const marker of ['m2', 'm3']) expect(await send(marker, under('thread'))).toMatchObject({ outcome: 'sent' });
      expect(last().channel).toBe(card);
      await send('m4', under('thread', card));
      expect(last().channel).toBe(card);
      expect(discord.requests.filter((request) => request.path.endsWith('/threads'))).toHaveLength(2);
      expect(await poster.lookUp(discord.channel, 'm3', never)).toEqual({ found: 'no' });
      expect(await poster.lookUp(discord.channel, 'm3', never, { thread: card })).toMatchObject({ found: 'yes' });
      expect(await poster.lookUp(discord.channel, 'm1', never, { thread: card })).toMatchObject({ found: 'yes' });
    });

    test('or beside it, where no thread may be opened or the thread is gone', async () => {
      await send('m1');
      discord.mayOpenThreads = false;
      expect(await send('m2', under('thread'))).toMatchObject({ outcome: 'sent' });
      expect(last().channel).toBe(discord.channel);
      expect(await send('m3', under('thread', '999999999999999999'))).toMatchObject({ outcome: 'sent' });
      expect(last().channel).toBe(discord.channel);
    });
  });

  test('mentions the one role that a manager chose, and nothing that is no role', async () => {
    await send('m1', { mention: '123456789012345678' });
    expect(discord.messages[0]?.body).toMatchObject({ allowed_mentions: { parse: [], roles: ['123456789012345678'] } });
    expect(String(discord.messages[0]?.body['content'])).toContain('<@&123456789012345678>');
    await send('m2', { mention: '@everyone' });
    expect(discord.messages[1]?.body).toMatchObject({ allowed_mentions: { parse: [] } });
    expect(String(discord.messages[1]?.body['content'])).not.toContain('@everyone');
  });

  test('looks back to the attempt, however long ago that was', async () => {
    await send('m1');
    const [own] = discord.messages;
    if (own === undefined) throw new Error('nothing posted');
    discord.messages[0] = { ...own, at: Date.now() - 5 * 3_600_000 };
    discord.chatter(120);
    for (const [at, message] of discord.messages.entries())
      if (at > 0 && at < 60) discord.messages[at] = { ...message, at: Date.now() - 4 * 3_600_000 };
    const since = Date.now() - 6 * 3_600_000;
    expect(await poster.lookUp(discord.channel, 'm1', never)).toEqual({ found: 'no' });
    expect(await poster.lookUp(discord.channel, 'm1', never, { since })).toMatchObject({ found: 'yes' });
  });

  test('no reason ever holds the token', async () => {
    const outcomes: unknown[] = [];
    for (const fault of [refusal(401, 0), refusal(500, 0), refusal(403, 50_001)]) {
      await reconnect({ token: 'MTAw.canary-secret.token' });
      discord.fault(fault);
      outcomes.push(await send('m1'), await poster.lookUp('1', 'm1', never));
    }
    expect(JSON.stringify(outcomes)).not.toContain('canary');
  });
});
