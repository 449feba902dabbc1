/**
 * What must be told to the platforms once: `claimwire slack manifest`, `claimwire discord register [--guild ID]`, and the
 * reference of commands, `claimwire help chat`.
 */
import { stringify } from 'yaml';
import { everythingOffered } from '../chat/everything.ts';
import { chatReference } from '../chat/reference.ts';
import type { Desk } from '../chat/platform.ts';
import { parseArguments } from './arguments.ts';
import { unknownCommand } from './commands.ts';
import { configFor } from './compose.ts';
import { Explained, type ExitCode, type Io } from './io.ts';

const MANIFEST_USAGE = 'claimwire slack manifest [--url https://HOST/slack/events] [--config DIR]';
const REGISTER_USAGE = 'claimwire discord register [--guild ID] [--config DIR]';

function deskOf(io: Io, config: string | undefined): Desk {
  return everythingOffered(
    configFor(io, config).topics.map((topic) => ({
      id: topic.id,
      title: topic.title,
      claims: topic.claims.map(({ id, statement }) => ({ id, statement })),
    })),
  );
}

export async function runSlack(args: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parseArguments(args, { url: { type: 'string' }, config: { type: 'string' } }, MANIFEST_USAGE);
  const url = parsed.ok ? parsed.values.url : undefined;
  if (!parsed.ok || parsed.positionals.join(' ') !== 'manifest') {
    io.err(parsed.ok ? `Usage: ${MANIFEST_USAGE}` : parsed.message);
    return 2;
  }
  if (url !== undefined && !/^https:\/\/[^/]+\/slack\/events$/u.test(url)) {
    io.err('--url is where Slack reaches the bot: https://YOUR_HOST/slack/events');
    return 2;
  }
  const { slackManifest } = await import('../chat/slack/manifest.ts');
  io.out(manifestText(slackManifest(deskOf(io, parsed.values.config), { url })));
  return 0;
}

/** As the file config/slack-manifest.yaml holds it. */
export function manifestText(manifest: Record<string, unknown>): string {
  return [
    '# Slack app manifest, printed by `claimwire slack manifest`: api.slack.com/apps, Create New App, From a manifest.',
    '# Then install it and copy the two tokens. Without channels:history and groups:history an alert whose answer was lost',
    '# cannot be looked up.',
    stringify(manifest, { lineWidth: 0 }).trimEnd(),
  ].join('\n');
}

export async function runDiscord(args: readonly string[], io: Io): Promise<ExitCode> {
  const parsed = parseArguments(args, { guild: { type: 'string' }, config: { type: 'string' } }, REGISTER_USAGE);
  if (!parsed.ok || parsed.positionals.join(' ') !== 'register') {
    io.err(parsed.ok ? `Usage: ${REGISTER_USAGE}` : parsed.message);
    return 2;
  }
  const { guild } = parsed.values;
  if (guild !== undefined && !/^\d{15,20}$/u.test(guild)) {
    io.err(`--guild is a server's id (15 to 20 digits), not "${guild.slice(0, 40)}"`);
    return 2;
  }
  const config = configFor(io, parsed.values.config);
  const token = config.secrets.discordToken;
  if (token === null)
    throw new Explained('DISCORD_TOKEN is not set: the bot token from discord.com/developers (Bot, Reset Token).');
  const { registerDiscord } = await import('../chat/discord/register.ts');
  const done = await registerDiscord({
    token: token.reveal(),
    apiUrl: config.apiUrls.discord ?? undefined,
    guild: guild ?? null,
    desk: deskOf(io, parsed.values.config),
  });
  if (!done.ok) throw new Explained(done.problem);
  for (const line of done.lines) io.out(line);
  return 0;
}

/** `claimwire help chat`. */
export async function runHelpChat(args: readonly string[], io: Io): Promise<ExitCode> {
  if (args.length !== 1 || args[0] !== 'chat') {
    if (args.length !== 1) io.err('Usage: claimwire help [chat|COMMAND]');
    else io.err(unknownCommand(args[0] ?? ''));
    return 2;
  }
  io.out(chatReference(everythingOffered([])));
  return 0;
}
