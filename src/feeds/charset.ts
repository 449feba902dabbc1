/**
 * Bytes -> text. A feed says what charset it is in up to three times, and one of them is often wrong:
 * served as `text/xml; charset=ISO-8859-1`, declared `encoding="gb2312"`, and in truth UTF-8.
 *
 * Order of trust: byte-order mark or UTF-16/32 byte pattern, valid UTF-8 (text in another charset is
 * practically never valid UTF-8 by accident), the HTTP header, the XML declaration, a guess. A declared
 * charset is believed only when every byte decodes.
 */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { likelyCharset } from './charset-guess.ts';
import { declaredEncoding } from './xml-declaration.ts';

export interface Decoded {
  readonly text: string;
  /** WHATWG name of the charset that was used. */
  readonly charset: string;
  /** True when bytes had to be replaced by U+FFFD. */
  readonly damaged: boolean;
}

/**
 * Node 20's TextDecoder('windows-1252') maps 0x80-0x9f to C1 controls (nodejs/node #56542), which loses
 * every smart quote, dash and euro sign; `iso-8859-1` is the same decoder under another name.
 */
const WINDOWS_1252_HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** Labels that servers send for something larger than they name. */
const WIDER: Readonly<Record<string, string>> = {
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'gb_2312-80': 'gb18030',
  'x-gbk': 'gb18030',
  cp936: 'gb18030',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  cp1252: 'windows-1252',
  'utf-16': 'utf-16le',
  utf16: 'utf-16le',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  cp932: 'shift_jis',
  'ks_c_5601-1987': 'euc-kr',
  cp949: 'euc-kr',
  cp1251: 'windows-1251',
  'big5-hkscs': 'big5',
  'koi8-ru': 'koi8-u',
};

/** Decodes a feed's bytes. Never throws: bytes that fit nothing come out with U+FFFD and `damaged`. */
export function decodeFeed(bytes: Uint8Array, contentType: string | null): Decoded {
  const pattern = byBytePattern(bytes);
  if (pattern !== null) return pattern;
  const utf8 = isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : null;
  if (utf8 !== null) {
    // ISO-2022-JP is pure ASCII with escapes, so it is valid UTF-8 too: only its declaration can tell.
    const said = said7bit(bytes, contentType);
    return said ?? { text: utf8, charset: 'utf-8', damaged: false };
  }
  for (const label of [charsetOf(contentType), declaredEncoding(bytes)]) {
    if (label === null) continue;
    const name = normalised(label);
    if (name === 'utf-8') continue;
    const text = strictly(name, bytes);
    if (text !== null) return { text, charset: name, damaged: false };
  }
  return guess(bytes, [charsetOf(contentType), declaredEncoding(bytes)]);
}

function said7bit(bytes: Uint8Array, contentType: string | null): Decoded | null {
  if (!bytes.includes(0x1b)) return null;
  const label = charsetOf(contentType) ?? declaredEncoding(bytes);
  if (label === null || !label.startsWith('iso-2022')) return null;
  const text = strictly(label, bytes);
  return text === null ? null : { text, charset: label, damaged: false };
}

/** `text/xml; charset="GBK"` -> `gbk`. */
function charsetOf(contentType: string | null): string | null {
  const match = /charset\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec((contentType ?? '').slice(0, 300));
  return match?.[1]?.toLowerCase() ?? null;
}

function normalised(label: string): string {
  const lower = label.trim().toLowerCase();
  return WIDER[lower] ?? lower;
}

/** Every byte must fit, else null; null too for a charset nobody knows. */
function strictly(charset: string, bytes: Uint8Array): string | null {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(charset, { fatal: true });
  } catch {
    return rarely(charset, bytes);
  }
  // Under any of its many labels (`iso8859-1`, `l1`, `cp819`).
  if (decoder.encoding === 'windows-1252') return windows1252(bytes);
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Charsets of before the web (cp437, cp850, Mac sets): iconv-lite knows them, the platform does not. */
function rarely(charset: string, bytes: Uint8Array): string | null {
  if (charset.startsWith('utf') || BINARY.has(charset) || !iconv.encodingExists(charset)) return null;
  const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), charset);
  return text.includes('\ufffd') ? null : text;
}

/** Names iconv-lite takes for Node's encodings of bytes, which are not charsets. */
const BINARY: ReadonlySet<string> = new Set(['base64', 'hex', 'binary', 'ucs2', 'internal', 'cesu8']);

function windows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin1.replace(/[\u0080-\u009f]/g, (c) => WINDOWS_1252_HIGH[c.charCodeAt(0) - 0x80] ?? c);
}

function byBytePattern(bytes: Uint8Array): Decoded | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return loosely('utf-8', bytes.subarray(3));
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return utf32(bytes.subarray(4), true);
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return utf32(bytes.subarray(4), false);
  if (a === 0xff && b === 0xfe) return loosely('utf-16le', bytes.subarray(2));
  if (a === 0xfe && b === 0xff) return loosely('utf-16be', bytes.subarray(2));
  if (a === 0x3c && b === 0 && c === 0 && d === 0) return utf32(bytes, true);
  if (a === 0 && b === 0 && c === 0 && d === 0x3c) return utf32(bytes, false);
  // '<' or '{' then NUL: UTF-16 without a mark (XML 1.0 appendix F).
  if ((a === 0x3c || a === 0x7b || a === 0x0a || a === 0x20) && b === 0 && d === 0) return loosely('utf-16le', bytes);
  if (a === 0 && c === 0 && (b === 0x3c || b === 0x7b || b === 0x0a || b === 0x20)) return loosely('utf-16be', bytes);
  return null;
}

function loosely(charset: string, bytes: Uint8Array): Decoded {
  const text = new TextDecoder(charset, { ignoreBOM: false }).decode(bytes);
  return { text, charset, damaged: text.includes('\ufffd') };
}

function utf32(bytes: Uint8Array, littleEndian: boolean): Decoded {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  let run: number[] = [];
  let damaged = false;
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const point = view.getUint32(at, littleEndian);
    const valid = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
    damaged ||= !valid;
    run.push(valid ? point : 0xfffd);
    if (run.length === 4096) {
      parts.push(String.fromCodePoint(...run));
      run = [];
    }
  }
  parts.push(String.fromCodePoint(...run));
  return { text: parts.join(''), charset: littleEndian ? 'utf-32le' : 'utf-32be', damaged };
}

/**
 * Nothing declared fits. A few bad bytes in a long multi-byte text are a damaged file, not another charset;
 * else what the bytes look most like; else windows-1252, which has a letter for every byte.
 */
function guess(bytes: Uint8Array, declared: readonly (string | null)[]): Decoded {
  const utf8 = loosely('utf-8', bytes);
  const bad = count(utf8.text, '\ufffd');
  const good = highCharacters(utf8.text) - bad;
  if (bad <= Math.max(1, good / 20) && good > 0) return utf8;
  // A declared multi-byte charset with little damage is still the best reading.
  for (const label of declared) {
    if (label === null) continue;
    const name = normalised(label);
    if (name === 'utf-8' || name === 'windows-1252') continue;
    try {
      const text = new TextDecoder(name).decode(bytes);
      if (count(text, '\ufffd') <= Math.max(2, highCharacters(text) / 20))
        return { text, charset: name, damaged: true };
    } catch {
      // Unknown label: not a charset we could read it in.
    }
  }
  const likely = likelyCharset(bytes);
  const text = likely === null ? null : strictly(likely, bytes);
  if (likely !== null && text !== null) return { text, charset: likely, damaged: false };
  return { text: windows1252(bytes), charset: 'windows-1252', damaged: false };
}

function count(text: string, needle: string): number {
  let n = 0;
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) n += 1;
  return n;
}

function highCharacters(text: string): number {
  let n = 0;
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) >= 0x80) n += 1;
  return n;
}
