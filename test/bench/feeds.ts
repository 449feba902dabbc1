/**
 * What reading and polling cost, beside the tools people would use instead, in one run on one machine:
 *
 *     npm run bench feeds                parse ratios, hostile documents, polling 1,000 and 5,000 local feeds, newsboat when installed
 *     npm run bench feeds -- --parse     only the first part; --hostile, --polling the others
 *
 * Parsing is told in processor time as a ratio to htmlparser2 scanning the same bytes, so that a busy machine does
 * not change it; polling in wall time of whole processes. The server is ours and on loopback: 16 connections, no
 * pause between requests, which no stranger's host would get.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parseFeed } from 'feedsmith';
import { Parser as HtmlParser } from 'htmlparser2';
import RssParser from 'rss-parser';
import { newsTime } from '../../src/core/time.ts';
import { NO_VALIDATORS, openFetcher, type Validators } from '../../src/feeds/fetch.ts';
import { MAX_BYTES, readDocument, readFeed } from '../../src/feeds/read.ts';
import { openReader } from '../../src/feeds/reader.ts';
import { HOSTILE } from '../feeds/hostile-documents.ts';

const SELF = fileURLToPath(import.meta.url);
const CONNECTIONS = 16;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

// ---- documents: about 2.7 kB an item, English with Chinese in it ----

const WORDS =
  'the export rules on advanced chips were revised on Friday 华为昇腾 芯片 and suppliers said orders moved into next quarter'.split(
    ' ',
  );

function words(count: number, from: number): string {
  return Array.from({ length: count }, (_, n) => WORDS[(from * 7 + n * 5) % WORDS.length]).join(' ');
}

function rssFeed(items: number, seed = 0): string {
  const item = (n: number): string =>
    `<item><title>${words(9, n + seed)} &amp; more</title><link>https://wire.test/${n}?a=1&amp;b=2</link>` +
    `<guid isPermaLink="false">id-${seed}-${n}</guid><pubDate>Fri, 03 Apr 2026 09:${String(n % 60).padStart(2, '0')}:21 GMT</pubDate>` +
    `<dc:creator><![CDATA[Ann Lee]]></dc:creator><category>chips</category><category>ai</category>` +
    `<description>&lt;p&gt;${words(40, n)}&lt;/p&gt;</description><content:encoded><![CDATA[` +
    Array.from(
      { length: 6 },
      (_, p) => `<p>${words(45, n + p)} <a href="https://wire.test/x">a link</a> it&rsquo;s</p>`,
    ).join('\n') +
    ']]></content:encoded></item>\n';
  return (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Wire</title><link>https://wire.test/</link><description>All</description>' +
    `${Array.from({ length: items }, (_, n) => item(n)).join('')}</channel></rss>`
  );
}

function atomFeed(items: number): string {
  const entry = (n: number): string =>
    `<entry><id>tag:wire.test,2026:${n}</id><title type="html">${words(9, n)}</title><link href="https://wire.test/${n}"/>` +
    `<updated>2026-04-03T09:39:21Z</updated><author><name>Ann Lee</name></author><category term="chips"/><content type="html">` +
    Array.from({ length: 7 }, (_, p) => `&lt;p&gt;${words(45, n + p)}&lt;/p&gt;`).join('\n') +
    '</content></entry>\n';
  return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><id>urn:w</id>${Array.from({ length: items }, (_, n) => entry(n)).join('')}</feed>`;
}

// ---- parsing ----

async function parsing(name: string, text: string, rounds: number): Promise<void> {
  const bytes = Buffer.from(text);
  const hint = { contentType: null, url: 'https://wire.test/rss', fetchedAt: newsTime('2026-04-04T00:00:00Z') };
  let sink = 0;
  const runs: Readonly<Record<string, () => unknown>> = {
    'htmlparser2 scan': () => {
      const parser = new HtmlParser(
        { onopentag: () => (sink += 1), ontext: (data) => (sink += data.length), onclosetag: () => (sink += 1) },
        { xmlMode: true },
      );
      parser.write(bytes.toString('utf8'));
      parser.end();
    },
    'claimwire, document': () => readDocument(bytes, hint),
    'claimwire, plain items': () => readFeed(bytes, hint),
    'rss-parser': () => new RssParser().parseString(bytes.toString('utf8')),
    feedsmith: () => parseFeed(bytes.toString('utf8')),
  };
  const spent = new Map<string, number[]>();
  for (let round = 0; round < rounds + 3; round += 1) {
    for (const [tool, run] of Object.entries(runs)) {
      const before = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(before);
      if (round >= 3) spent.set(tool, [...(spent.get(tool) ?? []), (user + system) / 1000]);
    }
  }
  const typical = (tool: string): number =>
    (spent.get(tool) ?? []).sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
  const scan = typical('htmlparser2 scan');
  print(`\n${name}, ${(bytes.byteLength / 1e6).toFixed(2)} MB (median of ${rounds}, processor time)`);
  for (const tool of Object.keys(runs))
    print(
      `  ${tool.padEnd(24)} ${typical(tool).toFixed(2).padStart(8)} ms  ${(typical(tool) / scan).toFixed(2)} x scan`,
    );
}

// ---- hostile documents ----

/** A process that reads one file and says what that cost beyond having it in memory. */
function readOne(file: string): void {
  const bytes = readFileSync(file);
  const hint = { contentType: null, url: 'https://wire.test/rss', fetchedAt: newsTime('2026-04-04T00:00:00Z') };
  const before = process.cpuUsage();
  const memory = process.memoryUsage.rss() / 1024;
  const { ok } = readFeed(bytes, hint);
  const { user, system } = process.cpuUsage(before);
  const outcome = { ok, ms: (user + system) / 1000, mb: (process.resourceUsage().maxRSS - memory) / 1024 };
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}

/** Each as the fetcher would hand it on (at most 8 MB of it), in a process of its own. */
async function hostile(): Promise<void> {
  print('\nhostile documents, each read in a process of its own (goal: 1 s of processor time, 100 MB)');
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  const worst = { ms: 0, mb: 0 };
  try {
    for (const [name, document] of HOSTILE) {
      const file = join(folder, 'document');
      writeFileSync(file, Buffer.from(document() as string).subarray(0, MAX_BYTES));
      const child = spawn(process.execPath, [SELF, '--read', file], { stdio: ['ignore', 'pipe', 'inherit'] });
      const { ok, ms, mb } = JSON.parse(await firstLine(child)) as { ok: boolean; ms: number; mb: number };
      worst.ms = Math.max(worst.ms, ms);
      worst.mb = Math.max(worst.mb, mb);
      print(
        `  ${name.padEnd(36)} ${ms.toFixed(0).padStart(5)} ms ${mb.toFixed(0).padStart(5)} MB  ${ok ? 'read' : 'refused'}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  print(`  ${'worst'.padEnd(36)} ${worst.ms.toFixed(0).padStart(5)} ms ${worst.mb.toFixed(0).padStart(5)} MB`);
}

// ---- polling ----

/** A process that serves `/n` with gzip and an ETag, and `/count` with how often it was asked. */
function serveFeeds(): void {
  const bodies = Array.from({ length: 20 }, (_, n) => gzipSync(rssFeed(15, n)));
  let asked = 0;
  const server = createServer((request, response) => {
    if (request.url === '/count') {
      response.end(String(asked));
      asked = 0;
      return;
    }
    asked += 1;
    const number = Number((request.url ?? '/0').slice(1));
    const etag = `"v1-${number}"`;
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { ETag: etag });
      response.end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': 'application/rss+xml',
      'Content-Encoding': 'gzip',
      ETag: etag,
      'Last-Modified': 'Fri, 03 Apr 2026 09:00:00 GMT',
    });
    response.end(bodies[number % bodies.length]);
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`);
  });
}

interface Round {
  readonly ms: number;
  readonly cpuMs: number;
  readonly read: number;
  readonly unchanged: number;
}

/** A process that polls all feeds cold, then twice more, with the parts the product polls with. */
async function pollFeeds(host: string, feeds: number): Promise<void> {
  const fetcher = openFetcher({
    allowHosts: [host],
    userAgent: 'claimwire-bench (+https://example.com)',
    allowHostsConnections: CONNECTIONS,
  });
  const reader = openReader();
  const validators = new Map<number, Validators>();
  const { signal } = new AbortController();
  const rounds: Round[] = [];
  for (let n = 0; n < 3; n += 1) {
    const started = performance.now();
    const before = process.cpuUsage();
    let next = 0;
    let read = 0;
    let unchanged = 0;
    const lane = async (): Promise<void> => {
      for (let number = next++; number < feeds; number = next++) {
        const outcome = await fetcher.fetch(`http://${host}/${number}`, {
          validators: validators.get(number) ?? NO_VALIDATORS,
          signal,
        });
        if (outcome.outcome === 'unchanged') unchanged += 1;
        if (outcome.outcome !== 'fetched') continue;
        const result = await reader.feed(outcome.bytes, {
          contentType: outcome.contentType,
          url: outcome.finalUrl,
          fetchedAt: newsTime('2026-04-04T00:00:00Z'),
        });
        if (result.ok && result.feed.items.length === 15) read += 1;
        validators.set(number, { etag: outcome.etag, lastModified: outcome.lastModified, bodyHash: outcome.bodyHash });
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, lane));
    const { user, system } = process.cpuUsage(before);
    rounds.push({ ms: performance.now() - started, cpuMs: (user + system) / 1000, read, unchanged });
  }
  await Promise.all([fetcher.close(), reader.close()]);
  process.stdout.write(`${JSON.stringify({ rounds, peakMb: process.resourceUsage().maxRSS / 1024 })}\n`);
}

async function polling(feeds: number, newsboat: boolean): Promise<void> {
  const server = spawn(process.execPath, [SELF, '--serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const host = `127.0.0.1:${await firstLine(server)}`;
  const count = async (): Promise<number> => Number(await (await fetch(`http://${host}/count`)).text());
  print(`\npolling ${feeds} local feeds of 41 kB (gzip on the wire), ${CONNECTIONS} connections`);
  try {
    const client = spawn(process.execPath, [SELF, '--poll', host, String(feeds)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const { rounds, peakMb } = JSON.parse(await firstLine(client)) as { rounds: Round[]; peakMb: number };
    const asked = await count();
    const [cold, warm, again] = rounds;
    if (cold?.read !== feeds || again?.unchanged !== feeds)
      throw new Error(`wrong outcomes: ${JSON.stringify(rounds)}`);
    const ours = { cold: cold.ms, warm: Math.min(warm?.ms ?? Infinity, again.ms) };
    print(
      `  claimwire   cold ${seconds(ours.cold)} (processor ${seconds(cold.cpuMs)})   all 304 ${seconds(ours.warm)}   peak ${peakMb.toFixed(0)} MB   ${(asked / rounds.length / feeds).toFixed(2)} requests a feed and round`,
    );
    if (newsboat) await besideNewsboat(host, feeds, ours, count);
  } finally {
    server.kill();
  }
}

/** newsboat sends validators from its third run on, so that one is its warm round. */
async function besideNewsboat(
  host: string,
  feeds: number,
  ours: { cold: number; warm: number },
  count: () => Promise<number>,
): Promise<void> {
  if (spawnSync('newsboat', ['--version']).status !== 0) {
    print('  newsboat    not installed here');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'newsboat-'));
  try {
    writeFileSync(join(folder, 'urls'), Array.from({ length: feeds }, (_, n) => `http://${host}/${n}`).join('\n'));
    writeFileSync(join(folder, 'config'), 'reload-threads 8\n');
    const args = [
      '-u',
      join(folder, 'urls'),
      '-C',
      join(folder, 'config'),
      '-c',
      join(folder, 'cache.db'),
      '-x',
      'reload',
    ];
    const times: number[] = [];
    const processor: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const started = performance.now();
      // The shell's `times` tells the processor time of what it ran, in its second line.
      const script = 'newsboat "$@" >&2; times';
      const done = spawn('sh', ['-c', script, 'sh', ...args], {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, HOME: folder },
      });
      let said = '';
      done.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      await new Promise((resolve) => done.on('close', resolve));
      times.push(performance.now() - started);
      const parts = [...(said.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
      processor.push(
        parts.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60_000 + Number(rest) * 1_000, 0),
      );
      const asked = await count();
      if (asked < feeds) throw new Error(`newsboat asked ${asked} of ${feeds} feeds`);
    }
    const [cold = Number.NaN, , warm = Number.NaN] = times;
    print(
      `  newsboat    cold ${seconds(cold)} (processor ${seconds(processor[0] ?? Number.NaN)})   third run ${seconds(warm)}`,
    );
    print(
      `  claimwire / newsboat: cold ${(ours.cold / cold).toFixed(2)} (goal 0.60), 304 ${(ours.warm / warm).toFixed(2)} (goal 1.00)`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end !== -1) resolve(text.slice(0, end));
    });
    child.on('exit', (code) => reject(new Error(`a bench process ended early (${code})`)));
  });
}

const [mode, host = '', feeds = '0'] = process.argv.slice(2);
if (mode === '--serve') serveFeeds();
else if (mode === '--poll') await pollFeeds(host, Number(feeds));
else if (mode === '--read') readOne(host);
else {
  const wanted = (part: string): boolean => mode === undefined || mode === part;
  if (wanted('--parse')) {
    await parsing('RSS, 20 items', rssFeed(20), 60);
    await parsing('RSS, 200 items', rssFeed(200), 30);
    await parsing('RSS, 2,000 items', rssFeed(2_000), 5);
    await parsing('Atom, 200 items', atomFeed(200), 30);
  }
  if (wanted('--hostile')) await hostile();
  if (wanted('--polling')) {
    await polling(1_000, true);
    await polling(5_000, false);
  }
}
