/**
 * The one place that knows which PostgreSQL we use: DATABASE_URL, else the built-in one.
 *
 *     const database = await openDatabase({ databaseUrl: null, dataDir: '.claimwire' }, log);
 *     log.info({}, `database: ${database.describe}`);   // "built-in PostgreSQL 18.4 in /home/ana/.claimwire/postgres"
 */
import { Client, Pool, type PoolConfig } from 'pg';
import type { Log } from '../core/log.ts';
import { openEmbedded } from './embedded.ts';
import { databaseUnavailable } from './unavailable.ts';

export interface Database {
  readonly pool: Pool;
  /** What the pool was made with, for the queue's own connections. Holds the password: never log it. */
  readonly poolConfig: PoolConfig;
  readonly kind: 'embedded' | 'external';
  /** For the operator: server, version and place, without user or password. */
  readonly describe: string;
  /** Closes the pool; stops the built-in server when nobody else uses it. */
  close(): Promise<void>;
}

/** Where the ledger's tables live; the demo has its own on a shared server. */
export const LEDGER_SCHEMA = 'claimwire';

/** The newest feature our SQL needs; also the oldest release that BullMQ's backend and its maintainers support. */
const OLDEST_VERSION = 140_000;

/** A query that needs longer is a bug or a stuck lock; the job is retried. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** A process that hangs inside a transaction must not hold its row locks for ever. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 5_000;
/** On the built-in server each connection is a process of 3 MB (17 as `ps` counts it): few, and not for long. */
const EMBEDDED_CONNECTIONS = 4;
const EMBEDDED_IDLE_MS = 2_000;
const EXTERNAL_CONNECTIONS = 10;
/** A server that is just starting (docker compose up) says so; we wait that long. */
const STARTING_UP_WITHIN_MS = 20_000;

/** Throws DatabaseUnavailable (one sentence, no password) when there is no usable database. */
export async function openDatabase(
  config: { databaseUrl: string | null; dataDir: string; schema?: string },
  log: Log,
): Promise<Database> {
  const schema = config.schema ?? LEDGER_SCHEMA;
  // It goes into statements as it stands.
  if (!/^[a-z][a-z_]{0,40}$/.test(schema)) throw new Error(`not a schema name: ${schema}`);
  const embedded = config.databaseUrl === null ? await openEmbedded({ dataDir: config.dataDir, log }) : null;
  const poolConfig: PoolConfig = {
    ...(embedded === null ? { connectionString: config.databaseUrl ?? '' } : embedded.poolConfig),
    application_name: 'claimwire',
    options: `-c search_path=${schema}`,
    max: embedded === null ? EXTERNAL_CONNECTIONS : EMBEDDED_CONNECTIONS,
    ...(embedded === null ? {} : { idleTimeoutMillis: EMBEDDED_IDLE_MS }),
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
  };
  const place = placeOf(poolConfig);
  const pool = new Pool(poolConfig);
  // An idle connection that breaks (server restarted) is replaced by the pool; without a listener Node would exit.
  let closing = false;
  pool.on('error', (error) => {
    // What breaks while everything is being closed is nobody's trouble.
    if (!closing)
      log.warn({ reason: error.message }, 'an idle database connection broke; a new one is made when needed');
  });
  try {
    const version = await usableVersion(pool, place);
    return {
      pool,
      poolConfig,
      kind: embedded === null ? 'external' : 'embedded',
      describe:
        embedded === null ? `PostgreSQL ${version} at ${place}` : `built-in PostgreSQL ${version} in ${embedded.path}`,
      async close() {
        closing = true;
        await pool.end();
        await embedded?.close();
      },
    };
  } catch (error) {
    await pool.end();
    await embedded?.close();
    throw error;
  }
}

/** 'db.example.com:5432/claimwire', without user and password. Refuses what is no PostgreSQL address at all. */
function placeOf(poolConfig: PoolConfig): string {
  const { connectionString } = poolConfig;
  if (connectionString !== undefined && !/^(postgres(ql)?|socket):/i.test(connectionString)) {
    throw databaseUnavailable(
      'DATABASE_URL is not a PostgreSQL address: it must look like postgres://user:password@host:5432/database.',
    );
  }
  try {
    const { host, port, database } = new Client(poolConfig);
    return `${host}:${port}/${database ?? ''}`;
  } catch {
    // The cause would carry the address, and with it the password.
    throw databaseUnavailable(
      'DATABASE_URL cannot be read: it must look like postgres://user:password@host:5432/database (special characters in the password percent-encoded).',
    );
  }
}

async function usableVersion(pool: Pool, place: string): Promise<string> {
  const deadline = Date.now() + STARTING_UP_WITHIN_MS;
  for (;;) {
    try {
      const { rows } = await pool.query<{ number: string; version: string; encoding: string; standby: boolean }>(
        `select current_setting('server_version_num') as number, split_part(current_setting('server_version'), ' ', 1) as version,
                current_setting('server_encoding') as encoding, pg_is_in_recovery() as standby`,
      );
      const server = rows[0];
      if (server === undefined) throw new Error('no answer');
      if (Number(server.number) < OLDEST_VERSION) {
        throw databaseUnavailable(
          `The database at ${place} is PostgreSQL ${server.version}; claimwire needs 14 or newer.`,
        );
      }
      if (server.encoding !== 'UTF8') {
        throw databaseUnavailable(
          `The database at ${place} stores ${server.encoding}; claimwire needs UTF8, for Chinese sources.`,
        );
      }
      if (server.standby) {
        throw databaseUnavailable(
          `The database at ${place} is a read-only standby. DATABASE_URL must name the primary.`,
        );
      }
      return server.version;
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code !== STARTING_UP || Date.now() > deadline) throw explained(error, place);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

const STARTING_UP = '57P03';

/** What the operator can do about it, by SQLSTATE or system error. */
const CURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Is PostgreSQL running, and is the port right?',
  ENOTFOUND: 'that host name is unknown.',
  EAI_AGAIN: 'the host name could not be looked up right now.',
  ETIMEDOUT: 'it does not answer.',
  EHOSTUNREACH: 'there is no route to that host.',
  ENOENT: 'there is no such socket. Is PostgreSQL running?',
  EACCES: 'this user may not open that socket.',
  '28P01': 'it refused the password.',
  '28000': 'it refused this user.',
  '3D000': 'that database does not exist. Create it first: createdb -E UTF8 NAME',
  '42501': 'this user may not do that there: it needs to create schemas.',
  '53300': 'it has no connection left: raise max_connections (claimwire needs about 20).',
  [STARTING_UP]: 'it is still starting up.',
};

function explained(error: unknown, place: string): Error {
  if (error instanceof Error && error.name === 'DatabaseUnavailable') return error;
  // Several addresses tried (IPv6, IPv4) arrive as one AggregateError whose first entry says it.
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const code = (first as { code?: string }).code ?? '';
  const message = first instanceof Error ? first.message : String(first);
  const cure = CURES[code] ?? (/timeout/i.test(message) ? CURES['ETIMEDOUT'] : undefined) ?? `${message}.`;
  return databaseUnavailable(`The database at ${place} (DATABASE_URL) cannot be used: ${cure}`, error);
}
