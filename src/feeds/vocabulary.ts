/**
 * The words of the feed dialects: which namespace goes by which prefix (`http://purl.org/dc/elements/1.1/` is
 * `dc:` whatever a feed calls it), which elements hold text that may carry markup, and which start tag ends
 * which forgotten element.
 */

const NAMESPACES: readonly (readonly [prefix: string, ...addresses: string[]])[] = [
  [
    '',
    'http://backend.userland.com/rss',
    'http://backend.userland.com/rss2',
    'http://backend.userland.com/rss091',
    'http://blogs.law.harvard.edu/tech/rss',
    'http://cyber.law.harvard.edu/rss',
    'http://cyber.law.harvard.edu/rss/rss.html',
    'http://purl.org/rss/1.0/',
    'http://purl.org/net/rss1.1#',
    'http://my.netscape.com/rdf/simple/0.9/',
    'http://channel.netscape.com/rdf/simple/0.9/',
    'http://my.netscape.com/publish/formats/rss-0.91.dtd',
    'http://purl.org/rss/1.0/modules/rss091#',
    'http://example.com/newformat#',
  ],
  [
    'atom',
    'http://www.w3.org/2005/atom',
    'http://purl.org/atom/ns#',
    'http://example.com/necho',
    'http://purl.org/echo/',
    'http://purl.org/pie/',
    'uri/of/echo/namespace#',
  ],
  ['content', 'http://purl.org/rss/1.0/modules/content/'],
  ['dc', 'http://purl.org/dc/elements/1.1/', 'http://purl.org/dc/elements/1.0/'],
  ['dcterms', 'http://purl.org/dc/terms/'],
  ['media', 'http://search.yahoo.com/mrss/', 'http://search.yahoo.com/mrss', 'http://video.search.yahoo.com/mrss'],
  [
    'itunes',
    'http://www.itunes.com/dtds/podcast-1.0.dtd',
    'http://example.com/dtds/podcast-1.0.dtd',
    'http://www.itunes.com/dtds/podcast-1.0.dtd/',
  ],
  ['feedburner', 'http://rssnamespace.org/feedburner/ext/1.0'],
  ['sy', 'http://purl.org/rss/1.0/modules/syndication/'],
  ['slash', 'http://purl.org/rss/1.0/modules/slash/'],
  ['wfw', 'http://wellformedweb.org/commentapi/'],
  ['xhtml', 'http://www.w3.org/1999/xhtml'],
  ['rdf', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'],
  ['thr', 'http://purl.org/syndication/thread/1.0'],
  ['prism', 'http://purl.org/rss/1.0/modules/prism/', 'http://prismstandard.org/namespaces/basic/2.0/'],
  ['googleplay', 'http://www.google.com/schemas/play-podcasts/1.0'],
];

const PREFIXES: ReadonlyMap<string, string> = new Map(
  NAMESPACES.flatMap(([prefix, ...addresses]) => addresses.map((address) => [address, prefix] as const)),
);

/** '' for the plain RSS vocabularies, `?` for an address nobody knows (then the written prefix counts). */
export function canonicalPrefix(address: string): string {
  const key = address
    .trim()
    .toLowerCase()
    .replace(/^https:/, 'http:');
  return PREFIXES.get(key) ?? '?';
}

const TEXT_FIELDS: ReadonlySet<string> = new Set([
  'title',
  'description',
  'content',
  'summary',
  'subtitle',
  'tagline',
  'info',
  'abstract',
  'rights',
  'copyright',
  'body',
  'fullitem',
  'content:encoded',
  'xhtml:body',
  'xhtml:div',
  'dc:title',
  'dc:description',
  'dcterms:abstract',
  'media:title',
  'media:description',
  'itunes:summary',
  'itunes:subtitle',
  'googleplay:description',
  'atom:title',
  'atom:content',
  'atom:summary',
  'atom:subtitle',
]);

export function isTextField(name: string): boolean {
  return TEXT_FIELDS.has(name);
}

/** Elements that hold a word or an address and never another field. */
const LEAVES: ReadonlySet<string> = new Set([
  'title',
  'link',
  'guid',
  'id',
  'pubdate',
  'published',
  'updated',
  'author',
  'category',
  'comments',
  'source',
  'dc:creator',
  'dc:date',
  'dc:title',
  'dc:subject',
]);
const FIELDS: ReadonlySet<string> = new Set([
  'title',
  'link',
  'guid',
  'id',
  'pubdate',
  'published',
  'updated',
  'author',
  'category',
  'comments',
  'description',
  'summary',
  'content',
  'enclosure',
  'source',
  'content:encoded',
  'dc:creator',
  'dc:date',
  'dc:subject',
  'media:content',
  'media:thumbnail',
]);
/** What an unclosed description can run into: no HTML has these. */
const AFTER_TEXT: ReadonlySet<string> = new Set(['guid', 'pubdate', 'content:encoded', 'dc:date', 'dc:creator']);

/** Is `open` a field that a forgotten end tag let into the field `inside`? (`<title>A <link>..` has two.) */
export function impliesEndOf(inside: string, open: string): boolean {
  // An Atom author or source is a box with fields of its own; a title or link among them is at home there.
  if (inside === 'author' || inside === 'source')
    return open === 'pubdate' || open === 'guid' || open === 'description';
  if (LEAVES.has(inside)) return FIELDS.has(open);
  return isTextField(inside) && AFTER_TEXT.has(open);
}
