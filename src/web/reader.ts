/**
 * What the board reads. Implemented over the ledger in pipeline; nothing here can change anything.
 *
 * A reader may throw when the database is away: the board then answers 503 and says only that.
 */
import type { ClaimId, TopicId } from '../core/claim.ts';
import type { Status } from '../core/status.ts';
import type { TrackRecord } from '../core/track-record.ts';
import type { NewsTime, WallTime } from '../core/time.ts';
import type { ClaimView, StatusView, WhyView } from '../core/view.ts';

export interface BoardReader {
  /** One view a topic, in the order of the configuration. */
  statusViews(): Promise<readonly StatusView[]>;
  /** Null for a claim nobody tracks. `asOf`: as it was known then. */
  why(claim: ClaimId, asOf?: NewsTime): Promise<WhyView | null>;
  /** Status changes of all claims, newest first, at most `limit`. */
  changes(limit: number): Promise<readonly ChangeView[]>;
  health(): Promise<HealthReport>;
  /** How origins did on the claims they were first on, those with most firsts first. */
  origins(): Promise<readonly TrackRecord[]>;
}

/** One change of a claim's status: what an alert would tell, whether or not anybody was subscribed. */
export interface ChangeView {
  /** Stable for ever: feed readers know an entry by it. */
  readonly id: string;
  readonly claim: ClaimId;
  readonly topic: TopicId;
  readonly topicTitle: string;
  readonly statement: string;
  readonly kind: ClaimView['kind'];
  readonly from: Status;
  readonly to: Status;
  readonly at: NewsTime;
  readonly because: string;
  /** By the link policy of alerts: the origin's page, else a wire's, else a listed newsroom's; null when none is fit. */
  readonly link: string | null;
}

export interface HealthReport {
  readonly version: string;
  readonly startedAt: WallTime;
  readonly now: WallTime;
  /** Whether this process can do its work: what `/readyz` answers. */
  readonly ready: boolean;
  /** "database", "queue", "discord", "slack": one sentence each, without addresses or secrets. */
  readonly parts: readonly {
    readonly name: string;
    readonly state: 'ok' | 'degraded' | 'down';
    readonly note: string;
  }[];
  readonly feeds: readonly FeedHealth[];
  /** Jobs by state, as the queue names them: waiting, active, delayed, failed. */
  readonly queue: Readonly<Record<string, number>>;
  /** Outbox rows by state: pending, leased, held, ... */
  readonly outbox: Readonly<Record<string, number>>;
  /** When the oldest alert that still waits was written; null when none waits. */
  readonly oldestWaiting: WallTime | null;
  /** Running totals since the ledger began: articles, evidence, decisions, alerts_sent, possible_repeats, ... */
  readonly totals: Readonly<Record<string, number>>;
}

export interface FeedHealth {
  readonly id: string;
  readonly state: 'answering' | 'failing' | 'untried' | 'paused';
  readonly checked: WallTime | null;
  readonly next: WallTime | null;
  /** Why it fails, in one sentence; null when it does not. */
  readonly trouble: string | null;
}
