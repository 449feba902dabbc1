/**
 * Pictures for chat, drawn when somebody asks. A picture is a courtesy: at most two are painted at a time, a few wait, the
 * same one is painted once, and whoever comes when all are busy gets the words alone.
 */
import type { CardPicture, Desk } from '../chat/platform.ts';
import type { Ground } from '../picture/ink.ts';
import { drawingOf } from '../picture/picture.ts';
import type { Drawing } from '../picture/picture.ts';
import type { Newsroom } from './newsroom.ts';

const AT_ONCE = 2;
const WAITING = 6;
/** A picture tells the minute it was drawn for: the last few serve a channel that asks at once. */
const KEPT = 16;

type Paint = (drawing: Pick<Drawing, 'svg'>) => Promise<Uint8Array>;

/** The painter is loaded when the first picture is asked for: it costs 5 MB, and most processes draw none. */
async function loaded(): Promise<Paint> {
  return (await import('../picture/paint.ts')).painted;
}

/** The ground most readers of a platform have; each picture carries its own, so that it can be read on both. */
const GROUNDS: Readonly<Record<string, Ground>> = { discord: 'dark', slack: 'light' };

export function openPictures(log: Newsroom['log'], load: () => Promise<Paint> = loaded): NonNullable<Desk['picture']> {
  const kept = new Map<string, Promise<CardPicture | null>>();
  const queue: (() => void)[] = [];
  let busy = 0;

  async function paintedInTurn(drawing: Drawing): Promise<Uint8Array> {
    if (busy >= AT_ONCE) {
      await new Promise<void>((resolve) => {
        queue.push(resolve);
      });
    }
    busy += 1;
    try {
      const paint = await load();
      return await paint(drawing);
    } finally {
      busy -= 1;
      queue.shift()?.();
    }
  }

  return ({ kind, why }, platform) => {
    const drawing = drawingOf(kind, why, GROUNDS[platform] ?? 'light');
    const known = kept.get(drawing.svg);
    if (known !== undefined) return known;
    if (queue.length >= WAITING) return Promise.resolve(null);
    const name = `${kind}-${why.claim.id.replaceAll(/[^a-z0-9-]/gu, '').slice(0, 60)}.png`;
    const picture = paintedInTurn(drawing).then(
      (png): CardPicture => ({ name, png, alt: drawing.alt }),
      (error: unknown) => {
        log.error({ step: 'picture', err: error }, 'a picture could not be drawn');
        kept.delete(drawing.svg);
        return null;
      },
    );
    kept.set(drawing.svg, picture);
    const oldest = kept.keys().next();
    if (kept.size > KEPT && oldest.done !== true) kept.delete(oldest.value);
    return picture;
  };
}
