/**
 * Finding what somebody meant: "v4-on-hauwei" -> v4-on-huawei, "huawei chips" -> the one claim with both words.
 * From memory, so that autocomplete answers at once.
 */

export interface ClaimName {
  readonly id: string;
  readonly statement: string;
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

/** Claims that contain every typed word in their name or statement, best first; all of them for no words. */
export function matchingClaims(claims: readonly ClaimName[], typed: string): ClaimName[] {
  const words = folded(typed.slice(0, 200))
    .split(' ')
    .filter((word) => word !== '');
  return claims
    .filter((claim) => {
      const text = folded(`${claim.id} ${claim.statement}`);
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => Number(b.id.startsWith(words[0] ?? '')) - Number(a.id.startsWith(words[0] ?? '')));
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
