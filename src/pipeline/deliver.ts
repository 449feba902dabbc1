/**
 * Deliver: outbox row -> lease -> look before any re-post -> post with marker -> record the message id.
 *
 * The order of the writes is the promise. `startSending` commits before the request leaves, so after any crash a row
 * that may have been posted is known to be so; such a row waits until the platform has settled, is looked up by its
 * marker, and only a certain "not there" (or the configured policy) lets it be sent again.
 */
import type { Card } from '../chat/card.ts';
import { alertCard } from '../chat/cards.ts';
import { noticeCard } from '../chat/notices.ts';
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
import { isMuted } from '../ledger/mutes.ts';
import { pauseChannel } from '../ledger/subscriptions.ts';
import { failpoint } from './failpoint.ts';
import type { Newsroom } from './newsroom.ts';
import { notifyOperators } from './operators.ts';
import { timings, type Timings } from './timings.ts';

/** 2 s, 4 s, 8 s ... at most 5 min between attempts that certainly did not post. */
function backOff(attempts: number, times: Timings): number {
  return Math.min(times.firstBackOffMs * 2 ** Math.min(attempts, 9), times.longestBackOffMs);
}

/** What to write down after an attempt. Pure, so that every outcome of every platform has its row in the tests. */
export function settlementOf(outcome: SendOutcome, attempts: number, times: Timings = timings()): Settlement {
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
      return { state: 'pending', inMs: backOff(attempts, times), reason: outcome.reason, mayHaveBeenSent: false };
    case 'unknown':
      return { state: 'unknown', inMs: 0, reason: outcome.reason, mayHaveBeenSent: true };
    case 'rejected':
      // A refused token is somebody's to mend: the alert waits, and every start tries again.
      if (outcome.pause === 'platform')
        return { state: 'pending', inMs: times.platformPauseMs, reason: outcome.reason, mayHaveBeenSent: false };
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
    const alert = await leaseHead(room.pool, lane, room.owner, room.timings.idleLeaseMs);
    if (alert === undefined) return;
    failpoint('deliver.leased');
    const poster = room.posters.get(alert.platform);
    const result: Settlement =
      poster === undefined
        ? {
            state: 'pending',
            inMs: room.timings.notConnectedMs,
            reason: `${alert.platform} is not connected`,
            mayHaveBeenSent: false,
          }
        : await deliverOne(room, poster, alert);
    await record(room, alert, result);
    failpoint('deliver.recorded');
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
  if (alert.kind === 'status' && alert.inFlightForMs === null) {
    const until = await isMuted(room.pool, alert.platform, alert.channel, alert.claim);
    if (until !== null) return { state: 'dropped', reason: `muted here until ${iso(until)}` };
  }
  if (alert.inFlightForMs !== null) {
    const unsettled = poster.settleMs * room.timings.scale - alert.inFlightForMs;
    const waiting = 'waiting for the platform to settle before looking';
    if (unsettled > 0) return { state: 'unknown', inMs: unsettled, reason: waiting, mayHaveBeenSent: true };
    const seen = await poster.lookUp(alert.channel, alert.marker, AbortSignal.timeout(room.timings.requestMs));
    failpoint('deliver.looked');
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
  if (!(await startSending(room.pool, alert, room.timings.flightLeaseMs, repeat)))
    return { state: 'pending', inMs: 0, reason: lost, mayHaveBeenSent: false };
  failpoint('deliver.sending');
  const card = cardOf(room, alert, repeat);
  const outcome = await poster.send(
    { channel: alert.channel, marker: alert.marker, card },
    AbortSignal.timeout(room.timings.requestMs),
  );
  failpoint('deliver.answered');
  if (outcome.outcome === 'sent') announce(room, alert);
  if (outcome.outcome === 'rejected' && outcome.pause === 'subscription') {
    await pauseChannel(room.pool, alert.platform, alert.channel, outcome.reason);
    await holdLane(room.pool, alert, outcome.reason);
  }
  if (outcome.outcome === 'rejected' && outcome.pause !== 'message') await tellOperators(room, alert, outcome);
  return settlementOf(outcome, alert.attempts, room.timings);
}

/** A refused token or a closed channel is for a person to mend; said once a day each. */
async function tellOperators(
  room: Newsroom,
  alert: LeasedAlert,
  refused: Extract<SendOutcome, { outcome: 'rejected' }>,
): Promise<void> {
  const { operators } = room.beat().config.delivery;
  const where = refused.pause === 'platform' ? alert.platform : `${alert.platform} ${alert.channel}`;
  // A word about the operators' own channel cannot be said in it.
  if (alert.platform === operators.platform && (refused.pause === 'platform' || alert.channel === operators.channel))
    return;
  const today = iso(room.clock.wall()).slice(0, 10);
  const waits =
    refused.pause === 'platform' ? 'Alerts wait.' : 'Its subscriptions are paused; subscribe again to resume.';
  await notifyOperators(room, room.pool, {
    key: `refused ${where} ${today}`,
    words: `${where} refuses what is posted: ${refused.reason}. ${waits}`,
  });
}

function cardOf(room: Newsroom, alert: LeasedAlert, possibleRepeat: boolean): Card {
  return alert.kind === 'notice'
    ? noticeCard(alert.view, possibleRepeat)
    : alertCard({ ...alert.view, key: alert.key, postedAt: room.clock.wall(), possibleRepeat });
}

function announce(room: Newsroom, alert: LeasedAlert): void {
  if (alert.kind !== 'status') return;
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
