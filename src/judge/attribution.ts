/**
 * Attribution: whom a sentence credits for what it says, nearest first.
 *
 * "V4 will run on Huawei chips, according to a report by Reuters citing The Information" -> [Reuters, The Information];
 * "DeepSeek told Reuters" -> [Reuters, DeepSeek], on record; "路透引述三名知情人士" -> [Reuters]; "two people said" -> nobody by name.
 * The last hop is who knew. Whether anybody believes them is decided elsewhere (core/provenance.ts).
 */
import type { Cited } from '../core/evidence.ts';
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
import { anyOf, compilePhrases, firstOf } from './phrase.ts';
import type { Hop, Relation } from './relations.ts';
import { relationOf } from './relations.ts';
import type { Sentence } from './text.ts';
import { unlistedHops } from './unlisted.ts';

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

export function attribute(reading: IndexedReading, names: NameIndex): Attributions {
  const mentions = mentionsIn(reading, names);
  const segments: Segment[] = [];
  let lastOutlet: Credit | null = null;
  let lastParty: Mention | null = null;
  for (const [n, sentence] of reading.sentences.entries()) {
    for (const range of segmentsOf(reading, sentence)) {
      const here = mentions.filter((mention) => mention.first >= range.first && mention.last <= range.last);
      let credit = creditOf(reading, range, here, sentence);
      if (credit === null || credit.kind === 'vague') {
        if (lastOutlet !== null && anyOf(anaphoraOutlet, reading, range)) credit = lastOutlet;
        else if (credit === null && anyOf(anaphoraPerson, reading, range)) {
          credit = segments.findLast((segment) => segment.credit !== null)?.credit ?? null;
        } else if (credit === null && anyOf(anaphoraParty, reading, range)) {
          const party: Mention | null = lastParty ?? here.find((mention) => mention.role === 'party') ?? null;
          if (party !== null) credit = { kind: 'official', chain: [cited(party)], span: range, unlisted: false };
        }
      }
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
    if ((CONTRAST.has(text) && n - first > 2) || (han && n - first > 2)) {
      ranges.push({ first, last: n });
      first = n;
    }
  }
  ranges.push({ first, last: sentence.last });
  return ranges;
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
  hops.push(...unlistedHops(reading, range, hops));
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
  const talk = firstOf(leakPhrases, reading, range);
  // "A viral post says Huawei confirmed it" is the post's word.
  const hearsay = party !== undefined && talk !== null && talk.last <= party.mention.first;
  if (hearsay && chain.length === 0) return { kind: 'leak', chain: [], span: talk, unlisted: false };
  if (party !== undefined && !nobody) {
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
  const paper = firstOf(documentPhrases, reading, range);
  if (paper !== null) return { kind: 'document', chain: [], span: paper, unlisted: false };
  const leak = firstOf(leakPhrases, reading, range);
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

const spanOf = (mentions: readonly Mention[]): Span => ({
  first: Math.min(...mentions.map((mention) => mention.first)),
  last: Math.max(...mentions.map((mention) => mention.last)),
});
