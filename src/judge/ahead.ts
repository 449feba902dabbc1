/**
 * What is still ahead: planned, permitted, awaited or only possible; and from that, what the page says became of the event.
 */
import type { EvidenceEvent } from '../core/claim.ts';
import type { NewsTime } from '../core/time.ts';
import { DAY } from '../core/time.ts';
import { clauseOf, closedOff } from './clauses.ts';
import { CANCELLED, FUTURE, IN_FORCE, LAST_STEPS, MODAL, PERMISSION, PLAN } from './cues.ts';
import type { CompiledClaim, Finding } from './frame.ts';
import type { IndexedReading, PhraseSet, Span } from './phrase.ts';
import { anyOf, compilePhrases, find, rangeOf } from './phrase.ts';
import type { Sentence } from './text.ts';
import { textAt } from './tokens.ts';
import { timesIn } from './when.ts';

/** What is said not to come: told of the future, not of what is. */
export const NOT_AHEAD = compilePhrases([
  'unlikely to',
  "(not|n't) (expected|likely|due|scheduled|going) to",
  '(预计|料)*(不会|难以)',
]);

/** "May still change or be shelved". */
const POSSIBLE_REACH = 6;
const NEW_CLAUSE = new Set(['that', 'and', 'which', 'but', '而', '但']);
/** A word of mere possibility right before the last word of the match: "said it may withdraw". */
export function isPossible(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  for (let n = finding.span.last - 2; n >= Math.max(sentence.first, finding.span.first - POSSIBLE_REACH); n -= 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark' || NEW_CLAUSE.has(token.text)) return false;
    if (POSSIBLE.has(token.text) && textAt(reading, n + 1) !== 'not' && !finding.says.has(token.stem)) return true;
  }
  return false;
}

/** A guess right before the deed ("could soon mass-produce"), or between it and its doer. */
export const isGuess = ({ span }: Finding, reading: IndexedReading): boolean =>
  reading.tokens.slice(Math.max(0, span.first - 3), span.last).some((token) => GUESSES.has(token.text));
const GUESSES = new Set(['may', 'might', 'could']);
const POSSIBLE = new Set(['may', 'might', 'could', 'can', '可', '能', '或']);

/**
 * "He expects orders to come once the paperwork is done, but nothing has shipped yet": the speaker announces it; that it is still to come
 * is no denial. "It has a licence, but none has shipped" is one.
 */
export function onlyAwaited(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  const yet = find(NOT_YET_CUES, reading, {
    first: Math.max(sentence.first, finding.span.first - 8),
    last: sentence.last,
  })[0];
  return yet !== undefined && anyOf(AWAITED, reading, { first: sentence.first, last: yet.first });
}

/** A date farther from the deed dates something else. */
const AHEAD_REACH = 6;

const NOT_YET_CUES = compilePhrases(['yet', 'so far', '尚未', '还没', '仍未', '还未']);
const AWAITED = compilePhrases([
  '(expect|anticipate|confident|look forward|hope)',
  '(预期|预计|期待|有信心|就会|即将)',
]);
/** Not out yet, whatever it will do once it is. */
const DRAFT = compilePhrases([
  '(draft|propose|proposal|consider|weigh|mull|plan|finalise|prepare|polish)',
  ...LAST_STEPS,
  '(expected|ready) to',
  '(nearing|days from|weeks from)',
  '草案',
  '拟',
  '考虑',
]);

/** "Mass production starting next month": a time after the page's own, in the match's clause, puts it ahead. */
export function isAhead(finding: Finding, reading: IndexedReading, sentence: Sentence, published: NewsTime): boolean {
  return timesIn(reading, clauseOf(reading, sentence, finding.span), published).some(
    (time) =>
      time.from > published + DAY &&
      time.first >= finding.span.first - 4 &&
      time.first <= finding.span.last + AHEAD_REACH &&
      !closedOff(reading, finding.span.last, time.first),
  );
}

/** A plan, approval or condition governs the match: in its clause before it, or wrapped in its gap. */
export function isPlanned(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  const clause = clauseOf(reading, sentence, finding.span);
  const before: Span = { first: Math.max(clause.first, finding.span.first - 12), last: finding.span.last };
  let own = finding.span.first;
  while (own > before.first && !['并', '且', 'and'].includes(reading.tokens[own - 1]?.text ?? '')) own -= 1;
  // "They want the same hardware and have ordered it": the second verb is in no plan.
  if (own > before.first && DONE_AUXILIARIES.has(reading.tokens[own]?.text ?? ''))
    return isPlanned({ ...finding, span: { first: own + 1, last: Math.max(own + 2, finding.span.last) } }, reading, {
      ...sentence,
      first: own,
    });
  return (
    find(PERMISSION, reading, { first: own, last: finding.span.last }).some(
      (span) => !isItsAct(finding, reading, span) && !isAttribute(reading, span),
    ) ||
    (tellsAhead(PLAN, reading, before) &&
      !(anyOf(IN_FORCE, reading, rangeOf(sentence)) && !anyOf(DRAFT, reading, rangeOf(sentence)))) ||
    anyOf(MODAL, reading, { first: finding.span.last, last: Math.min(clause.last, finding.span.last + 3) })
  );
}

const DONE_AUXILIARIES = new Set(['have', 'has', 'had', 'already', '已', '已经']);

/** "Licensed H200 chips", "approved customers": a quality of what is spoken of, not the step. */
function isAttribute(reading: IndexedReading, span: Span): boolean {
  const token = reading.tokens[span.first];
  const next = reading.tokens[span.last];
  return (
    token !== undefined &&
    next !== undefined &&
    token.text.endsWith('ed') &&
    next.kind === 'word' &&
    (/[0-9]/.test(next.text) ||
      /^(?:customers?|buyers?|chips?|units?|cards?|accelerators?|processors?|nvidia)$/.test(next.text)) &&
    reading.tokens[span.first - 1]?.text !== 'has' &&
    reading.tokens[span.first - 1]?.text !== 'have'
  );
}

/** "The House approves the bill", where approving is what the claim is about; "to approve" is still ahead, a vote to approve is not. */
function isItsAct(finding: Finding, reading: IndexedReading, span: Span): boolean {
  const token = reading.tokens[span.first];
  if (token === undefined || span.first < finding.span.first) return false;
  // 批准 is two characters, "approve" one word.
  const words = reading.tokens.slice(span.first, span.last);
  if (words.length !== 1 && token.kind !== 'han') return false;
  if (!words.every((word) => finding.says.has(word.stem))) return false;
  return (
    reading.tokens[span.first - 1]?.text !== 'to' || reading.tokens[span.first - 2]?.text.startsWith('vote') === true
  );
}

/**
 * One of these cues. 将 is none before a thing that is put, changed or listed (将许可审查调整为逐案审查), nor after 已; before
 * another preposition it always is (将把, 将于).
 */
function tellsAhead(cues: PhraseSet, reading: IndexedReading, range: Span): boolean {
  return find(cues, reading, range).some((span) => {
    if (textAt(reading, span.first) !== '将' || HAN_PREPOSITIONS.has(textAt(reading, span.last))) return true;
    const moved = anyOf(MOVED, reading, { first: span.last, last: range.last });
    return !moved && textAt(reading, span.first - 1) !== '已';
  });
}
const HAN_PREPOSITIONS = new Set('把对于在被由从');
const isFuture = (reading: IndexedReading, range: Span): boolean => tellsAhead(FUTURE, reading, range);
const MOVED = compilePhrases(['(调整|修改|改|转|变|列|定|纳|放|移|提|降|并|分|卖|售|交)(为|成|到|采|入|出|给|至)']);

/** What the match says became of the event. */
export function eventOf(
  claim: CompiledClaim,
  finding: Finding,
  reading: IndexedReading,
  sentence: Sentence,
  negative: boolean,
): EvidenceEvent {
  const clause = clauseOf(reading, sentence, finding.span);
  const range: Span = { first: clause.first, last: finding.span.last };
  if (claim.claim.kind === 'forecast') {
    if (finding.kind === 'inverse' || anyOf(CANCELLED, reading, range)) return 'cancelled';
    if (negative) return 'none';
    return isFuture(reading, range) ? 'planned' : 'happened';
  }
  if (negative || finding.kind === 'inverse') return 'none';
  return isFuture(reading, range) && !anyOf(FROM_NOW, reading, rangeOf(sentence)) ? 'planned' : 'happened';
}
/** "Will now review": what an authority does from the day it says so. */
const FROM_NOW = compilePhrases([
  '(=will|=would) =now (be|) (review|assess|consider|evaluate|examine|judge|require|apply|weigh|handle)',
]);
