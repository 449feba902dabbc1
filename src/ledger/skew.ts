/**
 * How far this machine's clock is from the database's. Leases use the database's clock alone; news, deadlines, quiet hours
 * and Slack's signatures use ours, and a clock that is wrong by minutes makes them wrong in silence.
 */
import { one, type Db } from './sql.ts';

/** Slack refuses signatures five minutes off; a minute is far beyond what NTP leaves. */
export const MOST_SKEW_MS = 60_000;

/** Our clock minus the database's, in ms; the time of the question itself is halved out. */
export async function clockSkewMs(db: Db, now: () => number = Date.now): Promise<number> {
  const before = now();
  const row = await one<{ at: number }>(db, 'select (extract(epoch from clock_timestamp()) * 1000)::float8 as at');
  const after = now();
  return row === undefined ? 0 : Math.round((before + after) / 2 - row.at);
}

/** One sentence when the two are too far apart, else null. `whose`: "the database's". */
export function skewProblem(skewMs: number, whose: string): string | null {
  if (Math.abs(skewMs) <= MOST_SKEW_MS) return null;
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return `This machine's clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} ${whose}: set it right (NTP), or times in alerts, deadlines and signatures are wrong.`;
}
