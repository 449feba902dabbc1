/**
 * How the client's requests leave: files are put into bytes here, by Node. The client's own undici hands a form to whichever
 * undici set the process-wide dispatcher first, and one of another major version does not know it for a form.
 */
import { DefaultRestOptions } from 'discord.js';
import type { RESTOptions } from 'discord.js';

type MakeRequest = RESTOptions['makeRequest'];

export const makeRequest: MakeRequest = async (url, init) => {
  const { body } = init as { readonly body?: unknown };
  if (!(body instanceof FormData)) return DefaultRestOptions.makeRequest(url, init);
  const form = new Response(body);
  const headers = {
    ...(init.headers as Readonly<Record<string, string>>),
    'content-type': form.headers.get('content-type') ?? 'multipart/form-data',
  };
  return DefaultRestOptions.makeRequest(url, { ...init, body: new Uint8Array(await form.arrayBuffer()), headers });
};
