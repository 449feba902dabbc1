/**
 * One card instead of many stale ones: after an outage, or when a paused channel comes back.
 *
 *   While I was away: 3 claims changed
 *   ✅ Confirmed  DeepSeek V4 runs on Huawei Ascend chips   (was Corroborated)   DeepSeek said so; that settles it.
 */
import { DAY } from '../core/time.ts';
import type { AlertView, ClaimView, StatusView } from '../core/view.ts';
import { statusWord, counted } from '../core/wording.ts';
import { LOOKS } from './card.ts';
import type { Card, CardSection, Line } from './card.ts';
import { DEMO_FOOTER, demoTitle } from './cards.ts';
import { POSSIBLE_REPEAT, bold, checkedLine, code, day, hostLink, muted, plain } from './words.ts';

/** Why several alerts are told in one card. */
const TITLES = {
  late: 'While I was away',
  quiet: 'During quiet hours',
  paused: 'While I could not post here',
} as const;

/** A row holds no more (Discord). */
const MOST_BUTTONS = 5;

/**
 * `alerts`: the unsent alerts of one channel, any order; of each claim only where it stands now is told, with the status it
 * had before the first of them. `since`: when the channel last got anything, wall time in ms.
 */
export function catchUpCard(
  alerts: readonly AlertView[],
  since: number | null,
  why: { readonly because: keyof typeof TITLES; readonly possibleRepeat: boolean } = {
    because: 'late',
    possibleRepeat: false,
  },
): Card {
  const claims = changeSections(alerts);
  const demo = alerts.some((alert) => alert.demo);
  const topics = new Map(alerts.map((alert) => [alert.claim.topic, alert.topicTitle]));
  return {
    tone: 'info',
    title: `${demoTitle(demo)}${TITLES[why.because]}: ${counted(claims.length, 'claim')} changed`,
    sections: [
      ...(why.possibleRepeat ? [{ lines: [POSSIBLE_REPEAT] }] : []),
      ...(since === null ? [] : [{ muted: true, lines: [[muted('Since '), { time: since, as: 'moment' } as const]] }]),
      ...claims,
    ],
    footer: [...topics.values(), ...(demo ? [DEMO_FOOTER] : [])],
    actions: [...topics].slice(0, MOST_BUTTONS).map(([topic, title]) => ({
      action: 'status',
      topic,
      claim: '',
      ...(topics.size === 1 ? {} : { label: `Status of ${title}` }),
    })),
  };
}

/** One section a claim: where it stands now, and the status it had before the first of these alerts. */
export function changeSections(alerts: readonly AlertView[]): CardSection[] {
  return [...latestOfEach(alerts).values()].map(({ now, was }) => ({
    weight: 'keep',
    lines: [
      [
        plain(`${LOOKS[now.to].symbol} `),
        bold(statusWord(now.to, now.claim.kind)),
        plain(` ${now.claim.statement}`),
        ...(was === now.to ? [] : [muted(` (was ${statusWord(was, now.claim.kind)})`)]),
      ],
      [
        plain(now.claim.because),
        ...(now.published === null ? [] : [plain(' '), day(now.published)]),
        ...hostLink(now.link?.url ?? null),
      ],
      [code(now.claim.id)],
    ],
  }));
}

interface Latest {
  readonly now: AlertView;
  readonly was: AlertView['from'];
}

function latestOfEach(alerts: readonly AlertView[]): Map<string, Latest> {
  const latest = new Map<string, Latest>();
  for (const alert of [...alerts].sort((a, b) => (a.claim.since ?? 0) - (b.claim.since ?? 0))) {
    latest.set(alert.claim.id, { now: alert, was: latest.get(alert.claim.id)?.was ?? alert.from });
  }
  return latest;
}

/** `/topic digest`: which claims came to where they are within `days`, newest first, and how many did not move. */
export function changedCard(view: StatusView, days: number): Card {
  const since = view.now - days * DAY;
  const changed = view.claims
    .filter((claim) => claim.since !== null && claim.since >= since)
    .sort((a, b) => (b.since ?? 0) - (a.since ?? 0));
  const still = view.claims.length - changed.length;
  const span = days === 1 ? 'the last day' : `the last ${days} days`;
  return {
    tone: 'info',
    title: `${demoTitle(view.demo)}${view.title}: ${changed.length === 0 ? 'nothing changed' : `${counted(changed.length, 'claim')} changed`} in ${span}`,
    sections: [
      { muted: true, weight: 'keep', lines: [checkedLine(view)] },
      ...changed.map((claim): CardSection => ({ weight: 'keep', lines: changedLines(claim) })),
      { lines: [[muted(`${counted(still, changed.length === 0 ? 'claim' : 'other claim')} unchanged`)]] },
    ],
    footer: [`/${view.topic} subscribe digest daily posts this every day`, ...(view.demo ? [DEMO_FOOTER] : [])],
  };
}

function changedLines(claim: ClaimView): Line[] {
  return [
    [
      ...(claim.since === null ? [] : [day(claim.since), plain(' ')]),
      plain(`${LOOKS[claim.status].symbol} `),
      bold(statusWord(claim.status, claim.kind)),
      plain(` ${claim.statement}`),
    ],
    [plain(claim.because), ...(claim.publishers === 0 ? [] : [muted(` · ${counted(claim.publishers, 'publisher')}`)])],
    [code(claim.id)],
  ];
}
