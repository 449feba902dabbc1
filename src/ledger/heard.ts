/**
 * What a platform handed in, by the platform's own id: an event delivered again over another connection, or to another
 * process, is answered once.
 */
import { rows, type Db } from './sql.ts';

/** Slack's last redelivery comes after minutes; an hour covers a machine that was busy. */
const KEPT_MINUTES = 60;

/** True for whoever asks first. */
export async function hearFirst(db: Db, id: string): Promise<boolean> {
  const added = await rows(db, 'insert into heard (id) values ($1) on conflict do nothing returning id', [
    id.slice(0, 200),
  ]);
  return added.length > 0;
}

export async function forgetHeard(db: Db): Promise<void> {
  await db.query('delete from heard where at < now() - make_interval(mins => $1)', [KEPT_MINUTES]);
}
