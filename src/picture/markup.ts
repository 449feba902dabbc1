/**
 * HTML and SVG in which nothing is trusted: every value put into the template is escaped unless it is itself a template.
 *
 *   html`<p>${article.title}</p>`      a title of `<img onerror=...>` stays text
 */

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const made = Symbol('made by html``');

export interface Html {
  readonly [made]: string;
}

type Value = string | number | Html | null | false | readonly Value[];

export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const fixed = collapsed(parts);
  let text = fixed[0] ?? '';
  values.forEach((value, index) => {
    text += filled(value) + (fixed[index + 1] ?? '');
  });
  return { [made]: text };
}

const COLLAPSED = new WeakMap<TemplateStringsArray, readonly string[]>();

/** Line breaks and indents of the source are one space to a browser: a tenth of a page, so they are not sent. */
function collapsed(parts: TemplateStringsArray): readonly string[] {
  const known = COLLAPSED.get(parts);
  if (known !== undefined) return known;
  const short = parts.map((part) => part.replaceAll(/\s*\n\s*/g, ' '));
  COLLAPSED.set(parts, short);
  return short;
}

export function markup(page: Html): string {
  return page[made];
}

/** Escapes for HTML and XML, text and quoted attributes alike. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
}

function filled(value: Value): string {
  if (value === null || value === false) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return made in value ? value[made] : value.map(filled).join('');
}

const SEGMENTER = new Intl.Segmenter();
/** Longest title or quote we show. */
const LONGEST = 600;

/**
 * Outside text as people may see it: without control characters and the marks that reverse or hide parts of a line,
 * well-formed, and cut between whole characters.
 */
export function shown(text: string, longest = LONGEST): string {
  const clean = text
    .slice(0, longest * 4)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  if (clean.length <= longest) return clean;
  let cut = '';
  for (const { segment } of SEGMENTER.segment(clean)) {
    if (cut.length + segment.length > longest - 1) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}
