/**
 * What a queue carries, and what a store of queues must offer: the seam between queues.ts and Redis or PostgreSQL.
 */
import type { Job, Queue, Worker } from 'bullmq';

/** What each queue carries: ids of ledger rows, nothing else. */
export interface JobPayloads {
  poll: { readonly feedId: string };
  judge: { readonly articleId: string };
  reread: { readonly articleId: string };
  decide: { readonly claimId: string };
  deliver: { readonly alertId: string };
}
export type QueueName = keyof JobPayloads;
export const QUEUE_NAMES = ['poll', 'judge', 'reread', 'decide', 'deliver'] as const satisfies readonly QueueName[];

export interface QueueHealth {
  readonly reachable: boolean;
  readonly latencyMs: number | null;
  /** One sentence for the operator, or null. */
  readonly problem: string | null;
}

/** What differs between Redis and PostgreSQL, and nothing else. */
export interface QueueBackend {
  readonly describe: string;
  makeQueue(name: QueueName): Queue;
  makeWorker(
    name: QueueName,
    concurrency: number,
    run: (job: Job, token?: string, signal?: AbortSignal) => Promise<void>,
  ): Worker;
  /** A server of its own: the ledger may answer while this does not, and work is then done by hand. */
  readonly apart: boolean;
  /** False while a command would only wait for the connection. */
  ready(): boolean;
  health(): Promise<QueueHealth>;
  close(): Promise<void>;
}

/** Options of every queue and worker, on both backends. */
export const QUEUE_OPTIONS = {
  // Gone when finished, either way: a job id that stays behind would swallow the sweeper's next wake-up.
  defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  // We do not read BullMQ's event stream; it only takes room.
  streams: { events: { maxLen: 100 } },
} as const;

export const WORKER_OPTIONS = {
  // A stalled job is one whose process died. BullMQ's default gives up after one crash; the ledger decides here.
  maxStalledCount: 1_000_000,
  stalledInterval: 15_000,
  lockDuration: 30_000,
  // Seconds between looks at an empty queue, besides being woken: 5 by default, for nothing.
  drainDelay: 30,
  // How long a worker whose connection broke waits before it tries again: 15 s by default, an age after a restart.
  runRetryDelay: 2_000,
  // Totals for `claimwire check` and the metrics, kept by the queue's own store.
  metrics: { maxDataPoints: 60 },
} as const;
