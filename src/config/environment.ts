/**
 * Environment variables, each also as NAME_FILE (a file that holds the value, as Docker and systemd hand out secrets).
 *
 *   DISCORD_TOKEN='"abc"'          -> abc, with a warning about the quotes
 *   SLACK_BOT_TOKEN_FILE=/run/s    -> the file's content without its last newline
 *
 * A token that cannot work is left out with one sentence, and the rest goes on. An address that cannot work is a
 * problem: falling back to another database than the one somebody named would hide their news.
 */
import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { nearest } from './problem.ts';
import type { Secret } from './secret.ts';
import { secret } from './secret.ts';
import type { Config, LlmProvider, Secrets } from './config.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const NAMES = [
  'DISCORD_TOKEN',
  'DISCORD_API_URL',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_REFRESH_TOKEN',
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
  'SLACK_API_URL',
  'DATABASE_URL',
  'REDIS_URL',
  'CLAIMWIRE_DATA',
  'CLAIMWIRE_CONFIG',
  'CLAIMWIRE_WEB_PORT',
  'CLAIMWIRE_WEB_HOST',
  'CLAIMWIRE_LLM_KEY',
  'CLAIMWIRE_TIME_SCALE',
] as const;
/** Keys that other programs use too: looked at only when judging asks for them. */
type Name = (typeof NAMES)[number] | 'ANTHROPIC_API_KEY' | 'OPENAI_API_KEY';

const MAX_FILE_BYTES = 65_536;

export interface FromEnvironment {
  readonly secrets: Omit<Secrets, 'llmKey'>;
  readonly apiUrls: Config['apiUrls'];
  readonly dataDir: string;
  readonly configDir: string | null;
  readonly webPort: number | null;
  /** Address to listen on; a container needs 0.0.0.0. */
  readonly webHost: string | null;
  /** 1, or less in a test: what every duration of delivery is multiplied by. */
  readonly timeScale: number;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

export function readEnvironment(env: Environment): FromEnvironment {
  const problems: string[] = [];
  const warnings: string[] = [];
  const value = (name: Name) => clean(name, rawValue(name, env, problems, warnings), warnings);
  const token = (name: Name, check: (text: string) => string | null): Secret | null => {
    const text = value(name);
    if (text === null) return null;
    if (/[\s\p{Cc}]/u.test(text)) {
      warnings.push(`${name} holds a space or a control character, which no token has: it is left out; copy it again`);
      return null;
    }
    const doubt = check(text);
    if (doubt !== null) warnings.push(`${name} ${doubt}`);
    return secret(text);
  };
  const address = (name: Name, protocols: readonly string[]): string | null => {
    const text = value(name);
    if (text === null) return null;
    const wanted = protocols.map((protocol) => `${protocol}//`).join(' or ');
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== '') return text;
    // A socket address, postgres:///name?host=/run/postgresql, has no host part.
    if (name === 'DATABASE_URL' && /^postgres(?:ql)?:\/\/\/[^\s]*[?&]host=/.test(text)) return text;
    problems.push(`${name} is not an address that starts with ${wanted}`);
    return null;
  };
  const hidden = (text: string | null) => (text === null ? null : secret(text));

  const redisUrl = address('REDIS_URL', ['redis:', 'rediss:']);
  if (redisUrl !== null && isOpenRedis(redisUrl))
    warnings.push(
      'REDIS_URL has no password and is not on this machine: anybody who reaches it can read and change the queue',
    );
  const secrets: FromEnvironment['secrets'] = {
    discordToken: token('DISCORD_TOKEN', discordDoubt),
    slackBotToken: token('SLACK_BOT_TOKEN', (text) => slackDoubt(text, ['xoxb-', 'xoxe.xoxb-'], 'the bot token')),
    slackAppToken: token('SLACK_APP_TOKEN', (text) => slackDoubt(text, ['xapp-'], 'the app-level token')),
    slackSigningSecret: token('SLACK_SIGNING_SECRET', (text) =>
      text.startsWith('xox') || text.startsWith('xapp-') ? 'looks like a token, not like a signing secret' : null,
    ),
    slackRefreshToken: token('SLACK_REFRESH_TOKEN', (text) => slackDoubt(text, ['xoxe-'], 'a refresh token')),
    slackClientId: value('SLACK_CLIENT_ID'),
    slackClientSecret: token('SLACK_CLIENT_SECRET', () => null),
    databaseUrl: hidden(address('DATABASE_URL', ['postgres:', 'postgresql:'])),
    redisUrl: hidden(redisUrl),
  };
  const slackWays = secrets.slackAppToken ?? secrets.slackSigningSecret;
  if (secrets.slackBotToken !== null && slackWays === null)
    warnings.push(
      'SLACK_BOT_TOKEN alone cannot receive commands: also set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)',
    );
  if (secrets.slackBotToken === null && slackWays !== null)
    warnings.push('Slack is off: SLACK_BOT_TOKEN (xoxb-...) is not set');
  warnings.push(...rotationDoubts(secrets));
  const apiUrl = (name: Name) => {
    const text = address(name, ['https:', 'http:']);
    if (text !== null && new URL(text).protocol === 'http:' && !isLoopback(new URL(text).hostname))
      warnings.push(`${name} is http: the token would travel unencrypted`);
    return text;
  };
  const apiUrls = { discord: apiUrl('DISCORD_API_URL'), slack: apiUrl('SLACK_API_URL') };
  const webPort = portOf(value('CLAIMWIRE_WEB_PORT'), problems);
  const timeScale = scaleOf(value('CLAIMWIRE_TIME_SCALE'), problems, warnings);
  warnings.push(...typingErrors(env));
  return {
    secrets,
    apiUrls,
    dataDir: resolve(value('CLAIMWIRE_DATA') ?? '.claimwire'),
    configDir: value('CLAIMWIRE_CONFIG'),
    webPort,
    webHost: value('CLAIMWIRE_WEB_HOST'),
    timeScale,
    problems,
    warnings,
  };
}

/**
 * The key for a language model: CLAIMWIRE_LLM_KEY, else the name that the provider's own programs read. `where`: the address
 * from claimwire.yaml; null for the provider's own.
 */
export function readLlmKey(
  env: Environment,
  provider: LlmProvider,
  where: string | null,
): { readonly key: Secret | null; readonly problems: readonly string[]; readonly warnings: readonly string[] } {
  const problems: string[] = [];
  const warnings: string[] = [];
  const value = (name: Name) => clean(name, rawValue(name, env, problems, warnings), warnings);
  const usual = { anthropic: 'ANTHROPIC_API_KEY', 'openai-compatible': 'OPENAI_API_KEY', ollama: null } as const;
  const name = usual[provider];
  const text = value('CLAIMWIRE_LLM_KEY') ?? (name === null ? null : value(name));
  // A header cannot hold them, and the SDK's error would show the key.
  if (text !== null && !/^[\x21-\x7e]+$/.test(text)) {
    warnings.push('the key for the language model holds a character that no key has: it is left out; copy it again');
    return { key: null, problems, warnings };
  }
  const url = where === null ? null : new URL(where);
  if (text !== null && url?.protocol === 'http:' && !isLoopback(url.hostname))
    warnings.push('judge.baseUrl is http: the key and the articles would travel unencrypted');
  return { key: text === null ? null : secret(text), problems, warnings };
}

/** The user's own directory: what `--config` names, else CLAIMWIRE_CONFIG, else none. */
export function chosenConfigDir(flag: string | undefined, env: Environment): string | null {
  return flag ?? readEnvironment(env).configDir;
}

function rawValue(name: Name, env: Environment, problems: string[], warnings: string[]): string | null {
  const direct = env[name];
  const file = env[`${name}_FILE`];
  if (file === undefined || file.trim() === '') return direct ?? null;
  if (direct !== undefined && direct.trim() !== '') {
    problems.push(`${name} and ${name}_FILE are both set: keep one`);
    return null;
  }
  try {
    const stat = statSync(file);
    if (!stat.isFile()) throw Object.assign(new Error('not a file'), { code: 'not a file' });
    if (stat.size > MAX_FILE_BYTES) throw Object.assign(new Error('too large'), { code: 'too large' });
    if ((stat.mode & 0o004) !== 0)
      warnings.push(`${name}_FILE: everybody on this machine may read ${file} (chmod 600 ${file})`);
    // A file nearly always ends in a newline: that is no mistake and needs no warning.
    return readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .trim();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    const why =
      code === 'ENOENT' ? 'does not exist' : `cannot be read (${typeof code === 'string' ? code : 'unknown error'})`;
    problems.push(`${name}_FILE: ${file} ${why}`);
    return null;
  }
}

function clean(name: Name, raw: string | null, warnings: string[]): string | null {
  if (raw === null) return null;
  let text = raw.trim();
  const quotes = /^(["'`])(.*)\1$/s.exec(text);
  if (quotes !== null) {
    text = (quotes[2] ?? '').trim();
    if (text !== '') warnings.push(`${name} was wrapped in quotes: they were left out`);
  } else if (text !== '' && text !== raw) {
    warnings.push(`${name} had a space or a newline around it: it was left out`);
  }
  if (text !== '') return text;
  warnings.push(`${name} is set but empty: treated as not set`);
  return null;
}

function discordDoubt(text: string): string | null {
  if (/^(?:mfa\.|xox|xapp-)/.test(text))
    return 'does not look like a Discord bot token (Developer Portal, Bot, Reset Token)';
  return /your|token|changeme|example/i.test(text) && !text.includes('.')
    ? 'looks like a placeholder, not like a token'
    : null;
}

function slackDoubt(text: string, prefixes: readonly string[], noun: string): string | null {
  return prefixes.some((prefix) => text.startsWith(prefix))
    ? null
    : `does not start with ${prefixes[0] ?? ''}, so it is not ${noun}`;
}

/** A token that ends after 12 hours needs three things more; without one of them it is posted with until then. */
function rotationDoubts(secrets: FromEnvironment['secrets']): string[] {
  const { slackBotToken, slackRefreshToken, slackClientId, slackClientSecret } = secrets;
  const parts = {
    SLACK_REFRESH_TOKEN: slackRefreshToken,
    SLACK_CLIENT_ID: slackClientId,
    SLACK_CLIENT_SECRET: slackClientSecret,
  };
  const missing = Object.entries(parts).flatMap(([name, part]) => (part === null ? [name] : []));
  const expires = slackBotToken?.reveal().startsWith('xoxe.') === true;
  if (missing.length === 0 || (missing.length === 3 && !expires)) return [];
  const why = expires ? 'SLACK_BOT_TOKEN ends after 12 hours' : 'SLACK_BOT_TOKEN cannot be renewed';
  return [`${why}: token rotation also needs ${missing.join(' and ')}`];
}

function portOf(text: string | null, problems: string[]): number | null {
  if (text === null) return null;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  problems.push('CLAIMWIRE_WEB_PORT is not a port: a whole number from 0 (any free port) to 65535');
  return null;
}

/** Platforms do not answer faster because we wait less: below 1 it is for tests against doubles. */
function scaleOf(text: string | null, problems: string[], warnings: string[]): number {
  if (text === null) return 1;
  const scale = Number(text);
  if (!(scale >= 0.01 && scale <= 1)) {
    problems.push('CLAIMWIRE_TIME_SCALE is not a number from 0.01 to 1; outside of tests leave it out');
    return 1;
  }
  if (scale < 1)
    warnings.push(`CLAIMWIRE_TIME_SCALE is ${scale}: leases and time-outs are too short for a real platform`);
  return scale;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function isOpenRedis(text: string): boolean {
  const url = new URL(text);
  // A bare name such as `redis` is a neighbour in the same compose network.
  const named = url.hostname.includes('.') || isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0;
  return url.password === '' && named && !isLoopback(url.hostname);
}

/** `CLAIMWIRE_WEBPORT=1` would be ignored in silence, and so would `SLACK_APP_TOKENS`. Only the part after the prefix is compared. */
function typingErrors(env: Environment): string[] {
  const known: readonly string[] = NAMES.flatMap((name) => [name, `${name}_FILE`]);
  return ['CLAIMWIRE_', 'DISCORD_', 'SLACK_'].flatMap((prefix) => {
    const tails = known.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
    return Object.keys(env)
      .filter((name) => name.startsWith(prefix) && !known.includes(name))
      .flatMap((name) => {
        const meant = nearest(name.slice(prefix.length), tails);
        return meant === null ? [] : [`${name} is not read; did you mean ${prefix}${meant}?`];
      });
  });
}
