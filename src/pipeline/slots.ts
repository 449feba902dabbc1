/**
 * Slots: how many lanes of one platform this process serves at once. A burst begins with two: a refused token is noticed
 * after two requests, not after a thousand. Each message that gets through allows one more, up to `MOST`; a quiet moment or
 * trouble of the whole platform begins again with two. A channel that hangs keeps its own slot busy and no other, and may
 * have only a few of its kind beside it, so that no number of them stops the rest.
 *
 *   if (!slots.enter('slack', lane, alertId)) return;      // remembered: `leave` says whom to wake
 *   const next = slots.leave('slack', lane)
 */
import type { Platform } from '../core/alert.ts';

const FEWEST = 2;
const MOST = 24;
/** Lanes whose last request took longer than SLOW_MS: that many at once. */
const MOST_SLOW = 4;
const SLOW_MS = 4000;
/** So long without a message and the window begins anew. */
const IDLE_MS = 1000;

interface Window {
  size: number;
  lastOk: number;
  readonly inside: Set<string>;
  /** Lane -> an alert of it. */
  readonly waiting: Map<string, string>;
}

export interface Slots {
  /** False when the lane must wait for a slot; it is remembered. */
  enter(platform: Platform, lane: string, alert: string): boolean;
  /** The lane is done for now. Returns the alerts of lanes to wake. */
  leave(platform: Platform, lane: string): string[];
  /** What a request of this lane met: `ok` it got through; `trouble` concerns the whole platform; `else` this lane alone. */
  met(platform: Platform, lane: string, what: 'ok' | 'trouble' | 'else', tookMs: number): void;
}

export function openSlots(now: () => number = () => performance.now()): Slots {
  const windows = new Map<Platform, Window>();
  const slow = new Set<string>();

  function windowOf(platform: Platform): Window {
    let window = windows.get(platform);
    if (window === undefined) {
      window = { size: FEWEST, lastOk: now(), inside: new Set(), waiting: new Map() };
      windows.set(platform, window);
    }
    return window;
  }

  function hasRoom(window: Window, lane: string): boolean {
    if (now() - window.lastOk > IDLE_MS && ![...window.inside].some((one) => !slow.has(one))) window.size = FEWEST;
    const inside = [...window.inside];
    const slowInside = inside.filter((one) => slow.has(one)).length;
    return slow.has(lane) ? slowInside < MOST_SLOW : inside.length - slowInside < window.size;
  }

  return {
    enter(platform, lane, alert) {
      const window = windowOf(platform);
      // Whoever serves the lane now may have looked for the last time: it is looked at once more afterwards.
      if (window.inside.has(lane) || !hasRoom(window, lane)) {
        window.waiting.set(lane, alert);
        return false;
      }
      window.waiting.delete(lane);
      window.inside.add(lane);
      return true;
    },
    leave(platform, lane) {
      const window = windowOf(platform);
      window.inside.delete(lane);
      const woken: string[] = [];
      for (const [waiting, alert] of window.waiting) {
        if (woken.length >= window.size - window.inside.size) break;
        window.waiting.delete(waiting);
        woken.push(alert);
      }
      return woken;
    },
    met(platform, lane, what, tookMs) {
      const window = windowOf(platform);
      if (tookMs > SLOW_MS) slow.add(lane);
      else if (what === 'ok') slow.delete(lane);
      // Forgotten at times: a lane that was slow once is no reason to remember it for ever.
      if (slow.size > 10_000) slow.clear();
      if (what === 'ok') {
        window.size = Math.min(MOST, window.size + 1);
        window.lastOk = now();
      } else if (what === 'trouble') window.size = FEWEST;
    },
  };
}
