/**
 * The clauses of a sentence, each with its verb: how far a deed reaches for its subject and its object.
 *
 * Finer than clauses.ts, whose clauses end at marks: "V3.2 is out and V4 is in testing" are two, "V3.2 and V4 are out" is one.
 */
import { closesClause } from './clauses.ts';
import { SPEECH } from './lexicon.ts';
import type { IndexedReading, Span } from './phrase.ts';
import type { Sentence } from './text.ts';
import { textAt, words } from './tokens.ts';

/** Open a clause of their own. */
const OPENERS = words(
  'while whereas before until till because although though when once if after which who whose that but',
);
const HAN_OPENERS = words('但 却');
/** Verbs a reader knows without a dictionary; the past in -ed besides. */
const VERBS = words(
  "is are was were has have had will would can could may might should did does do 's kept left held said made took gave put sold began brought sent built won ran went came plans wants expects hopes works waits remains stays follows comes needs keeps runs uses supports handles trains focuses requires awaits goes becomes became shows says lists offers sells ships sits stands lies points includes",
);
const PREPOSITIONS = words('on in to for with at by from of into onto under over');
const SAID = words('said says told added stated denied denies');
const DETERMINERS = words("the a an its their his her any 's");

export interface Clause extends Span {
  /** What it begins with, where that says how it hangs on the one before. */
  readonly opener: 'start' | 'mark' | 'which' | 'and' | 'said' | 'other';
}

/** The clauses of a sentence, as far as what a verb governs goes; `deeds` are verbs, whatever their form. */
export function clausesOf(reading: IndexedReading, sentence: Sentence, deeds: readonly number[]): Clause[] {
  const found: Clause[] = [];
  let first = sentence.first;
  let opener: Clause['opener'] = 'start';
  const cut = (at: number, next: number, how: Clause['opener']): void => {
    if (at > first) found.push({ first, last: at, opener });
    first = next;
    opener = how;
  };
  for (let n = sentence.first; n < sentence.last; n += 1) {
    const token = reading.tokens[n];
    if (token === undefined) break;
    const { text } = token;
    if (token.kind === 'mark') {
      if (closesClause(reading, n) && !(text === ',' && inList(reading, n))) cut(n, n + 1, 'mark');
      continue;
    }
    const saidBefore = SPEECH.has(reading.tokens[n - 1]?.stem ?? '') || textAt(reading, n - 1) === 'and';
    if (n > first && text === 'that' && saidBefore) cut(n, n + 1, 'said');
    else if (n > first && (OPENERS.has(text) || HAN_OPENERS.has(text)))
      cut(n, n, ['which', 'who', 'whose', 'that'].includes(text) ? 'which' : 'other');
    else if (n > first && text === 'as' && named(reading, n + 1) && hasVerbAfter(reading, n, sentence.last, deeds))
      cut(n, n, 'other');
    else if (n > first && text === 'and' && opensClause(reading, n, { first, last: sentence.last }, deeds))
      cut(n, n, 'and');
    else if (SAID.has(text) && n + 1 < sentence.last && opensSpeech(reading, n + 1)) cut(n + 1, n + 1, 'said');
  }
  if (first < sentence.last) found.push({ first, last: sentence.last, opener });
  // "..., which has", "..., and V4 is": the word behind the comma says more than the comma.
  return found.map((clause) => {
    if (clause.opener !== 'mark') return clause;
    const head = textAt(reading, clause.first);
    if (['which', 'who', 'whose'].includes(head)) return { ...clause, opener: 'which' };
    return head === 'and' || head === 'but' ? { ...clause, opener: 'and' } : clause;
  });
}

const named = (reading: IndexedReading, n: number): boolean => {
  const token = reading.tokens[n];
  return token?.kind === 'word' && (token.capital || /[0-9]/.test(token.text));
};

/** "V3.2, R2 and V4": a comma between names of which the last stands behind an "and". */
function inList(reading: IndexedReading, at: number): boolean {
  if (!named(reading, at - 1) || !named(reading, at + 1)) return false;
  for (let n = at + 1; n < at + 10; n += 1) {
    const text = textAt(reading, n);
    if (text === 'and' || text === 'or') return named(reading, n + 1);
    if (text !== ',' && !named(reading, n)) return false;
  }
  return false;
}

/** "Said it had", "said DeepSeek V4 runs": not "said on Friday". */
function opensSpeech(reading: IndexedReading, n: number): boolean {
  const token = reading.tokens[n];
  return token?.kind === 'word' && token.text !== 'that' && !PREPOSITIONS.has(token.text);
}

/** A verb before any preposition: what follows is a statement, no list. */
function hasVerbAfter(reading: IndexedReading, at: number, last: number, deeds: readonly number[]): boolean {
  for (let n = at + 1; n < Math.min(last, at + 8); n += 1) {
    const token = reading.tokens[n];
    if (token === undefined || token.kind !== 'word' || token.text === 'and') return false;
    if (isVerb(reading, n, deeds)) return true;
    if (PREPOSITIONS.has(token.text)) return false;
  }
  return false;
}

/** An "and" between statements, not between names: a verb on its right before any preposition, and one on its left. */
function opensClause(reading: IndexedReading, at: number, range: Span, deeds: readonly number[]): boolean {
  if (textAt(reading, at + 1) === 'that') return true;
  if (!hasVerbAfter(reading, at, range.last, deeds)) return false;
  for (let n = range.first; n < at; n += 1) if (isVerb(reading, n, deeds)) return true;
  return false;
}

function isVerb(reading: IndexedReading, n: number, deeds: readonly number[]): boolean {
  const token = reading.tokens[n];
  if (token === undefined || token.kind !== 'word') return false;
  if (deeds.includes(n) || VERBS.has(token.text)) return true;
  return (
    !token.capital && token.text.length > 4 && token.text.endsWith('ed') && !DETERMINERS.has(textAt(reading, n - 1))
  );
}
