/**
 * Views -> cards. An alert tells what changed, because of whom, and what it does not mean:
 *
 *   Confirmed: DeepSeek V4 runs on Huawei Ascend chips
 *   Previously Corroborated, since 3 Apr. DeepSeek (24 Apr, own page) said so; that settles it.  api-docs.deepseek.com
 *   Summary · Who knew · NOT confirmed by this · Published, seen, posted
 */
import type { AlertView, ClaimView, EvidenceView, OriginView, StatusView, WhyView } from '../core/view.ts';
import { HOUR } from '../core/time.ts';
import type { Status } from '../core/status.ts';
import { STATUS_ORDER, statusWord, chainWords, counted, abridged } from '../core/wording.ts';
import { LOOKS } from './card.ts';
import type { Card, CardSection, Inline, Line } from './card.ts';
import {
  POSSIBLE_REPEAT,
  TRACK_ONE,
  bold,
  checkedLine,
  code,
  countLine,
  day,
  decidedByWords,
  hostLink,
  linked,
  muted,
  originLine,
  plain,
  quoteLine,
} from './words.ts';

/** Begins the title of everything that comes from the demo's archive. */
export function demoTitle(demo: boolean): string {
  return demo ? 'DEMO · ' : '';
}

export const DEMO_FOOTER = 'DEMO ARCHIVE: paraphrases of real pages, not quotations';

/** Sections without a line are left out. */
function present(sections: readonly CardSection[]): CardSection[] {
  return sections.filter((section) => section.lines.length > 0);
}

/** What stands under every alert; each is looked up anew when pressed. Mute is for managers and says so to others. */
const ALERT_BUTTONS = ['why', 'timeline', 'sources', 'mute', 'wrong'] as const;

/** The alert: what changed, because of whom, and what it does not mean. */
export function alertCard(view: AlertView): Card {
  const { claim } = view;
  const word = statusWord(view.to, claim.kind);
  const decidedBy = decidedByWords(claim);
  const sections = present([
    {
      weight: 'keep',
      lines: [
        ...(view.possibleRepeat ? [POSSIBLE_REPEAT] : []),
        [...changeWords(view), plain(claim.because), ...hostLink(view.link?.url ?? null)],
        ...(decidedBy === '' ? [] : [[muted(decidedBy)]]),
      ],
    },
    {
      heading: 'Summary',
      lines: summaryLines(view),
    },
    {
      heading: `Who knew: ${originCount(claim)}`,
      weight: 'keep',
      lines: [
        ...claim.supporting.map((origin) => originLine(origin)),
        ...claim.refuting.map((origin) => [muted('Against: '), ...originLine(origin)]),
      ],
    },
    {
      heading: view.to === 'confirmed' ? 'NOT confirmed by this' : 'Related, but not the same',
      lines: [
        ...view.notConfirmed
          .slice(0, NEIGHBOURS_SHOWN)
          .map((neighbour) => [plain(`• ${neighbour.statement}`), muted(neighbourWords(neighbour))]),
        ...(view.notConfirmed.length > NEIGHBOURS_SHOWN
          ? [[muted(`… and ${view.notConfirmed.length - NEIGHBOURS_SHOWN} more`)]]
          : []),
      ],
    },
    { weight: 'drop', muted: true, lines: view.warnings.map((warning) => [muted(warning)]) },
    {
      muted: true,
      lines: [
        timesLine(view),
        ...(view.updated === undefined
          ? []
          : [
              [
                muted('Updated '),
                { time: view.updated.at, as: 'moment' } as const,
                muted(view.updated.changes.length === 0 ? '' : `: ${view.updated.changes.join(' · ')}`),
              ],
            ]),
      ],
    },
  ]);
  return {
    tone: view.to,
    title: `${demoTitle(view.demo)}${word}${newsWords(view.news)}: ${claim.statement}`,
    ...(view.link === null ? {} : { link: view.link.url }),
    sections,
    footer: [view.topicTitle, claim.id, ...(view.demo ? [DEMO_FOOTER] : [])],
    actions: ALERT_BUTTONS.map((action) => ({ action, topic: claim.topic, claim: claim.id })),
    brief: { at: claim.since ?? view.published, subject: claim.statement, note: briefNote(claim) },
  };
}

/** ", new origin The Information": the status stands, somebody else knows it too. */
function newsWords(news: AlertView['news']): string {
  if (news === undefined || news.length === 0) return '';
  return `, new ${news.length === 1 ? 'origin' : 'origins'} ${abridged(news)}`;
}

/** The most that a reader takes in beside the news itself. */
const NEIGHBOURS_SHOWN = 3;

/** Summary, then quote; one line when the summary holds the quote already, for both are words of the page. */
function summaryLines(view: AlertView): Line[] {
  const { summary, quote } = view;
  if (quote === null) return summary === '' ? [] : [[plain(summary)]];
  // The page behind the quote is linked once: it often is the main link above.
  const shown = quote.url === view.link?.url ? { ...quote, url: null } : quote;
  if (summary.includes(quote.text)) return [quoteLine({ ...shown, text: summary })];
  return [...(summary === '' ? [] : [[plain(summary)]]), quoteLine(shown)];
}

/** "Previously Corroborated, since 3 Apr. " Nothing was known before: nothing to say. */
function changeWords(view: AlertView): Inline[] {
  if (view.from === 'unverified' || view.news !== undefined) return [];
  return [
    plain('Previously '),
    bold(statusWord(view.from, view.claim.kind)),
    ...(view.fromSince === null ? [] : [plain(', since '), day(view.fromSince)]),
    plain('. '),
  ];
}

/** "56 publishers, 3 independent origins" */
function originCount(claim: ClaimView): string {
  const origins = claim.supporting.length;
  return `${counted(claim.publishers, 'publisher')}, ${counted(origins, 'independent origin')}`;
}

function neighbourWords(neighbour: AlertView['notConfirmed'][number]): string {
  const origins = neighbour.origins.length === 0 ? '' : `: ${abridged(neighbour.origins)} only`;
  return ` (${LOOKS[neighbour.status].word.toLowerCase()}${origins})`;
}

function briefNote(claim: ClaimView): string {
  const settled: readonly Status[] = ['confirmed', 'refuted', 'expired', 'disputed'];
  return settled.includes(claim.status) ? claim.because : countLine(claim);
}

/** "Published 24 Apr 11:10 · seen 11:14 · posted 11:14" */
function timesLine(view: AlertView): Line {
  const first = view.published ?? view.seen ?? view.postedAt;
  const near = (time: number): 'clock' | 'moment' => (Math.abs(time - first) < 12 * HOUR ? 'clock' : 'moment');
  return [
    ...(view.published === null
      ? []
      : [muted('Published '), { time: view.published, as: 'moment' } as const, muted(' · ')]),
    ...(view.seen === null
      ? []
      : [
          muted('seen '),
          { time: view.seen, as: view.published === null ? 'moment' : near(view.seen) } as const,
          muted(' · '),
        ]),
    muted('posted '),
    { time: view.postedAt, as: view.published === null && view.seen === null ? 'moment' : near(view.postedAt) },
  ];
}

/** `/topic status`: every claim with status, origins, freshest evidence and a link; `only` filters by status. */
export function statusCard(view: StatusView, only?: Status): Card {
  const claims = [...view.claims]
    .filter((claim) => only === undefined || claim.status === only)
    .sort((a, b) => STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status));
  return {
    tone: 'info',
    title: `${demoTitle(view.demo)}${view.title}: what is known`,
    sections: [
      { muted: true, weight: 'keep', lines: [checkedLine(view)] },
      ...claims.map((claim): CardSection => ({ weight: 'keep', lines: statusLines(claim) })),
      ...(claims.length > 0
        ? []
        : [
            {
              lines: [
                only === undefined
                  ? TRACK_ONE
                  : [
                      plain(`No claim is ${only} right now. `),
                      code(`/${view.topic} status`),
                      plain(' shows them all.'),
                    ],
              ],
            },
          ]),
    ],
    footer: [
      ...(claims.length === 0 ? [] : [`/${view.topic} why <claim> tells who knew and what would change it`]),
      ...(view.demo ? [DEMO_FOOTER] : []),
    ],
  };
}

function statusLines(claim: ClaimView): Line[] {
  const freshest = claim.freshest;
  return [
    [plain(`${LOOKS[claim.status].symbol} `), bold(statusWord(claim.status, claim.kind)), plain(` ${claim.statement}`)],
    [
      code(claim.id),
      muted(` · ${claim.decidedBy === 'override' ? 'decided here by a person · ' : ''}${countLine(claim)}`),
      ...(claim.deadline === null || claim.status === 'confirmed' || claim.status === 'expired'
        ? []
        : [muted(' · by '), day(claim.deadline - 1)]),
      ...(freshest === null
        ? []
        : [muted(' · latest: '), linked(freshest.url, freshest.publisher), muted(' '), day(freshest.published)]),
    ],
  ];
}

/** `/topic why`: the rule, who knew with their words, what did not count, what would change it. */
export function whyCard(view: WhyView): Card {
  const { claim } = view;
  const decidedBy = decidedByWords(claim);
  return {
    tone: claim.status,
    title: `${demoTitle(view.demo)}${statusWord(claim.status, claim.kind)}: ${claim.statement}`,
    sections: present([
      {
        weight: 'keep',
        lines: [
          [bold('Because: '), plain(claim.because), plain(' '), code(claim.rule)],
          ...(decidedBy === '' ? [] : [[muted(decidedBy)]]),
        ],
      },
      { heading: `For it: ${originCount(claim)}`, weight: 'keep', lines: claim.supporting.flatMap(knewLines) },
      { heading: 'Against it', weight: 'keep', lines: claim.refuting.flatMap(knewLines) },
      { heading: 'Not counted', lines: notCountedLines(view.evidence) },
      { heading: 'Would change it', lines: claim.wouldChange.map((change) => [plain(`• ${change}`)]) },
      {
        heading: 'How it got here',
        weight: 'drop',
        lines: view.transitions.map((step) => [
          day(step.at),
          plain(` ${LOOKS[step.to].symbol} ${LOOKS[step.to].word}: ${step.because}`),
        ]),
      },
      {
        muted: true,
        lines: [[muted(`Settled when: ${view.resolution}`)], [muted('As of '), { time: view.asOf, as: 'moment' }]],
      },
    ]),
    footer: [claim.id, ...(view.demo ? [DEMO_FOOTER] : [])],
    actions: [{ action: 'sources', topic: claim.topic, claim: claim.id }],
  };
}

function knewLines(origin: ClaimView['supporting'][number], index: number): Line[] {
  return [
    [plain(`${index + 1}. `), ...originLine(origin)],
    ...(origin.quote === null ? [] : [quoteLine(origin.quote)]),
    ...recordLine(origin),
  ];
}

function recordLine({ record }: OriginView): Line[] {
  return record === undefined ? [] : [[muted(`Track record: ${record}`)]];
}

/** One line a reason, most pages first: "relays The Information, already counted: Reuters, Yahoo and 16 others". */
function notCountedLines(evidence: readonly EvidenceView[]): Line[] {
  const byNote = new Map<string, string[]>();
  for (const item of evidence) {
    if (item.counted) continue;
    const publishers = byNote.get(item.note) ?? [];
    if (!publishers.includes(item.publisher)) publishers.push(item.publisher);
    byNote.set(item.note, publishers);
  }
  return [...byNote]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([note, publishers]) => [plain(`• ${note}: `), muted(abridged(publishers))]);
}

/** `/topic claim`: the state of one claim and its newest evidence. */
export function claimCard(view: WhyView): Card {
  const { claim } = view;
  const decidedBy = decidedByWords(claim);
  const newest = [...view.evidence].sort((a, b) => b.published - a.published).slice(0, 8);
  return {
    tone: claim.status,
    title: `${demoTitle(view.demo)}${statusWord(claim.status, claim.kind)}: ${claim.statement}`,
    sections: present([
      {
        weight: 'keep',
        lines: [
          [plain(claim.because)],
          ...(decidedBy === '' ? [] : [[muted(decidedBy)]]),
          [
            muted(countLine(claim)),
            ...(claim.since === null ? [] : [muted(' · since '), day(claim.since)]),
            ...(claim.deadline === null ? [] : [muted(' · deadline '), day(claim.deadline - 1)]),
          ],
        ],
      },
      { heading: 'Who knew', weight: 'keep', lines: claim.supporting.map((origin) => originLine(origin)) },
      { heading: 'Against it', weight: 'keep', lines: claim.refuting.map((origin) => originLine(origin)) },
      { heading: 'Newest pages', lines: newest.map((item) => pageLine(item)) },
      { muted: true, lines: [[muted(`Settled when: ${view.resolution}`)]] },
    ]),
    footer: [claim.id, ...(view.demo ? [DEMO_FOOTER] : [])],
    actions: (['why', 'timeline', 'sources', 'wrong'] as const).map((action) => ({
      action,
      topic: claim.topic,
      claim: claim.id,
    })),
  };
}

function pageLine(item: EvidenceView): Line {
  const chain = item.chain.length > 1 ? ` (${chainWords(item.chain)})` : '';
  return [
    day(item.published),
    plain(' '),
    linked(item.url, item.title),
    muted(` ${item.publisher}${chain} · ${item.counted ? 'counted' : `not counted: ${item.note}`}`),
  ];
}

/** `/topic sources`: who knew first, and everybody who only relays it. */
export function sourcesCard(view: WhyView): Card {
  const { claim } = view;
  const origins = [...claim.supporting, ...claim.refuting].sort((a, b) => a.first - b.first);
  return {
    tone: claim.status,
    title: `${demoTitle(view.demo)}Who knew: ${claim.statement}`,
    sections: [
      { weight: 'keep', lines: [[bold(originCount(claim))]] },
      ...origins.map((origin, index): CardSection => ({
        weight: 'keep',
        lines: [
          [plain(`${index + 1}. `), ...originLine({ ...origin, relayedBy: [], chain: [] })],
          ...recordLine(origin),
          ...(origin.relayedBy.length === 0
            ? []
            : [
                [
                  muted(
                    `relayed by ${counted(origin.relayedBy.length, 'publisher')}: ${abridged(origin.relayedBy, 12)}`,
                  ),
                ],
              ]),
        ],
      })),
      ...(origins.length > 0
        ? []
        : [{ lines: [[plain('Nobody whose word counts has spoken for it or against it.')]] }]),
      ...present([{ heading: 'Not counted', lines: notCountedLines(view.evidence) }]),
    ],
    footer: [claim.id, ...(view.demo ? [DEMO_FOOTER] : [])],
    actions: [{ action: 'why', topic: claim.topic, claim: claim.id }],
    drawing: { kind: 'sources', why: view },
  };
}
