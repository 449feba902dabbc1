/**
 * `claimwire track "statement" [--topic TOPIC] [--items FILE.jsonl]`: how the statement is read, what it would have matched in the
 * stored articles (or in a file of them), and the alerts it would have posted. Nothing is stored: in chat, `/claimwire track` follows it.
 */
import { claimOfStatement } from '../judge/statement.ts';
import { beatOf } from './compose.ts';
import type { ExitCode, Io } from './io.ts';
import { explained, runTrial } from './trial.ts';

const USAGE =
  'claimwire track "Huawei ships 950PR to Alibaba by July" [--items FILE.jsonl] [--since DATE] [--as-of DATE] [--topic TOPIC] [--config DIR] [--demo] [--json]';

export async function runTrack(args: readonly string[], io: Io): Promise<ExitCode> {
  return runTrial(args, io, USAGE, (statement, config, now, { topic }) => {
    const { registry, claims } = beatOf(config);
    const options = { registry, now, topic: topic ?? 'tracked', taken: new Set(claims.keys()) };
    const claim = claimOfStatement(statement, options);
    return typeof claim === 'string' ? explained(claim) : claim;
  });
}
