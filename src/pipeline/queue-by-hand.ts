/**
 * Work without the queue. When it takes nothing (Redis down, full or silent), a process does what it would have queued by
 * itself, as many at a time as its workers would: the ledger says what is undone and keeps two from doing one thing, so
 * that alerts go out while the queue is away, and a queue that comes back half-way changes nothing.
 */
import type { Log } from '../core/log.ts';
import type { JobPayloads, QueueName } from './queue-backend.ts';

type Handler = (payload: never, signal: AbortSignal | undefined) => Promise<void>;

interface Hand {
  readonly concurrency: number;
  readonly handler: Handler;
  /** Ids of the jobs under way. */
  readonly busy: Set<string>;
}

export interface ByHand {
  /** This process has workers for that queue. */
  offer<Name extends QueueName>(
    name: Name,
    concurrency: number,
    handler: (payload: JobPayloads[Name], signal: AbortSignal | undefined) => Promise<void>,
  ): void;
  /** False when there is no hand free, or none for that queue: the sweeper asks again. */
  run<Name extends QueueName>(name: Name, payload: JobPayloads[Name], jobId: string): boolean;
  running(): number;
  /** Aborts what is under way: the process ends. */
  end(): void;
}

export function openByHand(log: Log): ByHand {
  const hands = new Map<QueueName, Hand>();
  const ended = new AbortController();

  async function work(name: QueueName, hand: Hand, payload: unknown, jobId: string): Promise<void> {
    try {
      await hand.handler(payload as never, ended.signal);
    } catch (error) {
      log.warn({ queue: name, job: jobId, err: error }, 'a job failed; the sweeper will bring it back');
    } finally {
      hand.busy.delete(jobId);
    }
  }

  return {
    offer: (name, concurrency, handler) => void hands.set(name, { concurrency, handler, busy: new Set() }),
    run(name, payload, jobId) {
      const hand = hands.get(name);
      if (hand === undefined || ended.signal.aborted) return false;
      if (hand.busy.has(jobId)) return true;
      if (hand.busy.size >= hand.concurrency) return false;
      hand.busy.add(jobId);
      void work(name, hand, payload, jobId);
      return true;
    },
    running: () => [...hands.values()].reduce((sum, hand) => sum + hand.busy.size, 0),
    end: () => ended.abort(),
  };
}
