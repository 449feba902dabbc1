/**
 * Value + schema -> problems in words: `expected a number, found the text "5": remove the quotes`.
 */
import { z } from 'zod';
import type { Path } from './problem.ts';
import { didYouMean, quoted } from './problem.ts';

interface Finding {
  readonly path: Path;
  readonly what: string;
  /** Nothing is written there: for an entry that changes a shipped one this is no problem. */
  readonly missing: boolean;
}

export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const KIND_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  null: 'nothing',
};

export function validate<T>(schema: z.ZodType<T>, value: unknown): Validated<T> {
  const parsed = schema.safeParse(value, { error: inWords });
  if (parsed.success) return { ok: true, value: parsed.data };
  const findings = parsed.error.issues.flatMap((issue): Finding[] => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    const missing = issue.message === MISSING;
    if (issue.code !== 'unrecognized_keys') return [{ path, what: issue.message, missing }];
    // One line per key of the issue, in its order: see unknownKeys.
    const sentences = issue.message.split('\n');
    return issue.keys.map((key, index) => ({ path: [...path, key], what: sentences[index] ?? 'unknown key', missing }));
  });
  return { ok: false, findings };
}

const MISSING = 'missing';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

function inWords(issue: RawIssue): string {
  if (issue.input === undefined) return MISSING;
  if (issue.code === 'unrecognized_keys') return unknownKeys(issue.keys, issue.inst);
  if (issue.code === 'invalid_type') return wrongType(issue.expected, issue.input);
  if (issue.code === 'invalid_value') return notAChoice(issue.input, issue.values.map(String));
  if (issue.code === 'too_small') return bound('at least', Number(issue.minimum), issue.origin);
  if (issue.code === 'too_big') return bound('at most', Number(issue.maximum), issue.origin);
  return issue.message ?? 'not valid';
}

function unknownKeys(keys: readonly string[], schema: unknown): string {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return keys
    .map((key) => {
      const meant = didYouMean(key, known);
      return `unknown key${meant === '' ? `; known are ${known.join(', ')}` : meant}`;
    })
    .join('\n');
}

function wrongType(expected: string, found: unknown): string {
  const wanted = KIND_WORDS[expected] ?? expected;
  const hint =
    typeof found === 'string' &&
    (expected === 'number' || expected === 'int') &&
    found.trim() !== '' &&
    Number.isFinite(Number(found))
      ? ': remove the quotes'
      : (typeof found === 'number' || typeof found === 'boolean') && expected === 'string'
        ? ': put it in quotes'
        : '';
  return `expected ${wanted}, found ${found instanceof Object || found === null ? '' : 'the '}${kindOf(found)}${hint}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `text ${quoted(value)}`;
  if (typeof value === 'number') return `number ${value}`;
  if (typeof value === 'boolean') return `value ${value}`;
  return 'a map of keys';
}

function notAChoice(found: unknown, choices: readonly string[]): string {
  const list = choices.join(', ');
  if (typeof found !== 'string') return `must be one of ${list}`;
  return `${quoted(found)} is not one of ${list}${didYouMean(found, choices)}`;
}

function bound(word: string, limit: number, origin: string): string {
  const unit = origin === 'string' ? ' characters' : origin === 'array' ? (limit === 1 ? ' entry' : ' entries') : '';
  const shown = Number.isInteger(limit) ? String(limit) : limit.toPrecision(2);
  return origin === 'array' && word === 'at least' && limit === 1 ? 'is empty' : `must be ${word} ${shown}${unit}`;
}
