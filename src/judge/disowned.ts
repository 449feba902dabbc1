/**
 * Words that are put before the reader only to say whose they are not: 回应 V4 已发布的传闻, '"V4 runs on Ascend" was a mistranslation',
 * "the cards on sale there are counterfeit", and what is told on the first of April.
 */
import type { CompiledClaim, Finding } from './frame.ts';
import type { IndexedReading, PhraseSet, Span } from './phrase.ts';
import { anyOf, compilePhrases, find, rangeOf } from './phrase.ts';
import type { Sentence } from './text.ts';
import { textAt } from './tokens.ts';

/** 注意到有关 ... 的报道: in Chinese the noun that makes it others' words stands behind them. */
const HAN_TALK = compilePhrases([
  '的(相关|有关|媒体|网络|网上|市场|)(报道|报导|传闻|消息|说法|传言|谣言|帖子|截图|爆料|猜测|猜想|言论|公告|视频|新闻|翻译|译文)',
]);
const REACTS = compilePhrases([
  '(注意到|回应|关于|有关|针对|不知情|看到|留意到|评论|置评|澄清|评价|不了解|不清楚|对|就)',
]);
const CONFIRMS = compilePhrases(['(证实|确认|属实|坐实|承认|属实|宣布|发布了)']);
const TALK_REACH = 8;

/** What was said, wrongly, by mistake or in jest. */
const MISTAKEN = compilePhrases([
  '(is|are|was|were|being) (a|an|just a|only a|) (mistranslation|mistranslated|misquote|misquoted|misquotation|typo|joke|prank|hoax|misunderstanding|misreading|mistake|error|fabrication|slip|rumour|rumor)',
  '(published|posted|sent|issued|uploaded|put up) (by mistake|in error|accidentally|by accident)',
  '(系|是|为|属|属于|纯属)(误发|误读|误传|误译|误解|翻译|谣言|假|伪造|深伪|深度伪造|合成|玩笑|恶搞|乌龙|口误|笔误|谣传)',
]);
/** What bears the name and is not it. */
const COUNTERFEIT = compilePhrases([
  '(is|are|was|were|be) (a|an|all|mostly|) (scam|fake|fakes|counterfeit|counterfeits|fraud|fraudulent|knock off|knockoffs|knock offs|imitation|imitations|hoax|phishing|unauthorised|unauthorized|bogus|unofficial|copycat|forgery|forgeries)',
  "(is|are|was|were) (not|n't) (its|their) own",
  "(is|are|was|were) (not|n't) (genuine|authentic|official|the real)",
  '(系|是|为|属|属于|均为|都是|均系)(假冒|山寨|假货|冒牌|仿冒|骗局|诈骗|非官方|钓鱼|赝品|盗版)',
]);
const JEST = compilePhrases(['(april fool|april fools|愚人节|satire|satirical|parody|恶搞)']);
const STATEMENT_ENDS = new Set([',', ';', 'but', '但', '.', '。']);

/** Whether the finding's words are repeated to disown them. */
export function isDisowned(
  claim: CompiledClaim,
  finding: Finding,
  reading: IndexedReading,
  sentence: Sentence,
): boolean {
  const { span } = finding;
  let last = span.last;
  while (last < sentence.last && !STATEMENT_ENDS.has(textAt(reading, last))) last += 1;
  const rest: Span = { first: span.first, last };
  if ([MISTAKEN, COUNTERFEIT].some((cues) => behind(cues, reading, rest, finding))) return true;
  if (isTalkedOf(finding, reading, sentence, last)) return true;
  // Bets on a date are talk of it (cues.ts, UNSERIOUS); a jest is none.
  return claim.claim.frame.window !== undefined && anyOf(JEST, reading, rangeOf(sentence));
}

const behind = (cues: PhraseSet, reading: IndexedReading, range: Span, { span }: Finding): boolean =>
  find(cues, reading, range).some(({ last }) => last > span.last || last === range.last);

function isTalkedOf({ span }: Finding, reading: IndexedReading, sentence: Sentence, last: number): boolean {
  const after: Span = { first: span.last, last: Math.min(last, span.last + TALK_REACH) };
  if (reading.tokens[span.last - 1]?.kind !== 'han' && reading.tokens[after.first]?.kind !== 'han') {
    if (textAt(reading, after.first) !== '"') return false;
  }
  if (!anyOf(HAN_TALK, reading, after)) return false;
  return (
    anyOf(REACTS, reading, { first: sentence.first, last: span.first + 1 }) &&
    !anyOf(CONFIRMS, reading, rangeOf(sentence))
  );
}
