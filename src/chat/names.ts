/**
 * Finding what somebody meant: "v4-on-hauwei" -> v4-on-huawei, "huawei chips" -> the one claim with both words.
 * From memory, so that autocomplete answers at once.
 */

export interface ClaimName {
  readonly id: string;
  readonly statement: string;
  /** Other words for what it is about, Chinese ones too: it is found by them. The same array for the same claim. */
  readonly aliases?: readonly string[];
}

export interface TopicName {
  readonly id: string;
  readonly title: string;
  readonly claims: readonly ClaimName[];
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** Optimal string alignment distance: one for a typo or two swapped letters. Both sides are capped at 60 characters. */
function distance(left: string, right: string): number {
  const a = Array.from(left.slice(0, 60));
  const b = Array.from(right.slice(0, 60));
  let older: number[] = [];
  let old = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (old[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (older[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min(change, swap, (old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    older = old;
    old = row;
  }
  return old[b.length] ?? 0;
}

/** Up to three names within a third of their length of what was typed, nearest first. */
export function nearest(typed: string, names: readonly string[]): string[] {
  const word = folded(typed);
  return names
    .map((name) => ({ name, far: name.startsWith(word) && word !== '' ? 0 : distance(word, name) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** A claim's words are folded once, however often somebody presses a key. */
const searched = new WeakMap<readonly string[], string>();

function searchText({ id, statement, aliases }: ClaimName): string {
  const known = aliases === undefined ? undefined : searched.get(aliases);
  if (known !== undefined) return known;
  const text = ` ${folded(`${id} ${statement} ${(aliases ?? []).join(' ')}`)}`;
  if (aliases !== undefined) searched.set(aliases, text);
  return text;
}

/** Whether a typed word stands in the text; "v4-huawei" part by part, and Chinese, which has no spaces, name by name. */
function holds(text: string, word: string): boolean {
  if (text.includes(word)) return true;
  if (word.includes('-')) return word.split('-').every((part) => text.includes(part));
  if (!/\p{Script=Han}/u.test(word)) return false;
  let at = 0;
  while (at < word.length) {
    let end = word.length;
    while (end > at + 1 && !text.includes(word.slice(at, end))) end -= 1;
    // One character alone names nothing: 中 of 中国 and 芯 of 芯片 are not 中芯.
    if (end === at + 1) return false;
    at = end;
  }
  return true;
}

/**
 * Claims that contain every typed word, in any order, in their name, statement or aliases; all of them for no words. Those
 * whose name begins with the first word come first, then those in which most words begin a word.
 */
export function matchingClaims(claims: readonly ClaimName[], typed: string): ClaimName[] {
  const words = folded(typed.slice(0, 200))
    .split(' ')
    .filter((word) => word !== '');
  const first = words[0] ?? '';
  return claims
    .flatMap((claim) => {
      const text = searchText(claim);
      if (!words.every((word) => holds(text, word))) return [];
      const begun = words.filter((word) => text.includes(` ${word}`)).length;
      return [{ claim, rank: (claim.id.startsWith(first) ? words.length + 1 : 0) + begun }];
    })
    .sort((a, b) => b.rank - a.rank)
    .map(({ claim }) => claim);
}

export type FoundClaim =
  | { readonly ok: true; readonly claim: ClaimName }
  | { readonly ok: false; readonly nearest: readonly string[] };

/** The claim of that id, or the only one that contains every word typed; else the nearest names. */
export function findClaim(claims: readonly ClaimName[], typed: string): FoundClaim {
  const word = folded(typed.slice(0, 200));
  const exact = claims.find((claim) => claim.id === word);
  if (exact !== undefined) return { ok: true, claim: exact };
  const matching = word === '' ? [] : matchingClaims(claims, word);
  const only = matching.length === 1 ? matching[0] : undefined;
  if (only !== undefined) return { ok: true, claim: only };
  const ids = claims.map((claim) => claim.id);
  const near = matching.length > 0 ? matching.slice(0, 3).map((claim) => claim.id) : nearest(word, ids);
  return { ok: false, nearest: near.length === 0 && word === '' ? ids.slice(0, 1) : near };
}
