/**
 * Pictures beside answers, on the real clients over sockets: words first, then the picture, and words alone when there is
 * none to be had.
 */
import { Agent, setGlobalDispatcher } from 'undici';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { pictureOf } from '../../src/chat/pictures.ts';
import { sourcesCard, statusCard } from '../../src/chat/cards.ts';
import { discordPlatform } from '../../src/chat/discord/platform.ts';
import type { CardPicture, Desk } from '../../src/chat/platform.ts';
import { slackPlatform } from '../../src/chat/slack/platform.ts';
import { openPictures } from '../../src/pipeline/pictures.ts';
import { APP_TOKEN, BOT_TOKEN, slackDouble } from '../doubles/slack.ts';
import type { Json, SeenAnswer, SlackDouble } from '../doubles/slack.ts';
import { discordDouble } from '../doubles/discord.ts';
import type { DiscordDouble } from '../doubles/discord.ts';
import { deskDouble, statusView, whyView } from './examples.ts';

const QUIET = { error: () => {} } as unknown as Parameters<typeof openPictures>[0];
const draw = openPictures(QUIET);
const soon = { timeout: 15_000, interval: 5 };
const none: Desk['picture'] = () => Promise.resolve(null);
const broken: Desk['picture'] = () => Promise.reject(new Error('no fonts'));

let expected: Readonly<Record<'discord' | 'slack', CardPicture>>;
beforeAll(async () => {
  // As in the product, where feeds are read through another undici than Discord's client brings.
  setGlobalDispatcher(new Agent());
  const drawing = sourcesCard(whyView()).drawing;
  if (drawing === undefined) throw new Error('nothing to draw');
  const [discord, slack] = await Promise.all([draw(drawing, 'discord'), draw(drawing, 'slack')]);
  if (discord === null || slack === null) throw new Error('not drawn');
  expected = { discord, slack };
});

describe('a picture on Discord', () => {
  let discord: DiscordDouble;
  let platform: ReturnType<typeof discordPlatform>;
  const warnings: string[] = [];

  async function asked(sub: 'sources' | 'timeline', picture: Desk['picture'], fail = false) {
    discord = await discordDouble();
    warnings.length = 0;
    platform = discordPlatform({
      token: discord.token,
      apiUrl: discord.apiUrl,
      cooldown: () => 0,
      log: (level, message) => level !== 'info' && warnings.push(message),
    });
    await platform.start(deskDouble(picture === undefined ? {} : { picture }));
    if (fail) discord.refuseFiles = true;
    return discord.interact({ kind: 'command', name: 'deepseek', sub, options: { claim: 'v4-on-huawei' } });
  }
  afterEach(async () => {
    await platform.close();
    await discord.close();
  });

  test('is an attachment that the embed of the answer shows, with the same in words for those who do not see it', async () => {
    const seen = await asked('sources', draw);
    await vi.waitFor(() => expect(seen.answers[0]?.body['attachments']).toHaveLength(1), soon);
    const body = seen.answers[0]?.body ?? {};
    const [file] = body['attachments'] as Json[];
    expect(file).toMatchObject({ filename: 'sources-v4-on-huawei.png', description: expected.discord.alt });
    expect(file?.['bytes']).toEqual(Buffer.from(expected.discord.png));
    const [embed] = body['embeds'] as Json[];
    expect(embed).toMatchObject({ image: { url: 'attachment://sources-v4-on-huawei.png' } });
    expect(embed?.['description']).toContain('Financial Times');
    expect(seen.ephemeral).toBe(true);
  });

  test('that Discord refuses leaves the words, and the log says so', async () => {
    const seen = await asked('timeline', draw, true);
    await vi.waitFor(() => expect(warnings.join()).toContain('a picture did not reach Discord'), soon);
    expect(JSON.stringify(seen.answers[0]?.body['embeds'])).toContain('Corroborated');
    expect(seen.answers[0]?.body['attachments']).toBeUndefined();
  });

  test.each([
    ['cannot be drawn', broken],
    ['is not offered', undefined],
  ] as const)('that %s leaves the words', async (_why, picture) => {
    const seen = await asked('sources', picture);
    await vi.waitFor(() => expect(JSON.stringify(seen.answers[0]?.body['embeds'])).toContain('Who knew'), soon);
    expect(warnings).toEqual([]);
  });
});

describe('a picture on Slack', () => {
  let slack: SlackDouble;
  let platform: ReturnType<typeof slackPlatform>;
  const warnings: string[] = [];

  beforeEach(async () => {
    slack = await slackDouble();
    warnings.length = 0;
    platform = slackPlatform({
      botToken: BOT_TOKEN,
      appToken: APP_TOKEN,
      apiUrl: slack.apiUrl,
      pictureWaitsMs: [0, 1, 1],
      cooldown: () => 0,
      log: (level, message) => level !== 'info' && warnings.push(message),
    });
  });
  afterEach(async () => {
    await platform.close();
    await slack.close();
  });

  const imageOf = (seen: SeenAnswer): Json | undefined =>
    seen.answers.flatMap((answer) => answer['blocks'] as Json[]).find((block) => block['type'] === 'image');

  test('is uploaded and shown after the words, to the same people, once Slack has taken it in', async () => {
    await platform.start(deskDouble({ picture: draw }));
    slack.filesReadyAfter = 1;
    const seen = await slack.command(slack.reader, '/deepseek', 'sources v4-on-huawei');
    await vi.waitFor(() => expect(imageOf(seen)).toBeDefined(), soon);
    expect(seen.answers.map((answer) => answer['response_type'])).toEqual(['ephemeral', 'ephemeral']);
    expect(seen.answers[0]?.['text']).toContain('Who knew');
    expect(seen.answers[1]?.['text']).toBe(expected.slack.alt);
    const { slack_file: file, alt_text: alt } = imageOf(seen) as { slack_file: { id: string }; alt_text: string };
    expect(alt).toBe(expected.slack.alt);
    expect(await slack.fileBytes(file.id)).toEqual(Buffer.from(expected.slack.png));
    expect(seen.tries).toBe(3);
    expect(warnings).toEqual([]);
  });

  test('that Slack never shows is given up before the response_url is used up', async () => {
    await platform.start(deskDouble({ picture: draw }));
    slack.filesReadyAfter = 99;
    const seen = await slack.command(slack.reader, '/deepseek', 'timeline v4-on-huawei');
    await vi.waitFor(() => expect(warnings).toEqual(['Slack did not show a picture that it had taken']), soon);
    expect(seen.answers).toHaveLength(1);
    expect(seen.tries).toBeLessThanOrEqual(5);
  });

  test('without files:write is no picture: words alone, and one line for the log that says what to add', async () => {
    await platform.start(deskDouble({ picture: draw }));
    slack.filesWritable = false;
    for (const command of ['timeline', 'sources']) {
      const seen = await slack.command(slack.reader, '/deepseek', `${command} v4-on-huawei`);
      await vi.waitFor(() => expect(seen.answers).toHaveLength(1), soon);
      await vi.waitFor(() => expect(warnings).toHaveLength(1), soon);
    }
    expect(warnings[0]).toContain('files:write');
  });
});

describe('pictures', () => {
  const card = sourcesCard(whyView());

  test('are for cards that have something to draw, and never worth a failure or a long wait', async () => {
    expect(await pictureOf({ picture: draw }, statusCard(statusView()), 'discord')).toBeNull();
    expect(await pictureOf({ picture: broken }, card, 'discord')).toBeNull();
    expect(await pictureOf({ picture: none }, card, 'discord')).toBeNull();
    expect(await pictureOf({ picture: () => new Promise(() => {}) }, card, 'discord', 20)).toBeNull();
  });

  test('are painted two at a time and once each; who comes when all are busy gets none', async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const paint = async (): Promise<Uint8Array> => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        most = Math.max(most, waiting.length);
      });
      waiting.shift();
      return new Uint8Array(1);
    };
    const pictures = openPictures(QUIET, () => Promise.resolve(paint));
    const asked = Array.from({ length: 10 }, (_unused, at) =>
      pictures(
        { kind: 'sources', why: whyView({ resolution: '', claim: { ...whyView().claim, id: `claim-${at % 9}` } }) },
        'slack',
      ),
    );
    const done = Promise.all(asked);
    const turn = (): Promise<null> =>
      new Promise((resolve) => {
        setImmediate(resolve, null);
      });
    while ((await Promise.race([done, turn()])) === null) waiting[0]?.();
    const made = await done;
    expect(most).toBe(2);
    expect(made[9]).toBe(made[0]);
    expect(made.map((picture) => picture?.name ?? null)).toEqual([
      ...Array.from({ length: 8 }, (_unused, at) => `sources-claim-${at}.png`),
      null,
      'sources-claim-0.png',
    ]);
  });

  test('that fail are told to the log and drawn anew when asked again', async () => {
    const errors: unknown[] = [];
    const log = { error: (...said: unknown[]) => errors.push(said) } as unknown as Parameters<typeof openPictures>[0];
    let fail = true;
    const pictures = openPictures(log, () =>
      Promise.resolve(() => (fail ? Promise.reject(new Error('no fonts')) : Promise.resolve(new Uint8Array(1)))),
    );
    const drawing = card.drawing ?? { kind: 'sources', why: whyView() };
    expect(await pictures(drawing, 'slack')).toBeNull();
    expect(errors).toHaveLength(1);
    fail = false;
    expect(await pictures(drawing, 'slack')).toMatchObject({ name: 'sources-v4-on-huawei.png' });
  });
});
