/**
 * How much a shared word says: "the" nothing, "chip" a little, "Ascend" a lot.
 */
import { COMMON_WORDS } from './common-words.ts';
import { stem } from './stem.ts';

let ranks: ReadonlyMap<string, number> | undefined;
/** Stemmed when first asked for: thousands of words that most commands never ask about. */
function ranked(): ReadonlyMap<string, number> {
  if (ranks !== undefined) return ranks;
  const found = new Map<string, number>();
  for (const [rank, word] of COMMON_WORDS.trim().split(/\s+/).entries()) {
    const root = stem(word);
    if (!found.has(root)) found.set(root, rank);
  }
  ranks = found;
  return found;
}

/** Of a stem: 0.1 for "the", 1 for a word that is not among the most frequent. */
export function rarity(root: string): number {
  const rank = ranked().get(root);
  return rank === undefined ? 1 : Math.min(1, Math.max(0.1, Math.log2(rank + 2) / 15));
}

export const isFrequent = (root: string): boolean => ranked().has(root);
