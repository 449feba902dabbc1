/**
 * Posts alerts to Slack, one attempt a call: retries are the outbox's business, never the client's.
 *
 *   const poster = slackPoster({ botToken })
 *   await poster.send({ channel: 'C0123456789', marker, card }, signal)   ->   { outcome: 'sent', messageId: '1712.0001' }
 *
 * Slack knows no idempotency key. The marker travels in the message's metadata, which nobody sees, and `lookUp` finds
 * it in the channel's history when an answer was lost (scopes channels:history, groups:history).
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { HOUR } from '../../core/time.ts';
import type { LookUp, OutgoingMessage, Poster, SendOutcome } from '../platform.ts';
import { TOKEN_REFUSED, networkCode, outcomeOf, errorCode } from './outcome.ts';
import type { Attempt } from './outcome.ts';
import { renderCard } from './render.ts';
import { quietLogger } from './quiet.ts';

export const SLACK_API = 'https://slack.com/api/';
const EVENT_TYPE = 'claimwire_alert';
const PAGE = 100;
const MAX_PAGES = 3;

export interface SlackPosterOptions {
  /** xoxb-... */
  readonly botToken: string;
  /** With "/api/" at its end. */
  readonly apiUrl?: string | undefined;
  /** Whole attempt, body included. The lease of the outbox must be longer. */
  readonly timeoutMs?: number | undefined;
}

const Posted = z.object({ ts: z.string().min(1) });
const Me = z.object({ user_id: z.string() });
const History = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      user: z.string().optional(),
      metadata: z
        .object({ event_type: z.string().optional(), event_payload: z.record(z.string(), z.unknown()).optional() })
        .nullish(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

interface Travelling extends Attempt {
  readonly signal: AbortSignal;
}

export function slackPoster(options: SlackPosterOptions): Poster {
  const timeoutMs = options.timeoutMs ?? 15_000;
  const attempts = new AsyncLocalStorage<Travelling>();
  let tokenRefused = false;
  let me: string | null = null;

  const client = new webApi.WebClient(options.botToken, {
    slackApiUrl: apiUrlOf(options.apiUrl),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    // The lane's business; and a queue inside the client would lose the attempt it belongs to.
    maxRequestConcurrency: 10_000,
    logger: quietLogger(),
    fetch: async (url, init) => {
      const attempt = attempts.getStore();
      if (attempt !== undefined) attempt.left = true;
      const response = await fetch(url, { ...init, ...(attempt === undefined ? {} : { signal: attempt.signal }) });
      if (attempt !== undefined) attempt.status = response.status;
      return response;
    },
  });

  const travelling = (signal: AbortSignal): Travelling => ({
    left: false,
    status: 0,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });

  async function send(message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    if (tokenRefused) return { outcome: 'rejected', reason: TOKEN_REFUSED, pause: 'platform' };
    if (signal.aborted) return { outcome: 'failed', reason: 'stopped before it was sent' };
    const attempt = travelling(signal);
    const { text, blocks } = renderCard(message.card);
    const body = {
      channel: message.channel,
      text,
      blocks,
      metadata: { event_type: EVENT_TYPE, event_payload: { id: message.marker } },
    };
    const { edit } = message;
    try {
      const answer: unknown = await attempts.run(attempt, () =>
        edit === undefined
          ? // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not a window's
            client.chat.postMessage({ ...body, unfurl_links: false, unfurl_media: false })
          : client.chat.update({ ...body, ts: edit }),
      );
      const posted = Posted.safeParse(answer);
      return posted.success
        ? { outcome: 'sent', messageId: posted.data.ts }
        : { outcome: 'unknown', reason: 'Slack answered without a message' };
    } catch (error) {
      const outcome = outcomeOf(error, attempt);
      const code = errorCode(error);
      // Other errors of the platform may heal by themselves; a refused token never does.
      tokenRefused ||= code === 'invalid_auth' || code === 'token_revoked' || code === 'account_inactive';
      return outcome;
    }
  }

  async function lookUp(channel: string, marker: string, signal: AbortSignal): Promise<LookUp> {
    if (tokenRefused) return { found: 'unknown', reason: 'Slack is paused' };
    return attempts.run(travelling(signal), async (): Promise<LookUp> => {
      try {
        me ??= Me.parse(await client.auth.test()).user_id;
        let cursor = '';
        for (let page = 0; page < MAX_PAGES; page += 1) {
          const history = History.parse(
            await client.conversations.history({
              channel,
              limit: PAGE,
              include_all_metadata: true,
              ...(cursor === '' ? {} : { cursor }),
            }),
          );
          const ours = history.messages.find(
            (one) =>
              one.user === me &&
              one.metadata?.event_type === EVENT_TYPE &&
              one.metadata.event_payload?.['id'] === marker,
          );
          if (ours !== undefined) return { found: 'yes', messageId: ours.ts };
          cursor = history.response_metadata?.next_cursor ?? '';
          const oldest = Number(history.messages.at(-1)?.ts ?? '0') * 1000;
          if (cursor === '' || oldest < Date.now() - HOUR) return { found: 'no' };
        }
        return { found: 'unknown', reason: `more than ${MAX_PAGES * PAGE} messages within the hour` };
      } catch (error) {
        const code = networkCode(error);
        return {
          found: 'unknown',
          reason:
            code === 'missing_scope'
              ? 'history cannot be read: add the scopes channels:history and groups:history'
              : `look-up failed: ${code}`,
        };
      }
    });
  }

  return { platform: 'slack', settleMs: 30_000, send, lookUp };
}

/** The client joins method names to it, so it must end with a slash. */
export function apiUrlOf(apiUrl: string | undefined): string {
  const url = apiUrl ?? SLACK_API;
  return url.endsWith('/') ? url : `${url}/`;
}
