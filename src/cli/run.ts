/**
 * `claimwire run [--roles poll,judge,...] [--config DIR] [--json]`: the bot. Without chat tokens it posts to the
 * terminal and the board, and says how to add tokens.
 */
import pino from 'pino';
import { watchConfig } from '../config/watch.ts';
import { parseArguments } from './arguments.ts';
import { configFor, consoleSubscriptions } from './compose.ts';
import { openLog } from './log.ts';
import { jsonLines, type ExitCode, type Io } from './io.ts';
import { openPlatforms } from './platforms.ts';
import { openProduct } from './product.ts';
import { fieldClock } from '../pipeline/clock.ts';
import { armFailpoints } from '../pipeline/failpoint.ts';
import { timings } from '../pipeline/timings.ts';
import { ROLES, USUAL_PACE, type Role } from '../pipeline/work.ts';

const USAGE = `claimwire run [--roles ${ROLES.join(',')}] [--config DIR] [--json]`;

export function rolesOf(written: string | undefined): ReadonlySet<Role> | string {
  if (written === undefined) return new Set(ROLES);
  const names = written
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const unknown = names.find((name) => !ROLES.some((role) => role === name));
  if (unknown !== undefined) return `There is no role "${unknown}". Roles: ${ROLES.join(', ')}`;
  return names.length === 0 ? `--roles names no role. Roles: ${ROLES.join(', ')}` : new Set(names as Role[]);
}

export async function runBot(args: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parseArguments(
    args,
    { roles: { type: 'string' }, config: { type: 'string' }, json: { type: 'boolean' } },
    USAGE,
  );
  const roles = parsed.ok ? rolesOf(parsed.values.roles) : parsed.message;
  if (!parsed.ok || typeof roles === 'string' || parsed.positionals.length > 0) {
    io.err(typeof roles === 'string' ? roles : `Usage: ${USAGE}`);
    return 2;
  }
  const json = parsed.values.json === true;
  const failing = io.env['CLAIMWIRE_FAILPOINT'];
  if (failing !== undefined) {
    armFailpoints(failing);
    io.err('CLAIMWIRE_FAILPOINT is set: this process fails on purpose, which only a test wants');
  }
  const config = configFor(io, parsed.values.config);
  const log = openLog(
    pino.destination({ dest: 2, sync: true }),
    io.env['CLAIMWIRE_LOG'] ?? (process.stderr.isTTY ? 'warn' : 'info'),
  );
  const platforms = await openPlatforms(config, { io, log, roles, json, style: 'card', dataDir: config.dataDir });
  const product = await openProduct({
    config: platforms.console
      ? {
          ...config,
          subscriptions: [...config.subscriptions, ...consoleSubscriptions(config.topics.map((topic) => topic.id))],
        }
      : config,
    clock: fieldClock,
    log,
    platforms,
    roles,
    pace: { ...USUAL_PACE, sweepMs: timings(config.timeScale).sweepMs },
    demo: false,
    emit: json ? jsonLines(io) : () => undefined,
  });
  const say = json ? io.err : io.out;
  const watch = watchConfig({
    shippedDir: config.dirs.shipped,
    userDir: config.dirs.user,
    env: io.env,
    current: config,
    onEdit: (edit) => {
      if (!edit.ok) {
        for (const problem of edit.problems)
          log.error({ step: 'configuration' }, `${problem}. The old configuration stays in force`);
        return;
      }
      product.reload(edit.config).then(
        () => log.info({ step: 'configuration' }, 'an edited configuration is in force'),
        (error: unknown) =>
          log.error(
            { step: 'configuration', err: error },
            'an edited configuration could not be stored; it is read again at the next start',
          ),
      );
    },
  });
  for (const line of [...product.describe, ...platforms.describe]) say(line);
  if (!io.stop.aborted) await new Promise((resolve) => io.stop.addEventListener('abort', resolve, { once: true }));
  say('stopping: finishing what is under way');
  watch.close();
  await product.close();
  return 0;
}
