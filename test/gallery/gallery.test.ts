/**
 * A cheap look at the gallery: `npm run gallery` draws all of it, for people to look at.
 */
import { chromium } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { LOOKS } from '../../src/chat/card.ts';
import { longestCards } from '../chat/limits.ts';
import { chromiumPath } from '../support/chromium.ts';
import { galleryCards } from './cards.ts';
import { pageOf } from './pages.ts';

const CHROMIUM = chromiumPath();
if (CHROMIUM === undefined) process.stderr.write('no Chromium here: no card is drawn (apt-get install chromium)\n');

const CARDS = galleryCards();

/** What a reader sees: no tags, entities read. */
function words(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/su, '')
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

describe('the gallery', () => {
  test('has every status, and every kind of card that has limits to keep', () => {
    const tones = new Set(CARDS.map((one) => one.card.tone));
    expect([...tones].toSorted()).toEqual(Object.keys(LOOKS).toSorted());
    expect(CARDS.length).toBeGreaterThan(Object.keys(longestCards('x')).length);
    expect(new Set(CARDS.map((one) => `${one.group} ${one.name}`)).size).toBe(CARDS.length);
  });

  test.each(['discord', 'slack'] as const)('shows each card on %s with its news and no markup left over', (look) => {
    for (const one of CARDS) {
      if (one.group === 'worst') continue;
      const seen = words(pageOf([one], look, 'light'));
      expect(seen, one.name).toContain(one.card.title);
      expect(seen, one.name).not.toMatch(/<t:\d|<!date|\*\*|\]\(https|-# |\uE000/u);
    }
  });

  test.skipIf(CHROMIUM === undefined)('fits a phone', { timeout: 60_000 }, async () => {
    const browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox', '--disable-gpu'] });
    try {
      const page = await browser.newPage({ viewport: { width: 375, height: 800 } });
      for (const look of ['discord', 'slack'] as const) {
        await page.setContent(pageOf(CARDS, look, 'dark'));
        expect([look, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([look, 375]);
      }
    } finally {
      await browser.close();
    }
  });
});
