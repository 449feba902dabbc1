/**
 * A Discord of our own on 127.0.0.1: REST v10 and a gateway over real sockets, for the unmodified discord.js. It refuses
 * what the documentation refuses (discord-rules.ts), counts buckets, forgets nonces after a window, expects an answer to
 * an interaction within 3 s, and fails on demand.
 *
 *   const discord = await discordDouble();
 *   discord.fault({ kind: 'answer-lost' });       // the next message is taken, the answer never arrives
 *   await discord.interact({ kind: 'command', name: 'deepseek', sub: 'status' });
 *
 * Not modelled: role arithmetic beyond what a command declares, forums, voice, sharding, compression, link previews.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { refuseChoices, refuseCommands, refuseMessage, refuseModal } from './discord-rules.ts';
import { DiscordGatewayDouble } from './discord-gateway.ts';

export type Json = Record<string, unknown>;

export type DiscordFault =
  /** Takes the message, cuts the connection. */
  | { readonly kind: 'answer-lost' }
  /** Takes the message, answers 500, or what `status` says. */
  | { readonly kind: 'error-after-accept'; readonly status?: number }
  /** Takes the message, answers 200 and half a body, then waits. */
  | { readonly kind: 'body-stalls' }
  /** Answers `status` with Discord's `code` and does nothing. */
  | { readonly kind: 'refuse'; readonly status: number; readonly code: number }
  /** 429: scope user, shared or global; without headers it is the edge's own page. */
  | { readonly kind: 'limit'; readonly seconds: number; readonly scope: 'user' | 'shared' | 'global' | 'edge' }
  | { readonly kind: 'slow'; readonly ms: number };

export interface StoredMessage {
  readonly id: string;
  readonly channel: string;
  readonly at: number;
  readonly body: Json;
  readonly author: string;
  nonce: string | null;
}

export interface SeenInteraction {
  readonly id: string;
  readonly token: string;
  readonly sentAt: number;
  acknowledgedMs: number | null;
  /** Loading: deferred and not yet filled. */
  loading: boolean;
  ephemeral: boolean;
  /** Answers in order; an edit replaces the first. `null`: deleted. */
  readonly answers: ({ readonly body: Json; readonly ephemeral: boolean } | null)[];
  choices: readonly Json[] | null;
  /** The form that was opened. */
  modal: Json | null;
  /** A pressed button's own message is being changed (deferred update). */
  updating: boolean;
  /** What an edit of the pressed message's own components left; null: untouched. */
  components: readonly unknown[] | null;
  readonly files: { readonly name: string; readonly text: string }[];
}

/** What a person gives for an option. */
export type OptionValue =
  | string
  | number
  | boolean
  | { readonly role: { readonly id: string; readonly name: string; readonly mentionable: boolean } }
  | { readonly channel: string };

export interface InteractionOf {
  readonly kind: 'command' | 'complete' | 'button' | 'form' | 'message';
  /** Command, custom id of a button or form, or the message command's name. */
  readonly name: string;
  readonly group?: string;
  readonly sub?: string;
  /** Of a form: its fields' values by custom id. */
  readonly options?: Readonly<Record<string, OptionValue>>;
  readonly focused?: string;
  readonly who?: keyof typeof PEOPLE;
  /** Somebody else's id, where many people ask. */
  readonly user?: string;
  /** The bot's permissions in the channel; default: view, send, embed links, read history. */
  readonly botMay?: bigint;
  /** Content and embeds of the message whose menu was used. */
  readonly message?: { readonly content: string; readonly embeds?: readonly Json[] };
  /** Asked inside a thread of the channel. */
  readonly thread?: boolean;
  readonly roles?: readonly string[];
}

/** A message request as it arrived, a new message, or an edited one. */
export interface SeenMessage {
  readonly what: 'requested' | 'accepted' | 'edited';
  readonly channel: string;
  /** '' when there is none. */
  readonly id: string;
  readonly body: Json;
}

export interface DiscordDoubleOptions {
  readonly token?: string;
  /** Default: any that is free. */
  readonly port?: number;
  /** Messages a channel per window, as the headers announce. */
  readonly bucket?: { readonly limit: number; readonly windowMs: number };
  readonly nonceWindowMs?: number;
  readonly ackMs?: number;
  readonly heartbeatMs?: number;
  /** Whether the bot is in the one server there is. Default true. */
  readonly invited?: boolean;
  /** Further channels that the bot may post in, besides the usual one. */
  readonly channels?: readonly string[];
  /** Asked about each message request when no fault is pending: chance, and a lag before anything is done. */
  readonly dice?: (channel: string) => { readonly lagMs: number; readonly fault: DiscordFault | null };
  /** Told what reached us and what became visible, as it happens. */
  readonly onSeen?: (seen: SeenMessage) => void;
  /** The bot's permissions in the server, as a decimal string; default: view, send, embed links, read history. */
  readonly permissions?: string;
  /** Of every channel. */
  readonly overwrites?: readonly { readonly id: string; readonly allow: string; readonly deny: string }[];
  /** IDENTIFYs left today. */
  readonly identifiesLeft?: number;
  /** The bot's own permissions in the server; default view, send, embed links. */
  readonly botPermissions?: bigint;
}

const BOT = '100000000000000001';
const GUILD = '100000000000000002';
const CHANNEL = '100000000000000003';
const PEOPLE = { reader: '100000000000000011', manager: '100000000000000012' } as const;
const THREAD = '100000000000000004';
const BOT_ROLE = '100000000000000005';

/** A channel, with what the bot is denied in it. */
function channelJson(id: string, deny: string): Json {
  const overwrites = [{ id: BOT_ROLE, type: 0, allow: '0', deny }];
  return { id, type: 0, name: 'news', position: 0, permission_overwrites: overwrites };
}

const MANAGE_CHANNELS = 1n << 4n;
const MANAGE_ROLES = 1n << 28n;
/** Fields of forms that are select menus; the others are text. */
const FORM_SELECTS = new Set(['topic', 'level', 'digest', 'place', 'on', 'status']);
const ROLE = {
  permissions: '0',
  position: 1,
  color: 0,
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: false,
  managed: false,
  mentionable: false,
  flags: 0,
};

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The command is not in this person's menu. */
export class NotListed extends Error {}

export class DiscordDouble {
  readonly token: string;
  readonly guild = GUILD;
  readonly channel = CHANNEL;
  readonly messages: StoredMessage[] = [];
  readonly interactions: SeenInteraction[] = [];
  readonly requests: { readonly method: string; readonly path: string; readonly status: number }[] = [];
  readonly gateway: DiscordGatewayDouble;
  commands: readonly unknown[] = [];
  globalCommands: readonly unknown[] = [];
  /** Roles by name as made by the bot, and who has them. */
  readonly roles: {
    readonly id: string;
    readonly name: string;
    readonly permissions: string;
    readonly members: Set<string>;
  }[] = [];
  botPermissions: bigint;
  /** When the last request came. */
  private lastRequest = 0;
  /** The channel is an announcement channel. */
  announcement = false;
  /** Messages that were published to other servers; ten an hour, and only from an announcement channel. */
  readonly published: string[] = [];
  historyReadable = true;
  /** Files are refused: 50013, Missing Permissions. */
  refuseFiles = false;
  mayOpenThreads = true;
  /** Open ones; a message that is posted elsewhere is refused. */
  readonly threads = new Set<string>();
  identifiesLeft: number;
  commandWrites = 0;
  private readonly options: DiscordDoubleOptions;
  private readonly server = createServer((request, response) => {
    this.serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  private readonly sockets = new Set<Socket>();
  private readonly deleted = new Map<string, string>();
  private readonly buckets = new Map<string, { used: number; resets: number }>();
  /** The first channels of servers in which the bot could not speak at first; named like their servers. */
  private readonly quiet = new Set<string>();
  private pending: { fault: DiscordFault; times: number }[] = [];
  private ids = 500_000_000_000_000_000n;

  constructor(options: DiscordDoubleOptions) {
    this.options = options;
    this.token = options.token ?? 'MTAw.double.token';
    this.identifiesLeft = options.identifiesLeft ?? 1000;
    this.botPermissions = options.botPermissions ?? 19_456n;
    this.gateway = new DiscordGatewayDouble(this.server, {
      token: this.token,
      heartbeatMs: options.heartbeatMs ?? 40_000,
      ready: () => ({
        v: 10,
        user: this.user(),
        guilds: [{ id: GUILD, unavailable: true }],
        application: { id: BOT, flags: 0 },
      }),
      guild: () => this.guildJson(),
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.options.port ?? 0, '127.0.0.1', resolve));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** For DISCORD_API_URL. */
  get apiUrl(): string {
    return `http://127.0.0.1:${this.port}/api`;
  }

  async close(): Promise<void> {
    this.gateway.close();
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** The next `times` readings of the history are answered 502. */
  historyFails = 0;

  /** The next `times` message requests fail like this. */
  fault(fault: DiscordFault, times = 1): void {
    this.pending.push({ fault, times });
  }

  heal(): void {
    this.pending = [];
  }

  /** The bot has posted this much since. */
  chatter(count: number): void {
    for (let at = 0; at < count; at += 1) this.post(CHANNEL, { content: `chatter ${at}` });
  }

  /** Nothing has been asked of us for so long. */
  quietFor(ms: number): boolean {
    return Date.now() - this.lastRequest >= ms;
  }

  /** Somebody deletes a message. Its nonce is remembered: a retry gets "Unknown Message". */
  delete(id: string): void {
    const at = this.messages.findIndex((message) => message.id === id);
    const [gone] = this.messages.splice(at, 1);
    if (gone?.nonce) this.deleted.set(gone.nonce, id);
  }

  /** Sends a command, a completion, a pressed button, a sent form or a message's menu through the gateway. */
  interact(what: InteractionOf): SeenInteraction {
    const who = what.who ?? 'reader';
    const permissions = who === 'manager' ? MANAGE_CHANNELS : 0n;
    if (what.kind === 'command' || what.kind === 'complete' || what.kind === 'message')
      this.refuseUnlisted(what, permissions);
    const seen: SeenInteraction = {
      id: this.nextId(),
      token: `interaction-${this.ids}`,
      sentAt: Date.now(),
      acknowledgedMs: null,
      loading: false,
      ephemeral: false,
      answers: [],
      choices: null,
      modal: null,
      updating: false,
      components: null,
      files: [],
    };
    this.interactions.push(seen);
    const channel = what.thread === true ? THREAD : CHANNEL;
    this.gateway.dispatch('INTERACTION_CREATE', {
      id: seen.id,
      token: seen.token,
      application_id: BOT,
      type: { command: 2, message: 2, complete: 4, button: 3, form: 5 }[what.kind],
      version: 1,
      guild_id: GUILD,
      channel_id: channel,
      channel: { id: channel, type: what.thread === true ? 11 : 0, name: 'news', permissions: '0' },
      app_permissions: String(what.botMay ?? 84_992n),
      locale: 'en-US',
      entitlements: [],
      authorizing_integration_owners: {},
      context: 0,
      attachment_size_limit: 10_485_760,
      member: {
        user: { id: what.user ?? PEOPLE[who], username: who, discriminator: '0', avatar: null },
        roles: what.roles ?? [],
        permissions: String(permissions),
        joined_at: '2026-01-01T00:00:00Z',
        deaf: false,
        mute: false,
        flags: 0,
      },
      ...(what.kind === 'button' || what.kind === 'form' ? { message: this.messageJson(this.messages.at(-1)) } : {}),
      data: this.interactionData(what),
    });
    return seen;
  }

  /** People can only give what is in their menu: registered, and not kept to others by default_member_permissions. */
  private refuseUnlisted(what: InteractionOf, permissions: bigint): void {
    const listed = [...this.commands, ...this.globalCommands] as Json[];
    const command = listed.find((one) => one['name'] === what.name);
    if (command === undefined) throw new Error(`Discord has no command "${what.name}" here`);
    const needed = command['default_member_permissions'];
    if (typeof needed === 'string' && (permissions & BigInt(needed)) !== BigInt(needed)) {
      throw new NotListed(`Discord does not show /${what.name} to this person`);
    }
    if (what.kind === 'message') return;
    const options = (command['options'] ?? []) as Json[];
    const group =
      what.group === undefined
        ? options
        : ((options.find((one) => one['name'] === what.group)?.['options'] ?? []) as Json[]);
    const sub = group.find((one) => one['name'] === what.sub);
    if (sub === undefined) throw new Error(`Discord has no /${what.name} ${what.group ?? ''} ${what.sub ?? ''}`);
    const known = (sub['options'] ?? []) as Json[];
    for (const name of Object.keys(what.options ?? {})) {
      if (!known.some((one) => one['name'] === name))
        throw new Error(`/${what.name} ${what.sub ?? ''} has no option ${name}`);
    }
    if (what.kind === 'complete') return;
    for (const one of known) {
      const given = what.options?.[asText(one['name'])];
      if (one['required'] === true && given === undefined)
        throw new Error(`Discord asks for ${asText(one['name'])} first`);
      const choices = one['choices'] as Json[] | undefined;
      if (given !== undefined && choices !== undefined && !choices.some((choice) => choice['value'] === given)) {
        throw new Error(`Discord offers no ${asText(given)} for ${asText(one['name'])}`);
      }
    }
  }

  private interactionData(what: InteractionOf): Json {
    if (what.kind === 'button') return { component_type: 2, custom_id: what.name };
    if (what.kind === 'form') {
      // As filled in: each label comes back with its component's value or values, roles with what they are.
      const roles: Json = {};
      const field = (id: string, value: OptionValue): Json => {
        if (typeof value === 'object' && 'role' in value) {
          roles[value.role.id] = { ...ROLE, ...value.role };
          return { type: 6, id: 2, custom_id: id, values: [value.role.id] };
        }
        return FORM_SELECTS.has(id)
          ? { type: 3, id: 2, custom_id: id, values: [asText(value)] }
          : { type: 4, id: 2, custom_id: id, value: asText(value) };
      };
      const components = Object.entries(what.options ?? {}).map(([id, value]) => ({
        type: 18,
        id: 1,
        component: field(id, value),
      }));
      return { custom_id: what.name, components, resolved: { roles } };
    }
    if (what.kind === 'message') {
      const message = {
        ...this.messageJson(undefined),
        id: '600000000000000001',
        content: what.message?.content ?? '',
        embeds: what.message?.embeds ?? [],
        type: 0,
        timestamp: '2026-04-24T11:00:00Z',
        attachments: [],
        mentions: [],
        mention_roles: [],
        components: [],
        pinned: false,
        tts: false,
        mention_everyone: false,
      };
      return {
        id: '1',
        name: what.name,
        type: 3,
        guild_id: GUILD,
        target_id: message.id,
        resolved: { messages: { [message.id]: message } },
      };
    }
    const roles: Json = {};
    const channels: Json = {};
    const values = Object.entries(what.options ?? {}).map(([name, value]) => {
      const focused = what.focused === name ? { focused: true } : {};
      if (typeof value !== 'object')
        return { name, value, type: { boolean: 5, number: 4, string: 3 }[typeof value as 'string'], ...focused };
      if ('role' in value) {
        roles[value.role.id] = { ...ROLE, ...value.role };
        return { name, value: value.role.id, type: 8 };
      }
      channels[value.channel] = { id: value.channel, type: 0, name: 'moderators', permissions: '0' };
      return { name, value: value.channel, type: 7 };
    });
    const sub = { type: 1, name: what.sub, options: values };
    return {
      id: '1',
      name: what.name,
      type: 1,
      guild_id: GUILD,
      resolved: { roles, channels },
      options: [what.group === undefined ? sub : { type: 2, name: what.group, options: [sub] }],
    };
  }

  /** Somebody takes the bot out of the server. */
  leaveGuild(): void {
    this.gateway.dispatch('GUILD_DELETE', { id: GUILD });
  }

  /** Somebody adds the bot to one more server. */
  joinGuild(id = '100000000000000099', { maySpeak = true } = {}): void {
    const guild = this.guildJson();
    // A channel of its own: one cannot stand in two servers.
    if (!maySpeak) {
      guild['channels'] = [channelJson(id, '2048')];
      guild['system_channel_id'] = null;
      this.quiet.add(id);
    }
    // The role of everybody has the server's own id.
    const [everyone, ...others] = guild['roles'] as Json[];
    this.gateway.dispatch('GUILD_CREATE', { ...guild, id, roles: [{ ...everyone, id }, ...others] });
  }

  /** Somebody lets the bot speak in that server's channel. */
  letSpeak(guild: string): void {
    this.gateway.dispatch('CHANNEL_UPDATE', { ...channelJson(guild, '0'), guild_id: guild });
  }

  private nextId(): string {
    this.ids += 1n;
    return String(this.ids);
  }

  private user(): Json {
    return { id: BOT, username: 'claimwire', discriminator: '0', avatar: null, bot: true };
  }

  private guildJson(): Json {
    return {
      id: GUILD,
      name: 'Newsroom',
      owner_id: PEOPLE.manager,
      roles: [
        {
          ...ROLE,
          id: GUILD,
          name: '@everyone',
          permissions: '19456',
          position: 0,
        },
        // What the bot itself was given, and its place above the roles that it makes.
        {
          ...ROLE,
          id: BOT_ROLE,
          name: 'claimwire',
          permissions: String(this.botPermissions),
          position: 5,
          managed: true,
        },
      ],
      emojis: [],
      stickers: [],
      features: [],
      channels: [{ id: CHANNEL, type: 0, name: 'news', position: 0, permission_overwrites: [] }],
      threads: [],
      members: [
        { user: this.user(), roles: [BOT_ROLE], joined_at: '2026-01-01T00:00:00Z', deaf: false, mute: false, flags: 0 },
      ],
      voice_states: [],
      presences: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
      member_count: 3,
      joined_at: '2026-01-01T00:00:00Z',
      large: false,
      system_channel_id: CHANNEL,
      system_channel_flags: 0,
      premium_tier: 0,
      preferred_locale: 'en-US',
      verification_level: 0,
      default_message_notifications: 0,
      explicit_content_filter: 0,
      mfa_level: 0,
      nsfw_level: 0,
    };
  }

  private messageJson(message: StoredMessage | undefined): Json {
    if (message === undefined) return { id: '0', channel_id: CHANNEL, content: '', author: this.user(), embeds: [] };
    return {
      id: message.id,
      channel_id: message.channel,
      type: 0,
      author: { ...this.user(), id: message.author },
      timestamp: new Date(message.at).toISOString(),
      edited_timestamp: null,
      tts: false,
      mention_everyone: false,
      mentions: [],
      mention_roles: [],
      attachments: [],
      pinned: false,
      content: '',
      embeds: [],
      components: [],
      ...message.body,
      // Old messages come back without their nonce.
      nonce: null,
    };
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(url.pathname).replace(/^\/api\/v10/u, '');
    const method = request.method ?? 'GET';
    const body: unknown = await bodyOf(Buffer.concat(chunks), request.headers['content-type'] ?? '');
    const files = filesIn(body);
    this.lastRequest = Date.now();
    const send = (status: number, json: unknown, headers: Record<string, string> = {}): void => {
      this.requests.push({ method, path, status });
      response.writeHead(
        status,
        status === 204 ? headers : { 'content-type': 'application/json', via: '1.1 double', ...headers },
      );
      response.end(status === 204 ? undefined : JSON.stringify(json));
    };
    const answered =
      /^\/(?:interactions\/(\d+)\/([^/]+)\/callback|webhooks\/(\d+)\/([^/]+)(?:\/messages\/@original)?)$/u.exec(path);
    if (answered !== null) {
      const token = answered[2] ?? answered[4] ?? '';
      this.interactions.find((one) => one.token === token)?.files.push(...files);
      this.answer(method, path, token, body, send);
      return;
    }
    if (request.headers.authorization !== `Bot ${this.token}`) {
      send(401, { message: '401: Unauthorized', code: 0 });
      return;
    }
    const threaded = /^\/channels\/\d+\/messages\/(\d+)\/threads$/u.exec(path);
    if (threaded !== null) {
      this.openThread(threaded[1] ?? '', body as Json, send);
      return;
    }
    const crosspost = /^\/channels\/\d+\/messages\/(\d+)\/crosspost$/u.exec(path);
    if (crosspost !== null) {
      if (!this.announcement) send(400, { code: 50_024, message: 'Cannot execute action on this channel type' });
      else if (this.published.length >= 10)
        send(
          429,
          { message: 'You are being rate limited.', retry_after: 3600, global: false },
          { 'retry-after': '3600', 'x-ratelimit-scope': 'shared' },
        );
      else {
        this.published.push(crosspost[1] ?? '');
        send(200, { id: crosspost[1] });
      }
      return;
    }
    const channel = /^\/channels\/(\d+)\/messages(?:\/(\d+))?$/u.exec(path);
    if (channel !== null && method !== 'GET') {
      await this.write(method, channel[1] ?? '', channel[2] ?? null, body, response, send);
      return;
    }
    if (channel !== null) {
      this.history(channel[1] ?? '', url, send);
      return;
    }
    if (path === '/gateway/bot') {
      const remaining = this.identifiesLeft;
      const limit = { total: 1000, remaining, reset_after: 3_600_000, max_concurrency: 1 };
      send(200, { url: `ws://127.0.0.1:${this.port}`, shards: 1, session_start_limit: limit });
    } else if (path === '/users/@me') send(200, this.user());
    else if (path === '/applications/@me') send(200, { id: BOT, name: 'claimwire' });
    else if (path === '/users/@me/guilds')
      send(
        200,
        this.options.invited === false
          ? []
          : [{ id: GUILD, name: 'Newsroom', permissions: this.options.permissions ?? '84992' }],
      );
    else if (path.startsWith('/channels/') && this.isHere(path.slice('/channels/'.length)))
      send(200, {
        id: path.slice('/channels/'.length),
        type: this.announcement ? 5 : 0,
        name: 'news',
        guild_id: GUILD,
        permission_overwrites: this.options.overwrites ?? [],
      });
    else if (path === `/guilds/${GUILD}/members/${BOT}`) send(200, { user: this.user(), roles: ['77'] });
    else if (/^\/channels\/\d+$/u.test(path)) send(404, { code: 10_003, message: 'Unknown Channel' });
    else if (/^\/applications\/\d+\/guilds\/\d+\/commands$/u.test(path)) this.commandSet(method, body, send, false);
    else if (/^\/applications\/\d+\/commands$/u.test(path)) this.commandSet(method, body, send, true);
    else if (/^\/guilds\/\d+\/roles$/u.test(path) && method === 'POST') this.makeRole(body as Json, send);
    else if (/^\/guilds\/\d+\/members\/\d+\/roles\/\d+$/u.test(path)) this.giveRole(method, path, send);
    else send(404, { message: '404: Not Found', code: 0 });
  }

  private commandSet(
    method: string,
    body: unknown,
    send: (status: number, json: unknown) => void,
    everywhere: boolean,
  ): void {
    if (method === 'GET') return send(200, everywhere ? this.globalCommands : this.commands);
    const refusal = refuseCommands(body);
    if (refusal !== null) return send(refusal.status, refusal.body);
    this.commandWrites += 1;
    // What Discord adds and leaves out: ids, versions, no "required: false".
    const strip = (item: Json): Json => ({
      ...Object.fromEntries(Object.entries(item).filter(([key, value]) => !(key === 'required' && value === false))),
      ...(Array.isArray(item['options']) && item['options'].length > 0
        ? { options: (item['options'] as Json[]).map(strip) }
        : { options: undefined }),
    });
    const commands = (body as Json[]).map((command) => ({
      default_member_permissions: null,
      description: '',
      ...strip(command),
      id: this.nextId(),
      version: '1',
      application_id: BOT,
      nsfw: false,
    }));
    if (everywhere) this.globalCommands = commands;
    else this.commands = commands;
    return send(200, commands);
  }

  private makeRole(body: Json, send: (status: number, json: unknown) => void): void {
    if ((this.botPermissions & MANAGE_ROLES) === 0n) return send(403, { code: 50_013, message: 'Missing Permissions' });
    const id = this.nextId();
    const role = {
      ...ROLE,
      ...body,
      id,
      permissions: typeof body['permissions'] === 'string' ? body['permissions'] : '0',
    };
    this.roles.push({ id, name: asText(body['name']), permissions: role.permissions, members: new Set() });
    this.gateway.dispatch('GUILD_ROLE_CREATE', { guild_id: GUILD, role });
    return send(200, role);
  }

  private giveRole(method: string, path: string, send: (status: number, json: unknown) => void): void {
    const [, member = '', id = ''] = /members\/(\d+)\/roles\/(\d+)$/u.exec(path) ?? [];
    const role = this.roles.find((one) => one.id === id);
    if (role === undefined) return send(404, { code: 10_011, message: 'Unknown Role' });
    if ((this.botPermissions & MANAGE_ROLES) === 0n) return send(403, { code: 50_013, message: 'Missing Permissions' });
    if (method === 'DELETE') role.members.delete(member);
    else role.members.add(member);
    return send(204, null);
  }

  /** A thread has the id of the message it hangs from. */
  private openThread(message: string, body: Json, send: (status: number, json: unknown) => void): void {
    if (!this.mayOpenThreads) return send(403, { code: 50_013, message: 'Missing Permissions' });
    if (!this.messages.some((one) => one.id === message))
      return send(404, { code: 10_008, message: 'Unknown Message' });
    if (this.threads.has(message)) return send(400, { code: 160_004, message: 'A thread has already been created' });
    const name = body['name'];
    if (typeof name !== 'string' || name.length === 0 || name.length > 100)
      return send(400, { code: 50_035, message: 'Invalid Form Body' });
    this.threads.add(message);
    return send(201, { id: message, type: 11, name });
  }

  private isHere(channel: string): boolean {
    return (
      channel === CHANNEL ||
      this.threads.has(channel) ||
      this.quiet.has(channel) ||
      this.options.channels?.includes(channel) === true
    );
  }

  private history(channel: string, url: URL, send: (status: number, json: unknown) => void): void {
    if (this.historyFails > 0) {
      this.historyFails -= 1;
      send(502, { message: 'bad gateway', code: 0 });
      return;
    }
    const before = BigInt(url.searchParams.get('before') ?? '9'.repeat(19));
    const limit = Number(url.searchParams.get('limit') ?? 50);
    const found = this.messages
      .filter((message) => message.channel === channel && BigInt(message.id) < before)
      .reverse();
    // Without the permission Discord answers with an empty list.
    send(200, this.historyReadable ? found.slice(0, limit).map((message) => this.messageJson(message)) : []);
  }

  private bucketHeaders(channel: string): { readonly headers: Record<string, string>; readonly over: boolean } {
    const { limit, windowMs } = this.options.bucket ?? { limit: 100, windowMs: 5000 };
    // A test may set the wall clock back; Discord's own goes on.
    const now = performance.now();
    let bucket = this.buckets.get(channel);
    if (bucket === undefined || bucket.resets <= now) bucket = { used: 0, resets: now + windowMs };
    this.buckets.set(channel, bucket);
    const over = bucket.used >= limit;
    if (!over) bucket.used += 1;
    const after = ((bucket.resets - now) / 1000).toFixed(3);
    return {
      over,
      headers: {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(limit - bucket.used),
        'x-ratelimit-reset-after': after,
        'x-ratelimit-bucket': 'messages-double',
        ...(over ? { 'retry-after': after, 'x-ratelimit-scope': 'user' } : {}),
      },
    };
  }

  private async write(
    method: string,
    channel: string,
    id: string | null,
    body: unknown,
    response: ServerResponse,
    send: (status: number, json: unknown, headers?: Record<string, string>) => void,
  ): Promise<void> {
    const seen = (what: SeenMessage['what'], message: string): void =>
      this.options.onSeen?.({ what, channel, id: message, body: body as Json });
    seen('requested', id ?? '');
    let fault = this.nextFault();
    if (fault === null && this.options.dice !== undefined) {
      const thrown = this.options.dice(channel);
      fault = thrown.fault;
      await new Promise((resolve) => setTimeout(resolve, thrown.lagMs));
    }
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault?.kind === 'refuse') return send(fault.status, { code: fault.code, message: 'refused by the test' });
    if (fault?.kind === 'limit') {
      const after = String(fault.seconds);
      if (fault.scope === 'edge') return send(429, { message: 'edge' });
      const headers = {
        'retry-after': after,
        'x-ratelimit-scope': fault.scope,
        'x-ratelimit-limit': '5',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset-after': after,
      };
      const global = fault.scope === 'global';
      return send(
        429,
        { message: 'You are being rate limited.', retry_after: fault.seconds, global },
        { ...headers, ...(global ? { 'x-ratelimit-global': 'true' } : {}) },
      );
    }
    const bucket = this.bucketHeaders(channel);
    if (bucket.over)
      return send(429, { message: 'You are being rate limited.', retry_after: 1, global: false }, bucket.headers);
    if (!this.isHere(channel)) return send(404, { code: 10_003, message: 'Unknown Channel' }, bucket.headers);
    const refusal = refuseMessage(body, method === 'PATCH');
    if (refusal !== null) return send(refusal.status, refusal.body, bucket.headers);
    const before = this.messages.length;
    const outcome = method === 'PATCH' ? this.edit(id, body as Json) : this.post(channel, body as Json);
    if (method === 'PATCH' && outcome !== null) seen('edited', outcome.id);
    else if (this.messages.length > before && outcome !== null) seen('accepted', outcome.id);
    if (fault?.kind === 'answer-lost') {
      response.destroy();
      return undefined;
    }
    if (fault?.kind === 'body-stalls') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"id": "1');
      return undefined;
    }
    if (fault?.kind === 'error-after-accept')
      return send(fault.status ?? 500, { message: 'internal', code: 0 }, bucket.headers);
    if (outcome === null) return send(404, { code: 10_008, message: 'Unknown Message' }, bucket.headers);
    return send(200, this.messageJson(outcome), bucket.headers);
  }

  private nextFault(): DiscordFault | null {
    const next = this.pending[0];
    if (next === undefined) return null;
    next.times -= 1;
    if (next.times <= 0) this.pending.shift();
    return next.fault;
  }

  private post(channel: string, body: Json): StoredMessage | null {
    const nonce = typeof body['nonce'] === 'string' ? body['nonce'] : null;
    if (nonce !== null && body['enforce_nonce'] === true) {
      const since = Date.now() - (this.options.nonceWindowMs ?? 120_000);
      const earlier = this.messages.find((message) => message.nonce === nonce && message.at >= since);
      if (earlier !== undefined) return earlier;
      if (this.deleted.has(nonce)) return null;
    }
    const message = { id: this.nextId(), channel, at: Date.now(), body, author: BOT, nonce };
    this.messages.push(message);
    return message;
  }

  private edit(id: string | null, body: Json): StoredMessage | null {
    const at = this.messages.findIndex((message) => message.id === id);
    const old = this.messages[at];
    if (old === undefined) return null;
    const edited = { ...old, body: { ...old.body, ...body } };
    this.messages[at] = edited;
    return edited;
  }

  private answer(
    method: string,
    path: string,
    token: string,
    body: unknown,
    send: (status: number, json: unknown) => void,
  ): void {
    const seen = this.interactions.find((one) => one.token === token);
    const ackMs = this.options.ackMs ?? 3000;
    if (seen === undefined) return send(404, { code: 10_015, message: 'Unknown Webhook' });
    if (path.endsWith('/callback')) {
      const { type, data = {} } = body as { type: number; data?: Json };
      if (seen.acknowledgedMs !== null)
        return send(400, { code: 40_060, message: 'Interaction has already been acknowledged.' });
      if (Date.now() - seen.sentAt > ackMs) return send(404, { code: 10_062, message: 'Unknown interaction' });
      const refusal =
        type === 4 ? refuseMessage(data) : type === 9 ? refuseModal(data) : type === 8 ? refuseChoices(data) : null;
      if (refusal !== null) return send(refusal.status, refusal.body);
      seen.acknowledgedMs = Date.now() - seen.sentAt;
      seen.ephemeral = (Number(data['flags'] ?? 0) & 64) !== 0;
      if (type === 8) seen.choices = data['choices'] as Json[];
      else if (type === 9) seen.modal = data;
      else if (type === 4) seen.answers.push({ body: data, ephemeral: seen.ephemeral });
      else if (type === 6) seen.updating = true;
      else seen.loading = true;
      return send(204, null);
    }
    if (seen.acknowledgedMs === null) return send(404, { code: 10_015, message: 'Unknown Webhook' });
    if (method === 'DELETE') {
      seen.answers[0] = null;
      seen.loading = false;
      return send(204, null);
    }
    if (this.refuseFiles && isJsonWithFiles(body)) return send(403, { code: 50_013, message: 'Missing Permissions' });
    const refusal = refuseMessage(body, method === 'PATCH');
    if (refusal !== null) return send(refusal.status, refusal.body);
    const ephemeral = (Number((body as Json)['flags'] ?? 0) & 64) !== 0;
    if (method === 'PATCH' && seen.updating) {
      seen.components = ((body as Json)['components'] ?? null) as readonly unknown[] | null;
      return send(200, { ...this.messageJson(this.messages.at(-1)), ...(body as Json) });
    }
    // The first message after a deferral fills it and is as visible as the deferral was.
    if (method === 'PATCH' || seen.loading) seen.answers[0] = { body: body as Json, ephemeral: seen.ephemeral };
    else seen.answers.push({ body: body as Json, ephemeral });
    seen.loading = false;
    return send(200, { ...this.messageJson(undefined), ...(body as Json) });
  }
}

/** The files of a form, as somebody would read them. */
function filesIn(body: unknown): { readonly name: string; readonly text: string }[] {
  const attachments = isJsonWithFiles(body) ? ((body as Json)['attachments'] as Json[]) : [];
  return attachments.flatMap((one) =>
    one['bytes'] instanceof Buffer ? [{ name: String(one['filename']), text: one['bytes'].toString('utf8') }] : [],
  );
}

function isJsonWithFiles(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'attachments' in body;
}

/** JSON, or a form whose files join the attachments that describe them. */
async function bodyOf(raw: Buffer, type: string): Promise<unknown> {
  if (raw.length === 0) return null;
  if (!type.startsWith('multipart/form-data')) return JSON.parse(raw.toString('utf8'));
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const payload = form.get('payload_json');
  const body = JSON.parse(typeof payload === 'string' ? payload : '{}') as Json;
  const described = (body['attachments'] ?? []) as Json[];
  const attachments = await Promise.all(
    described.map(async (one) => {
      const file = form.get(`files[${String(one['id'])}]`);
      if (file === null || typeof file === 'string') return one;
      return { ...one, filename: file.name, size: file.size, bytes: Buffer.from(await file.arrayBuffer()) };
    }),
  );
  return { ...body, attachments };
}

export async function discordDouble(options: DiscordDoubleOptions = {}): Promise<DiscordDouble> {
  const double = new DiscordDouble(options);
  await double.listen();
  return double;
}

/** Everything readable in a message body, markup as stored. */
export function bodyText(body: Json): string {
  const embeds = (body['embeds'] ?? []) as {
    title?: string;
    url?: string;
    description?: string;
    footer?: { text: string };
  }[];
  return [
    body['content'],
    ...embeds.flatMap((embed) => [embed.title, embed.url, embed.description, embed.footer?.text]),
  ]
    .filter((part) => typeof part === 'string' && part !== '')
    .join('\n');
}
