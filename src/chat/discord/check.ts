/**
 * What `claimwire check` says about Discord before anything runs: each line is fine, or says what to do.
 *
 *   ok    Discord: signed in as claimwire, in 2 servers
 *   to do Discord channel 1200000000000000001: the bot cannot see it (Unknown Channel): invite it or give View Channel
 */
import { DiscordAPIError, REST, Routes } from 'discord.js';
import { z } from 'zod';
import { networkCode } from '../network.ts';
import { TOKEN_REFUSED } from './outcome.ts';
import { inviteLink } from './permissions.ts';
import { DISCORD_API } from './poster.ts';

export interface CheckLine {
  readonly ok: boolean;
  readonly line: string;
}

const Me = z.object({ id: z.string(), username: z.string() });
const Guilds = z.array(z.object({ id: z.string() }));
const GatewayBot = z.object({ session_start_limit: z.object({ total: z.number(), remaining: z.number() }) });

/** Never throws; never opens a gateway session. `channels` are those subscribed in the configuration. */
export async function checkDiscord(options: {
  readonly token: string;
  readonly apiUrl?: string | undefined;
  readonly channels: readonly string[];
}): Promise<readonly CheckLine[]> {
  const api = options.apiUrl ?? DISCORD_API;
  const rest = new REST({ version: '10', api, retries: 0, timeout: 10_000 }).setToken(options.token);
  try {
    const me = Me.parse(await rest.get(Routes.user()));
    const guilds = Guilds.parse(await rest.get(Routes.userGuilds()));
    const { total, remaining } = GatewayBot.parse(await rest.get(Routes.gatewayBot())).session_start_limit;
    const lines: CheckLine[] = [
      {
        ok: true,
        line: `Discord: signed in as ${me.username}, in ${guilds.length} ${guilds.length === 1 ? 'server' : 'servers'}`,
      },
    ];
    if (guilds.length === 0) lines.push({ ok: false, line: `Discord: invite the bot: ${inviteLink(me.id)}` });
    if (remaining < total / 10) {
      lines.push({
        ok: false,
        line: `Discord: only ${remaining} of ${total} connections are left today: find what restarts so often`,
      });
    }
    for (const channel of options.channels) lines.push(await checkChannel(rest, channel));
    return lines;
  } catch (error) {
    const refused = error instanceof DiscordAPIError && error.status === 401;
    return [
      { ok: false, line: refused ? TOKEN_REFUSED : `Discord: no answer from ${hostOf(api)}: ${networkCode(error)}` },
    ];
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

async function checkChannel(rest: REST, channel: string): Promise<CheckLine> {
  try {
    await rest.get(Routes.channel(channel));
    return { ok: true, line: `Discord channel ${channel}: visible` };
  } catch (error) {
    const why = error instanceof DiscordAPIError ? error.message : networkCode(error);
    return {
      ok: false,
      line: `Discord channel ${channel}: the bot cannot see it (${why}): invite it or give View Channel`,
    };
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an address that cannot be read (DISCORD_API_URL)';
}
