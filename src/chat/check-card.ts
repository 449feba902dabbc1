/**
 * `check <link or text> ...`: how many of these pages knew it themselves, before anybody shares five links as five sources.
 *
 *   5 pages, 4 publishers, 1 origin: The Information
 *   ✅ reuters.com   credits The Information     ·  repeats the text of 1
 */
import { PASTED } from '../core/view.ts';
import type { CheckView, CheckedPage } from '../core/view.ts';
import type { Card, CardSection, Line } from './card.ts';
import { chainWords, counted, abridged } from '../core/wording.ts';
import { bold, code, muted, plain } from './words.ts';

const STANCE_WORDS = { supports: 'supports', refutes: 'contradicts', discusses: 'mentions' } as const;

export function checkCard(view: CheckView): Card {
  const read = view.pages.filter((page) => page.trouble === null);
  const touched = new Map(read.flatMap((page) => page.claims).map((claim) => [claim.id, claim] as const));
  return {
    tone: read.length === 0 ? 'problem' : 'info',
    title: read.length === 0 ? 'None of this could be read' : view.sum,
    sections: [
      ...(view.origins.length === 0 || read.length < 2
        ? []
        : [{ heading: 'Who knew', weight: 'keep' as const, lines: view.origins.map(originLine) }]),
      ...view.pages.map((page): CardSection => ({ weight: 'keep', lines: pageLines(page) })),
      ...(read.length === 0
        ? []
        : [
            {
              heading: 'Tracked claims it touches',
              weight: 'keep' as const,
              lines:
                touched.size === 0
                  ? [[plain('None. Who knew it stands above all the same.')]]
                  : [...touched.values()].map((claim): Line => [
                      plain(`${claim.statement} `),
                      code(`/${claim.topic} why ${claim.id}`),
                    ]),
            },
          ]),
    ],
    footer: ['Copies and relays count once; who knew is the far end of the chain'],
  };
}

function originLine(origin: CheckView['origins'][number]): Line {
  return [
    bold(origin.name),
    plain(`, ${counted(origin.pages, 'page')}`),
    ...(origin.listed ? [] : [muted(' (not a listed source, so it would not count)')]),
  ];
}

function pageLines(page: CheckedPage): Line[] {
  if (page.trouble !== null) return [[plain('✕ '), code(page.name), plain(` ${page.trouble}`)]];
  const owner = page.owner === null || page.owner === page.publisher ? '' : `, owned by ${page.owner}`;
  const said =
    page.copyOf !== null
      ? `repeats the text of ${page.copyOf}`
      : page.chain.length === 0
        ? page.publisher === PASTED
          ? 'names nobody as its source'
          : 'its own word'
        : `credits ${chainWords(page.chain)}`;
  return [
    [
      bold(page.publisher === PASTED ? page.name : page.publisher),
      muted(`${owner}${page.listed || page.publisher === PASTED ? '' : ', not listed'}`),
      plain(`: ${said}`),
      ...(page.chain.length === 0 && page.copyOf === null ? [] : [muted(` → origin: ${page.origin}`)]),
    ],
    ...(page.title === '' ? [] : [[muted(page.title)]]),
    ...page.claims
      .slice(0, 3)
      .map((claim): Line => [
        plain(`${STANCE_WORDS[claim.stance]} `),
        code(claim.id),
        ...(claim.quote === '' ? [] : [{ text: ` “${claim.quote}”`, style: 'quote' as const }]),
      ]),
    ...(page.claims.length > 3
      ? [[muted(`and touches ${abridged(page.claims.slice(3).map((claim) => claim.id))}`)]]
      : []),
  ];
}
