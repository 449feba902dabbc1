/**
 * The commands of the command line: each is one file, loaded only when it is called for.
 */
import { didYouMean, quoted } from '../config/problem.ts';
import type { ExitCode, Io } from './io.ts';

type Command = (args: readonly string[], io: Io) => Promise<ExitCode>;

interface Entry {
  readonly does: string;
  readonly load: () => Promise<Command>;
}

export const COMMANDS: Readonly<Record<string, Entry>> = {
  run: {
    does: 'the bot: polls the feeds, judges, decides, posts',
    load: async () => (await import('./run.ts')).runBot,
  },
  demo: {
    does: 'plays the bundled archive through the whole product in a minute',
    load: async () => (await import('./demo.ts')).runDemo,
  },
  check: {
    does: 'configuration, environment, database, queue, tokens: what is wrong and what to do',
    load: async () => (await import('./check.ts')).runCheck,
  },
  explain: {
    does: 'why a claim has its status and what would change it',
    load: async () => (await import('./explain.ts')).runExplain,
  },
  replay: {
    does: 'judges and decides a file of articles without a network',
    load: async () => (await import('./replay.ts')).runReplay,
  },
  track: {
    does: 'how a statement is read and what it would have matched',
    load: async () => (await import('./track.ts')).runTrack,
  },
  backtest: {
    does: "what a claim's frame matched in the stored articles",
    load: async () => (await import('./backtest.ts')).runBacktest,
  },
  judge: {
    does: 'judges plain statements against headlines',
    load: async () => (await import('./judge.ts')).runJudge,
  },
  config: {
    does: 'config export: what was added from chat, as configuration',
    load: async () => (await import('./config-command.ts')).runConfig,
  },
  discord: {
    does: 'discord register: tells Discord the commands, prints the invite link',
    load: async () => (await import('./chat-setup.ts')).runDiscord,
  },
  slack: {
    does: 'slack manifest: prints the app manifest made of the commands',
    load: async () => (await import('./chat-setup.ts')).runSlack,
  },
  feeds: {
    does: 'parse, test, list, add, remove, import, export feeds',
    load: async () => (await import('./feeds-command.ts')).feedsCommand,
  },
};

/** What to say to a mistyped command: the one that was meant, or all there are. */
export function unknownCommand(name: string): string {
  const meant = didYouMean(name, [...Object.keys(COMMANDS), 'help']);
  const said = `claimwire has no command ${quoted(name.slice(0, 40))}`;
  return meant === '' ? `${said}.\n\n${usage()}` : `${said}${meant}`;
}

/** What `claimwire help` prints. */
export function usage(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  const list = Object.entries(COMMANDS).map(([name, entry]) => `  ${name.padEnd(width)}  ${entry.does}`);
  return [
    'claimwire counts independent origins, not articles.',
    '',
    'Usage: claimwire COMMAND [options]',
    '',
    ...list,
    `  ${'help'.padEnd(width)}  help COMMAND: how it is called; help chat: the commands of Discord and Slack`,
  ].join('\n');
}
