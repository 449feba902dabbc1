/**
 * Cards that are not news: subscribed, unsubscribed, a refusal, help, health. Each one ends with the next useful step:
 *
 *   Not understood: there is no claim "v4-on-hauwei".   Did you mean v4-on-huawei?
 */
import type { Level, NoticeView } from '../core/alert.ts';
import { DEFAULT_OPTIONS } from '../core/options.ts';
import type { SubscriptionOptions } from '../core/options.ts';
import type { StatusView, WhyView } from '../core/view.ts';
import { statusWord, counted, abridged } from '../core/wording.ts';
import { LOOKS } from './card.ts';
import type { ActionName, Card, CardAction, CardSection, Line } from './card.ts';
import { statusCard } from './cards.ts';
import type { HealthView, MutedClaim, SendOutcome } from './platform.ts';
import { followsLine, followsLines } from './subscribe.ts';
import { TRACK_ONE, bold, code, muted, plain } from './words.ts';

/** A refusal or failure, with what to do about it. Goes to the asker alone. */
export function problemCard(title: string, next: readonly Line[] = []): Card {
  return {
    tone: 'problem',
    title,
    sections: next.length === 0 ? [] : [{ weight: 'keep', lines: next }],
    footer: [],
  };
}

/** "There is no claim X. Did you mean Y or Z?" */
export function unknownCard(what: string, given: string, nearest: readonly string[], next: Line): Card {
  return problemCard(`There is no ${what} “${given}”`, [
    ...(nearest.length === 0
      ? []
      : [
          [
            plain('Did you mean '),
            ...nearest.flatMap((name, at) => [...(at === 0 ? [] : [plain(' or ')]), code(name)]),
            plain('?'),
          ],
        ]),
    next,
  ]);
}

/** Answer to subscribe: what this channel will hear, and the state so far as one card instead of a flood. */
export function subscribedCard(followed: {
  readonly topic: string;
  readonly title: string;
  readonly level: Level;
  readonly options: SubscriptionOptions | undefined;
  readonly created: boolean;
  readonly status: StatusView | null;
  /** The form behind Change has no room for whom to mention; another has. */
  readonly twoForms?: boolean;
}): Card {
  const { topic, title, level, created, status } = followed;
  const state = status === null ? null : statusCard(status);
  return {
    tone: 'info',
    title: created ? `This channel now follows ${title}` : `Changed: how this channel follows ${title}`,
    sections: [
      {
        weight: 'keep',
        lines: [
          ...followsLines(level, followed.options ?? DEFAULT_OPTIONS),
          ...(created ? [[plain('Past changes are not posted.')]] : []),
        ],
      },
      ...(state === null || !created
        ? []
        : state.sections.map((section, at): CardSection =>
            at === 0 ? { ...section, heading: 'Known so far' } : section,
          )),
    ],
    footer: [`Change it with /${topic} subscribe, stop it with /${topic} unsubscribe`],
    actions: [
      { action: 'subscribe', topic, claim: '', label: 'Change' },
      ...(followed.twoForms === true ? [{ action: 'delivery' as const, topic, claim: '' }] : []),
      { action: 'status', topic, claim: '' },
    ],
  };
}

export function unsubscribedCard(topic: { readonly id: string; readonly title: string }, removed: boolean): Card {
  return {
    tone: 'info',
    title: removed ? `This channel no longer follows ${topic.title}` : `This channel did not follow ${topic.title}`,
    sections: [
      {
        weight: 'keep',
        lines: [[plain(removed ? 'To follow it again: ' : 'To follow it: '), code(`/${topic.id} subscribe`)]],
      },
    ],
    footer: [],
  };
}

/** A subscription as people see it; options and pause are absent where the desk does not know them. */
export interface Followed {
  readonly topic: string;
  readonly level: Level;
  readonly options?: SubscriptionOptions | undefined;
  /** Why nothing is posted now; null or absent while it is. */
  readonly paused?: string | null | undefined;
}

export function subscriptionsCard(
  subscriptions: readonly Followed[],
  topics: readonly { readonly id: string; readonly title: string }[],
  mutes: readonly MutedClaim[] = [],
): Card {
  return {
    tone: 'info',
    title: subscriptions.length === 0 ? 'This channel follows nothing yet' : 'What this channel follows',
    sections: [
      {
        weight: 'keep',
        lines:
          subscriptions.length === 0
            ? topics.slice(0, 10).map((topic) => [code(`/${topic.id} subscribe`), plain(` follows ${topic.title}`)])
            : subscriptions.flatMap((one) => followedLines(one, topics)),
      },
      ...(mutes.length === 0 ? [] : [{ heading: 'Muted here', weight: 'keep' as const, lines: mutedLines(mutes) }]),
    ],
    footer: [],
    actions: [
      ...(subscriptions.length === 0
        ? [{ action: 'subscribe' as const, topic: '', claim: '' }]
        : subscriptions.slice(0, CHANGED).map((one) => ({
            action: 'subscribe' as const,
            topic: one.topic,
            claim: '',
            label: `Change ${topics.find((topic) => topic.id === one.topic)?.title ?? one.topic}`,
          }))),
      ...mutes.slice(0, UNMUTED).map(({ topic, claim, statement }) => ({
        action: 'unmute' as const,
        topic,
        claim,
        label: `Unmute: ${statement}`,
      })),
    ],
  };
}

/** Buttons of one card: a row of each kind (Discord shows five in a row). */
const CHANGED = 5;
const UNMUTED = 5;
/** A channel that has muted more than that has stopped reading the list. */
const MUTES_SHOWN = 15;

function mutedLines(mutes: readonly MutedClaim[]): Line[] {
  return [
    ...mutes
      .slice(0, MUTES_SHOWN)
      .map(({ claim, statement, until }): Line => [
        plain(`${statement}, until `),
        { time: until, as: 'moment' },
        plain(' '),
        code(claim),
      ]),
    ...(mutes.length > MUTES_SHOWN ? [[plain(`… and ${mutes.length - MUTES_SHOWN} more`)]] : []),
  ];
}

/** A word to those who run the bot ("Feed example-chips has been dark since 3 Apr."), or a question to moderators. */
export function noticeCard(notice: NoticeView, possibleRepeat: boolean): Card {
  const { asks } = notice;
  // The first sentence is the news; what to do about it stands below.
  const [head = '', ...rest] = asks === undefined ? notice.words.split(/(?<=[.!?])\s+(?=\p{Lu})/u) : [notice.words];
  const lines = [...(rest.length === 0 ? [] : [rest.join(' ')]), ...(notice.lines ?? [])];
  return {
    tone: asks === undefined ? 'problem' : 'info',
    title: `${possibleRepeat ? 'Possible repeat: ' : ''}${rest.length === 0 ? head : head.replace(/\.$/u, '')}`,
    sections: lines.length === 0 ? [] : [{ lines: lines.map((line) => [plain(line)]) }],
    footer: [asks === undefined ? 'For those who run claimwire' : 'For this workspace’s moderators'],
    ...(asks === undefined ? {} : { actions: answersTo(asks) }),
  };
}

function answersTo({ kind, number, topic, claim }: NonNullable<NoticeView['asks']>): CardAction[] {
  const why: CardAction = { action: 'why', topic, claim };
  const asked = (action: ActionName): CardAction => ({ action, topic, claim: number });
  return kind === 'approval'
    ? [asked('approve'), asked('drop'), why]
    : [asked('right'), asked('not-relevant'), { action: 'override', topic, claim }, why];
}

export function followedLines(
  one: Followed,
  topics: readonly { readonly id: string; readonly title: string }[],
): Line[] {
  const title = topics.find((topic) => topic.id === one.topic)?.title ?? one.topic;
  return [
    [bold(title), plain(': '), ...followsLine(one.level, one.options)],
    ...(one.paused === null || one.paused === undefined
      ? []
      : [[plain(`⚠️ Paused: ${one.paused}. `), code(`/${one.topic} subscribe`), plain(' resumes it.')]]),
  ];
}

/** What became of the sample alert, for the one who asked for it. */
export function postedCard(outcome: SendOutcome): Card {
  switch (outcome.outcome) {
    case 'sent':
      return {
        tone: 'info',
        title: 'The sample alert is in this channel',
        sections: [{ weight: 'keep', lines: [[plain('Alerts will arrive the same way.')]] }],
        footer: [],
      };
    case 'rejected':
      return problemCard('I may not post in this channel', [[plain(outcome.reason)]]);
    case 'limited':
      return problemCard('The channel takes no more messages for now', [
        [plain(`Try again in ${counted(Math.ceil(outcome.retryAfterMs / 1000), 'second')}.`)],
      ]);
    case 'failed':
    case 'unknown':
      return problemCard('It is not known whether the sample arrived', [
        [plain(outcome.reason)],
        [plain('If it is not here in a minute, see '), code('/claimwire health')],
      ]);
  }
}

/** Too many commands from one person at once. */
export function cooldownCard(waitMs: number): Card {
  return problemCard(`One moment: ask again in ${counted(Math.ceil(waitMs / 1000), 'second')}`);
}

export function mutedCard(claim: Omit<MutedClaim, 'until'>, until: number): Card {
  return {
    tone: 'info',
    title: `Muted in this channel: ${claim.statement}`,
    sections: [
      {
        weight: 'keep',
        lines: [
          [plain('Nothing about it is posted here until '), { time: until, as: 'moment' }, plain('.')],
          [plain('To end this sooner, press Unmute or type '), code(`/${claim.topic} unmute ${claim.claim}`)],
        ],
      },
    ],
    footer: [],
    actions: [{ action: 'unmute', topic: claim.topic, claim: claim.claim }],
  };
}

/** `why`: where the claim stands by now, since nobody was told of it meanwhile. */
export function unmutedCard(statement: string, removed: boolean, why: WhyView | null): Card {
  const claim = why?.claim;
  return {
    tone: 'info',
    title: removed ? `Unmuted in this channel: ${statement}` : `It was not muted in this channel: ${statement}`,
    sections:
      claim === undefined
        ? []
        : [
            {
              weight: 'keep',
              lines: [
                [
                  plain(`It is now ${LOOKS[claim.status].symbol} `),
                  bold(statusWord(claim.status, claim.kind)),
                  plain(`. ${claim.because}`),
                ],
                ...(removed ? [[muted('Changes while it was muted were not posted.')]] : []),
              ],
            },
          ],
    footer: [],
    ...(claim === undefined ? {} : { actions: [{ action: 'why' as const, topic: claim.topic, claim: claim.id }] }),
  };
}

export function claimsCard(
  topic: { readonly id: string; readonly title: string },
  claims: readonly { readonly id: string; readonly statement: string }[],
): Card {
  return {
    tone: 'info',
    title: `${topic.title}: ${claims.length} tracked ${claims.length === 1 ? 'claim' : 'claims'}`,
    sections: [
      {
        weight: 'keep',
        lines:
          claims.length === 0 ? [TRACK_ONE] : claims.map((claim) => [code(claim.id), plain(` ${claim.statement}`)]),
      },
    ],
    footer: claims.length === 0 ? [] : [`/${topic.id} why <claim> tells who knew`],
  };
}

const STATE_SYMBOLS = { ok: '✅', degraded: '⚠️', down: '❌' } as const;

export function healthCard(health: HealthView): Card {
  const bad = health.parts.filter((part) => part.state !== 'ok');
  return {
    tone: bad.length === 0 ? 'info' : 'problem',
    title: bad.length === 0 ? 'Everything works' : `Trouble with ${abridged(bad.map((part) => part.name))}`,
    sections: [
      {
        weight: 'keep',
        lines: [...bad, ...health.parts.filter((part) => part.state === 'ok')].map((part) => [
          plain(`${STATE_SYMBOLS[part.state]} `),
          bold(part.name),
          plain(` ${part.state}`),
          muted(part.note === '' ? '' : ` · ${part.note}`),
        ]),
      },
    ],
    footer: [`claimwire ${health.version}`],
  };
}

/** `/claimwire help`, built from the command table; what changes something comes last. */
export function helpCard(
  topics: readonly { readonly id: string; readonly title: string }[],
  rows: readonly { readonly brief: string; readonly description: string; readonly needsManage: boolean }[],
): Card {
  // Some stand under the product too.
  const once = rows.filter((row, at) => rows.findIndex((one) => one.description === row.description) === at);
  const line = (row: (typeof rows)[number]): Line => [code(row.brief), plain(` ${row.description}`)];
  return {
    tone: 'info',
    title: 'claimwire posts when what is known changes',
    sections: [
      {
        weight: 'keep',
        lines: [
          [
            plain(
              'It counts independent origins, never articles: twenty pages that repeat one report count as one origin.',
            ),
          ],
        ],
      },
      { heading: 'Commands', weight: 'keep', lines: once.filter((row) => !row.needsManage).map(line) },
      {
        heading: 'For people who may manage the channel',
        weight: 'keep',
        lines: once.filter((row) => row.needsManage).map(line),
      },
      ...(topics.length < 2
        ? []
        : [
            {
              heading: 'Topics',
              lines: topics.slice(0, 15).map((topic) => [code(`/${topic.id}`), plain(` ${topic.title}`)]),
            },
          ]),
    ],
    footer: [],
    actions: [
      { action: 'subscribe', topic: '', claim: '' },
      { action: 'status', topic: topics[0]?.id ?? '', claim: '' },
    ],
  };
}

/** First words in a new server or workspace. */
export function helloCard(topics: readonly { readonly id: string; readonly title: string }[]): Card {
  const topic = topics[0]?.id ?? '';
  return {
    tone: 'info',
    title: 'Hello, I’m claimwire: I post when what is known changes, not every time somebody writes about it',
    sections: [
      {
        weight: 'keep',
        lines: [
          [
            plain(
              `I follow ${abridged(
                topics.map((one) => one.title),
                6,
              )}. I post nothing until a channel subscribes.`,
            ),
          ],
        ],
      },
    ],
    footer: [],
    // Subscribe opens the form with every topic to choose from; status shows the first topic.
    actions: (['subscribe', 'status', 'help'] as const).map((action) => ({
      action,
      topic: action === 'subscribe' ? '' : topic,
      claim: '',
    })),
  };
}
