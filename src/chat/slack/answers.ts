/**
 * Answering on Slack: who asks is looked up, the desk is asked, and the card goes where it belongs: through the response_url,
 * as a message, or into a window over the Home tab.
 */
import type { RespondFn, webApi } from '@slack/bolt';
import { answer, audienceOf, isFailure, refusal, settles } from '../calls.ts';
import type { ReadCall } from '../calls.ts';
import type { Card, CardAction } from '../card.ts';
import { randomUUID } from 'node:crypto';
import type { Cooldown } from '../cooldown.ts';
import { cooldownCard, postedCard, problemCard } from '../notices.ts';
import type { Asker, Desk, Poster } from '../platform.ts';
import { code, plain } from '../words.ts';
import { pictureOf } from '../pictures.ts';
import { networkCode } from './outcome.ts';
import type { People } from './people.ts';
import { slackPictures } from './pictures.ts';
import { renderPages } from './render.ts';
import type { RenderedCard } from './render.ts';

export type Audience = 'asker' | 'channel';
export type Tell = (page: RenderedCard, audience: Audience) => Promise<unknown>;
export interface Place {
  readonly workspace: string;
  readonly channel: string;
  readonly user: string;
}

export interface AnswersOptions {
  readonly desk: Desk;
  readonly client: webApi.WebClient;
  readonly people: People;
  readonly cooldown: Cooldown;
  readonly patienceMs: number | undefined;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fault?: unknown) => void;
  readonly post: Pick<Poster, 'send'>['send'];
  readonly pictureWaitsMs: readonly number[] | undefined;
}

/** The button that was pressed, and how to take the buttons off its card. */
interface Pressed {
  readonly action: CardAction;
  readonly settle: () => Promise<unknown>;
}

export interface Answers {
  reply(place: Place, read: ReadCall, tell: Tell, pressed?: Pressed): Promise<void>;
  /** How many messages it took. */
  told(card: Card, audience: Audience, tell: Tell): Promise<number>;
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

const INVITE = problemCard('I am not in this channel yet', [
  [plain('Type '), code('/invite @claimwire'), plain(' here, then try again. Until then I cannot post alerts in it.')],
]);

export function slackAnswers(options: AnswersOptions): Answers {
  const { desk, log } = options;
  const pictures = slackPictures(options.client, log, options.pictureWaitsMs);

  async function told(card: Card, audience: Audience, tell: Tell): Promise<number> {
    const pages = renderPages(card);
    try {
      for (const page of pages) await tell(page, audience);
    } catch (error) {
      log('warn', `an answer did not reach Slack: ${networkCode(error)}`);
    }
    return pages.length;
  }

  async function reply(place: Place, read: ReadCall, tell: Tell, pressed?: Pressed): Promise<void> {
    const waitMs = options.cooldown(place.user, performance.now());
    const needsManage = waitMs <= 0 && read.ok && read.call.command.needsManage;
    const standing = needsManage ? await options.people.standing(place.channel, place.user) : null;
    const asker: Asker = { platform: 'slack', ...place, mayManage: standing?.mayManage ?? false };
    const known: Card | null = waitMs > 0 ? cooldownCard(waitMs) : read.ok ? refusal(read.call, asker) : read.card;
    if (known !== null) {
      await told(known, 'asker', tell);
      return;
    }
    if (!read.ok) return;
    const { call } = read;
    const posts = call.command.name === 'subscribe' || call.command.postsHere === true;
    if (posts && standing?.weAreIn === false) {
      await told(INVITE, 'asker', tell);
      return;
    }
    const { card, fault } = await answer(desk, asker, call, options.patienceMs);
    if (fault !== null) log('error', `command ${call.command.name} failed`, fault);
    const failed = isFailure(call, card);
    if (call.command.postsHere === true && !failed) {
      const marker = randomUUID().replace(/-/gu, '').slice(0, 25);
      const outcome = await options.post({ channel: place.channel, marker, card }, AbortSignal.timeout(20_000));
      await told(postedCard(outcome), 'asker', tell);
      return;
    }
    if (pressed !== undefined && settles(pressed.action) && !failed) {
      // The question is answered: its buttons go, the answer stands below it for everybody.
      await pressed.settle().catch((error: unknown) => log('warn', `buttons not taken off: ${networkCode(error)}`));
    }
    const audience = failed ? 'asker' : audienceOf(call, asker);
    const pages = await told(card, audience, tell);
    const picture = await pictureOf(desk, card, 'slack');
    if (picture !== null) await pictures.show(picture, (page) => taken(tell(page, audience)), ANSWERS_A_URL - pages);
    if (card.file !== undefined) await handOver(card.file, place, tell);
  }

  /** A file cannot be shown to one person in a channel, so it goes into the conversation with us. */
  async function handOver(file: NonNullable<Card['file']>, place: Place, tell: Tell): Promise<void> {
    try {
      const opened = await options.client.conversations.open({ users: place.user });
      await options.client.filesUploadV2({
        channel_id: opened.channel?.id ?? '',
        filename: file.name,
        content: file.text,
      });
    } catch (error) {
      log('warn', `a file did not reach Slack: ${networkCode(error)}`);
      await told(
        problemCard('Slack did not take the file', [
          [plain('The app needs the scopes '), code('files:write im:write'), plain('; then try again.')],
        ]),
        'asker',
        tell,
      );
    }
  }

  return { reply, told };
}

/** A response_url of another host would be handed our answer and nothing else would notice. */
export function throughUrl(respond: RespondFn, url: string | undefined, host: string): Tell {
  return async (page, audience) => {
    if (url === undefined || !URL.canParse(url) || new URL(url).host !== host) {
      throw new Error('a response_url that is not Slack’s');
    }
    return respond({
      ...page,
      response_type: audience === 'asker' ? 'ephemeral' : 'in_channel',
      replace_original: false,
    });
  };
}

/** As messages: after a form, a mention, or a button of the Home tab that names a channel. */
export function throughMessages(client: webApi.WebClient, place: Place, thread?: string): Tell {
  const under = thread === undefined ? {} : { thread_ts: thread };
  return async (page, audience) => {
    const where = { ...page, ...under, channel: place.channel };
    if (audience === 'asker') return client.chat.postEphemeral({ ...where, user: place.user });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not a window's
    return client.chat.postMessage({ ...where, unfurl_links: false, unfurl_media: false });
  };
}

/**
 * Where there is no channel to answer in: a window. A trigger lasts 3 s, so `open` shows it at once and `tell` fills it when the
 * answer is known; without `open` the first telling opens it.
 */
export function throughModal(
  client: webApi.WebClient,
  trigger: string,
): { readonly open: () => Promise<void>; readonly tell: Tell } {
  const view = (blocks: RenderedCard['blocks']): Parameters<typeof client.views.open>[0]['view'] => ({
    type: 'modal',
    title: { type: 'plain_text', text: 'claimwire' },
    blocks,
  });
  let id: string | null = null;
  let shown: RenderedCard['blocks'] = [];
  const show = async (blocks: RenderedCard['blocks']): Promise<void> => {
    if (id === null) id = (await client.views.open({ trigger_id: trigger, view: view(blocks) })).view?.id ?? '';
    else await client.views.update({ view_id: id, view: view(blocks) });
  };
  return {
    open: () => show([{ type: 'section', text: { type: 'mrkdwn', text: 'One moment …' } }]),
    tell: (page) => {
      shown = [...shown, ...page.blocks].slice(0, 100);
      return show(shown);
    },
  };
}
