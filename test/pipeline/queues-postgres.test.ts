/**
 * The queue on PostgreSQL, the default without Redis: the contract, and its server in trouble.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { Client } from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { openQueues, type Queues } from '../../src/pipeline/queues.ts';
import { hearing, type Heard, queueContract } from '../contracts/queues.ts';
import { freshDatabase, type TestDatabase } from '../support/postgres.ts';

queueContract('PostgreSQL', async () => {
  const database = await freshDatabase({ migrated: false });
  return {
    open: (log) => openQueues({ redisUrl: null, postgres: database.poolConfig }, log),
    async forgetEverything() {
      await database.pool.query('delete from bullmq.job');
    },
    end: () => database.close(),
  };
});

async function onPostgres(
  body: (stage: { database: TestDatabase; queues: Queues; heard: Heard; seen: string[] }) => Promise<void>,
): Promise<void> {
  const database = await freshDatabase({ migrated: false });
  const heard = hearing();
  const seen: string[] = [];
  const queues = await openQueues({ redisUrl: null, postgres: database.poolConfig }, heard.log);
  try {
    queues.work('decide', 2, async ({ claimId }) => void seen.push(claimId));
    await body({ database, queues, heard, seen });
  } finally {
    await queues.close();
    await database.close();
  }
}

/**
 * As the sweep asks: under another name every second. A connection that is cut after a worker has taken a job, and before it
 * hears so, leaves that name locked for half a minute.
 */
const sweepUntilSeen = (queues: Queues, seen: readonly string[], id: string): Promise<void> =>
  vi.waitFor(
    async () => {
      await queues.enqueue('decide', { claimId: id }, { jobId: `${id}-${Math.floor(Date.now() / 1000)}` });
      expect(seen).toContain(id);
    },
    { timeout: 40_000, interval: 50 },
  );

describe('the queue on PostgreSQL', () => {
  // BullMQ dials Redis on localhost when an option or the factory is misspelt, and says nothing.
  test('opens no network connection at all, to Redis or anywhere', async () => {
    const dialled: string[] = [];
    const watch = (message: unknown): void => {
      const { socket } = message as { socket: Socket };
      socket.on('connectionAttempt', (address: string, port: number | undefined) => {
        // A unix socket has no port (and on Node 20 no event).
        if (port !== undefined) dialled.push(`${address}:${port}`);
      });
    };
    subscribe('net.client.socket', watch);
    try {
      await onPostgres(async ({ queues, seen }) => {
        await sweepUntilSeen(queues, seen, 'here');
        await queues.counts();
        await queues.health();
      });
    } finally {
      unsubscribe('net.client.socket', watch);
    }
    expect(dialled).toEqual([]);
  });

  test('all its connections cut, five times: no wake-up is missed', () =>
    onPostgres(async ({ database, queues, seen }) => {
      for (let round = 0; round < 5; round += 1) {
        await sweepUntilSeen(queues, seen, `round ${round}`);
        await database.pool.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name <> '' and pid <> pg_backend_pid()",
        );
      }
      await sweepUntilSeen(queues, seen, 'after');
    }));

  test('a database that refuses all connections for a while: enqueueing says no in time, the worker rests, and work goes on', () =>
    onPostgres(async ({ database, heard, seen }) => {
      // Another process works: whoever enqueues has no hand of its own.
      const queues = await openQueues({ redisUrl: null, postgres: database.poolConfig }, heard.log);
      await sweepUntilSeen(queues, seen, 'before');
      const name = String(database.poolConfig.database);
      const admin = await freshDatabase({ migrated: false });
      await admin.pool.query(`alter database ${name} with allow_connections false`);
      await admin.pool.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      const began = performance.now();
      const connecting = vi.spyOn(Client.prototype, 'connect');
      expect(await queues.enqueue('decide', { claimId: 'meanwhile' }, { jobId: 'meanwhile' })).toBe(false);
      expect(performance.now() - began).toBeLessThan(5_500);
      await vi.waitFor(() => expect(performance.now() - began).toBeGreaterThan(1_500), {
        timeout: 30_000,
        interval: 100,
      });
      expect(connecting.mock.calls.length).toBeLessThan(50);
      connecting.mockRestore();
      expect(heard.lines.filter(({ level }) => level !== 'debug').length).toBeLessThan(10);
      expect((await queues.health()).problem).toContain('does not answer');
      await admin.pool.query(`alter database ${name} with allow_connections true`);
      await admin.close();
      await sweepUntilSeen(queues, seen, 'after');
      await queues.close();
    }));

  test('four workers and their queues need four connections at most', () =>
    onPostgres(async ({ database, queues, seen }) => {
      queues.work('poll', 2, () => Promise.resolve());
      queues.work('judge', 2, () => Promise.resolve());
      queues.work('deliver', 2, () => Promise.resolve());
      await sweepUntilSeen(queues, seen, 'woken by the shared one');
      await queues.counts();
      const { rows } = await database.pool.query<{ count: number }>(
        `select count(*)::int from pg_stat_activity
         where datname = current_database() and application_name <> '' and pid <> pg_backend_pid()`,
      );
      expect(rows[0]?.count).toBeLessThanOrEqual(4);
    }));
});
