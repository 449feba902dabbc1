/**
 * A real PostgreSQL for tests: one server a run, started by the first test that asks, one empty database a caller.
 *
 *     const database = await freshDatabase();          // all migrations applied
 *     await database.pool.query('select 1 from claimwire.articles');
 *
 * vitest.config.ts names this file as globalSetup: it chooses the folder before the tests and removes it after them.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Pool, type PoolConfig } from 'pg';
import type { Log } from '../../src/core/log.ts';
import { type EmbeddedServer, openEmbedded } from '../../src/ledger/embedded.ts';
import { migrate } from '../../src/ledger/migrate.ts';

const FOLDER = 'CLAIMWIRE_TEST_POSTGRES';
const TEMPLATE = 'migrated';

const silent = (): void => undefined;
export const silentLog: Log = { debug: silent, info: silent, warn: silent, error: silent };

export interface TestDatabase {
  readonly pool: Pool;
  readonly poolConfig: PoolConfig;
  close(): Promise<void>;
}

/** vitest globalSetup. Returns the teardown. */
export default function chooseFolder(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'claimwire-test-'));
  // Run by root, the server's own user must be able to enter.
  chmodSync(folder, 0o755);
  process.env[FOLDER] = folder;
  return async () => {
    if (existsSync(join(folder, 'postgres'))) {
      // The workers that used it are gone without a word: open it once more, as its last owner, to stop it now.
      const server = await openEmbedded({ dataDir: folder, log: silentLog });
      await server.close();
    }
    rmSync(folder, { recursive: true, force: true });
  };
}

let opening: Promise<EmbeddedServer> | null = null;

/** The run's server; opened once in each worker process, shared between them. */
export function testServer(): Promise<EmbeddedServer> {
  opening ??= openTestServer();
  return opening;
}

async function openTestServer(): Promise<EmbeddedServer> {
  const folder = process.env[FOLDER];
  if (folder === undefined) throw new Error('run tests with --config test/vitest.config.ts');
  const server = await openEmbedded({ dataDir: folder, log: silentLog });
  await asAdmin(server, async (client) => {
    // Two workers come here at once; the second finds the template made.
    await client.query('select pg_advisory_lock(1)');
    const found = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
    if (found.rowCount !== 0) return;
    // Nobody cares whether a test's data survives a power cut, and creating databases is mostly waiting for the disk.
    await client.query('alter system set fsync = off');
    await client.query('select pg_reload_conf()');
    await client.query('create database making');
    const pool = new Pool({ ...server.poolConfig, database: 'making', max: 1 });
    await migrate(pool);
    await pool.end();
    await client.query(`alter database making rename to ${TEMPLATE}`);
  });
  return server;
}

async function asAdmin(server: EmbeddedServer, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ ...server.poolConfig, database: 'postgres' });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** A database of one's own: migrated, empty, about 50 ms. `close()` ends the pool and drops it. */
export async function freshDatabase(options: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = (options.migrated ?? true) ? TEMPLATE : 'template1';
  await asAdmin(server, async (client) => {
    await client.query(`create database ${name} template ${template} strategy file_copy`);
  });
  const poolConfig = { ...server.poolConfig, database: name, max: 5, options: '-c search_path=claimwire' };
  const pool = new Pool(poolConfig);
  pool.on('error', silent);
  return {
    pool,
    poolConfig,
    async close() {
      await pool.end();
      await asAdmin(server, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
      });
    },
  };
}
