/**
 * One request to a platform, post or edit, and what has to be obeyed afterwards: limits, refused tokens, closed channels.
 */
import type { OutgoingMessage, Poster, SendOutcome } from '../chat/platform.ts';
import type { Platform } from '../core/alert.ts';
import { iso } from '../core/time.ts';
import { holdLane } from '../ledger/lanes.ts';
import { laneOf } from '../ledger/outbox.ts';
import { pauseLane } from '../ledger/pauses.ts';
import { pauseChannel } from '../ledger/subscriptions.ts';
import type { Newsroom } from './newsroom.ts';
import { notifyOperators } from './operators.ts';
import type { Timings } from './timings.ts';

/** `stopping`: take nothing new; `ended`: break off what is under way, its outcome is then unknown. */
export interface Stops {
  readonly stopping: AbortSignal;
  readonly ended: AbortSignal;
}

/** 2 s, 4 s, 8 s ... at most 5 min between attempts that certainly did not post. */
export function backOff(attempts: number, times: Timings): number {
  return Math.min(times.firstBackOffMs * 2 ** Math.min(attempts, 9), times.longestBackOffMs);
}

/** Sends or edits, and tells the slots how it went. */
export async function request(
  room: Newsroom,
  poster: Poster,
  lane: string,
  stops: Stops,
  message: OutgoingMessage,
): Promise<SendOutcome> {
  const began = performance.now();
  const outcome = await poster.send(
    message,
    AbortSignal.any([AbortSignal.timeout(room.timings.requestMs), stops.ended]),
  );
  const everywhere =
    outcome.outcome === 'failed' ||
    (outcome.outcome === 'rejected' && outcome.pause === 'platform') ||
    (outcome.outcome === 'limited' && outcome.scope === 'platform');
  const what = outcome.outcome === 'sent' ? 'ok' : everywhere ? 'trouble' : 'else';
  room.slots.met(poster.platform, lane, what, performance.now() - began);
  return outcome;
}

/** Leaves alone whom we were told to leave alone, in every process. */
export async function obey(
  room: Newsroom,
  to: { readonly platform: Platform; readonly channel: string },
  outcome: SendOutcome,
): Promise<void> {
  const lane = laneOf(to.platform, to.channel);
  if (outcome.outcome === 'limited') {
    const all = outcome.scope === 'platform';
    await pauseLane(room.pool, all ? `${to.platform}:` : lane, outcome.retryAfterMs, 'limited by the platform');
  }
  if (outcome.outcome !== 'rejected' || outcome.pause === 'message') return;
  if (outcome.pause === 'platform')
    await pauseLane(room.pool, `${to.platform}:`, room.timings.platformPauseMs, outcome.reason);
  else {
    await pauseChannel(room.pool, to.platform, to.channel, outcome.reason);
    await holdLane(room.pool, lane, outcome.reason);
  }
  await tellOperators(room, to, outcome);
}

const NAMES: Readonly<Record<Platform, string>> = { slack: 'Slack', discord: 'Discord', console: 'The console' };

/** A refused token or a closed channel is for a person to mend; said once a day each. */
async function tellOperators(
  room: Newsroom,
  to: { readonly platform: Platform; readonly channel: string },
  refused: Extract<SendOutcome, { outcome: 'rejected' }>,
): Promise<void> {
  const { operators } = room.beat().config.delivery;
  const whole = refused.pause === 'platform';
  const where = whole ? to.platform : `${to.platform} ${to.channel}`;
  // A word about the operators' own channel cannot be said in it.
  if (to.platform === operators.platform && (whole || to.channel === operators.channel)) return;
  const today = iso(room.clock.wall()).slice(0, 10);
  const name = NAMES[to.platform];
  const because = refused.reason.replace(new RegExp(`^${name}: `, 'u'), '');
  const words = whole
    ? `${because.startsWith(name) ? '' : `${name} takes no posts: `}${because.replace(/\.$/u, '')}. Alerts wait until then.`
    : `${name} takes no posts in channel ${to.channel} (${because}). Let the bot in and allow it to post there, then subscribe again in it: its subscriptions are paused until then.`;
  await notifyOperators(room, room.pool, {
    key: `refused ${where} ${today}`,
    words,
  });
}
