/**
 * What every step of the pipeline is given: the ledger, the queues, two clocks, and the configuration in force.
 * One value per process, built in main.ts; steps keep nothing between turns.
 */
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Poster } from '../chat/platform.ts';
import type { Config } from '../config/config.ts';
import type { Platform } from '../core/alert.ts';
import type { Claim, ClaimId, Topic } from '../core/claim.ts';
import type { Scope } from '../core/scope.ts';
import type { SourceRegistry } from '../core/source.ts';
import type { Evidence } from '../core/evidence.ts';
import type { StatusDecision, StatusPolicy } from '../core/status.ts';
import type { Clock } from '../core/time.ts';
import type { Fetcher } from '../feeds/fetch.ts';
import type { ReadPage } from '../feeds/page.ts';
import type { ReadHint, ReadResult } from '../feeds/read.ts';
import type { CreditReader } from '../judge/credit.ts';
import type { JudgeEngine } from '../judge/engine.ts';
import type { Grouping } from './group.ts';
import type { Slots } from './slots.ts';
import type { Rereading } from './reread.ts';
import type { StreamEvent } from './stream.ts';
import type { Timings } from './timings.ts';
import type { Queues } from './queues.ts';

/** The configuration in force, compiled. Replaced as a whole when the configuration changes. */
export interface Beat {
  readonly config: Config;
  /** The configuration's topics with its claims. */
  readonly topics: readonly Topic[];
  /** All claims: the configuration's and those that workspaces track. */
  readonly claims: ReadonlyMap<ClaimId, Claim>;
  /** Whose claim it is, for those that a workspace tracks. */
  readonly tracked: ReadonlyMap<ClaimId, Scope>;
  readonly registry: SourceRegistry;
  readonly policy: StatusPolicy;
  readonly engine: JudgeEngine;
  /** Whom a page as a whole credits. */
  readonly credit: CreditReader;
  /** Engine, its version and the claims it was compiled from: stored with what it judged, so that a change re-judges. */
  readonly judgedBy: string;
}

export interface Newsroom {
  readonly pool: Pool;
  readonly queues: Queues;
  /** This process, as leases name it (ledger/presence.ts). */
  readonly owner: number;
  /** Which ledger this is: part of every alert's key. */
  readonly ledger: string;
  readonly clock: Clock;
  readonly timings: Timings;
  readonly log: Logger;
  readonly beat: () => Beat;
  /** Takes in what workspaces track since; cheap when nothing changed. */
  readonly renew: () => Promise<void>;
  readonly fetcher: Fetcher;
  readonly grouping: Grouping;
  /** The language model that reads again what was judged; null without one. */
  readonly second: Rereading | null;
  /** Parses untrusted bytes where they can do no harm. */
  readonly readPage: (bytes: Uint8Array, hint: ReadHint) => Promise<ReadPage>;
  readonly readFeed: (bytes: Uint8Array, hint: ReadHint) => Promise<ReadResult>;
  readonly posters: ReadonlyMap<Platform, Poster>;
  /** How many lanes this process serves at once. */
  readonly slots: Slots;
  readonly demo: boolean;
  /** Lines for `--json`; does nothing without it. */
  readonly emit: (event: StreamEvent) => void;
  /** Told of every alert that was posted, by its number. */
  readonly sent?: (alert: string) => void;
  /** Told of every decision, also of those that change nothing. */
  readonly observe?: (turn: DecidedTurn) => void;
}

/** One turn of deciding, for whoever narrates. */
export interface DecidedTurn {
  readonly claim: Claim;
  readonly decision: StatusDecision;
  readonly changed: boolean;
  readonly announced: boolean;
  /** Rows no decision had taken in before. */
  readonly fresh: readonly Evidence[];
  readonly evidence: readonly Evidence[];
}
