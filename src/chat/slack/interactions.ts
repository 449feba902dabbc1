/**
 * Commands, buttons and mentions as Slack hands them in -> answers. Each is acknowledged before anything else is asked,
 * since Slack gives up after 3 s; the answer follows through the response_url.
 *
 *   /deepseek why v4-on-huawei   ->   200 at once, then a message that only the asker sees
 */
import type { App, RespondFn } from '@slack/bolt';
import { z } from 'zod';
import { answer, audienceOf, pressedCall, readCall, refusal } from '../calls.ts';
import type { ReadCall, Reader } from '../calls.ts';
import { parseActionId } from '../card.ts';
import type { Card } from '../card.ts';
import type { Cooldown } from '../cooldown.ts';
import { cooldownCard, problemCard } from '../notices.ts';
import { pictureOf } from '../pictures.ts';
import type { Asker, Desk } from '../platform.ts';
import { onceOnly } from './once.ts';
import { networkCode } from './outcome.ts';
import { slackPictures } from './pictures.ts';
import { renderPages } from './render.ts';
import type { RenderedCard } from './render.ts';

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
}

type Audience = 'asker' | 'channel';
type Tell = (page: RenderedCard, audience: Audience) => Promise<unknown>;
interface Place {
  readonly workspace: string;
  readonly channel: string;
  readonly user: string;
}

const User = z.object({
  user: z.object({ is_admin: z.boolean().default(false), is_owner: z.boolean().default(false) }),
});
const Channel = z.object({ channel: z.object({ creator: z.string().optional() }) });

function reader({ workspace }: Pick<Place, 'workspace'>): Reader {
  return { platform: 'slack', workspace };
}

/** A response_url is good for this many messages. */
const ANSWERS_A_URL = 5;

/** Whether Slack took a message: the method throws, the response_url answers with ok: false or an error's status. */
async function taken(said: Promise<unknown>): Promise<boolean> {
  try {
    const answer = await said;
    if (!(answer instanceof Response)) return true;
    return !/"ok":\s*false|invalid_blocks/u.test(await answer.text());
  } catch {
    return false;
  }
}

export function listen(app: App, options: InteractionsOptions): void {
  const { desk, log } = options;
  const pictures = slackPictures(app.client, log, options.pictureWaitsMs);
  const first = onceOnly();

  app.command(/^\/.{1,40}$/u, async ({ command, ack, respond }) => {
    await ack();
    if (!first(command.trigger_id)) return;
    const place = { workspace: command.team_id, channel: command.channel_id, user: command.user_id };
    const read = readCall(desk, reader(place), command.command.slice(1).toLowerCase(), command.text);
    await reply(place, read, through(respond, command.response_url));
  });

  app.action({ type: 'block_actions' }, async ({ action, body, ack, respond }) => {
    await ack();
    // A link button only tells us that it was pressed.
    if (!action.action_id.startsWith('cw:') || !first(body.trigger_id)) return;
    const pressed = parseActionId(action.action_id);
    const read: ReadCall =
      pressed === null
        ? { ok: false, card: problemCard('This button is not ours any more') }
        : pressedCall(desk, reader({ workspace: body.team?.id ?? '' }), pressed);
    const place = { workspace: body.team?.id ?? '', channel: body.channel?.id ?? '', user: body.user.id };
    await reply(place, read, through(respond, body.response_url));
  });

  app.event('app_mention', async ({ event, body, client }) => {
    const user = event.user ?? '';
    if (user === '' || !first(body.event_id)) return;
    const words = event.text
      .slice(0, 4000)
      .replace(/<@[A-Z0-9]{1,30}(?:\|[^<>]{0,80})?>/gu, ' ')
      .trim();
    const place = { workspace: body.team_id, channel: event.channel, user };
    // Nothing but the name: the first topic's status says most.
    const read =
      words === ''
        ? readCall(desk, reader(place), desk.topics()[0]?.id ?? 'claimwire', '')
        : readCall(desk, reader(place), 'claimwire', words);
    await reply(place, read, async (page, audience) =>
      audience === 'asker'
        ? client.chat.postEphemeral({ ...page, channel: event.channel, user })
        : // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not a window's
          client.chat.postMessage({ ...page, channel: event.channel, unfurl_links: false, unfurl_media: false }),
    );
  });

  app.error(async (error) => log('warn', `Slack: a command could not be answered: ${networkCode(error)}`));

  /** A response_url of another host would be handed our answer and nothing else would notice. */
  function through(respond: RespondFn, url: string | undefined): Tell {
    return async (page, audience) => {
      if (url === undefined || !URL.canParse(url) || new URL(url).host !== options.answerHost) {
        throw new Error('a response_url that is not Slack’s');
      }
      return respond({
        ...page,
        response_type: audience === 'asker' ? 'ephemeral' : 'in_channel',
        replace_original: false,
      });
    };
  }

  async function reply(place: Place, read: ReadCall, tell: Tell): Promise<void> {
    const waitMs = options.cooldown(place.user, Date.now());
    const needsManage = waitMs <= 0 && read.ok && read.call.command.needsManage;
    const asker: Asker = { platform: 'slack', ...place, mayManage: needsManage && (await mayManage(place)) };
    const known: Card | null = waitMs > 0 ? cooldownCard(waitMs) : read.ok ? refusal(read.call, asker) : read.card;
    if (known !== null) {
      await told(known, 'asker', tell);
      return;
    }
    if (!read.ok) return;
    const { card, fault } = await answer(desk, asker, read.call, options.patienceMs);
    if (fault !== null) log('error', `command ${read.call.command.name} failed`, fault);
    // A failure concerns the asker alone.
    const failed = card.tone === 'problem' && read.call.command.name !== 'health';
    const audience = failed ? 'asker' : audienceOf(read.call, asker);
    const pages = await told(card, audience, tell);
    const picture = await pictureOf(desk, card, 'slack');
    if (picture !== null) await pictures.show(picture, (page) => taken(tell(page, audience)), ANSWERS_A_URL - pages);
  }

  /** How many messages it took. */
  async function told(card: Card, audience: Audience, tell: Tell): Promise<number> {
    const pages = renderPages(card);
    try {
      for (const page of pages) await tell(page, audience);
    } catch (error) {
      log('warn', `an answer did not reach Slack: ${networkCode(error)}`);
    }
    return pages.length;
  }

  /** Admins and owners of the workspace, and whoever made the channel. Without the scopes to ask: as configured. */
  async function mayManage(place: Place): Promise<boolean> {
    if (options.anyoneMayManage) return true;
    const asked = await Promise.allSettled([
      app.client.users.info({ user: place.user }).then((said) => User.parse(said).user),
      app.client.conversations.info({ channel: place.channel }).then((said) => Channel.parse(said).channel.creator),
    ]);
    const [person, creator] = asked;
    for (const one of asked) {
      if (one.status === 'rejected') {
        log('warn', `Slack did not say who may manage ${place.channel}: ${networkCode(one.reason)}`);
      }
    }
    return (
      (person.status === 'fulfilled' && (person.value.is_admin || person.value.is_owner)) ||
      (creator.status === 'fulfilled' && creator.value === place.user)
    );
  }
}
