/**
 * `npm run bench fit-pairs -- PAIRS.jsonl [--write]`: fits the weights of judge/pairs.ts and says what they are worth on statements they
 * were not fitted on. A line is {"claim","title","gold": supports | refutes | discusses | unrelated}. With --write the weights of a fit
 * on everything replace src/judge/pair-weights.ts.
 *
 * All statements of the file are each other's neighbours, as in `claimwire judge --pairs`; what a pair is worth for itself, with no other
 * statement at hand, is said beside it. Folds are by statement, and a headline that belongs to a statement of the fold is not learnt from either, through whichever other
 * statement it comes.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWordVectors } from '../../src/cli/word-vectors.ts';
import { packageRoot } from '../../src/config/home.ts';
import { relatedFeatures, side } from '../../src/judge/pair-features.ts';
import type { Chances, PairWeights } from '../../src/judge/pair-model.ts';
import { chances, relatedChance, saidOf, unpackWording } from '../../src/judge/pair-model.ts';
import { besides, stanceFeatures, wordingHashes } from '../../src/judge/pair-wording.ts';
import { rivalsAmong } from '../../src/judge/rivals.ts';
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
/** Words in the headlines of fewer statements than this are names and topics of single rumours; the rest is how news is worded. */
const LEAST_STATEMENTS = 4;

const vectors = readWordVectors();
const sides = new Map<string, ReturnType<typeof side>>();
function sideOf(text: string): ReturnType<typeof side> {
  const known = sides.get(text) ?? side(text, vectors);
  sides.set(text, known);
  return known;
}

/** Stems that statements write as names only: a weight for one would be a weight for a rumour. */
function namesIn(pairs: readonly LabelledPair[]): ReadonlySet<string> {
  const [names, plain] = [new Set<string>(), new Set<string>()];
  for (const claim of new Set(pairs.map((pair) => pair.claim)))
    for (const [n, token] of sideOf(claim).reading.tokens.entries()) {
      if (token.kind === 'mark' || n === 0) continue;
      if (token.capital || /[0-9]/.test(token.text)) names.add(token.stem);
      else plain.add(token.stem);
    }
  return new Set([...names].filter((stem) => !plain.has(stem)));
}

function fit(pairs: readonly LabelledPair[]): PairWeights {
  const seen = pairs.map((pair) => {
    const [claim, title] = [sideOf(pair.claim), sideOf(pair.title)];
    const related = relatedFeatures(claim, title, vectors);
    return { pair, claim, title, related };
  });
  const names = namesIn(pairs);
  const gate = fitLogistic(
    seen.map(({ pair, related }) => ({ dense: related, sparse: [], label: pair.gold === 'unrelated' ? 0 : 1 })),
    { classes: 2, denseL2: 3e-3, sparseL2: 0, rounds: 150, rate: 0.08, leastGroups: 1 },
  );
  const stance = fitLogistic(
    seen
      .filter(({ pair }) => pair.gold !== 'unrelated')
      .map(({ pair, claim, title, related }) => ({
        dense: stanceFeatures(claim, title, related),
        plain: besides(claim, title, vectors),
        sparse: wordingHashes(claim, title, names),
        label: STANCES.findIndex((one) => one === pair.gold),
        group: pair.claim,
      })),
    {
      classes: 3,
      denseL2: 6e-2,
      plainL2: 0.12,
      sparseL2: 8e-3,
      rounds: 100,
      rate: 0.08,
      leastGroups: LEAST_STATEMENTS,
    },
  );
  return {
    related: gate.dense[0] ?? [],
    relatedBias: gate.bias[0] ?? 0,
    stance: stance.dense,
    stanceBias: stance.bias,
    besides: stance.plain,
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

interface Held extends Chances {
  /** Odds of the best other statement of the file. */
  readonly rival: number;
}

function heldOut(pairs: readonly LabelledPair[], seed: number): Held[] {
  const fold = foldsOf(pairs, seed);
  const home = new Map(
    pairs.filter(({ gold }) => gold !== 'unrelated').map(({ title, claim }) => [title, fold.get(claim)]),
  );
  const statements = new Map(pairs.map(({ claim }) => [claim, sideOf(claim)]));
  const result: Held[] = [];
  for (let at = 0; at < FOLDS; at += 1) {
    const weights = fit(pairs.filter(({ claim, title }) => fold.get(claim) !== at && home.get(title) !== at));
    const rivals = rivalsAmong(statements, (claim, title) => relatedChance(claim, title, vectors, weights));
    for (const [n, pair] of pairs.entries()) {
      if (fold.get(pair.claim) !== at) continue;
      const title = sideOf(pair.title);
      result[n] = {
        ...chances(sideOf(pair.claim), title, vectors, weights),
        rival: rivals.oddsOf(title, pair.claim),
      };
    }
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
 * WORDING holds weights of hashed words and word pairs that occur in the headlines of at least ${LEAST_STATEMENTS}
 * rumours, so that none is the name of one; numbers, from which no text can be read.
 */
export const RELATED = ${rounded(weights.related)};
export const RELATED_BIAS = ${weights.relatedBias.toPrecision(6)};

/** supports, refutes, discusses. */
export const STANCE = [${weights.stance.map(rounded).join(', ')}];
export const STANCE_BIAS = ${rounded(weights.stanceBias)};
export const BESIDES = [${weights.besides.map(rounded).join(', ')}];

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
    const show = (name: string, said: readonly Gold[]): string => `${name}: ${marks(pairs, said)}`;
    const line = show(
      `seed ${seed}`,
      held.map((one) => saidOf(one, one.rival)),
    );
    results.push(line);
    print(line);
    const alone = show(
      '  each pair for itself',
      held.map((one) => saidOf(one, 0)),
    );
    results.push(alone);
    print(alone);
    if (process.argv.includes('--thresholds'))
      for (const beside of [0.06, 0.08, 0.1, 0.15])
        for (const supports of [0.36, 0.38, 0.4, 0.42, 0.44, 0.46, 0.48]) {
          const thresholds = { related: 0.1, beside, supports };
          print(
            show(
              `  ${beside} ${supports}`,
              held.map((one) => saidOf(one, one.rival, thresholds)),
            ),
          );
        }
    const known = pairs.flatMap(({ gold }, n) => {
      const stance = held[n]?.stance ?? [];
      return gold === 'unrelated' ? [] : [STANCES[stance.indexOf(Math.max(...stance))] === gold];
    });
    const right = known.filter(Boolean).length;
    print(`  the stance alone, of those that speak of it: ${((100 * right) / known.length).toFixed(1)}`);
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
