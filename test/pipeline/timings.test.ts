import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import { packageRoot } from '../../src/config/home.ts';
import { FAILPOINTS, armFailpoints } from '../../src/pipeline/failpoint.ts';
import { timings } from '../../src/pipeline/timings.ts';

/** What a platform may take to show a message after the request is over (Poster.settleMs of Slack and Discord). */
const SETTLE_MS = 30_000;

describe('the timings of delivery', () => {
  it.each([1, 0.1, 0.01])('keep a lease longer than request and settling together, at scale %d', (scale) => {
    const { requestMs, flightLeaseMs, idleLeaseMs } = timings(scale);
    expect(requestMs).toBeLessThan(SETTLE_MS * scale);
    expect(requestMs + SETTLE_MS * scale).toBeLessThan(flightLeaseMs);
    // Without a request in flight an alert resumes within 20 s of its worker's death, the sweep included.
    expect(idleLeaseMs + timings(scale).sweepMs).toBeLessThanOrEqual(20_000 * scale);
  });

  it('are scaled by one setting, which is refused where it could only be a mistake and warned about below 1', () => {
    expect(readEnvironment({}).timeScale).toBe(1);
    for (const wrong of ['0', '-1', '2', 'fast', '1e9', 'NaN']) {
      const read = readEnvironment({ CLAIMWIRE_TIME_SCALE: wrong });
      expect(read.problems, wrong).toHaveLength(1);
      expect(read.timeScale).toBe(1);
    }
    const scaled = readEnvironment({ CLAIMWIRE_TIME_SCALE: '0.1' });
    expect(scaled.timeScale).toBe(0.1);
    expect(scaled.warnings.join()).toContain('too short for a real platform');
  });
});

describe('failpoints', () => {
  it('stand at one place each, so that a name says where', () => {
    const folder = join(packageRoot(), 'src', 'pipeline');
    const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    const used = sources.flatMap((source) => [...source.matchAll(/\bfailpoint\('([a-z.]+)'\)/g)].map((hit) => hit[1]));
    expect(used).toHaveLength(FAILPOINTS.length);
    expect(new Set(used)).toEqual(new Set(FAILPOINTS));
  });

  it.each(['deliver.sent=kill', 'deliver.leased=explode', 'deliver.leased', ''])('refuse to guess: "%s"', (written) => {
    expect(() => armFailpoints(written)).toThrow('CLAIMWIRE_FAILPOINT');
  });
});
