import { statfsSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** What takes longest, and mostly waits for processes and clocks: begun first, the rest fills the time in between. */
const FIRST = ['/acceptance/', '/reliability/', '/ledger/embedded', '/pipeline/', '/cli/', '/chat/'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = FIRST.findIndex((part) => moduleId.includes(part));
      return at === -1 ? FIRST.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

/**
 * Temporary folders in memory where there is room for two dozen databases: each commit of a real PostgreSQL waits for the
 * disk, half of a demo's time on a slow one, and what dies in these tests are processes, not machines.
 */
function inMemory(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > 4e9;
  } catch {
    return false;
  }
}
if (process.env['TMPDIR'] === undefined && inMemory('/dev/shm')) process.env['TMPDIR'] = '/dev/shm';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    // Loading the product anew for each of a hundred files took half of the suite's time. A file leaves nothing behind.
    isolate: false,
    // One more than the cores of a small machine: the longest files wait for processes that they kill.
    maxWorkers: 3,
    // Fewer collections of short-lived objects, which judging and rendering make by the million.
    execArgv: ['--max-semi-space-size=32'],
    sequence: { sequencer: LongestFirst },
  },
});
