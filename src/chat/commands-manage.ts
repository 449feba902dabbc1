/**
 * The part of the command table for people who run a channel: what is tracked and read, human decisions, approvals, and
 * what lies behind the buttons in the moderators' channel.
 *
 *   /claimwire track "DeepSeek V5 runs on Huawei chips"      /claimwire override v4-on-huawei refuted because ...
 */
import { STATUSES } from '../core/status.ts';
import { CLAIM, SHARE, card, notHere } from './command.ts';
import type { Command } from './command.ts';
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
  untestedFeedCard,
  toldCard,
} from './manage-cards.ts';
import { problemCard } from './notices.ts';
import type { CommandOption } from './options.ts';
import { sampleAlertCard } from './sample-card.ts';
import { code, plain } from './words.ts';
import { trackCard, trackedCard, untrackedCard } from './track-cards.ts';

/** When approvals are turned on without a time; an alert nobody looks at must still go out while it is news. */
const DEFAULT_APPROVAL_MINUTES = 30;

const ADDRESS: CommandOption = {
  name: 'address',
  description: 'Address of the feed, or of the site that has one',
  required: true,
  kind: 'word',
};

/** A button or form carries the id of a draft, an alert or a report; it is looked up like anything typed. */
const ID: CommandOption = { name: 'id', description: 'Which one', required: true, kind: 'word' };

export const MANAGE_COMMANDS: readonly Command[] = [
  {
    name: 'track',
    scope: 'product',
    description: 'Track a statement of your own: shows what it would have matched, then asks',
    options: [
      {
        name: 'statement',
        description: 'One plain sentence that can turn out true or false',
        required: true,
        kind: 'text',
        shown: '"statement"',
      },
      {
        name: 'topic',
        description: 'The topic it belongs to; default the one it names',
        required: false,
        kind: 'topic',
        lead: ['topic'],
        shown: 'topic <topic>',
      },
    ],
    needsManage: true,
    offered: (desk) => desk.track !== undefined && desk.confirmTrack !== undefined,
    answer: async (desk, asker, call) => {
      if (desk.track === undefined) return notHere('Tracking');
      const statement = call.given.statement ?? '';
      const named = call.topic?.id ?? call.given.topic;
      const topic = named ?? topicNamed(statement, desk.topics(asker)) ?? desk.topics(asker)[0]?.id ?? '';
      return card(await desk.track(asker, topic, statement), trackCard);
    },
  },
  {
    name: 'untrack',
    scope: 'product',
    description: 'Stop tracking a statement that was added here',
    options: [CLAIM],
    needsManage: true,
    tellsChannel: true,
    offered: (desk) => desk.untrack !== undefined,
    answer: async (desk, asker, call) =>
      desk.untrack === undefined
        ? notHere('Tracking')
        : card(await desk.untrack(asker, call.claim?.id ?? ''), ({ statement }) => untrackedCard(statement)),
  },
  {
    name: 'feeds list',
    scope: 'product',
    description: 'The feeds that are read, and how each is doing',
    options: [SHARE],
    needsManage: false,
    offered: (desk) => desk.feeds !== undefined,
    answer: async (desk, asker) =>
      desk.feeds === undefined ? notHere('The list of feeds') : card(await desk.feeds(asker), feedsCard),
  },
  {
    name: 'feeds add',
    scope: 'product',
    description: 'Read a feed for this workspace; a site’s address will do',
    options: [ADDRESS],
    needsManage: true,
    offered: (desk) => desk.addFeed !== undefined,
    answer: async (desk, asker, call) =>
      desk.addFeed === undefined
        ? notHere('Adding feeds')
        : card(await desk.addFeed(asker, call.given.address ?? ''), addedFeedCard),
  },
  {
    name: 'feeds remove',
    scope: 'product',
    description: 'Stop reading a feed that was added here',
    options: [{ ...ADDRESS, description: 'Its id from "feeds list", or its address' }],
    needsManage: true,
    offered: (desk) => desk.removeFeed !== undefined,
    answer: async (desk, asker, call) =>
      desk.removeFeed === undefined
        ? notHere('Removing feeds')
        : card(await desk.removeFeed(asker, call.given.address ?? ''), ({ id }) => removedFeedCard(id)),
  },
  {
    name: 'feeds test',
    scope: 'product',
    description: 'What would be read from an address; nothing is added',
    options: [ADDRESS],
    needsManage: true,
    offered: (desk) => desk.testFeed !== undefined,
    answer: async (desk, asker, call) =>
      desk.testFeed === undefined
        ? notHere('Testing feeds')
        : card(await desk.testFeed(asker, call.given.address ?? ''), ({ readable, lines }) =>
            readable ? testedFeedCard(call.given.address ?? '', lines) : untestedFeedCard(lines),
          ),
  },
  {
    name: 'evidence',
    scope: 'product',
    description: 'You missed this: hand in a link or text on a claim; it is judged like any page',
    options: [
      CLAIM,
      {
        name: 'what',
        description: 'The link, or the text itself',
        required: true,
        kind: 'text',
        shown: '<link or text>',
      },
    ],
    needsManage: true,
    offered: (desk) => desk.handIn !== undefined,
    answer: async (desk, asker, call) =>
      desk.handIn === undefined
        ? notHere('Handing in evidence')
        : card(await desk.handIn(asker, call.claim?.id ?? '', call.given.what ?? ''), handedInCard),
  },
  {
    name: 'override',
    scope: 'product',
    description: 'Decide a claim for this workspace; cards say that a person decided',
    options: [
      CLAIM,
      { name: 'status', description: 'What it is to be', required: true, kind: 'choice', choices: STATUSES },
      {
        name: 'because',
        description: 'Why: shown on the card and kept',
        required: true,
        kind: 'text',
        lead: ['because'],
        shown: 'because <reason>',
      },
    ],
    needsManage: true,
    tellsChannel: true,
    offered: (desk) => desk.override !== undefined,
    answer: async (desk, asker, call) => {
      const status = STATUSES.find((one) => one === call.given.status);
      return desk.override === undefined || status === undefined
        ? notHere('Overriding')
        : card(await desk.override(asker, call.claim?.id ?? '', status, call.given.because ?? ''), (view) =>
            decidedHereCard(view, call.given.because ?? ''),
          );
    },
  },
  {
    name: 'revert',
    scope: 'product',
    description: 'Take an override back: the evidence decides again',
    options: [CLAIM],
    needsManage: true,
    tellsChannel: true,
    offered: (desk) => desk.revert !== undefined,
    answer: async (desk, asker, call) =>
      desk.revert === undefined
        ? notHere('Overriding')
        : card(await desk.revert(asker, call.claim?.id ?? ''), (view) => decidedHereCard(view, null)),
  },
  {
    name: 'approve',
    scope: 'product',
    description: 'Confirmed and refuted wait for a moderator, and go out by themselves after a while',
    options: [
      { name: 'switch', description: 'on or off', required: true, kind: 'choice', choices: ['on', 'off'] },
      {
        name: 'minutes',
        description: `How long they wait; default ${DEFAULT_APPROVAL_MINUTES}`,
        required: false,
        kind: 'count',
        shown: '<minutes>',
      },
    ],
    needsManage: true,
    offered: (desk) => desk.approvals !== undefined,
    answer: async (desk, asker, call) =>
      desk.approvals === undefined
        ? notHere('Approval')
        : card(
            await desk.approvals(
              asker,
              call.given.switch === 'off' ? null : Number(call.given.minutes ?? DEFAULT_APPROVAL_MINUTES),
            ),
            ({ minutes }) => approvalsCard(minutes),
          ),
  },
  {
    name: 'moderators',
    scope: 'product',
    description: 'Where approvals, "Wrong?" and notices of trouble go',
    options: [
      {
        name: 'channel',
        description: 'The channel; default this one',
        required: false,
        kind: 'channel',
        shown: '#channel',
      },
      {
        name: 'switch',
        description: 'off: nobody is told any more',
        required: false,
        kind: 'choice',
        choices: ['off'],
      },
    ],
    needsManage: true,
    offered: (desk) => desk.moderators !== undefined,
    answer: async (desk, asker, call) => {
      const channel = call.given.switch === 'off' ? 'off' : (call.given.channel ?? asker.channel);
      return desk.moderators === undefined
        ? notHere('A moderators’ channel')
        : card(await desk.moderators(asker, channel === 'off' ? null : channel), (set) =>
            moderatorsCard(set.channel, asker.channel),
          );
    },
  },
  {
    name: 'alert-role',
    scope: 'product',
    description: 'A role without permissions that people give themselves to be mentioned',
    options: [],
    needsManage: true,
    tellsChannel: true,
    only: 'discord',
    // Made by the platform, which alone knows the server's roles (discord/roles.ts).
    answer: async () => notHere('The alert role'),
  },
  {
    name: 'test',
    scope: 'product',
    description: 'Post a marked sample alert here, after checking that I may',
    options: [],
    needsManage: true,
    postsHere: true,
    answer: async (desk, asker) => {
      const topic = desk.topics(asker)[0];
      const claim = topic?.claims[0];
      if (topic === undefined || claim === undefined) return problemCard('No claim is tracked yet');
      return card(await desk.why(topic.id, claim.id, asker), (view) => sampleAlertCard(view, topic.title, Date.now()));
    },
  },
  {
    name: 'log',
    scope: 'product',
    description: 'What was posted in this channel, what waits, and what became of each',
    options: [SHARE],
    needsManage: false,
    offered: (desk) => desk.log !== undefined,
    answer: async (desk, asker) => (desk.log === undefined ? notHere('The log') : card(await desk.log(asker), logCard)),
  },
  {
    name: 'export',
    scope: 'product',
    description: 'Everything claimwire keeps for this workspace, as a file',
    options: [],
    needsManage: true,
    offered: (desk) => desk.exportAll !== undefined,
    answer: async (desk, asker) =>
      desk.exportAll === undefined
        ? notHere('Export')
        : card(await desk.exportAll(asker), ({ lines }) => exportCard(lines)),
  },
];

/** Only behind buttons and forms: never typed, checked like everything else. */
export const BUTTON_COMMANDS: readonly Command[] = [
  {
    name: 'confirm track',
    scope: 'button',
    description: 'Track the statement shown',
    options: [ID],
    needsManage: true,
    tellsChannel: true,
    offered: (desk) => desk.confirmTrack !== undefined,
    answer: async (desk, asker, call) =>
      desk.confirmTrack === undefined
        ? notHere('Tracking')
        : card(await desk.confirmTrack(asker, call.given.id ?? ''), trackedCard),
  },
  ...(['approve', 'drop'] as const).map((answer): Command => ({
    name: `${answer} alert`,
    scope: 'button',
    description: answer === 'approve' ? 'Post the alert' : 'Never post the alert',
    options: [ID],
    needsManage: true,
    tellsChannel: true,
    offered: (desk) => desk.answerApproval !== undefined,
    answer: async (desk, asker, call) =>
      desk.answerApproval === undefined
        ? notHere('Approval')
        : card(await desk.answerApproval(asker, call.given.id ?? '', answer), ({ done }) => doneCard(done)),
  })),
  ...(['right', 'not-relevant'] as const).map((answer): Command => ({
    name: `report ${answer}`,
    scope: 'button',
    description: answer === 'right' ? 'The report is right' : 'The report is not relevant',
    options: [ID],
    needsManage: true,
    tellsChannel: true,
    offered: (desk) => desk.answerWrong !== undefined,
    answer: async (desk, asker, call) =>
      desk.answerWrong === undefined
        ? notHere('Reports')
        : card(await desk.answerWrong(asker, call.given.id ?? '', answer), ({ done }) => doneCard(done)),
  })),
  {
    name: 'wrong',
    scope: 'button',
    description: 'Tell the moderators that a claim’s status is wrong',
    options: [CLAIM, { name: 'note', description: 'What is wrong', required: false, kind: 'text' }],
    needsManage: false,
    offered: (desk) => desk.wrong !== undefined,
    answer: async (desk, asker, call) =>
      desk.wrong === undefined
        ? notHere('Reporting')
        : card(await desk.wrong(asker, call.claim?.id ?? '', call.given.note ?? ''), ({ told }) =>
            toldCard(call.claim?.statement ?? '', told),
          ),
  },
  {
    name: 'show kept',
    scope: 'button',
    description: 'Show the channel what was answered to you',
    options: [ID],
    needsManage: false,
    tellsChannel: true,
    offered: (desk) => desk.kept !== undefined,
    answer: async (desk, asker, call) =>
      desk.kept?.(asker, call.given.id ?? '') ??
      problemCard('This answer is not kept any more', [
        [plain('Ask again with '), code('share'), plain(' to show it to the channel at once.')],
      ]),
  },
];

/** The topic whose name stands in the statement: "DeepSeek V5 runs ..." -> deepseek. */
function topicNamed(
  statement: string,
  topics: readonly { readonly id: string; readonly title: string }[],
): string | undefined {
  const words = statement.normalize('NFKC').toLowerCase();
  return topics.find(
    (topic) => words.includes(topic.title.toLowerCase()) || words.includes(topic.id.replace(/-/gu, ' ')),
  )?.id;
}
