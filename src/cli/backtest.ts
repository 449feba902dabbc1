/**
 * `claimwire backtest CLAIM`: what the claim's frame matched in the stored articles, and the changes of status it would have had, with
 * dates. What the configuration records about the claim is left out: only the articles speak.
 */
import type { ExitCode, Io } from './io.ts';
import { claimCalled } from './said.ts';
import { runTrial } from './trial.ts';

const USAGE =
  'claimwire backtest CLAIM [--items FILE.jsonl] [--since DATE] [--as-of DATE] [--config DIR] [--demo] [--json]';

export async function runBacktest(args: readonly string[], io: Io): Promise<ExitCode> {
  return runTrial(args, io, USAGE, (id, config) => {
    const all = config.topics.flatMap((topic) => topic.claims);
    const claim = claimCalled(id, all);
    return { ...claim, known: [], outcome: null };
  });
}
