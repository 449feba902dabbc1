import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileIdentifyCounter, identifyTurn } from '../../../src/chat/discord/identify-count.ts';

const MINUTE = 60_000;
const NOW = 1_800_000_000_000;

describe('connecting to Discord again and again', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'identify-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test.each([
    ['the first of the day goes at once', [], 0],
    ['the second within minutes waits', [NOW - MINUTE], 5000],
    ['the fifth waits longer', [1, 2, 3, 4].map((at) => NOW - at * MINUTE), 40_000],
    ['no wait is longer than five minutes', Array.from({ length: 20 }, () => NOW - 1000), 5 * MINUTE],
    ['an hour later all is forgiven', Array.from({ length: 20 }, () => NOW - 60 * MINUTE), 0],
    ['a clock that was set back does not forgive', [NOW + 5 * MINUTE], 5000],
  ])('%s', (_name, before, waitMs) => {
    expect(identifyTurn(before, NOW)).toEqual({ waitMs });
  });

  test('P14: the fifty-first of a day is refused in one sentence, over restarts too', async () => {
    const path = join(folder, 'count');
    let now = NOW;
    const waits: number[] = [];
    const restart = (): Promise<void> =>
      fileIdentifyCounter(
        path,
        async (ms) => {
          waits.push(ms);
          now += ms;
        },
        () => now,
      )();
    for (let at = 0; at < 50; at += 1) {
      await restart();
      now += 15 * MINUTE;
    }
    expect(waits).toEqual([]);
    await expect(restart()).rejects.toThrow('Discord was connected to 50 times within a day: not again for 690 min');
    now += 690 * MINUTE;
    await expect(restart()).resolves.toBeUndefined();
  });

  test('a damaged file stops nobody', async () => {
    const path = join(folder, 'count');
    writeFileSync(path, 'garbage\n\0\n-5');
    await expect(fileIdentifyCounter(path)()).resolves.toBeUndefined();
  });
});
