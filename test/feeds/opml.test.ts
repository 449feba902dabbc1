import { describe, expect, it } from 'vitest';
import { readOpml, writeOpml } from '../../src/feeds/opml.ts';

const list = (body: string): Buffer =>
  Buffer.from(`<?xml version="1.0"?>\n<opml version="1.0">\n<body>\n${body}\n</body></opml>`);

describe('a list of another reader', () => {
  it('is read with its folders, whatever case its attributes are in', () => {
    const { feeds, problems } = readOpml(
      list(`<outline text="Tech"><outline text="Chips"><outline type="rss" text="Wire &amp; more" xmlUrl="https://wire.test/rss?a=1&amp;b=2"/></outline>
<outline title="Blog" XMLURL="feed://blog.test/atom"></outline></outline>
<outline type="rss" xmlUrl="https://plain.test/"/>`),
      [],
    );
    expect(problems).toEqual([]);
    expect(feeds).toEqual([
      { line: 4, url: 'https://wire.test/rss?a=1&b=2', title: 'Wire & more', folders: ['Tech', 'Chips'] },
      { line: 5, url: 'http://blog.test/atom', title: 'Blog', folders: ['Tech'] },
      { line: 6, url: 'https://plain.test/', title: 'plain.test', folders: [] },
    ]);
  });

  it('has every outline accounted for, by line', () => {
    const { feeds, problems } = readOpml(
      list(`<outline type="rss" text="One" xmlUrl="https://one.test/"/>
<outline type="rss" text="Same" xmlUrl="https://ONE.test:443"/>
<outline type="rss" text="Inside" xmlUrl="http://127.0.0.1:6379/"/>
<outline type="rss" text="File" xmlUrl="file:///etc/passwd"/>
<outline type="rss" text="Nothing"/>`),
      [],
    );
    expect(feeds.map((feed) => feed.title)).toEqual(['One']);
    expect(problems).toEqual([
      { line: 5, why: '"Same" is the same feed as in line 4' },
      { line: 6, why: '"Inside": port 6379 is not one that feeds are served on (80, 443, 8080, 8443)' },
      { line: 7, why: '"File": only http and https addresses are fetched, not file:' },
      { line: 8, why: '"Nothing" has no xmlUrl' },
    ]);
  });

  it('that is none, too large or too long is said to be', () => {
    expect(readOpml(Buffer.from('<html>'), []).problems).toEqual([{ line: 1, why: 'the file is not OPML' }]);
    expect(readOpml(Buffer.alloc(9_000_000), []).problems).toEqual([{ line: 1, why: 'the file is larger than 8 MB' }]);
    const long = readOpml(
      list(Array.from({ length: 6_000 }, (_, n) => `<outline xmlUrl="https://f.test/${n}"/>`).join('\n')),
      [],
    );
    expect([long.feeds.length, long.problems]).toEqual([
      5_000,
      [{ line: 5_004, why: 'more than 5000 outlines: the rest of the file was not read' }],
    ]);
  });

  it('may nest as deep as it likes', () => {
    expect(
      readOpml(list(`${'<outline text="a">'.repeat(50_000)}<outline xmlUrl="https://deep.test/"/>`), []).feeds,
    ).toHaveLength(1);
  });

  it('written by us is read by us', () => {
    const feeds = [
      { url: 'https://wire.test/rss?a=1&b="2"', title: 'Wire <& "more">' },
      { url: 'https://zh.test/', title: '深度求索' },
    ];
    const { feeds: read, problems } = readOpml(Buffer.from(writeOpml('mine', feeds)), []);
    expect(problems).toEqual([]);
    expect(read.map(({ url, title }) => ({ url, title }))).toEqual([
      { url: 'https://wire.test/rss?a=1&b=%222%22', title: 'Wire <& "more">' },
      feeds[1],
    ]);
  });
});
