import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { actionId } from '../../src/chat/card.ts';
import { COMMANDS } from '../../src/chat/commands.ts';
import { CHECK_SHORTCUT } from '../../src/chat/slack/interactions.ts';
import { slackPlatform } from '../../src/chat/slack/platform.ts';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, bodyText, slackDouble } from '../doubles/slack.ts';
import type { Json, SeenAnswer, SlackDouble } from '../doubles/slack.ts';
import { wholeDesk } from '../chat/whole-desk.ts';
import { conversations, NOTHING } from './conversations.ts';
import type { ConversationRig, Given, Heard } from './conversations.ts';
import { PATIENT } from '../support/eventually.ts';

/** The options of a command as somebody types them. */
function words(name: string, given: Given): string {
  const command = COMMANDS.find((one) => one.name === name && one.scope !== 'button');
  const said = (command?.options ?? []).flatMap((option) => {
    const value = given[option.name];
    if (value === undefined) return [];
    if (option.kind === 'flag') return [value === 'yes' ? option.name : ''];
    if (option.name === 'statement') return [`“${value}”`];
    if (option.kind === 'text') return [option.name === 'because' ? `because ${value}` : value];
    if (option.kind === 'mention') return [`mention <!subteam^${value}|@desk>`];
    if (option.kind === 'channel') return [`<#${value}|moderators>`];
    return [
      option.kind === 'claim' || option.required
        ? value
        : `${option.name}:${value.includes(' ') ? '' : value}${value.includes(' ') ? ` "${value}"` : ''}`,
    ];
  });
  return [name, ...said].join(' ');
}

function buttonsOf(body: Json): { label: string; id: string }[] {
  return ((body['blocks'] ?? []) as { type: string; elements?: { text?: { text: string }; action_id?: string }[] }[])
    .filter((block) => block.type === 'actions')
    .flatMap((block) => block.elements ?? [])
    .map((one) => ({ label: one.text?.text ?? '', id: one.action_id ?? '' }));
}

interface SlackRig extends ConversationRig {
  readonly double: SlackDouble;
}

async function slackRig(mode: 'sockets' | 'http'): Promise<SlackRig> {
  const double = await slackDouble();
  const platform = slackPlatform({
    botToken: BOT_TOKEN,
    ...(mode === 'sockets' ? { appToken: APP_TOKEN } : { signingSecret: SIGNING_SECRET, port: 0 }),
    apiUrl: double.apiUrl,
    cooldown: () => 0,
  });
  const port = (): number | undefined => (mode === 'http' ? platform.port() : undefined);
  const person = (who: 'reader' | 'manager'): string => (who === 'manager' ? double.manager : double.reader);
  let slowest = 0;
  let joins = 0;

  /** Whatever came of it: through the response_url, as a message for one or for all, a form, or errors under its fields. */
  async function heard(ask: () => Promise<SeenAnswer>): Promise<Heard> {
    const before = { alone: double.ephemerals.length, all: double.posts.length, files: double.uploaded().length };
    const seen = await ask();
    slowest = Math.max(slowest, seen.acknowledgedMs ?? Infinity);
    return vi.waitFor(async () => {
      if (seen.payload?.['response_action'] === 'errors') {
        return { ...NOTHING, mend: seen.payload['errors'] as Record<string, string> };
      }
      if (seen.view !== null) {
        const inputs = (seen.view['blocks'] as Json[]).filter((block) => block['type'] === 'input');
        const title = String((seen.view['title'] as Json)['text']);
        return {
          ...NOTHING,
          form: { title, fields: inputs.map((block) => String(block['block_id'])), raw: seen.view },
        };
      }
      const through = seen.answers.filter((one) => one['replace_original'] !== true);
      const alone = double.ephemerals.slice(before.alone);
      const all = double.posts.slice(before.all).filter((one) => !bodyText(one).includes('SAMPLE'));
      const said = [...through, ...alone, ...all];
      if (said.length === 0) throw new Error('no answer yet');
      const shown = through.some((one) => one['response_type'] === 'in_channel') || all.length > 0;
      const expectsFile = said.some((one) => bodyText(one).includes('Everything claimwire keeps for this workspace: '));
      const files = await double.uploadedSince(before.files);
      if (expectsFile && files.length === 0) throw new Error('no file yet');
      return {
        ...NOTHING,
        text: said.map(bodyText).join('\n'),
        private: !shown,
        buttons: said.flatMap(buttonsOf),
        files,
        settled: seen.answers.some((one) => one['replace_original'] === true && buttonsOf(one).length === 0),
      };
    }, PATIENT);
  }

  const message = {
    text: 'a card',
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: 'a card' } },
      { type: 'actions', elements: [] },
    ],
  };
  return {
    double,
    platform,
    channel: double.channel,
    other: { channel: 'C0MODERATORS', group: 'S0DESKGROUP' },
    give: (who, root, name, given) => heard(() => double.command(person(who), `/${root}`, words(name, given), port())),
    press: (who, id) => heard(() => double.press(person(who), id, port(), { message })),
    send: (who, form, values) => heard(() => double.submit(person(who), form.raw as Json, values, port())),
    menu: (who, text) =>
      heard(() =>
        double.shortcut(person(who), CHECK_SHORTCUT, { text: text.replace(/(https:\S+)/gu, '<$1>') }, port()),
      ),
    join: async () => {
      joins += 1;
      const before = double.posts.length + double.ephemerals.length;
      await double.event(
        { type: 'member_joined_channel', user: double.me, channel: double.channel, inviter: double.manager },
        `EvJoin${joins}`,
        port(),
      );
      await vi.waitFor(() => expect(double.posts.length + double.ephemerals.length).toBe(before + 1), PATIENT);
    },
    mayPost: (may) => {
      double.member = may;
    },
    channelSaw: async () =>
      (await double.messages()).map((one) => `${bodyText(one)}\n${JSON.stringify(one['blocks'] ?? [])}`),
    slowestAck: () => slowest,
    close: async () => {
      await platform.close();
      await double.close();
    },
  };
}

conversations('Slack in Socket Mode', () => slackRig('sockets'));
conversations('Slack in HTTP mode', () => slackRig('http'));

describe('Slack alone', () => {
  let rig: SlackRig;
  const desk = wholeDesk({
    allSubscriptions: async () => {
      const said = await wholeDesk().subscriptions({
        platform: 'slack',
        workspace: '',
        channel: '',
        user: '',
        mayManage: false,
      });
      return said.ok ? { ok: true, value: said.value.map((one) => ({ ...one, channel: rig.channel })) } : said;
    },
  });
  const home = (): string => JSON.stringify(rig.double.homes.get(rig.double.manager) ?? {});
  beforeAll(async () => {
    rig = await slackRig('sockets');
    await rig.platform.start(desk);
  });
  afterAll(async () => rig.close());

  test('the Home tab lists what the channels follow, and changes it from there', async () => {
    await rig.double.event(
      { type: 'app_home_opened', user: rig.double.manager, tab: 'home', channel: 'D1' },
      'EvHome1',
    );
    await vi.waitFor(() => expect(home()).toContain('every change of status'), PATIENT);
    expect(home()).toContain(`<#${rig.channel}>`);
    desk.calls.length = 0;
    const change = await rig.double.press(
      rig.double.manager,
      actionId({ action: 'subscribe', topic: 'deepseek', claim: '' }),
      undefined,
      {
        home: true,
        value: rig.channel,
      },
    );
    await vi.waitFor(() => expect(change.view).not.toBeNull(), PATIENT);
    await rig.double.submit(rig.double.manager, change.view ?? {}, { level: 'confirmed' });
    await vi.waitFor(() => expect(desk.calls[0]).toContain(`subscribe ${rig.channel} deepseek confirmed`), PATIENT);
    await rig.double.press(
      rig.double.reader,
      actionId({ action: 'unsubscribe', topic: 'deepseek', claim: '' }),
      undefined,
      {
        home: true,
        value: rig.channel,
      },
    );
    await vi.waitFor(
      () => expect(JSON.stringify(rig.double.ephemerals.at(-1))).toContain('may manage this channel'),
      PATIENT,
    );
    expect(desk.calls).toHaveLength(1);
    // With no channel to answer in, a window opens over the tab.
    const help = await rig.double.press(
      rig.double.reader,
      actionId({ action: 'help', topic: '', claim: '' }),
      undefined,
      { home: true, value: 'home' },
    );
    await vi.waitFor(() => expect(JSON.stringify(help.view)).toContain('independent origins'), PATIENT);
  });

  test('from the Home tab a channel is chosen in the form, and who may manage it is asked then', async () => {
    desk.calls.length = 0;
    const subscribe = actionId({ action: 'subscribe', topic: '', claim: '' });
    for (const [who, done] of [
      [rig.double.reader, 0],
      [rig.double.manager, 1],
    ] as const) {
      const opened = await rig.double.press(who, subscribe, undefined, { home: true, value: 'home' });
      await vi.waitFor(() => expect(opened.view).not.toBeNull(), PATIENT);
      const before = rig.double.ephemerals.length + rig.double.posts.length;
      await rig.double.submit(who, opened.view ?? {}, { channel: rig.channel, topic: 'huawei' });
      await vi.waitFor(() => expect(rig.double.ephemerals.length + rig.double.posts.length).toBe(before + 1), PATIENT);
      expect(desk.calls).toHaveLength(done);
    }
  });

  test.each([
    ['/claimwire', 'huawei status', 'what is known'],
    ['/claimwire', 'hauwei status', '/claimwire huawei status'],
    ['/claimwire', 'status', 'Of which topic?'],
    ['/claimwire', 'ｈｅｌｐ', 'independent origins'],
    ['/deepseek', 'why “V4 runs on Ascend”', 'Would change it'],
    ['/deepseek', 'ｗｈｙ　v4-on-huawei', 'Would change it'],
    ['/deepseek', 'mute V4 runs on Ascend for 3 days', 'Nothing about it is posted here until'],
    [
      '/deepseek',
      'subscribe confirmed digest daily at 8pm in Europe/Berlin quiet 22-7 urgent thread',
      '20:00 Europe/Berlin',
    ],
    ['/deepseek', 'follow', 'now follows'],
    ['/deepseek', 'check &lt;b&gt; and <https://example.com/a?x=1&amp;y=2|example.com>', 'Who knew'],
    ['/claimwire', 'track „Huawei ships Ascend 960 in 2027“ topic huawei', 'Track this?'],
    ['/claimwire', 'override v4-on-huawei refuted because the company says “no”', 'the company says “no”'],
    ['/huawei', 'subscribe mention <!channel>', 'never everybody'],
    ['/deepseek', 'subscribe mention @channel', 'never everybody'],
    ['/deepseek', 'subscribe dialy', 'Did you mean `daily`'],
    ['/deepseek', 'sttaus', '/deepseek status'],
    ['/deepseek', `check ${'x'.repeat(4000)}`, 'a command takes 4000'],
    ['/claimwire', 'moderators <#C0123ABCD|mods>', 'the channel you chose'],
  ])('%s %s is understood or helped', async (command, text, expected) => {
    const before = rig.double.ephemerals.length + rig.double.posts.length;
    const seen = await rig.double.command(rig.double.manager, command, text);
    await vi.waitFor(
      () =>
        expect(seen.answers.length + rig.double.ephemerals.length + rig.double.posts.length).toBeGreaterThan(before),
      PATIENT,
    );
    await vi.waitFor(
      () =>
        expect(
          seen.answers
            .map(bodyText)
            .join('\n')
            .replace(/\u200B/gu, ''),
        ).toContain(expected),
      PATIENT,
    );
  });

  test('"/claimwire subscribe" without a topic opens the form, with the person’s own time zone in it', async () => {
    const seen = await rig.double.command(rig.double.manager, '/claimwire', 'subscribe');
    await vi.waitFor(() => expect(seen.view).not.toBeNull(), PATIENT);
    expect(JSON.stringify(seen.view)).toContain('"topic"');
  });

  test('a form that leaves the mention empty ends it; unlisted groups are asked for by id, however slow Slack is', async () => {
    desk.calls.length = 0;
    const change = actionId({ action: 'subscribe', topic: 'deepseek', claim: '' });
    for (const groups of [rig.double.groups, null, 'silent'] as const) {
      rig.double.groups = groups;
      const seen = await rig.double.press(rig.double.manager, change);
      await vi.waitFor(() => expect(seen.view).not.toBeNull(), PATIENT);
      const listed = Array.isArray(groups);
      expect(JSON.stringify(seen.view).includes('S0123ABCD')).toBe(!listed);
      await rig.double.submit(rig.double.manager, seen.view ?? {}, listed ? {} : { mention: 'S0LEGALGROUP' });
    }
    await vi.waitFor(() => expect(desk.calls).toHaveLength(3), PATIENT);
    expect(desk.calls[0]).toContain('"mention":null');
    expect(desk.calls[1]).toContain('"mention":{"whom":"S0LEGALGROUP","on":"confirmed"}');
  });

  test('a mention without words answers with the status; in a thread it is answered there', async () => {
    const before = rig.double.ephemerals.length;
    await rig.double.mention(rig.double.reader, '<@U1>', 'EvMention1');
    await vi.waitFor(() => expect(rig.double.ephemerals.length).toBe(before + 1), PATIENT);
    expect(bodyText(rig.double.ephemerals.at(-1) ?? {})).toContain('what is known');
  });

  test('invited while no process ran, it says hello when it starts, once', async () => {
    const told: string[] = [];
    const joined = async (_platform: string, workspace: string): Promise<{ first: boolean }> => {
      told.push(workspace);
      return { first: told.length === 1 };
    };
    const early = await slackDouble();
    early.invitedBefore = true;
    for (const starts of [1, 2]) {
      const platform = slackPlatform({ botToken: BOT_TOKEN, appToken: APP_TOKEN, apiUrl: early.apiUrl });
      await platform.start({ ...wholeDesk(), joined });
      await vi.waitFor(() => expect(told).toHaveLength(starts), PATIENT);
      await vi.waitFor(() => expect(early.posts).toHaveLength(1), PATIENT);
      // A second hello would be on its way before what is asked now is answered.
      await early.mention(early.reader, '<@U1> help', `EvEarly${starts}`);
      await vi.waitFor(() => expect(early.ephemerals).toHaveLength(starts), PATIENT);
      await platform.close();
    }
    expect(early.requests.filter((one) => one.method === 'chat.postMessage')).toHaveLength(1);
    expect(bodyText(early.posts[0] ?? {})).toContain('Hello');
    await early.close();
  });

  test('uninstalling is told to the desk', async () => {
    const left = vi.fn(async () => {});
    desk.left = left;
    await rig.double.event({ type: 'app_uninstalled' }, 'EvLeft1');
    await vi.waitFor(() => expect(left).toHaveBeenCalledWith('slack', 'T000000001'), PATIENT);
  });

  test('everything it asks Slack for is in the manifest: commands, the shortcut, events', () => {
    const manifest = parse(readFileSync('config/slack-manifest.yaml', 'utf8')) as {
      features: { shortcuts: { callback_id: string }[] };
      settings: { event_subscriptions: { bot_events: string[] } };
    };
    expect(manifest.features.shortcuts.map((one) => one.callback_id)).toEqual([CHECK_SHORTCUT]);
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(
      expect.arrayContaining(['app_mention', 'app_home_opened', 'member_joined_channel', 'app_uninstalled']),
    );
  });
});
