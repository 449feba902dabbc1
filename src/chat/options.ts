/**
 * What a command can be given, and how each value is read, the same for a Discord option, a typed word and a form's field:
 *
 *   readValue('duration', '3 days')        ->  { ok: true, value: '259200000' }
 *   readValue('quiet', '22-7')             ->  { ok: true, value: '22:00-07:00' }
 *   readValue('zone', 'europe/berlin')     ->  { ok: true, value: 'Europe/Berlin' }
 *
 * Values are kept as strings in one agreed spelling, so that a button, a form and a person's words are checked alike.
 */
import { DAY, HOUR, MINUTE } from '../core/time.ts';

export const OPTION_NAMES = [
  'claim',
  'topic',
  'state',
  'level',
  'digest',
  'hour',
  'weekday',
  'zone',
  'quiet',
  'urgent',
  'mention',
  'on',
  'place',
  'for',
  'what',
  'statement',
  'address',
  'status',
  'because',
  'switch',
  'minutes',
  'channel',
  'days',
  'id',
  'note',
  'share',
] as const;
export type OptionName = (typeof OPTION_NAMES)[number];

export type OptionKind =
  /** Completed from the claims the asker's workspace sees. */
  | 'claim'
  | 'topic'
  /** One of `choices`. */
  | 'choice'
  /** "yes" or absent. */
  | 'flag'
  /** Free words to the end. */
  | 'text'
  /** One word: an address, an id. */
  | 'word'
  | 'duration'
  | 'hour'
  | 'zone'
  | 'quiet'
  | 'count'
  /** A role (Discord) or user group (Slack): its id. */
  | 'mention'
  | 'channel';

export interface CommandOption {
  readonly name: OptionName;
  /** At most 100 characters (Discord). */
  readonly description: string;
  readonly required: boolean;
  readonly kind: OptionKind;
  readonly choices?: readonly string[];
  /** Typed words that announce it: "digest daily", "for 3 days", "because ...". */
  readonly lead?: readonly string[];
  /** How it stands in the reference; default `<name>` or its choices. */
  readonly shown?: string;
}

export type ReadValue = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly next: string };

/** Longest text a command takes; Slack's slash commands and Discord's long form fields end near it. */
export const MAX_TEXT = 4000;
/** A mute is for a while: what should never be heard of is not subscribed to. */
const LONGEST_MUTE = 90 * DAY;

const UNITS: Readonly<Record<string, number>> = {
  m: MINUTE,
  min: MINUTE,
  mins: MINUTE,
  minute: MINUTE,
  minutes: MINUTE,
  h: HOUR,
  hour: HOUR,
  hours: HOUR,
  d: DAY,
  day: DAY,
  days: DAY,
  w: 7 * DAY,
  week: 7 * DAY,
  weeks: 7 * DAY,
  month: 30 * DAY,
  months: 30 * DAY,
};

function read(value: string): ReadValue {
  return { ok: true, value };
}

function unread(next: string): ReadValue {
  return { ok: false, next };
}

/** "90 min", "3h", "a week" -> milliseconds; null when it is no time. */
export function durationOf(typed: string): number | null {
  const match = /^(?:(\d{1,5}|an?|one)\s*)?([a-z]{1,7})$/iu.exec(typed.normalize('NFKC').trim());
  const unit = Object.hasOwn(UNITS, match?.[2]?.toLowerCase() ?? '') ? UNITS[match?.[2]?.toLowerCase() ?? ''] : null;
  if (match === null || unit === null || unit === undefined) return null;
  const count = match[1] === undefined || !/^\d/u.test(match[1]) ? 1 : Number(match[1]);
  return count * unit;
}

/** "8", "08:00", "8am", "20 Uhr" -> whole hour; null when it is none. */
export function hourOf(typed: string): number | null {
  const match = /^(\d{1,2})(?::?00)?\s*(am|pm|h|uhr)?$/iu.exec(typed.normalize('NFKC').trim());
  if (match === null) return null;
  const half = match[2]?.toLowerCase();
  const hour = Number(match[1]);
  if ((half === 'am' || half === 'pm') && (hour < 1 || hour > 12)) return null;
  const value = half === 'am' ? hour % 12 : half === 'pm' ? (hour % 12) + 12 : hour;
  return value > 23 ? null : value;
}

/** "22:00-07:00", "22-7", "10pm to 7am" -> both ends as HH:MM; null when they are no two times. */
export function quietOf(typed: string): { readonly from: string; readonly to: string } | null {
  const ends = typed
    .normalize('NFKC')
    .toLowerCase()
    .split(/\s*(?:-|–|—|\bto\b|\buntil\b)\s*/u)
    .map(clockOf);
  const [from, to] = ends;
  return ends.length !== 2 || from === null || to === null || from === undefined || to === undefined || from === to
    ? null
    : { from, to };
}

function clockOf(typed: string): string | null {
  const match = /^(\d{1,2})(?::(\d{2}))?\s*(am|pm)?$/u.exec(typed.trim());
  if (match === null) return null;
  const hour = hourOf(`${match[1] ?? ''}${match[3] ?? ''}`);
  const minute = Number(match[2] ?? '0');
  if (hour === null || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

const ZONES: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
const ZONE_BY_FOLDED = new Map(ZONES.map((zone) => [zone.toLowerCase(), zone]));
/** Common words for zones that have other names. */
const ZONE_WORDS: Readonly<Record<string, string>> = { gmt: 'UTC', z: 'UTC', beijing: 'Asia/Shanghai' };

/** The zone of that name, of a city's name ("berlin", "new york"), or null. */
export function zoneOf(typed: string): string | null {
  const word = typed.normalize('NFKC').trim().toLowerCase().replace(/\s+/gu, '_');
  const named = ZONE_BY_FOLDED.get(word) ?? (Object.hasOwn(ZONE_WORDS, word) ? ZONE_WORDS[word] : undefined);
  if (named !== undefined) return named;
  const city = word === '' ? [] : ZONES.filter((zone) => zone.toLowerCase().endsWith(`/${word}`));
  if (city.length === 1) return city[0] ?? null;
  // Older names (Asia/Calcutta, US/Eastern) are known to the runtime though not listed.
  if (!/^[a-z_]{1,20}\/[a-z0-9_+/-]{1,40}$/u.test(word)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: word }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Up to `most` zones that contain the typed words, those whose city begins with them first. */
export function zonesLike(typed: string, most: number): string[] {
  const word = typed.normalize('NFKC').trim().toLowerCase().replace(/\s+/gu, '_');
  return ZONES.filter((zone) => zone.toLowerCase().includes(word))
    .sort((a, b) => Number(cityStarts(b, word)) - Number(cityStarts(a, word)))
    .slice(0, most);
}

function cityStarts(zone: string, word: string): boolean {
  return (zone.split('/').at(-1) ?? '').toLowerCase().startsWith(word);
}

/** Reads one value of a kind; claims, topics and choices need more than the kind and are read in calls.ts. */
export function readValue(kind: OptionKind, typed: string): ReadValue {
  const text = typed.trim();
  switch (kind) {
    case 'duration': {
      const ms = durationOf(text);
      if (ms === null || ms < MINUTE) return unread('Say how long: 90 min, 3 hours, 7 days, 2 weeks');
      return ms > LONGEST_MUTE ? unread('At most 90 days') : read(String(ms));
    }
    case 'hour': {
      const hour = hourOf(text);
      return hour === null ? unread('A whole hour: 8, 08:00 or 8pm') : read(String(hour));
    }
    case 'zone': {
      const zone = zoneOf(text);
      const near = zonesLike(text, 3);
      return zone === null
        ? unread(`A time zone by its name: ${near.length > 0 ? near.join(', ') : 'Europe/Berlin, UTC, Asia/Shanghai'}`)
        : read(zone);
    }
    case 'quiet': {
      if (/^(?:off|none|no)$/iu.test(text)) return read('off');
      const quiet = quietOf(text);
      return quiet === null ? unread('From when to when: 22:00-07:00, or off') : read(`${quiet.from}-${quiet.to}`);
    }
    case 'count': {
      const count = /^\d{1,4}$/u.test(text.normalize('NFKC')) ? Number(text.normalize('NFKC')) : 0;
      return count < 1 ? unread('A whole number from 1') : read(String(count));
    }
    case 'mention':
      if (/^(?:off|none|no|nobody)$/iu.test(text)) return read('off');
      return /^(?:\d{5,25}|S[A-Z0-9]{5,30})$/u.test(text)
        ? read(text)
        : unread('A role (Discord) or user group (Slack), picked from the list that opens after @; never everybody');
    case 'channel':
      if (/^(?:off|none|no|nobody)$/iu.test(text)) return read('off');
      return /^(?:\d{5,25}|[CGD][A-Z0-9]{5,30})$/u.test(text)
        ? read(text)
        : unread('A channel, picked from the list that opens after #');
    case 'word':
    case 'text':
    case 'claim':
    case 'topic':
    case 'choice':
    case 'flag':
      return text.length > MAX_TEXT ? unread(`At most ${MAX_TEXT} characters`) : read(text);
  }
}
