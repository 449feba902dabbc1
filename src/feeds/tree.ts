/**
 * Text -> a small tree, whatever state the XML is in: `R&D`, `<title>..</Title>`, a missing `</item>`, a download
 * cut in the middle. Nodes hold offsets into the document; their text is taken out only when somebody asks
 * (see node-text.ts), so a hostile field that nobody reads costs nothing.
 *
 * Built on htmlparser2's tokenizer. Its own Parser keeps its stack with unshift, which is quadratic in depth
 * (a million nested tags: over 20 s); ours is capped, and markup inside a text field builds no nodes at all.
 */
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { absolute } from './links.ts';
import { canonicalPrefix, isTextField, impliesEndOf } from './vocabulary.ts';
import { afterDeclaration } from './xml-declaration.ts';

/** Nobody nests a feed deeper; beyond this, tags are read as if they were not there. */
const MAX_DEPTH = 64;
/** An 8 MB feed of empty items would be a million nodes; no real feed of that size has a tenth of this. */
const MAX_NODES = 100_000;
/** Inherited by every node below it, so a long one would be multiplied. */
const MAX_BASE = 500;
const MAX_ATTRIBUTES = 24;

export interface FeedNode {
  /** Lower case, with the conventional prefix of its namespace: `content:encoded`, `dc:date`, `title`. */
  readonly name: string;
  /** name, raw value, name, raw value... in document order, names lower case. */
  readonly attributes: readonly string[];
  children: FeedNode[];
  /** Offsets of the inner text in the document. */
  readonly start: number;
  end: number;
  /** A text field with tags in it that are not children. */
  markup: boolean;
  /** False when the document ended inside. */
  closed: boolean;
  /** Inherited xml:base (resolved, else the document's address; see homed) and xml:lang. */
  base: string;
  readonly lang: string | null;
}

export interface FeedTree {
  readonly text: string;
  /** Where the document came from. */
  readonly address: string;
  /** rss, rdf, feed or channel element, or an Atom entry by itself; null when the document holds none. */
  readonly root: FeedNode | null;
  /** Entities the document declared for itself, without references inside. */
  readonly entities: ReadonlyMap<string, string>;
  /** The document was longer than we read. */
  readonly cut: boolean;
  /** The first element, for messages: `html`. */
  readonly firstElement: string | null;
}

const ROOTS: ReadonlySet<string> = new Set(['rss', 'rdf', 'feed', 'channel']);

/** `address` is where the document came from: the outermost base of relative links. */
export function buildTree(text: string, address: string): FeedTree {
  const builder = new TreeBuilder(text, address);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, builder);
  builder.stop = () => tokenizer.pause();
  builder.offset = afterDeclaration(text);
  tokenizer.write(builder.offset === 0 ? text : text.slice(builder.offset));
  tokenizer.end();
  return builder.finish();
}

type Scope = ReadonlyMap<string, string>;

/** Lives for one document. Offsets from the tokenizer are relative to `offset`. */
class TreeBuilder implements TokenizerCallbacks {
  offset = 0;
  stop: () => void = () => {};
  private readonly text: string;
  private readonly address: string;
  private readonly entities = new Map<string, string>();
  private readonly names: string[] = [];
  private readonly nodes: (FeedNode | null)[] = [];
  private readonly scopes: Scope[] = [];
  private root: FeedNode | null = null;
  private rootClosed = false;
  private firstElement: string | null = null;
  /** Stack position of the text field we are inside, or -1. */
  private field = -1;
  private readonly lowered = new Map<string, string>();
  private readonly canonicals = new Map<Scope, Map<string, string>>();
  private count = 0;
  private cut = false;
  private tag = '';
  private attributes: string[] = [];
  private attribute = '';
  private value = '';

  constructor(text: string, address: string) {
    this.text = text;
    this.address = address;
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.lower(start, end);
    this.attributes = NONE;
  }
  onattribname(start: number, end: number): void {
    this.attribute = end - start > 100 ? '' : this.lower(start, end);
    this.value = '';
  }
  onattribdata(start: number, end: number): void {
    this.value = this.text.slice(start + this.offset, end + this.offset);
  }
  onattribend(): void {
    if (this.attribute === '' || this.attributes.length >= 2 * MAX_ATTRIBUTES) return;
    if (this.attributes === NONE) this.attributes = [];
    this.attributes.push(this.attribute, this.value);
  }
  onopentagend(end: number): void {
    this.open(end + 1 + this.offset);
  }
  onselfclosingtag(end: number): void {
    // FeedBurner once wrote an `<item />` into every item; it ends nothing.
    if (isEntry(this.tag) && this.names.includes(this.tag)) return;
    if (this.open(end + 1 + this.offset)) this.pop(end + 1 + this.offset, true);
  }

  onclosetag(start: number, end: number): void {
    const top = this.names.at(-1) ?? '';
    const isTop = top.length === end - start && this.text.startsWith(top, start + this.offset);
    const name = isTop ? top : this.lower(start, end);
    const at = isTop ? this.names.length - 1 : this.names.lastIndexOf(name);
    if (at === -1) return;
    // `</item>` ends everything inside it; a stray `</b>` of a text field must not end the item around it.
    if (this.field !== -1 && at < this.field && !ENDS_FIELDS.test(name)) return;
    const here = start - 2 + this.offset;
    while (this.names.length > at) this.pop(here, true);
    if (at === 0 && this.root !== null) {
      this.rootClosed = true;
      this.stop();
    }
  }

  /** A name in lower case, the same string object each time: names are compared more than anything else here. */
  private lower(start: number, end: number): string {
    const written = this.text.slice(start + this.offset, Math.min(end, start + 200) + this.offset);
    const known = this.lowered.get(written);
    if (known !== undefined) return known;
    const name = internalised(written.toLowerCase());
    if (this.lowered.size < MAX_NAMES) this.lowered.set(written, name);
    return name;
  }

  private open(inner: number): boolean {
    const name = this.tag;
    this.firstElement ??= name;
    if (this.root === null) {
      if (!ROOTS.has(localName(name)) && !this.isEntryDocument(name)) {
        // An HTML page is not a feed, whatever it embeds.
        if (name === 'html' || name === 'body') this.stop();
        return false;
      }
    } else {
      this.endImplied(name, inner);
    }
    if (this.field !== -1) {
      const field = this.nodes[this.field];
      if (field) field.markup = true;
      if (this.names.length >= MAX_DEPTH) return false;
      this.names.push(name);
      this.nodes.push(null);
      return true;
    }
    if (this.names.length >= MAX_DEPTH) return false;
    this.count += 1;
    if (this.count > MAX_NODES) {
      this.cut = true;
      this.stop();
      return false;
    }
    this.push(name, inner);
    return true;
  }

  /** RFC 4287, 2: a document may be one entry. Many vocabularies have an `<entry>`, so it must say that it is Atom's. */
  private isEntryDocument(name: string): boolean {
    return (
      this.firstElement === name &&
      localName(name) === 'entry' &&
      this.attributes.some((value, at) => at % 2 === 1 && canonicalPrefix(value) === 'atom')
    );
  }

  private push(name: string, inner: number): void {
    const parent = this.nodes.at(-1) ?? null;
    const scope = this.scopeOf(name);
    let base = parent?.base ?? this.address;
    let lang = parent?.lang ?? null;
    for (let i = 0; i < this.attributes.length; i += 2) {
      const value = this.attributes[i + 1] ?? '';
      // CDF writes it without a namespace.
      const isBase = this.attributes[i] === 'xml:base' || (this.root === null && this.attributes[i] === 'base');
      // A fragment is no part of a base, and alone no base at all.
      if (isBase && value.length <= MAX_BASE) base = absolute(value.split('#', 1)[0] ?? '', base) ?? base;
      if (this.attributes[i] === 'xml:lang' && value.length <= 35) lang = value;
    }
    const node: FeedNode = {
      name: this.root === null ? localName(name) : this.canonical(name, scope),
      attributes: this.attributes,
      children: NO_CHILDREN,
      start: inner,
      end: inner,
      markup: false,
      closed: false,
      base,
      lang,
    };
    if (this.root === null) this.root = node;
    else if (parent?.children === NO_CHILDREN) parent.children = [node];
    else parent?.children.push(node);
    this.names.push(name);
    this.nodes.push(node);
    this.scopes.push(scope);
    if (isTextField(node.name)) this.field = this.names.length - 1;
  }

  private scopeOf(name: string): Scope {
    const outer = this.scopes.at(-1) ?? NO_SCOPE;
    let own: Map<string, string> | null = null;
    for (let i = 0; i < this.attributes.length; i += 2) {
      const key = this.attributes[i] ?? '';
      if (key !== 'xmlns' && !key.startsWith('xmlns:')) continue;
      own ??= new Map(outer);
      own.set(key.slice(6), canonicalPrefix(this.attributes[i + 1] ?? ''));
    }
    // `<a:feed>`: the root's own prefix is the feed's default, declared or not.
    if (this.root === null && name.includes(':')) {
      own ??= new Map(outer);
      const prefix = name.slice(0, name.indexOf(':'));
      if (localName(name) !== 'rdf') own.set(prefix, own.get(prefix) ?? 'atom');
    }
    return own ?? outer;
  }

  private canonical(name: string, scope: Scope): string {
    let known = this.canonicals.get(scope);
    if (known === undefined) {
      known = new Map();
      if (this.canonicals.size < MAX_NAMES) this.canonicals.set(scope, known);
    }
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = internalised(this.canonicalName(name, scope));
    if (known.size < MAX_NAMES) known.set(name, found);
    return found;
  }

  private canonicalName(name: string, scope: Scope): string {
    const colon = name.indexOf(':');
    const written = colon === -1 ? '' : name.slice(0, colon);
    const local = colon === -1 ? name : name.slice(colon + 1);
    let prefix = scope.get(written) ?? (written === '' ? '' : undefined);
    if (prefix === undefined || prefix === UNKNOWN) prefix = written;
    // Atom elements are the plain ones in an Atom feed and guests (`atom:link`) in an RSS feed.
    const atHome = this.root?.name === 'feed' || this.root?.name === 'entry';
    if (prefix === 'atom' && (atHome || written === '')) prefix = '';
    return prefix === '' ? local : `${prefix}:${local}`;
  }

  private endImplied(name: string, inner: number): void {
    if (isEntry(name)) {
      const open = this.names.lastIndexOf(name);
      if (open !== -1 && this.nodes[open]) {
        const here = this.text.lastIndexOf('<', inner - 1);
        while (this.names.length > open) this.pop(here, true);
        return;
      }
    }
    const top = this.field === -1 ? this.nodes.at(-1) : this.nodes[this.field];
    if (top && impliesEndOf(top.name, name)) {
      const at = this.field === -1 ? this.names.length - 1 : this.field;
      const here = this.text.lastIndexOf('<', inner - 1);
      while (this.names.length > at) this.pop(here, true);
    }
  }

  private pop(end: number, closed: boolean): void {
    this.names.pop();
    const node = this.nodes.pop();
    if (!node) return;
    this.scopes.pop();
    node.end = Math.max(node.start, end);
    node.closed = closed;
    if (this.field >= this.names.length) this.field = -1;
  }

  ondeclaration(start: number, end: number): void {
    const text = this.text.slice(start + this.offset, Math.min(end, start + 600) + this.offset);
    // Internal, text only: an entity that refers to another one or to a file stays unknown.
    const match = /(?:^|\[\s*<!)ENTITY\s+([A-Za-z_][\w.-]{0,40})\s+(?:"([^"<&%]{0,200})"|'([^'<&%]{0,200})')/.exec(
      text,
    );
    if (match?.[1] !== undefined && this.entities.size < 100) {
      this.entities.set(match[1], match[2] ?? match[3] ?? '');
    }
  }

  ontext(): void {}
  ontextentity(): void {}
  onattribentity(): void {}
  oncdata(): void {}
  oncomment(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}

  finish(): FeedTree {
    while (this.names.length > 0) this.pop(this.text.length, false);
    return {
      text: this.text,
      address: this.address,
      root: this.root,
      entities: this.entities,
      cut: this.cut || (this.root !== null && !this.rootClosed),
      firstElement: this.firstElement,
    };
  }
}

/** Shared by all nodes without any: most have neither. */
const NONE: string[] = [];
const NO_CHILDREN: FeedNode[] = [];
/** Different names of a document that are remembered. */
const MAX_NAMES = 500;

/** Object keys are unique strings to the engine, so that comparing two of them is comparing pointers. */
function internalised(name: string): string {
  return Object.keys({ [name]: 1 })[0] ?? name;
}

function isEntry(name: string): boolean {
  return name === 'item' || name === 'entry' || name.endsWith(':item') || name.endsWith(':entry');
}

const NO_SCOPE: Scope = new Map();
const UNKNOWN = '?';
const ENDS_FIELDS = /^(?:[\w-]+:)?(?:item|entry|channel|rss|feed|rdf)$/;

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
