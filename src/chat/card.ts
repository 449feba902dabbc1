/**
 * Card: one message model for every platform. Renderers are pure: Card -> console text, Discord payload, Slack blocks.
 *
 *   ✅ Confirmed: DeepSeek V4 runs on Huawei Ascend chips        tone + title: the news in one line
 *   Was corroborated since 3 April. DeepSeek says so itself.     sections of lines of inlines
 *   Who knew  Financial Times 28 Feb · The Information 3 Apr
 *   Published 11:10 · seen 11:14 · posted 11:14                  dates travel as numbers: the reader's zone decides
 *   [Why?] [Sources]                                             actions: names of commands, nothing trusted
 */
import type { Status } from '../core/status.ts';
import type { WhyView } from '../core/view.ts';

/**
 * How a time is shown. day: "24 Apr"; moment: day and clock; clock: only the clock (beside a moment of the same day);
 * ago: "4 min ago". Platforms with date markup show it in the reader's own zone, the others in UTC.
 */
export type TimeShape = 'day' | 'moment' | 'clock' | 'ago';

/** Text is untrusted unless we wrote it; renderers escape all of it and no part can mention anybody. */
export type Inline =
  | { readonly text: string; readonly style?: 'plain' | 'bold' | 'quote' | 'muted' | 'code' }
  /** `link` is https and from evidence, or the renderer shows the label alone. */
  | { readonly link: string; readonly label: string }
  /** Milliseconds since 1970 UTC; `now` (same clock) is needed by `ago` where the platform cannot count itself. */
  | { readonly time: number; readonly as: TimeShape; readonly now?: number };

export type Line = readonly Inline[];

/**
 * What a renderer gives up first when a card is too long. keep: status, because, origins, link; shrink: texts are cut;
 * drop: goes first, as a whole.
 */
export type Weight = 'keep' | 'shrink' | 'drop';

export interface CardSection {
  readonly heading?: string;
  readonly lines: readonly Line[];
  /** Default 'shrink'. */
  readonly weight?: Weight;
  /** Small print where the platform has it. */
  readonly muted?: boolean;
}

/** Buttons. The answer is computed from the command and claim when pressed; a forged one only asks what anybody may ask. */
const ACTIONS = [
  'why',
  'timeline',
  'sources',
  'status',
  'help',
  'mute',
  'unmute',
  'unsubscribe',
  // These open a form (forms.ts): nothing happens before it is sent.
  'subscribe',
  'delivery',
  'wrong',
  'override',
  // These carry the id of a draft, an alert or a report where others carry a claim.
  'confirm',
  'approve',
  'drop',
  'right',
  'not-relevant',
  // These show the channel what the asker alone was answered: the command is given once more.
  'share-status',
  'share-claim',
  'share-why',
  'share-timeline',
  'share-sources',
  'share-latest',
  'share-claims',
  'share-digest',
  'share-subscriptions',
  'share-health',
  'share-log',
  'share-feeds-list',
  'share-help',
  // This one carries the id of a kept answer: what was asked does not fit a button.
  'share',
  // The alert role of a Discord server, taken or given back by the one who presses.
  'role',
] as const;
export type ActionName = (typeof ACTIONS)[number];

export interface CardAction {
  readonly action: ActionName;
  /** '' when the action needs none. */
  readonly topic: string;
  readonly claim: string;
  /** Default: what the action is called everywhere. */
  readonly label?: string;
}

export const ACTION_LABELS: Readonly<Record<ActionName, string>> = {
  why: 'Why?',
  timeline: 'Timeline',
  sources: 'Sources',
  status: 'Show status',
  help: 'Help',
  mute: 'Mute for 7 days',
  unmute: 'Unmute',
  unsubscribe: 'Unsubscribe',
  subscribe: 'Subscribe here',
  delivery: 'Mention and threads',
  wrong: 'Wrong?',
  override: 'Override',
  confirm: 'Track this',
  approve: 'Approve',
  drop: 'Drop',
  right: 'Right',
  'not-relevant': 'Not relevant',
  'share-status': 'Show to channel',
  'share-claim': 'Show to channel',
  'share-why': 'Show to channel',
  'share-timeline': 'Show to channel',
  'share-sources': 'Show to channel',
  'share-latest': 'Show to channel',
  'share-claims': 'Show to channel',
  'share-digest': 'Show to channel',
  'share-subscriptions': 'Show to channel',
  'share-health': 'Show to channel',
  'share-log': 'Show to channel',
  'share-feeds-list': 'Show to channel',
  'share-help': 'Show to channel',
  share: 'Show to channel',
  role: 'Alert me',
};

/** What most people press next: drawn stronger than its neighbours. */
export const PRESSED_FIRST: ReadonlySet<ActionName> = new Set(['subscribe', 'confirm', 'approve']);

/** The whole card in one row of a log: "24 Apr  CONFIRMED  V4 runs on Huawei chips   DeepSeek, its own page". */
interface Brief {
  readonly at: number | null;
  readonly subject: string;
  readonly note: string;
}

/** What can be drawn beside the words; the desk makes a picture of it. The words say everything alone. */
export interface CardDrawing {
  readonly kind: 'timeline' | 'sources';
  readonly why: WhyView;
}

export interface Card {
  /** Decides colour, symbol and word; never colour alone. */
  readonly tone: Tone;
  /** The news in one line; also the notification text. Begins with the status word; the renderer adds the symbol. */
  readonly title: string;
  readonly link?: string;
  readonly sections: readonly CardSection[];
  readonly footer: readonly string[];
  readonly actions?: readonly CardAction[];
  readonly brief?: Brief;
  readonly drawing?: CardDrawing;
  /** Handed to the asker beside the words. */
  readonly file?: CardFile;
}

export interface CardFile {
  readonly name: string;
  readonly text: string;
}

export type Tone = Status | 'info' | 'problem';

/** Colours keep 3:1 against both Discord and Slack backgrounds, light and dark; symbols differ in shape for those who see no colour. */
export const LOOKS: Readonly<
  Record<Tone, { readonly symbol: string; readonly word: string; readonly color: number; readonly ansi: number }>
> = {
  confirmed: { symbol: '✅', word: 'Confirmed', color: 0x2e9e5b, ansi: 32 },
  corroborated: { symbol: '◐', word: 'Corroborated', color: 0x3b82d6, ansi: 34 },
  reported: { symbol: '○', word: 'Reported', color: 0x8a8f98, ansi: 36 },
  unverified: { symbol: '◌', word: 'Unverified', color: 0x8a8f98, ansi: 90 },
  disputed: { symbol: '⚠️', word: 'Disputed', color: 0xd98a1f, ansi: 33 },
  refuted: { symbol: '❌', word: 'Refuted', color: 0xd64545, ansi: 31 },
  expired: { symbol: '⌛', word: 'Expired', color: 0x8d74c9, ansi: 35 },
  info: { symbol: 'ℹ️', word: 'claimwire', color: 0x3b82d6, ansi: 36 },
  problem: { symbol: '❗', word: 'Problem', color: 0xd98a1f, ansi: 33 },
};

/** "✅ Confirmed: V4 runs on Huawei chips", safe to hand to a platform's escaper. */
export function headline(card: Pick<Card, 'tone' | 'title'>): string {
  return `${LOOKS[card.tone].symbol} ${card.title}`;
}

/** The button that shows a command's answer to the channel, where there is one. */
export function shareAction(command: string): ActionName | null {
  return ACTIONS.find((name) => name === `share-${command.replace(' ', '-')}`) ?? null;
}

/** At most 100 characters (Discord's custom_id; Slack allows 255). Ids are [a-z0-9-] by configuration. */
export function actionId(action: CardAction): string {
  return `cw:${action.action}:${action.topic}:${action.claim}`.slice(0, 100);
}

/** Reads an id that came back from a platform. It is outside input: the names in it are looked up like typed words. */
export function parseActionId(id: string): CardAction | null {
  if (id.length > 100) return null;
  const match = /^cw:([a-z-]+):([^:]*):([^:]*)$/u.exec(id);
  const action = ACTIONS.find((name) => name === match?.[1]);
  return action === undefined || match === null ? null : { action, topic: match[2] ?? '', claim: match[3] ?? '' };
}
