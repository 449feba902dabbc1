/**
 * Subscription lists of other readers: `<outline type="rss" text="Wire" xmlUrl="https://wire.example/rss"/>`.
 * Every outline is accounted for: read, or named with its line and the reason why not.
 */
import { decodeHTMLStrict, escapeUTF8 } from 'entities';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { checkUrl } from './address.ts';
import { decodeFeed } from './charset.ts';
import { titleText } from './plain-text.ts';
import { afterDeclaration } from './xml-declaration.ts';

interface OpmlFeed {
  readonly line: number;
  readonly url: string;
  readonly title: string;
  /** Names of the folders around it, outermost first. */
  readonly folders: readonly string[];
}

export interface OpmlReading {
  readonly feeds: readonly OpmlFeed[];
  readonly problems: readonly { readonly line: number; readonly why: string }[];
}

const MAX_BYTES = 8 * 1024 * 1024;
const MAX_FEEDS = 5_000;

/** Never throws. `allowHosts` as for fetching: an address that must not be fetched is a problem, not a feed. */
export function readOpml(bytes: Uint8Array, allowHosts: readonly string[]): OpmlReading {
  if (bytes.byteLength > MAX_BYTES) return { feeds: [], problems: [{ line: 1, why: 'the file is larger than 8 MB' }] };
  const { text } = decodeFeed(bytes, null);
  const reader = new OutlineReader(text, allowHosts);
  reader.offset = afterDeclaration(text);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, reader);
  reader.stop = () => tokenizer.pause();
  tokenizer.write(text.slice(reader.offset));
  tokenizer.end();
  if (!reader.opml) return { feeds: [], problems: [{ line: 1, why: 'the file is not OPML' }] };
  return { feeds: reader.feeds, problems: reader.problems };
}

/** A list other readers can import. */
export function writeOpml(title: string, feeds: readonly { readonly url: string; readonly title: string }[]): string {
  const outlines = feeds.map(
    ({ url, title: name }) =>
      `    <outline type="rss" text="${escapeUTF8(name)}" title="${escapeUTF8(name)}" xmlUrl="${escapeUTF8(url)}"/>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opml version="2.0">',
    `  <head><title>${escapeUTF8(title)}</title></head>`,
    '  <body>',
    ...outlines,
    '  </body>',
    '</opml>',
    '',
  ].join('\n');
}

/** Lives for one file. */
class OutlineReader implements TokenizerCallbacks {
  offset = 0;
  stop: () => void = () => {};
  opml = false;
  readonly feeds: OpmlFeed[] = [];
  readonly problems: { line: number; why: string }[] = [];
  private readonly text: string;
  private readonly allowHosts: readonly string[];
  private readonly seen = new Map<string, number>();
  private readonly folders: string[] = [];
  private tag = '';
  private tagAt = 0;
  private attribute = '';
  private attributes = new Map<string, string>();
  private lineAt = 0;
  private line = 1;

  constructor(text: string, allowHosts: readonly string[]) {
    this.text = text;
    this.allowHosts = allowHosts;
  }

  onopentagname(start: number, end: number): void {
    this.tag = end - start > 20 ? '' : this.text.slice(start + this.offset, end + this.offset).toLowerCase();
    this.tagAt = start + this.offset;
    this.attributes = new Map();
  }
  onattribname(start: number, end: number): void {
    this.attribute = end - start > 20 ? '' : this.text.slice(start + this.offset, end + this.offset).toLowerCase();
  }
  onattribdata(start: number, end: number): void {
    if (this.attributes.size >= 20) return;
    this.attributes.set(
      this.attribute,
      decodeHTMLStrict(this.text.slice(start + this.offset, Math.min(end, start + 4_000) + this.offset)),
    );
  }
  onopentagend(): void {
    if (this.tag === 'opml') this.opml = true;
    if (this.tag !== 'outline') return;
    const title = titleText(this.attributes.get('title') ?? this.attributes.get('text') ?? '');
    this.outline(title);
    this.folders.push(title);
  }
  onselfclosingtag(): void {
    if (this.tag === 'outline')
      this.outline(titleText(this.attributes.get('title') ?? this.attributes.get('text') ?? ''));
  }
  onclosetag(start: number, end: number): void {
    if (this.text.slice(start + this.offset, Math.min(end, start + 20) + this.offset).toLowerCase() === 'outline')
      this.folders.pop();
  }

  private outline(title: string): void {
    const written = (this.attributes.get('xmlurl') ?? '').trim();
    const type = (this.attributes.get('type') ?? '').toLowerCase();
    // A folder: it holds feeds and is none.
    if (written === '' && type !== 'rss' && type !== 'atom') return;
    const line = this.currentLine();
    if (this.feeds.length + this.problems.length >= MAX_FEEDS) {
      this.problems.push({ line, why: `more than ${MAX_FEEDS} outlines: the rest of the file was not read` });
      this.stop();
      return;
    }
    const name = title === '' ? 'an outline without a name' : `"${title.slice(0, 80)}"`;
    if (written === '') {
      this.problems.push({ line, why: `${name} has no xmlUrl` });
      return;
    }
    const checked = checkUrl(
      written.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:/i, 'http:'),
      this.allowHosts,
    );
    if (!checked.ok) {
      this.problems.push({ line, why: `${name}: ${checked.message}` });
      return;
    }
    const before = this.seen.get(checked.url.href);
    if (before !== undefined) {
      this.problems.push({ line, why: `${name} is the same feed as in line ${before}` });
      return;
    }
    this.seen.set(checked.url.href, line);
    this.feeds.push({
      line,
      url: checked.url.href,
      title: title === '' ? checked.url.hostname : title,
      folders: this.folders.filter((folder) => folder !== '').slice(0, 10),
    });
  }

  private currentLine(): number {
    for (
      let at = this.text.indexOf('\n', this.lineAt);
      at !== -1 && at < this.tagAt;
      at = this.text.indexOf('\n', at + 1)
    ) {
      this.line += 1;
      this.lineAt = at + 1;
    }
    return this.line;
  }

  onattribend(): void {}
  onattribentity(): void {}
  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
  ontext(): void {}
  ontextentity(): void {}
}
