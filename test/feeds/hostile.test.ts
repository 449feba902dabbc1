/**
 * Documents that are made to hurt, and bytes that are made of nothing. The rule: never a throw, never more than a
 * second. Their memory is measured where each has a process of its own: `npm run bench feeds -- --hostile`.
 */
import { array, assert, constantFrom, oneof, property, string, tuple, uint8Array } from 'fast-check';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { readFeed } from '../../src/feeds/read.ts';
import { openReader, type Reader } from '../../src/feeds/reader.ts';
import { built } from '../support/built.ts';
import { processorMs } from '../support/cost.ts';
import { ADDRESS, NOW } from './documents.ts';
import { HOSTILE, item } from './hostile-documents.ts';

// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;
const HINT = { contentType: null, url: ADDRESS, fetchedAt: NOW };

describe('a hostile document', () => {
  it.each(HOSTILE)('%s is read or refused within a second', async (_name, document) => {
    const made = document();
    const bytes = typeof made === 'string' ? Buffer.from(made) : made;
    expect(await processorMs(1_000, () => readFeed(bytes, HINT))).toBeLessThan(1_000);
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
    parentPort.postMessage('ready');
    parentPort.on('message', ({ number, bytes }) => {
      const word = Buffer.from(bytes).toString();
      if (word === 'hang') for (;;);
      if (word === 'eat') for (const all = [];;) all.push(new Array(1e6).fill({}));
      if (word === 'die') process.exit(3);
      if (word === 'throw') throw new Error('a bug');
      parentPort.postMessage({ number, result: { ok: false, kind: 'empty', message: 'read ' + word } });
    });`;
  const threadOf = (source: string): URL => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const worker = threadOf(script);

  it.each([
    ['hang', 'reading it took longer than 1 s'],
    ['eat', 'reading it needed more than 32 MB'],
    ['die', 'the reading thread ended'],
    ['throw', 'reading it failed (a bug)'],
  ])('that has to %s is ended, and the next document has a new one', async (word, message) => {
    reader = openReader({ worker, deadlineMs: word === 'hang' ? 1_000 : 10_000, memoryMb: 32 });
    const bad = reader.feed(Buffer.from(word), HINT);
    const next = reader.feed(Buffer.from('next'), HINT);
    expect(await bad).toEqual({ ok: false, kind: 'too-hard', message });
    expect(await next).toMatchObject({ message: 'read next' });
  });

  it('that starts slowly, as on a busy machine, costs no document its time; one that never does is given up', async () => {
    const waits = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);';
    reader = openReader({
      worker: threadOf(script.replace('parentPort.postMessage', `${waits}$&`)),
      deadlineMs: 1_000,
    });
    expect(await reader.feed(Buffer.from('first'), HINT)).toMatchObject({ message: 'read first' });
    await reader.close();
    reader = openReader({ worker: threadOf('setInterval(() => {}, 1_000)'), startMs: 100 });
    expect(await reader.feed(Buffer.from('first'), HINT)).toMatchObject({
      kind: 'too-hard',
      message: 'the reading thread did not start within 0.1 s',
    });
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

  it('as it is built reads a feed and a document', async () => {
    reader = openReader({ worker: pathToFileURL(await built('feeds/reader-worker.js')) });
    expect(await reader.feed(Buffer.from(item('')), HINT)).toMatchObject({
      ok: true,
      feed: { items: [{ title: 'Scoop' }] },
    });
    expect(await reader.document(new Uint8Array(Buffer.from(item(''))), HINT)).toMatchObject({
      ok: true,
      document: { entries: [{ title: 'Scoop' }] },
    });
  });
});
