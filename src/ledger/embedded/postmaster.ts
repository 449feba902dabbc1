/**
 * PostgreSQL's main process: found by its own pid file, started, waited for, stopped.
 *
 * `postmaster.pid` says pid, data folder, start, port, socket folder. After a crash it stays behind, and the number
 * in it may belong to anybody by now: we believe it only when that process's command line names our data folder.
 * We never delete it: PostgreSQL knows better than we do when it is stale.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, fchownSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { databaseUnavailable, SET_DATABASE_URL } from '../unavailable.ts';
import type { PostgresBinaries } from './binaries.ts';
import { type EmbeddedHome, ownedFolder } from './home.ts';
import { commandOf, waitUntilGone } from './processes.ts';

export const SUPERUSER = 'claimwire';
/** Only a name in the socket's file name: the server listens on no network address. */
export const PORT = 5432;

/** A log that grows for ever would fill a small disk; what matters is why the last start failed. */
const LOG_BYTES_KEPT = 1_000_000;

/**
 * For a small machine: about 50 MB for the whole server under the demo's load, 25 MB at rest. fsync stays on, which is
 * the default: a power cut loses nothing committed.
 */
const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '50',
  // The system's own cache holds the rest of a database this size; `ps` counts these once for each connection.
  shared_buffers: '4MB',
  wal_buffers: '1MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  // No replica ever follows this server, and no worker helps a query of ours.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_worker_processes: '4',
  max_parallel_workers: '0',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  autovacuum_max_workers: '1',
  io_method: 'sync',
  jit: 'off',
  huge_pages: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements that failed may hold what somebody wrote in chat: they stay out of the file.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
} as const;

export function dataFolder(home: EmbeddedHome): string {
  return join(home.path, 'data');
}

/** The living server of this data folder, started by whomever; null when there is none. */
export function livingPostmaster(home: EmbeddedHome): { pid: number; socketFolder: string } | null {
  let lines: string[];
  try {
    lines = readFileSync(join(dataFolder(home), 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  const socketFolder = lines[4]?.trim();
  if (!Number.isSafeInteger(pid) || pid <= 1 || !socketFolder) return null;
  return commandOf(pid)?.includes(dataFolder(home)) === true ? { pid, socketFolder } : null;
}

/** Folders being made in this process: whoever comes second waits for the first. */
const making = new Map<string, Promise<void>>();

/** Makes the data folder once. Aside and renamed: a crash in the middle leaves nothing half made behind. */
export function initialise(home: EmbeddedHome, binaries: PostgresBinaries): Promise<void> {
  const under = making.get(home.path) ?? makeData(home, binaries).finally(() => making.delete(home.path));
  making.set(home.path, under);
  return under;
}

async function makeData(home: EmbeddedHome, binaries: PostgresBinaries): Promise<void> {
  const data = dataFolder(home);
  if (existsSync(join(data, 'PG_VERSION'))) {
    const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
    if (version === binaries.major) return;
    throw databaseUnavailable(
      `The database in ${data} was made by PostgreSQL ${version}, and this claimwire brings PostgreSQL ${binaries.major}, which cannot read it. ` +
        `Run the claimwire version that made it, or serve that folder with PostgreSQL ${version} of your own: ${SET_DATABASE_URL}`,
    );
  }
  const partial = `${data}.making-${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  ownedFolder(partial, home.runAs);
  const encoding = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const made = await run(home, binaries, binaries.initdb, ['-D', partial, '-U', SUPERUSER, '-A', 'trust', ...encoding]);
  if (made.code !== 0) {
    rmSync(partial, { recursive: true, force: true });
    throw databaseUnavailable(`PostgreSQL could not make a database in ${data}: ${made.said}. ${SET_DATABASE_URL}`);
  }
  try {
    renameSync(partial, data);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    // Two first starts at once: the other one's folder is as good.
    if (!existsSync(join(data, 'PG_VERSION'))) throw error;
  }
}

async function run(
  home: EmbeddedHome,
  binaries: PostgresBinaries,
  program: string,
  args: readonly string[],
): Promise<{ code: number; said: string }> {
  const child = spawn(program, args, {
    cwd: '/',
    env: binaries.environment,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...home.runAs,
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2000)));
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(cannotSpawn(program, error)));
    child.on('close', (code) => resolve({ code: code ?? 1, said: errors.trim().replaceAll(/\s*\n\s*/g, '; ') }));
  });
}

function cannotSpawn(program: string, error: NodeJS.ErrnoException): Error {
  // The file is there and yet "not found": its loader is missing. That is Alpine (musl) or NixOS.
  const why =
    error.code === 'ENOENT' && existsSync(program)
      ? 'it needs glibc, which this system does not have (Alpine uses musl)'
      : error.message;
  return databaseUnavailable(`The built-in PostgreSQL cannot run here: ${why}. ${SET_DATABASE_URL}`, error);
}

/** Starts a server and returns at once; `whenServing` tells how it went. It outlives us on purpose (see owners.ts). */
export function startPostmaster(home: EmbeddedHome, binaries: PostgresBinaries, socketFolder: string): StartedServer {
  const logFile = join(home.path, 'server.log');
  const tooLong = existsSync(logFile) && statSync(logFile).size > LOG_BYTES_KEPT;
  const log = openSync(logFile, tooLong ? 'w' : 'a', 0o600);
  if (home.runAs !== null) fchownSync(log, home.runAs.uid, home.runAs.gid);
  const settings = { ...SETTINGS, unix_socket_directories: socketFolder, port: String(PORT) };
  const args = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const child = spawn(binaries.postgres, ['-D', dataFolder(home), ...args], {
    cwd: '/',
    env: binaries.environment,
    // Its own session: Ctrl-C in the terminal stops us first, and we stop the server.
    detached: true,
    stdio: ['ignore', log, log],
    ...home.runAs,
  });
  closeSync(log);
  child.unref();
  let spawnError: Error | null = null;
  child.on('error', (error) => (spawnError = cannotSpawn(binaries.postgres, error)));
  return {
    pid: child.pid,
    alive() {
      if (spawnError !== null) throw spawnError;
      return child.exitCode === null && child.signalCode === null;
    },
  };
}

export interface StartedServer {
  readonly pid: number | undefined;
  /** Throws DatabaseUnavailable when the program could not be started at all. */
  alive(): boolean;
}

/** Connects until it works ('serving'), the server is no longer alive ('gone'), or time is up ('silent'). */
export async function whenServing(
  socketFolder: string,
  alive: () => boolean,
  timeoutMs: number,
): Promise<'serving' | 'gone' | 'silent'> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const client = new Client({ host: socketFolder, port: PORT, user: SUPERUSER, database: 'postgres' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return 'serving';
    } catch {
      if (!alive()) return 'gone';
      if (Date.now() > deadline) return 'silent';
    } finally {
      await client.end().catch(() => undefined);
    }
    await pause(25);
  }
}

/** The last thing the server said before it gave up, for an error message. */
export function lastWords(home: EmbeddedHome): string {
  try {
    const lines = readFileSync(join(home.path, 'server.log'), 'utf8').slice(-4000).trim().split('\n');
    const fatal = lines.findLast((line) => /\b(FATAL|PANIC)\b/.test(line)) ?? lines.at(-1) ?? '';
    return fatal
      .replace(/^[\d-]+ [\d:.]+ \S+ \[\d+\] /, '')
      .replace(/:\s+/, ': ')
      .slice(0, 300);
  } catch {
    return '';
  }
}

/** Fast shutdown (clients are disconnected, a checkpoint is written); after 6 s an immediate one, which loses nothing committed. */
export async function stopPostmaster(home: EmbeddedHome): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    const server = livingPostmaster(home);
    if (server === null) return;
    try {
      process.kill(server.pid, signal);
    } catch {
      return;
    }
    if (await waitUntilGone(server.pid, 6_000)) return;
  }
}
