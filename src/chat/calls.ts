/**
 * From what somebody typed or pressed to an answer, the same on every platform:
 *
 *   readCall(desk, 'deepseek', 'why v4-on-hauwei')  ->  a card: there is no claim "v4-on-hauwei". Did you mean v4-on-huawei?
 *   checkCall(desk, 'deepseek', 'why', { claim: 'v4-on-huawei' })  ->  a Call; acknowledge it, then `answer` it
 */
import { STATUSES } from '../core/status.ts';
import type { Card, CardAction } from './card.ts';
import { COMMANDS, OFFERED_LEVELS, commandsFor } from './commands.ts';
import type { Call, OptionName } from './commands.ts';
import { findClaim, nearest } from './names.ts';
import type { ClaimName } from './names.ts';
import { problemCard, unknownCard } from './notices.ts';
import type { Asker, Desk } from './platform.ts';
import { code, plain } from './words.ts';

export type ReadCall = { readonly ok: true; readonly call: Call } | { readonly ok: false; readonly card: Card };

/**
 * Named options (Discord, buttons) -> Call. `root` is the slash command's own name: a topic id or "claimwire".
 * Everything in it is outside input; a problem is a card that says the next step.
 */
export function checkCall(
  desk: Pick<Desk, 'topics' | 'mute'>,
  root: string,
  name: string,
  options: Readonly<Partial<Record<OptionName, string>>>,
): ReadCall {
  const topics = desk.topics();
  const topic = root === 'claimwire' ? null : topics.find((one) => one.id === root);
  if (topic === undefined) {
    const names = topics.map((one) => one.id);
    return refuse(unknownCard('topic', root, nearest(root, names), [plain('Topics: '), code(names.join(' '))]));
  }
  // Under a topic the product's own commands are understood too: somebody types /deepseek help.
  const offered = commandsFor(desk).filter((command) => topic !== null || command.scope === 'product');
  const command = offered.find((one) => one.name === name);
  if (command === undefined) {
    const names = offered.map((one) => one.name);
    return refuse(
      unknownCard('command', name.slice(0, 80), nearest(name, names), [plain('Here are: '), code(names.join(' '))]),
    );
  }
  let claim: ClaimName | null = null;
  if (command.options.some((option) => option.kind === 'claim')) {
    const found = findClaim(topic?.claims ?? [], options.claim ?? '');
    if (!found.ok) return refuse(claimProblem(topic?.id ?? '', command.name, options.claim ?? '', found.nearest));
    claim = found.claim;
  }
  for (const option of command.options) {
    const given = options[option.name];
    if (option.kind !== 'choice' || given === undefined || given === '') continue;
    const choices = option.choices ?? [];
    if (!choices.includes(given)) {
      return refuse(
        unknownCard(option.name, given, nearest(given, choices), [plain('One of: '), code(choices.join(' '))]),
      );
    }
  }
  return {
    ok: true,
    call: {
      command,
      topic,
      claim,
      level: OFFERED_LEVELS.find((level) => level === options.level) ?? null,
      state: STATUSES.find((state) => state === options.state) ?? null,
      share: options.share === 'yes',
    },
  };
}

function refuse(problem: Card): ReadCall {
  return { ok: false, card: problem };
}

function claimProblem(topic: string, command: string, given: string, candidates: readonly string[]): Card {
  const next = [plain('All names: '), code(`/${topic} claims`)];
  return given === ''
    ? problemCard('Which claim?', [
        [plain('Say it like this: '), code(`/${topic} ${command} ${candidates[0] ?? '<claim>'}`)],
        next,
      ])
    : unknownCard('claim', given.slice(0, 80), candidates, next);
}

/**
 * Typed words (Slack, mentions, the terminal) -> Call. `root` as above; `/claimwire deepseek status` works for topics
 * that have no slash command of their own. No words at all: status of a topic, help of the product.
 */
export function readCall(desk: Pick<Desk, 'topics' | 'mute'>, root: string, text: string): ReadCall {
  const words = text
    .slice(0, 4000)
    .normalize('NFKC')
    .split(/[\s"“”]+/u)
    .filter((word) => word !== '');
  const first = words[0]?.toLowerCase() ?? '';
  if (root === 'claimwire' && desk.topics().some((topic) => topic.id === first)) {
    return readCall(desk, first, words.slice(1).join(' '));
  }
  const name = first === '' ? (root === 'claimwire' ? 'help' : 'status') : first;
  const command = COMMANDS.find((one) => one.name === name);
  const share = words.length > 1 && words.at(-1)?.toLowerCase() === 'share';
  const rest = words.slice(1, share ? -1 : undefined);
  const options: Partial<Record<OptionName, string>> = share ? { share: 'yes' } : {};
  const main = command?.options.find((option) => option.kind !== 'flag');
  if (main !== undefined) options[main.name] = main.kind === 'choice' ? (rest[0] ?? '').toLowerCase() : rest.join(' ');
  return checkCall(desk, root, name, options);
}

/** A pressed button -> Call. The names in it are looked up like typed ones: a forged id asks only what anybody may ask. */
export function pressedCall(desk: Pick<Desk, 'topics' | 'mute'>, action: CardAction): ReadCall {
  if (action.action === 'help') return checkCall(desk, 'claimwire', 'help', {});
  // The hello card speaks for no single topic: the first one is shown, the others are named in it.
  const topic = action.topic === '' ? (desk.topics()[0]?.id ?? '') : action.topic;
  return checkCall(desk, topic, action.action, { claim: action.claim });
}

/** The refusal this asker gets, known before any work; null when the call may go on. */
export function refusal(call: Call, asker: Asker): Card | null {
  if (!call.command.needsManage || asker.mayManage) return null;
  return problemCard(`Only people who may manage this channel can ${call.command.name}`, [
    [plain('Ask one of them to type '), code(`/${call.topic?.id ?? 'claimwire'} ${call.command.name}`)],
  ]);
}

/** Who sees the answer. Reading is for the asker alone unless shared; what changes the channel is told to the channel. */
export function audienceOf(call: Call, asker: Asker): 'asker' | 'channel' {
  if (refusal(call, asker) !== null) return 'asker';
  const changesChannel = call.command.name === 'subscribe' || call.command.name === 'unsubscribe';
  return call.share || changesChannel ? 'channel' : 'asker';
}

export interface Answered {
  readonly card: Card;
  /** The desk threw or did not answer in time: for the log; the card already says so to people. */
  readonly fault: unknown;
}

/** Answers within `patienceMs` whatever the desk does. Never throws. Acknowledge before you call it. */
export async function answer(desk: Desk, asker: Asker, call: Call, patienceMs = 10_000): Promise<Answered> {
  const refused = refusal(call, asker);
  if (refused !== null) return { card: refused, fault: null };
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => resolve('slow'), patienceMs);
  });
  try {
    const first = await Promise.race([call.command.answer(desk, asker, call), slow]);
    if (first !== 'slow') return { card: first, fault: null };
    return {
      card: problemCard('claimwire is busy and could not answer in time', [
        [plain('Alerts are kept and go out later. Try again in a minute, or see '), code('/claimwire health')],
      ]),
      fault: new Error(`/${call.topic?.id ?? 'claimwire'} ${call.command.name}: no answer within ${patienceMs} ms`),
    };
  } catch (error) {
    return {
      card: problemCard('That did not work, and it is our fault', [[plain('It is logged. Try again in a minute.')]]),
      fault: error,
    };
  } finally {
    clearTimeout(timer);
  }
}
