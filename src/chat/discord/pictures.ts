/**
 * A picture into an answer that is already there: the message is edited once more, now with an attachment that its embed
 * shows. When Discord refuses it (no permission to attach, too large) the words stay as they are.
 */
import { AttachmentBuilder } from 'discord.js';
import type { InteractionEditReplyOptions } from 'discord.js';
import type { CardPicture } from '../platform.ts';
import { networkCode } from '../network.ts';
import type { RenderedCard } from './render.ts';

/** docs.discord.com, resources/message: the description of an attachment, for those who do not see it. */
const ALT_LONGEST = 1024;

export function withPicture(rendered: RenderedCard, picture: CardPicture): InteractionEditReplyOptions {
  const [embed] = rendered.embeds;
  const file = new AttachmentBuilder(Buffer.from(picture.png), {
    name: picture.name,
    description: picture.alt.slice(0, ALT_LONGEST),
  });
  return { ...rendered, embeds: [{ ...embed, image: { url: `attachment://${picture.name}` } }], files: [file] };
}

/** Never rejects. */
export async function addPicture(
  interaction: { editReply(options: InteractionEditReplyOptions): Promise<unknown> },
  rendered: RenderedCard,
  picture: CardPicture | null,
  log: (level: 'warn', message: string, fault?: unknown) => void,
): Promise<void> {
  if (picture === null) return;
  try {
    await interaction.editReply(withPicture(rendered, picture));
  } catch (error) {
    log('warn', `a picture did not reach Discord: ${networkCode(error)}`, error);
  }
}
