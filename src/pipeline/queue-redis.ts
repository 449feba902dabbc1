/**
 * BullMQ on Redis through ioredis: the production queue (`REDIS_URL`).
 *
 * Keys begin with `{claimwire}:`; the braces keep all of them in one slot of a Redis Cluster.
 */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../core/log.ts';
import { bullmq } from './bullmq.ts';
import { QUEUE_OPTIONS, type QueueBackend, type QueueHealth, WORKER_OPTIONS } from './queue-backend.ts';

/** A Redis that hangs (stopped, network gone) lets a command wait for ever unless we say how long. */
const COMMAND_TIMEOUT_MS = 4_000;
const FIRST_CONNECTION_WITHIN_MS = 1_000;
/** Workers block for at most 30 s (drainDelay) in one command; a connection that is silent for longer is dead. */
const SILENT_CONNECTION_MS = 45_000;

export async function redisBackend(config: { url: string; prefix: string }, log: Log): Promise<QueueBackend> {
  const options = {
    // Tries again for ever, at most 2 s apart: Redis may come up long after us.
    retryStrategy: (times: number) => Math.min(times * 100, 2_000),
    enableReadyCheck: true,
    keepAlive: 10_000,
    connectTimeout: 5_000,
  };
  const clients: Redis[] = [];
  let lastError = 'no connection yet';
  const connect = (more: Partial<RedisOptions>): Redis => {
    const client = new Redis(config.url, { ...options, ...more } as RedisOptions & { replyMapping?: never });
    // Queue and worker pass these on to our log, rarely; without a listener ioredis prints each of them.
    client.on('error', (error: NodeJS.ErrnoException) => {
      // Two addresses refused (::1 and 127.0.0.1) make an error without a message.
      lastError = error.message === '' ? (error.code ?? 'unknown error') : error.message;
      log.debug({ reason: lastError }, 'redis connection error');
    });
    client.setMaxListeners(0);
    clients.push(client);
    return client;
  };
  const producing = connect({
    maxRetriesPerRequest: 1,
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: 2 * COMMAND_TIMEOUT_MS,
  });
  // Shared by the workers; each adds one of its own that blocks until a job comes. Not `lazyConnect`: BullMQ would
  // give such a client one try, and a worker started before Redis would never work. BullMQ demands null retries.
  let consuming: Redis | null = null;
  const consumer = (): Redis =>
    (consuming ??= connect({ maxRetriesPerRequest: null, socketTimeout: SILENT_CONNECTION_MS }));
  // A Redis that is there answers by then; one that is not must not delay the start.
  await Promise.race([once(producing, 'ready'), pause(FIRST_CONNECTION_WITHIN_MS, null, { ref: false })]).catch(
    () => undefined,
  );
  const { host = 'localhost', port = 6379, db = 0 } = producing.options;
  const place = `${host}:${port}/${db}`;
  const { prefix } = config;
  return {
    describe: `BullMQ on Redis at ${place}`,
    apart: true,
    makeQueue: (name) =>
      new bullmq.Queue(name, { connection: producing, prefix, ...QUEUE_OPTIONS }, bullmq.createRedisBackend),
    makeWorker: (name, concurrency, run) =>
      new bullmq.Worker(
        name,
        (job: Job, token?: string, signal?: AbortSignal) => run(job, token, signal),
        { connection: consumer(), concurrency, prefix, ...WORKER_OPTIONS },
        bullmq.createRedisBackend,
      ),
    ready: () => producing.status === 'ready',
    health: () => health(producing, place, lastError),
    close: async () => {
      for (const client of clients) client.disconnect();
      await Promise.resolve();
    },
  };
}

/** BullMQ's Lua scripts are tested from this version on. */
const OLDEST_VERSION = [6, 2] as const;

async function health(redis: Redis, place: string, lastError: string): Promise<QueueHealth> {
  const before = performance.now();
  let told: string;
  try {
    // A command would wait for the connection.
    if (redis.status !== 'ready') throw new Error(lastError);
    told = await redis.info();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const problem = `Redis at ${place} (REDIS_URL) does not answer: ${reason}. Nothing is lost: until it is back each process works by itself.`;
    return { reachable: false, latencyMs: null, problem };
  }
  return { reachable: true, latencyMs: performance.now() - before, problem: problemIn(told, place) };
}

function problemIn(info: string, place: string): string | null {
  const field = (name: string): string | undefined => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim();
  const policy = field('maxmemory_policy');
  // Measured: allkeys-lru silently dropped 2,983 of 3,000 acknowledged jobs.
  if (policy !== undefined && policy !== 'noeviction') {
    return `Redis at ${place} may throw jobs away (maxmemory-policy is ${policy}). Set it to noeviction.`;
  }
  const version = field('redis_version') ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (version !== '' && (major < OLDEST_VERSION[0] || (major === OLDEST_VERSION[0] && minor < OLDEST_VERSION[1]))) {
    return `Redis at ${place} is version ${version}; BullMQ needs ${OLDEST_VERSION.join('.')} or newer.`;
  }
  if (field('role') === 'slave') return `Redis at ${place} is a read-only replica. REDIS_URL must name the primary.`;
  return null;
}
