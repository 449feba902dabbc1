/**
 * How far a demo has come, in its ledger: what an interrupted one goes on from, and the day that `explain --demo` takes
 * for today.
 */
import { newsTime, type NewsTime } from '../core/time.ts';
import { readMeta, writeMeta } from '../ledger/meta.ts';
import type { Db } from '../ledger/sql.ts';

export interface DemoState {
  readonly news: NewsTime;
  readonly finished: boolean;
  /** How long it has played, over all its runs, in ms; and in how many. */
  readonly ranMs: number;
  readonly runs: number;
}

/** Null when none was played. */
export async function demoState(db: Db): Promise<DemoState | null> {
  const { news, finished, ranMs, runs } = ((await readMeta(db, 'demo')) ?? {}) as Partial<
    Record<keyof DemoState, unknown>
  >;
  return typeof news === 'number'
    ? { news: newsTime(news), finished: finished === true, ranMs: Number(ranMs ?? 0), runs: Number(runs ?? 1) }
    : null;
}

export async function saveDemoState(db: Db, state: DemoState): Promise<void> {
  await writeMeta(db, 'demo', state);
}

/** The news day that the demo in this ledger has come to; undefined when none was played. */
export async function demoDay(db: Db): Promise<NewsTime | undefined> {
  return (await demoState(db))?.news;
}
