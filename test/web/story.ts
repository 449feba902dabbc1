/**
 * A reader with a story in it: one topic of seven claims, one for every status, and one topic of a single claim.
 * The words are ours. `storyReader({ ... })` lets a test replace what is special to it.
 */
import type { ClaimView, EvidenceView, StatusView, WhyView } from '../../src/core/view.ts';
import type { Status } from '../../src/core/status.ts';
import { MINUTE, newsTime, wallTime } from '../../src/core/time.ts';
import { claimView, origin } from '../chat/examples.ts';
import type { BoardReader, ChangeView, HealthReport } from '../../src/web/reader.ts';

const NOW = newsTime('2026-04-28T09:30:00Z');

export function claim(id: string, statement: string, status: Status, more: Partial<ClaimView> = {}): ClaimView {
  return {
    id,
    topic: 'deepseek',
    statement,
    kind: 'event',
    deadline: null,
    status,
    since: null,
    rule: 'rule-8-unverified',
    because: 'No origin counts yet.',
    supporting: [],
    refuting: [],
    publishers: 0,
    freshest: null,
    decidedBy: 'evidence',
    wouldChange: ['An origin that says so on record'],
    ...more,
  };
}

const relays =
  'Reuters,Yahoo,Gizmochina,TechNode,South China Morning Post,The Register,Tom’s Hardware,IT之家,财联社'.split(',');

const RUNS = claimView({
  because: 'An authority of this claim says it is so: DeepSeek, on its own page.',
  deadline: newsTime('2026-05-16'),
  supporting: [
    origin('Financial Times', '2026-02-28T08:00:00Z', { relayedBy: relays.slice(0, 3) }),
    origin('The Information', '2026-04-03T16:00:00Z', {
      chain: ['Reuters', 'The Information'],
      url: 'https://www.reuters.com/technology/example',
      relayedBy: relays,
      record: 'first on 4 claims: 2 confirmed, 1 refuted, 1 open; 6 days ahead on median',
      quote: {
        text: 'the model will run on chips made by Huawei',
        url: 'https://www.reuters.com/technology/example',
        publisher: 'Reuters',
        paraphrase: false,
      },
    }),
    origin('DeepSeek', '2026-04-24T11:10:00Z', {
      strength: 'official',
      url: 'https://api-docs.deepseek.com/news/example',
      quote: { text: 'Ascend is among the supported platforms.', url: null, publisher: 'DeepSeek', paraphrase: true },
    }),
  ],
  freshest: {
    title: 'DeepSeek opens V4, and Huawei’s Ascend is on the list of platforms',
    url: 'https://www.scmp.com/tech/example',
    publisher: 'South China Morning Post',
    published: newsTime('2026-04-27T06:00:00Z'),
  },
  wouldChange: ['DeepSeek or Huawei says otherwise', 'A retraction', 'More articles would not'],
});

const CLAIMS: readonly ClaimView[] = [
  claim('v4-variants', 'DeepSeek prepares at least two further V4 variants for Chinese processors', 'reported', {
    since: newsTime('2026-04-03T16:00:00Z'),
    because: 'One origin: The Information.',
    publishers: 19,
    supporting: [origin('The Information', '2026-04-03T16:00:00Z', { chain: ['Reuters', 'The Information'] })],
  }),
  claim('v4-rewritten', 'DeepSeek rewrote parts of V4 with Huawei and Cambricon', 'corroborated', {
    since: newsTime('2026-04-03T16:00:00Z'),
    because: 'Two independent origins, neither cites the other.',
    publishers: 31,
    supporting: [origin('Financial Times', '2026-02-28T08:00:00Z'), origin('The Information', '2026-04-03T16:00:00Z')],
  }),
  claim('v4-trained-on-huawei', 'DeepSeek V4 was trained entirely on Huawei chips', 'unverified', {
    publishers: 4,
    refuting: [origin('Financial Times', '2026-02-28T08:00:00Z')],
  }),
  claim('v4-by-february', 'DeepSeek V4 is out by the end of February', 'expired', {
    kind: 'forecast',
    since: newsTime('2026-03-01'),
    deadline: newsTime('2026-03-01'),
    because: 'The deadline passed without it.',
    publishers: 6,
    supporting: [origin('The Information', '2026-01-09T12:00:00Z')],
  }),
  RUNS,
  claim('no-early-access', 'US chip makers got no early access to V4', 'disputed', {
    since: newsTime('2026-03-02T10:00:00Z'),
    because: 'Origins on both sides: Reuters for it, Nvidia against it.',
    publishers: 12,
    supporting: [origin('Reuters', '2026-02-25T10:00:00Z')],
    refuting: [origin('Nvidia', '2026-03-02T10:00:00Z', { strength: 'official' })],
  }),
  claim('v4-multimodal', 'V4 makes pictures and video at its launch', 'refuted', {
    since: newsTime('2026-04-24T11:10:00Z'),
    because: 'A denier refutes it: DeepSeek’s own model page lists text alone.',
    publishers: 9,
    supporting: [origin('Financial Times', '2026-02-28T08:00:00Z')],
    refuting: [origin('DeepSeek', '2026-04-24T11:10:00Z', { strength: 'official' })],
  }),
];

const H200 = claim('h200-delivered', 'Nvidia has delivered licensed H200 chips to customers in China', 'refuted', {
  topic: 'export-controls',
  kind: 'standing',
  since: newsTime('2026-01-30T10:00:00Z'),
  because: 'Nvidia says that none were delivered so far.',
  decidedBy: 'configuration',
  publishers: 3,
  refuting: [origin('Nvidia', '2026-01-30T10:00:00Z', { strength: 'official' })],
});

export function topic(id: string, title: string, claims: readonly ClaimView[], demo = false): StatusView {
  return {
    topic: id,
    title,
    checked: newsTime(NOW - 4 * MINUTE),
    feedsAnswering: 31,
    feeds: 33,
    claims,
    demo,
    now: NOW,
  };
}

function change(id: string, of: ClaimView, from: Status, to: Status, at: string, because: string): ChangeView {
  return {
    id,
    claim: of.id,
    topic: of.topic,
    topicTitle: of.topic === 'deepseek' ? 'DeepSeek' : 'Export controls',
    statement: of.statement,
    kind: of.kind,
    from,
    to,
    at: newsTime(at),
    because,
    link: null,
  };
}

const named = (id: string): ClaimView => {
  const found = CLAIMS.find((item) => item.id === id);
  if (found === undefined) throw new Error(`no claim ${id} in the story`);
  return found;
};

/** Newest first. */
export const CHANGES: readonly ChangeView[] = [
  change(
    '9',
    named('v4-multimodal'),
    'reported',
    'refuted',
    '2026-04-24T11:10:00Z',
    'DeepSeek’s own model page lists text alone.',
  ),
  change('8', RUNS, 'corroborated', 'confirmed', '2026-04-24T11:10:00Z', 'DeepSeek says so on its own page.'),
  change(
    '7',
    RUNS,
    'reported',
    'corroborated',
    '2026-04-03T16:00:00Z',
    'The Information says so; it does not cite the Financial Times.',
  ),
  change(
    '6',
    named('v4-rewritten'),
    'reported',
    'corroborated',
    '2026-04-03T16:00:00Z',
    'A second origin: The Information.',
  ),
  change('5', named('v4-variants'), 'unverified', 'reported', '2026-04-03T16:00:00Z', 'One origin: The Information.'),
  change('4', named('no-early-access'), 'reported', 'disputed', '2026-03-02T10:00:00Z', 'Nvidia denies it.'),
  change('3', named('v4-by-february'), 'reported', 'expired', '2026-03-01T00:00:00Z', 'The deadline passed.'),
  change('2', RUNS, 'unverified', 'reported', '2026-02-28T08:00:00Z', 'One origin: Financial Times.'),
  change('1', named('v4-rewritten'), 'unverified', 'reported', '2026-02-28T08:00:00Z', 'One origin: Financial Times.'),
  change(
    '0',
    named('v4-by-february'),
    'unverified',
    'reported',
    '2026-01-09T12:00:00Z',
    'One origin: The Information.',
  ),
];

function evidence(id: number, published: string, publisher: string, counted: boolean, note: string): EvidenceView {
  return {
    id: String(id),
    stance: 'supports',
    strength: 'attributed',
    publisher,
    title: counted
      ? 'DeepSeek’s next model to run on Huawei chips'
      : 'DeepSeek confirms Huawei chips for V4, report says',
    url: `https://news.example.com/${id}`,
    published: newsTime(published),
    chain: counted ? [] : ['Reuters', 'The Information'],
    quote: null,
    note,
    counted,
    countsFor: published < '2026-04-03' ? 'Financial Times' : publisher === 'DeepSeek' ? 'DeepSeek' : 'The Information',
  };
}

export const WHY: WhyView = {
  claim: RUNS,
  resolution: 'DeepSeek, Huawei or an official Ascend document states that the released V4 runs on Ascend.',
  evidence: [
    evidence(1, '2026-02-28T08:00:00Z', 'Financial Times', true, 'counts: own reporting'),
    ...relays.map((name, index) =>
      evidence(10 + index, `2026-04-04T0${index}:00:00Z`, name, false, 'relays The Information, already counted'),
    ),
    evidence(2, '2026-04-03T16:00:00Z', 'Reuters', true, 'counts for The Information'),
    evidence(3, '2026-04-24T11:10:00Z', 'DeepSeek', true, 'the authority’s own page'),
  ],
  transitions: CHANGES.filter((item) => item.claim === RUNS.id)
    .toReversed()
    .map(({ from, to, at, because }) => ({ from, to, at, because, rule: 'rule' })),
  asOf: NOW,
  demo: false,
};

export const HEALTH: HealthReport = {
  version: '0.1.0',
  startedAt: wallTime(NOW - 90 * MINUTE),
  now: wallTime(NOW),
  ready: true,
  parts: [
    { name: 'database', state: 'ok', note: 'embedded Postgres' },
    { name: 'queue', state: 'ok', note: 'BullMQ on embedded Postgres' },
  ],
  feeds: [
    { id: 'chips', state: 'answering', checked: wallTime(NOW - MINUTE), next: wallTime(NOW + MINUTE), trouble: null },
    { id: 'old', state: 'failing', checked: wallTime(NOW - MINUTE), next: null, trouble: 'answers 404' },
  ],
  queue: { waiting: 2, active: 1 },
  outbox: { pending: 3 },
  oldestWaiting: wallTime(NOW - 5000),
  totals: { articles: 640, alerts_sent: 11 },
};

const RECORDS = [
  {
    source: 'the-information',
    name: 'The Information',
    first: 4,
    confirmed: 2,
    refuted: 1,
    expired: 0,
    open: 1,
    followed: 3,
    lead: 6.04 * 86_400_000,
  },
];

export function storyReader(special: Partial<BoardReader> = {}): BoardReader {
  return {
    statusViews: () =>
      Promise.resolve([topic('deepseek', 'DeepSeek', CLAIMS), topic('export-controls', 'Export controls', [H200])]),
    why: (id) => Promise.resolve(id === RUNS.id ? WHY : null),
    changes: (limit) => Promise.resolve(CHANGES.slice(0, limit)),
    health: () => Promise.resolve(HEALTH),
    origins: () => Promise.resolve(RECORDS),
    ...special,
  };
}
