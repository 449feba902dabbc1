/**
 * `claimwire discord register`: tells Discord the commands, everywhere or in one server, and prints the invite link. May be run
 * again at any time: what stands already is not written again.
 */
import { DiscordAPIError, REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Desk } from '../platform.ts';
import { commandsBody, registerCommands } from './commands.ts';
import { networkCode } from '../network.ts';
import { TOKEN_REFUSED } from './outcome.ts';
import { inviteLink } from './permissions.ts';
import { DISCORD_API } from './poster.ts';

export interface RegisterOptions {
  readonly token: string;
  readonly apiUrl: string | undefined;
  /** null: everywhere. */
  readonly guild: string | null;
  readonly desk: Desk;
}

export type Registered =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly problem: string };

const Application = z.object({ id: z.string() });

/** Never throws; a problem is one sentence without the token. */
export async function registerDiscord(options: RegisterOptions): Promise<Registered> {
  const api = options.apiUrl ?? DISCORD_API;
  const rest = new REST({ version: '10', api, retries: 1, timeout: 15_000 }).setToken(options.token);
  const { body, skipped } = commandsBody(options.desk);
  try {
    const { id } = Application.parse(await rest.get(Routes.currentApplication()));
    const done = await registerCommands(rest, id, options.guild, body);
    const where = options.guild === null ? 'in every server' : `in server ${options.guild}`;
    return {
      ok: true,
      lines: [
        `${body.length} commands ${done === 'registered' ? 'registered' : 'stand already, unchanged,'} ${where}`,
        ...(skipped.length === 0 ? [] : [`Discord cannot show these topics as commands: ${skipped.join(', ')}`]),
        `Invite: ${inviteLink(id)}`,
      ],
    };
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === 401) return { ok: false, problem: TOKEN_REFUSED };
    if (
      error instanceof DiscordAPIError &&
      options.guild !== null &&
      (error.code === 50_001 || error.code === 10_004)
    ) {
      const problem = `Discord does not let the bot register commands in server ${options.guild}: invite it with the scope applications.commands first.`;
      return { ok: false, problem };
    }
    const why =
      error instanceof DiscordAPIError ? `${error.status} ${error.message.split('\n')[0] ?? ''}` : networkCode(error);
    return { ok: false, problem: `Discord commands were not registered: ${why}` };
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}
