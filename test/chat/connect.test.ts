import { expect, test, vi } from 'vitest';
import { keepConnecting } from '../../src/chat/connect.ts';
import type { ChatPlatform } from '../../src/chat/platform.ts';
import { deskDouble } from './examples.ts';
import { PATIENT } from '../support/eventually.ts';

function failing(reasons: readonly string[]): { readonly platform: ChatPlatform; readonly tries: () => number } {
  let tries = 0;
  const platform: ChatPlatform = {
    platform: 'discord',
    settleMs: 0,
    send: async () => ({ outcome: 'failed', reason: 'not connected' }),
    lookUp: async () => ({ found: 'no' }),
    start: async () => {
      const reason = reasons[tries];
      tries += 1;
      if (reason !== undefined) throw new Error(reason);
    },
    close: async () => {},
  };
  return { platform, tries: () => tries };
}

const quick = { firstWaitMs: 1, longestWaitMs: 4 };

test('a platform that is down at the start is connected to later, and each reason is told once', async () => {
  const { platform, tries } = failing(['down', 'down', 'down', 'token refused', 'token refused']);
  const said: string[] = [];
  const link = await keepConnecting(platform, deskDouble(), { say: (sentence) => void said.push(sentence), ...quick });
  expect(link.problem).toBe('down');
  await vi.waitFor(() => expect(said.at(-1)).toBe('discord: connected'), PATIENT);
  expect(said).toEqual(['token refused', 'discord: connected']);
  expect(tries()).toBe(6);
  link.stop();
});

test('one that answers is started once', async () => {
  const { platform, tries } = failing([]);
  const link = await keepConnecting(platform, deskDouble(), { say: () => {}, ...quick });
  expect(link.problem).toBeNull();
  link.stop();
  expect(tries()).toBe(1);
});

test('stopping ends the tries', async () => {
  const { platform, tries } = failing(Array.from({ length: 1000 }, () => 'down'));
  const link = await keepConnecting(platform, deskDouble(), { say: () => {}, ...quick });
  await vi.waitFor(() => expect(tries()).toBeGreaterThan(2), PATIENT);
  link.stop();
  const then = tries();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(tries()).toBe(then);
});
