/**
 * A plain statement against a headline, with no frame made by hand: does it speak of it, and what does it say?
 *
 * "Apple is buying Path" / "Apple May Buy Social Network Path" -> discusses. Two small logistic regressions over what both sides share
 * and how the headline speaks; saying "supports" needs the most certainty, an unsure judge says "discusses".
 */
import type { Stance, Strength } from '../core/evidence.ts';
import type { SourceRegistry } from '../core/source.ts';
import { attribute } from './attribution.ts';
import { COMMON_WORDS } from './common-words.ts';
import { compileFrame } from './compile.ts';
import type { Claim } from '../core/claim.ts';
import type { Finding } from './frame.ts';
import { nameIndex } from './names.ts';
import type { Side } from './pair-features.ts';
import { relatedFeatures, side, stanceFeatures } from './pair-features.ts';
import { RELATED, RELATED_BIAS, STANCE, STANCE_BIAS } from './pair-weights.ts';
import { indexed } from './phrase.ts';
import { stem } from './stem.ts';
import { standingOf } from './strength.ts';
import { read } from './text.ts';

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

// Chosen on claims left out of fitting: related precision above .70, at most a quarter of all "supports" wrong.
const RELATED_FROM = 0.32;
const SUPPORTS_FROM = 0.6;
/** Sentences of the text that are tried besides the title. */
const MOST_SENTENCES = 30;

const ranks = new Map<string, number>();
for (const [rank, word] of COMMON_WORDS.trim().split(/\s+/).entries()) {
  const root = stem(word);
  if (!ranks.has(root)) ranks.set(root, rank);
}

/** 0.1 for "the", 1 for a word that is not common at all. */
function telling(word: string): number {
  const rank = ranks.get(word);
  return rank === undefined ? 1 : Math.min(1, Math.max(0.1, Math.log2(rank + 2) / 15));
}

const dot = (weights: readonly number[], values: readonly number[]): number =>
  weights.reduce((sum, weight, n) => sum + weight * (values[n] ?? 0), 0);
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Pure. `registry` names the outlets and parties that the text may credit. */
export function pairJudge(registry: SourceRegistry): (pair: Pair) => JudgedPair {
  const names = nameIndex(registry);
  const claims = new Map<string, { readonly side: Side; readonly claim: Claim }>();
  return (pair) => {
    const known = claims.get(pair.claim) ?? { side: side(pair.claim), claim: claimOf(pair.claim, registry) };
    claims.set(pair.claim, known);
    const best = bestSentence(known.side, pair);
    if (best.related < RELATED_FROM)
      return { id: pair.id, stance: 'unrelated', strength: null, origins: [], quote: null };
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
    const stance = stanceOf(best);
    const verdict = { stance, event: 'none', denied: false, notYet: false } as const;
    const page = { speaks: false, reports: false, wire: null };
    const standing = standingOf(known.claim, finding, verdict, reading, attribute(reading, names), registry, page);
    const origin = typeof standing.origin === 'string' ? standing.origin : standing.origin.name;
    return { id: pair.id, stance, strength: standing.strength, origins: [origin], quote: best.quote };
  };
}

interface Best {
  readonly related: number;
  readonly stance: readonly number[];
  readonly quote: string;
  /** Offset of the quote in title + newline + text. */
  readonly start: number;
}

/** The title, or the sentence of the text that speaks more clearly of the statement. */
function bestSentence(claim: Side, pair: Pair): Best {
  const judged = (text: string, start: number): Best => {
    const other = side(text);
    const values = relatedFeatures(claim, other, telling);
    const related = logistic(dot(RELATED, values) + RELATED_BIAS);
    const scores = STANCE.map((weights, n) =>
      Math.exp(dot(weights, stanceFeatures(claim, other, values[0] ?? 0)) + (STANCE_BIAS[n] ?? 0)),
    );
    const total = scores.reduce((a, b) => a + b, 0);
    return { related, stance: scores.map((score) => score / total), quote: text, start };
  };
  let best = judged(pair.title, 0);
  if (pair.text === undefined || pair.text === '') return best;
  const reading = read({ title: pair.title, summary: pair.text, body: '' });
  for (const sentence of reading.sentences.filter((one) => one.part !== 'title').slice(0, MOST_SENTENCES)) {
    const other = judged(reading.source.slice(sentence.start, sentence.end), sentence.start);
    if (other.related > best.related) best = other;
  }
  return best;
}

function stanceOf(best: Best): Stance {
  const [supports = 0, refutes = 0, discusses = 0] = best.stance;
  if (supports >= refutes && supports >= discusses && best.related * supports >= SUPPORTS_FROM) return 'supports';
  return refutes > discusses ? 'refutes' : 'discusses';
}

function claimOf(statement: string, registry: SourceRegistry): Claim {
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
    frame: compileFrame(statement, registry),
    outcome: null,
    known: [],
  };
}

/** Judges pairs one by one. */
export function judgePairs(pairs: readonly Pair[], registry: SourceRegistry): JudgedPair[] {
  return pairs.map(pairJudge(registry));
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
