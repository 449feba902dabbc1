import { afterEach, describe, expect, it } from 'vitest';
import { candidatesOf, findFeeds, type Discovery } from '../../src/feeds/discover.ts';
import { openFetcher } from '../../src/feeds/fetch.ts';
import { openReader } from '../../src/feeds/reader.ts';
import { NOW, rss } from './documents.ts';
import { serve, type TestServer } from './servers.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const FEED = rss('<item><title>Scoop</title><guid>1</guid></item>');

async function site(pages: Readonly<Record<string, string>>): Promise<TestServer> {
  const started = await serve((request, response) => {
    const page = pages[request.url ?? ''];
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html' });
    response.end(page ?? '<html>not here</html>');
  });
  open.push(started);
  return started;
}

async function find(from: TestServer, path = '/'): Promise<Discovery> {
  const fetcher = openFetcher({ allowHosts: [from.host], userAgent: 'test' });
  open.push(fetcher);
  return findFeeds(
    from.url + path,
    { fetcher, reader: openReader({ worker: null }) },
    NOW,
    new AbortController().signal,
  );
}

describe('the feeds of a site', () => {
  it('are named in its head', () => {
    const page = `<html><head><base href="/sub/"><link rel="stylesheet" href="x.css"><link rel='alternate' type='application/rss+xml' title='All &amp; more' href='all.xml'>
      <LINK HREF="https://cdn.test/atom" REL="alternate nofollow" TYPE="application/atom+xml; charset=utf-8"/><link rel=alternate type=application/feed+json href=/f.json>
      <link rel="alternate" hreflang="de" href="/de"><link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></head><a href="/rss.xml">RSS</a>`;
    expect(candidatesOf(page, 'https://site.test/news/')).toEqual([
      { url: 'https://site.test/sub/all.xml', title: 'All & more', how: 'named' },
      { url: 'https://cdn.test/atom', title: '', how: 'named' },
      { url: 'https://site.test/f.json', title: '', how: 'named' },
    ]);
  });

  it('are links that look like feeds when the head names none', () => {
    const page =
      '<a href="/about">a</a><a href="/feed/">b</a><a href="/news/index.xml">c</a><a href="/feed/">again</a><a href="/feeding-cats">d</a>';
    expect(candidatesOf(page, 'https://site.test/').map((one) => one.url)).toEqual([
      'https://site.test/feed/',
      'https://site.test/news/index.xml',
    ]);
  });

  it('are offered only when they can be read', async () => {
    const from = await site({
      '/': '<link rel="alternate" type="application/rss+xml" href="/gone.xml"><link rel="alternate" type="application/rss+xml" href="/all.xml">',
      '/all.xml': FEED,
    });
    expect(await find(from)).toMatchObject({
      ok: true,
      feeds: [{ url: `${from.url}/all.xml`, how: 'named', feed: { title: 'Wire' } }],
    });
  });

  it('are found at a usual address when nothing names them', async () => {
    const from = await site({ '/': '<html><p>Hello', '/atom.xml': FEED });
    expect(await find(from)).toMatchObject({ ok: true, feeds: [{ url: `${from.url}/atom.xml`, how: 'guessed' }] });
  });

  it('are the address itself when it is one', async () => {
    const from = await site({ '/all.xml': FEED });
    expect(await find(from, '/all.xml')).toMatchObject({
      ok: true,
      feeds: [{ url: `${from.url}/all.xml`, how: 'itself' }],
    });
  });

  it('that are not there are missed in words', async () => {
    const from = await site({ '/': '<html><p>Hello' });
    expect(await find(from)).toEqual({ ok: false, message: 'no feed was found at that address' });
    expect(await find(from, '/missing')).toEqual({ ok: false, message: 'there is nothing at this address (404)' });
  });
});
