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
  /** English and Chinese; Latin aliases match on word boundaries, Han aliases as substrings (Traditional is read as Simplified). */
  readonly aliases: readonly string[];
  /** An optional slot helps to find the best sentence but need not occur. Default true. */
  readonly required: boolean;
  /** Names that take this slot's place: "R1" where the claim is about V4. A sentence about a rival says nothing of the claim. */
  readonly rivals?: readonly string[];
  /** Names that only address the claim: "domestic chips" where it is about Huawei's, a successor of the model. Never asserted through these. */
  readonly lesser?: readonly string[];
  /** How many different aliases a sentence must name before it asserts the claim ("Alibaba, ByteDance and Tencent"); fewer only discuss it. Default 1. */
  readonly atLeast?: number;
  /** Aliases that stand for all of them at once: "the three tech groups". */
  readonly collective?: readonly string[];
  /** What sort of thing it is, so that later sentences may take it up: "the model", "its chips", "it". */
  readonly kind?: SlotKind;
}

/** Sorts of things that sentences take up by another noun; which nouns, judge/anaphora.ts says. */
export const SLOT_KINDS = ['model', 'chip', 'company', 'rule', 'bill'] as const;
export type SlotKind = (typeof SLOT_KINDS)[number];

/** Classes of words that phrases may name, `@release` for every way to say "launch"; which words, judge/word-classes.ts says. */
export const WORD_CLASSES = [
  'release',
  'run',
  'fit',
  'together',
  'order',
  'deliver',
  'sell',
  'withhold',
  'ban',
  'train',
  'pass',
  'withdraw',
  'draft',
] as const;
export type WordClass = (typeof WORD_CLASSES)[number];

/**
 * What an article must say to speak to the claim at all. Read by judge/frame.ts.
 *
 * Phrases (predicate, inverse, exclude, partial) are words in order. Inflections are generated; `(run|work)` is a choice, `(fully|)`
 * an optional word, `*` a gap of a few words, `{chip}` a mention of that slot, `@release` any word of that class
 * (judge/word-classes.ts): "run * on {chip}", "在{chip}*运行", "@release * {model}".
 */
export interface Frame {
  readonly slots: readonly FrameSlot[];
  /** Verbs or phrases of which one must occur near the slots. Empty: slots suffice. */
  readonly predicate: readonly string[];
  /** Words of the deed that assert the claim anywhere in a sentence that means every slot, in any order, when no phrase above matched. */
  readonly deeds?: readonly string[];
  /** Phrases that assert the opposite: "only on Nvidia". */
  readonly inverse: readonly string[];
  /** Phrases that mean a near miss: when one stands in the match's clause, the article speaks of something else ("trained on"). */
  readonly exclude: readonly string[];
  /** Phrases that mean the claim is addressed but not asserted: plans, committee steps, licences for a delivery claim. */
  readonly partial: readonly string[];
  /** 'so' (default): "will run on", "is expected to" assert it; 'done': only what has happened does, plans and approvals discuss it. */
  readonly tense?: 'so' | 'done';
  /**
   * What the claim has beyond its deed ("for months", "together", "all of"): one of these phrases must stand in the sentence,
   * else the claim is addressed and not asserted.
   */
  readonly needs?: readonly string[];
  /** The claim is a public act of this source (it issues, releases, withdraws): reporting the act relays its word. */
  readonly actor?: SourceId;
  /** Besides phrases: a number with its unit asserts the claim inside [low, high], refutes it outside. Units as phrases. */
  readonly quantity?: {
    readonly low: number;
    readonly high: number;
    readonly units: readonly string[];
    /** The number speaks only beside a phrase of the predicate, which without the number only addresses the claim. */
    readonly together?: boolean;
  };
  /** A delivery, a sale or a release: empty hands ("still empty-handed", "the date went by without it") say that there was none. */
  readonly absence?: boolean;
  /** Compiled from a plain statement: its phrases are a deed before or after a name, and of several matches the closest counts. */
  readonly compiled?: boolean;
  /** Dated claims: the predicate asserts the claim for times inside [from, to); "not yet" after `to` refutes it. */
  readonly window?: { readonly from: NewsTime; readonly to: NewsTime };
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
