/**
 * A desk that can do everything the port names, from memory, and remembers who asked it to change what.
 */
import { newsTime, wallTime } from '../../src/core/time.ts';
import type { CheckView, DeliveryLogView, FeedView, LatestView, TrackView } from '../../src/core/view.ts';
import type { Desk } from '../../src/chat/platform.ts';
import { alertView, deskDouble, statusView, whyView } from './examples.ts';
import type { DeskDouble } from './examples.ts';

export const LATEST: LatestView = {
  topic: 'deepseek',
  title: 'DeepSeek',
  demo: false,
  items: [
    {
      title: 'DeepSeek-V4 preview release',
      publisher: 'DeepSeek',
      url: 'https://api-docs.deepseek.com/news/v4',
      published: newsTime('2026-04-24T11:10:00Z'),
      claims: ['DeepSeek V4 runs on Huawei Ascend chips'],
      role: 'origin',
      chain: [],
    },
    {
      title: 'DeepSeek to run on Huawei chips: report',
      publisher: 'Yahoo',
      url: null,
      published: newsTime('2026-04-04T09:00:00Z'),
      claims: ['DeepSeek V4 runs on Huawei Ascend chips'],
      role: 'echo',
      chain: ['Reuters', 'The Information'],
    },
  ],
};

export const CHECKED: CheckView = {
  sum: '3 pages, 2 publishers, 1 origin: The Information',
  publishers: 2,
  origins: [{ name: 'The Information', listed: true, pages: 2 }],
  pages: [
    {
      name: 'https://www.reuters.com/technology/example',
      trouble: null,
      title: 'DeepSeek next model to run on Huawei chips, The Information reports',
      publisher: 'Reuters',
      owner: 'Thomson Reuters',
      listed: true,
      chain: ['The Information'],
      origin: 'The Information',
      copyOf: null,
      claims: [
        {
          id: 'v4-on-huawei',
          topic: 'deepseek',
          statement: 'DeepSeek V4 runs on Huawei Ascend chips',
          stance: 'supports',
          strength: 'attributed',
          origin: 'The Information',
          quote: 'will run on Huawei’s chips',
        },
      ],
    },
    {
      name: 'https://finance.yahoo.com/example',
      trouble: null,
      title: 'DeepSeek next model to run on Huawei chips',
      publisher: 'Yahoo',
      owner: null,
      listed: true,
      chain: ['Reuters', 'The Information'],
      origin: 'The Information',
      copyOf: 'https://www.reuters.com/technology/example',
      claims: [],
    },
    {
      name: 'https://paywall.example/x',
      trouble: 'answered 403: the page is not open to readers without an account',
      title: '',
      publisher: '',
      owner: null,
      listed: false,
      chain: [],
      origin: '',
      copyOf: null,
      claims: [],
    },
  ],
};

export const TRACKED: TrackView = {
  draft: 'd7f3',
  topic: 'deepseek',
  statement: 'DeepSeek V5 runs on Huawei chips',
  frame: ['names DeepSeek V5 (DeepSeek V5, DeepSeek-V5)', 'names Huawei (Huawei, Ascend, 华为)', 'says that it runs'],
  warnings: ['nobody is named who could confirm it: it will end in corroborated at most'],
  matches: [
    {
      title: 'DeepSeek V5 said to run on Ascend',
      publisher: 'Reuters',
      published: newsTime('2026-04-25T08:00:00Z'),
      stance: 'supports',
    },
  ],
  matched: 3,
  changes: [{ to: 'reported', at: newsTime('2026-04-25T08:00:00Z'), because: 'One origin reports it: Reuters.' }],
};

const FEED: FeedView = {
  id: 'example-chips',
  address: 'https://example.com/rss',
  own: true,
  state: 'answering',
  result: '40 entries',
  checked: wallTime(Date.parse('2026-04-24T12:00:00Z')),
  next: null,
};

export const FEEDS: readonly FeedView[] = [
  FEED,
  { ...FEED, id: 'reuters-tech', own: false, state: 'failing', result: 'HTTP 503 since 3 h' },
  { ...FEED, id: 'untried', own: false, state: 'untried', result: null, checked: null },
];

export const LOG: DeliveryLogView = {
  rows: [
    {
      at: wallTime(Date.parse('2026-04-24T11:14:00Z')),
      kind: 'status',
      claim: 'DeepSeek V4 runs on Huawei Ascend chips',
      to: 'confirmed',
      outcome: 'sent',
      attempts: 2,
      reason: 'no answer to the first try; found in the channel',
      possibleRepeat: false,
    },
    {
      at: wallTime(Date.parse('2026-04-23T08:00:00Z')),
      kind: 'digest',
      claim: null,
      to: null,
      outcome: 'dropped',
      attempts: 0,
      reason: 'quiet hours',
      possibleRepeat: false,
    },
  ],
  waiting: 1,
  held: 0,
};

/** Everything the port names. `calls` holds what changed anything. */
export function wholeDesk(over: Parameters<typeof deskDouble>[0] = {}): DeskDouble {
  const calls: string[] = [];
  const saying =
    <T>(name: string, value: T) =>
    async (...args: readonly unknown[]): Promise<{ ok: true; value: T }> => {
      await over.before?.();
      const [asker, ...rest] = args;
      calls.push([name, (asker as { channel: string }).channel, ...rest].join(' '));
      return { ok: true, value };
    };
  const reading =
    <T>(value: T) =>
    async (): Promise<{ ok: true; value: T }> => {
      await over.before?.();
      return { ok: true, value };
    };
  const why = whyView();
  const all: Partial<Desk> = {
    mute: saying('mute', { until: wallTime(Date.parse('2026-05-01T00:00:00Z')) }),
    latest: reading(LATEST),
    check: saying('check', CHECKED),
    track: saying('track', TRACKED),
    confirmTrack: saying('confirmTrack', { claim: 'v5-on-huawei', statement: TRACKED.statement, topic: 'deepseek' }),
    untrack: saying('untrack', { statement: alertView().claim.statement }),
    feeds: reading(FEEDS),
    addFeed: saying('addFeed', { feed: FEED, known: false }),
    removeFeed: saying('removeFeed', { id: 'example-chips' }),
    testFeed: saying('testFeed', { lines: ['RSS 2.0, 40 entries', 'newest: DeepSeek-V4 preview release'] }),
    handIn: saying('handIn', {
      why,
      from: 'corroborated' as const,
      note: 'DeepSeek’s own page, an origin not counted yet',
    }),
    override: saying('override', why),
    revert: saying('revert', why),
    moderators: async (asker, channel) => {
      calls.push(`moderators ${asker.channel} ${String(channel)}`);
      return { ok: true, value: { channel } };
    },
    approvals: async (asker, minutes) => {
      calls.push(`approvals ${asker.channel} ${String(minutes)}`);
      return { ok: true, value: { minutes } };
    },
    answerApproval: saying('answerApproval', { done: 'Approved: it goes out now' }),
    wrong: saying('wrong', { told: true }),
    answerWrong: saying('answerWrong', { done: 'The report was right: thank you' }),
    log: reading(LOG),
    exportAll: reading({
      lines: ['{"kind":"subscription","topic":"deepseek"}', '{"kind":"feed","id":"example-chips"}'],
    }),
  };
  const double = deskDouble({ ...all, ...over });
  return { ...double, calls: collected(double.calls, calls), status: over.status ?? reading(statusView()) };
}

/** Both lists as one, in order of arrival: the double pushes into its own. */
function collected(own: string[], shared: string[]): string[] {
  own.push = (...items) => shared.push(...items);
  return shared;
}
