/**
 * Sentences that several commands need: why a file is of no use, which lines are, and which claim was meant.
 */
import { didYouMean, quoted } from '../config/problem.ts';
import type { Claim } from '../core/claim.ts';
import { newsTime, type NewsTime } from '../core/time.ts';
import { Explained, type Io } from './io.ts';

/** What the system's codes mean to whoever named a file or folder. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EACCES: 'this user has no right to it',
  EPERM: 'this user has no right to it',
  EROFS: 'the disk takes no changes',
  ENOSPC: 'the disk is full',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links lead in a circle',
};

export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

/** Why a file cannot be read or written, as half a sentence. What is no error of the system is thrown again. */
export function whyNot(error: unknown): string {
  if (!isSystemError(error)) throw error;
  return REASONS[error.code ?? ''] ?? error.message;
}

/** A time from the command line; undefined: not given; null: none. Of a mere day its start or its end, so that all of it counts. */
export function timeOf(given: string | undefined, edge: 'start' | 'end'): NewsTime | null | undefined {
  if (given === undefined) return undefined;
  const wholeDay = /^\d{4}-\d{2}-\d{2}$/.test(given);
  try {
    return newsTime(wholeDay && edge === 'end' ? `${given}T23:59:59.999Z` : given);
  } catch {
    return null;
  }
}

export function notADate(option: string, given: string): string {
  return `${option}: ${quoted(given)} is not a date such as 2026-04-20`;
}

/** Lines past these are counted. */
const MOST_PROBLEMS = 20;

export const NOT_JSON = 'not JSON';

/** A file of another kind is wrong on every line: one sentence, with a line as it should be. `usable`: how many lines are. */
export function wrongKindOnce(file: string, problems: string[], usable: number, example: string): string[] {
  const wrongKind = usable === 0 && problems.length > 1 && problems.every((one) => one.endsWith(`: ${NOT_JSON}`));
  return wrongKind
    ? [`${file}: none of its ${problems.length} lines is JSON; wanted is one a line: ${example}`]
    : problems;
}

export function sayProblems(err: Io['err'], problems: readonly string[]): void {
  for (const problem of problems.slice(0, MOST_PROBLEMS)) err(problem);
  const rest = problems.length - MOST_PROBLEMS;
  if (rest > 0) err(`and ${rest} more ${rest === 1 ? 'line' : 'lines'} that cannot be used`);
}

/** Ids past these help nobody. */
const MOST_IDS = 8;

/** The claim with this id; Explained names the nearest one when there is none. */
export function claimCalled(id: string, claims: readonly Claim[]): Claim {
  const found = claims.find((claim) => claim.id === id);
  if (found !== undefined) return found;
  const ids = claims.map((claim) => claim.id);
  const meant = didYouMean(id, ids);
  const words = id.toLowerCase().split(/[^a-z0-9]+/);
  const near = ids.filter((one) => one.split('-').some((word) => words.includes(word)));
  const shown = (near.length > 0 ? near : ids).slice(0, MOST_IDS);
  const rest = ids.length - shown.length;
  const list = `${near.length > 0 ? 'Ids like it' : 'Ids'}: ${shown.join(', ')}${rest > 0 ? ` (and ${rest} more)` : ''}`;
  throw new Explained(
    `There is no claim ${quoted(id.slice(0, 80))}${meant === '' ? `. ${ids.length === 0 ? 'The configuration has none' : list}` : meant}`,
  );
}
