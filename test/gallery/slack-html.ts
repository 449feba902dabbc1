/**
 * A Slack message -> HTML that looks like Slack, to judge cards by eye. Not a test oracle: the mrkdwn here is the small
 * part that our renderer writes. Compared once with the pictures of slack-blocks-to-jsx, which reads escaped entities as
 * markup and shows no uploaded image.
 */
import { NARROW_MARKS } from './fonts.ts';
import type { Button, HomeView, InputBlock, KnownBlock, ModalView } from '@slack/types';
import { escapeHtml } from './discord-html.ts';

export interface SlackBody {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  /** The uploaded picture of an image block, as a data address. */
  readonly picture?: string;
}

const DATE: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' };
const CLOCK: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' };

function date(seconds: number, tokens: string): string {
  const at = seconds * 1000;
  return tokens
    .replace('{date_short}', new Intl.DateTimeFormat('en-US', DATE).format(at))
    .replace('{time}', new Intl.DateTimeFormat('en-US', CLOCK).format(at))
    .replace('{ago}', '4 minutes ago');
}

/** Entities are read last: an escaped bracket is never markup. */
function mrkdwn(text: string): string {
  const held: string[] = [];
  const hold = (html: string): string => `\uE000${held.push(html) - 1}\uE000`;
  const marked = text
    .replace(/`([^`\n]+)`/gu, (_whole, code: string) => hold(`<code>${code}</code>`))
    .replace(/<!date\^(\d+)\^([^|>]+)\|[^>]*>/gu, (_whole, at: string, tokens: string) =>
      hold(date(Number(at), tokens)),
    )
    .replace(/<(https:[^|>]+)\|([^>]*)>/gu, (_whole, url: string, label: string) =>
      hold(`<a href="${url}">${label}</a>`),
    )
    .replace(/<#C(\d+)>/gu, (_whole, number: string) => hold(`<a>#channel-${number}</a>`));
  const html = marked
    .replace(/</gu, '&lt;')
    .split('\n')
    .map((line) => {
      const quote = line.startsWith('>') || line.startsWith('&gt;');
      const inner = line
        .replace(/^(?:>|&gt;) ?/u, '')
        .replace(/(^|[\s(“])\*([^*\n]+)\*/gu, '$1<b>$2</b>')
        .replace(/(^|[\s(])_([^_\n]+)_/gu, '$1<i>$2</i>');
      return quote ? `<blockquote>${inner}</blockquote>` : `<div>${line === '' ? '&nbsp;' : inner}</div>`;
    })
    .join('');
  let whole = html;
  for (let round = 0; round < 3; round += 1)
    whole = whole.replace(/\uE000(\d+)\uE000/gu, (_m, at: string) => held[Number(at)] ?? '');
  return whole;
}

function button(one: Button): string {
  const out = one.url === undefined ? '' : ' <span class="out">↗</span>';
  return `<span class="button ${one.style ?? ''}">${escapeHtml(one.text.text)}${out}</span>`;
}

function blockHtml(block: KnownBlock, picture: string | undefined): string {
  if (block.type === 'section') return `<div class="section">${mrkdwn(block.text?.text ?? '')}</div>`;
  if (block.type === 'header') return `<h3>${escapeHtml(block.text.text)}</h3>`;
  if (block.type === 'divider') return '<hr>';
  if (block.type === 'image') return `<img class="shown" src="${picture ?? ''}" alt="">`;
  if (block.type === 'context')
    return `<div class="context">${block.elements.map((one) => ('text' in one ? mrkdwn(one.text ?? '') : '')).join('')}</div>`;
  if (block.type === 'actions')
    return `<div class="row">${block.elements.map((one) => (one.type === 'button' ? button(one) : '')).join('')}</div>`;
  if (block.type === 'input') return inputHtml(block);
  throw new Error(`the gallery draws no ${block.type}`);
}

function inputHtml({ label, element, hint, optional }: InputBlock): string {
  const held =
    element.type === 'static_select'
      ? `${element.initial_option?.text.text ?? 'Select an option'} <span class="out">▾</span>`
      : element.type === 'plain_text_input'
        ? escapeHtml(element.initial_value ?? '')
        : 'Select a channel';
  const tall = element.type === 'plain_text_input' && element.multiline === true ? ' tall' : '';
  return `<div class="input"><b>${escapeHtml(label.text)}</b>${optional === true ? ' <span class="when">(optional)</span>' : ''}
    <div class="field${tall}">${held}</div>${hint === undefined ? '' : `<div class="when">${escapeHtml(hint.text)}</div>`}</div>`;
}

function viewHtml(view: ModalView | HomeView): string {
  const blocks = view.blocks.map((block) => blockHtml(block as KnownBlock, undefined)).join('');
  if (view.type === 'home') return `<div class="view">${blocks}</div>`;
  return `<div class="view modal"><h3>${escapeHtml(view.title.text)}</h3>${blocks}
    <div class="row end"><span class="button">${escapeHtml(view.close?.text ?? '')}</span><span class="button primary">${escapeHtml(view.submit?.text ?? '')}</span></div></div>`;
}

function messageHtml(body: SlackBody, alone: boolean): string {
  return `<div class="message"><div class="avatar">cw</div><div class="body">
    ${alone ? '<div class="alone">👁 Only visible to you</div>' : ''}
    <div class="who"><b>claimwire</b> <span class="app">APP</span> <span class="when">11:14 AM</span></div>
    ${body.blocks.map((block) => blockHtml(block, body.picture)).join('')}
  </div></div>`;
}

const CSS = `${NARROW_MARKS}
  body { margin: 0; padding: 16px; box-sizing: border-box; font: 15px/1.46668 Lato, "Noto Sans", "Narrow marks", "Noto Sans CJK SC", "Noto Color Emoji", sans-serif; overflow-wrap: anywhere; }
  .light { background: #fff; color: #1d1c1d; --link: #1264a3; --muted: #616061; --line: rgba(29,28,29,.3); --code: #c01343; --code-ground: #f8f8f8; }
  .dark { background: #1a1d21; color: #d1d2d3; --link: #1d9bd1; --muted: #ababad; --line: rgba(232,232,232,.3); --code: #e8912d; --code-ground: #232529; }
  .message { display: flex; gap: 8px; margin-bottom: 22px; } .body { min-width: 0; flex: 1; max-width: 600px; }
  .avatar { width: 36px; height: 36px; border-radius: 8px; background: #2e5fa3; color: #fff; display: grid; place-items: center; font-weight: 900; flex: none; }
  .who b { font-weight: 900; } .app { background: var(--code-ground); color: var(--muted); font-size: 10px; font-weight: 700; padding: 1px 3px; border-radius: 2px; vertical-align: 1px; }
  .when, .alone { color: var(--muted); font-size: 12px; }
  .section { margin: 4px 0 8px; } .context { font-size: 12px; line-height: 1.5; color: var(--muted); margin: 4px 0; }
  h3 { font-size: 18px; line-height: 1.3; font-weight: 900; margin: 4px 0 8px; } hr { border: 0; border-top: 1px solid var(--line); margin: 12px 0; }
  a { color: var(--link); text-decoration: none; } b { font-weight: 700; }
  code { color: var(--code); background: var(--code-ground); border: 1px solid var(--line); border-radius: 3px; padding: 1px 3px; font: 12px "Noto Sans Mono", monospace; }
  blockquote { margin: 0; padding-left: 12px; border-left: 4px solid var(--line); border-radius: 2px; }
  .row { display: flex; gap: 8px; margin-top: 8px; flex-wrap: wrap; } .button { border: 1px solid var(--line); border-radius: 4px; padding: 4px 11px; font-size: 13px; font-weight: 700; }
  .primary { background: #007a5a; border-color: #007a5a; color: #fff; } .danger { color: #e01e5a; border-color: #e01e5a; } .out { color: var(--muted); }
  .view { max-width: 520px; margin-bottom: 28px; } .modal { border: 1px solid var(--line); border-radius: 8px; padding: 16px 20px; }
  .input { margin: 14px 0; } .field { border: 1px solid var(--line); border-radius: 4px; padding: 6px 12px; min-height: 22px; margin: 4px 0; } .tall { min-height: 66px; } .end { justify-content: flex-end; }
  .shown { display: block; max-width: min(360px, 100%); border-radius: 8px; margin: 6px 0; border: 1px solid var(--line); }
`;

/** A whole channel of messages; `alone` marks answers that only the asker sees. */
export function slackPage(
  messages: readonly { readonly body: SlackBody; readonly alone: boolean }[],
  theme: 'dark' | 'light',
): string {
  const items = messages.map(({ body, alone }) => messageHtml(body, alone)).join('\n');
  return `<!doctype html><meta charset="utf-8"><style>${CSS}</style><body class="${theme}">${items}</body>`;
}

/** Home tabs and modals, one below the other. */
export function slackViewsPage(views: readonly (ModalView | HomeView)[], theme: 'dark' | 'light'): string {
  return `<!doctype html><meta charset="utf-8"><style>${CSS}</style><body class="${theme}">${views.map(viewHtml).join('\n')}</body>`;
}
