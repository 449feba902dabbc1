/**
 * How a channel follows a topic: the options of `subscribe`, read from a command or a form, and told back in words.
 *
 *   /deepseek subscribe confirmed digest daily 8 Europe/Berlin quiet 22:00-07:00 mention @desk thread
 */
import type { Level } from '../core/alert.ts';
import type { SubscriptionOptions } from '../core/options.ts';
import type { Line } from './card.ts';
import type { CommandOption, OptionName } from './options.ts';
import type { Asker, Desk } from './platform.ts';
import { bold, muted, plain } from './words.ts';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  confirmed: 'only confirmed and refuted, and when either is taken back',
  changes: 'every change of status',
  updates: 'every change of status and every new independent origin',
  all: 'every change of status, every new origin and every new story',
};

export const SUBSCRIBE_OPTIONS: readonly CommandOption[] = [
  {
    name: 'level',
    description: 'changes of status (default); only confirmed; updates: new origins too; all: new stories too',
    required: false,
    kind: 'choice',
    choices: ['changes', 'confirmed', 'updates', 'all'],
    lead: ['level'],
    shown: 'changes|confirmed|updates|all',
  },
  {
    name: 'digest',
    description: 'One card a day or a week with what changed, besides the alerts',
    required: false,
    kind: 'choice',
    choices: ['none', 'daily', 'weekly'],
    lead: ['digest'],
  },
  {
    name: 'hour',
    description: 'When the digest comes: 8, 08:00 or 8pm',
    required: false,
    kind: 'hour',
    lead: ['at', 'hour'],
    shown: 'at <hour>',
  },
  {
    name: 'weekday',
    description: 'Day of the weekly digest; default Monday',
    required: false,
    kind: 'choice',
    choices: WEEKDAYS,
    lead: ['weekday', 'day'],
    shown: 'monday|...|sunday',
  },
  {
    name: 'zone',
    description: 'Time zone of hour and quiet hours: Europe/Berlin, UTC (default)',
    required: false,
    kind: 'zone',
    lead: ['zone', 'tz', 'in'],
    shown: '<time zone>',
  },
  {
    name: 'quiet',
    description: 'Hours in which nothing is posted: 22:00-07:00, or off',
    required: false,
    kind: 'quiet',
    lead: ['quiet'],
    shown: 'quiet 22:00-07:00',
  },
  {
    name: 'urgent',
    description: 'Confirmed and refuted come through quiet hours',
    required: false,
    kind: 'flag',
  },
  {
    name: 'mention',
    description: 'Whom to mention: a role or user group',
    required: false,
    kind: 'mention',
    lead: ['mention', 'ping'],
    shown: 'mention @group',
  },
  {
    name: 'on',
    description: 'When to mention them: confirmed and refuted (default), every change, or never again',
    required: false,
    kind: 'choice',
    choices: ['confirmed', 'changes', 'never'],
    lead: ['on'],
    shown: 'on confirmed|changes|never',
  },
  {
    name: 'place',
    description: 'Where alerts about a claim go: flat into the channel (default), or into a thread under its card',
    required: false,
    kind: 'choice',
    choices: ['flat', 'thread'],
    lead: ['place'],
    shown: 'thread|flat',
  },
];

export type Choices =
  | { readonly ok: true; readonly options: Partial<SubscriptionOptions> }
  | { readonly ok: false; readonly problem: string; readonly next: string };

/** What of the options was chosen; what was not stays as it is. Every value was read already (options.ts). */
export function choicesOf(given: Readonly<Partial<Record<OptionName, string>>>): Choices {
  const { digest, hour, weekday, zone, quiet, urgent, mention, on, place } = given;
  if (urgent === 'yes' && (quiet === undefined || quiet === 'off')) {
    return { ok: false, problem: 'Which quiet hours?', next: 'Say them beside it: quiet 22:00-07:00 urgent' };
  }
  if (on !== undefined && on !== 'never' && mention === undefined) {
    return { ok: false, problem: 'Whom to mention?', next: `Say it beside it: mention @group on ${on}` };
  }
  const [from = '', to = ''] = (quiet ?? '').split('-');
  return {
    ok: true,
    options: {
      ...(digest === 'none' || digest === 'daily' || digest === 'weekly' ? { digest } : {}),
      ...(hour === undefined ? {} : { digestHour: Number(hour) }),
      ...(weekday === undefined ? {} : { digestWeekday: WEEKDAYS.findIndex((day) => day === weekday) + 1 }),
      ...(zone === undefined ? {} : { timeZone: zone }),
      ...(quiet === undefined ? {} : { quiet: quiet === 'off' ? null : { from, to, breakThrough: urgent === 'yes' } }),
      ...(mention === undefined && on !== 'never'
        ? {}
        : {
            mention:
              mention === undefined || mention === 'off' || on === 'never'
                ? null
                : { whom: mention, on: on === 'changes' ? 'changes' : 'confirmed' },
          }),
      ...(place === 'flat' || place === 'thread' ? { place } : {}),
    },
  };
}

/** What a channel hears and how, one line a thing; what is as usual is not said. */
export function followsLines(level: Level, options: SubscriptionOptions): Line[] {
  const hour = `${String(options.digestHour).padStart(2, '0')}:00 ${options.timeZone}`;
  const weekday = WEEKDAYS[options.digestWeekday - 1] ?? 'monday';
  return [
    [plain('Posts '), bold(LEVEL_WORDS[level]), plain('.')],
    ...(options.digest === 'none'
      ? []
      : [
          [
            plain('Digest '),
            bold(options.digest === 'daily' ? 'every day' : `every ${weekday[0]?.toUpperCase()}${weekday.slice(1)}`),
            plain(` at ${hour}.`),
          ],
        ]),
    ...(options.quiet === null
      ? []
      : [
          [
            plain('Quiet from '),
            bold(`${options.quiet.from} to ${options.quiet.to}`),
            plain(` ${options.timeZone}`),
            plain(
              options.quiet.breakThrough
                ? '; confirmed and refuted come through.'
                : '; what was held is posted afterwards.',
            ),
          ],
        ]),
    ...(options.mention === null
      ? []
      : [
          [
            plain('Mentions one group on '),
            bold(options.mention.on === 'confirmed' ? 'confirmed and refuted' : 'every change'),
            plain('.'),
          ],
        ]),
    ...(options.place === 'thread' ? [[plain('Alerts about a claim go into the thread under its card.')]] : []),
  ];
}

/** In one line, for a list: "every change of status · digest every day at 08:00 UTC · quiet 22:00 to 07:00". */
export function followsLine(level: Level, options: SubscriptionOptions | undefined): Line {
  if (options === undefined) return [plain(LEVEL_WORDS[level])];
  const hour = `${String(options.digestHour).padStart(2, '0')}:00 ${options.timeZone}`;
  const rest = [
    options.digest === 'none' ? '' : `${options.digest} digest at ${hour}`,
    options.quiet === null ? '' : `quiet ${options.quiet.from} to ${options.quiet.to} ${options.timeZone}`,
    options.mention === null ? '' : `mentions a group on ${options.mention.on}`,
    options.place === 'thread' ? 'in threads' : '',
  ].filter((part) => part !== '');
  return [plain(LEVEL_WORDS[level]), ...(rest.length === 0 ? [] : [muted(` · ${rest.join(' · ')}`)])];
}

/** How the channel follows the topic now, as a form's values; empty when it does not, or nobody answers in time. */
export async function filledFrom(
  desk: Desk,
  asker: Asker,
  topic: string,
  waitMs: number,
): Promise<Partial<Record<OptionName, string>>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), waitMs);
  });
  const asked = desk.subscriptions(asker).catch(() => null);
  const answer = await Promise.race([asked, late]);
  clearTimeout(timer);
  const one = answer?.ok === true ? answer.value.find((each) => each.topic === topic) : undefined;
  if (one === undefined) return {};
  const { options } = one;
  return {
    level: one.level,
    digest: options.digest,
    hour: `${String(options.digestHour).padStart(2, '0')}:00`,
    zone: options.timeZone,
    weekday: WEEKDAYS[options.digestWeekday - 1] ?? 'monday',
    quiet: options.quiet === null ? 'off' : `${options.quiet.from}-${options.quiet.to}`,
    ...(options.quiet?.breakThrough === true ? { urgent: 'yes' } : {}),
    ...(options.mention === null ? {} : { mention: options.mention.whom, on: options.mention.on }),
    place: options.place,
  };
}
