/**
 * When Discord may be told who we are. Each IDENTIFY counts: after 1,000 in a day Discord resets the bot's token, which
 * has happened to bots in restart loops. Resuming a session needs none.
 *
 *   discordPlatform({ ..., beforeIdentify: () => counter.waitForTurn() })   // persisted, at most 50 a day
 */
import type { IIdentifyThrottler } from 'discord.js';

export interface IdentifyOptions {
  readonly beforeIdentify?: (() => Promise<void>) | undefined;
  /** Pause between two IDENTIFYs; 5 s is Discord's rule for one at a time. */
  readonly identifyGapMs?: number | undefined;
}

/** `refused` is told why when `beforeIdentify` throws; the session then waits to be destroyed and never identifies. */
export function identifyThrottler(options: IdentifyOptions, refused: (error: unknown) => void): IIdentifyThrottler {
  async function identify(before: Promise<void>, first: boolean, signal: AbortSignal): Promise<void> {
    await before;
    signal.throwIfAborted();
    // The first one of a session was waited for before connecting, outside the time allowed for it.
    if (first) return;
    await new Promise((resolve) => setTimeout(resolve, options.identifyGapMs ?? 5000));
    try {
      await options.beforeIdentify?.();
    } catch (error) {
      refused(error);
      // discord.js answers a rejection here by reconnecting and identifying all the same: only an abort stops it.
      await new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('not identifying', { cause: error })));
      });
    }
    signal.throwIfAborted();
  }
  let last = Promise.resolve();
  let first = true;
  return {
    waitForIdentify: (_shard, signal) => {
      const turn = identify(last, first, signal);
      first = false;
      last = turn.catch(() => {});
      return turn;
    },
  };
}
