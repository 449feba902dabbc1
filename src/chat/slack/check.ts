/**
 * What `claimwire check` says about Slack before anything runs: each line is fine, or says what to do.
 *
 *   ok    Slack: signed in as claimwire in Newsroom
 *   to do Slack: the scope chat:write is missing: add it under OAuth & Permissions and install the app again
 */
import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { skewLine } from '../clock-skew.ts';
import { TOKEN_REFUSED, errorCode, networkCode } from './outcome.ts';
import { apiUrlOf } from './poster.ts';
import { quietLogger } from './quiet.ts';

export interface SlackCheckLine {
  readonly state: 'ok' | 'note' | 'wrong';
  readonly line: string;
}

const Me = z.object({ user: z.string(), team: z.string() });

/** Without these nothing can be posted or asked. */
const NEEDED = ['chat:write', 'commands'] as const;
/** What is less without them. */
const USEFUL: Readonly<Record<string, string>> = {
  'channels:history': 'an alert whose answer was lost cannot be looked up in public channels',
  'groups:history': 'an alert whose answer was lost cannot be looked up in private channels',
  'users:read': 'admins cannot be told from other members',
  'channels:read': "a public channel's creator is not known",
  'groups:read': "a private channel's creator is not known",
  'usergroups:read': 'a group to mention is chosen by its id only',
  'app_mentions:read': 'mentions are not heard',
};

/** Never throws; opens no session. */
export async function checkSlack(options: {
  readonly botToken: string;
  readonly apiUrl?: string | undefined;
  /** With token rotation the bot itself gets the next token. */
  readonly renews?: boolean | undefined;
}): Promise<readonly SlackCheckLine[]> {
  const apiUrl = apiUrlOf(options.apiUrl);
  let scopes: string | null = null;
  let date: string | null = null;
  const client = new webApi.WebClient(options.botToken, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    logger: quietLogger(),
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      scopes = response.headers.get('x-oauth-scopes');
      date = response.headers.get('date');
      return response;
    },
  });
  try {
    const me = Me.parse(await client.auth.test());
    const skew = skewLine('Slack', date, Date.now());
    return [
      { state: 'ok', line: `Slack: signed in as ${me.user} in ${me.team}` },
      ...scopeLines(scopes),
      ...(skew === null ? [] : [{ state: 'wrong', line: skew } as const]),
    ];
  } catch (error) {
    if (options.renews === true && errorCode(error) === 'token_expired')
      return [{ state: 'note', line: 'Slack: the token has ended; the bot renews it when it starts' }];
    const refused = errorCode(error) !== null;
    return [
      {
        state: 'wrong',
        line: refused
          ? `${TOKEN_REFUSED} (${networkCode(error)})`
          : `Slack: no answer from ${new URL(apiUrl).host}: ${networkCode(error)}`,
      },
    ];
  }
}

/** Slack names the token's scopes in a header of every answer. */
function scopeLines(header: string | null): SlackCheckLine[] {
  if (header === null) return [];
  const granted = new Set(header.split(',').map((scope) => scope.trim()));
  const missing = (scope: string): boolean => !granted.has(scope);
  return [
    ...NEEDED.filter(missing).map((scope): SlackCheckLine => ({
      state: 'wrong',
      line: `Slack: the scope ${scope} is missing: add it under OAuth & Permissions and install the app again`,
    })),
    ...Object.entries(USEFUL)
      .filter(([scope]) => missing(scope))
      .map(([scope, loss]): SlackCheckLine => ({ state: 'note', line: `Slack: without the scope ${scope} ${loss}` })),
  ];
}
