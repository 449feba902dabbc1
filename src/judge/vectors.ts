/**
 * Words as vectors, and how frequent they are: "seize" is near "capture", "the" says nothing.
 *
 * The files are described in model/README.md; whoever judges reads them once and hands them in.
 */

export interface WordVectors {
  /** Row of a word, by its text or else its stem; undefined when it is not among the frequent ones. */
  row(text: string, root: string): number | undefined;
  /** Cosine of two rows, -1 to 1. */
  near(a: number, b: number): number;
  /** The mean direction of some rows, each by its weight; zeros for none. */
  mean(rows: readonly { readonly row: number; readonly weight: number }[]): number[];
  /** How telling a stem is: 0.05 for "the", above 1 for a word that is not frequent at all. */
  telling(root: string): number;
}

const DIMENSIONS = 64;
/** log2 of the list's length, about: its rarest word weighs a little over 1. */
const SCALE = 14;
const UNKNOWN = 1.15;

/**
 * `list`: a word a line, most frequent first, followed by its stem where that is another; thirty thousand words take longer to stem than
 * to read. Throws RangeError when the two files do not belong together.
 */
export function wordVectors(list: string, bytes: Uint8Array): WordVectors {
  const byText = new Map<string, number>();
  const byStem = new Map<string, number>();
  let count = 0;
  for (const line of list.split('\n')) {
    if (line === '') continue;
    const blank = line.indexOf(' ');
    const root = blank < 0 ? line : line.slice(blank + 1);
    byText.set(blank < 0 ? line : line.slice(0, blank), count);
    if (!byStem.has(root)) byStem.set(root, count);
    count += 1;
  }
  if (count * DIMENSIONS !== bytes.length)
    throw new RangeError(`${count} words need ${count * DIMENSIONS} bytes of vectors, not ${bytes.length}`);
  const vectors = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  // Lengths are worked out when a word is met: a process meets few of them.
  const lengths = new Float64Array(count);
  const length = (row: number): number => {
    const known = lengths[row] ?? 0;
    if (known > 0) return known;
    let sum = 0;
    for (let n = row * DIMENSIONS; n < (row + 1) * DIMENSIONS; n += 1) sum += (vectors[n] ?? 0) ** 2;
    const found = Math.sqrt(sum) || 1;
    lengths[row] = found;
    return found;
  };
  return {
    row: (text, root) => byText.get(text) ?? byStem.get(root),
    near(a, b) {
      let sum = 0;
      for (let n = 0; n < DIMENSIONS; n += 1)
        sum += (vectors[a * DIMENSIONS + n] ?? 0) * (vectors[b * DIMENSIONS + n] ?? 0);
      return sum / (length(a) * length(b));
    },
    mean(rows) {
      const sum: number[] = Array.from({ length: DIMENSIONS }, () => 0);
      for (const { row, weight } of rows) {
        const share = weight / (length(row) * rows.length);
        for (let n = 0; n < DIMENSIONS; n += 1) sum[n] = (sum[n] ?? 0) + share * (vectors[row * DIMENSIONS + n] ?? 0);
      }
      return sum;
    },
    telling(root) {
      const rank = byStem.get(root);
      return rank === undefined ? UNKNOWN : Math.min(1.1, Math.max(0.05, Math.log2(rank + 2) / SCALE));
    },
  };
}
