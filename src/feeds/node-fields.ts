/**
 * Reading fields off a feed node, for both XML dialects: the first usable one of several names, a date among
 * candidates, authors and categories as feeds write them.
 */
import { parseDate } from './dates.ts';
import { NO_PROSE, type Enclosure, type Prose } from './document.ts';
import { absolute } from './links.ts';
import { attributeOf, longTextOf, textOf, withoutWrapper, xhtmlOf } from './node-text.ts';
import { plainText, titleText } from './plain-text.ts';
import type { FeedNode, FeedTree } from './tree.ts';

/** Loops, not filters: these run some fifty times for each entry. */
export function childrenOf(node: FeedNode, name: string): readonly FeedNode[] {
  let found: FeedNode[] | null = null;
  for (const child of node.children) {
    if (child.name !== name) continue;
    if (found === null) found = [child];
    else found.push(child);
  }
  return found ?? NOBODY;
}

const NOBODY: readonly FeedNode[] = [];

export function childOf(node: FeedNode, name: string): FeedNode | null {
  for (const child of node.children) if (child.name === name) return child;
  return null;
}

/** First non-empty text among the names, in their order. */
export function firstText(tree: FeedTree, node: FeedNode, names: readonly string[]): string {
  for (const name of names) {
    for (const child of node.children) {
      if (child.name !== name) continue;
      const text = textOf(tree, child).trim();
      if (text !== '') return text;
    }
  }
  return '';
}

/** A language tag as written, `en-us`; null when there is none. */
export function languageOf(tree: FeedTree, node: FeedNode, names: readonly string[]): string | null {
  return /^[\w-]{1,35}/.exec(firstText(tree, node, names))?.[0] ?? null;
}

/** First readable date among the names, in their order. */
export function firstDate(tree: FeedTree, node: FeedNode, names: readonly string[]): number | null {
  for (const name of names) {
    for (const child of node.children) {
      if (child.name !== name) continue;
      const date = parseDate(textOf(tree, child));
      if (date !== null) return date;
    }
  }
  return null;
}

/** Atom's text construct by its type; RSS text is `html`. Atom 0.3 says `mode`, many feeds say nothing or lie. */
export function proseOf(tree: FeedTree, node: FeedNode, assumed: 'html' | 'text'): Prose {
  return { ...typedText(tree, node, assumed), base: node.base };
}

type Typed = Omit<Prose, 'base'>;

function typedText(tree: FeedTree, node: FeedNode, assumed: 'html' | 'text'): Typed {
  const type = (attributeOf(tree, node, 'type') ?? '').trim().toLowerCase();
  const mode = (attributeOf(tree, node, 'mode') ?? '').trim().toLowerCase();
  if (mode === 'base64' || isBinary(type)) return base64Prose(tree, node, type);
  if (node.markup && (assumed === 'text' || type !== '')) {
    // Some wrap escaped HTML in the div that XHTML has.
    const escaped = type === 'html' || type === 'text/html';
    const markup = escaped ? longTextOf(tree, node).trim() : xhtmlOf(tree, node);
    // Atom 0.3 knew no wrapper: its div belongs to the author.
    return { text: type === 'application/xhtml+xml' ? markup : withoutWrapper(markup), kind: 'html' };
  }
  const text = longTextOf(tree, node).trim();
  if (type === 'html' || type === 'text/html' || mode === 'escaped') return { text, kind: 'html' };
  if (type === 'text' || type === 'text/plain') return { text, kind: HTML_LIKE.test(text) ? 'html' : 'text' };
  if (type.includes('xhtml') || type.includes('xml')) return { text, kind: 'html' };
  return { text, kind: assumed === 'html' || HTML_LIKE.test(text) ? 'html' : 'text' };
}

/** A closed paragraph or link in what claims to be plain text: it is not plain text. */
const HTML_LIKE = /<\/(?:p|a|div|b|i|em|strong|ul|li|span)>|<br ?\/?>/i;

function isBinary(type: string): boolean {
  return type.includes('/') && !type.startsWith('text/') && !type.includes('xml') && !type.includes('html');
}

function base64Prose(tree: FeedTree, node: FeedNode, type: string): Typed {
  const text = textOf(tree, node).trim();
  if (type.startsWith('image/') || type.startsWith('audio/') || type.startsWith('video/')) return NO_PROSE;
  if (text.includes('<') || !/^[A-Za-z0-9+/=\s]+$/.test(text.slice(0, 10_000))) return { text, kind: 'html' };
  return { text: Buffer.from(text, 'base64').toString('utf8').trim(), kind: 'html' };
}

/** A title in whichever way it is escaped. */
export function titleOf(tree: FeedTree, node: FeedNode): string {
  const type = (attributeOf(tree, node, 'type') ?? '').trim().toLowerCase();
  if (node.markup && type !== 'html' && type !== 'text/html') return oneLine(plainText(xhtmlOf(tree, node)));
  if (isBinary(type) || attributeOf(tree, node, 'mode') === 'base64') {
    return oneLine(plainText(base64Prose(tree, node, type).text));
  }
  const text = textOf(tree, node);
  if (type === 'html' || type === 'text/html') return oneLine(plainText(text));
  if (type === 'text' || type === 'text/plain') return titleText(text.replaceAll('<', '&lt;'));
  return titleText(text);
}

export function firstTitle(tree: FeedTree, node: FeedNode, names: readonly string[]): string {
  for (const name of names) {
    for (const child of node.children) {
      if (child.name !== name) continue;
      const title = titleOf(tree, child);
      if (title !== '') return title;
    }
  }
  return '';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 2_000);
}

/** `ann@ex.test (Ann Lee)`, `Ann Lee <ann@ex.test>` and `Ann Lee [https://ex.test]` -> `Ann Lee`; an address alone stays. */
export function personName(written: string): string {
  const text = titleText(written.slice(0, 500));
  if (!/@|https?:/i.test(text)) return text;
  const rest = text
    .replace(ADDRESS, ' ')
    .replace(/\s+(?=[\s,;]|$)/g, '')
    .replace(/^[\s,;]+|[,;]+$/g, '');
  const name = /^[(<[]([^()<>[\]]+)[)>\]]$/.exec(rest)?.[1] ?? rest;
  if (name.trim() !== '') return name.trim();
  const address = text.match(ADDRESS)?.[0] ?? text;
  return address.replace(/^[(<[\s]+|[)>\]\s]+$/g, '').replace(/^mailto:/i, '');
}

/** A mail or web address, in brackets of any kind. */
const ADDRESS =
  /[(<[]?(?:mailto:)?[^\s@,;()<>[\]]{1,200}@[^\s@,;()<>[\]]{1,200}[)>\]]?|[(<[]?https?:\/\/[^\s,;()<>[\]]{1,300}[)>\]]?/gi;

/** Adds without repeating, at most 50 of at most 300 characters. */
export function addName(names: string[], name: string): void {
  const short = name.slice(0, 300);
  if (short !== '' && names.length < 50 && !names.includes(short)) names.push(short);
}

export function addEnclosure(list: Enclosure[], url: string | null, type: string | null, length: string | null): void {
  if (url === null || list.length >= 50 || list.some((one) => one.url === url)) return;
  list.push({ url, type: type === '' ? null : type, length: length === '' ? null : length });
}

/** Media RSS: `media:content` on the item or inside `media:group`. */
export function addMedia(tree: FeedTree, node: FeedNode, list: Enclosure[]): void {
  for (const child of node.children) {
    if (child.name === 'media:group') addMedia(tree, child, list);
    if (child.name !== 'media:content') continue;
    const url = absolute(attributeOf(tree, child, 'url') ?? '', child.base);
    addEnclosure(list, url, attributeOf(tree, child, 'type'), attributeOf(tree, child, 'filesize'));
  }
}

/** What a video feed says of an entry lies in its media group, or in the first file there. */
function mediaChild(node: FeedNode, name: string): FeedNode | null {
  const group = childOf(node, 'media:group');
  const file = group === null ? null : childOf(group, 'media:content');
  return childOf(node, name) ?? (group && childOf(group, name)) ?? (file && childOf(file, name));
}

export function mediaTitle(tree: FeedTree, node: FeedNode): string {
  const title = mediaChild(node, 'media:title');
  return title === null ? '' : titleOf(tree, title);
}

/** Plain text unless it says `html` (Media RSS 1.5.1). */
export function mediaProse(tree: FeedTree, node: FeedNode): Prose {
  const description = mediaChild(node, 'media:description');
  return description === null ? NO_PROSE : proseOf(tree, description, 'text');
}

/** The page that plays it, absolute http(s). */
export function mediaPage(tree: FeedTree, node: FeedNode): string | null {
  const player = mediaChild(node, 'media:player');
  return player === null ? null : absolute(attributeOf(tree, player, 'url') ?? '', player.base);
}

/** An entry the document ended in: only fields that are complete, or null when it has no title or identity yet. */
export function completeEntry(node: FeedNode): FeedNode | null {
  if (node.closed) return node;
  const children = node.children.filter((child) => child.closed);
  const has = (...names: string[]): boolean => children.some((child) => names.includes(child.name));
  return has('title') && has('link', 'guid', 'id') ? { ...node, children } : null;
}
