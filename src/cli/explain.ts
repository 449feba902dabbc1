/**
 * `claimwire explain CLAIM [--as-of TIME] [--demo] [--json]`: the decision, the rule, the origins with their quoted
 * hops, and what would change it, from the ledger.
 */
import type { NewsTime } from '../core/time.ts';
import { whyCard } from '../chat/cards.ts';
import { renderCard } from '../chat/console/render.ts';
import { fieldClock } from '../pipeline/clock.ts';
import { whyOfClaim } from '../pipeline/desk-views.ts';
import { parseArguments } from './arguments.ts';
import { configFor, openNewsroom } from './compose.ts';
import { openLog } from './log.ts';
import { demoTopics } from './demo-config.ts';
import { demoDay } from './demo-state.ts';
import type { ExitCode, Io } from './io.ts';
import { claimCalled, notADate, timeOf } from './said.ts';

const USAGE = 'claimwire explain CLAIM [--as-of 2026-04-20] [--demo] [--config DIR] [--json]';

export async function runExplain(args: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parseArguments(
    args,
    { 'as-of': { type: 'string' }, demo: { type: 'boolean' }, config: { type: 'string' }, json: { type: 'boolean' } },
    USAGE,
  );
  const id = parsed.ok ? parsed.positionals[0] : undefined;
  if (!parsed.ok || id === undefined || parsed.positionals.length > 1) {
    io.err(parsed.ok ? `Usage: ${USAGE}` : parsed.message);
    return 2;
  }
  const asOfText = parsed.values['as-of'];
  const asOf = timeOf(asOfText, 'end');
  if (asOf === null) {
    io.err(notADate('--as-of', asOfText ?? ''));
    return 2;
  }
  const demo = parsed.values.demo === true;
  const config = demo ? demoTopics(io) : configFor(io, parsed.values.config);
  const claim = claimCalled(
    id,
    config.topics.flatMap((topic) => topic.claims),
  );
  let today: NewsTime | undefined;
  const opened = await openNewsroom({
    config,
    clock: { ...fieldClock, news: () => today ?? fieldClock.news() },
    log: openLog(process.stderr, 'warn'),
    posters: new Map(),
    demo,
    emit: () => undefined,
  });
  try {
    if (demo) today = await demoDay(opened.room.pool);
    const view = await whyOfClaim(opened.room, claim, asOf);
    io.out(parsed.values.json === true ? JSON.stringify(view) : renderCard(whyCard(view), { ansi: false }).trimEnd());
    return 0;
  } finally {
    await opened.close();
  }
}
