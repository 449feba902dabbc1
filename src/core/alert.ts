/**
 * Alert policy: a change, and who should hear of it.
 */
import type { ClaimId, TopicId } from './claim.ts';
import type { Status } from './status.ts';

export type Platform = 'discord' | 'slack' | 'console';

/** confirmed: only confirmed and refuted; changes: every status change; updates: also new origins; all: also stories. */
export const LEVELS = ['confirmed', 'changes', 'updates', 'all'] as const;
export type Level = (typeof LEVELS)[number];

export interface Subscription {
  readonly id: string;
  readonly platform: Platform;
  /** Slack team or Discord guild; '' for the console. */
  readonly workspace: string;
  readonly channel: string;
  readonly topic: TopicId;
  readonly level: Level;
}

export interface Transition {
  readonly id: string;
  readonly claim: ClaimId;
  readonly topic: TopicId;
  readonly from: Status;
  readonly to: Status;
}

/** Whether a subscription of this level hears of this change. */
export function hears(level: Level, transition: Pick<Transition, 'to' | 'from'>): boolean {
  if (transition.from === transition.to) return false;
  return level === 'confirmed' ? transition.to === 'confirmed' || transition.to === 'refuted' : true;
}
