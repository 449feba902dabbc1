/**
 * Work: the loops and workers of one process. Roles choose which of them run here; any role may run on many machines.
 */
import { liftRefusals } from '../ledger/pauses.ts';
import { transaction } from '../ledger/sql.ts';
import { decideClaim } from './decide.ts';
import { deliverLane } from './deliver.ts';
import { watchQueue } from './health.ts';
import { judgeArticle } from './judge.ts';
import type { Newsroom } from './newsroom.ts';
import { pollFeed } from './poll.ts';
import { rereadArticle } from './reread.ts';
import { enqueueDueFeeds, sweep } from './sweep.ts';
import { timings } from './timings.ts';

export const ROLES = ['poll', 'judge', 'decide', 'deliver', 'discord', 'slack', 'web'] as const;
export type Role = (typeof ROLES)[number];

export interface Pace {
  /** How often due feeds are looked for. */
  readonly tickMs: number;
  /** See timings.ts. */
  readonly sweepMs: number;
}
export const USUAL_PACE: Pace = { tickMs: 1000, sweepMs: timings().sweepMs };

/** Jobs of that queue at once: most of them wait for a platform, and slots.ts says how many of one. */
const DELIVERIES = 32;
/** Of the 10 s that a stop may take. */
const END_AFTER_MS = 5000;

export interface Work {
  /** Stops taking new work and waits for what is under way. */
  close(): Promise<void>;
}

/** One sweeper at a time among all processes on this database; the lock goes with the transaction. */
const SWEEP_LOCK = 7_262_011;

/** A Redis may be told to throw jobs away while we run: within a minute somebody hears of it. */
const QUEUE_LOOK_MS = 30_000;

export function startWork(room: Newsroom, roles: ReadonlySet<Role>, pace: Pace = USUAL_PACE): Work {
  const { queues } = room;
  const stopping = new AbortController();
  const ended = new AbortController();
  const stops = { stopping: stopping.signal, ended: ended.signal };
  // Polling is waiting: with so many places a handful of servers that never answer delay nobody.
  if (roles.has('poll')) queues.work('poll', 32, ({ feedId }) => pollFeed(room, feedId, stopping.signal));
  if (roles.has('judge')) queues.work('judge', 2, ({ articleId }) => judgeArticle(room, articleId));
  if (roles.has('judge') && room.second !== null)
    queues.work('reread', 2, ({ articleId }, signal) => rereadArticle(room, articleId, signal));
  if (roles.has('decide')) queues.work('decide', 2, ({ claimId }) => decideClaim(room, claimId));
  if (roles.has('deliver')) queues.work('deliver', DELIVERIES, ({ alertId }) => deliverLane(room, alertId, stops));

  // A start tries again what had refused our token.
  if (roles.has('deliver'))
    liftRefusals(room.pool).catch((error: unknown) =>
      room.log.warn({ step: 'deliver', err: error }, 'pauses stand as they were'),
    );

  const loops = [
    repeat(room, 'sweep', pace.sweepMs, async () => {
      await transaction(room.pool, async (tx) => {
        const { rows } = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [
          SWEEP_LOCK,
        ]);
        if (rows[0]?.mine === true) await sweep(room);
      });
    }),
  ];
  loops.push(repeat(room, 'queue', QUEUE_LOOK_MS, watchQueue(room)));
  if (roles.has('poll')) loops.push(repeat(room, 'tick', pace.tickMs, () => enqueueDueFeeds(room)));
  return {
    async close() {
      // A server that keeps us waiting must not keep us from stopping.
      stopping.abort();
      // A platform that keeps us waiting neither: what is under way then is looked up at the next start.
      const late = setTimeout(() => ended.abort(), END_AFTER_MS);
      late.unref();
      await Promise.all(loops.map((loop) => loop.stop()));
      await queues.close();
    },
  };
}

/** Runs `turn` every `ms` until stopped, never twice at once. A failing turn is logged once per minute and tried again. */
function repeat(room: Newsroom, name: string, ms: number, turn: () => Promise<unknown>): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let complained = -Infinity;
  let current: Promise<void> = Promise.resolve();
  const go = async (): Promise<void> => {
    try {
      await turn();
    } catch (error) {
      if (performance.now() - complained > 60_000) {
        complained = performance.now();
        room.log.error({ step: name, err: error }, `${name} failed and will be tried again`);
      }
    }
    if (!stopped) timer = setTimeout(start, ms);
  };
  const start = (): void => {
    current = go();
  };
  start();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
