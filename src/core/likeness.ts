/**
 * Likeness: what an article has in common with each article of a story, beyond words (story.ts asks, story-odds.ts weighs).
 */
import { claimsIn, speakingTo, type Gist, type Lead } from './gist.ts';
import type { Likeness } from './story-odds.ts';

/** What a shelf needs to know of an article; stored with it. */
export interface Imprint {
  /** Term -> weight, boosts included. */
  readonly terms: Readonly<Record<string, number>>;
  /** What it says of the claims, and on whose word. Absent of articles stored before this was kept. */
  readonly says?: Gist;
  /** What it is first about. Null when it speaks to no claim; absent of articles stored before this was kept. */
  readonly lead?: Lead | null;
  /** MinHash of the text, empty when it is too short to be called a copy. */
  readonly signature: readonly number[];
  /** Folded headline, '' when it is too short to tell texts apart. */
  readonly headline: string;
}

/** What is counted of a story's articles as they come and go, so that a question takes no walk through their words. */
export interface Tally {
  /** Term -> articles that have it. */
  readonly having: Map<string, number>;
  /** Articles that speak to no claim. */
  mute: number;
}

export const emptyTally = (): Tally => ({ having: new Map(), mute: 0 });

/** `by`: 1 for an article that came, -1 for one that went. */
export function tell(tally: Tally, { terms, says = {} }: Imprint, by: 1 | -1): void {
  if (isMute(says)) tally.mute += by;
  for (const term of Object.keys(terms)) {
    const left = (tally.having.get(term) ?? 0) + by;
    if (left > 0) tally.having.set(term, left);
    else tally.having.delete(term);
  }
}

/** An article as it is held against one story after the other. */
export interface Newcomer {
  readonly lead: Lead | null;
  readonly mute: boolean;
  readonly claims: ReadonlySet<string>;
  /** Its headline's terms with their share of its weight. */
  readonly headline: readonly (readonly [term: string, share: number])[];
}

export function newcomer(
  { lead = null, says = {} }: Imprint,
  headline: readonly string[],
  weightOf: (term: string) => number,
): Newcomer {
  const weights = headline.map((term) => [term, weightOf(term)] as const);
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  return {
    lead,
    mute: isMute(says),
    claims: claimsIn(says),
    headline: weights.map(([term, weight]) => [term, weight / total]),
  };
}

type Counted = Omit<Likeness, 'words' | 'says' | 'days' | 'since'>;

export function countedLikeness(
  { lead, mute, claims, headline }: Newcomer,
  { having, mute: muteOnes }: Tally,
  members: ReadonlySet<{ readonly imprint: Imprint }>,
): Counted {
  const size = members.size;
  const speaking = lead === null ? null : speakingTo(lead.claim);
  let [same, other, word] = [0, 0, 0];
  if (lead !== null && speaking !== null)
    for (const { imprint } of members) {
      const first = imprint.lead ?? null;
      if (first === null) continue;
      if (lead.claim === first.claim && lead.stance === first.stance) same += 1;
      if (!claims.has(first.claim) && !speaking(imprint.says ?? {})) other += 1;
      if (lead.by !== null && first.by !== null && lead.by !== first.by) word += 1;
    }
  return {
    // A headline whose words are all written in Han is half known.
    headline:
      headline.length === 0
        ? 0.5
        : headline.reduce((sum, [term, share]) => sum + (share * (having.get(term) ?? 0)) / size, 0),
    sameLead: same / size,
    otherLead: other / size,
    otherWord: word / size,
    bothMute: mute ? muteOnes / size : 0,
    oneMute: (mute ? size - muteOnes : muteOnes) / size,
  };
}

function isMute(says: Gist): boolean {
  for (const _term in says) return false;
  return true;
}
