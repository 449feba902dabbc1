/**
 * `claimwire judge --pairs FILE.jsonl [--out FILE] [--config DIR]`: plain statements against headlines, no frames by hand.
 *
 * {"id","claim":"Apple is buying Path","title":"Apple May Buy Social Network Path","text"?} a line ->
 * {"id","stance","strength","origins","quote"} a line, in the same order. A line that cannot be read is named and left out.
 *
 * All statements of the file are judged together, as tracked ones are: a headline that one of them fits better is not the others'.
 */
import { readFile, writeFile } from 'node:fs/promises';
import type { Pair } from '../judge/pairs.ts';
import { pairJudge, parsePair } from '../judge/pairs.ts';
import { parseArguments } from './arguments.ts';
import { beatOf, configFor } from './compose.ts';
import type { ExitCode, Io } from './io.ts';
import { readWordVectors } from './word-vectors.ts';

const USAGE = 'claimwire judge --pairs FILE.jsonl [--out FILE] [--config DIR]';

export async function runJudge(args: readonly string[], io: Pick<Io, 'out' | 'err' | 'env'>): Promise<ExitCode> {
  const text = { type: 'string' } as const;
  const options = { pairs: text, out: text, config: text, json: { type: 'boolean' } } as const;
  const parsed = parseArguments(args, options, USAGE);
  if (!parsed.ok || parsed.values.pairs === undefined || parsed.positionals.length > 0) {
    io.err(parsed.ok ? `Usage: ${USAGE}` : parsed.message);
    return 2;
  }
  const { pairs, out, config } = parsed.values;
  let content: string;
  try {
    content = await readFile(pairs, 'utf8');
  } catch (error) {
    io.err(`${pairs}: cannot be read: ${(error as Error).message}`);
    return 1;
  }
  const readable: Pair[] = [];
  let problems = 0;
  for (const [n, line] of content.split('\n').entries()) {
    if (line.trim() === '') continue;
    const pair = parsePair(line);
    if (typeof pair === 'string') {
      io.err(`${pairs}:${n + 1}: ${pair}`);
      problems += 1;
    } else readable.push(pair);
  }
  const { registry } = beatOf(configFor(io, config));
  const judge = pairJudge(
    registry,
    readWordVectors(),
    readable.map(({ claim }) => claim),
  );
  const lines: string[] = [];
  for (const pair of readable) lines.push(JSON.stringify(await judge(pair)));
  if (out === undefined) for (const line of lines) io.out(line);
  else {
    try {
      await writeFile(out, lines.length === 0 ? '' : `${lines.join('\n')}\n`);
    } catch (error) {
      io.err(`${out}: cannot be written: ${(error as Error).message}`);
      return 1;
    }
  }
  return problems > 0 ? 1 : 0;
}
