/**
 * `claimwire check [--config DIR] [--json]`: configuration, environment, database, queue, tokens, feeds: each line ok,
 * or what is wrong and what to do. Exit 1 when something would stop the bot.
 */
import { parseArguments } from './arguments.ts';
import { configFor, modelAddress, openNewsroom, secondReading, type Opened } from './compose.ts';
import { openLog } from './log.ts';
import { Explained, type ExitCode, type Io } from './io.ts';
import { checkTokens, currentSlackToken } from './platforms.ts';
import type { Config } from '../config/config.ts';
import { probeModel } from '../judge/llm-provider.ts';
import { listFeeds, type FeedRow } from '../ledger/feeds.ts';
import { heldAlerts, outboxCounts } from '../ledger/outbox-views.ts';
import { clockSkewMs, skewProblem } from '../ledger/skew.ts';
import { fieldClock } from '../pipeline/clock.ts';

const USAGE = 'claimwire check [--config DIR] [--json]';

export interface Finding {
  readonly part: string;
  readonly state: 'ok' | 'note' | 'wrong';
  readonly says: string;
}

const SYMBOLS = { ok: 'ok   ', note: 'note ', wrong: 'WRONG' } as const;

function ok(part: string, says: string): Finding {
  return { part, state: 'ok', says };
}

/** `slackToken`: the one that a running bot keeps, when Slack's tokens are renewed. */
async function storage(config: Config): Promise<{ findings: Finding[]; slackToken: string | null }> {
  let opened: Opened;
  try {
    opened = await openNewsroom({
      config,
      clock: fieldClock,
      log: openLog(process.stderr, 'silent'),
      posters: new Map(),
      demo: false,
      emit: () => undefined,
    });
  } catch (error) {
    return { findings: [{ part: 'database', state: 'wrong', says: (error as Error).message }], slackToken: null };
  }
  try {
    const { room, database } = opened;
    const health = await room.queues.health();
    const skew = skewProblem(await clockSkewMs(room.pool), "the database's");
    // A queue that does not answer has no counts; the database and the feeds are looked at all the same.
    const jobs = Object.entries(health.problem === null ? await room.queues.counts() : []).map(
      ([name, count]) => `${name} ${count.waiting} waiting, ${count.active} active, ${count.done} done`,
    );
    const feeds = await listFeeds(room.pool, null);
    const outbox = await outboxCounts(room.pool);
    const alerts = Object.entries(outbox).map(([state, count]) => `${count} ${state}`);
    const findings: Finding[] = [
      ok('database', database.describe),
      ...(skew === null ? [] : [{ part: 'clock', state: 'wrong', says: skew } as const]),
      health.problem === null
        ? ok('queue', `${room.queues.describe}: ${jobs.join('; ')}`)
        : { part: 'queue', state: 'wrong', says: health.problem },
      ok('alerts', alerts.length === 0 ? 'none yet' : alerts.join(', ')),
      ...(await heldAlerts(room.pool, 20)).map((held): Finding => ({
        part: 'held alert',
        state: 'note',
        says: `${held.platform} ${held.channel}, ${held.claim === '' ? held.kind : held.claim}: ${held.reason}`,
      })),
      feedsFinding(feeds),
    ];
    return { findings, slackToken: await currentSlackToken(config, room.pool) };
  } finally {
    await opened.close();
  }
}

/** Whether the second reader would answer; nothing is said without one. */
export async function languageModel(config: Config): Promise<Finding[]> {
  const part = 'language model';
  const address = modelAddress(config);
  const second = secondReading(config);
  if (address === null || second === null) return [];
  if (second.cannot !== null)
    return [{ part, state: 'wrong', says: `${second.reader.id}: ${second.cannot}; judging stays offline` }];
  return [{ part, ...(await probeModel(address)) }];
}

/** Those that do not answer, with the reason; then those that answer and say nothing new. */
function feedsFinding(feeds: readonly FeedRow[]): Finding {
  const tried = feeds.filter((feed) => feed.last_poll_at !== null);
  const troubled = feeds.filter((feed) => feed.failures > 0 || feed.state === 'gone');
  const silent = feeds.filter((feed) => feed.silent && feed.failures === 0);
  if (troubled.length + silent.length === 0) {
    const says =
      tried.length === 0
        ? `${feeds.length} configured, none polled yet`
        : `${tried.length} of ${feeds.length} polled, all answer`;
    return ok('feeds', says);
  }
  const parts = [
    ...(troubled.length === 0
      ? []
      : [`${troubled.length} of ${feeds.length} do not answer: ${named(troubled, reasonOf)}`]),
    ...(silent.length === 0 ? [] : [`unusually silent: ${named(silent, (feed) => feed.id)}`]),
  ];
  return {
    part: 'feeds',
    state: 'note',
    says: `${parts.join('; ')}. claimwire feeds list ID shows one with its history`,
  };
}

function named(feeds: readonly FeedRow[], words: (feed: FeedRow) => string): string {
  const more = feeds.length > 5 ? ` and ${feeds.length - 5} more` : '';
  return `${feeds.slice(0, 5).map(words).join('; ')}${more}`;
}

function reasonOf(feed: FeedRow): string {
  const since = feed.state === 'dark' ? ', for a day or more' : '';
  return `${feed.id} (${feed.last_result ?? 'no answer'}${since})`;
}

export async function runCheck(args: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parseArguments(args, { config: { type: 'string' }, json: { type: 'boolean' } }, USAGE);
  if (!parsed.ok || parsed.positionals.length > 0) {
    io.err(parsed.ok ? `Usage: ${USAGE}` : parsed.message);
    return 2;
  }
  const findings: Finding[] = [];
  let config: Config | null = null;
  try {
    config = configFor(io, parsed.values.config);
    const claims = config.topics.reduce((sum, topic) => sum + topic.claims.length, 0);
    findings.push(
      ok(
        'configuration',
        `${config.topics.length} topics, ${claims} claims, ${config.sources.length} sources, ${config.feedList.length} feeds`,
      ),
    );
  } catch (error) {
    if (!(error instanceof Explained)) throw error;
    findings.push(
      ...error.message.split('\n').map((says): Finding => ({ part: 'configuration', state: 'wrong', says })),
    );
  }
  if (config !== null) {
    const stored = await storage(config);
    findings.push(
      ...(await checkTokens(config, stored.slackToken)),
      ...(await languageModel(config)),
      ...stored.findings,
    );
  }
  for (const finding of findings) {
    io.out(
      parsed.values.json === true
        ? JSON.stringify(finding)
        : `${SYMBOLS[finding.state]} ${finding.part.padEnd(14)} ${finding.says}`,
    );
  }
  return findings.some((finding) => finding.state === 'wrong') ? 1 : 0;
}
