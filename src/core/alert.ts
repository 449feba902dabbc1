/**
 * Alert policy: a change, who should hear of it, and what to say beside it.
 *
 * "V4 can run on Huawei chips" turns confirmed: every subscriber of the topic hears of it, is sent to DeepSeek's own page,
 * and reads that "trained on Huawei chips" is not confirmed by this.
 */
import type { Claim, ClaimId, TopicId } from './claim.ts';
import { hostOf } from './link.ts';
import type { Link } from './link.ts';
import type { SubscriptionOptions } from './options.ts';
import type { CountedOrigin, Status, StatusDecision } from './status.ts';

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
  readonly options: SubscriptionOptions;
}

/**
 * What an alert is about: a change of status; a new independent origin (levels updates and all); a story (level all); the
 * daily or weekly digest; one card instead of many late ones; a word to the operators.
 */
export type AlertKind = 'status' | 'origin' | 'story' | 'digest' | 'catch-up' | 'notice';

/** What a notice says, and what it asks of the moderators who read it. */
export interface NoticeView {
  readonly words: string;
  readonly lines?: readonly string[];
  readonly asks?: {
    readonly kind: 'approval' | 'report';
    /** Names the decision or the report; means something in the asked workspace only. */
    readonly number: string;
    readonly topic: TopicId;
    readonly claim: ClaimId;
  };
}

export interface Transition {
  readonly id: string;
  readonly claim: ClaimId;
  readonly topic: TopicId;
  readonly from: Status;
  readonly to: Status;
}

/** Whether a subscription of this level hears of this change. Who was told "confirmed" is told when it no longer is. */
export function hears(level: Level, transition: Pick<Transition, 'to' | 'from'>): boolean {
  if (transition.from === transition.to) return false;
  return level === 'confirmed' ? isSettled(transition.to) || isSettled(transition.from) : true;
}

/** How much is claimed by a status; null where it says something else. */
const STRENGTH: Readonly<Partial<Record<Status, number>>> = {
  unverified: 0,
  reported: 1,
  corroborated: 2,
  confirmed: 3,
};

/**
 * Whether a change takes back what people were told: confirmed or refuted is left, what was reported turns out to be not
 * so, or its origins were withdrawn. It goes to every channel that was told, whatever its level, even if it unsubscribed.
 */
export function isCorrection(transition: Pick<Transition, 'to' | 'from'>): boolean {
  const { from, to } = transition;
  if (from === to) return false;
  if (isSettled(from)) return true;
  const [before, after] = [STRENGTH[from], STRENGTH[to]];
  if (before === undefined || before === 0) return false;
  return to === 'refuted' || (after !== undefined && after < before);
}

/** Whether a subscription of this level hears of what changes no status. */
export function hearsUpdate(level: Level, update: 'new origin' | 'story'): boolean {
  return level === 'all' || (level === 'updates' && update === 'new origin');
}

/** Origins that count now on either side and did not before: "+ The Information". */
export function newOrigins(before: StatusDecision | null, after: StatusDecision): CountedOrigin[] {
  const known = new Set([...(before?.supporting ?? []), ...(before?.refuting ?? [])].map((origin) => origin.source));
  return [...after.supporting, ...after.refuting].filter((origin) => !known.has(origin.source));
}

/**
 * The main link of an alert: the page of the origin that decided, else of the first origin on the side that did. Each
 * origin's `url` follows the link policy of link.ts already; null when no page is fit.
 */
export function mainLink(decision: StatusDecision): Link | null {
  const { supporting, refuting, status } = decision;
  const side = status === 'refuted' ? [...refuting, ...supporting] : [...supporting, ...refuting];
  const decider = side.find(({ evidence, echoes }) => [evidence, ...echoes].includes(decision.decisive ?? ''));
  const url = [decider, ...side].find((origin) => (origin?.url ?? null) !== null)?.url ?? null;
  return url === null ? null : { url, host: hostOf(url) };
}

/** Neighbours people may take this claim for, which it does not confirm; those confirmed on their own are left out. */
export function neighboursNotConfirmed(
  claim: Claim,
  claims: ReadonlyMap<ClaimId, Claim>,
  decisions: ReadonlyMap<ClaimId, Pick<StatusDecision, 'status' | 'supporting'>>,
): { readonly statement: string; readonly status: Status; readonly origins: readonly string[] }[] {
  return claim.neighbours.flatMap((id) => {
    const neighbour = claims.get(id);
    const decision = decisions.get(id);
    if (neighbour === undefined || decision?.status === 'confirmed') return [];
    const origins = (decision?.supporting ?? []).map((origin) => origin.name);
    return [{ statement: neighbour.statement, status: decision?.status ?? 'unverified', origins }];
  });
}

function isSettled(status: Status): boolean {
  return status === 'confirmed' || status === 'refuted';
}
