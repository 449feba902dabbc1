/**
 * `/topic latest`: the newest pages on the claims, each with what it adds, which is mostly nothing:
 *
 *   24 Apr  DeepSeek-V4 preview release  DeepSeek       + origin
 *    4 Apr  DeepSeek to run on ...       Yahoo citing Reuters citing The Information    adds no origin
 */
import type { LatestView } from '../core/view.ts';
import type { Card, CardSection, Line } from './card.ts';
import { DEMO_FOOTER, demoTitle } from './cards.ts';
import { chainWords, abridged } from '../core/wording.ts';
import { bold, day, linked, muted, plain } from './words.ts';

const ROLE_WORDS: Readonly<Record<LatestView['items'][number]['role'], string>> = {
  origin: 'a new origin',
  echo: 'adds no origin',
  'no side': 'takes no side',
  'not counted': 'not counted',
};

export function latestCard(view: LatestView): Card {
  return {
    tone: 'info',
    title: `${demoTitle(view.demo)}${view.title}: newest pages`,
    sections:
      view.items.length === 0
        ? [
            {
              weight: 'keep',
              lines: [[plain('No page about these claims has been read yet. Feeds are read every few minutes.')]],
            },
          ]
        : view.items.map((item): CardSection => ({ weight: 'keep', lines: itemLines(item) })),
    footer: [`/${view.topic} status shows what is known`, ...(view.demo ? [DEMO_FOOTER] : [])],
  };
}

function itemLines(item: LatestView['items'][number]): Line[] {
  const chain = item.chain.length === 0 ? '' : ` citing ${chainWords(item.chain)}`;
  const role = item.role === 'origin' ? bold(ROLE_WORDS.origin) : muted(ROLE_WORDS[item.role]);
  return [
    [day(item.published), plain(' '), linked(item.url, item.title)],
    [
      muted(`${item.publisher}${chain} · `),
      role,
      ...(item.claims.length === 0 ? [] : [muted(` · on: ${abridged(item.claims, 2)}`)]),
    ],
  ];
}
