/**
 * Who uses the embedded server, and what happens when the last of them dies.
 *
 * Each process that opens the server leaves `owners/<pid>-<nonce>` with its start time. `kill -9` leaves the server
 * running without anybody (an orphan); the watchdog, a shell that sleeps, looks every second and stops the server when it has
 * found no living owner three times. A process started in between finds the server running and adopts it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EmbeddedHome, ownedFolder } from './home.ts';
import { bornAt } from './processes.ts';

/**
 * POSIX sh, about 1 MB, where a second Node would cost 30. `$1` is the home. `born` prints a process's start time as
 * `bornAt` does, and nothing for a zombie. It signals only a process whose command line names our data folder, and after
 * the first signal only that same process: an owner who comes meanwhile has started a server of his own there.
 * Arithmetic of the 10 s promise: at most 1 s to notice, 2 s to be sure, 5 s for a clean stop, then SIGQUIT, which
 * is a crash to PostgreSQL: nothing committed is lost.
 */
const WATCHDOG = `
born() {
  if [ -d /proc/self ]; then
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
    set -- \${stat##*) }
    case $1 in Z|X) return 0;; esac
    echo "\${20}"
  else
    ps -o lstart= -p "$1" 2>/dev/null | awk '{$1=$1; gsub(/ /, "_"); print}'
  fi
}
owned() {
  for file in "$home"/owners/*; do
    [ -f "$file" ] || continue
    pid=\${file##*/}; pid=\${pid%%-*}
    since=; read -r since <"$file" || :
    if [ -n "$since" ] && [ "$(born "$pid")" = "$since" ]; then return 0; fi
    rm -f "$file"
  done
  return 1
}
server() {
  pid=; { read -r pid <"$home/data/postmaster.pid"; } 2>/dev/null || return 1
  if [ -d /proc/self ]; then line=$(tr '\\0' ' ' <"/proc/$pid/cmdline") 2>/dev/null; else line=$(ps -o command= -p "$pid"); fi
  case $line in *"$home/data"*) [ -n "$(born "$pid")" ];; *) return 1;; esac
}
home=$1
me="$$ $(born $$)"
echo "$me" >"$home/watchdog.$$" && mv "$home/watchdog.$$" "$home/watchdog.pid" || exit 1
idle=0
while :; do
  now=; { read -r now <"$home/watchdog.pid"; } 2>/dev/null || :
  [ "$now" = "$me" ] || exit 0
  if owned; then idle=0; else idle=$((idle + 1)); fi
  if [ "$idle" -ge 3 ]; then
    abandoned=
    if server; then abandoned=$pid; kill -INT "$pid"; fi
    for second in 1 2 3 4 5; do if server && [ "$pid" = "$abandoned" ]; then sleep 1; fi; done
    if server && [ "$pid" = "$abandoned" ]; then kill -QUIT "$pid"; fi
    if ! owned; then rm -f "$home/watchdog.pid"; exit 0; fi
    idle=0
  fi
  sleep 1
done
`;

export interface Ownership {
  /** Makes sure that a watchdog lives; cheap, called every second. */
  ensureWatchdog(): void;
  /** Gives up our share. True when nobody else is left: the server is then ours to stop. */
  release(): boolean;
  /** Ends the watchdog; only for the last owner, after it has stopped the server. */
  dismissWatchdog(): void;
}

/** Registers this process as an owner of the server in `home`. */
export function takeOwnership(home: EmbeddedHome): Ownership {
  const folder = join(home.path, 'owners');
  ownedFolder(folder, home.runAs);
  const name = `${process.pid}-${randomBytes(4).toString('hex')}`;
  // Written aside and renamed, so that the watchdog never reads half of it and takes us for dead.
  writeFileSync(join(folder, `.${name}`), `${bornAt(process.pid)}\n`);
  renameSync(join(folder, `.${name}`), join(folder, name));

  let starting: ChildProcess | null = null;
  return {
    ensureWatchdog(): void {
      if (livingWatchdog(home) !== null) return;
      if (starting !== null && starting.exitCode === null && starting.signalCode === null) return;
      starting = spawn('/bin/sh', ['-c', 'eval "$CLAIMWIRE_WATCHDOG"', 'claimwire-watchdog', home.path], {
        cwd: '/',
        // Its own session: Ctrl-C in the terminal must not end the one who cleans up after Ctrl-C.
        detached: true,
        stdio: 'ignore',
        env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', CLAIMWIRE_WATCHDOG: WATCHDOG },
      });
      // No shell: the server still works, it only outlives a crash of ours until the next start.
      starting.on('error', () => undefined);
      starting.unref();
    },
    release(): boolean {
      rmSync(join(folder, name), { force: true });
      return !readdirSync(folder).some((file) => livingOwner(folder, file));
    },
    dismissWatchdog(): void {
      const pid = livingWatchdog(home);
      if (pid === null) return;
      rmSync(join(home.path, 'watchdog.pid'), { force: true });
      try {
        process.kill(pid, 'SIGTERM');
      } catch {
        // It went by itself.
      }
    },
  };
}

function livingOwner(folder: string, file: string): boolean {
  const pid = Number.parseInt(file, 10);
  if (!Number.isSafeInteger(pid)) return false;
  return isSame(pid, readOrEmpty(join(folder, file)));
}

function livingWatchdog(home: EmbeddedHome): number | null {
  const [pid = '', born = ''] = readOrEmpty(join(home.path, 'watchdog.pid')).split(' ');
  return isSame(Number(pid), born) ? Number(pid) : null;
}

function isSame(pid: number, born: string): boolean {
  return pid > 0 && born !== '' && bornAt(pid) === born;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
