/**
 * The demo's news sites: the bundled archive over real HTTP on loopback, each feed as it stood at the demo's news time.
 *
 *   const archive = await startArchive({ dir, newsNow: () => clock.newsAt(elapsed()) });
 *   archive.url('demo-example')  ->  http://127.0.0.1:40123/feeds/demo-example
 *
 * It behaves as a decent news site does: ETag and Last-Modified with 304, gzip, and redirects for the links of its
 * news-search feeds. The poller on the other side is the real one and knows nothing of this file.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { NewsTime } from '../core/time.ts';
import { archiveTimes, readArchive } from './archive-files.ts';
import type { ArchiveFeed } from './archive-files.ts';
import { redirectName, renderFeed } from './archive-render.ts';

export interface ArchiveOptions {
  /** The folder of YAML files, e.g. config/demo/archive. */
  readonly dir: string;
  readonly newsNow: () => NewsTime;
  /** Default 0: any free port. */
  readonly port?: number;
}

export interface Archive {
  /** Throws for a feed that the archive does not have. */
  url(feedId: string): string;
  /** `127.0.0.1:40123`, for `feeds.allowHosts`. */
  readonly hostPort: string;
  readonly items: number;
  readonly feeds: readonly ArchiveFeed[];
  /** Every moment at which something is published or revised, oldest first. */
  readonly times: readonly NewsTime[];
  close(): Promise<void>;
}

/** Rejects when the archive cannot be read (message names file and place) or the port is taken. */
export async function startArchive(options: ArchiveOptions): Promise<Archive> {
  const feeds = readArchive(options.dir);
  const byId = new Map(feeds.map((feed) => [feed.id, feed]));
  const targets = new Map(
    feeds.flatMap(({ items }) => items.flatMap((item) => (item.url === null ? [] : [[redirectName(item), item.url]]))),
  );
  let origin = '';

  function answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const [, kind, name] = /^\/(feeds|go)\/([\w-]{1,64})(?:\?|$)/.exec(request.url ?? '') ?? [];
    const feed = kind === 'feeds' ? byId.get(name ?? '') : undefined;
    const target = kind === 'go' ? targets.get(name ?? '') : undefined;
    if (target !== undefined) response.writeHead(302, { location: target, 'cache-control': 'no-store' }).end();
    else if (feed !== undefined) serve(feed, request, response);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('The demo archive has no such page.\n');
  }

  function serve(feed: ArchiveFeed, request: IncomingMessage, response: ServerResponse): void {
    const { body, contentType, updated } = renderFeed(feed, options.newsNow(), origin);
    // Weak: the gzipped and the plain answer are the same feed but not the same bytes (RFC 9110, section 8.8.1).
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const headers = {
      etag,
      ...(updated === null ? {} : { 'last-modified': new Date(updated).toUTCString() }),
      'cache-control': 'no-cache',
      vary: 'accept-encoding',
    };
    if (unchanged(request, etag, updated)) {
      response.writeHead(304, headers).end();
      return;
    }
    const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    const payload = zipped ? gzipSync(body) : body;
    response.writeHead(200, {
      ...headers,
      'content-type': contentType,
      'content-length': payload.length,
      ...(zipped ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(request.method === 'HEAD' ? undefined : payload);
  }

  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const hostPort = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  origin = `http://${hostPort}`;

  return {
    hostPort,
    feeds,
    items: feeds.reduce((sum, { items }) => sum + items.length, 0),
    times: archiveTimes(feeds),
    url(feedId) {
      if (!byId.has(feedId)) throw new Error(`the demo archive has no feed ${feedId}`);
      return `${origin}/feeds/${feedId}`;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Pollers keep connections open; without this, closing waits for their time-out.
        server.closeAllConnections();
      }),
  };
}

/** RFC 9110, section 13.2.2: If-Modified-Since counts only without If-None-Match. */
function unchanged(request: IncomingMessage, etag: string, updated: NewsTime | null): boolean {
  const wanted = request.headers['if-none-match'];
  if (wanted !== undefined) return wanted.split(',').some((tag) => tag.trim() === etag || tag.trim() === '*');
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  // HTTP dates have whole seconds.
  return updated !== null && Number.isFinite(since) && Math.floor(updated / 1000) * 1000 <= since;
}
