/**
 * `npm run bench fit-pairs -- PAIRS.jsonl [--write]`: fits the weights of judge/pairs.ts and says what they are worth on statements they
 * were not fitted on. A line is {"claim","title","gold": supports | refutes | discusses | unrelated}. With --write the weights of a fit
 * on everything replace src/judge/pair-weights.ts.
 *
 * Folds are by statement, and a headline that belongs to a statement of the fold is not learnt from either, through whichever other
 * statement it comes.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWordVectors } from '../../src/cli/word-vectors.ts';
import { packageRoot } from '../../src/config/home.ts';
import { relatedFeatures, side, stanceFeatures, wordingHashes } from '../../src/judge/pair-features.ts';
import type { Chances, PairWeights } from '../../src/judge/pairs.ts';
import { chances, saidOf, unpackWording } from '../../src/judge/pairs.ts';
import { fitLogistic } from './logistic.ts';

const STANCES = ['supports', 'refutes', 'discusses'] as const;
type Gold = (typeof STANCES)[number] | 'unrelated';
interface LabelledPair {
  readonly claim: string;
  readonly title: string;
  readonly gold: Gold;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const FOLDS = 5;
/** Thresholds and options were chosen with the first; the others show how far that was luck. */
const SEEDS = [1, 2, 3];
/** Buckets in fewer headlines than this would tell of single headlines. */
const LEAST_ROWS = 3;

const vectors = readWordVectors();
const sides = new Map<string, ReturnType<typeof side>>();
function sideOf(text: string): ReturnType<typeof side> {
  const known = sides.get(text) ?? side(text, vectors);
  sides.set(text, known);
  return known;
}

function fit(pairs: readonly LabelledPair[]): PairWeights {
  const seen = pairs.map((pair) => {
    const [claim, title] = [sideOf(pair.claim), sideOf(pair.title)];
    const related = relatedFeatures(claim, title, vectors);
    return { pair, claim, title, related };
  });
  const gate = fitLogistic(
    seen.map(({ pair, related }) => ({ dense: related, sparse: [], label: pair.gold === 'unrelated' ? 0 : 1 })),
    { classes: 2, denseL2: 3e-3, sparseL2: 0, rounds: 150, rate: 0.08, leastRows: 1 },
  );
  const stance = fitLogistic(
    seen
      .filter(({ pair }) => pair.gold !== 'unrelated')
      .map(({ pair, claim, title, related }) => ({
        dense: stanceFeatures(claim, title, related),
        sparse: wordingHashes(claim, title),
        label: STANCES.findIndex((one) => one === pair.gold),
      })),
    { classes: 3, denseL2: 2e-2, sparseL2: 4e-3, rounds: 100, rate: 0.08, leastRows: LEAST_ROWS },
  );
  return {
    related: gate.dense[0] ?? [],
    relatedBias: gate.bias[0] ?? 0,
    stance: stance.dense,
    stanceBias: stance.bias,
    wording: stance.sparse,
  };
}

/** A stable number from a text: which fold it is in. */
const draw = (text: string, seed: number): number =>
  createHash('sha256').update(`${seed} ${text}`).digest().readUInt32BE(0);

function foldsOf(pairs: readonly LabelledPair[], seed: number): Map<string, number> {
  const claims = [...new Set(pairs.map(({ claim }) => claim))].sort((a, b) => draw(a, seed) - draw(b, seed));
  return new Map(claims.map((claim, n) => [claim, n % FOLDS]));
}

function heldOut(pairs: readonly LabelledPair[], seed: number): Chances[] {
  const fold = foldsOf(pairs, seed);
  const home = new Map(
    pairs.filter(({ gold }) => gold !== 'unrelated').map(({ title, claim }) => [title, fold.get(claim)]),
  );
  const result: Chances[] = [];
  for (let at = 0; at < FOLDS; at += 1) {
    const weights = fit(pairs.filter(({ claim, title }) => fold.get(claim) !== at && home.get(title) !== at));
    for (const [n, pair] of pairs.entries())
      if (fold.get(pair.claim) === at) result[n] = chances(sideOf(pair.claim), sideOf(pair.title), vectors, weights);
  }
  return result;
}

function marks(pairs: readonly LabelledPair[], said: readonly Gold[]): string {
  let [hit, extra, right, supports, wrong] = [0, 0, 0, 0, 0];
  const related = pairs.filter(({ gold }) => gold !== 'unrelated').length;
  for (const [n, { gold }] of pairs.entries()) {
    const mine = said[n] ?? 'unrelated';
    if (mine !== 'unrelated') {
      if (gold === 'unrelated') extra += 1;
      else hit += 1;
    }
    if (mine === gold && gold !== 'unrelated') right += 1;
    if (mine === 'supports') supports += 1;
    if (mine === 'supports' && gold !== 'supports') wrong += 1;
  }
  const percent = (share: number): string => (100 * share).toFixed(1);
  const [precision, recall] = [hit / (hit + extra), hit / related];
  return `related F1 ${percent((2 * precision * recall) / (precision + recall))}, precision ${percent(precision)}, recall ${percent(recall)}; three-way ${percent(right / related)}; false supports ${percent(wrong / supports)}`;
}

function source(weights: PairWeights, provenance: string): string {
  const rounded = (list: readonly number[]): string =>
    `[${list.map((value) => Number(value.toPrecision(5))).join(', ')}]`;
  const scale = Number(
    (Math.max(...Array.from(weights.wording.values(), (row) => Math.max(...row.map(Math.abs)))) / 127).toPrecision(4),
  );
  const bytes = Array.from(weights.wording, ([bucket, row]) => {
    const entry = Buffer.alloc(5);
    entry.writeUInt16LE(bucket, 0);
    for (const [n, value] of row.entries()) entry.writeInt8(Math.round(value / scale), 2 + n);
    return entry;
  });
  const packed = Buffer.concat(bytes).toString('base64');
  const lines = packed.match(/.{1,110}/g) ?? [];
  return `/**
 * Weights of the two logistic regressions of pairs.ts, in the order of the numbers of pair-features.ts. Written by
 * test/bench/fit-pairs.ts; not for editing.
 *
${provenance
  .split('\n')
  .map((line) => ` * ${line}`)
  .join('\n')}
 *
 * WORDING holds weights of hashed words and word pairs that occur in at least ${LEAST_ROWS} headlines: numbers, from which no text can be read.
 */
export const RELATED = ${rounded(weights.related)};
export const RELATED_BIAS = ${weights.relatedBias.toPrecision(6)};

/** supports, refutes, discusses. */
export const STANCE = [${weights.stance.map(rounded).join(', ')}];
export const STANCE_BIAS = ${rounded(weights.stanceBias)};

/** Five bytes an entry; see unpackWording in pairs.ts. */
export const WORDING_SCALE = ${scale};
export const WORDING = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('');
`;
}

const file = process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? process.env['CLAIMWIRE_PAIRS'];
if (file === undefined) {
  print('No labelled pairs: name a file, or set CLAIMWIRE_PAIRS.');
} else {
  const pairs = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as LabelledPair);
  const claims = new Set(pairs.map(({ claim }) => claim)).size;
  print(`${pairs.length} pairs, ${claims} statements, ${FOLDS} folds by statement`);
  const seeds = process.argv.includes('--quick') ? SEEDS.slice(0, 1) : SEEDS;
  const results: string[] = [];
  for (const seed of seeds) {
    const held = heldOut(pairs, seed);
    const line = marks(
      pairs,
      held.map((one) => saidOf(one)),
    );
    results.push(`seed ${seed}: ${line}`);
    print(`seed ${seed}: ${line}`);
    if (process.argv.includes('--thresholds'))
      for (const relatedFrom of [0.3, 0.34, 0.38])
        for (const supportsFrom of [0.52, 0.54, 0.56, 0.58, 0.6, 0.62, 0.64])
          print(
            `  ${relatedFrom} ${supportsFrom} ${marks(
              pairs,
              held.map((one) => saidOf(one, relatedFrom, supportsFrom)),
            )}`,
          );
  }
  const weights = fit(pairs);
  if (process.argv.includes('--write')) {
    const provenance = `Fitted on ${pairs.length} labelled pairs of a rumour and a headline (${claims} rumours), full batch from zero, no chance in it.\nOn rumours left out (${FOLDS} folds by rumour):\n${results.join('\n')}`;
    const text = source(weights, provenance);
    writeFileSync(join(packageRoot(), 'src', 'judge', 'pair-weights.ts'), text);
    print(
      `wrote src/judge/pair-weights.ts, ${text.length} bytes, ${unpackWording('', 1).size + weights.wording.size} buckets`,
    );
  }
}
