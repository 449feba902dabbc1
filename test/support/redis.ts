/**
 * A real Redis for tests, on a free port of loopback, ended by its pid. Absent: the tests that need it say so.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** A client for the test's own commands. */
  readonly client: Redis;
  process(): ChildProcess;
  /** Kills the server (SIGKILL) and waits until it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port and folder. */
  start(): Promise<void>;
  end(): Promise<void>;
}

/** Whether `redis-server` is on PATH; otherwise says aloud what is not tested. */
export function redisIsHere(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stderr.write(
      'redis-server is not on PATH: the queue is NOT tested on Redis in this run (apt-get install redis-server)\n',
    );
    return false;
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

export async function startRedis(extra: readonly string[] = []): Promise<TestRedis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'claimwire-redis-'));
  let server: ChildProcess | null = null;
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => 50 });
  client.on('error', () => undefined);

  const start = async (): Promise<void> => {
    const args = [
      '--port',
      `${port}`,
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--appendonly',
      'yes',
      '--save',
      '',
      ...extra,
    ];
    server = spawn('redis-server', args, { stdio: 'ignore' });
    server.unref();
    // Refused at first; the client tries again every 50 ms, and the ping waits for it.
    if (client.status === 'wait') client.connect().catch(() => undefined);
    while ((await client.ping().catch(() => '')) !== 'PONG') await pause(20);
  };
  const kill = async (): Promise<void> => {
    const dying = server;
    if (dying === null || dying.exitCode !== null || dying.signalCode !== null) return;
    const gone = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}/0`,
    port,
    client,
    process() {
      if (server === null) throw new Error('not started');
      return server;
    },
    kill,
    start,
    async end() {
      client.disconnect();
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
