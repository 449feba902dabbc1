/**
 * What a plain statement and a headline have in common, as numbers.
 *
 * "Apple is buying Path" against "Apple May Buy Social Network Path": each word of the statement is laid beside the one of the headline
 * that is nearest to it, weighted by how rare it is. How the headline speaks is in pair-wording.ts. Pure.
 */
import type { IndexedReading, Span } from './phrase.ts';
import { indexed } from './phrase.ts';
import { stem } from './stem.ts';
import type { Token } from './text.ts';
import { read } from './text.ts';
import type { WordVectors } from './vectors.ts';

const words = (list: string): ReadonlySet<string> =>
  new Set(
    list
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => stem(word)),
  );

/** Words that every statement has: shared, they say nothing. */
const EMPTY = words(
  `the a an of to in on at by for from with and or but is are was were be been being will would could may might can should has have had do does did not no it its his her their they he she him them this that these those as after before
  into over under about out up down off than then who whom which what when where why how if while there here all any some one more most other said say says also just new now first his her 's n't you your we our us i my me`,
);
/** Words of the news trade: in a headline they say how, not what. */
const TRADE = words(
  'report reports reportedly rumor rumour rumored rumoured claim claims claimed video photo photos watch update updated breaking exclusive news source sources confirmed confirms hoax fake false',
);

export interface Side {
  readonly reading: IndexedReading;
  readonly range: Span;
  /** Words that say something, in order. */
  readonly content: readonly Word[];
  /** Four-letter pieces of them. */
  readonly pieces: ReadonlySet<string>;
  readonly numbers: readonly string[];
}

interface Word {
  readonly token: Token;
  readonly weight: number;
  readonly row: number | undefined;
}

export function side(text: string, vectors: WordVectors): Side {
  const reading = indexed(read({ title: text, summary: '', body: '' }));
  const content = reading.tokens
    .filter((token) => token.kind !== 'mark' && !EMPTY.has(token.stem) && token.text !== "'s")
    .map((token) => ({
      token,
      weight: vectors.telling(token.stem),
      row: vectors.row(token.text, token.stem),
    }));
  const numbers = content.filter(({ token }) => /[0-9]/.test(token.text)).map(({ token }) => token.text);
  const pieces = new Set<string>();
  const joined = ` ${content.map(({ token }) => token.stem).join(' ')} `;
  for (let n = 0; n + 3 < joined.length; n += 1) pieces.add(joined.slice(n, n + 4));
  return { reading, range: { first: 0, last: reading.tokens.length }, content, pieces, numbers };
}

/** A word of a headline's trade ("report", "video") says how, not what. */
const tradeWeight = ({ token, weight }: Word): number => (TRADE.has(token.stem) ? weight * 0.3 : weight);
/** From here on two words count as the same. */
export const SAME = 0.7;
const HALF = 0.5;

/** 1: the same word; then related forms, a slip of one letter, one within the other; then as near as their vectors. */
function likeness(a: Word, b: Word, vectors: WordVectors): number {
  const plain = formLikeness(a.token, b.token);
  if (plain > 0 || a.row === undefined || b.row === undefined) return plain;
  const near = vectors.near(a.row, b.row);
  return near > 0.35 ? near * 0.9 : 0;
}

/** Of two words as they are written, not as they are used. */
export function formLikeness(a: Token, b: Token): number {
  if (a.stem === b.stem) return 1;
  if (kin(a.stem, b.stem) || kin(b.stem, a.stem)) return 0.8;
  if (oneSlip(a.text, b.text)) return 0.75;
  return a.text.length >= 4 && b.text.length >= 4 && (a.text.includes(b.text) || b.text.includes(a.text)) ? 0.6 : 0;
}

/** Related forms that the stemmer leaves apart: "resign" and "resignation", "Syria" and "Syrian". */
function kin(a: string, b: string): boolean {
  if (a.length < 5 || b.length < 5) return false;
  return Math.abs(a.length - b.length) <= 4 && b.startsWith(a.slice(0, Math.max(4, a.length - 3)));
}

function oneSlip(a: string, b: string): boolean {
  if (a.length < 5 || Math.abs(a.length - b.length) > 1 || a[0] !== b[0]) return false;
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1;
  return Math.max(a.length, b.length) - head - tail <= 1;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const mean = (numbers: readonly number[], none: number): number =>
  numbers.length === 0 ? none : sum(numbers) / numbers.length;

export function relatedFeatures(claim: Side, title: Side, vectors: WordVectors): number[] {
  const [ours, theirs] = [claim.content, title.content];
  const likes = ours.map((a) => theirs.map((b) => likeness(a, b, vectors)));
  const best = likes.map((row) => Math.max(0, ...row));
  const place = likes.map((row, n) => ((best[n] ?? 0) > 0 ? row.indexOf(best[n] ?? 0) : -1));
  const covered = theirs.map((_, m) => Math.max(0, ...likes.map((row) => row[m] ?? 0)));
  const weights = ours.map(({ weight }) => weight);
  const theirWeights = theirs.map(tradeWeight);
  const weighted = (list: readonly number[], by: readonly number[]): number =>
    sum(list.map((value, n) => value * (by[n] ?? 0))) / (sum(by) || 1);
  const recall = weighted(best, weights);
  const precision = weighted(covered, theirWeights);
  const order = ours.map((_, n) => n).sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0) || a - b);
  const rarest = (n: number): number => (order[n] === undefined ? 1 : (best[order[n]] ?? 0));
  const names = ours.flatMap(({ token }, n) =>
    token.capital && token.start > 0 ? [(best[n] ?? 0) > SAME ? 1 : 0] : [],
  );
  const missed = order.filter((n) => (best[n] ?? 0) < HALF);
  const extra = theirs.flatMap((_, m) => ((covered[m] ?? 0) < HALF ? [theirWeights[m] ?? 0] : []));
  const theirNames = theirs.flatMap(({ token, weight }, m) => (token.capital && weight > 0.9 ? [covered[m] ?? 0] : []));
  const deeds = ours.flatMap(({ token }, n) => (!token.capital && !/^[0-9]/.test(token.text) ? [n] : []));
  const inRow = ours.filter(
    (_, n) =>
      n > 0 &&
      (best[n - 1] ?? 0) > HALF &&
      (best[n] ?? 0) > HALF &&
      Math.abs((place[n] ?? 0) - (place[n - 1] ?? 0)) <= 2,
  ).length;
  const numbersHit = claim.numbers.filter((number) => title.numbers.includes(number)).length;
  const hits = best.flatMap((value, n) => (value > SAME ? [weights[n] ?? 0] : []));
  let shared = 0;
  for (const piece of claim.pieces) if (title.pieces.has(piece)) shared += 1;
  return [
    recall,
    precision,
    (2 * recall * precision) / (recall + precision || 1),
    hits.length,
    sum(hits),
    hits.length / (ours.length || 1),
    rarest(0),
    rarest(1),
    rarest(2),
    rarest(3),
    Math.min(rarest(0), rarest(1)),
    mean(names, 0.5),
    names.length,
    names.length - sum(names),
    missed.length,
    sum(missed.map((n) => weights[n] ?? 0)),
    missed[0] === undefined ? 0 : (weights[missed[0]] ?? 0),
    sum(extra),
    Math.max(0, ...extra),
    theirNames.filter((value) => value < HALF).length,
    mean(
      theirNames.map((value) => (value >= SAME ? 1 : 0)),
      0.5,
    ),
    deeds.length === 0
      ? 0.5
      : weighted(
          deeds.map((n) => best[n] ?? 0),
          deeds.map((n) => weights[n] ?? 0),
        ),
    Math.max(0, ...deeds.map((n) => best[n] ?? 0)),
    inRow / Math.max(1, ours.length - 1),
    inRow,
    claim.numbers.length - numbersHit,
    numbersHit,
    claim.numbers.length > 0 && title.numbers.length > 0 && numbersHit === 0 ? 1 : 0,
    shared / (claim.pieces.size || 1),
    shared / (title.pieces.size || 1),
    shared / (Math.sqrt(claim.pieces.size * title.pieces.size) || 1),
    Math.log(1 + ours.length),
    Math.log(1 + theirs.length),
  ];
}
