/**
 * The demo's run: the bundled archive, served over HTTP on loopback and polled for real, through the production
 * pipeline, under an accelerated news clock.
 *
 * It has a folder and database schemas of its own. Killed, it goes on where its ledger stands; finished, it starts anew.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { iso, newsTime, wallTime, type Clock, type NewsTime } from '../core/time.ts';
import { newestPublished, unjudgedArticles } from '../ledger/articles.ts';
import { claimStates, undecidedClaims } from '../ledger/claims.ts';
import { allDecisions } from '../ledger/decisions.ts';
import { evidenceOn } from '../ledger/evidence.ts';
import { baselinesMissing, makeAllDue, makeNoneDue, polledSince } from '../ledger/feeds.ts';
import { resetLedger, totals } from '../ledger/meta.ts';
import { outboxCounts } from '../ledger/outbox-views.ts';
import { ROLES, type Pace } from '../pipeline/work.ts';
import { archiveTimes, readArchive } from './archive-files.ts';
import { startArchive } from './archive.ts';
import { openLog } from './log.ts';
import { demoClaims, demoConfig, loadDemo } from './demo-config.ts';
import { demoClock } from './demo-clock.ts';
import { makeDataFolder } from './data-folder.ts';
import { demoState, saveDemoState, type DemoState } from './demo-state.ts';
import { jsonLines, type ExitCode, type Io } from './io.ts';
import { counterSummary, dayAndMonth, openNarrator } from './narrator.ts';
import { MARKS_FILE, openPlatforms, repeatedMarks } from './platforms.ts';
import { openProduct, type Product } from './product.ts';

/** The demo polls loopback feeds every second; looking for due ones costs one query. */
const DEMO_PACE: Pace = { tickMs: 200, sweepMs: 1000 };

/**
 * The story waits for a machine that is slower: with a feed or a judgement longer behind than this, changes that were
 * weeks apart would be told together, or in another order.
 */
const BEHIND_MS = 2000;

export interface DemoOptions {
  /** How long the story takes. */
  readonly seconds: number;
  readonly json: boolean;
  /** Ends when the story is over; otherwise the board stays up. */
  readonly exit: boolean;
}

export async function playDemo({ seconds, json, exit }: DemoOptions, io: Io): Promise<ExitCode> {
  const say = json ? io.err : io.out;
  const { config: loaded, dir } = loadDemo(io);
  const story = demoClock(archiveTimes(readArchive(join(dir, 'archive'))), { seconds });

  // The news clock stands still until the ledger says where to go on and every feed has had its first, empty poll.
  const watch = stopwatch();
  const clock: Clock = { news: () => story.newsAt(watch.elapsed()), wall: () => wallTime(Date.now()) };

  const archive = await startArchive({ dir: join(dir, 'archive'), newsNow: clock.news });
  const closing: (() => Promise<void>)[] = [() => archive.close()];
  say(
    `DEMO ARCHIVE: paraphrases of ${archive.items} real pages in ${archive.feeds.length} feeds · interrupted runs resume`,
  );
  try {
    const config = demoConfig(loaded, { archive, claims: demoClaims(dir) });
    const narrator = openNarrator();
    makeDataFolder(config.dataDir);
    const logFile = join(config.dataDir, 'claimwire.log');
    const log = openLog(
      pino.destination({ dest: logFile, mkdir: true, sync: true }),
      io.env['CLAIMWIRE_LOG'] ?? 'info',
    );
    let resumed = false;
    let before: Pick<DemoState, 'ranMs' | 'runs'> = { ranMs: 0, runs: 0 };
    const roles = new Set(ROLES);
    const platforms = await openPlatforms(config, { io, log, roles, json, style: 'line', dataDir: config.dataDir });
    const product = await openProduct({
      config,
      clock,
      log,
      platforms,
      roles,
      pace: DEMO_PACE,
      demo: true,
      alone: `Another demo is running in ${config.dataDir} or on its database: end it, or set CLAIMWIRE_DATA to another folder.`,
      emit: (event) => {
        if (json) jsonLines(io)(event);
        const note = event.type === 'alert' && event.platform === 'console' ? narrator.onAlert(event.claim) : null;
        if (note !== null && !json) say(note);
      },
      observe: (turn) => {
        const line = narrator.onTurn(turn);
        if (line !== null && !json) say(line);
      },
      prepare: async (pool) => {
        const state = await demoState(pool);
        if (state === null) return;
        if (state.finished) {
          await resetLedger(pool);
          rmSync(join(config.dataDir, MARKS_FILE), { force: true });
          return;
        }
        // The saved clock may lag a little behind what was already read.
        watch.set(story.elapsedAt(newsTime(Math.max(state.news, (await newestPublished(pool)) ?? state.news))));
        resumed = true;
        before = state;
      },
    });
    closing.push(() => product.close());

    if (resumed) say(`going on at ${iso(clock.news()).slice(0, 10)}, where the last run stopped`);
    for (const line of [...product.describe, ...platforms.describe]) say(line);

    await until(io.stop, async () => (await baselinesMissing(product.room.pool)) === 0, 5000);
    // What the last run decided and did not post comes first: a change that waits is told together with the next one.
    if (resumed) await until(io.stop, async () => quiet(product), 20_000);
    watch.go();
    const began = Date.now();
    // Not a second later: the first pages are out.
    if (!resumed) {
      await until(io.stop, async () => clock.news() >= story.prelude);
      await makeAllDue(product.room.pool);
    }
    const save = (finished: boolean): Promise<void> => {
      const ranMs = before.ranMs + Date.now() - began;
      return saveDemoState(product.room.pool, { news: clock.news(), finished, ranMs, runs: before.runs + 1 });
    };
    await play(product, watch, story.end, io, { say, save: () => save(false) });
    if (io.stop.aborted) return 0;

    await save(true);
    const doubled = repeatedMarks(config.dataDir);
    for (const line of await report(product, before, began, doubled)) say(line);
    const counter = await outletCounter(product);
    if (counter !== null) say(counter);
    const { articles = 0 } = await totals(product.room.pool);
    const unread = Math.max(0, archive.items - articles);
    if (unread > 0)
      say(`${unread} of the archive's ${archive.items} pages were never read: this demo is not the story.`);
    say('Next: npx claimwire explain v4-on-huawei --as-of 2026-04-20 --demo');
    if (!exit) {
      // The archive has no more to tell: the board needs no polls, and an idle machine stays one.
      await until(io.stop, async () => (await makeNoneDue(product.room.pool)) === 0, 5000);
      say('The board stays up; Ctrl+C ends it.');
      await until(io.stop, async () => false);
    }
    return unread === 0 ? 0 : 1;
  } finally {
    for (const step of closing.reverse()) await step();
  }
}

/** A stopwatch in milliseconds that can be set, stopped and started again. */
interface Stopwatch {
  elapsed(): number;
  set(elapsed: number): void;
  go(): void;
  stand(): void;
}

function stopwatch(): Stopwatch {
  let before = 0;
  let since: number | null = null;
  const elapsed = (): number => before + (since === null ? 0 : Date.now() - since);
  return {
    elapsed,
    set: (to) => void (before = to),
    go: () => void (since ??= Date.now()),
    stand: () => {
      before = elapsed();
      since = null;
    },
  };
}

/** Runs until the story is over and everything it caused is done, saving the news clock and showing progress. */
async function play(
  product: Product,
  watch: Stopwatch,
  end: NewsTime,
  io: Io,
  { say, save }: { readonly say: (line: string) => void; readonly save: () => Promise<void> },
): Promise<void> {
  const { room } = product;
  const { clock } = room;
  let upToDate = Date.now();
  let shown = clock.wall();
  let over: Date | undefined;
  let failedInARow = 0;
  const isOver = async (): Promise<boolean> => {
    await save();
    if (clock.wall() - shown >= 10_000) {
      shown = wallTime(clock.wall());
      const sums = await totals(room.pool);
      say(
        `        … ${dayAndMonth(clock.news())}: ${sums['articles'] ?? 0} pages read, ${sums['alerts_sent'] ?? 0} alerts`,
      );
    }
    if (clock.news() < end) {
      if (await quiet(product)) upToDate = Date.now();
      const behind =
        Date.now() - upToDate > BEHIND_MS || !(await polledSince(room.pool, new Date(Date.now() - BEHIND_MS)));
      if (behind) watch.stand();
      else watch.go();
      return false;
    }
    over ??= new Date();
    // Every feed is asked once more after the last page is out.
    return (await polledSince(room.pool, over)) && (await quiet(product));
  };
  await until(io.stop, async () => {
    try {
      const done = await isOver();
      failedInARow = 0;
      return done;
    } catch (error) {
      // A database that is started again answers soon; everything is in it.
      watch.stand();
      failedInARow += 1;
      if (failedInARow > 100) throw error;
      return false;
    }
  });
}

/** Nothing to judge, decide or post any more. The ledger says so; a job whose process died may haunt the queue for a while. */
async function quiet({ room }: Product): Promise<boolean> {
  const open = await outboxCounts(room.pool);
  const unposted = (open['pending'] ?? 0) + (open['leased'] ?? 0) + (open['unknown'] ?? 0);
  const unjudged = await unjudgedArticles(room.pool, room.beat().judgedBy, newsTime(0), 1);
  const undecided = await undecidedClaims(room.pool, room.clock.news());
  return unposted + unjudged.length + undecided.length === 0;
}

async function report(
  { room }: Product,
  before: Pick<DemoState, 'ranMs' | 'runs'>,
  began: number,
  doubled: number,
): Promise<string[]> {
  const seconds = Math.round((before.ranMs + Date.now() - began) / 1000);
  const runs = before.runs === 0 ? '' : ` in ${before.runs + 1} runs`;
  const decisions = await allDecisions(room.pool);
  const alerts = await outboxCounts(room.pool);
  const { articles = 0 } = await totals(room.pool);
  const sent = alerts['sent'] ?? 0;
  const lost = Object.entries(alerts).reduce((sum, [state, count]) => sum + (state === 'sent' ? 0 : count), 0);
  const width = Math.max(...decisions.map((row) => row.claim.length));
  return [
    '',
    'What changed, when and why:',
    ...decisions.map(
      (row) => `${dayAndMonth(row.at)}  ${row.claim.padEnd(width)}  ${row.to.padEnd(12)}  ${row.because}`,
    ),
    '',
    `done in ${seconds} s${runs}: ${articles} pages -> ${sent} alerts; ${lost} lost, ${doubled} doubled.`,
  ];
}

/** What a bot that counts outlets would have made of the same evidence, over all runs of this demo. */
async function outletCounter({ room }: Product): Promise<string | null> {
  const states = await claimStates(room.pool);
  const claims = [...states.values()].map(async ({ id, status }) => ({
    status,
    evidence: (await evidenceOn(room.pool, id)).map((row) => row.evidence),
  }));
  return counterSummary(await Promise.all(claims));
}

/** Looks every 200 ms until it is so, the signal aborts, or `withinMs` has passed. */
async function until(
  stop: AbortSignal,
  isSo: () => Promise<boolean>,
  withinMs = Number.POSITIVE_INFINITY,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!stop.aborted && Date.now() < deadline && !(await isSo())) {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        stop.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, 200);
      stop.addEventListener('abort', done);
    });
  }
}
