import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../src/ledger/migrate.ts';
import { isDatabaseUnavailable } from '../../src/ledger/unavailable.ts';
import { freshDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await freshDatabase({ migrated: false });
  folder = mkdtempSync(join(tmpdir(), 'claimwire-migrations-'));
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

function file(name: string, sql: string): void {
  writeFileSync(join(folder, name), sql);
}

async function applied(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>('select name from claimwire.migrations order by number');
  return rows.map(({ name }) => name);
}

test('applies what is missing, in order, once', async () => {
  file('0001-first.sql', 'create table claimwire.a (n int); insert into claimwire.a values (1);');
  file('0002-second.sql', 'update claimwire.a set n = n + 1;');
  expect(await migrate(database.pool, { folder })).toEqual(['0001-first', '0002-second']);
  expect(await migrate(database.pool, { folder })).toEqual([]);
  expect((await database.pool.query('select n from claimwire.a')).rows).toEqual([{ n: 2 }]);
});

test('five processes starting at once apply each migration once', async () => {
  file('0001-first.sql', 'create table claimwire.a (n int);');
  const results = await Promise.all(Array.from({ length: 5 }, () => migrate(database.pool, { folder })));
  expect(results.flat()).toEqual(['0001-first']);
});

test('a migration that fails in the middle leaves nothing of itself and keeps those before it', async () => {
  file('0001-first.sql', 'create table claimwire.a (n int);');
  file('0002-broken.sql', 'create table claimwire.b (n int); select 1/0;');
  await expect(migrate(database.pool, { folder })).rejects.toThrow(/0002-broken failed: division by zero/);
  expect(await applied()).toEqual(['0001-first']);
  expect((await database.pool.query("select to_regclass('claimwire.b') as b")).rows).toEqual([{ b: null }]);
});

test('refuses a database that a newer version has used, in one sentence', async () => {
  file('0001-first.sql', 'select 1;');
  file('0002-second.sql', 'select 1;');
  await migrate(database.pool, { folder });
  rmSync(join(folder, '0002-second.sql'));
  const error: unknown = await migrate(database.pool, { folder }).catch((error: unknown) => error);
  expect(isDatabaseUnavailable(error)).toBe(true);
  expect(String(error)).toContain('newer claimwire (0002-second; this version knows migrations up to 1)');
});

test('refuses a released migration that was edited, and does not mind Windows line ends', async () => {
  file('0001-first.sql', 'select 1;\n');
  await migrate(database.pool, { folder });
  file('0001-first.sql', 'select 1;\r\n');
  expect(await migrate(database.pool, { folder })).toEqual([]);
  file('0001-first.sql', 'select 2;\n');
  await expect(migrate(database.pool, { folder })).rejects.toThrow(
    /0001-first is not the one this database was made with/,
  );
});

test('refuses numbers that repeat or leave a gap', async () => {
  file('0001-first.sql', 'select 1;');
  file('0003-third.sql', 'select 1;');
  await expect(migrate(database.pool, { folder })).rejects.toThrow(/without gaps or repeats, expected 2/);
});

test('the shipped migrations apply to an empty database', async () => {
  expect(await migrate(database.pool)).toContain('0001-ground');
});

test('no session setting or lock stays behind in the pool', async () => {
  file('0001-first.sql', 'select 1;');
  await migrate(database.pool, { folder });
  // Other tests hold locks of their own in other databases of this server.
  const { rows } = await database.pool.query(
    `select count(*)::int as locks from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
  );
  expect(rows).toEqual([{ locks: 0 }]);
});
