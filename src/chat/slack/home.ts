/**
 * The Home tab: what the workspace follows, as far as the person looking may see the channels, and how to change it. Pure.
 *
 * Limits (@slack/types 3.2.0): 100 blocks a view.
 */
import type { HomeView, KnownBlock } from '@slack/types';
import { actionId } from '../card.ts';
import type { Followed } from '../notices.ts';
import { followsLine } from '../subscribe.ts';
import { abridged } from '../../core/wording.ts';
import { safeText } from '../text.ts';
import { slackText } from './escape.ts';

export interface FollowedChannel extends Followed {
  readonly channel: string;
}

/** More would not be read; the commands show the rest channel by channel. */
const MOST = 25;

export function homeView(
  topics: readonly { readonly id: string; readonly title: string }[],
  followed: readonly FollowedChannel[],
): HomeView {
  const titles = abridged(
    topics.map((topic) => topic.title),
    12,
  );
  const shown = followed.slice(0, MOST);
  return {
    type: 'home',
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'claimwire', emoji: false } },
      mrkdwn(
        `claimwire posts when what is known changes, not every time somebody writes about it. It follows ${slackText(safeText(titles)).slice(0, 500)}.`,
      ),
      {
        type: 'actions',
        elements: [
          button('Subscribe a channel', 'subscribe', '', 'home', 'primary'),
          button('Show status', 'status', topics[0]?.id ?? '', 'home'),
          button('Help', 'help', '', 'home'),
        ],
      },
      { type: 'divider' },
      mrkdwn(
        followed.length === 0
          ? `*No channel follows anything yet*\nChoose one with the button above${topics[0] === undefined ? '' : `, or type \`/${topics[0].id} subscribe\` in it`}.`
          : '*Channels that follow a topic*',
      ),
      ...shown.flatMap((one) => row(one, topics)),
      ...(followed.length > MOST ? [mrkdwn(`… and ${followed.length - MOST} more`)] : []),
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'Only channels that you can see are listed. `/claimwire help` lists every command.' },
        ],
      },
    ],
  };
}

function row(one: FollowedChannel, topics: readonly { readonly id: string; readonly title: string }[]): KnownBlock[] {
  const title = topics.find((topic) => topic.id === one.topic)?.title ?? one.topic;
  const how = followsLine(one.level, one.options)
    .map((inline) => ('text' in inline ? inline.text : ''))
    .join('');
  const paused =
    one.paused === null || one.paused === undefined ? '' : `\n⚠️ Paused: ${slackText(safeText(one.paused))}`;
  return [
    // The channel is named by its id: Slack shows its name to those who may see it.
    mrkdwn(`<#${one.channel}> *${slackText(safeText(title))}*: ${slackText(safeText(how))}${paused}`),
    {
      type: 'actions',
      elements: [
        button('Change', 'subscribe', one.topic, one.channel),
        button('Stop', 'unsubscribe', one.topic, one.channel),
      ],
    },
  ];
}

function mrkdwn(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

/** The channel travels in the value and is asked about again when the button is pressed. */
function button(
  label: string,
  action: 'subscribe' | 'unsubscribe' | 'status' | 'help',
  topic: string,
  channel: string,
  style?: 'primary',
): {
  type: 'button';
  text: { type: 'plain_text'; text: string; emoji: false };
  action_id: string;
  value: string;
  style?: 'primary';
} {
  return {
    type: 'button',
    text: { type: 'plain_text', text: label, emoji: false },
    action_id: actionId({ action, topic, claim: '' }),
    value: channel,
    ...(style === undefined ? {} : { style }),
  };
}
