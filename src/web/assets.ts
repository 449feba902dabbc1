/**
 * The board's one style sheet, one script and icon: served from here, named by their content, cached for good.
 */
import { createHash } from 'node:crypto';
import { STYLE } from './style.ts';

/**
 * Asks for the page again and swaps its content when it changed. Without script the page is simply as of its loading.
 * What somebody opened stays open, and nothing is swapped under a field in use.
 */
const SCRIPT = `'use strict';
const seconds = Number(document.currentScript.dataset.refresh);
let tag = null;
async function refresh() {
  const active = document.activeElement;
  if (document.hidden || (active !== null && active.closest('form') !== null)) return;
  try {
    const answer = await fetch(location.href, { headers: tag === null ? {} : { 'If-None-Match': tag }, cache: 'no-store' });
    document.body.classList.toggle('stale', !(answer.ok || answer.status === 304));
    if (!answer.ok) return;
    const first = tag === null;
    tag = answer.headers.get('ETag');
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const here = document.getElementById('main');
    const there = next.getElementById('main');
    if (there === null || (first && here.innerHTML === there.innerHTML)) return;
    const open = [...here.querySelectorAll('details')].map((details) => details.open);
    there.querySelectorAll('details').forEach((details, index) => { if (open[index] !== undefined) details.open = open[index]; });
    const focused = here.contains(active) ? active.getAttribute('href') : null;
    here.replaceChildren(...there.childNodes);
    document.title = next.title;
    if (focused !== null) [...here.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus({ preventScroll: true });
  } catch {
    document.body.classList.add('stale');
  }
}
if (seconds > 0) setInterval(refresh, seconds * 1000);
document.addEventListener('visibilitychange', refresh);
`;

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="5" fill="#175f6e"/><path d="M4 6c5 0 6 6 10 6M4 12h10M4 18c5 0 6-6 10-6" fill="none" stroke="#fff" stroke-width="1.8"/><circle cx="17.5" cy="12" r="3.2" fill="#fff"/></svg>`;

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

export const STYLE_PATH = `/board-${digest(STYLE)}.css`;
export const SCRIPT_PATH = `/board-${digest(SCRIPT)}.js`;

export interface Asset {
  readonly type: string;
  readonly text: string;
}

export const ASSETS: ReadonlyMap<string, Asset> = new Map([
  [STYLE_PATH, { type: 'text/css; charset=utf-8', text: STYLE }],
  [SCRIPT_PATH, { type: 'text/javascript; charset=utf-8', text: SCRIPT }],
  ['/icon.svg', { type: 'image/svg+xml', text: ICON }],
]);
