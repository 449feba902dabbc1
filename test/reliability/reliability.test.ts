/**
 * The quick part of the proof: the real program is killed, stopped and cut off while it works. `npm run chaos` is the long
 * part, with a hundred kills and all faults.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { built } from '../support/built.ts';
import { redisIsHere } from '../support/redis.ts';
import { run, type Row, type Scenario, type World } from './run.ts';
import { flushed, killsAndStops } from './scenarios.ts';

let program = '';
beforeAll(async () => {
  program = await built('main.js');
}, 180_000);

const SMALL = { claims: 3, channels: 2 } as const;

async function flawless(scenario: Scenario): Promise<Row> {
  const seed = Math.floor(Math.random() * 100_000);
  const row = await run(scenario, { program, seed, scale: 0.1 });
  const { alerts, lost, doubled, disordered, misplaced, notes } = row;
  expect({ alerts, lost, doubled, disordered, misplaced, notes }, `seed ${seed}\n${row.log.slice(-4000)}`).toEqual({
    alerts: scenario.claims * 3 * scenario.channels * 2,
    lost: [],
    doubled: [],
    disordered: [],
    misplaced: [],
    notes: [],
  });
  return row;
}

/** Everything that anybody but the two platforms' own front doors could read. */
async function readable({ pool, bodies, log }: World): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('claimwire', 'bullmq')`,
  );
  expect(tables.length).toBeGreaterThan(15);
  const stored = await Promise.all(
    tables.map(async ({ name }) => JSON.stringify((await pool.query<object>(`select * from ${name}`)).rows)),
  );
  const board = /board: (http:\S+)/u.exec(log)?.[1] ?? '';
  const last = [...log.matchAll(/board: (http:\S+)/gu)].at(-1)?.[1] ?? board;
  const pages = await Promise.all(
    ['/', '/metrics', '/healthz', '/readyz', '/api/claims', '/claims/altair', '/claims.atom', '/claims.json'].map(
      async (path) => (await fetch(new URL(path, last))).text(),
    ),
  );
  return [log, ...stored, JSON.stringify(bodies), ...pages].join('\n');
}

describe('whatever happens to it, the product', { timeout: 300_000 }, () => {
  it('P1: loses no decided alert, P2: posts none twice, P17: stops within 10 s, P18: shows no secret anywhere', async () => {
    let leaked: string[] | null = null;
    let renewed = 0;
    const row = await flawless({
      ...killsAndStops(3, { ...SMALL, processes: 2 }),
      roles: ['web'],
      rotation: true,
      async inspect(world) {
        const everything = await readable(world);
        expect(everything).toContain('Altair runs on Kestrel chips');
        leaked = world.secrets.filter((secret) => everything.includes(secret));
        renewed = world.slackExchanges;
      },
    });
    expect(row.kills).toBeGreaterThanOrEqual(2);
    expect(leaked).toEqual([]);
    // Once for all processes and all their lives.
    expect(renewed).toBe(1);
  });

  it.runIf(redisIsHere())(
    'P1: loses no decided alert when Redis forgets everything in mid fan-out, and P20: says little about it',
    async () => {
      const row = await flawless({ ...flushed(3), ...SMALL });
      expect(row.log.split('\n').length / row.seconds).toBeLessThan(20);
    },
  );
});
