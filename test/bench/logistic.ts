/**
 * Logistic regression, binary or over several classes, on dense numbers and a sparse set of buckets. Full-batch Adam from zero: the
 * same rows give the same weights.
 */

export interface Row {
  readonly dense: readonly number[];
  /** Taken as they are, not each by its own spread: parts of one vector. */
  readonly plain?: readonly number[];
  /** Buckets that are set. */
  readonly sparse: readonly number[];
  readonly label: number;
  /** Rows of one group tell of one thing. */
  readonly group?: string;
}

export interface Fit {
  /** Per class (one class when binary), with the standardisation folded in. */
  readonly dense: readonly (readonly number[])[];
  readonly plain: readonly (readonly number[])[];
  readonly bias: readonly number[];
  readonly sparse: ReadonlyMap<number, readonly number[]>;
}

export interface FitOptions {
  readonly classes: number;
  readonly denseL2: number;
  readonly plainL2?: number;
  readonly sparseL2: number;
  readonly rounds: number;
  readonly rate: number;
  /** Buckets set in rows of fewer groups are left out: they would tell of single things. */
  readonly leastGroups: number;
}

export function fitLogistic(rows: readonly Row[], options: FitOptions): Fit {
  const measured = rows[0]?.dense.length ?? 0;
  const width = measured + (rows[0]?.plain?.length ?? 0);
  const { mean, deviation } = spread(rows, measured, width);
  const index = bucketIndex(rows, options.leastGroups);
  const standard = rows.map(({ dense, plain = [] }) =>
    Float64Array.from([...dense, ...plain], (value, n) => (value - at(mean, n)) / at(deviation, n)),
  );
  const buckets = rows.map(({ sparse }) => Int32Array.from(sparse.flatMap((bucket) => index.get(bucket) ?? [])));
  const classes = options.classes === 2 ? 1 : options.classes;
  const stride = width + index.size + 1;
  const weights = new Float64Array(classes * stride);
  const gradient = new Float64Array(classes * stride);
  const first = new Float64Array(classes * stride);
  const second = new Float64Array(classes * stride);
  for (let round = 1; round <= options.rounds; round += 1) {
    gradient.fill(0);
    for (const [i, row] of rows.entries()) {
      const [z, set] = [standard[i] ?? new Float64Array(), buckets[i] ?? new Int32Array()];
      const scores = Array.from({ length: classes }, (_, k) => score(weights, k * stride, z, set, width, stride));
      const errors = errorsOf(scores, row.label);
      for (const [k, error] of errors.entries()) {
        const from = k * stride;
        const step = error / rows.length;
        for (let n = 0; n < width; n += 1) add(gradient, from + n, step * at(z, n));
        for (const bucket of set) add(gradient, from + width + bucket, step);
        add(gradient, from + stride - 1, step);
      }
    }
    const rate = options.rate * (round < options.rounds * 0.7 ? 1 : (1 - round / options.rounds) / 0.3 + 0.02);
    for (let n = 0; n < weights.length; n += 1) {
      const inRow = n % stride;
      const decay =
        inRow < measured
          ? options.denseL2
          : inRow < width
            ? (options.plainL2 ?? options.denseL2)
            : inRow < stride - 1
              ? options.sparseL2
              : 0;
      const slope = at(gradient, n) + decay * at(weights, n);
      first[n] = 0.9 * at(first, n) + 0.1 * slope;
      second[n] = 0.99 * at(second, n) + 0.01 * slope * slope;
      const step = at(first, n) / (1 - 0.9 ** round) / (Math.sqrt(at(second, n) / (1 - 0.99 ** round)) + 1e-8);
      weights[n] = at(weights, n) - rate * step;
    }
  }
  const rowsOf = Array.from({ length: classes }, (_, k) => weights.subarray(k * stride, (k + 1) * stride));
  return {
    dense: rowsOf.map((row) => Array.from({ length: measured }, (_, n) => at(row, n) / at(deviation, n))),
    plain: rowsOf.map((row) =>
      Array.from({ length: width - measured }, (_, n) => at(row, measured + n) / at(deviation, measured + n)),
    ),
    bias: rowsOf.map((row) => {
      let bias = at(row, stride - 1);
      for (let n = 0; n < width; n += 1) bias -= (at(row, n) * at(mean, n)) / at(deviation, n);
      return bias;
    }),
    sparse: new Map(Array.from(index, ([bucket, n]) => [bucket, rowsOf.map((row) => at(row, width + n))])),
  };
}

const at = (list: ArrayLike<number>, n: number): number => list[n] ?? 0;
const add = (list: Float64Array, n: number, value: number): void => {
  list[n] = at(list, n) + value;
};

function score(
  weights: Float64Array,
  from: number,
  z: Float64Array,
  set: Int32Array,
  width: number,
  stride: number,
): number {
  let total = at(weights, from + stride - 1);
  for (let n = 0; n < width; n += 1) total += at(weights, from + n) * at(z, n);
  for (const bucket of set) total += at(weights, from + width + bucket);
  return total;
}

function errorsOf(scores: readonly number[], label: number): number[] {
  if (scores.length === 1) return [1 / (1 + Math.exp(-at(scores, 0))) - (label === 1 ? 1 : 0)];
  const top = Math.max(...scores);
  const powers = scores.map((one) => Math.exp(one - top));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power, k) => power / total - (label === k ? 1 : 0));
}

/** Means and deviations; the plain columns have one deviation in common and keep their mean. */
function spread(
  rows: readonly Row[],
  measured: number,
  width: number,
): { mean: Float64Array; deviation: Float64Array } {
  const mean = new Float64Array(width);
  const variance = new Float64Array(width);
  for (const { dense } of rows) for (let n = 0; n < measured; n += 1) add(mean, n, at(dense, n) / rows.length);
  for (const { dense } of rows)
    for (let n = 0; n < measured; n += 1) add(variance, n, (at(dense, n) - at(mean, n)) ** 2 / rows.length);
  let shared = 0;
  for (const { plain = [] } of rows)
    for (const value of plain) shared += value ** 2 / rows.length / Math.max(1, width - measured);
  variance.fill(shared, measured);
  return { mean, deviation: variance.map((one) => Math.sqrt(one) || 1) };
}

function bucketIndex(rows: readonly Row[], least: number): Map<number, number> {
  const uses = new Map<number, Set<string>>();
  for (const [n, { sparse, group = String(n) }] of rows.entries())
    for (const bucket of sparse) {
      const groups = uses.get(bucket) ?? new Set();
      groups.add(group);
      uses.set(bucket, groups);
    }
  const kept = [...uses].filter(([, groups]) => groups.size >= least).map(([bucket]) => bucket);
  return new Map(kept.sort((a, b) => a - b).map((bucket, n) => [bucket, n]));
}
