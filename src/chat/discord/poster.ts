/**
 * Posts alerts to Discord over REST, one attempt a call: retries are the outbox's business, never the client's.
 *
 *   const poster = discordPoster({ token, apiUrl: 'https://discord.com/api' })
 *   await poster.send({ channel, marker, card }, signal)   ->   { outcome: 'sent', messageId }
 *
 * The same alert carries the same nonce, so that Discord itself gives back the earlier message when an answer was lost;
 * after its window (minutes, length undocumented) the marker in the footer is what `lookUp` finds.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { DefaultRestOptions, DiscordAPIError, REST, RateLimitError, Routes } from 'discord.js';
import { z } from 'zod';
import { HOUR, MINUTE } from '../../core/time.ts';
import { networkCode } from '../network.ts';
import type { LookAt, LookUp, OutgoingMessage, Poster, SendOutcome } from '../platform.ts';
import { cutUnits } from '../text.ts';
import { announcer } from './announce.ts';
import { THREAD_ARCHIVED, TOKEN_REFUSED, outcomeOf } from './outcome.ts';
import type { Attempt } from './outcome.ts';
import { editBody, postBody } from './render.ts';
import { forgetWhenSetBack } from './set-back.ts';

export const DISCORD_API = 'https://discord.com/api';

export interface DiscordPosterOptions {
  readonly token: string;
  /** Without version: "https://discord.com/api". */
  readonly apiUrl?: string;
  /** Whole attempt, body included. The lease of the outbox must be longer. */
  readonly timeoutMs?: number;
  /** 401, 403 and 429 within ten minutes after which nothing is asked: Discord bans the address at 10,000. */
  readonly invalidStop?: number;
  /** One line for the log; never a token, never a person's words. */
  readonly log?: ((level: 'info' | 'warn' | 'error', message: string, fault?: unknown) => void) | undefined;
}

const INVALID_WINDOW = 10 * MINUTE;
/** A look-up waits out a limit this short by itself. */
const SHORT_LIMIT_MS = 2000;

const PAGE = 100;
const MAX_PAGES = 3;
const Posted = z.object({ id: z.string().min(1), channel_id: z.string().optional() });
const Messages = z.array(
  z.object({
    id: z.string(),
    timestamp: z.string(),
    author: z.object({ id: z.string() }),
    nonce: z.union([z.string(), z.number()]).nullish(),
    embeds: z.array(z.object({ footer: z.object({ text: z.string() }).nullish() })),
  }),
);

/** "A thread has already been created for this message." */
const THREAD_EXISTS = 160_004;

function isRefusal(error: unknown, statuses: readonly number[], code?: number): boolean {
  return (
    error instanceof DiscordAPIError && statuses.includes(error.status) && (code === undefined || error.code === code)
  );
}

export interface DiscordPoster extends Poster {
  /** Stops the client's timers. */
  close(): void;
}

/** Which attempt a request belongs to. One for all posters: Node 20 visits every such storage, used or not, at every promise. */
const attempts = new AsyncLocalStorage<Attempt>();

export function discordPoster(options: DiscordPosterOptions): DiscordPoster {
  const timeoutMs = options.timeoutMs ?? 15_000;
  const invalidStop = options.invalidStop ?? 1000;
  const invalid: number[] = [];
  let tokenRefused = false;
  let me: string | null = null;

  const rest = new REST({
    version: '10',
    api: options.apiUrl ?? DISCORD_API,
    retries: 0,
    timeout: timeoutMs,
    // Waiting is the lane's business: a limit on a post, met or foreseen, comes back as a value at once.
    rejectOnRateLimit: (limit) =>
      limit.method.toUpperCase() !== 'GET' || Math.max(limit.retryAfter, limit.sublimitTimeout) > SHORT_LIMIT_MS,
    makeRequest: async (url, init) => {
      const attempt = attempts.getStore();
      if (attempt !== undefined) attempt.left = true;
      return DefaultRestOptions.makeRequest(url, init);
    },
  }).setToken(options.token);
  const look = forgetWhenSetBack(rest);
  rest.on('response', (_request, response) => {
    const shared = response.headers.get('x-ratelimit-scope') === 'shared';
    if (response.status === 401 || response.status === 403 || (response.status === 429 && !shared)) {
      invalid.push(performance.now());
    }
    if (response.status === 401) tokenRefused = true;
  });

  const publish = announcer(rest, (sentence) => options.log?.('warn', sentence));

  /** Why nothing may be asked of Discord now; null when all is well. */
  function barred(): SendOutcome | null {
    if (tokenRefused) return { outcome: 'rejected', reason: TOKEN_REFUSED, pause: 'platform' };
    while ((invalid[0] ?? Infinity) < performance.now() - INVALID_WINDOW) invalid.shift();
    const oldest = invalid[0];
    return invalid.length < invalidStop || oldest === undefined
      ? null
      : { outcome: 'limited', retryAfterMs: oldest + INVALID_WINDOW - performance.now(), scope: 'platform' };
  }

  async function send(message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    look();
    const bar = barred();
    if (bar !== null) return bar;
    if (signal.aborted) return { outcome: 'failed', reason: 'stopped before it was sent' };
    const attempt: Attempt = { left: false, editing: message.edit !== undefined };
    // The client's own timeout ends with the headers; this one covers the body too.
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const answer: unknown = await attempts.run(attempt, async () => {
        if (message.edit !== undefined) {
          const route = Routes.channelMessage(message.channel, message.edit);
          return rest.patch(route, { body: editBody(message.card, message.marker), signal: deadline });
        }
        const thread = await threadFor(message, deadline);
        // Opening a thread posts nothing: until here an error proves that the message is not there.
        attempt.left = false;
        return post(message, thread, deadline);
      });
      const posted = Posted.safeParse(answer);
      if (!posted.success) return { outcome: 'unknown', reason: 'Discord answered without a message' };
      // Beside the lane: the alert is there, and publishing must not hold up the next one.
      if (message.edit === undefined) void publish(posted.data.channel_id ?? message.channel, posted.data.id);
      return { outcome: 'sent', messageId: posted.data.id };
    } catch (error) {
      return outcomeOf(error, attempt);
    }
  }

  async function post(message: OutgoingMessage, thread: string | null, signal: AbortSignal): Promise<unknown> {
    const { marker, card, under, mention } = message;
    if (thread !== null) {
      try {
        return await rest.post(Routes.channelMessages(thread), { body: postBody(card, marker, { mention }), signal });
      } catch (error) {
        // Closed or deleted: the channel itself is still there.
        if (!isRefusal(error, [403, 404]) && !isRefusal(error, [400], THREAD_ARCHIVED)) throw error;
      }
    }
    const body = postBody(card, marker, { replyTo: under?.messageId, mention });
    return rest.post(Routes.channelMessages(message.channel), { body, signal });
  }

  /** The thread under the card, opened when there is none yet; null to post beside it. It has the card's own id. */
  async function threadFor({ under, card, channel }: OutgoingMessage, signal: AbortSignal): Promise<string | null> {
    if (under === undefined || under.place !== 'thread') return null;
    if (under.threadId !== null) return under.threadId;
    try {
      await rest.post(Routes.threads(channel, under.messageId), {
        body: { name: cutUnits(card.brief?.subject ?? card.title, 100), auto_archive_duration: 10_080 },
        signal,
      });
      return under.messageId;
    } catch (error) {
      if (isRefusal(error, [400], THREAD_EXISTS)) return under.messageId;
      // No permission, a forum, a deleted card: then beside it.
      if (isRefusal(error, [400, 403, 404])) return null;
      throw error;
    }
  }

  /** Reading is harmless, so unlike a post it is tried again: "cannot tell" may cost people a possible repeat. */
  async function ask(read: () => Promise<unknown>, deadline: AbortSignal): Promise<unknown> {
    for (let wait = 250; ; wait *= 2) {
      try {
        return await read();
      } catch (error) {
        if (error instanceof DiscordAPIError || deadline.aborted) throw error;
        await sleep(error instanceof RateLimitError ? Math.max(wait, error.retryAfter) : wait, undefined, {
          signal: deadline,
        });
      }
    }
  }

  async function lookUp(channel: string, marker: string, signal: AbortSignal, at: LookAt = {}): Promise<LookUp> {
    look();
    if (typeof at.thread === 'string') {
      const there = await lookIn(at.thread, marker, signal, at);
      // A thread that is not there holds nothing; else the message may have gone beside it.
      if (there.found === 'yes') return there;
    }
    return lookIn(channel, marker, signal, at);
  }

  async function lookIn(channel: string, marker: string, signal: AbortSignal, at: LookAt): Promise<LookUp> {
    if (barred() !== null) return { found: 'unknown', reason: 'Discord is paused' };
    const since = at.since ?? Date.now() - HOUR;
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    try {
      me ??= Posted.parse(await ask(() => rest.get(Routes.user(), { signal: deadline }), deadline)).id;
      let before: string | null = null;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const query = new URLSearchParams({ limit: String(PAGE), ...(before === null ? {} : { before }) });
        const messages = Messages.parse(
          await ask(() => rest.get(Routes.channelMessages(channel), { query, signal: deadline }), deadline),
        );
        const ours = messages.find(
          (one) =>
            one.author.id === me &&
            (one.nonce === marker || one.embeds.some((embed) => embed.footer?.text.endsWith(marker) === true)),
        );
        if (ours !== undefined) return { found: 'yes', messageId: ours.id };
        const oldest = messages.at(-1);
        // Without the permission to read history Discord answers with an empty list, not with an error.
        if (oldest === undefined) {
          return page === 0
            ? { found: 'unknown', reason: 'no history is readable (Read Message History)' }
            : { found: 'no' };
        }
        if (messages.length < PAGE || Date.parse(oldest.timestamp) < since) return { found: 'no' };
        before = oldest.id;
      }
      return { found: 'unknown', reason: `more than ${MAX_PAGES * PAGE} messages since` };
    } catch (error) {
      return { found: 'unknown', reason: `look-up failed: ${networkCode(error)}` };
    }
  }

  return {
    platform: 'discord',
    settleMs: 30_000,
    send,
    lookUp,
    close: () => {
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
  };
}
