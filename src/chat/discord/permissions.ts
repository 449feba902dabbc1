/**
 * What the bot may do in a channel, and the least it asks for when it is invited.
 *
 *   inviteLink('123')  ->  https://discord.com/oauth2/authorize?client_id=123&scope=bot+applications.commands&permissions=...
 */
import { PermissionFlagsBits } from 'discord.js';
import type { PermissionsBitField } from 'discord.js';
import type { Card } from '../card.ts';
import { problemCard } from '../notices.ts';
import { bold, plain } from '../words.ts';

/** Without these an alert cannot be shown. */
const NEEDED = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Embed Links': PermissionFlagsBits.EmbedLinks,
} as const;

/** Names of what is missing, as Discord's settings call them. Unknown permissions count as present: Discord will tell. */
export function missingPermissions(
  have: Readonly<PermissionsBitField> | null,
  place: { readonly inThread: boolean; /** Alerts are to go into threads of their own. */ readonly threads?: boolean },
): readonly string[] {
  if (have === null) return [];
  const { 'Send Messages': inChannels, ...others } = NEEDED;
  const sending = place.inThread
    ? { 'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads }
    : { 'Send Messages': inChannels };
  const threads =
    place.threads === true
      ? {
          'Create Public Threads': PermissionFlagsBits.CreatePublicThreads,
          'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads,
        }
      : {};
  return Object.entries({ ...sending, ...others, ...threads })
    .filter(([, bit]) => !have.has(bit))
    .map(([name]) => name);
}

export function missingCard(missing: readonly string[]): Card {
  return problemCard('I may not post in this channel yet', [
    [plain('Give my role here: '), bold(missing.join(', '))],
    [plain('In the channel’s settings under Permissions; then try again.')],
  ]);
}

/**
 * Least permissions: the three needed, Read Message History for looking up an alert whose answer was lost, and sending in
 * threads. Never Administrator, never Mention Everyone.
 */
export function inviteLink(application: string): string {
  const bits =
    NEEDED['View Channel'] |
    NEEDED['Send Messages'] |
    NEEDED['Embed Links'] |
    PermissionFlagsBits.ReadMessageHistory |
    PermissionFlagsBits.SendMessagesInThreads;
  const query = new URLSearchParams({
    client_id: application,
    scope: 'bot applications.commands',
    permissions: String(bits),
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}
