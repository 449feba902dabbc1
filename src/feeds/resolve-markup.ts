/**
 * Relative addresses inside an entry's HTML made absolute, the markup otherwise untouched:
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

  constructor(html: string, base: string) {
    this.html = html;
    this.base = base;
  }

  onattribname(start: number, end: number): void {
    this.name = end - start > 20 ? '' : this.html.slice(start, end).toLowerCase();
  }
  onattribdata(start: number, end: number): void {
    if (end - start > 4_000) return;
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
  result(): string {
    return this.parts.join('') + this.html.slice(this.copied);
  }

  onattribend(): void {}
  onattribentity(): void {}
  oncdata(): void {}
  onclosetag(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onopentagend(): void {}
  onopentagname(): void {}
  onprocessinginstruction(): void {}
  onselfclosingtag(): void {}
  ontext(): void {}
  ontextentity(): void {}
}
