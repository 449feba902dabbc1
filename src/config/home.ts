/**
 * Where the package lies: `config/` ships beside package.json, whether we run from src/ (tests) or dist/src/ (users).
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the folder that holds our package.json. */
export function packageRoot(from: string = dirname(fileURLToPath(import.meta.url))): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('no package.json above the program: the installation is incomplete');
  return packageRoot(parent);
}

/** The configuration that is updated with the software. */
export function shippedConfigDir(): string {
  return join(packageRoot(), 'config');
}

/** Ours, from package.json. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** How people would name a file: relative when it is below the working directory, else absolute. */
export function shownPath(path: string, cwd: string = process.cwd()): string {
  const short = relative(cwd, path);
  return short === '' || short.startsWith('..') ? path : short.split(sep).join('/');
}
