/**
 * Reading: an article cut into sentences and tokens that remember where they stood.
 *
 * "ＤｅｅｐＳｅｅｋ’s V4<br>將在華為晶片上運行。" reads as deepseek 's v4 / 将 在 华 为 晶 片 上 运 行, and every token knows its
 * offsets in the text as published, so that a quote is always the publisher's own words, never our folding of them.
 *
 * One pass, no regular expression over the whole text, linear in its length.
 */
import { simplified } from './han.ts';
import { stem } from './stem.ts';

export interface Token {
  /** Folded: NFKC, lower case, Simplified. Each Han character is one token, each Latin word one. */
  readonly text: string;
  /** English inflections removed ("shipped" -> "ship"); equals `text` for Han, numbers and marks. */
  readonly stem: string;
  readonly kind: 'word' | 'han' | 'mark';
  /** Starts with a capital as published. */
  readonly capital: boolean;
  /** UTF-16 offsets into the text as published. */
  readonly start: number;
  readonly end: number;
}

export interface Sentence {
  /** Token range [first, last). */
  readonly first: number;
  readonly last: number;
  readonly part: 'title' | 'summary' | 'body';
  readonly question: boolean;
  readonly start: number;
  readonly end: number;
}

export interface Reading {
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
}

/** Longest text that is judged. News fits many times over; past it a page is not an article. */
const MAX_CHARACTERS = 40_000;
/** A tag longer than this is not a tag but a stray "<". */
const MAX_TAG = 4_000;
/** A word longer than this is noise (base64, tracking codes) and is cut. */
const MAX_WORD = 64;
/** A sentence without an end is cut here, so that windows stay small. */
const MAX_SENTENCE_TOKENS = 240;

const SENTENCE_ENDS = new Set(['.', '!', '?', '。', '\n']);
const ABBREVIATIONS = new Set(
  'mr mrs ms dr prof inc corp co ltd no vs etc gen gov sen rep st jan feb mar apr jun jul aug sep sept oct nov dec approx est'.split(
    ' ',
  ),
);

const isHan = (code: number): boolean =>
  (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0x20000 && code <= 0x2ffff);

const LETTER = /[\p{L}\p{M}\p{N}]/u;
const INVISIBLE = /\p{Cf}|\p{Cc}|\p{Default_Ignorable_Code_Point}/u;

function isWordCharacter(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 128) return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  return !isHan(code) && LETTER.test(character);
}

/** One folded character with the place it came from. */
export interface Glyph {
  readonly character: string;
  readonly raw: string;
  readonly start: number;
  readonly end: number;
}

/** Quotes of all sorts, the apostrophes in "Nvidia’s" and dashes, as one of each. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '\u00b4': "'",
  '`': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u300c': '"',
  '\u300d': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2013': '-',
  '\u2014': '—',
  '\u2015': '—',
  '\u00b7': ' ',
  '\u30fb': ' ',
  '，': ',',
  '；': ';',
  '：': ':',
  '、': ',',
};

const OPENING = 60;
/** Most of most articles: letters that fold without being looked at. */
const ASCII = Array.from({ length: 128 }, (_, code) => {
  const raw = String.fromCharCode(code);
  return { raw, character: raw.toLowerCase() };
});

/** A text as comparisons see it: NFKC, lower case, Simplified, one sort of quotes and dashes, nothing invisible, no tags. */
export function glyphs(source: string): Glyph[] {
  const limit = Math.min(source.length, MAX_CHARACTERS);
  const out: Glyph[] = [];
  let at = 0;
  while (at < limit) {
    const code = source.codePointAt(at) ?? 0;
    const plain = code === OPENING ? undefined : ASCII[code];
    if (plain !== undefined) {
      out.push({ character: plain.character, raw: plain.raw, start: at, end: at + 1 });
      at += 1;
      continue;
    }
    const width = code > 0xffff ? 2 : 1;
    const raw = source.slice(at, at + width);
    if (code === OPENING) {
      const close = tagEnd(source, at, limit);
      if (close > at) {
        // A tag separates words, and a block-level one sentences; what stands inside it (alt text, comments) is not read.
        out.push({
          character: /^<\/?(?:p|br|li|h[1-6]|div|td|tr)\b/i.test(source.slice(at, at + 8)) ? '\n' : ' ',
          raw: ' ',
          start: at,
          end: close,
        });
        at = close;
        continue;
      }
    }
    if (code < 128) {
      out.push({ character: raw, raw, start: at, end: at + 1 });
    } else if (raw === '\u2028' || raw === '\u2029' || raw === '\u0085') {
      out.push({ character: '\n', raw, start: at, end: at + 1 });
    } else if (!INVISIBLE.test(raw)) {
      const alike = LOOKALIKES[raw];
      const folded = alike ?? raw.normalize('NFKC').toLowerCase();
      for (const character of folded) out.push({ character: simplified(character), raw, start: at, end: at + width });
    }
    at += width;
  }
  return out;
}

/** Where a tag or comment that opens at `at` ends, or -1 when it is not one. */
function tagEnd(source: string, at: number, limit: number): number {
  const next = source[at + 1] ?? '';
  if (!/[a-zA-Z/!]/.test(next)) return -1;
  if (source.startsWith('<!--', at)) {
    const close = source.slice(at, Math.min(limit, at + MAX_TAG)).indexOf('-->');
    return close < 0 ? -1 : at + close + 3;
  }
  for (let n = at + 1; n < Math.min(limit, at + MAX_TAG); n += 1) {
    if (source[n] === '>') return n + 1;
    if (source[n] === '<') return -1;
  }
  return -1;
}

/** Words split as the rules read them: "didn't" -> did n't, "Nvidia's" -> nvidia 's, "U.S." -> us, "1,600" -> 1600. */
function tokensOf(list: readonly Glyph[]): Token[] {
  const tokens: Token[] = [];
  const push = (text: string, kind: Token['kind'], from: Glyph, to: Glyph): void => {
    const first = from.raw[0] ?? '';
    tokens.push({
      text,
      stem: kind === 'word' ? stem(text) : text,
      kind,
      capital: first !== first.toLowerCase(),
      start: from.start,
      end: to.end,
    });
  };
  let at = 0;
  while (at < list.length) {
    const here = list[at];
    if (here === undefined) break;
    const character = here.character;
    if (isHan(character.codePointAt(0) ?? 0)) {
      push(character, 'han', here, here);
      at += 1;
      continue;
    }
    if (!isWordCharacter(character)) {
      // Chinese is written without spaces: one between two characters parts two statements of a headline.
      if (character === ' ' && isHanGlyph(list[at - 1]) && isHanGlyph(list[at + 1])) push(',', 'mark', here, here);
      else if (character === '\n' || (character.trim() !== '' && character !== '-'))
        push(character, 'mark', here, here);
      else if (character === '-' && isSpace(list[at - 1]) && isSpace(list[at + 1])) push('—', 'mark', here, here);
      at += 1;
      continue;
    }
    at = word(list, at, push);
  }
  return tokens;
}

const isHanGlyph = (glyph: Glyph | undefined): boolean => isHan(glyph?.character.codePointAt(0) ?? 0);
const isSpace = (glyph: Glyph | undefined): boolean => glyph === undefined || glyph.character.trim() === '';

function word(
  list: readonly Glyph[],
  from: number,
  push: (text: string, kind: 'word', from: Glyph, to: Glyph) => void,
): number {
  let text = '';
  let at = from;
  let last = from;
  while (at < list.length && at - from < MAX_WORD) {
    const glyph = list[at];
    const next = list[at + 1];
    if (glyph === undefined) break;
    if (isWordCharacter(glyph.character)) {
      text += glyph.character;
      last = at;
      at += 1;
      continue;
    }
    const joins = next !== undefined && isWordCharacter(next.character);
    // A point inside a version or a number ("v4.1", "1.6") and in initials ("u.s.", "h.r.").
    if (
      glyph.character === '.' &&
      joins &&
      (/[0-9]$/.test(text) ? /[0-9]/.test(next.character) : initials(list, from, at))
    ) {
      if (/[0-9]$/.test(text)) text += '.';
      at += 1;
      continue;
    }
    if (glyph.character === ',' && joins && /[0-9]$/.test(text) && threeDigits(list, at + 1)) {
      at += 1;
      continue;
    }
    break;
  }
  const first = list[from];
  const end = list[last];
  if (first === undefined || end === undefined) return from + 1;
  const apostrophe = list[last + 1];
  if (apostrophe?.character === "'" && last + 1 < list.length) {
    const one = list[last + 2]?.character ?? '';
    const two = list[last + 3]?.character;
    const endsAfterOne = two === undefined || !isWordCharacter(two);
    const lastLetter = list[last];
    const tail = list[last + 2];
    if (one === 's' && endsAfterOne && tail !== undefined) {
      push(text, 'word', first, end);
      push("'s", 'word', apostrophe, tail);
      return last + 3;
    }
    if (
      one === 't' &&
      endsAfterOne &&
      text.endsWith('n') &&
      text.length > 2 &&
      tail !== undefined &&
      lastLetter !== undefined
    ) {
      const before = list[last - 1];
      if (before !== undefined) {
        // "can't" keeps its n: can + n't.
        push(
          text === 'can' ? 'can' : text === 'won' ? 'will' : text.slice(0, -1),
          'word',
          first,
          text === 'can' ? end : before,
        );
        push("n't", 'word', lastLetter, tail);
        return last + 3;
      }
    }
  }
  if (text === 'cannot' && last - from === 5) {
    const middle = list[from + 2];
    const rest = list[from + 3];
    if (middle !== undefined && rest !== undefined) {
      push('can', 'word', first, middle);
      push('not', 'word', rest, end);
      return last + 1;
    }
  }
  push(text, 'word', first, end);
  // The closing point of initials belongs to them: "U.S. officials" is one sentence.
  if (list[last + 1]?.character === '.' && last > from && list[last - 1]?.character === '.' && text.length <= 4)
    return last + 2;
  return last + 1;
}

const initials = (list: readonly Glyph[], from: number, at: number): boolean => {
  for (let n = from; n < at; n += 1)
    if ((n - from) % 2 === 1 ? list[n]?.character !== '.' : list[n]?.character === '.') return false;
  const after = list[at + 2];
  return (
    (at - from) % 2 === 1 &&
    /[a-z]/.test(list[at + 1]?.character ?? '') &&
    (after === undefined || !isWordCharacter(after.character))
  );
};

const threeDigits = (list: readonly Glyph[], at: number): boolean =>
  [0, 1, 2].every((n) => /[0-9]/.test(list[at + n]?.character ?? '')) && !/[0-9]/.test(list[at + 3]?.character ?? '');

function sentencesOf(tokens: readonly Token[], parts: readonly Part[]): Sentence[] {
  const sentences: Sentence[] = [];
  let first = 0;
  const close = (last: number, question: boolean): void => {
    const from = tokens[first];
    const to = tokens[last - 1];
    if (from !== undefined && to !== undefined && last > first && !(last === first + 1 && from.kind === 'mark')) {
      const part = parts.find((candidate) => from.start < candidate.end)?.name ?? 'body';
      sentences.push({ first, last, part, question, start: from.start, end: to.end });
    }
    first = last;
  };
  for (let n = 0; n < tokens.length; n += 1) {
    const token = tokens[n];
    if (token === undefined) break;
    if (token.text === '\n') {
      close(n, false);
      first = n + 1;
    } else if (token.kind === 'mark' && SENTENCE_ENDS.has(token.text) && endsSentence(tokens, n)) {
      const quote = tokens[n + 1];
      const closing =
        quote !== undefined &&
        (quote.text === '"' || quote.text === "'" || quote.text === ')') &&
        quote.start === token.end;
      close(closing ? n + 2 : n + 1, token.text === '?');
      if (closing) n += 1;
    } else if (n - first >= MAX_SENTENCE_TOKENS) {
      close(n, false);
    }
  }
  close(tokens.length, false);
  return sentences;
}

function endsSentence(tokens: readonly Token[], at: number): boolean {
  const mark = tokens[at];
  if (mark === undefined) return true;
  // "example.com/?p=12": a question mark inside an address asks nothing.
  if (mark.text === '?' && tokens[at - 1]?.end === mark.start && glued(tokens, at)) return false;
  if (mark.text !== '.') return true;
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  if (after === undefined) return true;
  if (before !== undefined && ABBREVIATIONS.has(before.text) && before.end === mark.start && before.capital)
    return false;
  // "e.g." and "v. 4": a point glued to the next word is not an end, unless that word is Han or starts a sentence.
  return after.start > mark.end || after.kind === 'han' || after.capital || after.kind === 'mark';
}

/** The next token follows at once and is a small Latin letter or a number. */
function glued(tokens: readonly Token[], at: number): boolean {
  const [mark, after] = [tokens[at], tokens[at + 1]];
  return mark !== undefined && after?.kind === 'word' && after.start === mark.end && !after.capital;
}

interface Part {
  readonly name: Sentence['part'];
  readonly end: number;
}

/** Reads title, summary and body as they stand in `articleText` (core/article.ts), one newline between those that are not empty. */
export function read(article: { readonly title: string; readonly summary: string; readonly body: string }): Reading {
  const parts: Part[] = [];
  const texts: string[] = [];
  let end = 0;
  for (const [name, text] of [
    ['title', article.title],
    ['summary', article.summary],
    ['body', article.body],
  ] as const) {
    if (text === '') continue;
    texts.push(text);
    end += text.length + 1;
    parts.push({ name, end });
  }
  const source = texts.join('\n');
  const tokens = tokensOf(glyphs(source));
  return { source, tokens, sentences: sentencesOf(tokens, parts) };
}

/** Names and frames of one topic share most of their words; reading each once keeps a start short. */
const phraseCache = new Map<string, readonly Token[]>();
const PHRASE_CACHE_LIMIT = 20_000;

/** Tokens of a short phrase: an alias, a name, a predicate. */
export function phraseTokens(phrase: string): readonly Token[] {
  const known = phraseCache.get(phrase);
  if (known !== undefined) return known;
  // Thousands of words in tables are small letters and need no folding; only "cannot" is two.
  const tokens: readonly Token[] =
    /^[a-z]{1,32}$/.test(phrase) && phrase !== 'cannot'
      ? [{ text: phrase, stem: stem(phrase), kind: 'word', capital: false, start: 0, end: phrase.length }]
      : tokensOf(glyphs(phrase));
  if (phraseCache.size >= PHRASE_CACHE_LIMIT) phraseCache.clear();
  phraseCache.set(phrase, tokens);
  return tokens;
}
