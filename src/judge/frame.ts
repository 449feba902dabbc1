/**
 * The frame gate: which sentences speak to a claim at all.
 *
 * "Huawei launches Mate 80" shares a name with "DeepSeek V4 runs on Huawei chips" and nothing else: without the model near it, it never
 * gets past this gate. Every required slot must be mentioned in the sentence or close before it (or in the title), with no rival in
 * its place, and a phrase of the frame must say what is claimed.
 */
import type { Claim, Frame } from '../core/claim.ts';
import { absencesFor, NO_ABSENCE } from './absence.ts';
import { NEGATION } from './cues.ts';
import type { Phrase } from './phrase-nodes.ts';
import type { IndexedReading, Match, PhraseSet, SlotSpans, Span } from './phrase.ts';
import { anyOf, compilePhrases, find, rangeOf } from './phrase.ts';
import type { PutOff } from './put-off.ts';
import { putOffsIn } from './put-off.ts';
import { quantitiesIn } from './quantity.ts';
import type { CompiledSlot, SlotPlaces } from './slots.ts';
import { inside, placesOf, slotsAt } from './slots.ts';
import type { Sentence } from './text.ts';

/** predicate says the claim, inverse its opposite, partial only addresses it; inside and outside are numbers. */
type FindingKind = 'predicate' | 'inverse' | 'partial' | 'inside' | 'outside' | 'bound';

export interface Finding {
  readonly kind: FindingKind;
  readonly sentence: number;
  readonly span: Span;
  /** The words of the match already carry a negation ("did not give"): it must not be counted again. */
  readonly selfNegated: boolean;
  /** The words of the phrase that matched. */
  readonly says: ReadonlySet<string>;
  /** Required slots that this very sentence names. */
  readonly named: number;
  /** The sentence names as many different aliases as the frame asks for. */
  readonly enough: boolean;
  /** Found by a word of the deed alone, in no order with the slots. */
  readonly loose?: boolean;
  /** Found by an empty place (absence.ts), not by the frame's words. */
  readonly absent?: boolean;
  /** It says when the thing comes or that it does not (put-off.ts). */
  readonly putOff?: PutOff;
  /** Null: slots or a number alone. */
  readonly phrase: Phrase | null;
}

export interface CompiledClaim {
  readonly claim: Claim;
  readonly slots: readonly CompiledSlot[];
  readonly predicate: PhraseSet;
  readonly inverse: PhraseSet;
  /** What says without a no that it is not so (absence.ts). */
  readonly absences: PhraseSet;
  readonly exclude: PhraseSet;
  /** What a frame rules out as an assertion and names as a mention in the same words rules out no mention. */
  readonly mirrored: ReadonlySet<string>;
  /** The rest of `exclude`. */
  readonly otherDeeds: PhraseSet;
  readonly partial: PhraseSet;
  readonly deeds: PhraseSet;
  readonly units: PhraseSet;
  /** Null: the deed alone asserts the claim. */
  readonly needs: PhraseSet | null;
}

/** A sentence or page that matches more often than this is not prose; the first matches say what there is to say. */
const MOST_PER_SENTENCE = 12;
const MOST_PER_ARTICLE = 40;
/** Of the sentences that mean every slot, so many words are read: what a page has not said of a claim by then, it does not say. */
const MOST_TOKENS = 6_000;
const NEGATORS = new Set([
  'not',
  "n't",
  'no',
  'never',
  'without',
  'none',
  'zero',
  'un',
  '未',
  '没',
  '不',
  '无',
  '非',
  '拒',
  '禁',
]);

/** A claim is tracked or dropped: all others stay as they were compiled. */
const compiledBefore = new WeakMap<Claim, CompiledClaim>();

export function compileClaim(claim: Claim): CompiledClaim {
  const known = compiledBefore.get(claim) ?? compiled(claim);
  compiledBefore.set(claim, known);
  return known;
}

function compiled(claim: Claim): CompiledClaim {
  const frame: Frame = claim.frame;
  const mirrored = new Set(frame.exclude.filter((phrase) => frame.partial.includes(phrase)));
  return {
    claim,
    slots: frame.slots.map((slot) => ({
      key: JSON.stringify([slot.aliases, slot.collective, slot.lesser, slot.rivals, slot.kind]),
      name: slot.name,
      aliases: compilePhrases([...slot.aliases, ...(slot.collective ?? [])]),
      collective: compilePhrases(slot.collective ?? []),
      rivals: compilePhrases(slot.rivals ?? []),
      lesser: compilePhrases(slot.lesser ?? []),
      required: slot.required,
      atLeast: slot.atLeast ?? 1,
      kind: slot.kind,
    })),
    predicate: compilePhrases(frame.predicate),
    inverse: compilePhrases(frame.inverse),
    absences: compilePhrases(absencesFor(claim)),
    exclude: compilePhrases(frame.exclude),
    mirrored,
    otherDeeds: compilePhrases(frame.exclude.filter((phrase) => !mirrored.has(phrase))),
    partial: compilePhrases(frame.partial),
    deeds: compilePhrases(frame.deeds ?? []),
    units: compilePhrases(frame.quantity?.units ?? []),
    needs: frame.needs === undefined ? null : compilePhrases(frame.needs),
  };
}

const contains = (outer: Span, inner: Span): boolean => outer.first <= inner.first && outer.last >= inner.last;

const NO_WORDS: ReadonlySet<string> = new Set();

/** Everything the article says that touches the claim, in order. Empty: it does not speak to it. */
export function findingsOf(claim: CompiledClaim, reading: IndexedReading, known: Map<string, SlotPlaces>): Finding[] {
  const places = new Map<string, SlotPlaces>();
  for (const slot of claim.slots) {
    const place = known.get(slot.key) ?? placesOf(slot, reading);
    known.set(slot.key, place);
    if (slot.required && place.spans.size === 0) return [];
    places.set(slot.name, place);
  }
  const spans: SlotSpans = new Map([...places].map(([name, { taken }]) => [name, taken]));
  const misses = new Map<number, boolean>();
  const isNearMiss = (n: number): boolean => {
    const sentence = reading.sentences[n];
    if (sentence === undefined) return false;
    const known = misses.get(n) ?? anyOf(claim.exclude, reading, rangeOf(sentence), spans);
    misses.set(n, known);
    return known;
  };
  // In the sentence, the one before it or after it, or the headline.
  const nearMissAround = (n: number): boolean => [0, n - 1, n, n + 1].some(isNearMiss);
  const otherDeedAt = (n: number): boolean => {
    const sentence = reading.sentences[n];
    return sentence !== undefined && anyOf(claim.otherDeeds, reading, rangeOf(sentence), spans);
  };
  const found: Finding[] = [];
  let read = 0;
  for (const [n, sentence] of reading.sentences.entries()) {
    if (found.length >= MOST_PER_ARTICLE) break;
    const slots = slotsAt(claim.slots, places, reading, n);
    if (slots === null) continue;
    read += sentence.last - sentence.first;
    if (read > MOST_TOKENS) break;
    const range = rangeOf(sentence);
    let excludedHere: readonly Match[] | null = null;
    let asserted = false;
    const add = (kind: FindingKind, span: Span, phrase: Phrase | null, loose = false, absent = false): void => {
      excludedHere ??= excludedRanges(claim, reading, sentence, spans);
      const ruledOut = excludedHere.some(
        (excluded) =>
          covers(excluded, span, reading) &&
          !(
            kind === 'partial' &&
            phrase !== null &&
            (shares(phrase, excluded.phrase) || claim.mirrored.has(excluded.phrase.pattern))
          ),
      );
      if (ruledOut) return;
      asserted ||= kind !== 'partial';
      found.push({
        loose,
        absent,
        phrase,
        kind,
        sentence: n,
        span,
        selfNegated: phrase !== null && isNegated(phrase) && anyOf(NEGATION, reading, span),
        says: phrase?.words ?? NO_WORDS,
        named: slots.named,
        enough: slots.enough,
      });
    };
    const quantity = claim.claim.frame.quantity;
    const compiled = claim.claim.frame.compiled === true;
    const all = (phrases: PhraseSet): Match[] => {
      const matches = find(phrases, reading, range, spans);
      return (compiled ? innermost(matches) : matches).slice(0, MOST_PER_SENTENCE);
    };
    const said = all(claim.predicate);
    // "Trained on Huawei chips, so Nvidia should worry": the nearer object is the verb's, what stands beyond a comma is another's.
    const opposite = all(claim.inverse).filter(
      (other) =>
        compiled ||
        !said.some(
          (match) => match.first === other.first && match.last < other.last && commaIn(reading, match.last, other.last),
        ),
    );
    const touching = all(claim.partial);
    const asserting = said.filter((match) =>
      compiled
        ? !saidOtherwise(match, opposite, reading)
        : // "Multimodal features are still to come": the longer phrase has read what the shorter one found in it.
          // One that holds a no has read more than the other: "received no copy" inside "received * copy".
          (isNegated(match.phrase) && anyOf(NEGATION, reading, match)) ||
          !opposite.some((other) => contains(other, match)),
    );
    for (const match of asserting) add(quantity?.together === true ? 'partial' : 'predicate', match, match.phrase);
    for (const match of opposite) add('inverse', match, match.phrase);
    // Two names side by side say nothing where the sentence speaks of a near miss: "V4 was trained on Huawei's chips" of running there.
    let nearMiss: boolean | null = null;
    for (const match of touching) {
      if (match.phrase.words.size === 0) {
        nearMiss ??= otherDeedAt(n) || otherDeedAt(sentence.part === 'title' ? n + 1 : 0);
        if (nearMiss || acrossTime(match, reading)) continue;
      }
      add('partial', match, match.phrase);
    }
    // A deed in a sentence that means every slot, whatever the order of words; where the text around it speaks of a near miss, the deed
    // may be that one's.
    if (!asserted && claim.deeds.all.length > 0 && !nearMissAround(n))
      for (const match of find(claim.deeds, reading, range).slice(0, MOST_PER_SENTENCE))
        if (
          nearSlots(match, places, range, reading) &&
          !touching.some((other) => other.phrase.words.size > 0 && contains(other, match))
        )
          add('predicate', match, match.phrase, true);
    // Where nothing else speaks of the deed, an empty place does.
    if (!asserted && claim.absences.all.length > 0 && !nearMissAround(n))
      for (const match of find(claim.absences, reading, range, spans).slice(0, MOST_PER_SENTENCE))
        if (
          nearSlots(match, places, range, reading) &&
          !find(NO_ABSENCE, reading, range).some((other) => other.first < match.last && match.first < other.last)
        )
          add('inverse', match, match.phrase, false, true);
    if (claim.claim.frame.window !== undefined)
      for (const putOff of putOffsIn(thingsOf(claim.slots, places), reading, sentence)) {
        // Its own grammar has seen to it that the thing is meant: near misses of the frame speak of other sentences.
        const { named, enough } = slots;
        const span = { first: putOff.first, last: putOff.last };
        found.push({
          kind: 'inverse',
          sentence: n,
          span,
          selfNegated: false,
          says: NO_WORDS,
          named,
          enough,
          phrase: null,
          putOff,
        });
      }
    if (claim.predicate.all.length === 0 && claim.deeds.all.length === 0 && quantity === undefined) {
      // Without a predicate the slots say it all: the one the page names least must stand in the sentence itself.
      if (slots.rarest) add('predicate', range, null);
    }
    if (quantity !== undefined && (asserting.length > 0 || quantity.together !== true)) {
      for (const value of quantitiesIn(reading, range, claim.units)) {
        // A part of the whole ("37B active") is another number: only values of the claim's order of magnitude speak to it.
        if (value.high < quantity.low / 5 || value.low > quantity.high * 20) continue;
        const within = value.low >= quantity.low && value.high <= quantity.high;
        add(within ? (value.bound === 'above' ? 'bound' : 'inside') : 'outside', value, null);
      }
    }
  }
  return found.sort((a, b) => a.sentence - b.sentence || a.span.first - b.span.first);
}

/** Where what a claim says will come is named: every required slot but those of companies. */
function thingsOf(
  slots: readonly CompiledSlot[],
  places: ReadonlyMap<string, SlotPlaces>,
): ReadonlyMap<number, number> {
  const things = slots.filter(({ required, kind }) => required && kind !== 'company');
  const [only] = things;
  if (only === undefined) return NO_THINGS;
  if (things.length === 1) return places.get(only.name)?.taken ?? NO_THINGS;
  return new Map(things.flatMap(({ name }) => [...(places.get(name)?.taken ?? NO_THINGS)]));
}
const NO_THINGS: ReadonlyMap<number, number> = new Map();

/**
 * Of matches of one phrase with one end, the last to begin: what stands before it keeps its say ("Huawei denied that V4 runs"). Of a
 * verb with a name before it and one after it, the latter: "Alibaba buys Nvidia chips instead of Huawei's" is told by "instead of".
 */
function innermost(matches: Match[]): Match[] {
  if (matches.length < 2) return matches;
  return matches.filter(
    (match) =>
      !matches.some(
        (other) =>
          other.first > match.first &&
          (other.phrase === match.phrase
            ? other.last === match.last
            : other.first === match.last - 1 && sameWords(other.phrase, match.phrase)),
      ),
  );
}

function sameWords(a: Phrase, b: Phrase): boolean {
  if (a.words.size !== b.words.size) return false;
  for (const word of a.words) if (!b.words.has(word)) return false;
  return true;
}

function commaIn(reading: IndexedReading, from: number, to: number): boolean {
  for (let n = from; n < to; n += 1) if (reading.tokens[n]?.text === ',') return true;
  return false;
}

/** "Scramble for Huawei chips after the V4 debut": two names of one sentence, of which one only tells when. */
function acrossTime(match: Span, reading: IndexedReading): boolean {
  const han = reading.tokens[match.last]?.kind === 'han' || reading.tokens[match.first - 1]?.kind === 'han';
  for (let n = match.first + 1; n < match.last - 1; n += 1) {
    const text = reading.tokens[n]?.text ?? '';
    if (TIME_LINKS.has(text) || (han && text === ',')) return true;
  }
  return false;
}
const TIME_LINKS = new Set(['after', 'since', 'before', 'ahead', 'following', 'until', 'amid', 'as', 'days', 'weeks']);

/** "cancels its order": the opposite is said with the very word that would assert it. */
function saidOtherwise(match: Match, opposite: readonly Match[], reading: IndexedReading): boolean {
  return [match.first, match.last - 1].some((at) => {
    const word = reading.tokens[at]?.stem ?? '';
    return opposite.some((other) => at > other.first && at < other.last && other.phrase.words.has(word));
  });
}

/** A partial phrase that speaks of the near miss itself is meant to find it: "post-training" for a claim about the whole training. */
function shares(partial: Phrase, exclude: Phrase): boolean {
  for (const word of exclude.words) if (partial.words.has(word)) return true;
  return false;
}

/** Words after which a new verb begins: "train and run on Ascend" is not only about training. */
const COORDINATORS = new Set(['and', 'or', ',', 'while', 'but', 'then', '并', '且', '和', '及', '与', '、']);

/** A near miss takes what it overlaps, unless the match begins inside it with a verb of its own. */
function covers(excluded: Span, span: Span, reading: IndexedReading): boolean {
  if (span.first >= excluded.last || excluded.first >= span.last) return false;
  return !(span.first > excluded.first && COORDINATORS.has(reading.tokens[span.first - 1]?.text ?? ''));
}

/** A deed farther than this from every slot of its sentence is somebody else's; a Han character is half a word. */
const DEED_REACH = 14;

function nearSlots(deed: Span, places: ReadonlyMap<string, SlotPlaces>, range: Span, reading: IndexedReading): boolean {
  const reach = reading.tokens[deed.first]?.kind === 'han' ? 2 * DEED_REACH : DEED_REACH;
  const around: Span = {
    first: Math.max(range.first, deed.first - reach),
    last: Math.min(range.last, deed.last + reach),
  };
  for (const place of places.values()) {
    if (inside(place.starts, around)) return true;
    for (let n = around.first; n < around.last; n += 1) if (place.taken.has(n)) return true;
  }
  return false;
}

/** A phrase may hold a negation among its choices: it counts where the text has it, too. */
const isNegated = (phrase: Phrase): boolean => [...phrase.words].some((word) => NEGATORS.has(word));

/** A near miss rules out what it overlaps, and nothing else in the clause: "trained on X and now runs on Y" keeps its second half. */
function excludedRanges(claim: CompiledClaim, reading: IndexedReading, sentence: Sentence, spans: SlotSpans): Match[] {
  return find(claim.exclude, reading, rangeOf(sentence), spans).slice(0, 4 * MOST_PER_SENTENCE);
}
