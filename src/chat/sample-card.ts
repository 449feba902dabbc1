/**
 * `/claimwire test`: an alert as it will look, made of a claim's real state and marked as a sample so that nobody takes it
 * for news.
 */
import { wallTime } from '../core/time.ts';
import type { WhyView } from '../core/view.ts';
import type { Card } from './card.ts';
import { alertCard } from './cards.ts';
import { bold, plain } from './words.ts';

/** `now`: wall time in ms. */
export function sampleAlertCard(view: WhyView, topicTitle: string, now: number): Card {
  const { claim } = view;
  const first = claim.supporting[0] ?? claim.refuting[0] ?? null;
  const card = alertCard({
    key: 'sample',
    claim,
    topicTitle,
    from: view.transitions.at(-1)?.from ?? 'unverified',
    fromSince: null,
    to: claim.status,
    summary: '',
    quote: first?.quote ?? null,
    link:
      first?.url === null || first === null || !URL.canParse(first.url)
        ? null
        : { url: first.url, host: new URL(first.url).hostname },
    notConfirmed: [],
    published: null,
    seen: null,
    postedAt: wallTime(now),
    demo: view.demo,
    possibleRepeat: false,
    warnings: [],
  });
  return {
    ...card,
    title: `SAMPLE · ${card.title}`,
    sections: [
      { weight: 'keep', lines: [[bold('This is a test, not news. '), plain('Alerts will look like this.')]] },
      ...card.sections,
    ],
  };
}
