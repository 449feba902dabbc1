/**
 * Says whether something arrives for the first time. Slack delivers an event again when our answer was late, over
 * another connection, to another process or after a start, and anybody on the path could send a signed request again.
 */
import { MINUTE } from '../../core/time.ts';
import type { Desk } from '../platform.ts';

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

/** A database that stalls delays no answer by more than this: then this process's own memory must do. */
const ASKED_MS = 300;

/** The same for all processes of one ledger. '' has no id and is always first. */
export function onceAnywhere(desk: Pick<Desk, 'heardFirst'>): (id: string) => Promise<boolean> {
  const firstHere = onceOnly();
  return async (id) => {
    if (!firstHere(id)) return false;
    if (id === '' || desk.heardFirst === undefined) return true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<true>((resolve) => {
      timer = setTimeout(() => resolve(true), ASKED_MS);
    });
    try {
      return await Promise.race([desk.heardFirst(`slack ${id}`).catch(() => true), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
