/**
 * Links of the board: outside addresses that may be pressed, with their host beside them.
 */
import type { Html } from '../picture/markup.ts';
import { html, shown } from '../picture/markup.ts';

/** No publisher lives at a bare number or on the reader's own machine; whatever spelling a number has, URL writes it so. */
const OWN_MACHINE = /^[\d.]+$|^\[|(?:^|\.)localhost$/;

/** An address fit to be pressed: http or https, a host with a name, no user name; null for anything else. */
function safeAddress(address: string | null): URL | null {
  if (address === null || address.length > 4096 || !URL.canParse(address)) return null;
  const url = new URL(address);
  const named = !OWN_MACHINE.test(url.hostname) && url.username === '' && url.password === '';
  return /^https?:$/.test(url.protocol) && named ? url : null;
}

/** A link; only its label when the address may not be pressed. Show `hostTag` beside it, unless the label is the host. */
export function outsideLink(address: string | null, label: string): Html {
  const url = safeAddress(address);
  const text = html`<bdi>${shown(label)}</bdi>`;
  return url === null ? text : html`<a href="${url.href}" rel="noopener noreferrer nofollow">${text}</a>`;
}

/** " reuters.com": where a link leads, in the ASCII form that unmasks look-alike letters. */
export function hostTag(address: string | null): Html | null {
  const host = hostOf(address);
  return host === null ? null : html` <span class="host">${host}</span>`;
}

export function hostOf(address: string | null): string | null {
  return safeAddress(address)?.hostname.replace(/^www\./, '') ?? null;
}
