/**
 * The thread in which strangers' bytes are read; reader.ts starts and ends it. It knows nothing but reading: no
 * network, no ledger, no secrets.
 */
import { parentPort } from 'node:worker_threads';
import { readDocument, readFeed, type ReadDocument, type ReadHint, type ReadResult } from './read.ts';

export interface ReadTask {
  readonly number: number;
  readonly want: 'feed' | 'document';
  readonly bytes: Uint8Array;
  readonly hint: ReadHint;
}

export interface ReadAnswer {
  readonly number: number;
  readonly result: ReadResult | ReadDocument;
}

parentPort?.on('message', (task: ReadTask) => {
  const result = task.want === 'feed' ? readFeed(task.bytes, task.hint) : readDocument(task.bytes, task.hint);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage({ number: task.number, result } satisfies ReadAnswer);
});
