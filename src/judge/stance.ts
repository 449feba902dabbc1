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
import {
  CANCELLED,
  COUNTER,
  DELAYED,
  DELIBERATION,
  DENIAL,
  DOUBT,
  DECLINED,
  DOUBT_AFTER,
  FUTURE,
  IN_FORCE,
  MODAL,
  NEGATION,
  NOT_DENIAL,
  NOT_NEGATION,
  PERMISSION,
  PLAN,
  REQUEST,
  UNDONE,
  UNSERIOUS,
} from './cues.ts';
import type { CompiledClaim, Finding } from './frame.ts';
import { clauseOf } from './frame.ts';
import { deniesTalk } from './denial.ts';
import { SPEECH } from './lexicon.ts';
import type { IndexedReading, PhraseSet, Span } from './phrase.ts';
import { anyOf, compilePhrases, find, rangeOf } from './phrase.ts';
import type { Sentence } from './text.ts';
import { textAt } from './tokens.ts';
import type { When } from './when.ts';
import { timesIn } from './when.ts';

export interface Verdict {
  readonly stance: Stance;
  readonly event: EvidenceEvent;
  /** A party denies it: its word, not the page's. */
  readonly denied: boolean;
  /** Says that a date has passed without it: checked by the page itself unless credited. */
  readonly notYet: boolean;
}

/** Negation reaches this many tokens; farther ones belong to another verb. */
const NEGATION_REACH = 9;
const HAN_NEGATION_REACH = 12;
const LOOSE_NEGATION_REACH = 4;
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
  return window === undefined
    ? plainVerdict(claim, finding, reading, sentence, published)
    : datedVerdict(claim, finding, reading, sentence, published);
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
  if (finding.kind === 'partial' || finding.kind === 'bound') return open();
  const doubtful =
    isDoubtful(finding, reading, sentence) ||
    isSetAgainst(finding, reading, sentence) ||
    isContradictedNext(finding, reading);
  const denied = isDenied(finding, reading, sentence);
  if (denied)
    return {
      stance: finding.kind === 'inverse' || finding.kind === 'outside' ? 'supports' : 'refutes',
      event: 'none',
      denied: true,
      notYet: false,
    };
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
  const opposite = finding.kind === 'inverse' || finding.kind === 'outside';
  // "The text may yet be abandoned": that a thing may be undone undoes nothing.
  if (finding.kind === 'inverse' && !negative && isPossible(finding, reading, sentence)) return open();
  // Nor does "could mass-produce it by 2027" say that it will.
  if (finding.kind === 'predicate' && claim.claim.kind === 'forecast' && !negative && isGuess(finding, reading))
    return open();
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
  if (isContradictedNext(finding, reading)) {
    const own = timesIn(reading, rangeOf(sentence), published);
    const said = own.length > 0 ? own : headlineTimes(reading, finding.sentence, published);
    return said.some((time) => overlaps(time, window))
      ? { stance: 'refutes', event: 'none', denied: false, notYet: true }
      : null;
  }
  const discusses: Verdict = { stance: 'discusses', event: 'none', denied: false, notYet: false };
  const range = statementOf(reading, sentence, finding.span);
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
    return during.length > 0 ? { stance: 'refutes', event: 'none', denied: true, notYet: true } : null;
  if (negative || late) {
    // A window named as missed, or just over without it.
    if (published >= window.to && named.length > 0)
      return { stance: 'refutes', event: 'none', denied: false, notYet: true };
    // Said beforehand of the very date: "V4 will not be ready for the holiday"; or that it went by: "the holiday passed, no V4".
    const ahead = negative && during.some((time) => time.to - time.from <= DATING) && anyOf(WILL_NOT, reading, range);
    const over = during.some((time) => time.from < published) && anyOf(WENT_BY, reading, range);
    if (ahead || over) return { stance: 'refutes', event: 'none', denied: false, notYet: over };
    const passed = published >= window.to && published - window.to < STALE_AFTER;
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
      isPast(reading, clause) &&
      !anyOf(FUTURE, reading, clause);
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
    !announcesAhead(reading, published);
  const said: Span = {
    first: Math.max(clauseOf(reading, sentence, finding.span).first, finding.span.first - PAST_REACH),
    last: Math.min(finding.span.last + 2, sentence.last),
  };
  if (today && isPast(reading, said) && !anyOf(FUTURE, reading, range))
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
function announcesAhead(reading: IndexedReading, published: NewsTime): boolean {
  const lead = reading.sentences.findIndex((sentence) => sentence.part !== 'title');
  return reading.sentences
    .slice(0, lead + 1)
    .some((sentence) => timesIn(reading, rangeOf(sentence), published).some((time) => time.from > published));
}

/** A text that begins without a date goes on from its headline's: "Next week could be V4 week". */
function headlineTimes(reading: IndexedReading, sentence: number, published: NewsTime): When[] {
  const [title] = reading.sentences;
  if (title === undefined || title.part !== 'title' || reading.sentences[sentence - 1]?.part !== 'title') return [];
  return timesIn(reading, rangeOf(title), published);
}

const WILL_NOT = compilePhrases([
  "(will|would|could|can|may|is|are) (not|n't|no longer|never)",
  '(unlikely|not expected|no longer expected|not going|ruled out|rules out)',
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

/** Verbs of a release that is done, as headlines and sentences write them. A bare noun ("the release") is none. */
const PAST = new Set(
  'here now online downloadable came went hit launched released unveiled debuted shipped rolled introduced published dropped arrived landed sourced uploaded premiered sale sold added placed blacklisted launches releases unveils debuts ships rolls introduces drops sources adds places blacklists available live out'.split(
    ' ',
  ),
);

/** Participles of what is still to come, or of talk. */
const NOT_YET = new Set(
  'expected planned scheduled slated delayed anticipated awaited rumoured rumored tipped projected estimated intended promised proposed postponed supposed targeted pencilled supposedly reported claimed finished polished pencilled penciled need indeed speed'.split(
    ' ',
  ),
);

function isPast(reading: IndexedReading, span: Span): boolean {
  for (let n = span.first; n < span.last; n += 1) {
    const token = reading.tokens[n];
    if (token === undefined) return false;
    if (token.kind === 'han' || PAST.has(token.text)) return true;
    if (token.text === 'has' || token.text === 'have') {
      if (!['to', 'yet', 'not', "n't", 'no', 'plans', 'a'].includes(reading.tokens[n + 1]?.text ?? '')) return true;
    }
    if (token.kind === 'word' && token.text.length > 4 && token.text.endsWith('ed') && !NOT_YET.has(token.text))
      return true;
  }
  return false;
}

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

/** Negations before the match in its clause, or inside its gaps, that are not part of the phrase itself. Two cancel out. */
function isNegated(finding: Finding, reading: IndexedReading, sentence: Sentence, reach = NEGATION_REACH): boolean {
  // A match may begin in one clause and assert in the next ("V4, which needs no Nvidia parts, runs on Ascend"): the last one counts.
  const clause = statementClause(reading, sentence, finding.span);
  const han = reading.tokens[finding.span.last - 1]?.kind === 'han';
  const near = Math.max(clause.first, finding.span.first - (han ? HAN_NEGATION_REACH : reach));
  // "From a presumption of denial to review case by case", 由推定拒绝改为逐案审查: what it was is not what it is.
  const changed = find(BECOMES, reading, { first: near, last: finding.span.first }).at(-1)?.last ?? near;
  // "None of the three has so far, as many expected, signed an order": a subject of nobody reaches its verb however far it stands.
  const from =
    changed === near && !finding.selfNegated && NOBODY.has(reading.tokens[clause.first]?.text ?? '')
      ? clause.first
      : changed;
  const to = finding.selfNegated ? finding.span.first : Math.min(clause.last, finding.span.last + 2);
  if (to <= from) return false;
  // "Neither Nvidia nor AMD was handed a build": one negation in two words.
  if (finding.selfNegated && reading.tokens[finding.span.first]?.text === 'nor') return false;
  const range: Span = { first: from, last: to };
  const around: Span = { first: clause.first, last: Math.min(clause.last + 6, sentence.last) };
  const neutral = find(NOT_NEGATION, reading, around);
  const spans = find(NEGATION, reading, range)
    // "One by one rather than refuse them": a contrast negates what comes after it.
    .filter((span) => span.first < finding.span.last || !CONTRASTS.has(reading.tokens[span.first]?.text ?? ''))
    // "fails in the House" of a phrase that says "fail": read with it, not against it.
    .filter(
      (span) =>
        !(
          span.first >= finding.span.first &&
          span.last <= finding.span.last &&
          finding.says.has(reading.tokens[span.first]?.stem ?? '')
        ),
    )
    .filter((span) => !neutral.some((skip) => span.first < skip.last && skip.first < span.last))
    .sort((a, b) => a.first - b.first);
  // "尚未" holds 未 and "并没有" holds 没: neighbours are one negation.
  let count = 0;
  let end = -1;
  for (const span of spans) {
    if (span.first > end) count += 1;
    end = Math.max(end, span.last);
  }
  return count % 2 === 1;
}

const NOBODY = new Set(['none', 'neither', 'nobody', 'nothing', 'no']);
const BECOMES = compilePhrases([
  '(调整|修改|转变|变更|更改|改|变|转)(为|成|到|采|用|行|以)',
  '(change|changed|moved|switched|shifted|turned) (to|into)',
]);

const CONTRASTS = new Set(['rather', 'instead', 'unlike', 'as', 'far', 'without', '而']);

/** The clause of the match's end, with a short aside before it skipped: "no chips, the official said, have shipped". */
function statementClause(reading: IndexedReading, sentence: Sentence, span: Span): Span {
  const clause = clauseOf(reading, sentence, { first: span.last - 1, last: span.last });
  let first = clause.first;
  for (let n = 0; n < 2 && first > sentence.first + 1; n += 1) {
    const before = clauseOf(reading, sentence, { first: first - 2, last: first - 1 });
    const aside = before.last - before.first <= ASIDE_TOKENS && saysSomething(reading, before);
    if (!aside || before.first <= sentence.first) break;
    first = clauseOf(reading, sentence, { first: before.first - 2, last: before.first - 1 }).first;
  }
  return { first, last: clause.last };
}

const ASIDE_TOKENS = 7;

function saysSomething(reading: IndexedReading, range: Span): boolean {
  for (let n = range.first; n < range.last; n += 1) if (SPEECH.has(reading.tokens[n]?.stem ?? '')) return true;
  return false;
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
const FACTUAL = new Set(['after', 'since', 'because', 'following', 'given', 'now', '因为', '由于']);
const turnsToFact = (reading: IndexedReading, from: number, to: number): boolean => {
  for (let n = from; n < to; n += 1) if (FACTUAL.has(reading.tokens[n]?.text ?? '')) return true;
  return false;
};

const OPENING = new Set(['whether', 'if', 'unclear', 'unknown', 'uncertain', '是', '能', '会', '若', '如']);

function saysNoNearby(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  const clause = clauseOf(reading, sentence, finding.span);
  const neutral = find(NOT_NEGATION, reading, rangeOf(sentence));
  return find(NEGATION, reading, clause).some(
    (span) =>
      !(span.first >= finding.span.first && span.last <= finding.span.last) &&
      !CONTRASTS.has(reading.tokens[span.first]?.text ?? '') &&
      !neutral.some((skip) => span.first < skip.last && skip.first < span.last),
  );
}

/** Inside "despite reports that ...", up to the comma that ends it. */
function isSetAgainst(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  const last = find(COUNTER, reading, rangeOf(sentence)).findLast((span) => span.first <= finding.span.first);
  if (last === undefined) return false;
  if (finding.span.first < last.last) return true;
  // "Despite reports that V4 runs ..." goes on; "contrary to expectations V4 runs ..." has said what it is against.
  const link = reading.tokens[last.last];
  if (link?.kind !== 'han' && !GOES_INTO.has(link?.text ?? '')) return false;
  for (let n = last.last; n < finding.span.first; n += 1) if (reading.tokens[n]?.text === ',') return false;
  return true;
}

/** "It hasn't.", "They did not.", "Not so.": the next sentence takes back what this one told. */
function isContradictedNext(finding: Finding, reading: IndexedReading): boolean {
  const next = reading.sentences[finding.sentence + 1];
  return next !== undefined && next.last - next.first <= REJOINDER_TOKENS && anyOf(REJOINDER, reading, rangeOf(next));
}
const REJOINDER_TOKENS = 7;
const REJOINDER = compilePhrases([
  "(it|they|that|this|he|she) (has|have|had|did|does|do|is|was|were|are) (not|n't|none of that)",
  '(not so|not true|not yet|no such thing|wrong|untrue|false|never happened|nothing came of it|none did)',
  '(结果|但|事实)*(并没有|并未|没有|未果)',
  '(并非如此|并不属实|不实)',
]);

const GOES_INTO = new Set([
  'that',
  'of',
  'about',
  'on',
  'suggesting',
  'saying',
  'claiming',
  'over',
  'around',
  'for',
  'to',
  'in',
]);

/** "The Ascend port of V4 was scrapped": undone in the clause in which the match stands, after it. */
function isUndone(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  const clause = clauseOf(reading, sentence, { first: finding.span.last - 1, last: finding.span.last });
  return find(UNDONE, reading, { first: finding.span.first, last: clause.last }).some(
    (span) =>
      span.first >= finding.span.first + 1 &&
      !finding.says.has(reading.tokens[span.last - 1]?.stem ?? '') &&
      !closedOff(reading, finding.span.last, span.first) &&
      !SUBORDINATE.has(reading.tokens[span.first - 1]?.text ?? ''),
  );
}
const SUBORDINATE = new Set(['that', 'which', 'who', 'it', 'they', 'he', 'she']);

const NOT_AHEAD = compilePhrases([
  'unlikely to',
  "(not|n't) (expected|likely|due|scheduled|going) to",
  '(预计|料)*(不会|难以)',
]);

/** In a clause that opens with "after" or "since" close before the match. */
function goesBefore(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  for (let n = finding.span.first - 1; n >= Math.max(sentence.first, finding.span.first - 7); n -= 1) {
    const text = reading.tokens[n]?.text ?? '';
    if (text === ',' || text === ';' || text === 'that') return false;
    if ((text === 'after' || text === 'since') && n > sentence.first) return true;
  }
  return false;
}

function isPossible(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  for (let n = finding.span.first - 1; n >= Math.max(sentence.first, finding.span.first - 4); n -= 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark') return false;
    if (POSSIBLE.has(token.text)) return true;
  }
  return false;
}
/** A guess right before the deed ("could soon mass-produce"), or between it and its doer. */
const isGuess = ({ span }: Finding, reading: IndexedReading): boolean =>
  reading.tokens.slice(Math.max(0, span.first - 3), span.last).some((token) => GUESSES.has(token.text));
const GUESSES = new Set(['may', 'might', 'could']);
const POSSIBLE = new Set(['may', 'might', 'could', 'can', '可', '能', '或']);

/** Deliberation, a request or a purpose before the match in its clause. */
function isWeighed(cues: PhraseSet, finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  const clause = statementClause(reading, sentence, finding.span);
  const before: Span = { first: Math.max(clause.first, finding.span.first - 14), last: finding.span.last };
  return find(cues, reading, before).some(
    (span) =>
      !finding.says.has(reading.tokens[span.first]?.stem ?? '') &&
      !turnsToFact(reading, span.last, finding.span.first) &&
      !closedOff(reading, span.last, finding.span.first),
  );
}

function isDenied(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  const range = rangeOf(sentence);
  const acts = find(NOT_DENIAL, reading, range);
  const found = find(DENIAL, reading, range).filter(
    (span) =>
      (!(span.first >= finding.span.first && span.last <= finding.span.last) ||
        deniesThat(reading, span.first) ||
        // In a gap of the match and none of its own words: "AMD pushed back on reports that it had been shut out".
        !finding.says.has(reading.tokens[span.first]?.stem ?? '')) &&
      !acts.some((act) => act.first < span.last && span.first < act.last) &&
      !(reading.tokens[span.first]?.stem === 'deny' && !deniesTalk(reading, span.first)),
  );
  return found.some((span) => {
    if (span.first < finding.span.last)
      return (
        span.first >= finding.span.first ||
        (finding.span.first - span.first < 22 && !closedOff(reading, span.last, finding.span.first))
      );
    // After it: only when it still speaks of the same thing ("claims that ... are false"), not of the next clause's.
    return span.first - finding.span.last < 14 && !closedOff(reading, finding.span.last, span.first);
  });
}

/** "AMD denied it had been shut out" inside a match of "{AMD} * shut out": the denial is of a statement beyond doubt. */
const deniesThat = (reading: IndexedReading, at: number): boolean =>
  reading.tokens[at]?.stem === 'deny' &&
  ['that', 'it', 'they', 'he', 'she', 'having', 'being', 'any'].includes(reading.tokens[at + 1]?.text ?? '');

const CLOSERS = new Set([';', ':', 'but', 'while', 'although', 'though', 'after', 'and', '但', '。']);
const closedOff = (reading: IndexedReading, from: number, to: number): boolean => {
  for (let n = from; n < to; n += 1) if (CLOSERS.has(reading.tokens[n]?.text ?? '')) return true;
  return false;
};

/**
 * "He expects orders to come once the paperwork is done, but nothing has shipped yet": the speaker announces it; that it is still to come
 * is no denial. "It has a licence, but none has shipped" is one.
 */
function onlyAwaited(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
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
const DRAFT = compilePhrases(['(draft|propose|proposal|consider|weigh|mull|plan)', '草案', '拟', '考虑']);

/** "Mass production starting next month": a time after the page's own, in the match's clause, puts it ahead. */
function isAhead(finding: Finding, reading: IndexedReading, sentence: Sentence, published: NewsTime): boolean {
  return timesIn(reading, clauseOf(reading, sentence, finding.span), published).some(
    (time) =>
      time.from > published + DAY &&
      time.first >= finding.span.first - 4 &&
      time.first <= finding.span.last + AHEAD_REACH &&
      !closedOff(reading, finding.span.last, time.first),
  );
}

/** A plan, approval or condition governs the match: in its clause before it, or wrapped in its gap. */
function isPlanned(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
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

function eventOf(
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
  return isFuture(reading, range) ? 'planned' : 'happened';
}
