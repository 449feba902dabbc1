/**
 * HTML -> plain text that can be judged and quoted: `<p>one<br>two</p><p>it&rsquo;s</p>` -> "one\ntwo\nit’s".
 * One pass, no tree, no regular expression that can look back, so 400 kB of unclosed `<p` or 100,000 nested tags
 * cost what any text of that size costs. (htmlparser2 does it in three times the time, entity by entity.)
 */
import { decodeHTML, decodeHTMLStrict } from 'entities';
import { clean } from './node-text.ts';

/** Characters of plain text kept per field. */
const MAX_TEXT = 64_000;
const MAX_TITLE = 2_000;

/**
 * Markup -> text: blocks become lines, all other white space single spaces (a line break in HTML source is only a
 * space). Text without a single tag keeps its paragraphs.
 */
export function plainText(html: string): string {
  if (html.includes('<')) return withoutTags(html);
  const paragraphs = html.slice(0, ROOM).split(/\n[^\S\n]*\n/);
  return paragraphs.map(oneLine).filter(Boolean).join('\n').slice(0, MAX_TEXT);
}

/** Text that says it is no markup: its lines are kept, what was escaped twice is unescaped. */
export function plainLines(text: string): string {
  return text.slice(0, ROOM).split('\n').map(oneLine).filter(Boolean).join('\n').slice(0, MAX_TEXT);
}

/** White space is collapsed, so more is taken than kept. */
const ROOM = 4 * MAX_TEXT;

function oneLine(text: string): string {
  return collapsed(text.includes('&') ? decodeHTML(text) : text).trim();
}

/** Runs of any white space become one space; control characters go. */
function collapsed(text: string): string {
  return isEven(text, 0, text.length) ? text : clean(text).replace(/[^\S ]\s*| \s+/g, ' ');
}

/** Whether all its white space is single spaces and it has no control characters: true of nearly all texts, and looking is far cheaper than replacing. */
function isEven(text: string, start: number, end: number): boolean {
  let before = 0;
  for (let at = start; at < end; at += 1) {
    const c = text.charCodeAt(at);
    if (c > 32) {
      if (c >= 127 && (c === 127 || c >= 0xfffe || isSpace(c))) return false;
    } else if (c < 32 || before === 32) return false;
    before = c;
  }
  return true;
}

/** What `\s` and trim call white space. */
function isSpace(c: number): boolean {
  if (c <= 160) return c === 32 || (c >= 9 && c <= 13) || c === 160;
  if (c < 0x1680) return false;
  if (c >= 0x2000 && c <= 0x200a) return true;
  return c === 0x1680 || c === 0x2028 || c === 0x2029 || c === 0x202f || c === 0x205f || c === 0x3000 || c === 0xfeff;
}

/** Lives for one text. */
class TextWriter {
  private out = '';
  private pending: '' | ' ' | '\n' = '';
  length = 0;
  /** Where the text's next `&` is: looked for once, not for every piece. */
  private ampersand = -1;

  say(html: string, from: number, to: number): void {
    if (this.ampersand < from) {
      const next = html.indexOf('&', from);
      this.ampersand = next === -1 ? Infinity : next;
    }
    if (this.ampersand >= to) this.put(html, from, to);
    else {
      const decoded = decodeHTML(html.slice(from, to));
      this.put(decoded, 0, decoded.length);
    }
  }
  private put(text: string, from: number, to: number): void {
    let start = from;
    let end = to;
    while (start < end && isSpace(text.charCodeAt(start))) start += 1;
    if (start === end) {
      if (from < to) this.space();
      return;
    }
    while (isSpace(text.charCodeAt(end - 1))) end -= 1;
    if (this.pending === '' && start > from) this.pending = ' ';
    if (this.pending !== '' && this.out !== '') this.out += this.pending;
    const inner = text.slice(start, end);
    this.out += isEven(text, start, end) ? inner : collapsed(inner).trim();
    this.length += inner.length;
    this.pending = end < to ? ' ' : '';
  }
  space(): void {
    if (this.pending === '') this.pending = ' ';
  }
  line(): void {
    this.pending = '\n';
  }
  result(): string {
    return this.out.slice(0, MAX_TEXT);
  }
}

function withoutTags(html: string): string {
  const writer = new TextWriter();
  let at = 0;
  let quotes = true;
  const endless = new Set<string>();
  while (writer.length < MAX_TEXT) {
    const open = html.indexOf('<', at);
    if (open === -1) {
      writer.say(html, at, Math.min(html.length, at + ROOM));
      break;
    }
    if (open > at) writer.say(html, at, open);
    const next = html.charCodeAt(open + 1);
    const slash = next === 47;
    const first = (slash ? html.charCodeAt(open + 2) : next) | 32;
    if (!(first >= 97 && first <= 122)) {
      // `a < b`, `<3`: not a tag. `<!--` and `<![CDATA[` are neither text nor tag.
      const end = next === 33 || next === 63 ? declarationEnd(html, open) : open + 1;
      if (next === 33 && html.startsWith('[CDATA[', open + 2)) writer.say(html, open + 9, Math.max(open + 9, end - 3));
      else if (end === open + 1) writer.say(html, open, open + 1);
      at = end;
      continue;
    }
    const nameStart = open + (slash ? 2 : 1);
    const name = nameAt(html, nameStart);
    let close = quotes ? tagEnd(html, nameStart + name.length) : html.indexOf('>', nameStart);
    if (close === -1 && quotes) {
      // A quote nobody closed. Once is enough: looking again at every tag would be quadratic.
      quotes = false;
      close = html.indexOf('>', nameStart);
    }
    // Cut off inside a tag, or never one.
    if (close === -1) break;
    at = close + 1;
    if (BLOCKS.has(name)) writer.line();
    else if (SPACED.has(name)) writer.space();
    else if (!slash && UNSAID.has(name)) at = endOf(html, name, at, endless);
  }
  return writer.result();
}

/** Lower case; '' when longer than any tag we know. */
function nameAt(html: string, start: number): string {
  let end = start;
  while (end < start + 12) {
    const c = html.charCodeAt(end);
    const letter = (c | 32) >= 97 && (c | 32) <= 122;
    if (!letter && !(c >= 48 && c <= 57)) break;
    end += 1;
  }
  return html.slice(start, end).toLowerCase();
}

/** The `>` that ends a tag, not one inside a quoted value; -1 when there is none. */
function tagEnd(html: string, start: number): number {
  let quote = 0;
  for (let at = start; at < html.length; at += 1) {
    const c = html.charCodeAt(at);
    if (quote !== 0) {
      if (c === quote) quote = 0;
    } else if (c === 62) return at;
    // A quote opens a value only behind `=`; `<p don't>` has none.
    else if ((c === 34 || c === 39) && /[=\s]/.test(html[at - 1] ?? '')) quote = c;
  }
  return -1;
}

function declarationEnd(html: string, open: number): number {
  const mark = html.startsWith('<!--', open) ? '-->' : html.startsWith('<![CDATA[', open) ? ']]>' : '>';
  const end = html.indexOf(mark, open + 2);
  return end === -1 ? html.length : end + mark.length;
}

/** Behind the end tag of something whose text is not said; behind its start tag when it never ends. */
function endOf(html: string, name: string, from: number, endless: Set<string>): number {
  // Looking for the same missing end at every start would be quadratic.
  if (endless.has(name)) return from;
  const pattern = new RegExp(`</${name}[\\s/>]`, 'gi');
  pattern.lastIndex = from;
  const found = pattern.exec(html);
  if (found !== null) return found.index;
  endless.add(name);
  return name === 'script' || name === 'style' ? html.length : from;
}

/**
 * A title or name. Feeds put escaped HTML into titles whatever their type says, yet `if a < b` and
 * `the <video> element` are titles too: only tags that people put into titles are removed.
 */
export function titleText(text: string): string {
  let out = clean(text.slice(0, 4 * MAX_TITLE));
  if (out.includes('</s')) out = out.replace(UNSAID_IN_TITLE, '');
  if (out.includes('<'))
    out = out.replace(/<!\[CDATA\[|\]\]>/g, '').replace(TITLE_TAG, (tag) => (BLOCK_TAG.test(tag) ? ' ' : ''));
  if (out.includes('&')) out = clean(decodeHTMLStrict(out));
  // A no-break space is the author's: read.ts makes it a plain one for judging.
  return out
    .replace(/[^\S\u00a0]+/g, ' ')
    .trim()
    .slice(0, MAX_TITLE);
}

/** With what is in it; a title about the `<script>` tag has no end of one. */
const UNSAID_IN_TITLE = /<(script|style)(?:\s[^<>]{0,1000})?>[^<]{0,2000}<\/\1\s{0,9}>/gi;
const TITLE_TAG =
  /<\/?(?:a|abbr|acronym|b|bdi|bdo|big|br|center|cite|code|del|dfn|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|nobr|ol|p|q|s|samp|small|span|strike|strong|sub|sup|table|tbody|td|th|tr|tt|u|ul|var|wbr)(?:\s[^<>]{0,1000})?\/?>/gi;
const BLOCK_TAG = /^<\/?(?:br|div|p|li|td|th|tr|table|h[1-6]|hr)\b/i;

const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section select summary table tbody tfoot thead tr ul'
  ).split(' '),
);
/** Words on both sides of them are two words. */
const SPACED: ReadonlySet<string> = new Set(['img', 'td', 'th']);
/** Their text is not what the page says. */
const UNSAID: ReadonlySet<string> = new Set([
  'script',
  'style',
  'template',
  'noframes',
  'iframe',
  'object',
  'svg',
  'math',
  'title',
  'textarea',
  'select',
  'button',
]);
