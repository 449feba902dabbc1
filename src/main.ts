#!/usr/bin/env node
/**
 * claimwire: the command line. Each command is one file in cli/; it is loaded only when it is called for.
 */
import { packageVersion } from './config/home.ts';
import { isDatabaseUnavailable } from './ledger/unavailable.ts';
import { Explained, type ExitCode, type Io } from './cli/io.ts';

type Command = (args: readonly string[], io: Io) => Promise<ExitCode>;

interface Entry {
  readonly does: string;
  readonly load: () => Promise<Command>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  run: {
    does: 'the bot: polls the feeds, judges, decides, posts',
    load: async () => (await import('./cli/run.ts')).runBot,
  },
  demo: {
    does: 'plays the bundled archive through the whole product in a minute',
    load: async () => (await import('./cli/demo.ts')).runDemo,
  },
  check: {
    does: 'configuration, environment, database, queue, tokens: what is wrong and what to do',
    load: async () => (await import('./cli/check.ts')).runCheck,
  },
  explain: {
    does: 'why a claim has its status: explain CLAIM [--as-of TIME]',
    load: async () => (await import('./cli/explain.ts')).runExplain,
  },
  replay: {
    does: 'judges and decides a file of articles without a network',
    load: async () => (await import('./cli/replay.ts')).runReplay,
  },
  track: {
    does: 'how a statement is read and what it would have matched: track "statement"',
    load: async () => (await import('./cli/track.ts')).runTrack,
  },
  backtest: {
    does: "what a claim's frame matched in the stored articles: backtest CLAIM",
    load: async () => (await import('./cli/backtest.ts')).runBacktest,
  },
  judge: {
    does: 'judges plain statements against headlines: judge --pairs FILE.jsonl',
    load: async () => (await import('./cli/judge.ts')).runJudge,
  },
  config: {
    does: 'what was added from chat, as configuration: config export [--out DIR]',
    load: async () => (await import('./cli/config-command.ts')).runConfig,
  },
  discord: {
    does: 'discord register [--guild ID]: tells Discord the commands, prints the invite link',
    load: async () => (await import('./cli/chat-setup.ts')).runDiscord,
  },
  slack: {
    does: 'slack manifest: prints the app manifest made of the commands',
    load: async () => (await import('./cli/chat-setup.ts')).runSlack,
  },
  feeds: {
    does: 'parse, test, list, add, remove, import, export feeds',
    load: async () => (await import('./cli/feeds-command.ts')).feedsCommand,
  },
};

function usage(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const list = Object.entries(COMMANDS).map(([name, entry]) => `  ${name.padEnd(width)}  ${entry.does}`);
  return [
    'claimwire counts independent origins, not articles.',
    '',
    'Usage: claimwire COMMAND [options]',
    '',
    ...list,
  ].join('\n');
}

/** Output to a pipe whose reader left (`| head`) is no error of ours. */
function write(stream: NodeJS.WriteStream, line: string): void {
  if (!stream.destroyed && stream.writable) stream.write(`${line}\n`);
}

async function main(argv: readonly string[]): Promise<ExitCode> {
  const [name, ...args] = argv;
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
    io.err(`claimwire has no command "${name.slice(0, 40)}".\n\n${usage()}`);
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
