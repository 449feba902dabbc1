/**
 * One interaction at a time: a command, a completion or a pressed button becomes a Call, is acknowledged at once, and is
 * answered when the desk has answered.
 *
 *   /deepseek why claim:v4-on-huawei  ->  deferReply  ->  desk  ->  editReply, and more messages for a long board
 */
import { MessageFlags, PermissionFlagsBits } from 'discord.js';
import type { AutocompleteInteraction, ButtonInteraction, ChatInputCommandInteraction, Interaction } from 'discord.js';
import { answer, audienceOf, checkCall, pressedCall, refusal } from '../calls.ts';
import type { ReadCall } from '../calls.ts';
import { parseActionId } from '../card.ts';
import type { Card } from '../card.ts';
import type { OptionName } from '../commands.ts';
import type { Cooldown } from '../cooldown.ts';
import { matchingClaims } from '../names.ts';
import { cooldownCard, problemCard } from '../notices.ts';
import type { Asker, Desk } from '../platform.ts';
import { cutUnits } from '../text.ts';
import { missingCard, missingPermissions } from './permissions.ts';
import { renderAnswer, renderPages } from './render.ts';

/** One line for the log; never a token, never a person's words. */
export type ChatLog = (level: 'info' | 'warn' | 'error', message: string, fault?: unknown) => void;

/** What every answer needs. */
export interface Answering {
  readonly desk: Desk;
  readonly patienceMs: number | undefined;
  readonly log: ChatLog;
  readonly cooldown: Cooldown;
}

/** Rejects with what discord.js throws: too late (10062), answered already (40060), no connection. */
export async function handleInteraction(interaction: Interaction, answering: Answering): Promise<void> {
  const { desk } = answering;
  if (interaction.isAutocomplete()) return complete(interaction, desk);
  if (interaction.isChatInputCommand()) {
    const read = checkCall(
      desk,
      interaction.commandName,
      interaction.options.getSubcommand(false) ?? '',
      typed(interaction),
    );
    return reply(interaction, read, answering);
  }
  if (interaction.isButton()) {
    const action = parseActionId(interaction.customId);
    const read: ReadCall =
      action === null
        ? { ok: false, card: problemCard('This button is not ours any more') }
        : pressedCall(desk, action);
    return reply(interaction, read, answering);
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
  { desk, patienceMs, log, cooldown }: Answering,
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
