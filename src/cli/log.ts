/**
 * The log, bounded: whatever fails a thousand times a second, at most 20 lines a second are written. Trouble has places of its own, so that
 * no flood of ordinary turns displaces it. What is left out is counted in one line.
 */
import pino, { type Logger } from 'pino';

/** Lines a second: ordinary ones, and warnings and errors. */
const PLACES = { ordinary: 11, trouble: 8 } as const;
const SECOND = 1000;
const WARN = 40;

/** Counts lines by the second. Returns whether this one may be written, and how many were left out in an earlier second. */
export function lineLimit(
  now: () => number = () => performance.now(),
): (level: number) => { write: boolean; left: number } {
  let began = now();
  const used = { ordinary: 0, trouble: 0 };
  let leftOut = 0;
  return (level) => {
    const kind = level >= WARN ? 'trouble' : 'ordinary';
    let left = 0;
    if (now() - began >= SECOND) {
      began = now();
      used.ordinary = used.trouble = 0;
      left = leftOut;
      leftOut = 0;
    }
    used[kind] += 1;
    const write = used[kind] <= PLACES[kind];
    if (!write) leftOut += 1;
    return { write, left };
  };
}

export function openLog(destination: pino.DestinationStream, level: string): Logger {
  const limit = lineLimit();
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['token', 'authorization', '*.token', '*.authorization'],
      hooks: {
        logMethod(args, method, at) {
          const { write, left } = limit(at);
          if (left > 0) method.apply(this, [{ left }, 'more lines than 20 a second: some were left out']);
          if (write) method.apply(this, args);
        },
      },
    },
    destination,
  );
}
