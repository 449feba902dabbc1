/**
 * How long people wait for claimwire to hear them: 200 commands within 10 s, half on Discord and half on Slack, while the
 * pipeline polls, judges, decides and posts. The compiled program, PostgreSQL and both clients are real; the platforms are
 * doubles on loopback in this process. With each command somebody lets Discord complete a claim's name: answered from
 * memory, but in a process that judges and decides.
 *
 *     npm run bench commands
 *
 * Exits 1 when the 99th percentile of acknowledgements is 500 ms or more, or anything went unanswered.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { discordDouble } from '../doubles/discord.ts';
import { APP_TOKEN, BOT_TOKEN, slackDouble } from '../doubles/slack.ts';
import { newsstand } from '../reliability/newsstand.ts';
import { startProduct } from '../reliability/product.ts';

const COMMANDS = 200;
const OVER_MS = 10_000;
const LIMIT_MS = 500;
/** What people ask, most often first. */
const ASKED = ['status', 'why', 'status', 'claim', 'sources', 'timeline', 'latest', 'claims', 'help', 'subscriptions'];
const TAKES_CLAIM = new Set(['why', 'claim', 'sources', 'timeline']);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Asked {
  readonly on: 'Discord' | 'Slack';
  readonly at: number;
  acknowledged(): number | null;
  answered(): boolean;
  /** The desk gave up on the database within its 2 s and said so. */
  excused(): boolean;
  /** Wall time of the answer; set by the watch below. */
  answeredMs: number | null;
}

function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

const folder = mkdtempSync(join(tmpdir(), 'claimwire-bench-'));
// Started by root, PostgreSQL runs as somebody who must be able to enter.
chmodSync(folder, 0o755);
const discord = await discordDouble();
const slack = await slackDouble();
const news = await newsstand(20);
const config = join(folder, 'config');
news.configure(config, { slack: [slack.channel], discord: [discord.channel] });
const product = startProduct({
  program: fileURLToPath(new URL('../../src/main.js', import.meta.url)),
  roles: 'poll,judge,decide,deliver,discord,slack',
  logFile: join(folder, 'product.log'),
  env: {
    CLAIMWIRE_DATA: join(folder, 'data'),
    CLAIMWIRE_CONFIG: config,
    CLAIMWIRE_TIME_SCALE: '0.1',
    CLAIMWIRE_LOG: 'warn',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_API_URL: slack.apiUrl,
  },
});

let failed = true;
try {
  await product.ready;
  const deadline = Date.now() + 60_000;
  while (discord.commandWrites === 0 || slack.sockets.length < 2) {
    if (Date.now() > deadline) throw new Error('the program did not connect within 60 s');
    await pause(50);
  }
  // The first command of a process loads what the others use.
  const warm = discord.interact({ kind: 'command', name: 'chaos', sub: 'status' });
  while (warm.answers.length === 0) await pause(20);

  // Six pages a second move the claims, from before the first command to after the last.
  let published = 0;
  const publishing = setInterval(() => {
    if (published >= 60) return;
    news.publish(news.claims[Math.floor(published / 3)] ?? '', published % 3);
    published += 1;
  }, 250);
  await pause(5000);

  const asked: Asked[] = [];
  const completing: ReturnType<typeof discord.interact>[] = [];
  const claims = news.claims;
  const began = Date.now();
  for (let at = 0; at < COMMANDS; at += 1) {
    await pause(Math.max(0, began + (at * OVER_MS) / COMMANDS - Date.now()));
    const sub = ASKED[at % ASKED.length] ?? 'status';
    const claim = claims[at % claims.length] ?? '';
    const begun = { claim: claim.slice(0, 3) };
    completing.push(
      discord.interact({ kind: 'complete', name: 'chaos', sub: 'why', options: begun, focused: 'claim' }),
    );
    // Everybody asks a few times only: nobody meets the cool-down.
    if (at % 2 === 0) {
      const options = TAKES_CLAIM.has(sub) ? { claim } : {};
      const user = `1000000000000${String(10_000 + (at % 60))}`;
      const seen = discord.interact({ kind: 'command', name: 'chaos', sub, options, user });
      asked.push({
        on: 'Discord',
        at: Date.now(),
        acknowledged: () => seen.acknowledgedMs,
        answered: () => seen.answers.length > 0,
        excused: () => JSON.stringify(seen.answers).includes('not answering right now'),
        answeredMs: null,
      });
    } else {
      const one: { seen: Awaited<ReturnType<typeof slack.command>> | null } = { seen: null };
      const words = TAKES_CLAIM.has(sub) ? `${sub} ${claim}` : sub;
      void (async () => {
        one.seen = await slack.command(`U0BENCH${at % 60}`, '/chaos', words);
      })();
      asked.push({
        on: 'Slack',
        at: Date.now(),
        acknowledged: () => one.seen?.acknowledgedMs ?? null,
        answered: () => (one.seen?.answers.length ?? 0) > 0,
        excused: () => JSON.stringify(one.seen?.answers ?? []).includes('not answering right now'),
        answeredMs: null,
      });
    }
    for (const each of asked) if (each.answeredMs === null && each.answered()) each.answeredMs = Date.now() - each.at;
  }
  const sent = Date.now() - began;
  const end = Date.now() + 20_000;
  while (asked.some((one) => one.answeredMs === null) && Date.now() < end) {
    for (const each of asked) if (each.answeredMs === null && each.answered()) each.answeredMs = Date.now() - each.at;
    await pause(5);
  }

  clearInterval(publishing);
  const writes = discord.requests.filter((one) => /\/channels\/\d+\/messages/u.test(one.path) && one.method !== 'GET');
  print(
    `${COMMANDS} commands in ${(sent / 1000).toFixed(1)} s; meanwhile ${published} pages were published in 3 feeds and ` +
      `${writes.length} alerts posted or edited on Discord, ${slack.posts.length} posted on Slack`,
  );
  failed = writes.length === 0;
  const completed = completing.map((one) => (one.choices === null ? Infinity : (one.acknowledgedMs ?? Infinity)));
  completed.sort((a, b) => a - b);
  print(
    `completions on Discord: ${completed.length}, p50 ${percentile(completed, 0.5)} ms, p99 ${percentile(completed, 0.99)} ms`,
  );
  failed ||= !(percentile(completed, 0.99) < LIMIT_MS);
  for (const on of ['Discord', 'Slack'] as const) {
    const mine = asked.filter((one) => one.on === on);
    const acks = mine.map((one) => one.acknowledged() ?? Infinity).sort((a, b) => a - b);
    const answers = mine.map((one) => one.answeredMs ?? Infinity).sort((a, b) => a - b);
    const p99 = percentile(acks, 0.99);
    const unanswered = answers.filter((one) => one === Infinity).length;
    print(
      `${on}: acknowledged p50 ${percentile(acks, 0.5)} ms, p99 ${p99} ms, most ${acks.at(-1)} ms; ` +
        `answered p50 ${percentile(answers, 0.5)} ms, p99 ${percentile(answers, 0.99)} ms; ` +
        `told to ask again ${mine.filter((one) => one.excused()).length}; unanswered ${unanswered}`,
    );
    failed ||= !(p99 < LIMIT_MS) || unanswered > 0;
  }
} finally {
  product.signal('SIGTERM');
  await product.ended;
  await discord.close();
  await slack.close();
  await news.close();
  rmSync(folder, { recursive: true, force: true });
}
print(failed ? `not good: the limit is ${LIMIT_MS} ms for the 99th percentile` : 'good');
process.exit(failed ? 1 : 0);
