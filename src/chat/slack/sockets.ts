/**
 * Socket Mode over two connections. Slack closes each every few hours, and its client then waits 5 s before it connects
 * again and hears nothing meanwhile; it also lets a failed reconnection end the process. So reconnecting is done here,
 * and while one connection is renewed the other one hears.
 */
import { SocketModeReceiver } from '@slack/bolt';
import type { App, Receiver } from '@slack/bolt';
import { z } from 'zod';
import { networkCode } from './outcome.ts';
import { quietLogger } from './quiet.ts';

export interface SocketsOptions {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly log: (level: 'info' | 'warn' | 'error', message: string) => void;
  readonly firstWaitMs?: number | undefined;
  /** How many processes of this installation hear Slack now. */
  readonly hearers?: (() => Promise<number>) | undefined;
}

/** Slack allows ten an app; two leave room for a second process during a restart. */
const CONNECTIONS = 2;
const LONGEST_WAIT_MS = 30_000;

/** Slack's first word on a connection counts all that this app has open. */
const Hello = z.object({ type: z.literal('hello'), num_connections: z.number() });

/** start() rejects when a connection cannot be made; afterwards each reconnects until stop(). */
export function slackSockets(options: SocketsOptions): Receiver {
  const firstWait = options.firstWaitMs ?? 250;
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  const receivers = Array.from(
    { length: CONNECTIONS },
    () =>
      new SocketModeReceiver({
        appToken: options.appToken,
        autoReconnectEnabled: false,
        logger: quietLogger(),
        installerOptions: {
          clientOptions: {
            slackApiUrl: options.apiUrl,
            retryConfig: { retries: 0 },
            rejectRateLimitedCalls: true,
            timeout: 10_000,
          },
        },
      }),
  );

  function again(receiver: SocketModeReceiver, wait: number): void {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      receiver.start().then(
        // The client forgets that it was stopped when a start was under way.
        () => (stopped ? receiver.stop() : undefined),
        (error: unknown) => {
          if (!stopped) options.log('warn', `Slack connection not made, trying again: ${networkCode(error)}`);
          again(receiver, Math.min(wait * 2, LONGEST_WAIT_MS));
        },
      );
    }, wait);
    timers.add(timer);
  }

  let warned = false;
  /** Two installations with one app: Slack hands each command to one connection of one of them. */
  async function count(frame: unknown): Promise<void> {
    const hello = Hello.safeParse(jsonOf(frame));
    if (!hello.success || warned || options.hearers === undefined) return;
    const ours = CONNECTIONS * Math.max(1, await options.hearers());
    const all = hello.data.num_connections;
    if (all <= ours || warned) return;
    warned = true;
    options.log(
      'warn',
      `Slack counts ${all} connections of this app and at most ${ours} are this installation's: right after a restart that passes; else another claimwire uses the same app, each hears only a part of the commands and both post every alert: give each an app of its own.`,
    );
  }

  async function stop(): Promise<void> {
    stopped = true;
    for (const timer of timers) clearTimeout(timer);
    await Promise.all(receivers.map((receiver) => receiver.stop()));
  }

  return {
    init: (app: App) => {
      for (const receiver of receivers) receiver.init(app);
    },
    start: async () => {
      for (const receiver of receivers)
        receiver.client.on('ws_message', (frame: unknown) => void count(frame).catch(() => undefined));
      try {
        await Promise.all(receivers.map((receiver) => receiver.start()));
      } catch (error) {
        await stop();
        throw error;
      }
      for (const receiver of receivers) {
        // `connected` again only after a hello, so a close while connecting is the failed start's business.
        let connected = true;
        receiver.client.on('connected', () => {
          connected = true;
        });
        receiver.client.on('disconnected', () => {
          if (!connected) return;
          connected = false;
          again(receiver, firstWait);
        });
      }
    },
    stop,
  };
}

function jsonOf(frame: unknown): unknown {
  // Every other frame carries somebody's command and is none of our business here.
  const text = String(frame);
  if (text.length > 10_000 || !text.includes('"hello"')) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
