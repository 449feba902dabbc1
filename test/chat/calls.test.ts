import { describe, expect, test } from 'vitest';
import { answer, audienceOf, checkCall, pressedCall, readCall } from '../../src/chat/calls.ts';
import { COMMANDS, usageRows } from '../../src/chat/commands.ts';
import { actionId, parseActionId } from '../../src/chat/card.ts';
import type { Card } from '../../src/chat/card.ts';
import type { Asker } from '../../src/chat/platform.ts';
import { renderCard } from '../../src/chat/console/render.ts';
import { deskDouble } from './examples.ts';
import { wholeDesk } from './whole-desk.ts';

const reader: Asker = { platform: 'console', workspace: 'w', channel: 'c', user: 'u', mayManage: false };
const manager: Asker = { ...reader, mayManage: true };
const text = (card: Card): string => renderCard(card, { ansi: false });

/** Something that can be said for every option. */
const SAID: Readonly<Record<string, string>> = {
  claim: 'v4-on-huawei',
  what: 'https://example.com/a',
  statement: 'DeepSeek V5 runs on Huawei chips',
  address: 'https://example.com/rss',
  status: 'refuted',
  because: 'the company says so',
  switch: 'off',
  id: 'd7f3',
  note: 'the page was corrected',
};

function read(root: string, words: string): string {
  const result = readCall(deskDouble(), reader, root, words);
  if (!result.ok) return text(result.card);
  const { command, topic, claim, level, state, share } = result.call;
  return [topic?.id ?? '-', command.name, claim?.id, level, state, share ? 'share' : null].filter(Boolean).join(' ');
}

describe('typed words', () => {
  test.each([
    ['deepseek', '', 'deepseek status'],
    ['deepseek', 'STATUS', 'deepseek status'],
    ['deepseek', 'status confirmed share', 'deepseek status confirmed share'],
    ['deepseek', 'why v4-on-huawei', 'deepseek why v4-on-huawei'],
    ['deepseek', 'why "V4 runs on Ascend"', 'deepseek why v4-on-huawei'],
    ['deepseek', 'claim 寒武纪', 'deepseek claim rewritten-code'],
    ['deepseek', 'subscribe', 'deepseek subscribe'],
    ['deepseek', 'subscribe Confirmed', 'deepseek subscribe confirmed'],
    ['claimwire', '', '- help'],
    ['claimwire', 'health', '- health'],
    ['claimwire', 'huawei status', 'huawei status'],
    ['claimwire', 'subscriptions', '- subscriptions'],
    ['deepseek', 'help', '- help'],
  ])('/%s %s', (root, words, expected) => {
    expect(read(root, words).replace(/^deepseek help/u, '- help')).toBe(expected);
  });

  test.each([
    ['deepseek', 'sttaus', 'Did you mean /deepseek status'],
    ['deepseek', 'why v4-on-hauwei', 'Did you mean v4-on-huawei'],
    ['deepseek', 'why', 'Which claim?'],
    ['deepseek', 'why huawei', 'Did you mean'],
    ['deepseek', 'subscribe everything', 'One of: changes confirmed updates all'],
    ['deepsek', 'status', 'Did you mean deepseek'],
    ['claimwire', 'deepsek status', 'There is no command'],
    ['deepseek', `why ${'🙂'.repeat(1900)}`, 'There is no claim'],
    ['deepseek', "status'; drop table claims", 'There is no command'],
    ['deepseek', '../../etc/passwd', 'There is no command'],
  ])('/%s %s is answered with the next useful step', (root, words, expected) => {
    expect(read(root, words)).toContain(expected);
  });
});

describe('answers', () => {
  async function ask(asker: Asker, root: string, words: string, desk = deskDouble()): Promise<string> {
    const result = readCall(desk, asker, root, words);
    return text(result.ok ? (await answer(desk, asker, result.call, 50)).card : result.card);
  }

  test('every command of the table answers with a card that has words in it', async () => {
    const desk = wholeDesk();
    for (const command of COMMANDS) {
      const root = command.scope === 'topic' ? 'deepseek' : 'claimwire';
      const result = checkCall(desk, { ...manager, platform: command.only ?? 'slack' }, root, command.name, SAID);
      if (!result.ok) throw new Error(`${command.name}: ${text(result.card)}`);
      const { card, fault } = await answer(desk, manager, result.call);
      expect(fault, command.name).toBeNull();
      expect(text(card).length, command.name).toBeGreaterThan(20);
      expect(command.description.length, command.name).toBeLessThanOrEqual(100);
    }
  });

  test('help names every command as it is typed', async () => {
    const help = await ask(reader, 'claimwire', 'help');
    for (const row of usageRows(deskDouble(), 'console', 'deepseek')) {
      // What stands under the product and under each topic is said once.
      expect(help.includes(row.brief) || help.includes(` ${row.description}`), row.brief).toBe(true);
    }
  });

  test('status can be narrowed to one state', async () => {
    const seen = await ask(reader, 'deepseek', 'status reported');
    expect(seen).toContain('Two further V4 variants');
    expect(seen).not.toContain('Confirmed');
  });

  test('a stalled desk is told to people and to the log, and help still answers', async () => {
    const desk = deskDouble({ before: () => new Promise(() => {}) });
    const result = readCall(desk, reader, 'deepseek', 'status');
    if (!result.ok) throw new Error('unread');
    const { card, fault } = await answer(desk, reader, result.call, 20);
    expect(text(card)).toContain('could not answer in time');
    expect(String(fault)).toContain('/deepseek status');
    expect(await ask(reader, 'claimwire', 'help', desk)).toContain('Commands');
    expect(await ask(reader, 'deepseek', 'claims', desk)).toContain('v4-on-huawei');
  });

  test('a refusal of the desk is shown in its own words', async () => {
    const desk = deskDouble({
      subscribe: async () => ({ ok: false, message: 'This channel has 50 subscriptions already' }),
    });
    expect(await ask(manager, 'deepseek', 'subscribe', desk)).toContain('50 subscriptions already');
  });

  test('reading is for the asker alone unless shared; changing a channel is told to the channel', () => {
    const desk = deskDouble();
    const audience = (asker: Asker, words: string): string => {
      const result = readCall(desk, reader, 'deepseek', words);
      return result.ok ? audienceOf(result.call, asker) : 'unread';
    };
    expect(audience(reader, 'status')).toBe('asker');
    expect(audience(reader, 'status share')).toBe('channel');
    expect(audience(reader, 'claims share')).toBe('channel');
    expect(audience(manager, 'subscribe')).toBe('channel');
    expect(audience(reader, 'subscribe')).toBe('asker');
  });
});

describe('buttons', () => {
  test('an id comes back as the action it was made of', () => {
    const action = { action: 'why', topic: 'deepseek', claim: 'v4-on-huawei' } as const;
    expect(parseActionId(actionId(action))).toEqual(action);
  });

  test.each(['cw:erase:deepseek:x', 'why', '', 'cw:why:a:b:c', `cw:why:${'x'.repeat(200)}:y`])(
    'a forged id %s is nothing',
    (id) => {
      expect(parseActionId(id)).toBeNull();
    },
  );

  test('a button of somebody else’s claim answers as a typed unknown name does', () => {
    const result = pressedCall(deskDouble(), reader, { action: 'why', topic: 'deepseek', claim: 'secret-claim' });
    expect(result.ok ? 'found' : text(result.card)).toContain('There is no claim');
  });

  test('the buttons of the hello card work without a topic', () => {
    for (const action of ['subscribe', 'status', 'help'] as const) {
      expect(pressedCall(deskDouble(), reader, { action, topic: '', claim: '' }).ok).toBe(true);
    }
  });
});

test('the help card calls a long list of choices by its name, the reference spells it out', () => {
  const row = usageRows(wholeDesk(), 'slack', 'deepseek').find((one) => one.usage.includes(' override '));
  expect(row?.brief).toBe('/claimwire override <claim> <status> because <reason>');
  expect(row?.usage).toContain('unverified|reported|');
});
