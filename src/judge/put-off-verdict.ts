/**
 * What a release that is put off means for a claim with a window, and which times a "will not" speaks of.
 */
import type { NewsTime } from '../core/time.ts';
import { DAY } from '../core/time.ts';
import { UNSERIOUS } from './cues.ts';
import type { Finding } from './frame.ts';
import { isContradictedNext, isDenied, isSetAgainst } from './negation.ts';
import type { IndexedReading } from './phrase.ts';
import { anyOf, rangeOf } from './phrase.ts';
import type { PutOff } from './put-off.ts';
import { misses } from './put-off.ts';
import type { Verdict } from './stance.ts';
import type { Sentence } from './text.ts';
import type { When } from './when.ts';

/** Said ahead of it or while the window is open: what is put off past its end, or off altogether, will not be in it. */
export function putOffVerdict(
  putOff: PutOff,
  window: { readonly from: NewsTime; readonly to: NewsTime },
  finding: Finding,
  reading: IndexedReading,
  sentence: Sentence,
  published: NewsTime,
): Verdict | null {
  if (published >= window.to || published < window.from - PUT_OFF_AHEAD) return null;
  if (isContradictedNext(finding, reading) || isSetAgainst(finding, reading, sentence)) return null;
  if (isDenied(finding, reading, sentence) || anyOf(UNSERIOUS, reading, rangeOf(sentence))) return null;
  return misses(putOff, window, reading, published)
    ? { stance: 'refutes', event: 'none', denied: false, notYet: false, less: false }
    : null;
}
/** Before that, a release that is put off is an earlier one. */
const PUT_OFF_AHEAD = 45 * DAY;

/** "Not today" and "not before May" leave a window open that ends with May: the time must take most of what is left of it. */
export function leavesLittle(
  reading: IndexedReading,
  time: When,
  window: { readonly from: NewsTime; readonly to: NewsTime },
  published: NewsTime,
): boolean {
  if ([time.first, time.first - 1].some((n) => BEFORE.has(reading.tokens[n]?.text ?? ''))) return false;
  if (reading.tokens[time.last]?.text === '前') return false;
  const from = Math.max(window.from, Math.min(published, window.to));
  return Math.min(time.to, window.to) - Math.max(time.from, from) >= (window.to - from) * 0.5;
}
const BEFORE = new Set(['before', 'until', 'till']);
