/**
 * The faults. Each is struck while the news goes on; what they have in common is in run.ts.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FAILPOINTS } from '../../src/pipeline/failpoint.ts';
import { timings } from '../../src/pipeline/timings.ts';
import type { Product } from './product.ts';
import type { Run, Scenario } from './run.ts';

const WORLD = { claims: 10, channels: 5, processes: 1 } as const;

async function ended(product: Product, withinMs: number): Promise<boolean> {
  const late = new AbortController();
  const winner = await Promise.race([
    product.ended.then(() => true),
    pause(withinMs, false, { signal: late.signal }).catch(() => false),
  ]);
  late.abort();
  return winner;
}

/** The process of this slot, once it works. */
async function working(run: Run, slot: number): Promise<Product> {
  for (;;) {
    const product = run.products[slot];
    if (product !== undefined) {
      await product.ready;
      if (product.alive()) return product;
    }
    await pause(20);
  }
}

/** Dies at its failpoint, or blindly a moment later. */
async function killOne(run: Run, slot: number): Promise<void> {
  const product = await working(run, slot);
  if (!(await ended(product, run.chance.between(500, 5000)))) product.signal('SIGKILL');
  await product.ended;
}

/** Two of three lives end at a named edge if they come to it; the others anywhere. */
function deadlyEdge(run: Run): string | undefined {
  return run.chance.next() < 0.67 ? `${run.chance.pick(FAILPOINTS)}=kill@${run.chance.between(1, 3)}` : undefined;
}

export function kills(queue: Scenario['queue'], strikes: number, world: Partial<Scenario> = {}): Scenario {
  return {
    ...WORLD,
    fault: 'kill -9 at named and random points',
    queue,
    strikes,
    failpoint: deadlyEdge,
    strike: (run) => killOne(run, run.chance.between(0, (world.processes ?? 1) - 1)),
    ...world,
  };
}

/** Kills, and stops as an upgrade stops it: which has 10 s to end. */
export function killsAndStops(strikes: number, world: Partial<Scenario> = {}): Scenario {
  return kills('PostgreSQL', strikes, {
    ...world,
    fault: 'kill -9 and SIGTERM by turns',
    async strike(run) {
      const slot = run.chance.between(0, (world.processes ?? 1) - 1);
      if (run.chance.next() < 0.6) return killOne(run, slot);
      const product = await working(run, slot);
      await pause(run.chance.between(200, 1500));
      product.signal('SIGTERM');
      if (!(await ended(product, 10_000))) throw new Error('a stop took longer than 10 s');
    },
  });
}

/** Both instances work; one of them is stopped as an upgrade does, and comes back. */
export function rollingRestarts(queue: Scenario['queue'], strikes: number): Scenario {
  return {
    ...WORLD,
    fault: 'two instances, rolling restarts',
    queue,
    processes: 2,
    strikes,
    async strike(run) {
      const product = await working(run, run.chance.between(0, 1));
      await pause(run.chance.between(300, 2000));
      product.signal('SIGTERM');
      if (!(await ended(product, 10_000))) throw new Error('a stop took longer than 10 s');
    },
  };
}

function isStopped(product: Product): boolean {
  try {
    const stat = readFileSync(`/proc/${product.pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(') ') + 2).startsWith('T');
  } catch {
    return false;
  }
}

/** One of two stops in its tracks for longer than its lease, with a request under way or just answered, and wakes up. */
export function frozen(queue: Scenario['queue'], strikes: number): Scenario {
  return {
    ...WORLD,
    fault: 'frozen longer than its lease, then woken',
    queue,
    processes: 2,
    strikes,
    failpoint: (run, slot) =>
      slot === 0
        ? `${run.chance.pick(['deliver.sending', 'deliver.answered', 'deliver.leased', 'decide.written'])}=freeze@${run.chance.between(1, 3)}`
        : undefined,
    async strike(run) {
      const product = await working(run, 0);
      for (let waited = 0; waited < 3000 && product.alive() && !isStopped(product); waited += 50) await pause(50);
      product.signal('SIGSTOP');
      run.frozen(product, true);
      await pause(timings(run.scale).flightLeaseMs * 1.5);
      product.signal('SIGCONT');
      run.frozen(product, false);
      // Time to do harm with what it believed before.
      await pause(1500);
      product.signal('SIGKILL');
      await product.ended;
    },
  };
}

function redisFault(fault: string, strikes: number, strike: (run: Run) => Promise<void>): Scenario {
  return { ...WORLD, fault, queue: 'Redis', strikes, strike };
}

function redisOf(run: Run): NonNullable<Run['redis']> {
  if (run.redis === null) throw new Error('this scenario needs Redis');
  return run.redis;
}

export const flushed = (strikes: number): Scenario =>
  redisFault('FLUSHALL in mid fan-out', strikes, async (run) => {
    await pause(run.chance.between(200, 1200));
    await redisOf(run).client.flushall();
  });

export const redisKilled = (strikes: number): Scenario =>
  redisFault('Redis killed and started again', strikes, async (run) => {
    await pause(run.chance.between(500, 3000));
    await redisOf(run).kill();
    await pause(run.chance.between(100, 4000));
    await redisOf(run).start();
  });

export const redisFull = (strikes: number): Scenario =>
  redisFault('Redis out of memory (noeviction)', strikes, async (run) => {
    const { client } = redisOf(run);
    await pause(run.chance.between(500, 1500));
    await client.config('SET', 'maxmemory', '1');
    await pause(run.chance.between(2000, 5000));
    await client.config('SET', 'maxmemory', '0');
  });

/** SIGQUIT: what PostgreSQL itself calls a crash. Whoever looks after the server starts it again. */
export function postgresRestarted(queue: Scenario['queue'], strikes: number): Scenario {
  return {
    ...WORLD,
    fault: 'PostgreSQL crashed and started again',
    queue,
    strikes,
    async strike(run) {
      await pause(run.chance.between(1000, 3000));
      const pid = Number(readFileSync(join(run.database.path, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, run.chance.next() < 0.5 ? 'SIGQUIT' : 'SIGKILL');
      await pause(2000);
    },
  };
}

/** The disk of the database is a small one of its own, filled to the last block and freed again. */
export function fullDisk(strikes: number): Scenario {
  return {
    ...WORLD,
    fault: 'full disk',
    queue: 'PostgreSQL',
    strikes,
    prepare(data) {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=220m,mode=755', 'tmpfs', data]);
      return () => void execFileSync('umount', ['-l', data]);
    },
    async strike(run) {
      await pause(run.chance.between(500, 2000));
      const ballast = join(run.folder, 'data', 'ballast');
      try {
        writeFileSync(ballast, Buffer.alloc(400 * 1024 * 1024));
      } catch {
        // As wanted: it took what there was.
      }
      run.full(true);
      await pause(run.chance.between(2000, 5000));
      rmSync(ballast, { force: true });
      run.full(false);
      await pause(1000);
    },
  };
}

/** The product's clock jumps by up to an hour either way while it runs; the database's does not. */
export function jumpingClock(strikes: number): Scenario {
  const file = (run: Run): string => join(run.folder, 'clock');
  return {
    ...WORLD,
    fault: 'clock jumps by up to an hour',
    queue: 'PostgreSQL',
    strikes,
    wrapper(run) {
      writeFileSync(file(run), '+0s');
      return [
        'env',
        `FAKETIME_TIMESTAMP_FILE=${file(run)}`,
        'FAKETIME_NO_CACHE=1',
        'FAKETIME_DONT_FAKE_MONOTONIC=1',
        `LD_PRELOAD=${faketimeLibrary() ?? ''}`,
      ];
    },
    async strike(run) {
      await pause(run.chance.between(500, 2500));
      writeFileSync(file(run), `${run.chance.next() < 0.5 ? '+' : '-'}${run.chance.between(1, 3600)}s`);
    },
  };
}

export function faketimeLibrary(): string | null {
  try {
    return (
      execFileSync('sh', [
        '-c',
        'ls /usr/lib/*/faketime/libfaketime.so.1 /usr/lib/faketime/libfaketime.so.1 2>/dev/null | head -1',
      ])
        .toString()
        .trim() || null
    );
  } catch {
    return null;
  }
}

export function mayMount(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0;
}
