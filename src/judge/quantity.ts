/**
 * Numbers with their unit: "1.6-trillion-parameter", "about 1T parameters", "总参数约1.6万亿", "hundreds of thousands of units".
 */
import { UNITS } from './families.ts';
import type { IndexedReading, PhraseSet, Span } from './phrase.ts';
import { find } from './phrase.ts';
import { stem } from './stem.ts';
import { hanAt } from './tokens.ts';

export interface Quantity extends Span {
  readonly low: number;
  readonly high: number;
  /** "more than", "up to": the number is a bound, not a value. */
  readonly bound: 'above' | 'below' | null;
}

const SCALE: Readonly<Record<string, number>> = {
  thousand: 1e3,
  k: 1e3,
  million: 1e6,
  m: 1e6,
  billion: 1e9,
  bn: 1e9,
  b: 1e9,
  trillion: 1e12,
  tn: 1e12,
  t: 1e12,
  千: 1e3,
  万: 1e4,
  百万: 1e6,
  千万: 1e7,
  亿: 1e8,
  千亿: 1e11,
  万亿: 1e12,
  兆: 1e12,
};
const WORDS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  一: 1,
  两: 2,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  上: 1,
};
const ABOVE = new Set(['over', 'above', 'exceeding', 'exceed', 'exceeds', 'beyond', '超', '过']);
const BELOW = new Set(['under', 'below', 'nearly', '近']);

/** "$1 billion" counts dollars as "1 billion dollars" does. */
const SIGNS: Readonly<Record<string, string>> = { $: 'dollar', '¥': 'yuan' };

/** Quantities in the range whose unit phrase stands within a few words after (or, in Chinese, before) the number. */
export function quantitiesIn(reading: IndexedReading, range: Span, units: PhraseSet): Quantity[] {
  const places = find(units, reading, range);
  const signs = Object.entries(SIGNS).flatMap(([sign, unit]) =>
    units.all.some((phrase) => phrase.words.has(unit)) ? [sign] : [],
  );
  if (places.length === 0 && signs.length === 0) return [];
  const found: Quantity[] = [];
  for (let n = range.first; n < range.last; n += 1) {
    const number = numberAt(reading, n, range);
    if (number === null) continue;
    // "910B" is a chip, "910B parameters" a number: glued to its scale it must be followed by the unit.
    const coded = number.last === n + 1 && /[0-9]b$/.test(reading.tokens[n]?.text ?? '');
    const near =
      signs.includes(reading.tokens[number.first - 1]?.text ?? '') ||
      places.some(
        (unit) =>
          (unit.first >= number.last && unit.first - number.last <= 4) ||
          (!coded && number.first >= unit.last && number.first - unit.last <= 5),
      );
    if (near && !isCountOfOther(reading, number, places)) found.push(number);
    n = number.last - 1;
  }
  return found;
}

/** "One trillion tokens a day": counted is what stands right behind the number, whatever else of the claim's is near. */
function isCountOfOther(reading: IndexedReading, number: Quantity, units: readonly Span[]): boolean {
  for (let n = number.last; n < number.last + 3; n += 1) {
    if (units.some((unit) => unit.first <= n && n < unit.last)) return false;
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark') return false;
    if (OTHER_COUNTS.has(token.stem)) return true;
    if (token.kind === 'han' || token.capital || JOINS.has(token.text))
      return HAN_COUNTS.some((word) => hanAt(reading, n, word));
  }
  return false;
}
const OTHER_COUNTS = new Set(
  [
    ...UNITS.flat(),
    'query',
    'request',
    'prediction',
    'operation',
    'call',
    'word',
    'image',
    'sample',
    'message',
    'view',
    'download',
    'visit',
    'character',
  ]
    .filter((word) => /^[a-z]+$/.test(word) && !['parameter', 'param'].includes(word))
    .map(stem),
);
const HAN_COUNTS = ['次', '美元', '元', '人民币', '用户', '字', '令牌', '词元'];
const JOINS = new Set('and or of in on for with to at by than but per is are was were has have'.split(' '));

/** "1.6 trillion", "1.6t", "trillion", "1.6万亿", "上万亿", "hundreds of thousands". */
export function numberAt(reading: IndexedReading, at: number, range: Span): Quantity | null {
  const word = (n: number): string => (n >= range.first && n < range.last ? (reading.tokens[n]?.text ?? '') : '');
  const here = word(at);
  const before = word(at - 1);
  const bound =
    ABOVE.has(before) || (before === 'than' && word(at - 2) === 'more')
      ? 'above'
      : BELOW.has(before) || (before === 'than' && word(at - 2) === 'less')
        ? 'below'
        : null;
  if (/^(?:hundreds|tens|dozens)$/.test(here)) {
    const unit = here === 'hundreds' ? 100 : here === 'tens' ? 10 : 12;
    const scale = word(at + 1) === 'of' ? SCALE[word(at + 2).replace(/s$/, '')] : undefined;
    const base = unit * (scale ?? 1);
    return { first: at, last: scale === undefined ? at + 1 : at + 3, low: base, high: base * 10, bound };
  }
  const glued = /^([0-9]+(?:\.[0-9]+)?)(k|m|b|bn|t|tn)$/.exec(here);
  if (glued !== null) {
    const value = Number(glued[1]) * (SCALE[glued[2] ?? ''] ?? 1);
    return { first: at, last: at + 1, low: value, high: value, bound };
  }
  const digits = /^[0-9]+(?:\.[0-9]+)?$/.test(here) ? Number(here) : undefined;
  const base = digits ?? WORDS[here];
  const start = base === undefined ? at : at + 1;
  let scale = 1;
  let last = start;
  for (const width of [2, 1]) {
    const text = Array.from({ length: width }, (_, n) => word(start + n)).join('');
    const found = SCALE[text];
    if (found !== undefined && (text.length > 1 || /[^a-z]/.test(text))) {
      scale = found;
      last = start + width;
      break;
    }
  }
  if (scale === 1 && digits === undefined) return null;
  const value = (base ?? 1) * scale;
  return { first: at, last: Math.max(last, at + 1), low: value, high: value, bound };
}
