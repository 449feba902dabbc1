/**
 * Taking up what was named before: "the model", "its new flagship", "it", 该模型.
 *
 * A word of these stands for a slot only where the sentence leaves the slot out and the text around it means it (frame.ts decides),
 * so "the chip" is Huawei's where the headline spoke of Huawei's, and nothing at all on a page that never did.
 */
import type { SlotKind } from '../core/claim.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { compilePhrases, find } from './phrase.ts';
import { words } from './tokens.ts';

/** Nouns that take up each sort, with a determiner close before them. */
const NOUNS: Readonly<Record<SlotKind, ReadonlySet<string>>> = {
  model: words(
    'model models flagship system llm release series family lineup version versions weights checkpoint checkpoints newcomer software product successor launch',
  ),
  chip: words(
    'chip chips processor processors accelerator accelerators silicon hardware gpu gpus npu npus card cards platform part parts stack semiconductors components unit units product product line',
  ),
  company: words(
    'company companies firm firms startup lab developer developers group groups chipmaker chipmakers vendor vendors supplier suppliers maker makers pair duo two partners engineers sides rivals giant giants',
  ),
  rule: words(
    'rule rules regulation regulations draft proposal plan framework measure measures regime document policy restrictions requirement requirements curbs',
  ),
  bill: words('bill act legislation measure proposal text'),
};
const PRONOUNS = words('it them they both');
/** "Its new model", "the long-awaited release", "DeepSeek's next system": without one of these a noun names its own thing. */
const DETERMINERS = words(
  "the this that these those its their his her new next newest upcoming coming forthcoming latest such both 's two own fresh",
);
/** Adjectives between determiner and noun: "its highly anticipated new AI model". */
const DETERMINER_REACH = 5;

const HAN: Readonly<Record<SlotKind, ReturnType<typeof compilePhrases>>> = {
  model: compilePhrases([
    '(该|这款|这一|新|此|本次|其|两款|下一代|旗舰|新一代|全新)(大|旗舰|ai|)(模型|版本|旗舰)',
    '它',
  ]),
  chip: compilePhrases([
    '(该|这款|新|其|自家|最新|这些|此|上述|新款)(新款|ai|)(芯片|晶片|处理器|加速卡|硬件|平台|产品|显卡)',
    '它',
  ]),
  company: compilePhrases(['(该|这家|两家|上述|三家)(公司|企业|厂商)', '双方', '两家', '后者', '对方']),
  rule: compilePhrases(['(该|这项|此|这一|新|上述)(规定|规则|规|草案|法规|政策|措施|要求)', '草案']),
  bill: compilePhrases(['(该|这项|此|这一|上述)(法案|草案|议案)', '法案']),
};

export interface Anaphor extends Span {
  /** A noun, which names the sort; a bare pronoun may mean anything. */
  readonly strong: boolean;
}

/** Every word of the range that may take up something of this sort, in order. */
export function anaphorsIn(reading: IndexedReading, range: Span, kind: SlotKind): Anaphor[] {
  const found: Anaphor[] = [];
  for (let n = range.first; n < range.last; n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind !== 'word') continue;
    if (PRONOUNS.has(token.text)) {
      if (!isExpletive(reading, n, range.last)) found.push({ first: n, last: n + 1, strong: false });
    } else if (NOUNS[kind].has(token.text)) {
      const from = determinerBefore(reading, n, range.first);
      // "Nvidia's chips" are no other maker's.
      const owned =
        from !== null &&
        (kind === 'chip' || kind === 'company') &&
        reading.tokens[from]?.text === "'s" &&
        reading.tokens[from - 1]?.capital === true;
      if (from !== null && !owned) found.push({ first: from, last: n + 1, strong: true });
    }
  }
  for (const { first, last } of find(HAN[kind], reading, range)) found.push({ first, last, strong: last - first > 1 });
  return found.sort((a, b) => a.first - b.first);
}

/** "It is unclear whether", "it remains to be seen": a word that takes up nothing. */
function isExpletive(reading: IndexedReading, at: number, limit: number): boolean {
  if (reading.tokens[at]?.text !== 'it' || !BEING.has(reading.tokens[at + 1]?.text ?? '')) return false;
  for (let n = at + 2; n < Math.min(limit, at + 6); n += 1)
    if (OPENS_A_CLAUSE.has(reading.tokens[n]?.text ?? '')) return true;
  return false;
}
const BEING = words("is was be 's remains remained seems seemed appears appeared becomes became");
const OPENS_A_CLAUSE = words(
  'that whether if why how to unclear clear certain uncertain possible likely unlikely unknown',
);

function determinerBefore(reading: IndexedReading, at: number, floor: number): number | null {
  for (let n = at - 1; n >= Math.max(floor, at - DETERMINER_REACH); n -= 1) {
    const token = reading.tokens[n];
    if (token === undefined || (token.kind === 'mark' && token.text !== "'s")) return null;
    if (DETERMINERS.has(token.text)) return n;
    // "that Nvidia hardware" is Nvidia's.
    if (token.capital) return null;
  }
  return null;
}
