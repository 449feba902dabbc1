/**
 * `claimwire judge --pairs FILE.jsonl [--out FILE] [--config DIR]`: plain statements against headlines, no frames by hand.
 *
 * {"id","claim":"Apple is buying Path","title":"Apple May Buy Social Network Path","text"?} a line ->
 * {"id","stance","strength","origins","quote"} a line, in the same order. A line that cannot be read is named and left out.
 *
 * All statements of the file are judged together, as tracked ones are: a headline that one of them fits better is not the others'.
 */
import { readFile, writeFile } from 'node:fs/promises';
import type { Config } from '../config/config.ts';
import type { Pair } from '../judge/pairs.ts';
import { pairJudge, parsePair } from '../judge/pairs.ts';
import { parseArguments } from './arguments.ts';
import { beatOf, configFor } from './compose.ts';
import type { ExitCode, Io } from './io.ts';
import { sayProblems, whyNot, wrongKindOnce } from './said.ts';
import { readWordVectors } from './word-vectors.ts';

const USAGE = 'claimwire judge --pairs FILE.jsonl [--out FILE] [--config DIR]';

const EXAMPLE = '{"id":"1","claim":"Apple is buying Path","title":"Apple May Buy Path"}';

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
    io.err(`${pairs}: cannot be read: ${whyNot(error)}`);
    return 1;
  }
  const readable: Pair[] = [];
  const problems: string[] = [];
  for (const [n, line] of content.split('\n').entries()) {
    if (line.trim() === '') continue;
    const pair = parsePair(line);
    if (typeof pair === 'string') problems.push(`${pairs}:${n + 1}: ${pair}`);
    else readable.push(pair);
  }
  sayProblems(io.err, wrongKindOnce(pairs, problems, readable.length, EXAMPLE));
  if (readable.length === 0 && problems.length === 0) io.err(`${pairs} holds no pair; one a line: ${EXAMPLE}`);
  const lines = readable.length === 0 ? [] : await judged(readable, configFor(io, config));
  if (out === undefined) for (const line of lines) io.out(line);
  else {
    try {
      await writeFile(out, lines.length === 0 ? '' : `${lines.join('\n')}\n`);
    } catch (error) {
      io.err(`${out}: cannot be written: ${whyNot(error)}`);
      return 1;
    }
  }
  return problems.length > 0 ? 1 : 0;
}

/** All together, a JSON line each. */
async function judged(pairs: readonly Pair[], config: Config): Promise<string[]> {
  const statements = pairs.map(({ claim }) => claim);
  const judge = pairJudge(beatOf(config).registry, readWordVectors(), statements);
  const lines: string[] = [];
  for (const pair of pairs) lines.push(JSON.stringify(await judge(pair)));
  return lines;
}
