/**
 * The running example of the chat tests: DeepSeek V4 on Huawei chips, confirmed on 24 April after the Financial Times
 * and The Information; a desk that answers from memory; and the worst card outsiders could cause.
 */
import { newsTime, wallTime } from '../../src/core/time.ts';
import type { AlertView, ClaimView, EvidenceView, OriginView, StatusView, WhyView } from '../../src/core/view.ts';
import type { Card } from '../../src/chat/card.ts';
import { DEFAULT_OPTIONS } from '../../src/core/options.ts';
import type { Desk } from '../../src/chat/platform.ts';

export function origin(name: string, first: string, over: Partial<OriginView> = {}): OriginView {
  return {
    name,
    strength: 'attributed',
    first: newsTime(first),
    url: null,
    relayedBy: [],
    chain: [name],
    quote: null,
    ...over,
  };
}

const DEEPSEEK = origin('DeepSeek', '2026-04-24T11:10:00Z', {
  strength: 'official',
  url: 'https://api-docs.deepseek.com/news/v4',
  quote: {
    text: 'V4 runs on Huawei Ascend chips from day one.',
    url: 'https://api-docs.deepseek.com/news/v4',
    publisher: 'DeepSeek',
    paraphrase: true,
  },
});
const FT = origin('Financial Times', '2026-02-28T08:00:00Z', {
  url: 'https://www.ft.com/content/example',
  relayedBy: ['Reuters', 'Yahoo'],
});
const THE_INFORMATION = origin('The Information', '2026-04-03T15:00:00Z', {
  url: 'https://www.reuters.com/technology/example',
  chain: ['Reuters', 'The Information'],
  relayedBy: ['Reuters', 'Yahoo', "Tom's Hardware", 'Engadget', 'South China Morning Post', '新浪财经'],
  quote: {
    text: "DeepSeek's next model will run on Huawei's chips, The Information reported.",
    url: 'https://www.reuters.com/technology/example',
    publisher: 'Reuters',
    paraphrase: true,
  },
});

export function claimView(over: Partial<ClaimView> = {}): ClaimView {
  return {
    id: 'v4-on-huawei',
    topic: 'deepseek',
    statement: 'DeepSeek V4 runs on Huawei Ascend chips',
    kind: 'event',
    deadline: null,
    status: 'confirmed',
    since: newsTime('2026-04-24T11:10:00Z'),
    rule: 'rule-3-confirmed',
    because: 'DeepSeek (24 Apr, own page) said so; that settles it.',
    supporting: [FT, THE_INFORMATION, DEEPSEEK],
    refuting: [],
    publishers: 56,
    freshest: {
      title: 'DeepSeek-V4 preview release',
      url: 'https://api-docs.deepseek.com/news/v4',
      publisher: 'DeepSeek',
      published: newsTime('2026-04-24T11:10:00Z'),
    },
    decidedBy: 'evidence',
    wouldChange: ['DeepSeek or Huawei says otherwise', 'a retraction', "a person's override"],
    ...over,
  };
}

export function alertView(
  over: Partial<Omit<AlertView, 'claim'>> & { readonly claim?: Partial<ClaimView> } = {},
): AlertView {
  const { claim, ...rest } = over;
  return {
    key: 'console/terminal/v4-on-huawei/2',
    claim: claimView(claim),
    topicTitle: 'DeepSeek',
    from: 'corroborated',
    fromSince: newsTime('2026-04-03T15:00:00Z'),
    to: 'confirmed',
    summary:
      "DeepSeek's V4 release names Huawei Ascend among the chips the model runs on. The company says that support was there from day one.",
    quote: DEEPSEEK.quote,
    link: { url: 'https://api-docs.deepseek.com/news/v4', host: 'api-docs.deepseek.com' },
    notConfirmed: [
      { statement: 'DeepSeek V4 was trained entirely on Huawei chips', status: 'unverified', origins: [] },
      {
        statement: 'Alibaba, ByteDance and Tencent ordered hundreds of thousands of Huawei chips',
        status: 'reported',
        origins: ['The Information'],
      },
    ],
    published: newsTime('2026-04-24T11:10:00Z'),
    seen: newsTime('2026-04-24T11:14:00Z'),
    postedAt: wallTime(Date.parse('2026-04-24T11:14:20Z')),
    demo: true,
    possibleRepeat: false,
    warnings: ['one headline says “confirmed” over a relay: not counted as official'],
    ...rest,
  };
}

export function statusView(over: Partial<StatusView> = {}): StatusView {
  return {
    topic: 'deepseek',
    title: 'DeepSeek',
    checked: newsTime('2026-04-24T12:00:00Z'),
    feedsAnswering: 31,
    feeds: 33,
    claims: [
      claimView({
        id: 'v4-trained-on-huawei',
        statement: 'DeepSeek V4 was trained entirely on Huawei chips',
        status: 'unverified',
        supporting: [],
        refuting: [FT],
        publishers: 4,
        because: 'No origin counts for it.',
        freshest: null,
        since: null,
      }),
      claimView({
        id: 'two-more-variants',
        statement: 'Two further V4 variants for Chinese processors are in preparation',
        status: 'reported',
        supporting: [THE_INFORMATION],
        publishers: 9,
        because: 'One origin reports it: The Information.',
      }),
      claimView(),
      claimView({
        id: 'v4-by-february',
        statement: 'DeepSeek releases V4 by the end of February',
        kind: 'forecast',
        status: 'expired',
        deadline: newsTime('2026-03-01T00:00:00Z'),
        supporting: [origin('Reuters', '2026-01-10T00:00:00Z')],
        publishers: 12,
        because: 'The deadline passed on 28 February.',
      }),
      claimView({
        id: 'rewritten-code',
        statement: '深度求索与华为、寒武纪合作改写了 V4 的底层代码',
        status: 'corroborated',
        supporting: [FT, THE_INFORMATION],
        publishers: 22,
        because: 'Two independent origins report it.',
      }),
    ],
    demo: true,
    now: newsTime('2026-04-24T12:04:00Z'),
    ...over,
  };
}

export function evidenceView(over: Partial<EvidenceView> = {}): EvidenceView {
  return {
    id: 'e1',
    stance: 'supports',
    strength: 'attributed',
    publisher: 'Yahoo',
    title: 'DeepSeek to run on Huawei chips: report',
    url: 'https://finance.yahoo.com/example',
    published: newsTime('2026-04-04T09:00:00Z'),
    chain: ['Reuters', 'The Information'],
    quote: null,
    note: 'relays The Information, already counted',
    counted: false,
    countsFor: null,
    ...over,
  };
}

export function whyView(over: Partial<WhyView> = {}): WhyView {
  return {
    claim: claimView(),
    resolution: 'DeepSeek, Huawei or an official Ascend document states that the released V4 runs on Ascend.',
    evidence: [
      evidenceView({
        id: 'e0',
        publisher: 'Financial Times',
        note: '',
        counted: true,
        chain: ['Financial Times'],
        countsFor: 'Financial Times',
      }),
      evidenceView({ countsFor: 'The Information' }),
      evidenceView({ id: 'e2', publisher: 'Engadget', countsFor: 'The Information' }),
      evidenceView({
        id: 'e4',
        publisher: 'Reuters',
        published: newsTime('2026-04-03T15:00:00Z'),
        chain: ['The Information'],
        countsFor: 'The Information',
        note: 'counts as The Information',
        counted: true,
      }),
      evidenceView({ id: 'e3', publisher: 'Albis', note: 'low credibility', chain: [] }),
    ],
    transitions: [
      {
        from: 'unverified',
        to: 'reported',
        at: newsTime('2026-02-28T08:00:00Z'),
        because: 'One origin reports it: Financial Times.',
        rule: 'rule-7-reported',
      },
      {
        from: 'reported',
        to: 'corroborated',
        at: newsTime('2026-04-03T15:00:00Z'),
        because: 'Two independent origins report it.',
        rule: 'rule-6-corroborated',
      },
      {
        from: 'corroborated',
        to: 'confirmed',
        at: newsTime('2026-04-24T11:10:00Z'),
        because: 'DeepSeek (24 Apr, own page) said so; that settles it.',
        rule: 'rule-3-confirmed',
      },
    ],
    asOf: newsTime('2026-04-24T12:04:00Z'),
    demo: true,
    ...over,
  };
}

export interface DeskDouble extends Desk {
  /** What changed anything: "subscribe CHANNEL deepseek confirmed". */
  readonly calls: string[];
}

/** A desk that answers from memory. `before` runs first in every asynchronous answer: stall or break there. */
export function deskDouble(over: Partial<Desk> & { readonly before?: () => Promise<void> } = {}): DeskDouble {
  const { before = async () => {}, ...rest } = over;
  const calls: string[] = [];
  const claims = statusView().claims.map(({ id, statement }) => ({ id, statement }));
  return {
    calls,
    topics: () => [
      { id: 'deepseek', title: 'DeepSeek', claims },
      {
        id: 'huawei',
        title: 'Huawei',
        claims: [{ id: 'ascend-roadmap', statement: 'Huawei ships Ascend 960 in 2027' }],
      },
    ],
    status: async () => {
      await before();
      return { ok: true, value: statusView() };
    },
    why: async () => {
      await before();
      return { ok: true, value: whyView() };
    },
    subscribe: async (asker, topic, level, options = {}) => {
      await before();
      const chosen = Object.keys(options).length === 0 ? '' : ` ${JSON.stringify(options)}`;
      calls.push(`subscribe ${asker.channel} ${topic} ${level}${chosen}`);
      const value = { created: true, level, options: { ...DEFAULT_OPTIONS, ...options }, state: statusView() };
      return { ok: true, value };
    },
    unsubscribe: async (asker, topic) => {
      await before();
      calls.push(`unsubscribe ${asker.channel} ${topic}`);
      return { ok: true, value: { removed: true } };
    },
    subscriptions: async () => {
      await before();
      return { ok: true, value: [{ topic: 'deepseek', level: 'changes', options: DEFAULT_OPTIONS, paused: null }] };
    },
    health: async () => {
      await before();
      return {
        ok: true,
        value: {
          version: '0.1.0',
          parts: [
            { name: 'database', state: 'ok', note: '' },
            { name: 'feeds', state: 'degraded', note: '31 of 33 answer' },
          ],
        },
      };
    },
    ...rest,
  };
}

/** Mentions in every dialect, entities that become markup under NFKC, masked links, bidi, zero-width, zalgo, ANSI. */
export const HOSTILE = [
  '@everyone @here <@1> <@!1> <@&1> <#1> <!channel> <!here> <!subteam^S1> <@U1> <#C1>',
  '＠everyone ﹫here ＜!channel＞ ﹤@U1﹥ &lt;!channel&gt; &amp;lt;!here&amp;gt;',
  '<https://evil.test|reuters.com/technology> [Reuters](https://evil.test/x) [x](<https://evil.test>) HTTPS://evil.test',
  '||spoiler|| ```fence``` `tick` # heading\n-# small > quote **bold** __under__ ~~gone~~ *i* _i_ \\',
  '\u202Egro.liveh\u202C \u2066x\u2069 zero\u200Bwidth\u00ADsoft \u{E0041}tag z\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 \uD800 \u001B[2J\u0007',
  '=HYPERLINK("https://evil.test") </status:1> <t:0:R> <a:emoji:1> <id:customize>',
].join(' ');

/** The alert with outside text in every place that outside text can reach. */
export function hostileCard(): Card {
  const worst = { text: HOSTILE };
  return {
    tone: 'reported',
    title: `Reported: ${HOSTILE}`,
    link: 'javascript:alert(1)',
    sections: [
      {
        heading: HOSTILE,
        weight: 'keep',
        lines: [[worst, { link: 'https://news.test/@everyone|x>', label: HOSTILE }]],
      },
      {
        muted: true,
        lines: [
          [
            { text: HOSTILE, style: 'quote' },
            { text: HOSTILE, style: 'code' },
            { link: 'javascript:x', label: 'x' },
          ],
        ],
      },
    ],
    footer: [HOSTILE],
    actions: [{ action: 'why', topic: 'deepseek', claim: 'v4-on-huawei' }],
    brief: { at: null, subject: HOSTILE, note: HOSTILE },
  };
}
