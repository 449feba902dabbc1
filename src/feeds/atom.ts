/**
 * Atom 1.0 and 0.3: the tree rss-parser maps, with its losses put right first: one link chosen by rel and type,
 * dates it cannot throw on, XHTML in document order; categories, enclosures and the source beside it.
 */
import { newest, NO_PROSE, type Enclosure, type FeedDocument, type FeedEntry, type Prose } from './document.ts';
import { absolute } from './links.ts';
import { attributeOf, textOf } from './node-text.ts';
import {
  addMedia,
  addName,
  childOf,
  childrenOf,
  completeEntry,
  firstDate,
  firstText,
  firstTitle,
  languageOf,
  mediaPage,
  mediaProse,
  mediaTitle,
  personName,
  proseOf,
  titleOf,
} from './node-fields.ts';
import { addLinkedEnclosures, homed, linkBy } from './node-links.ts';
import { titleText } from './plain-text.ts';
import { mapAtom, stringOr, textStore, type TextStore, type XmlElement } from './rss-parser-map.ts';
import type { FeedNode, FeedTree } from './tree.ts';

const PUBLISHED = ['published', 'issued', 'pubdate', 'created', 'dc:date', 'dcterms:issued', 'dcterms:created'];
const UPDATED = ['updated', 'modified', 'dcterms:modified'];

export function readAtom(document: FeedTree, root: FeedNode): FeedDocument {
  const tree = homed(document, root, root, ['link']);
  const entriesWritten = root.name === 'entry' ? [root] : childrenOf(root, 'entry');
  // Some who changed over from RSS kept its name for them.
  const all = entriesWritten.length > 0 ? entriesWritten : childrenOf(root, 'item');
  const last = all.at(-1);
  const kept =
    last === undefined || last.closed ? last : (completeEntry(last) ?? (all.length === 1 ? last : undefined));
  const whole = [...all.slice(0, -1), ...(kept === undefined ? [] : [kept])];
  const entries = newest(whole, (entry) => firstDate(tree, entry, [...PUBLISHED, ...UPDATED]));
  const texts = textStore<Prose>();
  const feedPeople = peopleOf(tree, root);
  const beside = entries.map((entry) => besideAtom(tree, entry, feedPeople));
  const mapped = mapAtom(
    feedElement(tree, root),
    entries.map((entry, at) => entryElement(tree, root, entry, beside[at], texts)),
  );
  const subtitle =
    childOf(root, 'subtitle') ??
    childOf(root, 'tagline') ??
    childOf(root, 'description') ??
    childOf(root, 'dc:description') ??
    childOf(root, 'info');
  return {
    format: 'atom',
    title: stringOr(mapped.title, ''),
    link: stringOr(mapped.link, '') || null,
    description: subtitle === null ? NO_PROSE : proseOf(tree, subtitle, 'text'),
    lang: root.lang ?? languageOf(tree, root, ['dc:language', 'language']),
    ttlMinutes: null,
    selfUrl: linkBy(tree, root, 'link', 'self'),
    total: all.length,
    warnings: [],
    entries: mapped.items.map((item, at): FeedEntry => {
      const own = beside[at];
      return {
        id: stringOr(item.id, '') || null,
        title: stringOr(item.title, ''),
        link: stringOr(item.link, '') || null,
        published: own?.published ?? null,
        updated: own?.updated ?? null,
        summary: texts.take(item.summary) ?? NO_PROSE,
        content: texts.take(item.content) ?? NO_PROSE,
        byline: own?.byline ?? null,
        authors: own?.authors ?? [],
        categories: own?.categories ?? [],
        enclosures: own?.enclosures ?? [],
        sourceName: own?.sourceName ?? null,
        sourceUrl: own?.sourceUrl ?? null,
        lang: own?.lang ?? null,
      };
    }),
  };
}

type Beside = Pick<
  FeedEntry,
  'published' | 'updated' | 'byline' | 'authors' | 'categories' | 'enclosures' | 'sourceName' | 'sourceUrl' | 'lang'
>;

function feedElement(tree: FeedTree, root: FeedNode): XmlElement {
  const link = linkBy(tree, root, 'link', 'alternate');
  const element: Record<string, XmlElement[string]> = {};
  const title = firstTitle(tree, root, ['title', 'dc:title']);
  if (title !== '') element['title'] = [title];
  if (link !== null) element['link'] = [{ $: { rel: 'alternate', href: link } }];
  return element;
}

function entryElement(
  tree: FeedTree,
  root: FeedNode,
  entry: FeedNode,
  beside: Beside | undefined,
  texts: TextStore<Prose>,
): XmlElement {
  const element: Record<string, XmlElement[string]> = {};
  const title = firstTitle(tree, entry, ['title', 'dc:title']) || mediaTitle(tree, entry);
  if (title !== '') element['title'] = [title];
  const id = idOf(tree, entry);
  if (id !== '') element['id'] = [id];
  const link = linkOf(tree, root, entry, id);
  if (link !== null) element['link'] = [{ $: { rel: 'alternate', href: link } }];
  const at = beside?.published ?? beside?.updated ?? null;
  if (at !== null && Math.abs(at) <= 8.64e15) element['updated'] = [new Date(at).toISOString()];
  const author = beside?.authors[0];
  if (author !== undefined) element['author'] = [{ name: [author] }];
  const summary = proseAmong(tree, entry, ['summary', 'description', 'dc:description']);
  const said = summary.text === '' ? mediaProse(tree, entry) : summary;
  if (said.text !== '') element['summary'] = [texts.keep(said)];
  const content = proseAmong(tree, entry, ['content', 'content:encoded', 'xhtml:body', 'xhtml:div', 'body']);
  if (content.text !== '') element['content'] = [texts.keep(content)];
  return element;
}

function proseAmong(tree: FeedTree, entry: FeedNode, names: readonly string[]): Prose {
  let other: Prose = NO_PROSE;
  for (const name of names) {
    for (const child of childrenOf(entry, name)) {
      const prose = proseOf(tree, child, name === 'description' || name === 'content:encoded' ? 'html' : 'text');
      if (prose.text === '') continue;
      // Several contents (Atom 0.3 allows it): markup says more than its plain twin.
      if (prose.kind === 'html') return prose;
      if (other.text === '') other = prose;
    }
    if (other.text !== '') return other;
  }
  return other;
}

function besideAtom(tree: FeedTree, entry: FeedNode, feedPeople: People): Beside {
  const source = childOf(entry, 'source');
  const sourceTitle = source === null ? null : childOf(source, 'title');
  const own = peopleOf(tree, entry);
  const fromSource = own.authors.length > 0 || source === null ? own : peopleOf(tree, source);
  const enclosures: Enclosure[] = [];
  addLinkedEnclosures(tree, entry, 'link', enclosures);
  addMedia(tree, entry, enclosures);
  const sourceName = sourceTitle === null ? '' : titleOf(tree, sourceTitle);
  return {
    published: firstDate(tree, entry, PUBLISHED),
    updated: firstDate(tree, entry, UPDATED),
    // RFC 4287, 4.1.2: an entry without an author has its source's, else the feed's.
    ...(fromSource.authors.length > 0 ? fromSource : feedPeople),
    categories: categoriesOf(tree, entry),
    enclosures,
    sourceName: sourceName === '' ? null : sourceName,
    sourceUrl:
      source === null ? null : (linkBy(tree, source, 'link', 'alternate') ?? linkBy(tree, source, 'link', 'self')),
    lang: languageOf(tree, entry, ['dc:language']) ?? childOf(entry, 'content')?.lang ?? entry.lang,
  };
}

type People = Pick<FeedEntry, 'byline' | 'authors'>;

function peopleOf(tree: FeedTree, node: FeedNode): People {
  const authors: string[] = [];
  let byline: string | null = null;
  for (const child of childrenOf(node, 'author')) {
    const name =
      child.children.length === 0 ? textOf(tree, child) : firstText(tree, child, ['name', 'email', 'uri', 'url']);
    addName(authors, personName(name));
    if (byline !== null || authors[0] === undefined) continue;
    // As RSS writes a name with an address.
    const mail = firstText(tree, child, ['email']);
    byline = mail === '' || mail === authors[0] ? authors[0] : `${authors[0]} (${mail})`;
  }
  for (const child of childrenOf(node, 'dc:creator')) addName(authors, personName(textOf(tree, child)));
  return { byline: byline ?? authors[0] ?? null, authors };
}

function categoriesOf(tree: FeedTree, entry: FeedNode): string[] {
  const names: string[] = [];
  for (const child of entry.children) {
    if (child.name !== 'category' && child.name !== 'dc:subject') continue;
    const term = attributeOf(tree, child, 'term') ?? '';
    addName(names, titleText(term === '' ? attributeOf(tree, child, 'label') || textOf(tree, child) : term));
  }
  return names;
}

/** An id is an IRI (RFC 4287, 4.2.6); one written as a path means an address in the xml:base that the feed declares. */
function idOf(tree: FeedTree, entry: FeedNode): string {
  for (const name of ['id', 'guid']) {
    for (const node of childrenOf(entry, name)) {
      const id = textOf(tree, node).trim().slice(0, 2_000);
      if (id === '') continue;
      const path = id.includes('/') && !/^[a-z][a-z0-9+.-]*:/i.test(id);
      return path && node.base !== tree.address ? (absolute(id, node.base) ?? id) : id;
    }
  }
  return '';
}

/** The entry's page. `self` is the entry's own feed document: only when nothing better is there. */
function linkOf(tree: FeedTree, root: FeedNode, entry: FeedNode, id: string): string | null {
  const original = firstText(tree, entry, ['feedburner:origlink']);
  const direct = absolute(original, entry.base) ?? linkBy(tree, entry, 'link', 'alternate');
  if (direct !== null) return direct;
  const content = childOf(entry, 'content');
  const src = content === null ? null : attributeOf(tree, content, 'src');
  const self = linkBy(tree, entry, 'link', 'self');
  const usable = self === linkBy(tree, root, 'link', 'self') ? null : self;
  return (
    (src === null ? null : absolute(src, content?.base ?? entry.base)) ??
    linkBy(tree, entry, 'link', 'related') ??
    linkBy(tree, entry, 'link', 'via') ??
    usable ??
    mediaPage(tree, entry) ??
    absolute(id, null)
  );
}
