/**
 * The frame around every page: head, banner, footer. No outside host, no inline style or script: the policy forbids both.
 */
import type { Html } from '../picture/markup.ts';
import { html, markup } from '../picture/markup.ts';
import { SCRIPT_PATH, STYLE_PATH } from './assets.ts';

export interface PageParts {
  readonly title: string;
  readonly main: Html;
  readonly demo: boolean;
  /** How often board.js asks for news, in seconds; null for a page that does not change. */
  readonly refreshSeconds: number | null;
}

export function page({ title, main, demo, refreshSeconds }: PageParts): string {
  const body = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${demo ? 'DEMO · ' : null}${title} · claimwire</title>
        <link rel="stylesheet" href="${STYLE_PATH}" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="alternate" type="application/atom+xml" title="Status changes" href="/claims.atom" />
        <link rel="alternate" type="application/feed+json" title="Status changes" href="/claims.json" />
        ${refreshSeconds === null ? null : html`<script src="${SCRIPT_PATH}" data-refresh="${refreshSeconds}" defer></script>`}
      </head>
      <body>
        <a class="skip" href="#main">Skip to the claims</a>
        ${demo ? html`<p class="demo" role="note"><strong>DEMO ARCHIVE</strong> paraphrases of real pages, not quotations, told again at an accelerated clock</p>` : null}
        <header class="top">
          <a class="brand" href="/">${MARK}claimwire</a
          ><span class="motto">what is known, by independent origins, not by articles</span>
        </header>
        <main id="main" tabindex="-1">${main}</main>
        <footer class="bottom">
          <nav aria-label="Machine-readable">
            <a href="/claims.atom">Atom</a> <a href="/claims.json">JSON Feed</a> <a href="/api/claims">API</a>
            <a href="/metrics">Metrics</a>
          </nav>
          <p>Times are UTC. Counts are as of the moment shown.</p>
        </footer>
      </body>
    </html> `;
  return markup(body);
}

/** Three lines that run into one: many who repeat, one who knew. */
const MARK = html`<svg class="logo" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
  <path d="M3 5c6 0 6 7 11 7M3 12h11M3 19c6 0 6-7 11-7" />
  <circle cx="18" cy="12" r="3.6" />
</svg>`;

/** A page that says one thing: not found, not available. */
export function plainPage(title: string, sentence: string, demo: boolean): string {
  return page({
    title,
    demo,
    refreshSeconds: null,
    main: html`<h1>${title}</h1>
      <p>${sentence}</p>
      <p><a href="/">All claims</a></p>`,
  });
}
