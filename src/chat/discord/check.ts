/**
 * What `claimwire check` says about Discord before anything runs: each line is fine, or says what to do.
 *
 *   ok    Discord: signed in as claimwire, in 2 servers
 *   to do Discord channel 1200000000000000001: the bot cannot see it (Unknown Channel): invite it or give View Channel
 */
import { DiscordAPIError, REST, Routes } from 'discord.js';
import { z } from 'zod';
import { skewLine } from '../clock-skew.ts';
import { networkCode } from '../network.ts';
import { TOKEN_REFUSED } from './outcome.ts';
import { foreignIdentifies } from './elsewhere.ts';
import { permissionsIn } from './channel-permissions.ts';
import { inviteLink, missingPermissions } from './permissions.ts';
import { DISCORD_API } from './poster.ts';

export interface CheckLine {
  readonly ok: boolean;
  /** Fine so far, and worth a look. */
  readonly note?: true;
  readonly line: string;
}

const Me = z.object({ id: z.string(), username: z.string() });
const Guilds = z.array(z.object({ id: z.string(), permissions: z.string().regex(/^\d+$/u).optional() }));
const Channel = z.object({
  guild_id: z.string().optional(),
  permission_overwrites: z.array(z.object({ id: z.string(), allow: z.string(), deny: z.string() })).default([]),
});
const Member = z.object({ roles: z.array(z.string()) });
const GatewayBot = z.object({ session_start_limit: z.object({ total: z.number(), remaining: z.number() }) });

/** Never throws; never opens a gateway session. `channels` are those subscribed in the configuration. */
export async function checkDiscord(options: {
  readonly token: string;
  readonly apiUrl?: string | undefined;
  readonly channels: readonly string[];
  /** IDENTIFYs of this installation within a day; left out where they are not counted. */
  readonly ownIdentifies?: number | undefined;
}): Promise<readonly CheckLine[]> {
  const api = options.apiUrl ?? DISCORD_API;
  const rest = new REST({ version: '10', api, retries: 0, timeout: 10_000 }).setToken(options.token);
  let date: string | null = null;
  rest.on('response', (_request, response) => {
    date = response.headers.get('date');
  });
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
    const foreign =
      options.ownIdentifies === undefined ? null : foreignIdentifies(total - remaining, options.ownIdentifies);
    if (foreign !== null) lines.push({ ok: true, note: true, line: foreign });
    const skew = skewLine('Discord', date, Date.now());
    if (skew !== null) lines.push({ ok: false, line: skew });
    const base = new Map(guilds.map((guild) => [guild.id, guild.permissions]));
    for (const channel of options.channels) lines.push(await checkChannel(rest, channel, me.id, base));
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

async function checkChannel(
  rest: REST,
  channel: string,
  me: string,
  base: ReadonlyMap<string, string | undefined>,
): Promise<CheckLine> {
  try {
    const found = Channel.parse(await rest.get(Routes.channel(channel)));
    const guild = found.guild_id ?? '';
    const server = base.get(guild);
    if (server === undefined) return { ok: true, line: `Discord channel ${channel}: visible` };
    const { roles } = Member.parse(await rest.get(Routes.guildMember(guild, me)));
    const missing = missingPermissions(permissionsIn(server, found.permission_overwrites, { guild, me, roles }), {
      inThread: false,
    });
    return missing.length === 0
      ? { ok: true, line: `Discord channel ${channel}: visible, and the bot may post there` }
      : {
          ok: false,
          line: `Discord channel ${channel}: the bot lacks ${missing.join(', ')}: give them in the channel's settings, Permissions`,
        };
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
