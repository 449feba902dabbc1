/**
 * Names of a statement: listed sources, products, places and whatever else is written as a name, each with all it is called.
 *
 * "Alibaba, ByteDance and Tencent" are one slot of which two suffice; "Huawei's new AI chips" is one slot that no Huawei phone fits.
 */
import type { Source, SourceId, SourceRegistry } from '../core/source.ts';
import { ASIDE_THINGS, FAMILIES, KINDS, OTHER_THINGS, PLACES } from './families.ts';
import type { ThingKind } from './families.ts';
import type { Mention } from './names.ts';
import { mentionsIn, nameIndex } from './names.ts';
import type { Reading, Token } from './text.ts';
import { phraseTokens } from './text.ts';
import { isFrequent } from './rarity.ts';
import { stem } from './stem.ts';
import { DEEDS } from './deeds.ts';

export interface StatementName {
  readonly first: number;
  readonly last: number;
  readonly aliases: readonly string[];
  readonly rivals: readonly string[];
  readonly atLeast: number;
  /** Listed parties among them, and the bodies of a place. */
  readonly parties: readonly SourceId[];
  /** A place or a public body: it rules, others do. */
  readonly rules: boolean;
  /** A product, or a sort of thing: "H200", "Huawei chips". */
  readonly product: boolean;
  /** Listed, a place, or of a known family: everything it is called is in its aliases. */
  readonly known: boolean;
  /** A known product or somebody who speaks for himself, not a place or an outlet. */
  readonly ours: boolean;
}

const FILLER = new Set(
  'the a an of to in on at by for from with and or but is are was were be been will would could may can has have had its their his her new some more than into over about that this it they'.split(
    ' ',
  ),
);
/** Stands between a maker and its product without meaning another. */
const BETWEEN = new Set([
  "'s",
  'new',
  'latest',
  'next',
  'generation',
  'own',
  'ai',
  'first',
  'upcoming',
  'flagship',
  'advanced',
  'the',
  '的',
  '新',
  '最',
  '款',
  '人',
  '工',
  '智',
  '能',
]);
const LISTS = ['entity list'];
/** A size of transistors is one everywhere. */
const PROCESS = /^[0-9]+ ?nm$/i;
const JOINERS = new Set([',', 'and', 'or', '&', '和', '与', '及', '跟']);
const DEED_STEMS = new Set(DEEDS.flatMap((deed) => deed.says).map((word) => stem(word)));
/** A code shorter than this is many things: V4 is a model, an engine and a visa. */
const TELLING_CODE = 4;
const MOST_ALIASES = 60;
const CODE = /^(?=.*[0-9])(?=.*[a-z])[a-z0-9.]+$/;

interface Found {
  readonly first: number;
  readonly last: number;
  readonly source: Source | null;
  readonly place: (typeof PLACES)[number] | null;
  /** What follows the maker's or family's name: "V4", "950PR". */
  readonly tail: string;
  readonly kind: ThingKind | null;
  readonly text: string;
}

export function namesOf(reading: Reading, registry: SourceRegistry, used: ReadonlySet<number>): StatementName[] {
  const finder = new Finder(reading, registry, mentionsIn(reading, nameIndex(registry)), used);
  const found: Found[] = [];
  for (let n = 0; n < reading.tokens.length; n += 1) {
    const name = used.has(n) ? null : finder.at(n);
    if (name === null) continue;
    found.push(name);
    n = name.last - 1;
  }
  const names = joined(found, reading);
  return names.flatMap((group) => {
    if (group.length === 1 && group[0] !== undefined) return finder.slots(group[0], names.length);
    const single = group.flatMap((one) => finder.slots(one, 2));
    const aliases = outermost(single.flatMap((slot) => slot.aliases));
    const either = reading.tokens
      .slice(group[0]?.last ?? 0, group.at(-1)?.first ?? 0)
      .some((token) => token.text === 'or');
    return [
      {
        first: group[0]?.first ?? 0,
        last: group.at(-1)?.last ?? 0,
        aliases,
        rivals: [],
        atLeast: either ? 1 : 2,
        parties: single.flatMap((slot) => slot.parties),
        rules: single.some((slot) => slot.rules),
        product: single.some((slot) => slot.product),
        known: single.every((slot) => slot.known),
        ours: single.some((slot) => slot.ours),
      },
    ];
  });
}

/** Names with only a comma or "and" between them, of one sort, are a list. */
function joined(found: readonly Found[], reading: Reading): Found[][] {
  const groups: Found[][] = [];
  for (const name of found) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    const gap = before === undefined ? [] : reading.tokens.slice(before.last, name.first);
    const list =
      before !== undefined &&
      gap.length > 0 &&
      gap.length <= 2 &&
      gap.every((token) => JOINERS.has(token.text)) &&
      (before.source === null) === (name.source === null) &&
      (before.place === null) === (name.place === null);
    if (list && group !== undefined) group.push(name);
    else groups.push([name]);
  }
  return groups;
}

/** One alias per way of counting: "Alibaba" already finds "Alibaba Group", and must not count twice. */
function outermost(aliases: readonly string[]): string[] {
  const all = [...new Set(aliases)].map((alias) => {
    const words = phraseTokens(alias).map((token) => token.text);
    return { alias, folded: ` ${words.join(' ')} ` };
  });
  return all
    .filter(({ folded }) => !all.some((other) => folded !== other.folded && folded.includes(other.folded)))
    .map(({ alias }) => alias)
    .slice(0, MOST_ALIASES);
}

/** Written names by their first word, each with what it stands for, in the order of their lists: asked at every word of a statement. */
type Table<T> = ReadonlyMap<string, readonly { readonly row: T; readonly words: readonly Token[] }[]>;

function tableOf<T>(rows: readonly T[], names: (row: T) => readonly string[], key: 'text' | 'stem'): Table<T> {
  const table = new Map<string, { row: T; words: readonly Token[] }[]>();
  for (const row of rows) {
    for (const name of names(row)) {
      const words = phraseTokens(name).filter((token) => token.kind !== 'mark');
      const first = words[0]?.[key];
      if (first === undefined) continue;
      const list = table.get(first);
      if (list === undefined) table.set(first, [{ row, words }]);
      else list.push({ row, words });
    }
  }
  return table;
}

type Family = (typeof FAMILIES)[number];

/** A family by everything a product of it is called, with the code meant; '' for the family itself. */
function productsByName(): ReadonlyMap<string, readonly { readonly family: Family; readonly code: string }[]> {
  const products = new Map<string, { family: Family; code: string }[]>();
  const put = (name: string, family: Family, code: string): void => {
    const folded = fold(name);
    const list = products.get(folded);
    if (list === undefined) products.set(folded, [{ family, code }]);
    else list.push({ family, code });
  };
  for (const family of FAMILIES) {
    for (const code of family.codes) {
      put(code, family, code);
      for (const name of family.names) {
        put(`${name} ${code}`, family, code);
        put(name + code, family, code);
      }
    }
    for (const name of family.names) put(name, family, '');
  }
  return products;
}

/** Cut into words when the first statement is read: most commands read none. */
const tables = once(() => ({
  lists: tableOf(LISTS, (name) => [name], 'text'),
  places: tableOf(PLACES, (place) => place.names, 'text'),
  families: tableOf(FAMILIES, ({ names, codes }) => [...names, ...codes.filter((code) => code.length >= 3)], 'text'),
  familyNames: tableOf(FAMILIES, ({ names }) => names, 'text'),
  kinds: tableOf(Object.keys(KINDS) as ThingKind[], (kind) => KINDS[kind], 'stem'),
  products: productsByName(),
}));

function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => (made ??= { it: make() }).it;
}

class Finder {
  readonly #reading: Reading;
  readonly #registry: SourceRegistry;
  readonly #mentions: ReadonlyMap<number, Mention>;
  readonly #used: ReadonlySet<number>;
  /** Every Word Is Capitalised: then a capital says nothing. */
  readonly #headline: boolean;

  constructor(reading: Reading, registry: SourceRegistry, mentions: readonly Mention[], used: ReadonlySet<number>) {
    this.#reading = reading;
    this.#registry = registry;
    this.#mentions = new Map(mentions.map((mention) => [mention.first, mention]));
    this.#used = used;
    const words = reading.tokens.filter(
      (token) =>
        token.kind === 'word' && !FILLER.has(token.text) && !CODE.test(token.text) && /[a-z]{2}/.test(token.text),
    );
    this.#headline = words.length >= 4 && words.every((token) => token.capital);
  }

  #token(n: number): Token | undefined {
    return this.#used.has(n) ? undefined : this.#reading.tokens[n];
  }

  #text(first: number, last: number): string {
    return this.#reading.source.slice(
      this.#reading.tokens[first]?.start ?? 0,
      this.#reading.tokens[last - 1]?.end ?? 0,
    );
  }

  /** The name that begins at token n, with the product that belongs to it. */
  at(n: number): Found | null {
    const mention = this.#mentions.get(n);
    const place = mention === undefined ? this.#placeAt(n) : null;
    const family = mention === undefined && place === null ? this.#familyAt(n) : null;
    if (mention !== undefined || place !== null || family !== null) {
      const last = mention?.last ?? place?.last ?? family?.last ?? n + 1;
      const source =
        mention === undefined || mention.source === null ? null : (this.#registry.byId(mention.source) ?? null);
      const company = source !== null && source.kind === 'company';
      const tail = company || family !== null ? this.#tailAt(last, family !== null) : null;
      const kind = company || family !== null ? this.#kindAt(tail?.last ?? last) : null;
      return {
        first: n,
        last: kind?.last ?? tail?.last ?? last,
        source,
        place: place?.place ?? null,
        tail: tail?.text ?? '',
        kind: kind?.kind ?? family?.kind ?? null,
        text: this.#text(n, last),
      };
    }
    const last = this.#runAt(n);
    if (last === null) return null;
    const kind = this.#kindAt(last);
    return {
      first: n,
      last: kind?.last ?? last,
      source: null,
      place: null,
      tail: '',
      kind: kind?.kind ?? null,
      text: this.#text(n, last),
    };
  }

  /** Capitalised words and product codes in a row: "Social Network Path", "iPhone 17". */
  #runAt(at: number): number | null {
    // The entity list is no party to anything: being put on it is the deed (deeds.ts).
    const { lists } = tables();
    if (this.#oneOf(at, lists) !== null || this.#oneOf(at - 1, lists) !== null) return null;
    let last = at;
    for (let n = at; n < this.#reading.tokens.length; n += 1) {
      const token = this.#token(n);
      if (token === undefined || token.kind !== 'word' || token.text === "'s") break;
      if (n > at && (this.#mentions.has(n) || this.#placeAt(n) !== null)) break;
      const code = CODE.test(token.text) && !/^[0-9.]+(?:k|m|b|bn|t|tn|st|nd|rd|th)$/.test(token.text);
      const number = n > at && /^[0-9]{1,4}$/.test(token.text) && !this.#counts(n);
      const opens = n === 0 && FILLER.has(token.text);
      const capital =
        token.capital && !opens && !(this.#headline && (isFrequent(token.stem) || DEED_STEMS.has(token.stem)));
      if (!capital && !code && !number) break;
      last = n + 1;
    }
    // "AI" alone names nothing that tells one article from the next.
    return last > at && !(last === at + 1 && this.#reading.tokens[at]?.text === 'ai') ? last : null;
  }

  /** A number that counts what follows ("5 million", "40 chips") is no part of a name. */
  #counts(n: number): boolean {
    const next = this.#reading.tokens[n + 1];
    return (
      next !== undefined &&
      next.kind !== 'mark' &&
      !next.capital &&
      !FILLER.has(next.text) &&
      !DEED_STEMS.has(next.stem)
    );
  }

  #placeAt(n: number): { readonly place: (typeof PLACES)[number]; readonly last: number } | null {
    const found = this.#oneOf(n, tables().places);
    return found === null ? null : { place: found.row, last: found.last };
  }

  #familyAt(n: number): { readonly kind: ThingKind; readonly last: number } | null {
    const found = this.#oneOf(n, tables().families);
    if (found === null) return null;
    const named = this.#oneOf(n, tables().familyNames)?.row === found.row;
    return { kind: found.row.kind, last: named ? found.last : n };
  }

  /** The first row of which a name stands at n, with the end of its longest; Latin ones as capitalised as they are written. */
  #oneOf<T>(n: number, table: Table<T>): { readonly row: T; readonly last: number } | null {
    let best: { readonly row: T; readonly last: number } | null = null;
    for (const { row, words } of table.get(this.#token(n)?.text ?? '') ?? []) {
      if (best !== null && best.row !== row) break;
      const fits = words.every((word, at) => {
        const here = this.#token(n + at);
        return here?.text === word.text && (here.capital || !word.capital);
      });
      if (fits && n + words.length > (best?.last ?? 0)) best = { row, last: n + words.length };
    }
    return best;
  }

  /** A product after its maker: "'s new H200", "V4 Pro", "Ascend 950PR". */
  #tailAt(from: number, ofFamily: boolean): { readonly text: string; readonly last: number } | null {
    let at = from;
    while (BETWEEN.has(this.#token(at)?.text ?? '')) at += 1;
    let last = at;
    let coded = false;
    for (let n = at; n < at + 4; n += 1) {
      const token = this.#token(n);
      const family = this.#familyAt(n);
      if (token === undefined) break;
      if (family !== null && family.last > n) {
        last = family.last;
        n = family.last - 1;
        coded = true;
        continue;
      }
      if (token.kind !== 'word' || this.#mentions.has(n) || this.#placeAt(n) !== null) break;
      const code = CODE.test(token.text) && !/^[0-9.]+(?:k|m|b|bn|t|tn)$/.test(token.text);
      const number = /^[0-9]{2,4}$/.test(token.text) && (n > at || ofFamily) && (token.capital || !this.#counts(n));
      const word = token.capital && !(this.#headline && (isFrequent(token.stem) || DEED_STEMS.has(token.stem)));
      if (!code && !number && (!word || this.#kindAt(n) !== null)) break;
      coded ||= code || number || word;
      last = n + 1;
    }
    return last > at && coded ? { text: this.#text(at, last), last } : null;
  }

  /** What sort of thing it is: "chips", "AI processors", 芯片. */
  #kindAt(from: number): { readonly kind: ThingKind; readonly last: number } | null {
    let at = from;
    while (BETWEEN.has(this.#token(at)?.text ?? '')) at += 1;
    const said = tables()
      .kinds.get(this.#token(at)?.stem ?? '')
      ?.find(({ words }) => words.every((word, n) => this.#token(at + n)?.stem === word.stem));
    return said === undefined ? null : { kind: said.row, last: at + said.words.length };
  }

  /** What the name is called everywhere. A short code beside its maker becomes a slot of its own when nothing else would hold it. */
  slots(name: Found, others: number): StatementName[] {
    const { first, last } = name;
    const ofFamily = familyOf(null, name.tail === '' ? name.text : name.tail) !== null;
    const make = (aliases: readonly string[], rivals: readonly string[] = []): StatementName => ({
      first,
      last,
      aliases: clean(aliases),
      rivals: clean(rivals),
      atLeast: 1,
      parties: this.#parties(name),
      rules: name.place !== null || (name.source !== null && ['official', 'regulator'].includes(name.source.kind)),
      product: name.tail !== '' || name.kind !== null,
      known: name.place !== null || name.source !== null || ofFamily || PROCESS.test(name.text),
      ours: ofFamily || (name.source !== null && ['company', 'official', 'regulator'].includes(name.source.kind)),
    });
    if (name.place !== null) return [make([name.text, ...name.place.names])];
    const { source } = name;
    const folded = fold(name.text);
    const isName = source !== null && [source.name, ...source.names].some((alias) => fold(alias) === folded);
    const makerNames = source === null ? [name.text] : isName ? [source.name, ...source.names] : [name.text];
    const family = familyOf(source?.id ?? null, name.tail === '' ? name.text : name.tail);
    if (name.tail !== '') {
      const members = family === null ? [] : family.names.flatMap((own) => [`${own} ${family.code}`]);
      const code = family?.code ?? name.tail;
      const whole = makerNames.map((maker) => `${maker} ${name.tail}`);
      const bare = family !== null ? [code, name.tail] : /^[0-9]+$/.test(name.tail) ? [] : [name.tail];
      if (code.length < TELLING_CODE && others < 2 && source !== null)
        return [make(makerNames), make([code, ...whole])];
      return [make([`${name.text} ${name.tail}`, ...bare, ...members, ...whole])];
    }
    if (name.kind !== null && source !== null) {
      const own = FAMILIES.filter((candidate) => candidate.maker === source.id && candidate.kind === name.kind).flatMap(
        (candidate) => [
          ...candidate.names,
          ...(candidate.kind === 'chip' ? candidate.codes.filter((code) => code.length >= TELLING_CODE) : []),
        ],
      );
      return [make([...makerNames, ...own], rivalsOf(makerNames, name.kind))];
    }
    if (family !== null)
      return [
        make([
          name.text,
          ...(family.code === '' ? family.names : [family.code, ...family.names.map((own) => `${own} ${family.code}`)]),
        ]),
      ];
    return [make(makerNames)];
  }

  #parties(name: Found): SourceId[] {
    if (name.place !== null) return name.place.bodies.filter((id) => this.#registry.byId(id) !== undefined);
    const maker = name.source?.id ?? familyOf(null, name.text)?.maker;
    const source = maker === undefined ? undefined : this.#registry.byId(maker);
    return source !== undefined && ['company', 'official', 'regulator'].includes(source.kind) ? [source.id] : [];
  }
}

/** The family a product name belongs to, with its code: "Ascend 950PR" -> 950PR of Ascend; "Mate" -> the family itself. */
function familyOf(
  maker: SourceId | null,
  text: string,
): { readonly maker: string; readonly names: readonly string[]; readonly code: string } | null {
  const found = tables()
    .products.get(fold(text))
    ?.find(({ family }) => maker === null || family.maker === maker);
  if (found === undefined) return null;
  const { family, code } = found;
  const names = code === '' ? family.names : family.names.filter((name) => !fold(code).startsWith(fold(name)));
  return { maker: family.maker, names, code };
}

/** The maker's name with another sort of thing right after it. */
function rivalsOf(makers: readonly string[], kind: ThingKind): string[] {
  const others = (Object.keys(OTHER_THINGS) as ThingKind[])
    .filter((candidate) => candidate !== kind)
    .flatMap((candidate) => OTHER_THINGS[candidate])
    .filter((word) => !OTHER_THINGS[kind].includes(word));
  const words = [...others, ...ASIDE_THINGS];
  const latin = words.filter((word) => !/\p{Script=Han}/u.test(word));
  const han = words.filter((word) => /\p{Script=Han}/u.test(word));
  return makers.map((maker) =>
    /\p{Script=Han}/u.test(maker)
      ? `${maker}(新|旗舰|)(${han.join('|')})`
      : `${maker} (new|latest|flagship|next|) (${latin.join('|')})`,
  );
}

const fold = (text: string): string =>
  phraseTokens(text)
    .filter((token) => token.kind !== 'mark')
    .map((token) => token.text)
    .join('');

/** "5nm" is written in many ways. */
function spelled(alias: string): string[] {
  const size = /^([0-9]+)nm$/i.exec(alias)?.[1];
  return size === undefined ? [alias] : [alias, `${size} nm`, `${size} nanometer`, `${size} nanometre`, `${size}纳米`];
}

function clean(aliases: readonly string[]): string[] {
  return [
    ...new Set(
      aliases.flatMap(spelled).map((alias) =>
        alias
          .replaceAll(/[{}*=<>]/g, ' ')
          .replaceAll(/ +/g, ' ')
          .trim(),
      ),
    ),
  ]
    .filter((alias) => alias !== '')
    .slice(0, MOST_ALIASES);
}
