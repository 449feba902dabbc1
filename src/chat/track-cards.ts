/**
 * `/claimwire track "..."`: what would be tracked and what it would have caught, before anybody says yes.
 *
 *   Track this?  DeepSeek V5 runs on Huawei chips
 *   Looks for: names DeepSeek V5 ... · says that it runs ...
 *   Would have matched 14 pages and posted 2 alerts                       [Track this]
 */
import type { TrackView } from '../core/view.ts';
import { LOOKS } from './card.ts';
import type { Card, Line } from './card.ts';
import { counted } from '../core/wording.ts';
import { bold, code, day, muted, plain } from './words.ts';

const STANCE_WORDS = { supports: 'for it', refutes: 'against it', discusses: 'takes no side' } as const;

export function trackCard(view: TrackView): Card {
  return {
    tone: 'info',
    title: `Track this? ${view.statement}`,
    sections: [
      { heading: 'Looks for', weight: 'keep', lines: view.frame.map(frameLine) },
      ...(view.warnings.length === 0
        ? []
        : [
            {
              heading: 'Note',
              weight: 'keep' as const,
              lines: view.warnings.map((line): Line => [plain(`⚠️ ${line}`)]),
            },
          ]),
      {
        heading: `Would have matched ${counted(view.matched, 'stored page')}`,
        lines:
          view.matched === 0
            ? [
                [
                  plain(
                    'None yet. If pages about it have been read, put it in their words: names first, then what happened.',
                  ),
                ],
              ]
            : [
                ...view.matches.map((match): Line => [
                  day(match.published),
                  plain(` ${match.title}`),
                  muted(` · ${match.publisher} · ${STANCE_WORDS[match.stance]}`),
                ]),
                ...(view.matched > view.matches.length
                  ? [[muted(`… and ${view.matched - view.matches.length} more`)]]
                  : []),
              ],
      },
      ...(view.matched === 0
        ? []
        : [
            {
              heading: `Would have posted ${counted(view.changes.length, 'alert')}`,
              lines:
                view.changes.length === 0
                  ? [[plain('None: nobody whose word counts took a side.')]]
                  : view.changes.map((change): Line => [
                      day(change.at),
                      plain(` ${LOOKS[change.to].symbol} ${LOOKS[change.to].word}: ${change.because}`),
                    ]),
            },
          ]),
    ],
    footer: [`Topic ${view.topic}`, 'Nothing is tracked before you press the button; the draft is kept for an hour'],
    actions: [{ action: 'confirm', topic: '', claim: view.draft }],
  };
}

/** "Said as: run, work" with what the words are for in bold. */
function frameLine(line: string): Line {
  const [label = '', ...text] = line.split(': ');
  return text.length === 0 ? [plain(`• ${line}`)] : [plain('• '), bold(label), plain(`: ${text.join(': ')}`)];
}

export function trackedCard(tracked: {
  readonly claim: string;
  readonly statement: string;
  readonly topic: string;
}): Card {
  return {
    tone: 'info',
    title: `Now tracked here: ${tracked.statement}`,
    sections: [
      {
        weight: 'keep',
        lines: [
          [
            plain('Channels that follow this topic hear when its status changes. Where it stands: '),
            code(`/${tracked.topic} why ${tracked.claim}`),
          ],
          [plain('To stop: '), code(`/claimwire untrack ${tracked.claim}`)],
        ],
      },
    ],
    footer: ['Only this workspace sees it'],
    actions: [{ action: 'why', topic: tracked.topic, claim: tracked.claim }],
  };
}

export function untrackedCard(statement: string): Card {
  return {
    tone: 'info',
    title: `No longer tracked here: ${statement}`,
    sections: [
      {
        weight: 'keep',
        lines: [[plain('Channels here hear no more about it. To track it again: '), code('/claimwire track')]],
      },
    ],
    footer: [],
  };
}
