/**
 * Every card and notice, with what it usually says: what the gallery draws and people look at.
 */
import { STATUSES } from '../../src/core/status.ts';
import type { Status } from '../../src/core/status.ts';
import { HOUR, newsTime, wallTime } from '../../src/core/time.ts';
import { statusWord } from '../../src/core/wording.ts';
import type { Card } from '../../src/chat/card.ts';
import { alertCard, claimCard, sourcesCard, statusCard, whyCard } from '../../src/chat/cards.ts';
import {
  claimsCard,
  cooldownCard,
  healthCard,
  helloCard,
  helpCard,
  mutedCard,
  problemCard,
  subscribedCard,
  subscriptionsCard,
  unknownCard,
  unmutedCard,
  unsubscribedCard,
} from '../../src/chat/notices.ts';
import { sampleAlertCard } from '../../src/chat/sample-card.ts';
import { timelineCard } from '../../src/chat/timeline.ts';
import { usageRows } from '../../src/chat/commands.ts';
import { alertView, claimView, deskDouble, hostileCard, origin, statusView, whyView } from '../chat/examples.ts';
import { LONG_TEXTS, longestCards } from '../chat/limits.ts';
import { wholeDesk } from '../chat/whole-desk.ts';
import { moreCards } from './cards-more.ts';

export interface GalleryCard {
  readonly group: string;
  readonly name: string;
  readonly card: Card;
  /** Posted to the channel, or answered to one person, or told to the channel in answer. */
  readonly as: 'alert' | 'answer' | 'told';
}

const REUTERS = origin('Reuters', '2026-02-25T10:00:00Z', { url: 'https://www.reuters.com/technology/example' });
const NVIDIA = origin('Nvidia', '2026-03-02T10:00:00Z', {
  strength: 'official',
  url: 'https://nvidianews.nvidia.com/x',
});

/** Answers that the channel hears, since they change something in it. */
const TOLD = new Set([
  'hello',
  'subscribed',
  'unsubscribed',
  'muted',
  'unmuted',
  'not muted',
  'tracked',
  'untracked',
  'override',
  'revert',
  'approved',
]);

const MUTED = {
  topic: 'deepseek',
  claim: 'v4-on-huawei',
  statement: 'DeepSeek V4 runs on Huawei Ascend chips',
  until: wallTime(Date.parse('2026-05-01T11:00:00Z')),
};

/** One alert for each status that a claim can come to. */
const CHANGES: Readonly<Record<Status, () => Card>> = {
  confirmed: () => alertCard(alertView({ demo: false, warnings: [] })),
  corroborated: () =>
    changed(
      'corroborated',
      'reported',
      '2 independent origins: Financial Times (28 Feb) and The Information (3 Apr); neither cites the other.',
      {
        supporting: claimView().supporting.slice(0, 2),
      },
    ),
  reported: () =>
    changed('reported', 'unverified', 'One origin: Financial Times (28 Feb); 3 publishers carried it.', {
      supporting: claimView().supporting.slice(0, 1),
      publishers: 3,
    }),
  unverified: () =>
    changed('unverified', 'reported', '9 publishers took a side, but no listed origin stands behind any of it.', {
      supporting: [],
      publishers: 9,
    }),
  disputed: () =>
    changed('disputed', 'reported', 'Reuters (25 Feb) says so; denied by Nvidia (2 Mar).', {
      statement: 'US chip makers got no early access to V4',
      supporting: [REUTERS],
      refuting: [NVIDIA],
      publishers: 12,
    }),
  refuted: () =>
    changed('refuted', 'reported', 'Not so far, according to Nvidia (2 Mar, own page).', {
      statement: 'Nvidia has delivered licensed H200 chips to customers in China',
      kind: 'standing',
      supporting: [REUTERS],
      refuting: [NVIDIA],
      publishers: 7,
    }),
  expired: () =>
    changed(
      'expired',
      'reported',
      'The deadline passed on 28 Feb with no word from anyone who could settle it that it happened.',
      {
        statement: 'DeepSeek releases V4 by the end of February',
        kind: 'forecast',
        deadline: newsTime('2026-03-01'),
        supporting: [REUTERS],
        publishers: 12,
      },
    ),
};

function changed(to: Status, from: Status, because: string, claim: Parameters<typeof claimView>[0]): Card {
  const first = claim?.supporting?.[0] ?? claim?.refuting?.[0];
  const url = first?.url ?? null;
  return alertCard(
    alertView({
      to,
      from,
      fromSince: from === 'unverified' ? null : newsTime('2026-02-28T08:00:00Z'),
      claim: { because, status: to, ...claim },
      summary: '',
      quote: first?.quote ?? null,
      link: url === null ? null : { url, host: new URL(url).hostname },
      demo: false,
      warnings: [],
    }),
  );
}

export function galleryCards(): GalleryCard[] {
  const topics = deskDouble().topics();
  const named = (group: string, as: GalleryCard['as'], cards: Readonly<Record<string, Card>>): GalleryCard[] =>
    Object.entries(cards).map(([name, card]) => ({ group, name, card, as }));
  const chinese = claimView({
    statement: '深度求索与华为、寒武纪合作改写了 V4 的底层代码',
    because: 'One origin: 财联社 (28 Feb); 3 publishers carried it.',
    status: 'reported',
    supporting: [
      origin('财联社', '2026-02-28', { relayedBy: ['新浪财经', 'IT之家'], url: 'https://www.cls.cn/detail/1' }),
    ],
  });
  const long = longestCards(LONG_TEXTS['latin'] ?? '');
  const all = [
    ...named(
      'alerts',
      'alert',
      Object.fromEntries(STATUSES.map((status) => [statusWord(status, 'event'), CHANGES[status]()])),
    ),
    ...named('alerts more', 'alert', {
      demo: alertCard(alertView()),
      'possible repeat': alertCard(alertView({ possibleRepeat: true, demo: false })),
      'living card': alertCard(
        alertView({
          demo: false,
          warnings: [],
          updated: { at: wallTime(Date.parse('2026-04-24T15:00:00Z')), changes: ['+ Huawei', '12 more publishers'] },
        }),
      ),
      'decided by a person': alertCard(
        alertView({
          demo: false,
          warnings: [],
          claim: {
            decidedBy: 'override',
            because: 'Set by a person on 24 Apr: the release notes name Ascend on page 3.',
          },
        }),
      ),
      Chinese: alertCard(
        alertView({
          claim: chinese,
          to: 'reported',
          from: 'unverified',
          fromSince: null,
          demo: false,
          warnings: [],
          summary: '财联社2月28日电，深度求索与华为、寒武纪合作，为国产芯片改写了 V4 的底层代码。',
          quote: {
            text: '深度求索与华为、寒武纪合作，为国产芯片改写了 V4 的底层代码',
            url: 'https://www.cls.cn/detail/1',
            publisher: '财联社',
            paraphrase: false,
          },
          link: { url: 'https://www.cls.cn/detail/1', host: 'cls.cn' },
        }),
      ),
      sample: sampleAlertCard(whyView({ demo: false }), 'DeepSeek', Date.parse('2026-04-24T11:14:00Z')),
    }),
    ...named('worst', 'alert', {
      hostile: hostileCard(),
      longest: long['alert'] ?? hostileCard(),
    }),
    ...named('board', 'answer', {
      status: statusCard(statusView()),
      'no claim yet': statusCard(statusView({ claims: [], checked: null, demo: false })),
      'none of this state': statusCard(statusView({ demo: false }), 'refuted'),
    }),
    ...named('one claim', 'answer', {
      claim: claimCard(whyView({ demo: false })),
      why: whyCard(whyView({ demo: false })),
    }),
    ...named('pictures', 'answer', {
      timeline: timelineCard(whyView({ demo: false })),
      sources: sourcesCard(whyView({ demo: false })),
      'nobody knew': sourcesCard(
        whyView({ claim: claimView({ supporting: [], status: 'unverified' }), evidence: [], demo: false }),
      ),
    }),
    ...named('first minutes', 'answer', {
      hello: helloCard(topics),
      subscribed: subscribedCard({
        topic: 'deepseek',
        title: 'DeepSeek',
        level: 'changes',
        options: undefined,
        created: true,
        status: statusView({ demo: false }),
      }),
      help: helpCard(topics, usageRows(wholeDesk(), 'discord', 'deepseek')),
    }),
    ...named('notices', 'answer', {
      subscriptions: subscriptionsCard([{ topic: 'deepseek', level: 'changes' }], topics),
      'subscriptions, mutes': subscriptionsCard(
        [
          { topic: 'deepseek', level: 'changes' },
          { topic: 'huawei', level: 'confirmed' },
        ],
        topics,
        [
          MUTED,
          { ...MUTED, claim: 'code-rewritten', statement: 'DeepSeek rewrote V4’s code with Huawei and Cambricon' },
        ],
      ),
      'follows nothing': subscriptionsCard([], topics),
      unsubscribed: unsubscribedCard({ id: 'deepseek', title: 'DeepSeek' }, true),
      muted: mutedCard(MUTED, MUTED.until),
      unmuted: unmutedCard(MUTED.statement, true, whyView({ demo: false })),
      'not muted': unmutedCard(MUTED.statement, false, whyView({ demo: false })),
      claims: claimsCard(topics[0] ?? { id: '', title: '' }, topics[0]?.claims ?? []),
      unknown: unknownCard(
        'claim',
        'v4-on-hauwei',
        ['v4-on-huawei'],
        [{ text: 'All names: ' }, { text: '/deepseek claims', style: 'code' }],
      ),
      'cool-down': cooldownCard(8 * (HOUR / 3600)),
      'not your right': problemCard('Only people who may manage this channel can use subscribe', [
        [{ text: 'Ask one of them to type ' }, { text: '/deepseek subscribe', style: 'code' }],
      ]),
      'health, well': healthCard({
        version: '0.1.0',
        parts: [
          { name: 'database', state: 'ok', note: 'PostgreSQL 18' },
          { name: 'queue', state: 'ok', note: 'BullMQ on Redis' },
        ],
      }),
      'health, not well': healthCard({
        version: '0.1.0',
        parts: [
          { name: 'feeds', state: 'degraded', note: '31 of 33 answer' },
          { name: 'Slack', state: 'down', note: 'Slack refused SLACK_BOT_TOKEN' },
          { name: 'database', state: 'ok', note: '' },
        ],
      }),
    }),
    ...moreCards().flatMap(({ group, as, cards }) => named(group, as, cards)),
  ];
  return all.map((one) => (TOLD.has(one.name) ? { ...one, as: 'told' } : one));
}
