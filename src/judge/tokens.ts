/**
 * Small questions to a reading: what stands at this place.
 */
import type { Reading } from './text.ts';

/** The folded text of token n, empty where there is none. */
export const textAt = (reading: Reading, n: number): string => reading.tokens[n]?.text ?? '';

/** Whether this Chinese text begins at token `at`. */
export function hanAt(reading: Reading, at: number, text: string): boolean {
  let n = at;
  for (const character of text) {
    if (textAt(reading, n) !== character) return false;
    n += 1;
  }
  return true;
}

/** A set of words given as one text, parted by blanks. */
export const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/));
