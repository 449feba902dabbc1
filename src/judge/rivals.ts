/**
 * Statements judged together are each other's neighbours: a headline is about the one it fits best.
 *
 * "Apple Watch to ship in March" shares much with "The Apple Watch will launch in February", and is about "The Apple Watch ships by the
 * end of March" when that is tracked too. A statement that says the same in the same words is no rival.
 */
import type { Side } from './pair-features.ts';

/** The chance that a text speaks of a statement, 0 to 1. */
type Relates = (claim: Side, text: Side) => number;

export interface Rivals {
  /** Odds that the text speaks of the best of the other statements; 0 when none shares a word with it. */
  oddsOf(text: Side, statement: string): number;
}

/** Statements that share the most telling words with a text; the rest cannot fit it better. */
const MOST_RIVALS = 6;
/** Statements this likely to speak of each other, both ways, are one. */
const TWINS = 0.97;
/** Texts remembered: pairs of one headline tend to stand together. */
const REMEMBERED = 256;

export function rivalsAmong(statements: ReadonlyMap<string, Side>, relates: Relates): Rivals {
  const holders = new Map<string, string[]>();
  for (const [statement, { content }] of statements)
    for (const stem of new Set(content.map(({ token }) => token.stem))) {
      const list = holders.get(stem) ?? [];
      list.push(statement);
      holders.set(stem, list);
    }
  const recent = new Map<string, ReadonlyMap<string, number>>();
  const twins = new Map<string, boolean>();

  /** Statements that share words with the text, each with the chance that it is meant. */
  function near(text: Side): ReadonlyMap<string, number> {
    const known = recent.get(text.reading.source);
    if (known !== undefined) return known;
    const shared = new Map<string, number>();
    for (const { token, weight } of text.content) {
      const list = holders.get(token.stem) ?? [];
      for (const statement of list) shared.set(statement, (shared.get(statement) ?? 0) + weight / list.length);
    }
    const nearest = [...shared].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_RIVALS);
    const found = new Map(
      nearest.flatMap(([statement]) => {
        const side = statements.get(statement);
        return side === undefined ? [] : [[statement, relates(side, text)] as const];
      }),
    );
    if (recent.size >= REMEMBERED) recent.clear();
    recent.set(text.reading.source, found);
    return found;
  }

  function areTwins(one: string, other: string): boolean {
    const key = one < other ? `${one}\n${other}` : `${other}\n${one}`;
    const known = twins.get(key);
    if (known !== undefined) return known;
    const [a, b] = [statements.get(one), statements.get(other)];
    const same = a !== undefined && b !== undefined && relates(a, b) >= TWINS && relates(b, a) >= TWINS;
    twins.set(key, same);
    return same;
  }

  return {
    oddsOf(text, statement) {
      let odds = 0;
      for (const [other, chance] of near(text)) {
        const theirs = chance / Math.max(1e-9, 1 - chance);
        if (other !== statement && theirs > odds && !areTwins(statement, other)) odds = theirs;
      }
      return odds;
    },
  };
}
