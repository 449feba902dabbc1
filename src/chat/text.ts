/**
 * Untrusted text -> text that is safe to hand to a platform's own escaper, and cuts that break no character.
 *
 *   safeText('＠everyone \u202Egro.liveh\u200Bctaw')  ->  '@everyone gro.livehctaw'   (now the escaper sees the real '@')
 *   cut('中文标题很长', 4)                              ->  '中文标…'
 *
 * Order matters: characters that only *become* markup under NFKC (full-width '＜', small '﹫') are folded first, so
 * that the escaper that runs afterwards cannot be walked around. All other text stays as written: folding everything
 * would rewrite Chinese punctuation.
 */

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Longer input is cut before any work: no card shows more than 1,200 units of one text, and every step below is linear in it. */
const MAX_RAW = 2000;
/** Base character plus four combining marks: enough for Vietnamese, Thai, Hebrew and Tibetan; not for zalgo. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;
/** Most text of this product: printable ASCII, single spaces. */
const ALREADY_SAFE = /^(?:[!-~]+(?: [!-~]+)*)?$/u;

/** Characters whose NFKC form contains markup that can mention, link or open an entity on a chat platform. */
const FOLDS_TO_MARKUP = /[\uFF20\uFE6B\uFF1C\uFE64\uFF1E\uFE65\uFF06\uFE60]/gu;
/**
 * What has no shape of its own: bidi embeddings, overrides and isolates (they reorder our words around them), soft
 * hyphens, zero-width spaces, tags, fillers. Joiners and variation selectors are dealt with apart.
 */
const INVISIBLE = /(?!\p{Join_Control}|\p{Variation_Selector})[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;
/** Text in which one unit is one grapheme for certain: ASCII, Han and their punctuation, no marks or joiners. */
const UNIT_IS_GRAPHEME = /^[ -~\u00B7\u2013-\u2026\u3000-\u3029\u3030-\u303F\u4E00-\u9FFF\uFF01-\uFF5E]*$/u;
const RTL = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const SPELLS_WITH_JOINERS =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Sinhala}\p{Script=Malayalam}\p{M}]/u;

/**
 * One line of plain text: well-formed, no control, bidi or invisible characters, no stacked marks, spaces collapsed.
 * Text with right-to-left letters comes back inside an isolate so that it cannot reorder what stands beside it.
 */
export function safeText(raw: string): string {
  const capped = raw.slice(0, MAX_RAW);
  if (ALREADY_SAFE.test(capped)) return capped;
  const text = capped
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(FOLDS_TO_MARKUP, (char) => char.normalize('NFKC'))
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(/[\u200C\u200D]/gu, (joiner, offset: number, whole: string) => (joins(whole, offset) ? joiner : ''))
    .replace(STACKED_MARKS, '$1')
    .replace(/\uFFFD+/gu, '\uFFFD')
    .replace(/\s+/gu, ' ')
    .trim();
  return RTL.test(text) ? `\u2068${text}\u2069` : text;
}

/** Scripts that spell with (non-)joiners, and emoji sequences; anywhere else a joiner only hides something. */
function joins(whole: string, offset: number): boolean {
  const before = Array.from(whole.slice(Math.max(0, offset - 2), offset)).at(-1) ?? '';
  const after = String.fromCodePoint(whole.codePointAt(offset + 1) ?? 0x20);
  const emoji = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]/u;
  return (
    (whole[offset] === '\u200D' && emoji.test(before) && /\p{Extended_Pictographic}/u.test(after)) ||
    (SPELLS_WITH_JOINERS.test(before) && SPELLS_WITH_JOINERS.test(after))
  );
}

/** Number of characters as people count them. */
export function graphemes(text: string): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

/**
 * At most `max` graphemes AND at most `max` × 2 UTF-16 units (one grapheme can be a whole family of emoji), with '…'
 * when something was taken. Prefers to end at a word when one ends in the last fifth.
 */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  if (max <= 1) return max === 1 ? '…' : '';
  const whole = firstGraphemes(text, max);
  if (whole === null) return text;
  const space = whole.lastIndexOf(' ');
  const open = whole.startsWith('\u2068') ? '\u2069' : '';
  const end = space > whole.length * 0.8 ? space : whole.length;
  return `${whole.slice(0, end).replace(/[\s,;:.。，；：、-]+$/u, '')}…${open}`;
}

/** The first `max - 1` graphemes, or null when the whole text has no more than `max`, in at most `max` × 2 units. */
function firstGraphemes(text: string, max: number): string | null {
  if (UNIT_IS_GRAPHEME.test(text.slice(0, max + 1))) return text.slice(0, max - 1);
  let end = 0;
  for (const [kept, units] of endsOf(text, max).entries()) {
    if (kept === max || units > max * 2) return text.slice(0, end);
    if (kept + 1 < max) end = units;
  }
  return null;
}

/** No text of a card is longer on the top rung of fit.ts. */
const USUAL_CUT = 600;
const ENDS_KEPT = 500;
const ends = new Map<string, readonly number[]>();

/**
 * Where each grapheme ends, in units, as far as a cut to `max` needs. A card that does not fit has every text cut a dozen
 * times, and finding the ends is nearly all of that work: it is done once a text.
 */
function endsOf(text: string, max: number): readonly number[] {
  const known = ends.get(text);
  if (known !== undefined && max <= USUAL_CUT) return known;
  const found: number[] = [];
  // One unit more than may be kept: a character that crosses the end is too long in any case.
  const enough = Math.max(max, USUAL_CUT) * 2 + 1;
  for (const { index, segment } of segmenter.segment(text.slice(0, enough))) found.push(index + segment.length);
  if (ends.size >= ENDS_KEPT) ends.clear();
  ends.set(text, found);
  return found;
}

/** The same in UTF-16 units, for platform limits that count those. */
export function cutUnits(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const { segment } of segmenter.segment(text)) {
    if (kept.length + segment.length > max - 1) break;
    kept += segment;
  }
  return max < 1 ? '' : `${kept}…`;
}

/**
 * Takes the scheme off addresses inside text: "see https://evil.test/x" -> "see evil.test/x". Platforms make a link of
 * anything with a scheme, and only links from evidence may be pressed.
 */
export function withoutSchemes(text: string): string {
  return text.includes('://') ? text.replace(/[a-z0-9+.-]{0,15}:\/{2,}/giu, '') : text;
}

/** An https address fit to be shown as a link, normalised; null for anything else (other schemes, user:password@, too long). */
export function safeLink(url: string): string | null {
  if (url.length > 2000) return null;
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '') return null;
  // Brackets, quotes and pipes would end a link early in one markup or another; '@' could look like a mention.
  return parsed.href.replace(/[()[\]<>|"'`@\\]/gu, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** "api-docs.deepseek.com", shown beside a link so that nobody is taken somewhere unexpected. '' when unreadable. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./u, '') : '';
}
