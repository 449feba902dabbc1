/**
 * What every queue backend must do, whatever stands behind it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import type { Log } from '../../src/core/log.ts';
import type { Queues } from '../../src/pipeline/queues.ts';

export interface QueueSubject {
  /** Another process would do the same: opens the queues of one installation. */
  open(log: Log): Promise<Queues>;
  /** Everything gone, as after FLUSHALL. */
  forgetEverything(): Promise<void>;
  end(): Promise<void>;
}

export interface Heard {
  readonly log: Log;
  readonly lines: { readonly level: string; readonly sentence: string; readonly fields: Record<string, unknown> }[];
}

export function hearing(): Heard {
  const lines: Heard['lines'] = [];
  const at = (level: string) => (fields: object, sentence: string) =>
    void lines.push({ level, sentence, fields: fields as Record<string, unknown> });
  return { lines, log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
}

interface Stage {
  readonly subject: QueueSubject;
  readonly heard: Heard;
  /** Opens the queues once more, as another process would; closed after the test. */
  open(): Promise<Queues>;
}

export function queueContract(name: string, start: () => Promise<QueueSubject>): void {
  // Each on an installation of its own, at the same time: most of them only wait.
  const rule = (sentence: string, body: (stage: Stage) => Promise<void>): void =>
    test.concurrent(sentence, async () => {
      const subject = await start();
      const heard = hearing();
      const opened: Queues[] = [];
      const open = async (): Promise<Queues> => {
        const queues = await subject.open(heard.log);
        opened.push(queues);
        return queues;
      };
      try {
        await body({ subject, heard, open });
      } finally {
        try {
          await Promise.all(opened.map((queues) => queues.close()));
        } finally {
          await subject.end();
        }
      }
    });

  describe(`queues on ${name}`, () => {
    rule('carries an id from one process to another', async ({ open }) => {
      const [one, other] = [await open(), await open()];
      const seen: string[] = [];
      other.work('judge', 2, async ({ articleId }) => void seen.push(articleId));
      expect(await one.enqueue('judge', { articleId: 'a:1' }, { jobId: 'a:1' })).toBe(true);
      expect(await one.enqueue('judge', { articleId: '42' }, { jobId: '42' })).toBe(true);
      await vi.waitFor(() => expect(seen.toSorted()).toEqual(['42', 'a:1']), { timeout: 30_000 });
    });

    rule('a waiting job is not doubled by the same id, and other ids are kept apart', async ({ open }) => {
      const queues = await open();
      for (const jobId of ['a:b', 'a:b', 'a_b', 'a%3Ab']) await queues.enqueue('decide', { claimId: jobId }, { jobId });
      expect((await queues.counts()).decide).toMatchObject({ waiting: 3 });
    });

    rule('the same id may be enqueued again once its job has ended, well or badly', async ({ open }) => {
      const queues = await open();
      let runs = 0;
      queues.work('deliver', 1, async () => {
        runs += 1;
        if (runs === 1) throw new Error('first time fails');
        return Promise.resolve();
      });
      for (let turn = 0; turn < 3; turn += 1) {
        const before = runs;
        await vi.waitFor(
          async () => {
            await queues.enqueue('deliver', { alertId: '7' }, { jobId: '7' });
            expect(runs).toBeGreaterThan(before);
          },
          { timeout: 30_000, interval: 20 },
        );
        await vi.waitFor(async () => expect((await queues.counts()).deliver.active).toBe(0), { timeout: 30_000 });
      }
    });

    rule('a job that throws is tried again as the table says, and said once a try', async ({ heard, open }) => {
      const queues = await open();
      let runs = 0;
      queues.work('decide', 1, async () => {
        runs += 1;
        return runs < 3 ? Promise.reject(new Error('deadlock detected')) : Promise.resolve();
      });
      await queues.enqueue('decide', { claimId: 'c' }, { jobId: 'c' });
      await vi.waitFor(() => expect(runs).toBe(3), { timeout: 30_000 });
      await vi.waitFor(async () => expect((await queues.counts()).decide).toMatchObject({ done: 1, gaveUp: 0 }), {
        timeout: 30_000,
      });
      expect(heard.lines.filter(({ sentence }) => sentence.includes('is tried again'))).toHaveLength(2);
    });

    rule('a delivery is tried once: the outbox retries, not the queue', async ({ open }) => {
      const queues = await open();
      let runs = 0;
      queues.work('deliver', 1, async () => {
        runs += 1;
        return Promise.reject(new Error('platform says no'));
      });
      await queues.enqueue('deliver', { alertId: '1' }, { jobId: '1' });
      await vi.waitFor(
        async () => expect((await queues.counts()).deliver).toMatchObject({ gaveUp: 1, waiting: 0, delayed: 0 }),
        { timeout: 30_000 },
      );
      expect(runs).toBe(1);
    });

    rule('a delayed job waits and is counted as delayed', async ({ open }) => {
      const queues = await open();
      const started = performance.now();
      let after = 0;
      queues.work('poll', 1, async () => {
        after = performance.now() - started;
        return Promise.resolve();
      });
      expect(await queues.enqueue('poll', { feedId: 'f' }, { jobId: 'f', delayMs: 399.5 })).toBe(true);
      expect((await queues.counts()).poll.delayed).toBe(1);
      await vi.waitFor(() => expect(after).toBeGreaterThanOrEqual(395), { timeout: 30_000 });
    });

    rule('never runs more jobs at once than asked, and runs that many', async ({ open }) => {
      const queues = await open();
      let now = 0;
      let most = 0;
      let done = 0;
      // Nobody leaves before three were in at once; a fourth would be seen.
      let threeAreIn = (): void => undefined;
      const full = new Promise<void>((resolve) => {
        threeAreIn = resolve;
      });
      queues.work('judge', 3, async () => {
        now += 1;
        most = Math.max(most, now);
        if (now === 3) threeAreIn();
        await full;
        await pause(30);
        now -= 1;
        done += 1;
      });
      for (let n = 0; n < 12; n += 1) await queues.enqueue('judge', { articleId: `${n}` }, { jobId: `${n}` });
      await vi.waitFor(() => expect(done).toBe(12), { timeout: 10_000 });
      expect(most).toBe(3);
    });

    rule('two processes share the work: each job runs in one of them', async ({ open }) => {
      const [one, two] = [await open(), await open()];
      const seen: string[] = [];
      for (const queues of [one, two]) {
        queues.work('judge', 2, async ({ articleId }) => {
          seen.push(articleId);
          await pause(5);
        });
      }
      const ids = Array.from({ length: 40 }, (_none, n) => `id-${n}`);
      for (const id of ids) await one.enqueue('judge', { articleId: id }, { jobId: id });
      await vi.waitFor(() => expect(seen.toSorted()).toEqual(ids.toSorted()), { timeout: 10_000 });
    });

    rule('closing lets the running job end and takes no new one', async ({ open }) => {
      const queues = await open();
      const events: string[] = [];
      queues.work('judge', 1, async ({ articleId }) => {
        events.push(`start ${articleId}`);
        await pause(300);
        events.push(`end ${articleId}`);
      });
      await queues.enqueue('judge', { articleId: 'a' }, { jobId: 'a' });
      await queues.enqueue('judge', { articleId: 'b' }, { jobId: 'b' });
      await vi.waitFor(() => expect(events).toEqual(['start a']), { timeout: 30_000 });
      await queues.close();
      expect(events).toEqual(['start a', 'end a']);
      expect(await queues.enqueue('judge', { articleId: 'c' }, { jobId: 'c' })).toBe(false);
      const later = await open();
      expect((await later.counts()).judge).toMatchObject({ waiting: 1, done: 1 });
    });

    rule(
      'a job that never ends does not keep the process: closing takes at most 10 s and tells the job',
      async ({ heard, open }) => {
        const queues = await open();
        let told = false;
        queues.work('judge', 1, async (_payload, signal) => {
          signal?.addEventListener('abort', () => (told = true));
          await new Promise(() => undefined);
        });
        await queues.enqueue('judge', { articleId: 'a' }, { jobId: 'a' });
        await vi.waitFor(async () => expect((await queues.counts()).judge.active).toBe(1), { timeout: 30_000 });
        const before = performance.now();
        await queues.close();
        expect(performance.now() - before).toBeLessThan(10_000);
        expect(told).toBe(true);
        expect(heard.lines.map(({ sentence }) => sentence)).toContainEqual(
          expect.stringContaining('did not end in time'),
        );
      },
    );

    rule(
      'after losing everything it goes on: the next wake-up is heard by workers already waiting',
      async ({ subject, open }) => {
        const queues = await open();
        const seen: string[] = [];
        queues.work('decide', 1, async ({ claimId }) => void seen.push(claimId));
        await queues.enqueue('decide', { claimId: 'before' }, { jobId: 'before' });
        await vi.waitFor(() => expect(seen).toEqual(['before']), { timeout: 30_000 });
        await queues.enqueue('decide', { claimId: 'lost' }, { jobId: 'lost', delayMs: 60_000 });
        await subject.forgetEverything();
        await queues.enqueue('decide', { claimId: 'after' }, { jobId: 'after' });
        await vi.waitFor(() => expect(seen).toEqual(['before', 'after']), { timeout: 30_000 });
      },
    );

    rule('says that it is well', async ({ open }) => {
      const queues = await open();
      expect(await queues.health()).toMatchObject({ reachable: true, problem: null });
      expect((await queues.health()).latencyMs).toBeLessThan(1_000);
    });
  });
}
