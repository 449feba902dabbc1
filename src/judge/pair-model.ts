/**
 * The chances that a headline speaks of a statement and what it then says: two logistic regressions over the numbers of pair-features.ts,
 * with the weights of pair-weights.ts.
 */
import type { Stance } from '../core/evidence.ts';
import type { Side } from './pair-features.ts';
import { relatedFeatures } from './pair-features.ts';
import { BESIDES, RELATED, RELATED_BIAS, STANCE, STANCE_BIAS, WORDING, WORDING_SCALE } from './pair-weights.ts';
import { besides, stanceFeatures, wordingHashes } from './pair-wording.ts';
import type { WordVectors } from './vectors.ts';

/**
 * From where on a headline speaks of the statement, and from where on it supports it. test/bench/fit-pairs.ts says what each costs and
 * saves (`--thresholds`).
 *
 * Alone: no other statement is at hand that the headline could be about instead, so it must be likely by itself. Beside others a near
 * miss mostly falls to the statement that it is really about, and less will do.
 */
interface Thresholds {
  /** Chance that it speaks of the statement. */
  readonly related: number;
  /** The same once the best of the others has its say. */
  readonly beside: number;
  /** Chance that it does and supports it. */
  readonly supports: number;
}
const ALONE: Thresholds = { related: 0.33, beside: 0.33, supports: 0.63 };
const TOGETHER: Thresholds = { related: 0.1, beside: 0.08, supports: 0.38 };

const dot = (weights: readonly number[], values: readonly number[]): number =>
  weights.reduce((total, weight, n) => total + weight * (values[n] ?? 0), 0);

const squash = (score: number): number => 1 / (1 + Math.exp(-score));

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
  /** Of the direction of what the headline says besides. */
  readonly besides: readonly (readonly number[])[];
  /** Bucket of a word or word pair -> its three weights. */
  readonly wording: ReadonlyMap<number, readonly number[]>;
}

/** The chance that the headline speaks of the statement, 0 to 1. */
export function relatedChance(claim: Side, title: Side, vectors: WordVectors, weights: PairWeights): number {
  return squash(dot(weights.related, relatedFeatures(claim, title, vectors)) + weights.relatedBias);
}

export function chances(claim: Side, title: Side, vectors: WordVectors, weights: PairWeights): Chances {
  const values = relatedFeatures(claim, title, vectors);
  const related = squash(dot(weights.related, values) + weights.relatedBias);
  const features = stanceFeatures(claim, title, values);
  const direction = besides(claim, title, vectors);
  const scores = weights.stance.map(
    (row, n) => dot(row, features) + dot(weights.besides[n] ?? [], direction) + (weights.stanceBias[n] ?? 0),
  );
  for (const bucket of wordingHashes(claim, title)) {
    const three = weights.wording.get(bucket);
    if (three !== undefined) for (const [n, weight] of three.entries()) scores[n] = (scores[n] ?? 0) + weight;
  }
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const total = powers.reduce((a, b) => a + b, 0);
  return { related, stance: powers.map((power) => power / total) };
}

/**
 * The chance once the best of the other statements has its say: this one, that one, or neither. Odds of 9 to 1 become 9 to 10 beside a
 * rival as good: of two statements that both fit neither is lost.
 */
function besideRival(related: number, rivalOdds: number): number {
  const odds = related / Math.max(1e-9, 1 - related);
  return odds / (1 + odds + rivalOdds);
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

let wording: PairWeights['wording'] | undefined;
export const WEIGHTS: PairWeights = {
  related: RELATED,
  relatedBias: RELATED_BIAS,
  stance: STANCE,
  stanceBias: STANCE_BIAS,
  besides: BESIDES,
  /** Unpacked when a first pair is judged. */
  get wording() {
    return (wording ??= unpackWording(WORDING, WORDING_SCALE));
  },
};

/** What is said of chances: unrelated, or a stance; an unsure judge says "discusses". */
export function saidOf(
  { related, stance }: Chances,
  rivalOdds: number,
  { related: from, beside: besideFrom, supports: supportsFrom } = rivalOdds > 0 ? TOGETHER : ALONE,
): Stance | 'unrelated' {
  const beside = besideRival(related, rivalOdds);
  if (related < from || beside < besideFrom) return 'unrelated';
  const [supports = 0, refutes = 0, discusses = 0] = stance;
  if (supports >= refutes && supports >= discusses && beside * supports >= supportsFrom) return 'supports';
  return refutes > discusses ? 'refutes' : 'discusses';
}
