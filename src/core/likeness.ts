/**
 * Likeness: what an article has in common with each article of a story, beyond words (story.ts asks, story-odds.ts weighs).
 */
import { speaksTo, type Gist, type Lead } from './gist.ts';
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

type Counted = Omit<Likeness, 'words' | 'says' | 'days' | 'since'>;

/** `headline`: its terms, weighted. */
export function countedLikeness(
  { lead = null, says = {} }: Imprint,
  headline: readonly (readonly [term: string, weight: number])[],
  members: ReadonlySet<{ readonly imprint: Imprint }>,
): Counted {
  const total = headline.reduce((sum, [, weight]) => sum + weight, 0);
  const mute = Object.keys(says).length === 0;
  const count = { headline: 0, sameLead: 0, otherLead: 0, otherWord: 0, bothMute: 0, oneMute: 0 };
  for (const { imprint } of members) {
    const { says: theirs = {}, lead: first = null } = imprint;
    // A headline whose words are all written in Han is half known.
    count.headline +=
      total === 0
        ? 0.5
        : headline.reduce((sum, [term, weight]) => sum + (imprint.terms[term] === undefined ? 0 : weight), 0) / total;
    const theyAreMute = Object.keys(theirs).length === 0;
    if (mute && theyAreMute) count.bothMute += 1;
    if (mute !== theyAreMute) count.oneMute += 1;
    if (lead === null || first === null) continue;
    if (lead.claim === first.claim && lead.stance === first.stance) count.sameLead += 1;
    if (!speaksTo(theirs, lead.claim) && !speaksTo(says, first.claim)) count.otherLead += 1;
    if (lead.by !== null && first.by !== null && lead.by !== first.by) count.otherWord += 1;
  }
  const share = (sum: number): number => sum / members.size;
  return {
    headline: share(count.headline),
    sameLead: share(count.sameLead),
    otherLead: share(count.otherLead),
    otherWord: share(count.otherWord),
    bothMute: share(count.bothMute),
    oneMute: share(count.oneMute),
  };
}
