/**
 * Cleaned text (fit.ts) -> Slack mrkdwn that shows that text and does nothing else.
 *
 *   "<!channel> *bold* & co"  ->  "&lt;!channel&gt; ∗bold∗ &amp; co"
 *
 * Slack has no escape for its formatting marks, so a look-alike stands in for them; `verbatim` on every text object
 * keeps bare names and addresses from becoming links.
 */
import type { TimeShape } from '../card.ts';

const ZERO_WIDTH = '\u200B';
const LOOK_ALIKE: Readonly<Record<string, string>> = { '*': '∗', '~': '∼', '`': 'ˋ' };

/** The three characters that Slack reads as markup (docs.slack.dev, formatting message text). */
function entities(text: string): string {
  return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');
}

/** Everything that is replaced below; most texts hold none of it. */
const MARKS = /[&<>*~`_@:]/u;

export function slackText(text: string): string {
  if (!MARKS.test(text)) return text;
  return entities(text)
    .replace(/[*~`]/gu, (mark) => LOOK_ALIKE[mark] ?? mark)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ')
    .replace(/@/gu, `@${ZERO_WIDTH}`)
    .replace(/:(?=[a-z0-9_+'-]{1,100}:)/giu, `:${ZERO_WIDTH}`);
}

/** At the start of a line an escaped ">" still makes a quotation. `line` is rendered already. */
export function slackLine(line: string): string {
  return line.replace(/^(\s*)&gt;/u, '$1›');
}

/** Inside `code` only the entities count; what could end it is replaced. */
export function slackCode(text: string): string {
  return `\`${entities(text).replace(/`/gu, 'ˋ').replace(/@/gu, `@${ZERO_WIDTH}`)}\``;
}

/** `href` comes from safeLink: it holds no bracket, bar or space. */
export function slackLink(label: string, href: string): string {
  return `<${href.replace(/&/gu, '&amp;')}|${slackText(label).replace(/\|/gu, '¦')}>`;
}

const DATE = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' } as const;
const FALLBACK: Readonly<Record<TimeShape, Intl.DateTimeFormat>> = {
  day: new Intl.DateTimeFormat('en-GB', DATE),
  moment: new Intl.DateTimeFormat('en-GB', { ...DATE, ...CLOCK }),
  clock: new Intl.DateTimeFormat('en-GB', CLOCK),
  ago: new Intl.DateTimeFormat('en-GB', { ...DATE, ...CLOCK }),
};
const TOKENS: Readonly<Record<TimeShape, string>> = {
  day: '{date_short}',
  moment: '{date_short} {time}',
  clock: '{time}',
  ago: '{ago}',
};

/** Shown in the reader's own zone; old clients and notifications show the time in UTC. */
export function slackTime(time: number, shape: TimeShape): string {
  const shown = new Date(time);
  const fallback = Number.isNaN(shown.getTime()) ? 'unknown' : FALLBACK[shape].format(shown);
  const zone = shape === 'day' || fallback === 'unknown' ? '' : ' UTC';
  return fallback === 'unknown'
    ? fallback
    : `<!date^${Math.floor(time / 1000)}^${TOKENS[shape]}|${fallback.replace(',', '')}${zone}>`;
}
