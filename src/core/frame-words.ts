/**
 * A claim's frame in words: what an article must say to speak to it, shown to whoever tracks it before they agree.
 *
 *   About      DeepSeek V4 (also V4, 深度求索 V4); Huawei (also 华为, Ascend and 9 more)
 *   Said as    run, work, adapt, 适配 and 8 more
 *   Settled by DeepSeek or Huawei
 */
import type { Claim, FrameSlot } from './claim.ts';
import type { SourceRegistry } from './source.ts';
import type { NewsTime } from './time.ts';
import { day, lastDay, listed } from './wording.ts';

export interface FrameLine {
  readonly label: string;
  readonly text: string;
}

/** More names than this are counted, not shown: a card has room for what can be checked at a glance. */
const MOST_SHOWN = 6;

/** Pure. `now` only decides whether a day is shown with its year. */
export function frameInWords(claim: Claim, registry: SourceRegistry, now: NewsTime): FrameLine[] {
  const { frame } = claim;
  const name = (id: string): string => registry.byId(id)?.name ?? id;
  const line = (label: string, text: string): FrameLine[] => (text === '' ? [] : [{ label, text }]);
  const optional = frame.slots.filter((slot) => !slot.required);
  const rivals = frame.slots.flatMap((slot) => slot.rivals ?? []);
  const authorities = listed(claim.authorities.map(name), 'or');
  return [
    ...line(
      'About',
      frame.slots
        .filter((slot) => slot.required)
        .map(slotInWords)
        .join('; '),
    ),
    ...line('Better with', optional.map(slotInWords).join('; ')),
    ...line('Said as', quantityInWords(claim)),
    ...line(frame.quantity === undefined ? 'Said as' : 'Together with', shown(frame.predicate)),
    ...line('Only beside', shown(frame.needs ?? [])),
    ...line('Opposite', shown(frame.inverse)),
    ...line('Only mentioned by', shown(frame.partial)),
    ...line('Not meant', shown([...rivals, ...frame.exclude])),
    ...line('Counts when', frame.tense === 'done' ? 'it has happened; plans and permissions only mention it' : ''),
    ...line(
      'When',
      frame.window === undefined
        ? ''
        : `${day(frame.window.from, now)} to ${lastDay(frame.window.to, now)}; other times are another matter`,
    ),
    ...line('Deadline', claim.deadline === null ? '' : lastDay(claim.deadline, now)),
    ...line(
      'Settled by',
      authorities === '' ? 'nobody on the list; independent origins are counted' : `the word of ${authorities}`,
    ),
  ];
}

function slotInWords(slot: FrameSlot): string {
  const [first = '', ...others] = [...new Set(slot.aliases.map(plainPhrase))];
  const many = (slot.atLeast ?? 1) > 1;
  const collective = slot.collective === undefined ? [] : slot.collective.map(plainPhrase);
  if (many) return `at least ${slot.atLeast ?? 1} of ${shown([first, ...others, ...collective])}`;
  return others.length === 0 ? first : `${first} (also ${shown(others)})`;
}

function quantityInWords(claim: Claim): string {
  const quantity = claim.frame.quantity;
  if (quantity === undefined) return '';
  const unit = quantity.units.slice(0, 2).map(plainPhrase).join(' or ');
  if (quantity.high === Infinity || quantity.high >= Number.MAX_SAFE_INTEGER)
    return `${amount(quantity.low)} or more ${unit}`;
  if (quantity.low <= 0) return `up to ${amount(quantity.high)} ${unit}`;
  return `${amount(quantity.low)} to ${amount(quantity.high)} ${unit}`;
}

const SCALES: readonly (readonly [number, string])[] = [
  [1e12, ' trillion'],
  [1e9, ' billion'],
  [1e6, ' million'],
];

/** 1_440_000_000_000 -> "1.44 trillion", 500_000 -> "500,000". */
function amount(value: number): string {
  const scale = SCALES.find(([from]) => value >= from);
  if (scale !== undefined) return `${String(Number((value / scale[0]).toPrecision(3)))}${scale[1]}`;
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

function shown(phrases: readonly string[]): string {
  const all = [...new Set(phrases.flatMap(inWords))].filter((text) => text !== '');
  if (all.length <= MOST_SHOWN + 1) return all.join(', ');
  return `${all.slice(0, MOST_SHOWN).join(', ')} and ${all.length - MOST_SHOWN} more`;
}

/** A choice and nothing else, beside names: `(run|work) * {s2}` is two words to people. */
function inWords(phrase: string): string[] {
  const bare = withoutNames(phrase);
  const choice = /^\(([^()]*)\)$/.exec(bare)?.[1];
  return choice === undefined ? [plainPhrase(bare)] : choice.split('|').filter((word) => word !== '');
}

/** Slots and gaps at both ends say only that the words stand near a name. */
function withoutNames(phrase: string): string {
  const name = /^\s*(?:\*|\{[a-z0-9-]+\}|\((?:\{[a-z0-9-]+\}\|?)+\))\s*/;
  const nameAtEnd = /\s*(?:\*|\{[a-z0-9-]+\}|\((?:\{[a-z0-9-]+\}\|?)+\))\s*$/;
  let text = phrase;
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(name, '').replace(nameAtEnd, '');
  }
  return text;
}

/** More options than this are "…". */
const MOST_OPTIONS = 3;

/** A phrase as frames write it, for people: `(place|put in) * (order|orders)` -> "place/put in … order/orders". */
function plainPhrase(phrase: string): string {
  return phrase
    .replaceAll(/\(([^()]*)\)/g, (_all, choice: string) => {
      const options = choice.split('|');
      // What may be left out is left out.
      if (options.includes('')) return '';
      return options.length > MOST_OPTIONS ? `${options.slice(0, MOST_OPTIONS).join('/')}/…` : options.join('/');
    })
    .replaceAll(/\{[a-z0-9-]+\}|\*/g, ' … ')
    .replaceAll('=', '')
    .replaceAll(/…(?:\s*…)+/g, '…')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
