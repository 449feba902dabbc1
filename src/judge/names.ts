/**
 * Who is mentioned: names of listed sources, their spokespeople, and capitalised names nobody has listed.
 *
 * "The Information", "路透社", "Nvidia’s chief executive" and "Tech Wire Asia" are all somebody; "the information" is not.
 */
import type { Source, SourceId, SourceKind, SourceRegistry } from '../core/source.ts';
import type { Span } from './phrase.ts';
import type { Reading } from './text.ts';
import { phraseTokens } from './text.ts';

export interface Mention extends Span {
  /** The listed source's display name, else the words as published. */
  readonly name: string;
  readonly source: SourceId | null;
  /** outlet: speaks about others; party: speaks for itself; person: a named somebody of unknown standing. */
  readonly role: 'outlet' | 'party' | 'unknown';
  /** A government body: its acts are public records, whoever reports them. */
  readonly isPublic: boolean;
  /** The person meant, when it is one who speaks for the source. */
  readonly person?: string | null;
}

interface NameEntry {
  readonly texts: readonly string[];
  /** Per token: must it be capitalised here? "the FT" needs no capital T in "the". */
  readonly capitals: readonly boolean[];
  readonly source: SourceId;
  readonly name: string;
  readonly role: 'outlet' | 'party';
  readonly isPublic: boolean;
  readonly person: string | null;
}

export interface NameIndex {
  readonly byFirst: ReadonlyMap<string, readonly NameEntry[]>;
}

const OUTLETS: ReadonlySet<SourceKind> = new Set(['newsroom', 'wire', 'aggregator', 'blog']);

/** Sources change as a whole: one index per registry, however many read with it. */
const indexes = new WeakMap<SourceRegistry, NameIndex>();

export function nameIndex(registry: SourceRegistry): NameIndex {
  const known = indexes.get(registry) ?? indexNames(registry);
  indexes.set(registry, known);
  return known;
}

function indexNames(registry: SourceRegistry): NameIndex {
  const byFirst = new Map<string, NameEntry[]>();
  for (const source of registry.sources) {
    const role = OUTLETS.has(source.kind) ? 'outlet' : 'party';
    // A person's names stand together, the Latin one first: [Jensen Huang, 黄仁勋].
    let person: string | null = null;
    for (const name of new Set([source.name, ...source.names, ...source.spokespeople])) {
      if (source.spokespeople.includes(name) && (person === null || /^\p{Script=Latin}/u.test(name))) person = name;
      const tokens = phraseTokens(name).filter((token) => token.kind !== 'mark');
      const first = tokens[0];
      if (first === undefined) continue;
      const entry: NameEntry = {
        texts: tokens.map((token) => token.text),
        capitals: tokens.map((token) => token.capital && token.text !== 'the'),
        source: source.id,
        name: source.name,
        role,
        isPublic: isPublicBody(source),
        person,
      };
      const list = byFirst.get(first.text);
      if (list === undefined) byFirst.set(first.text, [entry]);
      else list.push(entry);
    }
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.texts.length - a.texts.length);
  return { byFirst };
}

/** Listed names in the reading, longest match first, in order. */
export function mentionsIn(reading: Reading, index: NameIndex): Mention[] {
  const found: Mention[] = [];
  const longer: NameEntry[] = [];
  const others = new Set<string>();
  for (let n = 0; n < reading.tokens.length; n += 1) {
    const short = entryAt(reading, index, n);
    if (short === undefined) continue;
    // 商务部 on a page that spoke of 美商务部 is the American one: a name's end takes up the whole name before it.
    const entry = longer.findLast((known) => known.source !== short.source && endsWith(known, short)) ?? short;
    // "the House Foreign Affairs Committee" is the committee, not "the House"; 美国众议院外交委员会 likewise.
    if (overrun(short, reading, index, n)) continue;
    if (isAbbreviation(short, reading, index, n)) others.add(short.texts.join(' '));
    if (others.has(short.texts.join(' '))) continue;
    if (short.texts.length > 2) longer.push(short);
    found.push({
      first: n,
      last: n + short.texts.length,
      name: entry.name,
      source: entry.source,
      role: entry.role,
      isPublic: entry.isPublic,
      person: entry.person,
    });
    n += short.texts.length - 1;
  }
  return found;
}

/**
 * "The Bank for International Settlements (BIS)": the letters are explained, and by a name of another. A listed name before the bracket is
 * the source's own.
 */
function isAbbreviation(entry: NameEntry, reading: Reading, index: NameIndex, at: number): boolean {
  const [letters = '', ...more] = entry.texts;
  if (more.length > 0 || letters.length < 2 || letters.length > 6 || reading.tokens[at - 1]?.text !== '(') return false;
  if (reading.tokens[at + 1]?.text !== ')') return false;
  let left = letters.length;
  for (let n = at - 2; n >= Math.max(0, at - 2 - LONGEST_NAME); n -= 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind !== 'word') return false;
    if (!token.capital) continue;
    if (token.text[0] !== letters[left - 1]) return false;
    left -= 1;
    if (left === 0) return !knows(entry, reading, index, n, at - 1);
  }
  return false;
}
const LONGEST_NAME = 9;
/** A name of the same source begins between the two places. */
function knows(entry: NameEntry, reading: Reading, index: NameIndex, first: number, last: number): boolean {
  for (let n = first; n < last; n += 1) if (entryAt(reading, index, n)?.source === entry.source) return true;
  return false;
}

const endsWith = (long: NameEntry, short: NameEntry): boolean =>
  long.texts.length > short.texts.length &&
  short.texts.length > 1 &&
  short.texts.every((text, n) => text === long.texts[long.texts.length - short.texts.length + n]);

/** A name that begins inside this one, is as long and ends after it. */
function overrun(entry: NameEntry, reading: Reading, index: NameIndex, at: number): boolean {
  for (let n = at + 1; n < at + entry.texts.length; n += 1) {
    const inner = entryAt(reading, index, n);
    if (inner === undefined) continue;
    if (inner.texts.length >= entry.texts.length && n + inner.texts.length > at + entry.texts.length) return true;
  }
  return false;
}

function entryAt(reading: Reading, index: NameIndex, at: number): NameEntry | undefined {
  return index.byFirst.get(reading.tokens[at]?.text ?? '')?.find((candidate) => fits(candidate, reading, at));
}

function fits(entry: NameEntry, reading: Reading, at: number): boolean {
  return entry.texts.every((text, n) => {
    const token = reading.tokens[at + n];
    return token?.text === text && (token.capital || entry.capitals[n] !== true);
  });
}

const JOINERS = new Set(['of', 'the', 'and', '&']);
/** Capitalised words that open sentences or name days, not outlets. */
const NOT_NAMES = new Set(
  'the a an it he she they we i this that these those but and or in on at by for from with as if when while after before since last next first according monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december chinese american us uk eu china washington beijing officials sources analysts people weibo reddit twitter facebook telegram multiple several media reports report recent earlier new latest another both other various all any each asked speaking one two three four some many most several no not none nobody everybody somebody anybody everyone someone anyone'.split(
    ' ',
  ),
);

/** A run of capitalised words at `at` that no listed source claims: "Tech Wire Asia", "Whale Lab". */
export function unlistedNameAt(reading: Reading, at: number, limit: number): Mention | null {
  let from = at;
  if (reading.tokens[from]?.text === 'the') from += 1;
  let last = from;
  for (let n = from; n < Math.min(limit, from + 6); n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind !== 'word') break;
    if (token.capital && !(n === from && NOT_NAMES.has(token.text))) last = n + 1;
    else if (!(JOINERS.has(token.text) && n > from)) break;
  }
  const first = reading.tokens[from];
  const end = reading.tokens[last - 1];
  if (last === from || first === undefined || end === undefined) return null;
  const article = from > at && reading.tokens[at]?.capital === true ? reading.tokens[at] : undefined;
  return {
    first: at,
    last,
    name: reading.source.slice((article ?? first).start, end.end),
    source: null,
    role: 'unknown',
    isPublic: false,
  };
}

/** A run of capitalised words that ends right before `at`. */
export function unlistedNameBefore(reading: Reading, at: number, limit: number): Mention | null {
  let from = at;
  for (let n = at - 1; n >= Math.max(limit, at - 6); n -= 1) {
    const token = reading.tokens[n];
    if (
      token === undefined ||
      token.kind !== 'word' ||
      !token.capital ||
      (NOT_NAMES.has(token.text) && token.text !== 'the')
    )
      break;
    from = n;
  }
  if (from === at) return null;
  const mention = unlistedNameAt(reading, from, at);
  return mention !== null && mention.last === at ? mention : null;
}

/** Names of governments' own domains: commerce.gov, mofcom.gov.cn, meti.go.jp, europa.eu. */
const GOVERNMENT = /(?:^|\.)(?:gov|mil|europa\.eu|(?:gov|go|gob|gouv|govt|gc|admin)\.[a-z]{2})$/;

/**
 * Whose acts are public record whoever reports them: a body of a state. A company that somebody lists as "official" is
 * none; that it launched something stands on the word of whoever reports it.
 */
function isPublicBody(source: Source): boolean {
  return (
    source.kind === 'regulator' ||
    (source.kind === 'official' && source.domains.some((domain) => GOVERNMENT.test(domain)))
  );
}
