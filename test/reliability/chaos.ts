/**
 * `npm run chaos [-- --seed N] [--only WORD] [--scale S]`: the long proof. Prints a table, exits 1 when anything was lost,
 * doubled or out of order.
 *
 *   npm run chaos -- --seed 7 --only kill
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { redisIsHere } from '../support/redis.ts';
import { run, type Row, type Scenario } from './run.ts';
import {
  faketimeLibrary,
  flushed,
  frozen,
  fullDisk,
  jumpingClock,
  kills,
  mayMount,
  postgresRestarted,
  redisFull,
  redisKilled,
  rollingRestarts,
} from './scenarios.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000) % 100_000) },
    only: { type: 'string', default: '' },
    scale: { type: 'string', default: '0.1' },
    kills: { type: 'string', default: '100' },
    history: { type: 'string' },
  },
});
const seed = Number(values.seed);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const redis = redisIsHere();
const scenarios: (Scenario | string)[] = [
  kills('PostgreSQL', Number(values.kills)),
  redis ? kills('Redis', Number(values.kills), { processes: 2 }) : 'kill -9 with Redis: redis-server is not on PATH',
  frozen('PostgreSQL', 8),
  rollingRestarts('PostgreSQL', 12),
  redis ? rollingRestarts('Redis', 12) : 'rolling restarts with Redis: redis-server is not on PATH',
  redis ? flushed(40) : 'FLUSHALL: redis-server is not on PATH',
  redis ? redisKilled(8) : 'Redis killed: redis-server is not on PATH',
  redis ? redisFull(8) : 'Redis out of memory: redis-server is not on PATH',
  postgresRestarted('PostgreSQL', 8),
  mayMount() ? fullDisk(5) : 'full disk: needs root, for a small tmpfs',
  faketimeLibrary() !== null ? jumpingClock(20) : 'clock jumps: libfaketime is not installed',
];

const COLUMNS = [
  'fault',
  'queue',
  'alerts',
  'faults',
  'kills',
  'lost',
  'doubled',
  'disorder',
  'late',
  'repeats',
  'typical',
  'longest',
  'took',
];
function cells(row: Row): string[] {
  const { lost, doubled, disordered, late } = row;
  return [
    row.fault,
    row.queue,
    String(row.alerts),
    String(row.strikes),
    String(row.kills),
    ...[lost, doubled, disordered, late].map((found) => String(found.length)),
    String(row.repeats),
    `${(row.typicalMs / 1000).toFixed(1)} s`,
    `${(row.longestMs / 1000).toFixed(1)} s`,
    `${row.seconds} s`,
  ];
}
const WIDTHS = [40, 10, 6, 6, 5, 4, 7, 8, 4, 7, 7, 7, 5];
const line = (parts: readonly string[]): string =>
  parts.map((part, at) => (at < 2 ? part.padEnd(WIDTHS[at] ?? 0) : part.padStart(WIDTHS[at] ?? 0))).join('  ');

// Compiled beside this file.
const program = fileURLToPath(new URL('../../src/main.js', import.meta.url));
say(`seed ${seed}, time scale ${values.scale}; 5 % of answers lost after the work, 3 % turned into 502 after it`);
say(line(COLUMNS));
let failed = false;
for (const [at, scenario] of scenarios.entries()) {
  if (typeof scenario === 'string') {
    say(`SKIPPED  ${scenario}`);
    continue;
  }
  if (!`${scenario.fault} ${scenario.queue}`.toLowerCase().includes(values.only.toLowerCase())) continue;
  const row = await run(scenario, {
    program,
    seed: seed + at * 100,
    scale: Number(values.scale),
    onProgress: (words) => void process.stderr.write(`  ${scenario.fault}: ${words}\n`),
  });
  say(line(cells(row)));
  for (const note of row.notes) say(`    note: ${note}`);
  for (const kind of ['lost', 'doubled', 'disordered', 'late', 'misplaced'] as const) {
    for (const one of row[kind].slice(0, 5)) say(`    ${kind}: ${one}`);
  }
  failed ||= row.lost.length + row.doubled.length + row.disordered.length + row.misplaced.length > 0;
  if (values.history !== undefined) {
    writeFileSync(`${values.history}-${at}.json`, JSON.stringify(row.history, null, 1));
    writeFileSync(`${values.history}-${at}.log`, row.log);
  }
}
process.exit(failed ? 1 : 0);
