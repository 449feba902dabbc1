/**
 * What a channel may choose beside the level: digests, quiet hours, whom to mention, where changes go.
 *
 *   checkOptions({ digest: 'daily', digestHour: 8, timeZone: 'Europe/Berlin' })  ->  { ok: true, options: { digest: 'daily', … } }
 *   checkOptions({ timeZone: 'Mars/Base' })  ->  { ok: false, problem: 'timeZone: there is no time zone "Mars/Base" …' }
 */
import type { Platform } from './alert.ts';

export interface SubscriptionOptions {
  /** Posted besides the alerts. */
  readonly digest: 'none' | 'daily' | 'weekly';
  /** 0 to 23 in `timeZone`. */
  readonly digestHour: number;
  /** 1 Monday to 7 Sunday; weekly only. */
  readonly digestWeekday: number;
  /** IANA name. */
  readonly timeZone: string;
  /** 'HH:MM' in `timeZone`, may cross midnight; `breakThrough` lets confirmed and refuted through. */
  readonly quiet: { readonly from: string; readonly to: string; readonly breakThrough: boolean } | null;
  /** A role (Discord) or user group (Slack) chosen by a manager of the channel, never taken from outside text. */
  readonly mention: { readonly whom: string; readonly on: 'confirmed' | 'changes' } | null;
  /** thread: changes go under the claim's card. */
  readonly place: 'flat' | 'thread';
}

export const DEFAULT_OPTIONS: SubscriptionOptions = {
  digest: 'none',
  digestHour: 8,
  digestWeekday: 1,
  timeZone: 'UTC',
  quiet: null,
  mention: null,
  place: 'flat',
};

export type CheckedOptions =
  | { readonly ok: true; readonly options: Partial<SubscriptionOptions> }
  | { readonly ok: false; readonly problem: string };

type Key = keyof SubscriptionOptions;

/** What a role or user group is called by its platform; nothing else can be mentioned. */
const MENTIONABLE: Readonly<Record<Platform, RegExp | null>> = {
  discord: /^\d{15,20}$/u,
  slack: /^S[A-Z0-9]{5,20}$/u,
  console: null,
};

/** What is wrong with one value, or null. */
const CHECKS: Readonly<Record<Key, (value: unknown, platform: Platform) => string | null>> = {
  digest: (value) => oneOf(value, ['none', 'daily', 'weekly']),
  digestHour: (value) => wholeNumber(value, 0, 23),
  digestWeekday: (value) => wholeNumber(value, 1, 7),
  timeZone: (value) =>
    typeof value === 'string' && isTimeZone(value)
      ? null
      : `there is no time zone "${String(value).slice(0, 40)}"; write it like Europe/Berlin or UTC`,
  quiet: (value) => {
    if (value === null) return null;
    const { from, to, breakThrough } = (typeof value === 'object' ? value : {}) as Record<string, unknown>;
    if (!isClock(from) || !isClock(to)) return 'from and to are times like 22:00 and 07:30';
    if (from === to) return 'from and to are the same: that would be quiet for ever or never';
    return typeof breakThrough === 'boolean' ? null : 'breakThrough is yes or no';
  },
  mention: (value, platform) => {
    if (value === null) return null;
    const { whom, on } = (typeof value === 'object' ? value : {}) as Record<string, unknown>;
    const shape = MENTIONABLE[platform];
    if (typeof whom !== 'string' || shape?.test(whom) !== true)
      return platform === 'slack' ? 'whom is a user group (S…)' : 'whom is a role';
    return oneOf(on, ['confirmed', 'changes']);
  },
  place: (value) => oneOf(value, ['flat', 'thread']),
};

/** Options from outside: every key known and every value possible, or one sentence that says what is not. */
export function checkOptions(given: unknown, platform: Platform): CheckedOptions {
  if (typeof given !== 'object' || given === null) return { ok: false, problem: 'options are not an object' };
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(CHECKS, key)) return { ok: false, problem: `there is no option "${key.slice(0, 40)}"` };
    const problem = CHECKS[key as Key](value, platform);
    if (problem !== null) return { ok: false, problem: `${key}: ${problem}` };
    options[key] = value;
  }
  return { ok: true, options };
}

/** Options as stored -> complete. What another version wrote and this one cannot read is as if it had not been chosen. */
export function optionsFrom(stored: unknown, platform: Platform): SubscriptionOptions {
  const kept = Object.entries(typeof stored === 'object' && stored !== null ? stored : {}).filter(
    ([key, value]) => Object.hasOwn(CHECKS, key) && CHECKS[key as Key](value, platform) === null,
  );
  return { ...DEFAULT_OPTIONS, ...(Object.fromEntries(kept) as Partial<SubscriptionOptions>) };
}

function oneOf(value: unknown, allowed: readonly string[]): string | null {
  return typeof value === 'string' && allowed.includes(value) ? null : `is one of ${allowed.join(', ')}`;
}

function wholeNumber(value: unknown, from: number, to: number): string | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
    ? null
    : `is a whole number from ${from} to ${to}`;
}

function isClock(value: unknown): value is string {
  return typeof value === 'string' && /^(?:[01]\d|2[0-3]):[0-5]\d$/u.test(value);
}

/** Named zones only: an offset such as "+02:00" knows no summer time. */
function isTimeZone(name: string): boolean {
  if (!/^(?:UTC|[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)+)$/u.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
