/**
 * Problem: what is wrong, and where. Always one line:
 *
 *   config/topics/deepseek.yaml: claims[2].deadline: not a date (line 41)
 */

export type Path = readonly (string | number)[];

export interface Problem {
  readonly file: string;
  readonly path: Path;
  readonly what: string;
  /** 1-based; null when the file could not be read at all. */
  readonly line: number | null;
}

/** `['claims', 2, 'deadline']` -> "claims[2].deadline"; keys that are not plain words are quoted. */
function pathInWords(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[A-Za-z_][\w-]{0,63}$/.test(step)) return `[${quoted(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

export function problemInWords(problem: Problem): string {
  const where = [problem.file, pathInWords(problem.path)].filter((part) => part !== '').join(': ');
  return `${where}: ${problem.what}${problem.line === null ? '' : ` (line ${problem.line})`}`;
}

/** Quotes what somebody wrote, on one line and at a length that fits one. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}

/** The candidate that was probably meant, or null. `pol_interval` -> "pollInterval"; never a wild guess. */
export function nearest(written: string, candidates: readonly string[]): string | null {
  const fold = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const target = fold(written.slice(0, 64));
  let best: { name: string; distance: number } | null = null;
  for (const name of candidates) {
    const distance = editDistance(target, fold(name));
    if (best === null || distance < best.distance) best = { name, distance };
  }
  if (best !== null && best.distance <= Math.max(1, Math.floor(Math.max(target.length, 3) / 3))) return best.name;
  // No near spelling: a name that shares a whole word, `poll_interval` for `intervalMinutes`, when only one does.
  const words = wordsOf(written.slice(0, 64));
  const sharing = candidates.filter((name) =>
    wordsOf(name).some((word) => words.some((said) => said.startsWith(word) || word.startsWith(said))),
  );
  return sharing.length === 1 ? (sharing[0] ?? null) : null;
}

export function didYouMean(written: string, candidates: readonly string[]): string {
  const name = nearest(written, candidates);
  return name === null ? '' : `; did you mean ${quoted(name)}?`;
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 3);
}

/** Optimal string alignment: a swap of neighbours is one edit, as in `tpoic`. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    before = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
