/**
 * Attribution: whom a sentence credits for what it says, nearest first.
 *
 * "V4 will run on Huawei chips, according to a report by Reuters citing The Information" -> [Reuters, The Information];
 * "DeepSeek told Reuters" -> [Reuters, DeepSeek], on record; "路透引述三名知情人士" -> [Reuters]; "two people said" -> nobody by name.
 * The last hop is who knew. Whether anybody believes them is decided elsewhere (core/provenance.ts).
 */
import type { Cited } from '../core/evidence.ts';
import {
  ACTS,
  ANAPHORA_OUTLET,
  ANAPHORA_PARTY,
  ANAPHORA_PERSON,
  ANONYMOUS,
  CITED_BY,
  COMPANY_ACTS,
  DOCUMENTS,
  HAN_ACTS,
  HAN_COMPANY_ACTS,
  HAN_SPEECH,
  LEAKS,
  PARTY_SPEECH,
  SPEAKER_FILLERS,
  SPEECH,
  VAGUE,
} from './lexicon.ts';
import { deniesTalk } from './denial.ts';
import type { Mention, NameIndex } from './names.ts';
import { mentionsIn, unlistedNameAt, unlistedNameBefore } from './names.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf, compilePhrases, firstOf } from './phrase.ts';
import type { Sentence } from './text.ts';

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
}

export interface Segment extends Span {
  readonly sentence: number;
  readonly credit: Credit | null;
}

/** Everything attribution knows of one article. */
export interface Attributions {
  readonly mentions: readonly Mention[];
  readonly segments: readonly Segment[];
}

type Relation = 'wrap' | 'relay' | 'told' | 'said' | 'cited';
interface Hop {
  readonly mention: Mention;
  readonly relation: Relation;
}

const anonymousPhrases = compilePhrases(ANONYMOUS);
const vaguePhrases = compilePhrases(VAGUE);
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
  return { mentions, segments };
}

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
  if (anonymous !== null) return { kind: 'anonymous', chain: [], span: anonymous, unlisted: false };
  if (leak !== null) return { kind: 'leak', chain: [], span: leak, unlisted: false };
  const vague = firstOf(vaguePhrases, reading, range);
  return vague === null ? null : { kind: 'vague', chain: [], span: vague, unlisted: false };
}

const spanOf = (mentions: readonly Mention[]): Span => ({
  first: Math.min(...mentions.map((mention) => mention.first)),
  last: Math.max(...mentions.map((mention) => mention.last)),
});

const textAt = (reading: IndexedReading, n: number): string => reading.tokens[n]?.text ?? '';
/** Between a cue and the name: "a report by the", "an earlier", "reporting from". */
const BEFORE_NAME = new Set([
  'the',
  'a',
  'an',
  'report',
  'reports',
  'reporting',
  'story',
  'article',
  'by',
  'from',
  'in',
  'on',
  'of',
  'newspaper',
  'news',
  'outlet',
  'outlets',
  'agency',
  'media',
  'site',
  'website',
  'chinese',
  'british',
  'american',
  'us',
  'earlier',
  'recent',
  'new',
  'exclusive',
  'published',
  'sources',
  'tech',
  'business',
  'daily',
  'and',
  "'s",
  'officials',
  'company',
  'both',
  'a',
  'post',
  'statement',
  'document',
  'docs',
  'technical',
  '科技',
  '网',
  '站',
  '媒',
  '体',
  '国',
  '外',
  '英',
  '美',
  '《',
  '科',
  '技',
  '"',
  ',',
  '社',
]);

/** "citing an earlier report by": the report at `noun` is what somebody before it cites, so it lies one hop further out. */
function citesIt(reading: IndexedReading, noun: number, floor: number): boolean {
  for (let n = noun - 1; n >= floor && noun - n <= 5; n -= 1) {
    const text = textAt(reading, n);
    if (CITED_BY.includes(text)) return true;
    if (!BEFORE_NAME.has(text)) return false;
  }
  return false;
}

function relationOf(
  reading: IndexedReading,
  range: Span,
  mention: Mention,
  previous: Mention | undefined,
  sentence: Sentence,
): Relation | null {
  const floor = Math.max(range.first, previous === undefined ? range.first : previous.last);
  let n = mention.first - 1;
  for (; n >= floor && mention.first - n <= 7; n -= 1) {
    const text = textAt(reading, n);
    const back = textAt(reading, n - 1) + text;
    if (CITED_BY.includes(text) || CITED_BY.includes(back))
      return text === 'cited' && textAt(reading, n + 1) === 'by' ? 'relay' : 'cited';
    if (text === 'to' && textAt(reading, n - 1) === 'according') return 'wrap';
    if (
      text === 'to' &&
      ['speaking', 'spoke', 'statement', 'interview', 'comments', 'talking', 'email', 'remarks', 'testimony'].includes(
        textAt(reading, n - 1),
      )
    )
      return 'told';
    if (text === 'to' && attributing(reading, n, floor)) return 'cited';
    if (text === 'per' || text === 'via') return mention.first - n <= 3 ? 'wrap' : null;
    if (text === '据' || text === '根' || text === '综' || text === '按') return 'wrap';
    if (text === 'told' || text === 'tells' || text === 'telling')
      return mention.first - n <= 3 && mention.role !== 'party' ? 'told' : null;
    if (text === 'with' && textAt(reading, n - 1) === 'interview') return 'told';
    if (text === '诉' && textAt(reading, n - 1) === '告') return 'told';
    if (text === 'by') {
      const verb = textAt(reading, n - 1);
      if (
        [
          'covered',
          'relayed',
          'carried',
          'repeated',
          'republished',
          'syndicated',
          'cited',
          'quoted',
          'summarised',
          'summarized',
          'picked',
          'echoed',
        ].includes(verb)
      )
        return 'relay';
      if (
        [
          'reported',
          'seen',
          'reviewed',
          'viewed',
          'obtained',
          'published',
          'broken',
          'report',
          'reports',
          'reporting',
          'story',
          'article',
          'post',
          'statement',
          'announced',
          'confirmed',
          'stated',
          'said',
          'first',
        ].includes(verb)
      )
        return citesIt(reading, n - 1, floor) ? 'cited' : 'wrap';
    }
    if (
      (text === 'from' || text === 'in') &&
      ['report', 'reports', 'reporting', 'story', 'article', 'exclusive', 'news', 'word'].includes(
        textAt(reading, n - 1),
      ) &&
      mention.role !== 'party'
    )
      return citesIt(reading, n - 1, floor) ? 'cited' : 'wrap';
    if (!BEFORE_NAME.has(text)) break;
  }
  return saidAfter(reading, range, mention, sentence);
}

/** "attributing the figures to the Financial Times", "credited to". */
function attributing(reading: IndexedReading, at: number, floor: number): boolean {
  for (let n = at - 1; n >= Math.max(floor, at - 6); n -= 1)
    if (['attribut', 'credit'].includes(reading.tokens[n]?.stem ?? '')) return true;
  return false;
}

/** "The Information reported", "Nvidia's chief executive, Jensen Huang, said", "路透：", "Reuters report". */
function saidAfter(reading: IndexedReading, range: Span, mention: Mention, sentence: Sentence): Relation | null {
  const outlet = mention.role !== 'party';
  const next = textAt(reading, mention.last);
  if (outlet) {
    if (['report', 'reports', 'reporting', 'exclusive', 'sources', 'source', 'story', 'scoop'].includes(next))
      return 'said';
    if (next === ':' && mention.first <= sentence.first + 1) return 'said';
    // A title's tail: "H200 chips not allowed in China - Reuters".
    if (
      sentence.part === 'title' &&
      mention.last >= sentence.last &&
      ['—', ':', '|', '('].includes(textAt(reading, mention.first - 1))
    )
      return 'wrap';
    // A dateline: "(Reuters)".
    if (textAt(reading, mention.first - 1) === '(' && next === ')' && mention.first - sentence.first < 12)
      return 'wrap';
  } else if (next === ':' && mention.first === sentence.first) return 'said';
  const reach = outlet ? 6 : 12;
  let commas = 0;
  for (let n = mention.last; n < Math.min(range.last, mention.last + reach); n += 1) {
    const token = reading.tokens[n];
    if (token === undefined) break;
    if (token.text === ',') commas += 1;
    if (token.kind === 'han') {
      const verb = HAN_SPEECH.find((candidate) => hanAt(reading, n, candidate));
      if (verb === '消息' && !outlet) continue;
      if (verb === '指' && !['出', ',', '，'].includes(textAt(reading, n + 1)) && !outlet) continue;
      if (verb === '说' && textAt(reading, n + 1) === '明') continue;
      if (verb === '称' && ['号', '之', '为'].includes(textAt(reading, n + 1))) continue;
      if (verb !== undefined) return negated(reading, n) ? null : 'said';
      continue;
    }
    if (token.kind === 'word' && (outlet ? SPEECH : PARTY_SPEECH).has(token.stem) && !isNoun(reading, n)) {
      // "Huawei's coming chips, the report says": after one comma somebody else speaks, after two it was an apposition.
      if (commas === 1 && textAt(reading, n - 1) !== ',') return null;
      // "DeepSeek is said to": somebody else says it.
      if (PASSIVE.has(textAt(reading, n - 1))) return null;
      if (token.stem === 'deny' && !deniesTalk(reading, n)) return null;
      if (negated(reading, n) || (!outlet && token.stem === 'tell' && !onRecord(reading, n, range))) return null;
      return 'said';
    }
    if (token.kind === 'mark' && token.text !== ',' && token.text !== "'" && token.text !== '(' && token.text !== ')')
      break;
    if (token.text === "n't" || token.text === 'not' || token.text === 'declined') return null;
    // "Commerce's export enforcement chief testified": after a possessive the role may be any few words.
    const role = !outlet && textAt(reading, mention.last) === "'s" && commas === 0 && n <= mention.last + 5;
    if (role && token.kind === 'word' && !token.capital) continue;
    // A capitalised word belongs to the speaker only after a title or a comma: "chief executive Jensen Huang", not "DeepSeek V4".
    if (
      token.kind === 'word' &&
      !SPEAKER_FILLERS.has(token.text) &&
      !(token.capital && !/[0-9]/.test(token.text) && n > mention.last)
    )
      break;
  }
  // Inverted: "..., said Nvidia", "says The Information".
  const before = reading.tokens[mention.first - 1];
  const verb = before?.text === 'the' ? reading.tokens[mention.first - 2] : before;
  if (
    verb !== undefined &&
    ['say', 'report', 'write', 'announce', 'confirm'].includes(verb.stem) &&
    verb.text !== 'say' &&
    mention.first - 2 > range.first &&
    (mention.last >= range.last ||
      reading.tokens[mention.last]?.kind === 'mark' ||
      reading.tokens[mention.last]?.text === 'on')
  )
    return 'said';
  return null;
}

/** Told whom? "told lawmakers", "told reporters" is on record; "told agents", "told suppliers" is an instruction somebody else must vouch for. */
function onRecord(reading: IndexedReading, at: number, range: Span): boolean {
  for (let n = at + 1; n < Math.min(range.last, at + 8); n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark') return false;
    if (PUBLIC_LISTENERS.has(token.text)) return true;
    if (token.text === 'that') return false;
    if (token.capital && token.text !== 'chinese' && token.text !== 'us') return true;
  }
  return false;
}

const PASSIVE = new Set(['is', 'was', 'are', 'were', 'been', 'being', 'be']);

const PUBLIC_LISTENERS = new Set(
  'reporters journalists lawmakers senators congress house senate panel committee subcommittee hearing audience conference investors analysts shareholders attendees parliament media press summit forum developers'.split(
    ' ',
  ),
);

/** "the Huawei report shows": report after a party is usually its paper, not its speech; a plan "posted" is a noun elsewhere. */
function isNoun(reading: IndexedReading, n: number): boolean {
  const text = textAt(reading, n);
  return (
    [
      'post',
      'posts',
      'note',
      'notes',
      'list',
      'show',
      'project',
      'projects',
      'report',
      'reports',
      'estimate',
      'estimates',
      'forecast',
      'quote',
      'claim',
      'claims',
      'comment',
      'detail',
      'details',
      'state',
      'break',
      'cover',
      'document',
    ].includes(text) &&
    ['the', 'a', 'an', 'this', "'s", 'blog', 'technical', 'in', 'of'].includes(textAt(reading, n - 1))
  );
}

function negated(reading: IndexedReading, n: number): boolean {
  for (let back = n - 1; back >= n - 4 && back >= 0; back -= 1) {
    const text = textAt(reading, back);
    if (["n't", 'not', 'never', 'without', 'declined', 'refused', '未', '没', '拒', '尚', '不'].includes(text))
      return true;
    if (reading.tokens[back]?.kind === 'mark') return false;
  }
  return false;
}

function hanAt(reading: IndexedReading, at: number, text: string): boolean {
  let n = at;
  for (const character of text) {
    if (textAt(reading, n) !== character) return false;
    n += 1;
  }
  return true;
}

/** Outlets that no list knows: "per Tech Wire Asia", "Whale Lab reported". */
function unlistedHops(reading: IndexedReading, range: Span, known: readonly Hop[]): Hop[] {
  const hops: Hop[] = [];
  const taken = (at: number): boolean => known.some((hop) => at >= hop.mention.first - 1 && at < hop.mention.last);
  for (let n = range.first; n < range.last; n += 1) {
    const text = textAt(reading, n);
    const start =
      text === 'to' && textAt(reading, n - 1) === 'according'
        ? n + 1
        : ['per', 'via', 'citing', 'told'].includes(text)
          ? n + 1
          : text === 'by' && ['reported', 'seen', 'published', 'cited', 'report'].includes(textAt(reading, n - 1))
            ? n + 1
            : text === 'outlet' || text === 'publication' || text === 'newspaper'
              ? n + 1
              : 0;
    if (start > 0 && start < range.last && !taken(start) && !taken(start + 1)) {
      const mention = unlistedNameAt(reading, start, range.last);
      if (mention !== null && !overlapsAny(mention, known) && !isAdjective(reading, mention))
        hops.push({ mention, relation: text === 'citing' ? 'cited' : text === 'told' ? 'told' : 'wrap' });
    }
    if (['reported', 'reports', 'wrote', 'writes'].includes(text) && n > range.first) {
      const mention = unlistedNameBefore(reading, n, range.first);
      if (mention !== null && !overlapsAny(mention, known)) hops.push({ mention, relation: 'said' });
    }
  }
  return hops;
}

/** "according to the Shenzhen government": the capitalised word only describes what follows. */
function isAdjective(reading: IndexedReading, mention: Mention): boolean {
  const next = reading.tokens[mention.last];
  return next !== undefined && next.kind === 'word' && !next.capital && !AFTER_OUTLET.has(next.text);
}

const AFTER_OUTLET = new Set(
  "report reports reporting article story analysis newsletter 's and on in citing which that who as via via by this last earlier early late at from".split(
    ' ',
  ),
);

const overlapsAny = (span: Span, hops: readonly Hop[]): boolean =>
  hops.some((hop) => span.first < hop.mention.last && hop.mention.first < span.last);

/**
 * A public body or a company doing on record what only it can do: "BIS opened a case-by-case path", "cleared the House committee",
 * "DeepSeek released". Public bodies are looked for on both sides of the act, companies only as its subject.
 */
export function actorOf(reading: IndexedReading, range: Span, mentions: readonly Mention[]): Mention | null {
  for (const mention of mentions) {
    if (mention.role !== 'party' || mention.first < range.first || mention.last > range.last) continue;
    if (actsAfter(reading, range, mention)) return mention;
    if (mention.isPublic && actsBefore(reading, range, mention)) return mention;
  }
  return null;
}

/** A verb farther away than this has another subject. */
const ACT_REACH = 8;
const COMPANY_ACT_REACH = 4;

function actsAfter(reading: IndexedReading, range: Span, mention: Mention): boolean {
  for (
    let n = mention.last;
    n < Math.min(range.last, mention.last + (mention.isPublic ? ACT_REACH : COMPANY_ACT_REACH));
    n += 1
  ) {
    const token = reading.tokens[n];
    if (token === undefined || (token.kind === 'mark' && token.text !== ',')) return false;
    if (token.text === "n't" || token.text === 'not' || token.text === "'s") return false;
    if (token.kind === 'han') {
      if ((mention.isPublic ? HAN_ACTS : HAN_COMPANY_ACTS).some((act) => hanAt(reading, n, act))) return true;
    } else if ((mention.isPublic ? ACTS : COMPANY_ACTS).has(token.stem)) return true;
  }
  return false;
}

function actsBefore(reading: IndexedReading, range: Span, mention: Mention): boolean {
  for (let n = mention.first - 1; n >= Math.max(range.first, mention.first - ACT_REACH); n -= 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark') return false;
    if (ACTS.has(token.stem)) return true;
  }
  return false;
}
