/**
 * Answers to the people who run a channel: feeds, handed-in evidence, human decisions, approvals, the log, export.
 * Each says what it did, for whom it holds, and how to take it back.
 */
import type { DeliveryLogView, FeedView, WhyView } from '../core/view.ts';
import type { Status } from '../core/status.ts';
import { statusWord, counted } from '../core/wording.ts';
import { LOOKS } from './card.ts';
import type { Card, Line } from './card.ts';
import { claimCard, demoTitle } from './cards.ts';
import { problemCard } from './notices.ts';
import { bold, code, muted, plain } from './words.ts';

const FEED_SYMBOLS = { answering: '✅', failing: '❌', untried: '○' } as const;

export function feedsCard(feeds: readonly FeedView[]): Card {
  const order = { failing: 0, untried: 1, answering: 2 } as const;
  const own = feeds.filter((feed) => feed.own);
  const shown = [...feeds].sort((a, b) => Number(b.own) - Number(a.own) || order[a.state] - order[b.state]);
  const answering = feeds.filter((feed) => feed.state === 'answering').length;
  return {
    tone: 'info',
    title: `${answering} of ${counted(feeds.length, 'feed')} ${feeds.length === 1 ? 'answers' : 'answer'}`,
    sections: [
      {
        heading: 'Added here',
        weight: 'keep',
        lines:
          own.length === 0
            ? [[plain('None yet: '), code('/claimwire feeds add <address>'), plain(' reads one for this workspace.')]]
            : own.map(feedLine),
      },
      { heading: 'For everybody', lines: shown.filter((feed) => !feed.own).map(feedLine) },
    ],
    footer: ['/claimwire feeds test <address> shows what would be read'],
  };
}

function feedLine(feed: FeedView): Line {
  return [
    plain(`${FEED_SYMBOLS[feed.state]} `),
    code(feed.id),
    plain(` ${feed.address}`),
    // What a good poll of a feed for everybody brought is of no use here; trouble is.
    ...(feed.result === null || (!feed.own && feed.state === 'answering') ? [] : [muted(` · ${feed.result}`)]),
    ...(feed.checked === null
      ? [muted(' · not read yet')]
      : [muted(' · read '), { time: feed.checked, as: 'ago' } as const]),
  ];
}

export function addedFeedCard(added: { readonly feed: FeedView; readonly known: boolean }): Card {
  const { feed, known } = added;
  return {
    tone: 'info',
    title: known ? `Already being read: ${feed.id}` : `Now read for this workspace: ${feed.id}`,
    sections: [
      {
        weight: 'keep',
        lines: [
          feedLine(feed),
          ...(known
            ? []
            : [
                [
                  plain('What it holds now is judged but not announced. To stop: '),
                  code(`/claimwire feeds remove ${feed.id}`),
                ],
              ]),
        ],
      },
    ],
    footer: ['A page counts as an origin only when its source is listed'],
  };
}

export function removedFeedCard(id: string): Card {
  return {
    tone: 'info',
    title: `No longer read for this workspace: ${id}`,
    sections: [
      {
        weight: 'keep',
        lines: [
          [
            plain('What it brought stays and counts as before. To read it again: '),
            code('/claimwire feeds add <address>'),
          ],
        ],
      },
    ],
    footer: [],
  };
}

export function testedFeedCard(address: string, lines: readonly string[]): Card {
  return {
    tone: 'info',
    title: 'What would be read',
    sections: [
      { weight: 'keep', lines: [[code(address)]] },
      ...(lines.length === 0 ? [{ lines: [[plain('Nothing.')]] }] : paragraphs(lines).map((lines) => ({ lines }))),
    ],
    footer: ['Nothing was added; /claimwire feeds add does that'],
  };
}

/** Nothing can be read there: why, and the feed that was probably meant. */
export function untestedFeedCard(lines: readonly string[]): Card {
  return problemCard(
    'Nothing can be read from there',
    lines.map((line) => [plain(line)]),
  );
}

const ENTRY_DATE = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) · /u;

/** What `feeds test` prints, an entry a paragraph: its title stands out, and its date is in the reader's zone. */
function paragraphs(lines: readonly string[]): Line[][] {
  const parts: Line[][] = [[]];
  for (const line of lines) {
    const part = parts.at(-1) ?? [];
    const text = line.trim();
    const date = ENTRY_DATE.exec(text);
    if (text === '') parts.push([]);
    else if (!line.startsWith('  ')) part.push([plain(text)]);
    else if (date !== null)
      part.push([{ time: Date.parse(date[1] ?? ''), as: 'moment' }, muted(` · ${text.slice(date[0].length)}`)]);
    else part.push([part.length === 0 ? bold(text) : muted(text)]);
  }
  return parts.filter((part) => part.length > 0);
}

/** The claim's card as it now stands, with what the page handed in did to it. */
export function handedInCard(handed: { readonly why: WhyView; readonly from: Status; readonly note: string }): Card {
  const { why, from, note } = handed;
  const { claim } = why;
  const changed = from !== claim.status;
  const standing = claimCard(why);
  return {
    ...standing,
    title: `${demoTitle(why.demo)}${changed ? `Now ${statusWord(claim.status, claim.kind)}` : 'Nothing changed'}: ${claim.statement}`,
    sections: [
      {
        heading: 'Handed in',
        weight: 'keep',
        lines: [
          [plain(note)],
          [
            muted(
              changed
                ? `It was ${statusWord(from, claim.kind)}. The page is marked as handed in and counts in this workspace only.`
                : 'The page is kept and marked as handed in. Only an origin that was not counted before can change a status.',
            ),
          ],
        ],
      },
      ...standing.sections,
    ],
  };
}

/** `because` null: the override was taken back. */
export function decidedHereCard(view: WhyView, because: string | null): Card {
  const { claim } = view;
  const word = statusWord(claim.status, claim.kind);
  // The reason a person gives is why the claim stands where it does: it is said once.
  const standing = claimCard({ ...view, claim: because === null ? claim : { ...claim, because } });
  return {
    ...standing,
    title: `${demoTitle(view.demo)}${because === null ? 'The evidence decides again' : 'Decided here by a person'}: ${word}: ${claim.statement}`,
    ...(because === null
      ? {}
      : {
          sections: [
            ...standing.sections.slice(0, 1).map((section) => ({ ...section, heading: 'Because' })),
            {
              weight: 'keep' as const,
              lines: [[plain('Cards say so. To take it back: '), code(`/claimwire revert ${claim.id}`)]],
            },
            ...standing.sections.slice(1),
          ],
        }),
  };
}

export function approvalsCard(minutes: number | null): Card {
  return {
    tone: 'info',
    title: minutes === null ? 'Alerts go out at once' : `Confirmed and refuted now wait for a moderator`,
    sections:
      minutes === null
        ? [
            {
              weight: 'keep',
              lines: [
                [
                  plain('Confirmed and refuted are posted like every other change. To be asked first: '),
                  code('/claimwire approve on'),
                ],
              ],
            },
          ]
        : [
            {
              weight: 'keep',
              lines: [
                [
                  plain(
                    'They appear in the moderators’ channel with Approve and Drop. If nobody presses either, they go out by themselves after ',
                  ),
                  bold(minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute')),
                  plain('.'),
                ],
                [plain('To choose that channel: '), code('/claimwire moderators')],
                [plain('To turn this off: '), code('/claimwire approve off')],
              ],
            },
          ],
    footer: [],
  };
}

export function moderatorsCard(channel: string | null, here: string): Card {
  return {
    tone: 'info',
    title:
      channel === null
        ? 'Reports, approvals and trouble no longer go to any channel'
        : channel === here
          ? 'Reports, approvals and trouble now come to this channel'
          : 'Reports, approvals and trouble now go to the channel you chose',
    sections:
      channel === null
        ? [
            {
              weight: 'keep',
              lines: [[plain('To choose one: '), code('/claimwire moderators #channel')]],
            },
          ]
        : [
            {
              weight: 'keep',
              lines: [
                [plain('To let confirmed and refuted wait for approval: '), code('/claimwire approve on')],
                [plain('To turn this off: '), code('/claimwire moderators off')],
              ],
            },
          ],
    footer: [],
  };
}

export function logCard(view: DeliveryLogView): Card {
  const waits = [
    view.waiting === 0 ? '' : `${view.waiting} waiting`,
    view.held === 0 ? '' : `${view.held} held for a person`,
  ].filter((part) => part !== '');
  return {
    tone: view.held > 0 ? 'problem' : 'info',
    title: `${view.rows.length === 0 ? 'Nothing was posted in this channel yet' : 'Posted in this channel'}${waits.length === 0 ? '' : `: ${waits.join(', ')}`}`,
    sections: [
      {
        weight: 'keep',
        lines:
          view.rows.length === 0
            ? [[code('/claimwire test'), plain(' posts a marked sample.')]]
            : view.rows.flatMap(logLines),
      },
    ],
    footer: [],
  };
}

/** The states of the outbox in words; others are words already. */
const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  sent: 'posted',
  pending: 'waits',
  leased: 'being posted',
  unknown: 'not known whether it arrived',
  held: 'held for a person',
  dropped: 'not posted',
};

/** What it was, and below it when and what became of it: what went well is small print. */
function logLines(row: DeliveryLogView['rows'][number]): Line[] {
  const outcome = OUTCOME_WORDS[row.outcome] ?? row.outcome;
  return [
    [
      ...(row.to === null ? [] : [plain(`${LOOKS[row.to].symbol} `), bold(LOOKS[row.to].word), plain(' ')]),
      row.claim === null ? bold(`${row.kind.charAt(0).toUpperCase()}${row.kind.slice(1)}`) : plain(row.claim),
    ],
    [
      { time: row.at, as: 'moment' },
      muted(' · '),
      row.outcome === 'sent' ? muted(outcome) : bold(outcome),
      ...(row.reason === null ? [] : [muted(` · ${row.reason}`)]),
      ...(row.attempts > 1 ? [muted(` · ${row.attempts} tries`)] : []),
      ...(row.possibleRepeat ? [muted(' · marked as a possible repeat')] : []),
    ],
  ];
}

export function exportCard(lines: readonly string[]): Card {
  return {
    tone: 'info',
    title: `Everything claimwire keeps for this workspace: ${counted(lines.length, 'line')}`,
    sections: [
      {
        weight: 'keep',
        lines: [
          [
            plain(
              'One JSON object per line: subscriptions, mutes, tracked statements, feeds, decisions, reports and deliveries.',
            ),
          ],
        ],
      },
    ],
    footer: [],
    file: { name: 'claimwire-export.jsonl', text: lines.length === 0 ? '' : `${lines.join('\n')}\n` },
  };
}

/** What a moderator's button did, in the desk's words. */
export function doneCard(done: string): Card {
  return { tone: 'info', title: done, sections: [], footer: [] };
}

export function toldCard(statement: string, told: boolean): Card {
  return told
    ? {
        tone: 'info',
        title: 'Thank you: the moderators see it now',
        sections: [{ weight: 'keep', lines: [[plain(`Along with the evidence on: ${statement}`)]] }],
        footer: [],
      }
    : problemCard('Reports go nowhere here yet', [
        [
          plain('Somebody who manages this workspace can choose a channel for them: '),
          code('/claimwire moderators #channel'),
        ],
      ]);
}
