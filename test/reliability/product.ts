/**
 * The product as a process of its own: the compiled program, started, heard, killed, frozen.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync } from 'node:fs';

export interface Product {
  readonly pid: number;
  /** Resolves when it works, or when it ended before that. */
  readonly ready: Promise<void>;
  /** How it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  alive(): boolean;
  signal(name: NodeJS.Signals): void;
}

export interface ProductOptions {
  /** dist/src/main.js */
  readonly program: string;
  readonly env: Readonly<Record<string, string>>;
  readonly roles: string;
  /** Gets everything it prints. */
  readonly logFile: string;
  /** Put before node, such as faketime. */
  readonly wrapper?: readonly string[];
}

export function startProduct(options: ProductOptions): Product {
  const words = [...(options.wrapper ?? []), process.execPath, options.program, 'run', '--roles', options.roles];
  const [command = '', ...rest] = words;
  const child: ChildProcess = spawn(command, rest, {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  let ready = (): void => undefined;
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  void ended.then(() => ready());
  let said = '';
  const hear = (chunk: Buffer): void => {
    appendFileSync(options.logFile, chunk);
    if (said.length < 20_000) said += chunk.toString();
    // The first line of a start that went well names the queue.
    if (said.includes('queue: ')) ready();
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  return {
    pid: child.pid ?? 0,
    ready: isReady,
    ended,
    alive: () => child.exitCode === null && child.signalCode === null,
    signal: (name) => void child.kill(name),
  };
}
