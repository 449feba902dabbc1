/**
 * Terms: what an article is about, as weighted words that a Chinese and an English report can share.
 *
 * "路透：中國海關不允許 H200 入境" and "Reuters: H200 not allowed in, customs says" meet in `reuter`, `custom`, `h200`.
 * Names come from whoever lists them (sources, frames); the few common words of this news stand in the table below.
 */

/** Chinese (both scripts) -> the English word it is read as. Only words that tell stories apart, no grammar. */
const READ_AS: readonly (readonly [english: string, ...han: string[]])[] = [
  ['china', '中国', '中國', '大陆', '大陸'],
  ['beijing', '北京'],
  ['washington', '华盛顿', '華盛頓', '华府', '華府'],
  ['us', '美国', '美國', '美方'],
  ['taiwan', '台湾', '台灣', '臺灣'],
  ['customs', '海关', '海關'],
  ['chip', '芯片', '晶片'],
  ['import', '进口', '進口', '入境'],
  ['export', '出口'],
  ['licence', '许可证', '許可證', '许可', '許可'],
  ['ban', '禁令', '禁止', '禁售'],
  ['rule', '规则', '規則', '新规', '新規'],
  ['tariff', '关税', '關稅'],
  ['sanction', '制裁'],
  ['model', '模型'],
  ['release', '发布', '發布', '發佈', '推出', '上线', '上線'],
  ['multimodal', '多模态', '多模態'],
  ['train', '训练', '訓練'],
  ['inference', '推理'],
  ['order', '订单', '訂單', '下单', '下單'],
  ['price', '价格', '價格', '降价', '降價', '涨价', '漲價'],
  ['ship', '出货', '出貨', '交付'],
  ['delay', '推迟', '推遲', '延后', '延後', '延期'],
  ['open source', '开源', '開源'],
  ['phone', '手机', '手機'],
  ['launch', '发售', '發售', '上市'],
  ['deny', '否认', '否認'],
  ['official', '官方', '官员', '官員'],
  ['revenue', '营收', '營收', '收入'],
  ['supply', '供应', '供應'],
];

/** Words that stand in every story. */
const EVERYWHERE = new Set(
  `a about according after again all also am an and any are as at be because been before being between both but by can could did do does
  down during each few for from further had has have he her here his how i if in into is it its just may me might more most must my no nor
  not now of off on once only or other our out over own report reported reporting reports same saying said say says she should so some such
  tell tells than that the their them then there these they this those through to told too under until up very was we were what when where
  which while who whom why will with would you your`.split(/\s+/),
);

/** The headline says what the story is; names and numbers tell stories apart. Both as measured on labelled news. */
const HEADLINE_BOOST = 2;
const NAME_BOOST = 2;
/** The longest part of a text that is read, and the terms that are kept of it: enough for any news item, bounded for any other. */
const LONGEST_TEXT = 4000;
const MOST_TERMS = 200;

/** Folded Han alias -> English terms. */
export type Glossary = ReadonlyMap<string, readonly string[]>;

/** `names`: all names of one thing per row; its Han names are read as its first Latin one. */
export function glossaryOf(names: readonly (readonly string[])[] = []): Glossary {
  const glossary = new Map<string, readonly string[]>();
  for (const [english, ...han] of READ_AS) for (const word of han) glossary.set(word, words(english));
  for (const row of names) {
    const latin = row.find((name) => /^[\p{Script=Latin}\d]/u.test(name));
    if (latin === undefined) continue;
    for (const name of row) if (/^\p{Script=Han}{2,}$/u.test(name)) glossary.set(name, words(latin));
  }
  return glossary;
}

/** Term -> weight. Never empty for a text with a word in it. */
export function termsOf(
  text: { readonly title: string; readonly summary: string; readonly body: string },
  glossary: Glossary,
): Record<string, number> {
  const weights = new Map<string, number>();
  const add = (term: string, weight: number): void => void weights.set(term, (weights.get(term) ?? 0) + weight);
  count(text.title.slice(0, LONGEST_TEXT), HEADLINE_BOOST, glossary, add);
  count(`${text.summary}\n${text.body}`.slice(0, LONGEST_TEXT), 1, glossary, add);
  const heaviest = [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, MOST_TERMS);
  return Object.fromEntries(heaviest.map(([term, weight]) => [term, Math.round(100 * (1 + Math.log(weight))) / 100]));
}

function count(text: string, boost: number, glossary: Glossary, add: (term: string, weight: number) => void): void {
  for (const [run] of text.normalize('NFKC').matchAll(/\p{Script=Han}+|[\p{L}\p{N}][\p{L}\p{N}.\-’']*/gu)) {
    if (/^\p{Script=Han}/u.test(run)) {
      countHan(run, boost, glossary, add);
      continue;
    }
    const named = /^\p{Lu}|\d/u.test(run);
    for (const term of words(run)) add(term, named ? boost * NAME_BOOST : boost);
  }
}

/** Known words as their English terms, longest first; whatever is left as pairs of characters. */
function countHan(run: string, boost: number, glossary: Glossary, add: (term: string, weight: number) => void): void {
  let unknown = '';
  const flush = (): void => {
    for (let at = 0; at + 1 < unknown.length; at += 1) add(unknown.slice(at, at + 2), boost);
    unknown = '';
  };
  for (let at = 0; at < run.length;) {
    const known = knownAt(run, at, glossary);
    if (known === null) {
      unknown += run[at] ?? '';
      at += 1;
      continue;
    }
    flush();
    for (const term of known.terms) add(term, boost * NAME_BOOST);
    at += known.length;
  }
  flush();
}

function knownAt(run: string, at: number, glossary: Glossary): { length: number; terms: readonly string[] } | null {
  for (let length = Math.min(8, run.length - at); length >= 2; length -= 1) {
    const terms = glossary.get(run.slice(at, at + length));
    if (terms !== undefined) return { length, terms };
  }
  return null;
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[\s’']+/)
    .map((word) => word.replace(/[.-]{1,3}$/, '').slice(0, 40))
    .filter((word) => word.length > 1 && !EVERYWHERE.has(word))
    .map(stem);
}

/** "chips" and "chip", "launched" and "launch": the endings that English news varies most. */
function stem(word: string): string {
  if (word.length < 5 || /\d/.test(word)) return word;
  const root = word.endsWith('ies')
    ? `${word.slice(0, -3)}y`
    : word.endsWith('ing') && word.length > 6
      ? word.slice(0, -3)
      : word.endsWith('ed') && word.length > 5
        ? word.slice(0, -2)
        : word.endsWith('es') && word.length > 5
          ? word.slice(0, -2)
          : word.endsWith('s') && !word.endsWith('ss')
            ? word.slice(0, -1)
            : word;
  return root.length > 4 && root.endsWith('e') ? root.slice(0, -1) : root;
}
