/**
 * Brings the ledger's tables up to what this version of claimwire expects.
 *
 * `migrations/0001-ledger.sql`, `0002-...sql`: plain SQL, run in order, each in one transaction together with its row
 * in the schema's `migrations` table. Files are never edited once released (the checksum would tell); there is no way back
 * down, so a database that a newer claimwire has touched is refused.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Pool, PoolClient } from 'pg';
import { LEDGER_SCHEMA } from './connect.ts';
import { databaseUnavailable } from './unavailable.ts';

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Any constant will do as long as every version of claimwire uses the same one: "clmw" as a number. */
const ADVISORY_LOCK = 0x63_6c_6d_77;

/** src/ledger/migrations under the package root: the compiler does not copy SQL to dist. */
function shippedMigrations(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) throw new Error('package.json of claimwire not found above its own code');
    folder = dirname(folder);
  }
  return join(folder, 'src', 'ledger', 'migrations');
}

function readMigrations(folder: string): Migration[] {
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file): Migration => {
      const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(file)?.[1];
      if (number === undefined) throw new Error(`${join(folder, file)}: must be named like 0001-ledger.sql`);
      // A checkout on Windows must not look like an edited file.
      const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
      return {
        number: Number(number),
        name: file.slice(0, -4),
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
      };
    });
  for (const [index, { number, name }] of migrations.entries()) {
    if (number !== index + 1)
      throw new Error(`${name}: migrations are numbered without gaps or repeats, expected ${index + 1}`);
  }
  return migrations;
}

/**
 * Applies what is missing and returns the names applied, in order. Safe to call from many processes at once.
 * Throws DatabaseUnavailable for a database newer than the code; a migration that fails leaves no trace of itself.
 */
export async function migrate(
  pool: Pool,
  { folder = shippedMigrations(), schema = LEDGER_SCHEMA }: { readonly folder?: string; readonly schema?: string } = {},
): Promise<string[]> {
  const migrations = readMigrations(folder);
  const client = await pool.connect();
  // The query that is under way says what broke.
  client.on('error', () => undefined);
  try {
    // Another process may be migrating for minutes; and a session's settings must not go back to the pool (see finally).
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await client.query(`
      create schema if not exists ${schema};
      set search_path = ${schema};
      create table if not exists migrations (
        number integer primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`);
    const { rows } = await client.query<{ number: number; name: string; checksum: string }>(
      'select number, name, checksum from migrations order by number',
    );
    const newest = rows.at(-1);
    if (newest !== undefined && newest.number > migrations.length) {
      throw databaseUnavailable(
        `The database was used by a newer claimwire (${newest.name}; this version knows migrations up to ${migrations.length}). ` +
          'Run that version or newer, or use another database.',
      );
    }
    const applied = new Map(rows.map((row) => [row.number, row]));
    const fresh: string[] = [];
    for (const migration of migrations) {
      const before = applied.get(migration.number);
      if (before === undefined) {
        await apply(client, migration);
        fresh.push(migration.name);
      } else if (before.checksum !== migration.checksum) {
        throw databaseUnavailable(
          `Migration ${migration.name} is not the one this database was made with (${before.name}). ` +
            'A released migration is never edited: restore the file and add a new one.',
        );
      }
    }
    return fresh;
  } finally {
    // Ends the session, and with it the lock and the setting.
    client.release(true);
  }
}

async function apply(client: PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query('insert into migrations (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw new Error(`migration ${migration.name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
