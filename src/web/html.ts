/**
 * HTML in which nothing is trusted: every value put into the template is escaped unless it is itself a template.
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
  let text = parts[0] ?? '';
  values.forEach((value, index) => {
    text += filled(value) + (parts[index + 1] ?? '');
  });
  return { [made]: text };
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
    .replaceAll(/[\p{Cc}\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  if (clean.length <= longest) return clean;
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(clean)) {
    if (cut.length + segment.length > longest - 1) break;
    cut += segment;
  }
  return `${cut.trimEnd()}…`;
}

/** An address fit to be pressed: http or https without a user name; null for anything else. */
export function safeAddress(address: string | null): URL | null {
  if (address === null || address.length > 4096 || !URL.canParse(address)) return null;
  const url = new URL(address);
  return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : null;
}

/** A link that shows where it leads, in the ASCII form that unmasks look-alike letters. Only the label when it may not be pressed. */
export function outsideLink(address: string | null, label: string): Html {
  const url = safeAddress(address);
  const text = shown(label);
  if (url === null) return html`<bdi>${text}</bdi>`;
  const host = url.hostname.replace(/^www\./, '');
  const where = text === host ? null : html` <span class="host">${host}</span>`;
  return html`<a href="${url.href}" rel="noopener noreferrer nofollow"><bdi>${text}</bdi></a
    >${where}`;
}
