/**
 * The cards of those who ask, check, track and run a channel, with what they usually say.
 */
import { newsTime, wallTime } from '../../src/core/time.ts';
import { PASTED } from '../../src/core/view.ts';
import type { Card } from '../../src/chat/card.ts';
import { alertCard } from '../../src/chat/cards.ts';
import { checkCard } from '../../src/chat/check-card.ts';
import { catchUpCard, changedCard } from '../../src/chat/digest.ts';
import { latestCard } from '../../src/chat/latest-card.ts';
import {
  addedFeedCard,
  approvalsCard,
  decidedHereCard,
  doneCard,
  exportCard,
  feedsCard,
  handedInCard,
  logCard,
  moderatorsCard,
  removedFeedCard,
  testedFeedCard,
  toldCard,
  untestedFeedCard,
} from '../../src/chat/manage-cards.ts';
import { noticeCard, postedCard, subscriptionsCard } from '../../src/chat/notices.ts';
import { TOKEN_REFUSED } from '../../src/chat/slack/outcome.ts';
import { digestCard, storyCard } from '../../src/chat/told.ts';
import { trackCard, trackedCard, untrackedCard } from '../../src/chat/track-cards.ts';
import { alertView, claimView, deskDouble, origin, statusView, whyView } from '../chat/examples.ts';
import { CHECKED, DRAFT, FEEDS, FIVE_PAGES, LATEST_ITEMS, LOG, OWN_FEED, checked } from '../chat/views.ts';

type Cards = Readonly<Record<string, Card>>;
const at = (text: string) => wallTime(Date.parse(text));

const reported = claimView({
  status: 'reported',
  because: 'One origin: Financial Times (28 Feb); 3 publishers carried it.',
  supporting: claimView().supporting.slice(0, 1),
  publishers: 3,
});

function asking(): Cards {
  const nothing = { draft: '18', matches: [], matched: 0, changes: [] };
  return {
    latest: latestCard({ topic: 'deepseek', title: 'DeepSeek', items: LATEST_ITEMS, demo: false }),
    'nothing read yet': latestCard({ topic: 'deepseek', title: 'DeepSeek', items: [], demo: false }),
    'what changed': changedCard(statusView({ demo: false }), 30),
    'check, five links': checkCard(CHECKED),
    'check, one text': checkCard({
      pages: [
        checked({
          name: 'text 1',
          publisher: PASTED,
          owner: null,
          listed: false,
          title: '',
          chain: [],
          origin: 'text 1',
          claims: [],
        }),
      ],
      sum: '1 text, 1 origin: text 1',
      publishers: 0,
      origins: [{ name: 'text 1', listed: false, pages: 1 }],
    }),
    'check, unreadable': checkCard({
      pages: FIVE_PAGES.slice(-1),
      sum: '',
      publishers: 0,
      origins: [],
    }),
    'track, draft': trackCard(DRAFT),
    'track, matches nothing': trackCard({ ...DRAFT, ...nothing }),
    tracked: trackedCard({ claim: 'v5-on-huawei', statement: DRAFT.statement, topic: 'deepseek' }),
    untracked: untrackedCard(DRAFT.statement),
  };
}

function running(): Cards {
  const overridden = claimView({
    status: 'refuted',
    decidedBy: 'override',
    because: 'The release notes say Nvidia only; we read them twice.',
  });
  return {
    feeds: feedsCard(FEEDS),
    'no own feed': feedsCard(FEEDS.filter((feed) => !feed.own)),
    'feed added': addedFeedCard({
      feed: { ...OWN_FEED, state: 'untried', result: null, checked: null },
      known: false,
    }),
    'feed known': addedFeedCard({ feed: OWN_FEED, known: true }),
    'feed removed': removedFeedCard('semianalysis-com'),
    'feed tested': testedFeedCard('https://semianalysis.com/feed/', [
      'SemiAnalysis · rss 2.0 · utf-8 · 20 items · 212 kB',
      '',
      '  Ascend 950 in numbers',
      '  2026-04-22T09:00:00.000Z · https://semianalysis.com/p/ascend-950',
      '  by Dylan Example · 18211 characters of text',
      '',
      '  What V4 costs to serve',
      '  2026-04-20T09:00:00.000Z · https://semianalysis.com/p/v4-cost',
      '  by Dylan Example · 9120 characters of text',
      '  … and 18 more',
      '',
      'next poll in about 30 min: two new entries a day are usual',
    ]),
    'feed tested, a page': untestedFeedCard([
      'https://semianalysis.com/: the server sent a web page, not a feed (a login, consent or error page?)',
      'its feed is https://semianalysis.com/feed/, titled “SemiAnalysis”',
    ]),
    'handed in, changed': handedInCard({
      why: whyView({ demo: false, claim: reported }),
      from: 'unverified',
      note: 'It says this is so, as a report.',
    }),
    'handed in, nothing changed': handedInCard({
      why: whyView({ demo: false }),
      from: 'confirmed',
      note: 'It was read, but no sentence in it is about this claim.',
    }),
    override: decidedHereCard(whyView({ demo: false, claim: overridden }), overridden.because),
    revert: decidedHereCard(whyView({ demo: false }), null),
    log: logCard(LOG),
    'log, empty': logCard({ waiting: 0, held: 0, rows: [] }),
    export: exportCard(['{"a":1}', '{"a":2}', '{"a":3}']),
    'sample posted': postedCard({ outcome: 'sent', messageId: '1' }),
    paused: subscriptionsCard(
      [{ topic: 'deepseek', level: 'changes', paused: 'claimwire may not post here (Missing Access)' }],
      deskDouble().topics(),
    ),
  };
}

function moderating(): Cards {
  const about = { number: '12', topic: 'deepseek', claim: 'v4-on-huawei' };
  return {
    'approvals on': approvalsCard(120),
    'approvals off': approvalsCard(null),
    'moderators here': moderatorsCard('C1', 'C1'),
    'moderators elsewhere': moderatorsCard('C2', 'C1'),
    'no moderators': moderatorsCard(null, 'C1'),
    'asks for approval': noticeCard(
      {
        words: 'Post this? Corroborated → Confirmed: DeepSeek V4 runs on Huawei Ascend chips',
        lines: [
          'DeepSeek (24 Apr, own page) said so; that settles it.',
          'Without an answer it goes out by itself 2 h after it was decided.',
        ],
        asks: { kind: 'approval', ...about },
      },
      false,
    ),
    'a report': noticeCard(
      {
        words: 'Somebody doubts “DeepSeek V4 runs on Huawei Ascend chips” (confirmed)',
        lines: [
          'They say: the release notes name Nvidia only, see https://api-docs.deepseek.com/news/v4',
          'Because: DeepSeek (24 Apr, own page) said so; that settles it.',
          'Financial Times: DeepSeek to run on Huawei chips: report',
          'Reuters: DeepSeek’s next model will run on Huawei’s chips, The Information reported.',
        ],
        asks: { kind: 'report', ...about },
      },
      false,
    ),
    'to operators': noticeCard({ words: 'example-chips has been dark since 3 Apr: the server answered 503' }, false),
    'to operators, again': noticeCard({ words: `${TOKEN_REFUSED} Alerts wait until then.` }, true),
    'to operators, a channel': noticeCard(
      {
        words:
          'Slack takes no posts in channel C0123ABCD (not_in_channel). Let the bot in and allow it to post there, then subscribe again in it: its subscriptions are paused until then.',
      },
      false,
    ),
    approved: doneCard('Approved for 3 channels'),
    'told them': toldCard('DeepSeek V4 runs on Huawei Ascend chips', true),
    'nobody to tell': toldCard('DeepSeek V4 runs on Huawei Ascend chips', false),
  };
}

function told(): Cards {
  const disputed = alertView({
    demo: false,
    to: 'disputed',
    from: 'reported',
    claim: {
      id: 'no-early-access',
      statement: 'US chip makers got no early access to V4',
      status: 'disputed',
      because: 'Reuters (25 Feb) says so; denied by Nvidia (2 Mar).',
      since: newsTime('2026-04-24T06:00:00Z'),
    },
    link: { url: 'https://www.reuters.com/technology/example', host: 'reuters.com' },
  });
  const confirmed = alertView({ demo: false });
  const digest = {
    topic: { id: 'deepseek', title: 'DeepSeek' },
    rhythm: 'daily' as const,
    from: Date.parse('2026-04-23T08:00:00Z'),
    until: Date.parse('2026-04-24T08:00:00Z'),
    tracked: 12,
    demo: false,
    possibleRepeat: false,
  };
  const story = {
    title: 'DeepSeek to launch new AI model on Huawei chips, The Information reports',
    publisher: 'Reuters',
    url: 'https://www.reuters.com/technology/example',
    lang: 'en',
    sentences: [
      'Chinese AI startup DeepSeek plans to run its next model on chips made by Huawei, The Information reported on Friday.',
      'Reuters could not immediately verify the report.',
    ],
    publishers: 18,
    origins: ['The Information'],
    first: newsTime('2026-04-03T15:00:00Z'),
    last: newsTime('2026-04-04T09:00:00Z'),
  };
  const about = { topic: 'DeepSeek', demo: false, possibleRepeat: false };
  const two = [
    origin('Financial Times', '2026-02-28T08:00:00Z', { url: 'https://www.ft.com/content/example' }),
    origin('The Information', '2026-04-03T15:00:00Z', {
      url: 'https://www.reuters.com/technology/example',
      chain: ['Reuters', 'The Information'],
    }),
  ];
  return {
    'digest, daily': digestCard({ ...digest, changes: [confirmed, disputed] }),
    'digest, nothing changed': digestCard({
      ...digest,
      rhythm: 'weekly',
      from: Date.parse('2026-04-17T08:00:00Z'),
      changes: [],
    }),
    'catch-up, late': catchUpCard([confirmed, disputed], Date.parse('2026-04-24T02:00:00Z')),
    'catch-up, quiet, again': catchUpCard([disputed], Date.parse('2026-04-23T22:00:00Z'), {
      because: 'quiet',
      possibleRepeat: true,
    }),
    'catch-up, closed': catchUpCard([confirmed], null, { because: 'paused', possibleRepeat: false }),
    story: storyCard(story, about),
    'story, grown': storyCard(story, {
      ...about,
      grown: { at: Date.parse('2026-04-04T10:00:00Z'), changes: ['12 more publishers', '+ Financial Times'] },
    }),
    'story, headline only': storyCard(
      {
        ...story,
        title: '深度求索新模型将运行于华为昇腾芯片',
        publisher: 'chipgossip.example',
        url: null,
        sentences: [],
        publishers: 1,
        origins: [],
      },
      about,
    ),
    'new origin': alertCard(
      alertView({
        demo: false,
        warnings: [],
        from: 'corroborated',
        to: 'corroborated',
        news: ['The Information'],
        claim: {
          status: 'corroborated',
          supporting: two,
          publishers: 22,
          because:
            '2 independent origins: Financial Times (28 Feb) and The Information (3 Apr); neither cites the other.',
        },
        summary: '',
        quote: claimView().supporting[1]?.quote ?? null,
        link: { url: 'https://www.reuters.com/technology/example', host: 'reuters.com' },
        published: newsTime('2026-04-03T15:00:00Z'),
        seen: newsTime('2026-04-03T15:04:00Z'),
        postedAt: at('2026-04-03T15:04:10Z'),
      }),
    ),
  };
}

/** By group: the cards in it, by name, and whether they are posted to a channel or answered to one person. */
export function moreCards(): readonly {
  readonly group: string;
  readonly as: 'alert' | 'answer';
  readonly cards: Cards;
}[] {
  return [
    { group: 'told', as: 'alert', cards: told() },
    { group: 'moderators', as: 'alert', cards: pick(moderating(), POSTED) },
    { group: 'moderation', as: 'answer', cards: pick(moderating(), (name) => !POSTED(name)) },
    { group: 'asking', as: 'answer', cards: asking() },
    { group: 'running', as: 'answer', cards: running() },
  ];
}

const POSTED = (name: string): boolean => /^(?:asks|a report|to operators)/u.test(name);
function pick(cards: Cards, wanted: (name: string) => boolean): Cards {
  return Object.fromEntries(Object.entries(cards).filter(([name]) => wanted(name)));
}
