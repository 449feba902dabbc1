/**
 * The board: what is known, over HTTP, read-only. `startBoard` listens; every route answers GET and HEAD alone.
 *
 *   /  /claims/ID?as-of=2026-04-20  /api/claims  /api/claims/ID  /api/origins  /claims.atom  /claims.json  /healthz  /readyz  /metrics
 */
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { deadlineOf, newsTime } from '../core/time.ts';
import type { NewsTime } from '../core/time.ts';
import { ASSETS } from './assets.ts';
import { boardPage } from './boardPage.ts';
import { claimPage } from './claimPage.ts';
import { atomFeed, claimsJson, jsonFeed, originsJson, whyJson } from './exports.ts';
import { guarded, isOurHost } from './guard.ts';
import { metricsText } from './metrics.ts';
import { plainPage } from './page.ts';
import type { BoardReader } from './reader.ts';

export interface BoardOptions {
  readonly reader: BoardReader;
  /** 0: any free port. */
  readonly port: number;
  /** Default 127.0.0.1: this machine only. */
  readonly host?: string;
  /** Further names people reach the board by, e.g. behind a reverse proxy. */
  readonly allowedHosts?: readonly string[];
  readonly demo: boolean;
  /** Told of each request that failed, for the log; people are told only that it did. */
  readonly onError?: (error: unknown, path: string) => void;
  /** How long a reader may take before the board says that the database does not answer, in ms. Default 5,000. */
  readonly patienceMs?: number;
}

export interface Board {
  readonly url: string;
  close(): Promise<void>;
}

/** Changes read for the timelines; a board of a hundred claims has a few hundred in a year. */
const CHANGES_READ = 2000;
const FEED_ENTRIES = 50;
const LONGEST_PATH = 2000;

/** A request is one line and some headers: whoever needs longer than this for it holds a socket for nothing. */
const LIMITS = { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 5_000, maxHeaderSize: 16_384 };

/** Rejects with one clear sentence when the port cannot be had. */
export async function startBoard(options: BoardOptions): Promise<Board> {
  const host = options.host ?? '127.0.0.1';
  const app = routes(options, host);
  return new Promise((resolve, reject) => {
    const listener = { fetch: app.fetch, port: options.port, hostname: host, serverOptions: LIMITS };
    const server = serve(listener, (info) => {
      server.off('error', failed);
      server.on('error', (error) => options.onError?.(error, 'server'));
      resolve({ url: urlOf(host, info), close: () => closed(server) });
    });
    const failed = (error: NodeJS.ErrnoException) =>
      reject(new Error(whyNot(error, options.port, host), { cause: error }));
    server.on('error', failed);
  });
}

function closed(server: ReturnType<typeof serve>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}

function urlOf(host: string, info: AddressInfo): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const name = everywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${info.port}`;
}

function whyNot(error: NodeJS.ErrnoException, port: number, host: string): string {
  if (error.code === 'EADDRINUSE')
    return `port ${port} is in use, so the board cannot start: stop what uses it, or set CLAIMWIRE_WEB_PORT to another port (0 for any free one)`;
  if (error.code === 'EACCES')
    return `port ${port} may not be used by this user: set CLAIMWIRE_WEB_PORT to a port above 1023`;
  if (error.code === 'EADDRNOTAVAIL')
    return `the board cannot listen on ${host}: this machine has no such address (web.host)`;
  return `the board cannot listen on ${host} port ${port} (${error.code ?? error.message}): set CLAIMWIRE_WEB_PORT to another port`;
}

/** The reader took too long. */
class TooSlow extends Error {}

function routes(options: BoardOptions, host: string): Hono {
  const { reader, demo, patienceMs = 5000 } = options;
  const app = new Hono();
  const within = <T>(answer: Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new TooSlow()), patienceMs);
    });
    return Promise.race([answer, late]).finally(() => clearTimeout(timer));
  };
  // However many readers ask, the ledger is asked once a second.
  const statusViews = shared(() => within(reader.statusViews()));
  const changes = shared(() => within(reader.changes(CHANGES_READ)));
  const health = shared(() => within(reader.health()));
  const origins = shared(() => within(reader.origins()));

  app.use(async (c, next) => {
    if (!isOurHost(c.req.header('host'), host, options.allowedHosts ?? []))
      c.res = new Response('This name is not allowed here. Add it to web.allowedHosts in claimwire.yaml.\n', {
        status: 421,
      });
    else if (c.req.method !== 'GET' && c.req.method !== 'HEAD')
      c.res = new Response('Read only.\n', { status: 405, headers: { Allow: 'GET, HEAD' } });
    else if (c.req.url.length > LONGEST_PATH) c.res = new Response('Too long.\n', { status: 414 });
    else await next();
    guarded(c.res.headers);
  });

  app.get('/', async (c) => {
    // Health is an aside: the board shows what is known also when only the queue is away.
    const [topics, newest, report] = await Promise.all([statusViews(), changes(), health().catch(() => null)]);
    return answer(c, 'text/html; charset=utf-8', boardPage({ topics, changes: newest, health: report, demo }));
  });
  app.get('/claims/:id', async (c) => {
    const asked = asOfOf(c);
    if (asked === 'wrong') return page(c, 400, 'That is no date', 'Write as-of=2026-04-20, or 2026-04-20T18:00Z.');
    const why = await lookUp(c.req.param('id'), asked);
    if (why === null) return page(c, 404, 'No such claim', 'Nobody tracks a claim of this name here.');
    return answer(c, 'text/html; charset=utf-8', claimPage({ why, asked: asked !== null, demo: demo || why.demo }));
  });
  app.get('/api/claims', async (c) => json(c, 200, claimsJson(await statusViews())));
  app.get('/api/claims/:id', async (c) => {
    const asked = asOfOf(c);
    if (asked === 'wrong') return json(c, 400, { error: 'as-of is no date: write 2026-04-20 or 2026-04-20T18:00Z' });
    const why = await lookUp(c.req.param('id'), asked);
    return why === null ? json(c, 404, { error: 'no such claim' }) : json(c, 200, whyJson(why));
  });
  app.get('/api/origins', async (c) => json(c, 200, originsJson(await origins())));
  app.get('/claims.atom', async (c) => {
    const newest = (await changes()).slice(0, FEED_ENTRIES);
    const { startedAt } = newest.length === 0 ? await health() : { startedAt: 0 };
    return answer(c, 'application/atom+xml; charset=utf-8', atomFeed(newest, baseOf(c), startedAt, demo));
  });
  app.get('/claims.json', async (c) => {
    const feed = jsonFeed((await changes()).slice(0, FEED_ENTRIES), baseOf(c), demo);
    return answer(c, 'application/feed+json; charset=utf-8', `${JSON.stringify(feed, null, 2)}\n`);
  });
  // Alive: this process answers. It must not ask the database, or an outage there would restart every instance here.
  app.get('/healthz', (c) => c.text('ok\n', 200, { 'Cache-Control': 'no-store' }));
  app.get('/readyz', async (c) => {
    const report = await health().catch(() => null);
    const parts = report?.parts ?? [{ name: 'ledger', state: 'down' as const, note: 'does not answer' }];
    const ready = report?.ready ?? false;
    return json(c, ready ? 200 : 503, { ready, parts });
  });
  app.get('/metrics', async (c) => {
    const [report, topics] = await Promise.all([health(), statusViews()]);
    const text = metricsText(report, topics, process.memoryUsage.rss());
    return c.body(text, 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
      'Cache-Control': 'no-store',
    });
  });
  for (const [path, asset] of ASSETS)
    app.get(path, (c) =>
      c.body(asset.text, 200, { 'Content-Type': asset.type, 'Cache-Control': 'public, max-age=31536000, immutable' }),
    );

  app.notFound((c) => page(c, 404, 'Not found', 'There is no such page.'));
  app.onError((error, c) => {
    options.onError?.(error, c.req.path);
    const [status, sentence] =
      error instanceof TooSlow
        ? ([503, 'The database does not answer just now. The bot goes on by itself when it does.'] as const)
        : ([500, 'Something went wrong; the log says what.'] as const);
    const response = isForMachines(c.req.path)
      ? json(c, status, { error: sentence })
      : page(c, status, 'Not available', sentence);
    guarded(response.headers);
    return response;
  });
  return app;

  async function lookUp(id: string, asOf: NewsTime | null) {
    // Ids are made of these letters; anything else is nobody's and need not reach the ledger.
    if (!/^[a-z0-9][a-z0-9-]{0,99}$/.test(id)) return null;
    return within(asOf === null ? reader.why(id) : reader.why(id, asOf));
  }

  function page(c: Context, status: 400 | 404 | 500 | 503, title: string, sentence: string): Response {
    return c.body(plainPage(title, sentence, demo), status, {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
    });
  }
}

function isForMachines(path: string): boolean {
  return path.startsWith('/api/') || path === '/metrics' || path === '/claims.json';
}

function json(c: Context, status: 200 | 400 | 404 | 500 | 503, value: unknown): Response {
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
  return c.body(`${JSON.stringify(value, null, 2)}\n`, status, headers);
}

/** Browsers, feed readers and board.js ask again with the tag they have; what is the same is not sent twice. */
function answer(c: Context, type: string, text: string): Response {
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache', ETag: tag };
  if (c.req.header('if-none-match') === tag) return c.body(null, 304, headers);
  return c.body(text, 200, headers);
}

/** The address the reader used; its Host header was checked before. */
function baseOf(c: Context): string {
  return new URL(c.req.url).origin;
}

/** A day alone means its end: what was known on 20 April includes that day. Null when not asked for. */
function asOfOf(c: Context): NewsTime | null | 'wrong' {
  const written = c.req.query('as-of');
  if (written === undefined || written === '') return null;
  const shape = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
  if (!shape.test(written) || !Number.isFinite(Date.parse(written))) return 'wrong';
  return written.includes('T') ? newsTime(written) : deadlineOf(written);
}

/** One answer for everybody who asks within a second; a failure is not kept. */
function shared<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: { readonly answer: Promise<T>; readonly until: number } | null = null;
  return () => {
    const now = performance.now();
    if (kept !== null && now < kept.until) return kept.answer;
    const answer = read();
    const mine = { answer, until: now + 1000 };
    kept = mine;
    answer.catch(() => {
      if (kept === mine) kept = null;
    });
    return answer;
  };
}
