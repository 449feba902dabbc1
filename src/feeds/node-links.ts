/**
 * `<link>` on a feed node, for both XML dialects: Atom's `<link rel="alternate" href="/a"/>`, also as a guest in RSS
 * (`atom:link`), and RSS's `<link>https://example.com/a</link>`.
 */
import type { Enclosure } from './document.ts';
import { absolute, linkBase } from './links.ts';
import { addEnclosure, childrenOf } from './node-fields.ts';
import { attributeOf, textOf } from './node-text.ts';
import type { FeedNode, FeedTree } from './tree.ts';

/**
 * Where the links called `name` with this relation lead, absolute http(s). Of several alternates the first HTML one: a
 * page is what people read. No relation means alternate (RFC 4287, 4.2.7.2; RSS knows no others).
 */
export function linkBy(
  tree: FeedTree,
  node: FeedNode,
  name: string,
  wanted: string,
  written: 'any' | 'absolute' = 'any',
): string | null {
  let other: string | null = null;
  for (const link of childrenOf(node, name)) {
    const rel = relationOf(tree, link);
    if (rel !== wanted && !(rel === '' && wanted === 'alternate')) continue;
    const url = addressOf(tree, link, written === 'any' ? link.base : null);
    if (url === null) continue;
    const type = (attributeOf(tree, link, 'type') ?? 'text/html').toLowerCase();
    if (type.includes('html') || wanted !== 'alternate') return url;
    other ??= url;
  }
  return other;
}

/** Files that hang on an entry as `<link rel="enclosure">`. */
export function addLinkedEnclosures(tree: FeedTree, node: FeedNode, name: string, list: Enclosure[]): void {
  for (const link of childrenOf(node, name)) {
    if (relationOf(tree, link) !== 'enclosure') continue;
    addEnclosure(
      list,
      addressOf(tree, link, link.base),
      attributeOf(tree, link, 'type'),
      attributeOf(tree, link, 'length'),
    );
  }
}

/** The registered name in either form: `self` and `http://www.iana.org/assignments/relation/self`. */
function relationOf(tree: FeedTree, link: FeedNode): string {
  return (attributeOf(tree, link, 'rel') ?? '')
    .trim()
    .toLowerCase()
    .replace('http://www.iana.org/assignments/relation/', '');
}

function addressOf(tree: FeedTree, link: FeedNode, base: string | null): string | null {
  const href = attributeOf(tree, link, 'href');
  return (href === null ? null : absolute(href, base)) ?? absolute(textOf(tree, link), base);
}

/** The tree with its relative links at home: at the site, or else where the feed says that it lives itself. */
export function homed(tree: FeedTree, root: FeedNode, head: FeedNode, names: readonly string[]): FeedTree {
  let home: string | null = null;
  for (const relation of ['alternate', 'self']) {
    for (const name of names) home ??= linkBy(tree, head, name, relation, 'absolute');
  }
  const address = linkBase(tree.address, home);
  if (address === tree.address) return tree;
  const nodes = [root];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    if (node.base === tree.address) node.base = address;
    for (const child of node.children) nodes.push(child);
  }
  return { ...tree, address };
}
