/**
 * What neither supports nor refutes a claim though its words are there: the act is on another thing, or only nearly one, or the words are
 * repeated to disown them, or the "not" is of the how.
 */
import type { NewsTime } from '../core/time.ts';
import { clauseOf } from './clauses.ts';
import { DENIAL } from './cues.ts';
import { isDisowned } from './disowned.ts';
import type { CompiledClaim, Finding } from './frame.ts';
import type { IndexedReading } from './phrase.ts';
import { anyOf, rangeOf } from './phrase.ts';
import { isNearly, isPortion } from './portion.ts';
import type { Sentence } from './text.ts';
import { textAt } from './tokens.ts';
import { timesIn } from './when.ts';

interface One {
  readonly claim: CompiledClaim;
  readonly finding: Finding;
  readonly reading: IndexedReading;
  readonly sentence: Sentence;
}

/** Told of something of the thing, for a few, nearly, or only to disown it: neither side of the claim is asserted. */
export const isNotIt = ({ claim, finding, reading, sentence }: One): boolean =>
  isPortion(claim, finding, reading, sentence) ||
  isNearly(finding, reading, sentence) ||
  isDisowned(claim, finding, reading, sentence);

/** A "not" of which a condition or a manner is the point: "will not release V4 until it is safe", "never under a closed licence". */
const MANNER = new Set(['until', 'till', 'unless', 'under', 'without']);
function deniesOnlyHow({ finding, reading, sentence }: Omit<One, 'claim'>, published: NewsTime): boolean {
  // "The window closed without a word", "Spring Festival is behind us without V4": no "not" is there to be of the how.
  if (finding.kind === 'inverse' || finding.absent === true) return false;
  const clause = clauseOf(reading, sentence, finding.span);
  for (let n = finding.span.last; n < clause.last; n += 1)
    if (MANNER.has(textAt(reading, n)))
      return timesIn(reading, { first: n, last: sentence.last }, published).length === 0;
  return false;
}

/** Whether a finding that would refute does not: what is denied is another thing, or only the how. */
export function refutesNothing(
  claim: CompiledClaim,
  finding: Finding,
  reading: IndexedReading,
  published: NewsTime,
): boolean {
  const sentence = reading.sentences[finding.sentence];
  if (sentence === undefined) return false;
  // 否认有关 V4 跑在昇腾上的报道: the talk is named to deny it.
  const denied = claim.claim.frame.window === undefined && anyOf(DENIAL, reading, rangeOf(sentence));
  return (
    isPortion(claim, finding, reading, sentence) ||
    isNearly(finding, reading, sentence) ||
    (!denied && isDisowned(claim, finding, reading, sentence)) ||
    (claim.claim.frame.window !== undefined && deniesOnlyHow({ finding, reading, sentence }, published))
  );
}
