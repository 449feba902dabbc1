import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newsTime, wallTime } from '../../src/core/time.ts';
import { runFeeds, type FeedBook, type ListedFeed } from '../../src/cli/feeds.ts';
import { serve, type TestServer } from '../feeds/servers.ts';

const FEED = `<rss version="2.0"><channel><title>Wire \u001b[2J</title><link>https://wire.test/</link><ttl>60</ttl>
  <item><title>V4 runs on Ascend</title><link>https://wire.test/v4</link><pubDate>Sat, 04 Apr 2026 09:00:00 GMT</pubDate><description>It does.</description></item>
  <item/></channel></rss>`;

let server: TestServer;
let book: ListedFeed[] = [];

beforeEach(async () => {
  book = [];
  server = await serve((request, response) => {
    if (request.url === '/rss') response.end(FEED);
    else if (request.url === '/')
      response.end('<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head>');
    else {
      response.writeHead(410);
      response.end();
    }
  });
});
afterEach(() => server.close());

/** The ledger's part, in memory. */
const memoryBook: FeedBook = {
  list: () => Promise.resolve(book),
  add: (feed) => {
    if (book.some((one) => one.url === feed.url)) return Promise.resolve('known');
    book.push({
      id: `f${book.length + 1}`,
      url: feed.url,
      title: feed.title,
      from: 'added',
      state: 'new',
      lastResult: null,
      lastPoll: null,
      lastNewItem: null,
      nextPoll: null,
      movingTo: null,
      history: [],
    });
    return Promise.resolve('added');
  },
  remove: (id) =>
    Promise.resolve(id === 'conf' ? 'configured' : book.some((one) => one.id === id) ? 'removed' : 'unknown'),
};

async function run(args: readonly string[], input = ''): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runFeeds(args, {
    input: Readable.from([Buffer.from(input)]),
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    clock: { news: () => newsTime('2026-04-04T12:00:00Z'), wall: () => wallTime(0) },
    allowHosts: [server.host],
    userAgent: 'test',
    book: () => Promise.resolve(memoryBook),
  });
  return { code, out, err };
}

describe('claimwire feeds test', () => {
  it('shows what would be read, what would be skipped and why, and the next poll', async () => {
    const { code, out } = await run(['test', `${server.url}/rss`]);
    expect(code).toBe(0);
    expect(out).toEqual([
      'Wire [2J · rss · utf-8 · 1 item · 1 kB',
      'the server gives no validators: every poll fetches it whole',
      '',
      '  V4 runs on Ascend',
      '  2026-04-04T09:00:00.000Z · https://wire.test/v4',
      '  8 characters of text',
      '',
      'skipped: entry 2, it is empty',
      'next poll in about 63 min: the feed asks for 60 min (ttl)',
    ]);
  });

  it('gives one object a line with --json', async () => {
    const { out } = await run(['test', `${server.url}/rss`, '--json']);
    expect(out.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { type: 'feed', title: 'Wire [2J', items: 1 },
      {
        type: 'item',
        key: 'link:https://wire.test/v4',
        title: 'V4 runs on Ascend',
        published: '2026-04-04T09:00:00.000Z',
      },
      { type: 'skipped', index: 1, why: 'it is empty' },
    ]);
  });

  it('names the feeds of a page that is none', async () => {
    const { code, err } = await run(['test', `${server.url}/`]);
    expect(code).toBe(1);
    expect(err).toEqual([
      `${server.url}/: the server sent a web page, not a feed (a login, consent or error page?)`,
      `its feed is ${server.url}/rss, titled “Wire [2J”`,
    ]);
  });

  it.each([
    [
      'http://10.0.0.1/rss?token=abc',
      'http://10.0.0.1/rss?token=…: that address is not public (loopback, private or reserved)',
    ],
    ['GONE', 'GONE: the publisher has ended this feed (410)'],
  ])('explains %s in one sentence', async (url, message) => {
    const gone = `${server.url}/gone`;
    expect(await run(['test', url.replace('GONE', gone)])).toEqual({
      code: 1,
      out: [],
      err: [message.replace('GONE', gone)],
    });
  });
});

describe('claimwire feeds', () => {
  it.each([
    [['nope'], 'feeds has no command "nope" '],
    [['exprot'], 'feeds has no command "exprot"; did you mean "export"? '],
    [['test'], 'feeds test needs an address. '],
    [['export', 'x'], 'feeds export takes nothing more. '],
    [[], ''],
  ])('%j is wrong usage, and what is wrong is named', async (args, why) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err[0]?.startsWith(`${why}Usage: claimwire feeds`)).toBe(true);
  });

  it('adds the feed of a site, once', async () => {
    expect(await run(['add', `${server.url}/`])).toMatchObject({
      code: 0,
      out: [`added: ${server.url}/rss  Wire [2J (1 item)`],
    });
    expect((await run(['add', `${server.url}/rss`])).out).toEqual([
      `already there: ${server.url}/rss  Wire [2J (1 item)`,
    ]);
    expect(book.map((feed) => feed.url)).toEqual([`${server.url}/rss`]);
  });

  it('lists and exports what there is', async () => {
    await run(['add', `${server.url}/rss`]);
    expect((await run(['list'])).out).toEqual([
      `new       f1  Wire [2J  ${server.url}/rss`,
      '          added · not polled yet',
      '1 feeds',
    ]);
    expect((await run(['export'])).out.join('\n')).toContain(`xmlUrl="${server.url}/rss"`);
  });

  it('shows one feed whole: where it goes, how it is doing and what has happened to it', async () => {
    book = [
      {
        id: 'wire',
        url: 'https://wire.test/rss?key=secret',
        title: 'wire',
        from: 'configured',
        state: 'dark',
        lastResult: 'the server has a problem (500)',
        lastPoll: wallTime(Date.UTC(2026, 3, 4, 10)),
        lastNewItem: newsTime('2026-04-02T09:00:00Z'),
        nextPoll: wallTime(Date.UTC(2026, 3, 4, 14)),
        movingTo: 'https://new.test/rss',
        history: [
          { at: '2026-04-01T00:00:00.000Z', words: 'healthy: 3 entries' },
          { at: '2026-04-03T00:00:00.000Z', words: 'dark: the server has a problem (500)' },
        ],
      },
    ];
    expect((await run(['list', 'wire'])).out).toEqual([
      'wire: dark',
      '  address    https://wire.test/rss?key=… (configured)',
      '  moving to  https://new.test/rss, taken over after three good polls over a day',
      '  last poll  2026-04-04T10:00Z: the server has a problem (500)',
      '  newest     2026-04-02T09:00Z',
      '  next poll  2026-04-04T14:00Z',
      '  history    2026-04-01T00:00Z healthy: 3 entries',
      '             2026-04-03T00:00Z dark: the server has a problem (500)',
    ]);
    expect(await run(['list', 'nobody'])).toMatchObject({
      code: 1,
      err: ['no feed has the id or address nobody; see claimwire feeds list'],
    });
  });

  it('removes, or says why not', async () => {
    await run(['add', `${server.url}/rss`]);
    expect((await run(['remove', 'f1'])).code).toBe(0);
    expect((await run(['remove', 'nobody'])).err).toEqual([
      'no feed has the id or address nobody; see claimwire feeds list',
    ]);
    expect((await run(['remove', 'conf'])).err).toEqual([
      'conf stands in feeds.yaml: lay "remove: true" over it in your own feeds.yaml',
    ]);
  });

  it('imports a list line by line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'opml-'));
    const file = join(folder, 'feeds.opml');
    await writeFile(
      file,
      '<opml><body>\n<outline text="A" xmlUrl="https://a.test/"/>\n<outline text="B" xmlUrl="http://10.0.0.1/"/>\n</body></opml>',
    );
    const { code, out, err } = await run(['import', file]);
    expect({ code, out, err }).toEqual({
      code: 0,
      out: ['line 2: added: A https://a.test/', '1 added, 0 already there, 1 not taken'],
      err: ['line 3: "B": that address is not public (loopback, private or reserved)'],
    });
    await rm(folder, { recursive: true });
    expect(await run(['import', file])).toEqual({ code: 1, out: [], err: [`${file}: there is no such file`] });
  });

  it('parses documents a line at a time, the broken ones too', async () => {
    const line = (id: string, document: string): string =>
      JSON.stringify({ id, b64: Buffer.from(document).toString('base64'), url: 'https://wire.test/rss' });
    const { code, out } = await run(
      ['parse', '--stdin-jsonl'],
      `${line('a', FEED)}\n\nnonsense\n{"id":"c"}\n${line('d', '<html>')}`,
    );
    expect(code).toBe(0);
    expect(out.map((answer) => JSON.parse(answer) as unknown)).toMatchObject([
      {
        id: 'a',
        feed: {
          title: 'Wire [2J',
          link: 'https://wire.test/',
          items: [
            { title: 'V4 runs on Ascend', published: '2026-04-04T09:00:00.000Z', summary: 'It does.' },
            { title: '' },
          ],
        },
      },
      { id: null, error: 'not a line of JSON' },
      { id: 'c', error: 'b64: missing' },
      { id: 'd', error: 'the server sent a web page, not a feed (a login, consent or error page?)' },
    ]);
  });

  it('parses markup with its links made absolute, without what only its document needs', async () => {
    const xhtml = (wrapper: string): string =>
      `${wrapper}<div xmlns="http://www.w3.org/1999/xhtml">a <a href="/b">b</a></div>`;
    const document =
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh"><subtitle type="html">&lt;a href="/c"&gt;c&lt;/a&gt;</subtitle>` +
      `<author><name>Ann</name><email>ann@wire.test</email></author>` +
      `<entry>${xhtml('<content type="xhtml">')}</content></entry>` +
      `<entry>${xhtml('<content type="application/xhtml+xml">')}</content></entry>` +
      `<entry><summary type="html">a&lt;script src="/s">b("&lt;i>")&lt;/SCRIPT > &lt;style>c&lt;/style>&lt;img src="/d">&lt;script>e</summary></entry></feed>`;
    const line = { id: 1, b64: Buffer.from(document).toString('base64'), url: 'https://wire.test/rss' };
    const { out } = await run(['parse', '--stdin-jsonl'], JSON.stringify(line));
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      feed: {
        description: '<a href="https://wire.test/c">c</a>',
        items: [
          {
            content: 'a <a href="https://wire.test/b">b</a>',
            language: 'zh',
            author: 'Ann (ann@wire.test)',
            authors: ['Ann'],
          },
          { content: '<div>a <a href="https://wire.test/b">b</a></div>' },
          { summary: 'a <img src="https://wire.test/d">' },
        ],
      },
    });
  });

  it.each([[[]], [['test']], [['list', 'x', 'y']], [['add', '--now']], [['frobnicate']]])(
    '%j is wrong usage',
    async (args) => {
      expect((await run(args)).code).toBe(2);
    },
  );
});
