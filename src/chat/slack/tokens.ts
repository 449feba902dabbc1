/**
 * The bot token: one that lasts, or one that Slack lets expire every 12 hours (token rotation) and that is exchanged here.
 *
 *   slackTokens({ botToken: 'xoxb-…' })                                                        always the same
 *   slackTokens({ botToken: 'xoxe.xoxb-…', rotation: { refreshToken: 'xoxe-1-…', clientId, clientSecret } })
 *
 * A refresh token is good for one exchange, which returns the next pair (docs.slack.dev, using token rotation). So one
 * process exchanges at a time, two hours before the end, and the new pair is kept before it is used; others take it over.
 * A process that dies between Slack's answer and the keeping may have used up the refresh token: the next one tries it
 * all the same, and if Slack refuses it there are up to two hours in which the old token still posts and people are told.
 */
import { createHash } from 'node:crypto';
import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { HOUR, MINUTE } from '../../core/time.ts';
import { errorCode, networkCode } from './outcome.ts';
import { quietLogger } from './quiet.ts';

/** Where a pair is kept for all processes of one installation. */
export interface TokenKeeper {
  read(): Promise<string | null>;
  /**
   * Runs `work` while no other process does; undefined when one is at it. `save` is false, and keeps nothing, when what
   * is kept has changed since `kept` was read.
   */
  alone<T>(work: (kept: string | null, save: (next: string) => Promise<boolean>) => Promise<T>): Promise<T | undefined>;
}

export interface SlackRotation {
  /** xoxe-1-..., as Slack shows it beside the token. */
  readonly refreshToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface SlackTokenOptions {
  /** xoxb-..., or xoxe.xoxb-... with rotation. */
  readonly botToken: string;
  readonly rotation?: SlackRotation | undefined;
  /** With "/api/" at its end. */
  readonly apiUrl: string;
  readonly log: (level: 'info' | 'warn' | 'error', message: string) => void;
  readonly now?: (() => number) | undefined;
}

export interface SlackTokens {
  /** The token to use now. Waits for an exchange only when the last one known has expired. */
  current(): Promise<string>;
  /** Slack takes this token no more. True when there is another one now. */
  renewed(refused: string): Promise<boolean>;
  /** From here on pairs are kept. `tell`: one sentence for people, once for each key. */
  keepIn(keeper: TokenKeeper, tell: (key: string, sentence: string) => Promise<unknown>): Promise<void>;
  close(): void;
}

/** Slack gives 12 hours; what is left is the time in which people can mend a refusal while alerts still go out. */
const MARGIN_MS = 2 * HOUR;
const LOOK_EVERY_MS = MINUTE;

const Pair = z.object({
  access: z.string().min(1),
  refresh: z.string().min(1),
  /** Wall ms. */
  expires: z.number(),
  /** Fingerprint of the configured refresh token that the chain began with: another one in the settings begins anew. */
  from: z.string(),
});
type Pair = z.infer<typeof Pair>;

const Exchanged = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
});

function fingerprint(refreshToken: string): string {
  return createHash('sha256').update(refreshToken).digest('hex').slice(0, 16);
}

/** The pair that follows from this configured refresh token; null when there is none. */
function pairIn(kept: string | null, refreshToken: string): Pair | null {
  if (kept === null) return null;
  try {
    const pair = Pair.parse(JSON.parse(kept));
    return pair.from === fingerprint(refreshToken) ? pair : null;
  } catch {
    return null;
  }
}

/** The token that a running bot last kept: for `claimwire check`. */
export function keptToken(kept: string | null, refreshToken: string): string | null {
  return pairIn(kept, refreshToken)?.access ?? null;
}

export function slackTokens(options: SlackTokenOptions): SlackTokens {
  const { rotation } = options;
  return rotation === undefined ? lasting(options.botToken) : rotating(options, rotation);
}

function lasting(token: string): SlackTokens {
  return {
    current: async () => token,
    renewed: async () => false,
    keepIn: async () => undefined,
    close: () => undefined,
  };
}

function rotating(options: SlackTokenOptions, rotation: SlackRotation): SlackTokens {
  const now = options.now ?? Date.now;
  const from = fingerprint(rotation.refreshToken);
  const client = new webApi.WebClient(undefined, {
    slackApiUrl: options.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    logger: quietLogger(),
  });
  let keeper: TokenKeeper | null = null;
  let tell: (key: string, sentence: string) => Promise<unknown> = async () => undefined;
  let pair: Pair | null = null;
  /** Exchanged, and not kept because the database did not answer; `after`: what the exchange was paid with. */
  let unkept: { readonly pair: Pair; readonly after: string } | null = null;
  /** A refresh token that Slack refused: only another one is worth a try. */
  let refused: string | null = null;
  let said = '';
  let exchanging: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const lastsFor = (one: Pair): number => one.expires - now();
  const say = (level: 'info' | 'warn' | 'error', sentence: string): void => {
    if (sentence !== said) options.log(level, sentence);
    said = sentence;
  };

  /** Takes a newer pair over from whoever exchanged it. */
  function take(kept: string | null): void {
    const found = pairIn(kept, rotation.refreshToken);
    if (found !== null && (pair === null || found.expires > pair.expires)) pair = found;
  }

  async function exchange(refreshToken: string): Promise<Pair> {
    const said = await client.oauth.v2.access({
      client_id: rotation.clientId,
      client_secret: rotation.clientSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
    const { access_token: access, refresh_token: refresh, expires_in: seconds } = Exchanged.parse(said);
    return { access, refresh, expires: now() + seconds * 1000, from };
  }

  async function turn(kept: string | null, save: (next: string) => Promise<boolean>, unlike: string): Promise<void> {
    const stands = pairIn(kept, rotation.refreshToken);
    if (unkept !== null && (stands === null || stands.refresh === unkept.after)) {
      await save(JSON.stringify(unkept.pair));
      unkept = null;
      return;
    }
    unkept = null;
    take(kept);
    if (pair !== null && lastsFor(pair) > MARGIN_MS && pair.access !== unlike) return;
    const paid = pair?.refresh ?? rotation.refreshToken;
    if (paid === refused) return;
    try {
      const next = await exchange(paid);
      try {
        await save(JSON.stringify(next));
      } catch {
        unkept = { pair: next, after: paid };
      }
      pair = next;
      say('info', 'the Slack token was renewed');
    } catch (error) {
      await notExchanged(paid, error);
    }
  }

  async function notExchanged(paid: string, error: unknown): Promise<void> {
    const code = errorCode(error);
    if (code === null || code === 'internal_error' || code === 'fatal_error' || code === 'ratelimited') {
      say('warn', `the Slack token could not be renewed, trying again: ${networkCode(error)}`);
      return;
    }
    refused = paid;
    const until = pair === null ? 'when the present token ends' : `at ${new Date(pair.expires).toISOString()}`;
    const sentence = `Slack refused to renew its token (${code}): alerts on Slack stop ${until}. Copy both tokens again from the app’s page, OAuth & Permissions, into SLACK_BOT_TOKEN and SLACK_REFRESH_TOKEN, and restart.`;
    say('error', sentence);
    await tell(`slack-refresh-refused:${fingerprint(paid)}`, sentence).catch(() => undefined);
  }

  /** `unlike`: a token that is of no use any more. Never rejects. */
  async function lookOnce(unlike: string): Promise<void> {
    try {
      if (keeper === null) return;
      const enough = pair !== null && lastsFor(pair) > MARGIN_MS && pair.access !== unlike && unkept === null;
      if (enough) return;
      const done = await keeper.alone(async (kept, save) => {
        await turn(kept, save, unlike);
        return true;
      });
      // Another process is at it: what it keeps is there at the next look.
      if (done === undefined) take(await keeper.read());
    } catch (error) {
      say('warn', `the Slack token could not be looked after, trying again: ${networkCode(error)}`);
    }
  }

  /** One look at a time. */
  function look(unlike = ''): Promise<void> {
    exchanging ??= lookOnce(unlike).finally(() => {
      exchanging = null;
    });
    return exchanging;
  }

  return {
    current: async () => {
      if (pair !== null && lastsFor(pair) <= 0) await look();
      return pair?.access ?? options.botToken;
    },
    renewed: async (token) => {
      // A look under way may have begun before this token was refused.
      await exchanging;
      await look(token);
      return (pair?.access ?? options.botToken) !== token;
    },
    keepIn: async (given, telling) => {
      keeper = given;
      tell = telling;
      await look();
      timer ??= setInterval(() => void look(), LOOK_EVERY_MS).unref();
    },
    close: () => clearInterval(timer),
  };
}

/** `fetch` for a client that was made with any bot token: each request leaves with the present one. */
export function presenting(tokens: SlackTokens, through: typeof fetch = fetch): typeof fetch {
  return async (url, init) => {
    const headers = new Headers(init?.headers);
    // Slack's upload addresses and our own answers to people carry none.
    if (headers.has('authorization')) headers.set('authorization', `Bearer ${await tokens.current()}`);
    return through(url, { ...init, headers });
  };
}
