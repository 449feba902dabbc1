/**
 * `claimwire backtest CLAIM`: what the claim's frame matched in the stored articles, and the changes of status it would have had, with
 * dates. What the configuration records about the claim is left out: only the articles speak.
 */
import type { ExitCode, Io } from './io.ts';
import { explained, runTrial } from './trial.ts';

const USAGE =
  'claimwire backtest CLAIM [--items FILE.jsonl] [--since DATE] [--as-of DATE] [--config DIR] [--demo] [--json]';

export async function runBacktest(args: readonly string[], io: Io): Promise<ExitCode> {
  return runTrial(args, io, USAGE, (id, config) => {
    const all = config.topics.flatMap((topic) => topic.claims);
    const claim = all.find((candidate) => candidate.id === id);
    if (claim === undefined)
      return explained(`No claim is called "${id}". Known: ${all.map((candidate) => candidate.id).join(', ')}`);
    return { ...claim, known: [], outcome: null };
  });
}
