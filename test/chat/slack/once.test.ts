/** What Slack delivers twice, to one process or to two, is answered once; and who else uses the app is noticed. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { actionId } from '../../../src/chat/card.ts';
import { onceAnywhere } from '../../../src/chat/slack/once.ts';
import { slackPlatform, type SlackPlatform, type SlackPlatformOptions } from '../../../src/chat/slack/platform.ts';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, bodyText, slackDouble, type SlackDouble } from '../../doubles/slack.ts';
import { PATIENT } from '../../support/eventually.ts';
import { deskDouble } from '../examples.ts';

let slack: SlackDouble;
const running: SlackPlatform[] = [];
beforeEach(async () => {
  slack = await slackDouble();
});
afterEach(async () => {
  for (const platform of running.splice(0)) await platform.close();
  await slack.close();
});

function process(over: Partial<SlackPlatformOptions>): SlackPlatform {
  const platform = slackPlatform({ botToken: BOT_TOKEN, apiUrl: slack.apiUrl, cooldown: () => 0, ...over });
  running.push(platform);
  return platform;
}

/** One ledger for all processes. */
function ledger(): (id: string) => Promise<boolean> {
  const heard = new Set<string>();
  return async (id) => !heard.has(id) && heard.add(id) !== undefined;
}

test('an event that Slack delivers to one process and then to another is answered once, and so is a form', async () => {
  const heardFirst = ledger();
  const http = { signingSecret: SIGNING_SECRET, port: 0, anyoneMayManage: true };
  const [one, two] = [process(http), process(http)];
  const desks = [
    { ...deskDouble(), heardFirst },
    { ...deskDouble(), heardFirst },
  ] as const;
  await one.start(desks[0]);
  await two.start(desks[1]);
  for (const port of [one.port(), two.port()]) {
    await slack.mention(slack.reader, '<@U1> deepseek claims share', 'Ev1', port);
  }
  await slack.mention(slack.reader, '<@U1> huawei claims share', 'Ev2', two.port());
  await vi.waitFor(
    async () => expect(bodyText((await slack.messages()).at(-1) ?? {})).toContain('Ascend 960'),
    PATIENT,
  );
  expect(await slack.messages()).toHaveLength(2);

  const opened = await slack.press(
    slack.manager,
    actionId({ action: 'subscribe', topic: 'deepseek', claim: '' }),
    one.port(),
  );
  await vi.waitFor(() => expect(opened.view).not.toBeNull(), PATIENT);
  await slack.submit(slack.manager, opened.view ?? {}, {}, one.port());
  await slack.submit(slack.manager, opened.view ?? {}, {}, two.port(), true);
  await slack.submit(slack.manager, opened.view ?? {}, { level: 'confirmed' }, two.port());
  const asked = (): string[] =>
    desks
      .flatMap((desk) => desk.calls.map((call) => JSON.stringify(call)))
      .filter((call) => call.includes('subscribe'));
  await vi.waitFor(() => expect(asked().join(' ')).toContain('confirmed'), PATIENT);
  expect(asked()).toHaveLength(2);
});

test('a ledger that stalls or fails holds up no answer, and what came twice to one process is still known', async () => {
  for (const heardFirst of [
    () => new Promise<boolean>(() => undefined),
    () => Promise.reject(new Error('the database is gone')),
  ]) {
    const first = onceAnywhere({ heardFirst });
    expect([await first('Ev1'), await first('Ev1'), await first('')]).toEqual([true, false, true]);
  }
});

test('another installation with the same app is said once, in one sentence, and a second process of this one is none', async () => {
  const log = vi.fn<(level: string, message: string) => void>();
  const counted = (): unknown[] => log.mock.calls.filter(([, message]) => message.includes('connections of this app'));
  await process({ appToken: APP_TOKEN, log, hearers: async () => 2 }).start(deskDouble());
  await process({ appToken: APP_TOKEN, log, hearers: async () => 2 }).start(deskDouble());
  expect(slack.sockets).toHaveLength(4);
  slack.foreignSockets = 2;
  await process({ appToken: APP_TOKEN, log, hearers: async () => 3 }).start(deskDouble());
  await vi.waitFor(() => expect(counted()).toHaveLength(1), PATIENT);
  expect(log.mock.calls.flat().join(' ')).toMatch(/Slack counts [78] connections of this app and at most 6 are this/u);
});
