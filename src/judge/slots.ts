/**
 * Where the slots of a claim are named, and where they are meant: a sentence that leaves one out means the one of the sentences before, or
 * of the headline, when nothing stands in its place.
 */
import type { SlotKind } from '../core/claim.ts';
import { anaphorsIn } from './anaphora.ts';
import type { IndexedReading, PhraseSet, Span } from './phrase.ts';
import { anyOf, find, lowerBound, rangeOf } from './phrase.ts';

export interface CompiledSlot {
  /** Equal for slots of equal words: claims of one topic share their mentions. */
  readonly key: string;
  readonly name: string;
  readonly aliases: PhraseSet;
  readonly collective: PhraseSet;
  readonly rivals: PhraseSet;
  readonly lesser: PhraseSet;
  readonly required: boolean;
  readonly atLeast: number;
  readonly kind: SlotKind | undefined;
}

/** Mentions of one slot: every place of the article where it is named, and its rivals. */
export interface SlotPlaces {
  readonly spans: ReadonlyMap<number, number>;
  /** The subset that may assert the claim, not only address it. */
  readonly full: ReadonlySet<number>;
  /** The same places in order, for look-ups by range. */
  readonly starts: readonly number[];
  readonly fullStarts: readonly number[];
  /** In how many sentences it is named. */
  readonly sentences: number;
  readonly rivals: readonly Span[];
  readonly rivalStarts: readonly number[];
  /** `spans` and, in sentences that leave the slot out but mean it, the words that take it up ("the model", "it"). */
  readonly taken: ReadonlyMap<number, number>;
  /** Sentences whose noun takes the slot up: as good as named. */
  readonly takenUp: ReadonlySet<number>;
}

/** How many sentences back a slot is still meant: news repeats its subject within two. */
const CONTEXT_SENTENCES = 2;
const LONGEST_NAME = 24;

/** Longest alias at each place wins, and a rival that covers a mention ("V4.1" over "V4", "R1" beside nothing) replaces it. */
export function placesOf(slot: CompiledSlot, reading: IndexedReading): SlotPlaces {
  const whole: Span = { first: 0, last: reading.tokens.length };
  const rivals = find(slot.rivals, reading, whole);
  const rivalStarts = rivals.map((rival) => rival.first);
  const spans = new Map<number, number>();
  const full = new Set<number>();
  for (const set of [slot.aliases, slot.lesser]) {
    for (const span of find(set, reading, whole)) {
      // Names are short: a rival that covers this mention begins close before it.
      let taken = false;
      for (let at = lowerBound(rivalStarts, span.first - LONGEST_NAME); at < rivals.length; at += 1) {
        const rival = rivals[at];
        if (rival === undefined || rival.first > span.first) break;
        if (rival.last >= span.last && rival.last - rival.first > span.last - span.first) taken = true;
      }
      if (taken) continue;
      spans.set(span.first, Math.max(spans.get(span.first) ?? 0, span.last));
      if (set === slot.aliases) full.add(span.first);
    }
  }
  const inOrder = (numbers: Iterable<number>): number[] => Array.from(numbers).sort((a, b) => a - b);
  const starts = inOrder(spans.keys());
  const sentences = reading.sentences.filter((sentence) => inside(starts, rangeOf(sentence))).length;
  const named = { spans, full, starts, fullStarts: inOrder(full), sentences, rivals, rivalStarts };
  if (slot.kind === undefined || spans.size === 0) return { ...named, taken: spans, takenUp: new Set() };
  const taken = new Map(spans);
  const takenUp = new Set<number>();
  for (const [n, sentence] of reading.sentences.entries()) {
    const range = rangeOf(sentence);
    if (inside(named.starts, range) || meantAt(named, reading, n) === null) continue;
    for (const anaphor of anaphorsIn(reading, range, slot.kind)) {
      taken.set(anaphor.first, Math.max(taken.get(anaphor.first) ?? 0, anaphor.last));
      if (anaphor.strong) takenUp.add(n);
    }
  }
  return { ...named, taken, takenUp };
}

export const inside = (starts: readonly number[], range: Span): boolean => {
  const next = starts[lowerBound(starts, range.first)];
  return next !== undefined && next < range.last;
};

/** Whether every required slot is meant in sentence n; how many it names itself, and whether a list is long enough. */
export function slotsAt(
  slots: readonly CompiledSlot[],
  places: ReadonlyMap<string, SlotPlaces>,
  reading: IndexedReading,
  n: number,
): { named: number; enough: boolean; rarest: boolean } | null {
  const sentence = reading.sentences[n];
  if (sentence === undefined) return null;
  const range = rangeOf(sentence);
  let named = 0;
  let enough = true;
  let rarest = false;
  let fewest = Infinity;
  for (const slot of slots) {
    const place = places.get(slot.name);
    if (place === undefined) return null;
    const here = inside(place.starts, range);
    if (slot.required && place.sentences < fewest) {
      fewest = place.sentences;
      rarest = here;
    } else if (slot.required && place.sentences === fewest) rarest ||= here;
    if (here || place.takenUp.has(n)) named += slot.required ? 1 : 0;
    const meant = here ? range : slot.required ? meantAt(place, reading, n) : null;
    if (slot.required && meant === null) return null;
    if (slot.required && meant !== null && !inside(place.fullStarts, meant)) enough = false;
    if (slot.atLeast > 1) {
      // "The companies have ordered": as many as the sentence that they take up names.
      const list = (place.takenUp.has(n) ? meant : null) ?? range;
      const collective = anyOf(slot.collective, reading, list);
      const different = new Set(find(slot.aliases, reading, list).map((match) => match.phrase)).size;
      if (!collective && different < slot.atLeast) enough = false;
    }
  }
  return { named, enough, rarest };
}

/** Where a slot that the sentence leaves out is meant: the title, or a sentence just before, with nothing here in its place. Null: nowhere. */
function meantAt(place: Pick<SlotPlaces, 'starts' | 'rivalStarts'>, reading: IndexedReading, n: number): Span | null {
  const sentence = reading.sentences[n];
  if (sentence === undefined) return null;
  const range = rangeOf(sentence);
  if (inside(place.rivalStarts, range)) return null;
  if (sentence.part === 'title') {
    // A headline leans on the sentence below it.
    const below = reading.sentences.find((candidate) => candidate.part !== 'title');
    return below !== undefined && inside(place.starts, rangeOf(below)) ? rangeOf(below) : null;
  }
  for (let back = n - 1; back >= Math.max(0, n - CONTEXT_SENTENCES); back -= 1) {
    const before = reading.sentences[back];
    if (before !== undefined && inside(place.starts, rangeOf(before))) return rangeOf(before);
  }
  const title = reading.sentences[0];
  return title !== undefined && title.part === 'title' && inside(place.starts, rangeOf(title)) ? rangeOf(title) : null;
}
