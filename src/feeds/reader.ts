/**
 * Reads feeds in a worker thread that can be ended: whatever a document does to the parser, the process that polls,
 * judges and delivers goes on, and the document is refused after a deadline.
 *
 *     const reader = openReader();
 *     const result = await reader.feed(bytes, { contentType, url, fetchedAt });
 *     await reader.close();
 */
import { Worker } from 'node:worker_threads';
import type { ReadPage } from './page.ts';
import type { ReadDocument, ReadFailure, ReadHint, ReadResult } from './read.ts';
import type { READY, ReadAnswer, ReadTask } from './reader-worker.ts';

export interface ReaderOptions {
  /** For one document; an honest one of 8 MB takes about 0.2 s. */
  readonly deadlineMs?: number;
  /** For a new thread until it can read. */
  readonly startMs?: number;
  readonly memoryMb?: number;
  /** The built worker. From sources (tests) there is none, and reading happens in this thread. */
  readonly worker?: URL | null;
}

export interface Reader {
  /** Documents are read one after the other. Never rejects for anything the bytes do. */
  feed(bytes: Uint8Array, hint: ReadHint): Promise<ReadResult>;
  /** The same before it is made plain. */
  document(bytes: Uint8Array, hint: ReadHint): Promise<ReadDocument>;
  /** A web page's article. */
  page(bytes: Uint8Array, hint: ReadHint): Promise<ReadPage>;
  /** Starts the thread before there is something to read: loading it takes a third of a second. */
  warm(): void;
  close(): Promise<void>;
}

const DEADLINE = 5_000;
/** Loading takes a third of a second, and on a machine that swaps many; no document is to blame for that. */
const START = 60_000;
const MEMORY = 192;
/** Documents the thread has beside the one it reads, so that it never waits for us. */
const AHEAD = 4;

export function openReader(options: ReaderOptions = {}): Reader {
  const built = import.meta.url.endsWith('.js') ? new URL('./reader-worker.js', import.meta.url) : null;
  const worker = options.worker === undefined ? built : options.worker;
  if (worker !== null) return new ThreadReader(worker, options);
  return {
    feed: async (bytes, hint) => (await import('./read.ts')).readFeed(bytes, hint),
    document: async (bytes, hint) => (await import('./read.ts')).readDocument(bytes, hint),
    page: async (bytes, hint) => (await import('./page.ts')).readPage(bytes, hint),
    warm: () => undefined,
    close: () => Promise.resolve(),
  };
}

interface Waiting {
  readonly task: ReadTask;
  readonly answer: (result: ReadAnswer['result']) => void;
}

class ThreadReader implements Reader {
  private readonly file: URL;
  private readonly deadlineMs: number;
  private readonly startMs: number;
  private readonly memoryMb: number;
  private readonly queue: Waiting[] = [];
  private thread: Worker | null = null;
  private ready = false;
  /** With the thread, in order; the first is being read. */
  private given: Waiting[] = [];
  private timer: NodeJS.Timeout | null = null;
  private number = 0;
  private closed = false;

  constructor(file: URL, options: Omit<ReaderOptions, 'worker'>) {
    this.file = file;
    this.deadlineMs = options.deadlineMs ?? DEADLINE;
    this.startMs = options.startMs ?? START;
    this.memoryMb = options.memoryMb ?? MEMORY;
  }

  async feed(bytes: Uint8Array, hint: ReadHint): Promise<ReadResult> {
    return (await this.ask('feed', bytes, hint)) as ReadResult;
  }

  async document(bytes: Uint8Array, hint: ReadHint): Promise<ReadDocument> {
    return (await this.ask('document', bytes, hint)) as ReadDocument;
  }

  async page(bytes: Uint8Array, hint: ReadHint): Promise<ReadPage> {
    return (await this.ask('page', bytes, hint)) as ReadPage;
  }

  warm(): void {
    if (!this.closed) this.started().unref();
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.end('the reader was closed');
  }

  private ask(want: ReadTask['want'], bytes: Uint8Array, hint: ReadHint): Promise<ReadAnswer['result']> {
    if (this.closed) return Promise.resolve(refusal('the reader was closed'));
    return new Promise((answer) => {
      this.number += 1;
      this.queue.push({ task: { number: this.number, want, bytes, hint }, answer });
      this.next();
    });
  }

  private next(): void {
    if (this.given.length + this.queue.length === 0) {
      // An idle thread must not keep the process alive.
      this.thread?.unref();
      return;
    }
    const thread = this.started();
    thread.ref();
    while (this.given.length <= AHEAD) {
      const waiting = this.queue.shift();
      if (waiting === undefined) break;
      this.given.push(waiting);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      thread.postMessage(waiting.task);
    }
    const [wait, why] = this.ready
      ? [this.deadlineMs, 'reading it took longer than']
      : [this.startMs, 'the reading thread did not start within'];
    this.timer ??= setTimeout(() => void this.end(`${why} ${wait / 1000} s`), wait);
  }

  private started(): Worker {
    if (this.thread !== null) return this.thread;
    const thread = new Worker(this.file, {
      resourceLimits: { maxOldGenerationSizeMb: this.memoryMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    });
    thread.on('message', (answer: ReadAnswer | typeof READY) => {
      if (this.thread !== thread) return;
      if (answer === 'ready') {
        this.ready = true;
        this.unwatch();
        this.next();
      } else if (this.given[0]?.task.number === answer.number) this.settle(answer.result);
    });
    thread.on('error', (error: Error) => {
      if (this.thread !== thread) return;
      const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      void this.end(
        memory ? `reading it needed more than ${this.memoryMb} MB` : `reading it failed (${error.message})`,
      );
    });
    thread.on('exit', () => {
      if (this.thread === thread) void this.end('the reading thread ended');
    });
    this.thread = thread;
    this.ready = false;
    return thread;
  }

  /** The first of the given is done; the deadline of the next begins. */
  private settle(result: ReadAnswer['result']): void {
    const done = this.given.shift();
    this.unwatch();
    done?.answer(result);
    this.next();
  }

  private unwatch(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  /** Ends the thread and refuses what it was reading; what it had not begun goes to a new thread. */
  private async end(why: string): Promise<void> {
    const { thread } = this;
    this.thread = null;
    const [reading, ...waiting] = this.given;
    this.given = reading === undefined ? [] : [reading];
    this.queue.unshift(...waiting);
    if (this.closed) for (const one of this.queue.splice(0)) one.answer(refusal(why));
    if (reading !== undefined) this.settle(refusal(why));
    await thread?.terminate();
  }
}

function refusal(message: string): ReadFailure {
  return { ok: false, kind: 'too-hard', message };
}
