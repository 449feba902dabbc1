/**
 * Provenance: who really said it, and have we any reason to believe that they did?
 *
 * "According to a report by Reuters citing The Information" on a page nobody has listed names three publishers and one
 * origin, and is so far only claimed: the word counts once a listed publisher, or a second unrelated page, credits The
 * Information with the same. What an unlisted page says for itself never counts, and neither do rumours and opinions.
 *
 * Every row that does not count leaves here with a reason in words, because people ask.
 */
import type { Claim } from './claim.ts';
import type { Evidence } from './evidence.ts';
import type { Source, SourceRegistry } from './source.ts';
import type { NotCounted } from './status.ts';
import { iso } from './time.ts';
import type { NewsTime } from './time.ts';

export type Side = 'supports' | 'refutes';

/** One evidence row that speaks for a listed origin. */
export interface Word {
  readonly row: Evidence;
  readonly origin: Source;
  readonly side: Side;
  /** own: read on the origin's own page. listed: a listed publisher (or our configuration) relays it. unlisted: hearsay. */
  readonly page: 'own' | 'listed' | 'unlisted';
  /** The page's source when it is listed. */
  readonly publisher: Source | null;
  /** On record by the origin itself, seen on its page or through somebody we may believe. */
  readonly official: boolean;
  /** Official, and it is so, has happened or is ruled out: settles the claim if the origin is competent. */
  readonly settles: boolean;
}

/** Attributed to a listed origin, so far only by pages that do not suffice. */
export interface ClaimedNotSeen {
  readonly origin: Source;
  readonly side: Side;
  readonly official: boolean;
}

export interface Heard {
  /** Oldest first; ties by evidence id, so that the order of arrival is forgotten here. */
  readonly words: readonly Word[];
  readonly notCounted: readonly NotCounted[];
  readonly claimedNotSeen: readonly ClaimedNotSeen[];
}

/** Which rows count as the word of whom. `rows` are those published by the time of the decision, in any order. */
export function hear(claim: Claim, rows: readonly Evidence[], registry: SourceRegistry): Heard {
  const notCounted: NotCounted[] = [];
  const refuse = (row: Evidence, reason: string): void => void notCounted.push({ evidence: row.id, reason });

  const spoken: Word[] = [];
  for (const row of [...rows].sort(byTime)) {
    const word = wordOf(claim, row, registry);
    if (typeof word === 'string') refuse(row, word);
    else spoken.push(word);
  }
  const withdrawn = withdrawnBy(claim, rows, registry);
  const standing = spoken.filter((word) => {
    if (!withdrawn.has(`${word.origin.id} ${word.side}`) || word.page === 'own') return true;
    refuse(word.row, `${word.origin.name} withdrew it`);
    return false;
  });
  const { originals, copies } = withoutMiscreditedCopies(standing);
  for (const { word, of } of copies) {
    refuse(word.row, `same text as the page of ${of.row.publisher.name}, which credits ${of.origin.name}`);
  }

  const words: Word[] = [];
  const claimedNotSeen: ClaimedNotSeen[] = [];
  for (const same of groupBy(originals, (word) => `${word.origin.id} ${word.side}`).values()) {
    const [{ origin, side }] = same as [Word, ...Word[]];
    const officially = same.filter((word) => word.official);
    const settling = same.filter((word) => word.settles);
    const believed = believedThrough(same) !== null;
    const official = believedThrough(officially) !== null;
    const settles = believedThrough(settling) !== null;
    if (!believed || (officially.length > 0 && !official)) {
      claimedNotSeen.push({ origin, side, official: officially.length > 0 });
    }
    for (const word of same) {
      if (believed) words.push({ ...word, official: word.official && official, settles: word.settles && settles });
      else
        refuse(word.row, `claimed, not seen: so far only ${word.row.publisher.name} says that ${origin.name} said so`);
    }
  }
  return { words: words.sort((a, b) => byTime(a.row, b.row)), notCounted, claimedNotSeen };
}

/**
 * The word that made others of the same meaning believable, or null while they are only claimed: the origin's own page,
 * a listed publisher, or the second unlisted page of another owner whose text is not a copy of the first.
 * `words` are of one origin and side, oldest first.
 */
export function believedThrough(words: readonly Word[]): Word | null {
  const pages = { all: 0, by: new Map<string, number>() };
  const seen = (key: string): number => pages.by.get(key) ?? 0;
  for (const word of words) {
    if (word.page !== 'unlisted') return word;
    const { publisher, textGroup } = word.row;
    const keys = { owner: `o ${publisher.domain}`, text: `t ${textGroup}`, both: `b ${publisher.domain} ${textGroup}` };
    // Earlier pages of another owner with another text, by inclusion and exclusion: a flood of pages stays cheap.
    if (pages.all - seen(keys.owner) - seen(keys.text) + seen(keys.both) > 0) return word;
    pages.all += 1;
    for (const key of Object.values(keys)) pages.by.set(key, seen(key) + 1);
  }
  return null;
}

/** What the configuration knew already (`known:` of a claim), as evidence rows that vouch for themselves. */
export function knownEvidence(claim: Claim, registry: SourceRegistry): Evidence[] {
  return claim.known.map((known, at) => {
    const name = registry.byId(known.origin)?.name ?? known.origin;
    return configured(claim, `known:${claim.id}:${at + 1}`, registry, {
      ...known,
      origin: { name, source: known.origin },
      title: known.note ?? claim.statement,
    });
  });
}

/** Whether an evidence id names what the configuration records (`known:CLAIM:1`, `outcome:CLAIM`) and not a page that was read. */
export function isConfigured(evidence: string): boolean {
  return evidence.startsWith('known:') || evidence.startsWith('outcome:');
}

type Recorded = Pick<Evidence, 'stance' | 'strength' | 'event' | 'origin' | 'url' | 'title'> & {
  readonly at: NewsTime;
};

/** An evidence row written by hand in a configuration file. */
export function configured(claim: Claim, id: string, registry: SourceRegistry, recorded: Recorded): Evidence {
  const { stance, strength, event, origin, url, title, at } = recorded;
  return {
    id,
    claim: claim.id,
    article: id,
    revision: 1,
    url,
    title,
    publisher: registry.publisherOf(url),
    published: at,
    seen: at,
    stance,
    strength,
    event,
    happenedAt: event === 'happened' ? at : null,
    chain: [],
    origin,
    quotes: [],
    textGroup: id,
    retracted: false,
    via: 'config',
  };
}

/** The listed source whose page this is. Asked anew each time: a source listed today gives yesterday's rows their owner. */
export function pageOwner(row: Evidence, registry: SourceRegistry): Source | null {
  const { source, domain } = row.publisher;
  const known = source === null ? undefined : registry.byId(source);
  if (known !== undefined) return known;
  const found = domain === '' ? null : registry.publisherOf(`https://${domain}`).source;
  return found === null ? null : (registry.byId(found) ?? null);
}

export function citedSource(
  cited: { readonly name: string; readonly source: string | null },
  registry: SourceRegistry,
): Source | null {
  const known = cited.source === null ? undefined : registry.byId(cited.source);
  return known ?? registry.named(cited.name) ?? null;
}

/** Oldest first, ties by id: the one order in which evidence is ever looked at. */
export function byTime(a: Evidence, b: Evidence): number {
  return a.published - b.published || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** The row as somebody's word, or the reason why it is nobody's. Judges text and listing only; hearsay comes after. */
function wordOf(claim: Claim, row: Evidence, registry: SourceRegistry): Word | string {
  const publisher = pageOwner(row, registry);
  const page = publisher?.name ?? row.publisher.name;
  if (row.retracted) return `withdrawn by ${page}`;
  if (row.stance === 'discusses') return 'speaks of it without taking a side';
  if (row.stance === 'supports' && row.event === 'cancelled')
    return 'says that it was called off, which supports nothing';
  if (row.strength === 'rumour') return 'a rumour: nobody identifiable stands behind it';
  if (row.strength === 'opinion') return 'an opinion of its author';
  if (row.origin === 'unattributed') return 'credits nobody by name';
  if (row.origin === 'publisher' && publisher === null)
    return `${page} is not a listed source: its own word does not count`;
  const origin = row.origin === 'publisher' ? publisher : citedSource(row.origin, registry);
  if (origin === null)
    return `credits ${row.origin === 'publisher' ? page : row.origin.name}, which is not a listed source`;
  if (origin.credibility === 'low') return `${origin.name} is marked as of low credibility`;
  if (origin.kind === 'press-wire') return `${origin.name} prints what it is paid for; it is nobody's own word`;
  if (origin.kind === 'aggregator') return `${origin.name} passes on what others write`;
  if (publisher?.credibility === 'low') return `relayed by ${page}, which is marked as of low credibility`;
  const late = row.stance === 'supports' && tooLate(claim, row);
  if (late !== false) return late;
  return {
    row,
    origin,
    side: row.stance,
    publisher,
    page:
      publisher?.id === origin.id
        ? 'own'
        : row.via === 'config' || (publisher !== null && publisher.kind !== 'press-wire')
          ? 'listed'
          : 'unlisted',
    official: row.strength === 'official',
    settles: row.strength === 'official' && (row.stance === 'refutes' || saysItIsSo(claim, row)),
  };
}

/** A plan is never the thing itself; a forecast is settled only by its happening. */
function saysItIsSo(claim: Claim, row: Evidence): boolean {
  return claim.kind === 'forecast' ? row.event === 'happened' : row.event === 'happened' || row.event === 'none';
}

/**
 * "DeepSeek released V4 on 24 April" does not support "by the end of February". Proof published after the deadline must
 * say that it happened before it, or it may well speak of a late arrival.
 */
function tooLate(claim: Claim, row: Evidence): string | false {
  if (claim.kind !== 'forecast' || claim.deadline === null || row.event !== 'happened') return false;
  const happened = row.happenedAt ?? null;
  if ((happened ?? row.published) < claim.deadline) return false;
  return happened === null
    ? 'says after the deadline that it happened, but not when'
    : `says that it happened on ${iso(happened).slice(0, 10)}, after the deadline`;
}

/**
 * Origins that took back what they wrote: each of their own pages on this side was withdrawn. Whoever still relays it
 * relays something its author no longer stands by.
 */
function withdrawnBy(claim: Claim, rows: readonly Evidence[], registry: SourceRegistry): Set<string> {
  const own = rows.flatMap((row) => {
    const word = wordOf(claim, { ...row, retracted: false }, registry);
    if (typeof word === 'string' || word.page !== 'own') return [];
    return [{ key: `${word.origin.id} ${word.side}`, retracted: row.retracted }];
  });
  const kept = new Set(own.filter((page) => !page.retracted).map((page) => page.key));
  return new Set(own.map((page) => page.key).filter((key) => !kept.has(key)));
}

/**
 * A copy has the origin of its text. Where near-identical texts seem to credit different people, the reading of the
 * earliest page stands (an official one first) and the others are misread copies. One page that credits two people is
 * no contradiction: origins named together in one article belong together.
 */
function withoutMiscreditedCopies(words: readonly Word[]): {
  originals: Word[];
  copies: { word: Word; of: Word }[];
} {
  const misread = new Map<Word, Word>();
  for (const group of groupBy(words, (word) => `${word.side} ${word.row.textGroup}`).values()) {
    if (group.every((word) => word.origin.id === group[0]?.origin.id)) continue;
    const leader = group.find((word) => word.official) ?? group[0];
    if (leader === undefined) continue;
    const together = new Set([leader.origin.id]);
    const articles = [...groupBy(group, (word) => word.row.article).values()];
    for (let grown = true; grown;) {
      grown = false;
      for (const article of articles) {
        if (!article.some((word) => together.has(word.origin.id))) continue;
        for (const word of article) {
          grown ||= !together.has(word.origin.id);
          together.add(word.origin.id);
        }
      }
    }
    for (const word of group) if (!word.official && !together.has(word.origin.id)) misread.set(word, leader);
  }
  const copies = [...misread].map(([word, of]) => ({ word, of }));
  return { originals: words.filter((word) => !misread.has(word)), copies };
}
