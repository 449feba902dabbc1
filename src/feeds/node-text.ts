/**
 * The text of a node: entities, CDATA and inline tags put together in document order.
 *
 * `<description>x <![CDATA[<i>y</i>]]> z</description>` -> `x <i>y</i> z`
 * `<title>R&D &amp; more</title>` -> `R&D & more`
 */
import { decodeHTMLStrict } from 'entities';
import type { FeedNode, FeedTree } from './tree.ts';

/** Characters of one field that are read; the longest honest article with markup is below this. */
const MAX_RAW = 400_000;

/** The text with one level of XML escaping removed; tags inside stay tags. */
export function textOf(tree: FeedTree, node: FeedNode): string {
  return clean(join(tree, node, false));
}

/** The same of a long text, with the characters that `clean` takes out still in it: who makes it plain looks at each anyway. */
export function longTextOf(tree: FeedTree, node: FeedNode): string {
  return join(tree, node, false);
}

/** The inner XML of an XHTML construct, uncleaned: its text keeps its escaping, because it is markup itself. */
export function xhtmlOf(tree: FeedTree, node: FeedNode): string {
  const markup = join(tree, node, true).trim();
  return markup.includes('xmlns') ? markup.replace(XHTML, '') : markup;
}

/** Means nothing outside the document, like a prefix. */
const XHTML = /\sxmlns(?::[\w-]{1,30})?\s{0,9}=\s{0,9}(["'])http:\/\/www\.w3\.org\/1999\/xhtml\1/g;

export function attributeOf(tree: FeedTree, node: FeedNode, name: string): string | null {
  for (let i = 0; i < node.attributes.length; i += 2) {
    if (node.attributes[i] === name) return clean(decode(tree, (node.attributes[i + 1] ?? '').slice(0, MAX_RAW)));
  }
  return null;
}

function join(tree: FeedTree, node: FeedNode, keepEscapes: boolean): string {
  const end = Math.min(node.end, node.start + MAX_RAW);
  const raw = tree.text.slice(node.start, end);
  if (!raw.includes('<')) return keepEscapes ? raw : decode(tree, raw);
  // One CDATA section and nothing else: most descriptions.
  if (!keepEscapes && raw.startsWith('<![CDATA[') && raw.indexOf(']]>') === raw.length - 3) return raw.slice(9, -3);
  const parts: string[] = [];
  let at = 0;
  while (at < raw.length) {
    const open = raw.indexOf('<', at);
    const textEnd = open === -1 ? raw.length : open;
    if (textEnd > at) parts.push(keepEscapes ? raw.slice(at, textEnd) : decode(tree, raw.slice(at, textEnd)));
    if (open === -1) break;
    if (raw.startsWith('<![CDATA[', open)) {
      const close = raw.indexOf(']]>', open + 9);
      const inside = raw.slice(open + 9, close === -1 ? raw.length : close);
      parts.push(keepEscapes ? escape(inside) : inside);
      at = close === -1 ? raw.length : close + 3;
    } else if (raw.startsWith('<!--', open)) {
      const close = raw.indexOf('-->', open + 4);
      at = close === -1 ? raw.length : close + 3;
    } else if (raw.startsWith('<?', open)) {
      const close = raw.indexOf('?>', open + 2);
      at = close === -1 ? raw.length : close + 2;
    } else if (TAG_START.test(raw.slice(open, open + 3))) {
      const close = raw.indexOf('>', open);
      const tag = raw.slice(open, close === -1 ? raw.length : close + 1);
      // `<xhtml:b>` is a `<b>`: the prefix means nothing outside this document.
      parts.push(tag.slice(0, 40).includes(':') ? tag.replace(/^(<\/?)[\w-]{1,30}:/, '$1') : tag);
      at = close === -1 ? raw.length : close + 1;
    } else {
      parts.push('<');
      at = open + 1;
    }
  }
  return parts.join('');
}

const TAG_START = /^<\/?[A-Za-z]/;

/** Known entities with their semicolon only: `?a=1&copy=2` in a link must stay as it is. */
function decode(tree: FeedTree, raw: string): string {
  if (!raw.includes('&')) return raw;
  if (tree.entities.size === 0) return decodeHTMLStrict(raw);
  let budget = 20_000;
  const own = raw.replace(/&([A-Za-z_][\w.-]{0,40});/g, (whole, name: string) => {
    const value = tree.entities.get(name);
    if (value === undefined || budget < value.length) return whole;
    budget -= value.length;
    return value;
  });
  return decodeHTMLStrict(own);
}

// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;
// oxlint-disable-next-line no-control-regex
const ALL_CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g;

/** Without characters that no XML may hold; databases and terminals choke on them. */
export function clean(text: string): string {
  return CONTROLS.test(text) ? text.replace(ALL_CONTROLS, '') : text;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Atom 1.0's XHTML constructs are wrapped in one `div` that is not part of the content (RFC 4287, 3.1.1.3). */
export function withoutWrapper(markup: string): string {
  if (!/^<div[\s>]/i.test(markup) || !/<\/div\s*>$/i.test(markup)) return markup;
  // `<div>a</div><div>b</div>` is two, and none of them wraps.
  let depth = 0;
  for (const tag of markup.matchAll(/<(\/?)div(?=[\s/>])/gi)) {
    depth += tag[1] === '/' ? -1 : 1;
    if (depth === 0) {
      const end = markup.indexOf('>', tag.index);
      if (end !== markup.length - 1) return markup;
      return markup.slice(markup.indexOf('>') + 1, tag.index);
    }
  }
  return markup;
}
