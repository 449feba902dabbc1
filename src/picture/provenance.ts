/**
 * Who knew and who only relays it, as a tree: each origin at a root, relays as branches with their dates.
 *
 *   (2) The Information                           3 Apr
 *    ├─ Reuters                                   3 Apr
 *    │   ├─ Yahoo                                 4 Apr
 *    │   └─ 14 others                     4 Apr – 9 Apr
 *    └─ TechNode                                  4 Apr
 *
 * "Yahoo citing Reuters citing The Information" hangs Yahoo under Reuters. Pure: values -> SVG.
 */
import type { EvidenceView, OriginView, WhyView } from '../core/view.ts';
import { counted, day, listed } from '../core/wording.ts';
import { clipped, textWidth } from './letters.ts';
import type { Html } from './markup.ts';
import { html, shown } from './markup.ts';
import { numberMark } from './symbol.ts';

export interface Relay {
  readonly name: string;
  /** When its page was published; null when only others speak of it. */
  readonly at: number | null;
  readonly relays: readonly Relay[];
}

export interface Root {
  readonly name: string;
  readonly at: number;
  readonly against: boolean;
  readonly official: boolean;
  readonly relays: readonly Relay[];
}

/** The origins in the order in which cards and the board number them: for it, then against it. */
export function rootsOf(why: Pick<WhyView, 'claim' | 'evidence'>): Root[] {
  const root = (origin: OriginView, against: boolean): Root => {
    const pages = why.evidence.filter((page) => page.countsFor === origin.name);
    const tree = grown(origin.name, pages);
    // What was relayed by pages that are not at hand any more is named all the same.
    const known = new Set([origin.name, ...namesIn(tree)]);
    const rest = origin.relayedBy.filter((name) => !known.has(name)).map((name) => ({ name, at: null, relays: [] }));
    return {
      name: origin.name,
      at: origin.first,
      against,
      official: origin.strength === 'official',
      relays: [...tree, ...rest],
    };
  };
  return [
    ...why.claim.supporting.map((origin) => root(origin, false)),
    ...why.claim.refuting.map((origin) => root(origin, true)),
  ];
}

interface Growing {
  at: number | null;
  readonly relays: Map<string, Growing>;
}

function grown(origin: string, pages: readonly EvidenceView[]): Relay[] {
  const top: Growing = { at: null, relays: new Map() };
  for (const page of pages) {
    // Nearest first in the chain, so the origin stands at its end.
    const path = [...page.chain.toReversed(), page.publisher].filter((name) => name !== origin);
    let place = top;
    for (const [step, name] of path.entries()) {
      if (name === path[step - 1]) continue;
      const next = place.relays.get(name) ?? { at: null, relays: new Map<string, Growing>() };
      place.relays.set(name, next);
      place = next;
    }
    if (place !== top) place.at = Math.min(place.at ?? page.published, page.published);
  }
  return settled(top);
}

/** Earliest first; who is only spoken of stands at the time of the first who speaks of it. */
function settled(place: Growing): Relay[] {
  return [...place.relays]
    .map(([name, relay]) => ({ name, at: relay.at, relays: settled(relay) }))
    .sort((a, b) => firstOf(a) - firstOf(b) || sizeOf(b) - sizeOf(a) || (a.name < b.name ? -1 : 1));
}

function firstOf(relay: Relay): number {
  return Math.min(relay.at ?? Infinity, ...relay.relays.map(firstOf));
}

function sizeOf(relay: Relay): number {
  return 1 + relay.relays.reduce((sum, one) => sum + sizeOf(one), 0);
}

function namesIn(relays: readonly Relay[]): string[] {
  return relays.flatMap((relay) => [relay.name, ...namesIn(relay.relays)]);
}

/** One line of the drawing. */
interface Row {
  /** Its middle. */
  readonly y: number;
  readonly depth: number;
  readonly name: string;
  readonly when: string;
  readonly number: number | null;
  readonly against: boolean;
  readonly aside: string;
}

type Unplaced = Omit<Row, 'y'>;

export interface TreeRoom {
  /** Units across. */
  readonly width: number;
  /** Origins, relays under one name, steps of a chain: what is over is counted in one line. */
  readonly roots: number;
  readonly relays: number;
  readonly depth: number;
}

/** As much as a chat shows without pressing; fewer relays where there are many origins. */
export function roomFor(roots: readonly Root[], width: number): TreeRoom {
  const relays = [6, 6, 6, 4, 4, 2][roots.length] ?? 1;
  return { width, roots: 8, relays, depth: 3 };
}

const ROW = 20;
/** Before each origin. */
const GAP = 6;
const INDENT = 20;
/** The middle of the numbers: a diamond is 10.5 units to each side. */
const MARK = 11;

export function provenance(roots: readonly Root[], now: number, room: TreeRoom): Html {
  const rows = rowsOf(roots, now, room);
  const height = Math.ceil((rows.at(-1)?.y ?? 0) + ROW / 2);
  return html`<svg
    class="drawing"
    viewBox="0 0 ${room.width} ${height}"
    width="${room.width}"
    height="${height}"
    role="img"
    aria-label="${treeInWords(roots, now)}"
  >
    ${rows.map((row, index) => branch(rows, index))}${rows.map((row) => rowText(row, room.width))}
  </svg>`;
}

function rowsOf(roots: readonly Root[], now: number, room: TreeRoom): Row[] {
  const left = roots.slice(room.roots);
  let y = ROW / 2 - GAP;
  return [
    ...roots.slice(0, room.roots).flatMap((root, index) => [
      {
        depth: 0,
        name: root.name,
        when: day(root.at, now),
        number: index + 1,
        against: root.against,
        aside: root.against ? 'against' : root.official ? 'official word' : '',
      },
      ...relayRows(root.relays, 1, now, room),
    ]),
    ...(left.length === 0 ? [] : [plainRow(0, `and ${counted(left.length, 'more origin')}`, '')]),
  ].map((row) => {
    const place = y + (row.depth === 0 ? GAP : 0);
    y = place + ROW;
    return { ...row, y: place };
  });
}

function plainRow(depth: number, name: string, when: string): Unplaced {
  return { depth, name, when, number: null, against: false, aside: '' };
}

function relayRows(relays: readonly Relay[], depth: number, now: number, room: TreeRoom): Unplaced[] {
  // Whoever is relayed in turn is worth a line of its own before those who are not.
  const shownFirst = relays.toSorted((a, b) => Number(b.relays.length > 0) - Number(a.relays.length > 0));
  const fits = relays.length <= room.relays ? room.relays : room.relays - 1;
  const chosen = new Set(shownFirst.slice(0, fits));
  const rest = relays.filter((relay) => !chosen.has(relay));
  return [
    ...relays
      .filter((relay) => chosen.has(relay))
      .flatMap((relay) => [
        plainRow(depth, relay.name, relay.at === null ? '' : day(relay.at, now)),
        ...(depth >= room.depth
          ? summed(relay.relays, depth + 1, now)
          : relayRows(relay.relays, depth + 1, now, { ...room, relays: Math.max(2, room.relays - 2) })),
      ]),
    ...summed(rest, depth, now),
  ];
}

/** "14 others   4 Apr – 9 Apr" */
function summed(relays: readonly Relay[], depth: number, now: number): Unplaced[] {
  const count = relays.reduce((sum, relay) => sum + sizeOf(relay), 0);
  if (count === 0) return [];
  const times = relays.flatMap(timesIn).sort((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)];
  const days = [...new Set([first, last].flatMap((at) => (at === undefined ? [] : [day(at, now)])))];
  return [plainRow(depth, counted(count, 'other'), days.join(' – '))];
}

function timesIn(relay: Relay): number[] {
  return [...(relay.at === null ? [] : [relay.at]), ...relay.relays.flatMap(timesIn)];
}

/** From the row above that it hangs on, down and across. */
function branch(rows: readonly Row[], index: number): Html | null {
  const row = rows[index];
  if (row === undefined || row.depth === 0) return null;
  const parent = rows.findLast((other, place) => place < index && other.depth < row.depth);
  const x = MARK + (row.depth - 1) * INDENT;
  return html`<path class="branch" d="M${x} ${(parent?.y ?? 0) + 9}V${row.y - 4}q0 4 4 4h${INDENT - 13}" />`;
}

function rowText(row: Row, width: number): Html {
  const { y } = row;
  const strong = row.depth === 0;
  const x = strong ? (row.number === null ? 0 : MARK + 16) : row.depth * INDENT + 6;
  const room = width - x - textWidth(row.when, 12) - 10;
  return html`${row.number === null ? null : numberMark(row.number, MARK, y, row.against)}${named(row.name, row.aside, x, y + 4.2, room, strong)}${row.when === '' ? null : html`<text class="soft" x="${width}" y="${y + 4.2}" text-anchor="end">${row.when}</text>`}`;
}

/** A name and, softer, what is said beside it; the name gives way first. */
export function named(name: string, aside: string, x: number, y: number, room: number, strong: boolean): Html {
  const asideRoom = aside === '' ? 0 : Math.min(textWidth(aside, 12) + 7, room * 0.6);
  const text = clipped(shown(name, 80), room - asideRoom, 12, strong);
  return html`<text x="${x}" y="${y}"
    ><tspan class="${strong ? 'strong' : 'plain'}">${text}</tspan
    >${aside === '' ? null : html`<tspan class="soft" dx="7">${clipped(aside, room - textWidth(text, 12, strong) - 7, 12)}</tspan>`}</text
  >`;
}

/** "Who knew: The Information 3 Apr, relayed by Reuters, Yahoo and 14 others. DeepSeek 24 Apr (official word)." */
export function treeInWords(roots: readonly Root[], now: number): string {
  if (roots.length === 0) return 'Who knew: nobody whose word counts.';
  const sentences = roots.map((root) => {
    const names = namesIn(root.relays).map((name) => shown(name, 80));
    const some = names.length > 4 ? [...names.slice(0, 3), counted(names.length - 3, 'other')] : names;
    return `${shown(root.name, 80)} ${day(root.at, now)}${root.against ? ' (against)' : root.official ? ' (official word)' : ''}${
      names.length === 0 ? '' : `, relayed by ${listed(some)}`
    }`;
  });
  return `Who knew: ${sentences.join('. ')}.`;
}
