/**
 * Clocks. In the field news time is wall time; the demo plays half a year in a minute.
 */
import { newsTime, wallTime, type Clock } from '../core/time.ts';

/** Like wall time, but never set back: for what must only grow. */
export const steadyMs = (): number => performance.timeOrigin + performance.now();

export const fieldClock: Clock = {
  news: () => newsTime(Date.now()),
  wall: () => wallTime(Date.now()),
};
