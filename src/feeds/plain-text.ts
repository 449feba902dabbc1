/**
 * HTML -> plain text that can be judged and quoted: `<p>one<br>two</p><p>it&rsquo;s</p>` -> "one\ntwo\nit’s".
 * Runs on htmlparser2's tokenizer alone: one pass, no tree, no regular expression over untrusted markup, so
 * 400 kB of unclosed `<p` or 100,000 nested tags cost what any text of that size costs.
 */
import { decodeHTMLStrict } from 'entities';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { clean } from './node-text.ts';

/** Characters of plain text kept per field. */
const MAX_TEXT = 64_000;
const MAX_TITLE = 2_000;

/** Markup -> text: blocks become lines, other white space single spaces. */
export function plainText(html: string): string {
  if (!html.includes('<') && !html.includes('&')) return collapse(clean(html).slice(0, MAX_TEXT));
  const writer = new TextWriter(html);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: true }, writer);
  writer.stop = () => tokenizer.pause();
  tokenizer.write(html);
  tokenizer.end();
  return collapse(clean(writer.parts.join('')).slice(0, MAX_TEXT));
}

/**
 * A title or name. Feeds put escaped HTML into titles whatever their type says, yet `if a < b` and
 * `the <video> element` are titles too: only tags that people put into titles are removed.
 */
export function titleText(text: string): string {
  let out = clean(text.slice(0, 4 * MAX_TITLE));
  if (out.includes('<'))
    out = out.replace(/<!\[CDATA\[|\]\]>/g, '').replace(TITLE_TAG, (tag) => (BLOCK_TAG.test(tag) ? ' ' : ''));
  if (out.includes('&')) out = clean(decodeHTMLStrict(out));
  // A no-break space is the author's: read.ts makes it a plain one for judging.
  return out
    .replace(/[^\S\u00a0]+/g, ' ')
    .trim()
    .slice(0, MAX_TITLE);
}

const TITLE_TAG =
  /<\/?(?:a|abbr|acronym|b|bdi|bdo|big|br|center|cite|code|del|dfn|div|em|font|h[1-6]|hr|i|img|ins|kbd|li|mark|nobr|ol|p|q|s|samp|small|span|strike|strong|sub|sup|table|tbody|td|th|tr|tt|u|ul|var|wbr)(?:\s[^<>]{0,1000})?\/?>/gi;
const BLOCK_TAG = /^<\/?(?:br|div|p|li|td|th|tr|table|h[1-6]|hr)\b/i;

const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section select summary table tbody tfoot thead tr ul'
  ).split(' '),
);
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

/** Lives for one text. */
class TextWriter implements TokenizerCallbacks {
  readonly parts: string[] = [];
  stop: () => void = () => {};
  private readonly html: string;
  private length = 0;
  private tag = '';
  private unsaid = '';

  constructor(html: string) {
    this.html = html;
  }

  ontext(start: number, end: number): void {
    this.say(this.html.slice(start, end));
  }
  ontextentity(codepoint: number): void {
    this.say(String.fromCodePoint(codepoint));
  }
  private say(text: string): void {
    if (this.unsaid !== '') return;
    this.parts.push(text);
    this.length += text.length;
    // White space is collapsed later, so leave room for it.
    if (this.length > 4 * MAX_TEXT) this.stop();
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.name(start, end);
    if (BLOCKS.has(this.tag)) this.say('\n');
    else if (this.tag === 'td' || this.tag === 'th' || this.tag === 'img') this.say(' ');
  }
  onopentagend(): void {
    if (this.unsaid === '' && UNSAID.has(this.tag)) this.unsaid = this.tag;
  }
  onclosetag(start: number, end: number): void {
    const name = this.name(start, end);
    if (this.unsaid !== '') {
      if (name === this.unsaid) this.unsaid = '';
      return;
    }
    if (BLOCKS.has(name)) this.say('\n');
  }
  /** Longer than any known tag: not one. */
  private name(start: number, end: number): string {
    return end - start > 20 ? '' : this.html.slice(start, end).toLowerCase();
  }
  oncdata(start: number, end: number, offset: number): void {
    this.say(this.html.slice(start, end - offset));
  }

  onselfclosingtag(): void {}
  onattribname(): void {}
  onattribdata(): void {}
  onattribend(): void {}
  onattribentity(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
}

function collapse(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\n ]*/g, '\n')
    .trim();
}
