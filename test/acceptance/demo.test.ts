import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/home.ts';

/** One JSON line of `demo --json`. */
interface Line {
  readonly type: string;
  readonly claim?: string;
  readonly status?: string;
  readonly at?: string;
  readonly origins?: readonly string[];
}

const program = join(packageRoot(), 'dist', 'src', 'main.js');
const folders: string[] = [];
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'claimwire-demo-'));
  folders.push(made);
  return made;
}

/** Starts the real program; `untilLine` kills it, hard, when it has printed so many lines. */
function demo(
  data: string,
  seconds: number,
  killAfterLines = Number.POSITIVE_INFINITY,
): Promise<{ lines: Line[]; code: number | null; err: string }> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], CLAIMWIRE_DATA: data, CLAIMWIRE_WEB_PORT: '0' };
  const child = spawn(process.execPath, [program, 'demo', '--json', '--exit', '--seconds', String(seconds)], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let out = '';
  let err = '';
  child.stderr.on('data', (text: Buffer) => (err += text.toString()));
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
    if (out.split('\n').length > killAfterLines) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      running.delete(child);
      const whole = out.split('\n').slice(0, -1);
      resolve({ lines: whole.map((line) => JSON.parse(line) as Line), code, err });
    });
  });
}

const of = (lines: readonly Line[], type: string, claim: string): string[] =>
  lines
    .filter((line) => line.type === type && line.claim === claim)
    .map((line) => `${line.status} ${line.at?.slice(0, 10)}`);

const marks = (data: string): string[] =>
  readFileSync(join(data, 'demo', 'terminal.marks'), 'utf8')
    .split('\n')
    .filter((mark) => mark !== '');

describe.skipIf(!existsSync(program))('claimwire demo, as installed', () => {
  it('tells the story as it was: reported, corroborated, confirmed', { timeout: 90_000 }, async () => {
    const data = folder();
    const { lines, code, err } = await demo(data, 14);
    expect(err).toContain('DEMO ARCHIVE');
    expect(code, err).toBe(0);
    expect(of(lines, 'status', 'v4-on-huawei')).toEqual([
      'reported 2026-02-28',
      'corroborated 2026-04-03',
      'confirmed 2026-04-24',
    ]);
    expect(of(lines, 'alert', 'v4-on-huawei')).toEqual(of(lines, 'status', 'v4-on-huawei'));
    expect(of(lines, 'status', 'v4-within-weeks')).toEqual(['reported 2026-04-03', 'confirmed 2026-04-24']);
    const confirmed = new Set(
      lines.filter((line) => line.type === 'status' && line.status === 'confirmed').map((line) => line.claim),
    );
    // What the archive holds an official word for, and nothing else.
    expect([...confirmed].toSorted((a = '', b = '') => (a < b ? -1 : 1))).toEqual([
      'ascend-950pr-on-sale',
      'h200-case-by-case',
      'v4-on-huawei',
      'v4-within-weeks',
    ]);
    expect(err).toContain('0 lost, 0 doubled');
    expect(new Set(marks(data)).size).toBe(marks(data).length);
  });

  it('neither loses nor repeats an alert when it is killed again and again', { timeout: 150_000 }, async () => {
    const data = folder();
    const all: Line[] = [];
    // A whole run prints some 240 lines: these kills fall all over the story.
    for (const killAfter of [12, 45, 20, 33, 28]) {
      const { lines, code } = await demo(data, 14, killAfter);
      expect(code).toBeNull();
      all.push(...lines);
    }
    const { lines, code, err } = await demo(data, 14);
    all.push(...lines);
    expect(code, err).toBe(0);
    expect(err).toContain('0 lost, 0 doubled');
    expect(of(all, 'alert', 'v4-on-huawei')).toEqual([
      'reported 2026-02-28',
      'corroborated 2026-04-03',
      'confirmed 2026-04-24',
    ]);
    const alerts = all.filter((line) => line.type === 'alert').map((line) => `${line.claim} ${line.status}`);
    expect(new Set(alerts).size).toBe(alerts.length);
    expect(new Set(marks(data)).size).toBe(marks(data).length);
    expect(alerts).toHaveLength(marks(data).length);
  });
});
