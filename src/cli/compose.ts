/**
 * Compose: configuration -> an open newsroom. Everybody is introduced to everybody here, once per command.
 */
import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { getDomain } from 'tldts';
import type { Poster } from '../chat/platform.ts';
import type { Config } from '../config/config.ts';
import { packageVersion, shippedConfigDir } from '../config/home.ts';
import { loadConfig } from '../config/load.ts';
import type { Platform } from '../core/alert.ts';
import type { TopicId } from '../core/claim.ts';
import { buildRegistry } from '../core/registry.ts';
import type { Source, SourceRegistry } from '../core/source.ts';
import type { Clock } from '../core/time.ts';
import { openFetcher } from '../feeds/fetch.ts';
import { openReader } from '../feeds/reader.ts';
import { openCreditReader } from '../judge/credit.ts';
import { openSecondReader } from '../judge/llm.ts';
import type { ModelAddress } from '../judge/llm-provider.ts';
import { offlineEngine } from '../judge/offline.ts';
import { isUnused, syncClaims } from '../ledger/claims.ts';
import { openDatabase, type Database } from '../ledger/connect.ts';
import { announcePresence, holdAlone, type Presence } from '../ledger/presence.ts';
import { ledgerId } from '../ledger/meta.ts';
import { syncFeeds } from '../ledger/feeds.ts';
import { migrate } from '../ledger/migrate.ts';
import { trackedClaims, trackedMark, type TrackedClaim } from '../ledger/tracked.ts';
import { syncConfigured } from '../ledger/subscriptions.ts';
import { openGrouping } from '../pipeline/group.ts';
import type { Beat, DecidedTurn, Newsroom } from '../pipeline/newsroom.ts';
import { openQueues, type Queues } from '../pipeline/queues.ts';
import { openSlots } from '../pipeline/slots.ts';
import { openRereading, syncReading, type Rereading } from '../pipeline/reread.ts';
import type { StreamEvent } from '../pipeline/stream.ts';
import { timings } from '../pipeline/timings.ts';
import { makeDataFolder } from './data-folder.ts';
import { Explained, type Io } from './io.ts';

/** Loads the configuration or explains every problem in it. `dir` wins over CLAIMWIRE_CONFIG. */
export function configFor(io: Pick<Io, 'env' | 'err'>, dir: string | undefined): Config {
  const loaded = loadConfig({
    shippedDir: shippedConfigDir(),
    userDir: dir ?? io.env['CLAIMWIRE_CONFIG'] ?? null,
    env: io.env,
  });
  for (const warning of loaded.warnings) io.err(`warning: ${warning}`);
  if (!loaded.ok) throw new Explained(loaded.problems.join('\n'));
  return loaded.config;
}

/** Who we are, for publishers who wonder. */
export const USER_AGENT = `claimwire/${packageVersion()} (feed reader)`;

/** The same list of sources is the same registry: what reads by it is compiled once, whatever else is tracked meanwhile. */
const registries = new WeakMap<readonly Source[], SourceRegistry>();

function registryOf(sources: readonly Source[]): SourceRegistry {
  const known =
    registries.get(sources) ?? buildRegistry(sources, (host) => getDomain(host, { allowPrivateDomains: true }));
  registries.set(sources, known);
  return known;
}

/** Compiles a configuration into what the steps read. */
export function beatOf(config: Config, tracked: readonly TrackedClaim[] = []): Beat {
  const topics = new Set(config.topics.map((topic) => topic.id));
  // A topic may be taken out of the configuration; what was tracked in it rests until it is back.
  const followed = tracked.filter(({ claim }) => topics.has(claim.topic));
  const claims = [...config.topics.flatMap((topic) => topic.claims), ...followed.map(({ claim }) => claim)];
  const registry = registryOf(config.sources);
  const engine = offlineEngine(claims, registry);
  const compiled = createHash('sha256')
    .update(JSON.stringify([claims, config.sources]))
    .digest('hex')
    .slice(0, 12);
  return {
    config,
    topics: config.topics,
    claims: new Map(claims.map((claim) => [claim.id, claim])),
    tracked: new Map(followed.map(({ claim, scope }) => [claim.id, scope])),
    registry,
    policy: { registry },
    credit: openCreditReader(registry),
    engine,
    judgedBy: `${engine.id}@${engine.version}+${compiled}`,
  };
}

export interface OpenOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly posters: ReadonlyMap<Platform, Poster>;
  readonly demo: boolean;
  /**
   * Puts this configuration in force: `run` and `demo`. Every other command only looks, perhaps with another configuration
   * than that of the bot beside it, whose feeds and claims are not its to change.
   */
  readonly inForce?: boolean;
  /** Feeds will be polled at once: what reads them is loaded while the database opens. */
  readonly polls?: boolean;
  readonly emit: (event: StreamEvent) => void;
  readonly observe?: (turn: DecidedTurn) => void;
  /** Told of every alert that was posted, with its ledger. */
  readonly sent?: (ledger: string, alert: string) => void;
  /** What to say, and end, when such a process is already running on this database; without it many may run. */
  readonly alone?: string;
  /** Runs when the schema is up to date and before anything is written. */
  readonly prepare?: (pool: Database['pool']) => Promise<void>;
}

export interface Opened {
  readonly room: Newsroom;
  readonly database: Database;
  readonly presence: Presence;
  /** The first lines of every start: which queue and which database. */
  readonly describe: readonly string[];
  /** Puts another configuration in force: feeds, claims and sources at once; tokens, ports and addresses at the next start. */
  reload(config: Config): Promise<void>;
  close(): Promise<void>;
}

/** Opens database and queues, brings the schema up to date and the ledger in line with the configuration. */
export async function openNewsroom(options: OpenOptions): Promise<Opened> {
  const { config, log } = options;
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const reader = openReader();
    closing.push(() => reader.close());
    if (options.polls === true) reader.warm();
    const opened = await openParts(options, closing);
    let inForce = config;
    let mark = await trackedMark(opened.database.pool);
    let beat = beatOf(config, await trackedClaims(opened.database.pool));
    const fetcher = openFetcher({
      allowHosts: config.feeds.allowHosts,
      allowHostsConnections: config.feeds.allowHostsConnections,
      userAgent: USER_AGENT,
    });
    closing.push(() => fetcher.close());
    const room: Newsroom = {
      pool: opened.database.pool,
      queues: opened.queues,
      owner: opened.presence.owner,
      ledger: await ledgerId(opened.database.pool),
      clock: options.clock,
      timings: timings(config.timeScale),
      log,
      beat: () => beat,
      async renew() {
        const now = await trackedMark(opened.database.pool);
        if (now === mark) return;
        beat = beatOf(inForce, await trackedClaims(opened.database.pool));
        mark = now;
      },
      fetcher,
      grouping: openGrouping(() => beat),
      readFeed: (bytes, hint) => reader.feed(bytes, hint),
      readPage: (bytes, hint) => reader.page(bytes, hint),
      posters: options.posters,
      slots: openSlots(),
      demo: options.demo,
      emit: options.emit,
      second: options.demo ? null : secondReading(config),
      ...(options.observe === undefined ? {} : { observe: options.observe }),
      sent: (alert) => options.sent?.(room.ledger, alert),
    };
    if (options.inForce === true) await syncLedger(room);
    // Nobody has run here yet: there is something to show all the same. The demo's claims come without its feeds.
    else if (await isUnused(room.pool))
      await (config.feedList.length > 0 ? syncLedger(room) : syncClaims(room.pool, [...beat.claims.values()]));
    const reload = async (edited: Config): Promise<void> => {
      inForce = edited;
      beat = beatOf(edited, await trackedClaims(room.pool));
      await syncLedger(room);
    };
    const describe = [
      `queue: ${opened.queues.describe}`,
      `database: ${opened.database.describe}`,
      ...(room.second === null ? [] : [`judging: ${describeReading(room.second)}`]),
    ];
    return { room, database: opened.database, presence: opened.presence, describe, reload, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What holds connections, each with its way to be closed. */
async function openParts(
  options: OpenOptions,
  closing: (() => Promise<unknown>)[],
): Promise<{ database: Database; queues: Queues; presence: Presence }> {
  const { config, log } = options;
  const { databaseUrl, redisUrl } = config.secrets;
  makeDataFolder(config.dataDir);
  // On a shared server or Redis the demo keeps to itself.
  const schema = options.demo ? 'claimwire_demo' : 'claimwire';
  const queue = options.demo ? { namespace: 'demo-', prefix: '{claimwire-demo}' } : {};
  const database = await openDatabase(
    { databaseUrl: databaseUrl?.reveal() ?? null, dataDir: config.dataDir, schema },
    log,
  );
  closing.push(() => database.close());
  await migrate(database.pool, { schema });
  if (options.alone !== undefined) {
    const held = await holdAlone(database.pool, 'demo');
    if (held === null) throw new Explained(options.alone);
    closing.push(() => held.release());
  }
  await options.prepare?.(database.pool);
  const presence = await announcePresence(database.pool, log);
  closing.push(() => presence.close());
  const queues = await openQueues(
    { redisUrl: redisUrl?.reveal() ?? null, postgres: database.poolConfig, ...queue },
    log,
  );
  closing.push(() => queues.close());
  return { database, queues, presence };
}

async function syncLedger(room: Newsroom): Promise<void> {
  const { config, claims } = room.beat();
  await syncFeeds(
    room.pool,
    config.feedList.map((feed) => ({
      id: feed.id,
      url: feed.url,
      publisher: feed.publisher,
      lang: feed.lang,
      topics: feed.topics,
      intervalMinutes: feed.intervalMinutes,
    })),
  );
  await syncClaims(
    room.pool,
    [...claims.values()].filter((claim) => !room.beat().tracked.has(claim.id)),
  );
  await syncConfigured(room.pool, config.subscriptions);
  await syncReading(room);
}

/** The language model of `judge.engine: llm`, or null. Another one takes effect at the next start. */
export function secondReading({ judge, secrets }: Pick<Config, 'judge' | 'secrets'>): Rereading | null {
  const address = modelAddress({ judge, secrets });
  if (address === null) return null;
  const reader = openSecondReader({ ...address, timeoutSeconds: judge.timeoutSeconds });
  // Servers of one's own often take no key; these two always do.
  const needsKey =
    address.provider === 'anthropic' || (address.provider === 'openai-compatible' && address.baseUrl === null);
  const usual = address.provider === 'anthropic' ? 'ANTHROPIC_API_KEY' : 'OPENAI_API_KEY';
  const cannot = needsKey && address.key === null ? `no key: set CLAIMWIRE_LLM_KEY or ${usual}` : null;
  return openRereading(reader, { dailyTokens: judge.dailyTokens, cannot });
}

export function modelAddress({ judge, secrets }: Pick<Config, 'judge' | 'secrets'>): ModelAddress | null {
  const { engine, provider, model, baseUrl } = judge;
  if (engine !== 'llm' || provider === null || model === null) return null;
  return { provider, model, baseUrl, key: secrets.llmKey?.reveal() ?? null };
}

function describeReading({ reader, dailyTokens, cannot }: Rereading): string {
  if (cannot !== null) return `offline; ${reader.id} has ${cannot}`;
  const budget = dailyTokens === null ? '' : `, ${dailyTokens.toLocaleString('en')} tokens a day`;
  return `offline, then read again by ${reader.id}${budget}`;
}

/** Without chat tokens everything is posted to the terminal. */
export function consoleSubscriptions(
  topics: readonly TopicId[],
): { platform: 'console'; workspace: string; channel: string; topic: string; level: 'changes' }[] {
  return topics.map((topic) => ({ platform: 'console', workspace: '', channel: 'terminal', topic, level: 'changes' }));
}
