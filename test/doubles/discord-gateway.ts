/**
 * The gateway half of the Discord double: HELLO, IDENTIFY, READY, GUILD_CREATE, heartbeats, RESUME with replay.
 * Close codes as documented: 4004 for a wrong token.
 */
import type { Server } from 'node:http';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

type Json = Record<string, unknown>;

export interface GatewayDoubleOptions {
  readonly token: string;
  readonly heartbeatMs: number;
  readonly ready: () => Json;
  readonly guild: () => Json;
}

export class DiscordGatewayDouble {
  identifies = 0;
  resumes = 0;
  readonly intents: number[] = [];
  private readonly options: GatewayDoubleOptions;
  private readonly sockets: WebSocketServer;
  private live: WebSocket | null = null;
  private sequence = 0;
  private readonly sent: { readonly s: number; readonly packet: Json }[] = [];

  constructor(server: Server, options: GatewayDoubleOptions) {
    this.options = options;
    this.sockets = new WebSocketServer({ server });
    this.sockets.on('connection', (socket) => this.connected(socket));
  }

  /** Sends an event now, or at RESUME when nobody is connected. */
  dispatch(type: string, data: Json): void {
    this.sequence += 1;
    const packet = { op: 0, t: type, s: this.sequence, d: data };
    this.sent.push({ s: this.sequence, packet });
    this.live?.send(JSON.stringify(packet));
  }

  /** The connection breaks without a word; the client may RESUME. */
  drop(): void {
    this.live?.terminate();
    this.live = null;
  }

  /** The session is gone: the client must IDENTIFY anew (op 9 with false). */
  invalidate(): void {
    this.live?.send(JSON.stringify({ op: 9, d: false }));
  }

  /** Closes with a code of Discord's: 4004 ends the session for good. */
  closeWith(code: number): void {
    this.live?.close(code);
    this.live = null;
  }

  close(): void {
    for (const socket of this.sockets.clients) socket.terminate();
    this.sockets.close();
  }

  private connected(socket: WebSocket): void {
    const send = (packet: Json): void => socket.send(JSON.stringify(packet));
    send({ op: 10, d: { heartbeat_interval: this.options.heartbeatMs } });
    socket.on('message', (raw: Buffer) => {
      const { op, d } = JSON.parse(raw.toString('utf8')) as { op: number; d: Json };
      if (op === 1) send({ op: 11 });
      if (op === 2) this.identify(socket, d);
      if (op === 6) this.resume(socket, d);
    });
  }

  private identify(socket: WebSocket, d: Json): void {
    this.identifies += 1;
    this.intents.push(Number(d['intents']));
    if (d['token'] !== this.options.token) {
      socket.close(4004, 'Authentication failed.');
      return;
    }
    this.live = socket;
    const resume = `ws://${this.address()}`;
    this.dispatch('READY', {
      ...this.options.ready(),
      session_id: 'session',
      resume_gateway_url: resume,
      shard: [0, 1],
    });
    this.dispatch('GUILD_CREATE', this.options.guild());
  }

  private resume(socket: WebSocket, d: Json): void {
    this.resumes += 1;
    this.live = socket;
    for (const { s, packet } of this.sent) if (s > Number(d['seq'])) socket.send(JSON.stringify(packet));
    this.dispatch('RESUMED', {});
  }

  private address(): string {
    const address = this.sockets.options.server?.address();
    return typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : '127.0.0.1';
  }
}
