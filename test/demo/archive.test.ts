import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { request } from 'undici';
import { startArchive } from '../../src/cli/archive.ts';
import type { Archive } from '../../src/cli/archive.ts';
import { readArchive } from '../../src/cli/archive-files.ts';
import { newsTime } from '../../src/core/time.ts';

const FEED = `
feed: wire
title: Wire
home: https://wire.example/
dialect: rss
charset: gb18030
bodies: content
redirects: true
items:
  - guid: one
    published: 2026-02-24T02:30:00Z
    title: 深度求索 & <others>
    summary: 路透社报道，芯片在中国。
    body: |
      第一段。

      Second ]]> paragraph.
    url: https://wire.example/one?a=1&b=2
    author: Reuters
    source: { name: Wire & Sons, url: "https://wire.example" }
    revisions:
      - { at: 2026-02-24T09:00:00Z, summary: 路透社报道，中国使馆作出回应。 }
  - guid: two
    published: 2026-03-01T00:00:00Z
    title: Later
    summary: It came later.
`;

const opened: Archive[] = [];
afterEach(async () => {
  for (const archive of opened.splice(0)) await archive.close();
});

async function archiveOf(yaml: string, start: string) {
  const dir = mkdtempSync(join(tmpdir(), 'claimwire-archive-'));
  writeFileSync(join(dir, 'feed.yaml'), yaml);
  const clock = { now: newsTime(start) };
  const archive = await startArchive({ dir, newsNow: () => clock.now });
  opened.push(archive);
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const { statusCode, headers: answered, body } = await request(`http://${archive.hostPort}${path}`, { headers });
    return { status: statusCode, headers: answered, bytes: Buffer.from(await body.arrayBuffer()) };
  };
  return { archive, clock, get };
}

const decoded = (bytes: Buffer) => new TextDecoder('gb18030').decode(bytes);

describe('the demo archive', () => {
  it('shows a page from the moment it came out, and the newest first', async () => {
    const { clock, get } = await archiveOf(FEED, '2026-02-24T02:29:59Z');
    expect(decoded((await get('/feeds/wire')).bytes)).not.toContain('<item>');
    clock.now = newsTime('2026-02-24T02:30:00Z');
    expect(decoded((await get('/feeds/wire')).bytes).match(/<guid[^>]*>(.*?)</g)).toHaveLength(1);
    clock.now = newsTime('2026-03-02T00:00:00Z');
    const both = decoded((await get('/feeds/wire')).bytes);
    expect(both.indexOf('>two<')).toBeLessThan(both.indexOf('>one<'));
    expect(both.indexOf('>two<')).toBeGreaterThan(0);
  });

  it('serves the edited text once a page was edited, under the same guid', async () => {
    const { clock, get } = await archiveOf(FEED, '2026-02-24T03:00:00Z');
    const first = await get('/feeds/wire');
    expect(decoded(first.bytes)).toContain('芯片在中国');
    clock.now = newsTime('2026-02-24T09:00:00Z');
    const second = await get('/feeds/wire', { 'if-none-match': String(first.headers['etag']) });
    expect(second.status).toBe(200);
    expect(decoded(second.bytes)).toContain('使馆作出回应');
    expect(decoded(second.bytes)).not.toContain('芯片在中国');
    expect(second.headers['last-modified']).toBe('Tue, 24 Feb 2026 09:00:00 GMT');
  });

  it('answers 304 to what a poller has already seen, by tag or by date', async () => {
    const { get } = await archiveOf(FEED, '2026-02-24T03:00:00Z');
    const { headers } = await get('/feeds/wire');
    const byTag = await get('/feeds/wire', { 'if-none-match': String(headers['etag']) });
    const byDate = await get('/feeds/wire', { 'if-modified-since': String(headers['last-modified']) });
    const older = await get('/feeds/wire', { 'if-modified-since': 'Tue, 24 Feb 2026 02:29:59 GMT' });
    const otherTag = await get('/feeds/wire', {
      'if-none-match': 'W/"something"',
      'if-modified-since': String(headers['last-modified']),
    });
    expect([byTag, byDate, older, otherTag].map(({ status }) => status)).toEqual([304, 304, 200, 200]);
    expect(byTag.bytes).toHaveLength(0);
    expect(byTag.headers['etag']).toBe(headers['etag']);
  });

  it('compresses for those who ask', async () => {
    const { get } = await archiveOf(FEED, '2026-02-24T03:00:00Z');
    const plain = await get('/feeds/wire');
    const zipped = await get('/feeds/wire', { 'accept-encoding': 'gzip' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.bytes)).toEqual(plain.bytes);
  });

  it('leads the links of a news-search feed through itself to the real page', async () => {
    const { get } = await archiveOf(FEED, '2026-02-24T03:00:00Z');
    const [, link = ''] =
      /<link>http:\/\/[^/]+(\/go\/[^<]+)<\/link>/.exec(decoded((await get('/feeds/wire')).bytes)) ?? [];
    const led = await get(link);
    expect([led.status, led.headers['location']]).toEqual([302, 'https://wire.example/one?a=1&b=2']);
  });

  it('answers 404 for anything else and 405 for anything but reading', async () => {
    const { archive, get } = await archiveOf(FEED, '2026-02-24T03:00:00Z');
    for (const path of [
      '/',
      '/feeds/',
      '/feeds/wire/more',
      '/feeds/__proto__',
      '/go/nothing',
      '//feeds/wire',
      '/go/wire',
    ])
      expect((await get(path)).status, path).toBe(404);
    expect((await get('/feeds/wire?utm_source=demo')).status).toBe(200);
    const posted = await request(archive.url('wire'), { method: 'POST', body: 'x' });
    await posted.body.dump();
    expect(posted.statusCode).toBe(405);
    expect(() => archive.url('nobody')).toThrow('no feed nobody');
  });

  it('names file and place when a feed cannot be served', () => {
    const dir = mkdtempSync(join(tmpdir(), 'claimwire-archive-'));
    expect(() => readArchive(dir)).toThrow('no archive here');
    writeFileSync(join(dir, 'feed.yaml'), FEED.replace('2026-03-01T00:00:00Z', 'yesterday'));
    expect(() => readArchive(dir)).toThrow(/feed\.yaml: items\.1\.published/);
    writeFileSync(join(dir, 'feed.yaml'), FEED.replace('title: Later', 'titel: Later'));
    expect(() => readArchive(dir)).toThrow(/feed\.yaml: items\.1/);
    writeFileSync(join(dir, 'feed.yaml'), FEED.replace('at: 2026-02-24T09', 'at: 2026-02-24T01'));
    expect(() => readArchive(dir)).toThrow('revised before it is published');
    writeFileSync(join(dir, 'feed.yaml'), FEED);
    writeFileSync(join(dir, 'twin.yaml'), FEED);
    expect(() => readArchive(dir)).toThrow('guid one stands in wire and in wire');
  });
});
