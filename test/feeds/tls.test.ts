/**
 * Certificates that are not what they should be, made here with openssl under an authority that only the fetching process
 * trusts (NODE_EXTRA_CA_CERTS, which Node reads when it starts: hence a process of its own).
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { built } from '../support/built.ts';
import { serve, type TestServer } from './servers.ts';

const dir = mkdtempSync(join(tmpdir(), 'claimwire-tls-'));
const closing: (() => Promise<unknown>)[] = [];
let plain: TestServer;
let outcomes: Record<string, { outcome: string; reason?: string; kind?: string; status?: number }>;

const openssl = (...args: string[]): void =>
  void execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });

/** A key and a certificate for `name`; `signer` null: by itself. */
function certificate(file: string, name: string, signer: string | null, days = 2): void {
  const subject = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', `/CN=${name}`];
  if (signer === null) {
    const names = ['-addext', `subjectAltName=DNS:${name}`];
    openssl(
      'req',
      '-x509',
      ...subject,
      ...names,
      '-days',
      String(days),
      '-keyout',
      `${file}.key`,
      '-out',
      `${file}.pem`,
    );
    return;
  }
  writeFileSync(join(dir, `${file}.ext`), `subjectAltName=DNS:${name}\n`);
  openssl('req', ...subject, '-keyout', `${file}.key`, '-out', `${file}.csr`);
  const by = ['-CA', `${signer}.pem`, '-CAkey', `${signer}.key`, '-CAcreateserial', '-extfile', `${file}.ext`];
  openssl('x509', '-req', '-in', `${file}.csr`, ...by, '-days', String(days), '-out', `${file}.pem`);
}

async function serveTls(file: string): Promise<string> {
  const pair = { key: readFileSync(join(dir, `${file}.key`)), cert: readFileSync(join(dir, `${file}.pem`)) };
  const server = createServer(pair, (request, response) => {
    if (request.url === '/down') response.writeHead(301, { location: plain.url }).end();
    else response.end('<rss><channel><item><title>V4 on Ascend</title></item></channel></rss>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return `localhost:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  plain = await serve((_request, response) => response.end('<rss><channel/></rss>'));
  closing.push(() => plain.close());
  certificate('authority', 'Test authority', null);
  certificate('good', 'localhost', 'authority');
  certificate('expired', 'localhost', 'authority', -1);
  certificate('other', 'elsewhere.test', 'authority');
  certificate('itself', 'localhost', null);
  const hosts: Record<string, string> = {};
  for (const file of ['good', 'expired', 'other', 'itself']) hosts[file] = await serveTls(file);
  const urls = {
    ...Object.fromEntries(Object.entries(hosts).map(([file, host]) => [file, `https://${host}/`])),
    down: `https://${hosts['good']}/down`,
    'no TLS at all': `https://${plain.host}/`,
  };
  writeFileSync(
    join(dir, 'fetch.mjs'),
    `import { NO_VALIDATORS, openFetcher } from ${JSON.stringify(pathToFileURL(await built('feeds/fetch.js')).href)};
     const [urls, allowHosts] = process.argv.slice(2).map((arg) => JSON.parse(arg));
     const fetcher = openFetcher({ allowHosts, userAgent: 'test' });
     const { signal } = new AbortController();
     const ask = async ([name, url]) => [name, { ...(await fetcher.fetch(url, { validators: NO_VALIDATORS, signal })), bytes: undefined }];
     console.log(JSON.stringify(Object.fromEntries(await Promise.all(Object.entries(urls).map(ask)))));
     await fetcher.close();`,
  );
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(dir, 'fetch.mjs'), JSON.stringify(urls), JSON.stringify([...Object.values(hosts), plain.host])],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: join(dir, 'authority.pem') } },
  );
  outcomes = JSON.parse(stdout) as typeof outcomes;
});

afterAll(async () => {
  for (const close of closing) await close();
  rmSync(dir, { recursive: true, force: true });
});

it.each([
  ['expired', "the server's certificate has expired"],
  ['other', "the server's certificate is for another name"],
  ['itself', "the server's certificate is signed by itself, not by anybody we trust"],
])('a certificate that is %s is a failure in words', (file, reason) => {
  expect(outcomes['good']).toMatchObject({ outcome: 'fetched' });
  expect(outcomes[file]).toEqual({ outcome: 'failed', kind: 'tls', status: null, reason });
});

it('a server that does not speak TLS is one too', () => {
  expect(outcomes['no TLS at all']).toMatchObject({ outcome: 'failed', kind: 'tls' });
});

it('nothing is asked again without encryption, not even when the server sends us there', () => {
  expect(outcomes['down']).toMatchObject({ outcome: 'refused', reason: 'https to http' });
  expect(plain.requests).toEqual([]);
});
