/**
 * Documents that are made to hurt, and bytes that are made of nothing. The rule: never a throw, never more than a
 * second, never more than 100 MB (a thread with a hard limit, so that the limit is the test).
 */
import { array, assert, constantFrom, oneof, property, string, tuple, uint8Array } from 'fast-check';
import { existsSync, statSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { readFeed } from '../../src/feeds/read.ts';
import { openReader, type Reader } from '../../src/feeds/reader.ts';
import { ADDRESS, NOW, rss } from './documents.ts';

const item = (inside: string): string => rss(`<item><title>Scoop</title>${inside}</item>`);
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;
const HINT = { contentType: null, url: ADDRESS, fetchedAt: NOW };

const HOSTILE: readonly (readonly [name: string, document: () => string | Buffer])[] = [
  ['400 kB of unclosed &lt;p', () => item(`<description>${'&lt;p'.repeat(100_000)}</description>`)],
  ['400 kB of a<div in CDATA', () => item(`<description><![CDATA[${'a<div'.repeat(80_000)}]]></description>`)],
  ['100,000 nested elements', () => item('<a>'.repeat(100_000) + '</a>'.repeat(100_000))],
  ['100,000 nested tags in a text', () => item(`<description>${'<a>'.repeat(100_000)}</description>`)],
  [
    '100,000 nested tags in escaped HTML',
    () => item(`<description><![CDATA[${'<div>'.repeat(100_000)}]]></description>`),
  ],
  ['100,000 attributes', () => item(`<x ${Array.from({ length: 100_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`)],
  ['a 20 MB attribute', () => item(`<enclosure url="${'x'.repeat(20_000_000)}"/>`)],
  [
    '50 MB of items',
    () =>
      rss(
        `<item><title>Item</title><link>https://wire.test/1</link><description>${'word '.repeat(200)}</description></item>`.repeat(
          46_000,
        ),
      ),
  ],
  ['7 million empty items', () => rss('<item/>'.repeat(7_000_000))],
  [
    'a billion laughs',
    () =>
      `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 10 }, (_, n) => `<!ENTITY a${n} "${`&a${n === 0 ? '' : n - 1};`.repeat(10)}">`).join('')}]>${item('<description>&a9;</description>')}`,
  ],
  [
    'one long entity a million times',
    () =>
      `<!DOCTYPE l [<!ENTITY a "${'x'.repeat(190)}">]>${item(`<description>${'&a;'.repeat(2_000_000)}</description>`)}`,
  ],
  [
    'an external entity',
    () => `<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]>${item('<description>&a;</description>')}`,
  ],
  ['2 million end tags of nothing', () => item('</b>'.repeat(2_000_000))],
  ['8 million angle brackets', () => item(`<description>${'<'.repeat(8_000_000)}</description>`)],
  ['500,000 titles', () => item('<title></title>'.repeat(500_000))],
  ['300,000 categories', () => item(Array.from({ length: 300_000 }, (_, n) => `<category>a${n}</category>`).join(''))],
  [
    'namespaces on every element',
    () => rss('<item xmlns:a="b" xmlns:c="d"><title xmlns:e="f">x</title></item>'.repeat(100_000)),
  ],
  [
    'a long base on every item',
    () => rss(`<item xml:base="/${'a/'.repeat(1_000)}"><title>x</title><link>c</link></item>`.repeat(3_000)),
  ],
  ['300,000 XML declarations', () => '<?xml version="1.0"?>'.repeat(300_000) + item('')],
  [
    '900,000 JSON objects',
    () => `{"version":"https://jsonfeed.org/version/1.1","items":[${'{"id":1},'.repeat(900_000)}{"id":2}]}`,
  ],
  ['a million nested JSON objects', () => `{"version":"jsonfeed","items":${'{"a":'.repeat(1_000_000)}`],
  ['dates without end', () => rss(`<item><title>x</title><pubDate>${'1:'.repeat(60)}</pubDate></item>`.repeat(15_000))],
  ['8 MB of NUL', () => Buffer.alloc(8_000_000)],
  ['8 MB of é in latin1', () => Buffer.alloc(8_000_000, 0xe9)],
];

describe('a hostile document', () => {
  it.each(HOSTILE)('%s is read or refused within a second', (_name, document) => {
    const made = document();
    const bytes = typeof made === 'string' ? Buffer.from(made) : made;
    const started = performance.now();
    readFeed(bytes, HINT);
    // The rule is a second on a machine of one's own; this one may be shared with other tests.
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('does not reach into our objects', () => {
    const feed = readFeed(
      Buffer.from(
        item(
          '<__proto__><polluted>yes</polluted></__proto__><constructor>x</constructor><category>__proto__</category>',
        ),
      ),
      HINT,
    );
    expect(feed.ok).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const json =
      '{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"title":"x","__proto__":{"polluted":1}}]}';
    expect(readFeed(Buffer.from(json), HINT).ok).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('any bytes at all', () => {
  const pieces = constantFrom(
    '<rss>',
    '<channel>',
    '<item>',
    '</item>',
    '<title>',
    '</title>',
    '<link>',
    '<link href="',
    '"/>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '&amp;',
    '&lt;p',
    '&#0;',
    '&#xD800;',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<entry>',
    '<content type="xhtml">',
    '<div>',
    '</div>',
    '<pubDate>2026',
    '<?xml version="1.0" encoding="utf-16"?>',
    '{"version":"https://jsonfeed.org/version/1","items":[',
    '<rdf:RDF>',
    'xml:base="//x"',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    '\u{1f600}',
    '\ufeff',
    '中',
  );

  it('are read or refused, never thrown at us', () => {
    assert(
      property(
        uint8Array({ maxLength: 400 }),
        constantFrom(null, 'text/xml; charset=gbk', 'application/json'),
        (bytes, contentType) => {
          readFeed(bytes, { ...HINT, contentType });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('pieced together from what feeds are made of give only well-formed items', () => {
    assert(
      property(array(oneof(pieces, string({ maxLength: 8 })), { maxLength: 40 }), (parts) => {
        const result = readFeed(Buffer.from(`<rss><channel><item><title>x</title></item>${parts.join('')}`), HINT);
        if (!result.ok) return;
        for (const item of result.feed.items) {
          expect(item.url === null || /^https?:\/\//.test(item.url)).toBe(true);
          expect(`${item.title}${item.summary}${item.body}`.trim()).not.toBe('');
          expect(CONTROLS.test([item.title, item.summary, item.body, item.guid].join(''))).toBe(false);
          expect(item.published === null || item.published <= NOW).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('put into a good feed cost at most the rest of that feed', () => {
    assert(
      property(tuple(uint8Array({ maxLength: 50 })), ([noise]) => {
        const good = Buffer.from('<rss><channel><item><title>Scoop</title><guid>1</guid></item>');
        const result = readFeed(Buffer.concat([good, noise, Buffer.from('</channel></rss>')]), {
          ...HINT,
          contentType: 'text/xml; charset=utf-8',
        });
        expect(result.ok && result.feed.items[0]?.title).toBe('Scoop');
      }),
      { numRuns: 300 },
    );
  });
});

describe('the reading thread', () => {
  let reader: Reader | null = null;
  afterEach(async () => {
    await reader?.close();
    reader = null;
  });
  /** A thread that hangs, eats or dies on a word, and reads everything else. */
  const script = `
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ number, bytes }) => {
      const word = Buffer.from(bytes).toString();
      if (word === 'hang') for (;;);
      if (word === 'eat') for (const all = [];;) all.push(new Array(1e6).fill({}));
      if (word === 'die') process.exit(3);
      if (word === 'throw') throw new Error('a bug');
      parentPort.postMessage({ number, result: { ok: false, kind: 'empty', message: 'read ' + word } });
    });`;
  const worker = new URL(`data:text/javascript,${encodeURIComponent(script)}`);

  it.each([
    ['hang', 'reading it took longer than 0.5 s'],
    ['eat', 'reading it needed more than 32 MB'],
    ['die', 'the reading thread ended'],
    ['throw', 'reading it failed (a bug)'],
  ])('that has to %s is ended, and the next document has a new one', async (word, message) => {
    reader = openReader({ worker, deadlineMs: word === 'hang' ? 500 : 10_000, memoryMb: 32 });
    const bad = reader.feed(Buffer.from(word), HINT);
    const next = reader.feed(Buffer.from('next'), HINT);
    expect(await bad).toEqual({ ok: false, kind: 'too-hard', message });
    expect(await next).toMatchObject({ message: 'read next' });
  });

  it('answers in order and refuses politely once closed', async () => {
    const one = openReader({ worker });
    reader = one;
    const words = ['a', 'b', 'c'];
    expect(await Promise.all(words.map((word) => one.feed(Buffer.from(word), HINT)))).toMatchObject(
      words.map((word) => ({ message: `read ${word}` })),
    );
    await one.close();
    expect(await one.feed(Buffer.from('d'), HINT)).toMatchObject({
      kind: 'too-hard',
      message: 'the reader was closed',
    });
  });

  const built = new URL('../../dist/src/feeds/reader-worker.js', import.meta.url);
  const source = new URL('../../src/feeds/read.ts', import.meta.url);
  const fresh = existsSync(built) && statSync(built).mtimeMs >= statSync(source).mtimeMs;
  it.skipIf(!fresh)(
    `as it is built reads a feed and a document${fresh ? '' : ' (skipped: dist/ is older than src/, run npm run build)'}`,
    async () => {
      reader = openReader({ worker: built });
      expect(await reader.feed(Buffer.from(item('')), HINT)).toMatchObject({
        ok: true,
        feed: { items: [{ title: 'Scoop' }] },
      });
      expect(await reader.document(new Uint8Array(Buffer.from(item(''))), HINT)).toMatchObject({
        ok: true,
        document: { entries: [{ title: 'Scoop' }] },
      });
    },
  );
});
