/**
 * Gist: what an article says of the tracked claims and on whose word, as terms that stand beside its words when stories are told apart.
 *
 * Two publishers tell one event in words that hardly meet, in English and in Chinese; what they say of the claims, and whom
 * they credit for it, is the same. The same claim said again with another outcome ("will be released" on leaked word, "was
 * released" on the maker's) is another event, so stance and kind of word are part of the term.
 */
import type { Judgement } from './evidence.ts';

export interface Gist {
  /** 'c05 supports told' and 'c05 by reuters' -> weight. */
  readonly says: Readonly<Record<string, number>>;
  /** Who is credited -> weight. */
  readonly origins: Readonly<Record<string, number>>;
}

/** The headline is the event, the first sentences tell it, what follows is often background. In UTF-16 units behind the headline. */
const LEAD = 160;
const WEIGHT = { headline: 2, lead: 1.3, rest: 1 };

export function gistOf(title: string, judgements: readonly Judgement[]): Gist {
  const says = new Map<string, number>();
  const origins = new Map<string, number>();
  for (const judgement of judgements) {
    if (!judgement.main) continue;
    const { claim, stance, origin } = judgement;
    const weight = prominence(title, judgement);
    says.set(`${claim} ${stance}${stance === 'discusses' ? '' : ` ${wordOf(judgement)}`}`, weight);
    if (typeof origin === 'string') continue;
    const who = origin.source ?? origin.name;
    says.set(`${claim} by ${who}`, weight);
    origins.set(who, Math.max(origins.get(who) ?? 0, weight));
  }
  return { says: Object.fromEntries(says), origins: Object.fromEntries(origins) };
}

function prominence(title: string, { quotes }: Judgement): number {
  const first = Math.min(...quotes.filter((quote) => quote.role === 'stance').map((quote) => quote.start));
  return first < title.length ? WEIGHT.headline : first < title.length + LEAD ? WEIGHT.lead : WEIGHT.rest;
}

/** The party's own word, somebody's account, or a view: a launch, the report of one to come and a comment are three events. */
function wordOf({ strength }: Judgement): 'own' | 'told' | 'view' {
  if (strength === 'opinion') return 'view';
  return strength === 'official' || strength === 'firsthand' ? 'own' : 'told';
}
