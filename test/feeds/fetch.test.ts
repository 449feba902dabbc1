import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import {
  FETCH_LIMITS,
  NO_VALIDATORS,
  openFetcher,
  type Fetcher,
  type FetchLimits,
  type FetchOutcome,
  type Validators,
} from '../../src/feeds/fetch.ts';
import { serve, type TestServer } from './servers.ts';

const BODY = `<rss version="2.0"><channel>${'<item><title>V4 on Ascend</title></item>'.repeat(200)}</channel></rss>`;
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function server(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<TestServer> {
  const started = await serve(answer);
  open.push(started);
  return started;
}

function fetcher(allowHosts: readonly string[], limits: FetchLimits = FETCH_LIMITS): Fetcher {
  const started = openFetcher({ allowHosts, userAgent: 'claimwire-test (+https://example.com)', limits });
  open.push(started);
  return started;
}

async function get(
  from: TestServer,
  path = '/',
  validators: Validators = NO_VALIDATORS,
  limits: FetchLimits = FETCH_LIMITS,
): Promise<FetchOutcome> {
  return fetcher([from.host], limits).fetch(from.url + path, { validators, signal: new AbortController().signal });
}

function text(outcome: FetchOutcome): string {
  if (outcome.outcome !== 'fetched') throw new Error(`not fetched: ${JSON.stringify(outcome)}`);
  return Buffer.from(outcome.bytes).toString();
}

describe('a good answer', () => {
  it('comes with everything the next poll needs', async () => {
    const from = await server((_request, response) => {
      response.writeHead(200, {
        'content-type': 'text/xml; charset=gbk',
        etag: 'W/"x y"',
        'last-modified': 'yesterday, I think',
        'cache-control': 'public, max-age=900',
      });
      response.end(BODY);
    });
    const outcome = await get(from);
    expect(text(outcome)).toBe(BODY);
    expect(outcome).toMatchObject({
      contentType: 'text/xml; charset=gbk',
      etag: 'W/"x y"',
      lastModified: 'yesterday, I think',
      cacheSeconds: 900,
      finalUrl: `${from.url}/`,
      permanentUrl: null,
      truncated: null,
    });
    const { headers } = from.requests[0] ?? {};
    expect(headers).toMatchObject({
      'user-agent': 'claimwire-test (+https://example.com)',
      'accept-encoding': 'br, gzip, deflate',
    });
    expect(headers).not.toHaveProperty('if-none-match');
    expect(headers).not.toHaveProperty('if-modified-since');
  });

  it.each([
    ['gzip', gzipSync(BODY)],
    ['br', brotliCompressSync(BODY)],
    ['deflate', deflateSync(BODY)],
    ['deflate', deflateRawSync(BODY)],
    ['gzip, br', brotliCompressSync(gzipSync(BODY))],
    ['gzip', Buffer.from(BODY)],
    ['identity', Buffer.from(BODY)],
    [undefined, gzipSync(BODY)],
  ])('in %s is inflated, or taken as it is when the header lies', async (encoding, bytes) => {
    const from = await server((_request, response) => {
      response.writeHead(200, encoding === undefined ? {} : { 'content-encoding': encoding });
      response.end(bytes);
    });
    expect(text(await get(from))).toBe(BODY);
  });

  it('keeps one connection for polls of one host', async () => {
    const from = await server((_request, response) => response.end(BODY));
    const one = fetcher([from.host]);
    for (let n = 0; n < 5; n += 1)
      await one.fetch(`${from.url}/${n}`, { validators: NO_VALIDATORS, signal: new AbortController().signal });
    expect([from.requests.length, from.connections()]).toEqual([5, 1]);
  });
});

describe('a feed that did not change', () => {
  it('is asked with both validators exactly as they were received, and answers 304', async () => {
    const from = await server((_request, response) => {
      response.writeHead(304, { etag: '"new"' });
      response.end();
    });
    const outcome = await get(from, '/', { etag: 'W/"x  y"', lastModified: 'yesterday, I think', bodyHash: null });
    expect(outcome).toMatchObject({
      outcome: 'unchanged',
      how: 'not-modified',
      etag: '"new"',
      lastModified: 'yesterday, I think',
    });
    expect(from.requests[0]?.headers).toMatchObject({
      'if-none-match': 'W/"x  y"',
      'if-modified-since': 'yesterday, I think',
    });
  });

  it('is recognised by its bytes when the server always answers 200', async () => {
    const from = await server((_request, response) => response.end(BODY));
    const first = await get(from);
    if (first.outcome !== 'fetched') throw new Error(first.outcome);
    expect(await get(from, '/', { etag: null, lastModified: null, bodyHash: first.bodyHash })).toMatchObject({
      outcome: 'unchanged',
      how: 'same-bytes',
    });
  });
});

describe('a server that says no', () => {
  it.each([
    [410, {}, { outcome: 'gone' }],
    [429, { 'retry-after': '120' }, { outcome: 'limited', retryAfterMs: 120_000, scope: 'host' }],
    [429, {}, { outcome: 'limited', retryAfterMs: null, scope: 'host' }],
    [403, { 'retry-after': '60' }, { outcome: 'limited', retryAfterMs: 60_000, scope: 'host' }],
    [
      503,
      { 'retry-after': 'Sat, 04 Apr 2026 12:10:00 GMT', date: 'Sat, 04 Apr 2026 12:00:00 GMT' },
      { outcome: 'limited', retryAfterMs: 600_000, scope: 'feed' },
    ],
    [502, {}, { outcome: 'failed', kind: 'http', status: 502 }],
    [403, {}, { outcome: 'failed', kind: 'http', status: 403 }],
    [401, {}, { outcome: 'failed', kind: 'http', status: 401 }],
    [404, {}, { outcome: 'failed', kind: 'http', status: 404, reason: 'there is nothing at this address (404)' }],
    [204, {}, { outcome: 'failed', kind: 'http', status: 204 }],
    [302, {}, { outcome: 'failed', kind: 'http', status: 302 }],
  ])('%i %j is understood', async (status, headers, expected) => {
    const from = await server((_request, response) => {
      response.writeHead(status, headers);
      response.end();
    });
    expect(await get(from)).toMatchObject(expected);
  });
});

describe('redirects', () => {
  const chain = (steps: Readonly<Record<string, readonly [number, string]>>): Promise<TestServer> =>
    server((request, response) => {
      const step = steps[request.url ?? ''];
      if (step === undefined) response.end(BODY);
      else {
        response.writeHead(step[0], { location: step[1] });
        response.end('moved');
      }
    });

  it('that are permanent all the way are reported as a move', async () => {
    const from = await chain({ '/a': [301, '/b'], '/b': [308, 'c?x=1'] });
    expect(await get(from, '/a')).toMatchObject({
      outcome: 'fetched',
      finalUrl: `${from.url}/c?x=1`,
      permanentUrl: `${from.url}/c?x=1`,
    });
  });

  it('that are temporary somewhere move only as far as they were permanent', async () => {
    const from = await chain({ '/a': [301, '/b'], '/b': [302, '/c'], '/c': [301, '/d'], '/t': [307, '/b'] });
    expect(await get(from, '/a')).toMatchObject({ finalUrl: `${from.url}/d`, permanentUrl: `${from.url}/b` });
    expect(await get(from, '/t')).toMatchObject({ finalUrl: `${from.url}/d`, permanentUrl: null });
  });

  it('in a circle end after five', async () => {
    const from = await chain({ '/a': [302, '/a'] });
    expect(await get(from, '/a')).toMatchObject({ outcome: 'failed', reason: 'more than 5 redirects' });
    expect(from.requests).toHaveLength(6);
  });
});

describe('a server that means harm', () => {
  const quick: FetchLimits = { ...FETCH_LIMITS, totalMs: 400 };

  it('and drips a byte at a time is cut at the deadline for everything', async () => {
    const from = await server((_request, response) => {
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const started = performance.now();
    expect(await get(from, '/', NO_VALIDATORS, quick)).toMatchObject({ outcome: 'failed', kind: 'timeout' });
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('and never answers is cut there too', async () => {
    const from = await server(() => {});
    expect(await get(from, '/', NO_VALIDATORS, quick)).toMatchObject({
      outcome: 'failed',
      kind: 'timeout',
      reason: 'no complete answer within 0.4 seconds',
    });
  });

  it.each([
    ['gzip', (bytes: Buffer) => gzipSync(bytes)],
    ['br', (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ])('and sends a %s bomb gets 8 MB of our memory', async (encoding, squeeze) => {
    const bomb = squeeze(Buffer.alloc(20 * 1024 * 1024));
    const from = await server((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding, etag: '"b"' });
      response.end(bomb);
    });
    const outcome = await get(from);
    expect(outcome).toMatchObject({ outcome: 'fetched', truncated: 'size', etag: null });
    expect(outcome.outcome === 'fetched' && outcome.bytes.byteLength).toBe(8 * 1024 * 1024);
  });

  it('and never stops sending is cut at 8 MB', async () => {
    const from = await server((_request, response) => {
      const more = (): void => {
        while (response.write(Buffer.alloc(65_536, 120)));
      };
      response.on('drain', more);
      more();
    });
    const outcome = await get(from);
    expect(outcome).toMatchObject({ outcome: 'fetched', truncated: 'size' });
  });

  it('or breaks off in the middle gives what came, without validators, so that the next poll asks again', async () => {
    const from = await server((_request, response) => {
      response.writeHead(200, { 'content-length': BODY.length, etag: '"whole"' });
      response.write(BODY.slice(0, 3_000), () => response.destroy());
    });
    const outcome = await get(from);
    expect(outcome).toMatchObject({ outcome: 'fetched', truncated: 'connection', etag: null, lastModified: null });
    expect(text(outcome)).toBe(BODY.slice(0, 3_000));
  });

  it('or is not there at all is a failure in words', async () => {
    const from = await server((_request, response) => response.end());
    await from.close();
    expect(
      await fetcher([from.host]).fetch(from.url, { validators: NO_VALIDATORS, signal: new AbortController().signal }),
    ).toMatchObject({
      outcome: 'failed',
      kind: 'network',
      reason: 'the server does not accept connections',
    });
  });

  it('does not keep us when we are told to stop', async () => {
    const from = await server(() => {});
    const stop = new AbortController();
    const pending = fetcher([from.host]).fetch(from.url, { validators: NO_VALIDATORS, signal: stop.signal });
    stop.abort();
    expect(await pending).toMatchObject({ outcome: 'failed', kind: 'stopped' });
  });
});
