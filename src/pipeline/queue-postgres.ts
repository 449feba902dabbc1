/**
 * BullMQ on PostgreSQL, for an installation without Redis: schema `bullmq` beside the ledger's `claimwire`.
 *
 * Never call setGlobalConcurrency here: while its limit is reached and jobs wait, BullMQ 6.7's worker asks the
 * database 2,800 times a second.
 */
import type { Job, Queue, Worker } from 'bullmq';
import { Pool, type PoolConfig } from 'pg';
import type { Log } from '../core/log.ts';
import { bullmq } from './bullmq.ts';
import { QUEUE_OPTIONS, type QueueBackend, type QueueHealth, WORKER_OPTIONS } from './queue-backend.ts';
import { listeningPool } from './queue-listen.ts';

/** Besides the one that listens. A queue's query takes 2 to 4 ms, and we have less than 50 in a second. */
const CONNECTIONS = 2;
/** On the built-in server a connection is a process: those of a burst should not stay for long. */
const IDLE_CONNECTION_MS = 2_000;

/** BullMQ 6.7 looks for its tables here, whatever the search path of the pool it is given. */
const SCHEMA = 'bullmq';

/** `namespace` keeps several installations on one server apart: it goes before each queue's name. */
export async function postgresBackend(database: PoolConfig, namespace: string, log: Log): Promise<QueueBackend> {
  const config: PoolConfig = {
    ...database,
    application_name: 'claimwire-queue',
    // A pool that BullMQ is handed decides the schema by its search path; BullMQ's own `schema` option is ignored then.
    options: `-c search_path=${SCHEMA}`,
    keepAlive: true,
  };
  const pool = new Pool({ ...config, max: CONNECTIONS, idleTimeoutMillis: IDLE_CONNECTION_MS });
  // Each queue and worker adds its own listener to the pool we share between them.
  pool.setMaxListeners(0);
  pool.on('error', (error) => log.debug({ reason: error.message }, 'an idle queue connection broke'));
  try {
    const client = await pool.connect();
    // The query that is under way says what broke.
    client.on('error', () => undefined);
    try {
      // BullMQ does not migrate by itself, and its advisory lock needs one session.
      await bullmq.runMigrations(client, SCHEMA);
    } finally {
      client.release(true);
    }
  } catch (error) {
    await pool.end();
    throw error;
  }

  // Without the factory BullMQ would dial Redis on localhost, whatever the connection is: see the contract test.
  const listening = listeningPool(pool, config);
  const connection = listening.pool;
  return {
    describe: `BullMQ on PostgreSQL (schema ${SCHEMA})`,
    apart: false,
    makeQueue: (name) =>
      new bullmq.Queue(
        `${namespace}${name}`,
        { connection, ...QUEUE_OPTIONS },
        bullmq.createPostgresBackend,
      ) as unknown as Queue,
    makeWorker: (name, concurrency, run) =>
      new bullmq.Worker(
        `${namespace}${name}`,
        (job: Job, token?: string, signal?: AbortSignal) => run(job, token, signal),
        { connection, concurrency, ...WORKER_OPTIONS },
        bullmq.createPostgresBackend,
      ) as unknown as Worker,
    ready: () => true,
    health: () => health(pool),
    async close() {
      await listening.end();
      await pool.end();
    },
  };
}

async function health(pool: Pool): Promise<QueueHealth> {
  const before = performance.now();
  try {
    await pool.query('select 1');
    return { reachable: true, latencyMs: performance.now() - before, problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { reachable: false, latencyMs: null, problem: `The queue's PostgreSQL does not answer: ${reason}` };
  }
}
