import { describe, expect, it } from 'vitest';
import { atom, only, read, rss } from './documents.ts';

const ns = (prefix: string, address: string): string => ` xmlns:${prefix}="${address}"`;

describe('what publishers write', () => {
  it.each([
    ['an address alone is a name', 'ann@wire.test', 'ann@wire.test'],
    ['name, then address', 'Ann Lee ann@wire.test', 'Ann Lee'],
    ['name, then address in brackets', 'Ann Lee(ann@wire.test)', 'Ann Lee'],
    ['a link for a byline', 'by <a href="/ann">Ann Lee</a>', 'by Ann Lee'],
    ['address, then name in square brackets', 'ann@wire.test [Ann Lee]', 'Ann Lee'],
    ['a page beside the name', 'Ann Lee (https://wire.test/ann)', 'Ann Lee'],
    ['an address within the name', 'Ann ann@wire.test Lee', 'Ann Lee'],
    ['two addresses', 'Ann Lee (ann@wire.test) (lee@wire.test)', 'Ann Lee'],
    ['two people in one', 'Ann (ann@wire.test), Bo (bo@wire.test)', 'Ann, Bo'],
    ['brackets that hold no address', 'Ann Lee (Managing Editor)', 'Ann Lee (Managing Editor)'],
    ['an address to click', '&lt;mailto:ann@wire.test&gt;', 'ann@wire.test'],
  ])('of an author: %s', (_case, written, name) => {
    expect(only(rss(`<item><title>a</title><author>${written}</author></item>`)).authors).toEqual([name]);
  });

  it('of an Atom author with an address and no name is the address', () => {
    const entry = '<entry><title>a</title><author><name/><email>ann@wire.test</email></author></entry>';
    expect(only(atom(entry)).authors).toEqual(['ann@wire.test']);
  });

  it('of escaped HTML inside a div is the HTML, and two divs stay two', () => {
    const content = (inner: string): string =>
      only(atom(`<entry><title>a</title><content type="html">${inner}</content></entry>`)).body;
    expect(
      content('<div xmlns="http://www.w3.org/1999/xhtml">&lt;p&gt;one&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;</div>'),
    ).toBe('one\ntwo');
    expect(content('<div>one</div><div>two</div>')).toBe('one\ntwo');
  });

  it('as an id like a path means an address only where the feed declares a base for it', () => {
    const feed = (base: string): string =>
      `<feed xmlns="http://www.w3.org/2005/Atom"${base}><entry><id>2026/v4</id><title>a</title></entry></feed>`;
    expect(only(feed(' xml:base="https://wire.test/a/"')).guid).toBe('https://wire.test/a/2026/v4');
    expect(only(feed('')).guid).toBe('2026/v4');
  });

  it('as a language ends before a misspelt end tag', () => {
    expect(read(rss('<item><title>a</title></item>', '<language>en-us</langauge>')).lang).toBe('en-us');
  });

  it('as a category stands in text, in attributes and inside a media group', () => {
    const item = only(
      rss(
        `<item${ns('itunes', 'http://www.itunes.com/dtds/podcast-1.0.dtd')}${ns('media', 'http://search.yahoo.com/mrss/')}><title>a</title>
         <itunes:category text="Technology"><itunes:category text="Chips"/></itunes:category>
         <media:group><media:category>Ascend</media:category></media:group></item>`,
      ),
    );
    expect(item.categories).toEqual(['Technology', 'Chips', 'Ascend']);
  });

  it('as a keyword is a category too', () => {
    const itunes = ns('itunes', 'http://www.itunes.com/dtds/podcast-1.0.dtd');
    const words = '<category>AI</category><itunes:keywords>chips, export</itunes:keywords>';
    expect(only(rss(`<item${itunes}><title>a</title>${words}</item>`)).categories).toEqual(['AI', 'chips', 'export']);
  });

  it('as a Dublin Core identifier is the identity where nothing else is', () => {
    const dc = ns('dc', 'http://purl.org/dc/elements/1.1/');
    const guid = (inside: string): string | null =>
      only(rss(`<item${dc}><title>a</title><dc:identifier>doi:1</dc:identifier>${inside}</item>`)).guid;
    expect(guid('')).toBe('doi:1');
    expect(guid('<guid>g</guid>')).toBe('g');
  });

  it('as a file behind a counting redirect is the file', () => {
    const item = only(
      rss(
        `<item${ns('feedburner', 'http://rssnamespace.org/feedburner/ext/1.0')}><title>a</title><enclosure url="https://count.test/1" type="audio/mpeg"/>
         <feedburner:origEnclosureLink>https://wire.test/1.mp3</feedburner:origEnclosureLink></item>`,
      ),
    );
    expect(item.enclosures).toEqual([{ url: 'https://wire.test/1.mp3', type: 'audio/mpeg' }]);
  });
});

describe('an item', () => {
  const text = (document: string): string => only(document).summary;

  it.each([
    ['in the list of RSS 1.1', '<Channel><items><item><description>d</description></item></items></Channel>'],
    ['of RSS by the name of Atom', '<rss><channel><entry><summary>d</summary></entry></channel></rss>'],
    ['of Atom by the name of RSS', '<feed><item><summary>d</summary></item></feed>'],
    [
      'of Google Play',
      rss(`<item><g:description>d</g:description></item>`).replace(
        '<rss',
        `<rss${ns('g', 'http://www.google.com/schemas/play-podcasts/1.0')}`,
      ),
    ],
  ])('%s', (_case, document) => {
    expect(text(document)).toBe('d');
  });

  it.each(['entry', 'a:entry'])('of Atom by itself is a feed of one: <%s>', (name) => {
    const prefix = name.replace('entry', '');
    const inside = `<${prefix}title>a</${prefix}title><${prefix}link href="/a"/>`;
    const declared = ns(prefix === '' ? 'x' : 'a', 'http://www.w3.org/2005/Atom').replace(':x=', '=');
    const document = `<?xml version="1.0"?><${name}${declared}>${inside}</${name}>`;
    expect(only(document)).toMatchObject({ title: 'a', url: 'https://wire.test/a' });
    expect(() => read(document.replace(declared, ''))).toThrow('not a feed');
  });

  it('is not ended by an empty item inside it', () => {
    const document = rss(
      `<item${ns('f', 'http://rssnamespace.org/feedburner/ext/1.0')}><title>a</title><item /><f:origLink>https://wire.test/a</f:origLink></item>`,
    );
    expect(only(document).url).toBe('https://wire.test/a');
  });

  it.each([
    ['of a journal, its issue', `p:publicationDate${ns('p', 'http://prismstandard.org/namespaces/basic/2.0/')}`],
    ['of Atom 0.3 as a guest, its issue', `a:issued${ns('a', 'http://purl.org/atom/ns#')}`],
    ['of Atom 0.3 as a guest, its making', `a:created${ns('a', 'http://purl.org/atom/ns#')}`],
  ])('has the date %s', (_case, tag) => {
    const date = `<${tag}>2026-04-01</${tag.split(' ')[0]}>`;
    expect(only(rss(`<item><title>a</title>${date}</item>`)).published).toBe(Date.UTC(2026, 3, 1));
  });

  it('of video has its words and its page in its media group', () => {
    const group = `<media:group${ns('media', 'http://search.yahoo.com/mrss/')}><media:content url="/v">
      <media:title>Fab &amp;amp; lab</media:title><media:description type="html">&lt;p&gt;one&lt;/p&gt;two</media:description>
      <media:player url="/play"/></media:content></media:group>`;
    const words = { title: 'Fab & lab', summary: 'one\ntwo', url: 'https://wire.test/play' };
    expect(only(rss(`<item>${group}</item>`))).toMatchObject(words);
    expect(only(atom(`<entry>${group}</entry>`))).toMatchObject(words);
  });

  it('of RSS with a summary and a description has the longer second as its text', () => {
    const [short, long] = ['<summary>short</summary>', '<description>quite long</description>'];
    const want = { summary: 'short', body: 'quite long' };
    expect(only(rss(`<item><title>a</title>${short}${long}</item>`))).toMatchObject(want);
    expect(only(rss(`<item><title>a</title>${long}${short}</item>`))).toMatchObject({
      summary: 'quite long',
      body: '',
    });
  });

  it('of Atom is by its author before its Dublin Core creator', () => {
    const creator = `<dc:creator${ns('dc', 'http://purl.org/dc/elements/1.1/')}>Bo</dc:creator>`;
    const entry = `<entry><title>a</title>${creator}<author><name>Ann</name></author></entry>`;
    expect(only(atom(entry)).authors).toEqual(['Ann', 'Bo']);
  });
});

describe('a relative link', () => {
  const elsewhere = (document: string): string | null =>
    read(document, null, 'https://feeds.cdn.test/all/rss.xml').items[0]?.url ?? null;

  it.each([
    ['RSS', rss('<item><title>a</title><link>/a</link></item>')],
    [
      'RSS, by the address the feed gives for itself',
      rss('<item><title>a</title><link>/a</link></item>').replace(
        '<link>https://wire.test/</link>',
        `<atom:link${ns('atom', 'http://www.w3.org/2005/Atom')} rel="self" href="https://wire.test/all"/><link>/</link>`,
      ),
    ],
    ['Atom', atom('<entry><title>a</title><link href="a"/></entry>')],
    [
      'JSON',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        home_page_url: 'https://wire.test/',
        items: [{ id: 1, url: 'a', content_text: 'a' }],
      }),
    ],
  ])('leads to the site when the feed lives on another host: %s', (_case, document) => {
    expect(elsewhere(document)).toBe('https://wire.test/a');
  });

  it('leads to the feed’s own host when that is the site’s', () => {
    const document = rss('<item><title>a</title><link>a</link></item>');
    expect(read(document, null, 'https://www.wire.test/feeds/rss').items[0]?.url).toBe('https://www.wire.test/feeds/a');
  });

  it('has no base in a fragment', () => {
    const document = atom('<entry xml:base="#top"><title>a</title><link href="/a"/></entry>');
    expect(elsewhere(document)).toBe('https://wire.test/a');
  });

  it('in a channel of CDF starts at its BASE', () => {
    const document = '<CHANNEL BASE="https://wire.test/"><ITEM HREF="a"><TITLE>a</TITLE></ITEM></CHANNEL>';
    expect(elsewhere(document)).toBe('https://wire.test/a');
  });
});

describe('the page of an entry', () => {
  it.each([
    [
      'an HTML alternate before a feed',
      '<link href="/feed" type="application/atom+xml"/><link href="/a" type="text/html"/>',
    ],
    ['a relation with its full name', '<link rel="http://www.iana.org/assignments/relation/alternate" href="/a"/>'],
    ['a link in the text', '<link rel="alternate">https://wire.test/a</link>'],
    ['not what hangs on it', '<link rel="enclosure" href="/a.mp3"/><link rel="replies" href="/r"/><link href="/a"/>'],
  ])('is the same in Atom and where Atom is a guest in RSS: %s', (_case, links) => {
    expect(only(atom(`<entry><title>a</title>${links}</entry>`)).url).toBe('https://wire.test/a');
    const guest = links.replaceAll('<link', '<atom:link').replaceAll('</link', '</atom:link');
    expect(only(rss(`<item><title>a</title>${guest}</item>`)).url).toBe('https://wire.test/a');
  });
});
