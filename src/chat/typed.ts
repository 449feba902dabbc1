/**
 * Typed words -> named options, for platforms where a command is a line of text:
 *
 *   mute v4-on-huawei for 3 days                     ->  { claim: 'v4-on-huawei', for: '3 days' }
 *   subscribe confirmed digest daily at 8 Europe/Berlin quiet 22:00-07:00 thread
 *   track “DeepSeek V5 runs on Huawei chips”         ->  { statement: 'DeepSeek V5 runs on Huawei chips' }
 *
 * Quotes of every kind hold words together, full-width letters are understood, `name:value` and `name=value` work for
 * everything, and a word that fits nowhere is handed back so that it can be asked about.
 */
import type { Command } from './command.ts';
import { durationOf, hourOf, quietOf, zoneOf } from './options.ts';
import type { CommandOption, OptionName } from './options.ts';

export interface Word {
  /** As typed, quotes taken off. */
  readonly raw: string;
  /** Folded for comparing: NFKC, lower case. */
  readonly folded: string;
  readonly quoted: boolean;
  /** Where it begins in the line, quote included. */
  readonly at: number;
}

export interface TypedOptions {
  readonly options: Readonly<Partial<Record<OptionName, string>>>;
  /** Words that fit no option. */
  readonly left: readonly string[];
}

/** What opens a quotation and what ends it: “smart”, «French», „German“, 「Chinese」, ＂full-width＂. */
const QUOTES: Readonly<Record<string, string>> = {
  '"': '"“”„＂',
  '“': '”"“',
  '”': '”"“',
  '„': '“”"',
  '«': '»',
  '「': '」',
  '『': '』',
  '＂': '＂"',
};

/** A line's words; an unclosed quotation runs to the end. */
export function wordsOf(line: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < line.length) {
    const char = line[at] ?? '';
    if (/\s/u.test(char)) {
      at += 1;
      continue;
    }
    const closers = Object.hasOwn(QUOTES, char) ? (QUOTES[char] ?? '') : '';
    let end = at + 1;
    if (closers === '') while (end < line.length && !/\s/u.test(line[end] ?? '')) end += 1;
    else while (end < line.length && !closers.includes(line[end] ?? '')) end += 1;
    const raw = closers === '' ? line.slice(at, end) : line.slice(at + 1, end);
    if (raw.trim() !== '') words.push({ raw: raw.trim(), folded: fold(raw), quoted: closers !== '', at });
    at = closers === '' ? end : end + 1;
  }
  return words;
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

/** Words that only join: "mute X for 3 days", "digest daily at 8 in Europe/Berlin". Leads are looked at before. */
const FILLERS = new Set(['at', 'in', 'for', 'to', 'the', 'and', 'with', 'on', 'claim', 'every', '-', '–', '—']);

/** `words`: those after the command's name. `line`: the whole line that they were read from. */
export function typedOptions(command: Command, words: readonly Word[], line: string): TypedOptions {
  const options: Partial<Record<OptionName, string>> = {};
  const left: string[] = [];
  const rest = [...words];
  const open = (kinds: readonly CommandOption['kind'][]): CommandOption | undefined =>
    command.options.find((option) => kinds.includes(option.kind) && options[option.name] === undefined);
  /** Everything from this word on, as typed. One quotation loses its marks. */
  const toEnd = (from: Word): string => (from.quoted && rest.length === 0 ? from.raw : line.slice(from.at).trim());

  // "share" at the very end is the flag even after free words.
  const flag = command.options.find((option) => option.name === 'share');
  if (flag !== undefined && rest.at(-1)?.folded === 'share' && rest.at(-1)?.quoted === false) {
    const last = rest.pop();
    options.share = 'yes';
    line = line.slice(0, last?.at);
  }

  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const named = /^([a-z]+)[:=](.*)$/su.exec(word.folded);
    const byName = command.options.find((option) => option.name === named?.[1] && options[option.name] === undefined);
    if (byName !== undefined && !word.quoted) {
      const value = word.raw.slice((named?.[1] ?? '').length + 1);
      const next = value === '' ? rest.shift() : undefined;
      options[byName.name] = byName.kind === 'flag' ? 'yes' : value === '' ? (next?.raw ?? '') : value;
      continue;
    }
    const led = word.quoted
      ? undefined
      : command.options.find(
          (option) => option.lead?.includes(word?.folded ?? '') === true && options[option.name] === undefined,
        );
    if (led !== undefined && rest.length > 0 && leads(led, rest)) {
      options[led.name] = taken(led, rest, line);
      if (led.kind === 'text') break;
      continue;
    }
    const fits = word.quoted ? undefined : bare(command, options, word, rest);
    if (fits !== undefined) {
      options[fits.name] = fits.value;
      continue;
    }
    const claim = open(['claim']);
    if (claim !== undefined) {
      // A claim in several words ends where something else begins; with free words after it, it is one word.
      const several = [word.raw];
      const texts = command.options.some((option) => option.kind === 'text');
      if (!texts && !word.quoted) {
        while (rest[0] !== undefined && !begins(command, options, rest)) several.push(rest.shift()?.raw ?? '');
      }
      options.claim = several.join(' ');
      continue;
    }
    const text = open(['text']);
    if (text !== undefined) {
      // A quotation is the whole of it, so that "track “...” topic huawei" can go on.
      options[text.name] = word.quoted && text.name === 'statement' ? word.raw : toEnd(word);
      if (!(word.quoted && text.name === 'statement')) break;
      continue;
    }
    const other = open(['word', 'count', 'duration', 'hour', 'zone', 'quiet', 'mention', 'channel', 'topic']);
    if (other !== undefined && other.lead === undefined) options[other.name] = word.raw;
    else if (!FILLERS.has(word.folded)) left.push(word.raw);
  }
  return { options, left };
}

/** Whether what follows can be the value that this lead announces: "in" before "Europe/Berlin", not before other words. */
function leads(option: CommandOption, rest: readonly Word[]): boolean {
  const [first] = rest;
  if (first === undefined) return false;
  if (option.name === 'zone') return zoneOf(first.folded) !== null || zoneOf(two(rest)) !== null;
  if (option.name === 'on') return option.choices?.includes(first.folded) ?? false;
  return true;
}

function two(rest: readonly Word[]): string {
  return `${rest[0]?.folded ?? ''} ${rest[1]?.folded ?? ''}`;
}

/** Takes the words of one value off `rest`: "3 days" and "10 pm" are two words, free text is all of them. */
function taken(option: CommandOption, rest: Word[], line: string): string {
  const first = rest[0];
  if (first === undefined) return '';
  if (option.kind === 'text') {
    const text = rest.length === 1 && first.quoted ? first.raw : line.slice(first.at).trim();
    rest.splice(0);
    return text;
  }
  const pair = two(rest);
  const triple = `${pair} ${rest[2]?.folded ?? ''}`;
  const reads: Partial<Record<CommandOption['kind'], (text: string) => unknown>> = {
    duration: durationOf,
    hour: hourOf,
    zone: zoneOf,
    quiet: quietOf,
  };
  const reader = reads[option.kind];
  if (reader !== undefined) {
    if (rest.length >= 3 && reader(triple) !== null)
      return rest
        .splice(0, 3)
        .map((word) => word.raw)
        .join(' ');
    if (rest.length >= 2 && reader(first.folded) === null && reader(pair) !== null)
      return rest
        .splice(0, 2)
        .map((word) => word.raw)
        .join(' ');
  }
  return rest.shift()?.raw ?? '';
}

/** A bare word that can only be one thing: "daily", "thread", "22:00-07:00", "Europe/Berlin", "3 days". */
function bare(
  command: Command,
  options: Readonly<Partial<Record<OptionName, string>>>,
  word: Word,
  rest: Word[],
): { readonly name: OptionName; readonly value: string } | undefined {
  for (const option of command.options) {
    if (options[option.name] !== undefined) continue;
    if (option.kind === 'choice' && option.choices?.includes(word.folded) === true)
      return { name: option.name, value: word.folded };
    if (option.kind === 'flag' && option.name !== 'share' && word.folded === option.name)
      return { name: option.name, value: 'yes' };
    if (option.kind === 'quiet' && quietOf(word.folded) !== null) return { name: option.name, value: word.raw };
    if (
      option.kind === 'zone' &&
      (word.folded === 'utc' || (word.folded.includes('/') && zoneOf(word.folded) !== null))
    )
      return { name: option.name, value: word.raw };
    if (option.kind === 'count' && /^\d{1,4}$/u.test(word.folded)) return { name: option.name, value: word.folded };
    if (option.kind === 'duration') {
      if (/^\d/u.test(word.folded) && durationOf(word.folded) !== null) return { name: option.name, value: word.raw };
      const next = rest[0];
      if (/^\d/u.test(word.folded) && next !== undefined && durationOf(`${word.folded} ${next.folded}`) !== null) {
        rest.shift();
        return { name: option.name, value: `${word.raw} ${next.raw}` };
      }
    }
    if (option.kind === 'mention' && /^S[A-Z0-9]{5,30}$/u.test(word.raw)) return { name: option.name, value: word.raw };
  }
  return undefined;
}

/** Whether the words that follow open another option, so that a claim in several words ends here. */
function begins(
  command: Command,
  options: Readonly<Partial<Record<OptionName, string>>>,
  rest: readonly Word[],
): boolean {
  const [first, ...others] = rest;
  if (first === undefined) return true;
  if (first.quoted) return true;
  const named = /^([a-z]+)[:=]/u.exec(first.folded)?.[1];
  if (command.options.some((option) => option.name === named && options[option.name] === undefined)) return true;
  const led = command.options.some(
    (option) => option.lead?.includes(first.folded) === true && options[option.name] === undefined && others.length > 0,
  );
  return led || bare(command, options, first, [...others]) !== undefined;
}
