/**
 * Which chat platforms this process speaks to: those it has tokens for, else the terminal.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { consolePlatform, fileMarks } from '../chat/console/platform.ts';
import type { ChatPlatform, Poster } from '../chat/platform.ts';
import type { SlackPlatform } from '../chat/slack/platform.ts';
import type { SlackRotation } from '../chat/slack/tokens.ts';
import type { Config } from '../config/config.ts';
import type { Platform } from '../core/alert.ts';
import { keptSecret, type KeptSecret } from '../ledger/kept-secret.ts';
import { HEARS_DISCORD, HEARS_SLACK, type Presence } from '../ledger/presence.ts';
import type { Newsroom } from '../pipeline/newsroom.ts';
import { notifyOperators } from '../pipeline/operators.ts';
import { timings } from '../pipeline/timings.ts';
import type { Role } from '../pipeline/work.ts';
import type { Finding } from './check.ts';
import { makeDataFolder } from './data-folder.ts';
import type { Io } from './io.ts';

export interface OpenedPlatforms {
  /** Those that answer commands in this process. */
  readonly chats: readonly ChatPlatform[];
  readonly posters: ReadonlyMap<Platform, Poster>;
  /** Whether the terminal stands in for chat. */
  readonly console: boolean;
  readonly describe: readonly string[];
  /** Gives them what they need of the ledger; before anything is sent. */
  attach(room: Newsroom, presence: Presence): Promise<void>;
}

export interface PlatformOptions {
  readonly io: Io;
  readonly log: Logger;
  readonly roles: ReadonlySet<Role>;
  /** Standard output carries JSON lines: the terminal shows its alerts as such. */
  readonly json: boolean;
  readonly style: 'card' | 'line';
  readonly dataDir: string;
}

/** Which alerts the terminal has shown, one marker a line. */
export const MARKS_FILE = 'terminal.marks';

/** How many alerts the terminal has shown more than once. */
export function repeatedMarks(dataDir: string): number {
  const path = join(dataDir, MARKS_FILE);
  const marks = existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((mark) => mark !== '')
    : [];
  return marks.length - new Set(marks).size;
}

/** Where this installation counts its connections to Discord. */
const countFile = (dataDir: string): string => join(dataDir, 'discord-identifies');

/** How many processes of one ledger do something; 1 before the ledger is open. */
type Count = (what: number) => Promise<number>;

async function discordOf(config: Config, log: Logger, dataDir: string, count: Count): Promise<ChatPlatform | null> {
  const token = config.secrets.discordToken;
  if (token === null) return null;
  // Loaded only when there is a token: the client costs 40 MB.
  const { discordPlatform } = await import('../chat/discord/platform.ts');
  const { fileIdentifyCounter, identifiesIn } = await import('../chat/discord/identify-count.ts');
  const counted = countFile(dataDir);
  return discordPlatform({
    token: token.reveal(),
    ...(config.apiUrls.discord === null ? {} : { apiUrl: config.apiUrls.discord }),
    timeoutMs: timings(config.timeScale).requestMs,
    log: (level, message, fault) => log[level]({ platform: 'discord', err: fault }, message),
    onLost: (reason) => log.error({ platform: 'discord' }, reason),
    beforeIdentify: fileIdentifyCounter(counted),
    ownIdentifies: () => identifiesIn(counted),
    hearers: () => count(HEARS_DISCORD),
  });
}

async function slackOf(config: Config, log: Logger, count: Count): Promise<SlackPlatform | null> {
  const { slackBotToken, slackAppToken, slackSigningSecret } = config.secrets;
  if (slackBotToken === null) return null;
  const { slackPlatform } = await import('../chat/slack/platform.ts');
  return slackPlatform({
    botToken: slackBotToken.reveal(),
    rotation: rotationOf(config),
    hearers: () => count(HEARS_SLACK),
    appToken: slackAppToken?.reveal(),
    signingSecret: slackSigningSecret?.reveal(),
    ...config.slack,
    ...(config.apiUrls.slack === null ? {} : { apiUrl: config.apiUrls.slack }),
    timeoutMs: timings(config.timeScale).requestMs,
    log: (level, message, fault) => log[level]({ platform: 'slack', err: fault }, message),
  });
}

/** Token rotation needs all three. */
function rotationOf({ secrets }: Config): SlackRotation | undefined {
  const { slackRefreshToken, slackClientId, slackClientSecret } = secrets;
  if (slackRefreshToken === null || slackClientId === null || slackClientSecret === null) return undefined;
  return {
    refreshToken: slackRefreshToken.reveal(),
    clientId: slackClientId,
    clientSecret: slackClientSecret.reveal(),
  };
}

/** Where the pairs of tokens of one app are kept. */
function keptTokens(pool: Newsroom['pool'], rotation: SlackRotation): KeptSecret {
  return keptSecret(pool, `slack-tokens ${rotation.clientId}`, rotation.clientSecret);
}

/** The token that a running bot last got from Slack; null without rotation. For `check`. */
export async function currentSlackToken(config: Config, pool: Newsroom['pool']): Promise<string | null> {
  const rotation = rotationOf(config);
  if (rotation === undefined) return null;
  const { keptToken } = await import('../chat/slack/tokens.ts');
  return keptToken(await keptTokens(pool, rotation).read(), rotation.refreshToken);
}

export async function openPlatforms(config: Config, options: PlatformOptions): Promise<OpenedPlatforms> {
  const { roles } = options;
  let presence: Presence | null = null;
  const count: Count = async (what) => (presence === null ? 1 : presence.together(what));
  const tokens = [config.secrets.discordToken, config.secrets.slackBotToken].filter((token) => token !== null);
  makeDataFolder(options.dataDir);
  const terminal = consolePlatform({
    out: process.stdout,
    env: options.io.env,
    style: options.json ? 'json' : options.style,
    marks: fileMarks(join(options.dataDir, MARKS_FILE)),
  });
  const discord =
    roles.has('discord') || roles.has('deliver') ? await discordOf(config, options.log, options.dataDir, count) : null;
  const slack = roles.has('slack') || roles.has('deliver') ? await slackOf(config, options.log, count) : null;
  const all = [terminal, ...(discord === null ? [] : [discord]), ...(slack === null ? [] : [slack])];
  const describe =
    tokens.length === 0
      ? ['no chat tokens: posting here and to the board (README: "Discord" and "Slack" say how to add them)']
      : [];
  return {
    chats: all.filter((chat) => chat.platform === 'console' || roles.has(chat.platform)),
    posters: new Map<Platform, Poster>(all.map((chat) => [chat.platform, chat])),
    console: tokens.length === 0,
    describe,
    async attach(room, given) {
      presence = given;
      const rotation = rotationOf(config);
      if (slack === null || rotation === undefined) return;
      await slack.keepTokens(keptTokens(room.pool, rotation), (key, words) =>
        notifyOperators(room, room.pool, { key, words }),
      );
    },
  };
}

/** Asks Discord who the token is and whether the configured channels are visible; opens no session. */
async function checkDiscordOf(config: Config): Promise<Finding[]> {
  const token = config.secrets.discordToken;
  if (token === null) return [{ part: 'Discord', state: 'note', says: 'no DISCORD_TOKEN: Discord is off' }];
  const { checkDiscord } = await import('../chat/discord/check.ts');
  const { identifiesIn } = await import('../chat/discord/identify-count.ts');
  const channels = config.subscriptions.filter((one) => one.platform === 'discord').map((one) => one.channel);
  const lines = await checkDiscord({
    token: token.reveal(),
    apiUrl: config.apiUrls.discord ?? undefined,
    channels: [...new Set(channels)],
    ownIdentifies: identifiesIn(countFile(config.dataDir)),
  });
  return lines.map(({ ok, note, line }) => ({
    part: 'Discord',
    state: note === true ? 'note' : ok ? 'ok' : 'wrong',
    says: line,
  }));
}

/** What `claimwire check` says of tokens: both platforms are asked. */
export async function checkTokens(config: Config, slackToken: string | null): Promise<Finding[]> {
  const { slackBotToken, slackAppToken, slackSigningSecret } = config.secrets;
  const findings = await checkDiscordOf(config);
  if (slackBotToken === null) findings.push({ part: 'Slack', state: 'note', says: 'no SLACK_BOT_TOKEN: Slack is off' });
  else if (slackAppToken === null && slackSigningSecret === null)
    findings.push({
      part: 'Slack',
      state: 'wrong',
      says: 'SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode) beside it',
    });
  else {
    const { checkSlack } = await import('../chat/slack/check.ts');
    const lines = await checkSlack({
      botToken: slackToken ?? slackBotToken.reveal(),
      renews: rotationOf(config) !== undefined,
      apiUrl: config.apiUrls.slack ?? undefined,
    });
    const mode = `${slackAppToken === null ? 'HTTP' : 'Socket'} Mode`;
    findings.push(
      ...lines.map(({ state, line }): Finding => ({
        part: 'Slack',
        state,
        says: state === 'ok' ? `${line}, ${mode}` : line,
      })),
    );
  }
  return findings;
}
