/**
 * Commands that only look change nothing of what a bot on the same database was told, and a data folder that cannot be
 * used is one sentence.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pino from 'pino';
import { configFor, openNewsroom } from '../../src/cli/compose.ts';
import { makeDataFolder } from '../../src/cli/data-folder.ts';
import type { Io } from '../../src/cli/io.ts';
import { fieldClock } from '../../src/pipeline/clock.ts';
import { freshDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
const dir = mkdtempSync(join(tmpdir(), 'claimwire-looking-'));
beforeAll(async () => {
  database = await freshDatabase({ migrated: false });
});
afterAll(async () => {
  await database.close();
  rmSync(dir, { recursive: true });
});

async function open(inForce: boolean, change: (config: ReturnType<typeof configFor>) => ReturnType<typeof configFor>) {
  const { host, database: name, user } = database.poolConfig;
  const io: Io = {
    out: () => undefined,
    err: () => undefined,
    env: { CLAIMWIRE_DATA: dir, DATABASE_URL: `postgres:///${name}?host=${host}&user=${user}` },
    stdin: process.stdin,
    stop: new AbortController().signal,
  };
  const opened = await openNewsroom({
    config: change(configFor(io, undefined)),
    clock: fieldClock,
    log: pino({ level: 'silent' }),
    posters: new Map(),
    demo: false,
    inForce,
    emit: () => undefined,
  });
  const { rows } = await opened.room.pool.query<{ feeds: string; claims: string }>(
    'select (select count(*) from feeds where active) as feeds, (select count(*) from claims where active) as claims',
  );
  await opened.close();
  return { feeds: Number(rows[0]?.feeds), claims: Number(rows[0]?.claims) };
}

describe('a command that only looks', () => {
  it('leaves the feeds and claims of the bot beside it alone, whatever its own configuration', async () => {
    const told = await open(true, (config) => ({ ...config, feedList: config.feedList.slice(0, 5) }));
    expect(told.feeds).toBe(5);
    expect(await open(false, (config) => ({ ...config, feedList: [], topics: [] }))).toEqual(told);
    expect(await open(false, (config) => config)).toEqual(told);
    expect(await open(true, (config) => ({ ...config, feedList: [] }))).toEqual({ ...told, feeds: 0 });
  });
});

describe('a data folder', () => {
  it('that cannot be used is one sentence with what to do', () => {
    const file = join(dir, 'file');
    writeFileSync(file, '');
    expect(() => makeDataFolder(file)).toThrow(/it is a file\. Set CLAIMWIRE_DATA/u);
    expect(() => makeDataFolder(join(file, 'below'))).toThrow(/a file stands in the way/u);
    if (process.platform === 'linux')
      expect(() => makeDataFolder('/proc/claimwire/data')).toThrow(/no folder can be made there/u);
    makeDataFolder(join(dir, 'a', 'b'));
    makeDataFolder(join(dir, 'a', 'b'));
  });
});
