/**
 * Claim: a statement we track, with what would settle it and who may settle it.
 */
import type { Stance, Strength } from './evidence.ts';
import type { SourceId } from './source.ts';
import type { NewsTime } from './time.ts';

export type ClaimId = string;
export type TopicId = string;

/** event: did it happen or is it so; forecast: will it happen by a deadline; standing: true or not as of now. */
export const CLAIM_KINDS = ['event', 'forecast', 'standing'] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

export interface FrameSlot {
  readonly name: string;
  /** English and Chinese; Latin aliases match on word boundaries, Han aliases as substrings. */
  readonly aliases: readonly string[];
  /** An optional slot helps to find the best sentence but need not occur. Default true. */
  readonly required: boolean;
}

/** What an article must say to speak to the claim at all. Read by judge/frame.ts. */
export interface Frame {
  readonly slots: readonly FrameSlot[];
  /** Verbs or phrases of which one must occur near the slots; inflections are generated. Empty: slots suffice. */
  readonly predicate: readonly string[];
  /** Phrases that assert the opposite: "only on Nvidia". */
  readonly inverse: readonly string[];
  /** Phrases that mean a near miss: when one governs the match, the article speaks of something else ("trained on"). */
  readonly exclude: readonly string[];
  /** Phrases that mean the claim is addressed but not asserted: plans, committee steps, licences for a delivery claim. */
  readonly partial: readonly string[];
}

/** Evidence the configuration already knows of, so that a fresh install does not call a reported claim unverified. */
export interface KnownEvidence {
  readonly origin: SourceId;
  readonly stance: Exclude<Stance, 'discusses'>;
  readonly strength: Strength;
  readonly event: EvidenceEvent;
  readonly at: NewsTime;
  readonly url: string;
  readonly note?: string;
}

/** What the origin says became of the event itself; decides forecasts. */
export const EVIDENCE_EVENTS = ['planned', 'happened', 'cancelled', 'none'] as const;
export type EvidenceEvent = (typeof EVIDENCE_EVENTS)[number];

/** A decision of the configuration: shown as such, never as something claimwire saw happen. */
export interface RecordedOutcome {
  readonly status: 'confirmed' | 'refuted' | 'expired';
  readonly at: NewsTime;
  readonly by: SourceId | null;
  readonly url: string;
}

export interface Claim {
  readonly id: ClaimId;
  readonly topic: TopicId;
  readonly statement: string;
  readonly kind: ClaimKind;
  /** End of the window (exclusive). */
  readonly deadline: NewsTime | null;
  readonly resolution: string;
  /** Whose word confirms. Empty: nobody's word settles it, origins only. */
  readonly authorities: readonly SourceId[];
  /** Whose word refutes. Default: the authorities. */
  readonly deniers: readonly SourceId[];
  /** Claims people mistake for this one; alerts name them as not confirmed by it. */
  readonly neighbours: readonly ClaimId[];
  readonly frame: Frame;
  readonly outcome: RecordedOutcome | null;
  readonly known: readonly KnownEvidence[];
}

export interface Topic {
  readonly id: TopicId;
  readonly title: string;
  readonly claims: readonly Claim[];
}
