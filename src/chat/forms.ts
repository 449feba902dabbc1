/**
 * Forms that open from a button or a command without its words, one description for both platforms (a modal each):
 *
 *   formFor(desk, asker, 'subscribe', '', '')  ->  topic, level, digest, hour and zone, quiet hours ...   [Subscribe]
 *
 * What comes back is named options, checked like typed ones: nothing in a form is trusted.
 */
import { STATUSES } from '../core/status.ts';
import { LOOKS } from './card.ts';
import type { ActionName } from './card.ts';
import { checkCall } from './calls.ts';
import type { ReadCall, Reader } from './calls.ts';
import { problemCard } from './notices.ts';
import { plain } from './words.ts';
import type { OptionName } from './options.ts';
import type { Desk } from './platform.ts';
import { LEVEL_WORDS, WEEKDAYS } from './subscribe.ts';

export const FORM_KINDS = ['subscribe', 'delivery', 'track', 'wrong', 'override'] as const;
export type FormKind = (typeof FORM_KINDS)[number];

export interface FormField {
  readonly name: OptionName;
  /** At most 45 characters (Discord). */
  readonly label: string;
  readonly hint?: string;
  /** mention: a role (Discord) or user group (Slack), chosen from those there are. */
  readonly kind: 'choice' | 'line' | 'text' | 'channel' | 'mention';
  /** Label at most 75 (Slack), value at most 100 (Discord) characters; at most 25. */
  readonly choices?: readonly { readonly label: string; readonly value: string }[];
  readonly value?: string;
  readonly optional?: boolean;
  readonly max?: number;
}

export interface Form {
  readonly kind: FormKind;
  readonly topic: string;
  readonly claim: string;
  /** At most 24 characters (Slack). */
  readonly title: string;
  readonly submit: string;
  /** What it is about, above the fields. */
  readonly about: string;
  /** In order of importance: Discord shows the first five, and the form `delivery` has the rest of `subscribe`. */
  readonly fields: readonly FormField[];
}

/** What stands in the form when it opens. */
export type Filled = Partial<Readonly<Record<OptionName, string>>>;

/** A menu shows no more (@slack/types, static_select). */
const MOST_GROUPS = 100;

/** Somebody who can be mentioned, by the platform's id: a Slack user group. */
export interface Group {
  readonly label: string;
  readonly value: string;
}

/** The form a button opens; null: it is answered at once. */
export function formBehind(action: ActionName): FormKind | null {
  return FORM_KINDS.find((kind) => kind === action) ?? null;
}

/** The form, or null when there is nothing to fill in: no topic, no such claim, not offered by this desk. */
export function formFor(
  desk: Desk,
  reader: Reader,
  kind: FormKind,
  topic: string,
  claim: string,
  filled: Filled = {},
  groups?: readonly Group[],
): Form | null {
  const topics = desk.topics(reader);
  const named = topics.find((one) => one.id === topic);
  const statement = topics.flatMap((one) => one.claims).find((one) => one.id === claim)?.statement;
  const base = { kind, topic: named?.id ?? '', claim: statement === undefined ? '' : claim };
  switch (kind) {
    case 'subscribe': {
      if (topics.length === 0) return null;
      return {
        ...base,
        title: named === undefined ? 'Subscribe' : `Follow ${named.title}`.slice(0, 24),
        submit: 'Subscribe',
        about: 'Alerts are posted when the status of a claim changes. Past changes are not posted.',
        fields: [
          ...(named === undefined
            ? [
                {
                  name: 'topic' as const,
                  label: 'Topic',
                  kind: 'choice' as const,
                  choices: topics.slice(0, 25).map((one) => ({ label: one.title.slice(0, 75), value: one.id })),
                  value: topics[0]?.id ?? '',
                },
              ]
            : []),
          {
            name: 'level',
            label: 'What to post',
            kind: 'choice',
            choices: (['changes', 'confirmed', 'updates', 'all'] as const).map((level) => ({
              label: capital(LEVEL_WORDS[level]).slice(0, 75),
              value: level,
            })),
            value: filled.level ?? 'changes',
          },
          {
            name: 'digest',
            label: 'Digest besides alerts',
            kind: 'choice',
            choices: [
              { label: 'No digest', value: 'none' },
              { label: 'Every day', value: 'daily' },
              ...WEEKDAYS.map((day) => ({ label: `Every ${capital(day)}`, value: `weekly-${day}` })),
            ],
            value: filled.digest === 'weekly' ? `weekly-${filled.weekday ?? 'monday'}` : (filled.digest ?? 'none'),
          },
          {
            name: 'hour',
            label: 'When the digest comes, and time zone',
            hint: 'For example: 8:00 Europe/Berlin',
            kind: 'line',
            value: [filled.hour, filled.zone].filter((part) => part !== undefined).join(' '),
            optional: true,
            max: 60,
          },
          {
            name: 'quiet',
            label: 'Quiet hours',
            hint: '22:00-07:00, or off. Add "urgent" to let confirmed and refuted through',
            kind: 'line',
            ...(filled.quiet === undefined
              ? {}
              : { value: `${filled.quiet}${filled.urgent === 'yes' ? ' urgent' : ''}` }),
            optional: true,
            max: 40,
          },
          placeField(filled),
          ...mentionFields(filled, groups),
        ],
      };
    }
    case 'delivery':
      return named === undefined
        ? null
        : {
            ...base,
            title: 'Mention and threads',
            submit: 'Save',
            about: `How alerts about ${named.title} arrive in this channel.`,
            fields: [...mentionFields(filled, groups), placeField(filled)],
          };
    case 'track':
      return desk.track === undefined
        ? null
        : {
            ...base,
            title: 'Track a statement',
            submit: 'Try it',
            about: 'You see what it matches before anything is tracked.',
            fields: [
              {
                name: 'statement',
                label: 'One sentence that can be true or false',
                hint: 'For example: DeepSeek V5 runs on Huawei chips',
                kind: 'text',
                ...(filled.statement === undefined ? {} : { value: filled.statement }),
                max: 500,
              },
              {
                name: 'topic',
                label: 'Topic',
                kind: 'choice',
                choices: topics.slice(0, 25).map((one) => ({ label: one.title.slice(0, 75), value: one.id })),
                value: named?.id ?? topics[0]?.id ?? '',
              },
            ],
          };
    case 'wrong':
      return desk.wrong === undefined || statement === undefined
        ? null
        : {
            ...base,
            title: 'What is wrong?',
            submit: 'Tell them',
            about: statement.slice(0, 300),
            fields: [
              {
                name: 'note',
                label: 'What is wrong, and how do you know?',
                hint: 'A link helps most',
                kind: 'text',
                optional: true,
                max: 1000,
              },
            ],
          };
    case 'override':
      return desk.override === undefined || statement === undefined
        ? null
        : {
            ...base,
            title: 'Decide this claim here',
            submit: 'Decide',
            about: statement.slice(0, 300),
            fields: [
              {
                name: 'status',
                label: 'Its status in this workspace',
                kind: 'choice',
                choices: STATUSES.map((status) => ({ label: LOOKS[status].word, value: status })),
              },
              { name: 'because', label: 'Because', hint: 'Shown on the card and kept', kind: 'text', max: 500 },
            ],
          };
  }
}

function placeField(filled: Filled): FormField {
  return {
    name: 'place',
    label: 'Where alerts about a claim go',
    kind: 'choice',
    choices: [
      { label: 'Into the channel', value: 'flat' },
      { label: 'Into a thread under its card', value: 'thread' },
    ],
    value: filled.place ?? 'flat',
  };
}

function mentionFields(filled: Filled, groups: readonly Group[] | undefined): FormField[] {
  const { mention } = filled;
  // One that is not listed must still stand in the menu, or sending the form would drop it.
  const unlisted =
    mention === undefined || groups === undefined || groups.length === 0 || groups.some((one) => one.value === mention)
      ? []
      : [{ label: mention, value: mention }];
  return [
    {
      name: 'mention',
      label: 'Whom to mention',
      hint: 'Nobody, if left empty',
      kind: 'mention',
      ...(groups === undefined ? {} : { choices: [...unlisted, ...groups].slice(0, MOST_GROUPS) }),
      ...(mention === undefined ? {} : { value: mention }),
      optional: true,
      max: 40,
    },
    {
      name: 'on',
      label: 'When to mention them',
      kind: 'choice',
      choices: [
        { label: 'Only confirmed and refuted', value: 'confirmed' },
        { label: 'Every change of status', value: 'changes' },
      ],
      value: filled.on ?? 'confirmed',
    },
  ];
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}

/** At most 100 characters (Discord's custom_id), like a button's. */
export function formId(form: Pick<Form, 'kind' | 'topic' | 'claim'>): string {
  return `cwf:${form.kind}:${form.topic}:${form.claim}`.slice(0, 100);
}

/** Reads an id that came back. Outside input: its names are looked up like typed words. */
export function parseFormId(id: string): Pick<Form, 'kind' | 'topic' | 'claim'> | null {
  const match = id.length > 100 ? null : /^cwf:([a-z]+):([^:]*):([^:]*)$/u.exec(id);
  const kind = FORM_KINDS.find((one) => one === match?.[1]);
  return kind === undefined || match === null ? null : { kind, topic: match[2] ?? '', claim: match[3] ?? '' };
}

/** A form that came back -> Call, or a card that says what to mend. */
export function submittedCall(desk: Desk, reader: Reader, id: string, values: Filled): ReadCall {
  const form = parseFormId(id);
  if (form === null)
    return {
      ok: false,
      card: problemCard('This form no longer works', [[plain('It is from an older version. Open it again.')]]),
    };
  const { topic = form.topic, hour, quiet, digest, mention, on, ...rest } = values;
  if (form.kind === 'track') return checkCall(desk, reader, 'claimwire', 'track', { ...rest, topic });
  if (form.kind === 'override') return checkCall(desk, reader, 'claimwire', 'override', { ...rest, claim: form.claim });
  if (form.kind === 'wrong') return checkCall(desk, reader, 'claimwire', 'wrong', { ...rest, claim: form.claim });
  const when = /^(\S+?(?:\s*(?:am|pm|uhr))?)(?:\s+(?:in\s+)?(.+))?$/iu.exec(hour?.trim() ?? '');
  const [often, weekday] = digest?.split('-') ?? [];
  const hours = quiet?.replace(/[\s,]*\burgent\b\s*$/iu, '');
  return checkCall(desk, reader, topic, 'subscribe', {
    ...mentioned(form, mention, on),
    ...rest,
    ...(often === undefined ? {} : { digest: often }),
    ...(weekday === undefined ? {} : { weekday }),
    ...(hours === undefined ? {} : { quiet: hours, urgent: hours === quiet || hours === 'off' ? 'no' : 'yes' }),
    ...(when?.[1] === undefined ? {} : { hour: when[1] }),
    ...(when?.[2] === undefined ? {} : { zone: when[2] }),
  });
}

/** A form that shows whom to mention shows on what, too; once it names the topic, an empty choice means nobody. */
function mentioned(form: Pick<Form, 'topic'>, mention: string | undefined, on: string | undefined): Filled {
  if (mention !== undefined) return { mention, ...(on === undefined ? {} : { on }) };
  return on === undefined || form.topic === '' ? {} : { mention: 'off' };
}

/** The form that typed words ask for: "/claimwire track" and "/claimwire subscribe" without saying what. */
export function formTyped(root: string, text: string): FormKind | null {
  const [first = '', ...rest] = text.trim().toLowerCase().split(/\s+/u);
  if (rest.length > 0) return null;
  if (first === 'track') return 'track';
  return root === 'claimwire' && (first === 'subscribe' || first === 'follow') ? 'subscribe' : null;
}

/** Which form a command opens when it is given without its words; null: it is answered as it is. */
export function formOf(command: string, values: Filled): FormKind | null {
  return command === 'track' && (values.statement ?? '') === '' ? 'track' : null;
}
