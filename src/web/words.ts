/**
 * The words of the board. One word per thing: the same as in chat, so that a status reads the same everywhere.
 */
import type { Status } from '../core/status.ts';
import type { ClaimView, OriginView } from '../core/view.ts';
import { day as dayWords, statusWord } from '../core/wording.ts';
import type { Html } from '../picture/markup.ts';
import { html } from '../picture/markup.ts';
import { symbol } from '../picture/symbol.ts';

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

export function badge(status: Status, kind: ClaimView['kind']): Html {
  return html`<span class="badge s-${status}">${symbol(status)}${statusWord(status, kind)}</span>`;
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
