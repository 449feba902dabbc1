/**
 * What one slow channel costs the others: the compiled program with its durations as in the field, five channels on each
 * platform, 15 changes. First all channels answer at once, then one on each platform takes 10 s for every request, two
 * thirds of what a request may last.
 *
 *     npm run bench lanes
 *
 * Exits 1 when the 95th percentile from decision to message in the other channels is more than 2 s above the first run's.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Happened } from '../reliability/history.ts';
import { run, type Scenario } from '../reliability/run.ts';

const SLOW_MS = 10_000;
const LIMIT_MS = 2_000;
const SEED = 7;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const SCENE: Scenario = {
  fault: 'none',
  queue: 'PostgreSQL',
  claims: 5,
  channels: 5,
  processes: 1,
  strikes: 15,
  sound: true,
  strike: () => pause(2_000),
};

/** Milliseconds from decision to message, shortest first, in the channels that `counts` names. */
function delays(history: readonly Happened[], counts: (channel: string) => boolean): number[] {
  const shown = new Map(history.flatMap((one) => (one.what === 'accepted' ? [[one.marker, one.at] as const] : [])));
  return history
    .flatMap((one) => {
      const at = one.what === 'decided' && counts(one.channel) ? shown.get(one.marker) : undefined;
      return at === undefined ? [] : [at - one.at];
    })
    .toSorted((a, b) => a - b);
}
const part = (sorted: readonly number[], share: number): number =>
  Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN);

async function measured(name: string, scenario: Scenario): Promise<number> {
  const program = fileURLToPath(new URL('../../src/main.js', import.meta.url));
  const row = await run(scenario, { program, seed: SEED, scale: 1 });
  const channels = [...new Set(row.history.flatMap((one) => (one.what === 'decided' ? [one.channel] : [])))].toSorted();
  const slow = new Set(['discord', 'slack'].map((platform) => channels.find((one) => one.startsWith(platform))));
  const others = delays(row.history, (channel) => !slow.has(channel));
  const first = delays(row.history, (channel) => slow.has(channel));
  print(
    `${name}: ${row.alerts} alerts, ${row.lost.length} lost, ${row.doubled.length} doubled; the other channels: typical ` +
      `${part(others, 0.5)} ms, 95 % within ${part(others, 0.95)} ms, longest ${part(others, 1)} ms; the first of each platform: ` +
      `typical ${part(first, 0.5)} ms, longest ${part(first, 1)} ms`,
  );
  for (const note of row.notes) print(`  note: ${note}`);
  if (row.lost.length + row.doubled.length > 0 || row.notes.length > 0) process.exitCode = 1;
  return part(others, 0.95);
}

const before = await measured('all answer at once', SCENE);
const after = await measured(`one channel a platform takes ${SLOW_MS / 1000} s`, {
  ...SCENE,
  lagMs: (nth) => (nth === 0 ? SLOW_MS : 0),
});
print(`one slow channel adds ${after - before} ms for 95 % of the others (limit ${LIMIT_MS} ms)`);
if (after - before > LIMIT_MS) process.exitCode = 1;
process.exit();
