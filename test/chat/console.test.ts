import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alertCard } from '../../src/chat/cards.ts';
import { consolePlatform, fileMarks } from '../../src/chat/console/platform.ts';
import { alertView } from './examples.ts';

const never = new AbortController().signal;
const message = { channel: 'terminal', marker: 'marker1', card: alertCard(alertView()) };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function terminal(over: { readonly isTTY?: boolean; readonly env?: Record<string, string> } = {}) {
  const out = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: over.isTTY ?? false });
  const marks = fileMarks(join(folder, 'marks'));
  return { out, platform: consolePlatform({ out, env: over.env ?? {}, style: 'line', marks }) };
}

test('a restarted terminal knows what it has shown', async () => {
  await terminal().platform.send(message, never);
  const restarted = terminal().platform;
  expect(await restarted.lookUp('terminal', 'marker1', never)).toEqual({ found: 'yes', messageId: 'marker1' });
  expect(await restarted.lookUp('terminal', 'marker2', never)).toEqual({ found: 'no' });
});

test.each([
  ['a terminal has colours', { isTTY: true }, true],
  ['NO_COLOR takes them away', { isTTY: true, env: { NO_COLOR: '1' } }, false],
  ['an empty NO_COLOR does not', { isTTY: true, env: { NO_COLOR: '' } }, true],
  ['a dumb terminal has none', { isTTY: true, env: { TERM: 'dumb' } }, false],
  ['a pipe has none', {}, false],
])('%s', async (_name, over, colours) => {
  const { out, platform } = terminal(over);
  await platform.send(message, never);
  expect(String(out.read()).includes('\u001B[')).toBe(colours);
});

test('a program that reads along gets one line for a change, after the terminal has marked it as shown', async () => {
  const marks = fileMarks(join(folder, 'marks'));
  const lines: string[] = [];
  const out = Object.assign(new PassThrough(), {
    write: (text: string) => {
      expect(marks.has('marker1')).toBe(true);
      lines.push(text);
      return true;
    },
  });
  const platform = consolePlatform({ out, env: {}, style: 'json', marks });
  const told = { claim: 'v4-on-huawei', status: 'confirmed', at: '2026-04-24T00:00:00.000Z' } as const;
  await platform.send({ ...message, told }, never);
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
    { type: 'alert', ...told, platform: 'console', channel: 'terminal' },
  ]);
});

test('a reader that goes away does not take the bot down', async () => {
  const { out, platform } = terminal();
  out.destroy(new Error('EPIPE'));
  await new Promise((resolve) => out.once('close', resolve));
  expect(await platform.send(message, never)).toMatchObject({ outcome: 'sent' });
});
