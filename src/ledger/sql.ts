/**
 * The few words of SQL plumbing that every table file shares.
 *
 * We write plain SQL over `pg`: the ledger leans on row locks, SKIP LOCKED, partial indexes and upserts, which read
 * best as what they are, and one dialect serves the embedded server and any Postgres >= 14.
 */
import type { Pool, PoolClient } from 'pg';
import { newsTime, type NewsTime } from '../core/time.ts';

/** Something that runs a query: the pool, or the client of an open transaction. */
export type Db = Pick<Pool | PoolClient, 'query'>;
export type Tx = PoolClient & { readonly inTransaction: true };

// Serialization failure, deadlock, lock not available: trying the whole transaction again is the documented answer.
const RETRY = new Set(['40001', '40P01', '55P03']);

/** Runs `work` in one transaction; retries it when Postgres asks for that (up to 5 times). */
export async function transaction<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await pool.connect();
    let broken: Error | undefined;
    // A server that goes away between two queries says so by an event, which would end the process if nobody listened.
    const broke = (error: Error): void => {
      broken = error;
    };
    client.on('error', broke);
    try {
      await client.query('begin');
      const result = await work(client as Tx);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((problem: unknown) => {
        broken = problem as Error;
      });
      const code = (error as { code?: unknown }).code;
      if (attempt < 5 && typeof code === 'string' && RETRY.has(code)) continue;
      throw error;
    } finally {
      client.off('error', broke);
      client.release(broken);
    }
  }
}

export async function rows<R extends object>(db: Db, text: string, values: readonly unknown[] = []): Promise<R[]> {
  return (await db.query<R>(text, [...values])).rows;
}

export async function one<R extends object>(
  db: Db,
  text: string,
  values: readonly unknown[] = [],
): Promise<R | undefined> {
  return (await rows<R>(db, text, values))[0];
}

export function newsTimeOf(date: Date): NewsTime {
  return newsTime(date.getTime());
}

/** Postgres text and jsonb refuse NUL; lone surrogates are refused by its UTF-8 check. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
