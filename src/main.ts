#!/usr/bin/env node
/**
 * claimwire: the command line. The commands stand in cli/commands.ts.
 */
import { packageVersion } from './config/home.ts';
import { isDatabaseUnavailable } from './ledger/unavailable.ts';
import { HelpAsked } from './cli/arguments.ts';
import { COMMANDS, unknownCommand, usage } from './cli/commands.ts';
import { Explained, type ExitCode, type Io } from './cli/io.ts';

/** Output to a pipe whose reader left (`| head`) is no error of ours. */
function write(stream: NodeJS.WriteStream, line: string): void {
  if (!stream.destroyed && stream.writable) stream.write(`${line}\n`);
}

async function main(argv: readonly string[]): Promise<ExitCode> {
  // "help feeds" is "feeds --help".
  const [name, ...args] =
    argv[0] === 'help' && argv.length === 2 && Object.hasOwn(COMMANDS, argv[1] ?? '')
      ? [argv[1] ?? '', '--help']
      : argv;
  const stop = new AbortController();
  const io: Io = {
    out: (line) => write(process.stdout, line),
    err: (line) => write(process.stderr, line),
    env: process.env,
    stdin: process.stdin,
    stop: stop.signal,
  };
  if (name === 'help' && args.length > 0) return (await import('./cli/chat-setup.ts')).runHelpChat(args, io);
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    io.out(usage());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    io.out(packageVersion());
    return 0;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) {
    io.err(unknownCommand(name));
    return 2;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop.abort();
      // A second signal means: now.
      process.once(signal, () => process.exit(1));
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') stop.abort();
    });
  }
  try {
    const command = await entry.load();
    return await command(args, io);
  } catch (error) {
    if (error instanceof HelpAsked) {
      const does = entry.does.startsWith(`${name} `) ? entry.does : `${name}: ${entry.does}`;
      io.out(`claimwire ${does}\n\nUsage: ${error.usage}`);
      return 0;
    }
    // One sentence that says what to do is all that an unreachable database needs.
    if (error instanceof Explained || isDatabaseUnavailable(error)) {
      io.err(error.message);
      return 1;
    }
    throw error;
  }
}

try {
  const code = await main(process.argv.slice(2));
  process.exitCode = code;
  // Lets buffered output leave; a forgotten handle must not keep a finished command alive.
  setTimeout(() => process.exit(code), 1000).unref();
} catch (error) {
  process.stderr.write(
    `claimwire met a bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
}
