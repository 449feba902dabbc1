/**
 * One polite, bounded, guarded GET of a feed. Whatever the server does (drips a byte a second, never ends, sends
 * a gzip bomb, redirects to 169.254.169.254) it ends within the deadline with one of six outcomes.
 *
 *     const fetcher = openFetcher({ allowHosts: [], userAgent });
 *     const outcome = await fetcher.fetch('https://example.com/rss', { validators, signal });
 *     await fetcher.close();
 */
import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { Agent, request, type Dispatcher } from 'undici';
import { checkUrl, guardedConnector, isAllowedUrl, REFUSED, type NameLookup, type Refusal } from './address.ts';
import { bodyWithin } from './body.ts';
import { cacheSecondsOf, headerOf, retryAfterMs, type Headers } from './http-headers.ts';

/** What the server gave us last time, sent back exactly as received. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** sha256 of the last body: some servers answer 200 with the same bytes for ever. */
  readonly bodyHash: string | null;
}

export const NO_VALIDATORS: Validators = { etag: null, lastModified: null, bodyHash: null };

export interface FetchLimits {
  /** For everything: all hops, connecting, the body. */
  readonly totalMs: number;
  /** After inflation. More is cut off, not refused: the newest items come first. */
  readonly bytes: number;
  readonly redirects: number;
}

export const FETCH_LIMITS: FetchLimits = { totalMs: 15_000, bytes: 8 * 1024 * 1024, redirects: 5 };

export type FetchOutcome =
  | {
      readonly outcome: 'fetched';
      readonly bytes: Uint8Array;
      readonly contentType: string | null;
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly bodyHash: string;
      /** Where the bytes came from. */
      readonly finalUrl: string;
      /** Where 301 and 308 alone led; adopt it only by health.ts, watchMove. */
      readonly permanentUrl: string | null;
      /** How long the server calls this fresh. */
      readonly cacheSeconds: number | null;
      /** Cut off by size or by the connection; then there are no validators, so that the next poll asks again. */
      readonly truncated: 'size' | 'connection' | null;
    }
  | {
      readonly outcome: 'unchanged';
      /** A 304, or a 200 with the bytes we know. */
      readonly how: 'not-modified' | 'same-bytes';
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly permanentUrl: string | null;
      readonly cacheSeconds: number | null;
    }
  /** 410: the publisher ended this feed. */
  | { readonly outcome: 'gone'; readonly reason: string }
  /** We will not go there. `message` is one sentence for people. */
  | { readonly outcome: 'refused'; readonly reason: Refusal; readonly message: string }
  /** Come back later; null when the server did not say when. 429 pauses the host, 5xx the feed. */
  | {
      readonly outcome: 'limited';
      readonly retryAfterMs: number | null;
      readonly scope: 'host' | 'feed';
      readonly reason: string;
    }
  | {
      readonly outcome: 'failed';
      readonly kind: 'network' | 'name' | 'tls' | 'timeout' | 'http' | 'stopped';
      readonly status: number | null;
      readonly reason: string;
    };

export interface FetcherOptions {
  readonly allowHosts: readonly string[];
  readonly userAgent: string;
  readonly limits?: FetchLimits;
  /** Connections to each of `allowHosts`: 1 unless said. All other hosts get one, also when redirects of many feeds meet there. */
  readonly allowHostsConnections?: number;
  /** The system's resolver unless a test brings its own. */
  readonly lookup?: NameLookup;
}

interface FetchRequest {
  readonly validators: Validators;
  readonly signal: AbortSignal;
}

export interface Fetcher {
  fetch(url: string, options: FetchRequest): Promise<FetchOutcome>;
  close(): Promise<void>;
}

/** Keeps connections alive between polls; close it. Never rejects for anything a server or a network does. */
export function openFetcher(options: FetcherOptions): Fetcher {
  const limits = options.limits ?? FETCH_LIMITS;
  const connect = guardedConnector(options.allowHosts, limits.totalMs, options.lookup);
  const agentWith = (connections: number): Agent =>
    new Agent({
      connect,
      connections,
      keepAliveTimeout: 4_000,
      keepAliveMaxTimeout: 30_000,
      headersTimeout: limits.totalMs,
      bodyTimeout: limits.totalMs,
      maxHeaderSize: 32_768,
    });
  const strangers = agentWith(1);
  const allowed = agentWith(options.allowHostsConnections ?? 1);
  const agentFor = (url: URL): Agent => (isAllowedUrl(url, options.allowHosts) ? allowed : strangers);
  return {
    fetch: (url, asked) => follow(agentFor, url, asked, options, limits),
    close: async () => {
      await Promise.all([strangers.destroy(), allowed.destroy()]);
    },
  };
}

async function follow(
  agentFor: (url: URL) => Agent,
  written: string,
  asked: FetchRequest,
  options: FetcherOptions,
  limits: FetchLimits,
): Promise<FetchOutcome> {
  // One controller by hand: AbortSignal.any of two signals costs more than the request of a feed that did not change.
  const ending = new AbortController();
  const { signal } = ending;
  let late = false;
  const end = (): void => ending.abort();
  const timer = setTimeout(() => {
    late = true;
    end();
  }, limits.totalMs);
  if (asked.signal.aborted) end();
  // One signal stops many fetches, and each listens to it: that is no leak.
  setMaxListeners(0, asked.signal);
  asked.signal.addEventListener('abort', end);
  let at = written;
  let permanentUrl: string | null = null;
  let onlyPermanent = true;
  let wasHttps = false;
  try {
    for (let hop = 0; hop <= limits.redirects; hop += 1) {
      const checked = checkUrl(at, options.allowHosts);
      if (!checked.ok) return { outcome: 'refused', reason: checked.reason, message: checked.message };
      if (wasHttps && checked.url.protocol === 'http:') {
        return { outcome: 'refused', reason: 'https to http', message: 'the feed redirects from https to http' };
      }
      wasHttps = checked.url.protocol === 'https:';
      const response = await request(checked.url, {
        dispatcher: agentFor(checked.url),
        signal,
        headers: requestHeaders(options.userAgent, asked.validators),
      });
      const location = REDIRECTS.has(response.statusCode) ? headerOf(response.headers, 'location') : null;
      if (location === null)
        return await answered(response, { finalUrl: checked.url.href, permanentUrl, asked, limits, signal });
      await response.body.dump({ limit: 65_536, signal });
      const next = resolve(location, checked.url);
      if (next === null)
        return {
          outcome: 'refused',
          reason: 'not an address',
          message: 'the feed redirects to something that is no address',
        };
      onlyPermanent &&= response.statusCode === 301 || response.statusCode === 308;
      if (onlyPermanent) permanentUrl = next;
      at = next;
    }
    return failure('http', null, `more than ${limits.redirects} redirects`);
  } catch (error) {
    return failed(error, late, asked.signal, limits);
  } finally {
    clearTimeout(timer);
    asked.signal.removeEventListener('abort', end);
  }
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function requestHeaders(userAgent: string, validators: Validators): Record<string, string> {
  const headers: Record<string, string> = {
    'user-agent': userAgent,
    accept:
      'application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5',
    'accept-encoding': 'br, gzip, deflate',
  };
  // An empty validator makes some servers answer 304 for ever.
  if (validators.etag !== null && SENDABLE.test(validators.etag)) headers['if-none-match'] = validators.etag;
  if (validators.lastModified !== null && SENDABLE.test(validators.lastModified))
    headers['if-modified-since'] = validators.lastModified;
  return headers;
}

const SENDABLE = /^[\t\x20-\x7e\x80-\xff]{1,1000}$/;

interface Context {
  readonly finalUrl: string;
  readonly permanentUrl: string | null;
  readonly asked: FetchRequest;
  readonly limits: FetchLimits;
  readonly signal: AbortSignal;
}

async function answered(response: Dispatcher.ResponseData, context: Context): Promise<FetchOutcome> {
  const { statusCode: status, headers, body } = response;
  const { permanentUrl, asked } = context;
  if (status === 200 || status === 203 || status === 206) return accepted(response, context);
  await body.dump({ limit: 65_536, signal: context.signal });
  if (status === 304) {
    return {
      outcome: 'unchanged',
      how: 'not-modified',
      etag: headerOf(headers, 'etag') ?? asked.validators.etag,
      lastModified: headerOf(headers, 'last-modified') ?? asked.validators.lastModified,
      permanentUrl,
      cacheSeconds: cacheSecondsOf(headers),
    };
  }
  return refusedByServer(status, headers);
}

function refusedByServer(status: number, headers: Headers): FetchOutcome {
  if (status === 410) return { outcome: 'gone', reason: 'the publisher has ended this feed (410)' };
  const wait = retryAfterMs(headers);
  if (status === 429 || (status === 403 && wait !== null)) {
    return {
      outcome: 'limited',
      retryAfterMs: wait,
      scope: 'host',
      reason: `the server asks for fewer requests (${status})`,
    };
  }
  if (status === 503 || (status >= 500 && wait !== null)) {
    return { outcome: 'limited', retryAfterMs: wait, scope: 'feed', reason: `the server is not available (${status})` };
  }
  if (status >= 500) return failure('http', status, `the server has a problem (${status})`);
  if (status === 401 || status === 403 || status === 407 || status === 451)
    return failure('http', status, `the server does not let us read it (${status})`);
  if (status === 404) return failure('http', status, 'there is nothing at this address (404)');
  if (status === 204 || status === 205) return failure('http', status, `the server sent nothing (${status})`);
  return failure('http', status, `the server answered ${status}`);
}

async function accepted(response: Dispatcher.ResponseData, context: Context): Promise<FetchOutcome> {
  const { headers } = response;
  const { asked, permanentUrl } = context;
  const body = await bodyWithin(
    response.body,
    headerOf(headers, 'content-encoding'),
    context.limits.bytes,
    context.signal,
  );
  if (body.bytes.byteLength === 0 && body.truncated === 'connection')
    return failure('network', response.statusCode, 'the connection broke before any content came');
  const whole = body.truncated === null;
  const etag = whole ? headerOf(headers, 'etag') : null;
  const lastModified = whole ? headerOf(headers, 'last-modified') : null;
  const bodyHash = createHash('sha256').update(body.bytes).digest('base64url');
  const cacheSeconds = cacheSecondsOf(headers);
  if (whole && bodyHash === asked.validators.bodyHash) {
    return { outcome: 'unchanged', how: 'same-bytes', etag, lastModified, permanentUrl, cacheSeconds };
  }
  return {
    outcome: 'fetched',
    bytes: body.bytes,
    contentType: headerOf(headers, 'content-type'),
    etag,
    lastModified,
    bodyHash,
    finalUrl: context.finalUrl,
    permanentUrl,
    cacheSeconds,
    truncated: body.truncated,
  };
}

function failed(error: unknown, late: boolean, stop: AbortSignal, limits: FetchLimits): FetchOutcome {
  const code = codeOf(error);
  if (code === REFUSED) {
    return {
      outcome: 'refused',
      reason: 'address not public',
      message: 'that address is not public (loopback, private or reserved)',
    };
  }
  if (stop.aborted) return failure('stopped', null, 'stopped');
  if (late || /TIMEOUT|ETIMEDOUT/.test(code)) {
    return failure('timeout', null, `no complete answer within ${limits.totalMs / 1000} seconds`);
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA') {
    return failure(
      'name',
      null,
      code === 'ENOTFOUND' ? 'there is no server of that name' : 'the name could not be looked up',
    );
  }
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO|EPROTO/.test(code))
    return failure('tls', null, CERTIFICATES[code] ?? `no safe connection to the server (${code})`);
  if (code === 'ECONNREFUSED') return failure('network', null, 'the server does not accept connections');
  if (code === '' && !(error instanceof Error && 'code' in error))
    throw new Error('fetching a feed failed in a way we do not know', { cause: error });
  return failure('network', null, `the connection failed (${code})`);
}

/** What Node calls the faults of a certificate. None of them is ever overlooked. */
const CERTIFICATES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "the server's certificate has expired",
  CERT_NOT_YET_VALID: "the server's certificate is not valid yet (or our clock is wrong)",
  ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is for another name",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is signed by itself, not by anybody we trust",
  SELF_SIGNED_CERT_IN_CHAIN: "the server's certificate is signed by nobody we trust",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the server's certificate is signed by nobody we trust",
  UNABLE_TO_GET_ISSUER_CERT: "the server's certificate is signed by nobody we trust",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the server's certificate is signed by nobody we trust",
  CERT_REVOKED: "the server's certificate was revoked",
};

function failure(
  kind: Extract<FetchOutcome, { outcome: 'failed' }>['kind'],
  status: number | null,
  reason: string,
): FetchOutcome {
  return { outcome: 'failed', kind, status, reason };
}

/** The innermost code: undici wraps what the socket said, and several tried addresses come as one AggregateError. */
function codeOf(error: unknown): string {
  let found = '';
  let at: unknown = error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    if ('code' in at && typeof at.code === 'string') found = at.code;
    if (found === REFUSED) return found;
    at = at instanceof AggregateError ? at.errors[0] : at.cause;
  }
  return found;
}

function resolve(location: string, base: URL): string | null {
  try {
    return new URL(location, base).href;
  } catch {
    return null;
  }
}
