/**
 * What `track` and `backtest` share: the articles of the ledger or of a file, and a trial over them as text or JSON.
 */
import type { Config } from '../config/config.ts';
import type { Claim } from '../core/claim.ts';
import { frameInWords } from '../core/frame-words.ts';
import { storyShelf } from '../core/story.ts';
import { iso, type NewsTime } from '../core/time.ts';
import { counted, day } from '../core/wording.ts';
import { fieldClock } from '../pipeline/clock.ts';
import { namesIn } from '../pipeline/replay.ts';
import { backtest, type Tracked } from '../pipeline/track.ts';
import { tryClaim } from '../pipeline/trial.ts';
import { parseArguments, type Values } from './arguments.ts';
import { beatOf, configFor, openNewsroom } from './compose.ts';
import { openLog } from './log.ts';
import { demoTopics } from './demo-config.ts';
import { demoDay } from './demo-state.ts';
import { Explained, type ExitCode, type Io } from './io.ts';
import { printable } from '../core/printable.ts';
import { readItems } from './replay.ts';
import { notADate, sayProblems, timeOf } from './said.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = { items: text, since: text, 'as-of': text, topic: text, config: text, demo: flag, json: flag };
export type TrialValues = Values<typeof OPTIONS>;

/** One positional, the options of a trial; the claim is made by whoever calls. */
export async function runTrial(
  args: readonly string[],
  io: Io,
  usage: string,
  claimOf: (asked: string, config: Config, now: NewsTime, values: TrialValues) => Claim,
): Promise<ExitCode> {
  const parsed = parseArguments(args, OPTIONS, usage);
  const asked = parsed.ok ? parsed.positionals[0] : undefined;
  if (!parsed.ok || asked === undefined || parsed.positionals.length > 1) {
    io.err(parsed.ok ? `Usage: ${usage}` : parsed.message);
    return 2;
  }
  const { values } = parsed;
  const [since, asOf] = [timeOf(values.since, 'start'), timeOf(values['as-of'], 'end')];
  if (since === null || asOf === null) {
    const [name, given] = since === null ? ['--since', values.since] : ['--as-of', values['as-of']];
    io.err(notADate(name, given ?? ''));
    return 2;
  }
  const config = values.demo === true ? demoTopics(io) : configFor(io, values.config);
  const say = (tracked: Tracked, now: NewsTime): void =>
    io.out(values.json === true ? trialAsJson(tracked) : trialInWords(tracked, now));
  if (values.items === undefined) {
    let today = asOf;
    const opened = await openNewsroom({
      config,
      clock: { ...fieldClock, news: () => today ?? fieldClock.news() },
      log: openLog(process.stderr, 'warn'),
      posters: new Map(),
      demo: values.demo === true,
      emit: () => undefined,
    });
    try {
      // In the demo's ledger it is the day that the demo has come to.
      if (values.demo === true) today ??= await demoDay(opened.room.pool);
      const now = opened.room.clock.news();
      say(await backtest(opened.room, claimOf(asked, config, now, values), since === undefined ? {} : { since }), now);
    } finally {
      await opened.close();
    }
    return 0;
  }
  const { registry } = beatOf(config);
  const read = await readItems(values.items, registry);
  sayProblems(io.err, read.problems);
  if (read.articles === null) return 1;
  const articles = read.articles
    .filter((article) => since === undefined || article.published >= since)
    .sort((a, b) => a.published - b.published || (a.id < b.id ? -1 : 1));
  // A file of old news is read as of its last day.
  const now = asOf ?? articles.at(-1)?.published ?? fieldClock.news();
  const claim = claimOf(asked, config, now, values);
  const shelf = storyShelf({ names: namesIn(registry, [claim]) });
  const grouped = articles.map((article) => ({ article, textGroup: shelf.place(article).textGroup }));
  const trial = await tryClaim(claim, grouped, { registry, now });
  say({ claim, words: frameInWords(claim, registry, now), trial }, now);
  return read.problems.length > 0 ? 1 : 0;
}

/** A statement or claim that cannot be tried ends the command with this sentence. */
export function explained(message: string): never {
  throw new Explained(message);
}

/** Matches past this are counted, not shown: the newest say most. */
const MOST_SHOWN = 20;

/** For people. Words of articles may hold control characters; they are made harmless. */
function trialInWords({ claim, words, trial }: Tracked, now: NewsTime): string {
  const width = Math.max(...words.map(({ label }) => label.length));
  const shown = trial.matches.slice(-MOST_SHOWN);
  const lines = [
    claim.statement,
    `${claim.id}, ${claim.kind === 'event' ? 'an event' : claim.kind === 'forecast' ? 'a forecast' : 'a standing claim'}`,
    '',
    ...words.map(({ label, text }) => `  ${label.padEnd(width)}  ${text}`),
    '',
    readLine(trial, now),
  ];
  if (shown.length < trial.matches.length)
    lines.push(`  ${trial.matches.length - shown.length} older ones are not shown`);
  for (const match of shown) {
    const whose = match.origins.filter((name) => name !== 'unattributed' && name !== match.publisher);
    const through = whose.length === 0 ? '' : `, origin ${whose.join(', ')}`;
    lines.push(
      `  ${day(match.published, now)}  ${match.stance} (${match.strength})  ${match.publisher}${through}: ${match.title}`,
    );
    if (match.quote !== null && match.quote !== match.title) lines.push(`      "${match.quote}"`);
  }
  lines.push('');
  if (trial.changes.length === 0) lines.push('No alert would have been posted.');
  else {
    lines.push(`It would have posted ${counted(trial.changes.length, 'alert')}:`);
    for (const change of trial.changes)
      lines.push(`  ${day(change.at, now)}  ${change.from} -> ${change.to}: ${change.because}`);
  }
  lines.push(`Now: ${trial.decision.status}. ${trial.decision.because}`);
  return lines.map((line) => printable(line)).join('\n');
}

function readLine(trial: Tracked['trial'], now: NewsTime): string {
  if (trial.articles === 0 || trial.oldest === null || trial.newest === null)
    return 'No stored article to try it on yet.';
  const span = `${day(trial.oldest, now)} to ${day(trial.newest, now)}`;
  const many = trial.matches.length;
  return `Read ${counted(trial.articles, 'stored article')} (${span}): ${many === 0 ? 'none speaks' : many === 1 ? '1 speaks' : `${many} speak`} to it.`;
}

/** For machines: the claim as it would be configured, its matches and changes, one object. */
function trialAsJson({ claim, words, trial }: Tracked): string {
  const { matches, changes, decision } = trial;
  return JSON.stringify({
    claim,
    words,
    articles: trial.articles,
    oldest: trial.oldest === null ? null : iso(trial.oldest),
    newest: trial.newest === null ? null : iso(trial.newest),
    matches: matches.map((match) => ({ ...match, published: iso(match.published) })),
    changes: changes.map((change) => ({ ...change, at: iso(change.at) })),
    status: decision.status,
    because: decision.because,
  });
}
