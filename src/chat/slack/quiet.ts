/**
 * The logger Slack's clients are given. They write addresses, bodies and tokens at will, so nothing of theirs is shown:
 * every fault that matters comes back to us as an error and is said once, in our own words.
 */
import { LogLevel } from '@slack/bolt';
import type { Logger } from '@slack/bolt';

export function quietLogger(): Logger {
  const nothing = (): void => {};
  return {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    setLevel: nothing,
    getLevel: () => LogLevel.ERROR,
    setName: nothing,
  };
}
