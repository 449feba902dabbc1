/**
 * Card -> Slack message, pure. Blocks say everything; `text` is what a phone shows in its notification.
 *
 *   renderCard(alertCard(view))  ->  { text: '✅ Confirmed: …', blocks: [section, section, context, actions] }
 *
 * Limits (@slack/types 3.2.0): 50 blocks, section text 3000, 25 buttons, button text 75, button url 3000, action_id 255. The sum of
 * all texts is undocumented; 12,000 is what a `markdown` block may hold. All count UTF-16 units.
 */
import type { ActionsBlock, Button, ContextBlock, KnownBlock, SectionBlock } from '@slack/types';
import { ACTION_LABELS, PRESSED_FIRST, actionId, headline } from '../card.ts';
import type { Card, CardSection, Inline, Line } from '../card.ts';
import { fitted, pagesOf } from '../fit.ts';
import { cutUnits, hostOf, safeText } from '../text.ts';
import { slackCode, slackLine, slackLink, slackText, slackTime } from './escape.ts';

const LIMITS = { blocks: 50, section: 3000, all: 12_000, text: 4000, label: 75, url: 3000, buttons: 25 } as const;
/** Pressing a link tells us too; there is nothing to do but acknowledge. */
export const LINK_ACTION = 'cw-link';

export interface RenderedCard {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

export function renderCard(card: Card): RenderedCard {
  return fitted(card, draft, fits);
}

/** An alert. `cardUrl`: where the claim's card is, linked to. `mention`: the one user group that is notified. */
export function renderAlert(
  card: Card,
  over: { readonly cardUrl?: string | null; readonly mention?: string | undefined } = {},
): RenderedCard {
  const { cardUrl, mention } = over;
  const linked =
    cardUrl === undefined || cardUrl === null
      ? card
      : {
          ...card,
          sections: [...card.sections, { muted: true, lines: [[{ link: cardUrl, label: 'The claim’s card' }]] }],
        };
  const rendered = renderCard(linked);
  if (mention === undefined || !/^S[A-Z0-9]{5,20}$/u.test(mention)) return rendered;
  return { text: rendered.text, blocks: [...rendered.blocks, section(`<!subteam^${mention}>`)].slice(-LIMITS.blocks) };
}

/** The answer in as many messages as it needs; title, footer and buttons of a page have room beside its sections. */
export function renderPages(card: Card): RenderedCard[] {
  const room = { most: LIMITS.all - 3000, sections: 40, sizeOf: (section: CardSection) => textOf(section).length };
  return pagesOf(card, room).map(renderCard);
}

function draft(card: Card): RenderedCard {
  const title = slackText(headline(card));
  const footer = card.footer.map(slackText).join(' · ');
  const blocks: KnownBlock[] = [
    section(`*${title}*`),
    ...card.sections.flatMap((one) => parts(one).map((text) => (one.muted === true ? context(text) : section(text)))),
    ...(footer === '' ? [] : [context(footer)]),
    ...buttons(card),
  ];
  return { text: title, blocks };
}

function fits({ text, blocks }: RenderedCard): boolean {
  const texts = blocks.flatMap((block) => {
    if (block.type === 'section') return [block.text?.text.length ?? 0];
    return block.type === 'context' ? block.elements.map((one) => ('text' in one ? (one.text?.length ?? 0) : 0)) : [];
  });
  return (
    text.length <= LIMITS.text &&
    blocks.length <= LIMITS.blocks &&
    texts.every((length) => length <= LIMITS.section) &&
    texts.reduce((sum, length) => sum + length, 0) <= LIMITS.all
  );
}

function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true }, expand: true };
}

function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

function linesOf(one: CardSection): string[] {
  const heading = one.heading === undefined ? [] : [`*${slackText(one.heading)}*`];
  return [...heading, ...one.lines.map((line) => (isQuote(line) ? `> ${lineText(line)}` : slackLine(lineText(line))))];
}

/** A line that begins with a quotation is set apart as one. */
function isQuote([first]: Line): boolean {
  return first !== undefined && 'text' in first && first.style === 'quote';
}

function textOf(one: CardSection): string {
  return linesOf(one).join('\n');
}

/** A section's lines in as few blocks as hold them. */
function parts(one: CardSection): string[] {
  const texts: string[] = [];
  for (const line of linesOf(one)) {
    const joined = texts.length === 0 ? line : `${texts.at(-1) ?? ''}\n${line}`;
    if (texts.length > 0 && joined.length <= LIMITS.section) texts[texts.length - 1] = joined;
    else texts.push(line);
  }
  return texts.filter((text) => text.trim() !== '');
}

function lineText(line: Line): string {
  const [first, ...rest] = line;
  return first !== undefined && 'text' in first && isQuote(line)
    ? [slackText(first.text), ...rest.map(inlineText)].join('')
    : line.map(inlineText).join('');
}

function inlineText(inline: Inline): string {
  if ('time' in inline) return slackTime(inline.time, inline.as);
  if ('link' in inline) return slackLink(inline.label, inline.link);
  if (inline.style === 'code') return slackCode(inline.text);
  const mark = { plain: '', muted: '', bold: '*', quote: '_' }[inline.style ?? 'plain'];
  if (mark === '') return slackText(inline.text);
  // Marks must touch the words: spaces go outside.
  const inner = inline.text.trim();
  if (inner === '') return inline.text;
  const start = inline.text.indexOf(inner);
  const [before, after] = [inline.text.slice(0, start), inline.text.slice(start + inner.length)];
  return `${before}${mark}${slackText(inner)}${mark}${after}`;
}

function buttons(card: Card): ActionsBlock[] {
  const asked = (card.actions ?? []).slice(0, LIMITS.buttons - 1).map((action): Button => ({
    type: 'button',
    text: {
      type: 'plain_text',
      text: cutUnits(safeText(action.label ?? ACTION_LABELS[action.action]), LIMITS.label),
      emoji: false,
    },
    action_id: actionId(action),
    ...(PRESSED_FIRST.has(action.action) ? { style: 'primary' } : {}),
  }));
  const host = card.link === undefined ? '' : hostOf(card.link);
  const link: Button[] =
    card.link === undefined || host === '' || card.link.length > LIMITS.url
      ? []
      : [
          {
            type: 'button',
            text: { type: 'plain_text', text: cutUnits(host, LIMITS.label), emoji: false },
            url: card.link,
            action_id: LINK_ACTION,
          },
        ];
  const elements = [...asked, ...link];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}
