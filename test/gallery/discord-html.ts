/**
 * A Discord message body -> HTML that looks like Discord, to judge cards by eye: hierarchy, length, contrast, buttons.
 * Not a test oracle: the markdown here is the small part that our renderer writes.
 */
import { NARROW_MARKS } from './fonts.ts';
import { ButtonStyle, ComponentType, TextInputStyle } from 'discord.js';
import type {
  APIActionRowComponent,
  APIButtonComponent,
  APIEmbed,
  APIModalInteractionResponseCallbackData,
} from 'discord.js';

export interface DiscordBody {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly APIActionRowComponent<APIButtonComponent>[];
  /** The picture that an embed shows, as a data address. */
  readonly picture?: string;
}

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/gu, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char);

function timestamp(seconds: number, style: string): string {
  const options: Record<string, Intl.DateTimeFormatOptions> = {
    D: { dateStyle: 'long' },
    f: { dateStyle: 'long', timeStyle: 'short' },
    t: { timeStyle: 'short' },
  };
  const shape = options[style];
  const text =
    shape === undefined
      ? '4 minutes ago'
      : new Intl.DateTimeFormat('en-GB', { ...shape, timeZone: 'UTC' }).format(seconds * 1000);
  return `<span class="time">${text}</span>`;
}

/** The markdown that our renderer writes: escapes, bold, italics, code, links, timestamps, small print. */
function markdown(text: string): string {
  const held: string[] = [];
  const hold = (html: string): string => `\uE000${held.push(html) - 1}\uE000`;
  const inline = text
    .replace(/\\([\\*_~`|<>[\]#-])/gu, (_whole, char: string) => hold(escapeHtml(char)))
    .replace(/`([^`]+)`/gu, (_whole, code: string) => hold(`<code>${escapeHtml(code)}</code>`))
    .replace(/<t:(\d+):(\w)>/gu, (_whole, seconds: string, style: string) => hold(timestamp(Number(seconds), style)))
    .replace(/\[([^\]]+)\]\((https:[^)]+)\)/gu, (_whole, label: string, url: string) =>
      hold(`<a href="${escapeHtml(url)}">${label}</a>`),
    );
  const html = escapeHtml(inline)
    .replace(/\*\*(.+?)\*\*/gu, '<b>$1</b>')
    .replace(/\*(.+?)\*/gu, '<i>$1</i>')
    .split('\n')
    .map((line) => {
      if (line.startsWith('-# ')) return `<small>${line.slice(3)}</small>`;
      if (line.startsWith('&gt; ')) return `<blockquote>${line.slice(5)}</blockquote>`;
      return `<div>${line === '' ? '&nbsp;' : line}</div>`;
    })
    .join('');
  let whole = html;
  for (let round = 0; round < 3; round += 1)
    whole = whole.replace(/\uE000(\d+)\uE000/gu, (_m, at: string) => held[Number(at)] ?? '');
  return whole;
}

function embedHtml(embed: APIEmbed, picture: string | undefined): string {
  const color = `#${(embed.color ?? 0).toString(16).padStart(6, '0')}`;
  return `<div class="embed" style="border-color:${color}">
    ${embed.title === undefined ? '' : `<div class="title">${markdown(embed.title)}</div>`}
    ${embed.description === undefined ? '' : `<div class="description">${markdown(embed.description)}</div>`}
    ${picture === undefined ? '' : `<img class="shown" src="${picture}" alt="">`}
    ${embed.footer === undefined ? '' : `<div class="footer">${escapeHtml(embed.footer.text)}</div>`}
  </div>`;
}

function buttonHtml(button: APIButtonComponent): string {
  const label = 'label' in button ? (button.label ?? '') : '';
  return `<span class="button s${button.style}">${escapeHtml(label)}${button.style === ButtonStyle.Link ? ' <span class="out">↗</span>' : ''}</span>`;
}

function messageHtml(body: DiscordBody, alone: boolean): string {
  return `<div class="message"><div class="avatar">cw</div><div class="body">
    <div class="who"><b>claimwire</b> <span class="app">APP</span> <span class="when">Today at 11:14</span></div>
    ${body.content ? `<div class="content">${markdown(body.content)}</div>` : ''}
    ${(body.embeds ?? []).map((embed) => embedHtml(embed, body.picture)).join('')}
    ${(body.components ?? []).map((row) => `<div class="row">${row.components.map(buttonHtml).join('')}</div>`).join('')}
    ${alone ? '<div class="alone">👁 Only you can see this · <a>Dismiss message</a></div>' : ''}
  </div></div>`;
}

type ModalPart = APIModalInteractionResponseCallbackData['components'][number];

function partHtml(part: ModalPart): string {
  if (part.type !== ComponentType.Label) throw new Error('the gallery draws labelled parts only');
  const { component } = part;
  const held =
    component.type === ComponentType.StringSelect
      ? `${escapeHtml(component.options.find((one) => one.default === true)?.label ?? 'Make a selection')} <span class="out">▾</span>`
      : component.type === ComponentType.TextInput
        ? escapeHtml(component.value ?? '')
        : 'Select a role <span class="out">▾</span>';
  const tall =
    component.type === ComponentType.TextInput && component.style === TextInputStyle.Paragraph ? ' tall' : '';
  const needed = 'required' in component && (component.required ?? false) ? ' <span class="needed">*</span>' : '';
  return `<div class="part"><b>${escapeHtml(part.label)}</b>${needed}
    ${part.description === undefined ? '' : `<small>${escapeHtml(part.description)}</small>`}<div class="field${tall}">${held}</div></div>`;
}

/** Modals, one below the other. */
export function discordModalsPage(
  modals: readonly APIModalInteractionResponseCallbackData[],
  theme: 'dark' | 'light',
): string {
  const items = modals.map(
    (modal) =>
      `<div class="modal"><div class="title">${escapeHtml(modal.title)}</div>${modal.components.map(partHtml).join('')}
      <div class="row"><span class="button">Cancel</span><span class="button s1">Submit</span></div></div>`,
  );
  return `<!doctype html><meta charset="utf-8"><style>${CSS}</style><body class="${theme}">${items.join('\n')}</body>`;
}

const CSS = `${NARROW_MARKS}
  body { margin: 0; padding: 16px; box-sizing: border-box; font: 16px/1.375 "gg sans", "Noto Sans", "Narrow marks", "Noto Sans CJK SC", "Noto Color Emoji", sans-serif; }
  .dark { background: #313338; color: #dbdee1; --embed: #2b2d31; --link: #00a8fc; --muted: #949ba4; --button: #4e5058; --code: #1e1f22; }
  .light { background: #fff; color: #313338; --embed: #f2f3f5; --link: #006ce7; --muted: #5c5e66; --button: #e3e5e8; --code: #e3e5e8; }
  .message { display: flex; gap: 16px; margin-bottom: 20px; } .body { min-width: 0; flex: 1; }
  .avatar { width: 40px; height: 40px; border-radius: 50%; background: #3b82d6; color: #fff; display: grid; place-items: center; font-weight: 700; flex: none; }
  .who b { font-weight: 600; } .app { background: #5865f2; color: #fff; font-size: 10px; padding: 1px 5px; border-radius: 3px; vertical-align: 2px; }
  .when { color: var(--muted); font-size: 12px; }
  .embed { background: var(--embed); border-left: 4px solid; border-radius: 4px; padding: 8px 16px 14px 12px; margin-top: 4px; max-width: 500px; font-size: 14px; line-height: 18px; overflow-wrap: anywhere; }
  .title { font-weight: 700; font-size: 16px; line-height: 20px; margin: 6px 0 8px; }
  small { display: block; font-size: 12px; color: var(--muted); } .footer { font-size: 12px; margin-top: 8px; color: var(--muted); }
  a { color: var(--link); } .time { background: color-mix(in srgb, currentColor 8%, transparent); border-radius: 3px; padding: 0 2px; }
  code { background: var(--code); border-radius: 4px; padding: 0 4px; font: 13px "Noto Sans Mono", monospace; }
  .row { display: flex; gap: 8px; margin-top: 8px; flex-wrap: wrap; } .button { background: var(--button); border-radius: 8px; padding: 6px 14px; font-size: 14px; font-weight: 500; }
  .shown { display: block; max-width: min(400px, 100%); max-height: 350px; border-radius: 4px; margin-top: 12px; }
  blockquote { margin: 0; padding-left: 10px; border-left: 4px solid var(--button); border-radius: 2px; }
  .modal { max-width: 440px; box-sizing: border-box; border: 1px solid var(--button); border-radius: 8px; padding: 16px; margin-bottom: 24px; } .part { margin: 14px 0; font-size: 15px; } .needed { color: #d64545; }
  .field { background: var(--code); border-radius: 6px; padding: 8px 10px; min-height: 20px; margin-top: 6px; font-size: 15px; } .tall { min-height: 66px; }
  .out { color: var(--muted); }
  .s1 { background: #5865f2; color: #fff; } .alone { font-size: 12px; color: var(--muted); margin-top: 6px; }
`;

/** A whole channel of messages; `alone` marks answers that only the asker sees. */
export function discordPage(
  messages: readonly { readonly body: DiscordBody; readonly alone: boolean }[],
  theme: 'dark' | 'light',
): string {
  const items = messages.map(({ body, alone }) => messageHtml(body, alone)).join('\n');
  return `<!doctype html><meta charset="utf-8"><style>${CSS}</style><body class="${theme}">${items}</body>`;
}
