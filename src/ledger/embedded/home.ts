/**
 * Where the embedded server lives and as whom it runs.
 *
 * PostgreSQL refuses to run as root. Started by root (a container, a cheap server) it runs as the owner of the
 * data folder, or as `nobody` when root owns that too. `nobody` cannot walk through a folder such as /root or a
 * fresh `mktemp -d` (mode 0700), so then the data goes to /var/lib/claimwire/<hash of the path> and we say so.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, realpathSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Log } from '../../core/log.ts';
import { databaseUnavailable, SET_DATABASE_URL } from '../unavailable.ts';

/** uid and gid to spawn PostgreSQL with; null: as ourselves. */
export type RunAs = { readonly uid: number; readonly gid: number } | null;

export interface EmbeddedHome {
  /** Absolute; holds data/, owners/, lib-*, run/ and server.log. Mode 0700. */
  readonly path: string;
  readonly runAs: RunAs;
}

/** The traditional `nobody` and `nogroup` of Linux: no files of its own, no rights. */
const NOBODY = { uid: 65_534, gid: 65_534 };

/** Where data goes that cannot stay in its folder; root only, so always writable. */
export const SYSTEM_FOLDER = '/var/lib/claimwire';

/** sockaddr_un.sun_path is 108 bytes on Linux and 104 on macOS, with the closing NUL. */
const SOCKET_PATH_BYTES = 103;

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Runs a shell test as that user: the kernel knows about access lists and mounts, mode bits alone do not. */
export function canAs(runAs: RunAs, test: string, path: string): boolean {
  const script = `test ${test} "$1"`;
  return spawnSync('/bin/sh', ['-c', script, 'sh', path], { cwd: '/', stdio: 'ignore', ...runAs }).status === 0;
}

/** initdb refuses to run as a user without an entry in the user database. */
function hasName(uid: number): boolean {
  return spawnSync('id', [String(uid)], { stdio: 'ignore' }).status === 0;
}

/** Makes a folder that belongs to the server's user. */
export function ownedFolder(path: string, runAs: RunAs): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (runAs !== null) chownSync(path, runAs.uid, runAs.gid);
}

/** Settles place and user for a data folder, and makes the folder. */
export function embeddedHome(dataDir: string, log: Pick<Log, 'warn'>): EmbeddedHome {
  const asked = resolve(dataDir);
  try {
    const made = mkdirSync(asked, { recursive: true });
    // Under a umask of 077 the server's user could not enter what we just made; what needs hiding is 0700 below.
    if (made !== undefined && isRoot()) chmodSync(asked, 0o755);
  } catch (error) {
    throw databaseUnavailable(`The data folder ${asked} cannot be made (${String(error)}). Set CLAIMWIRE_DATA.`, error);
  }
  const folder = realpathSync(asked);
  if (!isRoot()) return ordinaryHome(join(folder, 'postgres'));

  const owner = statSync(existsSync(join(folder, 'postgres')) ? join(folder, 'postgres') : folder);
  const runAs = owner.uid !== 0 && hasName(owner.uid) ? { uid: owner.uid, gid: owner.gid } : NOBODY;
  let path = join(folder, 'postgres');
  if (!canAs(runAs, '-x', folder)) {
    path = join(SYSTEM_FOLDER, createHash('sha256').update(folder).digest('hex').slice(0, 16));
    mkdirSync(SYSTEM_FOLDER, { recursive: true });
    chmodSync(SYSTEM_FOLDER, 0o755);
    log.warn(
      { asked: folder, path },
      `PostgreSQL does not run as root, and its user (uid ${runAs.uid}) cannot enter ${folder}: the database is in ${path} instead`,
    );
  }
  ownedFolder(path, runAs);
  return { path, runAs };
}

function ordinaryHome(path: string): EmbeddedHome {
  if (existsSync(path) && statSync(path).uid !== process.getuid?.()) {
    throw databaseUnavailable(
      `The database in ${path} belongs to another user (uid ${statSync(path).uid}), probably because claimwire ran as root before. ` +
        `Give it back (chown -R ${process.getuid?.()} ${path}), choose another CLAIMWIRE_DATA, or: ${SET_DATABASE_URL}`,
    );
  }
  try {
    ownedFolder(path, null);
  } catch (error) {
    throw databaseUnavailable(`The data folder ${path} cannot be made (${String(error)}). Set CLAIMWIRE_DATA.`, error);
  }
  return { path, runAs: null };
}

/** Beside the data when that path is short enough for a socket, else under the temporary folder. */
function socketFolders(home: EmbeddedHome): string[] {
  const name = `claimwire-${createHash('sha256').update(home.path).digest('hex').slice(0, 12)}`;
  return [join(home.path, 'run'), join(tmpdir(), name), join('/tmp', name)].filter(
    (path) => Buffer.byteLength(join(path, '.s.PGSQL.5432')) <= SOCKET_PATH_BYTES,
  );
}

/**
 * The folder of the unix socket, made when absent. Trust authentication is safe only because nobody else can enter it
 * (0700), so a folder that somebody else put there is not used.
 */
export function socketFolder(home: EmbeddedHome): string {
  const uid = home.runAs?.uid ?? process.getuid?.() ?? 0;
  for (const path of socketFolders(home)) {
    if (!existsSync(path)) ownedFolder(path, home.runAs);
    const found = statSync(path);
    if (found.uid !== uid || (found.mode & 0o077) !== 0) continue;
    if (home.runAs !== null && !canAs(home.runAs, '-w', path)) continue;
    return path;
  }
  throw databaseUnavailable(
    `No folder for PostgreSQL's socket: those beside ${home.path} and under ${tmpdir()} are too long or not ours. ` +
      'Set CLAIMWIRE_DATA to a shorter path.',
  );
}

/** After the server has stopped: leaves nothing of ours under the temporary folder. */
export function removeSocketFolder(home: EmbeddedHome): void {
  const [path] = socketFolders(home);
  if (path === undefined || path.startsWith(home.path)) return;
  try {
    rmdirSync(path);
  } catch {
    // Somebody opened the server again, or the folder was never made.
  }
}
