/**
 * HTTP mode: Slack's signed requests. Nothing is parsed before its signature holds; a time too far off on either side
 * is refused, and a request that was seen already is answered without being done again.
 *
 *   POST /slack/events, x-slack-signature: v0=<HMAC-SHA256 of "v0:<timestamp>:<body>" under the signing secret>
 *   (docs.slack.dev, verifying requests from Slack)
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { App, Receiver } from '@slack/bolt';
import { onceOnly } from './once.ts';

export interface RequestsOptions {
  readonly signingSecret: string;
  readonly port: number;
  readonly host: string;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fault?: unknown) => void;
}

/** Slack's own advice for the age of a request; a future one is no more trusted. */
const SKEW_S = 300;
/** Slack's payloads stay far below. */
const BODY_LIMIT = 1_000_000;

export interface SlackRequests extends Receiver {
  /** Where it listens; 0 before start. */
  port(): number;
}

export function slackRequests(options: RequestsOptions): SlackRequests {
  const fresh = onceOnly();
  let app: App | null = null;

  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5000 }, (request, response) => {
    serve(request, response).catch((error: unknown) => {
      options.log('warn', 'a request from Slack could not be served', error);
      end(response, 500);
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || new URL(request.url ?? '/', 'http://x').pathname !== '/slack/events') {
      end(response, 404);
      return;
    }
    const body = await bodyOf(request);
    if (body === null) {
      response.setHeader('connection', 'close');
      end(response, 413);
      return;
    }
    const signature = String(request.headers['x-slack-signature'] ?? '');
    const timestamp = String(request.headers['x-slack-request-timestamp'] ?? '');
    const text = body.toString('utf8');
    if (!signed(options.signingSecret, timestamp, body, signature)) {
      // Slack's check of the certificate carries no signature and asks for nothing but 200.
      end(response, /^ssl_check=1(?:&|$)/u.test(text) ? 200 : 401);
      return;
    }
    const read = bodyRead(text, request.headers['content-type'] ?? '');
    if (read === null) {
      end(response, 400);
      return;
    }
    if (read['ssl_check'] === '1') {
      end(response, 200);
      return;
    }
    if (read['type'] === 'url_verification') {
      end(response, 200, typeof read['challenge'] === 'string' ? read['challenge'].slice(0, 1000) : '', 'text/plain');
      return;
    }
    if (!fresh(signature)) {
      end(response, 200);
      return;
    }
    await app?.processEvent({
      body: read,
      ack: async (answer?: unknown) => {
        if (typeof answer === 'string' || answer === undefined || answer === null) end(response, 200, answer ?? '');
        else end(response, 200, JSON.stringify(answer), 'application/json');
      },
    });
    if (!response.writableEnded) end(response, 404);
  }

  return {
    init: (given: App) => {
      app = given;
    },
    start: () =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, options.host, () => {
          server.off('error', reject);
          resolve();
        });
      }),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    port: () => {
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : 0;
    },
  };
}

function end(response: ServerResponse, status: number, body = '', type = 'text/plain'): void {
  if (response.writableEnded) return;
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body);
}

/** Null when it is longer than allowed. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  // The connection stays open so that the refusal can be heard.
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > BODY_LIMIT) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function signed(secret: string, timestamp: string, body: Buffer, signature: string): boolean {
  if (!/^\d{1,12}$/u.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > SKEW_S) return false;
  const expected = Buffer.from(
    `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`,
  );
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** JSON, a form, or a form whose `payload` is JSON; null when unreadable. */
function bodyRead(text: string, type: string): Record<string, unknown> | null {
  try {
    const fields = type.startsWith('application/json') ? null : Object.fromEntries(new URLSearchParams(text));
    const read: unknown =
      fields === null
        ? JSON.parse(text)
        : (fields['payload'] ?? null) === null
          ? fields
          : JSON.parse(fields['payload'] ?? '');
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : null;
  } catch {
    return null;
  }
}
