/**
 * Small facts about this ledger itself, by name: the demo's news clock, counters that must survive a restart.
 */
import { one, type Db } from './sql.ts';

export async function readMeta(db: Db, key: string): Promise<unknown> {
  return (await one<{ value: unknown }>(db, 'select value from meta where key = $1', [key]))?.value;
}

export async function writeMeta(db: Db, key: string, value: unknown): Promise<void> {
  await db.query(
    'insert into meta (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value, changed_at = now()',
    [key, JSON.stringify(value)],
  );
}

/** Who did what, for good. Never holds message bodies of users or secrets. */
export async function writeAudit(db: Db, who: string, what: string, detail: object): Promise<void> {
  await db.query('insert into audit (who, what, detail) values ($1, $2, $3)', [who, what, JSON.stringify(detail)]);
}
