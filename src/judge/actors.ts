/**
 * Who did it: a public body or a company doing on record what only it can do.
 */
import { ACT_FORMS, ACTS, COMPANY_ACTS, HAN_ACTS, HAN_COMPANY_ACTS } from './lexicon.ts';
import type { Mention } from './names.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { hanAt, textAt } from './tokens.ts';
import { isBehindStranger, isStrangerBehind } from './voices.ts';

/**
 * A public body or a company doing on record what only it can do: "BIS opened a case-by-case path", "cleared the House committee",
 * "DeepSeek released". Public bodies are looked for on both sides of the act, companies only as its subject.
 */
export function actorOf(reading: IndexedReading, range: Span, mentions: readonly Mention[]): Mention | null {
  for (const mention of mentions) {
    if (mention.role !== 'party' || mention.first < range.first || mention.last > range.last) continue;
    // "A Huawei lookalike site announced", 冒充 DeepSeek 的账号宣布: somebody else did.
    if (!mention.isPublic && isBehindStranger(reading, mention, range.first)) continue;
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
    // "BIS may scrap", "Commerce plans to publish": not yet its act.
    if (AHEAD.has(token.text)) return false;
    if (!mention.isPublic && isStrangerBehind(reading, mention, n)) return false;
    if (token.text === "n't" || token.text === 'not' || token.text === "'s") return false;
    if (token.kind === 'han') {
      const act = (mention.isPublic ? HAN_ACTS : HAN_COMPANY_ACTS).find((one) => hanAt(reading, n, one));
      // 发布前, 发布会: when, or what for.
      if (act !== undefined && (mention.isPublic || !HAN_NOUN_TAILS.has(textAt(reading, n + act.length)))) return true;
    } else if (mention.isPublic ? ACTS.has(token.stem) : COMPANY_ACTS.has(token.stem) && !isNounOfDeed(reading, n))
      return true;
    else if (mention.isPublic && ACT_FORMS.has(token.text)) return true;
    else if (!mention.isPublic && TAKES.has(token.stem) && toMarket(reading, n, range)) return true;
    // "Customs officials barred it": people of a body, and whoever tells of them.
    if (mention.isPublic && PEOPLE.has(token.text)) return false;
  }
  return false;
}

const HAN_NOUN_TAILS = new Set('前后时会当之以');
/** "Before launch", "a press release", "the V4 launch": no act of whoever stands before it. */
const isNounOfDeed = (reading: IndexedReading, n: number): boolean =>
  ['launch', 'release', 'debut', 'post'].includes(textAt(reading, n)) &&
  ['before', 'after', 'since', 'press', 'news', 'media', 'the', 'a', 'its', 'at', 'of', 'blog'].includes(
    textAt(reading, n - 1),
  );

const PEOPLE = new Set(['officials', 'officers', 'agents', 'inspectors', 'staff', 'employees', '官员', '人员']);

/** "Put the card on the market", "starts sales": the verb alone says little. */
const TAKES = new Set(['put', 'bring', 'take', 'start', 'begin', 'open']);
const MARKET_REACH = 12;
function toMarket(reading: IndexedReading, at: number, range: Span): boolean {
  // "Put in orders" are another's to fill.
  if (reading.tokens[at + 1]?.text === 'in') return false;
  const behind = reading.tokens.slice(at + 1, Math.min(range.last, at + MARKET_REACH));
  if (behind.some(({ text }) => ['samples', 'sample', 'prototypes', 'engineering'].includes(text))) return false;
  for (let n = at + 1; n < Math.min(range.last, at + MARKET_REACH); n += 1)
    if (['market', 'sale', 'sales', 'orders', 'shipments', 'deliveries'].includes(reading.tokens[n]?.text ?? ''))
      return true;
  return false;
}

const AHEAD = new Set('may might could mulls mull weighs weigh considers considering mulling weighing'.split(' '));

function actsBefore(reading: IndexedReading, range: Span, mention: Mention): boolean {
  for (let n = mention.first - 1; n >= Math.max(range.first, mention.first - ACT_REACH); n -= 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark') return false;
    if (ACTS.has(token.stem)) return true;
  }
  return false;
}
