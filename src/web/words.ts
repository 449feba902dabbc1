/**
 * The words of the board. One word per thing: the same as in chat, so that a status reads the same everywhere.
 */
import type { Status } from '../core/status.ts';
import { DAY, HOUR, MINUTE } from '../core/time.ts';
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
