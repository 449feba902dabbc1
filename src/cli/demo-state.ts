/**
 * How far a demo has come, in its ledger: what an interrupted one goes on from, and the day that `explain --demo` takes
 * for today.
 */
import { newsTime, type NewsTime } from '../core/time.ts';
import { readMeta } from '../ledger/meta.ts';
import type { Db } from '../ledger/sql.ts';

export interface DemoState {
  readonly news: NewsTime;
  readonly finished: boolean;
}

/** Null when none was played. */
export async function demoState(db: Db): Promise<DemoState | null> {
  const { news, finished } = ((await readMeta(db, 'demo')) ?? {}) as { news?: unknown; finished?: unknown };
  return typeof news === 'number' ? { news: newsTime(news), finished: finished === true } : null;
}

/** The news day that the demo in this ledger has come to; undefined when none was played. */
export async function demoDay(db: Db): Promise<NewsTime | undefined> {
  return (await demoState(db))?.news;
}
