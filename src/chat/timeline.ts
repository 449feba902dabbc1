/**
 * `/topic timeline`: how a claim came to where it is, newest first, one line a day and kind of news.
 *
 *   24 Apr  ✅ Confirmed: DeepSeek said so; that settles it
 *    4 Apr  17 pages only relay it
 *    3 Apr  + The Information (Reuters citing The Information)
 */
import { DAY } from '../core/time.ts';
import type { WhyView } from '../core/view.ts';
import { statusWord, chainWords, counted } from '../core/wording.ts';
import { LOOKS } from './card.ts';
import type { Card, Line } from './card.ts';
import { DEMO_FOOTER, demoTitle } from './cards.ts';
import { bold, day, hostLink, muted, plain } from './words.ts';

interface Moment {
  readonly at: number;
  /** At equal time the change of status stands above what caused it. */
  readonly rank: number;
  readonly line: Line;
}

export function timelineCard(view: WhyView): Card {
  const { claim } = view;
  const moments = [...changes(view), ...origins(view), ...echoes(view)].sort((a, b) => b.at - a.at || a.rank - b.rank);
  return {
    tone: claim.status,
    title: `${demoTitle(view.demo)}${statusWord(claim.status, claim.kind)}: ${claim.statement}`,
    sections: [
      ...(claim.deadline === null
        ? []
        : [{ muted: true, lines: [[muted('deadline '), day(claim.deadline - 1)] as const] }]),
      {
        weight: 'keep',
        lines: moments.length === 0 ? [[plain('Nothing has been seen yet.')]] : moments.map((moment) => moment.line),
      },
    ],
    footer: [claim.id, ...(view.demo ? [DEMO_FOOTER] : [])],
    actions: (['why', 'sources'] as const).map((action) => ({ action, topic: claim.topic, claim: claim.id })),
    drawing: { kind: 'timeline', why: view },
  };
}

function changes(view: WhyView): Moment[] {
  return view.transitions.map((step) => ({
    at: step.at,
    rank: 0,
    line: [
      day(step.at),
      plain(` ${LOOKS[step.to].symbol} `),
      bold(statusWord(step.to, view.claim.kind)),
      plain(`: ${step.because}`),
    ],
  }));
}

function origins(view: WhyView): Moment[] {
  const side = (sign: string, list: WhyView['claim']['supporting']): Moment[] =>
    list.map((origin) => ({
      at: origin.first,
      rank: 1,
      line: [
        day(origin.first),
        plain(` ${sign} `),
        bold(origin.name),
        ...(origin.chain.length > 1 ? [muted(` (${chainWords(origin.chain)})`)] : []),
        ...hostLink(origin.url),
      ],
    }));
  return [...side('+', view.claim.supporting), ...side('against:', view.claim.refuting)];
}

/** Pages that add nothing, counted by UTC day: the density of echoes. */
function echoes(view: WhyView): Moment[] {
  const days = new Map<number, number>();
  for (const item of view.evidence) {
    const start = Math.floor(item.published / DAY) * DAY;
    if (!item.counted) days.set(start, (days.get(start) ?? 0) + 1);
  }
  return [...days].map(([start, pages]) => ({
    at: start,
    rank: 2,
    line: [day(start), muted(` ${counted(pages, 'page')} ${pages === 1 ? 'adds' : 'add'} no origin`)],
  }));
}
