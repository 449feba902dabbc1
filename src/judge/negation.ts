/**
 * What takes back the words that were matched: a negation in reach, a denial, something undone after it, a report that is set
 * against, a rejoinder in the next sentence.
 */
import { TALLY } from './absence.ts';
import { clauseOf, closedOff, inAside, statementClause } from './clauses.ts';
import { COUNTER, DENIAL, NEGATION, NOT_DENIAL, NOT_NEGATION, UNDONE } from './cues.ts';
import { callsFalse, deniesTalk, deniesTheContrary, REPLY_DENIES, saysInstead } from './denial.ts';
import type { Finding } from './frame.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf, compilePhrases, find, rangeOf } from './phrase.ts';
import type { Sentence } from './text.ts';

/** Negation reaches this many tokens; farther ones belong to another verb. */
const NEGATION_REACH = 9;
const HAN_NEGATION_REACH = 12;
/** For a word of the deed that is far from its names. */
export const LOOSE_NEGATION_REACH = 4;

/** Negations before the match in its clause, or inside its gaps, that are not part of the phrase itself. Two cancel out. */
export const isNegated = (
  finding: Finding,
  reading: IndexedReading,
  sentence: Sentence,
  reach = NEGATION_REACH,
): boolean =>
  talliesNone(finding, reading, sentence) || negationsOf(finding, reading, sentence, reach).length % 2 === 1;

/** The no that turns the match around, or that its own words hold: null where there is none. */
export function noOf(finding: Finding, reading: IndexedReading, sentence: Sentence): Span | null {
  const around = negationsOf(finding, reading, sentence, NEGATION_REACH).at(-1);
  // "Unlike its multimodal rivals": another thing is set beside it, nothing of it denied.
  if (around !== undefined) return CONTRASTS.has(reading.tokens[around.first]?.text ?? '') ? null : around;
  return finding.selfNegated ? (find(NEGATION, reading, finding.span)[0] ?? null) : null;
}

function negationsOf(finding: Finding, reading: IndexedReading, sentence: Sentence, reach: number): readonly Span[] {
  // A match may begin in one clause and assert in the next ("V4, which needs no Nvidia parts, runs on Ascend"): the last one counts.
  const clause = statementClause(reading, sentence, finding.span);
  const han = reading.tokens[finding.span.last - 1]?.kind === 'han';
  const near = Math.max(clause.first, finding.span.first - (han ? HAN_NEGATION_REACH : reach));
  // "From a presumption of denial to review case by case", 由推定拒绝改为逐案审查: what it was is not what it is.
  // "Did not deny but confirmed": nor is what stood before a "but".
  const but = reading.tokens.slice(near, finding.span.first).findLastIndex(({ text }) => text === 'but');
  const changed = Math.max(
    find(BECOMES, reading, { first: near, last: finding.span.first })
      .filter(({ first }) => !anyOf(NEGATION, reading, { first: Math.max(near, first - 1), last: first }))
      .at(-1)?.last ?? near,
    but < 0 ? near : near + but + 1,
  );
  // "None of the three has so far, as many expected, signed an order": a subject of nobody reaches its verb however far it stands.
  const from =
    changed === near && !finding.selfNegated && NOBODY.has(reading.tokens[clause.first]?.text ?? '')
      ? clause.first
      : changed;
  const to = finding.selfNegated ? finding.span.first : Math.min(clause.last, finding.span.last + 2);
  if (to <= from) return [];
  // "Neither Nvidia nor AMD was handed a build": one negation in two words.
  if (finding.selfNegated && reading.tokens[finding.span.first]?.text === 'nor') return [];
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
    // "DeepSeek, which had declined to comment, said V4 runs": a no of its own.
    .filter((span) => !inAside(reading, span.first, finding.span.first))
    .sort((a, b) => a.first - b.first);
  // "尚未" holds 未 and "并没有" holds 没: neighbours are one negation.
  const joined: Span[] = [];
  for (const span of spans) {
    const before = joined.at(-1);
    if (before === undefined || span.first > before.last) joined.push(span);
    else joined[joined.length - 1] = { first: before.first, last: Math.max(before.last, span.last) };
  }
  if (isCalledOff(finding, reading, clause.first))
    joined.push({ first: finding.span.first - 1, last: finding.span.first });
  return joined;
}

/** "Shelved its Ascend port of V4": the verb right before has the match for its object; "ditched Nvidia to train on Ascend" has another. */
function isCalledOff({ span, says }: Finding, reading: IndexedReading, floor: number): boolean {
  let n = span.first - 1;
  while (n > floor && (reading.tokens[n]?.capital === true || OBJECT_LEADS.has(reading.tokens[n]?.text ?? ''))) n -= 1;
  const verb = reading.tokens[n];
  if (n >= span.first - 1 && verb?.kind === 'han') return false;
  return verb !== undefined && CALLED_OFF.has(verb.text) && !says.has(verb.stem);
}
const OBJECT_LEADS = new Set('its the a an their all planned promised work on plans for'.split(' '));
const CALLED_OFF = new Set('shelved shelves scrapped scraps cancelled canceled cancels axed axes ditched'.split(' '));

/** "Shipped: zero", "deliveries to date: none"; a tally ends there ("runs on Ascend: nothing was changed" is none). */
function talliesNone({ span }: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  for (let n = span.last; n < Math.min(sentence.last - 1, span.last + TALLY_REACH); n += 1)
    if (reading.tokens[n]?.text === ':')
      return find(TALLY, reading, { first: n + 1, last: Math.min(sentence.last, n + 3) }).some(
        ({ last }) => last >= sentence.last || reading.tokens[last]?.kind === 'mark',
      );
  return false;
}
const TALLY_REACH = 5;

const NOBODY = new Set(['none', 'neither', 'nobody', 'nothing', 'no']);
const BECOMES = compilePhrases([
  '(调整|修改|转变|变更|更改|改|变|转)(为|成|到|采|用|行|以)',
  '(change|changed|moved|switched|shifted|turned) (to|into)',
]);

const CONTRASTS = new Set(['rather', 'instead', 'unlike', 'as', 'far', 'without', '而']);

/** A negation anywhere in the clause that is no part of the match. */
export function saysNoNearby(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
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
export function isSetAgainst(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
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
export function isContradictedNext(finding: Finding, reading: IndexedReading): boolean {
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
export function isUndone(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  const clause = clauseOf(reading, sentence, { first: finding.span.last - 1, last: finding.span.last });
  const last = pastAside(reading, clause.last, sentence.last);
  return find(UNDONE, reading, { first: finding.span.first, last }).some(
    (span) =>
      span.first >= finding.span.first + 1 &&
      !finding.says.has(reading.tokens[span.last - 1]?.stem ?? '') &&
      !closedOff(reading, finding.span.last, span.first) &&
      !SUBORDINATE.has(reading.tokens[span.first - 1]?.text ?? ''),
  );
}
/** "Image generation, which leaks had promised, is absent": the clause goes on behind what its comma puts in. */
function pastAside(reading: IndexedReading, comma: number, limit: number): number {
  if (reading.tokens[comma]?.text !== ',' || !ASIDES.has(reading.tokens[comma + 1]?.text ?? '')) return comma;
  for (let n = comma + 2; n < Math.min(limit, comma + ASIDE_TOKENS); n += 1)
    if (reading.tokens[n]?.text === ',') return Math.min(limit, n + VERB_TOKENS);
  return comma;
}
const ASIDES = new Set(['which', 'who', 'as', 'once', 'long', 'first', 'though', 'like']);
const ASIDE_TOKENS = 12;
/** The verb and what it says stand right behind the aside. */
const VERB_TOKENS = 5;
const SUBORDINATE = new Set(['that', 'which', 'who', 'it', 'they', 'he', 'she']);

/** Somebody denies it, before or right after the match. */
export const isDenied = (finding: Finding, reading: IndexedReading, sentence: Sentence): boolean =>
  denialOf(finding, reading, sentence) !== null;

/** "Denied that it does not run", 否认停止供货: what is denied is a no, and who denies that has not said yes. */
export function deniesANo(finding: Finding, reading: IndexedReading, sentence: Sentence): boolean {
  const denial = denialOf(finding, reading, sentence);
  if (denial === null) return false;
  const before = denial.first < finding.span.last;
  const first = before ? denial.last : statementClause(reading, sentence, finding.span).first;
  // "It does not run there, the report is untrue": the report is denied, not the no; "it runs there, no dispute".
  if (!before && commaBetween(reading, finding.span.last, denial.first))
    return anyOf(NEGATION, reading, { first: denial.first - 2, last: denial.first });
  const range: Span = { first, last: before ? finding.span.last + 1 : denial.first };
  const neutral = find(NOT_NEGATION, reading, range);
  return (
    find(NEGATION, reading, range).some(
      (span) =>
        !neutral.some((skip) => span.first < skip.last && skip.first < span.last) &&
        !finding.says.has(reading.tokens[span.first]?.stem ?? ''),
    ) ||
    // "Customs denied having told agents to stop": the stop is what the claim says.
    find(STOPPED, reading, range).some(({ last }) => !finding.says.has(reading.tokens[last - 1]?.stem ?? ''))
  );
}
const commaBetween = (reading: IndexedReading, from: number, to: number): boolean =>
  reading.tokens.slice(from, to).some((token) => token.text === ',');
const STOPPED = compilePhrases([
  '(stopped|stops|stop|stopping|halted|cancelled|canceled|withdrawn|withdrew|sold out)',
  '(停止|取消|撤回|售罄)',
]);

export function denialOf(finding: Finding, reading: IndexedReading, sentence: Sentence): Span | null {
  const range = rangeOf(sentence);
  const called = callsFalse(reading, range);
  if (called !== null && called.first < finding.span.first && finding.span.first - called.first < 22) return called;
  const reply = find(REPLY_DENIES, reading, { first: finding.span.last, last: sentence.last })[0];
  if (reply !== undefined && !NOTS.has(reading.tokens[reply.first - 1]?.text ?? '')) return reply;
  // "A denial of the request" is an act, "a denial of reports that" is talk.
  const acts = find(NOT_DENIAL, reading, range).filter(({ last }) => !TALKED_OF.has(reading.tokens[last]?.stem ?? ''));
  const found = find(DENIAL, reading, range).filter(
    (span) =>
      (!(span.first >= finding.span.first && span.last <= finding.span.last) ||
        deniesThat(reading, span.first) ||
        // In a gap of the match and none of its own words: "AMD pushed back on reports that it had been shut out".
        !finding.says.has(reading.tokens[span.first]?.stem ?? '')) &&
      !acts.some((act) => act.first < span.last && span.first < act.last) &&
      !inAside(reading, span.first, finding.span.first) &&
      // "Did not deny but confirmed".
      !(
        reading.tokens[span.last]?.text === 'but' && ['not', "n't"].includes(reading.tokens[span.first - 1]?.text ?? '')
      ) &&
      !(reading.tokens[span.first]?.stem === 'deny' && !deniesTalk(reading, span.first)),
  );
  const denial = found.find((span) => {
    if (span.first < finding.span.last)
      return (
        span.first >= finding.span.first ||
        (finding.span.first - span.first < 22 &&
          !closedOff(reading, span.last, finding.span.first) &&
          !saysInstead(reading, span.last, finding.span.first))
      );
    // After it: only when it still speaks of the same thing ("claims that ... are false"), not of the next clause's.
    return (
      span.first - finding.span.last < 14 &&
      !closedOff(reading, finding.span.last, span.first) &&
      !deniesTheContrary(reading, finding.span, span.first)
    );
  });
  return denial ?? null;
}

const TALKED_OF = new Set(['report', 'claim', 'rumour', 'rumor', 'suggestion', 'allegation', 'media', 'press']);
const NOTS = new Set(['不', '非', '未', '没']);
/** "DeepSeek denied withholding it": the word that the frame takes for a refusal is a denial. */
export const isOnlyDenial = ({ span, says }: Finding, reading: IndexedReading): boolean =>
  says.has('deny') &&
  deniesThat(reading, span.first) &&
  !reading.tokens.slice(span.first + 1, span.last).some(({ text, stem }) => text.length > 3 && says.has(stem));

/** "AMD denied it had been shut out" inside a match of "{AMD} * shut out": the denial is of a statement beyond doubt. */
const deniesThat = (reading: IndexedReading, at: number): boolean =>
  reading.tokens[at]?.stem === 'deny' &&
  (reading.tokens[at + 1]?.text.endsWith('ing') === true ||
    ['that', 'it', 'they', 'he', 'she', 'having', 'being', 'any'].includes(reading.tokens[at + 1]?.text ?? ''));
