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
    (next.text.endsWith('ing') && next.kind === 'word') ||
    hasClause(reading, at + 1)
  );
}

/** A name and a verb that is finite beyond doubt: "denies V4 was trained on Blackwell". What is denied to somebody has none. */
function hasClause(reading: Reading, from: number): boolean {
  for (let n = from + 1; n < from + LONGEST_SUBJECT; n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark' || PARTS.has(token.text)) return false;
    if (FINITE.has(token.text)) return true;
  }
  return false;
}

const LONGEST_SUBJECT = 6;
const FINITE = new Set('is are was were has had will would did does can could may might'.split(' '));
/** A clause that begins here is another one's. */
const PARTS = new Set('that which who while as after before because although but and to'.split(' '));

const DENIED_THINGS = new Set(
  'that the any a an it this these those reports report claims claim allegations accusations knowledge wrongdoing involvement such all on to in today yesterday again monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  ),
);
