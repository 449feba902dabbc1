/**
 * Card -> Discord message, pure. An alert is a line of content (what a phone shows in its notification) and one embed;
 * an answer to a command is one embed with a title. No link previews can grow: links stand in embeds only.
 *
 * Limits (docs.discord.com, resources/message): content 2000, embed title 256, description 4096, footer 2048, 6000 over
 * the embed, 5 buttons a row, button address 512, custom_id 100. They count UTF-16 units here, which is never too few.
 */
import { ButtonStyle, ComponentType } from 'discord.js';
import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIEmbed,
  RESTPatchAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import { ACTION_LABELS, LOOKS, PRESSED_FIRST, actionId, headline } from '../card.ts';
import type { Card, CardSection, Inline, Line } from '../card.ts';
import { fitted, pagesOf } from '../fit.ts';
import { cutUnits, hostOf, safeText } from '../text.ts';
import { discordCode, discordLine, discordLink, discordText, discordTime } from './escape.ts';

const LIMITS = {
  content: 2000,
  title: 256,
  description: 4096,
  footer: 2048,
  embed: 6000,
  buttonUrl: 512,
  row: 5,
  /** One of the five rows is left to the page itself. */
  rows: 4,
} as const;

/** Nothing in any message of ours ever pings. */
const NO_MENTIONS = { parse: [] } as const;

export interface RenderedCard {
  readonly content: string;
  readonly embeds: [APIEmbed];
  readonly components: APIActionRowComponent<APIButtonComponent>[];
  readonly allowed_mentions: { parse: [] };
}

/** An alert; `marker` ends the footer, where the look-up finds it again. */
export function renderAlert(card: Card, marker: string): RenderedCard {
  return fitted(card, (shorter) => draft(shorter, 'alert', marker), fits);
}

/** The answer to a command or button. */
export function renderAnswer(card: Card): RenderedCard {
  return fitted(card, (shorter) => draft(shorter, 'answer', ''), fits);
}

/** A status board of twenty claims has more addresses than one embed holds. Between sections stands an empty line. */
export function renderPages(card: Card): RenderedCard[] {
  const room = {
    most: LIMITS.description,
    sections: Infinity,
    sizeOf: (section: CardSection) => sectionText(section).length + 2,
  };
  return pagesOf(card, room).map(renderAnswer);
}

/** `replyTo`: the claim's card, linked above the message while it exists. `mention`: the one role that is notified. */
export function postBody(
  card: Card,
  marker: string,
  over: { readonly replyTo?: string | undefined; readonly mention?: string | undefined } = {},
): RESTPostAPIChannelMessageJSONBody {
  const { replyTo, mention } = over;
  const rendered = renderAlert(card, marker);
  return {
    ...rendered,
    ...(mention !== undefined && /^\d{15,20}$/u.test(mention)
      ? {
          content: `${rendered.content.slice(0, LIMITS.content - 30)} <@&${mention}>`,
          allowed_mentions: { parse: [], roles: [mention] },
        }
      : {}),
    ...(replyTo === undefined ? {} : { message_reference: { message_id: replyTo, fail_if_not_exists: false } }),
    // The nonce makes Discord give back the earlier message when the same alert is sent again within some minutes.
    nonce: marker,
    enforce_nonce: true,
  };
}

export function editBody(card: Card, marker: string): RESTPatchAPIChannelMessageJSONBody {
  return renderAlert(card, marker);
}

function draft(card: Card, kind: 'alert' | 'answer', marker: string): RenderedCard {
  const title = discordText(headline(card));
  const description = card.sections.map(sectionText).join('\n\n');
  const footer = [...card.footer, marker].filter((part) => part !== '').join(' · ');
  const embed: APIEmbed = {
    color: LOOKS[card.tone].color,
    ...(kind === 'answer' ? { title: cutEscaped(title, LIMITS.title) } : {}),
    ...(kind === 'answer' && card.link !== undefined ? { url: card.link } : {}),
    ...(description === '' ? {} : { description }),
    ...(footer === '' ? {} : { footer: { text: mentionless(footer) } }),
  };
  return {
    content: kind === 'alert' ? `**${cutEscaped(title, LIMITS.content - 4)}**` : '',
    embeds: [embed],
    components: buttons(card),
    allowed_mentions: { parse: [...NO_MENTIONS.parse] },
  };
}

function fits(rendered: RenderedCard): boolean {
  const [embed] = rendered.embeds;
  const description = embed.description?.length ?? 0;
  const footer = embed.footer?.text.length ?? 0;
  const total = (embed.title?.length ?? 0) + description + footer;
  return description <= LIMITS.description && footer <= LIMITS.footer && total <= LIMITS.embed;
}

/** Cut without leaving half an escape ("\") at the end. */
function cutEscaped(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${cutUnits(text, max - 1)
    .slice(0, -1)
    .replace(/\\+$/u, '')}…`;
}

/** Footers show no markdown, but the text of one could still look like a mention. */
function mentionless(text: string): string {
  return text.replace(/@|<(?=[@#:/a-z])/giu, '$&\u200B');
}

function sectionText(section: CardSection): string {
  const heading = section.heading === undefined ? [] : [`**${discordText(section.heading)}**`];
  return [...heading, ...section.lines.map((line) => lineText(line, section.muted === true))].join('\n');
}

function lineText(line: Line, mutedSection: boolean): string {
  // Discord knows small print by the line, not by the word.
  const small =
    mutedSection || line.every((inline) => !('text' in inline) || inline.style === 'muted' || inline.style === 'code');
  const [first, ...rest] = line;
  // A line that begins with a quotation is set apart as one.
  if (first !== undefined && 'text' in first && first.style === 'quote') {
    return `> ${discordText(first.text)}${rest.map(inlineText).join('')}`;
  }
  return `${small ? '-# ' : ''}${discordLine(line.map(inlineText).join(''))}`;
}

function inlineText(inline: Inline): string {
  if ('time' in inline) return discordTime(inline.time, inline.as);
  if ('link' in inline) return discordLink(inline.label, inline.link);
  const wrap = { plain: '', muted: '', bold: '**', quote: '*', code: '' }[inline.style ?? 'plain'];
  if (inline.style === 'code') return discordCode(inline.text);
  if (wrap === '') return discordText(inline.text);
  // Markers must touch the words: spaces go outside.
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/u.exec(inline.text) ?? [];
  return inner === '' ? before : `${before}${wrap}${discordText(inner)}${wrap}${after}`;
}

function buttons(card: Card): APIActionRowComponent<APIButtonComponent>[] {
  const link: APIButtonComponent[] =
    card.link === undefined || card.link.length > LIMITS.buttonUrl
      ? []
      : [
          {
            type: ComponentType.Button,
            style: ButtonStyle.Link,
            label: cutUnits(hostOf(card.link), 80),
            url: card.link,
          },
        ];
  const asked = (card.actions ?? []).slice(0, LIMITS.row * LIMITS.rows).map((action): APIButtonComponent => ({
    type: ComponentType.Button,
    style: PRESSED_FIRST.has(action.action) ? ButtonStyle.Primary : ButtonStyle.Secondary,
    label: cutUnits(safeText(action.label ?? ACTION_LABELS[action.action]), 80),
    custom_id: actionId(action),
  }));
  // The page itself stands alone below when the row is full.
  const rows: APIButtonComponent[][] = [];
  for (let at = 0; at < asked.length; at += LIMITS.row) rows.push(asked.slice(at, at + LIMITS.row));
  const last = rows.at(-1);
  if (last === undefined || last.length === LIMITS.row) rows.push(link);
  else last.push(...link);
  return rows.filter((row) => row.length > 0).map((row) => ({ type: ComponentType.ActionRow, components: row }));
}
