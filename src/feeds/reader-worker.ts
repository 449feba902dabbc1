/**
 * The thread in which strangers' bytes are read; reader.ts starts and ends it. It knows nothing but reading: no
 * network, no ledger, no secrets.
 */
import { parentPort } from 'node:worker_threads';
import { readPage, type ReadPage } from './page.ts';
import { readDocument, readFeed, type ReadDocument, type ReadHint, type ReadResult } from './read.ts';

export interface ReadTask {
  readonly number: number;
  readonly want: 'feed' | 'document' | 'page';
  readonly bytes: Uint8Array;
  readonly hint: ReadHint;
}

export interface ReadAnswer {
  readonly number: number;
  readonly result: ReadResult | ReadDocument | ReadPage;
}

/** Sent once, before any answer: everything is loaded, and a document's own time begins. */
export const READY = 'ready';

function answer(number: number, result: ReadAnswer['result']): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage({ number, result } satisfies ReadAnswer);
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(READY);
parentPort?.on('message', (task: ReadTask) => {
  const { number, want, bytes, hint } = task;
  if (want === 'page') {
    void readPage(bytes, hint).then(
      (result) => answer(number, result),
      () => answer(number, { ok: false, kind: 'too-hard', message: 'the page could not be read' }),
    );
  } else answer(number, want === 'feed' ? readFeed(bytes, hint) : readDocument(bytes, hint));
});
