/**
 * The quick part of the proof: the real program is killed, frozen and cut off while it works. `npm run chaos` is the long
 * part, with a hundred kills and all faults.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { built } from '../support/built.ts';
import { redisIsHere } from '../support/redis.ts';
import { run, type Row, type Scenario } from './run.ts';
import { flushed, kills } from './scenarios.ts';

let program = '';
beforeAll(async () => {
  program = await built('main.js');
});

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

describe('whatever happens to it, the product', { timeout: 240_000 }, () => {
  it('P1: loses no decided alert, and P2: posts none twice, though it is killed again and again and answers get lost', async () => {
    const row = await flawless({ ...kills('PostgreSQL', 4), ...SMALL, processes: 2 });
    expect(row.kills).toBeGreaterThanOrEqual(4);
  });

  it.runIf(redisIsHere())('P1: loses no decided alert when Redis forgets everything in mid fan-out', async () => {
    await flawless({ ...flushed(4), ...SMALL });
  });
});
