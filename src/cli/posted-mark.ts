/**
 * The newest alert that was posted, in a file beside the database: a ledger that does not know it was restored from a
 * backup (ledger/restored.ts). Written at most every few seconds; a mark that is a little old says the same.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { wallTime, type WallTime } from '../core/time.ts';

const EVERY_MS = 5000;

export interface PostedMark {
  readonly ledger: string;
  readonly alert: bigint;
  readonly at: WallTime;
}

/** Null when there is none, or when it cannot be read: nothing can be told from it then. */
export function readMark(path: string): PostedMark | null {
  try {
    const { ledger, alert, at } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Record<keyof PostedMark, unknown>>;
    return typeof ledger === 'string' && typeof alert === 'string' && typeof at === 'number'
      ? { ledger, alert: BigInt(alert), at: wallTime(at) }
      : null;
  } catch {
    return null;
  }
}

/** Notes what is posted. Never throws: a full disk must not keep an alert back. */
export function openMark(path: string, now: () => number = Date.now): (ledger: string, alert: string) => void {
  let newest = readMark(path);
  let written = -Infinity;
  return (ledger, alert) => {
    const number = BigInt(alert);
    if (newest?.ledger === ledger && newest.alert >= number) return;
    newest = { ledger, alert: number, at: wallTime(now()) };
    // A clock that was set back must not silence this until it has caught up.
    if (Math.abs(now() - written) < EVERY_MS) return;
    written = now();
    try {
      writeFileSync(path, JSON.stringify({ ledger, alert: String(number), at: newest.at }));
    } catch {
      // The next one is tried again.
    }
  };
}
