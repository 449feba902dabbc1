/**
 * Config: everything people may set, parsed once, as one readonly value.
 *
 *   loadConfig({ shippedDir, userDir, env })  ->  Config, or every problem as "file: path: what"
 *
 * Nothing else in the product reads YAML files or environment variables.
 */
import type { Level, Platform } from '../core/alert.ts';
import type { Topic } from '../core/claim.ts';
import type { Source } from '../core/source.ts';
import type { Secret } from './secret.ts';

export interface Config {
  readonly dirs: { readonly shipped: string | null; readonly user: string | null };
  readonly feeds: FeedPolicy;
  readonly delivery: DeliveryPolicy;
  readonly judge: JudgeChoice;
  readonly web: WebSettings;
  readonly limits: WorkspaceLimits;
  readonly slack: SlackSettings;
  readonly subscriptions: readonly ConfiguredSubscription[];
  readonly feedList: readonly FeedConfig[];
  readonly sources: readonly Source[];
  readonly topics: readonly Topic[];
  readonly secrets: Secrets;
  readonly apiUrls: { readonly discord: string | null; readonly slack: string | null };
  /** Absolute. */
  readonly dataDir: string;
  /** CLAIMWIRE_TIME_SCALE: 1 but in tests. */
  readonly timeScale: number;
}

interface FeedPolicy {
  /** `host:port` of loopback or private hosts that may be polled all the same. */
  readonly allowHosts: readonly string[];
  /** Requests at once to each of them, and the pause between two; towards all other hosts 1 and 1 s. */
  readonly allowHostsConnections: number;
  readonly allowHostsPauseSeconds: number;
  readonly defaultIntervalMinutes: number;
  /** No feed is polled more often than this. Below 300 only when every feed is on an allowed host. */
  readonly minIntervalSeconds: number;
}

interface DeliveryPolicy {
  /** When a platform's answer was lost and it cannot be asked: post again, marked "possible repeat", or hold for a person. */
  readonly onUnknownOutcome: 'repost' | 'hold';
  /** An alert older than its subscription's level allows goes into one catch-up card after an outage. */
  readonly freshnessMinutes: Readonly<Record<Level, number>>;
  /** Where words to those who run the bot go; the terminal when not configured. */
  readonly operators: { readonly platform: Platform; readonly channel: string };
}

interface JudgeChoice {
  /** llm: the offline judge, and a language model as second reader. */
  readonly engine: 'offline' | 'llm';
  readonly provider: LlmProvider | null;
  readonly model: string | null;
  readonly baseUrl: string | null;
  /** Per UTC day; null: no limit. */
  readonly dailyTokens: number | null;
  readonly timeoutSeconds: number;
}

export type LlmProvider = 'anthropic' | 'openai-compatible' | 'ollama';

/** What one server or workspace may have. */
interface WorkspaceLimits {
  readonly feeds: number;
  readonly claims: number;
  readonly subscriptions: number;
  /** Days its data is kept after the app was removed from it. */
  readonly graceDays: number;
}

interface WebSettings {
  /** 0: any free port. CLAIMWIRE_WEB_PORT wins over claimwire.yaml. */
  readonly port: number;
  readonly host: string;
  /** Further names the board may be asked for by, e.g. behind a reverse proxy; loopback names always may. */
  readonly allowedHosts: readonly string[];
}

interface SlackSettings {
  /** Of HTTP mode; Socket Mode listens nowhere. */
  readonly port: number;
  readonly host: string;
  /** Whether members who manage nothing may subscribe a channel. */
  readonly anyoneMayManage: boolean;
}

interface ConfiguredSubscription {
  readonly platform: Platform;
  /** Slack team or Discord guild; '' when not given. */
  readonly workspace: string;
  readonly channel: string;
  readonly topic: string;
  readonly level: Level;
}

export interface FeedConfig {
  readonly id: string;
  readonly url: string;
  /** Source id. For an aggregator's feed the aggregator; the item then names its true publisher. Null: nobody listed. */
  readonly publisher: string | null;
  /** BCP 47: "en", "zh", "zh-Hans"; null: as the feed says. */
  readonly lang: string | null;
  readonly topics: readonly string[];
  /** When somebody last saw it answer; null: untested. */
  readonly tested: string | null;
  /** The page on which the feed's address was found. */
  readonly seen: string | null;
  readonly intervalMinutes: number | null;
}

export interface Secrets {
  readonly discordToken: Secret | null;
  readonly slackBotToken: Secret | null;
  /** Token rotation: all three, or none. */
  readonly slackRefreshToken: Secret | null;
  readonly slackClientId: string | null;
  readonly slackClientSecret: Secret | null;
  /** Socket Mode. */
  readonly slackAppToken: Secret | null;
  /** HTTP mode. */
  readonly slackSigningSecret: Secret | null;
  readonly databaseUrl: Secret | null;
  readonly redisUrl: Secret | null;
  /** Of the language model's provider; null also when judging is offline. */
  readonly llmKey: Secret | null;
}

export type Loaded =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[]; readonly warnings: readonly string[] };
