import type { LookupAddress } from 'node:dns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkUrl, guardedConnector, isPublic, REFUSED, type NameLookup } from '../../src/feeds/address.ts';
import { FETCH_LIMITS, NO_VALIDATORS, openFetcher, type Fetcher } from '../../src/feeds/fetch.ts';
import { serve, type TestServer } from './servers.ts';

// What names of .rebind.test resolve to; no other name is ever looked up here.
let answers: LookupAddress[] = [];
const lookup: NameLookup = (name) =>
  name.endsWith('.rebind.test') ? Promise.resolve(answers) : Promise.reject(new Error(`looked up ${name}`));

let canary: TestServer;
let door: TestServer;
let fetcher: Fetcher;

beforeAll(async () => {
  canary = await serve(
    (_request, response) => response.end('<rss><channel><title>secret</title></channel></rss>'),
    '127.0.0.1',
  );
  door = await serve((request, response) => {
    response.writeHead(302, {
      location: Buffer.from(decodeURIComponent((request.url ?? '').slice(1))).toString('latin1'),
    });
    response.end();
  });
  fetcher = openFetcher({
    allowHosts: [door.host],
    userAgent: 'test',
    lookup,
    limits: { ...FETCH_LIMITS, totalMs: 3_000 },
  });
});

afterAll(async () => {
  await fetcher.close();
  await Promise.all([canary.close(), door.close()]);
});

const port = (): string => canary.host.split(':')[1] ?? '';
const get = (url: string): ReturnType<Fetcher['fetch']> =>
  fetcher.fetch(url, { validators: NO_VALIDATORS, signal: new AbortController().signal });

/** P stands for the canary's port. */
const HOSTILE = [
  'http://127.0.0.1:P/',
  'http://127.0.0.1./',
  'http://127.1:P/',
  'http://127.0.1:P/',
  'http://2130706433:P/',
  'http://0x7f000001:P/',
  'http://0x7f.1:P/',
  'http://0177.0.0.1:P/',
  'http://017700000001:P/',
  'http://0/',
  'http://0.0.0.0:P/',
  'http://127。0。0。1:P/',
  'http://①②⑦.⓪.⓪.①:P/',
  'http://１２７.０.０.１:P/',
  'http://%31%32%37.0.0.1:P/',
  'http://localhost:P/',
  'http://localhost.:P/',
  'http://LOCALHOST:P/',
  'http://feeds.localhost:P/',
  'http://[::1]:P/',
  'http://[::]:P/',
  'http://[::ffff:127.0.0.1]:P/',
  'http://[::ffff:7f00:1]:P/',
  'http://[0:0:0:0:0:ffff:127.0.0.1]:P/',
  'http://[::127.0.0.1]:P/',
  'http://[::ffff:0:7f00:1]:P/',
  'http://[64:ff9b::7f00:1]:P/',
  'http://[2002:7f00:1::]:P/',
  'http://[2001:0:7f00:1::1]:P/',
  'http://[fe80::1]:P/',
  'http://[fd00::1]:P/',
  'http://[fec0::1]:P/',
  'http://127.0.0.1/',
  'http://127.0.0.1:8080/',
  'https://127.0.0.1:8443/',
  'http://169.254.169.254/latest/meta-data/',
  'http://169.254.169.254./',
  'http://100.64.0.1/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.1.1/',
  'http://198.18.0.1/',
  'http://192.0.2.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://user:pass@127.0.0.1:P/',
  'https://reuters.com@127.0.0.1:P/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:P/_GET',
  'ftp://127.0.0.1:P/',
  'data:text/xml,<rss/>',
  'javascript:alert(1)',
  'feed://127.0.0.1:P/',
  'http://example.com:22/',
  'http://example.com:6379/',
  'http://',
  'not an address',
  `http://example.com/${'a'.repeat(10_000)}`,
  'http://inside.rebind.test/',
  'http://mixed.rebind.test:8080/',
];

describe('P12: addresses that must not be reached', () => {
  it.each(HOSTILE)('%s is refused', async (written) => {
    answers = written.includes('mixed')
      ? [
          { address: '93.184.216.34', family: 4 },
          { address: '10.0.0.7', family: 4 },
        ]
      : [{ address: '127.0.0.1', family: 4 }];
    const outcome = await get(written.replace(':P', `:${port()}`));
    expect(outcome).toMatchObject({ outcome: 'refused' });
  });

  it.each(HOSTILE.filter((url) => /^\w+:\/\/[^/]/.test(url)))('a redirect to %s is refused', async (written) => {
    answers = [{ address: '127.0.0.1', family: 4 }];
    const target = written.replace(':P', `:${port()}`);
    expect(await get(`${door.url}/${encodeURIComponent(target)}`)).toMatchObject({ outcome: 'refused' });
  });

  it.each(HOSTILE.filter((url) => url.includes(':P') && !url.includes('@') && url.startsWith('http')))(
    '%s is refused for its address, also on a port that feeds are served on',
    (written) => {
      for (const usual of ['', ':80', ':8080']) {
        expect(checkUrl(written.replace(':P', usual), [])).toMatchObject({ ok: false, reason: 'address not public' });
      }
    },
  );

  it.each(['127.0.0.1', '::1', '169.254.169.254', '::ffff:127.0.0.1', '100.64.0.1'])(
    '%s is refused when connecting, whatever was checked before',
    async (address) => {
      const connect = guardedConnector([], 2_000, lookup);
      const options = { hostname: address, protocol: 'http:', port: port() };
      const error = await new Promise((resolve) => {
        connect(options, (...[problem]) => resolve(problem));
      });
      expect(error).toMatchObject({ code: REFUSED });
    },
  );

  it('a name that answers differently the second time is checked when it is connected to', async () => {
    answers = [{ address: '127.0.0.1', family: 4 }];
    expect(checkUrl('http://twice.rebind.test:8080/', []).ok).toBe(true);
    expect(await get('http://twice.rebind.test:8080/')).toMatchObject({
      outcome: 'refused',
      reason: 'address not public',
    });
  });

  it('never reached the canary', () => {
    expect(canary.connections()).toBe(0);
  });

  it('are opened by allowHosts for exactly that host and port', async () => {
    const allowed = openFetcher({ allowHosts: [canary.host], userAgent: 'test' });
    const ask = (url: string): ReturnType<Fetcher['fetch']> =>
      allowed.fetch(url, { validators: NO_VALIDATORS, signal: new AbortController().signal });
    expect(await ask(canary.url)).toMatchObject({ outcome: 'fetched' });
    expect(await ask(door.url)).toMatchObject({ outcome: 'refused', reason: 'port' });
    expect(await ask(`http://localhost:${port()}/`)).toMatchObject({ outcome: 'refused' });
    await allowed.close();
  });
});

describe('addresses that may be reached', () => {
  it.each([
    'http://example.com/',
    'https://example.com:443/x',
    'http://example.com:8080/',
    'https://例え.jp/',
    'http://93.184.216.34/',
    'http://[2606:2800:220:1:248:1893:25c8:1946]/',
  ])('%s', (url) => {
    expect(checkUrl(url, [])).toMatchObject({ ok: true });
  });

  it('are the global unicast ones', () => {
    expect(['8.8.8.8', '2606:4700::1111'].map((ip) => isPublic(ip))).toEqual([true, true]);
    expect(['', 'x', '::', '::ffff:10.0.0.1', '2001:db8::1'].map((ip) => isPublic(ip))).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('an address is refused for what is wrong with it', () => {
  it.each([
    ['ftp://news.example.com:443/x', 'scheme'],
    ['gopher://news.example.com:443/x', 'scheme'],
    ['https://reuters.com@news.example.com/rss', 'credentials'],
    ['https://user:pass@news.example.com/rss', 'credentials'],
    ['https://news.example.com:6379/', 'port'],
    ['https://127.0.0.1/', 'address not public'],
  ])('%s: %s', (written, reason) => expect(checkUrl(written, [])).toMatchObject({ ok: false, reason }));

  it('reads an IPv4 address inside an IPv6 one as what it is', () => {
    expect(isPublic('::ffff:8.8.8.8')).toBe(true);
    expect(isPublic('::ffff:10.0.0.1')).toBe(false);
  });
});
