/**
 * Stance: what the words around a match make of it, and what they say became of the event.
 *
 * "V4 runs on Ascend" supports; "V4 does not run on Ascend" and "Huawei denied that V4 runs on Ascend" refute; "whether V4 runs on
 * Ascend is unclear" discusses. When nothing decides, the answer is discusses: an unsure judge never says supports.
 */
import type { EvidenceEvent } from '../core/claim.ts';
import type { Stance } from '../core/evidence.ts';
import type { NewsTime } from '../core/time.ts';
import { DAY } from '../core/time.ts';
import { NOT_AHEAD, isPossible, isGuess, onlyAwaited, isAhead, isPlanned, eventOf } from './ahead.ts';
import { answerOf } from './answers.ts';
import { clauseOf, closedOff, statementClause } from './clauses.ts';
import { DELAYED, DELIBERATION, DOUBT, DECLINED, DOUBT_AFTER, REQUEST, UNSERIOUS } from './cues.ts';
import type { CompiledClaim, Finding } from './frame.ts';
import { looksAhead, mainPart, namesIt } from './main-part.ts';
import {
  isNegated,
  saysNoNearby,
  isSetAgainst,
  isContradictedNext,
  isUndone,
  deniesANo,
  isDenied,
  isOnlyDenial,
  denialOf,
  noOf,
  LOOSE_NEGATION_REACH,
} from './negation.ts';
import { isPast } from './past.ts';
import { leavesLittle, putOffVerdict } from './put-off-verdict.ts';
import { deniesLess } from './scope.ts';
import type { IndexedReading, PhraseSet, Span } from './phrase.ts';
import { anyOf, compilePhrases, find, rangeOf } from './phrase.ts';
import type { Sentence } from './text.ts';
import type { When } from './when.ts';
import { timesIn } from './when.ts';

export interface Verdict {
  readonly stance: Stance;
  readonly event: EvidenceEvent;
  /** A party denies it: its word, not the page's. */
  readonly denied: boolean;
  /** Says that a date has passed without it: checked by the page itself unless credited. */
  readonly notYet: boolean;
  /** True: something narrower than the claim is denied (scope.ts); false: no denial's scope is to be asked for. */
  readonly less?: boolean;
}

/** "Not released" refutes a passed date for this long; afterwards the page speaks of other dates. */
const STALE_AFTER = 21 * DAY;

/** A longer time (a quarter, a year) does not date the news: "its second release this year". */
const DATING = 45 * DAY;

/** Null: the match says nothing on this claim after all (another date, another year). */
export function verdictOf(
  claim: CompiledClaim,
  finding: Finding,
  reading: IndexedReading,
  published: NewsTime,
): Verdict | null {
  const sentence = reading.sentences[finding.sentence];
  if (sentence === undefined) return null;
  const window = claim.claim.frame.window;
  const verdict =
    window === undefined
      ? plainVerdict(claim, finding, reading, sentence, published)
      : datedVerdict(claim, finding, reading, sentence, published);
  if (verdict === null || verdict.less === false || (verdict.stance !== 'refutes' && !verdict.denied)) return verdict;
  const cue = verdict.denied ? denialOf(finding, reading, sentence) : noOf(finding, reading, sentence);
  if (cue === null || !deniesLess(claim, finding, reading, sentence, cue)) return verdict;
  return { stance: 'discusses', event: 'none', denied: false, notYet: false, less: true };
}

function plainVerdict(
  claim: CompiledClaim,
  finding: Finding,
  reading: IndexedReading,
  sentence: Sentence,
  published: NewsTime,
): Verdict {
  const open = (event: EvidenceEvent = 'none'): Verdict => ({
    stance: 'discusses',
    event,
    denied: false,
    notYet: false,
  });
  if (finding.kind === 'partial' || finding.kind === 'bound' || isOnlyDenial(finding, reading)) return open();
  const answer = claim.claim.kind === 'forecast' ? null : answerOf(finding, reading, sentence);
  if (answer !== null)
    return answer === 'yes'
      ? { stance: finding.enough ? 'supports' : 'discusses', event: 'happened', denied: false, notYet: false }
      : { stance: 'refutes', event: 'none', denied: true, notYet: false, less: false };
  const doubtful =
    isDoubtful(finding, reading, sentence) ||
    isSetAgainst(finding, reading, sentence) ||
    isContradictedNext(finding, reading);
  const denied = isDenied(finding, reading, sentence);
  const opposite = finding.kind === 'inverse' || finding.kind === 'outside';
  // Who denies the opposite of a claim has not said the claim: neither "it draws pictures" nor "trained at home" is the only other way.
  if (denied && (opposite || deniesANo(finding, reading, sentence))) return open();
  if (denied) return { stance: 'refutes', event: 'none', denied: true, notYet: false };
  if (doubtful || anyOf(UNSERIOUS, reading, rangeOf(sentence))) return open();
  if (isWeighed(REQUEST, finding, reading, sentence)) return open('planned');
  const undone = isUndone(finding, reading, sentence);
  const negative = isNegated(finding, reading, sentence) !== undone;
  if (!negative && claim.claim.kind !== 'forecast' && isWeighed(DELIBERATION, finding, reading, sentence))
    return open('planned');
  // A word of the deed far from its negation: what is negated may be anything.
  if (negative && !undone && finding.loose === true && !isNegated(finding, reading, sentence, LOOSE_NEGATION_REACH))
    return open();
  // Nor does such a word assert anything beside somebody's denial or a "no".
  if (!negative && finding.loose === true && saysNoNearby(finding, reading, sentence)) return open();
  // "The text may yet be abandoned": that a thing may be undone undoes nothing.
  if (finding.kind === 'inverse' && !negative && isPossible(finding, reading, sentence)) return open();
  // Nor does "could mass-produce it by 2027" say that it will.
  if (finding.kind === 'predicate' && claim.claim.kind === 'forecast' && !negative && isGuess(finding, reading))
    return open();
  // A no to the opposite leaves it as open as somebody's denial of it; where the claim is a no itself ("gave no access"), it is the claim.
  if (opposite && negative && !SAYS_NO.test(claim.claim.statement)) return open();
  const event = eventOf(claim, finding, reading, sentence, negative);
  if (
    claim.claim.frame.tense === 'done' &&
    !negative &&
    !opposite &&
    (isPlanned(finding, reading, sentence) || isAhead(finding, reading, sentence, published))
  )
    return open('planned');
  // "Unlikely to leave the factory before summer": told of what is to come, not of what is.
  if (
    claim.claim.frame.tense === 'done' &&
    negative &&
    anyOf(NOT_AHEAD, reading, clauseOf(reading, sentence, finding.span))
  )
    return open('planned');
  // "Four months after an earlier text was pulled": what went before the news.
  if (finding.kind === 'inverse' && !negative && goesBefore(finding, reading, sentence)) return open();
  if (negative !== opposite && onlyAwaited(finding, reading, sentence)) return open('planned');
  if (negative === opposite && !finding.enough && !negative) return open(event);
  return { stance: negative === opposite ? 'supports' : 'refutes', event, denied: false, notYet: negative };
}

const SAYS_NO = /\b(?:no|not|never|without)\b/i;

/** Dated claims: "released", "due next week", "not out as of today" against the claim's window. */
function datedVerdict(
  claim: CompiledClaim,
  finding: Finding,
  reading: IndexedReading,
  sentence: Sentence,
  published: NewsTime,
): Verdict | null {
  const window = claim.claim.frame.window;
  if (window === undefined) return null;
  if (finding.putOff !== undefined) return putOffVerdict(finding.putOff, window, finding, reading, sentence, published);
  if (isContradictedNext(finding, reading)) {
    const own = timesIn(reading, rangeOf(sentence), published);
    const said = own.length > 0 ? own : headlineTimes(reading, finding.sentence, published);
    return said.some((time) => overlaps(time, window))
      ? { stance: 'refutes', event: 'none', denied: false, notYet: true }
      : null;
  }
  const discusses: Verdict = { stance: 'discusses', event: 'none', denied: false, notYet: false };
  const statement = statementOf(reading, sentence, finding.span);
  const range = mainPart(reading, statement, finding.span);
  // "After V4 was announced, DeepSeek released a teaser": what is meant by the deed behind the lead-in must be named there, too.
  if (finding.kind === 'predicate' && range.first > statement.first && !namesIt(claim, reading, range)) return null;
  // "first reported on 25 February" dates the report, not the event.
  const own = timesIn(reading, range, published).filter((time) => !datesAReport(reading, time));
  const times = own.length > 0 ? own : headlineTimes(reading, finding.sentence, published);
  const during = times.filter((time) => overlaps(time, window));
  if (finding.kind === 'partial')
    return during.length > 0 || (published >= window.from && published < window.to) ? discusses : null;
  const named = times.filter((time) => overlaps(time, window) || (time.from <= window.from && time.to >= window.to));
  const turned = isNegated(finding, reading, sentence) !== isUndone(finding, reading, sentence);
  const negative = turned !== (finding.kind === 'inverse');
  const late = find(DELAYED, reading, range).some(
    (span) =>
      !['long', 'much', 'oft', 'of', 'after', 'despite', 'repeated', 'following'].includes(
        reading.tokens[span.first - 1]?.text ?? '',
      ),
  );
  if (isDenied(finding, reading, sentence))
    return during.length === 0
      ? null
      : during.some((time) => leavesLittle(reading, time, window, published))
        ? { stance: 'refutes', event: 'none', denied: true, notYet: true }
        : discusses;
  if (negative || late) {
    // A window named as missed, or just over without it.
    if (published >= window.to && named.length > 0)
      return { stance: 'refutes', event: 'none', denied: false, notYet: true };
    // Said beforehand of the very date: "V4 will not be ready for the holiday"; or that it went by: "the holiday passed, no V4".
    const ahead =
      negative &&
      during.some((time) => time.to - time.from <= DATING && leavesLittle(reading, time, window, published)) &&
      anyOf(WILL_NOT, reading, range);
    const over = during.some((time) => time.from < published) && anyOf(WENT_BY, reading, range);
    if (ahead || over) return { stance: 'refutes', event: 'none', denied: false, notYet: over };
    // An empty place speaks only of a date that is named with it, if only as "the date it gave".
    const passed =
      published >= window.to &&
      published - window.to < STALE_AFTER &&
      (finding.absent !== true || anyOf(OWN_DATE, reading, range));
    if (
      passed &&
      (negative || late) &&
      !times.some((time) => time.from >= window.to && time.from <= published) &&
      !missesAnother(reading, window, published)
    )
      return { stance: 'refutes', event: 'none', denied: false, notYet: true };
    if (late && during.length > 0) {
      // "pushed back from February to March": the date after "to" is the plan now, the other one is off.
      const now = during.some((time) => UNTIL.has(reading.tokens[time.first - 1]?.text ?? ''));
      return {
        stance: now ? 'supports' : 'refutes',
        event: now ? 'planned' : 'none',
        denied: false,
        notYet: !now,
      };
    }
    return during.length > 0 && published >= window.from && published < window.to ? discusses : null;
  }
  if (isDoubtful(finding, reading, sentence) || isSetAgainst(finding, reading, sentence))
    return during.length > 0 ? discusses : null;
  if (during.length > 0) {
    // "Happened" may confirm a forecast: a deed in the past, on a day that has come, and no word of the future beside it.
    const clause = clauseOf(reading, sentence, finding.span);
    const happened =
      during.some((time) => time.from <= published && time.to <= published + 2 * DAY) &&
      isPast(claim, finding, reading, clause) &&
      !looksAhead(reading, clause);
    // "The FT said it would come before the Two Sessions", written when they are over: what was planned then, nobody asserts now.
    if (!happened && during.every((time) => time.to <= published)) return discusses;
    return { stance: 'supports', event: happened ? 'happened' : 'planned', denied: false, notYet: false };
  }
  // Undated news of the day: it has just happened, if the page itself falls into the window and speaks of no other time.
  const today =
    times.every((time) => time.to - time.from > DATING && time.from <= published && published < time.to) &&
    finding.named > 0 &&
    published >= window.from &&
    published < window.to &&
    !announcesAhead(reading, published, sentence, range);
  const said: Span = {
    first: Math.max(clauseOf(reading, sentence, finding.span).first, finding.span.first - PAST_REACH),
    last: Math.min(finding.span.last + 2, sentence.last),
  };
  if (today && isPast(claim, finding, reading, said) && !looksAhead(reading, range))
    return { stance: 'supports', event: 'happened', denied: false, notYet: false };
  return null;
}

/** The page names a date that went by after the claim's, and nowhere the claim's own: it is that one which was missed. */
function missesAnother(
  reading: IndexedReading,
  window: { readonly from: NewsTime; readonly to: NewsTime },
  published: NewsTime,
): boolean {
  const times = reading.sentences.flatMap((sentence) => timesIn(reading, rangeOf(sentence), published));
  return (
    !times.some((time) => overlaps(time, window)) &&
    times.some((time) => time.from >= window.to && time.from <= published && time.to - time.from > DAY)
  );
}

/** The headline or the first sentence dates the news after the page: what follows undated has not happened today. */
function announcesAhead(reading: IndexedReading, published: NewsTime, own: Sentence, part: Span): boolean {
  const lead = reading.sentences.findIndex((sentence) => sentence.part !== 'title');
  return reading.sentences
    .slice(0, lead + 1)
    .some((sentence) =>
      timesIn(reading, sentence === own ? part : rangeOf(sentence), published).some((time) => time.from > published),
    );
}

/** A text that begins without a date goes on from its headline's: "Next week could be V4 week". */
function headlineTimes(reading: IndexedReading, sentence: number, published: NewsTime): When[] {
  const [title] = reading.sentences;
  if (title === undefined || title.part !== 'title' || reading.sentences[sentence - 1]?.part !== 'title') return [];
  return timesIn(reading, rangeOf(title), published);
}

const OWN_DATE = compilePhrases([
  '(the|its|own) (date|deadline|window|slot) (it|they|deepseek|the company|) (gave|set|named|promised)',
]);
const WILL_NOT = compilePhrases([
  "(will|would|could|can|may|is|are) (not|n't|no longer|never)",
  '(unlikely|not expected|no longer expected|not going|ruled out|rules out)',
  "(do|does|should) (not|n't) (count|bank|bet|plan|wait|hold|expect)",
  '(不会|无法|不能|难以|不可能)',
]);
const WENT_BY = compilePhrases([
  '(pass|passes|passed|gone by|went by|over|came and went|come and gone|behind us|lapsed|elapsed)',
  '(过了|已过|过去|结束|落幕|过半|守了个空|空等)',
]);

const UNTIL = new Set(['to', 'until', 'till', 'into', '至', '到', '为']);

const REPORTING = new Set(['reported', 'said', 'told', 'wrote', 'published', 'says', 'reports', '报道', '称']);

function datesAReport(reading: IndexedReading, time: Span): boolean {
  for (let n = time.first - 1; n >= Math.max(0, time.first - 4); n -= 1) {
    const token = reading.tokens[n];
    if (token === undefined || (token.kind === 'mark' && token.text !== "'s")) return false;
    if (REPORTING.has(token.text))
      return !reading.tokens
        .slice(n + 1, time.first)
        .some((between) => ['that', 'it', 'will', 'to'].includes(between.text));
  }
  return false;
}

/** Words between "has" and what it did. */
const PAST_REACH = 6;

/** The part of the sentence that makes one statement: "March did not happen; the best estimate is April" makes two. */
function statementOf(reading: IndexedReading, sentence: Sentence, span: Span): Span {
  const parts = new Set([';', 'but', '但', '；']);
  let first = span.first;
  while (first > sentence.first && !parts.has(reading.tokens[first - 1]?.text ?? '')) first -= 1;
  let last = span.last;
  while (last < sentence.last && !parts.has(reading.tokens[last]?.text ?? '')) last += 1;
  return { first, last };
}

/** A time speaks for the window when most of it lies inside. */
function overlaps(time: When, window: { readonly from: NewsTime; readonly to: NewsTime }): boolean {
  const common = Math.min(time.to, window.to) - Math.max(time.from, window.from);
  return common > 0 && common >= (time.to - time.from) * 0.5;
}

/** Whether, if, unclear, "did not say": before the match in its sentence, with no comma that closes them off. */
function isDoubtful(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  if (sentence.question) return true;
  // "How V4 performs on Ascend" as a subject: nobody says that it does.
  if (INDIRECT.has(reading.tokens[sentence.first]?.text ?? '')) return true;
  // "Alibaba declined to say whether it had ordered them, after a report that ...": all of it is left open.
  if (anyOf(DECLINED, reading, { first: sentence.first, last: finding.span.first })) return true;
  const clause = clauseOf(reading, sentence, finding.span);
  const scope: Span = {
    first: Math.max(clause.first, finding.span.first - 16),
    last: Math.min(finding.span.last, clause.last),
  };
  if (anyOf(DOUBT_AFTER, reading, { first: finding.span.first, last: sentence.last })) return true;
  const ranges = find(DOUBT, reading, scope).filter(
    // "Tenants had asked for clarity after BIS spelled out that ...": what follows "after" is told as a fact.
    (span) => span.last > finding.span.first || !turnsToFact(reading, span.last, finding.span.first),
  );
  // A "not" that the phrase itself holds was read with it; "whether" inside it still leaves it open.
  return ranges.some(
    (span) =>
      !(
        finding.selfNegated &&
        span.first >= finding.span.first &&
        !OPENING.has(reading.tokens[span.first]?.text ?? '') &&
        reading.tokens[span.first]?.text !== '无' &&
        !OPENING.has(reading.tokens[span.last - 1]?.text ?? '')
      ),
  );
}

const INDIRECT = new Set(['how', 'why', 'which', 'whether']);

/** Words that begin what the writer takes for granted. */
const FACTUAL = new Set(['after', 'since', 'because', 'following', 'given', 'now', 'confirming', '因为', '由于']);
const turnsToFact = (reading: IndexedReading, from: number, to: number): boolean => {
  for (let n = from; n < to; n += 1) if (FACTUAL.has(reading.tokens[n]?.text ?? '')) return true;
  return false;
};

const OPENING = new Set(['whether', 'if', 'unclear', 'unknown', 'uncertain', '是', '能', '会', '若', '如']);

/** In a clause that opens with "after" or "since" close before the match. */
function goesBefore(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  for (let n = finding.span.first - 1; n >= Math.max(sentence.first, finding.span.first - 7); n -= 1) {
    const text = reading.tokens[n]?.text ?? '';
    if (text === ',' || text === ';' || text === 'that') return false;
    if ((text === 'after' || text === 'since') && n > sentence.first) return true;
  }
  return false;
}

const HAN_CUE = 2;
/** Deliberation, a request or a purpose before the match in its clause. */
function isWeighed(cues: PhraseSet, finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  const clause = statementClause(reading, sentence, finding.span);
  // 部分训练考虑交给昇腾: in Chinese it may stand right behind what is weighed.
  const { last } = finding.span;
  const behind = reading.tokens[last]?.kind === 'han' ? HAN_CUE : 0;
  const before: Span = { first: Math.max(clause.first, finding.span.first - 14), last: last + behind };
  return find(cues, reading, before).some(
    (span) =>
      !finding.says.has(reading.tokens[span.first]?.stem ?? '') &&
      // "V4 weighs in at 1.6 trillion parameters".
      !(reading.tokens[span.first]?.stem === 'weigh' && reading.tokens[span.last]?.text === 'in') &&
      !turnsToFact(reading, span.last, finding.span.first) &&
      !closedOff(reading, span.last, finding.span.first),
  );
}
