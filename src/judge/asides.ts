/**
 * Names that a sentence sets aside: "not V4", "instead of V4", "unlike V4", "days before V4", 而非 V4; and those it only measures by:
 * "beats V3.2", "the successor to V3.2".
 */
import type { Finding } from './frame.ts';
import type { IndexedReading, Span } from './phrase.ts';
import type { Sentence } from './text.ts';
import { hanAt, textAt, words } from './tokens.ts';

/** Of what is only measured by: "the successor to V3.2", "beats V3.2", "R1 maker DeepSeek". */
const OBLIQUE_BEFORE = words(
  'of than over from since after like unlike against versus vs beat beats beating outperform outperforms surpass surpasses surpassing replace replaces replaced replacing succeed succeeds succeeding overtake overtakes follow follows following match matches rival rivals alongside despite',
);
const OBLIQUE_NOUNS = words(
  'successor follow-up up sequel heir upgrade alternative answer replacement step leap rival challenger response back returned reverted switched moved',
);
const OBLIQUE_AFTER = words('maker creator developer successor rival competitor user users owner');
const HAN_OBLIQUE = [
  '超过',
  '超越',
  '取代',
  '替代',
  '相比',
  '比',
  '较',
  '继',
  '不同于',
  '优于',
  '击败',
  '接替',
  '媲美',
  '对标',
];
/** Before a name: it is not this one. */
const NOT_THIS = words('not nor');
const LEADS = words('not nor unlike instead rather before until beating');
const NOT_ONLY = words('only just merely simply yet solely');
const INSTEAD = [
  ['instead', 'of'],
  ['rather', 'than'],
  ['none', 'with'],
  ['none', 'of'],
];
/** "V4's rival", "a model of V4's size": another one, told by this one's name. */
const RELATIVES = words('rival competitor successor predecessor challenger');
const MEASURES = words('size class scale calibre caliber');
const HAN_NOT_THIS = ['而非', '而不是', '不是', '并非'];
const HAN_UNLIKE = ['不同于', '有别于'];
/** Before a name: it is still to come, or only looked to. */
const NOT_YET = [
  ['ahead', 'of'],
  ['way', 'for'],
  ['wait', 'for'],
  ['waiting', 'for'],
  ['beating'],
  ['before'],
  ['until'],
];
/** 抢在 V4 之前: another model was out first. Of a company (先于英伟达) it says who had it first, which may be the claim. */
const HAN_AHEAD_OF = ['抢在', '早于', '先于'];
const HAN_NOT_YET = [...HAN_AHEAD_OF, '未提及', '没有提及', '未提到'];
/** 为 V4 预热: what is done for its sake. */
const HAN_SAKE = ['预热', '铺路', '造势', '做准备', '让路', '开路'];
const SISTERS = words('sister sibling cousin twin');
const DETERMINERS = words("the a an its their his her any 's");

const endsWith = (reading: IndexedReading, at: number, text: string): boolean => hanAt(reading, at - text.length, text);

/** Where the name's own words begin: "DeepSeek's V4", "the older V3". */
function nameStart(reading: IndexedReading, at: number, floor: number): number {
  let n = at;
  while (n > floor && at - n < 4) {
    const token = reading.tokens[n - 1];
    if (token === undefined || token.kind === 'han') break;
    if (!DETERMINERS.has(token.text) && !(token.capital && token.kind === 'word' && !LEADS.has(token.text))) break;
    n -= 1;
  }
  return n;
}

/** not: the other one instead; unlike: another matter; later: still to come, or only looked to. */
export type Aside = 'not' | 'unlike' | 'later' | null;

/** Whether a mention is set aside: it is not this one that is meant, or it is still to come. */
export function asideAt(reading: IndexedReading, span: Span, sentence: Sentence, finding: Finding): Aside {
  const at = nameStart(reading, span.first, sentence.first);
  const before = textAt(reading, at - 1);
  // The "not" of "not on Ascend" may be the finding's own; that of an aside between commas is not.
  const own =
    finding.selfNegated &&
    at - 1 >= finding.span.first &&
    at - 1 < finding.span.last &&
    textAt(reading, span.last) !== ',';
  const noun = span.last + (textAt(reading, span.last) === "'s" ? 1 : 0);
  if (RELATIVES.has(textAt(reading, noun)) || (noun > span.last && RELATIVES.has(textAt(reading, noun + 1))))
    return 'unlike';
  if (noun > span.last && before === 'of' && MEASURES.has(textAt(reading, noun))) return 'unlike';
  // "The 950DT, the sister chip of the 950PR".
  const sister = [2, 3].map((step) => at - step).find((n) => SISTERS.has(textAt(reading, n)));
  if (before === 'of' && sister !== undefined && ['the', 'a'].includes(textAt(reading, sister - 1))) return 'unlike';
  const numbered = /[0-9]/.test(textAt(reading, span.last - 1));
  if (numbered && HAN_AHEAD_OF.some((word) => endsWith(reading, at, word))) return 'unlike';
  if (before === 'unlike' || HAN_UNLIKE.some((word) => endsWith(reading, at, word))) return 'unlike';
  if (!own && NOT_THIS.has(before) && !NOT_ONLY.has(textAt(reading, at))) return 'not';
  const follows = (leads: readonly (readonly string[])[]): boolean =>
    leads.some((lead) => lead.every((word, n) => textAt(reading, at - lead.length + n) === word));
  if (!own && (follows(INSTEAD) || HAN_NOT_THIS.some((word) => endsWith(reading, at, word)))) return 'not';
  const after = reading.tokens[span.last]?.kind === 'han' ? span.last : -1;
  if (after > 0 && ['与', '和', '跟'].includes(before) && hanAt(reading, after, '不同')) return 'unlike';
  if (follows(NOT_YET) || HAN_NOT_YET.some((word) => endsWith(reading, at, word))) return 'later';
  if (after > 0 && endsWith(reading, at, '为') && HAN_SAKE.some((word) => hanAt(reading, after, word))) return 'later';
  return after > 0 && ['之前', '前'].some((word) => hanAt(reading, after, word)) ? 'later' : null;
}

/** A thing that the deed is not told of either: what another is measured by. */
export function isOblique(reading: IndexedReading, span: Span, sentence: Sentence): boolean {
  const at = nameStart(reading, span.first, sentence.first);
  const before = textAt(reading, at - 1);
  if (OBLIQUE_BEFORE.has(before)) return true;
  if (before === 'to' && OBLIQUE_NOUNS.has(textAt(reading, at - 2))) return true;
  if (OBLIQUE_AFTER.has(textAt(reading, span.last))) return true;
  if (textAt(reading, span.last) === "'s" && OBLIQUE_AFTER.has(textAt(reading, span.last + 1))) return true;
  return HAN_OBLIQUE.some((word) => endsWith(reading, at, word));
}
