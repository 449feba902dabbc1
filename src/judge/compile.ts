/**
 * A frame from a plain statement: what somebody tracks from chat without writing YAML.
 *
 * "DeepSeek V4 runs on Huawei chips" -> slots "DeepSeek V4" (also "V4") and "Huawei" (also 华为, with all names the sources list), and a
 * predicate of every common way to say "runs on". It is shown to whoever gave the statement, who may correct it.
 */
import type { Frame, FrameSlot } from '../core/claim.ts';
import type { SourceRegistry } from '../core/source.ts';
import type { Mention } from './names.ts';
import { mentionsIn, nameIndex } from './names.ts';
import { stem } from './stem.ts';
import type { Reading, Token } from './text.ts';
import { read } from './text.ts';

/** Ways to say the same, English and Chinese: a word of a row stands for the row. */
const SAME_DEED: readonly (readonly string[])[] = [
  [
    'run',
    'work',
    'operate',
    'adapt',
    'support',
    'optimise',
    'deploy',
    'port',
    'tune',
    'power',
    'compatible',
    'inference',
    '运行',
    '适配',
    '支持',
    '部署',
    '优化',
  ],
  [
    'launch',
    'release',
    'unveil',
    'debut',
    'introduce',
    'roll out',
    'publish',
    'ship',
    'open source',
    'come out',
    'available',
    '发布',
    '推出',
    '上线',
    '亮相',
    '开源',
  ],
  ['order', 'buy', 'purchase', 'procure', 'book', 'commit to', '订购', '采购', '下单', '订单', '购买'],
  ['sell', 'deliver', 'ship', 'export', 'supply', 'on sale', '出货', '交付', '销售', '出售', '上市'],
  [
    'ban',
    'bar',
    'block',
    'prohibit',
    'forbid',
    'halt',
    'stop',
    'restrict',
    'not (allow|permit)',
    '禁止',
    '封杀',
    '限制',
    '不准',
    '不得',
  ],
  [
    'approve',
    'allow',
    'permit',
    'authorise',
    'clear',
    'license',
    'green light',
    'case by case',
    '批准',
    '允许',
    '放行',
    '核准',
    '许可',
  ],
  ['train', 'pretrain', 'develop on', '训练'],
  ['acquire', 'take over', 'buy', 'merge', 'bid for', '收购', '并购'],
  ['invest', 'fund', 'finance', 'raise', 'stake', '投资', '融资', '入股'],
  ['sue', 'file suit', 'lawsuit', 'charge', 'indict', '起诉', '诉讼'],
  ['resign', 'step down', 'quit', 'leave', 'depart', '辞职', '离职', '卸任'],
  ['die', 'dead', 'killed', 'death', 'pass away', '去世', '身亡'],
  ['pass', 'adopt', 'enact', 'vote', '通过', '表决'],
  ['withdraw', 'scrap', 'cancel', 'rescind', 'revoke', 'shelve', 'drop', '撤回', '撤销', '取消', '搁置'],
  ['add', 'list', 'blacklist', 'designate', 'entity list', '列入', '实体清单'],
  ['cut', 'lower', 'reduce', 'slash', '下调', '降价', '削减'],
  ['raise', 'increase', 'hike', '上调', '涨价', '提高'],
];
/** "has delivered", "have placed": only the deed done asserts it. */
const PERFECT = new Set(['has', 'have', 'had', '已', '已经']);
const FILLER = new Set(
  'the a an of to in on at by for from with and or but is are was were be been will would could may can has have had its their his her new some more than into over about that this it they'.split(
    ' ',
  ),
);
/** Slots past this would make the gate too narrow for any article. */
const MOST_SLOTS = 4;

export function compileFrame(statement: string, registry: SourceRegistry): Frame {
  const reading = read({ title: statement.slice(0, 400), summary: '', body: '' });
  const mentions = mentionsIn(reading, nameIndex(registry));
  const slots: FrameSlot[] = [];
  const used = new Set<number>();
  for (let n = 0; n < reading.tokens.length; n += 1) {
    const run = runAt(reading, mentions, n);
    if (run === null) continue;
    for (let at = n; at < run.last; at += 1) used.add(at);
    const aliases = aliasesOf(reading, n, run.last, mentions, registry);
    if (slots.length < MOST_SLOTS && !slots.some((slot) => slot.aliases.some((alias) => aliases.includes(alias))))
      slots.push({ name: `s${slots.length + 1}`, aliases, required: true });
    n = run.last - 1;
  }
  const rest = reading.tokens.filter((token, n) => !used.has(n));
  const predicate = predicateOf(rest);
  // A statement without a name is found by its words: the longest stand in for names.
  if (slots.length === 0) {
    const longest = rest.filter(isContent).sort((a, b) => b.text.length - a.text.length)[0];
    slots.push({ name: 's1', aliases: [longest?.text ?? statement.trim()], required: true });
  }
  const done = rest.some((token) => PERFECT.has(token.text));
  return { slots, predicate, inverse: [], exclude: [], partial: [], ...(done ? { tense: 'done' as const } : {}) };
}

const isContent = (token: Token): boolean => token.kind === 'word' && token.text.length > 2 && !FILLER.has(token.text);

/** A name at this token: a listed one, or capitalised words and product codes in a row. */
function runAt(reading: Reading, mentions: readonly Mention[], at: number): { readonly last: number } | null {
  let last = at;
  for (let n = at; n < reading.tokens.length; n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind === 'mark' || token.text === "'s") break;
    const mention = mentions.find((candidate) => candidate.first === n);
    if (mention !== undefined) {
      // Two listed names in a row are two slots.
      if (n > at) break;
      n = mention.last - 1;
      last = mention.last;
      continue;
    }
    const code = /[0-9]/.test(token.text) && /[a-z]/.test(token.text);
    const opens = n === 0 && !code && FILLER.has(token.text);
    if (!(token.kind === 'word' && (token.capital || code) && !opens)) break;
    last = n + 1;
  }
  return last > at ? { last } : null;
}

function aliasesOf(
  reading: Reading,
  first: number,
  last: number,
  mentions: readonly Mention[],
  registry: SourceRegistry,
): string[] {
  const text = (from: number, to: number): string =>
    reading.source.slice(reading.tokens[from]?.start ?? 0, reading.tokens[to - 1]?.end ?? 0);
  const aliases = new Set([text(first, last)]);
  const mention = mentions.find((candidate) => candidate.first === first);
  const source = mention === undefined || mention.source === null ? undefined : registry.byId(mention.source);
  if (source !== undefined && mention !== undefined) {
    const tail = mention.last < last ? text(mention.last, last) : '';
    if (tail === '') for (const name of [source.name, ...source.names]) aliases.add(name);
    // "DeepSeek V4" is also called "V4", and "深度求索 V4".
    else {
      if (/[0-9]/.test(tail)) aliases.add(tail);
      for (const name of source.names) aliases.add(`${name} ${tail}`);
    }
  }
  return [...aliases]
    .map((alias) => alias.replaceAll(/[(){}*|=]/g, ' ').trim())
    .filter((alias) => alias !== '')
    .slice(0, 60);
}

function predicateOf(rest: readonly Token[]): string[] {
  const phrases = new Set<string>();
  const han = rest
    .filter((token) => token.kind === 'han')
    .map((token) => token.text)
    .join('');
  for (const row of SAME_DEED) {
    const said = row.some(
      (word) => rest.some((token) => token.stem === stem(word)) || (/\p{Script=Han}/u.test(word) && han.includes(word)),
    );
    if (said) for (const word of row) phrases.add(word);
  }
  if (phrases.size === 0) for (const token of rest.filter(isContent)) phrases.add(token.text);
  if (phrases.size === 0 && han.length >= 2) phrases.add(han.slice(0, 8));
  return [...phrases];
}
