/**
 * What a hand-written frame says of itself: slots with different names, phrases that speak of slots that exist
 * ("run * on {chip}" needs a slot called chip), ranges the right way round.
 */
import { WORD_CLASSES } from '../core/claim.ts';
import { isoTime } from './isoTime.ts';
import type { Entry } from './overlay.ts';
import { problemIn, textAt, textsAt, valueAt } from './overlay.ts';
import type { Path, Problem } from './problem.ts';
import { didYouMean, quoted } from './problem.ts';

/** Looks at the frame as written, also one that lacks something else. */
export function frameProblems(entry: Entry): Problem[] {
  const problems: Problem[] = [];
  const complain = (at: Path, what: string) => problems.push(problemIn(entry, at, what));
  const slots = itemsAt(entry, ['frame', 'slots']);
  const names: string[] = [];
  for (const at of slots) {
    const name = textAt(entry.merged, [...at, 'name']);
    if (name !== null && names.includes(name)) complain([...at, 'name'], `there is already a slot ${quoted(name)}`);
    if (name !== null) names.push(name);
    const aliases = itemsAt(entry, [...at, 'aliases']).length;
    const atLeast = valueAt(entry.merged, [...at, 'atLeast']);
    if (typeof atLeast === 'number' && atLeast > aliases)
      complain([...at, 'atLeast'], `there are only ${aliases} aliases`);
  }
  if (slots.length > 0 && slots.every((at) => valueAt(entry.merged, [...at, 'required']) === false))
    complain(['frame', 'slots'], 'at least one slot must be required, or every article would match');
  for (const list of [
    ['predicate'],
    ['deeds'],
    ['inverse'],
    ['exclude'],
    ['partial'],
    ['needs'],
    ['quantity', 'units'],
  ]) {
    for (const { text, at } of textsAt(entry.merged, ['frame', ...list])) {
      const wrong = phraseProblem(text, names);
      if (wrong !== null) complain(at, wrong);
    }
  }
  const [low, high] = [
    valueAt(entry.merged, ['frame', 'quantity', 'low']),
    valueAt(entry.merged, ['frame', 'quantity', 'high']),
  ];
  if (typeof low === 'number' && typeof high === 'number' && low > high)
    complain(['frame', 'quantity', 'low'], `is above high (${high})`);
  const [from, to] = [
    textAt(entry.merged, ['frame', 'window', 'from']),
    textAt(entry.merged, ['frame', 'window', 'to']),
  ];
  const start = from === null ? null : isoTime(from);
  const end = to === null ? null : isoTime(to);
  if (start !== null && end !== null && start > end)
    complain(['frame', 'window', 'from'], `is after to (${String(to)})`);
  return problems;
}

/** A letter, a number, a slot or a class. */
const WORD = /[\p{L}\p{N}@{]/u;

/** What makes a phrase more than plain words. */
const WRITTEN_WITH = /[(){}@]/;

/** What is wrong with a phrase such as "(run|work) * on {chip}", or null. */
function phraseProblem(phrase: string, slots: readonly string[]): string | null {
  if (!WRITTEN_WITH.test(phrase)) return WORD.test(phrase) ? null : 'holds no word that must occur';
  let open = false;
  for (const letter of phrase) {
    if (letter === '(' && open) return 'has a bracket inside a bracket';
    if (letter === ')' && !open) return 'closes a bracket that was not opened';
    if (letter === '(' || letter === ')') open = letter === '(';
  }
  if (open) return 'has a bracket that is not closed';
  const sure = phrase.replaceAll(/\(([^()]*)\)/g, (_, options: string) =>
    options.split('|').every((option) => WORD.test(option)) ? 'word' : '',
  );
  if (!WORD.test(sure)) return 'holds no word that must occur';
  for (const [, name = ''] of phrase.matchAll(/\{([^{}]*)\}/g))
    if (!slots.includes(name)) return `there is no slot ${quoted(name)}${didYouMean(name, slots)}`;
  for (const [, name = ''] of phrase.matchAll(/@([a-z]+)/g))
    if (!WORD_CLASSES.some((known) => known === name))
      return `there is no word class ${quoted(`@${name}`)}${didYouMean(name, WORD_CLASSES)}`;
  return null;
}

export function itemsAt(entry: Entry, list: Path): Path[] {
  const found = valueAt(entry.merged, list);
  return Array.isArray(found) ? found.map((_item, index) => [...list, index]) : [];
}
