/**
 * `claimwire feeds ...` with the ledger behind it: feeds.yaml's feeds and those added from chat or the command line.
 */
import { newsTime, wallTime } from '../core/time.ts';
import { addFeed, listFeeds, removeFeed, type FeedRow } from '../ledger/feeds.ts';
import { fieldClock } from '../pipeline/clock.ts';
import { moveOf, remembered } from '../pipeline/poll-end.ts';
import { configFor, openNewsroom, USER_AGENT, type Opened } from './compose.ts';
import { openLog } from './log.ts';
import { helpOr } from './arguments.ts';
import { FEEDS_USAGE, runFeeds, type FeedBook } from './feeds.ts';
import type { ExitCode, Io } from './io.ts';

function bookOf({ room }: Opened): FeedBook {
  return {
    async list() {
      return (await listFeeds(room.pool, null)).map((feed) => ({
        id: feed.id,
        url: feed.url,
        title: remembered(feed.schedule).title || feed.id,
        from: feed.added_by === 'config' ? 'configured' : 'added',
        state: stateOf(feed),
        lastResult: feed.last_result,
        lastPoll: feed.last_poll_at && wallTime(feed.last_poll_at.getTime()),
        lastNewItem: feed.last_new_item_at && newsTime(feed.last_new_item_at.getTime()),
        nextPoll: feed.state === 'gone' ? null : wallTime(feed.next_poll_at.getTime()),
        movingTo: moveOf(feed.moving)?.to ?? null,
        history: feed.history,
      }));
    },
    add: (feed) => addFeed(room.pool, feed, 'command line'),
    remove: (idOrUrl) => removeFeed(room.pool, idOrUrl),
  };
}

function stateOf(feed: FeedRow): string {
  if (feed.state === 'new') return 'untried';
  if (feed.state === 'healthy') return feed.silent ? 'silent' : 'answering';
  return feed.state;
}

/** Takes `--config DIR` out of the arguments; a flag without its directory stays for the usage message. */
function withoutConfig(args: readonly string[]): {
  readonly dir: string | undefined;
  readonly rest: readonly string[];
} {
  const at = args.indexOf('--config');
  const dir = at === -1 ? undefined : args[at + 1];
  return dir === undefined ? { dir, rest: args } : { dir, rest: [...args.slice(0, at), ...args.slice(at + 2)] };
}

export async function feedsCommand(written: readonly string[], io: Io): Promise<ExitCode> {
  helpOr(written, FEEDS_USAGE);
  const { dir, rest: args } = withoutConfig(written);
  const config = args[0] === 'parse' ? null : configFor(io, dir);
  let opened: Opened | null = null;
  try {
    const code = await runFeeds(args, {
      input: io.stdin as unknown as AsyncIterable<Buffer>,
      out: io.out,
      err: io.err,
      clock: fieldClock,
      allowHosts: config?.feeds.allowHosts ?? [],
      userAgent: USER_AGENT,
      book: async () => {
        opened ??= await openNewsroom({
          config: config ?? configFor(io, dir),
          clock: fieldClock,
          log: openLog(process.stderr, 'warn'),
          posters: new Map(),
          demo: false,
          emit: () => undefined,
        });
        return bookOf(opened);
      },
    });
    return code === 0 ? 0 : code === 2 ? 2 : 1;
  } finally {
    await (opened as Opened | null)?.close();
  }
}
