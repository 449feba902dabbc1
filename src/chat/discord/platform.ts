/**
 * Discord as a chat platform: REST posts the alerts, the gateway brings the commands. A process that only delivers uses
 * discordPoster alone and never opens a gateway session.
 *
 *   const discord = discordPlatform({ token, apiUrl })
 *   await discord.start(desk)
 */
import { randomUUID } from 'node:crypto';
import type { ChatPlatform } from '../platform.ts';
import { discordGateway } from './gateway.ts';
import type { DiscordGatewayOptions } from './gateway.ts';
import { DISCORD_API, discordPoster } from './poster.ts';
import type { DiscordPosterOptions } from './poster.ts';

export type DiscordOptions = DiscordPosterOptions & Omit<DiscordGatewayOptions, 'apiUrl' | 'post'>;

/** `apiUrl` without version (DISCORD_API_URL); default Discord's own. Throws on a token that no header can carry. */
export function discordPlatform(options: DiscordOptions): ChatPlatform {
  const poster = discordPoster(options);
  const gateway = discordGateway({
    ...options,
    apiUrl: options.apiUrl ?? DISCORD_API,
    post: (channel, card) =>
      poster.send(
        { channel, marker: randomUUID().replace(/-/gu, '').slice(0, 25), card },
        new AbortController().signal,
      ),
  });
  return {
    platform: 'discord',
    settleMs: poster.settleMs,
    send: (message, signal) => poster.send(message, signal),
    lookUp: (channel, marker, signal, at) => poster.lookUp(channel, marker, signal, at),
    start: (desk) => gateway.start(desk),
    close: async () => {
      poster.close();
      await gateway.close();
    },
  };
}
