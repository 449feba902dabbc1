/**
 * One connection that listens for all queues of this process.
 *
 * BullMQ keeps a connection for each worker, only to hear `NOTIFY bullmq_jobs, 'judge'`. Each is a process of the
 * server, for an install on a small machine 17 MB by the count of `ps`. The notification names the queue and BullMQ
 * filters by it, so one connection can serve all: a pool that lends the same one to everybody who asks.
 */
import { EventEmitter } from 'node:events';
import type { PgPool, PgPoolClient } from 'bullmq';
import { Client, type ClientConfig, type Notification, type Pool } from 'pg';

export interface ListeningPool {
  /** What BullMQ is given: queries go to the pool, `connect()` lends the listening connection. */
  readonly pool: PgPool;
  end(): Promise<void>;
}

export function listeningPool(queries: Pool, config: ClientConfig): ListeningPool {
  const borrowers = new Set<EventEmitter>();
  let listening: Promise<Client> | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let ended = false;

  const open = (): Promise<Client> => {
    const client = new Client({ ...config, keepAlive: true, keepAliveInitialDelayMillis: 10_000 });
    const opening = client.connect().then(() => client);
    const broken = (reason: Error): void => {
      if (listening !== opening) return;
      listening = null;
      // BullMQ gives its loan back on an error, borrows anew and listens again.
      for (const borrower of borrowers) if (borrower.listenerCount('error') > 0) borrower.emit('error', reason);
      client.end().catch(() => undefined);
    };
    client.on('error', broken);
    client.on('end', () => broken(new Error('the listening connection ended')));
    client.on('notification', (message: Notification) => {
      for (const borrower of borrowers) borrower.emit('notification', message);
    });
    opening.catch(broken);
    return opening;
  };

  const lend = async (): Promise<PgPoolClient> => {
    if (ended) throw new Error('the queue is closed');
    const client = await (listening ??= open());
    const borrower = new EventEmitter();
    // One for each job that a worker waits for.
    borrower.setMaxListeners(0);
    borrowers.add(borrower);
    const loan = {
      // One after the other: a client takes one query at a time, and its borrowers do not know of each other.
      query(text: string, values?: unknown[]) {
        const answer = turn.then(() => client.query(text, values));
        turn = answer.catch(() => undefined);
        return answer;
      },
      release: () => void borrowers.delete(borrower),
    };
    return Object.assign(borrower, loan);
  };

  const pool = {
    query: (text: string, values?: unknown[]) => queries.query(text, values),
    connect: lend,
    // BullMQ does not end a pool that it was given.
    end: () => Promise.resolve(),
    on: (event: 'error', listener: (error: Error) => void) => queries.on(event, listener),
    removeAllListeners: () => undefined,
    // Read by BullMQ: a silently dead connection will be noticed, so that a worker may wait for long.
    options: { keepAlive: true },
  };
  return {
    pool: pool as unknown as PgPool,
    async end() {
      ended = true;
      const client = await listening?.catch(() => null);
      listening = null;
      await client?.end();
    },
  };
}
