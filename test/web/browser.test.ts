/**
 * The board in a real browser: fits a phone, can be read in light and dark, obeys its own policy, follows the news.
 * Needs Debian's chromium (apt-get install chromium); says so and is skipped where there is none.
 * CLAIMWIRE_SCREENSHOTS=DIR keeps the pictures.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { board } from './ask.ts';
import { storyReader, topic, claim, WHY } from './story.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const PICTURES = process.env['CLAIMWIRE_SCREENSHOTS'];
const PAGES = [
  ['board', '/'],
  ['claim', '/claims/v4-on-huawei'],
] as const;

if (CHROMIUM === undefined)
  process.stderr.write('no Chromium here: the board is not looked at (apt-get install chromium)\n');

describe.skipIf(CHROMIUM === undefined)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM ?? '',
      args: '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
        ' ',
      ),
    });
  });
  afterAll(() => browser?.close());

  async function opened(url: string, width: number, ownClock = false) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    const strangers: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(url).origin)) strangers.push(request.url());
    });
    if (ownClock) await page.clock.install();
    await page.goto(url);
    return { page, complaints, strangers };
  }

  for (const [name, path] of PAGES)
    test(`the ${name} page fits every width, can be read in light and in dark, and asks nobody else`, async () => {
      const { url } = await board();
      const { page, complaints, strangers } = await opened(url + path, 1200);
      for (const scheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.goto(url + path);
        for (const width of [320, 375, 768, 1200]) {
          await page.setViewportSize({ width, height: 800 });
          expect([scheme, width, await overhang(page)]).toEqual([scheme, width, 0]);
          if (PICTURES !== undefined && (width === 375 || width === 1200)) {
            mkdirSync(PICTURES, { recursive: true });
            const file = `${name}-${width === 375 ? 'phone' : 'desktop'}-${scheme}.png`;
            await page.screenshot({ path: join(PICTURES, file), fullPage: true });
          }
        }
        await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
        expect([scheme, ...(await faintTexts(page))]).toEqual([scheme]);
      }
      expect([complaints, strangers]).toEqual([[], []]);
      await page.close();
    });

  test('outside text cannot run, and a stranger’s script would not either', async () => {
    const evil = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
    const reader = storyReader({
      why: () => Promise.resolve({ ...WHY, resolution: evil, claim: { ...WHY.claim, statement: evil } }),
    });
    const { url } = await board({ reader });
    const { page } = await opened(`${url}/claims/v4-on-huawei`, 800);
    expect(await page.title()).toContain('<img src=x');
    await page.evaluate(
      "document.body.appendChild(Object.assign(document.createElement('script'), { textContent: 'document.title = 1' }))",
    );
    expect(await page.title()).not.toBe('1');
    await page.close();
  });

  test('follows the news by itself, keeps open what was opened, and says when the board is gone', async () => {
    let statement = 'Before';
    const claims = () => [claim('one', statement, 'reported')];
    const reader = storyReader({ statusViews: () => Promise.resolve([topic('deepseek', 'DeepSeek', claims())]) });
    // The demo asks every 2 s.
    const { url } = await board({ reader, demo: true });
    const { page } = await opened(url, 800, true);
    await page.click('summary:has-text("What the words mean")');
    statement = 'After';
    // The ledger is asked at most once a second, so it may take a second question.
    await vi.waitFor(async () => {
      await page.clock.runFor(2000);
      expect(await page.textContent('main')).toContain('After');
    }, 10_000);
    expect(await page.getAttribute('details.legend', 'open')).not.toBeNull();
    await page.route('**/*', (route) => route.abort());
    await page.clock.runFor(2000);
    await vi.waitFor(async () => expect(await page.getAttribute('body', 'class')).toContain('stale'), 10_000);
    await page.close();
  });

  test('can be used by keyboard and by name', async () => {
    const { url } = await board();
    const { page } = await opened(url, 1200);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the claims');
    await page
      .getByRole('region', { name: 'DeepSeek' })
      .getByRole('link', { name: 'DeepSeek V4 runs on Huawei Ascend chips' })
      .click();
    await page.waitForURL('**/claims/v4-on-huawei');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('DeepSeek V4 runs on Huawei Ascend chips');
    expect(await page.getByRole('img', { name: /^Timeline: Reported 28 Feb/ }).count()).toBe(1);
    await page.getByLabel('What was known on').fill('2026-04-20');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.waitForURL('**/claims/v4-on-huawei?as-of=2026-04-20');
    await page.close();
  });
});

/** Pixels by which the page is wider than its window. */
function overhang(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}

/** Texts below 4.5:1 (3:1 from 24 px, or 18.7 px bold) on the ground they stand on: WCAG 2.2, 1.4.3. */
function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const rgba = (colour) => { const n = colour.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
    const light = ([r, g, b]) => { const c = [r, g, b].map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]; };
    const ground = (element) => { for (let e = element; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; } return [255, 255, 255, 1]; };
    const faint = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let seen = 0;
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.trim();
      const element = walker.currentNode.parentElement;
      if (text === '' || element.closest('title, script') || element.getClientRects().length === 0) continue;
      seen += 1;
      const style = getComputedStyle(element);
      const svg = element.closest('svg');
      const ink = rgba(svg ? style.fill : style.color);
      const mark = element.closest('.origin') ? rgba(getComputedStyle(element.closest('.origin').querySelector('circle, path')).fill) : null;
      const [a, b] = [light(ink), light(mark ?? ground(svg ?? element))].sort((x, y) => y - x);
      const ratio = (a + 0.05) / (b + 0.05);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.7 && Number(style.fontWeight) >= 700);
      if (ratio < (large ? 3 : 4.5)) faint.push(text.slice(0, 40) + ' ' + ratio.toFixed(2));
    }
    return seen < 40 ? ['only ' + seen + ' texts seen'] : faint;
  })()`);
}
