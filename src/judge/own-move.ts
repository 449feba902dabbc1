/**
 * Whose own move it is: "Huawei aims to bring the card to market", "the company would not say when".
 *
 * What a company or a public body does, means to do or will not tell in public is on its record, whoever writes it down. It supports and
 * refutes nothing (that needs its word, attribution.ts), so it is asked only for what discusses a claim.
 */
import type { Cited } from '../core/evidence.ts';
import type { Mention } from './names.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { compilePhrases, find } from './phrase.ts';
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
/** "The company", taking up the party of the sentence before. */
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
  if (!find(MOVES, reading, behind).some(({ first }) => onlyAdverbs(reading, party.last, first))) return null;
  return { name: party.name, source: party.source };
}

const ADVERBS = new Set(
  'also still again now then so itself today on monday tuesday wednesday thursday friday saturday sunday has have had 也 仍 则 又 已 对 此 目 前 今 日 方 面'.split(
    ' ',
  ),
);
/** "Huawei still aims", "Nvidia on Tuesday declined"; in "Nvidia's chips" and "Nvidia chips begin" it is another's verb. */
function onlyAdverbs(reading: IndexedReading, from: number, to: number): boolean {
  for (let n = from; n < to; n += 1) {
    const text = textAt(reading, n);
    if (!ADVERBS.has(text) && !(text.length > 4 && text.endsWith('ly'))) return false;
  }
  return true;
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
  const before = takenUp(
    reading.sentences.find((sentence) => sentence.last === first),
    reading,
    mentions,
  );
  return before === null ? null : { ...before, first: head.first, last: head.last };
}

/** What may stand before another subject's name. */
const SUBJECT_LEADS = new Set(', ; : and but while as when whose that though although because since where'.split(' '));

/** The party at the head of the sentence before, when nobody else named there could be "the company". */
function takenUp(
  sentence: Sentence | undefined,
  reading: IndexedReading,
  mentions: readonly Mention[],
): (Span & Cited) | null {
  if (sentence === undefined) return null;
  const parties = mentions.filter(
    ({ role, first, last }) => role === 'party' && first >= sentence.first && last <= sentence.last,
  );
  const [head] = parties;
  if (head === undefined || head.first > sentence.first + 1 || parties.some(({ name }) => name !== head.name))
    return null;
  for (let n = head.last; n < sentence.last; n += 1)
    if (
      reading.tokens[n]?.capital === true &&
      SUBJECT_LEADS.has(textAt(reading, n - 1)) &&
      !mentions.some(({ first, last }) => first <= n && n < last)
    )
      return null;
  return head;
}
