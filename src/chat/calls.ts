/**
 * From what somebody typed or pressed to an answer, the same on every platform:
 *
 *   readCall(desk, asker, 'deepseek', 'why v4-on-hauwei')  ->  a card: there is no claim "v4-on-hauwei". Did you mean v4-on-huawei?
 *   checkCall(desk, asker, 'deepseek', 'why', { claim: 'v4-on-huawei' })  ->  a Call; acknowledge it, then `answer` it
 */
import { STATUSES } from '../core/status.ts';
import { LEVELS } from '../core/alert.ts';
import { shareAction } from './card.ts';
import type { Card, CardAction } from './card.ts';
import type { Call, Command } from './command.ts';
import { COMMANDS, commandsFor } from './commands.ts';
import { findClaim, nearest } from './names.ts';
import type { ClaimName, TopicName } from './names.ts';
import { problemCard, unknownCard } from './notices.ts';
import { MAX_TEXT, readValue } from './options.ts';
import type { CommandOption, OptionName } from './options.ts';
import type { Asker, Desk } from './platform.ts';
import { typedOptions, wordsOf } from './typed.ts';
import { code, plain } from './words.ts';

export type ReadCall =
  | { readonly ok: true; readonly call: Call }
  /** `about`: which option is to be mended, where a form can point at it. */
  | { readonly ok: false; readonly card: Card; readonly about?: OptionName };

/** Who asks, as far as it decides what there is to ask for. */
export type Reader = Pick<Asker, 'platform' | 'workspace'>;

type Options = Readonly<Partial<Record<OptionName, string>>>;

/**
 * Named options (Discord, buttons, forms) -> Call. `root` is the slash command's own name: a topic id or "claimwire".
 * Everything in it is outside input; a problem is a card that says the next step.
 */
export function checkCall(desk: Desk, reader: Reader, root: string, name: string, options: Options): ReadCall {
  const topics = desk.topics(reader);
  const topic = root === 'claimwire' ? null : topics.find((one) => one.id === root);
  if (topic === undefined) return refuse(topicProblem(root, topics));
  const command = commandOf(desk, reader, topic === null ? 'claimwire' : 'topic', name);
  if (command === undefined) return refuse(commandProblem(desk, reader, root, name, ''));
  const placed = placeFor(command, topic, topics);
  if (placed === undefined) return refuse(whichTopic(command, topics));
  let claim: ClaimName | null = null;
  const given: Partial<Record<OptionName, string>> = {};
  for (const option of command.options) {
    const value = options[option.name]?.trim() ?? '';
    if (value === '') {
      if (!option.required) continue;
      if (option.kind === 'claim') return refuse(claimProblem(command, placed, topics, ''), option.name);
      return refuse(missing(command, option, placed?.id ?? 'topic'), option.name);
    }
    if (option.kind === 'claim') {
      const found = findClaim(claimsIn(command, placed, topics), value);
      if (!found.ok) return refuse(claimProblem(command, placed, topics, value, found.nearest), option.name);
      claim = found.claim;
      continue;
    }
    const problem = readOption(option, value, topics, given);
    if (problem !== null) return refuse(problem, option.name);
  }
  return {
    ok: true,
    call: {
      command,
      topic: placed,
      claim,
      level: LEVELS.find((level) => level === given.level) ?? null,
      state: STATUSES.find((state) => state === given.state) ?? null,
      given,
      share: given.share === 'yes',
    },
  };
}

/** Reads one value into `given`; the problem as a card, or null. */
function readOption(
  option: CommandOption,
  value: string,
  topics: readonly TopicName[],
  given: Partial<Record<OptionName, string>>,
): Card | null {
  const choices = option.kind === 'topic' ? topics.map((topic) => topic.id) : (option.choices ?? []);
  if (option.kind === 'choice' || option.kind === 'topic') {
    const word = value.normalize('NFKC').toLowerCase();
    if (!choices.includes(word))
      return unknownCard(option.name, value, nearest(word, choices), [plain('One of: '), code(choices.join(' '))]);
    given[option.name] = word;
    return null;
  }
  if (option.kind === 'flag') {
    given[option.name] = /^(?:yes|on|true|share|urgent)$/iu.test(value) ? 'yes' : 'no';
    return null;
  }
  const read = readValue(option.kind, value);
  if (!read.ok) return problemCard(`“${value.slice(0, 80)}” is not understood as ${option.name}`, [[plain(read.next)]]);
  given[option.name] = read.value;
  return null;
}

/** The command of that name under this root. Under a topic the product's own are understood too: /deepseek help. */
function commandOf(desk: Desk, reader: Reader, root: 'topic' | 'claimwire', name: string): Command | undefined {
  const offered = [
    ...commandsFor(desk, reader.platform),
    ...COMMANDS.filter((command) => command.scope === 'button' && (command.offered?.(desk) ?? true)),
  ].filter((command) => command.name === name);
  const wanted = root === 'topic' ? 'topic' : 'product';
  return offered.find((command) => command.scope === wanted) ?? offered[0];
}

/** The topic a command is about: as named; the only one there is; none where it needs none. undefined: must be asked. */
function placeFor(
  command: Command,
  topic: TopicName | null,
  topics: readonly TopicName[],
): TopicName | null | undefined {
  if (topic !== null || command.scope !== 'topic') return topic;
  if (topics.length === 1 || command.name === 'check') return topics[0];
  return undefined;
}

/** Claims that can be meant: of the topic; of every topic for the product's own commands and buttons. */
function claimsIn(command: Command, topic: TopicName | null, topics: readonly TopicName[]): readonly ClaimName[] {
  return topic !== null && command.scope === 'topic' ? topic.claims : topics.flatMap((one) => one.claims);
}

function refuse(problem: Card, about?: OptionName): ReadCall {
  return { ok: false, card: problem, ...(about === undefined ? {} : { about }) };
}

function topicProblem(root: string, topics: readonly TopicName[]): Card {
  const names = topics.map((one) => one.id);
  return unknownCard('topic', root.slice(0, 80), nearest(root, names), [plain('Topics: '), code(names.join(' '))]);
}

function whichTopic(command: Command, topics: readonly TopicName[]): Card {
  return problemCard(
    'Of which topic?',
    topics.slice(0, 10).map((topic) => [code(`/${topic.id} ${command.name}`), plain(` ${topic.title}`)]),
  );
}

function missing(command: Command, option: CommandOption, topic: string): Card {
  const root = command.scope === 'topic' ? `/${topic}` : '/claimwire';
  const words = option.shown ?? (option.choices === undefined ? `<${option.name}>` : option.choices.join('|'));
  return problemCard(`${option.description.split(/[;:.]/u)[0] ?? option.name}?`, [
    [plain('Say it like this: '), code(`${root} ${command.name} ${words}`)],
  ]);
}

/** What was typed after the name is kept, so that the right line can be copied. */
function commandProblem(desk: Desk, reader: Reader, root: string, name: string, rest: string): Card {
  const scope = root === 'claimwire' ? 'product' : 'topic';
  const offered = commandsFor(desk, reader.platform).filter((command) => command.scope === scope);
  const names = offered.map((one) => one.name);
  const near = nearest(name, names).map((one) => `/${root} ${one}${rest === '' ? '' : ` ${rest}`}`);
  return unknownCard('command', name.slice(0, 80), near, [
    plain('Here are: '),
    code([...new Set(names.map((one) => one.split(' ')[0] ?? ''))].join(' ')),
  ]);
}

function claimProblem(
  command: Command,
  topic: TopicName | null,
  topics: readonly TopicName[],
  given: string,
  near: readonly string[] = [],
): Card {
  const root = command.scope === 'topic' ? (topic?.id ?? topics[0]?.id ?? 'topic') : 'claimwire';
  const listed = topic?.id ?? topics[0]?.id ?? 'topic';
  const claims = claimsIn(command, topic, topics);
  const next = [plain('All names: '), code(`/${listed} claims`)];
  if (claims.length === 0) {
    return problemCard('No claim is tracked here yet', [
      [plain('Somebody who manages this channel can add one: '), code('/claimwire track "statement"')],
    ]);
  }
  return given === ''
    ? problemCard('Which claim?', [
        [plain('Say it like this: '), code(`/${root} ${command.name} ${claims[0]?.id ?? '<claim>'}`)],
        next,
      ])
    : unknownCard('claim', given.slice(0, 80), near, next);
}

/** Other words people try first. */
const ALIASES: Readonly<Record<string, string>> = {
  follow: 'subscribe',
  unfollow: 'unsubscribe',
  stop: 'unsubscribe',
  list: 'claims',
  '?': 'help',
  '--help': 'help',
  settings: 'subscriptions',
  new: 'latest',
  feeds: 'feeds list',
};

/**
 * Typed words (Slack, mentions) -> Call. `root` as above; `/claimwire deepseek status` works for topics that have no slash
 * command of their own. No words at all: status of a topic, help of the product.
 */
export function readCall(desk: Desk, reader: Reader, root: string, text: string): ReadCall {
  if (text.length > MAX_TEXT) {
    return refuse(
      problemCard(`That was ${text.length} characters; a command takes ${MAX_TEXT}`, [
        [plain('Send a link instead, or only the part that matters.')],
      ]),
    );
  }
  const words = wordsOf(text);
  const first = words[0]?.folded ?? '';
  const topics = desk.topics(reader);
  if (root === 'claimwire' && topics.some((topic) => topic.id === first)) {
    const begin = words[1]?.at;
    return readCall(desk, reader, first, begin === undefined ? '' : text.slice(begin));
  }
  if (first === '') return checkCall(desk, reader, root, root === 'claimwire' ? 'help' : 'status', {});
  const pair = `${first} ${words[1]?.folded ?? ''}`;
  const scope = root === 'claimwire' ? 'claimwire' : 'topic';
  const isPair = commandOf(desk, reader, scope, pair)?.scope === 'product';
  const name = isPair ? pair : Object.hasOwn(ALIASES, first) ? (ALIASES[first] ?? first) : first;
  const command = commandOf(desk, reader, scope, name);
  const after = words.slice(isPair ? 2 : 1);
  if (command === undefined || command.scope === 'button') {
    if (root !== 'claimwire' && !topics.some((topic) => topic.id === root)) return refuse(topicProblem(root, topics));
    const topicMeant =
      root === 'claimwire'
        ? nearest(
            first,
            topics.map((topic) => topic.id),
          )
        : [];
    const rest = after[0] === undefined ? '' : text.slice(after[0].at).trim();
    return refuse(
      topicMeant.length > 0
        ? unknownCard(
            'command',
            first.slice(0, 80),
            topicMeant.map((id) => `/claimwire ${id} ${rest}`.trim()),
            [plain('Topics: '), code(topics.map((topic) => topic.id).join(' '))],
          )
        : commandProblem(desk, reader, root, first, rest.slice(0, 100)),
    );
  }
  const typed = typedOptions(command, after, text);
  const read = checkCall(desk, reader, root, name, typed.options);
  return read.ok && typed.left.length > 0 ? refuse(leftCard(command, typed.left)) : read;
}

/** A word that fits no option: the nearest of all that could stand there. */
function leftCard(command: Command, left: readonly string[]): Card {
  const word = left[0] ?? '';
  const choices = command.options.flatMap((option) => [
    ...(option.choices ?? []),
    ...(option.kind === 'flag' ? [option.name] : []),
  ]);
  const main = command.options.find((option) => option.kind === 'choice');
  if (main === undefined) {
    return problemCard(`“${left.join(' ').slice(0, 80)}” was not understood`, [
      [plain('This command takes '), choices.length === 0 ? plain('nothing more.') : code(choices.join(' '))],
    ]);
  }
  return unknownCard(main.name, word.slice(0, 80), nearest(word, choices), [
    plain('One of: '),
    code((main.choices ?? []).join(' ')),
  ]);
}

/** Buttons that stand for a command of another name; their last part is an id, not a claim. */
const BUTTONS: Partial<Readonly<Record<CardAction['action'], string>>> = {
  confirm: 'confirm track',
  approve: 'approve alert',
  drop: 'drop alert',
  right: 'report right',
  'not-relevant': 'report not-relevant',
  share: 'show kept',
};

/** A pressed button -> Call. The names in it are looked up like typed ones: a forged id asks only what anybody may ask. */
export function pressedCall(desk: Desk, reader: Reader, action: CardAction): ReadCall {
  if (action.action === 'help') return checkCall(desk, reader, 'claimwire', 'help', {});
  const behind = BUTTONS[action.action];
  if (behind !== undefined) return checkCall(desk, reader, 'claimwire', behind, { id: action.claim });
  // The hello card speaks for no single topic: the first one is shown, the others are named in it.
  const topic = action.topic === '' ? (desk.topics(reader)[0]?.id ?? '') : action.topic;
  const shared = COMMANDS.find((command) => shareAction(command.name) === action.action);
  return checkCall(desk, reader, topic, shared?.name ?? action.action, {
    claim: action.claim,
    ...(shared === undefined ? {} : { share: 'yes' }),
  });
}

/**
 * An answer for the asker alone carries the button that shows it to the channel. Where a button can say all that was asked the
 * command is given once more; else the answer itself is kept for a while.
 */
function withShare(desk: Desk, card: Card, call: Call, asker: Asker): Card {
  const { command, given } = call;
  const shareable = command.options.some((option) => option.name === 'share') && !call.share;
  // In Slack's Home tab there is no channel to show it to.
  if (!shareable || asker.channel === '' || isFailure(call, card)) return card;
  const named = shareAction(command.name);
  const whole = Object.keys(given).every((name) => name === 'share');
  const button: CardAction | null =
    named !== null && whole
      ? { action: named, topic: call.topic?.id ?? '', claim: call.claim?.id ?? '' }
      : desk.keep === undefined
        ? null
        : { action: 'share', topic: '', claim: desk.keep(asker, card) };
  return button === null ? card : { ...card, actions: [...(card.actions ?? []), button] };
}

/** Whether a button settles the card it stands on: its buttons go once the answer is there. */
export function settles(action: CardAction): boolean {
  return BUTTONS[action.action] !== undefined && action.action !== 'share';
}

/** Whether the answer says that something went wrong with the asking, which concerns the asker alone. */
export function isFailure({ command }: Call, { tone }: Card): boolean {
  // These two tell of trouble that is everybody's.
  return tone === 'problem' && command.name !== 'health' && command.name !== 'log';
}

/** The refusal this asker gets, known before any work; null when the call may go on. */
export function refusal(call: Call, asker: Asker): Card | null {
  if (!call.command.needsManage || asker.mayManage) return null;
  const root = call.command.scope === 'topic' ? (call.topic?.id ?? 'claimwire') : 'claimwire';
  return call.command.scope === 'button'
    ? problemCard('Only people who may manage this channel can press that', [[plain('Ask one of them to.')]])
    : problemCard(`Only people who may manage this channel can use ${call.command.name}`, [
        [plain('Ask one of them to type '), code(`/${root} ${call.command.name}`)],
      ]);
}

/** Who sees the answer. Reading is for the asker alone unless shared; what changes the channel is told to the channel. */
export function audienceOf(call: Call, asker: Asker): 'asker' | 'channel' {
  if (refusal(call, asker) !== null) return 'asker';
  return call.share || call.command.tellsChannel === true ? 'channel' : 'asker';
}

export interface Answered {
  readonly card: Card;
  /** The desk threw or did not answer in time: for the log; the card already says so to people. */
  readonly fault: unknown;
}

/** What must read pages from the network first may take longer than a look into the ledger. */
const PATIENCE_MS = 10_000;
const NETWORK_PATIENCE_MS = 40_000;
const READS_PAGES = new Set(['check', 'evidence', 'feeds add', 'feeds test', 'track']);

/** Answers within `patienceMs` whatever the desk does. Never throws. Acknowledge before you call it. */
export async function answer(desk: Desk, asker: Asker, call: Call, patienceMs?: number): Promise<Answered> {
  const refused = refusal(call, asker);
  if (refused !== null) return { card: refused, fault: null };
  const patience = patienceMs ?? (READS_PAGES.has(call.command.name) ? NETWORK_PATIENCE_MS : PATIENCE_MS);
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => resolve('slow'), patience);
  });
  try {
    const first = await Promise.race([call.command.answer(desk, asker, call), slow]);
    if (first !== 'slow') return { card: withShare(desk, first, call, asker), fault: null };
    return {
      card: problemCard('claimwire is busy and could not answer in time', [
        [plain('Alerts are kept and go out later. Try again in a minute, or see '), code('/claimwire health')],
      ]),
      fault: new Error(`/${call.topic?.id ?? 'claimwire'} ${call.command.name}: no answer within ${patience} ms`),
    };
  } catch (error) {
    return {
      card: problemCard('That did not work, and it is our fault', [
        [plain('It has been logged. Try again in a minute.')],
      ]),
      fault: error,
    };
  } finally {
    clearTimeout(timer);
  }
}
