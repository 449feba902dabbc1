/**
 * Card -> terminal text, pure. Two styles:
 *
 *   24 Apr  CONFIRMED     DeepSeek V4 runs on Huawei chips   DeepSeek (24 Apr, own page) said so; that settles it.  (line)
 *
 *   ✅ Confirmed: DeepSeek V4 runs on Huawei Ascend chips                                               (card)
 *      Previously Corroborated, since 2026-04-03. DeepSeek (24 Apr, own page) said so; that settles it. api-docs.deepseek.com
 *
 * No terminal command can come through: text is cleaned of control characters before our own colours are added.
 */
import { LOOKS, headline } from '../card.ts';
import type { Card, CardSection, Inline, Line, TimeShape } from '../card.ts';
import { cleaned } from '../fit.ts';
import { graphemes } from '../text.ts';
import { agoWords } from '../../core/wording.ts';

export interface ConsoleLook {
  /** ANSI colours and OSC 8 links: a terminal that did not ask for plain text (NO_COLOR). */
  readonly ansi: boolean;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Times in UTC, which the terminal says where a clock is shown: 2026-04-24, 2026-04-24 11:10 UTC, 11:10. */
function timeWords(time: number, shape: TimeShape, now: number | undefined): string {
  const iso = new Date(time).toISOString();
  const moment = `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
  const shapes: Readonly<Record<TimeShape, string>> = {
    day: iso.slice(0, 10),
    moment,
    clock: iso.slice(11, 16),
    ago: now === undefined ? moment : agoWords(time, now),
  };
  return shapes[shape];
}

function paint(text: string, codes: string, look: ConsoleLook): string {
  return look.ansi && text !== '' ? `\u001B[${codes}m${text}\u001B[0m` : text;
}

function inlineText(inline: Inline, look: ConsoleLook, quiet: boolean): string {
  const base = quiet ? '2' : '';
  if ('time' in inline) return paint(timeWords(inline.time, inline.as, inline.now), base || '0', look);
  if ('link' in inline) {
    return look.ansi
      ? `\u001B]8;;${inline.link}\u001B\\${paint(inline.label, '4', look)}\u001B]8;;\u001B\\`
      : `${inline.label} <${inline.link}>`;
  }
  const codes = { plain: base, bold: '1', quote: '3', muted: '2', code: '36' }[inline.style ?? 'plain'];
  return codes === '' ? inline.text : paint(inline.text, codes, look);
}

function lineText(line: Line, look: ConsoleLook, quiet: boolean): string {
  return line.map((inline) => inlineText(inline, look, quiet)).join('');
}

function sectionText(section: CardSection, look: ConsoleLook): string[] {
  const indent = section.heading === undefined ? '   ' : '     ';
  return [
    ...(section.heading === undefined ? [] : [`   ${paint(section.heading, '1', look)}`]),
    ...section.lines.map((line) => `${indent}${lineText(line, look, section.muted === true)}`),
  ];
}

/** The whole card, ending in a newline. A terminal has no limits: nothing is cut. */
export function renderCard(raw: Card, look: ConsoleLook): string {
  const card = cleaned(raw);
  const rows = [
    paint(headline(card), `1;${LOOKS[card.tone].ansi}`, look),
    ...card.sections.flatMap((section) => sectionText(section, look)),
    ...(card.link === undefined || isShown(card, card.link) ? [] : [`   → ${card.link}`]),
    ...(card.footer.length === 0 ? [] : [`   ${paint(card.footer.join(' · '), '2', look)}`]),
  ];
  return `${rows.join('\n')}\n`;
}

function isShown(card: Card, link: string): boolean {
  return card.sections.some((section) =>
    section.lines.some((line) => line.some((inline) => 'link' in inline && inline.link === link)),
  );
}

/** One row of a log. A card without a brief (an answer, a notice) is shown whole. */
export function renderLine(raw: Card, look: ConsoleLook): string {
  if (raw.brief === undefined) return renderCard(raw, look);
  const card = cleaned(raw);
  const { at, subject, note } = card.brief ?? { at: null, subject: '', note: '' };
  const date = at === null ? '      ' : dayMonth(at);
  const word = LOOKS[card.tone].word.toUpperCase().padEnd(13);
  const row = [date, paint(word, `1;${LOOKS[card.tone].ansi}`, look), padded(subject, 44), paint(note, '2', look)];
  return `${row.join('  ').trimEnd()}\n`;
}

/** "24 Apr", in UTC. */
function dayMonth(time: number): string {
  const date = new Date(time);
  return `${String(date.getUTCDate()).padStart(2, '0')} ${MONTHS[date.getUTCMonth()]}`;
}

/** Han and other wide characters take two columns. */
function padded(text: string, columns: number): string {
  const wide = text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}，。：；！？（）《》]/gu,
  );
  return text + ' '.repeat(Math.max(0, columns - graphemes(text) - (wide?.length ?? 0)));
}
