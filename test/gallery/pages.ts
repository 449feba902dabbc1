/**
 * Cards as a channel of a platform shows them, in HTML.
 */
import type { Card } from '../../src/chat/card.ts';
import { renderAlert, renderPages as discordPages } from '../../src/chat/discord/render.ts';
import { renderCard, renderPages as slackPages } from '../../src/chat/slack/render.ts';
import type { GalleryCard } from './cards.ts';
import { discordPage } from './discord-html.ts';
import { slackPage } from './slack-html.ts';

export type Look = 'discord' | 'slack';
const MARKER = 'k3j5h2g8f1d4s6a7p9o0i2u4y';

/** `pictures`: data addresses of the cards that have one. */
export function pageOf(
  cards: readonly GalleryCard[],
  look: Look,
  theme: 'dark' | 'light',
  pictures: ReadonlyMap<Card, string> = new Map(),
): string {
  return look === 'discord'
    ? discordPage(inDiscord(cards, pictures), theme)
    : slackPage(inSlack(cards, pictures), theme);
}

function inDiscord(cards: readonly GalleryCard[], pictures: ReadonlyMap<Card, string>) {
  return cards.flatMap(({ card, as }) => {
    const bodies = as === 'alert' ? [renderAlert(card, MARKER)] : discordPages(card);
    const picture = pictures.get(card);
    return bodies.map((body, at) => ({
      body: at === 0 && picture !== undefined ? { ...body, picture } : body,
      alone: as === 'answer',
    }));
  });
}

function inSlack(cards: readonly GalleryCard[], pictures: ReadonlyMap<Card, string>) {
  return cards.flatMap(({ card, as }) => {
    const bodies = as === 'alert' ? [renderCard(card)] : slackPages(card);
    const picture = pictures.get(card);
    const image = { type: 'image', slack_file: { id: 'F1' }, alt_text: 'picture' } as const;
    return [
      ...bodies.map((body) => ({ body, alone: as === 'answer' })),
      ...(picture === undefined ? [] : [{ body: { text: '', blocks: [image], picture }, alone: as === 'answer' }]),
    ];
  });
}
