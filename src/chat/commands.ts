/**
 * Every command, once, for every platform. Discord makes slash commands of this table, Slack parses the same words:
 *
 *   /deepseek why v4-on-huawei        /claimwire deepseek status        /deepseek subscribe confirmed digest daily
 *
 * A platform turns what it got into a Call, acknowledges, and then asks for the answer (calls.ts). Adding a command is
 * a row here or, for what changes more than one channel, in commands-manage.ts.
 */
import type { Platform } from '../core/alert.ts';
import { DAY } from '../core/time.ts';
import { STATUSES } from '../core/status.ts';
import type { Card } from './card.ts';
import { claimCard, sourcesCard, statusCard, whyCard } from './cards.ts';
import { checkCard } from './check-card.ts';
import { CLAIM, SHARE, card, notHere } from './command.ts';
import type { Call, Command } from './command.ts';
import { BUTTON_COMMANDS, MANAGE_COMMANDS } from './commands-manage.ts';
import { changedCard } from './digest.ts';
import { latestCard } from './latest-card.ts';
import {
  claimsCard,
  healthCard,
  helpCard,
  mutedCard,
  problemCard,
  subscribedCard,
  subscriptionsCard,
  unmutedCard,
  unsubscribedCard,
} from './notices.ts';
import type { Desk, MutedClaim } from './platform.ts';
import { SUBSCRIBE_OPTIONS, choicesOf } from './subscribe.ts';
import { timelineCard } from './timeline.ts';
import { plain } from './words.ts';

const DEFAULT_MUTE = 7 * DAY;
/** More pages at once would take longer than anybody waits. */
const MAX_CHECKED = 10;

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
    answer: async (desk, asker, call) =>
      card(await desk.why(call.topic?.id ?? '', call.claim?.id ?? '', asker), render),
  };
}

function mutedClaim({ topic, claim }: Call): Omit<MutedClaim, 'until'> {
  return { topic: topic?.id ?? '', claim: claim?.id ?? '', statement: claim?.statement ?? '' };
}

const TOPIC_COMMANDS: readonly Command[] = [
  {
    name: 'status',
    scope: 'topic',
    description: 'What is known: every claim with its status and who knew',
    options: [
      { name: 'state', description: 'Only claims in this state', required: false, kind: 'choice', choices: STATUSES },
      SHARE,
    ],
    needsManage: false,
    answer: async (desk, asker, call) =>
      card(await desk.status(call.topic?.id ?? '', asker), (view) => statusCard(view, call.state ?? undefined)),
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
  aboutClaim('timeline', 'How a claim got to where it is, newest first', timelineCard),
  aboutClaim('sources', 'Who knew first, and who only relayed it', sourcesCard),
  {
    name: 'latest',
    scope: 'topic',
    description: 'The newest pages on the claims, and what each one adds',
    options: [SHARE],
    needsManage: false,
    offered: (desk) => desk.latest !== undefined,
    answer: async (desk, asker, call) =>
      desk.latest === undefined
        ? notHere('The list of newest pages')
        : card(await desk.latest(asker, call.topic?.id ?? ''), latestCard),
  },
  {
    name: 'digest',
    scope: 'topic',
    description: 'What changed lately, in one card',
    options: [{ name: 'days', description: 'Over how many days; default 7', required: false, kind: 'count' }, SHARE],
    needsManage: false,
    answer: async (desk, asker, call) =>
      card(await desk.status(call.topic?.id ?? '', asker), (view) => changedCard(view, Number(call.given.days ?? 7))),
  },
  {
    name: 'check',
    scope: 'topic',
    description: 'Links or pasted text: whom they credit, who really knew, which claims they touch',
    options: [
      {
        name: 'what',
        description: `Up to ${MAX_CHECKED} links, or the text itself`,
        required: true,
        kind: 'text',
        shown: '<link or text> ...',
      },
      SHARE,
    ],
    needsManage: false,
    offered: (desk) => desk.check !== undefined,
    answer: async (desk, asker, call) => {
      if (desk.check === undefined) return notHere('Checking links');
      const things = checkable(call.given.what ?? '');
      if (things.length > MAX_CHECKED) {
        return problemCard(`At most ${MAX_CHECKED} links at once: these were ${things.length}`, [
          [plain('Send the ones that matter most; copies of one report add nothing.')],
        ]);
      }
      return card(await desk.check(asker, things), checkCard);
    },
  },
  {
    name: 'subscribe',
    scope: 'topic',
    description: 'Post this topic’s alerts in this channel, or change how',
    options: SUBSCRIBE_OPTIONS,
    needsManage: true,
    tellsChannel: true,
    answer: async (desk, asker, call) => {
      const topic = call.topic?.id ?? '';
      const chosen = choicesOf(call.given);
      if (!chosen.ok) return problemCard(chosen.problem, [[plain(chosen.next)]]);
      // A digest chosen for a channel that follows already leaves its level alone.
      const before = call.level === null ? await desk.subscriptions(asker) : null;
      const stood = before?.ok === true ? before.value.find((one) => one.topic === topic)?.level : undefined;
      const answer = await desk.subscribe(asker, topic, call.level ?? stood ?? 'changes', chosen.options);
      if (!answer.ok) return problemCard(answer.message);
      const status = answer.value.state;
      return subscribedCard({
        topic,
        title: call.topic?.title ?? topic,
        level: answer.value.level,
        options: answer.value.options,
        created: answer.value.created,
        status,
        // Slack's form has room for everything.
        twoForms: asker.platform === 'discord',
      });
    },
  },
  {
    name: 'unsubscribe',
    scope: 'topic',
    description: 'Stop this topic’s alerts in this channel',
    options: [],
    needsManage: true,
    tellsChannel: true,
    answer: async (desk, asker, call) =>
      card(await desk.unsubscribe(asker, call.topic?.id ?? ''), ({ removed }) =>
        unsubscribedCard(call.topic ?? { id: '', title: '' }, removed),
      ),
  },
  {
    name: 'mute',
    scope: 'topic',
    description: 'Keep one claim quiet in this channel for a while',
    options: [
      CLAIM,
      {
        name: 'for',
        description: 'How long: 3 hours, 7 days, 2 weeks; default 7 days',
        required: false,
        kind: 'duration',
        lead: ['for'],
        shown: 'for <time>',
      },
    ],
    needsManage: true,
    tellsChannel: true,
    offered: (desk) => desk.mute !== undefined,
    answer: async (desk, asker, call) =>
      desk.mute === undefined
        ? notHere('Muting')
        : card(
            await desk.mute(asker, call.topic?.id ?? '', call.claim?.id ?? '', Number(call.given.for ?? DEFAULT_MUTE)),
            ({ until }) => mutedCard(mutedClaim(call), until),
          ),
  },
  {
    name: 'unmute',
    scope: 'topic',
    description: 'End a mute early: alerts on the claim are posted here again',
    options: [CLAIM],
    needsManage: true,
    tellsChannel: true,
    offered: (desk) => desk.unmute !== undefined,
    answer: async (desk, asker, call) =>
      desk.unmute === undefined
        ? notHere('Muting')
        : card(await desk.unmute(asker, call.topic?.id ?? '', call.claim?.id ?? ''), ({ removed, why }) =>
            unmutedCard(call.claim?.statement ?? '', removed, why),
          ),
  },
  {
    name: 'subscriptions',
    scope: 'topic',
    description: 'What this channel follows and how, and what it has muted',
    options: [SHARE],
    needsManage: false,
    answer: async (desk, asker) => {
      const muted = await desk.mutes?.(asker);
      return card(await desk.subscriptions(asker), (subscriptions) =>
        subscriptionsCard(subscriptions, desk.topics(asker), muted?.ok === true ? muted.value : []),
      );
    },
  },
  {
    name: 'help',
    scope: 'topic',
    description: 'What claimwire does and its commands',
    options: [SHARE],
    needsManage: false,
    // From memory: answers even while the database does not.
    answer: async (desk, asker, call) =>
      helpCard(desk.topics(asker), usageRows(desk, asker.platform, call.topic?.id ?? desk.topics(asker)[0]?.id)),
  },
];

/** Commands of the product that anybody may give; those for managers follow them. */
const PRODUCT_COMMANDS: readonly Command[] = [
  ...TOPIC_COMMANDS.filter((command) => ['subscriptions', 'help'].includes(command.name)).map((command): Command => ({
    ...command,
    scope: 'product',
  })),
  {
    name: 'health',
    scope: 'product',
    description: 'Whether feeds, database, queue and platforms work',
    options: [SHARE],
    needsManage: false,
    answer: async (desk) => card(await desk.health(), healthCard),
  },
];

export const COMMANDS: readonly Command[] = [
  ...TOPIC_COMMANDS,
  ...MANAGE_COMMANDS,
  ...PRODUCT_COMMANDS,
  ...BUTTON_COMMANDS,
];

/** Commands that can be typed on this platform with what this desk can do. */
export function commandsFor(desk: Desk, platform: Platform): readonly Command[] {
  return COMMANDS.filter(
    (command) =>
      command.scope !== 'button' &&
      (command.only === undefined || command.only === platform) &&
      (command.offered?.(desk) ?? true),
  );
}

/** Links one by one; without any, the words themselves are what is asked about. */
export function checkable(words: string): string[] {
  const links = words.match(/https?:\/\/[^\s<>"“”]{4,2000}/giu) ?? [];
  return links.length > 0 ? [...new Set(links.map((link) => link.replace(/[).,;!?\]}'’]+$/u, '')))] : [words.trim()];
}

export interface UsageRow {
  /** With every option: README's reference. */
  readonly usage: string;
  /** With what must be said: the help card. */
  readonly brief: string;
  readonly description: string;
  readonly needsManage: boolean;
}

/** "/<topic> why <claim>" and what it does. */
export function usageRows(desk: Desk, platform: Platform, topic = '<topic>'): UsageRow[] {
  return commandsFor(desk, platform).map((command) => ({
    usage: usageOf(command, topic, true),
    brief: usageOf(command, topic, false),
    description: command.description,
    needsManage: command.needsManage,
  }));
}

const BRIEF_CHOICES = 3;

function usageOf(command: Command, topic: string, whole: boolean): string {
  const options = command.options
    .filter((option) => option.name !== 'share' && (whole || option.required))
    .map((option) => {
      const lead = option.lead === undefined ? '' : `${option.lead[0] ?? ''} `;
      // In the help card a long list of choices would hide what the command is called.
      const spelled = option.choices !== undefined && (whole || option.choices.length <= BRIEF_CHOICES);
      const listed = spelled ? `${lead}${option.choices?.join('|') ?? ''}` : `<${option.name}>`;
      const words = option.shown ?? (option.kind === 'flag' ? option.name : listed);
      return option.required ? words : `[${words}]`;
    });
  return [command.scope === 'topic' ? `/${topic}` : '/claimwire', command.name, ...options].join(' ');
}
