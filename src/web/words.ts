/**
 * The words of the board. One word per thing: the same as in chat, so that a status reads the same everywhere.
 */
import type { Status } from '../core/status.ts';
import { DAY, HOUR, MINUTE } from '../core/time.ts';
import type { ClaimView, OriginView } from '../core/view.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';

const WORDS: Readonly<Record<Status, string>> = {
  confirmed: 'Confirmed',
  corroborated: 'Corroborated',
  reported: 'Reported',
  unverified: 'Unverified',
  disputed: 'Disputed',
  refuted: 'Refuted',
  expired: 'Expired',
};

/** What is settled first, then what is contested, then what is open. */
export const STATUS_ORDER: readonly Status[] = [
  'confirmed',
  'disputed',
  'corroborated',
  'reported',
  'refuted',
  'unverified',
  'expired',
];

/** A standing claim that is refuted may still become true, so it says so. */
export function statusWord(status: Status, kind: ClaimView['kind']): string {
  return status === 'refuted' && kind === 'standing' ? 'Not so far' : WORDS[status];
}

/** What the word means, for those who meet it for the first time. */
export const MEANINGS: Readonly<Record<Status, string>> = {
  confirmed: 'an authority says it is so',
  disputed: 'origins or authorities contradict each other',
  corroborated: 'two or more independent origins',
  reported: 'one origin',
  refuted: 'an authority says it is not so',
  unverified: 'no origin counts yet',
  expired: 'the deadline passed without it',
};

/** Drawn, not typed: symbols of fonts differ or are missing. Shape and word carry the meaning, colour only helps. */
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

export function badge(status: Status, kind: ClaimView['kind']): Html {
  return html`<span class="badge s-${status}">${symbol(status)}${statusWord(status, kind)}</span>`;
}

export function symbol(status: Status): Html {
  return html`<svg class="symbol" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    ${SHAPES[status]}
  </svg>`;
}

/** "1 origin", "3 origins". */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
}

/** "A", "A and B", "A, B and 16 others". */
export function listed(names: readonly string[], most = 3): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return `${names.slice(0, most - 1).join(', ')} and ${counted(names.length - most + 1, 'other')}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "24 Apr", or "24 Apr 2025" when that is not the year of `now`. All dates are UTC. */
export function dayWords(time: number, now: number): string {
  const date = new Date(time);
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
  const year = date.getUTCFullYear();
  return year === new Date(now).getUTCFullYear() ? day : `${day} ${year}`;
}

/** A date people read, with the moment for machines and for those who point at it. */
export function day(time: number, now: number): Html {
  const stamp = new Date(time).toISOString();
  const full = `${stamp.slice(0, 10)} ${stamp.slice(11, 16)} UTC`;
  return html`<time datetime="${stamp}" title="${full}">${dayWords(time, now)}</time>`;
}

/** The last day a deadline includes: `2026-05-16T00:00Z` is the end of 15 May. */
export function deadlineDay(deadline: number, now: number): Html {
  return day(deadline - 1, now);
}

/** "4 min ago". A clock that runs ahead makes no "-3 min ago". */
export function agoWords(time: number, now: number): string {
  const age = now - time;
  if (age < MINUTE) return 'just now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)} h ago`;
  return `${Math.floor(age / DAY)} days ago`;
}

/** Nearest first: ["Reuters", "The Information"] -> "Reuters citing The Information". */
export function chainWords(chain: readonly string[]): string {
  return chain.join(' citing ');
}

export const STRENGTH_WORDS: Readonly<Record<OriginView['strength'], string>> = {
  official: 'official word',
  firsthand: 'measured it',
  attributed: 'own reporting',
  rumour: 'rumour',
  opinion: 'opinion',
};

/** Why a status does not come from the evidence, when it does not. */
export const DECIDED_BY: Readonly<Record<ClaimView['decidedBy'], string | null>> = {
  evidence: null,
  configuration: 'Recorded in the configuration with its source; claimwire did not see it happen.',
  override: 'A person decided this. The evidence alone may say less.',
};
