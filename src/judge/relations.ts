/**
 * How a name stands in its sentence: relied on ("according to the FT"), told ("told Reuters"), cited by somebody else, or speaking.
 */
import { CITED_BY } from './lexicon.ts';
import type { Mention } from './names.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { isHeaded, saidAfter } from './spoken.ts';
import type { Sentence } from './text.ts';
import { hanAt, textAt } from './tokens.ts';

/** wrap: the sentence rests on it; relay: it passes on another's; told: somebody spoke to it; said: it speaks; cited: another cites it. */
export type Relation = 'wrap' | 'relay' | 'told' | 'said' | 'cited';
export interface Hop {
  readonly mention: Mention;
  readonly relation: Relation;
}

/** Between a cue and the name: "a report by the", "an earlier", "reporting from". */
const BEFORE_NAME = new Set([
  'guidance',
  'notice',
  'filing',
  'filings',
  'memo',
  'data',
  'figures',
  'remarks',
  'the',
  'a',
  'an',
  'report',
  'reports',
  'reporting',
  'story',
  'article',
  'by',
  'from',
  'in',
  'on',
  'of',
  'newspaper',
  'news',
  'outlet',
  'outlets',
  'agency',
  'media',
  'site',
  'website',
  'chinese',
  'british',
  'american',
  'us',
  'earlier',
  'recent',
  'new',
  'exclusive',
  'published',
  'sources',
  'tech',
  'business',
  'daily',
  'and',
  "'s",
  'officials',
  'company',
  'both',
  'a',
  'post',
  'statement',
  'document',
  'docs',
  'technical',
  '科技',
  '网',
  '站',
  '媒',
  '体',
  '国',
  '外',
  '英',
  '美',
  '《',
  '科',
  '技',
  '"',
  ',',
  '社',
]);

/** "citing an earlier report by": the report at `noun` is what somebody before it cites, so it lies one hop further out. */
function citesIt(reading: IndexedReading, noun: number, floor: number): boolean {
  for (let n = noun - 1; n >= floor && noun - n <= 5; n -= 1) {
    const text = textAt(reading, n);
    if (CITED_BY.includes(text)) return true;
    if (!BEFORE_NAME.has(text)) return false;
  }
  return false;
}

/** "If The Information has it right", "should Reuters be right": what follows rests on it. */
function isBelieved(reading: IndexedReading, mention: Mention, range: Span): boolean {
  let at = mention.last;
  // "If Reuters' sources are right".
  if (["'", "'s"].includes(textAt(reading, at))) at += 1;
  if (['sources', 'source', 'report', 'story', 'account', 'reporting'].includes(textAt(reading, at))) at += 1;
  if (textAt(reading, at) === 'first') at += 1;
  const next = textAt(reading, at);
  // "As the FT has it", "as Reuters first had it".
  if (['has', 'had'].includes(next) && textAt(reading, at + 1) === 'it' && inParenthesis(reading, mention)) return true;
  if (!['has', 'have', 'is', 'are', 'be', 'got', 'gets'].includes(next)) return false;
  for (let n = at + 1; n < Math.min(range.last, at + 5); n += 1)
    if (['right', 'correct', 'believed', 'anything'].includes(textAt(reading, n))) return true;
  return false;
}

const inParenthesis = (reading: IndexedReading, mention: Mention): boolean =>
  [mention.first - 1, mention.first - 2].some((at) => ['as', 'if'].includes(textAt(reading, at)));

export function relationOf(
  reading: IndexedReading,
  range: Span,
  mention: Mention,
  previous: Mention | undefined,
  sentence: Sentence,
): Relation | null {
  const floor = Math.max(range.first, previous === undefined ? range.first : previous.last);
  if (mention.role === 'party' && isHeaded(reading, mention, range)) return 'said';
  if (mention.role !== 'party' && isBelieved(reading, mention, range)) return 'wrap';
  let n = mention.first - 1;
  for (; n >= floor && mention.first - n <= 7; n -= 1) {
    const text = textAt(reading, n);
    const back = textAt(reading, n - 1) + text;
    if (CITED_BY.includes(text) || CITED_BY.includes(back))
      return text === 'cited' && textAt(reading, n + 1) === 'by' ? 'relay' : 'cited';
    if (text === 'to' && textAt(reading, n - 1) === 'according') return 'wrap';
    if (
      text === 'to' &&
      [
        'speaking',
        'spoke',
        'spoken',
        'talked',
        'confided',
        'statement',
        'interview',
        'comments',
        'talking',
        'email',
        'remarks',
        'testimony',
      ].includes(textAt(reading, n - 1))
    )
      return 'told';
    if (text === 'to' && attributing(reading, n, floor)) return 'cited';
    // "Going by The Information", "judging by what the FT heard".
    if (text === 'by' && ['going', 'judging'].includes(textAt(reading, n - 1)) && mention.role !== 'party')
      return 'wrap';
    if (text === 'per' || text === 'via') return mention.first - n <= 3 ? 'wrap' : null;
    if (text === '据' || text === '根' || text === '综' || text === '按') return 'wrap';
    // 消息来自路透访得的知情人士.
    if (text === '自' && textAt(reading, n - 1) === '来' && hanAt(reading, n - 3, '消息')) return 'wrap';
    if (text === 'told' || text === 'tells' || text === 'telling')
      return mention.first - n <= 3 && mention.role !== 'party' ? 'told' : null;
    if (text === 'with' && textAt(reading, n - 1) === 'interview') return 'told';
    if (text === '诉' && textAt(reading, n - 1) === '告') return 'told';
    if (text === 'by') {
      const verb = textAt(reading, n - 1);
      if (
        [
          'covered',
          'relayed',
          'carried',
          'repeated',
          'republished',
          'syndicated',
          'cited',
          'quoted',
          'summarised',
          'summarized',
          'picked',
          'echoed',
        ].includes(verb)
      )
        return 'relay';
      if (
        [
          'reported',
          'seen',
          'reviewed',
          'viewed',
          'obtained',
          'published',
          'broken',
          'report',
          'reports',
          'reporting',
          'story',
          'article',
          'post',
          'statement',
          'announced',
          'confirmed',
          'stated',
          'said',
          'first',
          'scoop',
          'exclusive',
          'dispatch',
          'investigation',
          'account',
        ].includes(verb)
      )
        return citesIt(reading, n - 1, floor) ? 'cited' : 'wrap';
    }
    if (
      (text === 'from' || text === 'in') &&
      ['report', 'reports', 'reporting', 'story', 'article', 'exclusive', 'news', 'word', 'scoop', 'dispatch'].includes(
        textAt(reading, n - 1),
      ) &&
      mention.role !== 'party'
    ) {
      // "A Reuters summary of a story in The Information": what one outlet passes on is the other's.
      const ofIt = ['a', 'an', 'the'].includes(textAt(reading, n - 2)) && textAt(reading, n - 3) === 'of';
      return citesIt(reading, n - 1, floor) || (ofIt && previous?.role === 'outlet' && n - previous.last < 6)
        ? 'cited'
        : 'wrap';
    }
    if (!BEFORE_NAME.has(text)) break;
  }
  return saidAfter({ reading, range, mention, previous, sentence });
}

/** "attributing the figures to the Financial Times", "credited to". */
function attributing(reading: IndexedReading, at: number, floor: number): boolean {
  for (let n = at - 1; n >= Math.max(floor, at - 6); n -= 1)
    if (['attribut', 'credit'].includes(reading.tokens[n]?.stem ?? '')) return true;
  return false;
}
