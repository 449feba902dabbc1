/**
 * A question that carries the claim, and its answer: 'Asked if V4 runs on Ascend, DeepSeek said "no"', "answered yes when asked whether",
 * 被问及是否...回答："是的".
 *
 * The claim's own words are only asked; who answers says it. The question must be the claim itself: whether somebody was worried that V4
 * runs on Ascend, or whether it could one day, is another question.
 */
import type { Finding } from './frame.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf, compilePhrases, find } from './phrase.ts';
import type { Sentence } from './text.ts';
import { hanAt, textAt } from './tokens.ts';

type Answer = 'yes' | 'no';

const ASKED = compilePhrases([
  '(=asked|=pressed|=quizzed|=questioned|=asking) (by * |) (on|about|) (=if|=whether)',
  '(被问及|被问到|问及|问到|被问)*(是否|有没有|是不是)',
]);
const YES = compilePhrases([
  '(=yes|=affirmative|=yeah|=correct|in the affirmative|that (is|was) (correct|true|right|so|the case))',
  '(是的|没错|确实如此|属实|对的|的确如此)',
]);
const NO = compilePhrases([
  '(=no|in the negative|=negative|=nope)',
  "(that|this|it) (is|was) (not (so|true|correct|the case)|n't (so|true|correct|the case)|false|untrue|wrong|incorrect)",
  '(不是|没有|并非如此|不属实|并没有|不实|否)',
]);
const ANSWERS = new Set('said says answered answers replied replies responded responds told'.split(' '));
const HAN_ANSWERS = ['回答', '答道', '答复', '表示', '回应', '答', '说', '称'];
/** Between the verb and the answer. */
const BETWEEN = new Set([
  '"',
  "'",
  ':',
  ',',
  'with',
  'a',
  'an',
  'flat',
  'firm',
  'clear',
  'simple',
  'curt',
  'emphatic',
  'simply',
  'reporters',
  'reuters',
  'that',
  '道',
  '称',
  '说',
  '称',
  '是',
  '「',
]);
const BETWEEN_REACH = 5;
const REFUSES = new Set([
  'not',
  "n't",
  'never',
  'neither',
  'nor',
  'would',
  'could',
  'declined',
  'refused',
  '没',
  '未',
  '拒',
  '不',
]);
/** Asked about something else than whether it is so. */
const OTHER_QUESTIONS = compilePhrases([
  '(=could|=may|=might|=can|=will|=would|=should|=one =day|=ever|=plans|=planned|=worried|=concerned|=knew|=know|=aware|=believed|=thought|=happy|=surprised|=reports|=report|=that)',
  "(=not|=n't|=no|=never)",
  '(能|会|将|可能|计划|担心|知道|知悉|不|没|未|报道|传闻)',
]);
/** Between "whether" and the claim's words stand its names. */
const SUBJECT_REACH = 5;

/** How somebody in the sentence answers the question in which the match stands; null: nobody does, or another question was put. */
export function answerOf({ span, kind }: Finding, reading: IndexedReading, sentence: Sentence): Answer | null {
  if (kind !== 'predicate') return null;
  const asked = find(ASKED, reading, { first: sentence.first, last: span.last }).at(-1);
  if (asked === undefined || asked.last > span.first + 1 || span.first - asked.last > SUBJECT_REACH) return null;
  if (anyOf(OTHER_QUESTIONS, reading, { first: asked.last, last: span.last })) return null;
  // Behind the question, or before it: "answered yes when asked whether".
  for (const range of [
    { first: span.last, last: sentence.last },
    { first: sentence.first, last: asked.first },
  ]) {
    const yes = said(YES, reading, range, asked.first);
    const no = said(NO, reading, range, asked.first);
    if (yes !== no) return yes ? 'yes' : 'no';
  }
  return null;
}

function said(cues: typeof YES, reading: IndexedReading, range: Span, question: number): boolean {
  return find(cues, reading, range).some((cue) => {
    if (!endsAt(reading, cue.last, range, question)) return false;
    let n = cue.first - 1;
    while (n >= range.first && cue.first - n <= BETWEEN_REACH && BETWEEN.has(textAt(reading, n))) n -= 1;
    const verb = ANSWERS.has(textAt(reading, n)) || HAN_ANSWERS.some((word) => endsWith(reading, n, word));
    return verb && ![1, 2, 3].some((step) => REFUSES.has(textAt(reading, n - step)));
  });
}

function endsWith(reading: IndexedReading, at: number, word: string): boolean {
  return hanAt(reading, at + 1 - word.length, word);
}

/** "Yes", and nothing that makes less of it: "no comment", "yes and no". */
function endsAt(reading: IndexedReading, at: number, { last }: Span, question: number): boolean {
  if (at >= last || at === question || reading.tokens[at]?.text === 'when') return true;
  const next = reading.tokens[at];
  if (next?.kind !== 'mark') return false;
  return !['but', 'and', 'although', 'though', 'not', 'only'].includes(
    textAt(reading, at + (next.text === '"' ? 2 : 1)),
  );
}
