/**
 * The same in Chinese (put-off.ts): "V4 推迟至下半年发布", "V4 六月前不会发布", "取消 V4 发布计划".
 */
import type { IndexedReading, Span } from './phrase.ts';
import type { PutOff } from './put-off.ts';
import type { Sentence } from './text.ts';
import { hanAt } from './tokens.ts';

const EVENTS = ['正式发布', '发布', '上线', '推出', '问世', '面世', '亮相', '到来'];
const DELAYS = ['推迟', '延期', '延后', '推后', '顺延', '延迟', '跳票'];
const OFF = ['取消', '放弃', '搁置', '叫停', '终止', '砍掉', '中止', '无限期推迟', '无限期搁置'];
const NOT_COMING = ['不会', '不再', '不打算', '无意', '没有计划', '暂无计划', '无计划'];
/** Between the thing and its verb. */
const FILLERS = [
  '的',
  '模型',
  '大模型',
  '发布时间',
  '发布日期',
  '发布',
  '上线',
  '推出',
  '已经',
  '已',
  '将会',
  '将',
  '会',
  '被',
  '再次',
  '再度',
  '正式',
  '则',
  '也',
  '在',
  '于',
  '时间',
  '计划',
  '预计',
  '定于',
  '把',
];
const UNTIL = ['至', '到', '于'];
const PLAN = ['计划', '项目', '工作', '的计划', '研发', '开发', '了'];
const NO = ['不', '未', '没', '无', '非'];
/** 今年第三季度: a time of news is not longer. */
const TIME_TOKENS = 10;

const wordAt = (reading: IndexedReading, n: number, list: readonly string[]): string | null =>
  list.find((word) => hanAt(reading, n, word)) ?? null;
const endsAt = (reading: IndexedReading, n: number, limit: number): boolean =>
  n >= limit || reading.tokens[n]?.kind === 'mark';

/** Skips any of these words; the first token behind them. */
function past(reading: IndexedReading, from: number, list: readonly string[]): number {
  let n = from;
  for (let word = wordAt(reading, n, list); word !== null; word = wordAt(reading, n, list)) n += word.length;
  return n;
}
/** The same backwards. */
function backPast(reading: IndexedReading, to: number, list: readonly string[], floor: number): number {
  let n = to;
  for (;;) {
    const end = n;
    const word = list.find((one) => end - one.length >= floor && hanAt(reading, end - one.length, one));
    if (word === undefined) return n;
    n -= word.length;
  }
}
const endingAt = (reading: IndexedReading, to: number, list: readonly string[], floor: number): string | null =>
  list.find((one) => to - one.length >= floor && hanAt(reading, to - one.length, one)) ?? null;

export function hanPutOffs(thing: Span, reading: IndexedReading, sentence: Sentence): PutOff | null {
  return behindIt(thing, reading, sentence) ?? beforeIt(thing, reading, sentence);
}

/** V4 ... 推迟至, 不会发布, 最早要到, 将于. */
function behindIt({ first, last }: Span, reading: IndexedReading, { last: limit }: Sentence): PutOff | null {
  const n = past(reading, last, FILLERS);
  const timed = (how: PutOff['how'], from: number, to: number): PutOff => ({
    how,
    first,
    last: to,
    time: { first: from, last: Math.min(limit, to) },
  });
  const delay = wordAt(reading, n, DELAYS);
  if (delay !== null) return until(first, past(reading, n + delay.length, EVENTS), reading, limit);
  const off = wordAt(reading, n, OFF);
  if (off !== null && n > last && ['被', '已'].some((word) => hanAt(reading, n - 1, word)))
    return endsAt(reading, n + off.length, limit) ? { how: 'off', first, last: n + off.length, time: null } : null;
  // 最早要到下半年才会发布, 要等到九月
  for (const lead of [
    '最早要到',
    '最早要等到',
    '最早也要到',
    '最早将于',
    '最早于',
    '最早在',
    '最早',
    '最快要到',
    '要到',
    '要等到',
    '得等到',
  ])
    if (hanAt(reading, n, lead)) return timed('before', n + lead.length, n + lead.length + TIME_TOKENS);
  for (let at = n; at < Math.min(limit, n + TIME_TOKENS); at += 1) {
    if (reading.tokens[at]?.kind === 'mark') return null;
    const no = wordAt(reading, at, NOT_COMING);
    if (no !== null) {
      const event = past(reading, at + no.length, ['在', '于']);
      return notComing(first, { first: n, last: at }, event, reading, limit);
    }
    const event = wordAt(reading, at, EVENTS);
    // V4 将于九月发布: a plan, whose time stands between the thing and the deed.
    if (event !== null)
      return at > n && n > last && endsAt(reading, past(reading, at, EVENTS), limit) ? timed('at', n, at) : null;
  }
  return null;
}

function until(first: number, from: number, reading: IndexedReading, limit: number): PutOff | null {
  const link = wordAt(reading, from, UNTIL);
  return link === null
    ? null
    : {
        how: 'before',
        first,
        last: from + 1,
        time: { first: from + 1, last: Math.min(limit, from + 1 + TIME_TOKENS) },
      };
}

/** 六月前不会发布, 今年内不会推出, 不会在今年发布, 不会发布. `time`: what stands before 不会. */
function notComing(first: number, time: Span, from: number, reading: IndexedReading, limit: number): PutOff | null {
  for (let at = from; at < Math.min(limit, from + TIME_TOKENS); at += 1) {
    if (reading.tokens[at]?.kind === 'mark') return null;
    const event = wordAt(reading, at, EVENTS);
    if (event === null) continue;
    if (!endsAt(reading, at + event.length, limit)) return null;
    const said = at > from ? { first: from, last: at } : time;
    if (said.last <= said.first) return { how: 'off', first, last: at + event.length, time: null };
    return { how: isBefore(reading, said) ? 'before' : 'within', first, last: at + event.length, time: said };
  }
  return null;
}

const isBefore = (reading: IndexedReading, { last }: Span): boolean => hanAt(reading, last - 1, '前');

/** 取消 V4 发布计划, 推迟 V4 发布至, 不会在今年发布 V4, 将于九月发布 V4. */
function beforeIt({ first, last }: Span, reading: IndexedReading, sentence: Sentence): PutOff | null {
  const { first: floor, last: limit } = sentence;
  const behind = past(reading, last, [...PLAN, '的', '模型', '大模型', ...EVENTS]);
  const lead = backPast(reading, first, ['了', '对', '研发', '开发', '模型'], floor);
  const off =
    endingAt(reading, backPast(reading, lead, EVENTS, floor), OFF, floor) ?? endingAt(reading, lead, OFF, floor);
  if (off !== null) {
    const at = backPast(reading, backPast(reading, lead, EVENTS, floor), OFF, floor);
    return endsAt(reading, behind, limit) && !isNegated(reading, at, floor)
      ? { how: 'off', first: at, last: behind, time: null }
      : null;
  }
  const delayed = backPast(reading, lead, EVENTS, floor);
  const delay = endingAt(reading, delayed, DELAYS, floor);
  if (delay !== null)
    return isNegated(reading, delayed - delay.length, floor)
      ? null
      : until(delayed - delay.length, past(reading, last, ['的', '发布时间', '时间', ...EVENTS]), reading, limit);
  const event = endingAt(reading, first, EVENTS, floor);
  if (event === null || !endsAt(reading, last, limit)) return null;
  const verb = backPast(reading, first, ['正式', ...EVENTS], floor);
  for (let at = verb - 1; at >= Math.max(floor, verb - TIME_TOKENS - 4); at -= 1) {
    if (reading.tokens[at]?.kind === 'mark') return null;
    const no = wordAt(reading, at, NOT_COMING);
    if (no !== null && at + no.length <= verb) {
      const said = { first: past(reading, at + no.length, ['在', '于']), last: verb };
      if (said.last <= said.first) return { how: 'off', first: at, last, time: null };
      return { how: isBefore(reading, said) ? 'before' : 'within', first: at, last, time: said };
    }
    if (hanAt(reading, at, '将于') || hanAt(reading, at, '计划于') || hanAt(reading, at, '定于'))
      return { how: 'at', first: at, last, time: { first: at + 2, last: verb } };
  }
  return null;
}

function isNegated(reading: IndexedReading, at: number, floor: number): boolean {
  for (let n = at - 1; n >= Math.max(floor, at - 3); n -= 1) if (wordAt(reading, n, NO) !== null) return true;
  return false;
}
