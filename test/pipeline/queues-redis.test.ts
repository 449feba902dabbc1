/**
 * The queue on Redis: the contract, and Redis in trouble. Whatever happens to it, enqueueing returns soon, workers come back by themselves, the log stays small.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openQueues, type Queues } from '../../src/pipeline/queues.ts';
import { hearing, type Heard, queueContract } from '../contracts/queues.ts';
import { redisIsHere, startRedis, type TestRedis } from '../support/redis.ts';

describe.skipIf(!redisIsHere())('with a Redis of our own', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.end());

  queueContract('Redis', () => {
    const prefix = `{${randomBytes(4).toString('hex')}}`;
    return Promise.resolve({
      open: (log) => openQueues({ redisUrl: redis.url, postgres: {}, prefix }, log),
      async forgetEverything() {
        // What FLUSHALL does, for this installation alone.
        await redis.client.del(await redis.client.keys(`${prefix}:*`));
      },
      end: () => Promise.resolve(),
    });
  });
});

interface Stage {
  readonly redis: TestRedis;
  readonly queues: Queues;
  readonly heard: Heard;
  readonly seen: string[];
  work(): void;
  enqueue(id: string): Promise<boolean>;
  /** As the sweeper does: again and again until it is done. */
  sweepUntilSeen(id: string, timeout?: number): Promise<void>;
}

/** Each with a Redis of its own, at the same time. */
function trouble(sentence: string, body: (stage: Stage) => Promise<void>): void {
  test.concurrent(sentence, async () => {
    const redis = await startRedis();
    const heard = hearing();
    const seen: string[] = [];
    const queues = await openQueues({ redisUrl: redis.url, postgres: {} }, heard.log);
    // Another process works: whoever enqueues has no hand of its own.
    const worker = await openQueues({ redisUrl: redis.url, postgres: {} }, heard.log);
    const enqueue = (id: string): Promise<boolean> => queues.enqueue('decide', { claimId: id }, { jobId: id });
    try {
      await body({
        redis,
        queues,
        heard,
        seen,
        work: () => worker.work('decide', 2, async ({ claimId }) => void seen.push(claimId)),
        enqueue,
        sweepUntilSeen: (id, timeout = 30_000) =>
          vi.waitFor(
            async () => {
              await enqueue(id);
              expect(seen).toContain(id);
            },
            { timeout, interval: 50 },
          ),
      });
    } finally {
      redis.process().kill('SIGCONT');
      try {
        await Promise.all([queues.close(), worker.close()]);
      } finally {
        await redis.end();
      }
    }
  });
}

/** How often Redis was asked for something until now, also what it refused; its own count, whatever else this machine does. */
async function asked(redis: TestRedis): Promise<number> {
  const counts = (await redis.client.info('commandstats')).matchAll(/(?:calls|rejected_calls)=(\d+)/g);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

describe.skipIf(!redisIsHere())('the queue when Redis', () => {
  trouble(
    'forgets everything while jobs run: the running ones end, the swept ones follow',
    async ({ redis, queues, seen }) => {
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      queues.work('judge', 1, async ({ articleId }) => {
        await gate;
        seen.push(articleId);
      });
      for (const id of ['a', 'b', 'c']) await queues.enqueue('judge', { articleId: id }, { jobId: id });
      await vi.waitFor(async () => expect((await queues.counts()).judge.active).toBe(1), { timeout: 30_000 });
      await redis.client.flushall();
      release();
      await vi.waitFor(() => expect(seen).toContain('a'), { timeout: 30_000 });
      await vi.waitFor(
        async () => {
          for (const id of ['b', 'c']) await queues.enqueue('judge', { articleId: id }, { jobId: id });
          expect(seen).toEqual(expect.arrayContaining(['a', 'b', 'c']));
        },
        { timeout: 10_000, interval: 50 },
      );
    },
  );

  trouble(
    'is killed and started again: enqueueing says no meanwhile, work goes on within 5 s of its return',
    async ({ redis, queues, work, enqueue, sweepUntilSeen }) => {
      work();
      await sweepUntilSeen('before');
      await redis.kill();
      const before = performance.now();
      expect(await enqueue('while down')).toBe(false);
      expect(performance.now() - before).toBeLessThan(5_500);
      expect(await queues.health()).toMatchObject({ reachable: false, latencyMs: null });
      expect((await queues.health()).problem).toContain('does not answer');
      await redis.start();
      await sweepUntilSeen('after', 5_000);
    },
  );

  trouble(
    'hangs: enqueueing returns within 5.5 s, at once the next time, and everything resumes with it',
    async ({ redis, work, enqueue, sweepUntilSeen }) => {
      work();
      await sweepUntilSeen('before');
      redis.process().kill('SIGSTOP');
      const before = performance.now();
      expect(await enqueue('while hanging')).toBe(false);
      const first = performance.now() - before;
      expect(first).toBeLessThan(5_500);
      expect(await enqueue('again')).toBe(false);
      // The first was waited for up to five seconds.
      expect(performance.now() - before - first).toBeLessThan(500);
      redis.process().kill('SIGCONT');
      await sweepUntilSeen('after');
    },
  );

  trouble('cuts all connections twenty times: no wake-up is missed', async ({ redis, work, sweepUntilSeen }) => {
    work();
    await sweepUntilSeen('before');
    for (let round = 0; round < 20; round += 1) {
      await redis.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await sweepUntilSeen(`round ${round}`, 5_000);
    }
  });

  trouble(
    'is full: enqueueing says no, the log gets a line and not thousands, Redis is left in peace, and it recovers',
    async ({ redis, heard, seen, work, enqueue, sweepUntilSeen }) => {
      for (let n = 0; n < 20; n += 1) await enqueue(`waiting ${n}`);
      await redis.client.config('SET', 'maxmemory', '1');
      // A worker that starts now finds jobs that it cannot fetch.
      work();
      const before = await asked(redis);
      expect(await enqueue('too much')).toBe(false);
      await pause(2_000);
      expect((await asked(redis)) - before).toBeLessThan(200);
      expect(heard.lines.filter(({ level }) => level !== 'debug').length).toBeLessThan(4);
      await redis.client.config('SET', 'maxmemory', '0');
      await sweepUntilSeen('after', 10_000);
      expect(seen).toHaveLength(21);
    },
  );

  trouble(
    'becomes a read-only replica (failover) and is promoted again',
    async ({ redis, queues, work, enqueue, sweepUntilSeen }) => {
      work();
      await sweepUntilSeen('before');
      await redis.client.replicaof('127.0.0.1', '1');
      await vi.waitFor(async () => expect(await enqueue(`${performance.now()}`)).toBe(false), {
        timeout: 30_000,
        interval: 50,
      });
      expect((await queues.health()).problem).toContain('read-only replica');
      await redis.client.replicaof('NO', 'ONE');
      await sweepUntilSeen('after');
    },
  );

  trouble('is set to throw keys away: health says so in words that name the cure', async ({ redis, queues }) => {
    expect((await queues.health()).problem).toBe(null);
    await redis.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const { reachable, problem } = await queues.health();
    expect(reachable).toBe(true);
    expect(problem).toMatch(/maxmemory-policy is allkeys-lru.*noeviction/);
  });
});

describe.skipIf(!redisIsHere())('the queue before Redis is there', () => {
  test.concurrent('opens at once, says so, does the work itself, and queues it as soon as Redis answers', async () => {
    const redis = await startRedis();
    await redis.kill();
    const heard = hearing();
    const before = performance.now();
    const queues = await openQueues({ redisUrl: redis.url, postgres: {} }, heard.log);
    expect(performance.now() - before).toBeLessThan(1_000);
    const seen: string[] = [];
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    queues.work('judge', 1, async ({ articleId }) => {
      seen.push(articleId);
      await held;
    });
    const judge = (id: string): Promise<boolean> => queues.enqueue('judge', { articleId: id }, { jobId: id });
    // One hand, and none for what this process does not do; what waits or runs already is not doubled.
    expect(await judge('x')).toBe(true);
    expect(await judge('x')).toBe(true);
    expect(await judge('y')).toBe(false);
    expect(await queues.enqueue('decide', { claimId: 'c' }, { jobId: 'c' })).toBe(false);
    expect(await queues.enqueue('judge', { articleId: 'z' }, { jobId: 'z', delayMs: 50 })).toBe(false);
    expect(seen).toEqual(['x']);
    expect((await queues.health()).reachable).toBe(false);
    goOn();
    await vi.waitFor(async () => expect(await judge('y')).toBe(true), { timeout: 30_000, interval: 5 });
    expect(seen).toEqual(['x', 'y']);
    await redis.start();
    await vi.waitFor(
      async () => {
        await judge('w');
        expect((await queues.counts()).judge.done).toBeGreaterThan(0);
      },
      { timeout: 30_000, interval: 50 },
    );
    await queues.close();
    await redis.end();
  });

  test.concurrent('is open within seconds and says so when something takes the connection and never answers', async () => {
    const open = new Set<Socket>();
    const mute = createServer((socket) => void open.add(socket));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const before = performance.now();
    const url = `redis://127.0.0.1:${(mute.address() as AddressInfo).port}/0`;
    const queues = await openQueues({ redisUrl: url, postgres: {} }, hearing().log);
    expect(await queues.enqueue('judge', { articleId: 'x' }, { jobId: 'x' })).toBe(false);
    const { reachable, problem } = await queues.health();
    expect(reachable).toBe(false);
    expect(problem).toContain('does not answer');
    expect(performance.now() - before).toBeLessThan(5_000);
    await queues.close();
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => mute.close(resolve));
  });

  test.concurrent('closes within 10 s although Redis never came', async () => {
    const queues = await openQueues({ redisUrl: 'redis://:hunter2@127.0.0.1:1/3', postgres: {} }, hearing().log);
    queues.work('judge', 1, () => Promise.resolve());
    void queues.enqueue('judge', { articleId: 'x' }, { jobId: 'x' });
    expect(queues.describe).toBe('BullMQ on Redis at 127.0.0.1:1/3');
    expect(JSON.stringify(await queues.health())).not.toContain('hunter2');
    const before = performance.now();
    await queues.close();
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});
