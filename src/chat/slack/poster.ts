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
import type { LookAt, LookUp, OutgoingMessage, Poster, SendOutcome } from '../platform.ts';
import { TOKEN_REFUSED, networkCode, outcomeOf, errorCode } from './outcome.ts';
import type { Attempt } from './outcome.ts';
import { renderAlert } from './render.ts';
import { quietLogger } from './quiet.ts';
import { presenting, slackTokens } from './tokens.ts';
import type { SlackTokens } from './tokens.ts';

export const SLACK_API = 'https://slack.com/api/';
const EVENT_TYPE = 'claimwire_alert';
const PAGE = 100;
const MAX_PAGES = 3;

export interface SlackPosterOptions {
  /** xoxb-... */
  readonly botToken: string;
  /** Where the token changes while we run. */
  readonly tokens?: SlackTokens | undefined;
  /** With "/api/" at its end. */
  readonly apiUrl?: string | undefined;
  /** Whole attempt, body included. The lease of the outbox must be longer. */
  readonly timeoutMs?: number | undefined;
}

const Posted = z.object({ ts: z.string().min(1) });
const Me = z.object({ user_id: z.string() });
const Home = z.object({ url: z.string() });
/** The message that a thread hangs from is gone. */
const NO_THREAD = new Set(['thread_not_found', 'message_not_found', 'cannot_reply_to_message']);
/** A token that is not good any more; with rotation there may be another. */
const ENDED = new Set(['invalid_auth', 'token_revoked', 'token_expired']);
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

/** Which attempt a request belongs to. One for all posters: Node 20 visits every such storage, used or not, at every promise. */
const attempts = new AsyncLocalStorage<Travelling>();

export function slackPoster(options: SlackPosterOptions): Poster {
  const timeoutMs = options.timeoutMs ?? 15_000;
  const tokens =
    options.tokens ?? slackTokens({ botToken: options.botToken, apiUrl: apiUrlOf(options.apiUrl), log: () => {} });
  /** A token that Slack takes no more. */
  let refused: string | null = null;
  let me: string | null = null;
  let home: string | null = null;

  const client = new webApi.WebClient(options.botToken, {
    slackApiUrl: apiUrlOf(options.apiUrl),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    // The lane's business; and a queue inside the client would lose the attempt it belongs to.
    maxRequestConcurrency: 10_000,
    logger: quietLogger(),
    fetch: presenting(tokens, async (url, init) => {
      const attempt = attempts.getStore();
      if (attempt !== undefined) attempt.left = true;
      const response = await fetch(url, { ...init, ...(attempt === undefined ? {} : { signal: attempt.signal }) });
      if (attempt !== undefined) attempt.status = response.status;
      return response;
    }),
  });

  const travelling = (signal: AbortSignal): Travelling => ({
    left: false,
    status: 0,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });

  async function send(message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    const token = await tokens.current();
    if (token === refused) return { outcome: 'rejected', reason: TOKEN_REFUSED, pause: 'platform' };
    if (signal.aborted) return { outcome: 'failed', reason: 'stopped before it was sent' };
    const attempt = travelling(signal);
    try {
      const answer: unknown = await attempts.run(attempt, () =>
        message.edit === undefined ? post(message, attempt) : update(message, message.edit),
      );
      const posted = Posted.safeParse(answer);
      return posted.success
        ? { outcome: 'sent', messageId: posted.data.ts }
        : { outcome: 'unknown', reason: 'Slack answered without a message' };
    } catch (error) {
      const outcome = outcomeOf(error, attempt);
      const code = errorCode(error);
      if (ENDED.has(code ?? '') && (await tokens.renewed(token)))
        return { outcome: 'failed', reason: 'the Slack token had ended; there is a new one' };
      // Other errors of the platform may heal by themselves; a refused token never does.
      if (ENDED.has(code ?? '') || code === 'account_inactive') refused = token;
      return outcome;
    }
  }

  const metadataOf = (marker: string): { event_type: string; event_payload: { id: string } } => ({
    event_type: EVENT_TYPE,
    event_payload: { id: marker },
  });

  async function post(message: OutgoingMessage, attempt: Attempt): Promise<unknown> {
    const { channel, marker, card, under, mention } = message;
    const thread = under?.place === 'thread' ? under.messageId : undefined;
    const cardUrl = under === undefined || thread !== undefined ? null : await linkTo(channel, under.messageId);
    // Asking for our own address posts nothing: until here an error proves that the message is not there.
    attempt.left = false;
    const body = {
      channel,
      ...renderAlert(card, { cardUrl, mention }),
      metadata: metadataOf(marker),
      unfurl_links: false,
      unfurl_media: false,
    };
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not a window's
      return await client.chat.postMessage({ ...body, ...(thread === undefined ? {} : { thread_ts: thread }) });
    } catch (error) {
      if (thread === undefined || !NO_THREAD.has(errorCode(error) ?? '')) throw error;
      // The card was deleted: then beside where it was.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- as above
      return client.chat.postMessage(body);
    }
  }

  function update(message: OutgoingMessage, ts: string): Promise<unknown> {
    const { channel, marker, card } = message;
    return client.chat.update({ channel, ts, ...renderAlert(card), metadata: metadataOf(marker) });
  }

  /** The address of a message in this workspace, as Slack writes it; null when the workspace's own cannot be learnt. */
  async function linkTo(channel: string, ts: string): Promise<string | null> {
    try {
      home ??= Home.parse(await client.auth.test()).url;
      return new URL(`archives/${channel}/p${ts.replace('.', '')}`, home).href;
    } catch {
      return null;
    }
  }

  async function lookUp(channel: string, marker: string, signal: AbortSignal, at: LookAt = {}): Promise<LookUp> {
    if (typeof at.thread === 'string') {
      const there = await lookIn(channel, marker, signal, { ...at, thread: at.thread });
      // A thread that is not there holds nothing; else the message may have gone beside it.
      if (there.found === 'yes') return there;
    }
    return lookIn(channel, marker, signal, { ...at, thread: null });
  }

  async function lookIn(channel: string, marker: string, signal: AbortSignal, at: LookAt): Promise<LookUp> {
    const token = await tokens.current();
    if (token === refused) return { found: 'unknown', reason: 'Slack is paused' };
    const since = at.since ?? Date.now() - HOUR;
    return attempts.run(travelling(signal), async (): Promise<LookUp> => {
      try {
        me ??= Me.parse(await client.auth.test()).user_id;
        let cursor = '';
        for (let page = 0; page < MAX_PAGES; page += 1) {
          const asked = { channel, limit: PAGE, include_all_metadata: true, ...(cursor === '' ? {} : { cursor }) };
          const thread = at.thread ?? null;
          const history = History.parse(
            thread === null
              ? await client.conversations.history(asked)
              : await client.conversations.replies({ ...asked, ts: thread }),
          );
          const ours = history.messages.find(
            (one) =>
              one.user === me &&
              one.metadata?.event_type === EVENT_TYPE &&
              one.metadata.event_payload?.['id'] === marker,
          );
          if (ours !== undefined) return { found: 'yes', messageId: ours.ts };
          cursor = history.response_metadata?.next_cursor ?? '';
          // A thread's answers come oldest first: there only the last page ends the search.
          const oldest = thread === null ? Number(history.messages.at(-1)?.ts ?? '0') * 1000 : Infinity;
          if (cursor === '' || oldest < since) return { found: 'no' };
        }
        return { found: 'unknown', reason: `more than ${MAX_PAGES * PAGE} messages since` };
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
