/**
 * Slack: posts alerts and answers commands, over Socket Mode (an app-level token, no public address) or signed HTTP.
 *
 *   slackPlatform({ botToken: 'xoxb-…', appToken: 'xapp-…' })
 *   slackPlatform({ botToken: 'xoxb-…', signingSecret: '…', port: 3000 })       POST /slack/events
 */
import { App, webApi } from '@slack/bolt';
import { z } from 'zod';
import { commandCooldown } from '../cooldown.ts';
import type { Cooldown } from '../cooldown.ts';
import type { ChatPlatform, Desk } from '../platform.ts';
import { listen } from './interactions.ts';
import { TOKEN_REFUSED, errorCode, networkCode } from './outcome.ts';
import { apiUrlOf, slackPoster } from './poster.ts';
import { quietLogger } from './quiet.ts';
import { slackRequests } from './requests.ts';
import { slackSockets } from './sockets.ts';
import { presenting, slackTokens } from './tokens.ts';
import type { SlackRotation, TokenKeeper } from './tokens.ts';

export interface SlackPlatformOptions {
  /** xoxb-..., or xoxe.xoxb-... with rotation. */
  readonly botToken: string;
  readonly rotation?: SlackRotation | undefined;
  /** xapp-...: Socket Mode, preferred when both are given. */
  readonly appToken?: string | undefined;
  /** HTTP mode. */
  readonly signingSecret?: string | undefined;
  readonly apiUrl?: string | undefined;
  /** HTTP mode; default 3000 on 127.0.0.1, where a reverse proxy is expected. */
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly timeoutMs?: number | undefined;
  /** How long the desk may take before people are told to try later. */
  readonly patienceMs?: number | undefined;
  readonly cooldown?: Cooldown | undefined;
  /** Pauses before each try to show an uploaded picture. */
  readonly pictureWaitsMs?: readonly number[] | undefined;
  /** Default false: workspace admins and owners, and the channel's creator. */
  readonly anyoneMayManage?: boolean | undefined;
  /** One line for the log; never a token, never a person's words. */
  readonly log?: ((level: 'info' | 'warn' | 'error', message: string, fault?: unknown) => void) | undefined;
  /** Socket Mode: how many processes of this installation hear Slack now. */
  readonly hearers?: (() => Promise<number>) | undefined;
  /** First pause before a lost connection is made again. */
  readonly reconnectMs?: number | undefined;
}

export interface SlackPlatform extends ChatPlatform {
  /** Where HTTP mode listens; 0 otherwise. */
  port(): number;
  /** With rotation: where the pairs of tokens are kept, and whom to tell when Slack refuses. Before anything is sent. */
  keepTokens(keeper: TokenKeeper, tell: (key: string, sentence: string) => Promise<unknown>): Promise<void>;
}

const Me = z.object({
  user_id: z.string(),
  bot_id: z.string().optional(),
  team_id: z.string(),
  team: z.string().default(''),
});
const APP_TOKEN_REFUSED =
  'Slack refused SLACK_APP_TOKEN: copy the app-level token (xapp-, scope connections:write) again from the app’s page, Basic Information, and restart.';

export function slackPlatform(options: SlackPlatformOptions): SlackPlatform {
  const log = options.log ?? (() => {});
  const apiUrl = apiUrlOf(options.apiUrl);
  const tokens = slackTokens({ botToken: options.botToken, rotation: options.rotation, apiUrl, log });
  const poster = slackPoster({ ...options, tokens });
  const cooldown = options.cooldown ?? commandCooldown();
  let stop: () => Promise<void> = async () => {};
  let port = (): number => 0;

  async function start(desk: Desk): Promise<void> {
    if (!/^(?:xoxe\.)?xoxb-/u.test(options.botToken)) throw new Error('Slack: SLACK_BOT_TOKEN must begin with xoxb-.');
    if (options.appToken !== undefined && !options.appToken.startsWith('xapp-')) {
      throw new Error('Slack: SLACK_APP_TOKEN must begin with xapp-.');
    }
    const clientOptions = {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 10_000,
      logger: quietLogger(),
      fetch: presenting(tokens),
    };
    const client = new webApi.WebClient(options.botToken, clientOptions);
    const token = await tokens.current();
    const me = Me.parse(
      await client.auth
        .test()
        .catch(async (error: unknown) => {
          // It may have ended while nothing ran.
          if (errorCode(error) === null || !(await tokens.renewed(token))) throw error;
          return client.auth.test();
        })
        .catch((error: unknown) => {
          throw startError(error, TOKEN_REFUSED);
        }),
    );
    const receiver = receiverOf();
    const app = new App({
      receiver,
      authorize: async () => ({
        botToken: options.botToken,
        botUserId: me.user_id,
        ...(me.bot_id === undefined ? {} : { botId: me.bot_id }),
      }),
      logger: quietLogger(),
      clientOptions,
    });
    // The app's own client has no token when `authorize` is given.
    app.client = client;
    const listening = listen(app, {
      desk,
      log,
      cooldown,
      patienceMs: options.patienceMs,
      pictureWaitsMs: options.pictureWaitsMs,
      anyoneMayManage: options.anyoneMayManage ?? false,
      me: me.user_id,
      workspace: me.team_id,
      workspaceName: me.team,
      post: (message, signal) => poster.send(message, signal),
      answerHost: options.apiUrl === undefined ? 'hooks.slack.com' : new URL(apiUrl).host,
    });
    try {
      await receiver.start();
    } catch (error) {
      throw startError(error, APP_TOKEN_REFUSED);
    }
    void listening.greet();
    stop = async () => {
      await receiver.stop();
    };
  }

  function receiverOf(): ReturnType<typeof slackSockets> {
    const { appToken, signingSecret } = options;
    if (appToken !== undefined) {
      const { hearers, reconnectMs: firstWaitMs } = options;
      return slackSockets({ appToken, apiUrl, log, firstWaitMs, hearers });
    }
    if (signingSecret === undefined) {
      throw new Error(
        'Slack needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode) to hear commands.',
      );
    }
    const requests = slackRequests({
      signingSecret,
      port: options.port ?? 3000,
      host: options.host ?? '127.0.0.1',
      log,
    });
    port = () => requests.port();
    return requests;
  }

  /** One sentence for people; the reasons are those a new user meets. */
  function startError(error: unknown, refused: string): Error {
    const code = errorCode(error);
    if (code === 'missing_scope') {
      return new Error('Slack: the app-level token lacks the scope connections:write.', { cause: error });
    }
    if (code !== null) return new Error(`${refused} (${code})`, { cause: error });
    const named = networkCode(error);
    if (named === 'EADDRINUSE') {
      return new Error(`Slack: port ${options.port ?? 3000} for HTTP mode is taken by another program.`, {
        cause: error,
      });
    }
    return new Error(`Slack could not be reached at ${new URL(apiUrl).host}: ${named}`, { cause: error });
  }

  return {
    platform: 'slack',
    settleMs: poster.settleMs,
    send: (message, signal) => poster.send(message, signal),
    lookUp: (channel, marker, signal, at) => poster.lookUp(channel, marker, signal, at),
    start,
    close: async () => {
      tokens.close();
      await stop();
    },
    keepTokens: (keeper, tell) => tokens.keepIn(keeper, tell),
    port: () => port(),
  };
}
