/**
 * Whatever outsiders write and however much of it there is: a message that both platforms take, which still says status,
 * who knew and where. Three judges for Discord: our rules from its documents, the schema generated from its own, a table
 * kept by others; for Slack the limits of @slack/types.
 */
import { EmbedLimits, MessageLimits } from '@sapphire/discord-utilities';
import { MessageCreateRequestSchema } from 'discord-api-spec/zod';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { alertCard } from '../../src/chat/cards.ts';
import type { Card } from '../../src/chat/card.ts';
import { renderAlert } from '../../src/chat/discord/render.ts';
import { renderCard } from '../../src/chat/slack/render.ts';
import { refuseMessage } from '../doubles/discord-rules.ts';
import { refuseBlocks } from '../doubles/slack-rules.ts';
import { alertView, claimView, origin } from './examples.ts';
import { LONG_TEXTS } from './limits.ts';

const LINK = 'https://example.com/the-page';
const MARKER = 'k3j5h2g8f1d4s6a7p9o0i2u4y';

/** Any text, or the start of one of those that cost a renderer most. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .tuple(fc.constantFrom(...Object.values(LONG_TEXTS)), fc.integer({ min: 1, max: 4200 }))
    .map(([long, length]) => long.slice(0, length)),
);
const some = (most: number): fc.Arbitrary<string[]> => fc.array(text, { maxLength: most });

const cards: fc.Arbitrary<Card> = fc
  .record({
    statement: text,
    because: text,
    summary: text,
    quote: text,
    names: fc.array(text, { minLength: 1, maxLength: 30 }),
    chain: some(4),
    relays: some(6),
    neighbours: some(12),
    warnings: some(12),
    changes: some(6),
  })
  .map((any) => {
    const origins = any.names.map((name, at) =>
      origin(`Outlet ${at} ${name}`, '2026-04-03', { chain: [...any.chain, name], relayedBy: any.relays, url: LINK }),
    );
    const view = alertView({
      to: 'disputed',
      claim: claimView({ statement: any.statement, because: any.because, supporting: origins, refuting: origins }),
      summary: any.summary,
      quote: { text: any.quote, url: LINK, publisher: any.statement, paraphrase: false },
      link: { url: LINK, host: 'example.com' },
      notConfirmed: any.neighbours.map((statement) => ({ statement, status: 'reported', origins: any.relays })),
      warnings: any.warnings,
    });
    return alertCard(view);
  });

test('any alert is one that Discord and Slack take, with status, origins and link in it', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(cards, (card) => {
      const discord = renderAlert(card, MARKER);
      expect(refuseMessage(discord)).toBeNull();
      expect(MessageCreateRequestSchema.safeParse(discord).error?.issues ?? []).toEqual([]);
      const [embed] = discord.embeds;
      const { description = '', footer } = embed;
      expect(discord.content.length).toBeLessThanOrEqual(MessageLimits.MaximumLength);
      expect(description.length).toBeLessThanOrEqual(EmbedLimits.MaximumDescriptionLength);
      expect(description.length + (footer?.text.length ?? 0)).toBeLessThanOrEqual(EmbedLimits.MaximumTotalCharacters);
      expect(footer?.text.endsWith(MARKER)).toBe(true);

      const slack = renderCard(card);
      expect(refuseBlocks(slack.blocks)).toEqual([]);
      expect(slack.text.length).toBeLessThanOrEqual(4000);

      for (const said of [`${discord.content} ${JSON.stringify(discord)}`, JSON.stringify(slack)]) {
        for (const kept of ['Disputed', 'Who knew', 'Outlet 0', LINK]) expect(said).toContain(kept);
        // JSON writes half a character as an escape.
        expect(said).not.toMatch(/\\ud[89a-f]/iu);
      }
    }),
    { numRuns: 25 },
  );
});
