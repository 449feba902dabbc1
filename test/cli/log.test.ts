import { expect, it } from 'vitest';
import { lineLimit, openLog } from '../../src/cli/log.ts';

it('writes at most 20 lines a second whatever happens, and counts what it leaves out', () => {
  const lines: { msg: string; left?: number }[] = [];
  const log = openLog({ write: (line: string) => void lines.push(JSON.parse(line) as { msg: string }) }, 'info');
  for (let turn = 0; turn < 5000; turn += 1) {
    log.info({ turn }, 'a turn');
    log.error({ turn }, 'trouble');
  }
  // The loop may last longer than a second on a busy machine.
  expect(lines.length).toBeLessThan(200);
  expect(lines.filter((line) => line.msg === 'trouble').length).toBeGreaterThan(0);
});

it('keeps places for trouble in a flood of ordinary lines, and begins anew each second', () => {
  let now = 0;
  const limit = lineLimit(() => now);
  const written = Array.from({ length: 100 }, () => limit(30)).filter((line) => line.write).length;
  const trouble = Array.from({ length: 100 }, () => limit(50)).filter((line) => line.write).length;
  expect(written + trouble).toBeLessThan(20);
  expect(trouble).toBeGreaterThan(5);
  now = 1000;
  expect(limit(30)).toEqual({ write: true, left: 200 - written - trouble });
  expect(limit(30)).toEqual({ write: true, left: 0 });
});
