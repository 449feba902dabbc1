import { expect, test, vi } from 'vitest';
import { watchElsewhere } from '../../../src/chat/discord/elsewhere.ts';

const taken = Object.assign(new Error('Interaction has already been acknowledged.'), { code: 40_060 });
const MINUTE = 60_000;

test('connections with this token that were not ours are said once, in one sentence', async () => {
  const log = vi.fn<(level: string, message: string) => void>();
  const watch = watchElsewhere({ log, ownIdentifies: () => 3 });
  await watch.counted(3);
  expect(log).not.toHaveBeenCalled();
  await watch.counted(5);
  await watch.counted(6);
  expect(log.mock.calls).toEqual([
    ['warn', expect.stringContaining('Discord counted 2 connections with this token today that this installation')],
  ]);
});

test('somebody who answers our commands before us is noticed at the second time, and never a process of ours', async () => {
  const log = vi.fn<(level: string, message: string) => void>();
  let now = 0;
  const watch = watchElsewhere({ log }, () => now);
  await watch.notAnswered(taken);
  now += 11 * MINUTE;
  await watch.notAnswered(taken);
  await watch.notAnswered(new Error('Unknown interaction'));
  expect(log).not.toHaveBeenCalled();
  now += MINUTE;
  await watch.notAnswered(taken);
  expect(log.mock.calls.flat().join(' ')).toContain('Another program with this bot');

  const ours = watchElsewhere({ log, hearers: async () => 2 }, () => now);
  await ours.notAnswered(taken);
  await ours.notAnswered(taken);
  expect(log).toHaveBeenCalledOnce();
});
