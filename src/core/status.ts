/**
 * Status policy: what is known about a claim, by which rule, because of whom.
 */
import type { ClaimId } from './claim.ts';
import type { SourceId } from './source.ts';
import type { NewsTime } from './time.ts';

export const STATUSES = [
  'unverified',
  'reported',
  'corroborated',
  'confirmed',
  'disputed',
  'refuted',
  'expired',
] as const;
export type Status = (typeof STATUSES)[number];

/** A person's recorded decision; holds in the workspace that made it and is labelled there. */
export interface Override {
  readonly id: string;
  readonly status: Status;
  readonly because: string;
  readonly by: string;
  readonly at: NewsTime;
  readonly revertedAt: NewsTime | null;
}

/** One independent origin that counted, with the evidence that first carried it and everything that only relays it. */
export interface CountedOrigin {
  readonly source: SourceId;
  readonly name: string;
  readonly strength: 'official' | 'attributed' | 'firsthand';
  readonly first: NewsTime;
  /** Evidence id of the first row that made it count. */
  readonly evidence: string;
  /** The origin's own page when we saw one, else the best listed page. */
  readonly url: string | null;
  /** Evidence ids that relay it (echoes), oldest first. */
  readonly echoes: readonly string[];
  /** In words, nearest first: ["Reuters", "The Information"]. */
  readonly chain: readonly string[];
}

export interface NotCounted {
  readonly evidence: string;
  readonly reason: string;
}

export interface StatusDecision {
  readonly claim: ClaimId;
  readonly status: Status;
  /** Stable id, e.g. 'rule-6-corroborated', 'override', 'recorded-outcome'. */
  readonly rule: string;
  /** One sentence for people. */
  readonly because: string;
  readonly at: NewsTime;
  readonly supporting: readonly CountedOrigin[];
  readonly refuting: readonly CountedOrigin[];
  /** Evidence id that decided it, null for a passed deadline, an override or nothing at all. */
  readonly decisive: string | null;
  readonly notCounted: readonly NotCounted[];
  readonly wouldChange: readonly string[];
  /** Distinct publishers (registrable domains) that carried supporting or refuting evidence. */
  readonly publishers: number;
}
