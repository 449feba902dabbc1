/**
 * Draws every card as Discord and Slack would show it, light and dark, on a desktop and on a phone, and the board's
 * pages; then an index.html to look through them.
 *
 *   npm run gallery                         into .gallery, which is not kept
 *   npm run gallery -- DIR
 *   npm run gallery -- DIR asking running   only these groups, without the board; "views" is forms and the Home tab
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { chromiumPath } from '../support/chromium.ts';
import { startBoard } from '../../src/web/board.ts';
import { painted } from '../../src/picture/paint.ts';
import { drawingOf } from '../../src/picture/picture.ts';
import { storyReader } from '../web/story.ts';
import { galleryCards } from './cards.ts';
import type { GalleryCard } from './cards.ts';
import { pageOf } from './pages.ts';
import type { Look } from './pages.ts';
import { VIEWS_GROUP, viewsPage } from './views.ts';

const WIDTHS = { desktop: 640, phone: 375 } as const;

async function picturesOf(cards: readonly GalleryCard[], look: Look): Promise<ReadonlyMap<Card, string>> {
  const pictures = new Map<Card, string>();
  for (const { card } of cards) {
    if (card.drawing === undefined) continue;
    const png = await painted(drawingOf(card.drawing.kind, card.drawing.why, look === 'discord' ? 'dark' : 'light'));
    pictures.set(card, `data:image/png;base64,${Buffer.from(png).toString('base64')}`);
  }
  return pictures;
}
type Card = GalleryCard['card'];

const executablePath = chromiumPath();
if (executablePath === undefined) throw new Error('no Chromium here: apt-get install chromium');
const [dir = '.gallery', ...only] = process.argv.slice(2);
const folder = resolve(dir);
const drawn = (group: string): boolean => only.length === 0 || only.includes(group);
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const made: string[] = [];
const groups = new Map<string, GalleryCard[]>();
for (const one of galleryCards()) if (drawn(one.group)) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
async function draw(name: string, html: (theme: 'dark' | 'light') => string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    for (const [device, width] of Object.entries(WIDTHS)) {
      const page = await browser.newPage({ viewport: { width, height: 400 }, deviceScaleFactor: 2 });
      await page.setContent(html(theme));
      const file = `${name}-${theme}-${device}.png`;
      await page.screenshot({ path: join(folder, file), fullPage: true });
      made.push(file);
      await page.close();
    }
  }
}

for (const look of ['discord', 'slack'] as const) {
  for (const [group, cards] of groups) {
    const pictures = await picturesOf(cards, look);
    await draw(`${look}-${group.replaceAll(' ', '-')}`, (theme) => pageOf(cards, look, theme, pictures));
  }
  if (drawn(VIEWS_GROUP)) await draw(`${look}-${VIEWS_GROUP}`, (theme) => viewsPage(look, theme));
}
if (only.length === 0) await drawBoard();
await browser.close();
async function drawBoard(): Promise<void> {
  const board = await startBoard({ reader: storyReader(), port: 0, demo: false });
  for (const [name, path] of [
    ['board', '/'],
    ['claim', '/claims/v4-on-huawei'],
  ] as const)
    for (const colorScheme of ['dark', 'light'] as const)
      for (const [device, width] of [
        ['desktop', 1200],
        ['phone', 375],
      ] as const) {
        const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
        await page.goto(board.url + path);
        const file = `web-${name}-${colorScheme}-${device}.png`;
        await page.screenshot({ path: join(folder, file), fullPage: true });
        made.push(file);
        await page.close();
      }
  await board.close();
}
writeFileSync(
  join(folder, 'index.html'),
  `<!doctype html><meta charset="utf-8"><title>Gallery</title><style>body{font:14px sans-serif}img{max-width:640px;display:block;border:1px solid #999}section{display:inline-block;vertical-align:top;margin:8px}</style>${made.map((name) => `<section><h2>${name}</h2><a href="${name}"><img loading="lazy" src="${name}" alt="${name}"></a></section>`).join('\n')}\n`,
);
process.stdout.write(`${made.length} pictures in ${folder}; open index.html\n`);
