/**
 * Colours of drawings and pages, light and dark, and how a drawing wears them. Every text reaches 4.5:1 on its ground in
 * both; a test in Chromium measures it on the board.
 *
 * A page defines the colours as custom properties and follows the reader's system. A picture for chat is drawn once, so
 * `inked` puts the colours of one ground in their places.
 */
import type { Status } from '../core/status.ts';

export type Ground = 'light' | 'dark';

/** Text colour, tint behind a badge, band of a timeline. */
type StatusInks = Readonly<Record<Status, readonly [string, string, string]>>;

const LIGHT: StatusInks = {
  confirmed: ['#0a6138', '#ddf3e6', '#2a9d62'],
  corroborated: ['#0c4f8a', '#dfecfa', '#3f87cf'],
  reported: ['#445063', '#e9edf3', '#93a1b5'],
  unverified: ['#5a5f69', '#f0f1f3', '#c3c8d0'],
  disputed: ['#824500', '#fdeccb', '#dd9226'],
  refuted: ['#9c1f29', '#fbe2e3', '#cf4b55'],
  expired: ['#5f4384', '#eee7f8', '#a488cc'],
};
const DARK: StatusInks = {
  confirmed: ['#7fdcaa', '#123626', '#2f9a63'],
  corroborated: ['#93c5f7', '#132c47', '#3c7fc2'],
  reported: ['#bac6d6', '#252d38', '#6b7a90'],
  unverified: ['#a9b0bb', '#22262d', '#4a525e'],
  disputed: ['#f3bd6b', '#3b2a0d', '#b97a1f'],
  refuted: ['#f59aa1', '#42191d', '#b8434d'],
  expired: ['#c9b3ee', '#2d2340', '#7d63a8'],
};

function byStatus(inks: StatusInks): [string, string][] {
  return Object.entries(inks).flatMap(([status, [ink, tint, band]]): [string, string][] => [
    [status, ink],
    [`${status}-tint`, tint],
    [`${status}-band`, band],
  ]);
}

/** By name, as in `var(--soft)`. */
export const INKS: Readonly<Record<Ground, ReadonlyMap<string, string>>> = {
  light: new Map([
    ['ground', '#fbfbfa'],
    ['card', '#fff'],
    ['ink', '#1b2129'],
    ['soft', '#535c69'],
    ['rule', '#dfe3e8'],
    ['branch', '#99a2ae'],
    ['link', '#0f5c9c'],
    ['mark', '#1b2129'],
    ['mark-ink', '#fff'],
    ['accent', '#175f6e'],
    ['demo', '#fff3d1'],
    ['demo-ink', '#5f4300'],
    ...byStatus(LIGHT),
  ]),
  dark: new Map([
    ['ground', '#12161b'],
    ['card', '#191e25'],
    ['ink', '#e7ebf0'],
    ['soft', '#a3adba'],
    ['rule', '#2d343e'],
    ['branch', '#6b7582'],
    ['link', '#8cc4f8'],
    ['mark', '#e7ebf0'],
    ['mark-ink', '#12161b'],
    ['accent', '#6fc3d3'],
    ['demo', '#3a2f10'],
    ['demo-ink', '#f6dc95'],
    ...byStatus(DARK),
  ]),
};

/** "--card:#fff;--ink:#1b2129;…" */
export function properties(ground: Ground): string {
  return [...INKS[ground]].map(([name, colour]) => `--${name}:${colour};`).join('');
}

/** `var(--soft)` -> `#535c69` */
export function inked(style: string, ground: Ground): string {
  return style.replaceAll(/var\(--([a-z-]+)\)/gu, (whole, name: string) => INKS[ground].get(name) ?? whole);
}

const STATUS_RULES = Object.keys(LIGHT)
  .map(
    (status) =>
      `.band.s-${status}{fill:var(--${status}-band)}\n.word.s-${status}{fill:var(--${status})}\n.state.s-${status} text{fill:var(--${status})}\n.state.s-${status}{color:var(--${status})}`,
  )
  .join('\n');

/**
 * How every drawing looks, on a page and in a picture. Simple selectors and no shorthands: what draws the pictures knows
 * no more of CSS than that.
 */
export const DRAWING_STYLE = `.drawing text{font-size:12px;fill:var(--ink)}
.drawing .soft,.drawing .when{fill:var(--soft)}
.drawing .strong,.drawing .word{font-weight:600}
.symbol .solid{fill:currentColor}.symbol .line{fill:none;stroke:currentColor;stroke-width:1.8}.symbol .dashed{stroke-dasharray:2.6 2.2}
.symbol .cut{fill:none;stroke:var(--card);stroke-width:2;stroke-linecap:round}
.axis{stroke:var(--rule);stroke-width:1}
.mark{fill:var(--mark)}.mark.against{fill:var(--card);stroke:var(--mark);stroke-width:1.8}
.deadline{stroke:var(--soft);stroke-width:1.3;stroke-dasharray:3 3}
.tick{stroke:var(--soft);stroke-width:1;opacity:.75}
.branch{fill:none;stroke:var(--branch);stroke-width:1.2}
.origin circle,.origin path{fill:var(--mark)}.drawing .origin text{fill:var(--mark-ink);font-weight:700;font-size:11px}
.origin line{stroke:var(--mark);stroke-width:1;opacity:.55}
.origin.against path{fill:var(--card);stroke:var(--mark);stroke-width:1.6}.drawing .origin.against text{fill:var(--mark)}
${STATUS_RULES}`;
