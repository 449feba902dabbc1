/**
 * Cards that tell of more than one change, or of none: the daily or weekly digest, and a story for those who follow everything.
 *
 *   DeepSeek, daily digest: 2 claims changed          DeepSeek to launch new AI model on Huawei chips
 *   ✅ Confirmed  V4 runs on Huawei Ascend chips       "…" Reuters · 18 publishers, 1 origin: The Information
 */
import type { AlertView, StoryView } from '../core/view.ts';
import type { Card, CardSection } from './card.ts';
import { DEMO_FOOTER, demoTitle } from './cards.ts';
import { changeSections } from './digest.ts';
import { counted, abridged } from '../core/wording.ts';
import { POSSIBLE_REPEAT, day, linked, muted, plain } from './words.ts';

export interface DigestView {
  readonly topic: { readonly id: string; readonly title: string };
  readonly rhythm: 'daily' | 'weekly';
  /** Wall time in ms: the period it tells of. */
  readonly from: number;
  readonly until: number;
  /** Every change of the period, any order. */
  readonly changes: readonly AlertView[];
  /** Claims of the topic. */
  readonly tracked: number;
  readonly demo: boolean;
  readonly possibleRepeat: boolean;
}

const MAYBE_AGAIN: CardSection = { weight: 'keep', lines: [POSSIBLE_REPEAT] };

export function digestCard(view: DigestView): Card {
  const sections = changeSections(view.changes);
  const count = sections.length === 0 ? 'nothing changed' : `${counted(sections.length, 'claim')} changed`;
  return {
    tone: 'info',
    title: `${demoTitle(view.demo)}${view.topic.title}, ${view.rhythm} digest: ${count}`,
    sections: [
      ...(view.possibleRepeat ? [MAYBE_AGAIN] : []),
      {
        muted: true,
        lines: [[{ time: view.from, as: 'moment' }, muted(' to '), { time: view.until, as: 'moment' }]],
      },
      ...sections,
      ...(sections.length > 0
        ? []
        : [{ lines: [[plain(`${counted(view.tracked, 'claim')} tracked; none changed status.`)]] }]),
    ],
    footer: [view.topic.title, `/${view.topic.id} status shows all`, ...(view.demo ? [DEMO_FOOTER] : [])],
    actions: [{ action: 'status', topic: view.topic.id, claim: '' }],
  };
}

/** `grown`: what came since it was posted, on a card that is edited in place. */
export function storyCard(
  view: StoryView,
  about: {
    readonly topic: string;
    readonly demo: boolean;
    readonly possibleRepeat: boolean;
    readonly grown?: { readonly at: number; readonly changes: readonly string[] };
  },
): Card {
  const { grown } = about;
  const knew =
    view.origins.length === 0
      ? 'no origin named'
      : `${counted(view.origins.length, 'origin')}: ${abridged(view.origins, 4)}`;
  return {
    tone: 'info',
    title: `${demoTitle(about.demo)}Story: ${view.title}`,
    ...(view.url === null ? {} : { link: view.url }),
    sections: [
      ...(about.possibleRepeat ? [MAYBE_AGAIN] : []),
      ...(view.sentences.length === 0
        ? []
        : [{ lines: [view.sentences.flatMap((sentence, at) => [plain(at === 0 ? sentence : ` ${sentence}`)])] }]),
      {
        weight: 'keep',
        lines: [
          [
            linked(view.url, view.publisher),
            plain(` · ${counted(view.publishers, 'publisher')}, ${knew} · since `),
            day(view.first),
          ],
          [muted('A story alone changes no status.')],
        ],
      },
      ...(grown === undefined
        ? []
        : [
            {
              muted: true,
              lines: [
                [
                  muted('Updated '),
                  { time: grown.at, as: 'moment' } as const,
                  muted(grown.changes.length === 0 ? '' : `: ${grown.changes.join(' · ')}`),
                ],
              ],
            },
          ]),
    ],
    footer: [about.topic, ...(about.demo ? [DEMO_FOOTER] : [])],
  };
}
