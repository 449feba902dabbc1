/**
 * The gateway side of Discord: commands, completion and buttons arrive here. Guilds is the only intent: claimwire reads
 * nobody's messages.
 *
 *   /deepseek why claim:v4-on-huawei  ->  acknowledged at once, then asked of the desk, then the answer is put in place
 */
import { Client, Events, GatewayIntentBits, Routes } from 'discord.js';
import type { Guild } from 'discord.js';
import { z } from 'zod';
import { commandCooldown } from '../cooldown.ts';
import type { Cooldown } from '../cooldown.ts';
import type { Card } from '../card.ts';
import type { Desk, SendOutcome } from '../platform.ts';
import { commandsBody, registerCommands, registeredGlobally } from './commands.ts';
import { watchElsewhere } from './elsewhere.ts';
import { hellos } from './hello.ts';
import { identifyThrottler } from './identify.ts';
import { networkCode } from '../network.ts';
import { TOKEN_REFUSED } from './outcome.ts';
import { handleInteraction } from './interactions.ts';
import type { ChatLog } from './interactions.ts';
import { makeRequest } from './request.ts';

export interface DiscordGatewayOptions {
  readonly token: string;
  readonly apiUrl: string;
  /**
   * Called before each IDENTIFY and awaited: a persisted counter delays there, or refuses by throwing an error whose
   * message is one sentence that begins with "Discord" (1,000 a day reset the token).
   */
  readonly beforeIdentify?: (() => Promise<void>) | undefined;
  /** IDENTIFYs of this installation within a day. */
  readonly ownIdentifies?: (() => number) | undefined;
  /** How many processes of this installation hear Discord now. */
  readonly hearers?: (() => Promise<number>) | undefined;
  readonly log?: ChatLog | undefined;
  /** The session ended for good while running (token reset, intents withdrawn): one sentence. */
  readonly onLost?: ((reason: string) => void) | undefined;
  /** How long the desk may take before people are told to try later. */
  readonly patienceMs?: number | undefined;
  /** Per person; the default allows ten commands at once, then one each two seconds. */
  readonly cooldown?: Cooldown | undefined;
  /** Posts a card the way alerts are posted. */
  readonly post: (channel: string, card: Card) => Promise<SendOutcome>;
  /** How long start() waits for the gateway. */
  readonly startMs?: number | undefined;
  /** Pause between two IDENTIFYs; 5 s is Discord's rule for one at a time. */
  readonly identifyGapMs?: number | undefined;
}

export interface DiscordGateway {
  start(desk: Desk): Promise<void>;
  close(): Promise<void>;
}

const GatewayBot = z.object({
  session_start_limit: z.object({ total: z.number(), remaining: z.number(), reset_after: z.number() }),
});
/** Refuse to start when fewer IDENTIFYs are left today: at 0 Discord resets the token. */
const IDENTIFY_RESERVE = 20;

/** `start` may be called again after it failed: each try is a session of its own. */
export function discordGateway(options: DiscordGatewayOptions): DiscordGateway {
  let close = async (): Promise<void> => {};
  const closing = new AbortController();
  return {
    start: async (desk) => {
      close = await openSession(options, desk, closing.signal);
    },
    close: async () => {
      closing.abort(new Error('Discord was closed before it was ready.'));
      await close();
    },
  };
}

/** Resolves with what ends the session. */
async function openSession(
  options: DiscordGatewayOptions,
  desk: Desk,
  closing: AbortSignal,
): Promise<() => Promise<void>> {
  const log = options.log ?? (() => {});
  const cooldown = options.cooldown ?? commandCooldown();
  let everywhere: boolean | null = null;
  /** Topics as last registered: a topic added while running gets its command with the next thing anybody asks. */
  let registered = '';
  /** An IDENTIFY that must not happen: start fails, or a running session ends. */
  let refused = (error: unknown): void => {
    options.onLost?.(error instanceof Error ? error.message : String(error));
    void ended(client);
  };
  const lost = refused;
  const elsewhere = watchElsewhere(options);
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    // Answers to interactions stand outside Discord's global limit, so the client's own 50 a second must not delay them.
    rest: {
      version: '10',
      api: options.apiUrl,
      retries: 1,
      timeout: 10_000,
      globalRequestsPerSecond: Infinity,
      makeRequest,
    },
    ws: { buildIdentifyThrottler: () => identifyThrottler(options, (error) => refused(error)) },
  });

  /** One sentence for people; the reasons are those a new user meets. */
  function startError(error: unknown): Error {
    if (error instanceof Error && error.message.startsWith('Discord ')) return error;
    const code = networkCode(error);
    if (code === 'TokenInvalid' || statusOf(error) === 401) return new Error(TOKEN_REFUSED, { cause: error });
    return new Error(`Discord could not be reached at ${new URL(options.apiUrl).host}: ${code}`, { cause: error });
  }

  async function checkBudget(): Promise<void> {
    client.rest.setToken(options.token);
    const limit = GatewayBot.parse(await client.rest.get(Routes.gatewayBot())).session_start_limit;
    if (limit.remaining >= IDENTIFY_RESERVE) {
      await elsewhere.counted(limit.total - limit.remaining);
      return;
    }
    const minutes = Math.ceil(limit.reset_after / 60_000);
    throw new Error(
      `Discord allows only ${limit.remaining} more connections for the next ${minutes} min and resets the token after the last: not connecting.`,
    );
  }

  async function prepare(guild: Guild): Promise<void> {
    const { body, skipped } = commandsBody(desk);
    if (skipped.length > 0) log('warn', `Discord cannot show these topics as commands: ${skipped.join(', ')}`);
    const application = client.application?.id ?? '';
    try {
      everywhere ??= await registeredGlobally(client.rest, application);
      // Registered for all servers by `claimwire discord register`: kept up there, and no copies here.
      const done = everywhere
        ? `${await registerCommands(client.rest, application, null, body)} everywhere, ${await registerCommands(client.rest, application, guild.id, [])}`
        : await registerCommands(client.rest, application, guild.id, body);
      log('info', `Discord commands ${done} in server ${guild.id}`);
    } catch (error) {
      // 50001: the bot was invited without the applications.commands scope. Alerts work all the same.
      log('warn', `Discord commands could not be registered in server ${guild.id}: ${networkCode(error)}`, error);
    }
  }

  async function registerAll(): Promise<void> {
    const topics = JSON.stringify(desk.topics().map(({ id, title }) => [id, title]));
    if (topics === registered) return;
    registered = topics;
    for (const guild of client.guilds.cache.values()) await prepare(guild);
  }

  const noHello = (guild: string, error: unknown): void =>
    log('warn', `no hello in server ${guild}: ${networkCode(error)}`, error);
  const hello = hellos(client, desk, noHello);

  client.on(Events.Error, (error) => log('warn', 'Discord gateway error', error));
  client.on(Events.ShardError, (error) => log('warn', 'Discord connection error', error));
  client.on(Events.ShardDisconnect, (event) =>
    options.onLost?.(event.code === 4004 ? TOKEN_REFUSED : `Discord closed the session for good (${event.code}).`),
  );
  client.on(Events.GuildCreate, (guild) => {
    prepare(guild)
      .then(() => hello.greet(guild))
      .catch((error: unknown) => noHello(guild.id, error));
  });
  client.on(Events.GuildDelete, (guild) => {
    hello.forget(guild.id);
    desk
      .left?.('discord', guild.id)
      .catch((error: unknown) => log('error', `leaving server ${guild.id} was not recorded`, error));
  });
  client.on(Events.InteractionCreate, (interaction) => {
    registerAll().catch((error: unknown) => log('warn', 'Discord commands not renewed', error));
    const { patienceMs, post } = options;
    handleInteraction(interaction, { desk, patienceMs, log, cooldown, post }).catch((error: unknown) => {
      log('warn', `Discord interaction not answered: ${networkCode(error)}`, error);
      void elsewhere.notAnswered(error);
    });
  });
  try {
    await unlessClosed(closing, checkBudget());
    await unlessClosed(closing, options.beforeIdentify?.());
    const ready = new Promise<void>((resolve, reject) => {
      refused = reject;
      client.once(Events.ClientReady, () => resolve());
    });
    await within(options.startMs ?? 60_000, unlessClosed(closing, Promise.all([client.login(options.token), ready])));
    refused = lost;
  } catch (error) {
    await ended(client);
    throw startError(error);
  }
  await registerAll();
  // Added while no process ran: greeted now.
  for (const guild of client.guilds.cache.values())
    await hello.meet(guild).catch((error: unknown) => noHello(guild.id, error));
  return () => ended(client);
}

/** discord.js can wait for ever for a connection that was just being replaced; a stop has seconds. */
const DESTROY_MS = 2000;

async function ended(client: Client): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, DESTROY_MS);
  });
  await Promise.race([client.destroy(), late]);
  clearTimeout(timer);
}

function statusOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 0;
}

/** A stop must not wait for a start: the work goes on unheard and its client is destroyed. */
async function unlessClosed<T>(closing: AbortSignal, work: T | Promise<T>): Promise<T> {
  closing.throwIfAborted();
  let stop = (): void => {};
  const closed = new Promise<never>((_resolve, reject) => {
    stop = () => reject(closing.reason as Error);
    closing.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, closed]);
  } finally {
    closing.removeEventListener('abort', stop);
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Discord did not become ready within ${ms / 1000} s.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
