/**
 * Says whether something arrives for the first time. Slack delivers an event again when our answer was late, over
 * another connection or process start, and anybody on the path could send a signed request again.
 */
import { MINUTE } from '../../core/time.ts';

/** Twice the time that a signed request stays valid. */
const REMEMBERED_MS = 10 * MINUTE;
const REMEMBERED_MOST = 10_000;

export function onceOnly(now: () => number = Date.now): (id: string) => boolean {
  const seen = new Map<string, number>();
  return (id) => {
    if (id === '') return true;
    const at = now();
    // In order of arrival: the oldest stand first.
    for (const [old, when] of seen) {
      if (when > at - REMEMBERED_MS && seen.size <= REMEMBERED_MOST) break;
      seen.delete(old);
    }
    if (seen.has(id)) return false;
    seen.set(id, at);
    return true;
  };
}
