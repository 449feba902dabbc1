/**
 * One row of the command table: what a command is called, what it takes, who may give it, who sees the answer.
 */
import type { Level, Platform } from '../core/alert.ts';
import type { Status } from '../core/status.ts';
import type { Card } from './card.ts';
import type { ClaimName, TopicName } from './names.ts';
import { problemCard } from './notices.ts';
import type { CommandOption, OptionName } from './options.ts';
import type { Asker, Desk, DeskAnswer } from './platform.ts';

/** What somebody asked, checked: the topic and claim exist, options are known. */
export interface Call {
  readonly command: Command;
  readonly topic: TopicName | null;
  readonly claim: ClaimName | null;
  readonly level: Level | null;
  readonly state: Status | null;
  /** Every other option in its agreed spelling (options.ts). */
  readonly given: Readonly<Partial<Record<OptionName, string>>>;
  /** The asker wants everybody in the channel to see the answer. */
  readonly share: boolean;
}

export interface Command {
  /** One word, or two: "feeds add" is a subcommand of a group. */
  readonly name: string;
  /** topic: `/deepseek status`; product: `/claimwire health`; button: only behind a button or form. */
  readonly scope: 'topic' | 'product' | 'button';
  /** At most 100 characters (Discord). */
  readonly description: string;
  readonly options: readonly CommandOption[];
  /** Only for people who may manage the channel; checked here and by the desk, whatever the platform declares. */
  readonly needsManage: boolean;
  /** The answer tells the channel of a change in it. Else it is for the asker alone unless shared. */
  readonly tellsChannel?: boolean;
  /** The card is posted the way alerts are; the asker alone hears what became of it. */
  readonly postsHere?: boolean;
  /** Where it is; default everywhere. */
  readonly only?: Platform;
  /** Whether this desk can serve it; default yes. */
  readonly offered?: (desk: Desk) => boolean;
  readonly answer: (desk: Desk, asker: Asker, call: Call) => Promise<Card>;
}

/** The desk's answer as a card; its refusal in its own words. */
export function card<T>(answer: DeskAnswer<T>, render: (value: T) => Card): Card {
  return answer.ok ? render(answer.value) : problemCard(answer.message);
}

/** A command that only a desk with this ability offers is never reached without it; this says so all the same. */
export function notHere(what: string): Card {
  return problemCard(`${what} is not available here`);
}

export const CLAIM: CommandOption = {
  name: 'claim',
  description: 'Which claim: its name or words from it',
  required: true,
  kind: 'claim',
};

export const SHARE: CommandOption = {
  name: 'share',
  description: 'Show the answer to the whole channel',
  required: false,
  kind: 'flag',
};
