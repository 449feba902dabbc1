/**
 * Fonts of the gallery. Where only a Chinese font is installed its quotation marks and dots are as wide as two letters, which
 * nobody sees on the platforms: those few come from another font.
 */
export const NARROW_MARKS = `
  @font-face { font-family: "Narrow marks"; src: local("DejaVu Sans"); unicode-range: U+00B7, U+2018-201D, U+2022, U+2026; }
  @font-face { font-family: "Narrow marks"; src: local("DejaVu Sans Bold"); font-weight: 600 900; unicode-range: U+00B7, U+2018-201D, U+2022, U+2026; }`;
