/**
 * Slack on 127.0.0.1 for the unmodified Bolt: `emulate` keeps channels and messages; this front adds what it lacks:
 * Socket Mode, slash commands, buttons, response_url, 429, Block Kit limits, refused tokens, membership, lost answers.
 *
 *   const slack = await slackDouble();
 *   slack.fault = { kind: 'answer-lost' };        // messages are taken, the answer never arrives
 *   const seen = await slack.command('U…', '/deepseek', 'status');
 *
 * A trigger opens one view within 3 s, a response_url takes five answers.
 *
 * Not modelled: rate limits by count, OAuth but for the exchange of refresh tokens, threads, Enterprise Grid, unfurling.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createEmulator } from 'emulate';
import type { Emulator } from 'emulate';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { refuseBlocks, refuseView } from './slack-rules.ts';

export type Json = Record<string, unknown>;

export type SlackFault =
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'error-after-accept'; readonly status?: number }
  /** 200 and half a JSON body. */
  | { readonly kind: 'half-answer' }
  /** Takes the message, answers 200 and half a body, then waits. */
  | { readonly kind: 'body-stalls' }
  | { readonly kind: 'limited'; readonly seconds: string | null }
  /** {ok: false, error} for every message. */
  | { readonly kind: 'refuse'; readonly error: string };

/** A message request as it arrived, a new message, or an edited one. */
interface SeenMessage {
  readonly what: 'requested' | 'accepted' | 'edited';
  readonly channel: string;
  /** '' when there is none. */
  readonly id: string;
  readonly body: Json;
}

export interface SlackDoubleOptions {
  /** Default: any that is free. */
  readonly port?: number;
  /** Names of further channels, besides "news". */
  readonly channels?: readonly string[];
  /** Asked about each message request when no fault is set: chance, and a lag before anything is done. */
  readonly dice?: (channel: string) => { readonly lagMs: number; readonly fault: SlackFault | null };
  /** Told what reached us and what became visible, as it happens. */
  readonly onSeen?: (seen: SeenMessage) => void;
}

export interface SeenAnswer {
  acknowledgedMs: number | null;
  /** Messages sent to its response_url, refused ones included. */
  tries: number;
  /** Through the response_url, and as messages or views that this request's trigger or person caused. */
  readonly answers: Json[];
  /** What the acknowledgement itself carried: a form's errors. */
  payload: Json | null;
  /** The view that its trigger opened, as last updated. */
  view: Json | null;
}

/** Where a form is answered that has no response_url. */
interface OpenedView {
  readonly seen: SeenAnswer;
  readonly id: string;
}

export const BOT_TOKEN = 'xoxb-1-double';
export const APP_TOKEN = 'xapp-1-double';
export const CLIENT = { id: '1.2', secret: 'a-client-secret-of-the-double' };
export const SIGNING_SECRET = 'a-signing-secret-of-the-double';

const MESSAGES = new Set(['chat.postMessage', 'chat.update']);

export class SlackDouble {
  fault: SlackFault | null = null;
  /** conversations.history answers missing_scope. */
  historyReadable = true;
  /** files:write was given. */
  filesWritable = true;
  /** User groups of the workspace; null: usergroups:read was not given; silent: the question is never answered. */
  groups: readonly { readonly id: string; readonly handle: string }[] | null | 'silent' = [
    { id: 'S0DESKGROUP', handle: 'desk' },
    { id: 'S0LEGALGROUP', handle: 'legal' },
  ];
  /** The bot was invited into its channel before it ever ran. */
  invitedBefore = false;
  /** How often an uploaded file is asked for before it can be shown: Slack takes files in by and by. */
  filesReadyAfter = 0;
  readonly requests: { readonly method: string; readonly body: Json }[] = [];
  readonly sockets: WebSocket[] = [];
  /** Connections that another program has open with the same app. */
  foreignSockets = 0;
  /** Home tabs as last published, by person. */
  readonly homes = new Map<string, Json>();
  /** What one person alone was shown in a channel (chat.postEphemeral). */
  readonly ephemerals: Json[] = [];
  /** Messages for the whole channel, as sent. */
  readonly posts: Json[] = [];
  /** The bot is in the channel; else posting answers not_in_channel. */
  member = true;
  /** Token rotation: tokens that are taken now, and the refresh token that is good for one exchange. */
  readonly taken = new Set([BOT_TOKEN]);
  /** Tokens that have ended by themselves. */
  readonly ended = new Set<string>();
  refreshToken = 'xoxe-1-double';
  exchanges = 0;
  /** What becomes of the next exchanges, first come first; else they work. `lost`: done, and the answer never arrives. */
  readonly exchangeFates: ('lost' | 'internal_error')[] = [];
  /** What the token may do, as every answer of Slack says it. */
  scopes: string | null = null;
  channel = '';
  me = '';
  /** Ids of all channels. */
  channels: readonly string[] = [];
  manager = '';
  reader = '';
  private readonly emulator: Emulator;
  private readonly options: SlackDoubleOptions;
  private readonly answers = new Map<string, SeenAnswer>();
  private forms = 0;
  private readonly files = new Map<string, number>();
  private readonly acks = new Map<string, (payload: Json | null) => void>();
  private readonly views = new Map<string, OpenedView>();
  private readonly triggers = new Map<string, { readonly at: number; readonly seen: SeenAnswer; used: boolean }>();
  private readonly open = new Set<Socket>();
  private readonly server = createServer((request, response) => {
    this.serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  private readonly gateway = new WebSocketServer({ noServer: true });

  constructor(emulator: Emulator, options: SlackDoubleOptions) {
    this.emulator = emulator;
    this.options = options;
    this.server.on('connection', (socket) => {
      this.open.add(socket);
      socket.on('close', () => this.open.delete(socket));
    });
    this.server.on('upgrade', (request, socket, head) => {
      this.gateway.handleUpgrade(request, socket, head, (client) => {
        this.sockets.push(client);
        client.on('close', () => this.sockets.splice(this.sockets.indexOf(client), 1));
        client.on('message', (raw: Buffer) => {
          const { envelope_id: id, payload } = JSON.parse(raw.toString('utf8')) as {
            envelope_id?: string;
            payload?: Json;
          };
          if (id !== undefined) this.acks.get(id)?.(payload ?? null);
        });
        client.send(JSON.stringify({ type: 'hello', num_connections: this.sockets.length + this.foreignSockets }));
      });
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.options.port ?? 0, '127.0.0.1', resolve));
    const { channels } = (await this.ask('conversations.list', {})) as { channels: { id: string; name: string }[] };
    const { members } = (await this.ask('users.list', {})) as { members: { id: string; name: string }[] };
    this.channels = channels.map((one) => one.id);
    this.channel = channels.find((one) => one.name === 'news')?.id ?? channels[0]?.id ?? '';
    this.reader = members.find((one) => one.name === 'reader')?.id ?? '';
    this.manager = members.find((one) => one.name === 'admin')?.id ?? '';
    this.me = String((await this.ask('auth.test', {}))['user_id']);
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/`;
  }

  async close(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
    await this.emulator.close();
  }

  /** What the channel holds, newest last. */
  async messages(): Promise<Json[]> {
    const said = await this.ask('conversations.history', { channel: this.channel, include_all_metadata: true });
    return (said['messages'] as Json[]).toReversed();
  }

  /** Somebody types a command. With `http` it goes to that port, signed; else over one of the sockets. */
  async command(user: string, name: string, text: string, http?: number): Promise<SeenAnswer> {
    return this.send('slash_commands', http, (responseUrl, trigger) => ({
      command: name,
      text,
      team_id: 'T000000001',
      channel_id: this.channel,
      user_id: user,
      trigger_id: trigger,
      response_url: responseUrl,
    }));
  }

  /** `on`: the message that carries the button, or the Home tab. */
  async press(
    user: string,
    actionId: string,
    http?: number,
    on: { readonly message?: Json; readonly home?: boolean; readonly value?: string } = {},
  ): Promise<SeenAnswer> {
    return this.send('interactive', http, (responseUrl, trigger) => ({
      type: 'block_actions',
      team: { id: 'T000000001' },
      user: { id: user },
      trigger_id: trigger,
      ...(on.home === true
        ? { view: { type: 'home', id: 'VHOME' } }
        : { channel: { id: this.channel }, response_url: responseUrl }),
      ...(on.message === undefined ? {} : { message: on.message }),
      actions: [
        { type: 'button', action_id: actionId, block_id: 'b', ...(on.value === undefined ? {} : { value: on.value }) },
      ],
    }));
  }

  /** Somebody sends the form that they see. `values` by block; selects are recognised by the view itself. */
  async submit(
    user: string,
    view: Json,
    values: Readonly<Record<string, string>>,
    http?: number,
    again = false,
  ): Promise<SeenAnswer> {
    const state: Record<string, Record<string, Json>> = {};
    for (const block of view['blocks'] as Json[]) {
      if (block['type'] !== 'input') continue;
      const id = String(block['block_id']);
      const element = block['element'] as Json;
      const initial = element['initial_option'] as Json | undefined;
      const given =
        values[id] ?? (initial?.['value'] as string | undefined) ?? (element['initial_value'] as string | undefined);
      if (given === undefined && block['optional'] !== true)
        throw new Error(`Slack does not send the form without ${id}`);
      if (element['type'] === 'static_select') {
        const options = element['options'] as Json[];
        const chosen = options.find((option) => option['value'] === given) ?? null;
        if (chosen === null && (given !== undefined || block['optional'] !== true))
          throw new Error(`Slack offers no ${given ?? ''} for ${id}`);
        state[id] = { [id]: { type: 'static_select', selected_option: chosen } };
      } else if (element['type'] === 'conversations_select') {
        state[id] = { [id]: { type: 'conversations_select', selected_conversation: given } };
      } else state[id] = { [id]: { type: 'plain_text_input', value: given ?? null } };
    }
    return this.send('interactive', http, () => ({
      type: 'view_submission',
      team: { id: 'T000000001' },
      user: { id: user },
      // A form is closed once it was taken; `again` sends it a second time.
      view: { ...view, id: again ? `VSENT${this.forms}` : `VSENT${(this.forms += 1)}`, state: { values: state } },
    }));
  }

  /** Somebody uses our entry in a message's own menu. */
  async shortcut(user: string, callback: string, message: Json, http?: number): Promise<SeenAnswer> {
    return this.send('interactive', http, (responseUrl, trigger) => ({
      type: 'message_action',
      callback_id: callback,
      team: { id: 'T000000001' },
      user: { id: user },
      channel: { id: this.channel },
      trigger_id: trigger,
      response_url: responseUrl,
      message_ts: '1712.1',
      message: { type: 'message', ts: '1712.1', ...message },
    }));
  }

  /** An event of that type: app_home_opened, member_joined_channel, app_uninstalled. */
  async event(event: Json, id: string, http?: number): Promise<SeenAnswer> {
    return this.send('events_api', http, () => ({
      type: 'event_callback',
      team_id: 'T000000001',
      event_id: id,
      event,
    }));
  }

  async mention(user: string, text: string, id: string, http?: number): Promise<SeenAnswer> {
    return this.send('events_api', http, () => ({
      type: 'event_callback',
      team_id: 'T000000001',
      event_id: id,
      event: { type: 'app_mention', user, text, channel: this.channel, ts: '1712.1' },
    }));
  }

  private async send(
    type: 'slash_commands' | 'interactive' | 'events_api',
    http: number | undefined,
    payload: (responseUrl: string, trigger: string) => Json,
  ): Promise<SeenAnswer> {
    const id = randomUUID();
    const seen: SeenAnswer = { acknowledgedMs: null, tries: 0, answers: [], payload: null, view: null };
    this.answers.set(id, seen);
    this.triggers.set(id, { at: Date.now(), seen, used: false });
    const body = payload(new URL(`/response/${id}`, this.apiUrl).href, id);
    const began = Date.now();
    if (http === undefined) {
      const acknowledged = new Promise<Json | null>((resolve) => {
        this.acks.set(id, resolve);
      });
      this.sockets[0]?.send(
        JSON.stringify({ envelope_id: id, type, payload: body, accepts_response_payload: type !== 'events_api' }),
      );
      seen.payload = await acknowledged;
      seen.acknowledgedMs = Date.now() - began;
      return seen;
    }
    const form =
      type === 'slash_commands'
        ? new URLSearchParams(body as Record<string, string>).toString()
        : new URLSearchParams({ payload: JSON.stringify(body) }).toString();
    const text = type === 'events_api' ? JSON.stringify(body) : form;
    const kind = type === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded';
    const response = await signedPost(http, text, { 'content-type': kind });
    if (response.status === 200) seen.acknowledgedMs = Date.now() - began;
    const said = await response.text();
    if (said.startsWith('{')) seen.payload = JSON.parse(said) as Json;
    return seen;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const text = Buffer.concat(parts).toString('utf8');
    const path = request.url ?? '';
    const json = (body: Json): void => {
      const scopes = this.scopes === null ? {} : { 'x-oauth-scopes': this.scopes };
      response.writeHead(200, { 'content-type': 'application/json', ...scopes }).end(JSON.stringify(body));
    };
    if (path.startsWith('/response/')) {
      const body = JSON.parse(text) as Json;
      const seen = this.answers.get(path.slice('/response/'.length));
      if (seen === undefined) return json({ ok: false, error: 'expired_url' });
      // Good for five messages in half an hour.
      seen.tries += 1;
      if (seen.tries > 5) return json({ ok: false, error: 'used_url' });
      const refused = refuseBlocks(body['blocks'], this.shownFiles());
      if (refused.length === 0) seen.answers.push(body);
      return json(refused.length === 0 ? { ok: true } : { ok: false, error: 'invalid_blocks' });
    }
    const method = path.replace('/api/', '');
    const body = (request.headers['content-type'] ?? '').includes('json') ? (JSON.parse(text) as Json) : formJson(text);
    this.requests.push({ method, body });
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    if (method === 'apps.connections.open') {
      const url = this.apiUrl.replace('http', 'ws').replace('/api/', '/socket');
      json(token === APP_TOKEN ? { ok: true, url } : { ok: false, error: 'invalid_auth' });
      return;
    }
    if (method === 'oauth.v2.access') {
      const answer = this.exchange(body);
      if (answer === null) response.destroy();
      else json(answer);
      return;
    }
    if (this.ended.has(token)) {
      json({ ok: false, error: 'token_expired' });
      return;
    }
    if (!this.taken.has(token)) {
      json({ ok: false, error: token === '' ? 'not_authed' : 'invalid_auth' });
      return;
    }
    if (method === 'conversations.history' && !this.historyReadable) {
      json({ ok: false, error: 'missing_scope', needed: 'channels:history' });
      return;
    }
    if (method.startsWith('files.') && !this.filesWritable) {
      json({ ok: false, error: 'missing_scope', needed: 'files:write' });
      return;
    }
    if (method === 'users.conversations') {
      json({ ok: true, channels: this.invitedBefore ? [{ id: this.channel }] : [] });
      return;
    }
    if (method === 'usergroups.list' && this.groups === 'silent') return;
    if (method === 'usergroups.list') {
      json(
        this.groups === null
          ? { ok: false, error: 'missing_scope', needed: 'usergroups:read' }
          : { ok: true, usergroups: this.groups },
      );
      return;
    }
    if (method.startsWith('views.')) {
      json(this.showView(method, body));
      return;
    }
    if (method === 'chat.postEphemeral') {
      const refused = refuseBlocks(body['blocks']);
      if (refused.length === 0) this.ephemerals.push(body);
      json(refused.length === 0 ? { ok: true, message_ts: '1' } : { ok: false, error: 'invalid_blocks' });
      return;
    }
    if (method === 'conversations.info' && !this.member) {
      const said = await this.ask(method, body);
      json({ ...said, channel: { ...(said['channel'] as Json), is_member: false } });
      return;
    }
    if (!this.member && MESSAGES.has(method)) {
      json({ ok: false, error: 'not_in_channel' });
      return;
    }
    if (!MESSAGES.has(method)) {
      const answer = await this.ask(method, body);
      if (method === 'files.completeUploadExternal' && answer['ok'] === true)
        for (const file of answer['files'] as { id: string }[]) this.files.set(file.id, this.filesReadyAfter);
      json(answer);
      return;
    }
    const seen = (what: SeenMessage['what'], id: unknown): void =>
      this.options.onSeen?.({ what, channel: String(body['channel']), id: typeof id === 'string' ? id : '', body });
    seen('requested', body['ts']);
    let { fault } = this;
    if (fault === null && this.options.dice !== undefined) {
      const thrown = this.options.dice(String(body['channel']));
      fault = thrown.fault;
      await new Promise((resolve) => setTimeout(resolve, thrown.lagMs));
    }
    if (fault?.kind === 'limited') {
      response.writeHead(429, fault.seconds === null ? {} : { 'retry-after': fault.seconds }).end();
      return;
    }
    const refused = refuseBlocks(body['blocks'], this.shownFiles());
    if (fault?.kind === 'refuse') json({ ok: false, error: fault.error });
    else if (refused.length > 0) json({ ok: false, error: 'invalid_blocks', response_metadata: { messages: refused } });
    else {
      const answer = await this.ask(method, body);
      if (method === 'chat.postMessage' && answer['ok'] === true) this.posts.push(body);
      if (answer['ok'] === true) seen(method === 'chat.update' ? 'edited' : 'accepted', answer['ts']);
      if (fault?.kind === 'answer-lost') response.destroy();
      else if (fault?.kind === 'error-after-accept') response.writeHead(fault.status ?? 500).end('oops');
      else if (fault?.kind === 'body-stalls') response.writeHead(200).write(JSON.stringify(answer).slice(0, 20));
      else if (fault?.kind === 'half-answer') response.writeHead(200).end(JSON.stringify(answer).slice(0, 20));
      else json(answer);
    }
  }

  /** The files that can be shown; each look brings the others nearer. */
  private shownFiles(): ReadonlySet<string> {
    const ready = new Set([...this.files].filter(([, looks]) => looks <= 0).map(([id]) => id));
    for (const [id, looks] of this.files) this.files.set(id, looks - 1);
    return ready;
  }

  /** Ids of the files that were handed over, in order. */
  uploaded(): readonly string[] {
    return [...this.files.keys()];
  }

  /** Those after the first `count`, as somebody would read them. */
  async uploadedSince(count: number): Promise<{ readonly name: string; readonly text: string }[]> {
    return Promise.all(
      this.uploaded()
        .slice(count)
        .map(async (id) => {
          const { file } = (await this.ask('files.info', { file: id })) as { file: { name: string } };
          return { name: file.name, text: (await this.fileBytes(id)).toString('utf8') };
        }),
    );
  }

  /** An uploaded file's bytes. */
  async fileBytes(id: string): Promise<Buffer> {
    const { file } = (await this.ask('files.info', { file: id })) as { file: { url_private_download: string } };
    const response = await fetch(file.url_private_download, { headers: { authorization: `Bearer ${BOT_TOKEN}` } });
    return Buffer.from(await response.arrayBuffer());
  }

  /** docs.slack.dev, using token rotation: a refresh token is good once; null: the answer is lost. */
  private exchange(body: Json): Json | null {
    if (body['client_id'] !== CLIENT.id || body['client_secret'] !== CLIENT.secret)
      return { ok: false, error: 'bad_client_secret' };
    const fate = this.exchangeFates.shift();
    if (fate === 'internal_error') return { ok: false, error: fate };
    if (body['refresh_token'] !== this.refreshToken) return { ok: false, error: 'invalid_refresh_token' };
    this.exchanges += 1;
    this.refreshToken = `xoxe-1-double-${this.exchanges}`;
    const access = `xoxe.xoxb-1-double-${this.exchanges}`;
    this.taken.add(access);
    const { refreshToken } = this;
    return fate === 'lost'
      ? null
      : { ok: true, access_token: access, refresh_token: refreshToken, expires_in: 43_200, token_type: 'bot' };
  }

  private showView(method: string, body: Json): Json {
    const view = body['view'] as Json;
    const refused = refuseView(view);
    if (refused.length > 0) return { ok: false, error: 'invalid_arguments', response_metadata: { messages: refused } };
    if (method === 'views.publish') {
      this.homes.set(String(body['user_id']), view);
      return { ok: true, view: { id: 'VHOME' } };
    }
    if (method === 'views.update') {
      const opened = this.views.get(String(body['view_id']));
      if (opened === undefined) return { ok: false, error: 'not_found' };
      opened.seen.view = view;
      return { ok: true, view: { id: opened.id } };
    }
    const trigger = this.triggers.get(String(body['trigger_id']));
    if (trigger === undefined) return { ok: false, error: 'invalid_trigger_id' };
    if (trigger.used) return { ok: false, error: 'exchanged_trigger_id' };
    if (Date.now() - trigger.at > 3000) return { ok: false, error: 'expired_trigger_id' };
    trigger.used = true;
    trigger.seen.view = view;
    const id = `V${this.views.size + 1}`;
    this.views.set(id, { seen: trigger.seen, id });
    return { ok: true, view: { id } };
  }

  private async ask(method: string, body: Json): Promise<Json> {
    const response = await fetch(`${this.emulator.url}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${BOT_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Json;
  }
}

/** Fields of a form; those that hold JSON are read. */
function formJson(text: string): Json {
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([name, value]) => [
      name,
      /^[[{]|^(?:true|false)$/u.test(value) ? (JSON.parse(value) as unknown) : value,
    ]),
  );
}

/** A request as Slack signs it; `at` in seconds since 1970. */
export async function signedPost(
  port: number,
  body: string,
  headers: Readonly<Record<string, string>>,
  over: { readonly at?: number; readonly secret?: string } = {},
): Promise<Response> {
  const at = String(Math.floor(over.at ?? Date.now() / 1000));
  const mac = createHmac('sha256', over.secret ?? SIGNING_SECRET)
    .update(`v0:${at}:${body}`)
    .digest('hex');
  return fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    headers: { ...headers, 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${mac}` },
    body,
  });
}

export async function slackDouble(options: SlackDoubleOptions = {}): Promise<SlackDouble> {
  const emulator = await createEmulator({
    service: 'slack',
    port: 0,
    seed: {
      tokens: { [BOT_TOKEN]: { login: 'claimwire', scopes: ['chat:write'] } },
      slack: {
        team: { name: 'Newsroom', domain: 'newsroom' },
        users: [
          { name: 'claimwire', real_name: 'claimwire', email: 'bot@example.com' },
          { name: 'reader', real_name: 'Reader', email: 'reader@example.com' },
        ],
        channels: ['news', ...(options.channels ?? [])].map((name) => ({ name, topic: 'News' })),
        bots: [{ name: 'claimwire' }],
      },
    },
  });
  const double = new SlackDouble(emulator, options);
  await double.listen();
  return double;
}

/** All words of a message or answer, markup included. */
export function bodyText(body: Json): string {
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one);
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) {
        if (typeof one === 'string' && ['text', 'url'].includes(name)) texts.push(one);
        else walk(one);
      }
  };
  walk({ blocks: body['blocks'], text: body['text'] });
  return texts.join('\n');
}
