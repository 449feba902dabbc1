/**
 * Counts IDENTIFYs over restarts, in a file. A crash loop that identifies each time reaches Discord's 1,000 a day within
 * hours, and Discord then resets the token. So at most 50 a day, and the more of them in the last ten minutes the longer
 * the wait: 0, 5, 10, 20, 40 ... s, at most five minutes.
 *
 *   discordPlatform({ ..., beforeIdentify: fileIdentifyCounter(join(dataDir, 'discord-identifies')) })
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY, MINUTE } from '../../core/time.ts';

const PER_DAY = 50;
const RECENT = 10 * MINUTE;
const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 5 * MINUTE;

export type Turn = { readonly waitMs: number } | { readonly refused: string };

/** Pure. `before`: earlier IDENTIFYs in wall ms, any order; those in the future (a clock set back) count as just now. */
export function identifyTurn(before: readonly number[], now: number): Turn {
  const today = before.filter((at) => now - at < DAY);
  if (today.length >= PER_DAY) {
    const minutes = Math.ceil((Math.min(...today) + DAY - now) / MINUTE);
    return {
      refused: `Discord was connected to ${PER_DAY} times within a day: not again for ${minutes} min. Find what restarts so often.`,
    };
  }
  const recent = today.filter((at) => now - at < RECENT).length;
  return { waitMs: recent === 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (recent - 1)) };
}

/** Waits for its turn and writes it down before it is taken. Throws one sentence when the day's are used up. */
export function fileIdentifyCounter(
  path: string,
  // A stop must not wait for this.
  wait: (ms: number) => Promise<unknown> = (ms) => sleep(ms, undefined, { ref: false }),
  clock: () => number = Date.now,
): () => Promise<void> {
  return async () => {
    const turn = identifyTurn(read(path), clock());
    if ('refused' in turn) throw new Error(turn.refused);
    if (turn.waitMs > 0) await wait(turn.waitMs);
    const kept = read(path).filter((at) => clock() - at < DAY);
    writeFileSync(path, [...kept, clock()].join('\n'));
  };
}

/** How many were written down within a day. */
export function identifiesIn(path: string, now = Date.now()): number {
  return read(path).filter((at) => now - at < DAY).length;
}

/** A missing or damaged file counts as nothing: the platform's own limit is still asked before connecting. */
function read(path: string): number[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .map(Number)
      .filter((at) => Number.isFinite(at) && at > 0);
  } catch {
    return [];
  }
}
