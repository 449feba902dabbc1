/**
 * SVG -> PNG, at the edge: no browser, no network, and nothing of this machine but its fonts, which only lend letters
 * that ours lack. Ours come inside packages: Noto Sans for Latin, Greek and Cyrillic, Noto Sans Hans for Chinese.
 *
 * The work is done on a thread of the pool, so that commands are acknowledged meanwhile.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { renderAsync } from '@resvg/resvg-js';
import type { Drawing } from './picture.ts';

const require = createRequire(import.meta.url);

/** Three pixels a unit: sharp on a phone, below 150 kB. */
const ZOOM = 3;

const LATIN = join(dirname(require.resolve('@embedpdf/fonts-latin')), '../fonts');
const HANS = join(dirname(require.resolve('@embedpdf/fonts-sc')), '../fonts');
const LATIN_FONTS = ['NotoSans-Regular.ttf', 'NotoSans-Bold.ttf'].map((file) => join(LATIN, file));
const HANS_FONTS = ['NotoSansHans-Regular.otf', 'NotoSansHans-Bold.otf'].map((file) => join(HANS, file));

/** Scripts of our own fonts; the Chinese ones are 8 MB each and read only for those who need them. */
const IN_LATIN = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u;
const IN_OURS =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}\p{Script=Han}]*$/u;
const WIDE_MARKS = /[\u3000-\u303F\uFF00-\uFFEF]/u;

/** The picture as PNG bytes. Rejects when it cannot be drawn; text is then all that people get. */
export async function painted(drawing: Pick<Drawing, 'svg'>): Promise<Uint8Array> {
  const { svg } = drawing;
  const hans = !IN_LATIN.test(svg) || WIDE_MARKS.test(svg);
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: {
      loadSystemFonts: !IN_OURS.test(svg),
      fontFiles: hans ? [...LATIN_FONTS, ...HANS_FONTS] : LATIN_FONTS,
      defaultFontFamily: 'Noto Sans',
    },
    logLevel: 'off',
  });
  return image.asPng();
}
