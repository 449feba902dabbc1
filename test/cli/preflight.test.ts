/**
 * Before anything is lost in silence: what a start refuses, and what `claimwire check` says, one sentence each.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { refuseUnsafe } from '../../src/cli/product.ts';
import { checkSlack } from '../../src/chat/slack/check.ts';
import { announcePresence } from '../../src/ledger/presence.ts';
import { clockSkewMs, skewProblem } from '../../src/ledger/skew.ts';
import { watchQueue } from '../../src/pipeline/health.ts';
import type { QueueHealth } from '../../src/pipeline/queue-backend.ts';
import { BOT_TOKEN, slackDouble, type SlackDouble } from '../doubles/slack.ts';
import { built } from '../support/built.ts';
import { testNewsroom } from '../support/newsroom.ts';
import { freshDatabase, silentLog } from '../support/postgres.ts';
import { redisIsHere, startRedis } from '../support/redis.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing.splice(0).toReversed()) await close();
});

describe('the clock', () => {
  it('P19: a clock that is more than a minute from the database’s is refused in one sentence, whichever way', async () => {
    const database = await freshDatabase();
    closing.push(() => database.close());
    const skewed = async (byMs: number): Promise<string | null> =>
      skewProblem(await clockSkewMs(database.pool, () => Date.now() + byMs), "the database's");
    expect(await skewed(0)).toBeNull();
    expect(await skewed(50_000)).toBeNull();
    expect(await skewed(90_000)).toMatch(/clock is \d\d s ahead of the database's/);
    expect(await skewed(-3_600_000)).toMatch(/clock is 3\d\d\d s behind the database's/);
  });
});

describe('Slack, before a session is opened', () => {
  const asked = async (slack: SlackDouble, token = BOT_TOKEN): Promise<string[]> =>
    (await checkSlack({ botToken: token, apiUrl: slack.apiUrl })).map(({ state, line }) => `${state}: ${line}`);

  it('names the scopes that are missing: those needed as wrong, the useful ones with what is lost', async () => {
    const slack = await slackDouble();
    closing.push(() => slack.close());
    slack.scopes =
      'chat:write,commands,channels:history,groups:history,users:read,channels:read,groups:read,app_mentions:read,usergroups:read';
    expect(await asked(slack)).toEqual([expect.stringMatching(/^ok: Slack: signed in as .+ in Newsroom$/)]);
    slack.scopes = 'commands,channels:history, users:read,channels:read,groups:read,app_mentions:read,usergroups:read';
    const said = (await asked(slack)).join('\n');
    expect(said).toContain('wrong: Slack: the scope chat:write is missing');
    expect(said).toContain('note: Slack: without the scope groups:history an alert whose answer was lost cannot');
    expect(said).not.toContain('scope commands');
  });

  it('says in one line that a token is refused, that nothing answers, or that a clock is wrong, and never the token', async () => {
    const slack = await slackDouble();
    closing.push(() => slack.close());
    expect(await asked(slack, 'xoxb-canary')).toEqual([expect.stringMatching(/^wrong: Slack refused SLACK_BOT_TOKEN/)]);
    const gone = await slackDouble();
    const { apiUrl } = gone;
    await gone.close();
    const nowhere = await checkSlack({ botToken: 'xoxb-canary', apiUrl });
    expect(nowhere).toEqual([{ state: 'wrong', line: `Slack: no answer from ${new URL(apiUrl).host}: ECONNREFUSED` }]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 });
    expect((await asked(slack)).join('\n')).toMatch(/wrong: Slack: this machine's clock is 1\d\d s ahead of Slack's/);
  });
});

describe('the queue', () => {
  it('P19: a Redis that is told to throw jobs away while the bot runs is said once, and again when it is well', async () => {
    const news = await testNewsroom({});
    closing.push(() => news.close());
    let health: QueueHealth = { reachable: true, latencyMs: 1, problem: null };
    const said: string[] = [];
    const log = {
      ...news.room.log,
      info: (_at: object, line: string) => said.push(line),
      error: (_at: object, line: string) => said.push(line),
    };
    const room = { ...news.room, log: log as never, queues: { ...news.room.queues, health: async () => health } };
    const look = watchQueue(room);
    await look();
    health = {
      ...health,
      problem: 'Redis may throw jobs away (maxmemory-policy is allkeys-lru). Set it to noeviction.',
    };
    await look();
    await look();
    health = { reachable: false, latencyMs: null, problem: 'Redis does not answer' };
    await look();
    health = { reachable: true, latencyMs: 1, problem: null };
    await look();
    expect(said).toEqual([expect.stringContaining('allkeys-lru'), 'the queue is fit for its work again']);
  });

  it('that cannot be reached does not end a start, and is said in it', async () => {
    const news = await testNewsroom({});
    closing.push(() => news.close());
    const startedWith = (health: QueueHealth) =>
      refuseUnsafe({ pool: news.room.pool, queues: { ...news.room.queues, health: async () => health } });
    const problem = 'Redis at 127.0.0.1:1/0 (REDIS_URL) does not answer: ECONNREFUSED.';
    expect(await startedWith({ reachable: false, latencyMs: null, problem })).toBe(problem);
    expect(await startedWith({ reachable: true, latencyMs: 1, problem: null })).toBeNull();
    await expect(startedWith({ reachable: true, latencyMs: 1, problem: 'may throw jobs away' })).rejects.toThrow(
      'jobs away',
    );
  });

  describe.runIf(redisIsHere())('on Redis', () => {
    let program = '';
    beforeAll(async () => {
      program = await built('main.js');
    }, 120_000);

    it('P19: a start is refused in one sentence when its Redis may evict jobs', { timeout: 120_000 }, async () => {
      const redis = await startRedis(['--maxmemory-policy', 'allkeys-lru']);
      closing.push(() => redis.end());
      const database = await freshDatabase();
      closing.push(() => database.close());
      const folder = mkdtempSync(join(tmpdir(), 'claimwire-preflight-'));
      closing.push(async () => rmSync(folder, { recursive: true, force: true }));
      const { host, database: name, user } = database.poolConfig;
      const child = spawn(process.execPath, [program, 'run', '--roles', 'deliver'], {
        env: {
          PATH: process.env['PATH'],
          CLAIMWIRE_DATA: folder,
          REDIS_URL: redis.url,
          DATABASE_URL: `postgres:///${name}?host=${encodeURIComponent(host ?? '')}&user=${user}`,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      const code = await new Promise((resolve) => child.once('exit', resolve));
      expect(said).toMatch(/may throw jobs away \(maxmemory-policy is allkeys-lru\)\. Set it to noeviction\./);
      expect(said).not.toContain('    at ');
      expect(code).toBe(1);
    });
  });
});

describe('two processes', () => {
  it('know of each other when both would hear Discord’s commands, and no longer when one is gone', async () => {
    const database = await freshDatabase();
    closing.push(() => database.close());
    const one = await announcePresence(database.pool, silentLog);
    const other = await announcePresence(database.pool, silentLog);
    expect(await one.join(1)).toBe(0);
    expect(await other.join(1)).toBe(1);
    await one.close();
    await vi.waitFor(async () => expect(await other.join(1)).toBe(0), { timeout: 10_000 });
    await other.close();
  });
});
