/**
 * claimwire.yaml with its defaults filled in, and what its keys say about each other.
 */
import type { Level } from '../core/alert.ts';
import type { Config } from './config.ts';
import type { FromEnvironment } from './environment.ts';
import type { Path, Problem } from './problem.ts';
import type { Names } from './references.ts';
import { unknownId } from './references.ts';
import type { SettingsWritten } from './schema.ts';

type Settings = Pick<Config, 'feeds' | 'delivery' | 'judge' | 'web' | 'limits' | 'slack' | 'subscriptions'>;

/** 15 minutes are 96 polls a day, above which some hosts ban a reader; 300 s is for those known to allow more. */
export function applySettings(
  written: SettingsWritten,
  environment: Pick<FromEnvironment, 'webPort' | 'webHost'>,
): Settings {
  return {
    feeds: {
      allowHosts: written.feeds?.allowHosts ?? [],
      allowHostsConnections: written.feeds?.allowHostsConnections ?? 1,
      allowHostsPauseSeconds: written.feeds?.allowHostsPauseSeconds ?? 1,
      defaultIntervalMinutes: written.feeds?.defaultIntervalMinutes ?? 15,
      minIntervalSeconds: written.feeds?.minIntervalSeconds ?? 300,
    },
    delivery: {
      onUnknownOutcome: written.delivery?.onUnknownOutcome ?? 'repost',
      freshnessMinutes: freshnessOf(written.delivery?.freshnessMinutes),
      operators: written.delivery?.operators ?? { platform: 'console', channel: 'operators' },
    },
    judge: {
      engine: written.judge?.engine ?? 'offline',
      provider: written.judge?.provider ?? null,
      model: written.judge?.model ?? null,
      baseUrl: written.judge?.baseUrl ?? null,
      dailyTokens: written.judge?.dailyTokens ?? null,
      timeoutSeconds: written.judge?.timeoutSeconds ?? 30,
    },
    web: {
      port: environment.webPort ?? written.web?.port ?? 8787,
      host: environment.webHost ?? written.web?.host ?? '127.0.0.1',
      allowedHosts: written.web?.allowedHosts ?? [],
    },
    limits: {
      feeds: written.limits?.feeds ?? 20,
      claims: written.limits?.claims ?? 20,
      subscriptions: written.limits?.subscriptions ?? 200,
      graceDays: written.limits?.graceDays ?? 30,
    },
    slack: {
      port: written.slack?.port ?? 3000,
      host: written.slack?.host ?? '127.0.0.1',
      anyoneMayManage: written.slack?.anyoneMayManage ?? false,
    },
    subscriptions: (written.subscriptions ?? []).map(({ workspace, ...rest }) => ({
      ...rest,
      workspace: workspace ?? '',
    })),
  };
}

/** Half an hour: a channel that reads along has moved on by then, one that was away wants the whole, not the pieces. */
const USUAL_FRESHNESS = 30;

function freshnessOf(
  written: number | Partial<Record<Level, number | undefined>> | undefined,
): Readonly<Record<Level, number>> {
  const of = (level: Level): number => (typeof written === 'number' ? written : written?.[level]) ?? USUAL_FRESHNESS;
  return { confirmed: of('confirmed'), changes: of('changes'), updates: of('updates'), all: of('all') };
}

const CHANNEL_SHAPES = {
  discord: {
    shape: /^\d{15,20}$/,
    example: 'a Discord channel id, 17 to 20 digits in quotes (Developer Mode, Copy Channel ID)',
  },
  slack: {
    shape: /^[CGD][A-Z0-9]{5,}$/,
    example: 'a Slack channel id such as C0123456789 (channel details, at the bottom), not a name',
  },
  console: { shape: /^\S+$/, example: 'a word such as terminal' },
} as const;

export function checkSubscriptions(
  settings: SettingsWritten,
  topics: Names,
  complain: (path: Path, what: string) => Problem,
): Problem[] {
  const problems: Problem[] = [];
  const operators = settings.delivery?.operators;
  if (operators !== undefined && !CHANNEL_SHAPES[operators.platform].shape.test(operators.channel)) {
    const { example } = CHANNEL_SHAPES[operators.platform];
    problems.push(complain(['delivery', 'operators', 'channel'], `is not ${example}`));
  }
  const seen = new Set<string>();
  settings.subscriptions?.forEach((subscription, index) => {
    const at = (field: string) => ['subscriptions', index, field];
    const topic = unknownId(topics, subscription.topic);
    if (topic !== null) problems.push(complain(at('topic'), topic));
    const { shape, example } = CHANNEL_SHAPES[subscription.platform];
    if (!shape.test(subscription.channel)) problems.push(complain(at('channel'), `is not ${example}`));
    const key = [subscription.platform, subscription.channel, subscription.topic].join(' ');
    if (seen.has(key)) problems.push(complain(at('channel'), 'this channel is already subscribed to this topic'));
    seen.add(key);
  });
  const { judge } = settings;
  if (judge?.engine === 'llm' && judge.provider === undefined)
    problems.push(complain(['judge', 'provider'], 'missing: engine llm needs it'));
  if (judge?.engine === 'llm' && judge.model === undefined)
    problems.push(complain(['judge', 'model'], 'missing: engine llm needs it'));
  // Ollama runs on a machine of one's own: there a budget is a choice.
  if (judge?.engine === 'llm' && judge.dailyTokens === undefined && judge.provider !== 'ollama')
    problems.push(complain(['judge', 'dailyTokens'], 'missing: say what a day may cost, for example 200000'));
  return problems;
}
