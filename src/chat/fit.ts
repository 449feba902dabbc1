/**
 * Makes a card safe and short enough for a platform, whatever the outside world put into it.
 *
 *   fitted(card, renderEmbed, (embed) => embed.description.length <= 4096)
 *
 * All text is cleaned first (text.ts). If the rendered card is too long, it climbs down a ladder: shrink texts, give up
 * the sections marked 'drop', then 'shrink', then lines. Status (the title), origins ('keep' sections) and the main link
 * go last, and the last rung holds nothing else. Whatever was left out leaves a "… and N more".
 */
import type { Card, CardSection, Inline, Line, Weight } from './card.ts';
import { cut, safeLink, safeText, withoutSchemes } from './text.ts';

/** One rung: graphemes per text and lines per section for sections to keep and for the others; 0 leaves them out. */
interface Rung {
  readonly keepText: number;
  readonly keepLines: number;
  readonly text: number;
  readonly lines: number;
  readonly drop: boolean;
  readonly sections: number;
  /** Whether addresses other than the card's main link are still shown: each costs as much as a sentence. */
  readonly links: boolean;
}

const LADDER: readonly Rung[] = [
  { keepText: 600, keepLines: 60, text: 500, lines: 40, drop: false, sections: 60, links: true },
  { keepText: 400, keepLines: 40, text: 280, lines: 20, drop: false, sections: 60, links: true },
  { keepText: 300, keepLines: 30, text: 280, lines: 10, drop: true, sections: 60, links: true },
  { keepText: 240, keepLines: 20, text: 160, lines: 6, drop: true, sections: 60, links: true },
  { keepText: 200, keepLines: 20, text: 160, lines: 6, drop: true, sections: 60, links: false },
  { keepText: 160, keepLines: 12, text: 120, lines: 3, drop: true, sections: 30, links: false },
  { keepText: 120, keepLines: 8, text: 80, lines: 2, drop: true, sections: 18, links: false },
  { keepText: 100, keepLines: 6, text: 0, lines: 0, drop: true, sections: 12, links: false },
  { keepText: 60, keepLines: 4, text: 0, lines: 0, drop: true, sections: 6, links: false },
  { keepText: 40, keepLines: 3, text: 0, lines: 0, drop: true, sections: 3, links: false },
  { keepText: 0, keepLines: 0, text: 0, lines: 0, drop: true, sections: 0, links: false },
];
/** A longer address is shown as its label: it would cost the origins their room. The card's main link may be longer. */
const LINK_UNITS = 500;
/** Nothing beyond the top rung is even cleaned; one more line and section are, so that "… and N more" is still said. */
const TOP = { sections: 61, lines: 61, inlines: 24 } as const;

/**
 * The first rendering on the ladder that fits; the last rung's rendering if none does (title, main link, footer).
 * `render` is called at most twelve times.
 */
export function fitted<T>(card: Card, render: (card: Card) => T, fits: (rendered: T) => boolean): T {
  const safe = cleaned({
    ...card,
    sections: card.sections.slice(0, TOP.sections).map((section) => ({
      ...section,
      lines: section.lines.slice(0, TOP.lines).map((line) => line.slice(0, TOP.inlines)),
    })),
  });
  for (const rung of LADDER) {
    const rendered = render(onRung(safe, rung));
    if (fits(rendered)) return rendered;
  }
  return render({ ...safe, sections: [], footer: [] });
}

/** The card with every text cleaned and every unfit link reduced to its label. */
export function cleaned(card: Card): Card {
  const { link: raw, ...rest } = card;
  const link = raw === undefined ? null : safeLink(raw);
  return {
    ...rest,
    ...(link === null ? {} : { link }),
    title: inert(card.title),
    sections: card.sections.map((section) => ({
      ...section,
      ...(section.heading === undefined ? {} : { heading: inert(section.heading) }),
      lines: section.lines.map((line) => trimmed(line.map(cleanInline))).filter((line) => line.length > 0),
    })),
    footer: card.footer.map(inert),
    ...(card.brief === undefined
      ? {}
      : { brief: { ...card.brief, subject: inert(card.brief.subject), note: inert(card.brief.note) } }),
  };
}

/** Clean, and nothing in it can be pressed: links stand in link inlines only. */
function inert(text: string): string {
  const known = inertTexts.get(text);
  if (known !== undefined) return known;
  const clean = withoutSchemes(safeText(text));
  if (inertTexts.size >= INERT_KEPT) inertTexts.clear();
  if (text.length <= INERT_UNITS) inertTexts.set(text, clean);
  return clean;
}
/** One card goes to many channels and names the same publishers in many lines: a text is cleaned once. */
const INERT_KEPT = 500;
const INERT_UNITS = 8_000;
const inertTexts = new Map<string, string>();

function cleanInline(inline: Inline): Inline {
  if ('time' in inline) return inline;
  if ('text' in inline) return { ...inline, text: spaced(inline.text) };
  const label = inert(inline.label);
  const link = safeLink(inline.link);
  return link === null || link.length > LINK_UNITS ? { text: label } : { link, label: label === '' ? 'link' : label };
}

/** Cleaning trims, but the spaces at the ends hold a line's words apart. */
function spaced(text: string): string {
  const inner = inert(text);
  if (inner === '') return /^\s+$/u.test(text) ? ' ' : '';
  return `${/^\s/u.test(text) ? ' ' : ''}${inner}${/\s$/u.test(text) ? ' ' : ''}`;
}

function trimmed(line: Line): Line {
  const said = line.filter((inline) => !('text' in inline) || inline.text !== '');
  return said.every((inline) => 'text' in inline && inline.text === ' ') ? [] : said;
}

function onRung(card: Card, rung: Rung): Card {
  const kept = card.sections.filter((section) => {
    const weight = weightOf(section);
    return weight === 'keep' ? rung.keepLines > 0 : weight === 'shrink' ? rung.lines > 0 : !rung.drop;
  });
  const shown = kept.slice(0, rung.sections);
  const missing = kept.length - shown.length;
  return {
    ...card,
    title: cut(card.title, 220),
    sections: [
      ...shown.map((section) => shortened(section, rung, card.link)),
      ...(missing === 0 ? [] : [{ muted: true, lines: [[more(missing)]] }]),
    ],
    footer: card.footer.map((part) => cut(part, 120)),
  };
}

function weightOf(section: CardSection): Weight {
  return section.weight ?? 'shrink';
}

function shortened(section: CardSection, rung: Rung, mainLink: string | undefined): CardSection {
  const keep = weightOf(section) === 'keep';
  const lines = keep ? rung.keepLines : rung.lines;
  const text = keep ? rung.keepText : rung.text;
  const shown = section.lines
    .slice(0, lines)
    .map((line) => line.map((inline) => shorter(linkless(inline, rung, mainLink), text)));
  const missing = section.lines.length - shown.length;
  return {
    ...section,
    ...(section.heading === undefined ? {} : { heading: cut(section.heading, 100) }),
    lines: missing === 0 ? shown : [...shown, [more(missing)]],
  };
}

function linkless(inline: Inline, rung: Rung, mainLink: string | undefined): Inline {
  return rung.links || !('link' in inline) || inline.link === mainLink ? inline : { text: inline.label };
}

function shorter(inline: Inline, text: number): Inline {
  if ('time' in inline) return inline;
  if ('link' in inline) return { ...inline, label: cut(inline.label, text) };
  // A quotation cut inside its marks must still be closed.
  if (inline.style === 'quote' && inline.text.endsWith('”') && inline.text.length > text) {
    return { ...inline, text: `${cut(inline.text.slice(0, -1), text - 1)}”` };
  }
  const space = inline.text.endsWith(' ') && inline.text.length > text ? ' ' : '';
  return { ...inline, text: `${cut(inline.text, text)}${space}` };
}

function more(count: number): Inline {
  return { text: `… and ${count} more`, style: 'muted' };
}

/** More than this no answer sends (Slack lets a response_url be used five times); what is left over says "… and N more". */
const MOST_PAGES = 4;

/** What one page holds, in the platform's own measure of a section. */
interface PageRoom {
  readonly most: number;
  readonly sections: number;
  readonly sizeOf: (section: CardSection) => number;
}

/** A long answer as cards that keep every section whole. The first has the title, the last the footer and the buttons. */
export function pagesOf(card: Card, { most, sections: mostSections, sizeOf }: PageRoom): Card[] {
  const pages: CardSection[][] = [[]];
  let used = 0;
  for (const section of cleaned(card).sections) {
    const size = sizeOf(section);
    const page = pages.at(-1) ?? [];
    if (page.length > 0 && (used + size > most || page.length >= mostSections) && pages.length < MOST_PAGES) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(section);
    used += size;
  }
  return pages.map((sections, at) => {
    const last = at === pages.length - 1;
    return {
      ...card,
      title: at === 0 ? card.title : `${card.title} (${at + 1} of ${pages.length})`,
      sections,
      footer: last ? card.footer : [],
      actions: last ? (card.actions ?? []) : [],
    };
  });
}
