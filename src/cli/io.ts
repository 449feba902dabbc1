/**
 * What a command may touch of the outside: lines out, lines to people, its environment and the signal to stop.
 */
import type { StreamEvent } from '../pipeline/stream.ts';

export interface Io {
  /** One line to standard output. */
  readonly out: (line: string) => void;
  /** One line to standard error. */
  readonly err: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream;
  /** Aborted by SIGINT or SIGTERM. */
  readonly stop: AbortSignal;
}

/**
 * `--json`: events as lines on standard output. What the terminal posts it has written by itself, in one go with its mark:
 * a death in between can neither drop nor repeat that line.
 */
export function jsonLines(io: Io): (event: StreamEvent) => void {
  return (event) => {
    if (event.type !== 'alert' || event.platform !== 'console') io.out(JSON.stringify(event));
  };
}

/** 0 done, 1 a failure that was explained, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** A failure with a sentence for people: printed as it stands, without a stack. */
export class Explained extends Error {
  override readonly name = 'Explained';
}
