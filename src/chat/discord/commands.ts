/**
 * The command table as Discord commands: one slash command a topic, one for the product, each with subcommands, and what
 * stands in a message's own menu.
 *
 *   /deepseek why claim:<completed as you type> share:<True>      /claimwire feeds add address:<...>      Apps > Check this link
 *
 * Discord can declare needed permissions for a whole command only, not for a subcommand. /claimwire is for people who manage
 * channels and says so; a topic's command is everybody's, and its `subscribe` is refused on our side (calls.ts) to people
 * without Manage Channels in that very channel. What is for everybody of /claimwire stands under each topic too: /deepseek health.
 */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  Routes,
} from 'discord.js';
import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandSubcommandGroupOption,
  APIApplicationCommandSubcommandOption,
  REST,
  RESTPutAPIApplicationGuildCommandsJSONBody,
} from 'discord.js';
import { z } from 'zod';
import type { Desk } from '../platform.ts';
import type { Command } from '../command.ts';
import { commandsFor } from '../commands.ts';
import { formOf } from '../forms.ts';
import { MAX_TEXT } from '../options.ts';
import type { CommandOption } from '../options.ts';
import { cut } from '../text.ts';

type CommandsBody = RESTPutAPIApplicationGuildCommandsJSONBody;

/** Lower case, 1 to 32 letters, digits, '-' or '_' (docs.discord.com, application-commands). */
const NAME = /^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u;
/** In the menu of a message; also the name by which it comes back. */
export const CHECK_MESSAGE = 'Check this link';
/** In a server: there is no channel to manage in a direct message. Added to servers, not to people. */
const WHERE = {
  contexts: [InteractionContextType.Guild],
  integration_types: [ApplicationIntegrationType.GuildInstall],
};

/** Every command Discord can show. Topics whose id it cannot are left to `skipped`. */
export function commandsBody(desk: Desk): {
  readonly body: CommandsBody;
  readonly skipped: readonly string[];
} {
  const commands = commandsFor(desk, 'discord');
  const product = commands.filter((one) => one.scope === 'product');
  const ofTopic = commands.filter((one) => one.scope === 'topic');
  const named = new Set(ofTopic.map((one) => one.name));
  const underTopic = [...ofTopic, ...product.filter((one) => !one.needsManage && !named.has(one.name))];
  const topics = desk.topics();
  // 100 commands a guild (the same page); one is ours.
  const fit = topics.filter((topic) => NAME.test(topic.id) && topic.id !== 'claimwire').slice(0, 99);
  const body: CommandsBody = [
    ...fit.map((topic) => slash(topic.id, `${topic.title}: what is known, who knew, alerts`, underTopic)),
    {
      ...slash('claimwire', 'For people who run a channel: tracking, feeds, decisions, log', product),
      default_member_permissions: String(PermissionFlagsBits.ManageChannels),
    },
    ...(desk.check === undefined
      ? []
      : [{ type: ApplicationCommandType.Message as const, name: CHECK_MESSAGE, ...WHERE }]),
  ];
  return { body, skipped: topics.filter((topic) => !fit.includes(topic)).map((topic) => topic.id) };
}

function slash(name: string, description: string, inScope: readonly Command[]): CommandsBody[number] {
  const groups = new Set(inScope.filter((command) => command.name.includes(' ')).map((one) => one.name.split(' ')[0]));
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    description: cut(description, 100),
    ...WHERE,
    options: [
      ...inScope.filter((command) => !command.name.includes(' ')).map((command) => subcommand(command, command.name)),
      ...[...groups].map((group): APIApplicationCommandSubcommandGroupOption => ({
        type: ApplicationCommandOptionType.SubcommandGroup,
        name: group ?? '',
        description: `${group}: ${inScope
          .filter((command) => command.name.startsWith(`${group} `))
          .map((command) => command.name.split(' ')[1])
          .join(', ')}`,
        options: inScope
          .filter((command) => command.name.startsWith(`${group} `))
          .map((command) => subcommand(command, command.name.split(' ')[1] ?? '')),
      })),
    ],
  };
}

function subcommand(command: Command, name: string): APIApplicationCommandSubcommandOption {
  // Without its words such a command opens a form, so Discord must not ask for them.
  const opensForm = formOf(command.name, {}) !== null;
  const options = opensForm ? command.options.map((one) => ({ ...one, required: false })) : command.options;
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name,
    description: cut(command.description, 100),
    options: [...options.filter((one) => one.required), ...options.filter((one) => !one.required)].map(option),
  };
}

function option(given: CommandOption): APIApplicationCommandBasicOption {
  const base = { name: given.name, description: cut(given.description, 100), required: given.required };
  switch (given.kind) {
    case 'flag':
      return { ...base, type: ApplicationCommandOptionType.Boolean };
    case 'claim':
    case 'topic':
    case 'duration':
    case 'hour':
    case 'zone':
    case 'quiet':
      return { ...base, type: ApplicationCommandOptionType.String, autocomplete: true };
    case 'count':
      return { ...base, type: ApplicationCommandOptionType.Integer, min_value: 1, max_value: 9999 };
    case 'mention':
      return { ...base, type: ApplicationCommandOptionType.Role };
    case 'channel':
      return {
        ...base,
        type: ApplicationCommandOptionType.Channel,
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
      };
    case 'text':
    case 'word':
      return {
        ...base,
        type: ApplicationCommandOptionType.String,
        max_length: given.kind === 'text' ? MAX_TEXT : 2000,
      };
    case 'choice':
      return {
        ...base,
        type: ApplicationCommandOptionType.String,
        choices: (given.choices ?? []).map((choice) => ({ name: choice, value: choice })),
      };
  }
}

interface Shape {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly autocomplete: boolean;
  readonly default_member_permissions: string | null;
  readonly max_length: number | null;
  readonly choices: readonly string[];
  readonly options: readonly Shape[];
}

const ShapeOf: z.ZodType<Shape> = z.lazy(() =>
  z
    .object({
      type: z.number().default(1),
      name: z.string(),
      description: z.string().default(''),
      required: z.boolean().default(false),
      autocomplete: z.boolean().default(false),
      default_member_permissions: z.string().nullable().default(null),
      max_length: z.number().nullable().default(null),
      choices: z.array(z.object({ value: z.string() }).transform((choice) => choice.value)).default([]),
      options: z.array(ShapeOf).default([]),
    })
    .strip(),
);

/** What matters of a command set, in one comparable string: Discord adds ids, versions and defaults of its own. */
function shapeOf(commands: unknown): string {
  const shapes = z.array(ShapeOf).safeParse(commands);
  if (!shapes.success) return 'unreadable';
  return JSON.stringify(shapes.data.sort((a, b) => a.name.localeCompare(b.name, 'en')));
}

/**
 * Registers the commands in a guild, or everywhere (`guild` null), only when they differ: Discord allows 200 creations a day
 * and guild. Throws what discord.js throws.
 */
export async function registerCommands(
  rest: REST,
  application: string,
  guild: string | null,
  body: CommandsBody,
): Promise<'unchanged' | 'registered'> {
  const route =
    guild === null ? Routes.applicationCommands(application) : Routes.applicationGuildCommands(application, guild);
  const standing: unknown = await rest.get(route);
  if (shapeOf(standing) === shapeOf(body)) return 'unchanged';
  await rest.put(route, { body });
  return 'registered';
}

/** Whether our commands are registered everywhere: then a server's own copies would show each of them twice. */
export async function registeredGlobally(rest: REST, application: string): Promise<boolean> {
  const standing = z
    .array(z.object({ name: z.string() }))
    .safeParse(await rest.get(Routes.applicationCommands(application)));
  return standing.success && standing.data.some((command) => command.name === 'claimwire');
}
