/**
 * The whole product of one process: newsroom, workers, chat platforms and board, opened in that order and closed in
 * the other. `run` and `demo` differ only in what they hand in here.
 */
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { keepConnecting } from '../chat/connect.ts';
import { iso, type Clock } from '../core/time.ts';
import { openBoardReader } from '../pipeline/board.ts';
import { notifyOperators } from '../pipeline/operators.ts';
import { openDesk } from '../pipeline/desk.ts';
import type { DecidedTurn, Newsroom } from '../pipeline/newsroom.ts';
import type { StreamEvent } from '../pipeline/stream.ts';
import { startWork, type Pace, type Role } from '../pipeline/work.ts';
import { minded, newestAlert } from '../ledger/restored.ts';
import { HEARS_DISCORD, HEARS_SLACK } from '../ledger/presence.ts';
import { clockSkewMs, skewProblem } from '../ledger/skew.ts';
import { openNewsroom, type OpenOptions } from './compose.ts';
import { Explained } from './io.ts';
import type { OpenedPlatforms } from './platforms.ts';
import { openMark, readMark, type PostedMark } from './posted-mark.ts';

export interface ProductOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly platforms: OpenedPlatforms;
  readonly roles: ReadonlySet<Role>;
  readonly pace: Pace;
  readonly demo: boolean;
  readonly emit: (event: StreamEvent) => void;
  readonly observe?: (turn: DecidedTurn) => void;
  /** What to say, and end, when such a process is already running on this database; without it many may run. */
  readonly alone?: string;
  /** Runs when the schema is up to date and before anything is written. */
  readonly prepare?: NonNullable<OpenOptions['prepare']>;
}

export interface Product {
  readonly room: Newsroom;
  /** First lines of a start: queue, database, board. */
  readonly describe: readonly string[];
  reload(config: Config): Promise<void>;
  close(): Promise<void>;
}

const TWO_ON_DISCORD =
  'warning: another claimwire on this database is connected to Discord with the role discord: both hear every command. During an upgrade that passes; else give one of them --roles without discord';

/**
 * What would lose or falsify alerts in silence ends a start with one sentence. A Redis that is down does not: it comes back.
 * Returns what to say about it; null when all is well.
 */
export async function refuseUnsafe(room: Pick<Newsroom, 'pool' | 'queues'>): Promise<string | null> {
  const skew = skewProblem(await clockSkewMs(room.pool), "the database's");
  if (skew !== null) throw new Explained(skew);
  const queue = await room.queues.health();
  if (queue.reachable && queue.problem !== null) throw new Explained(queue.problem);
  return queue.problem;
}

function judges(roles: ReadonlySet<Role>): boolean {
  return roles.has('judge') || roles.has('poll');
}

/** The first article that is judged compiles the judge's tables, a fifth of a second in which nobody is heard: done before somebody can ask. */
async function practise(room: Newsroom): Promise<void> {
  const { claims, engine } = room.beat();
  const body = [...claims.values()].map((claim) => `${claim.statement}.`).join('\n');
  const publisher = { source: null, domain: '', name: '' };
  const now = room.clock.news();
  await engine.judge({
    id: '',
    revision: 1,
    url: '',
    publisher,
    published: now,
    lang: '',
    title: '',
    summary: '',
    body,
    authors: [],
  });
}

/** One sentence when this ledger was restored from a backup since it last posted something; null otherwise. */
export async function mindRestored(
  room: Pick<Newsroom, 'pool' | 'ledger'>,
  mark: PostedMark | null,
): Promise<string | null> {
  if (mark === null || mark.ledger !== room.ledger || mark.alert <= (await newestAlert(room.pool))) return null;
  await minded(room.pool, mark);
  return `The database is older than what was posted until ${iso(mark.at)}: it was restored from a backup. What was known by then is told in one card a channel for a day, not alert by alert.`;
}

export async function openProduct(options: ProductOptions): Promise<Product> {
  const { platforms, config, log } = options;
  const markFile = join(config.dataDir, 'last-posted');
  const mark = readMark(markFile);
  const opened = await openNewsroom({
    ...options,
    posters: platforms.posters,
    inForce: true,
    polls: options.roles.has('poll'),
    ...(options.demo ? {} : { sent: openMark(markFile) }),
  });
  const closing: (() => Promise<void>)[] = [() => opened.close()];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) {
      await step().catch((error: unknown) => log.error({ err: error }, 'a part did not close cleanly'));
    }
  };
  try {
    const { room } = opened;
    const trouble = await refuseUnsafe(room);
    await platforms.attach(room, opened.presence);
    const restored = options.demo ? null : await mindRestored(room, mark);
    if (restored !== null)
      await notifyOperators(room, room.pool, { key: `restored ${mark?.at ?? 0}`, words: restored });
    const warnings = [trouble, restored].filter((sentence) => sentence !== null);
    const describe = [...opened.describe, ...warnings.map((sentence) => `warning: ${sentence}`)];
    if (options.roles.has('web')) {
      const { startBoard } = await import('../web/board.ts');
      // A busy port is no reason not to alert anybody.
      const board = await startBoard({
        reader: openBoardReader(room),
        port: config.web.port,
        host: config.web.host,
        allowedHosts: config.web.allowedHosts,
        demo: options.demo,
      }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
      if (typeof board !== 'string') closing.push(() => board.close());
      describe.push(typeof board === 'string' ? `no board: ${board}` : `board: ${board.url}`);
    }
    if (platforms.chats.some((chat) => chat.platform === 'discord') && (await opened.presence.join(HEARS_DISCORD)) > 0)
      describe.push(TWO_ON_DISCORD);
    if (platforms.chats.some((chat) => chat.platform === 'slack')) await opened.presence.join(HEARS_SLACK);
    const desk = openDesk(room);
    if (platforms.chats.some((chat) => chat.platform !== 'console') && judges(options.roles)) await practise(room);
    for (const platform of platforms.chats) {
      const link = await keepConnecting(platform, desk, {
        say: (sentence) => log.warn({ platform: platform.platform }, sentence),
      });
      closing.push(() => {
        link.stop();
        return platform.close();
      });
      describe.push(
        ...(link.problem === null
          ? platform.platform === 'console'
            ? []
            : [`${platform.platform}: connected`]
          : [`${link.problem} The rest goes on; trying again.`]),
      );
    }
    const work = startWork(room, options.roles, options.pace);
    closing.push(() => work.close());
    return { room, describe, reload: (edited) => opened.reload(edited), close };
  } catch (error) {
    await close();
    throw error;
  }
}
