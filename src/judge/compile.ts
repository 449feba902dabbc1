/**
 * A frame from a plain statement: what somebody tracks from chat without writing YAML.
 *
 * "Huawei ships 950PR to Alibaba by July" -> slots Huawei (also 华为), 950PR (also Ascend 950PR, 昇腾950PR) and Alibaba (also 阿里巴巴);
 * shipping in every common way said close to one of them; by 31 July; plans and licences only mention it. It is shown to whoever
 * gave the statement, who may correct it.
 */
import type { Frame, FrameSlot } from '../core/claim.ts';
import type { SourceId, SourceRegistry } from '../core/source.ts';
import type { NewsTime } from '../core/time.ts';
import { DAY, newsTime } from '../core/time.ts';
import type { Deed } from './deeds.ts';
import { CANCEL, DEEDS, DELAY } from './deeds.ts';
import type { StatementName } from './statement-names.ts';
import { namesOf } from './statement-names.ts';
import type { IndexedReading, Span } from './phrase.ts';
import { compilePhrases, find, indexed } from './phrase.ts';
import { nounSlots } from './statement-things.ts';
import type { Amount } from './statement-things.ts';
import { amountIn } from './statement-things.ts';
import type { Token } from './text.ts';
import { read } from './text.ts';
import { timesIn } from './when.ts';

export interface CompiledStatement {
  readonly frame: Frame;
  /** End of the time named ("by mid-July", "this year"), exclusive. */
  readonly deadline: NewsTime | null;
  /** It speaks of what is to come. */
  readonly ahead: boolean;
  /** Listed parties the statement names, whose word may settle it. */
  readonly parties: readonly SourceId[];
  /** "still", "no longer": true or not as of now. */
  readonly standing: boolean;
  /** False: no name, no rare word, nothing an article could be recognised by. */
  readonly findable: boolean;
  /** Every name in it is one the sources or product families list, one of them of our beat: the frame holds all it can be called. */
  readonly familiar: boolean;
}

/** Slots past this would make the gate too narrow for any article. */
const MOST_SLOTS = 4;
const LONGEST_STATEMENT = 400;
const NOT_WORDS = "(not|n't|never|no|without|cannot|nobody)";
const NOT_HAN = '(不|未|没|没有|无|并未|尚未)';
const AHEAD = new Set(['will', 'shall', '将', '会']);
const PERFECT = new Set(['has', 'have', 'had', '已', '已经', '了']);
const STANDING = new Set(['still', 'remains', 'remain', 'longer', '仍', '依然']);
const NEGATIVE = new Set(['not', "n't", 'never', 'no', 'without', 'cannot', '不', '未', '没', '无']);
/** Words that lead a time: they go with it. */
const LEADS = new Set([
  'by',
  'before',
  'until',
  'till',
  'in',
  'on',
  'within',
  'during',
  'the',
  'of',
  'end',
  'later',
  'since',
  '在',
  '于',
  '前',
  '之前',
  '内',
  '底',
]);
const UNTIL = new Set(['by', 'before', 'until', 'till', 'within', '前', '内']);

const CUES = DEEDS.map((deed) => compilePhrases(deed.cues ?? deed.says));

export function compileFrame(statement: string, registry: SourceRegistry): Frame {
  return compileStatement(statement, registry, null).frame;
}

/** Never throws, whatever the text. Without `now` no time is read. */
export function compileStatement(statement: string, registry: SourceRegistry, now: NewsTime | null): CompiledStatement {
  const reading = indexed(read({ title: statement.slice(0, LONGEST_STATEMENT), summary: '', body: '' }));
  const used = new Set<number>();
  const take = ({ first, last }: Span): void => {
    for (let n = first; n < last; n += 1) used.add(n);
  };
  const when = now === null ? null : timeOf(reading, now);
  if (when !== null) take(when);
  const names = namesOf(reading, registry, used);
  for (const name of names) take(name);
  const found = deedsIn(reading, used);
  const amount = amountIn(reading, used);
  if (amount !== null) take(amount);
  const product = names.some((name) => name.product);
  const deeds = found.map(({ deed }) => deed).filter((deed) => fitsNames(deed, found, product));
  for (const { span } of found) take(span);
  // What is counted stands with its number: "4 billion yuan".
  const units = amount?.quantity?.units ?? [];
  const rest = reading.tokens.filter(
    (token, n) => !used.has(n) && token.kind !== 'mark' && !units.includes(token.stem),
  );
  const main = deeds.find((deed) => deed.governs === true) ?? deeds[0] ?? null;

  const ruler = rulerOf(names, main, found, reading);
  const slots = slotsOf(
    names.map((name) => (name === ruler ? withBodies(name, registry) : name)),
    amount,
  );
  const objects = nounSlots(reading, rest, names, slots.length, main !== null, main?.object === true && !product);
  for (const slot of objects.slots) slots.push({ ...slot, name: `s${slots.length + 1}` });
  const findable = slots.length > 0;
  if (slots.length === 0) slots.push({ name: 's1', aliases: [safe(statement) || 'nothing'], required: true });

  const negative = reading.tokens.some((token, n) => !used.has(n) && NEGATIVE.has(token.text));
  const ahead = reading.tokens.some((token) => AHEAD.has(token.text));
  const done = reading.tokens.some((token) => PERFECT.has(token.text)) || found.some(({ past }) => past);
  // A time that is over dates a deed that is done; it is no deadline.
  const deadline = when !== null && now !== null && when.to > now ? when.to : null;
  const quantity = amount?.quantity;
  const tied = slots.filter((slot) => slot.required).map((slot) => `{${slot.name}}`);
  const near = tied.length === 1 ? (tied[0] ?? '') : `(${tied.join('|')})`;
  const words = phrasesOf(main, deeds, objects.words, near, ahead || deadline !== null);
  const window = when !== null && !when.until && when.to - when.from <= WINDOW && main?.act === true;
  const frame: Frame = {
    slots: slots.slice(0, MOST_SLOTS),
    predicate: negative ? denied(words.says) : words.says,
    inverse: negative ? words.says : words.opposite,
    exclude: words.notMeant,
    partial: words.before,
    compiled: true,
    ...(done || (main?.act === true && !ahead && deadline === null) ? { tense: 'done' as const } : {}),
    ...(quantity === undefined ? {} : { quantity: { ...quantity, together: words.says.length > 0 } }),
    ...(window && when !== null ? { window: { from: when.from, to: when.to } } : {}),
  };
  return {
    frame,
    deadline,
    ahead: ahead || deadline !== null,
    parties: partiesOf(names, ruler),
    standing: reading.tokens.some((token) => STANDING.has(token.text)) || reading.source.includes('不再'),
    findable,
    familiar: names.length > 0 && names.every((name) => name.known) && names.some((name) => name.ours),
  };
}

/** Of deeds that one word may mean, the one that fits what it is done to; a weak one only when it is alone. */
function fitsNames(deed: Deed, found: readonly FoundDeed[], product: boolean): boolean {
  if (deed.weak === true) return found.length === 1;
  const span = found.find((one) => one.deed === deed)?.span;
  const rivals = found.filter(
    (one) => one.deed !== deed && one.span.first === span?.first && one.span.last === span.last,
  );
  if (deed.companies === true) return !(product && rivals.length > 0);
  return product || !rivals.some((one) => one.deed.companies === true);
}

/** Who rules, when the statement tells a ruling: "the US approves", "banned by Beijing". */
function rulerOf(
  names: readonly StatementName[],
  main: Deed | null,
  found: readonly FoundDeed[],
  reading: IndexedReading,
): StatementName | null {
  const rulers = names.filter((name) => name.rules && name.parties.length > 0);
  if (main?.governs !== true || rulers.length === 0) return null;
  const at = found.find((one) => one.deed === main)?.span.first ?? 0;
  const agent = rulers.find((name) => ['by', '被', '遭'].includes(reading.tokens[name.first - 1]?.text ?? ''));
  return agent ?? rulers.find((name) => name.first < at) ?? rulers[0] ?? null;
}

/** A country rules through its bodies: "Commerce puts" is the US that does. */
function withBodies(name: StatementName, registry: SourceRegistry): StatementName {
  const bodies = name.parties.flatMap((id) => {
    const body = registry.byId(id);
    return body === undefined ? [] : [body.name, ...body.names];
  });
  // "Commerce Department" is "Commerce" in headlines.
  const short = bodies.flatMap((body) => /^(\w+) Department$/.exec(body)?.[1] ?? []);
  return { ...name, aliases: [...new Set([...name.aliases, ...bodies, ...short])] };
}

/**
 * Whose word settles it: of a ruling the ruler's, of other deeds the companies' that are named. A country where something is sold does
 * not know whether it was.
 */
function partiesOf(names: readonly StatementName[], ruler: StatementName | null): SourceId[] {
  if (ruler !== null) return [...new Set(ruler.parties)];
  const companies = names.filter((name) => !name.rules);
  const told = companies.some((name) => name.parties.length > 0) ? companies : names;
  return [...new Set(told.flatMap((name) => name.parties))];
}

/** A time no longer than this dates the event itself: "in July", "next week". */
const WINDOW = 45 * DAY;

interface StatedTime extends Span {
  readonly from: NewsTime;
  readonly to: NewsTime;
  /** "by July": any time before its end. */
  readonly until: boolean;
}

/** The last time the statement names, with the words that lead it. */
function timeOf(reading: IndexedReading, now: NewsTime): StatedTime | null {
  const whole: Span = { first: 0, last: reading.tokens.length };
  const year = /20[0-9]{2}/.test(reading.source);
  const latest = (at: NewsTime) => timesIn(reading, whole, at).at(-1);
  const here = latest(now);
  if (here === undefined) return null;
  // "by July" said in November is next July.
  const next = here.to <= now && !year && PASSED(reading) ? latest(newsTime(now + 182 * DAY)) : undefined;
  const time = next ?? here;
  let first = time.first;
  let until = false;
  while (first > 0 && LEADS.has(reading.tokens[first - 1]?.text ?? '')) first -= 1;
  let last = time.last;
  while (LEADS.has(reading.tokens[last]?.text ?? '') && reading.tokens[last]?.kind === 'han') last += 1;
  for (let n = first; n < last; n += 1) until ||= UNTIL.has(reading.tokens[n]?.text ?? '');
  return { first, last, from: time.from, to: time.to, until };
}

/** Nothing in the statement says that the time is over. */
const PASSED = (reading: IndexedReading): boolean =>
  !reading.tokens.some((token) => PERFECT.has(token.text) || ['last', '上', '去'].includes(token.text));

interface FoundDeed {
  readonly deed: Deed;
  readonly span: Span;
  readonly past: boolean;
}

/** Deeds the statement names, in order; at one place the longer cue, then the earlier row. */
function deedsIn(reading: IndexedReading, used: ReadonlySet<number>): FoundDeed[] {
  const whole: Span = { first: 0, last: reading.tokens.length };
  const all = DEEDS.flatMap((deed, row) =>
    find(CUES[row] ?? compilePhrases([]), reading, whole).map((span) => ({ deed, row, span })),
  )
    .filter(({ span }) => {
      for (let n = span.first; n < span.last; n += 1) if (used.has(n)) return false;
      return true;
    })
    .sort((a, b) => a.span.first - b.span.first || b.span.last - a.span.last || a.row - b.row);
  const kept: FoundDeed[] = [];
  for (const { deed, span } of all) {
    if (kept.some((other) => other.deed === deed)) continue;
    const same = kept.find((other) => other.span.first === span.first && other.span.last === span.last);
    if (same === undefined && kept.some((other) => other.span.first < span.last && span.first < other.span.last))
      continue;
    kept.push({ deed, span, past: isPastForm(reading.tokens[span.first]) });
  }
  return kept;
}

/** "delivered", "sold": an inflected past; "cut" and "put" say nothing. */
function isPastForm(token: Token | undefined): boolean {
  if (token === undefined || token.kind !== 'word') return false;
  return (
    token.text !== token.stem &&
    !/(?:s|ing|e)$/.test(token.text) &&
    /(?:ed|ied|sold|bought|built|made|began|took|won|lost|met)$/.test(token.text)
  );
}

function slotsOf(names: readonly StatementName[], amount: Amount | null): FrameSlot[] {
  const slots: FrameSlot[] = [];
  for (const name of names) {
    if (slots.length >= MOST_SLOTS) break;
    if (slots.some((slot) => slot.aliases.some((alias) => name.aliases.includes(alias)))) continue;
    const { aliases, rivals, atLeast } = name;
    slots.push({
      name: `s${slots.length + 1}`,
      aliases,
      required: true,
      ...(rivals.length === 0 ? {} : { rivals }),
      ...(atLeast > 1 ? { atLeast } : {}),
    });
  }
  // A sum or a share is looked for as it is written.
  if (amount !== null && amount.written.length > 0 && slots.length < MOST_SLOTS)
    slots.push({ name: `s${slots.length + 1}`, aliases: amount.written, required: true });
  return slots;
}

interface Words {
  readonly says: readonly string[];
  readonly opposite: readonly string[];
  readonly before: readonly string[];
  readonly notMeant: readonly string[];
}

/** The deed's words, each close to one of the slots: "supports" far from every name is another sentence's verb. */
function phrasesOf(
  main: Deed | null,
  deeds: readonly Deed[],
  others: readonly string[],
  near: string,
  ahead: boolean,
): Words {
  const rows = main === null ? [] : deeds.filter((deed) => main.governs !== true || deed === main).slice(0, 2);
  const says = main === null ? others : [...new Set(rows.flatMap((deed) => deed.says))];
  const governed = main?.governs === true ? deeds.filter((deed) => deed !== main).flatMap((deed) => deed.says) : [];
  const set = new Set(says);
  const leftOver = (words: readonly string[]): string[] => [...new Set(words)].filter((word) => !set.has(word));
  return {
    says: bound(says, near),
    // What is to come does not when it is put off or called off.
    opposite: bound(
      leftOver([...rows.flatMap((deed) => deed.opposite ?? []), ...(ahead ? [...DELAY, ...CANCEL] : [])]),
      near,
    ),
    before: bound(leftOver([...rows.flatMap((deed) => deed.before ?? []), ...governed]), near),
    notMeant: rows.flatMap((deed) => deed.notMeant ?? []).map((phrase) => phrase.replaceAll('{x}', near)),
  };
}

const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** English and Chinese apart, simple words as one choice; a word before the slot or after it. */
function bound(words: readonly string[], near: string): string[] {
  const simple = (word: string): boolean => !/[(){}*|]/.test(word);
  const out: string[] = [];
  for (const han of [false, true]) {
    const some = words.filter((word) => isHan(word) === han);
    const plain = some.filter(simple);
    const choice = plain.length === 1 ? (plain[0] ?? '') : plain.length > 1 ? `(${plain.join('|')})` : '';
    for (const one of [choice, ...some.filter((word) => !simple(word)).map((word) => word.replace(/\s*\*\s*$/, ''))]) {
      if (one !== '') out.push(`${one} * ${near}`, `${near} * ${one}`);
    }
  }
  return out;
}

/** "does not run", 不支持: the phrase carries its negation itself. */
function denied(says: readonly string[]): string[] {
  return says.flatMap((phrase) => [`${isHan(phrase) ? NOT_HAN : NOT_WORDS} * ${phrase}`]);
}

/** Without what phrases are written with. */
export const safe = (text: string): string =>
  text
    .replaceAll(/[(){}*|=<>]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
