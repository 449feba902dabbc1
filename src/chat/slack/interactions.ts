/**
 * Commands, buttons, forms, a message's own menu, mentions and the Home tab as Slack hands them in -> answers. Each is
 * acknowledged before anything else is asked, since Slack gives up after 3 s; the answer follows.
 *
 *   /deepseek why v4-on-huawei   ->   200 at once, then a message that only the asker sees
 */
import type { App, RespondFn } from '@slack/bolt';
import { z } from 'zod';
import { pressedCall, readCall, refusal, checkCall } from '../calls.ts';
import type { ReadCall } from '../calls.ts';
import { parseActionId } from '../card.ts';
import type { CardAction } from '../card.ts';
import type { Cooldown } from '../cooldown.ts';
import { formBehind, formFor, formTyped, submittedCall } from '../forms.ts';
import type { FormKind } from '../forms.ts';
import { cooldownCard, helloCard, problemCard } from '../notices.ts';
import type { Asker, Desk, Poster } from '../platform.ts';
import { filledFrom } from '../subscribe.ts';
import { slackAnswers, throughMessages, throughModal, throughUrl } from './answers.ts';
import type { Place, Tell } from './answers.ts';
import { filledIn, modalOf } from './forms.ts';
import { homeView } from './home.ts';
import type { FollowedChannel } from './home.ts';
import { onceAnywhere } from './once.ts';
import { networkCode } from './outcome.ts';
import { slackPeople } from './people.ts';
import { renderPages } from './render.ts';
import { plain } from '../words.ts';
import { linksOf, typedText } from './typed-text.ts';

export interface InteractionsOptions {
  readonly desk: Desk;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fault?: unknown) => void;
  readonly cooldown: Cooldown;
  readonly patienceMs: number | undefined;
  readonly pictureWaitsMs: readonly number[] | undefined;
  /** Whether people of whom Slack does not say that they may manage the channel may do so all the same. */
  readonly anyoneMayManage: boolean;
  /** Where answers may be sent: the host of every response_url. */
  readonly answerHost: string;
  /** Our own user, whose joining of a channel is a hello. */
  readonly me: string;
  /** The workspace's id and name. */
  readonly workspace: string;
  readonly workspaceName: string;
  /** Posts a card the way alerts are posted: `/claimwire test`. */
  readonly post: Pick<Poster, 'send'>['send'];
}

/** In the menu of a message. */
export const CHECK_SHORTCUT = 'check_link';
/** What would stand in a form is not worth more waiting: a trigger lasts 3 s. */
const FILL_MS = 800;

/** What is to be done once commands can arrive. */
export interface Listening {
  /** Invited while no process ran: said now, in one of the channels. Never throws. */
  greet(): Promise<void>;
}

const Conversations = z.object({ channels: z.array(z.object({ id: z.string() })) });

export function listen(app: App, options: InteractionsOptions): Listening {
  const { desk, log } = options;
  const first = onceAnywhere(desk);
  const people = slackPeople({
    client: app.client,
    anyoneMayManage: options.anyoneMayManage,
    warn: (message) => log('warn', message),
  });
  const answers = slackAnswers({ ...options, people, client: app.client });
  const through = (respond: RespondFn, url: string | undefined): Tell => throughUrl(respond, url, options.answerHost);
  const asking = (place: Place): Asker => ({ platform: 'slack', ...place, mayManage: false });

  app.command(/^\/.{1,40}$/u, async ({ command, ack, respond }) => {
    await ack();
    if (!(await first(command.trigger_id))) return;
    const place = { workspace: command.team_id, channel: command.channel_id, user: command.user_id };
    const tell = through(respond, command.response_url);
    const root = command.command.slice(1).toLowerCase();
    const text = typedText(command.text);
    const form = formTyped(root, text);
    if (form !== null) {
      const topic = root === 'claimwire' ? '' : root;
      await open(form, { action: 'help', topic, claim: '' }, place, command.trigger_id, tell);
      return;
    }
    await answers.reply(place, readCall(desk, asking(place), root, text), tell);
  });

  app.action({ type: 'block_actions' }, async ({ action, body, ack, respond }) => {
    await ack();
    // A link button only tells us that it was pressed.
    if (!action.action_id.startsWith('cw:') || !(await first(body.trigger_id))) return;
    const pressed = parseActionId(action.action_id);
    const home = body.view?.type === 'home';
    // From the Home tab the channel comes with the button; who may do what in it is asked of Slack as always.
    const carried = action.type === 'button' && /^[CG][A-Z0-9]{5,30}$/u.test(action.value ?? '') ? action.value : '';
    const channel = home ? (carried ?? '') : (body.channel?.id ?? '');
    const place = { workspace: body.team?.id ?? '', channel, user: body.user.id };
    const window = home && channel === '' ? throughModal(app.client, body.trigger_id) : null;
    const tell = window?.tell ?? (home ? throughMessages(app.client, place) : through(respond, body.response_url));
    if (pressed === null) {
      await answers.reply(
        place,
        {
          ok: false,
          card: problemCard('This button no longer works', [
            [plain('It is from an older version. Ask again for a new one.')],
          ]),
        },
        tell,
      );
      return;
    }
    const form = formBehind(pressed.action);
    if (form !== null) {
      await open(form, pressed, place, body.trigger_id, tell);
      return;
    }
    await window?.open();
    const blocks: unknown = body.message?.['blocks'];
    await answers.reply(place, pressedCall(desk, asking(place), pressed), tell, {
      action: pressed,
      settle: async () =>
        respond({ replace_original: true, blocks: withoutButtons(blocks), text: body.message?.text ?? '' }),
    });
    if (home) await showHome(place.workspace, place.user);
  });

  app.view({ type: 'view_submission' }, async ({ view, body, ack }) => {
    const { channel, values } = filledIn(view);
    const place = { workspace: body.team?.id ?? '', channel, user: body.user.id };
    const read = submittedCall(desk, asking(place), view.callback_id, values);
    if (!read.ok && read.about !== undefined && Object.hasOwn(view.state.values, read.about)) {
      // The form stays open and says what to mend, where it is to be mended.
      await ack({ response_action: 'errors', errors: { [read.about]: problemText(read.card) } });
      return;
    }
    await ack();
    // Once it was taken it is closed: the same view cannot be sent again.
    if (!(await first(`sent ${view.id}`))) return;
    await answers.reply(place, read, throughMessages(app.client, place));
    await showHome(place.workspace, place.user);
  });

  app.shortcut({ type: 'message_action', callback_id: CHECK_SHORTCUT }, async ({ shortcut, ack, respond }) => {
    await ack();
    if (shortcut.type !== 'message_action' || !(await first(shortcut.trigger_id))) return;
    const place = { workspace: shortcut.team?.id ?? '', channel: shortcut.channel.id, user: shortcut.user.id };
    const read = checkCall(desk, asking(place), 'claimwire', 'check', { what: linksOf(shortcut.message) });
    await answers.reply(place, read, through(respond, shortcut.response_url));
  });

  app.event('app_mention', async ({ event, body }) => {
    const user = event.user ?? '';
    if (user === '' || !(await first(body.event_id))) return;
    const place = { workspace: body.team_id, channel: event.channel, user };
    const words = typedText(event.text.slice(0, 4000).replace(/<@[A-Z0-9]{1,30}(?:\|[^<>]{0,80})?>/gu, ' ')).trim();
    // Nothing but the name: the first topic's status says most.
    const read: ReadCall =
      words === ''
        ? readCall(desk, asking(place), desk.topics(asking(place))[0]?.id ?? 'claimwire', '')
        : readCall(desk, asking(place), 'claimwire', words);
    await answers.reply(place, read, throughMessages(app.client, place, event.thread_ts));
  });

  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab === 'home') await showHome(body.team_id, event.user);
  });

  app.event('member_joined_channel', async ({ event, body }) => {
    if (event.user !== options.me || !(await first(body.event_id))) return;
    const place = { workspace: body.team_id, channel: event.channel, user: event.inviter ?? '' };
    const joined = await desk.joined?.('slack', body.team_id, options.workspaceName);
    // One hello a workspace; whoever invites us into another channel is told how to go on, alone.
    if (joined?.first !== false || place.user !== '') await hello(place, joined?.first === false ? 'asker' : 'channel');
  });

  app.event('app_uninstalled', async ({ body }) => {
    await desk.left?.('slack', body.team_id);
  });

  async function hello(place: Place, audience: 'asker' | 'channel'): Promise<void> {
    const [page] = renderPages(helloCard(desk.topics(asking(place))));
    if (page === undefined) return;
    try {
      await throughMessages(app.client, place)(page, audience);
    } catch (error) {
      log('warn', `no hello in ${place.channel}: ${networkCode(error)}`);
      // Said in the next channel that we are invited to, or at the next start.
      if (audience === 'channel') await desk.notGreeted?.('slack', place.workspace);
    }
  }

  app.error(async (error) => log('warn', `Slack: a command could not be answered: ${networkCode(error)}`));

  /** Shows a form, or says why not. Nobody fills in what they may not send. */
  async function open(kind: FormKind, action: CardAction, place: Place, trigger: string, tell: Tell): Promise<void> {
    const wait = options.cooldown(place.user, performance.now());
    if (wait > 0) {
      await answers.told(cooldownCard(wait), 'asker', tell);
      return;
    }
    const subscribing = kind === 'subscribe' || kind === 'delivery';
    const reader = asking(place);
    // The same check that the sent form will meet, with the first topic standing in.
    const topic = action.topic === '' ? (desk.topics(reader)[0]?.id ?? '') : action.topic;
    const values = { claim: action.claim, statement: '-', status: 'reported', because: '-' };
    const probe = checkCall(desk, reader, subscribing ? topic : 'claimwire', subscribing ? 'subscribe' : kind, values);
    const [standing, filled, groups] = await Promise.all([
      people.standing(place.channel, place.user),
      subscribing && action.topic !== '' ? filledFrom(desk, reader, action.topic, FILL_MS) : {},
      subscribing ? people.groups(FILL_MS) : [],
    ]);
    // Opened from the Home tab, the channel is chosen in the form and asked about then.
    const asker = { ...reader, mayManage: standing.mayManage || (subscribing && place.channel === '') };
    const known = probe.ok ? refusal(probe.call, asker) : probe.card;
    const zone = standing.zone === undefined ? {} : { zone: standing.zone };
    const form =
      known === null ? formFor(desk, reader, kind, action.topic, action.claim, { ...zone, ...filled }, groups) : null;
    if (known !== null || form === null) {
      await answers.told(known ?? problemCard('That is not available here'), 'asker', tell);
      return;
    }
    try {
      await app.client.views.open({ trigger_id: trigger, view: modalOf(form, place.channel) });
    } catch (error) {
      log('warn', `a form could not be opened: ${networkCode(error)}`);
      await answers.told(
        problemCard('Slack was too slow to open the form', [[plain('Press it again.')]]),
        'asker',
        tell,
      );
    }
  }

  async function showHome(workspace: string, user: string): Promise<void> {
    const reader = asking({ workspace, channel: '', user });
    const said = await desk.allSubscriptions?.(reader).catch(() => null);
    const visible: FollowedChannel[] = [];
    for (const one of said?.ok === true ? said.value : []) if (await people.sees(one.channel, user)) visible.push(one);
    await app.client.views
      .publish({ user_id: user, view: homeView(desk.topics(reader), visible) })
      .catch((error: unknown) => log('warn', `the Home tab could not be shown: ${networkCode(error)}`));
  }

  return {
    greet: async () => {
      // Without a ledger of workspaces nobody can tell whether a hello was said.
      if (desk.joined === undefined) return;
      try {
        const types = 'public_channel,private_channel';
        const said = await app.client.users.conversations({ types, exclude_archived: true, limit: 1 });
        const [channel] = Conversations.parse(said).channels;
        if (channel === undefined) return;
        const { first } = await desk.joined('slack', options.workspace, options.workspaceName);
        if (first) await hello({ workspace: options.workspace, channel: channel.id, user: '' }, 'channel');
      } catch (error) {
        log('info', `Slack did not say which channels the bot is in: ${networkCode(error)}`);
      }
    },
  };
}

/** Title and next step of a problem, in the one line that stands under a form's field. */
function problemText(card: {
  readonly title: string;
  readonly sections: readonly { readonly lines: readonly unknown[] }[];
}): string {
  const words = card.sections
    .flatMap((section) => section.lines)
    .flat()
    .map((inline) => (typeof inline === 'object' && inline !== null && 'text' in inline ? String(inline.text) : ''))
    .join('');
  return `${card.title}. ${words}`.slice(0, 300);
}

function withoutButtons(blocks: unknown): never[] {
  const kept: unknown[] = Array.isArray(blocks) ? blocks : [];
  // They are Slack's own account of our message; nothing of them is read but their type.
  return kept.filter(
    (block) => !(typeof block === 'object' && block !== null && 'type' in block && block.type === 'actions'),
  ) as never[];
}
