/**
 * Evidence: what one origin, through one article revision, says on one claim.
 *
 * Stance and strength are two axes and both are judged from the text alone. Who is listed, whose hearsay
 * counts, who owns whom and who may settle a claim is applied later, in provenance.ts and status.ts.
 */
import type { ClaimId, EvidenceEvent } from './claim.ts';
import type { Publisher, SourceId } from './source.ts';
import type { NewsTime } from './time.ts';

export const STANCES = ['supports', 'refutes', 'discusses'] as const;
export type Stance = (typeof STANCES)[number];

/**
 * official: on the record by the party itself, even when relayed. firsthand: the author measured it.
 * attributed: a named outlet, or an outlet's own anonymous sources. rumour: nobody identifiable. opinion: the author's inference.
 */
export const STRENGTHS = ['official', 'firsthand', 'attributed', 'rumour', 'opinion'] as const;
export type Strength = (typeof STRENGTHS)[number];

/** Verbatim words of the article. Offsets are UTF-16 units into `articleText` (article.ts). */
export interface Quote {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly role: 'stance' | 'attribution';
}

/** Quotes as one text, in the order of the article. What is no sentence by itself, such as a headline, is set off from what follows. */
export function summaryOf(quotes: readonly Quote[]): string {
  const [first, second] = [...quotes].sort((a, b) => a.start - b.start);
  if (first === undefined || second === undefined) return first?.text ?? '';
  const ended = /[.!?。！？…」”"')）]$/u.test(first.text.trimEnd());
  return `${first.text}${ended ? ' ' : ' · '}${second.text}`;
}

/** Somebody the text credits, as named there; `source` when the registry knows the name. */
export interface Cited {
  readonly name: string;
  readonly source: SourceId | null;
}

/**
 * One judgement of one article on one claim for one origin; an article that prints a report and its denial
 * yields two, of which one is `main`. `discusses` judgements are kept for people and move nothing.
 */
export interface Judgement {
  readonly claim: ClaimId;
  readonly stance: Stance;
  readonly strength: Strength;
  readonly event: EvidenceEvent;
  /**
   * When the text says it happened ("released on 24 April"), when it says so. A forecast needs it only for proof that
   * was published after its deadline: without a date such proof may speak of a late arrival.
   */
  readonly happenedAt?: NewsTime | null;
  /** Whom the text credits for this, nearest first: [Reuters, The Information]. Empty: its own word. */
  readonly chain: readonly Cited[];
  /**
   * The far end of the chain by name. 'publisher' = the page's own reporting, measurement or opinion;
   * 'unattributed' = the text credits somebody it does not identify, or nobody.
   */
  readonly origin: Cited | 'publisher' | 'unattributed';
  readonly quotes: readonly Quote[];
  readonly main: boolean;
  /** At most two verbatim sentences chosen for this claim, attribution kept. */
  readonly summary: string;
  /** In words, for logs and people: "headline says confirmed over a relay". */
  readonly warnings: readonly string[];
}

/** A judgement with its article: one row of the ledger, one input of `decide`. */
export interface Evidence extends Omit<Judgement, 'main' | 'summary' | 'warnings'> {
  readonly id: string;
  readonly article: string;
  readonly revision: number;
  readonly url: string;
  readonly title: string;
  readonly publisher: Publisher;
  readonly published: NewsTime;
  /** When we first had it; equals `published` in a replay. */
  readonly seen: NewsTime;
  /** Articles whose text is near-identical share this id (syndication): same origin by definition. */
  readonly textGroup: string;
  /** Set when a later revision or a notice withdrew the article. */
  readonly retracted: boolean;
  /** Where it came from when no feed carried it. */
  readonly via: 'feed' | 'config' | 'moderator';
}
