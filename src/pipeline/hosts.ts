/**
 * One connection a host and a second between requests to it: publishers ban readers that hammer them. Nobody waits
 * here; a feed whose host is busy is put off for as long as the host needs.
 */
import { HOST_SPACING } from '../feeds/schedule.ts';
import { wallTime, type WallTime } from '../core/time.ts';

export type Turn =
  | { readonly ok: true; leave(now: WallTime, pauseMs: number): void }
  | { readonly ok: false; readonly inMs: number };

export interface Hosts {
  /** `host` is host:port. Call `leave` when the answer is there; `pauseMs` is what a 429 asked for. */
  enter(host: string, now: WallTime): Turn;
}

/** `allowHosts` are our own servers (tests, the demo, an inside network): many at once, no pause. */
export function openHosts(allowHosts: () => readonly string[]): Hosts {
  const busy = new Set<string>();
  const readyAt = new Map<string, WallTime>();
  return {
    enter(host, now) {
      if (allowHosts().includes(host)) return { ok: true, leave: () => undefined };
      const wait = (readyAt.get(host) ?? now) - now;
      if (busy.has(host) || wait > 0) return { ok: false, inMs: Math.max(wait, HOST_SPACING) };
      busy.add(host);
      return {
        ok: true,
        leave(then, pauseMs) {
          busy.delete(host);
          readyAt.set(host, wallTime(then + Math.max(HOST_SPACING, pauseMs)));
          // A host we have not asked for an hour needs no memory.
          for (const [name, at] of readyAt) if (at < then - 3_600_000) readyAt.delete(name);
        },
      };
    },
  };
}
