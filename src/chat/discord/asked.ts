/**
 * What an interaction says about who asks and what: options by name, links of a message, and whether the bot could ping the
 * role that was picked.
 */
import { PermissionFlagsBits } from 'discord.js';
import type {
  ChatInputCommandInteraction,
  CommandInteractionOption,
  Interaction,
  Message,
  ModalSubmitInteraction,
} from 'discord.js';
import type { Card } from '../card.ts';
import { problemCard } from '../notices.ts';
import { OPTION_NAMES } from '../options.ts';
import type { OptionName } from '../options.ts';
import type { Asker } from '../platform.ts';
import { bold, plain } from '../words.ts';

export function askerOf(interaction: Interaction): Asker {
  return {
    platform: 'discord',
    workspace: interaction.guildId ?? '',
    channel: interaction.channelId ?? '',
    user: interaction.user.id,
    // Computed by Discord for this member in this very channel.
    mayManage: interaction.memberPermissions?.has(PermissionFlagsBits.ManageChannels) ?? false,
  };
}

/** Options by name, wherever they stand under groups and subcommands. Unknown ones are left out. */
export function typed(interaction: ChatInputCommandInteraction): Partial<Record<OptionName, string>> {
  const options: Partial<Record<OptionName, string>> = {};
  for (const one of flat(interaction.options.data)) {
    const name = OPTION_NAMES.find((known) => known === one.name);
    if (name === undefined || one.value === undefined) continue;
    if (typeof one.value !== 'boolean') options[name] = String(one.value);
    else if (one.value) options[name] = 'yes';
  }
  return options;
}

function flat(options: readonly CommandInteractionOption[]): readonly CommandInteractionOption[] {
  return options.flatMap((one) => (one.options === undefined ? [one] : flat(one.options)));
}

/**
 * A role that cannot be pinged by us is no help: everybody's is never mentioned, and others must be open to mentions unless we
 * may mention all (docs.discord.com, allowed mentions).
 */
export function mentionProblem(interaction: ChatInputCommandInteraction | ModalSubmitInteraction): Card | null {
  const role = interaction.isModalSubmit() ? roleChosen(interaction) : roleGiven(interaction);
  if (role === undefined || role === null) return null;
  if (role.id === interaction.guildId) {
    return problemCard('@everyone is never mentioned', [
      [plain('Pick a role for those who want to be mentioned: '), bold('Server settings → Roles')],
    ]);
  }
  if (role.mentionable || interaction.appPermissions.has(PermissionFlagsBits.MentionEveryone)) return null;
  return problemCard(`I may not mention ${role.name}`, [
    [
      plain('Turn on '),
      bold('Allow anyone to @mention this role'),
      plain(' in Server settings → Roles, then try again.'),
    ],
  ]);
}

function roleGiven(interaction: ChatInputCommandInteraction): CommandInteractionOption['role'] {
  return flat(interaction.options.data).find((one) => one.name === 'mention')?.role;
}

function roleChosen(interaction: ModalSubmitInteraction): CommandInteractionOption['role'] {
  const field = interaction.fields.fields.get('mention');
  return field !== undefined && 'roles' in field ? field.roles?.first() : undefined;
}

/** The links of a message, those in its embeds too; its words when there are none. */
export function linksOf(message: Message): string {
  const links = message.content.match(/https?:\/\/[^\s<>]{4,2000}/giu) ?? [];
  const embedded = message.embeds.flatMap((embed) => (embed.url === null ? [] : [embed.url]));
  const all = [...new Set([...links, ...embedded])];
  if (all.length > 0) return all.join(' ').slice(0, 4000);
  const words = [message.content, ...message.embeds.flatMap((embed) => [embed.title ?? '', embed.description ?? ''])];
  return words.join(' ').trim().slice(0, 4000);
}
