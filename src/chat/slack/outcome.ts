/**
 * What became of a request to Slack, as a value. The question behind every row: can the message be there?
 *
 *   429 -> limited (no)    not_in_channel -> rejected (no)    ECONNREFUSED -> failed (no)    500 or reset after sending -> unknown
 */
import { webApi } from '@slack/bolt';
import { networkCode as codeOf, neverConnected } from '../network.ts';
import type { SendOutcome } from '../platform.ts';

/** Slack gives a Retry-After with each 429; a proxy's page may not. */
const DEFAULT_RETRY_MS = 30_000;

/** Errors of the token or the whole app (docs.slack.dev, chat.postMessage). */
const PLATFORM = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'missing_scope',
  'org_login_required',
  'not_allowed_token_type',
  'ekm_access_denied',
]);
const SUBSCRIPTION = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'team_access_not_granted',
  'access_denied',
]);
/** Slack says itself that the work may have been done all the same. */
const UNSURE = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

export const TOKEN_REFUSED =
  'Slack refused SLACK_BOT_TOKEN: copy the Bot User OAuth Token (xoxb-) again from the app’s page, OAuth & Permissions, and restart.';

export interface Attempt {
  /** Set when the request was handed to the network. */
  left: boolean;
  /** The answer's status; 0 before there is one. */
  status: number;
}

export function outcomeOf(error: unknown, attempt: Attempt): SendOutcome {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    const told = error.retryAfter > 0 ? error.retryAfter * 1000 : DEFAULT_RETRY_MS;
    return { outcome: 'limited', retryAfterMs: told, scope: 'channel' };
  }
  // Without a readable Retry-After the client throws a plain error.
  if (attempt.status === 429) return { outcome: 'limited', retryAfterMs: DEFAULT_RETRY_MS, scope: 'channel' };
  if (error instanceof webApi.WebAPIPlatformError) return refused(error.data.error);
  if (error instanceof webApi.WebAPIHTTPError) {
    return { outcome: 'unknown', reason: `Slack answered ${error.statusCode}` };
  }
  const code = networkCode(error);
  if (!attempt.left || neverConnected(code)) return { outcome: 'failed', reason: `not sent to Slack: ${code}` };
  return { outcome: 'unknown', reason: `no trustworthy answer from Slack: ${code}` };
}

function refused(code: string): SendOutcome {
  // A body that was no JSON comes back as the "error": half an answer, a proxy's page.
  if (!/^[a-z_]{1,80}$/u.test(code)) return { outcome: 'unknown', reason: 'Slack’s answer could not be read' };
  if (UNSURE.has(code)) return { outcome: 'unknown', reason: `Slack: ${code}` };
  if (code === 'ratelimited' || code === 'rate_limited' || code === 'message_limit_exceeded') {
    return { outcome: 'limited', retryAfterMs: DEFAULT_RETRY_MS, scope: 'channel' };
  }
  if (code === 'missing_scope') {
    const reason = 'Slack: missing_scope: add chat:write under OAuth & Permissions and install the app again.';
    return { outcome: 'rejected', reason, pause: 'platform' };
  }
  if (PLATFORM.has(code)) return { outcome: 'rejected', reason: `${TOKEN_REFUSED} (${code})`, pause: 'platform' };
  return { outcome: 'rejected', reason: `Slack: ${code}`, pause: SUBSCRIPTION.has(code) ? 'subscription' : 'message' };
}

/** Slack's error code of an answer, or null. */
export function errorCode(error: unknown): string | null {
  return error instanceof webApi.WebAPIPlatformError && /^[a-z_]{1,80}$/u.test(error.data.error)
    ? error.data.error
    : null;
}

/** A network error's code, and what Slack itself answered: "missing_scope", "status 502". Never a message. */
export function networkCode(error: unknown): string {
  const said = errorCode(error);
  if (said !== null) return said;
  if (error instanceof webApi.WebAPIRequestError) return networkCode(error.original);
  if (error instanceof webApi.WebAPIHTTPError) return `status ${error.statusCode}`;
  return codeOf(error);
}
