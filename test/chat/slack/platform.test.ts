import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { alertCard } from '../../../src/chat/cards.ts';
import { actionId } from '../../../src/chat/card.ts';
import { slackPlatform } from '../../../src/chat/slack/platform.ts';
import type { SlackPlatform, SlackPlatformOptions } from '../../../src/chat/slack/platform.ts';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, bodyText, signedPost, slackDouble } from '../../doubles/slack.ts';
import type { SlackDouble } from '../../doubles/slack.ts';
import { alertView, deskDouble } from '../examples.ts';
import { PATIENT } from '../../support/eventually.ts';

const never = new AbortController().signal;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
let slack: SlackDouble;
let platform: SlackPlatform;

function make(over: Partial<SlackPlatformOptions> = {}): SlackPlatform {
  platform = slackPlatform({
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    apiUrl: slack.apiUrl,
    timeoutMs: 3000,
    reconnectMs: 10,
    cooldown: () => 0,
    ...over,
  });
  return platform;
}
const http = { appToken: undefined, signingSecret: SIGNING_SECRET, port: 0 };

beforeEach(async () => {
  slack = await slackDouble();
});
afterEach(async () => {
  await platform.close();
  await slack.close();
});

describe('Slack’s tokens', () => {
  test.each([
    [{ botToken: 'xoxp-a-user' }, /SLACK_BOT_TOKEN must begin with xoxb-/u],
    [{ botToken: 'xoxb-wrong' }, /refused SLACK_BOT_TOKEN/u],
    [{ appToken: 'xoxb-1' }, /SLACK_APP_TOKEN must begin with xapp-/u],
    [{ appToken: 'xapp-wrong' }, /refused SLACK_APP_TOKEN/u],
    [{ appToken: undefined }, /SLACK_APP_TOKEN \(Socket Mode\) or SLACK_SIGNING_SECRET/u],
    [{ apiUrl: 'http://127.0.0.1:1/api/' }, /could not be reached at 127.0.0.1:1/u],
  ])('a wrong one is one sentence: %j', async (over, sentence) => {
    await expect(make(over).start(deskDouble())).rejects.toThrow(sentence);
  });
});

describe('an alert under the claim’s card', () => {
  const alert = (marker: string, over: object = {}) => ({
    channel: slack.channel,
    marker,
    card: alertCard(alertView()),
    ...over,
  });
  const posted = async (marker: string, over: object = {}): Promise<string> => {
    const outcome = await platform.send(alert(marker, over), never);
    if (outcome.outcome !== 'sent') throw new Error(JSON.stringify(outcome));
    return outcome.messageId;
  };

  test('goes into its thread and is found there, and what went beside it too', async () => {
    make();
    const card = await posted('marker1');
    await posted('marker2', { under: { messageId: card, threadId: null, place: 'thread' } });
    const thread = slack.requests.filter((request) => request.method === 'chat.postMessage').at(-1)?.body['thread_ts'];
    expect(String(thread)).toBe(card);
    expect(await platform.lookUp(slack.channel, 'marker2', never, { thread: card })).toMatchObject({ found: 'yes' });
    expect(await platform.lookUp(slack.channel, 'marker1', never, { thread: card })).toMatchObject({ found: 'yes' });
    expect(await platform.lookUp(slack.channel, 'marker3', never, { thread: card })).toEqual({ found: 'no' });
  });

  test('or links to it', async () => {
    make();
    const card = await posted('marker1');
    await posted('marker2', { under: { messageId: card, threadId: null, place: 'flat' } });
    const body = slack.requests.filter((request) => request.method === 'chat.postMessage').at(-1)?.body;
    expect(body?.['thread_ts']).toBeUndefined();
    expect(JSON.stringify(body?.['blocks'])).toContain('The claim’s card');
  });

  test('mentions the one user group that a manager chose, and nothing that is none', async () => {
    make();
    await posted('marker1', { mention: 'S0123456789' });
    await posted('marker2', { mention: '!channel' });
    const [first, second] = (await slack.messages()).map((message) => JSON.stringify(message));
    expect(first).toContain('<!subteam^S0123456789>');
    expect(second).not.toMatch(/<!(?!date)/u);
  });
});

describe('an alert for Slack', () => {
  const alert = () => ({ channel: slack.channel, marker: 'marker1', card: alertCard(alertView()) });

  test.each(['not_in_channel', 'is_archived', 'restricted_action'])('%s pauses the subscription', async (error) => {
    slack.fault = { kind: 'refuse', error };
    expect(await make().send(alert(), never)).toMatchObject({ outcome: 'rejected', pause: 'subscription' });
  });
  test.each(['msg_too_long', 'invalid_blocks', 'message_not_found'])(
    '%s concerns this message alone',
    async (error) => {
      slack.fault = { kind: 'refuse', error };
      expect(await make().send(alert(), never)).toMatchObject({ outcome: 'rejected', pause: 'message' });
    },
  );
  test('half an answer leaves open what became of it, and the look-up tells', async () => {
    make();
    slack.fault = { kind: 'half-answer' };
    expect(await platform.send(alert(), never)).toMatchObject({ outcome: 'unknown' });
    slack.fault = null;
    expect(await platform.lookUp(slack.channel, 'marker1', never)).toMatchObject({ found: 'yes' });
    expect(slack.requests.filter((one) => one.method === 'chat.postMessage')).toHaveLength(1);
  });
  test('a limit without Retry-After is half a minute', async () => {
    slack.fault = { kind: 'limited', seconds: null };
    expect(await make().send(alert(), never)).toMatchObject({ outcome: 'limited', retryAfterMs: 30_000 });
  });
  test('grows no previews', async () => {
    await make().send(alert(), never);
    expect(slack.requests.at(-1)?.body).toMatchObject({ unfurl_links: false, unfurl_media: false });
  });
});

describe('Slack asks', () => {
  test('a button is answered for who pressed it, and a forged one asks only what anybody may ask', async () => {
    await make().start(deskDouble());
    const action = { action: 'why', topic: 'deepseek', claim: 'v4-on-huawei' } as const;
    const seen = await slack.press(slack.reader, actionId(action));
    await vi.waitFor(() => expect(bodyText(seen.answers[0] ?? {})).toContain('DeepSeek V4 runs on Huawei'), PATIENT);
    expect(seen.answers[0]?.['response_type']).toBe('ephemeral');
    const forged = await slack.press(slack.reader, 'cw:subscribe:deepseek:');
    await vi.waitFor(() => expect(bodyText(forged.answers[0] ?? {})).toContain('may manage this channel'), PATIENT);
  });

  test('a mention is answered once although Slack delivers it three times', async () => {
    await make().start(deskDouble());
    for (let time = 0; time < 3; time += 1) await slack.mention(slack.reader, '<@U1> deepseek claims share', 'Ev1');
    await slack.mention(slack.reader, '<@U1> huawei claims share', 'Ev2');
    await vi.waitFor(
      async () => expect(bodyText((await slack.messages()).at(-1) ?? {})).toContain('Ascend 960'),
      PATIENT,
    );
    expect(await slack.messages()).toHaveLength(2);
  });

  test('two connections: losing one silences nothing, and it comes back', async () => {
    await make().start(deskDouble());
    expect(slack.sockets).toHaveLength(2);
    slack.sockets[0]?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    await vi.waitFor(
      () => expect(slack.requests.filter((one) => one.method === 'apps.connections.open')).toHaveLength(3),
      PATIENT,
    );
    await vi.waitFor(() => expect(slack.sockets).toHaveLength(2), PATIENT);
    const seen = await slack.command(slack.reader, '/deepseek', 'status');
    await vi.waitFor(() => expect(bodyText(seen.answers[0] ?? {})).toContain('what is known'), PATIENT);
  });
});

describe('Slack’s signed requests', () => {
  const now = (): number => Date.now() / 1000;
  const body = 'command=%2Fdeepseek&text=status&trigger_id=1&user_id=U1&channel_id=C1&team_id=T1';

  test.each([
    ['signed with another secret', 401, { secret: 'another' }],
    ['six minutes old', 401, { at: now() - 360 }],
    ['six minutes ahead', 401, { at: now() + 360 }],
    ['good', 200, {}],
  ])('%s: %d', async (_name, status, over) => {
    await make(http).start(deskDouble());
    expect((await signedPost(platform.port(), body, FORM, over)).status).toBe(status);
  });

  test('a replayed one is answered and not done again', async () => {
    const desk = deskDouble();
    await make({ ...http, anyoneMayManage: true }).start(desk);
    const words = body.replace('status', 'unsubscribe').replace('trigger_id=1', 'trigger_id=');
    const at = now();
    for (let time = 0; time < 3; time += 1) {
      expect((await signedPost(platform.port(), words, FORM, { at })).status).toBe(200);
    }
    await vi.waitFor(() => expect(desk.calls).toHaveLength(1), PATIENT);
    // One more, signed anew, shows that the others would have been done by now.
    await signedPost(platform.port(), words, FORM, { at: at - 5 });
    await vi.waitFor(() => expect(desk.calls).toHaveLength(2), PATIENT);
  });

  test('ssl_check needs no signature; a body of 2 MB and an unreadable one are refused', async () => {
    await make(http).start(deskDouble());
    const url = `http://127.0.0.1:${platform.port()}/slack/events`;
    expect((await fetch(url, { method: 'POST', body: 'ssl_check=1&token=x' })).status).toBe(200);
    expect((await fetch(url, { method: 'GET' })).status).toBe(404);
    expect((await signedPost(platform.port(), '{"a":', { 'content-type': 'application/json' })).status).toBe(400);
    expect((await signedPost(platform.port(), 'x'.repeat(2_000_000), FORM)).status).toBe(413);
  });

  test('an answer goes to Slack’s own host only', async () => {
    const log = vi.fn<(level: string, message: string) => void>();
    await make({ ...http, log }).start(deskDouble());
    await signedPost(platform.port(), `${body}&response_url=https%3A%2F%2Fevil.test%2Fx`, FORM);
    await vi.waitFor(
      () => expect(log).toHaveBeenCalledWith('warn', expect.stringContaining('did not reach Slack')),
      PATIENT,
    );
  });
});
