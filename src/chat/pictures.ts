/**
 * The picture beside an answer's words. Words are told first and say everything alone; a picture follows when there is one.
 */
import type { Platform } from '../core/alert.ts';
import type { Card } from './card.ts';
import type { CardPicture, Desk } from './platform.ts';

/** After this people have read the words and scrolled on. */
const PATIENCE_MS = 8000;

/** Null when the card has nothing to draw, when it cannot be drawn, or not in time. Never rejects. */
export async function pictureOf(
  desk: Pick<Desk, 'picture'>,
  card: Card,
  platform: Platform,
  patienceMs = PATIENCE_MS,
): Promise<CardPicture | null> {
  if (card.drawing === undefined || desk.picture === undefined) return null;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, patienceMs, null);
  });
  try {
    return await Promise.race([desk.picture(card.drawing, platform), late]);
  } catch {
    // The desk has logged it; the words stand.
    return null;
  } finally {
    clearTimeout(timer);
  }
}
