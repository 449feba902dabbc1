/**
 * Presence: which processes are alive, as the database sees it.
 *
 * Every process holds one session-level advisory lock under its own random number. When it dies, however it dies, the
 * server drops the session and the lock with it, and what the process had leased is free at once instead of after the
 * lease's time. A process that only lost its connection is no danger: leases carry fencing tokens, and a request in
 * flight is waited out and looked up before anything is sent again.
 */
import { randomInt } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { Log } from '../core/log.ts';
import { one } from './sql.ts';

/** First half of the two-part lock number, so that our locks meet nobody else's. */
const PRESENCE = 0x63_6c;
/** What several processes may do at a time. */
const TOGETHER = 0x63_6e;

/** Hearing Discord's commands: each session hears all of them, so two of one bot answer everybody twice. */
export const HEARS_DISCORD = 1;
/** Hearing Slack's commands, over two connections each. */
export const HEARS_SLACK = 2;

export interface Presence {
  readonly owner: number;
  /** Says that this process does something (`what`, a small number) which others may do too. How many others do now. */
  join(what: number): Promise<number>;
  /** How many processes do it now, this one included. */
  together(what: number): Promise<number>;
  close(): Promise<void>;
}

/** SQL: is the holder of a lease, named by this column, gone? */
export const ownerIsGone = (column: string): string =>
  `not exists (select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.classid = ${PRESENCE} and l.objid = ${column}
     and l.database = (select oid from pg_database where datname = current_database()))`;

export async function announcePresence(pool: Pool, log: Log): Promise<Presence> {
  const owner = randomInt(1, 2 ** 31 - 1);
  let client: PoolClient | undefined;
  let closed = false;
  let returning: NodeJS.Timeout | undefined;
  /** What this process does: said again by the session that follows a broken one. */
  const joined = new Set<number>();

  const hold = async (): Promise<void> => {
    const session = await pool.connect();
    session.on('error', (error) => {
      session.release(error);
      client = undefined;
      log.warn({ reason: error.message }, 'the presence session broke; taking it up again');
      comeBack();
    });
    await session.query('select pg_advisory_lock($1, $2)', [PRESENCE, owner]);
    for (const what of joined) await session.query('select pg_advisory_lock_shared($1, $2)', [TOGETHER, what]);
    client = session;
  };
  const comeBack = (): void => {
    if (closed) return;
    returning = setTimeout(() => void hold().catch(comeBack), 1000);
    returning.unref();
  };

  await hold();
  return {
    owner,
    async join(what) {
      joined.add(what);
      const session = client;
      if (session === undefined) return 0;
      // Shared locks count heads; the server takes a dead process's away.
      await session.query('select pg_advisory_lock_shared($1, $2)', [TOGETHER, what]);
      const { rows } = await session.query<{ others: string }>(
        `select count(*) as others from pg_locks where locktype = 'advisory' and granted and classid = $1 and objid = $2 and pid <> pg_backend_pid()
           and database = (select oid from pg_database where datname = current_database())`,
        [TOGETHER, what],
      );
      return Number(rows[0]?.others ?? 0);
    },
    async together(what) {
      const { rows } = await pool.query<{ all: string }>(
        `select count(distinct pid) as all from pg_locks where locktype = 'advisory' and granted and classid = $1 and objid = $2
           and database = (select oid from pg_database where datname = current_database())`,
        [TOGETHER, what],
      );
      return Number(rows[0]?.all ?? 0);
    },
    async close() {
      closed = true;
      clearTimeout(returning);
      // Ends the session: a lock must not go back to the pool.
      client?.removeAllListeners('error');
      client?.on('error', () => undefined);
      client?.release(true);
      client = undefined;
    },
  };
}

/** First half of the locks of what only one process may do at a time; the second is what. */
const ALONE = 0x63_6d;
/** A server may need a moment to notice that the last holder died. */
const GONE_WITHIN_MS = 3000;

/** Held until released or until this process dies; null when another one still does `what` after `withinMs`. */
export async function holdAlone(
  pool: Pool,
  what: string,
  withinMs = GONE_WITHIN_MS,
): Promise<{ release(): Promise<void> } | null> {
  const session = await pool.connect();
  const ignore = (): void => undefined;
  session.on('error', ignore);
  const ask = async (how: 'pg_try_advisory_lock' | 'pg_advisory_unlock'): Promise<boolean> =>
    (await one<{ done: boolean }>(session, `select ${how}($1, hashtext($2)) as done`, [ALONE, what]))?.done === true;
  // A lock must not go back to the pool: where it was not given up for certain, the session ends with it.
  const leave = (clean: boolean): void => {
    session.off('error', ignore);
    session.release(!clean);
  };
  const deadline = Date.now() + withinMs;
  try {
    while (!(await ask('pg_try_advisory_lock'))) {
      if (Date.now() >= deadline) {
        leave(true);
        return null;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } catch (error) {
    leave(false);
    throw error;
  }
  return { release: async () => leave(await ask('pg_advisory_unlock').catch(() => false)) };
}
