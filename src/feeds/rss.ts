/**
 * RSS in all its versions (0.90 to 2.0, RDF, and CDF's `<CHANNEL HREF>`): what rss-parser needs to map it, and
 * beside it what rss-parser loses: xml:base, all enclosures, `<source url="https://reuters.example">Reuters</source>`.
 */
import { parseDate } from './dates.ts';
import { newest, NO_PROSE, type Enclosure, type FeedDocument, type FeedEntry, type Prose } from './document.ts';
import { absolute } from './links.ts';
import { attributeOf, textOf } from './node-text.ts';
import {
  addEnclosure,
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
} from './node-fields.ts';
import { addLinkedEnclosures, homed, linkBy } from './node-links.ts';
import { titleText } from './plain-text.ts';
import { mapRss, stringOr, textStore, type TextStore, type XmlElement } from './rss-parser-map.ts';
import type { FeedNode, FeedTree } from './tree.ts';

const PUBLISHED = [
  'pubdate',
  'dc:date',
  'atom:published',
  'atom:issued',
  'dcterms:issued',
  'dcterms:created',
  'dcterms:available',
  'dc:created',
  'atom:created',
  'published',
  'date',
  'prism:publicationdate',
];
const UPDATED = ['atom:updated', 'dcterms:modified', 'dc:date', 'lastbuilddate', 'updated', 'atom:modified'];
const TITLES = ['title', 'dc:title', 'atom:title', 'itunes:title'];

export function readRss(document: FeedTree, root: FeedNode): FeedDocument {
  const channel = root.name === 'channel' ? root : (childOf(root, 'channel') ?? root);
  const tree = homed(document, root, channel, ['link', 'atom:link']);
  // RSS 1.1 keeps its items in `<items>`.
  const boxes = [...childrenOf(root, 'channel'), root].flatMap((one) => [one, ...childrenOf(one, 'items')]);
  const named = (name: string): readonly FeedNode[] => boxes.flatMap((box) => childrenOf(box, name));
  const written = named('item');
  // Atom's name for them, by some who began with an Atom feed.
  const all = written.length > 0 ? written : named('entry');
  const last = all.at(-1);
  const kept =
    last === undefined || last.closed ? last : (completeEntry(last) ?? (all.length === 1 ? last : undefined));
  const whole = [...all.slice(0, -1), ...(kept === undefined ? [] : [kept])];
  const items = newest(whole, (item) => firstDate(tree, item, PUBLISHED));
  const texts = textStore<Prose>();
  const lang = languageOf(tree, channel, ['language', 'dc:language']) ?? channel.lang;
  const beside = items.map((item) => besideRss(tree, item, lang));
  const mapped = mapRss(
    channelElement(tree, channel, texts),
    items.map((item, at) => itemElement(tree, item, beside[at], texts)),
  );
  return {
    format: 'rss',
    title: stringOr(mapped.title, ''),
    link: stringOr(mapped.link, '') || null,
    description: texts.take(mapped.description) ?? NO_PROSE,
    lang,
    ttlMinutes: ttlOf(tree, channel, stringOr(mapped.ttl, '')),
    selfUrl: linkBy(tree, channel, 'atom:link', 'self') ?? linkBy(tree, root, 'atom:link', 'self'),
    total: all.length,
    warnings: [],
    entries: mapped.items.map((item, at): FeedEntry => {
      const own = beside[at];
      const description = texts.take(item.content) ?? NO_PROSE;
      const encoded = texts.take(item['content:encoded']) ?? NO_PROSE;
      return {
        id: stringOr(item.guid, '') || null,
        title: stringOr(item.title, ''),
        link: stringOr(item.link, '') || null,
        published: own?.published ?? null,
        updated: own?.updated ?? null,
        summary: description,
        content: encoded,
        byline: own?.byline ?? null,
        authors: own?.authors ?? [],
        categories: Array.isArray(item.categories) ? item.categories.filter((one) => typeof one === 'string') : [],
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
  'published' | 'updated' | 'byline' | 'authors' | 'enclosures' | 'sourceName' | 'sourceUrl' | 'lang'
>;

function channelElement(tree: FeedTree, channel: FeedNode, texts: TextStore<Prose>): XmlElement {
  const title = firstTitle(tree, channel, ['title', 'dc:title', 'atom:title', 'itunes:title']);
  const link = linkOf(tree, channel) ?? absolute(attributeOf(tree, channel, 'href') ?? '', channel.base);
  const description = proseAmong(tree, channel, DESCRIPTIONS);
  return fields({
    title,
    link,
    description: description.text === '' ? null : texts.keep(description),
    ttl: firstText(tree, channel, ['ttl']),
  });
}

const DESCRIPTIONS = [
  'description',
  'dc:description',
  'tagline',
  'subtitle',
  'itunes:summary',
  'itunes:subtitle',
  'atom:subtitle',
  'atom:tagline',
  'abstract',
];

function itemElement(tree: FeedTree, item: FeedNode, beside: Beside | undefined, texts: TextStore<Prose>): XmlElement {
  let summary = proseAmong(tree, item, SUMMARIES);
  if (summary.text === '') summary = mediaProse(tree, item);
  let body = proseAmong(tree, item, BODIES);
  if (body.text === '' && childOf(item, 'description') !== null) {
    // A description and a `<summary>`: whichever comes first is the short one.
    body = proseAmong(tree, item, ['summary']);
    const first = item.children.find(({ name }) => name === 'summary' || name === 'description');
    if (body.text !== '' && first?.name === 'summary') [summary, body] = [body, summary];
  }
  const enclosure = beside?.enclosures[0];
  // No date: rss-parser would only read again what stands beside.
  const element: Record<string, XmlElement[string]> = fields({
    title: firstTitle(tree, item, TITLES) || mediaTitle(tree, item),
    link:
      linkOf(tree, item) ??
      permalink(tree, item) ??
      absolute(attributeOf(tree, item, 'href') ?? '', item.base) ??
      mediaPage(tree, item),
    guid: guidOf(tree, item),
    'dc:creator': beside?.authors[0] ?? '',
  });
  element['category'] = categoriesOf(tree, item);
  if (summary.text !== '') element['description'] = [texts.keep(summary)];
  if (body.text !== '') element['content:encoded'] = [texts.keep(body)];
  if (enclosure !== undefined) element['enclosure'] = [{ $: { url: enclosure.url, type: enclosure.type ?? '' } }];
  return element;
}

const SUMMARIES = [
  'description',
  'dc:description',
  'abstract',
  'summary',
  'atom:summary',
  'dcterms:abstract',
  'itunes:summary',
  'googleplay:description',
  'itunes:subtitle',
];
const BODIES = ['content:encoded', 'xhtml:body', 'body', 'fullitem', 'atom:content', 'content', 'xhtml:div', 'encoded'];

function besideRss(tree: FeedTree, item: FeedNode, lang: string | null): Beside {
  const published = firstDate(tree, item, PUBLISHED) ?? cdfDate(tree, item);
  const source = childOf(item, 'source');
  const sourceName = source === null ? '' : titleText(textOf(tree, source));
  const enclosures: Enclosure[] = [];
  const original = absolute(firstText(tree, item, ['feedburner:origenclosurelink']), item.base);
  for (const enclosure of childrenOf(item, 'enclosure')) {
    const written = attributeOf(tree, enclosure, 'url') ?? attributeOf(tree, enclosure, 'href') ?? '';
    const url = original ?? absolute(written, enclosure.base);
    addEnclosure(enclosures, url, attributeOf(tree, enclosure, 'type'), attributeOf(tree, enclosure, 'length'));
  }
  addLinkedEnclosures(tree, item, 'atom:link', enclosures);
  addMedia(tree, item, enclosures);
  return {
    published,
    updated: firstDate(tree, item, UPDATED),
    byline: bylineOf(tree, item),
    authors: authorsOf(tree, item),
    enclosures,
    sourceName: sourceName === '' ? null : sourceName,
    sourceUrl: source === null ? null : absolute(attributeOf(tree, source, 'url') ?? '', source.base),
    lang: (languageOf(tree, item, ['dc:language', 'language']) ?? item.lang) || lang,
  };
}

function cdfDate(tree: FeedTree, item: FeedNode): number | null {
  const written = attributeOf(tree, item, 'lastmod');
  return written === null ? null : parseDate(written);
}

/** dc:creator before author: where both stand, author is usually an address. */
const PEOPLE = ['dc:creator', 'author', 'atom:author', 'itunes:author', 'googleplay:author', 'dc:author'];

function authorsOf(tree: FeedTree, item: FeedNode): string[] {
  const names: string[] = [];
  for (const wanted of PEOPLE) {
    for (const child of childrenOf(item, wanted)) addName(names, personName(personText(tree, child)));
    if (names.length > 0 && wanted !== 'dc:creator') break;
  }
  return names;
}

function bylineOf(tree: FeedTree, item: FeedNode): string | null {
  for (const wanted of PEOPLE) {
    for (const child of childrenOf(item, wanted)) {
      const text = personText(tree, child).trim().slice(0, 500);
      if (text !== '') return text;
    }
  }
  return null;
}

/** Text, or a box of Atom's: `<author><name>Ann</name></author>`. */
function personText(tree: FeedTree, person: FeedNode): string {
  const boxed = person.children.length > 0 ? firstText(tree, person, BOXED) : '';
  return boxed === '' ? textOf(tree, person) : boxed;
}

const BOXED = ['name', 'atom:name', 'email', 'atom:email'];

function categoriesOf(tree: FeedTree, item: FeedNode): string[] {
  const names: string[] = [];
  for (const child of [...item.children, ...childrenOf(item, 'media:group').flatMap((group) => group.children)]) {
    if (!CATEGORIES.has(child.name)) continue;
    const attribute = attributeOf(tree, child, 'term') ?? attributeOf(tree, child, 'text');
    // iTunes nests its categories, a narrower one in a wider one, and keeps their names in attributes.
    const isNested = child.name === 'itunes:category';
    const text = isNested ? '' : titleText(textOf(tree, child));
    addName(names, (text || (attribute ?? '')).trim());
    if (!isNested) continue;
    for (const inner of childrenOf(child, child.name)) addName(names, (attributeOf(tree, inner, 'text') ?? '').trim());
  }
  for (const word of firstText(tree, item, ['itunes:keywords', 'media:keywords']).slice(0, 5_000).split(',')) {
    addName(names, titleText(word));
  }
  return names;
}

const CATEGORIES: ReadonlySet<string> = new Set([
  'category',
  'dc:subject',
  'atom:category',
  'itunes:category',
  'media:category',
]);

/** The item's page: what FeedBurner wrapped, the first link that is one, or Atom's alternate. */
function linkOf(tree: FeedTree, node: FeedNode): string | null {
  return (
    linkBy(tree, node, 'feedburner:origlink', 'alternate') ??
    linkBy(tree, node, 'link', 'alternate') ??
    linkBy(tree, node, 'atom:link', 'alternate')
  );
}

function guidOf(tree: FeedTree, item: FeedNode): string {
  const guid =
    firstText(tree, item, ['guid', 'atom:id', 'id']) ||
    (attributeOf(tree, item, 'rdf:about') ?? attributeOf(tree, item, 'about') ?? '').trim() ||
    firstText(tree, item, ['dc:identifier']);
  return guid.slice(0, 2_000);
}

/** RSS 2.0: a guid is the item's address unless isPermaLink says "false". */
function permalink(tree: FeedTree, item: FeedNode): string | null {
  const guid = childOf(item, 'guid');
  const about = attributeOf(tree, item, 'rdf:about');
  if (guid === null) return about === null ? null : absolute(about, null);
  const said = (attributeOf(tree, guid, 'ispermalink') ?? '').trim().toLowerCase();
  return said === 'false' ? null : absolute(textOf(tree, guid), said === 'true' ? guid.base : null);
}

function proseAmong(tree: FeedTree, item: FeedNode, names: readonly string[]): Prose {
  for (const name of names) {
    for (const child of item.children) {
      if (child.name !== name) continue;
      const prose = proseOf(tree, child, 'html');
      if (prose.text !== '') return prose;
    }
  }
  return NO_PROSE;
}

const PERIODS: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 1_440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};

function ttlOf(tree: FeedTree, channel: FeedNode, ttl: string): number | null {
  const minutes = Number.parseInt(ttl, 10);
  if (Number.isFinite(minutes) && minutes > 0) return minutes;
  const period = PERIODS[firstText(tree, channel, ['sy:updateperiod']).toLowerCase()];
  if (period === undefined) return null;
  const frequency = Number.parseInt(firstText(tree, channel, ['sy:updatefrequency']), 10);
  return Math.round(period / (frequency > 0 ? frequency : 1));
}

function fields(values: Readonly<Record<string, string | null>>): Record<string, XmlElement[string]> {
  const element: Record<string, readonly string[]> = {};
  for (const name in values) {
    const value = values[name];
    if (value !== null && value !== undefined && value !== '') element[name] = [value];
  }
  return element;
}
