/**
 * What a statement counts and the things it speaks of without naming them.
 *
 * "about 1.6 trillion parameters" is a range with its units; "$12 billion" is looked for as it is written; "a phone factory" is no name
 * and still what tells one story from the next.
 */
import type { Frame, FrameSlot } from '../core/claim.ts';
import { KINDS, OBJECTS, UNITS } from './families.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { numberAt } from './quantity.ts';
import type { Quantity } from './quantity.ts';
import { isFrequent, rarity } from './rarity.ts';
import type { StatementName } from './statement-names.ts';
import { stem } from './stem.ts';
import type { Token } from './text.ts';

export interface Amount extends Span {
  readonly quantity: Omit<NonNullable<Frame['quantity']>, 'together'> | undefined;
  /** Forms in which a sum or share is written, when it has no unit that stands as a word. */
  readonly written: readonly string[];
}

/** How far a number may be off and still be the one that is meant: news rounds. */
const TOLERANCE = 0.05;
const ABOUT = 0.2;
const ROUGHLY = new Set([
  'about',
  'around',
  'roughly',
  'some',
  'nearly',
  'almost',
  'approximately',
  '约',
  '近',
  '大约',
]);
const AT_LEAST = new Set(['least', 'over', 'exceed', 'exceeds', '超', '逾', '超过']);
const AT_MOST = new Set(['most', 'under', 'below']);
/** How far behind its number a unit may stand: "500,000 of its new Ascend AI chips". */
const UNIT_REACH = 6;
/** Stands for "no limit" where a number must be finite to be stored. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;
const CURRENCY = new Set(['$', '¥', '€', '£', '￥']);

/** The first number of the statement that is no part of a name or a time. */
export function amountIn(reading: IndexedReading, used: ReadonlySet<number>): Amount | null {
  const range: Span = { first: 0, last: reading.tokens.length };
  for (let n = 0; n < reading.tokens.length; n += 1) {
    const token = reading.tokens[n];
    if (used.has(n) || token === undefined || token.kind === 'mark') continue;
    const number = numberAt(reading, n, range);
    if (number === null) continue;
    const before = reading.tokens[n - 1]?.text ?? '';
    const sum = CURRENCY.has(before) || reading.tokens[number.last]?.text === '%';
    const unit = sum ? null : unitAfter(reading, number.last, used);
    const first = ROUGHLY.has(before) || AT_LEAST.has(before) || AT_MOST.has(before) ? n - 1 : n;
    if (unit === null) return { first, last: number.last, quantity: undefined, written: writtenForms(number) };
    const { low, high } = bounds(number, reading, n);
    return { first, last: number.last, quantity: { low, high, units: unit }, written: [] };
  }
  return null;
}

function unitAfter(reading: IndexedReading, from: number, used: ReadonlySet<number>): readonly string[] | null {
  for (let n = from; n < Math.min(from + UNIT_REACH, reading.tokens.length); n += 1) {
    const token = reading.tokens[n];
    const row = UNITS.find((units) => units.some((unit) => unit === token?.text || stem(unit) === token?.stem));
    if (row !== undefined) return row;
    // A Chinese unit of two characters.
    const two = (token?.text ?? '') + (reading.tokens[n + 1]?.text ?? '');
    const long = UNITS.find((units) => units.includes(two));
    if (long !== undefined) return long;
    if (used.has(n) && token?.kind === 'han') continue;
  }
  return null;
}

function bounds(
  number: Quantity,
  reading: IndexedReading,
  at: number,
): { readonly low: number; readonly high: number } {
  const before = reading.tokens[at - 1]?.text ?? '';
  const than = before === 'than' ? (reading.tokens[at - 2]?.text ?? '') : '';
  const to = before === 'to' && reading.tokens[at - 2]?.text === 'up';
  if (AT_LEAST.has(before) || than === 'more' || than === 'greater' || number.bound === 'above')
    return { low: number.low * (1 - TOLERANCE), high: NO_LIMIT };
  if (AT_MOST.has(before) || than === 'less' || than === 'fewer' || to)
    return { low: 0, high: number.high * (1 + TOLERANCE) };
  const slack = ROUGHLY.has(before) ? ABOUT : TOLERANCE;
  return { low: number.low * (1 - slack), high: number.high * (1 + slack) };
}

const SCALES: readonly (readonly [number, readonly string[], string])[] = [
  [1e12, ['trillion', 'tn', 't'], '万亿'],
  [1e9, ['billion', 'bn', 'b'], ''],
  [1e6, ['million', 'm', 'mn'], ''],
];

/** 12_000_000_000 -> "12 billion", "12bn", "12b", 120亿. */
function writtenForms({ low }: Quantity): string[] {
  const forms: string[] = [];
  for (const [size, names] of SCALES) {
    const count = low / size;
    if (count < 1 || count >= 1000) continue;
    const digits = String(Number(count.toPrecision(4)));
    const [long = '', ...short] = names;
    forms.push(`${digits} ${long}`, ...short.flatMap((name) => [`${digits}${name}`, `${digits} ${name}`]));
  }
  if (low >= 1e8) forms.push(`${String(Number((low / 1e8).toPrecision(4)))}亿`);
  else if (low >= 1e4) forms.push(`${String(Number((low / 1e4).toPrecision(4)))}万`);
  return [...forms, String(low)];
}

const SMALL = new Set(
  'the a an of to in on at by for from with and or but is are was were be been being will would could may might can has have had its their his her new some more most than into over about that this it they not no never without as up out off all any one two first next own only just also very who which what when where how why there these those such other same still plan plans planning begin begins start starts place places make makes get gets give gives take takes put puts let lets order orders based made using used use like look see say said people'.split(
    ' ',
  ),
);
const HAN_SMALL = /[的了在是将会把被对与和及为于从向等着过并也就都而或一个其该这那有已经中上下不未没无]/gu;
/** Things a statement needs besides its names before it can be told from its neighbours. */
const ENOUGH = 2;
const ENOUGH_WITHOUT_DEED = 3;

/**
 * Lower-case things as slots, the most telling first, until there are enough slots; the words that are left stand in for a deed
 * when the statement names none.
 */
export function nounSlots(
  reading: IndexedReading,
  rest: readonly Token[],
  names: readonly StatementName[],
  slots: number,
  hasDeed: boolean,
  needsObject: boolean,
): { readonly slots: readonly Omit<FrameSlot, 'name'>[]; readonly words: readonly string[] } {
  const content = rest.filter(
    (token) => token.kind === 'word' && token.text.length > 2 && !SMALL.has(token.text) && /[a-z]/.test(token.text),
  );
  const kinds = [...Object.values(KINDS), ...OBJECTS];
  const candidates = content
    .map((token) => ({ token, kind: kinds.find((words) => words.some((word) => stem(word) === token.stem)) }))
    .sort(
      (a, b) => weight(b.token) + (b.kind === undefined ? 0 : 0.2) - weight(a.token) - (a.kind === undefined ? 0 : 0.2),
    );
  const made: Omit<FrameSlot, 'name'>[] = [];
  const spent = new Set<Token>();
  // Two countries alone are in half of the news.
  const onlyPlaces = names.length > 0 && names.every((name) => name.rules);
  const wanted = Math.max(needsObject || onlyPlaces ? 1 : 0, (hasDeed ? ENOUGH : ENOUGH_WITHOUT_DEED) - slots);
  for (const { token, kind } of candidates) {
    // Without a deed one word is kept to say what is claimed.
    if (made.length >= wanted || (!hasDeed && slots + made.length > 0 && content.length - spent.size <= 1)) break;
    made.push({ aliases: kind ?? [token.text], required: true });
    spent.add(token);
  }
  const chunks = hanChunks(reading, rest);
  const left = content.filter((token) => !spent.has(token));
  const rare = left.filter((token) => !isFrequent(token.stem));
  const words = (rare.length > 0 ? rare : left).map((token) => token.text);
  for (const chunk of chunks) {
    if (made.length < wanted && (hasDeed || slots + made.length === 0)) {
      const kind = kinds.find((known) => known.includes(chunk));
      made.push({ aliases: kind ?? [chunk], required: true });
    } else words.push(chunk);
  }
  return { slots: made, words: [...new Set(words)].slice(0, 8) };
}

/** Rare words first, and things before what is done to them. */
const weight = (token: Token): number =>
  rarity(token.stem) + (isFrequent(token.stem) ? 0 : 0.1) - (/(?:ed|ing)$/.test(token.text) ? 0.3 : 0);

/** Chinese that is left between names and deeds, cut at particles: 比亚迪, 新工厂. */
function hanChunks(reading: IndexedReading, rest: readonly Token[]): string[] {
  const runs: string[] = [];
  let end = -1;
  for (const token of rest) {
    if (token.kind !== 'han') continue;
    if (token.start === end) runs[runs.length - 1] += token.text;
    else runs.push(token.text);
    end = token.end;
  }
  return runs
    .flatMap((run) => run.replace(HAN_SMALL, ' ').split(' '))
    .filter((chunk) => chunk.length >= 2)
    .map((chunk) => chunk.slice(0, 6));
}
