/**
 * The wire to a language model: Anthropic, anything that speaks OpenAI's chat API, or Ollama through its own such endpoint.
 *
 * The packages are loaded at the first question, so that who judges offline neither waits nor pays memory for them. An answer is
 * read up to a limit and never redirected: the key goes to the address that was configured and to no other.
 */
import type { LanguageModel } from 'ai';

export type Provider = 'anthropic' | 'openai-compatible' | 'ollama';

export interface ModelAddress {
  readonly provider: Provider;
  readonly model: string;
  /** null: the provider's own. */
  readonly baseUrl: string | null;
  /** null: none is sent. */
  readonly key: string | null;
}

const OWN_ADDRESS: Readonly<Record<Provider, string>> = {
  anthropic: 'https://api.anthropic.com/v1',
  'openai-compatible': 'https://api.openai.com/v1',
  ollama: 'http://127.0.0.1:11434/v1',
};

/** Where requests go, without a slash at its end. Ollama's address is usually given without the /v1 of its OpenAI-like part. */
export function baseOf({ provider, baseUrl }: Pick<ModelAddress, 'provider' | 'baseUrl'>): string {
  if (baseUrl === null) return OWN_ADDRESS[provider];
  const base = baseUrl.replace(/\/+$/, '');
  return provider === 'ollama' && new URL(base).pathname === '/' ? `${base}/v1` : base;
}

/** `plain`: no schema is sent; for servers that refuse one. */
export async function openModel(
  address: ModelAddress,
  plain: boolean,
  fetch: typeof cappedFetch,
): Promise<LanguageModel> {
  const { provider, model, key } = address;
  if (provider === 'anthropic') {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    return createAnthropic({ baseURL: baseOf(address), apiKey: key ?? '', fetch })(model);
  }
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  return createOpenAICompatible({
    name: provider,
    baseURL: baseOf(address),
    fetch,
    supportsStructuredOutputs: !plain,
    ...(key === null ? {} : { apiKey: key }),
  })(model);
}

/** More than any answer to a question of ours, envelope included. */
const MOST_BYTES = 256 * 1024;

/** `fetch` that follows nothing and stops reading at a limit. */
export async function cappedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, { ...init, redirect: 'error' });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    size += (chunk as Uint8Array).byteLength;
    // Leaving the loop ends the connection.
    if (size > MOST_BYTES) throw new TooLong();
  }
  const { status, headers } = response;
  return new Response(status === 204 ? null : Buffer.concat(chunks), { status, headers: plainHeaders(headers) });
}

export class TooLong extends Error {
  override readonly name = 'TooLong';
}

/** The body handed on is inflated already. */
function plainHeaders(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete('content-encoding');
  kept.delete('content-length');
  return kept;
}

export interface Probe {
  readonly state: 'ok' | 'note' | 'wrong';
  /** One sentence, without key or address. */
  readonly says: string;
}

const PROBE_MS = 8_000;

/** Asks for the list of models, which costs nothing: is somebody there, is the key taken, is the model known? Never throws. */
export async function probeModel(address: ModelAddress): Promise<Probe> {
  const { provider, model, key } = address;
  const headers: Record<string, string> =
    provider === 'anthropic'
      ? { 'x-api-key': key ?? '', 'anthropic-version': '2023-06-01' }
      : key === null
        ? {}
        : { authorization: `Bearer ${key}` };
  let response: Response;
  try {
    // Anthropic lists 20 models at a time unless asked for more.
    const list = `${baseOf(address)}/models${provider === 'anthropic' ? '?limit=1000' : ''}`;
    response = await cappedFetch(list, { headers, signal: AbortSignal.timeout(PROBE_MS) });
  } catch (error) {
    return {
      state: 'wrong',
      says: `${provider} does not answer (${troubleWith(error)}); judging stays offline until it does`,
    };
  }
  if (response.status === 401 || response.status === 403)
    return {
      state: 'wrong',
      says: `${provider} refuses the key (${response.status}); judging stays offline until it is right`,
    };
  const known = modelsIn(await response.text());
  if (!response.ok || known === null)
    return {
      state: 'note',
      says: `${provider} answers (${response.status}) but lists no models, so whether it has "${model}" shows at the first article`,
    };
  const has = known.some((id) => id === model || id === `${model}:latest`);
  if (has) return { state: 'ok', says: `${provider} answers and has "${model}"` };
  const pull = provider === 'ollama' ? ` (ollama pull ${model})` : '';
  const some = known.length === 0 ? 'none' : `${known.slice(0, 5).join(', ')}${known.length > 5 ? ', ...' : ''}`;
  return { state: 'wrong', says: `${provider} answers but has no model "${model}"${pull}; it has ${some}` };
}

function modelsIn(body: string): string[] | null {
  try {
    const { data } = JSON.parse(body) as { data?: unknown };
    if (!Array.isArray(data)) return null;
    return data.flatMap((one: unknown) => {
      const id = typeof one === 'object' && one !== null ? (one as { id?: unknown }).id : undefined;
      return typeof id === 'string' ? [id.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 80)] : [];
    });
  } catch {
    return null;
  }
}

/** In a few words, without addresses: "nobody listens there", "no answer in time". */
export function troubleWith(error: unknown): string {
  const chain: unknown[] = [];
  for (let one: unknown = error; one instanceof Error && chain.length < 6; one = one.cause) chain.push(one);
  const all = chain as (Error & { code?: unknown })[];
  if (all.some((one) => one.name === 'TimeoutError' || one.name === 'AbortError')) return 'no answer in time';
  if (all.some((one) => one instanceof TooLong)) return 'an answer without end';
  const code = all.map((one) => one.code).find((one) => typeof one === 'string');
  if (code === 'ECONNREFUSED') return 'nobody listens there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its name is not known';
  if (all.some((one) => one.message.includes('redirect'))) return 'it sends requests elsewhere';
  return typeof code === 'string' ? code : 'the connection failed';
}
