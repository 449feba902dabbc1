/**
 * A claim's life as a picture: bands of status over time that grow with what is known, a numbered mark for each
 * independent origin, thin bars for the pages, most of which only repeat, a dashed line for the deadline.
 *
 *        (1)         (2)        (3)   ¦ deadline 15 May
 *   ______▂▂▂▂▂▂▂▂▂▂▂▅▅▅▅▅▅▅▅▅▅▅███████
 *    Unverified Reported   Corroborated
 *
 * Pure: values -> SVG text. Heights and words tell the bands apart, so that colour is never the only sign.
 */
import type { Status } from '../core/status.ts';
import { DAY } from '../core/time.ts';
import type { ClaimView, WhyView } from '../core/view.ts';
import { day as dayWords, statusWord } from '../core/wording.ts';
import { textWidth } from './letters.ts';
import type { Html } from './markup.ts';
import { html, shown } from './markup.ts';
import { numberMark } from './symbol.ts';

export interface TimelineFacts {
  readonly kind: ClaimView['kind'];
  /** Oldest first. */
  readonly changes: readonly { readonly to: Status; readonly at: number }[];
  readonly status: Status;
  /** Since when it has the status; null when that is not known. */
  readonly since: number | null;
  /** In the order in which the page numbers them. */
  readonly origins: readonly { readonly name: string; readonly first: number; readonly against: boolean }[];
  /** When each article that counts or repeats was published. */
  readonly articles: readonly number[];
  readonly deadline: number | null;
}

export function factsOf(
  claim: ClaimView,
  newestFirst: readonly { readonly claim: string; readonly to: Status; readonly at: number }[],
): TimelineFacts {
  return {
    kind: claim.kind,
    status: claim.status,
    since: claim.since,
    changes: newestFirst.filter((change) => change.claim === claim.id).toReversed(),
    origins: [
      ...claim.supporting.map((origin) => ({ name: origin.name, first: origin.first, against: false })),
      ...claim.refuting.map((origin) => ({ name: origin.name, first: origin.first, against: true })),
    ],
    articles: [],
    deadline: claim.deadline,
  };
}

/** The same of everything that is known about one claim, its articles included. */
export function factsOfWhy(why: WhyView): TimelineFacts {
  const changes = why.transitions
    .map((change) => ({ claim: why.claim.id, to: change.to, at: change.at }))
    .sort((a, b) => b.at - a.at);
  return {
    ...factsOf(why.claim, changes),
    articles: why.evidence.filter((item) => item.stance !== 'discusses').map((item) => item.published),
  };
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

interface Band {
  readonly status: Status;
  readonly from: number;
  readonly to: number;
}

/** A mark at the edge is a diamond of this half width. */
const EDGE = 11;

/** Out of 24: the more is known, the taller. */
const HEIGHTS: Readonly<Record<Status, number>> = {
  unverified: 5,
  expired: 5,
  reported: 11,
  corroborated: 17,
  disputed: 17,
  confirmed: 24,
  refuted: 24,
};

/** The time worth showing: from before the first event until now; a settled claim ends a little after its last one. */
export function spanOf(facts: TimelineFacts, now: number): Span {
  const past = [
    ...facts.changes.map((change) => change.at),
    ...facts.origins.map((origin) => origin.first),
    facts.since ?? now,
  ]
    .filter((time) => time <= now)
    .sort((a, b) => a - b);
  const first = past[0] ?? now;
  const last = past.at(-1) ?? now;
  const deadline = facts.deadline ?? last;
  const settled = facts.status === 'confirmed' || facts.status === 'refuted' || facts.status === 'expired';
  const margin = Math.max((Math.max(last, deadline) - first) * 0.12, 3 * DAY);
  const to = settled ? Math.min(now, Math.max(last, Math.min(deadline, last + 30 * DAY)) + margin) : now;
  // A deadline ahead belongs into an open claim's picture, unless it is so far ahead that it would press all else together.
  const ahead =
    !settled && deadline > now && deadline - now < Math.max(now - first, 60 * DAY) ? deadline + margin / 2 : to;
  const from = first - margin;
  return { from, to: Math.max(ahead, from + 7 * DAY) };
}

/** The claim's whole picture, `width` units wide (1 unit = 1 CSS pixel at natural size). */
export function timeline(facts: TimelineFacts, now: number, width: number): Html {
  const span = roomForWord(spanOf(facts, now), facts, width);
  const x = scale(span, width, EDGE);
  const end = Math.min(now, span.to);
  const bands = bandsOf(facts, span.from, end);
  const marks = placed(facts, x);
  const levels = Math.max(1, ...marks.map((mark) => mark.level + 1));
  const deadlineX =
    facts.deadline !== null && facts.deadline > span.from && facts.deadline < span.to ? x(facts.deadline) : null;
  const top = (deadlineX === null ? 2 : 16) + levels * 22;
  const base = top + 30;
  const height = base + 54;
  return html`<svg
    class="drawing"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    role="img"
    aria-label="${inWords(facts, now)}"
  >
    <line class="axis" x1="0" x2="${width}" y1="${base}" y2="${base}" />
    ${bands.map((band) => rect(band, x, base))}${bandWords(bands, x, base, width, facts.kind)}
    ${density(
      facts.articles.filter((at) => at >= span.from && at <= end),
      x,
    ).map(
      (bar) => html`<line class="tick" x1="${bar.x}" x2="${bar.x}" y1="${base + 29 - bar.height}" y2="${base + 29}" />`,
    )}
    ${marks.map((mark) => markShape(mark, top, base))}
    ${deadlineX === null ? null : deadlineShape(deadlineX, facts.deadline ?? 0, now, width, base)}
    ${axisTicks(span, width)
      .filter((tick) => x(tick.at) > 26 && x(tick.at) < width - 26)
      .map(
        (tick) =>
          html`<line class="axis" x1="${x(tick.at)}" x2="${x(tick.at)}" y1="${base + 30}" y2="${base + 34}" /><text
              class="when"
              x="${x(tick.at)}"
              y="${base + 47}"
              text-anchor="middle"
              >${tick.label}</text
            >`,
      )}
  </svg>`;
}

/** A row's small picture on the board; the row says the same in words, so it is hidden from screen readers. */
export function sparkline(facts: TimelineFacts, span: Span, now: number): Html {
  const width = 180;
  const x = scale(span, width, 3);
  const deadlineX =
    facts.deadline !== null && facts.deadline > span.from && facts.deadline < span.to ? x(facts.deadline) : null;
  return html`<svg class="spark" viewBox="0 0 ${width} 40" width="${width}" height="40" aria-hidden="true">
    <line class="axis" x1="0" x2="${width}" y1="38.5" y2="38.5" />
    ${bandsOf(facts, span.from, Math.min(now, span.to)).map((band) => rect(band, x, 38))}
    ${facts.origins.filter((origin) => origin.first >= span.from).map((origin) => html`<circle class="${origin.against ? 'mark against' : 'mark'}" cx="${x(origin.first)}" cy="7" r="3.4" />`)}
    ${deadlineX === null ? null : html`<line class="deadline" x1="${deadlineX}" x2="${deadlineX}" y1="2" y2="38" />`}
  </svg>`;
}

/** "Reported 28 Feb, Corroborated 3 Apr, Confirmed 24 Apr. 3 independent origins: ... Deadline 15 May." */
export function inWords(facts: TimelineFacts, now: number): string {
  const steps = facts.changes.map((change) => `${statusWord(change.to, facts.kind)} ${dayWords(change.at, now)}`);
  const origins = facts.origins.map(
    (origin) => `${shown(origin.name, 80)} ${dayWords(origin.first, now)}${origin.against ? ' (against)' : ''}`,
  );
  return [
    `Timeline: ${steps.length === 0 ? statusWord(facts.status, facts.kind) : steps.join(', ')}.`,
    origins.length === 0 ? 'No origin counts.' : `Origins: ${origins.join(', ')}.`,
    facts.deadline === null ? '' : `Deadline ${dayWords(facts.deadline - 1, now)}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

export function bandsOf(facts: TimelineFacts, from: number, to: number): Band[] {
  const known =
    facts.changes.length > 0 ? facts.changes : facts.since === null ? [] : [{ to: facts.status, at: facts.since }];
  const starts = [{ to: known.length === 0 ? facts.status : ('unverified' as const), at: from }, ...known];
  return starts
    .map((start, index) => ({
      status: start.to,
      from: Math.max(start.at, from),
      to: Math.min(starts[index + 1]?.at ?? to, to),
    }))
    .filter((band) => band.to > band.from);
}

type Scale = (time: number) => number;

/** What lies outside, such as a page dated tomorrow, is drawn at the edge. */
function scale(span: Span, width: number, edge: number): Scale {
  const length = Math.max(span.to - span.from, 1);
  const inside = (share: number) => Math.min(Math.max(share, 0), 1);
  return (time) => round(edge + inside((time - span.from) / length) * (width - 2 * edge));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A status of yesterday is a sliver at the edge: the picture runs on a little so that its word fits. */
function roomForWord(span: Span, facts: TimelineFacts, width: number): Span {
  const last = facts.changes.at(-1)?.at ?? facts.since ?? span.from;
  const word = wordRoom(statusWord(facts.changes.at(-1)?.to ?? facts.status, facts.kind));
  return { from: span.from, to: Math.max(span.to, span.from + (last - span.from) / (1 - word / width)) };
}

function wordRoom(word: string): number {
  return textWidth(word, 12, true) + 10;
}

function rect(band: Band, x: Scale, base: number): Html {
  const height = HEIGHTS[band.status];
  // Never thinner than can be seen: a status may have lasted an hour.
  const width = Math.max(round(x(band.to) - x(band.from)), 1.5);
  return html`<rect
    class="band s-${band.status}"
    x="${x(band.from)}"
    y="${base - height}"
    width="${width}"
    height="${height}"
  />`;
}

/** Words stand under their band where they have room; the last may run on to the edge of the picture. */
function bandWords(bands: readonly Band[], x: Scale, base: number, width: number, kind: ClaimView['kind']): Html[] {
  return bands.flatMap((band, index) => {
    const word = statusWord(band.status, kind);
    const start = x(band.from);
    const room = (index === bands.length - 1 ? width : x(band.to)) - start;
    if (room < textWidth(word, 12, true) + 1) return [];
    return [html`<text class="word s-${band.status}" x="${start + 1}" y="${base + 14}">${word}</text>`];
  });
}

/** Pages as thin bars: one that stands alone is short, many of one day make a taller one. */
function density(articles: readonly number[], x: Scale): { readonly x: number; readonly height: number }[] {
  const bars = new Map<number, number>();
  for (const at of articles) {
    const place = Math.round(x(at) / 2) * 2;
    bars.set(place, (bars.get(place) ?? 0) + 1);
  }
  return [...bars].map(([place, pages]) => ({ x: place, height: round(Math.min(5 + Math.log2(pages), 11)) }));
}

interface Mark {
  readonly number: number;
  readonly x: number;
  readonly level: number;
  readonly against: boolean;
  readonly title: string;
}

const MARK_ROOM = 20;
const MOST_LEVELS = 6;

/** Marks that would cover each other go one level up. */
function placed(facts: TimelineFacts, x: Scale): Mark[] {
  const ends: number[] = [];
  return facts.origins
    .map((origin, index) => ({ origin, number: index + 1, x: x(origin.first) }))
    .sort((a, b) => a.x - b.x)
    .map(({ origin, number, x: at }) => {
      const free = ends.findIndex((end) => at - end >= MARK_ROOM);
      const level = free >= 0 ? free : Math.min(ends.length, MOST_LEVELS - 1);
      ends[level] = at;
      return { number, x: at, level, against: origin.against, title: shown(origin.name, 80) };
    });
}

function markShape(mark: Mark, top: number, base: number): Html {
  const y = top - 8 - mark.level * 22;
  const stem = html`<title>${mark.title}</title><line x1="${mark.x}" x2="${mark.x}" y1="${y + 9}" y2="${base}" />`;
  return numberMark(mark.number, mark.x, y, mark.against, stem);
}

function deadlineShape(x: number, deadline: number, now: number, width: number, base: number): Html {
  const right = x > width - 110;
  return html`<line class="deadline" x1="${x}" x2="${x}" y1="2" y2="${base}" /><text
      class="when"
      x="${right ? x - 5 : x + 5}"
      y="11"
      text-anchor="${right ? 'end' : 'start'}"
      >deadline ${dayWords(deadline - 1, now)}</text
    >`;
}

/** Round dates, far enough apart to read: days, weeks or months. */
function axisTicks(span: Span, width: number): { at: number; label: string }[] {
  const most = Math.max(2, Math.floor(width / 74));
  const days = (span.to - span.from) / DAY;
  const step = [1, 2, 7, 14].find((length) => days / length <= most);
  const label = (at: number) => dayWords(at, span.to);
  if (step !== undefined) {
    const first = Math.ceil(span.from / DAY) * DAY;
    return Array.from(
      { length: Math.floor((span.to - first) / (step * DAY)) + 1 },
      (_, index) => first + index * step * DAY,
    )
      .filter((at) => at >= span.from && at <= span.to)
      .map((at) => ({ at, label: label(at) }));
  }
  const monthStep = [1, 2, 3, 6, 12, 24, 60].find((length) => days / 30.4 / length <= most) ?? 120;
  const start = new Date(span.from);
  const ticks: { at: number; label: string }[] = [];
  for (let month = 0; ticks.length <= most; month += 1) {
    const at = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1);
    if (at > span.to) break;
    const { year, monthOfYear } = { year: new Date(at).getUTCFullYear(), monthOfYear: new Date(at).getUTCMonth() };
    if (at >= span.from && (year * 12 + monthOfYear) % monthStep === 0) ticks.push({ at, label: label(at) });
  }
  return ticks;
}
