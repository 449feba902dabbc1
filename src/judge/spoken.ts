/**
 * Whether the words behind a name make it speak: "the FT reported", "Nvidia's export chief testified", 华为表示; not "DeepSeek is said to",
 * "Huawei distributors said". What stands in front of a name is read in relations.ts.
 */
import { joinsList } from './clauses.ts';
import { deniesTalk } from './denial.ts';
import { HAN_SPEECH, PARTY_SPEECH, SPEAKER_FILLERS, SPEECH } from './lexicon.ts';
import type { Mention } from './names.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { compilePhrases, find } from './phrase.ts';
import type { Sentence } from './text.ts';
import { hanAt, textAt } from './tokens.ts';
import { isBehindStranger, isStrangerBehind, isTellerAt } from './voices.ts';

/** A name in its part of a sentence. */
interface Named {
  readonly reading: IndexedReading;
  readonly range: Span;
  readonly mention: Mention;
  /** The name before it there. */
  readonly previous: Mention | undefined;
  readonly sentence: Sentence;
}

/** "The Information reported", "Nvidia's chief executive, Jensen Huang, said", "路透：", "Reuters report". */
export function saidAfter({ reading, range, mention, previous, sentence }: Named): 'wrap' | 'told' | 'said' | null {
  const outlet = mention.role !== 'party';
  const next = textAt(reading, mention.last);
  // "Reuters' sources say", "Reuters' February tale of".
  if (outlet && ["'", "'s"].includes(next) && [1, 2].some((at) => TELLINGS.has(textAt(reading, mention.last + at))))
    return 'said';
  // "..., The Information has it."
  if (outlet && ['has', 'had'].includes(next) && textAt(reading, mention.last + 1) === 'it') {
    const after = reading.tokens[mention.last + 2];
    if (after === undefined || after.kind === 'mark') return 'said';
  }
  if (outlet) {
    if (['report', 'reports', 'reporting', 'exclusive', 'sources', 'source', 'story', 'scoop'].includes(next))
      return 'said';
    if (next === ':' && mention.first <= sentence.first + 1) return 'said';
    // A title's tail: "H200 chips not allowed in China - Reuters".
    if (
      sentence.part === 'title' &&
      mention.last >= sentence.last &&
      ['—', ':', '|', '('].includes(textAt(reading, mention.first - 1))
    )
      return 'wrap';
    // A dateline: "(Reuters)".
    if (textAt(reading, mention.first - 1) === '(' && next === ')' && mention.first - sentence.first < 12)
      return 'wrap';
  } else if (next === ':' && mention.first - sentence.first <= 3 && !isBehindStranger(reading, mention, range.first))
    return 'said';
  // "A former Huawei executive", 自称华为员工的网友: somebody else speaks.
  if (!outlet && isBehindStranger(reading, mention, range.first)) return null;
  if (!outlet && (papersOf(reading, mention, range) || pagesShow(reading, mention, range))) return 'said';
  // "Close to DeepSeek" and "DeepSeek's people" are somebody else.
  if (!outlet && next === '的' && hanAt(reading, mention.last + 1, '人士')) return null;
  const han = reading.tokens[mention.last]?.kind === 'han';
  const reach = (outlet ? 6 : 12) * (han && !outlet ? 2 : 1);
  let commas = 0;
  const aside = outlet ? mention.last : pastAside(reading, mention, range);
  if (
    !outlet &&
    previous !== undefined &&
    aside === mention.last &&
    pastAside(reading, previous, range) > mention.first
  )
    return null;
  for (let n = aside; n < Math.min(range.last, aside + reach); n += 1) {
    const token = reading.tokens[n];
    if (token === undefined) break;
    // "Huawei distributors said", 华为经销商表示.
    if (!outlet && commas === 0 && isStrangerBehind(reading, mention, n)) return null;
    // "Huawei, Cambricon and Moore Threads all claimed": a list speaks as one.
    if (token.text === ',' && !(!outlet && reading.tokens[n + 1]?.capital === true && joinsList(reading, n + 1)))
      commas += 1;
    if (token.kind === 'han') {
      if (!outlet && isTellerAt(reading, n)) return null;
      // "DeepSeek 预定下周公布": what it is going to say, it has not said.
      if (!outlet && HAN_AHEAD.some((word) => hanAt(reading, n, word))) return null;
      const verb = HAN_SPEECH.find((candidate) => hanAt(reading, n, candidate));
      if ((verb === '消息' || verb === '所报' || verb === '所述') && !outlet) continue;
      if (verb === '指' && !['出', ',', '，'].includes(textAt(reading, n + 1)) && !outlet) continue;
      if (verb === '说' && textAt(reading, n + 1) === '明') continue;
      if (verb === '称' && ['号', '之', '为'].includes(textAt(reading, n + 1))) continue;
      if (verb !== undefined) return negated(reading, n) ? null : 'said';
      continue;
    }
    // "Huawei followed with a statement that": a statement is said.
    if (!outlet && STATEMENTS.has(token.text) && ['that', 'saying', ':'].includes(textAt(reading, n + 1)))
      return 'said';
    if (commas === 0 && putsIt(reading, mention, n, range)) return 'said';
    // "An Nvidia spokesperson called the idea far-fetched"; a company that calls its model V4 says nothing.
    if (
      commas === 0 &&
      CALLS.has(token.text) &&
      (SPOKESPEOPLE.has(textAt(reading, n - 1)) || [1, 2, 3].some((step) => TALK.has(textAt(reading, n + step))))
    )
      return 'said';
    // "DeepSeek issued a denial of", "poured cold water on reports that", "ended months of talk by confirming that".
    if (!outlet && commas === 0 && isInOtherWords(reading, n, range)) return 'said';
    // "DeepSeek ruled out releasing V4 before July".
    if (!outlet && commas === 0 && ['ruled', 'rules'].includes(token.text) && textAt(reading, n + 1) === 'out')
      return 'said';
    if (token.kind === 'word' && (outlet ? SPEECH : PARTY_SPEECH).has(token.stem) && !isNoun(reading, n)) {
      // "Nvidia called DeepSeek's use of it far-fetched, adding that": the one who spoke first goes on.
      if (!outlet && previous !== undefined && n > mention.last && token.text.endsWith('ing')) return null;
      // "Huawei's coming chips, the report says": after one comma somebody else speaks, after two it was an apposition.
      if (commas === 1 && textAt(reading, n - 1) !== ',') return null;
      // "DeepSeek is said to", and headlines without the "is": somebody else says it.
      const before = ADVERBS.has(textAt(reading, n - 1)) ? n - 2 : n - 1;
      // "Reuters was told": somebody spoke to it.
      if (outlet && PASSIVE.has(textAt(reading, before)) && ['told', 'informed'].includes(token.text)) return 'told';
      if (
        PASSIVE.has(textAt(reading, before)) ||
        (token.text.endsWith('d') && textAt(reading, n + 1) === 'to' && !outlet)
      )
        return null;
      // "DeepSeek's promised showpiece": the word describes what it has, not what it says.
      if (!outlet && textAt(reading, n - 1) === "'s") return null;
      if (token.stem === 'deny' && !deniesTalk(reading, n)) return null;
      if (!outlet && token.stem === 'verify' && textAt(reading, n + 1) !== 'that') return null;
      if (negated(reading, n) || (!outlet && token.stem === 'tell' && !onRecord(reading, n, range))) return null;
      return 'said';
    }
    // "路透 2 月曾报道".
    if (/^[0-9]+$/.test(token.text) && reading.tokens[n + 1]?.kind === 'han') continue;
    if (token.kind === 'mark' && ![',', "'", '"', '(', ')', '《', '》'].includes(token.text)) break;
    // Not what it says, then.
    if (token.text === "n't" || token.text === 'declined') return null;
    // "DeepSeek did not deny but confirmed".
    if (['did', 'does', 'not'].includes(token.text) && textAt(reading, n + (token.text === 'not' ? 2 : 3)) === 'but') {
      n += token.text === 'not' ? 2 : 3;
      continue;
    }
    if (token.text === 'not') return null;
    // "DeepSeek flatly denied", "explicitly confirmed".
    if (!outlet && isAdverb(token.text)) continue;
    // "Commerce's export enforcement chief testified": after a possessive the role may be any few words.
    const role = !outlet && textAt(reading, mention.last) === "'s" && commas === 0 && n <= mention.last + 5;
    if (role && token.kind === 'word' && !token.capital) continue;
    // "The BIS enforcement chief answered": a role of a few words right behind its body.
    if (!outlet && commas === 0 && n <= mention.last + 2 && roleAhead(reading, n)) continue;
    // A capitalised word belongs to the speaker only after a title or a comma: "chief executive Jensen Huang", not "DeepSeek V4".
    if (
      token.kind === 'word' &&
      !SPEAKER_FILLERS.has(token.text) &&
      !(token.capital && !/[0-9]/.test(token.text) && n > mention.last)
    )
      break;
  }
  // Inverted: "..., said Nvidia", "says The Information".
  const before = reading.tokens[mention.first - 1];
  const verb = before?.text === 'the' ? reading.tokens[mention.first - 2] : before;
  if (
    verb !== undefined &&
    ['say', 'report', 'write', 'announce', 'confirm'].includes(verb.stem) &&
    verb.text !== 'say' &&
    mention.first - 2 > range.first &&
    (mention.last >= range.last ||
      reading.tokens[mention.last]?.kind === 'mark' ||
      reading.tokens[mention.last]?.text === 'on')
  )
    return 'said';
  return null;
}

/** Moves of speech that are no verbs of speech. */
const OTHER_WORDS = compilePhrases([
  '(=issued|=issues|=published|=posted) (=a|=an|=its|) (formal|flat|firm|blunt|strong|official|public|) denial (of|that)',
  '(=poured|=pours|=threw) cold water (on|over)',
  '(=quashed|=quashes|=scotched|=rubbished|=rubbishes|batted away|brushed aside|waved away) (=a|=the|=all|=any|media|press|) (reports|report|claims|claim|rumours|rumors|speculation|suggestions|talk|idea|notion)',
  '(=ended|=ends|=broke|=breaks|put an end|puts an end) * (=speculation|=silence|=rumours|=rumors|=debate|=mystery|=talk|=doubts) * (=by (=confirming|=acknowledging|=announcing|=admitting|=saying)|=to (=confirm|=acknowledge|=announce|=admit|=say)) that',
  '=let it be known',
  '=made (it|) (=clear|=plain|=known|=public) that',
]);
const isInOtherWords = (reading: IndexedReading, at: number, range: Span): boolean =>
  find(OTHER_WORDS, reading, { first: at, last: range.last }).some(({ first }) => first === at);

/**
 * "DeepSeek, in a rare statement, acknowledged", "Nvidia, which reports next week, said": behind what its commas put in, when the verb of
 * speech stands right there. The name must be the subject: "a rival of DeepSeek, in a statement, said" is the rival's.
 */
export function pastAside(reading: IndexedReading, { first, last }: Span, range: Span): number {
  if (textAt(reading, last) !== ',' || !ASIDES.has(textAt(reading, last + 1))) return last;
  if (OF_ANOTHER.has(textAt(reading, first - 1)) || OF_ANOTHER.has(textAt(reading, first - 2))) return last;
  for (let n = last + 2; n < Math.min(range.last, last + LONGEST_ASIDE); n += 1) {
    const text = textAt(reading, n);
    if (text === ';' || text === ':') return last;
    if (text !== ',') continue;
    let verb = n + 1;
    while (LEADS_VERB.has(textAt(reading, verb)) || isAdverb(textAt(reading, verb))) verb += 1;
    const token = reading.tokens[verb];
    const says = token !== undefined && token.text.length > 3 && PARTY_SPEECH.has(token.stem);
    return says && !['nothing', 'little'].includes(textAt(reading, verb + 1)) ? n + 1 : last;
  }
  return last;
}
const ASIDES = new Set(
  'in on at which whose speaking responding through via during citing when asked breaking long after for known'.split(
    ' ',
  ),
);
const OF_ANOTHER = new Set(
  'of about on against with by for to from near at around regarding over behind inside unlike than'.split(' '),
);
const LEADS_VERB = new Set('has have had also on monday tuesday wednesday thursday friday saturday sunday'.split(' '));
const LONGEST_ASIDE = 18;

/** "Flatly", "publicly"; "reportedly" and its kin say that somebody else tells it. */
const isAdverb = (text: string): boolean => text.length > 4 && text.endsWith('ly') && !HEARSAY.has(text);
const HEARSAY = new Set(
  'reportedly allegedly supposedly apparently purportedly presumably possibly family supply only likely assembly'.split(
    ' ',
  ),
);

/** A desk of the body, and a role within the next two words: "enforcement chief", "export control director"; not "supplier chief". */
function roleAhead(reading: IndexedReading, at: number): boolean {
  return DESKS.has(textAt(reading, at)) && [1, 2].some((step) => ROLES.has(textAt(reading, at + step)));
}
const DESKS = new Set(
  'enforcement export compliance control policy legal communications cloud chip hardware software research sales product finance security marketing trade investor relations regional'.split(
    ' ',
  ),
);
const ROLES = new Set([
  'chief',
  'head',
  'director',
  'secretary',
  'spokesperson',
  'spokesman',
  'spokeswoman',
  'counsel',
]);
const CALLS = new Set(['called', 'calls', 'dubbed', 'branded', 'labelled', 'labeled']);
const TALK = new Set('reports report claims claim suggestions allegations rumours rumors talk speculation'.split(' '));
const SPOKESPEOPLE = new Set(['spokesperson', 'spokesman', 'spokeswoman', 'official', 'executive', 'representative']);
const TELLINGS = new Set(
  'sources source report reports reporting story stories scoop latest account tale exclusive dispatch article piece coverage tally'.split(
    ' ',
  ),
);
const STATEMENTS = new Set(['statement', 'announcement', 'notice', 'post', 'note', 'message', 'release']);

/** "Nvidia's technical blog puts it at", "DeepSeek's own API reference lists": its paper speaks for it. */
function papersOf(reading: IndexedReading, mention: Mention, range: Span): boolean {
  if (textAt(reading, mention.last) !== "'s") return false;
  for (let n = mention.last + 1; n < Math.min(range.last, mention.last + 5); n += 1) {
    // "Huawei's partners' website" is theirs.
    if (isStrangerBehind(reading, mention, n)) return false;
    if (PAPERS.has(textAt(reading, n))) return true;
  }
  return false;
}
const PAPERS = new Set(
  'finding findings conclusion admission disclosure testimony blog paper documentation docs reference website filing readme changelog card notes statement announcement bulletin faq guidance notice newsroom'.split(
    ' ',
  ),
);
/** 华为官网显示, DeepSeek API 文档注明: its own page shows it. 华为经销商的页面 is another's. */
function pagesShow(reading: IndexedReading, mention: Mention, range: Span): boolean {
  // Nothing before the name: 仿冒华为官网, OpenRouter 上的 DeepSeek 页面 are others'.
  const before = reading.tokens[mention.first - 1];
  if (mention.first > range.first && before?.kind !== 'mark' && !LEADS_NAME.has(before?.text ?? '')) return false;
  let page = false;
  for (let n = mention.last; n < Math.min(range.last, mention.last + HAN_PAGE_REACH); n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark' || isStrangerBehind(reading, mention, n)) return false;
    page ||= HAN_PAGES.some((word) => hanAt(reading, n, word));
    if (page && HAN_SHOWS.some((word) => hanAt(reading, n, word))) return true;
  }
  return false;
}
const HAN_PAGES = [
  '官网',
  '商城',
  '页面',
  '文档',
  '说明',
  '日志',
  '报告',
  '模型卡',
  '财报',
  '年报',
  '季报',
  '公告',
  '目录',
];
const HAN_SHOWS = ['显示', '标注', '注明', '写明', '载明', '列明', '列出', '写着'];
const HAN_PAGE_REACH = 16;
const LEADS_NAME = new Set(['据', '但', '而', '日', '前']);

/** "DeepSeek puts the size at 1.6 trillion", "Nvidia put the number at zero"; not "put its customers at a loss", nor somebody's behind an 's. */
function putsIt(reading: IndexedReading, mention: Mention, at: number, range: Span): boolean {
  if (!['puts', 'put'].includes(textAt(reading, at)) || textAt(reading, mention.last) === "'s") return false;
  for (let n = at + 1; n < Math.min(range.last, at + 8); n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark' || ['on', 'in', 'for'].includes(token.text)) return false;
    if (token.text === 'at')
      return [1, 2, 3].some(
        (step) => /[0-9]/.test(textAt(reading, n + step)) || AMOUNTS.has(textAt(reading, n + step)),
      );
  }
  return false;
}
const AMOUNTS = new Set(['zero', 'nil', 'none', 'tens', 'dozens', 'hundreds', 'thousands', 'millions', 'billions']);
const HAN_AHEAD = ['预定', '计划', '将', '拟', '打算', '准备', '预计', '下周', '有望', '或将', '即将'];

/** Told whom? "told lawmakers", "told reporters" is on record; "told agents", "told suppliers" is an instruction somebody else must vouch for. */
function onRecord(reading: IndexedReading, at: number, range: Span): boolean {
  for (let n = at + 1; n < Math.min(range.last, at + 8); n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark') return false;
    if (PUBLIC_LISTENERS.has(token.text)) return true;
    if (token.text === 'that' || PRIVATE_LISTENERS.has(token.text)) return false;
    if (token.capital && token.text !== 'chinese' && token.text !== 'us') return true;
  }
  return false;
}

const PRIVATE_LISTENERS = new Set(
  'staff employees colleagues workers suppliers agents brokers partners friends insiders'.split(' '),
);

const ADVERBS = new Set(['also', 'now', 'reportedly', 'widely', 'already', 'further']);
const PASSIVE = new Set(['is', 'was', 'are', 'were', 'been', 'being', 'be']);

const PUBLIC_LISTENERS = new Set(
  'reporters journalists lawmakers senators congress house senate panel committee subcommittee hearing audience conference investors analysts shareholders attendees parliament media press summit forum developers call delegates podcast'.split(
    ' ',
  ),
);

/** "the Huawei report shows": report after a party is usually its paper, not its speech; a plan "posted" is a noun elsewhere. */
function isNoun(reading: IndexedReading, n: number): boolean {
  const text = textAt(reading, n);
  return (
    [
      'post',
      'posts',
      'note',
      'notes',
      'list',
      'show',
      'project',
      'projects',
      'report',
      'reports',
      'estimate',
      'estimates',
      'forecast',
      'quote',
      'claim',
      'claims',
      'comment',
      'detail',
      'details',
      'state',
      'break',
      'cover',
      'document',
    ].includes(text) &&
    ['the', 'a', 'an', 'this', "'s", 'blog', 'technical', 'in', 'of'].includes(textAt(reading, n - 1))
  );
}

function negated(reading: IndexedReading, n: number): boolean {
  for (let back = n - 1; back >= n - 4 && back >= 0; back -= 1) {
    const text = textAt(reading, back);
    if (
      [
        "n't",
        'not',
        'nor',
        'neither',
        'never',
        'without',
        'declined',
        'refused',
        '未',
        '没',
        '拒',
        '尚',
        '不',
      ].includes(text)
    )
      return true;
    if (reading.tokens[back]?.kind === 'mark' || text === 'but') return false;
  }
  return false;
}

/** "Zhang Dixuan, who heads Huawei's Ascend business, said": its head speaks for it. */
export function isHeaded(reading: IndexedReading, mention: Mention, range: Span): boolean {
  const before = textAt(reading, mention.first - 1) === 'the' ? mention.first - 2 : mention.first - 1;
  if (!['heads', 'leads', 'runs', 'chairs', 'oversees'].includes(textAt(reading, before))) return false;
  if (textAt(reading, before - 1) !== 'who') return false;
  for (let n = mention.last; n < Math.min(range.last, mention.last + 20); n += 1)
    if (PARTY_SPEECH.has(reading.tokens[n]?.stem ?? '') && !isNoun(reading, n)) return true;
  return false;
}
