import { ApplicationCommandLimits, ButtonLimits, EmbedLimits, MessageLimits } from '@sapphire/discord-utilities';
import { ApplicationCommandCreateRequestSchema, MessageCreateRequestSchema } from 'discord-api-spec/zod';
import { describe, expect, test } from 'vitest';
import type { Card } from '../../../src/chat/card.ts';
import { alertCard, claimCard, sourcesCard, statusCard, whyCard } from '../../../src/chat/cards.ts';
import { catchUpCard } from '../../../src/chat/digest.ts';
import { timelineCard } from '../../../src/chat/timeline.ts';
import { commandsBody } from '../../../src/chat/discord/commands.ts';
import { postBody, renderAlert, renderAnswer, renderPages } from '../../../src/chat/discord/render.ts';
import type { RenderedCard } from '../../../src/chat/discord/render.ts';
import { helloCard, subscribedCard, subscriptionsCard, unknownCard } from '../../../src/chat/notices.ts';
import { refuseCommands, refuseMessage } from '../../doubles/discord-rules.ts';
import { newsTime, wallTime } from '../../../src/core/time.ts';
import { alertView, claimView, deskDouble, hostileCard, statusView, whyView } from '../examples.ts';
import { wholeDesk } from '../whole-desk.ts';
import { LONG_TEXTS, longestCards } from '../limits.ts';

const MARKER = 'k3j5h2g8f1d4s6a7p9o0i2u4y';

/** Three judges: our rules from the documentation, the schema generated from Discord's own, a table kept by others. */
function expectTakenByDiscord(message: RenderedCard): void {
  expect(refuseMessage(message)).toBeNull();
  const parsed = MessageCreateRequestSchema.safeParse(message);
  expect(parsed.error?.issues ?? []).toEqual([]);
  const [embed] = message.embeds;
  expect(message.content.length).toBeLessThanOrEqual(MessageLimits.MaximumLength);
  expect(embed.description?.length ?? 0).toBeLessThanOrEqual(EmbedLimits.MaximumDescriptionLength);
  const sum = (embed.title?.length ?? 0) + (embed.description?.length ?? 0) + (embed.footer?.text.length ?? 0);
  expect(sum).toBeLessThanOrEqual(EmbedLimits.MaximumTotalCharacters);
  for (const row of message.components) {
    for (const button of row.components) {
      if ('label' in button) expect(button.label?.length).toBeLessThanOrEqual(ButtonLimits.MaximumLabelCharacters);
      if ('custom_id' in button) {
        expect(button.custom_id.length).toBeLessThanOrEqual(ButtonLimits.MaximumCustomIdCharacters);
      }
    }
  }
}

const GOLDEN: Readonly<Record<string, () => unknown>> = {
  'alert-confirmed': () => postBody(alertCard(alertView()), MARKER),
  'alert-first-report': () =>
    postBody(
      alertCard(
        alertView({
          from: 'unverified',
          fromSince: null,
          to: 'reported',
          claim: { status: 'reported', because: 'One origin reports it: Financial Times.' },
          demo: false,
          warnings: [],
        }),
      ),
      MARKER,
    ),
  'alert-possible-repeat': () => postBody(alertCard(alertView({ possibleRepeat: true })), MARKER),
  status: () => renderAnswer(statusCard(statusView())),
  why: () => renderAnswer(whyCard(whyView())),
  claim: () => renderAnswer(claimCard(whyView())),
  sources: () => renderAnswer(sourcesCard(whyView())),
  timeline: () => renderAnswer(timelineCard(whyView())),
  'catch-up': () =>
    postBody(
      catchUpCard(
        [alertView(), alertView({ claim: { id: 'other', statement: 'Another claim' } })],
        Date.parse('2026-04-24T02:00:00Z'),
      ),
      MARKER,
    ),
  subscribed: () =>
    renderAnswer(
      subscribedCard({
        topic: 'deepseek',
        title: 'DeepSeek',
        level: 'changes',
        options: undefined,
        created: true,
        status: statusView(),
      }),
    ),
  unknown: () =>
    renderAnswer(
      unknownCard(
        'claim',
        'v4-on-hauwei',
        ['v4-on-huawei'],
        [{ text: 'All names: ' }, { text: '/deepseek claims', style: 'code' }],
      ),
    ),
  hello: () => renderAnswer(helloCard(deskDouble().topics())),
  hostile: () => postBody(hostileCard(), MARKER),
  commands: () => commandsBody(wholeDesk()).body,
};

describe('Discord messages', () => {
  test.each(Object.keys(GOLDEN))('%s reads as reviewed (test/golden/discord)', async (name) => {
    const body = GOLDEN[name]?.();
    await expect(`${JSON.stringify(body, null, 2)}\n`).toMatchFileSnapshot(`../../golden/discord/${name}.json`);
    if (name !== 'commands') expectTakenByDiscord(body as RenderedCard);
  });

  test.each(Object.keys(LONG_TEXTS))('stay within every limit when all texts are as long as can be: %s', (kind) => {
    for (const [name, card] of Object.entries(longestCards(LONG_TEXTS[kind] ?? ''))) {
      const messages = name === 'alert' ? [renderAlert(card, MARKER)] : renderPages(card);
      expect(messages.length).toBeLessThanOrEqual(4);
      for (const rendered of messages) {
        expectTakenByDiscord(rendered);
        // JSON writes half a character as an escape.
        expect(JSON.stringify(rendered), name).not.toMatch(/\\ud[89a-f]/iu);
      }
    }
  });

  test('what a channel follows and what it has muted have a row of buttons each, and a page a row of its own', () => {
    const topics = Array.from({ length: 9 }, (_, at) => ({ id: `topic-${at}`, title: `Topic ${at}` }));
    const muted = topics.map(({ id, title }) => ({ topic: id, claim: 'x', statement: title, until: wallTime(0) }));
    const card = subscriptionsCard(
      topics.map(({ id }) => ({ topic: id, level: 'changes' })),
      topics,
      muted,
    );
    const rowsOf = (one: Card) =>
      renderAnswer(one).components.map((row) =>
        row.components.map((button) => ('label' in button ? button.label : '')),
      );
    const [changes = [], unmutes = [], ...more] = rowsOf({ ...card, link: 'https://example.com/a' });
    expect([changes.length, unmutes.length, more]).toEqual([5, 5, [['example.com']]]);
    expect([changes[0], unmutes[4]]).toEqual(['Change Topic 0', 'Unmute: Topic 4']);
    expect(rowsOf({ ...card, actions: [] })).toEqual([]);
  });

  test('a board of twenty-four claims is shown whole, in as many messages as it needs', () => {
    const url = (at: number): string => `https://www.example.com/${at}/${'a-long-headline-in-the-address-'.repeat(4)}`;
    const claims = Array.from({ length: 24 }, (_, at) =>
      claimView({
        id: `claim-number-${at}`,
        statement: 'DeepSeek worked for months with Huawei and Cambricon to adapt the code of its model to their chips',
        freshest: {
          title: 'x',
          url: url(at),
          publisher: 'South China Morning Post',
          published: newsTime('2026-04-24'),
        },
      }),
    );
    const pages = renderPages(statusCard(statusView({ claims })));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.length).toBeLessThanOrEqual(3);
    for (const page of pages) expectTakenByDiscord(page);
    const all = JSON.stringify(pages);
    for (let at = 0; at < 24; at += 1) {
      expect(all).toContain(`claim-number-${at}\``);
      expect(all).toContain(url(at));
    }
    expect(pages[1]?.embeds[0].title).toContain(`(2 of ${pages.length})`);
    expect(renderPages(statusCard(statusView()))).toEqual([renderAnswer(statusCard(statusView()))]);
  });

  test('the longest alert keeps status, origins, main link and marker', () => {
    const rendered = renderAlert(longestCards(LONG_TEXTS['chinese'] ?? '')['alert'] as Card, MARKER);
    const [embed] = rendered.embeds;
    expect(rendered.content).toContain('Disputed');
    expect(embed.description).toContain('40 independent origins');
    expect(embed.description).toMatch(/0 据路透社/u);
    expect(embed.description).toContain('… and ');
    expect(embed.footer?.text.endsWith(MARKER)).toBe(true);
    expect(JSON.stringify(rendered.components)).toContain('https://example.com/zzz');
  });

  test('show outside text as text: every mark of markup is escaped', () => {
    const { embeds, content } = renderAlert(hostileCard(), MARKER);
    for (const text of [content, embeds[0].description ?? '']) {
      // Inside code nothing is markup, and what could end it was replaced.
      expect(text.replace(/\\./gu, '').replace(/`[^`]*`/gu, '')).not.toMatch(/<[@#:/]|\|\||~~|```|__|@everyone/u);
    }
  });

  test('every message says that nobody may be mentioned', () => {
    for (const name of Object.keys(GOLDEN)) {
      if (name === 'commands') continue;
      expect(GOLDEN[name]?.()).toMatchObject({ allowed_mentions: { parse: [] } });
    }
  });
});

describe('outside text at the start of a line', () => {
  test.each([
    ['# heading', '\\# heading'],
    ['- list', '\\- list'],
    ['1. list', '1\u200B. list'],
    ['2026.04 is no list', '2026.04 is no list'],
    ['-# small', '\\-# small'],
  ])('%s is shown as written', (raw, expected) => {
    const card: Card = { tone: 'info', title: 'x', sections: [{ lines: [[{ text: raw }]] }], footer: [] };
    expect(renderAnswer(card).embeds[0].description).toBe(expected);
  });
});

describe('Discord commands', () => {
  test('are what Discord takes', () => {
    const { body, skipped } = commandsBody(wholeDesk());
    expect(skipped).toEqual([]);
    expect(refuseCommands(body)).toBeNull();
    for (const command of body) {
      // The generated schema wants a number where the documents (and Discord) take the decimal string.
      const { default_member_permissions: needed, ...rest } = { default_member_permissions: null, ...command };
      expect(needed ?? '16').toMatch(/^\d+$/u);
      expect(ApplicationCommandCreateRequestSchema.safeParse(rest).error?.issues ?? []).toEqual([]);
      expect(command.name.length).toBeLessThanOrEqual(ApplicationCommandLimits.MaximumNameCharacters);
    }
  });

  test('leave out topics whose id Discord cannot show, and say which', () => {
    const topics = [
      { id: 'Chips & AI', title: 'Chips', claims: [] },
      { id: 'ok', title: 'x'.repeat(300), claims: [] },
    ];
    const { body, skipped } = commandsBody({ ...deskDouble(), topics: () => topics });
    expect(skipped).toEqual(['Chips & AI']);
    expect(refuseCommands(body)).toBeNull();
  });
});
