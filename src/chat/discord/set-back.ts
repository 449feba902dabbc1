/**
 * discord.js keeps the end of every limit in wall time. A clock that is set back by an hour (NTP at last, a machine that
 * was moved) would make all channels wait that hour: then what was known of limits is forgotten, and Discord's next
 * answers say it anew.
 */
import type { REST } from 'discord.js';

/** NTP's own corrections are smaller. */
const STEP_MS = 1000;

/** To be called before each request: forgets the limits when the clock was set back since. */
export function forgetWhenSetBack(rest: REST): () => void {
  let ahead = Date.now() - performance.now();
  return () => {
    const now = Date.now() - performance.now();
    if (now < ahead - STEP_MS) {
      rest.globalReset = -1;
      rest.globalRemaining = rest.options.globalRequestsPerSecond;
      rest.handlers.clear();
    }
    ahead = now;
  };
}
