/**
 * Phrases are looked for in one text many times over, and what was found out about the text the first times is kept.
 */
import { expect, test } from 'vitest';
import type { IndexedReading, SlotSpans } from '../../src/judge/phrase.ts';
import { anyOf, compilePhrases, find, firstOf, indexed, rangeOf } from '../../src/judge/phrase.ts';
import { read } from '../../src/judge/text.ts';

const SENTENCES = [
  'Arlen ships the "M5" (and the M6) to Dunmore, and sells M5 boards.',
  'The M5, people say, was never shipped.',
  'Dunmore was shipped nothing; M6 is late.',
  'Arlen sold, it said, "the M5".',
  '“M5” boards have been selling well and shipping late.',
];
const text = (): IndexedReading =>
  indexed(read({ title: '', summary: '', body: Array.from({ length: 6 }, () => SENTENCES.join(' ')).join(' ') }));

const PATTERNS = [
  '(ship|sell) * {s1}',
  '{s1} * (ship|sell|=boards)',
  '(never|nothing)',
  '({s1}|dunmore) * (late|=was)',
];
const sets = [PATTERNS, ...PATTERNS.map((pattern) => [pattern])].map(compilePhrases);

const slotsIn = (reading: IndexedReading): SlotSpans =>
  new Map([
    ['s1', new Map([...(reading.places.get('m5') ?? []), ...(reading.places.get('m6') ?? [])].map((n) => [n, n + 1]))],
  ]);

test('a phrase matches the same words whether its text is asked for the first time or was asked often', () => {
  const asked = text();
  const slots = slotsIn(asked);
  const place = ({ first, last }: { first: number; last: number }): string => `${first}-${last}`;
  let found = 0;
  for (let round = 0; round < 3; round += 1)
    for (const sentence of asked.sentences)
      for (const set of sets) {
        const range = rangeOf(sentence);
        const fresh = text();
        const matches = find(set, asked, range, slots).map(place);
        expect(matches).toEqual(find(set, fresh, range, slots).map(place));
        expect(anyOf(set, asked, range, slots)).toBe(matches.length > 0);
        expect(firstOf(set, asked, range)).toEqual(firstOf(set, text(), range));
        found += matches.length;
      }
  expect(found).toBe(3 * 6 * 22);
});
