/**
 * `claimwire demo [--exit] [--json] [--seconds N]`: five months of news in a minute, on a fresh machine.
 *
 * Making a database takes a second, loading the program another one: here the first begins before the second.
 */
import { join } from 'node:path';
import { readEnvironment } from '../config/environment.ts';
import { parseArguments } from './arguments.ts';
import { makeDataFolder } from './data-folder.ts';
import type { ExitCode, Io } from './io.ts';

const USAGE = 'claimwire demo [--exit] [--json] [--seconds 55]';

/** The demo keeps its ledger and its log apart from the bot's. */
export function demoFolder(dataDir: string): string {
  return join(dataDir, 'demo');
}

export async function runDemo(args: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parseArguments(
    args,
    { exit: { type: 'boolean' }, json: { type: 'boolean' }, seconds: { type: 'string' } },
    USAGE,
  );
  const seconds = Number((parsed.ok ? parsed.values.seconds : undefined) ?? 55);
  if (parsed.ok && parsed.positionals[0] !== undefined) {
    io.err(`demo takes no argument "${parsed.positionals[0].slice(0, 40)}". Usage: ${USAGE}`);
    return 2;
  }
  if (!parsed.ok || !(seconds >= 5 && seconds <= 3600)) {
    io.err(parsed.ok ? `--seconds is a number from 5 to 3600. Usage: ${USAGE}` : parsed.message);
    return 2;
  }
  const { dataDir, secrets, problems } = readEnvironment(io.env);
  if (problems.length === 0 && secrets.databaseUrl === null) {
    makeDataFolder(demoFolder(dataDir));
    const { prepareEmbedded } = await import('../ledger/embedded.ts');
    prepareEmbedded(demoFolder(dataDir));
  }
  const { playDemo } = await import('./demo-play.ts');
  return playDemo({ seconds, json: parsed.values.json === true, exit: parsed.values.exit === true }, io);
}
