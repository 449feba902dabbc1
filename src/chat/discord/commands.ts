/**
 * The command table as Discord slash commands: one command a topic, one for the product, each with subcommands.
 *
 *   /deepseek why claim:<completed as you type> share:<True>
 *
 * Discord can declare needed permissions for a whole command only, not for a subcommand, so `subscribe` is open in the
 * menu and refused on our side (calls.ts) to people without Manage Channels in that very channel.
 */
import { ApplicationCommandOptionType, ApplicationCommandType, Routes } from 'discord.js';
import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandSubcommandOption,
  REST,
  RESTPutAPIApplicationGuildCommandsJSONBody,
} from 'discord.js';
import { z } from 'zod';
import type { Desk } from '../platform.ts';
import { commandsFor } from '../commands.ts';
import type { Command, CommandOption } from '../commands.ts';
import { cut } from '../text.ts';

type CommandsBody = RESTPutAPIApplicationGuildCommandsJSONBody;

/** Lower case, 1 to 32 letters, digits, '-' or '_' (docs.discord.com, application-commands). */
const NAME = /^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u;

/** Every command Discord can show. Topics whose id it cannot are left to `skipped`. */
export function commandsBody(desk: Pick<Desk, 'topics' | 'mute'>): {
  readonly body: CommandsBody;
  readonly skipped: readonly string[];
} {
  const commands = commandsFor(desk);
  const topics = desk.topics();
  // 100 commands a guild (the same page); one is ours.
  const fit = topics.filter((topic) => NAME.test(topic.id) && topic.id !== 'claimwire').slice(0, 99);
  const body = [
    ...fit.map((topic) => slash(topic.id, `${topic.title}: what is known, who knew, alerts`, commands, 'topic')),
    slash('claimwire', 'Subscriptions of this channel, health and help', commands, 'product'),
  ];
  return { body, skipped: topics.filter((topic) => !fit.includes(topic)).map((topic) => topic.id) };
}

function slash(
  name: string,
  description: string,
  commands: readonly Command[],
  scope: Command['scope'],
): CommandsBody[number] {
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    description: cut(description, 100),
    options: commands.filter((command) => command.scope === scope).map(subcommand),
  };
}

function subcommand(command: Command): APIApplicationCommandSubcommandOption {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: command.name,
    description: cut(command.description, 100),
    options: command.options.map(option),
  };
}

function option(given: CommandOption): APIApplicationCommandBasicOption {
  const base = { name: given.name, description: cut(given.description, 100), required: given.required };
  if (given.kind === 'flag') return { ...base, type: ApplicationCommandOptionType.Boolean };
  if (given.kind === 'claim') return { ...base, type: ApplicationCommandOptionType.String, autocomplete: true };
  return {
    ...base,
    type: ApplicationCommandOptionType.String,
    choices: (given.choices ?? []).map((choice) => ({ name: choice, value: choice })),
  };
}

interface Shape {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly autocomplete: boolean;
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
 * Registers the commands in a guild, only when they differ: Discord allows 200 creations a day and guild. Throws what
 * discord.js throws.
 */
export async function registerCommands(
  rest: REST,
  application: string,
  guild: string,
  body: CommandsBody,
): Promise<'unchanged' | 'registered'> {
  const route = Routes.applicationGuildCommands(application, guild);
  const standing: unknown = await rest.get(route);
  if (shapeOf(standing) === shapeOf(body)) return 'unchanged';
  await rest.put(route, { body });
  return 'registered';
}
