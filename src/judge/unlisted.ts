/**
 * Names that no list knows, credited all the same: "per Tech Wire Asia", "Whale Lab reported".
 */
import type { Mention } from './names.ts';
import { unlistedNameAt, unlistedNameBefore } from './names.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { isFrequent } from './rarity.ts';
import type { Hop } from './relations.ts';
import { stem } from './stem.ts';
import { textAt } from './tokens.ts';

/** Outlets that no list knows: "per Tech Wire Asia", "Whale Lab reported". */
export function unlistedHops(
  reading: IndexedReading,
  range: Span,
  known: readonly Hop[],
  listed: readonly Mention[],
): Hop[] {
  const hops: Hop[] = [];
  const taken = (at: number): boolean => known.some((hop) => at >= hop.mention.first - 1 && at < hop.mention.last);
  for (let n = range.first; n < range.last; n += 1) {
    const text = textAt(reading, n);
    const skip = ['a', 'an', 'one'].includes(textAt(reading, n + 1)) ? 1 : 0;
    const start =
      text === 'to' && textAt(reading, n - 1) === 'according'
        ? n + 1 + skip
        : ['per', 'via', 'citing', 'told'].includes(text)
          ? n + 1
          : text === 'by' && ['reported', 'seen', 'published', 'cited', 'report'].includes(textAt(reading, n - 1))
            ? n + 1
            : ['at', 'from', 'with'].includes(text) &&
                EXPERTS.has(textAt(reading, n - 1)) &&
                saysBehind(reading, n, range.last)
              ? n + 1
              : OUTLET_NOUNS.has(text)
                ? n + 1
                : 0;
    if (start > 0 && start < range.last && !taken(start) && !taken(start + 1)) {
      const mention = unlistedNameAt(reading, start, range.last);
      if (mention !== null && !overlapsAny(mention, known) && !isAdjective(reading, mention))
        hops.push({ mention, relation: text === 'citing' ? 'cited' : text === 'told' ? 'told' : 'wrap' });
    }
    // "V4 said to land": somebody else says it.
    const passive = text.endsWith('d') && textAt(reading, n + 1) === 'to';
    if ((REPORTS.has(text) || SAYS.has(text)) && !passive && n > range.first) {
      const found = unlistedNameBefore(reading, subjectEnd(reading, n, range.first), range.first);
      // "Three dealers in Shenzhen said": where they are, not who.
      const mention = found !== null && WHERE.has(textAt(reading, found.first - 1)) ? null : found;
      // "Chen Deli said" beside DeepSeek is DeepSeek's man; alone, a name that speaks is somebody.
      const somebody =
        REPORTS.has(text) ||
        (known.every((hop) => hop.mention.role !== 'party') && mention !== null && isName(reading, mention));
      if (mention !== null && somebody && !overlapsAny(mention, known) && !isListed(mention, listed))
        hops.push({ mention, relation: 'said' });
    }
  }
  return hops;
}

/** In front of a place, not of somebody. */
const WHERE = new Set(['in', 'near', 'outside', 'across', 'around']);

/** "Lenovo confirmed that it is one of them": somebody whom no list knows, on record about itself. */
export function selfSpeaker(reading: IndexedReading, range: Span, listed: readonly Mention[]): Mention | null {
  for (let n = range.first + 1; n < range.last - 1; n += 1) {
    if (!ON_RECORD.has(textAt(reading, n))) continue;
    const next = textAt(reading, n + 1) === 'that' ? n + 2 : n + 1;
    if (!['it', 'its'].includes(textAt(reading, next))) continue;
    const mention = unlistedNameBefore(reading, n, range.first);
    if (mention === null || WHERE.has(textAt(reading, mention.first - 1)) || isListed(mention, listed)) continue;
    const word = textAt(reading, mention.first);
    // "Officials said it", "Everyone said it": words that open a sentence.
    if (mention.last - mention.first > 1 || (!word.endsWith('s') && !isFrequent(stem(word)))) return mention;
  }
  return null;
}
const ON_RECORD = new Set(['said', 'says', 'confirmed', 'confirms', 'disclosed', 'announced']);

const OUTLET_NOUNS = new Set(
  'outlet publication newspaper broadcaster magazine tabloid daily weekly newsletter channel agency'.split(' '),
);
/** "Analysts at Bernstein think": whose view it is, and that they give one. */
const EXPERTS = new Set(
  'analyst analysts researcher researchers economist economists strategist strategists consultant consultants'.split(
    ' ',
  ),
);
const VIEWS = new Set(
  'caution cautions warn warns note notes add adds say says said think thinks believe believes estimate estimates reckon reckons expect expects wrote write writes argue argues put found'.split(
    ' ',
  ),
);
function saysBehind(reading: IndexedReading, at: number, limit: number): boolean {
  for (let n = at + 2; n < Math.min(limit, at + 7); n += 1) if (VIEWS.has(textAt(reading, n))) return true;
  return false;
}

/** "Whale Lab, a Chinese tech outlet, has heard": where the name before a verb ends, auxiliaries and an apposition skipped. */
function subjectEnd(reading: IndexedReading, verb: number, floor: number): number {
  let at = verb;
  while (at > floor && AUXILIARIES.has(textAt(reading, at - 1))) at -= 1;
  if (textAt(reading, at - 1) !== ',') return at;
  for (let n = at - 2; n > Math.max(floor, at - APPOSITION_TOKENS); n -= 1)
    if (textAt(reading, n) === ',') return ['a', 'an', 'the', 'one'].includes(textAt(reading, n + 1)) ? n : at;
  return at;
}
const AUXILIARIES = new Set(['has', 'have', 'also', 'now', 'first']);
const APPOSITION_TOKENS = 10;

const REPORTS = new Set(['reported', 'reports', 'wrote', 'writes', 'heard', 'learned', 'learnt']);
const SAYS = new Set(
  'suspects suspected thinks doubts said says estimates estimated expects believes reckons argues argued noted notes found finds claimed claims warned warns'.split(
    ' ',
  ),
);

/** Two capitalised words, or one that no sentence makes a capital of: "Morgan Stanley", "SemiAnalysis", "CCTV"; not "Lawyers". */
function isName(reading: IndexedReading, mention: Mention): boolean {
  if (mention.last - mention.first > 1) return true;
  const token = reading.tokens[mention.first];
  if (token === undefined) return false;
  const raw = reading.source.slice(token.start, token.end);
  if (/[A-Z]/.test(raw.slice(1))) return true;
  const before = reading.tokens[mention.first - 1];
  if (before !== undefined && before.kind === 'word') return true;
  // "..., Jefferies reckons.": at a sentence's end no word has a capital for nothing.
  const after = reading.tokens[mention.last + 1];
  return before?.text === ',' && (after === undefined || after.kind === 'mark');
}

/** "according to the Shenzhen government": the capitalised word only describes what follows. */
function isAdjective(reading: IndexedReading, mention: Mention): boolean {
  const next = reading.tokens[mention.last];
  return next !== undefined && next.kind === 'word' && !next.capital && !AFTER_OUTLET.has(next.text);
}

const AFTER_OUTLET = new Set(
  "said says reported wrote writes think thinks believe believes caution cautions warn warns estimate estimates reckon reckons expect expects argue argues note notes found report reports reporting article story analysis newsletter 's and on in citing which that who as via via by this last earlier early late at from".split(
    ' ',
  ),
);

/** A listed name that no cue makes a speaker is no stranger either. */
const isListed = (span: Span, listed: readonly Mention[]): boolean =>
  listed.some((mention) => span.first < mention.last && mention.first < span.last);

const overlapsAny = (span: Span, hops: readonly Hop[]): boolean =>
  hops.some((hop) => span.first < hop.mention.last && hop.mention.first < span.last);
