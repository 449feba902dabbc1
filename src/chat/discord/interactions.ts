/**
 * One interaction at a time: a command, a completion, a pressed button, a sent form or a message's own menu becomes a Call, is
 * acknowledged at once, and is answered when the desk has answered.
 *
 *   /deepseek why claim:v4-on-huawei  ->  deferReply  ->  desk  ->  editReply, and more messages for a long board
 */
import { MessageFlags } from 'discord.js';
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
} from 'discord.js';
import { answer, audienceOf, checkCall, isFailure, pressedCall, refusal, settles } from '../calls.ts';
import type { ReadCall } from '../calls.ts';
import { parseActionId } from '../card.ts';
import type { Card, CardAction } from '../card.ts';
import { completions } from '../completions.ts';
import type { Cooldown } from '../cooldown.ts';
import { formBehind, formFor, formOf, submittedCall } from '../forms.ts';
import type { FormKind } from '../forms.ts';
import { filledFrom } from '../subscribe.ts';
import { cooldownCard, postedCard, problemCard } from '../notices.ts';
import { pictureOf } from '../pictures.ts';
import type { Asker, Desk, SendOutcome } from '../platform.ts';
import { cutUnits } from '../text.ts';
import { plain } from '../words.ts';
import { askerOf, linksOf, mentionProblem, typed } from './asked.ts';
import { CHECK_MESSAGE } from './commands.ts';
import { filledIn, modalOf } from './forms.ts';
import { missingCard, missingPermissions } from './permissions.ts';
import { addPicture } from './pictures.ts';
import { renderAnswer, renderPages } from './render.ts';
import type { RenderedCard } from './render.ts';
import { offerAlertRole, toggleAlertRole } from './roles.ts';

/** One line for the log; never a token, never a person's words. */
export type ChatLog = (level: 'info' | 'warn' | 'error', message: string, fault?: unknown) => void;

/** What every answer needs. */
export interface Answering {
  readonly desk: Desk;
  readonly patienceMs: number | undefined;
  readonly log: ChatLog;
  readonly cooldown: Cooldown;
  /** Posts a card the way alerts are posted: `/claimwire test`. */
  readonly post: (channel: string, card: Card) => Promise<SendOutcome>;
}

type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | ModalSubmitInteraction;

/** A form must open within the 3 s; what would stand in it is not worth more waiting. */
const FILL_MS = 1000;

/** Rejects with what discord.js throws: too late (10062), answered already (40060), no connection. */
export async function handleInteraction(interaction: Interaction, answering: Answering): Promise<void> {
  if (interaction.isAutocomplete()) return complete(interaction, answering.desk);
  if (interaction.isChatInputCommand()) return command(interaction, answering);
  if (interaction.isMessageContextMenuCommand()) {
    const { desk } = answering;
    const asker = askerOf(interaction);
    const what = interaction.commandName === CHECK_MESSAGE ? linksOf(interaction.targetMessage) : '';
    const read = checkCall(desk, asker, 'claimwire', interaction.commandName === CHECK_MESSAGE ? 'check' : '', {
      what,
    });
    return reply(interaction, read, answering);
  }
  if (interaction.isButton()) return pressed(interaction, answering);
  if (interaction.isModalSubmit()) {
    const mention = mentionProblem(interaction);
    if (mention !== null) return tellAsker(interaction, mention);
    const read = submittedCall(answering.desk, askerOf(interaction), interaction.customId, filledIn(interaction));
    return reply(interaction, read, answering);
  }
  return undefined;
}

async function command(interaction: ChatInputCommandInteraction, answering: Answering): Promise<void> {
  const { desk } = answering;
  const group = interaction.options.getSubcommandGroup(false);
  const sub = interaction.options.getSubcommand(false) ?? '';
  const name = group === null ? sub : `${group} ${sub}`;
  const options = typed(interaction);
  const form = formOf(name, options);
  if (form !== null) {
    return open(interaction, answering, form, { action: 'help', topic: options.topic ?? '', claim: '' });
  }
  const mention = mentionProblem(interaction);
  if (mention !== null) return tellAsker(interaction, mention);
  return reply(interaction, checkCall(desk, askerOf(interaction), interaction.commandName, name, options), answering);
}

async function pressed(interaction: ButtonInteraction, answering: Answering): Promise<void> {
  const action = parseActionId(interaction.customId);
  if (action === null)
    return tellAsker(
      interaction,
      problemCard('This button no longer works', [[plain('It is from an older version. Ask again for a new one.')]]),
    );
  if (action.action === 'role') {
    const wait = answering.cooldown(interaction.user.id, performance.now());
    if (wait > 0) return tellAsker(interaction, cooldownCard(wait));
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply(renderAnswer(await toggleAlertRole(interaction)));
    return undefined;
  }
  const form = formBehind(action.action);
  if (form !== null) return open(interaction, answering, form, action);
  return reply(interaction, pressedCall(answering.desk, askerOf(interaction), action), answering, action);
}

/** Shows a form, or says why not. Nobody fills in what they may not send. */
async function open(
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  answering: Answering,
  kind: FormKind,
  action: CardAction,
): Promise<void> {
  const { desk } = answering;
  const asker = askerOf(interaction);
  const wait = answering.cooldown(asker.user, performance.now());
  if (wait > 0) return tellAsker(interaction, cooldownCard(wait));
  // The same check that the sent form will meet, with the first topic and claim standing in.
  const topic = action.topic === '' ? (desk.topics(asker)[0]?.id ?? '') : action.topic;
  const subscribing = kind === 'subscribe' || kind === 'delivery';
  const probe = checkCall(desk, asker, subscribing ? topic : 'claimwire', subscribing ? 'subscribe' : kind, {
    claim: action.claim,
    statement: '-',
    status: 'reported',
    because: '-',
  });
  const known = probe.ok ? refusal(probe.call, asker) : probe.card;
  if (known !== null) return tellAsker(interaction, known);
  const filled = subscribing && action.topic !== '' ? await filledFrom(desk, asker, action.topic, FILL_MS) : {};
  const form = formFor(desk, asker, kind, action.topic, action.claim, filled);
  if (form === null) return tellAsker(interaction, problemCard('That is not available here'));
  await interaction.showModal(modalOf(form));
}

async function tellAsker(interaction: Answerable, card: Card): Promise<void> {
  await interaction.reply({ ...renderAnswer(card), flags: MessageFlags.Ephemeral });
}

/** Acknowledges first, whatever the desk does; who will see the answer is fixed by that first word. */
async function reply(
  interaction: Answerable,
  read: ReadCall,
  answering: Answering,
  action: CardAction | null = null,
): Promise<void> {
  const { desk, patienceMs, log, cooldown } = answering;
  const asker = askerOf(interaction);
  const waitMs = cooldown(asker.user, performance.now());
  const known: Card | null = waitMs > 0 ? cooldownCard(waitMs) : read.ok ? refusal(read.call, asker) : read.card;
  if (known !== null) return tellAsker(interaction, known);
  if (!read.ok) return undefined;
  const { call } = read;
  const inThread = interaction.channel?.isThread() ?? false;
  const needsChannel = call.command.name === 'subscribe' || call.command.postsHere === true;
  const missing = needsChannel
    ? missingPermissions(interaction.appPermissions, { inThread, threads: call.given.place === 'thread' })
    : [];
  if (missing.length > 0) return tellAsker(interaction, missingCard(missing));
  const settling = action !== null && settles(action) && interaction.isButton();
  const audience = audienceOf(call, asker);
  if (settling) await interaction.deferUpdate();
  else await interaction.deferReply(audience === 'asker' ? { flags: MessageFlags.Ephemeral } : {});
  const { card, fault } =
    call.command.name === 'alert-role'
      ? { card: await offerAlertRole(interaction.guild), fault: null }
      : await answer(desk, asker, call, patienceMs);
  if (fault !== null) log('error', `command ${call.command.name} failed`, fault);
  const failed = isFailure(call, card);
  if (settling) {
    // The question is answered: its buttons go, the answer stands below it for everybody.
    if (!failed) await interaction.editReply({ components: [] });
    await interaction.followUp({ ...renderAnswer(card), ...(failed ? { flags: MessageFlags.Ephemeral } : {}) });
    return undefined;
  }
  if (call.command.postsHere === true && !failed) {
    const outcome = await answering.post(asker.channel, card);
    await interaction.editReply(renderAnswer(postedCard(outcome)));
    return undefined;
  }
  if (audience === 'channel' && failed) {
    // A failure concerns the asker alone. The public "thinking" goes first: a follow-up would fill it, in public.
    await interaction.deleteReply();
    await interaction.followUp({ ...renderAnswer(card), flags: MessageFlags.Ephemeral });
    return undefined;
  }
  const [first, ...more] = renderPages(card);
  if (first !== undefined) await interaction.editReply(withFile(first, card));
  const flags = audience === 'asker' ? ({ flags: MessageFlags.Ephemeral } as const) : {};
  for (const page of more) await interaction.followUp({ ...page, ...flags });
  if (first !== undefined) await addPicture(interaction, first, await pictureOf(desk, card, 'discord'), log);
  return undefined;
}

function withFile(
  page: RenderedCard,
  { file }: Card,
): RenderedCard & { files?: { attachment: Buffer; name: string }[] } {
  return file === undefined
    ? page
    : { ...page, files: [{ attachment: Buffer.from(file.text, 'utf8'), name: file.name }] };
}

/** From memory: 25 choices of at most 100 characters (docs.discord.com, application-commands). */
async function complete(interaction: AutocompleteInteraction, desk: Desk): Promise<void> {
  const focused = interaction.options.getFocused(true);
  const group = interaction.options.getSubcommandGroup(false);
  const sub = interaction.options.getSubcommand(false) ?? '';
  const reader: Pick<Asker, 'platform' | 'workspace'> = { platform: 'discord', workspace: interaction.guildId ?? '' };
  const name = group === null ? sub : `${group} ${sub}`;
  const found = completions(desk, reader, interaction.commandName, name, focused.name, focused.value);
  await interaction.respond(
    found.slice(0, 25).map((one) => ({ name: cutUnits(one.name, 100), value: one.value.slice(0, 100) })),
  );
}
