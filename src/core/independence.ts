/**
 * Independence: of those who said it, how many knew it by themselves?
 *
 * Reuters citing The Information is The Information's report once more; the Financial Times and Nikkei share an owner;
 * two outlets that credit each other have nothing at all. Corroboration counts what is left after that.
 */
import { believedThrough, byTime, citedSource, groupBy } from './provenance.ts';
import type { Side, Word } from './provenance.ts';
import type { Source, SourceId, SourceRegistry } from './source.ts';

/** What an origin says as of now: its latest word has replaced its earlier ones. */
export interface Standing {
  readonly origin: Source;
  /** null: it said both at the same time, so that its words cancel. */
  readonly side: Side | null;
  /** All its words on this side since it last said otherwise (both sides' latest, when they cancel), oldest first. */
  readonly words: readonly Word[];
  /** Other words of the same meaning that add nothing. */
  readonly echoes: readonly Word[];
  /** Its earlier or weaker words to the contrary: what was planned, and what people at a party that has spoken on record said. */
  readonly replaced: readonly Word[];
}

/** One independent origin, whoever else repeats it. */
export interface Voice {
  readonly origin: Source;
  /** The word that made it count. */
  readonly from: Word;
  /** Its own standing words, oldest first. */
  readonly words: readonly Word[];
  /** Why the words of others count as this one: "Reuters cites The Information". */
  readonly echoes: readonly { readonly word: Word; readonly reason: string }[];
}

interface Follower {
  readonly of: Standing;
  readonly reason: string;
}

/**
 * Each origin's word as it stands: the latest. A party's word on record is replaced only by its word on record, and what we
 * read on a listed page is not replaced by what only unlisted pages say they heard: two blogs with "DeepSeek now denies it"
 * do not outweigh DeepSeek's own page.
 */
export function latestWords(words: readonly Word[]): Standing[] {
  return [...groupBy(words, (word) => word.origin.id).values()].map((all) => {
    const [{ origin }] = all as [Word, ...Word[]];
    const official = all.filter((word) => word.official);
    const weighed = official.length > 0 ? official : all;
    const read = weighed.filter((word) => word.page !== 'unlisted');
    const deciding = read.length > 0 ? read : weighed;
    const latest = deciding.at(-1)?.row.published ?? 0;
    const last = firmest(deciding.filter((word) => word.row.published === latest));
    const side = last.every((word) => word.side === last[0]?.side) ? (last[0]?.side ?? null) : null;
    if (side === null)
      return { origin, side, words: last, echoes: [], replaced: all.filter((word) => !last.includes(word)) };
    const contrary = deciding.findLast((word) => word.side !== side && word.row.published < latest);
    const turned = contrary?.row.published ?? -Infinity;
    const standing = new Set(weighed.filter((word) => word.side === side && word.row.published > turned));
    const rest = all.filter((word) => !standing.has(word));
    return {
      origin,
      side,
      words: [...standing],
      echoes: rest.filter((word) => word.side === side),
      replaced: rest.filter((word) => word.side !== side),
    };
  });
}

/** A report of a withdrawal recalls the plan that was withdrawn: at one time, what happened or was ruled out outweighs a plan. */
function firmest(words: readonly Word[]): readonly Word[] {
  if (words.every((word) => word.side === words[0]?.side)) return words;
  const firm = words.filter((word) => word.settles || word.row.event !== 'planned');
  return firm.length > 0 ? firm : words;
}

/**
 * The independent origins among those who stand on one side, earliest first, and the words of those who only credit each
 * other in a circle.
 */
export function independentVoices(
  standing: readonly Standing[],
  registry: SourceRegistry,
): { voices: Voice[]; circular: readonly Word[] } {
  const cites = citations(standing, registry);
  const articles = groupBy(
    standing.flatMap((one) => one.words),
    (word) => word.row.article,
  );
  const knows = new Set(standing.filter((one) => knowsByItself(one, cites, articles)).map((one) => one.origin.id));
  const byId = new Map(standing.map((one) => [one.origin.id, one]));

  const followers = new Map<SourceId, Follower[]>();
  const circular: Word[] = [];
  const roots: Standing[] = [];
  for (const one of standing) {
    if (knows.has(one.origin.id)) {
      roots.push(one);
      continue;
    }
    const root = whoKnew(one.origin.id, cites, knows);
    const source = root === null ? undefined : byId.get(root);
    if (source === undefined) circular.push(...one.words, ...one.echoes);
    else follow(followers, source.origin.id, { of: one, reason: `${one.origin.name} cites ${source.origin.name}` });
  }

  const voices: Voice[] = [];
  for (const family of groupBy(roots, (one) => one.origin.owner).values()) {
    // Who settles speaks for the family, else who was first.
    family.sort((a, b) => rank(a) - rank(b) || earliest(a.words, b.words));
    const [head, ...relatives] = family as [Standing, ...Standing[]];
    for (const one of relatives) {
      follow(followers, head.origin.id, {
        of: one,
        reason: `${one.origin.name} has the same owner as ${head.origin.name}`,
      });
      for (const follower of followers.get(one.origin.id) ?? []) follow(followers, head.origin.id, follower);
    }
    const from = believedThrough(head.words) ?? head.words[0];
    if (from === undefined) continue;
    const own = [...head.words, ...head.echoes].filter((word) => word !== from);
    voices.push({
      origin: head.origin,
      from,
      words: head.words,
      echoes: [
        ...own.map((word) => ({ word, reason: repeats(word) })),
        ...(followers.get(head.origin.id) ?? []).flatMap(({ of, reason }) =>
          [...of.words, ...of.echoes].map((word) => ({ word, reason: `${reason}: one origin, already counted` })),
        ),
      ],
    });
  }
  return { voices: voices.sort((a, b) => earliest(a.words, b.words)), circular };
}

/** Who credits whom, where we have reason to believe that they do: `reuters` -> {`the-information`}. */
function citations(standing: readonly Standing[], registry: SourceRegistry): Map<SourceId, Set<SourceId>> {
  const counted = new Set(standing.map((one) => one.origin.id));
  const credits = standing
    .flatMap((one) => one.words)
    .flatMap((word) => {
      const cited = word.row.chain.map((hop) => citedSource(hop, registry));
      // Its own word that also credits somebody ends with whom it credits, not with itself.
      const hops =
        word.row.origin === 'publisher' ? [word.publisher, ...cited] : [word.publisher, ...cited, word.origin];
      const known = hops.filter((hop) => hop !== null).map((hop) => hop.id);
      return known.slice(1).flatMap((to, at) => {
        const from = known[at];
        if (from === undefined || from === to || !counted.has(from) || !counted.has(to)) return [];
        return [{ from, to, word }];
      });
    });
  const cites = new Map<SourceId, Set<SourceId>>();
  for (const [, same] of groupBy(credits, (credit) => `${credit.from} ${credit.to}`)) {
    const [{ from, to }] = same as [(typeof credits)[number], ...typeof credits];
    // The hearsay rule holds here too, or one page of a stranger could unmake a corroboration.
    if (believedThrough(same.map((credit) => credit.word)) === null) continue;
    cites.set(from, (cites.get(from) ?? new Set()).add(to));
  }
  return cites;
}

/**
 * An origin knows by itself if it credits nobody who counts, if it speaks on record for itself, or if it has an article
 * of its own that rests on its own sources and credits nobody else.
 */
function knowsByItself(
  { origin, words }: Standing,
  cites: ReadonlyMap<SourceId, ReadonlySet<SourceId>>,
  credited: ReadonlyMap<string, readonly Word[]>,
): boolean {
  if (!cites.has(origin.id) || words.some((word) => word.official)) return true;
  return words.some(
    (word) =>
      word.page === 'own' &&
      word.row.chain.every((cited) => cited.source === origin.id) &&
      (credited.get(word.row.article) ?? []).every((other) => other.origin.id === origin.id),
  );
}

/** Whom somebody credits in the end: the nearest who knows by itself, null when they only credit each other. */
function whoKnew(
  from: SourceId,
  cites: ReadonlyMap<SourceId, ReadonlySet<SourceId>>,
  knows: ReadonlySet<SourceId>,
): SourceId | null {
  const asked = new Set([from]);
  // A Set keeps the order of insertion and takes in what is added while we walk it: nearest first, each once.
  for (const source of asked) {
    if (knows.has(source)) return source;
    for (const next of [...(cites.get(source) ?? [])].sort()) asked.add(next);
  }
  return null;
}

function follow<T>(followers: Map<SourceId, T[]>, leader: SourceId, one: T): void {
  followers.set(leader, [...(followers.get(leader) ?? []), one]);
}

function repeats(word: Word): string {
  return word.page === 'own'
    ? `${word.origin.name} again, already counted`
    : `relays ${word.origin.name}, already counted`;
}

/** Who settles the claim is shown first, then who spoke officially. */
function rank({ words }: Standing): number {
  return words.some((word) => word.settles) ? 0 : words.some((word) => word.official) ? 1 : 2;
}

function earliest(a: readonly Word[], b: readonly Word[]): number {
  const [first, second] = [a[0], b[0]];
  return first === undefined || second === undefined ? 0 : byTime(first.row, second.row);
}
