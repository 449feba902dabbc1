/**
 * Denied what? "Nvidia denied the report" is talk; "DeepSeek denied Nvidia access" is an act.
 */
import type { Reading } from './text.ts';

/** Whether the form of "deny" at `at` denies a statement. */
export function deniesTalk(reading: Reading, at: number): boolean {
  const next = reading.tokens[at + 1];
  return (
    next === undefined ||
    next.kind === 'mark' ||
    DENIED_THINGS.has(next.text) ||
    (next.text.endsWith('ing') && next.kind === 'word')
  );
}

const DENIED_THINGS = new Set(
  'that the any a an it this these those reports report claims claim allegations accusations knowledge wrongdoing involvement such all on to in'.split(
    ' ',
  ),
);
