/**
 * Which charset bytes are in that fit nothing declared: told by what each one makes of them. Japanese has kana in
 * every sentence, Korean is nearly all Hangul, Big5 puts half its second bytes among the ASCII letters (GBK hardly
 * one), and the Cyrillic, Greek and Hebrew code pages differ in where their lower case lies.
 */

/** Enough to tell; the rest of a long document says the same. */
const SAMPLE = 65_536;
/** Fewer high bytes than this tell no language from another; Chinese is our sources' usual case. */
const FEW = 12;

/** WHATWG name, or null when it could be any (then Western is likeliest). */
export function likelyCharset(bytes: Uint8Array): string | null {
  const sample = sampleOf(bytes);
  const high = sample.filter((byte) => byte >= 0x80);
  if (high.length < FEW) return isChinese(sample) ? 'gb18030' : null;
  for (const charset of ['shift_jis', 'euc-jp']) {
    if (shareOf(charset, sample, KANA) > 0.25 && shareOf(charset, sample, JAPANESE) > 0.95) return charset;
  }
  if (shareOf('euc-kr', sample, HANGUL) > 0.9) return 'euc-kr';
  if (isBig5(sample)) return 'big5';
  const alphabet = inWords(sample, high.length) ? alphabetOf(high) : null;
  // A word of an even number of letters is Chinese too; a sentence in so narrow a range is not.
  if (high.length < 2 * FEW && isChinese(sample)) return 'gb18030';
  return alphabet ?? (isChinese(sample) ? 'gb18030' : null);
}

const KANA = /[\u3040-\u30ff]/u;
const JAPANESE = /[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]/u;
const HANGUL = /[\uac00-\ud7a3]/u;
const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/u;

/** Ends at an ASCII byte that is never the second of a pair, so that nothing is cut in two. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  let end = Math.min(bytes.byteLength, SAMPLE);
  if (end < bytes.byteLength) while (end > 0 && (bytes[end - 1] ?? 0) >= 0x30) end -= 1;
  return bytes.subarray(0, end);
}

/** Of the characters beyond ASCII, how many are of this kind: 0 to 1. 0 when the bytes are not in this charset. */
function shareOf(charset: string, sample: Uint8Array, kind: RegExp): number {
  let text: string;
  try {
    text = new TextDecoder(charset, { fatal: true }).decode(sample);
  } catch {
    return 0;
  }
  let beyond = 0;
  let found = 0;
  for (const c of text) {
    if (c < '\u0080') continue;
    beyond += 1;
    if (kind.test(c)) found += 1;
  }
  return beyond === 0 ? 0 : found / beyond;
}

/** German in a Western charset is valid GBK and Big5 too (`ür` is one pair), but its second bytes are ASCII letters. */
function isChinese(sample: Uint8Array): boolean {
  const { pairs, low } = pairsOf(sample);
  return pairs >= 2 && low / pairs < 0.3 && shareOf('gb18030', sample, CHINESE) > 0.8;
}

function isBig5(sample: Uint8Array): boolean {
  const { pairs, low, common } = pairsOf(sample);
  if (low / pairs < 0.15 || low / pairs > 0.7 || common / pairs < 0.8) return false;
  return shareOf('big5', sample, CHINESE) > 0.8;
}

/** How many pairs, how many with an ASCII second byte, and how many led as the 5,401 characters of daily use in Big5. */
function pairsOf(sample: Uint8Array): { pairs: number; low: number; common: number } {
  let pairs = 0;
  let low = 0;
  let common = 0;
  for (let at = 0; at + 1 < sample.length; at += 1) {
    const lead = sample[at] ?? 0;
    if (lead < 0x80) continue;
    pairs += 1;
    if ((sample[at + 1] ?? 0) < 0x80) low += 1;
    if (lead >= 0xa1 && lead <= 0xc6) common += 1;
    at += 1;
  }
  return { pairs, low, common };
}

/** Whole words beyond ASCII, not accents within words. */
function inWords(sample: Uint8Array, high: number): boolean {
  let runs = 0;
  for (let at = 0; at < sample.length; at += 1)
    if ((sample[at] ?? 0) >= 0x80 && (sample[at - 1] ?? 0) < 0x80) runs += 1;
  return high / runs >= 3;
}

function alphabetOf(high: Uint8Array): string | null {
  const share = (from: number, to: number): number =>
    high.filter((byte) => byte >= from && byte <= to).length / high.length;
  if (share(0xc0, 0xdf) > 0.8) return 'koi8-r';
  if (share(0xdc, 0xff) < 0.8) return null;
  // Accented vowels, where Cyrillic has four rare capitals.
  if (share(0xdc, 0xdf) > 0.04) return 'windows-1253';
  // Hebrew has no capitals and ends at 0xfa; Russian can do without я, ю, э and ы for a few words only.
  if (high.length >= 30 && share(0xc0, 0xdf) + share(0xfb, 0xff) === 0) return 'windows-1255';
  return 'windows-1251';
}
