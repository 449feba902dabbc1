/**
 * How a feed is doing, and what operators are told of it. A feed is never disabled in silence: it goes on being
 * polled (seldom, after many failures), and people hear once that it went dark, once that it is back.
 */
import { DAY, type WallTime } from '../core/time.ts';
import { inWords } from './schedule.ts';

type FeedState = 'new' | 'healthy' | 'failing' | 'dark' | 'gone';

export interface FeedHealth {
  readonly state: FeedState;
  /** When the present trouble began. */
  readonly failingSince: WallTime | null;
  /** The last trouble in words; kept after recovery for the history. */
  readonly lastError: string | null;
}

export const NEW_FEED: FeedHealth = { state: 'new', failingSince: null, lastError: null };

export type PollEvent =
  | { readonly event: 'good' }
  /** Fetching, reading or a server's wish to be left alone: `reason` in words. */
  | { readonly event: 'bad'; readonly reason: string }
  | { readonly event: 'gone'; readonly reason: string };

export interface HealthChange {
  readonly health: FeedHealth;
  /** One sentence for the operators' channel, null when there is nothing to tell (or it was told). */
  readonly tell: string | null;
}

/** Dark after a day without a good answer. `name` is how people know the feed. */
export function nextHealth(before: FeedHealth, poll: PollEvent, name: string, now: WallTime): HealthChange {
  if (poll.event === 'good') {
    const away = before.failingSince === null ? '' : ` after ${inWords(now - before.failingSince)}`;
    const wasAway = before.state === 'dark' || before.state === 'gone';
    return {
      health: { state: 'healthy', failingSince: null, lastError: before.lastError },
      tell: wasAway ? `${name} answers again${away}` : null,
    };
  }
  const failingSince = before.failingSince ?? now;
  const failed = { ...before, failingSince, lastError: poll.reason };
  if (poll.event === 'gone') {
    const tell = `${name}: ${poll.reason}. It is no longer polled; remove it or give its new address`;
    return { health: { ...failed, state: 'gone' }, tell: before.state === 'gone' ? null : tell };
  }
  if (before.state === 'gone') return { health: failed, tell: null };
  if (before.state === 'dark' || now - failingSince < DAY) {
    return { health: { ...failed, state: before.state === 'dark' ? 'dark' : 'failing' }, tell: null };
  }
  const tell = `${name} has not answered for ${inWords(now - failingSince)}: ${poll.reason}. It goes on being tried`;
  return { health: { ...failed, state: 'dark' }, tell };
}

/** A permanent redirect that is being watched: servers call a maintenance page "moved permanently" too. */
export interface Move {
  readonly to: string;
  readonly firstSeen: WallTime;
  readonly goodPolls: number;
}

export interface MoveDecision {
  readonly move: Move | null;
  /** The address to store from now on, or null. */
  readonly adopt: string | null;
}

const POLLS_TO_ADOPT = 3;

/** Call after a poll that could be read. A new target is adopted after three good polls over at least a day. */
export function watchMove(before: Move | null, permanentUrl: string | null, now: WallTime): MoveDecision {
  if (permanentUrl === null) return { move: null, adopt: null };
  const move: Move =
    before?.to === permanentUrl
      ? { ...before, goodPolls: before.goodPolls + 1 }
      : { to: permanentUrl, firstSeen: now, goodPolls: 1 };
  const settled = move.goodPolls >= POLLS_TO_ADOPT && now - move.firstSeen >= DAY;
  return settled ? { move: null, adopt: move.to } : { move, adopt: null };
}
