/**
 * Cleaned text (fit.ts) -> Discord markdown that shows exactly that text and does nothing else.
 *
 *   "<@1> **bold**"  ->  "\<@1\> \*\*bold\*\*", with a zero-width space after each @
 *
 * Mentions are off at the platform too (allowed_mentions); this keeps them from even looking like one.
 */
import type { TimeShape } from '../card.ts';

const ZERO_WIDTH = '\u200B';
/** An invite grows a preview even without a scheme. */
const INVITE = /(discord(?:\.gg|(?:app)?\.com\/invite))\//giu;

export function discordText(text: string): string {
  return text
    .replace(/[\\*_~`|<>[\]]/gu, '\\$&')
    .replace(/@/gu, `@${ZERO_WIDTH}`)
    .replace(INVITE, `$1${ZERO_WIDTH}/`);
}

/** At the start of a line these would make a heading, a list or small print. `line` is rendered already. */
export function discordLine(line: string): string {
  return line.replace(
    /^(\s*)(?:([#-])|(\d{1,9})(?=[.)]\s))/u,
    (_whole, space: string, mark: string | undefined, digits: string) =>
      mark === undefined ? `${space}${digits}${ZERO_WIDTH}` : `${space}\\${mark}`,
  );
}

/** Inside `code` nothing can be escaped, so what could end it or mention somebody is replaced. */
export function discordCode(text: string): string {
  return `\`${text.replace(/`/gu, 'ˋ').replace(/[@<]/gu, `$&${ZERO_WIDTH}`).replace(INVITE, `$1${ZERO_WIDTH}/`)}\``;
}

/** `href` comes from safeLink: it holds no bracket and no space. */
export function discordLink(label: string, href: string): string {
  return `[${discordText(label)}](${href})`;
}

/** Shown in the reader's own zone and language. */
export function discordTime(time: number, shape: TimeShape): string {
  const style = { day: 'D', moment: 'f', clock: 't', ago: 'R' }[shape];
  return `<t:${Math.floor(time / 1000)}:${style}>`;
}
