/**
 * The gateway side of Discord: commands, completion and buttons arrive here. Guilds is the only intent: claimwire reads
 * nobody's messages.
 *
 *   /deepseek why claim:v4-on-huawei  ->  acknowledged at once, then asked of the desk, then the answer is put in place
 */
import { Client, Events, GatewayIntentBits, MessageFlags, PermissionFlagsBits, Routes } from 'discord.js';
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Guild,
  Interaction,
} from 'discord.js';
import { z } from 'zod';
import { missingCard, missingPermissions } from './permissions.ts';
import { answer, audienceOf, checkCall, pressedCall, refusal } from '../calls.ts';
import type { ReadCall } from '../calls.ts';
import { parseActionId } from '../card.ts';
import type { Card } from '../card.ts';
import type { OptionName } from '../commands.ts';
import { commandCooldown } from '../cooldown.ts';
import type { Cooldown } from '../cooldown.ts';
import { matchingClaims } from '../names.ts';
import { cooldownCard, helloCard, problemCard } from '../notices.ts';
import type { Asker, Desk } from '../platform.ts';
import { cutUnits } from '../text.ts';
import { commandsBody, registerCommands } from './commands.ts';
import { identifyThrottler } from './identify.ts';
import { TOKEN_REFUSED, networkCode } from './outcome.ts';
import { renderAnswer, renderPages } from './render.ts';

export interface DiscordGatewayOptions {
  readonly token: string;
  readonly apiUrl: string;
  /**
   * Called before each IDENTIFY and awaited: a persisted counter delays there, or refuses by throwing an error whose
   * message is one sentence that begins with "Discord" (1,000 a day reset the token).
   */
  readonly beforeIdentify?: (() => Promise<void>) | undefined;
  /** One line for the log; never a token, never a person's words. */
  readonly log?: ((level: 'info' | 'warn' | 'error', message: string, fault?: unknown) => void) | undefined;
  /** The session ended for good while running (token reset, intents withdrawn): one sentence. */
  readonly onLost?: ((reason: string) => void) | undefined;
  /** How long the desk may take before people are told to try later. */
  readonly patienceMs?: number | undefined;
  /** Per person; the default allows ten commands at once, then one each two seconds. */
  readonly cooldown?: Cooldown | undefined;
  /** How long start() waits for the gateway. */
  readonly startMs?: number | undefined;
  /** Pause between two IDENTIFYs; 5 s is Discord's rule for one at a time. */
  readonly identifyGapMs?: number | undefined;
}

export interface DiscordGateway {
  start(desk: Desk): Promise<void>;
  close(): Promise<void>;
}

const GatewayBot = z.object({ session_start_limit: z.object({ remaining: z.number(), reset_after: z.number() }) });
/** Refuse to start when fewer IDENTIFYs are left today: at 0 Discord resets the token. */
const IDENTIFY_RESERVE = 20;

export function discordGateway(options: DiscordGatewayOptions): DiscordGateway {
  const log = options.log ?? (() => {});
  const cooldown = options.cooldown ?? commandCooldown();
  /** Topics as last registered: a topic added while running gets its command with the next thing anybody asks. */
  let registered = '';
  /** An IDENTIFY that must not happen: start fails, or a running session ends. */
  let refused = (error: unknown): void => {
    options.onLost?.(error instanceof Error ? error.message : String(error));
    void client.destroy();
  };
  const lost = refused;
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    // Answers to interactions stand outside Discord's global limit, so the client's own 50 a second must not delay them.
    rest: { version: '10', api: options.apiUrl, retries: 1, timeout: 10_000, globalRequestsPerSecond: Infinity },
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
    if (limit.remaining >= IDENTIFY_RESERVE) return;
    const minutes = Math.ceil(limit.reset_after / 60_000);
    throw new Error(
      `Discord allows only ${limit.remaining} more connections for the next ${minutes} min and resets the token after the last: not connecting.`,
    );
  }

  async function prepare(guild: Guild, desk: Desk): Promise<void> {
    const { body, skipped } = commandsBody(desk);
    if (skipped.length > 0) log('warn', `Discord cannot show these topics as commands: ${skipped.join(', ')}`);
    try {
      const done = await registerCommands(client.rest, client.application?.id ?? '', guild.id, body);
      log('info', `Discord commands ${done} in server ${guild.id}`);
    } catch (error) {
      // 50001: the bot was invited without the applications.commands scope. Alerts work all the same.
      log('warn', `Discord commands could not be registered in server ${guild.id}: ${networkCode(error)}`, error);
    }
  }

  async function registerAll(desk: Desk): Promise<void> {
    const topics = JSON.stringify(desk.topics().map(({ id, title }) => [id, title]));
    if (topics === registered) return;
    registered = topics;
    for (const guild of client.guilds.cache.values()) await prepare(guild, desk);
  }

  async function hello(guild: Guild, desk: Desk): Promise<void> {
    const channel = guild.systemChannel;
    const self = guild.members.me;
    const maySay =
      channel !== null &&
      self !== null &&
      channel.permissionsFor(self).has([PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages]);
    if (maySay) await channel.send(renderAnswer(helloCard(desk.topics())));
  }

  return {
    start: async (desk) => {
      client.on(Events.Error, (error) => log('warn', 'Discord gateway error', error));
      client.on(Events.ShardError, (error) => log('warn', 'Discord connection error', error));
      client.on(Events.ShardDisconnect, (event) =>
        options.onLost?.(event.code === 4004 ? TOKEN_REFUSED : `Discord closed the session for good (${event.code}).`),
      );
      client.on(Events.GuildCreate, (guild) => {
        prepare(guild, desk)
          .then(() => hello(guild, desk))
          .catch((error: unknown) => log('warn', `no hello in server ${guild.id}`, error));
      });
      client.on(Events.InteractionCreate, (interaction) => {
        registerAll(desk).catch((error: unknown) => log('warn', 'Discord commands not renewed', error));
        handle(interaction, { desk, patienceMs: options.patienceMs, log, cooldown }).catch((error: unknown) =>
          // Too late (10062) or already answered (40060): the asker has gone or has an answer.
          log('warn', `Discord interaction not answered: ${networkCode(error)}`, error),
        );
      });
      try {
        await checkBudget();
        await options.beforeIdentify?.();
        const ready = new Promise<void>((resolve, reject) => {
          refused = reject;
          client.once(Events.ClientReady, () => resolve());
        });
        await within(options.startMs ?? 60_000, Promise.all([client.login(options.token), ready]));
        refused = lost;
      } catch (error) {
        await client.destroy();
        throw startError(error);
      }
      await registerAll(desk);
    },
    close: () => client.destroy(),
  };
}

function statusOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 0;
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

/** What every answer needs. */
interface Session {
  readonly desk: Desk;
  readonly patienceMs: number | undefined;
  readonly log: NonNullable<DiscordGatewayOptions['log']>;
  readonly cooldown: Cooldown;
}

async function handle(interaction: Interaction, session: Session): Promise<void> {
  const { desk } = session;
  if (interaction.isAutocomplete()) return complete(interaction, desk);
  if (interaction.isChatInputCommand()) {
    const read = checkCall(
      desk,
      interaction.commandName,
      interaction.options.getSubcommand(false) ?? '',
      typed(interaction),
    );
    return reply(interaction, read, session);
  }
  if (interaction.isButton()) {
    const action = parseActionId(interaction.customId);
    const read: ReadCall =
      action === null
        ? { ok: false, card: problemCard('This button is not ours any more') }
        : pressedCall(desk, action);
    return reply(interaction, read, session);
  }
  return undefined;
}

function typed(interaction: ChatInputCommandInteraction): Partial<Record<OptionName, string>> {
  const options: Partial<Record<OptionName, string>> = {};
  for (const name of ['claim', 'level', 'state'] as const) {
    const value = interaction.options.getString(name);
    if (value !== null) options[name] = value;
  }
  if (interaction.options.getBoolean('share') === true) options.share = 'yes';
  return options;
}

/** Acknowledges first, whatever the desk does; who will see the answer is fixed by that first word. */
async function reply(
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  read: ReadCall,
  { desk, patienceMs, log, cooldown }: Session,
): Promise<void> {
  const asker = askerOf(interaction);
  const waitMs = cooldown(asker.user, Date.now());
  const known: Card | null = waitMs > 0 ? cooldownCard(waitMs) : read.ok ? refusal(read.call, asker) : read.card;
  if (known !== null) {
    await interaction.reply({ ...renderAnswer(known), flags: MessageFlags.Ephemeral });
    return;
  }
  if (!read.ok) return;
  const missing =
    read.call.command.name === 'subscribe'
      ? missingPermissions(interaction.appPermissions, interaction.channel?.isThread() ?? false)
      : [];
  if (missing.length > 0) {
    await interaction.reply({ ...renderAnswer(missingCard(missing)), flags: MessageFlags.Ephemeral });
    return;
  }
  const audience = audienceOf(read.call, asker);
  await interaction.deferReply(audience === 'asker' ? { flags: MessageFlags.Ephemeral } : {});
  const { card, fault } = await answer(desk, asker, read.call, patienceMs);
  if (fault !== null) log('error', `command ${read.call.command.name} failed`, fault);
  if (audience === 'channel' && card.tone === 'problem' && read.call.command.name !== 'health') {
    // A failure concerns the asker alone. The public "thinking" goes first: a follow-up would fill it, in public.
    await interaction.deleteReply();
    await interaction.followUp({ ...renderAnswer(card), flags: MessageFlags.Ephemeral });
    return;
  }
  const [first, ...more] = renderPages(card);
  if (first !== undefined) await interaction.editReply(first);
  const flags = audience === 'asker' ? ({ flags: MessageFlags.Ephemeral } as const) : {};
  for (const page of more) await interaction.followUp({ ...page, ...flags });
}

function askerOf(interaction: ChatInputCommandInteraction | ButtonInteraction): Asker {
  return {
    platform: 'discord',
    workspace: interaction.guildId ?? '',
    channel: interaction.channelId,
    user: interaction.user.id,
    // Computed by Discord for this member in this very channel.
    mayManage: interaction.memberPermissions?.has(PermissionFlagsBits.ManageChannels) ?? false,
  };
}

/** From memory: 25 choices of at most 100 characters (docs.discord.com, application-commands). */
async function complete(interaction: AutocompleteInteraction, desk: Desk): Promise<void> {
  const topic = desk.topics().find((one) => one.id === interaction.commandName);
  const found = matchingClaims(topic?.claims ?? [], interaction.options.getFocused());
  await interaction.respond(
    found.slice(0, 25).map((claim) => ({ name: cutUnits(claim.statement, 100), value: claim.id.slice(0, 100) })),
  );
}
