/**
 * What the desk says to those who ask, check, track and run a channel, with what such views usually hold. The desk of the
 * conversations answers with it, and the gallery draws it.
 */
import { newsTime, wallTime } from '../../src/core/time.ts';
import type { CheckedPage, CheckView, DeliveryLogView, FeedView, LatestView, TrackView } from '../../src/core/view.ts';

const at = (text: string): DeliveryLogView['rows'][number]['at'] => wallTime(Date.parse(text));

export const LATEST_ITEMS: LatestView['items'] = [
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
    title: 'DeepSeek to run its next model on Huawei chips, report says',
    publisher: 'Yahoo',
    url: 'https://finance.yahoo.com/example',
    published: newsTime('2026-04-04T09:00:00Z'),
    claims: [
      'DeepSeek V4 runs on Huawei Ascend chips',
      'DeepSeek V4 was trained entirely on Huawei chips',
      'Two further V4 variants for Chinese processors are in preparation',
    ],
    role: 'echo',
    chain: ['Reuters', 'The Information'],
  },
  {
    title: '深度求索新模型将运行于华为昇腾芯片',
    publisher: '新浪财经',
    url: 'https://finance.sina.com.cn/example',
    published: newsTime('2026-04-04T02:00:00Z'),
    claims: ['DeepSeek V4 runs on Huawei Ascend chips'],
    role: 'echo',
    chain: ['路透社'],
  },
  {
    title: 'Everything we know about V4 so far',
    publisher: 'chipgossip.example',
    url: null,
    published: newsTime('2026-04-02T02:00:00Z'),
    claims: ['DeepSeek V4 runs on Huawei Ascend chips'],
    role: 'not counted',
    chain: [],
  },
  {
    title: 'What a Huawei-only DeepSeek would mean for Nvidia',
    publisher: 'Bloomberg',
    url: 'https://www.bloomberg.com/example',
    published: newsTime('2026-04-01T02:00:00Z'),
    claims: ['DeepSeek V4 runs on Huawei Ascend chips'],
    role: 'no side',
    chain: [],
  },
];

export function checked(over: Partial<CheckedPage>): CheckedPage {
  return {
    name: 'https://www.reuters.com/technology/example',
    trouble: null,
    title: 'DeepSeek to run on Huawei chips, The Information reports',
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
        quote: 'The startup’s next model will run on Huawei chips, The Information reported on Friday.',
      },
    ],
    ...over,
  };
}

export const FIVE_PAGES: readonly CheckedPage[] = [
  checked({}),
  checked({
    publisher: 'Yahoo',
    owner: 'Apollo',
    title: 'DeepSeek to run on Huawei chips: report',
    chain: ['Reuters', 'The Information'],
    copyOf: 'reuters.com/technology/example',
  }),
  checked({ publisher: "Tom's Hardware", owner: 'Future', title: 'DeepSeek picks Huawei', claims: [] }),
  checked({
    publisher: 'chipgossip.example',
    owner: null,
    listed: false,
    title: 'DeepSeek V4 will not run on Huawei, my friend says',
    chain: [],
    origin: 'chipgossip.example',
    claims: [
      {
        id: 'v4-on-huawei',
        topic: 'deepseek',
        statement: 'DeepSeek V4 runs on Huawei Ascend chips',
        stance: 'refutes',
        strength: 'rumour',
        origin: 'chipgossip.example',
        quote: 'A friend at the lab says that they gave up on Ascend.',
      },
    ],
  }),
  checked({
    name: 'https://www.theinformation.com/articles/example',
    trouble: 'the page asks for a subscription (402); paste its text instead',
    claims: [],
  }),
];

export const DRAFT: TrackView = {
  draft: '17',
  topic: 'deepseek',
  statement: 'DeepSeek V5 runs on Huawei chips',
  frame: [
    'About: DeepSeek V5 (also V5, 深度求索 V5); Huawei (also 华为, Ascend, HiSilicon and 6 more)',
    'Said as: run, work, adapt, support, 适配, 运行 and 8 more',
    'Not meant: V3, V4, R1 and R2',
    'Settled by: the word of DeepSeek or Huawei',
  ],
  warnings: [],
  matches: [
    {
      title: 'DeepSeek readies V5 for Ascend, people familiar say',
      publisher: 'Financial Times',
      published: newsTime('2026-09-02T08:00:00Z'),
      stance: 'supports',
    },
    {
      title: 'Why V5 may stay with Nvidia',
      publisher: 'SemiAnalysis',
      published: newsTime('2026-08-20T08:00:00Z'),
      stance: 'discusses',
    },
    {
      title: '深度求索否认 V5 采用昇腾',
      publisher: '财联社',
      published: newsTime('2026-08-11T08:00:00Z'),
      stance: 'refutes',
    },
  ],
  matched: 14,
  changes: [
    { to: 'reported', at: newsTime('2026-08-11T08:00:00Z'), because: 'One origin reports it: Financial Times.' },
    {
      to: 'disputed',
      at: newsTime('2026-09-02T08:00:00Z'),
      because: 'Financial Times says so, 财联社 says the opposite.',
    },
  ],
};

export const OWN_FEED: FeedView = {
  id: 'semianalysis-com',
  address: 'https://semianalysis.com/feed/',
  own: true,
  state: 'answering',
  result: '20 entries, 2 new or changed',
  checked: at('2026-04-24T11:10:00Z'),
  next: at('2026-04-24T11:40:00Z'),
};
export const FEEDS: readonly FeedView[] = [
  OWN_FEED,
  {
    ...OWN_FEED,
    id: 'example-chips',
    address: 'https://chips.example/rss',
    state: 'failing',
    result: 'the server answered 503',
  },
  {
    ...OWN_FEED,
    id: 'reuters-tech',
    own: false,
    address: 'https://news.google.com/rss/search',
    result: '304, nothing new',
  },
  { ...OWN_FEED, id: 'ft-technology', own: false, address: 'https://www.ft.com/technology', state: 'answering' },
  {
    ...OWN_FEED,
    id: 'bis-press',
    own: false,
    address: 'https://www.bis.gov/news-updates/feed',
    state: 'untried',
    result: null,
    checked: null,
  },
];

export const CHECKED: CheckView = {
  pages: FIVE_PAGES,
  sum: '5 pages, 4 publishers, 2 origins: The Information and chipgossip.example',
  publishers: 4,
  origins: [
    { name: 'The Information', listed: true, pages: 3 },
    { name: 'chipgossip.example', listed: false, pages: 1 },
  ],
};

type LogRow = DeliveryLogView['rows'][number];
function row(over: Partial<LogRow>): LogRow {
  return {
    at: at('2026-04-24T11:14:00Z'),
    kind: 'status',
    claim: 'DeepSeek V4 runs on Huawei Ascend chips',
    to: 'confirmed',
    outcome: 'sent',
    attempts: 1,
    reason: null,
    possibleRepeat: false,
    ...over,
  };
}

export const LOG: DeliveryLogView = {
  waiting: 1,
  held: 1,
  rows: [
    row({
      at: at('2026-04-24T11:15:00Z'),
      outcome: 'waits for approval',
      to: 'refuted',
      claim: 'Nvidia has delivered licensed H200 chips to customers in China',
      attempts: 0,
    }),
    row({}),
    row({ at: at('2026-04-24T08:00:00Z'), kind: 'digest', claim: null, to: null }),
    row({
      at: at('2026-04-03T15:04:00Z'),
      to: 'corroborated',
      attempts: 3,
      reason: 'rate limited by the platform',
    }),
    row({
      at: at('2026-04-01T10:00:00Z'),
      to: 'reported',
      outcome: 'held',
      reason: 'an earlier attempt may have been posted and cannot be looked up',
    }),
    row({ at: at('2026-03-01T10:00:00Z'), to: 'expired', possibleRepeat: true }),
    row({ at: at('2026-02-20T10:00:00Z'), to: 'reported', outcome: 'dropped', reason: 'muted here until 1 Mar' }),
  ],
};
