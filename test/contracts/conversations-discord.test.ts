import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { discordPlatform } from '../../src/chat/discord/platform.ts';
import { CHECK_MESSAGE } from '../../src/chat/discord/commands.ts';
import { formId } from '../../src/chat/forms.ts';
import { COMMANDS } from '../../src/chat/commands.ts';
import { ModalInteractionCallbackRequestDataSchema } from 'discord-api-spec/zod';
import { NotListed, bodyText, discordDouble } from '../doubles/discord.ts';
import type { DiscordDouble, InteractionOf, Json, OptionValue, SeenInteraction } from '../doubles/discord.ts';
import { wholeDesk } from '../chat/whole-desk.ts';
import { conversations, NOTHING } from './conversations.ts';
import type { ConversationRig, Given, Heard } from './conversations.ts';
import { PATIENT } from '../support/eventually.ts';

const GROUP = '200000000000000001';
const MODERATORS = '200000000000000002';
/** View, send, embed, history, threads. */
const MANAGE_ROLES = 1n << 28n;
const ALL = 84_992n | (1n << 35n) | (1n << 38n);

function optionsOf(name: string, given: Given): Record<string, OptionValue> {
  const command = COMMANDS.find((one) => one.name === name && one.scope !== 'button');
  return Object.fromEntries(
    Object.entries(given).map(([option, value]): [string, OptionValue] => {
      const kind = command?.options.find((one) => one.name === option)?.kind;
      if (kind === 'flag') return [option, value === 'yes'];
      if (kind === 'count') return [option, Number(value)];
      if (kind === 'mention') return [option, { role: { id: value, name: 'desk', mentionable: true } }];
      if (kind === 'channel') return [option, { channel: value }];
      return [option, value];
    }),
  );
}

function buttonsOf(body: Json): { label: string; id: string }[] {
  return ((body['components'] ?? []) as { components: { label?: string; custom_id?: string }[] }[])
    .flatMap((row) => row.components)
    .map((one) => ({ label: one.label ?? '', id: one.custom_id ?? '' }));
}

async function heardOf(seen: SeenInteraction): Promise<Heard> {
  return vi.waitFor(() => {
    if (seen.modal !== null) {
      expect(ModalInteractionCallbackRequestDataSchema.safeParse(seen.modal).error?.issues ?? []).toEqual([]);
      const labels = seen.modal['components'] as { component: { custom_id: string } }[];
      const fields = labels.map((label) => label.component.custom_id);
      return { ...NOTHING, form: { title: String(seen.modal['title']), fields, raw: seen.modal } };
    }
    const last = seen.answers.findLast((one) => one !== null);
    if (last === undefined || last === null || seen.loading) throw new Error('no answer yet');
    return {
      ...NOTHING,
      text: seen.answers.map((one) => (one === null ? '' : bodyText(one.body))).join('\n'),
      private: last.ephemeral,
      buttons: seen.answers.flatMap((one) => (one === null ? [] : buttonsOf(one.body))),
      files: seen.files,
      settled: seen.components !== null && seen.components.length === 0,
    };
  }, PATIENT);
}

async function discordRig(): Promise<ConversationRig & { readonly double: DiscordDouble }> {
  const double = await discordDouble({ botPermissions: 19_456n | MANAGE_ROLES });
  const platform = discordPlatform({ token: double.token, apiUrl: double.apiUrl, cooldown: () => 0 });
  let may = true;
  const ask = async (what: InteractionOf): Promise<Heard> => {
    try {
      return await heardOf(double.interact({ ...what, botMay: may ? ALL : 1024n }));
    } catch (error) {
      if (error instanceof NotListed) return { ...NOTHING, unlisted: true };
      throw error;
    }
  };
  let joins = 0;
  return {
    double,
    platform,
    channel: double.channel,
    other: { channel: MODERATORS, group: GROUP },
    give: (who, root, name, given) => {
      const [first = '', second] = name.split(' ');
      const place = second === undefined ? { sub: first } : { group: first, sub: second };
      return ask({ kind: 'command', name: root, ...place, options: optionsOf(name, given), who });
    },
    press: (who, id) => ask({ kind: 'button', name: id, who }),
    send: (who, form, values) => {
      const { custom_id: name } = form.raw as { custom_id: string };
      const { mention, ...rest } = values;
      const role = mention === undefined ? {} : { mention: { role: { id: mention, name: 'desk', mentionable: true } } };
      return ask({ kind: 'form', name, options: { ...rest, ...role }, who });
    },
    menu: (who, content) => ask({ kind: 'message', name: CHECK_MESSAGE, message: { content }, who }),
    join: async () => {
      joins += 1;
      const before = double.requests.length;
      double.joinGuild(`10000000000000009${joins}`);
      // Commands are looked at in the new server before anything is said there.
      await vi.waitFor(() => expect(double.requests.length).toBeGreaterThan(before), PATIENT);
      await vi.waitFor(() => expect(double.quietFor(60)).toBe(true), PATIENT);
    },
    mayPost: (value) => {
      may = value;
    },
    channelSaw: async () =>
      double.messages.map(({ body }) => `${bodyText(body)}\n${JSON.stringify(body['components'] ?? [])}`),
    slowestAck: () => Math.max(...double.interactions.map((one) => one.acknowledgedMs ?? Infinity)),
    close: async () => {
      await platform.close();
      await double.close();
    },
  };
}

conversations('Discord', discordRig);

describe('Discord alone', () => {
  let rig: Awaited<ReturnType<typeof discordRig>>;
  const desk = wholeDesk();
  beforeAll(async () => {
    rig = await discordRig();
    await rig.platform.start(desk);
  });
  afterAll(async () => rig.close());

  test.each([
    ['deepseek', undefined, 'why', 'claim', 'huawei ascend', 'v4-on-huawei'],
    ['claimwire', undefined, 'override', 'claim', '960', 'ascend-roadmap'],
    ['claimwire', undefined, 'track', 'topic', 'hua', 'huawei'],
    ['deepseek', undefined, 'subscribe', 'zone', 'berl', 'Europe/Berlin'],
    ['deepseek', undefined, 'subscribe', 'hour', '17', '17:00'],
    ['deepseek', undefined, 'subscribe', 'quiet', '22', '22:00-07:00'],
    ['deepseek', undefined, 'mute', 'for', '5 h', '5 h'],
  ])('/%s %s %s completes %s for “%s”', async (name, _group, sub, focused, typed, first) => {
    const seen = rig.double.interact({
      kind: 'complete',
      name,
      sub,
      options: { [focused]: typed },
      focused,
      who: 'manager',
    });
    await vi.waitFor(() => expect(seen.choices).not.toBeNull(), PATIENT);
    expect(seen.choices?.[0]?.['value']).toBe(first);
  });

  test('members to whom /claimwire is not shown find what is for everybody under each topic', async () => {
    expect((await rig.give('reader', 'claimwire', 'health', {})).unlisted).toBe(true);
    const everybody = COMMANDS.filter((one) => one.scope === 'product' && !one.needsManage).map((one) => one.name);
    expect(everybody).toEqual(expect.arrayContaining(['health', 'log', 'feeds list', 'subscriptions', 'help']));
    for (const name of everybody) {
      const heard = await rig.give('reader', 'huawei', name, {});
      expect(heard, name).toMatchObject({ unlisted: false, private: true });
      expect(heard.text, name).not.toMatch(/There is no|Of which|not available/u);
    }
  });

  test('a role that nobody may mention, or everybody’s, is refused with what to do', async () => {
    const ask = async (role: { id: string; name: string; mentionable: boolean }) =>
      heardOf(
        rig.double.interact({
          kind: 'command',
          name: 'deepseek',
          sub: 'subscribe',
          options: { mention: { role } },
          who: 'manager',
        }),
      );
    expect((await ask({ id: GROUP, name: 'editors', mentionable: false })).text).toContain(
      'this role** in Server settings',
    );
    expect((await ask({ id: rig.double.guild, name: '@everyone', mentionable: true })).text).toContain(
      'everyone is never mentioned',
    );
  });

  test('a role chosen in a form is looked at like one given with the command', async () => {
    desk.calls.length = 0;
    const seen = rig.double.interact({
      kind: 'form',
      name: formId({ kind: 'delivery', topic: 'deepseek', claim: '' }),
      options: { mention: { role: { id: GROUP, name: 'editors', mentionable: false } }, on: 'changes', place: 'flat' },
      who: 'manager',
    });
    expect((await heardOf(seen)).text).toContain('this role** in Server settings');
    expect(desk.calls).toEqual([]);
  });

  test('alerts into threads need leave to make threads, and it is named', async () => {
    const seen = rig.double.interact({
      kind: 'command',
      name: 'deepseek',
      sub: 'subscribe',
      options: { place: 'thread' },
      who: 'manager',
    });
    expect((await heardOf(seen)).text).toContain('Create Public Threads, Send Messages in Threads');
  });

  test('a thread can be subscribed like a channel', async () => {
    desk.calls.length = 0;
    const seen = rig.double.interact({
      kind: 'command',
      name: 'deepseek',
      sub: 'subscribe',
      who: 'manager',
      thread: true,
      botMay: ALL,
    });
    expect((await heardOf(seen)).text).toContain('now follows');
    expect(desk.calls[0]).not.toContain(rig.channel);
  });

  test('people give themselves the alert role and give it back; without leave to manage roles what to do is said', async () => {
    const { double } = rig;
    const offer = await rig.give('manager', 'claimwire', 'alert-role', {});
    expect(offer.private).toBe(false);
    const id = offer.buttons.find((one) => one.label === 'Alert me')?.id ?? '';
    const [role] = double.roles;
    expect(role).toMatchObject({ name: 'claimwire alerts', permissions: '0' });
    const taken = await heardOf(double.interact({ kind: 'button', name: id }));
    expect(taken.text).toContain('You will be mentioned');
    expect(role?.members.size).toBe(1);
    const back = await heardOf(double.interact({ kind: 'button', name: id, roles: [role?.id ?? ''] }));
    expect(back.text).toContain('no longer be mentioned');
    expect(role?.members.size).toBe(0);
    // Asked again, no second role is made.
    await rig.give('manager', 'claimwire', 'alert-role', {});
    expect(double.roles).toHaveLength(1);

    const unable = await discordDouble();
    const platform = discordPlatform({ token: unable.token, apiUrl: unable.apiUrl, cooldown: () => 0 });
    await platform.start(wholeDesk());
    const what = { kind: 'command', name: 'claimwire', sub: 'alert-role', who: 'manager' } as const;
    expect((await heardOf(unable.interact(what))).text).toContain('Manage Roles');
    await platform.close();
    await unable.close();
  });

  test('commands registered for all servers are not shown twice in each', async () => {
    const everywhere = await discordDouble();
    everywhere.globalCommands = rig.double.commands;
    const platform = discordPlatform({ token: everywhere.token, apiUrl: everywhere.apiUrl });
    await platform.start(wholeDesk());
    expect(everywhere.commands).toEqual([]);
    expect(everywhere.globalCommands.length).toBeGreaterThan(2);
    await platform.close();
    await everywhere.close();
  });

  test('leaving a server is told to the desk', async () => {
    const left = vi.fn(async () => {});
    const gone = await discordDouble();
    const platform = discordPlatform({ token: gone.token, apiUrl: gone.apiUrl });
    await platform.start({ ...wholeDesk(), left });
    gone.leaveGuild();
    await vi.waitFor(() => expect(left).toHaveBeenCalledWith('discord', gone.guild), PATIENT);
    await platform.close();
    await gone.close();
  });
});
