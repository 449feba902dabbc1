/**
 * What exactly is said not to be so: the claim, or something narrower.
 *
 * "Denied that V4 runs on Ascend" takes the claim back; "denied that V4 runs only on Ascend", "denied paying for it to run there", "denied
 * it ran there this week" leave it as it was. A no reaches all that stands in its scope, so what is denied is the whole of it: it refutes
 * the claim only when nothing stands there that the claim does not say as well. That is told by the words: those of the claim and those
 * that restrict nothing pass, every other word makes what is denied something else. Of an affirmed opposite ("V4 is text only") nothing is
 * asked here: what is added to it takes nothing away.
 */
import { closesClause } from './clauses.ts';
import type { CompiledClaim, Finding } from './frame.ts';
import type { IndexedReading, PhraseSet, Span } from './phrase.ts';
import { find, rangeOf } from './phrase.ts';
import { stem } from './stem.ts';
import { phraseTokens } from './text.ts';
import type { Sentence, Token } from './text.ts';
import { hanAt, textAt, words } from './tokens.ts';

/** Words that restrict nothing: grammar, what any report says of its names, times too long or too vague to make it another event. */
const PLAIN = words(
  `a an the any this that these those it its their his her they he she there of on onto in into inside at to for with using by from as is are was
  were be been being am has have had having do does did will would can could may might shall and or nor either neither not n't no none never ever
  yet so far still now currently presently already actually really indeed simply at all such one single some 's ' thus either whatsoever zero
  company companies firm firms customer customers client clients buyer buyers chip chips processor processors accelerator accelerators gpu gpus
  card cards unit units product products model models system systems market hardware chipmaker chipmakers group startup semiconductor semiconductors
  new latest flagship upcoming own ai ever date january february march april may june july august september october november december year years
  month months quarter time 2025 2026 2027 that who which late early mid end them thing things anything country known publicly through server
  servers coming about approximately around roughly some false untrue baseless groundless unfounded wrong incorrect inaccurate fabricated fake nonsense misleading issue issued issuing joint final official delivered during two giant huge big purchase purchases scratch silicon gone out sent left moved published released launched launch release away ready before until spring summer autumn winter last first feature features preview beta promised place placed make made take taken begin began begun start started happen happened occur occurred book booked see seen get got
  complete completed reach reached end ended up us mainland domestic
  的 了 已 曾 其 在 向 给 对 于 将 会 有 任 何 过 被 由 为 是 该 此 这 些 所 谓 从 至 今 并 非 不 无 未 没 尚 仍 还 目 前 客 户 公 司 厂 商 芯 片 产 品
  一 枚 颗 张 块 单 个 笔 份 台 套 片 次 件 模 型 用 使 以 和 与 及 或 上 中 内 里 到 过 批 任 来 型 号 经 经 正 式 直 暂 时 年 月 日 关 相 能 够 可 也 系 列 款 新 晶 见 英 伟 达 辉 报 道 传 闻 消 息 说 法 网 有 称 国 境 预 告 原 定 完 成 实 际 已 也 迟 旬 通 知 生 营 收`,
);
/** Words that restrict wherever they stand, unless the claim's statement says them: which part, how well, when. */
const RESTRICTING = words(
  `only solely exclusively merely just alone entirely wholly fully completely purely all every each always both today tonight tomorrow yesterday
  without outside beyond except unless natively well better best properly smoothly slowly slower faster badly poorly efficiently exactly precisely strictly
  仅 只 唯 独 全 都 均 今 昨 明 周`,
);
/** Of these a claim that is about the whole means any. */
const WHOLE = words('only solely exclusively alone entirely wholly fully completely purely all 全 都 仅 只');
/** "No longer runs" says that it did; "no longer plans to" of what is to come says that it will not. */
const LAPSED = words('longer anymore');
const OBLIGED = words('had has have needs need needed');
/**
 * Who denies such a deed denies the wrong in it; and what draws (生成) no pictures may see them. Here even the frame's own words restrict, unless
 * the statement says them.
 */
const APART = words(
  `smuggle smuggles smuggled smuggling steal steals stole stolen stealing illegal illegally illicit illicitly unlawfully secretly improperly evade
  evaded evading circumvent circumvented circumventing hide hid hiding conceal concealed concealing leak leaked leaking`,
);
/** "Denied an application to review them case by case": what was asked for, not what is. */
const ASKED = words('application applications request requests petition licence license permit appeal motion bid visa');
/** Somebody's telling of it. */
const REPORTS = words(
  `report reports reporting claim claims rumour rumours rumor rumors story stories allegation allegations accusation accusations suggestion
  suggestions speculation assertion assertions account accounts article articles talk idea notion post posts coverage media news headlines`,
);
/** Behind such a noun: what it tells begins. */
const TELLS = words('that saying claiming alleging suggesting stating asserting');
/** Here what is denied ends. */
const ENDS = words(
  `but while although though because since after as despite amid when saying adding calling citing according following and said told says told
  including noting instead attributed described mentioned cited reported 但 而 却 并 称 表 指`,
);
const PLACES = words(
  `statement interview briefing email conference call filing monday tuesday wednesday thursday friday saturday sunday post press social weibo reuters
  bloomberg reporters journalists spokesperson spokesman testimony hearing response comment letter blog notice`,
);
/** "It has not shipped any because Beijing forbids it"; but "denied that it runs there because of Beijing" may deny the reason. */
const REASONS = words('because since after when amid');
const DENIES = words('deny reject dismiss dispute 否');
const LINKS = words('on in at to via through by for');
const AFTER_VERDICT = words('about on in regarding concerning to as only for when insofar');

/** Whether the no at `cue` takes back something narrower than the claim, or another matter that only mentions it. */
export function deniesLess(
  claim: CompiledClaim,
  finding: Finding,
  reading: IndexedReading,
  sentence: Sentence,
  cue: Span,
): boolean {
  const { span, says } = finding;
  const own = vocabularyOf(claim, finding.kind);
  const named = namedIn(claim, reading, sentence);
  const passes = (n: number): boolean => {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark') return true;
    if (APART.has(token.text) && n < cue.last + 3 && (n === cue.last || !named.has(n)))
      return own.statement.has(token.stem);
    if (token.text === '生' && textAt(reading, n + 1) === '成') return own.statement.has('generat');
    if (named.has(n) || (cue.first <= n && n < cue.last)) return true;
    if (n >= span.first && n < span.last && (finding.phrase === null || says.has(token.stem))) return true;
    if (LAPSED.has(token.text)) return claim.claim.kind === 'forecast' || own.statement.has(token.stem);
    // "It had to be rewritten to run there": not that it was is denied, but that it must.
    if (OBLIGED.has(token.text) && textAt(reading, n + 1) === 'to' && textAt(reading, n + 2) !== 'date') return false;
    if (RESTRICTING.has(token.text))
      return (
        own.statement.has(token.stem) ||
        (WHOLE.has(token.text) && own.whole) ||
        IN_SET_WORDS.has(`${textAt(reading, n - 1)} ${token.text}`)
      );
    // Before the match stand its names; a deed there is another's ("had to rewrite V4 to run there").
    const before = n < span.first && token.kind === 'word';
    if (isPlain(token, before ? own.statement : own.words) || isDay(reading, n)) return true;
    return cue.first < span.last && !narrows(reading, n, cue);
  };
  // "Images and video": an "and" between things of the claim, not before another verb.
  const goesOn = (at: number): boolean =>
    named.has(at) || (own.statement.has(reading.tokens[at]?.stem ?? '') && !says.has(reading.tokens[at]?.stem ?? ''));
  const extra = (from: number, to: number): boolean => {
    for (let n = from; n < to; n += 1) {
      // "V4, released on Friday, runs on it": what a comma puts in is told, not denied.
      const past = textAt(reading, n) === ',' ? asideEnd(reading, n, to) : n;
      if (past > n) n = past;
      else if (!passes(n)) return true;
    }
    return false;
  };
  if (cue.first >= span.last) {
    if (extra(startBefore(reading, sentence, span.first), cue.first)) return true;
    return (
      AFTER_VERDICT.has(textAt(reading, cue.last)) && extra(cue.last, endFrom(reading, sentence, cue.last, goesOn))
    );
  }
  const denies = DENIES.has(reading.tokens[cue.first]?.stem ?? '');
  // 否认签有协议，对 V4 能否运行未作回应: another clause.
  if (denies && reading.tokens[cue.first]?.kind === 'han')
    for (let n = cue.last + 3; n < span.first; n += 1) if (textAt(reading, n) === ',') return true;
  if (denies)
    for (let n = cue.last; n < cue.last + 4 && textAt(reading, n) !== 'that'; n += 1)
      if (ASKED.has(textAt(reading, n))) return true;
  return extra(
    startBehind(reading, cue.last, Math.max(cue.last, span.first)),
    endFrom(reading, sentence, span.last, goesOn, denies),
  );
}

/** "12 April", 7月: a day of the month or a month by its number. */
const isDay = (reading: IndexedReading, n: number): boolean =>
  /^[0-9]{1,2}$/.test(textAt(reading, n)) && [n - 1, n + 1].some((at) => MONTHS.has(textAt(reading, at)));
const MONTHS = words('january february march april may june july august september october november december 月 日 号');
/**
 * "The company denied the report", "called it far-fetched", in a sentence behind the one that tells it: not "denied delaying the release"
 * nor "denied any wrongdoing", which take back something else.
 */
export function deniesTalkOf(
  claim: CompiledClaim,
  finding: Finding,
  reading: IndexedReading,
  cue: Span,
  last: number,
): boolean {
  const own = vocabularyOf(claim, finding.kind).words;
  let end = cue.last;
  while (end < last && !closesClause(reading, end) && !ENDS.has(textAt(reading, end))) end += 1;
  if (isDeed(reading, cue.last) && !PRONOUNS.has(textAt(reading, cue.last))) return false;
  const first = startBehind(reading, cue.last, end);
  return reading.tokens
    .slice(first, end)
    .every((token, n) => token.kind === 'mark' || isPlain(token, own) || isDay(reading, first + n));
}

/**
 * Whether a word that the claim does not say makes what is denied another thing: the deed right behind the no ("denied paying for it"),
 * what a preposition adds ("to Iran", "without a licence"), a comparison. Elsewhere it may be one more word for the same ("was involved").
 * In Chinese, where no space parts one word from the next, only verbs of telling right behind the no do (没有提及, 未说明).
 */
function narrows(reading: IndexedReading, n: number, cue: Span): boolean {
  const token = reading.tokens[n];
  if (token?.kind === 'han') {
    if (HAN_ELSEWHERE.some((word) => hanAt(reading, n, word))) return true;
    return n < cue.last + 2 && HAN_TELLING.some((word) => hanAt(reading, n, word));
  }
  if (n < cue.last + DEED_REACH || COMPARES.has(textAt(reading, n))) return true;
  // "Companies that buy phones": which of them.
  if (WHICH.has(textAt(reading, n - 1)) && !REPORTS.has(textAt(reading, n - 2)) && n - 1 > cue.last) return true;
  for (let at = n - 1; at >= n - ADDED_REACH && reading.tokens[at]?.kind === 'word'; at -= 1)
    if (ADDS.has(textAt(reading, at))) return true;
  return false;
}
const HAN_TELLING = [
  '提及',
  '提到',
  '说明',
  '透露',
  '披露',
  '表示',
  '公布',
  '评论',
  '回应',
  '说过',
  '称',
  '具名',
  '看到',
  '发现',
  '泄',
];
const WHICH = words('that which who whose');
const HAN_ELSEWHERE = ['军方', '军队', '军事', '海外', '境外', '国外', '外国', '线下', '线上', '独家'];
const DEED_REACH = 3;
const ADDED_REACH = 3;
const ADDS = words('to in outside before after without under from into within during until against through');
const COMPARES = words('than more less fewer older newer bigger smaller larger faster slower cheaper better worse');

const IN_SET_WORDS = new Set(['at all', 'as well']);
const LONGEST_ASIDE = 10;
function asideEnd(reading: IndexedReading, comma: number, to: number): number {
  for (let n = comma + 1; n < Math.min(to, comma + LONGEST_ASIDE); n += 1) if (textAt(reading, n) === ',') return n;
  return comma;
}

const isPlain = (token: Token, own: ReadonlySet<string>): boolean =>
  PLAIN.has(token.text) || REPORTS.has(token.text) || own.has(token.stem);

interface Vocabulary {
  /** It is about the whole of something. */
  readonly whole: boolean;
  readonly words: ReadonlySet<string>;
  readonly statement: ReadonlySet<string>;
}
const vocabularies = new WeakMap<CompiledClaim, Map<string, Vocabulary>>();

/** The words of the claim: its statement, its names, and the deed in the frame's words on the side of the match. */
function vocabularyOf(claim: CompiledClaim, kind: Finding['kind']): Vocabulary {
  const side = kind === 'inverse' ? 'inverse' : 'predicate';
  const known = vocabularies.get(claim) ?? new Map<string, Vocabulary>();
  vocabularies.set(claim, known);
  const before = known.get(side);
  if (before !== undefined) return before;
  const statement = new Set(phraseTokens(claim.claim.statement).map((token) => token.stem));
  const all = new Set(statement);
  const add = (set: PhraseSet): void => {
    for (const phrase of set.all) for (const word of phrase.words) all.add(word);
  };
  if (side === 'inverse') add(claim.inverse);
  else for (const set of [claim.predicate, claim.deeds, claim.units]) add(set);
  const made = { words: all, statement, whole: [...WHOLE].some((word) => statement.has(stem(word))) };
  known.set(side, made);
  return made;
}

function namedIn(claim: CompiledClaim, reading: IndexedReading, sentence: Sentence): ReadonlySet<number> {
  const named = new Set<number>();
  for (const slot of claim.slots)
    for (const set of [slot.aliases, slot.lesser])
      for (const span of find(set, reading, rangeOf(sentence)))
        for (let n = span.first; n < span.last; n += 1) named.add(n);
  return named;
}

/** Where what is denied begins: behind "that", behind the report and how it was told, or at once. */
function startBehind(reading: IndexedReading, from: number, to: number): number {
  if (isDeed(reading, from)) return from;
  for (let n = from; n < Math.min(to, from + REPORT_REACH); n += 1) {
    const text = textAt(reading, n);
    if (text === 'that') return n + 1;
    if (REPORTS.has(text)) return behindReport(reading, n, to);
  }
  return from;
}
const REPORT_REACH = 9;
/** "Denied it said in a report that": not the report is denied. */
const isDeed = (reading: IndexedReading, at: number): boolean =>
  PRONOUNS.has(textAt(reading, at)) || (/.ing$/.test(textAt(reading, at)) && !PLAIN.has(textAt(reading, at)));
const PRONOUNS = words('it they he she we having being using');

function behindReport(reading: IndexedReading, noun: number, to: number): number {
  if (['of', 'about'].includes(textAt(reading, noun + 1))) return noun + 2;
  for (let n = noun + 1; n < Math.min(to, noun + 14); n += 1) if (TELLS.has(textAt(reading, n))) return n + 1;
  return noun + 1;
}

/** Where the statement that is called false begins: behind the report's "that", or with the clause. */
function startBefore(reading: IndexedReading, sentence: Sentence, to: number): number {
  let first = to;
  while (first > sentence.first && !closesClause(reading, first - 1) && !OPENERS.has(textAt(reading, first - 1)))
    first -= 1;
  // "A report that V4 runs there is wrong"; not "the price in a report on V4".
  for (let n = first; n < Math.min(to, first + 4); n += 1)
    if (REPORTS.has(textAt(reading, n))) return behindReport(reading, n, to);
  return first;
}
const OPENERS = words('said says say saying that adding called calls call dismissed dismissing');

/** The end of the clause, or where it goes on to tell who said so, when and why. */
function endFrom(
  reading: IndexedReading,
  sentence: Sentence,
  from: number,
  goesOn: (at: number) => boolean,
  denial = false,
): number {
  let n = from;
  for (; n < sentence.last && !closesClause(reading, n); n += 1) {
    const text = textAt(reading, n);
    if (ENDS.has(text) && !(denial && REASONS.has(text)) && !(text === 'and' && goesOn(n + 1))) break;
    if (LINKS.has(text) && [1, 2, 3].some((step) => PLACES.has(textAt(reading, n + step)))) break;
  }
  return n;
}
