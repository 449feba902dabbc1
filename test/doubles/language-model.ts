/**
 * A language model's server on loopback: OpenAI's chat endpoint and Anthropic's, as far as their documents say what they
 * refuse. What it answers is written by the test; without that it answers as the instructions ask, and agrees with nothing.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly system: string;
  readonly prompt: string;
  /** The body as it came. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the model says, as text; or the whole answer of the server. */
export type Said =
  | string
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Instead of an envelope around a text. */
      readonly raw?: string;
      readonly text?: string;
      /** Never answers, or only after this long. */
      readonly after?: 'never' | number;
      /** Goes on sending for ever. */
      readonly endless?: boolean;
      readonly usage?: unknown;
    };

export interface ModelDouble {
  readonly url: string;
  readonly asked: Asked[];
  /** Answers the next questions; the last one also all after it. */
  say(...answers: readonly (Said | ((asked: Asked) => Said))[]): void;
  readonly models: string[];
  /** Keys that are taken; empty: any, also none. */
  readonly keys: string[];
  /** As a server without structured output: refuses `response_format` with 400. */
  refusesSchema: boolean;
  close(): Promise<void>;
}

export async function modelDouble(): Promise<ModelDouble> {
  const asked: Asked[] = [];
  const keys: string[] = [];
  const models = ['test-model'];
  const pending = new Set<NodeJS.Timeout>();
  let answers: (Said | ((asked: Asked) => Said))[] = [];
  const double = { refusesSchema: false };

  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace(/\?.*$/, '');
    const json = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const given = request.headers['x-api-key'] ?? request.headers.authorization?.replace(/^Bearer /, '');
    if (keys.length > 0 && !keys.includes(String(given)))
      return json(401, { error: { message: 'Incorrect API key provided' } });
    if (path === '/v1/models')
      return json(200, { object: 'list', data: models.map((id) => ({ id, object: 'model' })) });
    const anthropic = path === '/v1/messages';
    if (!anthropic && path !== '/v1/chat/completions') return json(404, { error: { message: 'no such path' } });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    const question: Asked = { path, headers: request.headers, body, ...wordsOf(body, anthropic) };
    asked.push(question);
    const refusal = refusalOf(body, anthropic);
    if (refusal !== null) return json(400, { error: { message: refusal, type: 'invalid_request_error' } });
    const next = answers.length > 1 ? answers.shift() : answers[0];
    const said = typeof next === 'function' ? next(question) : (next ?? '{"judgements":[]}');
    send(response, typeof said === 'string' ? { text: said } : said, anthropic, pending);
  }

  function refusalOf(body: Readonly<Record<string, unknown>>, anthropic: boolean): string | null {
    if (typeof body['model'] !== 'string') return 'model: missing';
    if (!Array.isArray(body['messages']) || body['messages'].length === 0) return 'messages: missing';
    if (anthropic) return typeof body['max_tokens'] === 'number' ? null : 'max_tokens: missing';
    const format = body['response_format'] as
      | { type?: string; json_schema?: { strict?: boolean; schema?: object } }
      | undefined;
    if (format === undefined) return null;
    if (double.refusesSchema) return "'response_format' is not supported with this model";
    if (format.type !== 'json_schema' || format.json_schema?.schema === undefined) return 'response_format: no schema';
    // With `strict` every object must be closed and every property required.
    return isStrict(format.json_schema.schema) ? null : 'response_format: the schema is not strict';
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(double, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    models,
    keys,
    say: (...next: readonly (Said | ((asked: Asked) => Said))[]) => {
      answers = [...next];
    },
    close: async () => {
      for (const timer of pending) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function wordsOf(body: Readonly<Record<string, unknown>>, anthropic: boolean): { system: string; prompt: string } {
  const messages = (body['messages'] ?? []) as readonly { role: string; content: unknown }[];
  const text = (content: unknown): string =>
    typeof content === 'string'
      ? content
      : ((content ?? []) as readonly { text?: string }[]).map((part) => part.text ?? '').join('');
  const of = (role: string): string =>
    messages
      .filter((message) => message.role === role)
      .map((message) => text(message.content))
      .join('\n');
  return { system: anthropic ? text(body['system']) : of('system'), prompt: of('user') };
}

function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (typeof schema !== 'object' || schema === null) return true;
  const { type, properties, additionalProperties, required } = schema as Readonly<Record<string, unknown>>;
  if (type === 'object' && properties !== undefined) {
    const names = Object.keys(properties as object);
    const listed = (required ?? []) as readonly string[];
    if (additionalProperties !== false || !names.every((name) => listed.includes(name))) return false;
  }
  return Object.values(schema).every(isStrict);
}

function send(
  response: ServerResponse,
  said: Exclude<Said, string>,
  anthropic: boolean,
  pending: Set<NodeJS.Timeout>,
): void {
  const { status = 200, headers = {}, raw, text = '', after, endless } = said;
  const usage =
    'usage' in said
      ? said.usage
      : anthropic
        ? { input_tokens: 700, output_tokens: 90 }
        : { prompt_tokens: 700, completion_tokens: 90, total_tokens: 790 };
  const envelope = anthropic
    ? {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'test-model',
        content: [{ type: 'text', text }],
        stop_reason: 'end_turn',
        stop_sequence: null,
        usage,
      }
    : {
        id: 'c1',
        object: 'chat.completion',
        created: 1,
        model: 'test-model',
        choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
        usage,
      };
  const answer = (): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    if (endless !== true) {
      response.end(raw ?? JSON.stringify(envelope));
      return;
    }
    const pour = (): void => {
      while (!response.destroyed && response.write(' '.repeat(16_384)));
      if (!response.destroyed) response.once('drain', pour);
    };
    pour();
  };
  if (after === 'never') return;
  if (after === undefined) answer();
  else {
    const timer = setTimeout(answer, after);
    pending.add(timer);
  }
}
