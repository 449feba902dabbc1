/**
 * Whose own move it is: "Huawei aims to bring the card to market", "the company would not say when".
 *
 * What a company or a public body does, means to do or will not tell in public is on its record, whoever writes it down. It supports and
 * refutes nothing (that needs its word, attribution.ts), so it is asked only for what discusses a claim.
 */
import type { Cited } from '../core/evidence.ts';
import type { Mention } from './names.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf, compilePhrases, find } from './phrase.ts';
import type { Sentence } from './text.ts';
import { textAt } from './tokens.ts';

/** A verb right behind the subject that nobody but the party itself can have behind it. */
const MOVES = compilePhrases([
  // It does not tell: everybody can hear that.
  "(=did|=does|=do|=has|=have|=had|=would|=will) (not|n't) (yet|) (say|disclose|comment|confirm|reveal|name|specify|answer|respond|give|mention|announce|publish|explain|be drawn|discuss)",
  '(declined|declines|refused|refuses) to',
  '(gave|gives|offered|offers|set|sets|names|named) no',
  '(is|was|remains|stays|kept|keeps) (silent|mum|coy|tight lipped|vague)',
  // It sets about something.
  '(=begins|=began|=starts|=started|=is =testing|=tests|=tested|=lists|=listed|=shows|=showed|=exhibits|=exhibited|=presents|=presented)',
  '(=aims|=hopes|=expects|=intends|=invites|=invited|=urges|=urged|=asks|=asked|=calls|=called|=encourages|=vows|=wants|=pencils)',
  '(未|没有|尚未|拒绝|不愿|不予)(透露|说明|公布|披露|回应|置评|评论)',
  '(希望|力争|有意|开始|邀请|呼吁)',
]);
const MOVE_REACH = 7;
/** "The company", taking up the party named last. */
const TAKES_UP = compilePhrases([
  'the (company|firm|lab|startup|start up|chipmaker|developer|agency|bureau|ministry|department|group|vendor)',
  '(该|这家)(公司|企业|部门|机构)',
]);

/** The party whose move the finding's sentence tells, when it is the subject. */
export function ownMove(
  sentence: Sentence,
  finding: Span,
  reading: IndexedReading,
  mentions: readonly Mention[],
): Cited | null {
  const party = subjectOf(sentence, reading, mentions);
  if (party === null || party.last > finding.last) return null;
  const behind = { first: party.last, last: Math.min(sentence.last, party.last + MOVE_REACH) };
  if (textAt(reading, party.last) === "'s" || !anyOf(MOVES, reading, behind)) return null;
  return { name: party.name, source: party.source };
}

/** The party at the head of the sentence, or the one that "the company" there takes up. */
function subjectOf(
  { first, last }: Sentence,
  reading: IndexedReading,
  mentions: readonly Mention[],
): (Span & Cited) | null {
  const named = mentions.find((mention) => mention.first >= first && mention.first <= first + 1);
  if (named !== undefined) return named.role === 'party' ? named : null;
  const head = find(TAKES_UP, reading, { first, last: Math.min(last, first + 4) })[0];
  if (head === undefined || head.first > first + 1) return null;
  const before = mentions.findLast((mention) => mention.role === 'party' && mention.last <= first);
  return before === undefined ? null : { ...before, first: head.first, last: head.last };
}
