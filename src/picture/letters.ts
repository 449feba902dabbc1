/**
 * How wide a text will be, near enough to wrap and cut it: drawings have no layout of their own, and what draws them on
 * a page may use another font than what draws them for chat. Widths are those of Noto Sans, a little rounded up.
 */

const SEGMENTER = new Intl.Segmenter();
const ONE_UNIT_EACH = /^[ -~\u4E00-\u9FFF]*$/u;

function graphemes(text: string): string[] {
  return ONE_UNIT_EACH.test(text) ? text.split('') : Array.from(SEGMENTER.segment(text), (one) => one.segment);
}

/** Advance widths of Noto Sans, thousandths of the font size. */
const WIDTHS: ReadonlyMap<string, number> = new Map(
  (
    [
      [' ', 260],
      ["ijl.,:;!'|·I’‘", 290],
      ['frt()[]{}"/-*“”', 390],
      ['acegksvxyz1234567890?', 575],
      ['bdhnopquEFLPTYZABCKRSXV', 640],
      ['DGHNOQU–+=<>~', 770],
      ['mwMW@%&—…→', 935],
    ] as const
  ).flatMap(([letters, width]) => Array.from(letters, (letter): [string, number] => [letter, width])),
);
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFF60\p{Extended_Pictographic}]/u;

/** Share of the font size. */
function widthOf(grapheme: string): number {
  const known = WIDTHS.get(grapheme);
  if (known !== undefined) return known / 1000;
  if (WIDE.test(grapheme)) return 1;
  return /^\p{Lu}/u.test(grapheme) ? 0.7 : 0.62;
}

/** Bold letters are this much wider. */
const BOLD = 1.06;

/** In the units of `size`. */
export function textWidth(text: string, size: number, strong = false): number {
  let width = 0;
  for (const grapheme of graphemes(text)) width += widthOf(grapheme);
  return width * size * (strong ? BOLD : 1);
}

/** The text, or as much of it as fits with an ellipsis. */
export function clipped(text: string, width: number, size: number, strong = false): string {
  if (textWidth(text, size, strong) <= width) return text;
  const room = width - textWidth('…', size, strong);
  let kept = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    used += widthOf(grapheme) * size * (strong ? BOLD : 1);
    if (used > room) break;
    kept += grapheme;
  }
  return `${kept.trimEnd()}…`;
}

/** In at most `lines` lines; what does not fit ends in an ellipsis. Han text breaks anywhere, other text at spaces. */
export function wrapped(text: string, width: number, size: number, lines: number, strong = false): string[] {
  const words =
    text.match(/[\p{Script=Han}，。、；：！？（）《》“”]\s*|[^\s\p{Script=Han}，。、；：！？（）《》]+\s*/gu) ?? [];
  const rows: string[] = [''];
  for (const word of words) {
    const row = rows.at(-1) ?? '';
    if (row !== '' && textWidth((row + word).trimEnd(), size, strong) > width) rows.push(word);
    else rows[rows.length - 1] = row + word;
  }
  const kept = rows.slice(0, lines).map((row) => row.trimEnd());
  const rest = rows.slice(lines).join('');
  const last = kept.at(-1) ?? '';
  kept[kept.length - 1] = clipped(rest === '' ? last : `${last} ${rest}`, width, size, strong);
  return kept.map((row) => clipped(row, width, size, strong));
}
