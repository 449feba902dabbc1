/**
 * The status symbols. Drawn, not typed: symbols of fonts differ or are missing. Shape and word carry the meaning, colour
 * only helps.
 */
import type { Status } from '../core/status.ts';
import type { Html } from './markup.ts';
import { html } from './markup.ts';

const SHAPES: Readonly<Record<Status, Html>> = {
  confirmed: html`<circle cx="8" cy="8" r="7" class="solid" /><path d="M4.5 8.2l2.4 2.4 4.6-5" class="cut" />`,
  corroborated: html`<circle cx="8" cy="8" r="6.2" class="line" /><path
      d="M8 1.8a6.2 6.2 0 0 0 0 12.4z"
      class="solid"
    />`,
  reported: html`<circle cx="8" cy="8" r="6.2" class="line" />`,
  unverified: html`<circle cx="8" cy="8" r="6.2" class="line dashed" />`,
  disputed: html`<path d="M8 1.2 15 14.2H1z" class="line" /><path d="M8 6v4M8 11.6v1" class="line" />`,
  refuted: html`<circle cx="8" cy="8" r="7" class="solid" /><path
      d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6"
      class="cut"
    />`,
  expired: html`<path d="M4 1.8h8M4 14.2h8M5 1.8c0 4 6 8.4 6 12.4M11 1.8c0 4-6 8.4-6 12.4" class="line" />`,
};

export function symbol(status: Status): Html {
  return html`<svg class="symbol" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    ${SHAPES[status]}
  </svg>`;
}

/** The number of an origin: a disc for it, a diamond against it. `x`, `y`: its middle. */
export function numberMark(number: number, x: number, y: number, against: boolean, stem: Html | null = null): Html {
  const shape = against
    ? html`<path d="M${x} ${y - 10.5}l10.5 10.5-10.5 10.5-10.5-10.5z" />`
    : html`<circle cx="${x}" cy="${y}" r="9" />`;
  return html`<g class="${against ? 'origin against' : 'origin'}"
    >${stem}${shape}<text x="${x}" y="${y + 4}" text-anchor="middle">${number}</text></g
  >`;
}
