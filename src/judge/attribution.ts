/**
 * Attribution: whom a sentence credits for what it says, nearest first.
 *
 * "V4 will run on Huawei chips, according to a report by Reuters citing The Information" -> [Reuters, The Information];
 * "DeepSeek told Reuters" -> [Reuters, DeepSeek], on record; "路透引述三名知情人士" -> [Reuters]; "two people said" -> nobody by name.
 * The last hop is who knew. Whether anybody believes them is decided elsewhere (core/provenance.ts).
 */
import type { Cited } from '../core/evidence.ts';
import { REPLY_DENIES } from './denial.ts';
import {
  ANAPHORA_OUTLET,
  ANAPHORA_PARTY,
  ANAPHORA_PERSON,
  ANONYMOUS,
  DOCUMENTS,
  LEAKS,
  MEDIA,
  VAGUE,
} from './lexicon.ts';
import type { Mention, NameIndex } from './names.ts';
import { mentionsIn } from './names.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf, compilePhrases, find, firstOf } from './phrase.ts';
import type { Hop, Relation } from './relations.ts';
import { relationOf } from './relations.ts';
import type { Sentence } from './text.ts';
import { selfSpeaker, unlistedHops } from './unlisted.ts';
import { fakedBefore, isForged } from './voices.ts';

type CreditKind = 'official' | 'document' | 'outlet' | 'anonymous' | 'vague' | 'leak';

export interface Credit {
  readonly kind: CreditKind;
  /** Nearest first; the last is who knew. Empty for anonymous, vague and leak. */
  readonly chain: readonly Cited[];
  /** Where the credit stands, for the quote. */
  readonly span: Span;
  /** An outlet or a party that nobody listed. */
  readonly unlisted: boolean;
  /** Somebody told the outlet itself: the unnamed people of this article are its own. */
  readonly told?: boolean;
  /** Told the page itself: "told us". */
  readonly toUs?: boolean;
  /** Only "reportedly": not even a kind of teller. */
  readonly hedge?: boolean;
}

export interface Segment extends Span {
  readonly sentence: number;
  readonly credit: Credit | null;
}

/** Everything attribution knows of one article. */
export interface Attributions {
  readonly mentions: readonly Mention[];
  readonly segments: readonly Segment[];
  /** The wire of the dateline: "BEIJING (AP) — ...". What the text credits to nobody is the wire's. */
  readonly dateline: Cited | null;
}

const inHousePhrases = compilePhrases([
  '(internal|in house|private|leaked) (memo|letter|email|emails|note|meeting|call|message|chat|communication|communications|briefing)',
  '(told|tells|telling|informed|informs|informing) (staff|employees|colleagues|workers|insiders)',
  '内部(信|沟通|会议|邮件|讲话|全员信|备忘录|会)',
  '(全员信|私下|闭门)',
]);
const toldUsPhrases = compilePhrases([
  'told (us|me|this (newspaper|paper|magazine|reporter|publication|outlet|site|newsletter|blog))',
  '(we|i) (asked|interviewed|spoke|talked)',
  '(对|告诉|向|接受)(本报|本刊|本网|本站|我们)',
]);
const ownCount = compilePhrases(['(by|on) (its|their) own (count|figures|numbers|account|admission|data)']);
const anonymousPhrases = compilePhrases(ANONYMOUS);
const vaguePhrases = compilePhrases(VAGUE);
const mediaPhrases = compilePhrases(MEDIA);
const documentPhrases = compilePhrases(DOCUMENTS);
const leakPhrases = compilePhrases(LEAKS);
const anaphoraOutlet = compilePhrases(ANAPHORA_OUTLET);
const anaphoraPerson = compilePhrases(ANAPHORA_PERSON);
const anaphoraParty = compilePhrases(ANAPHORA_PARTY);

/** Words that start another statement with a speaker of its own. */
const CONTRAST = new Set(['but', 'while', 'whereas', 'although', 'though', 'however', 'yet', ';']);

/** "... but to have passed over the American ones": no subject of its own, so no speaker of its own. */
const GOES_ON_SAME = new Set(
  'to also not only has had have did does is was were are kept left let gave made held took got went came put cut sent confirmed acknowledged admitted conceded verified denied'.split(
    ' ',
  ),
);

/** `host`: whose page it is, so that "told the Post" in the South China Morning Post is the paper itself. */
export function attribute(reading: IndexedReading, names: NameIndex, host: Cited | null = null): Attributions {
  const mentions = mentionsIn(reading, names);
  const segments: Segment[] = [];
  let lastOutlet: Credit | null = null;
  let lastParty: Mention | null = null;
  for (const [n, sentence] of reading.sentences.entries()) {
    for (const range of segmentsOf(reading, sentence).flatMap((one) => bySpeaker(one, reading, mentions, sentence))) {
      const here = mentions.filter((mention) => mention.first >= range.first && mention.last <= range.last);
      let credit = byShortName(creditOf(reading, range, here, sentence), host, reading);
      if (credit === null || credit.kind === 'vague') {
        if (lastOutlet !== null && anyOf(anaphoraOutlet, reading, range)) credit = lastOutlet;
        else if (credit === null && anyOf(anaphoraPerson, reading, range)) {
          credit = segments.findLast((segment) => segment.credit !== null)?.credit ?? null;
        } else if (
          credit === null &&
          lastOutlet !== null &&
          !opensWithIt(reading, range) &&
          isLast(segments, lastOutlet) &&
          anyOf(itSays, reading, range)
        ) {
          // "..., The Information writes. ..., it says": "it" is the paper, not the company in between.
          credit = lastOutlet;
        } else if (credit === null && anyOf(anaphoraParty, reading, range) && !anyOf(inHousePhrases, reading, range)) {
          const party: Mention | null = lastParty ?? here.find((mention) => mention.role === 'party') ?? null;
          if (party !== null) credit = { kind: 'official', chain: [cited(party)], span: range, unlisted: false };
        }
      }
      // "A spokesperson told Reuters", "the company told Reuters": the one that the text speaks of, on record.
      const meant: Mention | null = lastParty ?? here.find((mention) => mention.role === 'party') ?? null;
      const speaks =
        (lastParty !== null && anyOf(spokesTold, reading, range)) ||
        find(companyTold, reading, range).some(({ first }) => reading.tokens[first - 1]?.kind !== 'word');
      if (credit?.told === true && credit.kind === 'outlet' && meant !== null && speaks)
        credit = { ...credit, kind: 'official', chain: [...credit.chain, cited(meant)] };
      if (credit !== null && credit.kind === 'outlet') lastOutlet = credit;
      segments.push({ ...range, sentence: n, credit });
      // The first company of a sentence is its subject, which "the company" takes up.
      lastParty = here.find((mention) => mention.role === 'party') ?? lastParty;
    }
  }
  return { mentions, segments, dateline: datelineOf(reading, mentions) };
}

/** "(Reuters)" at the head of the text, with a dash after it. */
function datelineOf(reading: IndexedReading, mentions: readonly Mention[]): Cited | null {
  const head = reading.sentences.find((sentence) => sentence.part !== 'title');
  if (head === undefined) return null;
  const wire = mentions.find(
    (mention) =>
      mention.role === 'outlet' &&
      mention.first >= head.first &&
      mention.first - head.first <= DATELINE_TOKENS &&
      reading.tokens[mention.first - 1]?.text === '(' &&
      reading.tokens[mention.last]?.text === ')' &&
      reading.tokens[mention.last + 1]?.text === '—',
  );
  return wire === undefined ? null : cited(wire);
}

const opensWithIt = (reading: IndexedReading, range: Span): boolean => reading.tokens[range.first]?.text === 'it';
const spokesTold = compilePhrases(['(spokesperson|spokesman|spokeswoman|representative|executive) (told|said)']);
const companyTold = compilePhrases([
  'the (=company|=firm|=startup|=lab|=chipmaker|=developer|=ministry|=agency|=bureau|=department) (=told|=tells)',
]);
const itSays = compilePhrases(['it (said|says|adds|added|wrote|writes|reported)']);
const isLast = (segments: readonly Segment[], credit: Credit): boolean =>
  segments.findLast((segment) => segment.credit !== null)?.credit === credit;

const MOST_SPEAKERS = 8;

/** "Huawei announced support for V4, and Cambricon said it had adapted": each company speaks for its own half. */
function bySpeaker(range: Span, reading: IndexedReading, mentions: readonly Mention[], sentence: Sentence): Span[] {
  const inside = mentions.filter((mention) => mention.first >= range.first && mention.last <= range.last);
  const parties = new Set(inside.flatMap((mention) => (mention.role === 'party' ? [mention.source] : [])));
  // One party speaks for itself; a crowd of names is a list, not two statements.
  if (parties.size < 2 || inside.length > MOST_SPEAKERS) return [range];
  const speakers = inside.filter(
    (mention, n) => mention.role === 'party' && relationOf(reading, range, mention, inside[n - 1], sentence) === 'said',
  );
  const [first, second] = speakers;
  if (first === undefined || second === undefined || first.source === second.source) return [range];
  const before = reading.tokens[second.first - 1]?.text ?? '';
  if (![',', 'and', 'while', 'whereas', ';', '并', '而'].includes(before)) return [range];
  const cut = second.first;
  return cut - first.last < 4
    ? [range]
    : [
        { first: range.first, last: cut },
        { first: cut, last: range.last },
      ];
}

/** A place, a date and a bracket. */
const DATELINE_TOKENS = 8;

/** A sentence cut where a contrast begins: "Washington allowed it, but Reuters cites people who ...". */
function segmentsOf(reading: IndexedReading, sentence: Sentence): Span[] {
  const ranges: Span[] = [];
  let first = sentence.first;
  for (let n = sentence.first + 1; n < sentence.last - 1; n += 1) {
    const text = reading.tokens[n]?.text ?? '';
    const next = reading.tokens[n + 1]?.text ?? '';
    const afterMark = reading.tokens[n - 1]?.kind === 'mark';
    const han =
      (text === '但' && next !== '愿') ||
      (afterMark && text === '而' && next !== '且') ||
      (text === '不' && next === '过') ||
      (text === '然' && next === '而') ||
      (afterMark && text === '却');
    if ((CONTRAST.has(text) && n - first > 2 && !GOES_ON_SAME.has(next)) || (han && n - first > 2)) {
      ranges.push({ first, last: n });
      first = n;
    }
  }
  ranges.push({ first, last: sentence.last });
  return ranges;
}

/** "The Post", "the Journal": a paper calls itself by the last word of its name, unless its page speaks of another such paper. */
function byShortName(credit: Credit | null, host: Cited | null, reading: IndexedReading): Credit | null {
  const last = credit?.chain.at(-1);
  if (credit === null || last === undefined || last.source !== null || host === null || host.source === null)
    return credit;
  const short = last.name.replace(/^the /i, '').toLowerCase();
  const own = host.name.toLowerCase().split(' ');
  if (own.length < 2 || own.at(-1) !== short) return credit;
  const another = reading.tokens.some(({ text }, n) => {
    const before = reading.tokens[n - 1];
    return text === short && before?.capital === true && before.text !== 'the' && before.text !== own.at(-2);
  });
  return another ? credit : { ...credit, chain: [...credit.chain.slice(0, -1), host], unlisted: false };
}

const cited = (mention: Mention): Cited => ({ name: mention.name, source: mention.source });

function creditOf(
  reading: IndexedReading,
  range: Span,
  mentions: readonly Mention[],
  sentence: Sentence,
): Credit | null {
  const hops: Hop[] = [];
  for (const [n, mention] of mentions.entries()) {
    const relation = relationOf(reading, range, mention, mentions[n - 1], sentence);
    if (relation !== null) hops.push({ mention, relation });
  }
  hops.push(...unlistedHops(reading, range, hops, mentions));
  const party = hops.findLast((hop) => hop.mention.role === 'party');
  const order: readonly Relation[] = ['relay', 'wrap', 'told', 'said', 'cited'];
  const outlets = hops.filter((hop) => hop.mention.role !== 'party');
  const chain: Mention[] = [];
  for (const relation of order) {
    // Several names in one place ("the FT and STAR Market Daily") are alternatives, not hops: the first stands for them.
    const one = outlets.find(
      (hop) => hop.relation === relation && !chain.some((known) => known.name === hop.mention.name),
    );
    if (one !== undefined) chain.push(one.mention);
  }
  const nobody = hops.some((hop) => hop.mention.role === 'unknown' && hop.relation !== 'told');
  // What nobody we know says that a company said is that nobody's word.
  const talk = leakIn(reading, range);
  // "A viral post says Huawei confirmed it" is the post's word.
  const faked = party === undefined ? null : fakedBefore(reading, range, party.mention.first);
  // "An AI-generated video shows Jensen Huang saying that": nobody's word.
  if (faked !== null) return { kind: 'leak', chain: [], span: faked, unlisted: false };
  const hearsay =
    party !== undefined &&
    talk !== null &&
    talk.last <= party.mention.first &&
    // 针对...的传闻，DeepSeek 回应称消息不实: it answers the talk, and its no is its own.
    !anyOf(REPLY_DENIES, reading, { first: party.mention.last, last: range.last });
  if (hearsay && chain.length === 0) return { kind: 'leak', chain: [], span: talk, unlisted: false };
  // "Nvidia has told clients ..., according to three people cited by Reuters": what it told them, we have from these people.
  const people = firstOf(anonymousPhrases, reading, range);
  const quotedBy =
    party !== undefined && !party.mention.isPublic && people !== null && saysOrCites(reading, people, range)
      ? people.first >= party.mention.last || people.first < party.mention.first - 1
      : false;
  // "Liang told staff", 内部信: said behind closed doors, so that somebody must have passed it on.
  const inHouse = party === undefined ? null : firstOf(inHousePhrases, reading, range);
  const secondHand = quotedBy || inHouse !== null;
  const insider = inHouse === null ? null : (party?.mention ?? null);
  // What a named head tells his own people is his word, and not on record.
  if (insider !== null && insider.person !== null && insider.person !== undefined && chain.length === 0)
    return {
      kind: 'outlet',
      chain: [{ name: insider.person, source: null }],
      span: spanOf([insider]),
      unlisted: true,
    };
  if (secondHand && chain.length === 0)
    return { kind: 'anonymous', chain: [], span: inHouse ?? people ?? range, unlisted: false };
  if (party !== undefined && !nobody && !secondHand) {
    // Its own name inside what an outlet says ("The Information said that Huawei said") still makes it the speaker.
    const all = [...chain, party.mention];
    return { kind: 'official', chain: all.map(cited), span: spanOf(all), unlisted: false };
  }
  if (chain.length > 0)
    return {
      kind: 'outlet',
      chain: chain.map(cited),
      span: spanOf(chain),
      unlisted: chain.at(-1)?.source === null,
      told: hops.some((hop) => hop.relation === 'told'),
    };
  const asked = firstOf(toldUsPhrases, reading, range);
  if (asked !== null) return { kind: 'anonymous', chain: [], span: asked, unlisted: false, toUs: true };
  const counted = firstOf(ownCount, reading, range);
  const counter = mentions.find((mention) => mention.role === 'party' && mention.first <= range.first + 1);
  // "DeepSeek released V4, with 1.6 trillion parameters by its own count"; not somebody's of whom the sentence says no more.
  if (counted !== null && counter !== undefined && reading.tokens[counter.last]?.text !== "'s")
    return { kind: 'official', chain: [cited(counter)], span: counted, unlisted: false };
  const paper = firstOf(documentPhrases, reading, range);
  if (paper !== null)
    return { kind: isForged(reading, range) ? 'leak' : 'document', chain: [], span: paper, unlisted: false };
  const leak = leakIn(reading, range);
  const itself = leak === null && hops.length === 0 ? selfSpeaker(reading, range, mentions) : null;
  if (itself !== null) return { kind: 'official', chain: [cited(itself)], span: itself, unlisted: true };
  const anonymous = firstOf(anonymousPhrases, reading, range);
  const media = firstOf(mediaPhrases, reading, range);
  // "Tech media say it is due; insiders think ...": what comes first is what the sentence rests on.
  if (anonymous !== null && media !== null && media.first < anonymous.first)
    return { kind: 'vague', chain: [], span: media, unlisted: false };
  if (anonymous !== null) return { kind: 'anonymous', chain: [], span: anonymous, unlisted: false };
  if (leak !== null) return { kind: 'leak', chain: [], span: leak, unlisted: false };
  const vague = firstOf(vaguePhrases, reading, range);
  if (vague === null) return null;
  const hedge = !anyOf(mediaPhrases, reading, range);
  return { kind: 'vague', chain: [], span: vague, unlisted: false, hedge };
}

/** Talk that the sentence rests on: "ending months of speculation", "not in February as rumoured" only recall it. */
const leakIn = (reading: IndexedReading, range: Span): Span | null =>
  find(leakPhrases, reading, range).find(({ first, last }) => {
    const before = reading.tokens[first - 1]?.text ?? '';
    const recalled = before === 'of' && SPANS.has(reading.tokens[first - 2]?.text ?? '');
    const ends = last >= range.last || reading.tokens[last]?.kind === 'mark';
    const contrasted =
      ['as', 'than'].includes(before) &&
      ends &&
      reading.tokens.slice(range.first, first).some(({ text }) => ['not', 'than', 'instead', 'rather'].includes(text));
    return !recalled && !contrasted;
  }) ?? null;
const SPANS = new Set(['months', 'weeks', 'days', 'years', 'year', 'month', 'flurry', 'wave', 'spate']);

/** Whether unnamed people are the ones who tell: "according to", "citing", or "said" behind them. */
function saysOrCites(reading: IndexedReading, people: Span, range: Span): boolean {
  for (let n = people.first - 2; n < Math.min(range.last, people.last + 4); n += 1)
    if (TELLS.has(reading.tokens[n]?.text ?? '')) return true;
  return false;
}
const TELLS = new Set([
  'according',
  'citing',
  'cited',
  'said',
  'say',
  'says',
  'told',
  '称',
  '透露',
  '表示',
  '说',
  '援引',
  '引述',
  '据',
]);

const spanOf = (mentions: readonly Mention[]): Span => ({
  first: Math.min(...mentions.map((mention) => mention.first)),
  last: Math.max(...mentions.map((mention) => mention.last)),
});
