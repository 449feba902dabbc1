/**
 * Strength and origin: on whose word a finding stands, how surely.
 *
 * The credit is the one in the finding's own part of the sentence; else the last one the text gave before it ("... The Information
 * reported. It will launch within weeks."), else the headline's. Strength is read from the text alone: who is listed is not asked here.
 */
import type { Cited, Judgement, Strength } from '../core/evidence.ts';
import type { Attributions, Credit, Segment } from './attribution.ts';
import { actorOf } from './attribution.ts';
import type { Finding } from './frame.ts';
import { ANONYMOUS, FIRSTHAND, OPINION } from './lexicon.ts';
import type { IndexedReading, Phrase } from './phrase.ts';
import { anyOf, compilePhrases } from './phrase.ts';
import type { Verdict } from './stance.ts';

export interface Standing {
  readonly strength: Strength;
  readonly chain: readonly Cited[];
  readonly origin: Judgement['origin'];
  /** Sentence and place of the credit, when it has one. */
  readonly credit: { readonly sentence: number; readonly credit: Credit } | null;
}

/** Whose page it is, as far as that decides who speaks. A page of nobody in particular: both as in `nobodysPage`. */
export interface Page {
  /** A company's or public body's own page: what it says there without crediting anybody is its word on record. */
  readonly speaks: boolean;
  /** A newsroom that vouches for people it does not name: "two people familiar with the matter said" on the Financial Times' own page. */
  readonly reports: boolean;
}

const firsthand = compilePhrases(FIRSTHAND);
const opinion = compilePhrases(OPINION);
const anonymous = compilePhrases(ANONYMOUS);
/** How many sentences a credit carries on: a paragraph of a report. */
const CARRY = 4;

export function standingOf(
  finding: Finding,
  verdict: Verdict,
  reading: IndexedReading,
  attributions: Attributions,
  page: Page,
): Standing {
  const own = attributions.segments.find(
    (segment) =>
      segment.sentence === finding.sentence && finding.span.first >= segment.first && finding.span.first < segment.last,
  );
  const range = own ?? finding.span;
  const mine = own?.credit ?? null;
  const authorThinks = anyOf(opinion, reading, range);
  const authorTested = anyOf(firsthand, reading, range);
  if (authorThinks && (mine === null || mine.kind === 'leak' || isBefore(opinion, reading, mine, own)))
    return { strength: 'opinion', chain: [], origin: 'publisher', credit: null };
  if (authorTested && (mine === null || mine.kind === 'vague'))
    return { strength: 'firsthand', chain: [], origin: 'publisher', credit: null };
  const reportsItself =
    page.reports && !attributions.segments.some(({ credit }) => credit !== null && credit.kind === 'outlet');
  const actor =
    verdict.stance !== 'refutes' || verdict.event === 'cancelled'
      ? actorOf(reading, range, attributions.mentions)
      : null;
  if (actor !== null && (mine === null || (mine.kind === 'outlet' && !anyOf(anonymous, reading, range)))) {
    const word: Cited = { name: actor.name, source: actor.source };
    const chain = [...(mine?.chain ?? []), word];
    return {
      strength: 'official',
      chain,
      origin: word,
      credit: mine === null ? null : { sentence: finding.sentence, credit: mine },
    };
  }
  if (mine !== null && mine.kind !== 'vague') return fromCredit(mine, finding.sentence, reportsItself);
  const carried = carriedTo(finding.sentence, reading, attributions);
  if (carried !== null && carried.credit !== null) return fromCredit(carried.credit, carried.sentence, reportsItself);
  if (mine !== null) return fromCredit(mine, finding.sentence, reportsItself);
  if (page.speaks) return { strength: 'official', chain: [], origin: 'publisher', credit: null };
  if (verdict.notYet) return { strength: 'firsthand', chain: [], origin: 'publisher', credit: null };
  return { strength: 'rumour', chain: [], origin: 'unattributed', credit: null };
}

/** The last credit before the sentence, at most CARRY sentences back in the same part of the page; else the headline's. */
function carriedTo(sentence: number, reading: IndexedReading, attributions: Attributions): Segment | null {
  const here = reading.sentences[sentence];
  if (here === undefined) return null;
  const able = (segment: Segment): boolean => segment.credit !== null && segment.credit.kind !== 'vague';
  const before = attributions.segments.findLast(
    (segment) =>
      segment.sentence < sentence &&
      sentence - segment.sentence <= CARRY &&
      reading.sentences[segment.sentence]?.part === here.part &&
      able(segment),
  );
  if (before !== undefined) return before;
  // A headline stands on the first credited sentence below it.
  if (here.part === 'title')
    return attributions.segments.find((segment) => segment.sentence > sentence && able(segment)) ?? null;
  return (
    attributions.segments.find((segment) => reading.sentences[segment.sentence]?.part === 'title' && able(segment)) ??
    null
  );
}

function fromCredit(credit: Credit, sentence: number, reportsItself: boolean): Standing {
  const origin = credit.chain.at(-1) ?? 'unattributed';
  const at = { sentence, credit };
  switch (credit.kind) {
    case 'official':
      return { strength: 'official', chain: credit.chain, origin, credit: at };
    case 'outlet':
      return { strength: 'attributed', chain: credit.chain, origin, credit: at };
    case 'anonymous':
      return { strength: 'attributed', chain: [], origin: reportsItself ? 'publisher' : 'unattributed', credit: at };
    case 'vague':
      return { strength: 'attributed', chain: [], origin: 'unattributed', credit: at };
    case 'leak':
      return { strength: 'rumour', chain: [], origin: 'unattributed', credit: at };
    default:
      throw new Error(`unknown kind of credit: ${String(credit.kind satisfies never)}`);
  }
}

function isBefore(
  phrases: readonly Phrase[],
  reading: IndexedReading,
  credit: Credit,
  segment: Segment | undefined,
): boolean {
  return segment !== undefined && anyOf(phrases, reading, { first: segment.first, last: credit.span.first });
}
