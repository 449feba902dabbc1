/**
 * Strength and origin: on whose word a finding stands, how surely.
 *
 * The credit is the one in the finding's own part of the sentence; else the last one the text gave before it ("... The Information
 * reported. It will launch within weeks."), else the headline's. Strength is read from the text alone: who is listed is not asked here.
 */
import type { Claim } from '../core/claim.ts';
import type { Cited, Judgement, Strength } from '../core/evidence.ts';
import type { SourceRegistry } from '../core/source.ts';
import { actorOf } from './actors.ts';
import type { Attributions, Credit, Segment } from './attribution.ts';
import { FUTURE, IN_FORCE } from './cues.ts';
import type { Finding } from './frame.ts';
import { clauseOf } from './clauses.ts';
import { ANONYMOUS, CREDITS_BEFORE, FIRSTHAND, GOES_ON, OPINION, VAGUE } from './lexicon.ts';
import { ownMove } from './own-move.ts';
import type { IndexedReading, PhraseSet, Span } from './phrase.ts';
import { anyOf, compilePhrases, rangeOf } from './phrase.ts';
import { pastAside } from './spoken.ts';
import type { Verdict } from './stance.ts';
import type { Sentence } from './text.ts';
import { isAboutOthersWords, isToldByOthers } from './voices.ts';

export interface Standing {
  readonly strength: Strength;
  readonly chain: readonly Cited[];
  readonly origin: Judgement['origin'];
  /** Sentence and place of the credit, when it has one. */
  readonly credit: { readonly sentence: number; readonly credit: Credit } | null;
}

/** Whose page it is, as far as that decides who speaks. */
export interface Page {
  /** A company's or public body's own page: what it says there without crediting anybody is its word on record. */
  readonly speaks: boolean;
  /** Who it is then. */
  readonly own?: Cited | null;
  /** A newsroom that vouches for people it does not name: "two people familiar with the matter said" on the Financial Times' own page. */
  readonly reports: boolean;
  /** The wire whose text the page carries by its own byline: "Business Standard (Reuters)". Its people are the wire's. */
  readonly wire: Cited | null;
}

const drafting = compilePhrases(['@draft']);
const firsthand = compilePhrases(FIRSTHAND);
const opinion = compilePhrases(OPINION);
const anonymous = compilePhrases(ANONYMOUS);
const vague = compilePhrases(VAGUE);
const goesOn = compilePhrases([GOES_ON]);
const creditsBefore = compilePhrases(CREDITS_BEFORE);
/** "Reuters was first to report the remarks" closes a paragraph. */
const CREDITED_LATER = 3;
/** How many sentences a credit carries on: a paragraph of a report. */
const CARRY = 4;

/** A broker's or a laboratory's word is about others: on nobody's record. */
export function standingOf(...given: Parameters<typeof standing>): Standing {
  const registry = given[5];
  const found = standing(...given);
  const said = found === NOBODY ? (moved(given) ?? found) : isOthers(found, given) ? NOBODY : found;
  const source = typeof said.origin === 'string' ? null : said.origin.source;
  const aside = said.strength === 'official' && source !== null && registry.byId(source)?.kind === 'research';
  return aside ? { ...said, strength: 'attributed' } : said;
}

/** What a party says of others' reports is no word of its own on what they report, unless it denies or confirms it. */
function isOthers({ strength, credit }: Standing, [, finding, verdict, reading]: Parameters<typeof standing>): boolean {
  if (strength !== 'official' || verdict.denied || credit === null || credit.credit.kind !== 'official') return false;
  const { last } = credit.credit.span;
  return last < finding.span.first && isAboutOthersWords(reading, { first: last, last: finding.span.first });
}

/** What discusses a claim and is credited to nobody may be a party's own move. */
function moved([, finding, verdict, reading, attributions]: Parameters<typeof standing>): Standing | null {
  const sentence = reading.sentences[finding.sentence];
  if (verdict.stance !== 'discusses' || sentence === undefined) return null;
  const party = ownMove(sentence, finding.span, reading, attributions.mentions);
  return party === null ? null : { strength: 'official', chain: [party], origin: party, credit: null };
}

function standing(
  claim: Claim,
  finding: Finding,
  verdict: Verdict,
  reading: IndexedReading,
  attributions: Attributions,
  registry: SourceRegistry,
  page: Page,
): Standing {
  const own = attributions.segments.find(
    (segment) =>
      segment.sentence === finding.sentence && finding.span.first >= segment.first && finding.span.first < segment.last,
  );
  const range = own ?? finding.span;
  const mine =
    own === undefined || speaksLater(finding, own.credit, own, reading) || isInItsAside(finding, own, reading)
      ? null
      : (own.credit ?? closingCredit(own, reading, attributions));
  if (inPassing(finding, reading) && !page.speaks && page.wire === null) return NOBODY;
  const unnamed = mine === null || mine.kind === 'vague';
  if (
    anyOf(opinion, reading, range) &&
    (mine === null || mine.kind === 'leak' || isBefore(opinion, reading, mine, own))
  )
    return { strength: 'opinion', chain: [], origin: 'publisher', credit: null };
  if (unnamed && anyOf(firsthand, reading, range))
    return { strength: 'firsthand', chain: [], origin: 'publisher', credit: null };
  const reportsItself =
    page.reports && !attributions.segments.some(({ credit }) => credit !== null && credit.kind === 'outlet');
  const act = actStanding(claim, finding, verdict, reading, attributions, registry, range, mine);
  if (act !== null) return act;
  if (mine !== null && mine.kind === 'anonymous') {
    // "Sources said": whose sources? The outlet's that the text has been following.
    const outlet = carriedTo(
      finding.sentence,
      range.first,
      reading,
      attributions,
      (credit) => credit.kind === 'outlet',
    );
    if (outlet !== null) return fromCredit(outlet.credit, outlet.sentence, reportsItself, page);
    const host =
      attributions.segments.find((segment) => segment.credit?.told === true) ??
      creditedLater(finding.sentence, reading, attributions);
    return fromCredit(host?.credit ?? mine, host?.sentence ?? finding.sentence, reportsItself, page);
  }
  // A passed date is seen by whoever looks, whatever page he looks at.
  if (verdict.notYet && claim.frame.window !== undefined && (mine === null || mine.kind === 'document'))
    return { strength: 'firsthand', chain: [], origin: 'publisher', credit: null };
  if (mine !== null && mine.kind === 'document') return fromDocument(claim, finding, mine, registry);
  if (mine !== null && mine.kind !== 'vague') return fromCredit(mine, finding.sentence, reportsItself, page);
  const ownTurn =
    mine?.kind === 'vague' &&
    mine.hedge === true &&
    own !== undefined &&
    own.first > (reading.sentences[own.sentence]?.first ?? 0);
  const carried =
    ownTurn || describes(finding, reading)
      ? null
      : carriedTo(
          finding.sentence,
          range.first,
          reading,
          attributions,
          // Brokers are more than talk: what leaks said before them is another matter.
          (credit) =>
            credit.kind !== 'vague' && credit.kind !== 'document' && !(credit.kind === 'leak' && mine?.hedge === false),
        );
  // "reportedly" is not what the company said in the sentence before.
  const other = mine !== null && carried?.credit.kind === 'official';
  if (carried !== null && !other) return fromCredit(carried.credit, carried.sentence, reportsItself, page);
  // "As per a report. ... AMD reportedly never got it": the report goes on.
  const report =
    mine?.hedge === true
      ? carriedTo(
          finding.sentence,
          range.first,
          reading,
          attributions,
          ({ kind, hedge }) => kind === 'vague' && hedge !== true,
        )
      : null;
  if (report !== null) return fromCredit(report.credit, report.sentence, reportsItself, page);
  if (mine !== null) return fromCredit(mine, finding.sentence, reportsItself, page);
  if (page.speaks) return { strength: 'official', chain: [], origin: page.own ?? 'publisher', credit: null };
  if (verdict.notYet && claim.frame.window !== undefined)
    return { strength: 'firsthand', chain: [], origin: 'publisher', credit: null };
  // What a wire's text says without crediting anybody is the wire's.
  if (page.wire !== null) return { strength: 'attributed', chain: [page.wire], origin: page.wire, credit: null };
  // "We rented eight cards. V4 runs on them at 40 tokens a second."
  if (claim.frame.window === undefined && goesOnMeasuring(finding, reading, attributions))
    return { strength: 'firsthand', chain: [], origin: 'publisher', credit: null };
  return NOBODY;
}

const NOBODY: Standing = { strength: 'rumour', chain: [], origin: 'unattributed', credit: null };

/**
 * "The 1.6-trillion V4-Pro", "it points to a one-trillion-parameter model": a number that describes the thing in passing is the page's
 * own, whoever is credited for what the sentence tells.
 */
function inPassing(finding: Finding, reading: IndexedReading): boolean {
  if (finding.kind !== 'inside' && finding.kind !== 'outside') return false;
  const before = reading.tokens[finding.span.first - 1]?.text ?? '';
  const after = reading.tokens[finding.span.last];
  // "Against 1.6T V4-Pro": the number is part of the name.
  const inName =
    after?.capital === true &&
    after.kind === 'word' &&
    reading.tokens[finding.span.first - 1]?.kind !== 'han' &&
    reading.tokens[finding.span.last - 1]?.kind === 'word';
  if (!DETERMINERS.has(before) && !inName) return false;
  const verb = reading.tokens[finding.span.first - 2]?.stem ?? '';
  return !COPULAS.has(verb);
}
const DETERMINERS = new Set(['the', 'a', 'an', 'its', 'their', 'this', 'that', ',']);
const COPULAS = new Set(['be', 'as', 'call', 'have', 'total', 'becom', 'dub', 'label', 'reportedly']);

/**
 * A sentence that describes ("V4 has a trillion parameters", "it is the first") instead of telling what happened or is to come: news
 * carries a report from sentence to sentence, descriptions are the page's own.
 */
function describes(finding: Finding, reading: IndexedReading): boolean {
  const sentence = reading.sentences[finding.sentence];
  if (sentence === undefined || sentence.part === 'title') return false;
  const clause = clauseOf(reading, sentence, finding.span);
  let present = false;
  for (let n = clause.first; n < Math.max(finding.span.last, Math.min(clause.last, finding.span.last + 3)); n += 1) {
    const token = reading.tokens[n];
    if (token === undefined) return false;
    if (token.kind === 'han') return false;
    if (TELLING.has(token.text) || (token.text.endsWith('ed') && token.text.length > 4 && !token.capital)) return false;
    if (token.text === 'being') return false;
    if (PRESENT.has(token.text)) present = true;
  }
  return present;
}
const TELLING = new Set(
  'was were had did will would could may might can should been to said set due built development works preparation pipeline planned progress rewritten written given gave made put sold begun began run ran sent took kept went came'.split(
    ' ',
  ),
);
const PRESENT = new Set(
  'is are has have accepts trains supports packs comes handles features uses lists includes runs offers boasts works relies sits takes carries'.split(
    ' ',
  ),
);

/** "Huawei had it for weeks while Nvidia got nothing, two insiders told Reuters": what closes a sentence behind a comma is said of all of it. */
function closingCredit(own: Segment, reading: IndexedReading, attributions: Attributions): Credit | null {
  const last = attributions.segments.findLast((segment) => segment.sentence === own.sentence);
  if (last === undefined || last === own || last.credit === null || last.credit.kind === 'official') return null;
  const { span } = last.credit;
  if (last.last - span.last > CLOSING_TOKENS || reading.tokens[last.first]?.text === ';') return null;
  for (let n = span.first - 1; n >= Math.max(last.first, span.first - 6); n -= 1)
    if (reading.tokens[n]?.text === ',') return last.credit;
  return null;
}

/** "... on Wednesday", "... briefed on the matter": what a credit at the end of a sentence may still say of itself. */
const CLOSING_TOKENS = 7;

/** The sentence before, or the one below a headline, tells that the author tried it; nobody else is named there. */
function goesOnMeasuring({ sentence }: Finding, reading: IndexedReading, attributions: Attributions): boolean {
  const here = reading.sentences[sentence];
  const next = here?.part === 'title' ? sentence + 1 : sentence - 1;
  const other = reading.sentences[next];
  if (here === undefined || other === undefined || (here.part !== 'title' && other.part !== here.part)) return false;
  const credited = attributions.segments.some((segment) => segment.sentence === next && segment.credit !== null);
  return !credited && anyOf(firsthand, reading, rangeOf(other));
}

/** A public act that is done is its actor's own word, whoever reports it; one that anonymous people tell of is theirs. */
function actStanding(
  claim: Claim,
  finding: Finding,
  verdict: Verdict,
  reading: IndexedReading,
  attributions: Attributions,
  registry: SourceRegistry,
  range: Span,
  mine: Credit | null,
): Standing | null {
  // "Under the rule BIS will look at each request": what a rule in force will do, its author says.
  const inForce =
    claim.kind === 'event' &&
    verdict.stance !== 'discusses' &&
    anyOf(IN_FORCE, reading, sentenceRange(reading, finding));
  if (verdict.notYet || verdict.denied || (verdict.event === 'planned' && !inForce)) return null;
  // Whoever tells that a release is off, it is no act that everybody can see.
  if (finding.putOff !== undefined) return null;
  // "Half a year after BIS changed its rule, nothing has shipped": that it has not happened is nobody's act.
  if (claim.kind === 'standing' && verdict.stance === 'refutes') return null;
  if (mine !== null && (mine.kind !== 'outlet' || anyOf(anonymous, reading, range))) return null;
  if (anyOf(vague, reading, range) || isToldByOthers(reading, range, attributions.mentions)) return null;
  // What Bloomberg says of a draft is Bloomberg's word: the draft is nobody's act yet.
  if (mine !== null && claim.kind === 'forecast' && verdict.event !== 'cancelled' && anyOf(drafting, reading, range))
    return null;
  const actor = actorOf(reading, range, attributions.mentions);
  const named = claim.frame.actor === undefined ? undefined : registry.byId(claim.frame.actor);
  const done = verdict.event === 'happened' || verdict.event === 'cancelled' || inForce;
  const word: Cited | null =
    named !== undefined && done && verdict.stance !== 'discusses'
      ? { name: named.name, source: named.id }
      : actor !== null && (mine === null || actor.isPublic)
        ? { name: actor.name, source: actor.source }
        : null;
  if (word === null) return null;
  return {
    strength: 'official',
    chain: [...(mine?.chain ?? []), word],
    origin: word,
    credit: mine === null ? null : { sentence: finding.sentence, credit: mine },
  };
}

const sentenceRange = (reading: IndexedReading, { sentence, span }: Finding): Span => {
  const whole = reading.sentences[sentence];
  return whole === undefined ? span : rangeOf(whole);
};

interface CreditedSegment extends Segment {
  readonly credit: Credit;
}

/** The last fitting credit before the sentence, at most CARRY sentences back in the same part of the page; else the headline's. */
function carriedTo(
  sentence: number,
  before: number,
  reading: IndexedReading,
  attributions: Attributions,
  fits: (credit: Credit) => boolean,
): CreditedSegment | null {
  const here = reading.sentences[sentence];
  if (here === undefined) return null;
  const credited = attributions.segments.filter(
    (segment): segment is CreditedSegment => segment.credit !== null && fits(segment.credit),
  );
  const part = (segment: CreditedSegment): string | undefined => reading.sentences[segment.sentence]?.part;
  // A company's word covers what it said, at most one more sentence; an outlet's report a paragraph.
  const reach = (segment: CreditedSegment): number => (segment.credit.kind === 'official' ? 1 : CARRY);
  const last = credited.findLast((segment) => segment.first < before && part(segment) === here.part);
  if (last?.credit.kind === 'official' && last.sentence < sentence && !goesOnFrom(reading, here)) return null;
  if (last !== undefined) return sentence - last.sentence <= reach(last) ? last : null;
  // A headline stands on the first credited sentence below it, the text on an outlet in the headline.
  if (here.part === 'title') return credited.find((segment) => segment.sentence > sentence) ?? null;
  const later = creditedLater(sentence, reading, attributions);
  if (later !== undefined) return later;
  // What is to come somebody must have told: the outlet that the next sentence names.
  const next = credited.find((segment) => segment.sentence === sentence + 1 && segment.credit.kind === 'outlet');
  if (next !== undefined && anyOf(FUTURE, reading, rangeOf(here))) return next;
  return credited.find((segment) => part(segment) === 'title' && segment.credit.kind === 'outlet') ?? null;
}

/** The outlet that a later sentence says had it first. */
function creditedLater(
  sentence: number,
  reading: IndexedReading,
  attributions: Attributions,
): CreditedSegment | undefined {
  return attributions.segments.find(
    (segment): segment is CreditedSegment =>
      segment.sentence > sentence &&
      segment.sentence <= sentence + CREDITED_LATER &&
      segment.credit !== null &&
      segment.credit.kind === 'outlet' &&
      anyOf(creditsBefore, reading, segment),
  );
}

/** An official word confirms claims: it covers the next sentence only when that visibly goes on ("The model ...", "It ..."). */
function goesOnFrom(reading: IndexedReading, sentence: Sentence): boolean {
  return anyOf(goesOn, reading, { first: sentence.first, last: Math.min(sentence.first + 3, sentence.last) });
}

/** A paper that the text names without its author is the claim's authority's when there is one; else somebody's on record. */
function fromDocument(claim: Claim, finding: Finding, credit: Credit, registry: SourceRegistry): Standing {
  const author = claim.authorities[0] ?? claim.frame.actor;
  const source = author === undefined ? undefined : registry.byId(author);
  const word: Cited | null = source === undefined ? null : { name: source.name, source: source.id };
  return {
    strength: word === null ? 'attributed' : 'official',
    chain: word === null ? [] : [word],
    origin: word ?? 'unattributed',
    credit: { sentence: finding.sentence, credit },
  };
}

/** "DeepSeek published V4, and Huawei said its chips run it": Huawei does not speak for the first half. */
const JOINS = new Set(['and', ';', 'as', 'with', '并', '且', '而']);

function speaksLater(finding: Finding, credit: Credit | null, segment: Segment, reading: IndexedReading): boolean {
  if (credit === null || credit.kind !== 'official' || finding.span.last > credit.span.first) return false;
  // "..., DeepSeek says on its page": a comma, and the speaker of all that went before.
  if (reading.tokens[credit.span.first - 1]?.text === ',') return false;
  for (let n = finding.span.last; n < credit.span.first; n += 1)
    if (JOINS.has(reading.tokens[n]?.text ?? '')) return segment.last - credit.span.last > 2;
  return false;
}

/** "Huawei, whose Ascend chips run V4, said profits rose": what its commas put in, it has not said. */
const isInItsAside = ({ span }: Finding, { credit, ...range }: Segment, reading: IndexedReading): boolean =>
  credit !== null &&
  credit.kind === 'official' &&
  span.last > credit.span.last &&
  span.last <= pastAside(reading, credit.span, range);

function fromCredit(credit: Credit, sentence: number, reportsItself: boolean, page: Page): Standing {
  const origin = credit.chain.at(-1) ?? 'unattributed';
  const at = { sentence, credit };
  switch (credit.kind) {
    case 'official':
    case 'document':
      return { strength: 'official', chain: credit.chain, origin, credit: at };
    case 'outlet':
      return { strength: 'attributed', chain: credit.chain, origin, credit: at };
    case 'anonymous':
      if (page.wire !== null) return { strength: 'attributed', chain: [page.wire], origin: page.wire, credit: at };
      return {
        strength: 'attributed',
        chain: [],
        origin: reportsItself || credit.toUs === true ? 'publisher' : 'unattributed',
        credit: at,
      };
    case 'vague':
      if (page.wire !== null) return { strength: 'attributed', chain: [page.wire], origin: page.wire, credit: at };
      // "Reportedly" names not even a kind of teller: talk.
      return {
        strength: credit.hedge === true ? 'rumour' : 'attributed',
        chain: [],
        origin: 'unattributed',
        credit: at,
      };
    case 'leak':
      return { strength: 'rumour', chain: [], origin: 'unattributed', credit: at };
    default:
      throw new Error(`unknown kind of credit: ${String(credit.kind satisfies never)}`);
  }
}

function isBefore(phrases: PhraseSet, reading: IndexedReading, credit: Credit, segment: Segment | undefined): boolean {
  return segment !== undefined && anyOf(phrases, reading, { first: segment.first, last: credit.span.first });
}
