/**
 * Small facts about this ledger itself, by name: the demo's news clock, counters that must survive a restart.
 */
import { EVERYBODY, type Scope } from '../core/scope.ts';
import { one, rows, type Db } from './sql.ts';

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
export async function writeAudit(
  db: Db,
  who: string,
  what: string,
  detail: object,
  scope: Scope = EVERYBODY,
): Promise<void> {
  await db.query('insert into audit (who, what, detail, scope) values ($1, $2, $3, $4)', [
    who,
    what,
    JSON.stringify(detail),
    scope,
  ]);
}

/** Running totals since the ledger began, for metrics. */
export async function totals(db: Db): Promise<Record<string, number>> {
  const found = await rows<{ name: string; count: string }>(
    db,
    `select 'articles' as name, count(*) as count from articles union all select 'evidence', count(*) from evidence
     union all select 'decisions', count(*) from decisions union all select 'alerts_sent', count(*) from alerts where state = 'sent'
     union all select 'possible_repeats', count(*) from alerts where possible_repeat union all select 'deliveries', count(*) from deliveries
     union all select 'llm_calls', sum(calls) from llm_usage having count(*) > 0
     union all select 'llm_failed', sum(failed) from llm_usage having count(*) > 0
     union all select 'llm_tokens', sum(input_tokens + output_tokens) from llm_usage having count(*) > 0
     union all select 'llm_opinions_used', sum(used) from llm_usage having count(*) > 0
     union all select 'llm_opinions_refused', sum(refused) from llm_usage having count(*) > 0`,
  );
  return Object.fromEntries(found.map((row) => [row.name, Number(row.count)]));
}

/**
 * Who this ledger is: part of every alert's key, so that a ledger started anew never mistakes an older one's posts for
 * its own. Made at the first call.
 */
export async function ledgerId(db: Db): Promise<string> {
  await db.query(
    `insert into meta (key, value) values ('ledger', to_jsonb(gen_random_uuid()::text)) on conflict do nothing`,
  );
  const id = await readMeta(db, 'ledger');
  if (typeof id !== 'string') throw new Error('the ledger has no id');
  return id;
}

/** Forgets everything, also who it was. For the demo, which starts anew when it had finished. */
export async function resetLedger(db: Db): Promise<void> {
  await db.query(
    'truncate meta, feeds, stories, articles, claims, subscriptions, alerts, mutes, cards, pauses, heard, audit, workspaces, track_drafts restart identity cascade',
  );
}
