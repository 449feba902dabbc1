/**
 * Things of one sort with a claim's thing that are not it: V3.2, R2 and "Kimi K2" beside V4, the 910C beside the 950PR, Taiwan beside China.
 *
 * Told by their shape (a version, a part number, a name with a number) and by the families and places that are known, so that a product
 * nobody has listed is still another one.
 */
import { FAMILIES, PLACES } from './families.ts';
import type { IndexedReading, PhraseSet, Span } from './phrase.ts';
import { compilePhrases, find } from './phrase.ts';
import type { CompiledSlot, SlotPlaces } from './slots.ts';
import type { Token } from './text.ts';
import { hanAt, textAt } from './tokens.ts';

export type Sort = 'model' | 'chip' | 'place' | 'rule' | 'company';

/** V4, R2, V3.2: one letter, one number. A part number has more digits (H200, 950PR, MI308). */
const VERSION = /^[a-z][0-9](?:\.[0-9]{1,2})?$/;
const PART = /^(?:[a-z]{1,3}[0-9]{2,4}[a-z]{0,2}|[0-9]{3}[a-z]{1,2})$/;
/** A name's number: "Qwen 4", "GLM-5.1". Years and days are longer or stand behind a month. */
const NUMBER = /^[0-9](?:\.[0-9]{1,2})?$/;
const SCALES = new Set('thousand million billion trillion bn tn percent % nm nanometre nanometer x times'.split(' '));
const NOT_NAMES = new Set(
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sep oct nov dec monday tuesday wednesday thursday friday saturday sunday phase stage part level tier step top about only just the a an act hr section chapter page no number'.split(
    ' ',
  ),
);
/** Names of models that news sets beside others, with those of families.ts. */
const MODELS = 'kimi glm llama gemini grok mistral minimax janus pangu qwen yi ernie hunyuan doubao claude gpt'.split(
  ' ',
);
const HAN_MODELS = ['千问', '盘古', '豆包', '混元', '文心', '智谱清言'];
/** Smaller or special models that bear the name of a bigger one. */
const SMALLER = new Set('lite mini nano tiny small air edge'.split(' '));
/** More countries than news of the beat names as parties. */
const ABROAD =
  'vietnam indonesia thailand philippines saudi uae emirates dubai qatar israel brazil mexico canada france ireland australia turkey kazakhstan 越南 印尼 泰国 沙特 阿联酋 迪拜 以色列 巴西 墨西哥 加拿大 法国'.split(
    ' ',
  );
/** What a developer brings out besides models. */
const OTHER_PRODUCTS = new Set(
  'app application apps plugin tool toolkit library kernels framework file feature website dataset benchmark browser newsletter paper report podcast'.split(
    ' ',
  ),
);
const HAN_PRODUCTS = ['应用', '工具', '插件', '功能', '网站', '论文', '报告', '数据集'];

interface Known {
  readonly sort: Sort | null;
  /** Of its names, by stem. */
  readonly words: ReadonlySet<string>;
  /** Families of a maker that is itself one of its names: where "Huawei" will do, an Atlas is no other chip. */
  readonly kin: ReadonlySet<string>;
}
const sorts = new WeakMap<CompiledSlot, Known>();

const FAMILY_WORDS: Readonly<Record<'model' | 'chip', ReadonlySet<string>>> = {
  model: new Set([...MODELS, ...namesOfKind('model')]),
  chip: new Set(namesOfKind('chip')),
};
function namesOfKind(kind: 'model' | 'chip'): string[] {
  return FAMILIES.filter((family) => family.kind === kind)
    .flatMap(({ names, codes }) => [...names, ...codes])
    .map((name) => name.toLowerCase())
    .filter((name) => /^[a-z0-9.]+$/.test(name));
}
const PLACE_WORDS = new Set(PLACES.flatMap(({ names }) => names.map((name) => name.toLowerCase())));
const PLACE_NAMES = compilePhrases([...PLACES.flatMap(({ names }) => names), ...ABROAD]);

/** Of what sort a slot is, by the shape of its names first. Null: nothing that others could be told from. */
export function sortOf(slot: CompiledSlot): Sort | null {
  return known(slot).sort;
}

function known(slot: CompiledSlot): Known {
  const before = sorts.get(slot);
  if (before !== undefined) return before;
  const phrases = [...slot.aliases.all, ...slot.lesser.all];
  const words = new Set(phrases.flatMap((phrase) => [...phrase.words]));
  const places = phrases.filter(({ pattern }) => PLACE_WORDS.has(pattern.toLowerCase()));
  const list = [...words];
  const sort: Sort | null = list.some((word) => VERSION.test(word))
    ? 'model'
    : list.some((word) => PART.test(word) || (slot.kind !== 'company' && FAMILY_WORDS.chip.has(word)))
      ? 'chip'
      : places.length > 1
        ? 'place'
        : slot.kind === 'bill'
          ? null
          : (slot.kind ?? null);
  const names = new Set(phrases.map(({ pattern }) => pattern.toLowerCase()));
  const kin = new Set(
    FAMILIES.filter(({ maker }) => names.has(maker)).flatMap((family) =>
      family.names.map((name) => name.toLowerCase()),
    ),
  );
  const found = { sort, words, kin };
  sorts.set(slot, found);
  return found;
}

/** Whether the slot itself lists this word. */
export const lists = (slot: CompiledSlot, word: string): boolean => known(slot).words.has(word);

/** A name with a number in it: what tells one version from another. "DeepSeek" alone, "its new model" have none. */
export const hasNumber = (reading: IndexedReading, span: Span): boolean =>
  reading.tokens.slice(span.first, span.last).some(({ text }) => /[0-9]/.test(text));

/** "V4-Lite" is another model than V4. */
export const isSmaller = (reading: IndexedReading, span: Span): boolean =>
  SMALLER.has(textAt(reading, span.last)) && reading.tokens[span.last]?.capital === true;

/** Everything of the slot's sort in the range that is none of its mentions, in order. */
export function likesIn(
  slot: CompiledSlot,
  place: SlotPlaces,
  reading: IndexedReading,
  range: Span,
  { companies, named }: { readonly companies: readonly Span[]; readonly named: readonly Span[] },
): Span[] {
  const { sort, words, kin } = known(slot);
  if (sort === null) return [];
  const found = place.rivals.filter((one) => within(range, one)).map(spanOf);
  const own = [...place.spans].map(([first, last]) => ({ first, last }));
  const add = (span: Span): void => {
    if ([...own, ...found, ...named].every((other) => other.last <= span.first || span.last <= other.first))
      found.push(span);
  };
  for (const [first, last] of place.spans)
    if (sort === 'model' && first >= range.first && last < range.last && isSmaller(reading, { first, last }))
      found.push({ first, last: last + 1 });
  if (sort === 'place') for (const span of find(PLACE_NAMES, reading, range)) if (isWhere(reading, span)) add(span);
  if (sort === 'company') for (const span of companies) if (within(range, span)) add(spanOf(span));
  if (sort === 'rule') for (const span of otherRules(reading, range)) add(span);
  if (sort === 'model' || sort === 'chip')
    for (let n = range.first; n < range.last; n += 1) {
      const last = likeAt(reading, n, range.first, sort, { words, kin });
      if (last > n) add({ first: n, last: Math.min(last, range.last) });
    }
  return found.sort((a, b) => a.first - b.first);
}

export const within = (range: Span, { first, last }: Span): boolean => first >= range.first && last <= range.last;

const spanOf = ({ first, last }: Span): Span => ({ first, last });

function likeAt(
  reading: IndexedReading,
  n: number,
  first: number,
  sort: 'model' | 'chip',
  { words, kin }: Pick<Known, 'words' | 'kin'>,
): number {
  const token = reading.tokens[n];
  if (token === undefined) return n;
  if (token.kind === 'han') {
    const name = sort === 'model' ? HAN_MODELS.find((one) => hanAt(reading, n, one)) : undefined;
    return name === undefined ? n : n + name.length;
  }
  const { text } = token;
  if (words.has(text) || kin.has(text) || (/^[0-9]/.test(text) && kin.has(textAt(reading, n - 1)))) return n;
  if (sort === 'chip' ? PART.test(text) : isVersion(text, words)) return n + 1;
  if (FAMILY_WORDS[sort].has(text) && token.capital) return n + 1;
  return sort === 'model' && n > first && isNumbered(token, reading, n + 1) ? n + 2 : n;
}

/** A version in a letter that the slot's own have, or that models commonly have: "Atlas A2" is a server. */
function isVersion(text: string, own: ReadonlySet<string>): boolean {
  if (!VERSION.test(text)) return false;
  if ('vrk'.includes(text.charAt(0))) return true;
  for (const word of own) if (word.charAt(0) === text.charAt(0) && VERSION.test(word)) return true;
  return false;
}

/** "OCR 2"; not the capital of a sentence's first word, nor "1.6 trillion". */
function isNumbered(name: Token, reading: IndexedReading, at: number): boolean {
  const number = reading.tokens[at];
  return (
    !SCALES.has(textAt(reading, at + 1)) &&
    name.kind === 'word' &&
    name.capital &&
    name.text.length > 2 &&
    !NOT_NAMES.has(name.text) &&
    !FAMILY_WORDS.chip.has(name.text) &&
    number?.kind === 'word' &&
    NUMBER.test(number.text)
  );
}

const INTO = new Set('to in into inside within across at'.split(' '));
const HAN_INTO = new Set('向给往至到在对'.split(''));
/** Who is there: "Indian customers". */
const THERE = new Set('customers customer buyers buyer clients client companies firms'.split(' '));
const HAN_THERE = ['客户', '买家', '市场'];
/** Where something comes from, or is said: "made in Taiwan". */
const MADE = new Set(
  'made built assembled based headquartered produced packaged born listed speaking said reporters'.split(' '),
);

/** Where a deed is done or who gets its object: "to customers in Taiwan", 向台湾客户. */
function isWhere(reading: IndexedReading, span: Span): boolean {
  if (reading.tokens[span.first]?.kind === 'han')
    return HAN_INTO.has(textAt(reading, span.first - 1)) || HAN_THERE.some((word) => hanAt(reading, span.last, word));
  if (THERE.has(textAt(reading, span.last))) return true;
  const before = textAt(reading, span.first - 1);
  const lead = before === 'the' ? 2 : 1;
  return INTO.has(textAt(reading, span.first - lead)) && !MADE.has(textAt(reading, span.first - lead - 1));
}

/** An app, a paper: the object next to the verb is no model at all. */
export function otherProductIn(reading: IndexedReading, deed: number, range: Span): Span | null {
  for (let n = deed + 1; n < Math.min(range.last, deed + OBJECT_REACH); n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark') return null;
    if (token.kind === 'han') {
      const name = HAN_PRODUCTS.find((one) => hanAt(reading, n, one));
      if (name !== undefined) return { first: n, last: n + name.length };
    } else if (OTHER_PRODUCTS.has(token.text)) return { first: n, last: n + 1 };
    else if (WITHIN.has(token.text)) return null;
  }
  return null;
}
const OBJECT_REACH = 8;
const WITHIN = new Set('in on via through with for alongside to as of at and by from'.split(' '));

const RULES = new Set('rule rules regulation regulations framework'.split(' '));
/** Capitals that tell no rule from another. */
const NO_RULE_NAMES = new Set('ai us american commerce department bis trump the washington'.split(' '));

/** "The Biden AI diffusion rule": a rule with a name of its own. */
function otherRules(reading: IndexedReading, range: Span): Span[] {
  const found: Span[] = [];
  for (let n = range.first + 1; n < range.last; n += 1) {
    if (!RULES.has(textAt(reading, n))) continue;
    if (ofOtherGoods(reading, n + 1)) found.push({ first: n, last: n + 1 });
    else
      for (let at = n - 1; at >= Math.max(range.first + 1, n - 4); at -= 1) {
        const token = reading.tokens[at];
        if (token === undefined || token.kind !== 'word' || WITHIN.has(token.text)) break;
        if (token.capital && !NO_RULE_NAMES.has(token.text)) {
          found.push({ first: at, last: n + 1 });
          break;
        }
      }
  }
  return found;
}

const TRADED = new Set('exports export sales shipments'.split(' '));
const CHIPS = new Set(
  'ai chip chips gpu gpus semiconductor semiconductors accelerator accelerators processor processors computing advanced such these those their its all every any most the of to new foreign overseas us american global worldwide nvidia h200 china hardware technology tech and'.split(
    ' ',
  ),
);

/** A rule "for drone exports", "on exports of rare earths": a rule of the same build for other goods. */
export function ofOtherGoods(reading: IndexedReading, at: number): boolean {
  let n = at;
  while (RULES.has(textAt(reading, n)) || ['licence', 'license', 'licensing', 'for'].includes(textAt(reading, n)))
    n += 1;
  if (n === at || textAt(reading, n - 1) !== 'for') {
    if (!['on', 'over', 'covering', 'of'].includes(textAt(reading, n))) return false;
    n += 1;
  }
  const goods: string[] = [];
  let traded = false;
  for (let end = n + 5; n < end; n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind !== 'word') break;
    if (TRADED.has(token.text)) traded = true;
    else if (WITHIN.has(token.text) && token.text !== 'of') break;
    else goods.push(token.text);
    if (traded && goods.length > 0) break;
  }
  return traded && goods.some((word) => !CHIPS.has(word)) && !goods.some((word) => GOODS_OF_CHIPS.has(word));
}
const GOODS_OF_CHIPS = new Set(
  'chip chips gpu gpus semiconductor semiconductors accelerator accelerators processor processors ai computing hardware'.split(
    ' ',
  ),
);

const BODIES = new Set(
  'ministry commission government cabinet parliament agency regulator regulators council'.split(' '),
);
const HAN_BODIES = ['商务部', '经产省', '政府', '委员会'];
const FOREIGN = compilePhrases([...PLACES.flatMap(({ names }) => names), 'European', ...ABROAD]);

/** Governments named in the range that are not the one `actor` belongs to: "China's Ministry of Commerce", "the European Commission". */
export function otherBodies(reading: IndexedReading, range: Span, actor: string): Span[] {
  const home = PLACES.find(({ bodies }) => bodies.includes(actor));
  if (home === undefined) return [];
  const names = new Set(home.names.map((name) => name.toLowerCase()));
  return find(FOREIGN, reading, range).flatMap((place) => {
    if (names.has(place.phrase.pattern.toLowerCase()) || WITHIN.has(textAt(reading, place.first - 1))) return [];
    for (let n = place.last; n < Math.min(range.last, place.last + 4); n += 1) {
      const body = BODIES.has(textAt(reading, n)) ? 1 : (HAN_BODIES.find((one) => hanAt(reading, n, one))?.length ?? 0);
      // "Ministry of Commerce" is one name.
      const last = n + body + (textAt(reading, n + body) === 'of' ? 2 : 0);
      if (body > 0) return [{ first: place.first, last }];
    }
    return [];
  });
}

/** The country a statement puts its event in: "inside China". Null: none, or it is named as a slot. */
export function whereOf(statement: string, slots: readonly CompiledSlot[]): PhraseSet | null {
  const before = wheres.get(slots);
  if (before !== undefined) return before;
  const where = slots.some((slot) => sortOf(slot) === 'place') ? null : placeIn(statement);
  wheres.set(slots, where);
  return where;
}
const wheres = new WeakMap<readonly CompiledSlot[], PhraseSet | null>();

function placeIn(statement: string): PhraseSet | null {
  const place = PLACES.find(({ names }) =>
    names.some((name) => new RegExp(`\\b(?:in|inside) ${name}\\b`).test(statement)),
  );
  return place === undefined ? null : compilePhrases(place.names);
}

/** Places in the range where something is done, but for those of `own`. */
export function otherPlaces(reading: IndexedReading, range: Span, own: PhraseSet): Span[] {
  const named = find(own, reading, range);
  return find(PLACE_NAMES, reading, range).filter(
    (span) => isWhere(reading, span) && !named.some((one) => one.first < span.last && span.first < one.last),
  );
}

/** "Chinese customers' data centres in Malaysia": whose they are, not where. */
export const isAdjective = (reading: IndexedReading, span: Span): boolean =>
  THERE.has(textAt(reading, span.last)) || textAt(reading, span.last) === "'s";
