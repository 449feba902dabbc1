/**
 * Who runs under a pid, told apart from whoever had that number before.
 *
 * A pid alone proves nothing: numbers are reused, in containers within minutes. `4711 started 88123` does.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

function ps(pid: number, column: string): string | null {
  try {
    // One locale and zone, because the watchdog's shell reads the same column and the two are compared.
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const told = execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return told.toString().trim().replaceAll(/\s+/g, '_') || null;
  } catch {
    return null;
  }
}

/** When the process started, in the system's own unit (ticks since boot on Linux); null when it is gone or a zombie. */
export function bornAt(pid: number): string | null {
  if (process.platform !== 'linux') return ps(pid, 'lstart');
  try {
    // The command name stands in brackets and may hold spaces and brackets itself: count from the last one.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return fields[19] ?? null;
  } catch {
    return null;
  }
}

/** The command line, arguments joined by spaces; null when the process is gone. */
export function commandOf(pid: number): string | null {
  if (process.platform !== 'linux') return ps(pid, 'command');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || null;
  } catch {
    return null;
  }
}

/** Waits until `pid` is gone. False when it is still there after `timeoutMs`. */
export async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (bornAt(pid) !== null) {
    if (Date.now() > deadline) return false;
    await pause(20);
  }
  return true;
}
