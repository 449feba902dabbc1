/**
 * Cards that are not news: subscribed, unsubscribed, a refusal, help, health. Each one ends with the next useful step:
 *
 *   Not understood: there is no claim "v4-on-hauwei".   Did you mean v4-on-huawei?
 */
import type { Level } from '../core/alert.ts';
import type { StatusView } from '../core/view.ts';
import type { Card, CardSection, Line } from './card.ts';
import { statusCard } from './cards.ts';
import type { HealthView } from './platform.ts';
import { bold, code, counted, muted, plain } from './words.ts';

const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  confirmed: 'only confirmed and refuted',
  changes: 'every change of status',
  updates: 'changes and new origins',
  all: 'every change of status (new origins and stories will follow in a later version)',
};

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
export function subscribedCard(topicTitle: string, level: Level, created: boolean, status: StatusView | null): Card {
  const state = status === null ? null : statusCard(status);
  return {
    tone: 'info',
    title: created
      ? `This channel now follows ${topicTitle}`
      : `This channel follows ${topicTitle}, now at another level`,
    sections: [
      {
        weight: 'keep',
        lines: [[plain('You will hear of '), bold(LEVEL_WORDS[level]), plain('. Nothing old is posted.')]],
      },
      ...(state === null
        ? []
        : state.sections.map((section, at): CardSection =>
            at === 0 ? { ...section, heading: 'Known so far' } : section,
          )),
    ],
    footer: status === null ? [] : [`/${status.topic} unsubscribe stops it`],
  };
}

export function unsubscribedCard(topicTitle: string, removed: boolean): Card {
  return {
    tone: 'info',
    title: removed ? `This channel no longer follows ${topicTitle}` : `This channel did not follow ${topicTitle}`,
    sections: [],
    footer: [],
  };
}

export function subscriptionsCard(
  subscriptions: readonly { readonly topic: string; readonly level: Level }[],
  topics: readonly { readonly id: string; readonly title: string }[],
): Card {
  return {
    tone: 'info',
    title: subscriptions.length === 0 ? 'This channel follows nothing yet' : 'This channel follows',
    sections: [
      {
        weight: 'keep',
        lines:
          subscriptions.length === 0
            ? topics.slice(0, 10).map((topic) => [code(`/${topic.id} subscribe`), plain(` follows ${topic.title}`)])
            : subscriptions.map((one) => [
                bold(topics.find((topic) => topic.id === one.topic)?.title ?? one.topic),
                plain(`: ${LEVEL_WORDS[one.level]}`),
              ]),
      },
    ],
    footer: [],
  };
}

/** A word to those who run the bot: "Feed example-chips has been dark since 3 Apr." */
export function operatorCard(words: string, possibleRepeat: boolean): Card {
  return {
    tone: 'problem',
    title: `${possibleRepeat ? 'Possible repeat: ' : ''}${words}`,
    sections: [],
    footer: ['to the operators of claimwire'],
  };
}

/** Too many commands from one person at once. */
export function cooldownCard(waitMs: number): Card {
  return problemCard(`One moment: ask again in ${counted(Math.ceil(waitMs / 1000), 'second')}`);
}

export function mutedCard(statement: string, until: number): Card {
  return {
    tone: 'info',
    title: 'Muted in this channel',
    sections: [{ weight: 'keep', lines: [[plain(`${statement}: quiet until `), { time: until, as: 'moment' }]] }],
    footer: [],
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
          claims.length === 0
            ? [[plain('No claim is tracked yet.')]]
            : claims.map((claim) => [code(claim.id), plain(` ${claim.statement}`)]),
      },
    ],
    footer: [`/${topic.id} why <claim> tells who knew`],
  };
}

const STATE_SYMBOLS = { ok: '✅', degraded: '⚠️', down: '❌' } as const;

export function healthCard(health: HealthView): Card {
  const bad = health.parts.filter((part) => part.state !== 'ok');
  return {
    tone: bad.length === 0 ? 'info' : 'problem',
    title: bad.length === 0 ? 'All parts of claimwire work' : `Trouble with ${bad.map((part) => part.name).join(', ')}`,
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

/** `/claimwire help`, built from the command table. */
export function helpCard(
  topics: readonly { readonly id: string; readonly title: string }[],
  rows: readonly { readonly usage: string; readonly description: string }[],
): Card {
  const example = topics[0]?.id ?? 'topic';
  return {
    tone: 'info',
    title: 'claimwire tells a channel when what is known changes',
    sections: [
      {
        weight: 'keep',
        lines: [
          [plain('It counts independent origins, never articles: twenty pages that repeat one report are one origin.')],
        ],
      },
      {
        heading: 'Commands',
        weight: 'keep',
        lines: rows.map((row) => [code(row.usage.replace('<topic>', example)), plain(` ${row.description}`)]),
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
  };
}

/** First words in a new server or workspace. */
export function helloCard(topics: readonly { readonly id: string; readonly title: string }[]): Card {
  const topic = topics[0]?.id ?? '';
  return {
    tone: 'info',
    title: 'Hello. I tell a channel when what is known changes, not each time somebody writes',
    sections: [
      {
        weight: 'keep',
        lines: [
          [
            plain(
              `I follow ${topics.map((one) => one.title).join(', ')}. Nothing is posted until a channel subscribes.`,
            ),
          ],
        ],
      },
    ],
    footer: [],
    actions: (['subscribe', 'status', 'help'] as const).map((action) => ({ action, topic, claim: '' })),
  };
}
