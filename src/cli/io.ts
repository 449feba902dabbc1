/**
 * What a command may touch of the outside: lines out, lines to people, its environment and the signal to stop.
 */
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

/** 0 done, 1 a failure that was explained, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2;

/** A failure with a sentence for people: printed as it stands, without a stack. */
export class Explained extends Error {
  override readonly name = 'Explained';
}
