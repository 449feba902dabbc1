/**
 * One run: the real product in processes of its own, feeds on loopback, the doubles of both platforms and the history in
 * this process, which nobody kills. A fault strikes again and again while the news goes on; when the last one is over
 * and everything has settled, the checker reads the history.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { openEmbedded, type EmbeddedServer } from '../../src/ledger/embedded.ts';
import { markerOf } from '../../src/ledger/outbox.ts';
import { timings } from '../../src/pipeline/timings.ts';
import { discordDouble } from '../doubles/discord.ts';
import { APP_TOKEN, BOT_TOKEN, CLIENT, slackDouble } from '../doubles/slack.ts';
import { silentLog } from '../support/postgres.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { chance, type Chance } from './chance.ts';
import { check, type Happened, type Verdict } from './history.ts';
import { newsstand, STEPS } from './newsstand.ts';
import { startProduct, type Product } from './product.ts';

export interface Scenario {
  /** "kill -9", for the table. */
  readonly fault: string;
  readonly queue: 'PostgreSQL' | 'Redis';
  /** Each has three status changes. */
  readonly claims: number;
  /** On each of the two platforms. */
  readonly channels: number;
  readonly processes: number;
  /** How often `strike` is called. */
  readonly strikes: number;
  strike(run: Run): Promise<void>;
  /** CLAIMWIRE_FAILPOINT of the next process in this slot; undefined: none. */
  failpoint?(run: Run, slot: number): string | undefined;
  /** Put before node. */
  wrapper?(run: Run): readonly string[];
  /** Slack's token ends and is renewed. */
  readonly rotation?: boolean;
  /** Roles besides those that move alerts. */
  readonly roles?: readonly string[];
  /** When everything has settled and the processes still run. */
  inspect?(world: World): Promise<void>;
  /** Before anything is started. Returns what undoes it. */
  prepare?(folder: string): () => void;
  /** How much longer the nth channel of either platform takes for each request, in ms. */
  lagMs?(nth: number): number;
  /** No answer is lost and none is wrong. */
  readonly sound?: boolean;
}

export interface Run {
  readonly chance: Chance;
  readonly scale: number;
  readonly folder: string;
  readonly database: EmbeddedServer;
  readonly redis: TestRedis | null;
  /** By slot; a process that ended is started again. */
  readonly products: readonly Product[];
  /** Processes ended by SIGKILL. */
  kills: number;
  /** Tells the history that the database's disk takes no more, and later that there is room again. */
  full(full: boolean): void;
  /** Tells the history that a process cannot work though it lives, and later that it can again. */
  frozen(product: Product, frozen: boolean): void;
}

/** What a secret could have leaked into. */
export interface World {
  readonly pool: Pool;
  /** Bodies of all requests to the platforms. */
  readonly bodies: readonly unknown[];
  readonly log: string;
  /** Values that must be nowhere. */
  readonly secrets: readonly string[];
  /** How often Slack's token was renewed. */
  readonly slackExchanges: number;
}

export interface RunOptions {
  readonly program: string;
  readonly seed: number;
  readonly scale: number;
  readonly onProgress?: (words: string) => void;
}

export interface Row extends Verdict {
  readonly fault: string;
  readonly queue: string;
  readonly strikes: number;
  readonly kills: number;
  readonly seconds: number;
  /** Why the run could not be trusted, such as that it never came to rest. */
  readonly notes: readonly string[];
  readonly history: readonly Happened[];
  readonly log: string;
}

const SLACK_SIGNING_SECRET = 'canary-of-the-signing-secret';

/** 5 % of the answers are lost after the work, 3 % become a 502 after it; everything takes a moment. */
const LOST = 0.05;
const BAD_GATEWAY = 0.03;
const LAG_MS = 30;
/** Discord remembers a nonce for minutes. */
const NONCE_WINDOW_MS = 120_000;

export async function run(scenario: Scenario, options: RunOptions): Promise<Row> {
  const began = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'claimwire-chaos-'));
  chmodSync(folder, 0o755);
  const closing: (() => Promise<unknown> | void)[] = [
    () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  ];
  try {
    const data = join(folder, 'data');
    mkdirSync(data);
    const undo = scenario.prepare?.(data);
    if (undo !== undefined) closing.push(undo);
    return await inWorld(scenario, options, folder, began, closing);
  } finally {
    for (const step of closing.toReversed()) await step();
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function inWorld(
  scenario: Scenario,
  options: RunOptions,
  folder: string,
  began: number,
  closing: (() => Promise<unknown> | void)[],
): Promise<Row> {
  const random = chance(options.seed);
  const dice = chance(options.seed + 1);
  const history: Happened[] = [];
  const notes: string[] = [];
  const bodies: unknown[] = [];
  const throwDice = (
    nth: number,
  ): {
    lagMs: number;
    fault: { kind: 'answer-lost' } | { kind: 'error-after-accept'; status: number } | null;
  } => {
    const thrown = dice.next();
    const lagMs = dice.between(0, LAG_MS) + (scenario.lagMs?.(nth) ?? 0);
    if (scenario.sound === true) return { lagMs, fault: null };
    if (thrown < LOST) return { lagMs, fault: { kind: 'answer-lost' } };
    return { lagMs, fault: thrown < LOST + BAD_GATEWAY ? { kind: 'error-after-accept', status: 502 } : null };
  };

  const discordChannels = Array.from({ length: scenario.channels }, (_none, at) => `20000000000000${1000 + at}`);
  const discord = await discordDouble({
    channels: discordChannels,
    nonceWindowMs: NONCE_WINDOW_MS * options.scale,
    dice: (channel) => throwDice(discordChannels.indexOf(channel)),
    onSeen: ({ what, channel, id, body }) => {
      bodies.push(body);
      history.push({
        what,
        at: Date.now(),
        channel: `discord:${channel}`,
        marker: textOf(body['nonce']),
        message: id,
        repeat: JSON.stringify(body).includes('Possible repeat'),
      });
    },
  });
  closing.push(() => discord.close());
  let slackChannels: readonly string[] = [];
  const slack = await slackDouble({
    channels: Array.from({ length: scenario.channels }, (_none, at) => `desk-${at}`),
    dice: (channel) => throwDice(slackChannels.indexOf(channel)),
    onSeen: ({ what, channel, id, body }) => {
      bodies.push(body);
      const payload = (body['metadata'] as { event_payload?: { id?: string } } | undefined)?.event_payload;
      history.push({
        what,
        at: Date.now(),
        channel: `slack:${channel}`,
        marker: payload?.id ?? '',
        message: id,
        repeat: JSON.stringify(body).includes('Possible repeat'),
      });
    },
  });
  closing.push(() => slack.close());
  slackChannels = slack.channels.slice(-scenario.channels).toSorted();
  const news = await newsstand(scenario.claims);
  closing.push(() => news.close());
  const config = join(folder, 'config');
  news.configure(config, { slack: slackChannels, discord: discordChannels });

  const data = join(folder, 'data');
  const database = await openEmbedded({ dataDir: data, log: silentLog });
  closing.push(() => database.close());
  const pool = new Pool({
    ...database.poolConfig,
    max: 2,
    options: '-c search_path=claimwire',
    connectionTimeoutMillis: 3000,
  });
  pool.on('error', () => undefined);
  closing.push(() => pool.end());
  const redis = scenario.queue === 'Redis' ? await startRedis() : null;
  if (redis !== null) closing.push(() => redis.end());

  const socket = encodeURIComponent(database.poolConfig.host);
  const env: Record<string, string> = {
    CLAIMWIRE_DATA: data,
    CLAIMWIRE_CONFIG: config,
    CLAIMWIRE_TIME_SCALE: String(options.scale),
    CLAIMWIRE_LOG: 'info',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API_URL: slack.apiUrl,
    SLACK_SIGNING_SECRET,
    ...(scenario.rotation === true
      ? { SLACK_REFRESH_TOKEN: slack.refreshToken, SLACK_CLIENT_ID: CLIENT.id, SLACK_CLIENT_SECRET: CLIENT.secret }
      : {}),
    CLAIMWIRE_WEB_PORT: '0',
    ...(redis === null
      ? {}
      : {
          REDIS_URL: redis.url,
          DATABASE_URL: `postgres:///${database.poolConfig.database}?host=${socket}&user=${database.poolConfig.user}`,
        }),
  };

  // ---- processes, kept alive
  const logFile = join(folder, 'product.log');
  const working = new Set<Product>();
  const stopping = new AbortController();
  let faulty = true;
  const note = (product: Product, works: boolean): void => {
    const before = working.size;
    if (works) working.add(product);
    else working.delete(product);
    if (before === 0 && working.size > 0) history.push({ what: 'up', at: Date.now() });
    if (before > 0 && working.size === 0) history.push({ what: 'down', at: Date.now() });
  };
  const products: Product[] = [];
  const running: Run = {
    chance: random,
    scale: options.scale,
    folder,
    database,
    redis,
    products,
    kills: 0,
    frozen: (product, frozen) => note(product, !frozen),
    full: (full) => void history.push({ what: full ? 'full' : 'room', at: Date.now() }),
  };
  const keep = async (slot: number): Promise<void> => {
    while (!stopping.signal.aborted) {
      const point = faulty ? scenario.failpoint?.(running, slot) : undefined;
      const product = startProduct({
        program: options.program,
        env: { ...env, ...(point === undefined ? {} : { CLAIMWIRE_FAILPOINT: point }) },
        roles: ['poll', 'judge', 'decide', 'deliver', ...(scenario.roles ?? [])].join(','),
        logFile,
        wrapper: scenario.wrapper?.(running) ?? [],
      });
      products[slot] = product;
      await product.ready;
      if (product.alive()) note(product, true);
      const { code, signal } = await product.ended;
      note(product, false);
      if (signal === 'SIGKILL') running.kills += 1;
      else if (code !== 0 && !stopping.signal.aborted) {
        notes.push(`a process ended by itself with ${code ?? signal ?? 'nothing'}`);
        await pause(200);
      }
    }
  };
  history.push({ what: 'down', at: began });
  const slots = Array.from({ length: scenario.processes }, (_none, slot) => keep(slot));
  closing.push(async () => {
    stopping.abort();
    for (const product of products) {
      product.signal('SIGCONT');
      product.signal('SIGTERM');
    }
    const hard = setTimeout(() => {
      for (const product of products) product.signal('SIGKILL');
    }, 15_000);
    await Promise.all(slots);
    clearTimeout(hard);
  });

  // ---- the news goes on while the fault strikes
  const ask = async <T extends object>(sql: string): Promise<T[]> =>
    pool.query<T>(sql).then(
      ({ rows }) => rows,
      () => [],
    );
  const until = async (what: string, ms: number, condition: () => Promise<boolean>): Promise<boolean> => {
    const deadline = Date.now() + ms;
    while (!(await condition())) {
      if (Date.now() > deadline) {
        notes.push(`not within ${Math.round(ms / 1000)} s: ${what}`);
        return false;
      }
      await pause(50);
    }
    return true;
  };
  const first = async (sql: string): Promise<number> => Number((await ask<{ n: string }>(sql))[0]?.n ?? -1);
  const started = await until(
    'the first polls',
    120_000,
    async () =>
      (await first('select count(*) as n from feeds where baseline_done')) === STEPS.length &&
      (await first('select count(*) as n from claims where fresh')) === 0,
  );

  if (!started) throw new Error(`the product does not get to work: ${readFileSync(logFile, 'utf8').slice(-2000)}`);
  const all = scenario.claims * STEPS.length;
  let struck = 0;
  let published = 0;
  const next = new Map(news.claims.map((claim) => [claim, 0]));
  const publish = async (): Promise<void> => {
    const seqs = new Map(
      (await ask<{ claim: string; n: string }>('select claim, count(*) as n from decisions group by claim')).map(
        (row) => [row.claim, Number(row.n)],
      ),
    );
    // A little ahead of the faults, never more than a poll would take for a flood.
    const wanted = Math.min(all, Math.ceil((struck / scenario.strikes) * all) + 2);
    for (const [claim, step] of next) {
      if (published >= wanted) return;
      if (step >= STEPS.length || (seqs.get(claim) ?? 0) < step) continue;
      news.publish(claim, step);
      next.set(claim, step + 1);
      published += 1;
    }
  };
  const over = new AbortController();
  const newsroom = (async () => {
    while (!over.signal.aborted) {
      await publish();
      await pause(100);
    }
  })();
  while (struck < scenario.strikes) {
    await scenario.strike(running);
    struck += 1;
    if (struck % 10 === 0)
      options.onProgress?.(`${struck} of ${scenario.strikes} faults, ${published} of ${all} changes`);
  }
  faulty = false;
  // The last one may still be armed.
  for (const product of products) {
    product.signal('SIGCONT');
    product.signal('SIGKILL');
  }
  struck = scenario.strikes;
  const everything = `every change and every alert to be settled`;
  await until(
    everything,
    180_000,
    async () =>
      published === all &&
      (await first('select count(*) as n from decisions')) === all &&
      (await first(`select count(*) as n from alerts where state in ('pending', 'leased', 'unknown')`)) === 0,
  );
  over.abort();
  await newsroom;
  // What is on its way yet, if anything is, will have come by then.
  await pause(timings(options.scale).requestMs + 500);

  await scenario.inspect?.({
    pool,
    bodies,
    log: readFileSync(logFile, 'utf8'),
    secrets: [discord.token, APP_TOKEN, SLACK_SIGNING_SECRET, CLIENT.secret, 'xoxe-1-double', ...slack.taken],
    slackExchanges: slack.exchanges,
  });

  // ---- what was decided, in the ledger's own words
  const ledger = (await ask<{ id: string }>(`select value #>> '{}' as id from meta where key = 'ledger'`))[0]?.id ?? '';
  const decisions = await ask<{ claim: string; seq: number; at: string }>(
    'select claim, seq, extract(epoch from decided_at) * 1000 as at from decisions where announced',
  );
  const channels = [
    ...slackChannels.map((channel) => ({ platform: 'slack', channel })),
    ...discordChannels.map((channel) => ({ platform: 'discord', channel })),
  ];
  for (const { claim, seq, at } of decisions) {
    for (const { platform, channel } of channels) {
      const marker = markerOf(`${ledger}/${claim}/${seq}/${platform}/${channel}`);
      history.push({ what: 'decided', at: Number(at), channel: `${platform}:${channel}`, claim, seq, marker });
    }
  }
  const dropped = await ask<{ marker: string; at: string; reason: string }>(
    `select marker, extract(epoch from changed_at) * 1000 as at, reason from alerts where state = 'dropped'`,
  );
  for (const row of dropped) history.push({ what: 'superseded', at: Number(row.at), marker: row.marker });
  const held = await first(`select count(*) as n from alerts where state = 'held'`);
  if (held > 0) notes.push(`${held} alerts are held`);

  const { flightLeaseMs, sweepMs } = timings(options.scale);
  const recovery = flightLeaseMs + 30_000 * options.scale + sweepMs;
  return {
    fault: scenario.fault,
    queue: scenario.queue,
    strikes: scenario.strikes,
    kills: running.kills,
    ...check(history, { lateAfterMs: 2 * recovery }),
    seconds: Math.round((Date.now() - began) / 1000),
    notes: [...new Set(notes)],
    history,
    log: readFileSync(logFile, 'utf8'),
  };
}
