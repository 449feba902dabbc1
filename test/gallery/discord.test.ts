/**
 * Pictures of every Discord card, light and dark, from the golden bodies, for people to look at:
 *
 *   CLAIMWIRE_GALLERY=/tmp/gallery npx vitest run --config test/vitest.config.ts test/gallery
 *
 * Without the folder's name nothing is drawn and the test says so.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { discordPage } from './discord-html.ts';
import type { DiscordBody } from './discord-html.ts';

const golden = new URL('../golden/discord/', import.meta.url).pathname;
const ALONE = ['status', 'why', 'timeline', 'claim', 'sources', 'unknown'];
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  alerts: ['alert-confirmed', 'alert-first-report', 'alert-possible-repeat'],
  status: ['status', 'subscribed', 'hello', 'catch-up'],
  why: ['why', 'timeline', 'claim', 'sources', 'unknown'],
  hostile: ['hostile'],
};

const folder = process.env['CLAIMWIRE_GALLERY'] ?? '';

test('Discord cards are drawn in light and dark', { timeout: 60_000 }, async ({ skip }) => {
  if (folder === '') skip('CLAIMWIRE_GALLERY names no folder: no pictures drawn');
  mkdirSync(folder, { recursive: true });
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    for (const theme of ['dark', 'light'] as const) {
      for (const [name, cards] of Object.entries(GROUPS)) {
        const page = await browser.newPage({ viewport: { width: 640, height: 400 } });
        const messages = cards.map((card) => ({
          body: JSON.parse(readFileSync(join(golden, `${card}.json`), 'utf8')) as DiscordBody,
          alone: ALONE.includes(card),
        }));
        await page.setContent(discordPage(messages, theme));
        await page.screenshot({ path: join(folder, `discord-${name}-${theme}.png`), fullPage: true });
        expect(await page.locator('.message').count()).toBe(cards.length);
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
});
