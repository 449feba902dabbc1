/**
 * Deliver: outbox row -> lease -> look before any re-post -> post with marker -> record the message id.
 *
 * The order of the writes is the promise. `startSending` commits before the request leaves, so after any crash a row
 * that may have been posted is known to be so; such a row waits until the platform has settled, is looked up by its
 * marker, and only a certain "not there" (or the configured policy) lets it be sent again.
 */
import { alertCard } from '../chat/cards.ts';
import type { LookUp, Poster, SendOutcome } from '../chat/platform.ts';
import { iso } from '../core/time.ts';
import {
  holdLane,
  laneOfAlert,
  leaseHead,
  settle,
  startSending,
  type LeasedAlert,
  type Settlement,
} from '../ledger/outbox.ts';
import { pauseChannel } from '../ledger/subscriptions.ts';
import type { Newsroom } from './newsroom.ts';

/** A row without a request in flight resumes within 20 s of its worker's death. */
const IDLE_LEASE_MS = 15_000;
/** Longest time one request may take. */
export const REQUEST_TIMEOUT_MS = 15_000;
/** Lease of a row with a request in flight: longer than the request and the platform's settling together. */
const FLIGHT_LEASE_MS = 60_000;

/** How long a platform that refused our token is left alone. */
const PLATFORM_PAUSE_MS = 300_000;

/** 2 s, 4 s, 8 s ... at most 5 min between attempts that certainly did not post. */
function backOff(attempts: number): number {
  return Math.min(1000 * 2 ** Math.min(attempts, 9), 300_000);
}

/** What to write down after an attempt. Pure, so that every outcome of every platform has its row in the tests. */
export function settlementOf(outcome: SendOutcome, attempts: number): Settlement {
  switch (outcome.outcome) {
    case 'sent':
      return { state: 'sent', messageId: outcome.messageId };
    case 'limited':
      return {
        state: 'pending',
        inMs: outcome.retryAfterMs,
        reason: 'rate limited by the platform',
        mayHaveBeenSent: false,
      };
    case 'failed':
      return { state: 'pending', inMs: backOff(attempts), reason: outcome.reason, mayHaveBeenSent: false };
    case 'unknown':
      return { state: 'unknown', inMs: 0, reason: outcome.reason, mayHaveBeenSent: true };
    case 'rejected':
      // A refused token is somebody's to mend: the alert waits, and every start tries again.
      if (outcome.pause === 'platform')
        return { state: 'pending', inMs: PLATFORM_PAUSE_MS, reason: outcome.reason, mayHaveBeenSent: false };
      return { state: outcome.pause === 'message' ? 'dropped' : 'held', reason: outcome.reason };
  }
}

/** After an attempt of unknown outcome: found -> done, certainly absent -> send again, cannot tell -> as configured. */
export function afterLookUp(
  seen: LookUp,
  policy: 'repost' | 'hold',
):
  | { readonly act: 'done'; readonly messageId: string }
  | { readonly act: 'send'; readonly repeat: boolean }
  | { readonly act: 'hold'; readonly reason: string } {
  if (seen.found === 'yes') return { act: 'done', messageId: seen.messageId };
  if (seen.found === 'no') return { act: 'send', repeat: false };
  return policy === 'repost'
    ? { act: 'send', repeat: true }
    : { act: 'hold', reason: `held: an earlier attempt may have been posted and cannot be looked up (${seen.reason})` };
}

/** Sends everything that is due in the lane of this alert, in order, one at a time. */
export async function deliverLane(room: Newsroom, alertId: string): Promise<void> {
  const lane = await laneOfAlert(room.pool, alertId);
  if (lane === undefined) return;
  for (;;) {
    const alert = await leaseHead(room.pool, lane, room.owner, IDLE_LEASE_MS);
    if (alert === undefined) return;
    const poster = room.posters.get(alert.platform);
    const result: Settlement =
      poster === undefined
        ? { state: 'pending', inMs: 60_000, reason: `${alert.platform} is not connected`, mayHaveBeenSent: false }
        : await deliverOne(room, poster, alert);
    await record(room, alert, result);
    // An alert that must wait blocks its lane: a later status is never shown before an earlier one.
    if (result.state === 'pending' || result.state === 'unknown') {
      const delayMs = Math.max(result.inMs, 50);
      await room.queues.enqueue(
        'deliver',
        { alertId: alert.id },
        { jobId: `deliver-${alert.id}-${alert.attempts}`, delayMs },
      );
      return;
    }
  }
}

async function record(room: Newsroom, alert: LeasedAlert, result: Settlement): Promise<void> {
  const kept = await settle(room.pool, alert, result);
  const reason = result.state === 'sent' ? undefined : result.reason;
  const fields = {
    alert: alert.id,
    claim: alert.claim,
    platform: alert.platform,
    channel: alert.channel,
    attempt: alert.attempts,
    reason,
  };
  const say = result.state === 'sent' ? 'info' : 'warn';
  room.log[say](
    { step: 'deliver', ...fields },
    kept ? result.state : `${result.state}, but another worker had taken the lease over`,
  );
}

/** One alert, leased by us: look first if it may be there already, then send. Never throws for what a platform answers. */
async function deliverOne(room: Newsroom, poster: Poster, alert: LeasedAlert): Promise<Settlement> {
  let repeat = alert.possibleRepeat;
  if (alert.inFlightForMs !== null) {
    const unsettled = poster.settleMs - alert.inFlightForMs;
    const waiting = 'waiting for the platform to settle before looking';
    if (unsettled > 0) return { state: 'unknown', inMs: unsettled, reason: waiting, mayHaveBeenSent: true };
    const seen = await poster.lookUp(alert.channel, alert.marker, AbortSignal.timeout(REQUEST_TIMEOUT_MS));
    const next = afterLookUp(seen, room.beat().config.delivery.onUnknownOutcome);
    if (next.act === 'done') {
      // The terminal shows and tells in one go; elsewhere it was the answer that got lost, and with it the telling.
      if (alert.platform !== 'console') announce(room, alert);
      return { state: 'sent', messageId: next.messageId };
    }
    if (next.act === 'hold') return { state: 'held', reason: next.reason };
    repeat ||= next.repeat;
  }

  const lost = 'the lease was lost before sending';
  if (!(await startSending(room.pool, alert, FLIGHT_LEASE_MS, repeat)))
    return { state: 'pending', inMs: 0, reason: lost, mayHaveBeenSent: false };
  const card = alertCard({ ...alert.view, key: alert.key, postedAt: room.clock.wall(), possibleRepeat: repeat });
  const outcome = await poster.send(
    { channel: alert.channel, marker: alert.marker, card },
    AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  );
  if (outcome.outcome === 'sent') announce(room, alert);
  if (outcome.outcome === 'rejected' && outcome.pause === 'subscription') {
    await pauseChannel(room.pool, alert.platform, alert.channel, outcome.reason);
    await holdLane(room.pool, alert, outcome.reason);
  }
  return settlementOf(outcome, alert.attempts);
}

function announce(room: Newsroom, alert: LeasedAlert): void {
  const at = iso(alert.view.claim.since ?? room.clock.news());
  room.emit({
    type: 'alert',
    claim: alert.claim,
    status: alert.view.to,
    platform: alert.platform,
    channel: alert.channel,
    at,
  });
}
