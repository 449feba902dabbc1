/**
 * Pictures for chat: a drawing with its claim above it and its legend below, complete in itself, for it will be
 * forwarded. Pure: view -> SVG text, on the ground it is made for.
 *
 *   const drawn = timelinePicture(why, 'dark');      then paint.ts makes a PNG of it
 */
import type { WhyView } from '../core/view.ts';
import { counted, day, statusWord } from '../core/wording.ts';
import type { Ground } from './ink.ts';
import { DRAWING_STYLE, INKS, inked } from './ink.ts';
import { textWidth, wrapped } from './letters.ts';
import type { Html } from './markup.ts';
import { html, markup, shown } from './markup.ts';
import { named, provenance, roomFor, rootsOf, treeInWords } from './provenance.ts';
import { numberMark, symbol } from './symbol.ts';
import { factsOfWhy, inWords, timeline } from './timeline.ts';

export type PictureKind = 'timeline' | 'sources';

/** Units are CSS pixels of a phone's width: 12-unit letters can be read where chat shows a picture 340 pixels wide. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** The same in words, at most 1000 characters. */
  readonly alt: string;
}

const WIDTH = 380;
const EDGE = 16;
const INNER = WIDTH - 2 * EDGE;
/** Discord takes 1024 characters, Slack 2000. */
const ALT_LONGEST = 1000;
const LEGEND_ROWS = 6;

export function drawingOf(kind: PictureKind, why: WhyView, ground: Ground): Drawing {
  return kind === 'timeline' ? timelinePicture(why, ground) : sourcesPicture(why, ground);
}

export function timelinePicture(why: WhyView, ground: Ground): Drawing {
  const facts = factsOfWhy(why);
  const drawing = timeline(facts, why.asOf, INNER);
  const drawn = heightOf(drawing);
  const legend = legendRows(why);
  return framed(why, ground, 'Timeline', inWords(facts, why.asOf), drawn + 8 + legend.height, (y) => [
    placed(drawing, y),
    legend.at(y + drawn + 8),
  ]);
}

export function sourcesPicture(why: WhyView, ground: Ground): Drawing {
  const roots = rootsOf(why);
  const tree = provenance(roots, why.asOf, roomFor(roots, INNER));
  const words = treeInWords(roots, why.asOf);
  if (roots.length === 0) {
    return framed(why, ground, 'Who knew', words, 24, (y) => [
      html`<text class="soft" x="${EDGE}" y="${y + 14}"
        >Nobody whose word counts has spoken for it or against it.</text
      >`,
    ]);
  }
  return framed(why, ground, 'Who knew', words, heightOf(tree), (y) => [placed(tree, y)]);
}

/** A drawing tells its own height. */
function heightOf(drawing: Html): number {
  return Number(/ height="([\d.]+)"/u.exec(markup(drawing))?.[1] ?? 0);
}

function placed(drawing: Html, y: number): Html {
  return html`<g transform="translate(${EDGE} ${y})">${drawing}</g>`;
}

/** Whom the numbers stand for, and how many pages only repeat. */
function legendRows(why: WhyView): { readonly height: number; readonly at: (y: number) => Html } {
  const { claim, asOf } = why;
  const origins = [
    ...claim.supporting.map((origin) => ({ origin, against: false })),
    ...claim.refuting.map((origin) => ({ origin, against: true })),
  ];
  const shownOnes = origins.slice(0, LEGEND_ROWS);
  const rows = shownOnes.map(({ origin, against }, index) => (y: number) => {
    const aside = [
      against ? 'against' : origin.strength === 'official' ? 'official word' : '',
      origin.relayedBy.length === 0
        ? ''
        : `${counted(origin.relayedBy.length, 'publisher')} only relay${origin.relayedBy.length === 1 ? 's' : ''} it`,
    ]
      .filter((part) => part !== '')
      .join(' · ');
    const when = day(origin.first, asOf);
    const room = INNER - 25 - textWidth(when, 12) - 10;
    return html`${numberMark(index + 1, EDGE + 10, y, against)}${named(origin.name, aside, EDGE + 25, y + 4.2, room, true)}<text
        class="soft"
        x="${WIDTH - EDGE}"
        y="${y + 4.2}"
        text-anchor="end"
        >${when}</text
      >`;
  });
  const notes =
    origins.length > shownOnes.length ? [`and ${counted(origins.length - shownOnes.length, 'more origin')}`] : [];
  const ticks = why.evidence.filter((item) => item.stance !== 'discusses').length;
  const all = [
    ...rows,
    ...notes.map((note) => (y: number) => html`<text class="soft" x="${EDGE + 25}" y="${y + 4.2}">${note}</text>`),
    ...(ticks === 0
      ? []
      : [
          (y: number) =>
            html`<line class="tick" x1="${EDGE + 10}" x2="${EDGE + 10}" y1="${y - 5}" y2="${y + 4}" /><text
                class="soft"
                x="${EDGE + 25}"
                y="${y + 4.2}"
                >${counted(ticks, 'page')} ${ticks === 1 ? 'carries' : 'carry'} or only repeat${ticks === 1 ? 's' : ''}
                it</text
              >`,
        ]),
  ];
  return { height: all.length * 23, at: (y) => html`${all.map((row, index) => row(y + index * 23 + 11))}` };
}

function framed(
  why: WhyView,
  ground: Ground,
  what: string,
  words: string,
  bodyHeight: number,
  body: (y: number) => Html[],
): Drawing {
  const { claim, asOf } = why;
  const statement = wrapped(shown(claim.statement, 300), INNER, 15, 3, true);
  const word = statusWord(claim.status, claim.kind);
  const head = 40 + statement.length * 20;
  const height = Math.ceil(head + 6 + bodyHeight + 30);
  const since = claim.since === null ? '' : `since ${day(claim.since, asOf)}`;
  const stamp = `${new Date(asOf).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const style = `${inked(DRAWING_STYLE, ground)}
text{font-family:"Noto Sans","Noto Sans S Chinese",sans-serif;font-size:12px;fill:${INKS[ground].get('ink') ?? ''}}
.drawing .statement{font-size:15px;font-weight:700}.drawing .badge{font-size:14px;font-weight:700}.drawing .since{font-size:12px;fill:${INKS[ground].get('soft') ?? ''}}.drawing .small{font-size:10.5px}
.card{fill:${INKS[ground].get('card') ?? ''};stroke:${INKS[ground].get('rule') ?? ''}}
.demo{fill:${INKS[ground].get('demo') ?? ''}}.drawing .demo-word{font-size:10.5px;font-weight:700;fill:${INKS[ground].get('demo-ink') ?? ''}}`;
  const picture = html`<svg
    xmlns="http://www.w3.org/2000/svg"
    class="drawing"
    width="${WIDTH}"
    height="${height}"
    viewBox="0 0 ${WIDTH} ${height}"
  >
    <style>
      ${style}
    </style>
    <rect class="card" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="10" />
    <g class="state s-${claim.status}">
      <g transform="translate(${EDGE} 15)">${symbol(claim.status)}</g>
      <text x="${EDGE + 22}" y="28">
        <tspan class="badge">${word}</tspan><tspan class="since" dx="7">${since}</tspan>
      </text>
    </g>
    ${why.demo ? html`<rect class="demo" x="${WIDTH - EDGE - 44}" y="15" width="44" height="17" rx="4" /><text class="demo-word" x="${WIDTH - EDGE - 22}" y="27.5" text-anchor="middle">DEMO</text>` : null}${statement.map((row, index) => html`<text class="statement" x="${EDGE}" y="${54 + index * 20}">${row}</text>`)}${body(head + 6)}
    <text class="soft small" x="${EDGE}" y="${height - 12}">claimwire · ${claim.id}</text>
    <text class="soft small" x="${WIDTH - EDGE}" y="${height - 12}" text-anchor="end">as of ${stamp}</text>
  </svg>`;
  const alt = shown(`${what} of “${shown(claim.statement, 300)}”: ${words}`, ALT_LONGEST);
  return { svg: inHan(markup(picture)), width: WIDTH, height, alt };
}

/** What draws the pictures takes a text's whole font from its first family, and bold Chinese only from that one. */
function inHan(svg: string): string {
  return svg.replaceAll(
    /<(text|tspan)([^<>]*)>(?=[^<]*\p{Script=Han})/gu,
    (_whole, tag: string, attributes: string) => `<${tag}${attributes} style="font-family:'Noto Sans S Chinese'">`,
  );
}
