/**
 * The odds that an article tells the event a story is about: what a shelf (story.ts) joins them by.
 *
 * No single likeness decides. A launch, the shares it moved and a chip maker's support of that day have most words in common; what
 * their headlines are about and on whose word is not the same. One event told in two languages has few words in common and the
 * rest alike.
 */

/** What an article and a story have in common. Shares and cosines from 0 to 1; means are over the story's articles. */
export interface Likeness {
  /** Cosine of the article's words and the story's. */
  readonly words: number;
  /** The share of its headline, by weight, that the story's articles speak of. */
  readonly headline: number;
  /** Cosine of what it says of the claims and what they say. */
  readonly says: number;
  /** Articles that first and foremost say the same. */
  readonly sameLead: number;
  /** Articles of which neither speaks to what the other is first about. */
  readonly otherLead: number;
  /** Articles that rest on another's word for what they are first about. */
  readonly otherWord: number;
  /** Where the article speaks to no claim: articles that speak to none either. Otherwise 0. */
  readonly bothMute: number;
  /** Articles of which one speaks to claims and the other to none. */
  readonly oneMute: number;
  /** Days to the nearest of its articles, and since its first: at least 0. */
  readonly days: number;
  readonly since: number;
}

/**
 * Log-odds per likeness; days as logarithms. Between a logistic regression over every article and every story begun before it, in labelled
 * streams of this news (a story's weight the root of its size), and the weights with the best pair F1 when seven such streams (1,426
 * articles) are placed one article after the other, as a shelf does. Pair F1 on three streams that neither used: 74, 92 and 85 (by the
 * regression alone 72, 92 and 82).
 */
const ODDS: Likeness & { readonly at: number } = {
  at: -1.7,
  words: 12,
  headline: 1,
  says: 1.65,
  sameLead: 1.25,
  otherLead: -1.65,
  otherWord: -2.5,
  bothMute: 1,
  oneMute: -0.45,
  days: -0.8,
  since: -0.55,
};

/** Texts less alike than this that say nothing in common tell two events, whatever else they share: most of a shelf. */
export const STRANGERS = 0.12;

/** What the odds can be at most, before the articles are counted: to leave a story aside. */
export function oddsAtMost({ words, says, days, since }: Pick<Likeness, 'words' | 'says' | 'days' | 'since'>): number {
  const [sameLead, bothMute] = says > 0 ? [1, 0] : [0, 1];
  const best = { headline: 1, sameLead, bothMute, otherLead: 0, otherWord: 0, oneMute: 0 };
  return oddsOf({ words, says, days, since, ...best });
}

/** Not below 0: one event. */
export function oddsOf(like: Likeness): number {
  return (
    ODDS.at +
    ODDS.words * like.words +
    ODDS.headline * like.headline +
    ODDS.says * like.says +
    ODDS.sameLead * like.sameLead +
    ODDS.otherLead * like.otherLead +
    ODDS.otherWord * like.otherWord +
    ODDS.bothMute * like.bothMute +
    ODDS.oneMute * like.oneMute +
    ODDS.days * Math.log1p(like.days) +
    ODDS.since * Math.log1p(like.since)
  );
}
