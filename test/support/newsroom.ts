/**
 * A newsroom over a database of its own: the real ledger, steps, judge and shipped claims; a feed server on loopback
 * whose pages a test writes; queues that a test turns by hand, so that it decides what runs, when, and what gets lost.
 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import type { Poster, SendOutcome, LookUp, OutgoingMessage } from '../../src/chat/platform.ts';
import { beatOf } from '../../src/cli/compose.ts';
import { shippedConfigDir } from '../../src/config/home.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Level } from '../../src/core/alert.ts';
import { newsTime, wallTime } from '../../src/core/time.ts';
import { openFetcher } from '../../src/feeds/fetch.ts';
import { readPage } from '../../src/feeds/page.ts';
import { readFeed } from '../../src/feeds/read.ts';
import { syncClaims } from '../../src/ledger/claims.ts';
import { syncFeeds } from '../../src/ledger/feeds.ts';
import { ledgerId } from '../../src/ledger/meta.ts';
import { announcePresence } from '../../src/ledger/presence.ts';
import { trackedClaims } from '../../src/ledger/tracked.ts';
import { subscribe } from '../../src/ledger/subscriptions.ts';
import { decideClaim } from '../../src/pipeline/decide.ts';
import { deliverLane } from '../../src/pipeline/deliver.ts';
import { openGrouping } from '../../src/pipeline/group.ts';
import { judgeArticle } from '../../src/pipeline/judge.ts';
import type { Newsroom } from '../../src/pipeline/newsroom.ts';
import { pollFeed } from '../../src/pipeline/poll.ts';
import type { Queues } from '../../src/pipeline/queues.ts';
import { openSlots } from '../../src/pipeline/slots.ts';
import { rereadArticle, type Rereading } from '../../src/pipeline/reread.ts';
import type { StreamEvent } from '../../src/pipeline/stream.ts';
import { timings } from '../../src/pipeline/timings.ts';
import { enqueueDueFeeds, sweep } from '../../src/pipeline/sweep.ts';
import { freshDatabase, silentLog, type TestDatabase } from './postgres.ts';

export interface Page {
  readonly guid: string;
  readonly published: string;
  readonly title: string;
  readonly summary: string;
  readonly url?: string;
}

const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

function rss(pages: readonly Page[]): string {
  const items = pages.map(
    (page) =>
      `<item><guid isPermaLink="false">${page.guid}</guid><title>${escapeXml(page.title)}</title>${page.url === undefined ? '' : `<link>${escapeXml(page.url)}</link>`}` +
      `<description>${escapeXml(page.summary)}</description><pubDate>${new Date(page.published).toUTCString()}</pubDate></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Test</title>${items.join('')}</channel></rss>`;
}

/** A poster whose answers a test writes; without any it accepts and remembers. */
export interface ScriptedPoster extends Poster {
  readonly sent: OutgoingMessage[];
  /** Next answers, first come first; 'accept' keeps the message and says so, 'lose' keeps it and loses the answer. */
  readonly answers: (SendOutcome | 'accept' | 'lose')[];
  readonly looks: LookUp[];
  settleMs: number;
}

export function scriptedPoster(): ScriptedPoster {
  const sent: OutgoingMessage[] = [];
  const answers: (SendOutcome | 'accept' | 'lose')[] = [];
  const looks: LookUp[] = [];
  return {
    platform: 'slack',
    settleMs: 0,
    sent,
    answers,
    looks,
    async send(message) {
      const answer = answers.shift() ?? 'accept';
      if (answer === 'accept' || answer === 'lose') sent.push(message);
      if (answer === 'lose') return { outcome: 'unknown', reason: 'connection reset before the answer' };
      return answer === 'accept' ? { outcome: 'sent', messageId: `m${sent.length}` } : answer;
    },
    async lookUp(_channel, marker) {
      const found = sent.findIndex((message) => message.marker === marker);
      return looks.shift() ?? (found < 0 ? { found: 'no' } : { found: 'yes', messageId: `m${found + 1}` });
    },
  };
}

export interface TestNewsroom {
  readonly room: Newsroom;
  readonly database: TestDatabase;
  readonly poster: ScriptedPoster;
  readonly events: StreamEvent[];
  /** Feed id -> what it serves. */
  readonly pages: Map<string, Page[]>;
  /** Feed id -> what its server does instead. */
  readonly answers: Map<string, (response: ServerResponse) => void>;
  /** Jobs that wait, as "queue id". */
  waiting(): string[];
  /** Loses every job that waits. */
  loseJobs(): void;
  /** Moves the news clock. */
  at(time: string): void;
  /** Polls every feed and runs all jobs until none is left. */
  turn(): Promise<void>;
  /** Runs the jobs of one step and nothing that they cause. */
  turnOnly(name: Job['name']): Promise<void>;
  /** Runs the jobs that wait, and what they cause. */
  drain(): Promise<void>;
  sweep(): Promise<void>;
  subscribe(channel: string, level?: Level, topic?: string): Promise<void>;
  close(): Promise<void>;
}

type Job = { readonly name: keyof typeof NAMES; readonly id: string; readonly jobId: string };
const NAMES = {
  poll: 'feedId',
  judge: 'articleId',
  reread: 'articleId',
  decide: 'claimId',
  deliver: 'alertId',
} as const;

/** What ships, read once: nobody changes it. */
const shipped = once(() => {
  const loaded = loadConfig({ shippedDir: shippedConfigDir(), userDir: null, env: {} });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const { config } = loaded;
  return {
    ...config,
    topics: config.topics.map((topic) => ({
      ...topic,
      claims: topic.claims.map((claim) => ({ ...claim, outcome: null, known: [] })),
    })),
  };
});

function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => (made ??= { it: make() }).it;
}

/** `feeds`: id -> source id of its publisher. */
export async function testNewsroom(
  feeds: Readonly<Record<string, string>>,
  second: Rereading | null = null,
): Promise<TestNewsroom> {
  const database = await freshDatabase();
  const pages = new Map<string, Page[]>(Object.keys(feeds).map((id) => [id, []]));
  const answers = new Map<string, (response: ServerResponse) => void>();
  const server: Server = createServer((request, response) => {
    const answer = answers.get((request.url ?? '').slice(1));
    if (answer !== undefined) return answer(response);
    const served = pages.get((request.url ?? '').slice(1));
    response.writeHead(served === undefined ? 404 : 200, { 'content-type': 'application/rss+xml' });
    response.end(served === undefined ? '' : rss(served));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  const config = {
    ...shipped(),
    feeds: { ...shipped().feeds, allowHosts: [host], allowHostsPauseSeconds: 0, minIntervalSeconds: 1 },
  };
  let beat = beatOf(config);

  let jobs: Job[] = [];
  const queues: Queues = {
    describe: 'turned by hand',
    async enqueue(name, payload, { jobId }) {
      if (!jobs.some((job) => job.name === name && job.jobId === jobId)) {
        jobs.push({ name, id: (payload as unknown as Record<string, string>)[NAMES[name]] ?? '', jobId });
      }
      return true;
    },
    work: () => undefined,
    counts: async () => {
      throw new Error('not asked in these tests');
    },
    health: async () => ({ reachable: true, latencyMs: 0, problem: null }),
    close: async () => undefined,
  };

  const fetcher = openFetcher({ allowHosts: [host], userAgent: 'claimwire test' });
  const presence = await announcePresence(database.pool, silentLog);
  const poster = scriptedPoster();
  const events: StreamEvent[] = [];
  let now = newsTime('2026-02-01T00:00:00Z');
  const room: Newsroom = {
    pool: database.pool,
    queues,
    owner: presence.owner,
    ledger: await ledgerId(database.pool),
    clock: { news: () => now, wall: () => wallTime(now) },
    timings: timings(),
    log: pino({ level: 'silent' }),
    beat: () => beat,
    async renew() {
      beat = beatOf(config, await trackedClaims(database.pool));
    },
    fetcher,
    grouping: openGrouping(() => beat),
    readFeed: async (bytes, hint) => readFeed(bytes, hint),
    readPage,
    posters: new Map([['slack', poster]]),
    slots: openSlots(),
    demo: false,
    second,
    emit: (event) => void events.push(event),
  };
  await syncFeeds(
    database.pool,
    Object.entries(feeds).map(([id, publisher]) => ({
      id,
      url: `http://${host}/${id}`,
      publisher,
      lang: 'en',
      topics: [],
      intervalMinutes: 1 / 60,
    })),
  );
  await syncClaims(database.pool, [...beat.claims.values()]);

  const running = new AbortController().signal;
  const poll = (of: Newsroom, id: string): Promise<void> => pollFeed(of, id, running);
  const steps = {
    poll,
    judge: judgeArticle,
    reread: rereadArticle,
    decide: decideClaim,
    deliver: deliverLane,
  } as const;
  const drain = async (): Promise<void> => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) await steps[job.name](room, job.id);
  };
  return {
    room,
    database,
    poster,
    events,
    pages,
    answers,
    waiting: () => jobs.map((job) => `${job.name} ${job.id}`),
    loseJobs: () => (jobs = []),
    at: (time) => (now = newsTime(time)),
    async turn() {
      await database.pool.query('update feeds set next_poll_at = now()');
      await enqueueDueFeeds(room);
      await drain();
    },
    async turnOnly(name) {
      if (name === 'poll') await enqueueDueFeeds(room);
      const now = jobs.filter((job) => job.name === name);
      jobs = jobs.filter((job) => job.name !== name);
      for (const job of now) await steps[job.name](room, job.id);
    },
    drain,
    async sweep() {
      await sweep(room);
    },
    async subscribe(channel, level = 'changes', topic = 'deepseek') {
      await subscribe(database.pool, { platform: 'slack', workspace: 'T1', channel, topic, level }, 'test');
    },
    async close() {
      await fetcher.close();
      await presence.close();
      await new Promise((resolve) => server.close(resolve));
      await database.close();
    },
  };
}
