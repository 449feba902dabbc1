/**
 * The compiled program, for tests that start it as a process of its own (to kill it, or as another user).
 *
 * `npm ci` builds dist/; after an edit it is older than the sources, and the first test that asks builds it again.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function newest(folder: string, ending: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith(ending),
  );
  return Math.max(0, ...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

/** The build ends with parsed-yaml.json; files whose source did not change are left as they are. */
function isFresh(): boolean {
  const last = join(ROOT, 'dist', 'parsed-yaml.json');
  return existsSync(last) && statSync(last).mtimeMs > newest(join(ROOT, 'src'), '.ts');
}

/** The path of a compiled file: `await built('ledger/embedded.js')`. */
export async function built(file: string): Promise<string> {
  const lock = join(ROOT, 'dist', '.building');
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  const deadline = Date.now() + 30_000;
  while (!isFresh() || existsSync(lock)) {
    try {
      mkdirSync(lock);
    } catch {
      // Another test file builds it, or died while it did.
      if (Date.now() > deadline) rmdirSync(lock);
      await pause(50);
      continue;
    }
    try {
      // Types are another command's business.
      execFileSync(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '--noCheck'], {
        cwd: ROOT,
      });
      execFileSync(process.execPath, [join(ROOT, 'dist', 'src', 'config', 'precompile.js')]);
    } finally {
      rmdirSync(lock);
    }
  }
  return join(ROOT, 'dist', 'src', file);
}
