import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/ledger/connect.ts';
import { announcePresence, HEARS_SLACK } from '../../src/ledger/presence.ts';
import { transaction } from '../../src/ledger/sql.ts';
import { isDatabaseUnavailable } from '../../src/ledger/unavailable.ts';
import { freshDatabase, silentLog, type TestDatabase } from '../support/postgres.ts';
import { PATIENT } from '../support/eventually.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase({ migrated: false });
});
afterAll(() => database.close());

/** DATABASE_URL of a database on the test server, by its socket. */
function urlOf(name: string): string {
  return `postgres://claimwire:hunter2@/${name}?host=${encodeURIComponent(String(database.poolConfig.host))}`;
}

async function refusal(databaseUrl: string): Promise<string> {
  const error: unknown = await openDatabase({ databaseUrl, dataDir: '/nowhere' }, silentLog).then(
    async (opened) => opened.close(),
    (error: unknown) => error,
  );
  expect(isDatabaseUnavailable(error), String(error)).toBe(true);
  const { message } = error as Error;
  expect(message).not.toContain('hunter2');
  expect(message.split('\n')).toHaveLength(1);
  return message;
}

/** Answers a client's first message as PostgreSQL answers with an error of this SQLSTATE. */
async function refusingServer(code: string): Promise<{ port: number; server: Server }> {
  const fields = `SFATAL\0VFATAL\0C${code}\0Mno\0\0`;
  const message = Buffer.alloc(5 + Buffer.byteLength(fields));
  message.write('E');
  message.writeInt32BE(4 + Buffer.byteLength(fields), 1);
  message.write(fields, 5);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(message));
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    });
  });
  return { port, server };
}

test('who does what together is known again after the database has cut every session', async () => {
  const [one, two] = [
    await announcePresence(database.pool, silentLog),
    await announcePresence(database.pool, silentLog),
  ];
  await one.join(HEARS_SLACK);
  expect(await two.join(HEARS_SLACK)).toBe(1);
  const cut = await database.pool.query<{ pid: number }>(
    `select pid, pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
  );
  const gone = cut.rows.map((row) => row.pid);
  await vi.waitFor(async () => {
    const { rows } = await database.pool.query('select 1 from pg_locks where pid = any($1)', [gone]);
    expect(rows).toEqual([]);
    expect(await one.together(HEARS_SLACK)).toBe(2);
  }, PATIENT);
  await one.close();
  await vi.waitFor(async () => expect(await two.together(HEARS_SLACK)).toBe(1), PATIENT);
  await two.close();
});

describe('DATABASE_URL', () => {
  test('opens any PostgreSQL, describes it without user and password, and guards against stuck sessions', async () => {
    const opened = await openDatabase(
      { databaseUrl: urlOf(String(database.poolConfig.database)), dataDir: '/nowhere' },
      silentLog,
    );
    const { rows } = await opened.pool.query(
      "select current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle",
    );
    await opened.close();
    expect(opened.kind).toBe('external');
    expect(opened.describe).toMatch(/^PostgreSQL 18\.\d+ at .*\/test_[0-9a-f]+$/);
    expect(opened.describe).not.toMatch(/hunter2|claimwire:/);
    expect(rows).toEqual([{ statement: '30s', idle: '30s' }]);
  });

  test('a connection that the server cuts is replaced, and the process lives', async () => {
    const opened = await openDatabase(
      { databaseUrl: urlOf(String(database.poolConfig.database)), dataDir: '/nowhere' },
      silentLog,
    );
    await opened.pool.query('select 1');
    await database.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'claimwire' and datname = current_database()",
    );
    await vi.waitFor(async () => expect((await opened.pool.query('select 1 as n')).rows).toEqual([{ n: 1 }]), PATIENT);
    await opened.close();
  });

  test('a session that the server ends between two queries of a transaction fails it, and the process lives', async () => {
    const opened = await openDatabase(
      { databaseUrl: urlOf(String(database.poolConfig.database)), dataDir: '/nowhere' },
      silentLog,
    );
    const broken = transaction(opened.pool, async (tx) => {
      const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      const ended = new Promise((resolve) => tx.once('end', () => resolve(null)));
      await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await ended;
      await tx.query('select 1');
    });
    await expect(broken).rejects.toThrow();
    expect((await opened.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await opened.close();
  });

  test('each way not to be usable has its sentence', async () => {
    expect(await refusal('mysql://claimwire:hunter2@localhost/x')).toContain('must look like postgres://');
    expect(await refusal('postgres://claimwire:hunter2@[bad/x')).toContain('cannot be read');
    expect(await refusal('postgres://claimwire:hunter2@127.0.0.1:1/x')).toMatch(
      /127\.0\.0\.1:1\/x \(DATABASE_URL\) cannot be used: nothing listens there/,
    );
    expect(await refusal(urlOf('nosuch'))).toContain('does not exist. Create it first');
    expect(await refusal('postgres://claimwire:hunter2@/x?host=/nowhere/at/all')).toContain('no such socket');
  });

  test.for([
    ['28P01', 'it refused the password'],
    ['28000', 'it refused this user'],
    ['53300', 'no connection left'],
  ] as const)('SQLSTATE %s: %s', async ([code, words]) => {
    const { port, server } = await refusingServer(code);
    try {
      expect(await refusal(`postgres://claimwire:hunter2@127.0.0.1:${port}/x`)).toContain(words);
    } finally {
      server.close();
    }
  });

  test('a database that cannot hold Chinese is refused before anything is written', async () => {
    await database.pool.query(
      "create database ascii_only encoding 'SQL_ASCII' locale 'C' locale_provider libc template template0",
    );
    try {
      expect(await refusal(urlOf('ascii_only'))).toContain('stores SQL_ASCII; claimwire needs UTF8');
    } finally {
      await database.pool.query('drop database ascii_only');
    }
  });

  test('a server that accepts and never answers is given up after 5 s', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined));
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    const began = performance.now();
    expect(await refusal(`postgres://claimwire:hunter2@127.0.0.1:${port}/x`)).toContain('it does not answer');
    expect(performance.now() - began).toBeLessThan(8_000);
    server.close();
  });
});
