/**
 * Words to those who run the bot, through the outbox like every alert: said once per key, kept over restarts.
 *
 *   await notifyOperators(room, tx, { key: `feed-dark:${id}:${since}`, words: 'Feed example-chips has been dark since 3 Apr.' })
 */
import { addNotice } from '../ledger/outbox.ts';
import type { Db } from '../ledger/sql.ts';
import type { Newsroom } from './newsroom.ts';

/** `words`: one sentence without secrets or addresses. False when it was said before. */
export async function notifyOperators(
  room: Pick<Newsroom, 'ledger' | 'beat'>,
  db: Db,
  notice: { readonly key: string; readonly words: string },
): Promise<boolean> {
  return addNotice(db, { ledger: room.ledger, ...notice, ...room.beat().config.delivery.operators });
}
