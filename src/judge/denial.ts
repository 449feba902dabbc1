/**
 * Denied what? "Nvidia denied the report" is talk; "DeepSeek denied Nvidia access" is an act.
 */
import type { IndexedReading, Span } from './phrase.ts';
import { compilePhrases, find } from './phrase.ts';
import type { Reading } from './text.ts';
import { textAt } from './tokens.ts';

/** Whether the form of "deny" at `at` denies a statement. */
export function deniesTalk(reading: Reading, at: number): boolean {
  const next = reading.tokens[at + 1];
  return (
    next === undefined ||
    next.kind === 'mark' ||
    DENIED_THINGS.has(next.text) ||
    [2, 3].some((step) => TALKED.has(reading.tokens[at + step]?.text ?? '')) ||
    (next.text.endsWith('ing') && next.kind === 'word') ||
    hasClause(reading, at + 1)
  );
}

/** A name and a verb that is finite beyond doubt: "denies V4 was trained on Blackwell". What is denied to somebody has none. */
function hasClause(reading: Reading, from: number): boolean {
  for (let n = from + 1; n < from + LONGEST_SUBJECT; n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark' || PARTS.has(token.text)) return false;
    if (FINITE.has(token.text)) return true;
  }
  return false;
}

const LONGEST_SUBJECT = 6;
const FINITE = new Set('is are was were has had will would did does can could may might'.split(' '));
/** A clause that begins here is another one's. */
const PARTS = new Set('that which who while as after before because although but and to'.split(' '));

/** "Denied media reports", "denied two such claims". */
const TALKED = new Set(
  'report reports claim claims rumours rumors allegations accusations speculation suggestions'.split(' '),
);
const DENIED_THINGS = new Set(
  'that the any a an it this these those reports report claims claim allegations accusations knowledge wrongdoing involvement such all on to in today yesterday again monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  ),
);

/** 针对...的传闻，回应称：消息不实. Behind the match, past any colon: it is the talk that is untrue. */
export const REPLY_DENIES = compilePhrases([
  '(传闻|说法|报道|传言|消息|爆料)*(不实|不属实|虚假|假消息|谣言|子虚乌有|并非事实|失实|假的|毫无根据)',
]);

const CALLS_TALK = compilePhrases([
  '(=called|=calls|=calling|=labelled|=labeled|=labels|=branded|=brands|=described|=describes|=termed|=dubbed|=deemed|=declared|=pronounced) (the|a|an|as|media|press|recent|those|such|any|all|online|) (report|reports|claim|claims|suggestion|suggestions|allegation|allegations|rumour|rumours|rumor|rumors|story|stories|assertion|speculation|talk|idea|notion)',
]);
const FALSE = new Set(
  'false untrue inaccurate incorrect wrong baseless groundless unfounded fabricated fake nonsense fiction absurd misleading unsubstantiated bogus ridiculous'.split(
    ' ',
  ),
);
/** "Called reports that V4 was trained on Blackwell chips false": what it calls them stands at the end, however much is between. */
export function callsFalse(reading: IndexedReading, range: Span): Span | null {
  const call = find(CALLS_TALK, reading, range)[0];
  if (call === undefined || ['not', "n't", 'never'].includes(textAt(reading, call.first - 1))) return null;
  for (let n = call.last; n < range.last; n += 1) {
    const text = textAt(reading, n);
    if (text === ';' || text === ',' || text === 'but') return null;
    const next = reading.tokens[n + 1];
    if (FALSE.has(text) && (next === undefined || next.kind === 'mark' || ['and', 'in', 'on'].includes(next.text)))
      return ['not', "n't"].includes(textAt(reading, n - 1)) ? null : call;
  }
  return null;
}

/**
 * "V4 runs on Ascend, DeepSeek said on Friday, contradicting posts on Weibo": who has said it goes against what others said, not against
 * himself. `said`: what he said; `denial`: the word of denial behind it. "..., DeepSeek said, denying it" is none: that is the talk before.
 */
export function deniesTheContrary(reading: Reading, said: Span, denial: number): boolean {
  if (!textAt(reading, denial).endsWith('ing') || textAt(reading, denial - 1) !== ',') return false;
  if (PRONOUNS.has(textAt(reading, denial + 1))) return false;
  for (let n = said.first - 1; n >= said.first - LONGEST_SUBJECT; n -= 1) {
    const token = reading.tokens[n];
    if (token === undefined || (token.kind === 'mark' && token.text !== ',')) break;
    if (TALK_THAT.has(token.text)) return false;
  }
  for (let n = said.last; n < denial - 1; n += 1)
    if (textAt(reading, n) === ',' && saysSo(reading, n + 1, denial - 1)) return true;
  return false;
}

const saysSo = (reading: Reading, from: number, to: number): boolean =>
  reading.tokens.slice(from, to).some((token) => token.kind === 'word' && SAID.has(token.text));
/** The verbs of a tag behind a statement, as papers print them. */
const SAID = new Set('said says told reported reports wrote writes announced confirmed stated added'.split(' '));
const PRONOUNS = new Set('it them this that these those all'.split(' '));
const TALK_THAT = new Set('that whether reports report claims claim rumours rumors rumour rumor talk'.split(' '));

/** "DeepSeek contradicted its partner, saying that V4 does not run there": what is said in its stead is no longer what is denied. */
export function saysInstead(reading: Reading, from: number, to: number): boolean {
  for (let n = from; n < to; n += 1)
    if (INSTEAD.has(textAt(reading, n)) && [1, 2].some((step) => textAt(reading, n - step) === ',')) return true;
  return false;
}
const INSTEAD = new Set('saying adding stating insisting arguing'.split(' '));
