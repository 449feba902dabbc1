/**
 * Every command, once, for every platform. Discord makes slash commands of this table, Slack parses the same words:
 *
 *   /deepseek why v4-on-huawei        /claimwire deepseek status        /deepseek subscribe confirmed
 *
 * A platform turns what it got into a Call, acknowledges, and then asks for the answer (calls.ts). Adding a command is
 * a row here.
 */
import { DAY } from '../core/time.ts';
import { STATUSES } from '../core/status.ts';
import type { Level } from '../core/alert.ts';
import type { Card } from './card.ts';
import { claimCard, sourcesCard, statusCard, whyCard } from './cards.ts';
import type { ClaimName, TopicName } from './names.ts';
import {
  claimsCard,
  healthCard,
  helpCard,
  mutedCard,
  problemCard,
  subscribedCard,
  subscriptionsCard,
  unsubscribedCard,
} from './notices.ts';
import type { Asker, Desk, DeskAnswer } from './platform.ts';
import { timelineCard } from './timeline.ts';

export type OptionName = 'claim' | 'level' | 'state' | 'share';

export interface CommandOption {
  readonly name: OptionName;
  readonly description: string;
  readonly required: boolean;
  /** claim: completed from the topic's claims; choice: one of `choices`; flag: "yes" or absent. */
  readonly kind: 'claim' | 'choice' | 'flag';
  readonly choices?: readonly string[];
}

const COMMAND_NAMES = [
  'status',
  'claims',
  'claim',
  'why',
  'timeline',
  'sources',
  'subscribe',
  'unsubscribe',
  'mute',
  'subscriptions',
  'health',
  'help',
] as const;
type CommandName = (typeof COMMAND_NAMES)[number];

/** What somebody asked, checked: the topic and claim exist, options are known. */
export interface Call {
  readonly command: Command;
  readonly topic: TopicName | null;
  readonly claim: ClaimName | null;
  readonly level: Level | null;
  readonly state: (typeof STATUSES)[number] | null;
  /** The asker wants everybody in the channel to see the answer. */
  readonly share: boolean;
}

export interface Command {
  readonly name: CommandName;
  /** topic: `/deepseek status`; product: `/claimwire health`. */
  readonly scope: 'topic' | 'product';
  /** At most 100 characters (Discord). */
  readonly description: string;
  readonly options: readonly CommandOption[];
  /** Only for people who may manage the channel; checked here whatever the platform declares. */
  readonly needsManage: boolean;
  readonly answer: (desk: Desk, asker: Asker, call: Call) => Promise<Card>;
}

/** Levels offered in chat; the default first is `changes`. */
export const OFFERED_LEVELS: readonly Level[] = ['changes', 'confirmed', 'all'];

const CLAIM: CommandOption = {
  name: 'claim',
  description: 'Which claim: its name or words from it',
  required: true,
  kind: 'claim',
};
const SHARE: CommandOption = {
  name: 'share',
  description: 'Show the answer to the whole channel',
  required: false,
  kind: 'flag',
};

function failed(answer: { readonly message: string }): Card {
  return problemCard(answer.message);
}

function card<T>(answer: DeskAnswer<T>, render: (value: T) => Card): Card {
  return answer.ok ? render(answer.value) : failed(answer);
}

function aboutClaim(
  name: 'claim' | 'why' | 'timeline' | 'sources',
  description: string,
  render: (view: Parameters<typeof whyCard>[0]) => Card,
): Command {
  return {
    name,
    scope: 'topic',
    description,
    options: [CLAIM, SHARE],
    needsManage: false,
    answer: async (desk, _asker, call) => card(await desk.why(call.topic?.id ?? '', call.claim?.id ?? ''), render),
  };
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'status',
    scope: 'topic',
    description: 'What is known: every claim with its status and who knew',
    options: [
      { name: 'state', description: 'Only claims in this state', required: false, kind: 'choice', choices: STATUSES },
      SHARE,
    ],
    needsManage: false,
    answer: async (desk, _asker, call) =>
      card(await desk.status(call.topic?.id ?? ''), (view) => statusCard(view, call.state ?? undefined)),
  },
  {
    name: 'claims',
    scope: 'topic',
    description: 'The tracked claims by name',
    options: [SHARE],
    needsManage: false,
    // From memory: answers even while the database does not.
    answer: async (_desk, _asker, call) => claimsCard(call.topic ?? { id: '', title: '' }, call.topic?.claims ?? []),
  },
  aboutClaim('claim', 'One claim: its status, who knew, the newest pages', claimCard),
  aboutClaim('why', 'Why a claim has its status and what would change it', whyCard),
  aboutClaim('timeline', 'How a claim came to where it is, newest first', timelineCard),
  aboutClaim('sources', 'Who knew first, and who only relayed it', sourcesCard),
  {
    name: 'subscribe',
    scope: 'topic',
    description: 'Post alerts of this topic in this channel',
    options: [
      {
        name: 'level',
        description:
          'changes: every change of status; confirmed: only confirmed and refuted; all: for now the same as changes',
        required: false,
        kind: 'choice',
        choices: OFFERED_LEVELS,
      },
    ],
    needsManage: true,
    answer: async (desk, asker, call) => {
      const topic = call.topic?.id ?? '';
      const answer = await desk.subscribe(asker, topic, call.level ?? 'changes');
      if (!answer.ok) return failed(answer);
      const status = await desk.status(topic);
      const title = call.topic?.title ?? topic;
      return subscribedCard(title, answer.value.level, answer.value.created, status.ok ? status.value : null);
    },
  },
  {
    name: 'unsubscribe',
    scope: 'topic',
    description: 'Stop alerts of this topic in this channel',
    options: [],
    needsManage: true,
    answer: async (desk, asker, call) =>
      card(await desk.unsubscribe(asker, call.topic?.id ?? ''), ({ removed }) =>
        unsubscribedCard(call.topic?.title ?? '', removed),
      ),
  },
  {
    name: 'mute',
    scope: 'topic',
    description: 'Keep one claim quiet in this channel for 7 days',
    options: [CLAIM],
    needsManage: true,
    answer: async (desk, asker, call) =>
      desk.mute === undefined
        ? problemCard('Muting is not available here')
        : card(await desk.mute(asker, call.topic?.id ?? '', call.claim?.id ?? '', 7 * DAY), ({ until }) =>
            mutedCard(call.claim?.statement ?? '', until),
          ),
  },
  {
    name: 'subscriptions',
    scope: 'product',
    description: 'What this channel follows',
    options: [],
    needsManage: false,
    answer: async (desk, asker) =>
      card(await desk.subscriptions(asker), (subscriptions) => subscriptionsCard(subscriptions, desk.topics())),
  },
  {
    name: 'health',
    scope: 'product',
    description: 'Whether feeds, database, queue and platforms work',
    options: [SHARE],
    needsManage: false,
    answer: async (desk) => card(await desk.health(), healthCard),
  },
  {
    name: 'help',
    scope: 'product',
    description: 'What claimwire does and its commands',
    options: [SHARE],
    needsManage: false,
    // From memory: answers even while the database does not.
    answer: async (desk) => helpCard(desk.topics(), usageRows(desk)),
  },
];

/** Commands this desk can serve; `mute` exists only where the product can mute. */
export function commandsFor(desk: Pick<Desk, 'mute'>): readonly Command[] {
  return COMMANDS.filter((command) => command.name !== 'mute' || desk.mute !== undefined);
}

/** "/<topic> why <claim>" and what it does; README's reference and the help card. */
export function usageRows(desk: Pick<Desk, 'mute'>): { readonly usage: string; readonly description: string }[] {
  return commandsFor(desk).map((command) => {
    const options = command.options
      .filter((option) => option.kind !== 'flag')
      .map((option) => {
        const words = option.kind === 'choice' ? (option.choices ?? []).join('|') : `<${option.name}>`;
        return option.required ? words : `[${words}]`;
      });
    const root = command.scope === 'topic' ? '/<topic>' : '/claimwire';
    return { usage: [root, command.name, ...options].join(' '), description: command.description };
  });
}
