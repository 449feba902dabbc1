/**
 * The queues between the steps: a wake-up call and a way to share work, never a memory.
 *
 *     const queues = await openQueues({ redisUrl: null, postgres: database.poolConfig }, log);
 *     queues.work('judge', 4, async ({ articleId }) => judgeStep(articleId));
 *     await queues.enqueue('judge', { articleId: '812' }, { jobId: '812-r1' });
 *
 * Everything a job means stands in the ledger. A job that is lost, doubled or delivered late changes nothing but the
 * moment: the sweeper re-enqueues from the ledger, and each step leaves alone what is already done.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Queue, Worker } from 'bullmq';
import type { PoolConfig } from 'pg';
import type { Log } from '../core/log.ts';
import { type JobPayloads, QUEUE_NAMES, type QueueBackend, type QueueHealth, type QueueName } from './queue-backend.ts';
import { openByHand, type ByHand } from './queue-by-hand.ts';
import { postgresBackend } from './queue-postgres.ts';
import { redisBackend } from './queue-redis.ts';
import { restWhenInTrouble } from './queue-rest.ts';

interface Retry {
  /** Tries in all before the job is dropped and the sweeper's turn comes. */
  readonly attempts: number;
  /** Wait before the second try; doubles with each further one. */
  readonly firstPauseMs: number;
}

/** Every retry number of the pipeline. */
const RETRY: Readonly<Record<QueueName, Retry>> = {
  // The feed's own schedule in the ledger says when to try again.
  poll: { attempts: 1, firstPauseMs: 0 },
  judge: { attempts: 5, firstPauseMs: 500 },
  // The sweeper asks again once the model has rested.
  reread: { attempts: 1, firstPauseMs: 0 },
  // Two deciders on one claim wait for its row lock; a timeout there passes quickly.
  decide: { attempts: 5, firstPauseMs: 250 },
  // The outbox is the only retrier of deliveries: it knows what was sent and what the platform said.
  deliver: { attempts: 1, firstPauseMs: 0 },
};

interface QueueCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  /** Finished since this queue was made, by any process. */
  readonly done: number;
  /** Dropped after the last attempt, by any process; the sweeper brings them back. */
  readonly gaveUp: number;
}

export interface Queues {
  /** 'BullMQ on Redis at cache.example.com:6379/0': for the first lines of a start. */
  readonly describe: string;
  /**
   * Wakes a step. When a Redis cannot take it within 5 s, this process does it itself if it works that queue and has a
   * hand free; else false, and the ledger's sweeper will see to it. Never throws and never hangs for longer. While a job with
   * the same `jobId` waits or runs, this changes nothing.
   */
  enqueue<Name extends QueueName>(
    name: Name,
    payload: JobPayloads[Name],
    options: { jobId: string; delayMs?: number },
  ): Promise<boolean>;
  /**
   * Starts working a queue in this process, `concurrency` jobs at a time. A handler that throws is tried again by the
   * table above. `signal` aborts when the process is shutting down and the 10 s are nearly over.
   */
  work<Name extends QueueName>(
    name: Name,
    concurrency: number,
    handler: (payload: JobPayloads[Name], signal: AbortSignal | undefined) => Promise<void>,
  ): void;
  /** Throws when the queue does not answer within 5 s. */
  counts(): Promise<Record<QueueName, QueueCounts>>;
  health(): Promise<QueueHealth>;
  /** Lets running jobs end (7 s), then drops them: the ledger knows. Safe to call twice. */
  close(): Promise<void>;
}

const ANSWER_WITHIN_MS = 5_000;
/** After a failed enqueue the queue is left alone for this long, then longer: polling must not wait 5 s for each article. */
const QUIET_AFTER_FAILURE_MS = 2_000;
const LONGEST_QUIET_MS = 16_000;
/** Together with the seconds below: 10 s in all. */
const CLOSE_GRACEFULLY_WITHIN_MS = 7_000;
/** With no job running there is nothing to wait for but a goodbye to a server that may be gone. */
const CLOSE_IDLE_WITHIN_MS = 1_500;

/**
 * Opens the queues on Redis when `redisUrl` is set, else on PostgreSQL (schema `bullmq`, migrated here).
 * Redis may be down: then this still returns, `health()` says so, and work begins when it comes up.
 */
export async function openQueues(
  config: { redisUrl: string | null; postgres: PoolConfig; prefix?: string; namespace?: string },
  log: Log,
): Promise<Queues> {
  const backend =
    config.redisUrl === null
      ? await postgresBackend(config.postgres, config.namespace ?? '', log)
      : await redisBackend({ url: config.redisUrl, prefix: config.prefix ?? '{claimwire}' }, log);
  return queuesOn(backend, log);
}

function queuesOn(backend: QueueBackend, log: Log): Queues {
  const complain = rarely(log);
  const queues = new Map<QueueName, Queue>();
  const workers: Worker[] = [];
  const watchers: (() => void)[] = [];
  let running = 0;
  let quietUntil = -Infinity;
  let quiet = QUIET_AFTER_FAILURE_MS;
  const hands = openByHand(log);
  let closing: Promise<void> | null = null;

  const queueOf = (name: QueueName): Queue => {
    let queue = queues.get(name);
    if (queue === undefined) {
      queue = backend.makeQueue(name);
      queue.on('error', (error) => complain(name, error));
      queues.set(name, queue);
    }
    return queue;
  };

  return {
    describe: backend.describe,

    async enqueue(name, payload, { jobId, delayMs = 0 }) {
      if (closing !== null) return false;
      // What was to wait is found by the sweeper when its time has come.
      const byHand = (): boolean => backend.apart && delayMs <= 0 && hands.run(name, payload, jobId);
      if (performance.now() < quietUntil || !backend.ready()) return byHand();
      const { attempts, firstPauseMs } = RETRY[name];
      const add = (): Promise<unknown> =>
        queueOf(name).add(name, payload, {
          jobId: jobIdFor(name, jobId),
          // PostgreSQL's backend takes whole milliseconds only.
          delay: Math.ceil(delayMs),
          attempts,
          backoff: { type: 'exponential', delay: firstPauseMs },
        });
      try {
        // Once more: after a restart of the server the first try meets a connection that has just died, and the pause
        // lets the other dead ones be noticed.
        const added = add().catch(() => pause(100).then(add));
        await within(ANSWER_WITHIN_MS, added, `${name} queue did not answer within ${ANSWER_WITHIN_MS} ms`);
        quiet = QUIET_AFTER_FAILURE_MS;
        return true;
      } catch (error) {
        quietUntil = performance.now() + quiet;
        quiet = Math.min(quiet * 2, LONGEST_QUIET_MS);
        complain(name, error);
        return closing === null && byHand();
      }
    },

    work(name, concurrency, handler) {
      if (closing !== null) throw new Error(`work('${name}') after close`);
      hands.offer(name, concurrency, handler);
      const worker = backend.makeWorker(name, concurrency, async (job, _token, signal) => {
        running += 1;
        try {
          await handler(job.data as JobPayloads[typeof name], signal);
        } finally {
          running -= 1;
        }
      });
      worker.on('error', (error) => complain(name, error));
      worker.on('failed', (job, error) => {
        const last = job === undefined || job.attemptsMade >= (job.opts.attempts ?? 1);
        const sentence = last
          ? 'a job failed for the last time; the sweeper will bring it back'
          : 'a job failed and is tried again';
        log.warn({ queue: name, job: job?.id, attempt: job?.attemptsMade, err: error }, sentence);
      });
      watchers.push(restWhenInTrouble(worker));
      workers.push(worker);
    },

    async counts() {
      const counted = QUEUE_NAMES.map(async (name) => [name, await countsOf(queueOf(name))] as const);
      const all = await within(
        ANSWER_WITHIN_MS,
        Promise.all(counted),
        `the queue did not answer within ${ANSWER_WITHIN_MS} ms`,
      );
      return Object.fromEntries(all) as Record<QueueName, QueueCounts>;
    },

    health: () => backend.health(),

    close() {
      for (const stopWatching of watchers) stopWatching();
      return (closing ??= closeAll(workers, [...queues.values()], backend, () => running, hands, log));
    },
  };
}

async function countsOf(queue: Queue): Promise<QueueCounts> {
  const jobs = await queue.getJobCounts('waiting', 'active', 'delayed');
  const [done, gaveUp] = await Promise.all([queue.getMetrics('completed', 0, 0), queue.getMetrics('failed', 0, 0)]);
  return {
    waiting: jobs['waiting'] ?? 0,
    active: jobs['active'] ?? 0,
    delayed: jobs['delayed'] ?? 0,
    done: done.meta.count,
    gaveUp: gaveUp.meta.count,
  };
}

async function closeAll(
  workers: readonly Worker[],
  queues: readonly Queue[],
  backend: QueueBackend,
  queued: () => number,
  hands: ByHand,
  log: Log,
): Promise<void> {
  const running = (): number => queued() + hands.running();
  const workersEnd = { all: false };
  void Promise.allSettled(workers.map((worker) => worker.close())).then(() => (workersEnd.all = true));
  const began = performance.now();
  let idleSince: number | null = null;
  while ((!workersEnd.all || hands.running() > 0) && performance.now() - began < CLOSE_GRACEFULLY_WITHIN_MS) {
    if (running() > 0) idleSince = null;
    else if (performance.now() - (idleSince ??= performance.now()) > CLOSE_IDLE_WITHIN_MS) break;
    await pause(20);
  }
  if (running() > 0) {
    log.warn({ jobs: running() }, 'some jobs did not end in time and are dropped; they run again at the next start');
    for (const worker of workers) worker.cancelAllJobs('shutting down');
  }
  hands.end();
  const stuck = workersEnd.all ? [] : workers;
  await settled(
    1_000,
    stuck.map((worker) => worker.disconnect()),
  );
  await settled(
    1_000,
    queues.map((queue) => queue.close()),
  );
  await settled(500, [backend.close()]);
}

/** Waits for all of them, but not for longer than that. */
async function settled(ms: number, promises: readonly Promise<unknown>[]): Promise<void> {
  await within(ms, Promise.allSettled(promises), 'late').catch(() => undefined);
}

/** BullMQ refuses ':' in ids and ids that are integers; the name in front makes both impossible. */
function jobIdFor(name: QueueName, key: string): string {
  return `${name}-${encodeURIComponent(key)}`;
}

async function within<T>(ms: number, promise: Promise<T>, message: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(message)), ms);
  });
  // Who loses the race may still reject; nobody waits for it any more.
  promise.catch(() => undefined);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A queue in trouble repeats itself thousands of times a second (a full Redis: 14,718 errors in 5 s). One line in 10 s will do. */
function rarely(log: Log): (queue: QueueName, error: unknown) => void {
  const heard = new Map<string, { at: number; swallowed: number }>();
  return (queue, error) => {
    const reason = error instanceof Error ? error.message : String(error);
    const key = reason.slice(0, 60);
    const before = heard.get(key);
    if (before !== undefined && performance.now() - before.at < 10_000) {
      before.swallowed += 1;
      return;
    }
    // Messages that differ in an id each time must not grow this for ever.
    if (heard.size > 100) heard.clear();
    heard.set(key, { at: performance.now(), swallowed: 0 });
    log.warn({ queue, reason, repeated: before?.swallowed ?? 0 }, 'the queue has trouble; the ledger keeps everything');
  };
}
