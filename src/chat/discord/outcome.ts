/**
 * What became of a request to Discord, as a value. The question behind every row: can the message be there?
 *
 *   429 -> limited (no)    404 10003 -> rejected (no)    ECONNREFUSED -> failed (no)    502 or reset after sending -> unknown
 */
import { DiscordAPIError, HTTPError, RESTJSONErrorCodes, RateLimitError } from 'discord.js';
import { networkCode, neverConnected } from '../network.ts';
import type { SendOutcome } from '../platform.ts';

/** Discord gives a Retry-After with each 429; without one (a proxy's page) half a minute is what its guide suggests. */
const DEFAULT_RETRY_MS = 30_000;

/** "Thread is archived": discord-api-types has no name for it. */
export const THREAD_ARCHIVED = 50083;

export interface Attempt {
  /** Set when the request was handed to the network; before that an error proves that nothing was posted. */
  left: boolean;
  readonly editing: boolean;
}

export function outcomeOf(error: unknown, attempt: Attempt): SendOutcome {
  if (error instanceof RateLimitError) return limited(error);
  if (error instanceof DiscordAPIError) return refused(error, attempt);
  if (error instanceof HTTPError) return { outcome: 'unknown', reason: `Discord answered ${error.status}` };
  const code = networkCode(error);
  if (!attempt.left || neverConnected(code)) return { outcome: 'failed', reason: `not sent to Discord: ${code}` };
  return { outcome: 'unknown', reason: `no trustworthy answer from Discord: ${code}` };
}

function limited(error: RateLimitError): SendOutcome {
  // An answer without any bucket header comes from the edge in front of Discord and concerns this whole address.
  const everywhere = error.global || error.scope === 'global' || error.limit === Number.POSITIVE_INFINITY;
  const told = Math.max(error.retryAfter, error.sublimitTimeout);
  const bucket = Number.isFinite(error.limit) ? error.timeToReset : 0;
  return {
    outcome: 'limited',
    retryAfterMs: Math.ceil([told, bucket].find((ms) => Number.isFinite(ms) && ms > 0) ?? DEFAULT_RETRY_MS),
    scope: everywhere ? 'platform' : 'channel',
  };
}

function refused(error: DiscordAPIError, attempt: Attempt): SendOutcome {
  const reason = `Discord: ${String(error.status)} ${String(error.code)} ${error.message.split('\n')[0] ?? ''}`.slice(
    0,
    300,
  );
  if (error.status === 401) return { outcome: 'rejected', reason: TOKEN_REFUSED, pause: 'platform' };
  if (error.code === RESTJSONErrorCodes.UnknownMessage) {
    // On a post this is Discord's answer to a nonce whose message was deleted since: it had been posted.
    return attempt.editing ? { outcome: 'rejected', reason, pause: 'message' } : { outcome: 'sent', messageId: '' };
  }
  const channelIsClosed = error.status === 403 || error.status === 404 || error.code === THREAD_ARCHIVED;
  return { outcome: 'rejected', reason, pause: channelIsClosed ? 'subscription' : 'message' };
}

export const TOKEN_REFUSED =
  'Discord refused DISCORD_TOKEN: copy the bot token again from the developer portal (Bot, Reset Token) and restart.';
