/**
 * The folder that CLAIMWIRE_DATA names: database, marks, logs.
 */
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Explained } from './io.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOENT: 'no folder can be made there',
};

/** Makes the folder with those above it. Throws Explained, one sentence with what to do, when it cannot be used. */
export function makeDataFolder(dir: string): void {
  try {
    if (existsSync(dir) && !statSync(dir).isDirectory()) throw cannot(dir, 'it is a file');
    make(dir);
    accessSync(dir, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof Explained) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw cannot(dir, code === 'ENOTDIR' ? 'a file stands in the way' : (REASONS[code] ?? code));
  }
}

function cannot(dir: string, why: string): Explained {
  return new Explained(
    `The data folder ${dir} cannot be used: ${why}. Set CLAIMWIRE_DATA to a folder that this user may write.`,
  );
}

/** Step by step: Node's own recursive way never ends under /proc, where every mkdir says that there is nothing. */
function make(dir: string): void {
  if (existsSync(dir)) return;
  make(dirname(dir));
  try {
    mkdirSync(dir, { mode: 0o755 });
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
