/**
 * A ledger that was restored from a backup has forgotten what it told meanwhile and would decide and tell it all again.
 * Once that is noticed, what was known by then is told in one card a channel, like after an outage, and no number of an
 * alert is given out a second time.
 */
import { wallTime, type WallTime } from '../core/time.ts';
import { readMeta, writeMeta } from './meta.ts';
import { one, transaction, type Db } from './sql.ts';
import type { Pool } from 'pg';

/** Everything that was read before is read again within this time. */
const MINDED_HOURS = 24;
const KEY = 'restored';

/** The highest number that an alert of this ledger ever had. */
export async function newestAlert(db: Db): Promise<bigint> {
  const row = await one<{ last: string }>(db, `select last_value::text as last from alerts_id_seq`);
  return BigInt(row?.last ?? '0');
}

/** The alert of that number was posted at that time by this ledger, which does not know it any more. */
export async function minded(pool: Pool, posted: { readonly alert: bigint; readonly at: WallTime }): Promise<void> {
  await transaction(pool, async (tx) => {
    await tx.query(`select setval('alerts_id_seq', greatest((select last_value from alerts_id_seq), $1::bigint))`, [
      String(posted.alert),
    ]);
    await writeMeta(tx, KEY, { toldUntil: posted.at });
  });
}

/** Until when channels may have been told what this ledger does not remember; null when it remembers everything. */
export async function toldUntil(db: Db): Promise<WallTime | null> {
  const row = await one<{ recent: boolean }>(
    db,
    'select changed_at > now() - make_interval(hours => $2) as recent from meta where key = $1',
    [KEY, MINDED_HOURS],
  );
  if (row?.recent !== true) return null;
  const value = ((await readMeta(db, KEY)) ?? {}) as { toldUntil?: unknown };
  return typeof value.toldUntil === 'number' ? wallTime(value.toldUntil) : null;
}

/** What was told perhaps goes into the next card of several. */
export async function tellTogether(tx: Db, alerts: readonly string[]): Promise<void> {
  await tx.query(`update alerts set due_at = due_at - interval '10 years' where id = any($1) and state = 'pending'`, [
    [...alerts],
  ]);
}
