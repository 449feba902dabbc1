/**
 * A plain statement against a headline, with no frame made by hand: does it speak of it, and what does it say?
 *
 * "Apple is buying Path" / "Apple May Buy Social Network Path" -> discusses. Two logistic regressions over what both sides share and
 * how the headline is worded; saying "supports" needs the most certainty, an unsure judge says "discusses". News articles never meet
 * these: the frame that compile.ts makes of a tracked statement is what gates them.
 */
import type { Stance, Strength } from '../core/evidence.ts';
import type { SourceRegistry } from '../core/source.ts';
import { attribute } from './attribution.ts';
import { compileStatement } from './compile.ts';
import type { Claim, Frame } from '../core/claim.ts';
import { newsTime } from '../core/time.ts';
import type { JudgeEngine } from './engine.ts';
import type { Finding } from './frame.ts';
import type { NameIndex } from './names.ts';
import { nameIndex } from './names.ts';
import { offlineEngine } from './offline.ts';
import type { Side } from './pair-features.ts';
import { relatedFeatures, side, stanceFeatures, wordingHashes } from './pair-features.ts';
import { RELATED, RELATED_BIAS, STANCE, STANCE_BIAS, WORDING, WORDING_SCALE } from './pair-weights.ts';
import { indexed } from './phrase.ts';
import { standingOf } from './strength.ts';
import { read } from './text.ts';
import type { WordVectors } from './vectors.ts';

export interface Pair {
  readonly id: string;
  readonly claim: string;
  readonly title: string;
  readonly text?: string;
}

export interface JudgedPair {
  readonly id: string;
  readonly stance: Stance | 'unrelated';
  readonly strength: Strength | null;
  readonly origins: readonly string[];
  /** Verbatim from title or text; null when unrelated. */
  readonly quote: string | null;
}

/** Below this chance of speaking to the statement a headline is another matter. */
const RELATED_FROM = 0.33;
/** Saying "supports" needs this chance of both; see test/bench/fit-pairs.ts for what it costs and saves. */
const SUPPORTS_FROM = 0.6;
/** Sentences of the text that are tried besides the title. */
const MOST_SENTENCES = 30;

const dot = (weights: readonly number[], values: readonly number[]): number =>
  weights.reduce((total, weight, n) => total + weight * (values[n] ?? 0), 0);

interface KnownStatement {
  readonly side: Side;
  readonly claim: Claim;
  /** Judges by the frame alone. */
  readonly engine: JudgeEngine;
  readonly familiar: boolean;
}

/**
 * Pure. `registry` names the outlets and parties that the text may credit.
 *
 * A statement whose every name is known is judged by its frame, as an article would be: to the regressions a Huawei phone and a Huawei
 * chip are much alike. So is Chinese, which they do not read.
 */
export function pairJudge(registry: SourceRegistry, vectors: WordVectors): (pair: Pair) => Promise<JudgedPair> {
  const names = nameIndex(registry);
  const statements = new Map<string, KnownStatement>();
  return async (pair) => {
    let known = statements.get(pair.claim);
    if (known === undefined) {
      const { frame, familiar } = compileStatement(pair.claim, registry, ONE_DAY);
      const claim = claimOf(pair.claim, frame);
      known = { side: side(pair.claim, vectors), claim, engine: offlineEngine([claim], registry), familiar };
      statements.set(pair.claim, known);
    }
    return known.familiar || HAN.test(pair.claim) || HAN.test(pair.title)
      ? byFrame(known.engine, pair, registry)
      : byWording(known, pair, vectors, registry, names);
  };
}

/** Pairs carry no date: statement and headline are read as of one day, whichever. */
const ONE_DAY = newsTime(0);
const HAN = /\p{Script=Han}/u;
const unrelated = (id: string): JudgedPair => ({ id, stance: 'unrelated', strength: null, origins: [], quote: null });

async function byFrame(engine: JudgeEngine, pair: Pair, registry: SourceRegistry): Promise<JudgedPair> {
  const rows = await engine.judge({
    id: pair.id,
    revision: 1,
    url: '',
    publisher: registry.publisherOf(''),
    published: ONE_DAY,
    lang: '',
    title: pair.title,
    summary: pair.text ?? '',
    body: '',
    authors: [],
  });
  const main = rows.find((row) => row.main);
  if (main === undefined) return unrelated(pair.id);
  const { stance, strength, origin, quotes } = main;
  const quote = quotes.find((one) => one.role === 'stance')?.text ?? pair.title;
  return { id: pair.id, stance, strength, origins: [typeof origin === 'string' ? origin : origin.name], quote };
}

function byWording(
  known: KnownStatement,
  pair: Pair,
  vectors: WordVectors,
  registry: SourceRegistry,
  names: NameIndex,
): JudgedPair {
  const best = bestSentence(known.side, pair, vectors);
  const stance = saidOf(best);
  if (stance === 'unrelated') return unrelated(pair.id);
  const reading = indexed(read({ title: pair.title, summary: pair.text ?? '', body: '' }));
  const sentence = Math.max(
    0,
    reading.sentences.findIndex((one) => one.start <= best.start && best.start < one.end),
  );
  const place = reading.sentences[sentence];
  const span = { first: place?.first ?? 0, last: place?.last ?? 0 };
  const finding: Finding = {
    kind: 'predicate',
    sentence,
    span,
    selfNegated: false,
    named: 0,
    enough: true,
    says: new Set(),
  };
  const verdict = { stance, event: 'none', denied: false, notYet: false } as const;
  const page = { speaks: false, reports: false, wire: null };
  const standing = standingOf(known.claim, finding, verdict, reading, attribute(reading, names), registry, page);
  const origin = typeof standing.origin === 'string' ? standing.origin : standing.origin.name;
  return { id: pair.id, stance, strength: standing.strength, origins: [origin], quote: best.quote };
}

interface Best extends Chances {
  readonly quote: string;
  /** Offset of the quote in title + newline + text. */
  readonly start: number;
}

/** The title, or the sentence of the text that speaks more clearly of the statement. */
function bestSentence(claim: Side, pair: Pair, vectors: WordVectors): Best {
  const judged = (text: string, start: number): Best => ({
    ...chances(claim, side(text, vectors), vectors, WEIGHTS),
    quote: text,
    start,
  });
  let best = judged(pair.title, 0);
  if (pair.text === undefined || pair.text === '') return best;
  const reading = read({ title: pair.title, summary: pair.text, body: '' });
  for (const sentence of reading.sentences.filter((one) => one.part !== 'title').slice(0, MOST_SENTENCES)) {
    const other = judged(reading.source.slice(sentence.start, sentence.end), sentence.start);
    if (other.related > best.related) best = other;
  }
  return best;
}

export interface Chances {
  /** That the headline speaks to the statement, 0 to 1. */
  readonly related: number;
  /** supports, refutes, discusses, if it does; they sum to 1. */
  readonly stance: readonly number[];
}

export interface PairWeights {
  readonly related: readonly number[];
  readonly relatedBias: number;
  /** supports, refutes, discusses. */
  readonly stance: readonly (readonly number[])[];
  readonly stanceBias: readonly number[];
  /** Bucket of a word or word pair -> its three weights. */
  readonly wording: ReadonlyMap<number, readonly number[]>;
}

export function chances(claim: Side, title: Side, vectors: WordVectors, weights: PairWeights): Chances {
  const values = relatedFeatures(claim, title, vectors);
  const related = 1 / (1 + Math.exp(-dot(weights.related, values) - weights.relatedBias));
  const features = stanceFeatures(claim, title, values);
  const scores = weights.stance.map((row, n) => dot(row, features) + (weights.stanceBias[n] ?? 0));
  for (const bucket of wordingHashes(claim, title)) {
    const three = weights.wording.get(bucket);
    if (three !== undefined) for (const [n, weight] of three.entries()) scores[n] = (scores[n] ?? 0) + weight;
  }
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const total = powers.reduce((a, b) => a + b, 0);
  return { related, stance: powers.map((power) => power / total) };
}

/** Five bytes an entry: bucket (two, low first), then a signed byte for each stance. */
export function unpackWording(packed: string, scale: number): Map<number, readonly number[]> {
  const bytes = Buffer.from(packed, 'base64');
  const wording = new Map<number, readonly number[]>();
  for (let at = 0; at + 5 <= bytes.length; at += 5)
    wording.set(
      bytes.readUInt16LE(at),
      [2, 3, 4].map((n) => bytes.readInt8(at + n) * scale),
    );
  return wording;
}

const WEIGHTS: PairWeights = {
  related: RELATED,
  relatedBias: RELATED_BIAS,
  stance: STANCE,
  stanceBias: STANCE_BIAS,
  wording: unpackWording(WORDING, WORDING_SCALE),
};

/** What is said of chances: unrelated, or a stance; an unsure judge says "discusses". */
export function saidOf(
  { related, stance }: Chances,
  relatedFrom = RELATED_FROM,
  supportsFrom = SUPPORTS_FROM,
): Stance | 'unrelated' {
  if (related < relatedFrom) return 'unrelated';
  const [supports = 0, refutes = 0, discusses = 0] = stance;
  if (supports >= refutes && supports >= discusses && related * supports >= supportsFrom) return 'supports';
  return refutes > discusses ? 'refutes' : 'discusses';
}

function claimOf(statement: string, frame: Frame): Claim {
  return {
    id: 'pair',
    topic: 'pair',
    statement,
    kind: 'event',
    deadline: null,
    resolution: '',
    authorities: [],
    deniers: [],
    neighbours: [],
    frame,
    outcome: null,
    known: [],
  };
}

/** One line of a pairs file, or what is wrong with it. */
export function parsePair(line: string): Pair | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  if (typeof value !== 'object' || value === null) return 'not an object';
  const { id, claim, title, text } = value as Record<string, unknown>;
  if (typeof id !== 'string' || id === '') return 'id: missing';
  if (typeof claim !== 'string' || claim.trim() === '') return 'claim: missing';
  if (typeof title !== 'string') return 'title: missing';
  if (text !== undefined && text !== null && typeof text !== 'string') return 'text: not text';
  return { id, claim, title, ...(typeof text === 'string' ? { text } : {}) };
}
