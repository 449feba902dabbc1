/**
 * Answers that no button could name (a check of five links), kept in memory so that the one who got one can show it to the
 * channel as it was. A restart forgets them; people are then told to ask again.
 */
import { randomBytes } from 'node:crypto';
import type { Card } from '../chat/card.ts';
import type { Asker, Desk } from '../chat/platform.ts';
import { HOUR } from '../core/time.ts';
import type { Clock } from '../core/time.ts';

/** Some kB each, of all workspaces together. */
const MOST = 300;
const KEPT_FOR = HOUR;

export function keptAnswers(clock: Pick<Clock, 'wall'>): Required<Pick<Desk, 'keep' | 'kept'>> {
  const answers = new Map<string, { readonly of: string; readonly card: Card; readonly at: number }>();
  const nameOf = ({ platform, workspace, channel, user }: Asker): string =>
    [platform, workspace, channel, user].join(' ');
  return {
    keep(asker, card) {
      const id = randomBytes(9).toString('hex');
      answers.set(id, { of: nameOf(asker), card, at: clock.wall() });
      const oldest = answers.keys().next();
      if (answers.size > MOST && oldest.done !== true) answers.delete(oldest.value);
      return id;
    },
    kept(asker, id) {
      const found = answers.get(id);
      const fresh = found !== undefined && clock.wall() - found.at < KEPT_FOR;
      return fresh && found.of === nameOf(asker) ? found.card : null;
    },
  };
}
