import { describe, expect, it } from 'vitest';
import { readFeed } from '../../src/feeds/read.ts';
import { ADDRESS, atom, item, NOW, only, read, rss } from './documents.ts';

describe('an item of a feed', () => {
  it('becomes plain strings, an absolute link and a real date', () => {
    const feed = read(
      rss(
        `<item><title>R&amp;D: <![CDATA[V4 on <b>Ascend</b>]]></title><link>/2026/v4?a=1&b=2</link><guid>https://wire.test/p/9</guid>
        <pubDate>Fri, 03 Apr 2026 18:30:00 +0800</pubDate><dc:creator>Reuters</dc:creator><category>chips</category><category domain="x">AI</category>
        <description>&lt;p&gt;One &lt;b&gt;two&lt;/b&gt;&lt;/p&gt;&lt;p&gt;it&amp;rsquo;s three&lt;/p&gt;</description>
        <content:encoded><![CDATA[<p>The whole story, which says more.</p><script>alert(1)</script>]]></content:encoded>
        <source url="https://www.reuters.com/">Reuters</source><enclosure url="a.mp3" type="audio/mpeg" length="1"/></item>`,
        '<ttl>30</ttl><language>en</language><atom:link rel="self" href="https://wire.test/self.xml"/>',
      ),
    );
    expect(feed).toMatchObject({
      title: 'Wire',
      lang: 'en',
      ttlMinutes: 30,
      selfUrl: 'https://wire.test/self.xml',
      siteUrl: 'https://wire.test/',
      warnings: [],
      skipped: [],
    });
    expect(feed.items).toEqual([
      {
        guid: 'https://wire.test/p/9',
        url: 'https://wire.test/2026/v4?a=1&b=2',
        title: 'R&D: V4 on Ascend',
        summary: 'One two\nit’s three',
        body: 'The whole story, which says more.',
        published: Date.UTC(2026, 3, 3, 10, 30),
        authors: ['Reuters'],
        sourceName: 'Reuters',
        sourceUrl: 'https://www.reuters.com/',
        categories: ['chips', 'AI'],
        enclosures: [{ url: 'https://wire.test/feeds/a.mp3', type: 'audio/mpeg' }],
        lang: 'en',
      },
    ]);
  });

  it.each(['application/octet-stream', 'text/plain', 'text/html; charset=utf-8', 'application/json', ''])(
    'is read whatever type the server claims: %j',
    (type) => {
      const document = rss('<item><title>V4 on Ascend</title><link>/1</link></item>');
      expect(only(document, type)).toMatchObject({ title: 'V4 on Ascend', url: 'https://wire.test/1' });
    },
  );

  it('of Atom keeps XHTML in document order and takes the alternate link, not the feed itself', () => {
    const entry = only(
      atom(`<entry xml:base="https://cdn.test/x/"><id>tag:w,1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">one <b>two</b> three</div></title>
        <link rel="self" href="${ADDRESS}"/><link href="story"/><link rel="enclosure" href="/v.mp4" type="video/mp4"/><updated>2026-04-03T10:00:00Z</updated>
        <author><name>Ann Lee</name></author><category term="chips" label="Chips"/><source><title>Reuters</title><link href="https://reuters.test/"/></source>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">one <i>two</i> three &amp; four</div></content></entry>`),
    );
    expect(entry).toMatchObject({
      guid: 'tag:w,1',
      title: 'one two three',
      url: 'https://cdn.test/x/story',
      body: 'one two three & four',
      published: Date.UTC(2026, 3, 3, 10),
      authors: ['Ann Lee'],
      categories: ['chips'],
      enclosures: [{ url: 'https://cdn.test/v.mp4', type: 'video/mp4' }],
      sourceName: 'Reuters',
      sourceUrl: 'https://reuters.test/',
    });
  });

  it('of JSON Feed is read directly, numbers and all', () => {
    const feed = read(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1',
        title: 'Wire',
        items: [
          {
            id: 42,
            url: '/a',
            title: 'V4 &amp; Ascend',
            content_html: '<p>x</p>',
            date_published: '2026-04-03T10:00:00Z',
            author: { name: 'Ann' },
            tags: ['k'],
          },
          null,
          7,
        ],
      }),
      'application/json',
    );
    expect(feed.items).toMatchObject([
      { guid: '42', url: 'https://wire.test/a', title: 'V4 & Ascend', body: 'x', authors: ['Ann'], categories: ['k'] },
    ]);
  });

  it('of JSON Feed is believed without a version when the server says what it is', () => {
    const feed = JSON.stringify({
      author: { url: 'mailto:ann@wire.test?subject=feed' },
      items: [{ id: 1, title: 'a' }],
    });
    expect(only(feed, 'application/feed+json; charset=utf-8')).toMatchObject({ guid: '1', authors: ['ann@wire.test'] });
    expect(() => only(feed, 'application/json')).toThrow('not a feed');
  });

  it('without a title gets its first words, without anything is skipped and said so', () => {
    const feed = read(
      rss(
        '<item><description>Chips went up today.</description></item><item/><item><link>https://wire.test/2</link></item>',
      ),
    );
    expect(feed.items.map((one) => one.title)).toEqual(['Chips went up today.']);
    expect(feed.skipped).toEqual([
      { index: 1, why: 'it is empty' },
      { index: 2, why: 'it has neither a title nor a text' },
    ]);
  });
});

describe('links', () => {
  it.each([
    ['a guid that is a permalink', '<guid>https://wire.test/p/1</guid>', 'https://wire.test/p/1'],
    ['no guid that says it is none', '<guid isPermaLink="false">https://wire.test/p/1</guid>', null],
    ['no script', '<link>javascript:alert(1)</link>', null],
    ['no other scheme', '<link>ftp://wire.test/x</link>', null],
    [
      'the page behind a FeedBurner address',
      '<link>https://feedproxy.test/~r/1</link><feedburner:origLink xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">https://wire.test/real</feedburner:origLink>',
      'https://wire.test/real',
    ],
    [
      'a link wrapped in CDATA and line breaks',
      '<link>\n <![CDATA[ https://wire.test/a?x=1&y=2 ]]>\n</link>',
      'https://wire.test/a?x=1&y=2',
    ],
    [
      'the first usable one of several',
      '<link></link><link>mailto:a@b.test</link><link>https://wire.test/b</link>',
      'https://wire.test/b',
    ],
  ])('%s', (_name, inside, url) => {
    expect(only(rss(`<item><title>T</title>${inside}</item>`)).url).toBe(url);
  });
});

describe('dates', () => {
  it.each([
    ['2999-01-01T00:00:00Z', null],
    ['1970-01-01T00:00:00Z', null],
    ['Mon, 99 Foo', null],
    ['Sat, 04 Apr 2026 12:05:00 GMT', NOW],
    ['Sat, 04 Apr 2026 11:05:00 GMT', Date.UTC(2026, 3, 4, 11, 5)],
  ])('%s is never ahead of the fetch and never before there were feeds', (written, expected) => {
    expect(only(rss(item(`<pubDate>${written}</pubDate>`))).published).toBe(expected);
  });

  it('that cannot be are told', () => {
    expect(read(rss(item('<pubDate>2999-01-01T00:00:00Z</pubDate>'))).warnings).toEqual([
      '"Scoop" is dated 2999: its first sighting counts instead',
    ]);
  });

  it('of one entry that nobody can read cost that entry nothing else', () => {
    const feed = read(
      atom(
        '<entry><id>1</id><title>A</title><published>sometime</published></entry><entry><id>2</id><title>B</title><link/></entry>',
      ),
    );
    expect(feed.items.map((one) => [one.title, one.published])).toEqual([
      ['A', null],
      ['B', null],
    ]);
  });
});

describe('a document that is not well-formed', () => {
  it.each([
    ['a PHP notice before it', `<br />\n<b>Notice</b>: undefined in /x.php on line 3<br />\n${rss(item(''))}`],
    ['two declarations', `<?xml version="1.0"?>\n${rss(item(''))}`],
    ['a declaration nobody closed', `<?xml version="1.0">${rss(item('')).slice(21)}`],
    ['upper case throughout', rss(item('')).toUpperCase().replace('SCOOP', 'Scoop').replace('W-1', 'w-1')],
    ['no </channel>', rss(item('')).replace('</channel>', '')],
    ['no </item>', rss(item('')).replace('</item>', '')],
    ['no </title>', rss(item('')).replace('Scoop</title>', 'Scoop')],
    ['tags of HTML left open in the text', rss(item('<description><p>one<br>two<div></description>'))],
    ['text after the end', `${rss(item(''))}served in 0.2 s <html>`],
    ['a prefix nobody declared', rss(item('<foo:bar>1</foo:bar>'))],
    [
      'items beside the channel',
      '<rss><channel><title>Wire</title></channel><item><title>Scoop</title><guid isPermaLink="false">w-1</guid></item></rss>',
    ],
  ])('%s is read all the same', (_name, document) => {
    expect(only(document)).toMatchObject({ title: 'Scoop', guid: 'w-1' });
  });

  it('starts a new item where the end of the last one was forgotten', () => {
    const feed = read(
      '<rss><channel><item><title>One</title><guid>1</guid><item><title>Two</title><guid>2</guid></channel></rss>',
    );
    expect(feed.items.map((one) => [one.title, one.guid])).toEqual([
      ['One', '1'],
      ['Two', '2'],
    ]);
  });

  it('cut off in the middle gives its complete items and says so', () => {
    const whole = rss(
      item('<description>first</description>') +
        item('<description>second</description>', 'Second').replaceAll('w-1', 'w-2'),
    );
    const cut = read(whole.slice(0, whole.indexOf('Second') + 3));
    expect(cut.items.map((one) => one.title)).toEqual(['Scoop']);
    expect(cut.warnings).toContain('the document ends in the middle: its complete entries were kept');
    const later = read(whole.slice(0, whole.indexOf('second') + 3));
    expect(later.items.map((one) => [one.title, one.summary])).toEqual([
      ['Scoop', 'first'],
      ['Second', ''],
    ]);
  });

  it('may name entities of its own, but none that reach outside or grow', () => {
    const own = (declared: string): string => only(`<!DOCTYPE rss [${declared}]>${rss(item('', '&co; chip'))}`).title;
    expect(own('<!ENTITY co "Huawei">')).toBe('Huawei chip');
    expect(own('<!ENTITY co SYSTEM "file:///etc/hostname">')).toBe('&co; chip');
    expect(own('<!ENTITY lol "lol"><!ENTITY co "&lol;&lol;">')).toBe('&co; chip');
  });
});

describe('what is no feed', () => {
  const failure = (document: string | Uint8Array): string => {
    const result = readFeed(typeof document === 'string' ? Buffer.from(document) : document, {
      contentType: 'text/xml',
      url: ADDRESS,
      fetchedAt: NOW,
    });
    return result.ok ? `read ${result.feed.items.length}` : `${result.kind}: ${result.message}`;
  };
  it.each([
    ['', 'empty: the server sent an empty document'],
    ['  \n ', 'empty: the server sent an empty document'],
    [
      '<!DOCTYPE html><html><body>Sign in</body></html>',
      'not-a-feed: the server sent a web page, not a feed (a login, consent or error page?)',
    ],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'not-a-feed: the server sent <svg>, which is not a feed'],
    ['Not Found', 'not-a-feed: the server sent something that is not a feed'],
    ['{"error":"rate limited"}', 'not-a-feed: the server sent something that is not a feed'],
    ['{"items":[{"name":"x"}]}', 'not-a-feed: the server sent something that is not a feed'],
  ])('%j is refused in words', (document, message) => {
    expect(failure(document)).toBe(message);
  });
});

describe('a feed with more entries than we keep', () => {
  it('gives its newest 2,000 in its own order', () => {
    const at = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 60_000).toUTCString();
    const items = Array.from(
      { length: 2_500 },
      (_, n) => `<item><title>T${n}</title><pubDate>${at(n)}</pubDate></item>`,
    ).join('');
    const feed = read(rss(items));
    expect(feed.items).toHaveLength(2_000);
    expect([feed.items[0]?.title, feed.items.at(-1)?.title]).toEqual(['T500', 'T2499']);
    expect(feed.warnings).toEqual(['2500 entries: 500 older or incomplete ones were left out']);
  });
});
