/**
 * What people do with claimwire in a channel, told once and run on every platform that takes commands: the whole table, buttons,
 * forms, a message's own menu, who may do what, who sees it, and what is said when something is missing.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { actionId } from '../../src/chat/card.ts';
import type { ActionName } from '../../src/chat/card.ts';
import type { Command } from '../../src/chat/command.ts';
import { COMMANDS, commandsFor } from '../../src/chat/commands.ts';
import type { OptionName } from '../../src/chat/options.ts';
import type { ChatPlatform, Desk } from '../../src/chat/platform.ts';
import type { DeskDouble } from '../chat/examples.ts';
import { statusView } from '../chat/examples.ts';
import { wholeDesk } from '../chat/whole-desk.ts';

export type Who = 'reader' | 'manager';
export type Given = Partial<Readonly<Record<OptionName, string>>>;

export interface SeenForm {
  readonly title: string;
  /** Names of the fields, in order. */
  readonly fields: readonly string[];
  readonly raw: unknown;
}

export interface Heard {
  readonly text: string;
  /** Only the asker sees it. */
  readonly private: boolean;
  readonly buttons: readonly { readonly label: string; readonly id: string }[];
  readonly form: SeenForm | null;
  /** The platform does not even offer it to this person. */
  readonly unlisted: boolean;
  /** A sent form stays open: what is said under which field. */
  readonly mend: Readonly<Record<string, string>>;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** The card that carried the pressed button has lost its buttons. */
  readonly settled: boolean;
}

/** Nothing was heard yet. */
export const NOTHING: Heard = {
  text: '',
  private: true,
  buttons: [],
  form: null,
  unlisted: false,
  mend: {},
  files: [],
  settled: false,
};

export interface ConversationRig {
  readonly platform: ChatPlatform;
  readonly channel: string;
  /** Another channel, and a role or group, as the platform names them. */
  readonly other: { readonly channel: string; readonly group: string };
  give(who: Who, root: string, name: string, options: Given): Promise<Heard>;
  press(who: Who, id: string): Promise<Heard>;
  send(who: Who, form: SeenForm, values: Given): Promise<Heard>;
  /** Our entry in the menu of a message with these words. */
  menu(who: Who, words: string): Promise<Heard>;
  /** Somebody adds the bot. */
  join(): Promise<void>;
  /** The bot may post in the channel from now on, or not. */
  mayPost(may: boolean): void;
  /** Everything the channel holds, one entry a message. */
  channelSaw(): Promise<readonly string[]>;
  /** Acknowledged within, over everything so far, in ms. */
  slowestAck(): number;
  close(): Promise<void>;
}

/** Something that can be said for every option. */
const SAID: Given = {
  claim: 'v4-on-huawei',
  what: 'https://www.reuters.com/technology/example https://finance.yahoo.com/example',
  statement: 'DeepSeek V5 runs on Huawei chips',
  address: 'https://example.com/rss',
  status: 'refuted',
  because: 'the company says that it does not',
  switch: 'off',
};

function required(command: Command): Given {
  return Object.fromEntries(
    command.options.filter((one) => one.required).map((one) => [one.name, SAID[one.name] ?? '']),
  ) as Given;
}

const button = (action: ActionName, claim = 'v4-on-huawei', topic = 'deepseek'): string =>
  actionId({ action, topic, claim });

export function conversations(name: string, makeRig: () => Promise<ConversationRig>): void {
  describe(`conversations on ${name}`, () => {
    let rig: ConversationRig;
    let desk: DeskDouble;
    /** What the desk does in one test only. */
    let special: Partial<Desk> = {};
    const rootOf = (command: Command): string => (command.scope === 'topic' ? 'deepseek' : 'claimwire');

    beforeAll(async () => {
      rig = await makeRig();
      desk = wholeDesk();
      const now = new Proxy(desk, {
        get: (target, key): unknown => (Reflect.get(special, key) as unknown) ?? Reflect.get(target, key),
      });
      await rig.platform.start(now);
    });
    beforeEach(() => {
      special = {};
      desk.calls.length = 0;
      rig.mayPost(true);
    });
    afterAll(async () => {
      await rig.close();
    });

    test('every command of the table is understood, acknowledged in time and answered once, to whom it concerns', async () => {
      for (const command of commandsFor(desk, rig.platform.platform)) {
        const heard = await rig.give('manager', rootOf(command), command.name, required(command));
        expect(heard.text, command.name).not.toMatch(/There is no|our fault|not available|not understood/u);
        expect(heard.text.length, command.name).toBeGreaterThan(20);
        expect(heard.private, command.name).toBe(command.tellsChannel !== true);
      }
      expect(rig.slowestAck()).toBeLessThan(3000);
    });

    test('whoever may not manage the channel changes nothing, and hears whom to ask', async () => {
      for (const command of commandsFor(desk, rig.platform.platform).filter((one) => one.needsManage)) {
        const heard = await rig.give('reader', rootOf(command), command.name, required(command));
        if (heard.unlisted) continue;
        expect(heard.text, command.name).toContain('may manage this channel');
        expect(heard.private, command.name).toBe(true);
      }
      for (const id of [
        button('confirm', 'd7f3', ''),
        button('approve', '7', ''),
        button('right', '3', ''),
        button('mute'),
      ]) {
        const heard = await rig.press('reader', id);
        expect(heard.text, id).toContain('may manage this channel');
        expect(heard.settled, id).toBe(false);
      }
      expect(desk.calls).toEqual([]);
    });

    test('a refusal of the desk is told to the asker alone, in its own words, and the next step is named', async () => {
      special = { subscribe: async () => ({ ok: false, message: 'This workspace has 50 subscriptions already' }) };
      const heard = await rig.give('manager', 'deepseek', 'subscribe', {});
      expect(heard.text).toContain('50 subscriptions already');
      expect(heard.private).toBe(true);
      const lines = ['https://example.com/: the server sent a web page', 'its feed is https://example.com/rss'];
      special = { testFeed: async () => ({ ok: true, value: { readable: false, lines } }) };
      const page = await rig.give('manager', 'claimwire', 'feeds test', { address: 'https://example.com/' });
      expect(page.text).toContain('Nothing can be read from there');
      expect(page.text).toContain('its feed is');
      const unknown = await rig.give('reader', 'deepseek', 'why', { claim: 'v4-on-hauwei' });
      expect(unknown.text).toMatch(/Did you mean .*v4-on-huawei/u);
      expect(unknown.text).toContain('/deepseek claims');
    });

    test('a channel subscribes with digest, quiet hours, a group to mention and threads, and hears it all said back', async () => {
      const heard = await rig.give('manager', 'deepseek', 'subscribe', {
        level: 'confirmed',
        digest: 'weekly',
        hour: '18:00',
        weekday: 'friday',
        zone: 'Europe/Berlin',
        quiet: '22:00-07:00',
        urgent: 'yes',
        mention: rig.other.group,
        on: 'changes',
        place: 'thread',
      });
      const options = {
        digest: 'weekly',
        digestHour: 18,
        digestWeekday: 5,
        timeZone: 'Europe/Berlin',
        quiet: { from: '22:00', to: '07:00', breakThrough: true },
        mention: { whom: rig.other.group, on: 'changes' },
        place: 'thread',
      };
      expect(desk.calls).toEqual([`subscribe ${rig.channel} deepseek confirmed ${JSON.stringify(options)}`]);
      for (const part of [
        'every Friday',
        '18:00 Europe/Berlin',
        '22:00 to 07:00',
        'come through',
        'every change',
        'thread',
      ]) {
        expect(heard.text).toContain(part);
      }
      // The state so far, as one card and not as a flood.
      expect(heard.text).toContain('Known so far');
      expect(heard.private).toBe(false);
    });

    test('choosing a digest leaves the level of a channel that follows already alone', async () => {
      special = {
        subscriptions: async (asker) => {
          const said = await desk.subscriptions(asker);
          return said.ok ? { ok: true, value: said.value.map((one) => ({ ...one, level: 'updates' as const })) } : said;
        },
      };
      await rig.give('manager', 'deepseek', 'subscribe', { digest: 'daily' });
      expect(desk.calls).toEqual([`subscribe ${rig.channel} deepseek updates {"digest":"daily"}`]);
    });

    test('who adds it is greeted once, with three buttons that lead on', async () => {
      const before = (await rig.channelSaw()).length;
      let joined = 0;
      special = {
        joined: async () => {
          joined += 1;
          return { first: joined === 1 };
        },
      };
      await rig.join();
      await rig.join();
      await rig.join();
      expect(joined).toBe(3);
      const said = (await rig.channelSaw()).slice(before);
      expect(said).toHaveLength(1);
      expect(said[0]).toContain('Hello');
      for (const label of ['Subscribe here', 'Show status', 'Help']) expect(said[0]).toContain(label);

      const { form } = await rig.press('manager', button('subscribe', '', ''));
      expect(form?.fields.slice(0, 3)).toEqual(['topic', 'level', 'digest']);
      if (form === null) return;
      const heard = await rig.send('manager', form, {
        topic: 'huawei',
        level: 'changes',
        digest: 'daily',
        hour: '8:00 Asia/Shanghai',
        quiet: '',
      });
      expect(heard.text).toContain('now follows Huawei');
      expect(heard.private).toBe(false);
      expect(desk.calls[0]).toContain(
        `subscribe ${rig.channel} huawei changes {"digest":"daily","digestHour":8,"timeZone":"Asia/Shanghai"`,
      );
      expect((await rig.press('reader', button('status', ''))).text).toContain('what is known');
      expect((await rig.press('reader', button('help', ''))).text).toContain('independent origins');
    });

    test('forms offer what the command does: hours that confirmed comes through, whom to mention, threads', async () => {
      const group = rig.other.group;
      special = {
        subscriptions: async (asker) => {
          const said = await desk.subscriptions(asker);
          if (!said.ok) return said;
          const quiet = { from: '22:00', to: '07:00', breakThrough: true };
          const stood = { digest: 'weekly', digestWeekday: 5, quiet, mention: { whom: group, on: 'changes' } } as const;
          return { ok: true, value: said.value.map((one) => ({ ...one, options: { ...one.options, ...stood } })) };
        },
      };
      const { form } = await rig.press('manager', button('subscribe', ''));
      if (form === null) throw new Error('no form');
      for (const stands of ['weekly-friday', '22:00-07:00 urgent']) expect(JSON.stringify(form.raw)).toContain(stands);
      const values = { level: 'changes', digest: 'weekly-friday', quiet: '22:00-07:00 urgent', place: 'flat' } as const;
      const here = form.fields.includes('mention');
      const answer = await rig.send('manager', form, here ? { ...values, mention: group, on: 'changes' } : values);
      const last = desk.calls.at(-1) ?? '';
      expect(last).toContain('"digest":"weekly"');
      expect(last).toContain('"digestWeekday":5,');
      expect(last).toContain('"breakThrough":true');
      // Where one form has no room for everything the answer leads to another.
      const more = answer.buttons.find((one) => one.label === 'Mention and threads');
      expect(more === undefined).toBe(here);
      const second = here ? form : (await rig.press('manager', more?.id ?? '')).form;
      if (second === null) throw new Error('no second form');
      expect(JSON.stringify(second.raw)).toContain(group);
      expect(new Set([...form.fields, ...second.fields])).toEqual(
        new Set(['level', 'digest', 'hour', 'quiet', 'place', 'mention', 'on']),
      );
      await rig.send('manager', second, { ...(here ? values : {}), mention: group, on: 'changes', place: 'thread' });
      const given = JSON.stringify({ mention: { whom: group, on: 'changes' }, place: 'thread' }).slice(1);
      expect(desk.calls.at(-1)).toContain(given);
    });

    test('a form says what to mend, and a person who may not send it never sees it', async () => {
      const refused = await rig.press('reader', button('subscribe', '', ''));
      expect(refused.form).toBeNull();
      expect(refused.text).toContain('may manage this channel');
      const { form } = await rig.press('manager', button('subscribe', '', ''));
      if (form === null) throw new Error('no form');
      const heard = await rig.send('manager', form, { topic: 'deepseek', hour: 'soon', quiet: 'at night' });
      const said = `${heard.text} ${Object.values(heard.mend).join(' ')}`;
      expect(said).toMatch(/whole hour|From when to when/u);
      expect(desk.calls).toEqual([]);
    });

    test('a statement is tracked: asked for, shown with what it would have matched, confirmed', async () => {
      const { form } = await rig.give('manager', 'claimwire', 'track', {});
      expect(form?.fields).toEqual(['statement', 'topic']);
      if (form === null) return;
      const draft = await rig.send('manager', form, {
        statement: 'DeepSeek V5 runs on Huawei chips',
        topic: 'deepseek',
      });
      expect(draft.private).toBe(true);
      for (const part of ['Track this?', ': DeepSeek V5 (also V5', '14 stored pages', 'Would have posted 2 alerts']) {
        expect(draft.text).toContain(part);
      }
      const confirm = draft.buttons.find((one) => one.label === 'Track this');
      expect(confirm).toBeDefined();
      const done = await rig.press('manager', confirm?.id ?? '');
      expect(done.text).toContain('Now tracked here');
      expect(done.private).toBe(false);
      expect(desk.calls).toEqual([
        `track ${rig.channel} deepseek DeepSeek V5 runs on Huawei chips`,
        `confirmTrack ${rig.channel} 17`,
      ]);
    });

    test('a reader doubts a card, and a moderator answers the report', async () => {
      const { form } = await rig.press('reader', button('wrong'));
      expect(form?.fields).toEqual(['note']);
      if (form === null) return;
      const told = await rig.send('reader', form, { note: 'the page was corrected' });
      expect(told.text).toContain('moderators see it now');
      expect(told.private).toBe(true);
      const right = await rig.press('manager', button('right', '3', ''));
      expect(right).toMatchObject({ settled: true, private: false });
      await rig.press('manager', button('not-relevant', '4', ''));
      const decide = (await rig.press('manager', button('override'))).form;
      if (decide === null) throw new Error('no form');
      const decided = await rig.send('manager', decide, { status: 'disputed', because: 'the page was corrected' });
      expect(decided.text).toContain('Decided here by a person');
      expect(decided.text).toContain('the page was corrected');
      expect(desk.calls).toEqual([
        `wrong ${rig.channel} v4-on-huawei the page was corrected`,
        `answerWrong ${rig.channel} 3 right`,
        `answerWrong ${rig.channel} 4 not-relevant`,
        `override ${rig.channel} v4-on-huawei disputed the page was corrected`,
      ]);
    });

    test('a moderator approves or drops a waiting alert once: the buttons go', async () => {
      for (const answer of ['approve', 'drop'] as const) {
        const heard = await rig.press('manager', button(answer, '17', ''));
        expect(heard).toMatchObject({ settled: true, private: false });
      }
      expect(desk.calls).toEqual([`answerApproval ${rig.channel} 17 approve`, `answerApproval ${rig.channel} 17 drop`]);
      special = { answerApproval: async () => ({ ok: false, message: 'It went out by itself at 11:30' }) };
      const late = await rig.press('manager', button('approve', '17', ''));
      expect(late).toMatchObject({ settled: false, private: true });
      expect(late.text).toContain('went out by itself');
    });

    test('the buttons of an alert are answered for the one who pressed, from what is known now', async () => {
      for (const [action, words] of [
        ['why', 'Would change it'],
        ['timeline', 'Financial Times'],
        ['sources', 'Who knew'],
      ] as const) {
        const heard = await rig.press('reader', button(action));
        expect(heard.text, action).toContain(words);
        expect(heard.private, action).toBe(true);
      }
      const muted = await rig.press('manager', button('mute'));
      expect(muted.text).toContain('Nothing about it is posted here until');
      expect(desk.calls).toEqual([`mute ${rig.channel} deepseek v4-on-huawei ${7 * 86_400_000}`]);
    });

    test('a forged button does nothing', async () => {
      for (const id of [
        'cw:why:deepseek:not-a-claim',
        'cw:why:other-workspace:secret',
        'cw:erase:deepseek:x',
        'cw:mute::',
      ]) {
        const heard = await rig.press('manager', id);
        expect(heard.text, id).toMatch(/There is no|no longer works|Which claim/u);
        expect(heard.private, id).toBe(true);
      }
      expect(desk.calls).toEqual([]);
    });

    test('several links are checked at once, by command and by a message’s own menu', async () => {
      const typed = await rig.give('reader', 'deepseek', 'check', { what: SAID.what ?? '' });
      for (const part of ['2 origins: The Information', 'repeats the text', 'credits', '402', 'v4-on-huawei']) {
        expect(typed.text).toContain(part);
      }
      await rig.menu('reader', `two of them: ${SAID.what ?? ''}`);
      await rig.menu('reader', 'words without any link, pasted from somewhere');
      const links = 'https://www.reuters.com/technology/example,https://finance.yahoo.com/example';
      expect(desk.calls).toEqual([
        `check ${rig.channel} ${links}`,
        `check ${rig.channel} ${links}`,
        `check ${rig.channel} words without any link, pasted from somewhere`,
      ]);
    });

    test('a mute lasts as long as was said', async () => {
      await rig.give('manager', 'deepseek', 'mute', { claim: 'v4-on-huawei', for: '3 days' });
      expect(desk.calls).toEqual([`mute ${rig.channel} deepseek v4-on-huawei ${3 * 86_400_000}`]);
      const refused = await rig.give('manager', 'deepseek', 'mute', { claim: 'v4-on-huawei', for: 'ever' });
      expect(refused.text).toContain('3 hours, 7 days, 2 weeks');
    });

    test('a mute is ended from the answer to it, from the list of what is muted, or by command', async () => {
      const muted = await rig.give('manager', 'deepseek', 'mute', { claim: 'v4-on-huawei' });
      const listed = await rig.give('reader', 'deepseek', 'subscriptions', {});
      expect(listed.text).toContain('Muted here');
      for (const { buttons } of [muted, listed]) {
        const unmute = buttons.find((one) => one.label.startsWith('Unmute'));
        expect((await rig.press('reader', unmute?.id ?? '')).text).toContain('may manage this channel');
        const ended = await rig.press('manager', unmute?.id ?? '');
        expect(ended.private).toBe(false);
        // Nobody was told meanwhile, so where it stands now is said.
        for (const part of ['Unmuted in this channel', 'It is now', 'Confirmed', 'were not posted'])
          expect(ended.text).toContain(part);
      }
      await rig.give('manager', 'deepseek', 'unmute', { claim: 'v4-on-huawei' });
      const unmuted = `unmute ${rig.channel} deepseek v4-on-huawei`;
      expect(desk.calls.slice(1)).toEqual([unmuted, unmuted, unmuted]);
      special = { unmute: async () => ({ ok: true, value: { removed: false, why: null } }) };
      const idle = await rig.give('manager', 'deepseek', 'unmute', { claim: 'v4-on-huawei' });
      expect(idle.text).toContain('not muted in this channel');
    });

    test('an answer is shared when asked for', async () => {
      expect((await rig.give('reader', 'deepseek', 'status', {})).private).toBe(true);
      expect((await rig.give('reader', 'deepseek', 'status', { share: 'yes' })).private).toBe(false);
      const narrowed = await rig.give('reader', 'deepseek', 'status', { state: 'reported' });
      expect(narrowed.text).toContain('Two further V4 variants');
      expect(narrowed.text).not.toContain('Expired');
    });

    test('what a button or a command answered to one alone is shown to the channel with one press', async () => {
      for (const answered of [
        await rig.press('reader', button('why')),
        await rig.press('reader', button('status', '')),
        await rig.give('reader', 'deepseek', 'claim', { claim: 'v4-on-huawei' }),
      ]) {
        expect(answered.private).toBe(true);
        const share = answered.buttons.find((one) => one.label === 'Show to channel');
        const shown = await rig.press('reader', share?.id ?? '');
        expect(shown.private).toBe(false);
        expect(shown.text).toBe(answered.text.replace(/Show to channel\n/u, ''));
        expect(shown.buttons.map((one) => one.label)).not.toContain('Show to channel');
      }
      // What went wrong concerns nobody else.
      special = { why: async () => ({ ok: false, message: 'The database is not answering right now.' }) };
      const failed = await rig.press('reader', button('why'));
      expect(failed.buttons.map(({ label }) => label)).not.toContain('Show to channel');
    });

    test('every private answer that a command can share can be shown afterwards, as it was, by the one who got it', async () => {
      const sharing = commandsFor(desk, rig.platform.platform).filter((command) =>
        command.options.some((option) => option.name === 'share'),
      );
      expect(sharing.length).toBeGreaterThan(12);
      for (const command of sharing) {
        const answered = await rig.give('manager', rootOf(command), command.name, required(command));
        const share = answered.buttons.find((one) => one.label === 'Show to channel');
        const shown = await rig.press('reader', share?.id ?? '');
        expect(shown, command.name).toMatchObject({ private: command.name === 'check' });
      }
      // No button could name five links or a part of the board: the answer itself is kept, for the one who asked.
      for (const [name, options] of [
        ['check', { what: SAID.what ?? '' }],
        ['status', { state: 'reported' }],
        ['digest', { days: '30' }],
      ] as const) {
        const answered = await rig.give('reader', 'deepseek', name, options);
        const share = answered.buttons.find((one) => one.label === 'Show to channel');
        desk.calls.length = 0;
        const shown = await rig.press('reader', share?.id ?? '');
        expect(shown.private, name).toBe(false);
        expect(shown.text, name).toBe(answered.text.replace(/Show to channel\n?/u, ''));
        expect(desk.calls, name).toEqual([]);
        const other = await rig.press('manager', share?.id ?? '');
        expect(other.text, name).toContain('not kept any more');
        expect(other.private, name).toBe(true);
      }
    });

    test('a sample alert is posted the way alerts are, marked as a test; without leave to post, what to do is said', async () => {
      const before = (await rig.channelSaw()).length;
      const heard = await rig.give('manager', 'claimwire', 'test', {});
      expect(heard.text).toContain('in this channel');
      expect(heard.private).toBe(true);
      const [sample = ''] = (await rig.channelSaw()).slice(before).filter((one) => one.includes('SAMPLE'));
      expect(sample).toContain('This is a test, not news');
      rig.mayPost(false);
      for (const [root, command] of [
        ['claimwire', 'test'],
        ['deepseek', 'subscribe'],
      ] as const) {
        const refused = await rig.give('manager', root, command, {});
        expect(refused.text, command).toMatch(/may not post|not in this channel/u);
        expect(refused.private, command).toBe(true);
      }
      expect(desk.calls).toEqual([]);
    });

    test('reports and approvals go to a channel of choice, or to none', async () => {
      await rig.give('manager', 'claimwire', 'moderators', { channel: rig.other.channel });
      await rig.give('manager', 'claimwire', 'moderators', {});
      await rig.give('manager', 'claimwire', 'moderators', { switch: 'off' });
      await rig.give('manager', 'claimwire', 'approve', { switch: 'on', minutes: '45' });
      await rig.give('manager', 'claimwire', 'approve', { switch: 'off' });
      expect(desk.calls).toEqual([
        `moderators ${rig.channel} ${rig.other.channel}`,
        `moderators ${rig.channel} ${rig.channel}`,
        `moderators ${rig.channel} null`,
        `approvals ${rig.channel} 45`,
        `approvals ${rig.channel} null`,
      ]);
    });

    test('the export is a file with one object a line, for the asker alone', async () => {
      const heard = await rig.give('manager', 'claimwire', 'export', {});
      expect(heard.private).toBe(true);
      expect(heard.files.map((file) => file.name)).toEqual(['claimwire-export.jsonl']);
      const lines = (heard.files[0]?.text ?? '').trim().split('\n');
      expect(lines.map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual(['kind', 'kind']);
    });

    test('where there is nothing yet, the next useful step is said', async () => {
      special = {
        topics: () => [{ id: 'deepseek', title: 'DeepSeek', claims: [] }],
        status: async () => ({ ok: true, value: statusView({ claims: [] }) }),
        subscriptions: async () => ({ ok: true, value: [] }),
        latest: async () => ({ ok: true, value: { topic: 'deepseek', title: 'DeepSeek', items: [], demo: false } }),
        feeds: async () => ({ ok: true, value: [] }),
        log: async () => ({ ok: true, value: { rows: [], waiting: 0, held: 0 } }),
        wrong: async () => ({ ok: true, value: { told: false } }),
      };
      for (const [root, command, options, step] of [
        ['deepseek', 'status', {}, 'No claim is tracked yet'],
        ['deepseek', 'claims', {}, 'No claim is tracked yet'],
        ['deepseek', 'why', { claim: 'v4-on-huawei' }, '/claimwire track'],
        ['deepseek', 'subscriptions', {}, '/deepseek subscribe'],
        ['deepseek', 'latest', {}, 'No page about these claims'],
        ['deepseek', 'digest', {}, 'nothing changed'],
        ['claimwire', 'feeds list', {}, '/claimwire feeds add'],
        ['claimwire', 'log', {}, '/claimwire test'],
      ] as const) {
        expect((await rig.give('manager', root, command, options)).text, command).toContain(step);
      }
    });

    test('a desk that breaks or stalls is admitted to; the next command works', async () => {
      special = {
        status: async () => {
          throw new Error('the database is gone');
        },
      };
      const broken = await rig.give('reader', 'deepseek', 'status', {});
      expect(broken.text).toContain('our fault');
      expect(broken.text).not.toContain('database is gone');
      special = {};
      expect((await rig.give('reader', 'deepseek', 'status', {})).text).toContain('what is known');
    });

    test('no command stands in the table under a name that another has', () => {
      const names = COMMANDS.map((command) => `${command.scope} ${command.name}`);
      expect(new Set(names).size).toBe(names.length);
    });
  });
}
