/**
 * A real PostgreSQL for a machine that has none: `npm run demo` on a bare Node starts here.
 *
 *     const server = await openEmbedded({ dataDir: '.claimwire', log });
 *     const pool = new Pool(server.poolConfig);
 *
 * The first process starts the server, a second one (`claimwire check` beside `claimwire run`) shares it, the last to
 * close stops it. Whoever dies without closing is cleaned up after by the watchdog (owners.ts). While open, we look
 * after the server: one that dies is started again.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Client, type DatabaseError } from 'pg';
import type { Log } from '../core/log.ts';
import { type PostgresBinaries, postgresBinaries } from './embedded/binaries.ts';
import { type EmbeddedHome, embeddedHome, removeSocketFolder, socketFolder } from './embedded/home.ts';
import { type Ownership, takeOwnership } from './embedded/owners.ts';
import {
  dataFolder,
  initialise,
  lastWords,
  livingPostmaster,
  PORT,
  startPostmaster,
  stopPostmaster,
  SUPERUSER,
  whenServing,
} from './embedded/postmaster.ts';
import { databaseUnavailable, SET_DATABASE_URL } from './unavailable.ts';

export interface EmbeddedServer {
  /** For pg: unix socket, user, database. No password: the socket's folder is closed to others. */
  readonly poolConfig: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly database: string;
  };
  /** True when the server was already running: started by another process, or left behind by one that died. */
  readonly adopted: boolean;
  /** Where its files are, which is not under dataDir when root started it in a closed folder. */
  readonly path: string;
  /** Lets go; the last owner stops the server. Safe to call twice. */
  close(): Promise<void>;
}

const DATABASE = 'claimwire';

/** How long a start may take: the children of a killed server hold the data folder for a while (measured: over 1 s). */
const START_WITHIN_MS = 12_000;
/** A crash recovery replays at most max_wal_size (256 MB); slow disks need this long. */
const RECOVERY_WITHIN_MS = 60_000;
/** How often we look whether server and watchdog live. */
const LOOK_EVERY_MS = 1_000;

/**
 * Opens (starts, adopts or shares) the embedded server under `dataDir`.
 * Throws DatabaseUnavailable, one sentence that names DATABASE_URL, when it cannot run here.
 */
export async function openEmbedded(options: { dataDir: string; log: Log }): Promise<EmbeddedServer> {
  const { log } = options;
  const home = embeddedHome(options.dataDir, log);
  const binaries = postgresBinaries(home);
  await initialise(home, binaries);
  // Owners first: from here on no watchdog takes the server for abandoned.
  const owner = takeOwnership(home);
  try {
    const { host, adopted } = await bring(home, binaries);
    owner.ensureWatchdog();
    await ensureDatabase(host);
    const stopLooking = lookAfter(home, binaries, owner, log);
    log.debug({ path: home.path, adopted }, adopted ? 'adopted the running PostgreSQL' : 'started PostgreSQL');
    let closing: Promise<void> | null = null;
    return {
      poolConfig: { host, port: PORT, user: SUPERUSER, database: DATABASE },
      adopted,
      path: home.path,
      close: () => (closing ??= stopLooking().then(() => letGo(home, owner))),
    };
  } catch (error) {
    await letGo(home, owner);
    throw error;
  }
}

/**
 * Begins to make the data folder of a first start, which takes a second, while the caller does something else.
 * `openEmbedded` waits for it, and says what went wrong.
 */
export function prepareEmbedded(dataDir: string): void {
  const begin = async (): Promise<void> => {
    const home = embeddedHome(dataDir, { warn: () => undefined });
    await initialise(home, postgresBinaries(home));
  };
  begin().catch(() => undefined);
}

async function letGo(home: EmbeddedHome, owner: Ownership): Promise<void> {
  if (!owner.release()) return;
  await stopPostmaster(home);
  owner.dismissWatchdog();
  removeSocketFolder(home);
}

/** Adopts the living server or starts one, until one serves. */
async function bring(home: EmbeddedHome, binaries: PostgresBinaries): Promise<{ host: string; adopted: boolean }> {
  const ours = socketFolder(home);
  const deadline = Date.now() + START_WITHIN_MS;
  for (let wait = 100; ; wait = Math.min(wait * 2, 2_000)) {
    const living = livingPostmaster(home);
    if (living !== null) {
      // It may be shutting down this very moment; then we come round again and start our own.
      if (
        (await whenServing(
          living.socketFolder,
          () => livingPostmaster(home)?.pid === living.pid,
          RECOVERY_WITHIN_MS,
        )) === 'serving'
      ) {
        return { host: living.socketFolder, adopted: true };
      }
    } else {
      const child = startPostmaster(home, binaries, ours);
      if ((await whenServing(ours, () => child.alive(), RECOVERY_WITHIN_MS)) === 'serving') {
        // Another process may have been a moment faster: then ours exited and theirs serves.
        return { host: ours, adopted: livingPostmaster(home)?.pid !== child.pid };
      }
    }
    if (Date.now() > deadline) {
      throw databaseUnavailable(
        `The built-in PostgreSQL in ${dataFolder(home)} does not start: ${lastWords(home)}. ${SET_DATABASE_URL}`,
      );
    }
    await pause(wait);
  }
}

async function ensureDatabase(host: string): Promise<void> {
  const client = new Client({ host, port: PORT, user: SUPERUSER, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } catch (error) {
    // 42P04 and 23505: a second process made it between our look and our create.
    if (!['42P04', '23505'].includes((error as DatabaseError).code ?? '')) throw error;
  } finally {
    await client.end();
  }
}

/** Restarts a server that died under us, and its watchdog. Returns how to stop looking. */
function lookAfter(home: EmbeddedHome, binaries: PostgresBinaries, owner: Ownership, log: Log): () => Promise<void> {
  let stopped = false;
  let round: Promise<void> = Promise.resolve();
  let busy = false;
  const look = async (): Promise<void> => {
    owner.ensureWatchdog();
    if (livingPostmaster(home) !== null) return;
    log.warn({ path: home.path }, 'PostgreSQL stopped by itself; starting it again');
    await bring(home, binaries);
    log.info({ path: home.path }, 'PostgreSQL runs again; nothing that was committed is lost');
  };
  const timer = setInterval(() => {
    if (busy || stopped) return;
    busy = true;
    round = look()
      .catch((error: unknown) => log.error({ err: error }, 'PostgreSQL does not come back; trying on'))
      .finally(() => (busy = false));
  }, LOOK_EVERY_MS);
  timer.unref();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await round;
  };
}
