/**
 * Gist: what an article says of the tracked claims and on whose word, as terms that stand beside its words when stories are told apart.
 *
 * Two publishers tell one event in words that hardly meet, in English and in Chinese; what they say of the claims, and whom
 * they credit for it, is the same. The same claim with another outcome ("will be released", "was released") or on another
 * word is another event, so each claim gives three terms and never one of its own.
 */
import { STANCES, type Judgement, type Stance } from './evidence.ts';

/** 'c05 supports', 'c05 is planned', 'c05 by reuters' -> weight. */
export type Gist = Readonly<Record<string, number>>;

/** What an article is first about: the claim its foremost words speak to. */
export interface Lead {
  readonly claim: string;
  readonly stance: Stance;
  /** Whom it credits for it, null when nobody by name. */
  readonly by: string | null;
}

/** The headline is the event, the first sentences tell it, what follows is often background. In UTF-16 units behind the headline. */
const LEAD = 160;
const WEIGHT = { headline: 2, lead: 1.3, rest: 1 };

export function gistOf(title: string, judgements: readonly Judgement[]): Gist {
  const says = new Map<string, number>();
  for (const judgement of judgements) {
    if (!judgement.main) continue;
    const { claim, stance, event, origin } = judgement;
    const weight = prominence(title, judgement);
    says.set(`${claim} ${stance}`, weight);
    says.set(`${claim} is ${event}`, weight);
    if (typeof origin !== 'string') says.set(`${claim} by ${origin.source ?? origin.name}`, weight);
  }
  return Object.fromEntries(says);
}

/** Null: it speaks to none. */
export function leadOf(judgements: readonly Judgement[]): Lead | null {
  const [first] = judgements.filter(({ main }) => main).sort((a, b) => startOf(a) - startOf(b));
  if (first === undefined) return null;
  const { claim, stance, origin } = first;
  return { claim, stance, by: typeof origin === 'string' ? null : (origin.source ?? origin.name) };
}

/** Whether an article with a gist says anything of a claim. */
export function speakingTo(claim: string): (gist: Gist) => boolean {
  const terms = STANCES.map((stance) => `${claim} ${stance}`);
  return (gist) => terms.some((term) => gist[term] !== undefined);
}

/** Claims that an article with this gist speaks to. */
export const claimsIn = (gist: Gist): Set<string> =>
  new Set(Object.keys(gist).map((term) => term.slice(0, term.indexOf(' '))));

const startOf = ({ quotes }: Judgement): number =>
  Math.min(...quotes.filter((quote) => quote.role === 'stance').map((quote) => quote.start));

function prominence(title: string, judgement: Judgement): number {
  const first = startOf(judgement);
  return first < title.length ? WEIGHT.headline : first < title.length + LEAD ? WEIGHT.lead : WEIGHT.rest;
}
