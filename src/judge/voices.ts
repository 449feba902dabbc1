/**
 * Whose voice it is not: "a former Huawei executive said", 华为经销商表示, "a man posing as a DeepSeek spokesman". The name stands beside the
 * verb, and somebody else speaks.
 */
import { compilePhrases } from './phrase.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { anyOf } from './phrase.ts';
import type { Mention } from './names.ts';
import { hanAt, textAt } from './tokens.ts';

/** In front of the name, in its own words: he was one of them, pretends to be, or is against them. */
const BEFORE = new Set(
  'former ex onetime retired fake faked bogus forged parody spoof lookalike unverified purported suing covering critical posing impersonating pretending imitating against used rivals customers suppliers critics'.split(
    ' ',
  ),
);
const BEFORE_REACH = 4;
/** Between the name and the verb: those around it. */
const BETWEEN = new Set(
  'former ex retired fake distributor distributors dealer dealers reseller resellers supplier suppliers customer customers client clients partner partners shareholder shareholders critic critics biographer union fan fans chatbot lookalike parody rival rivals competitor competitors user users impersonator impersonators'.split(
    ' ',
  ),
);
/** "A rival of DeepSeek". */
const OF_IT = new Set(
  'rival competitor critic customer supplier distributor dealer backer user fan client partner neighbour'.split(' '),
);
const HAN_BEFORE = ['曾任', '自称', '冒充', '山寨', '假冒', '冒用', '伪造', '研究', '看好', '高仿'];
const HAN_BEFORE_REACH = 6;
const HAN_BETWEEN = [
  '离职',
  '曾任',
  '经销商',
  '供应商',
  '客户',
  '伙伴',
  '粉丝',
  '概念股',
  '代理商',
  '股东',
  '批评者',
  '竞争对手',
  '分拆',
  '传记',
  '网友',
];

/** 前 is former before a name or right behind it, and not in 日前, 此前, 前日. */
const isFormerly = (reading: IndexedReading, at: number): boolean =>
  textAt(reading, at) === '前' &&
  !['日', '此', '之', '目', '先', '早', '以', '年', '月', '天'].includes(textAt(reading, at - 1)) &&
  !['日', '天', '夕', '述', '不'].includes(textAt(reading, at + 1));

/** Whether the name only says whom somebody else once belonged to, imitates or is against. */
export function isBehindStranger(reading: IndexedReading, { first }: Mention, floor: number): boolean {
  if (isFormerly(reading, first - 1)) return true;
  if (textAt(reading, first - 1) === 'of' && OF_IT.has(textAt(reading, first - 2))) return true;
  for (let n = first - 1; n >= Math.max(floor, first - HAN_BEFORE_REACH); n -= 1) {
    const token = reading.tokens[n];
    if (token === undefined || (token.kind === 'mark' && token.text !== '-' && token.text !== '"')) return false;
    if (token.kind === 'han') {
      if (HAN_BEFORE.some((word) => hanAt(reading, n, word))) return true;
    } else if (first - n <= BEFORE_REACH && BEFORE.has(token.text)) return true;
  }
  return false;
}

/** Who tells it instead, however many commas after the name: 华为昇腾芯片上，分析师称. */
const HAN_TELLERS = ['分析师', '专家', '券商', '知情', '消息人士', '业内', '博主', '学者', '律师', '网友'];
export const isTellerAt = (reading: IndexedReading, at: number): boolean =>
  HAN_TELLERS.some((word) => hanAt(reading, at, word));

/** Whether the token behind a name makes its distributors, customers or former people the speakers. */
export function isStrangerBehind(reading: IndexedReading, { last }: Mention, at: number): boolean {
  const token = reading.tokens[at];
  if (token === undefined) return false;
  if (token.kind !== 'han') return BETWEEN.has(token.text);
  if (at === last && isFormerly(reading, at)) return true;
  // 股东大会, 合作伙伴大会: where it speaks itself.
  const word = HAN_BETWEEN.find((one) => hanAt(reading, at, one));
  return word !== undefined && textAt(reading, at + word.length) !== '大';
}

/** A paper that nobody vouches for. */
const FORGED = compilePhrases([
  '(leaked|fake|faked|forged|bogus|purported|alleged|unverified|fabricated)',
  '(posted|generated|made|written|shared|uploaded|edited) by (=a|=an|=some|=one|=users|=fans)',
  '(=user|=users) (generated|made|posted)',
  '(paper|report|study) (by|from|of) * (researchers|academics|scientists|university|students)',
  '(伪造|泄露|流出|网传|自制|假的)',
]);
export const isForged = (reading: IndexedReading, range: Span): boolean => anyOf(FORGED, reading, range);

/** People who tell of another's act: it stands on their word. */
const BYSTANDERS = compilePhrases([
  '(lobbyist|lobbyists|think tank|think tanks|industry group|trade group|lawmaker|lawmakers|senator|senators|critics|activists|user|users) (said|says|say|claimed|claims|accused|accuse|accuses|wrote|alleged)',
  '(former|ex|retired) * (official|officials|chief|employee|engineer|executive|staffer) * (said|says|claimed|wrote|recalled)',
]);
export const isToldByOthers = (reading: IndexedReading, range: Span): boolean => anyOf(BYSTANDERS, reading, range);

/** What a party's word is about, when it is about others' words: "was aware of reports that", 注意到有关...的报道. */
const OTHERS_WORDS = compilePhrases([
  '(aware|informed|delighted|surprised|concerned|reviewing|investigating|examining|checking|studying|regretted|regrets|regret|noticed|seen|saw|read|shared) (of|by|about|at|) (the|a|media|press|recent|some|online|) * (reports|report|rumours|rumors|claims|allegations|speculation|post|posts|remark|remarks|coverage)',
  '(reports|rumours|rumors|rumour|rumor|claims|allegations|speculation|remark|posts) (that|of|claiming|saying)',
  '(critics|competitors|rivals|users|others|media|outlets|analysts|some) (assume|claim|claimed|say|said|spread|had spread|believe|had reported|reported)',
  '(had|has|have) (reported|claimed|alleged|rumoured)',
  '(premature|wrong|misleading|too early) to (say|claim|conclude)',
  '(关于|有关|注意到|回应)*(报道|传闻|消息|说法|传言)',
  '有(报道|传闻|消息)称',
]);
const CONFIRMING = new Set([
  'confirmed',
  'confirms',
  'confirm',
  'confirming',
  'acknowledged',
  'admitted',
  '证实',
  '确认',
]);

/** "Said in its technical report that": its own. */
const OWN_PAPERS = new Set(['technical', 'tech', 'annual', 'quarterly', 'earnings', 'financial', 'safety', 'research']);
const REPORT = new Set(['report', 'paper', 'filing']);

/** Between a party's verb and what is found: a statement about somebody else's statement, which it does not make its own. */
export function isAboutOthersWords(reading: IndexedReading, between: Span): boolean {
  for (let n = between.first; n < between.last; n += 1) {
    if (CONFIRMING.has(textAt(reading, n)) || hanAt(reading, n, '证实') || hanAt(reading, n, '确认')) return false;
    if (OWN_PAPERS.has(textAt(reading, n)) && REPORT.has(textAt(reading, n + 1))) return false;
  }
  // "Said that, contrary to media reports, V4 does not": set against them, and its own.
  let first = between.first;
  for (let n = between.first; n < between.last; n += 1)
    if (AGAINST.has(textAt(reading, n)))
      for (let end = n + 1; end < between.last && first <= n; end += 1)
        if (textAt(reading, end) === ',') first = end + 1;
  return anyOf(OTHERS_WORDS, reading, { first, last: between.last });
}
const AGAINST = new Set(['contrary', 'despite', 'unlike', 'notwithstanding']);
