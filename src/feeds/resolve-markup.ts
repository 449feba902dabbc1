/**
 * Relative addresses inside an entry's HTML made absolute, scripts and styles taken out (nobody may run a stranger's,
 * and their text is not what the entry says), the markup otherwise untouched:
 * `<img src="/a.png">` on https://example.com/ -> `<img src="https://example.com/a.png">`.
 */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';

const ADDRESSES: ReadonlySet<string> = new Set([
  'href',
  'src',
  'cite',
  'action',
  'background',
  'poster',
  'longdesc',
  'usemap',
  'data',
  'classid',
  'codebase',
  'profile',
]);

export function resolveMarkup(html: string, base: string): string {
  if (!html.includes('<')) return html;
  const edits = new AddressFinder(html, base);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: false }, edits);
  tokenizer.write(html);
  tokenizer.end();
  return edits.result();
}

/** Lives for one text. */
class AddressFinder implements TokenizerCallbacks {
  private readonly html: string;
  private readonly base: string;
  private readonly parts: string[] = [];
  private copied = 0;
  private name = '';
  /** What is being left out, and where it began. */
  private unsaid = '';
  private cutFrom = 0;

  constructor(html: string, base: string) {
    this.html = html;
    this.base = base;
  }

  onattribname(start: number, end: number): void {
    this.name = end - start > 20 ? '' : this.html.slice(start, end).toLowerCase();
  }
  onattribdata(start: number, end: number): void {
    if (end - start > 4_000 || this.unsaid !== '') return;
    const value = this.html.slice(start, end);
    const resolved =
      this.name === 'srcset' ? this.srcset(value) : ADDRESSES.has(this.name) ? this.resolve(value) : value;
    if (resolved === value) return;
    this.parts.push(this.html.slice(this.copied, start), resolved);
    this.copied = end;
  }
  private srcset(value: string): string {
    const one = (candidate: string): string => candidate.trim().replace(/^\S+/, (address) => this.resolve(address));
    return value.split(',').map(one).join(', ');
  }
  private resolve(written: string): string {
    const value = written.trim();
    if (/^[a-z][a-z0-9+.-]*:/i.test(value)) return written;
    try {
      return new URL(value, this.base).href;
    } catch {
      return written;
    }
  }
  onopentagname(start: number, end: number): void {
    if (this.unsaid !== '' || end - start > 6) return;
    const name = this.html.slice(start, end).toLowerCase();
    if (name !== 'script' && name !== 'style') return;
    this.unsaid = name;
    this.cutFrom = start - 1;
  }
  onclosetag(start: number, end: number): void {
    if (this.unsaid === '' || this.html.slice(start, end).toLowerCase() !== this.unsaid) return;
    this.parts.push(this.html.slice(this.copied, this.cutFrom));
    const close = this.html.indexOf('>', end);
    this.copied = close === -1 ? this.html.length : close + 1;
    this.unsaid = '';
  }
  /** One that never ends takes the rest with it, as in a browser. */
  result(): string {
    return this.parts.join('') + this.html.slice(this.copied, this.unsaid === '' ? undefined : this.cutFrom);
  }

  onattribend(): void {}
  onattribentity(): void {}
  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onopentagend(): void {}
  onprocessinginstruction(): void {}
  onselfclosingtag(): void {}
  ontext(): void {}
  ontextentity(): void {}
}
