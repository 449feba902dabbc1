/**
 * Edits: a living card catches up with what is known now. Lowest of all work of a channel, at most once in a while a card,
 * and the rarer the older the card is. Sending an edit twice shows the same, so nothing is looked up here.
 */
import { alertCard } from '../chat/cards.ts';
import type { Card } from '../chat/card.ts';
import type { Poster } from '../chat/platform.ts';
import { storyCard as storyCardOf } from '../chat/told.ts';
import type { AlertView, ClaimView, StoryView } from '../core/view.ts';
import { wallTime } from '../core/time.ts';
import { leaseCard, settleCard, type CardSettlement, type LeasedCard } from '../ledger/cards.ts';
import { claimStates } from '../ledger/claims.ts';
import { latestView } from '../ledger/decisions.ts';
import { evidenceOn, seenBy } from '../ledger/evidence.ts';
import { markerOf } from '../ledger/outbox.ts';
import { scopedStates } from '../ledger/scopes.ts';
import { claimSeenBy } from './desk-views.ts';
import { failpoint } from './failpoint.ts';
import type { Newsroom } from './newsroom.ts';
import { backOff, obey, request, type Stops } from './requests.ts';
import { shownOf, storyOf, titleOf, viewerOf } from './said.ts';
import { claimView, wordsOf } from './views.ts';

/** A card of a day is edited every quarter of an hour at most, one of a month every seven. */
const AGE_PER_EDIT = 100;

/** One edit of a card of the lane. False when none is due. */
export async function editNext(room: Newsroom, poster: Poster, lane: string, stops: Stops): Promise<boolean> {
  const leased = await leaseCard(room.pool, lane, room.owner, room.timings.flightLeaseMs);
  if (leased === undefined) return false;
  failpoint('edit.leased');
  const result = await editOne(room, poster, lane, leased, stops);
  await settleCard(room.pool, leased, result);
  failpoint('edit.recorded');
  const { platform, channel, claim } = leased;
  const say = result.state === 'shown' ? 'debug' : 'warn';
  room.log[say](
    { step: 'edit', claim, platform, channel, ...(result.state === 'shown' ? {} : { reason: result.reason }) },
    result.state,
  );
  return true;
}

async function editOne(
  room: Newsroom,
  poster: Poster,
  lane: string,
  leased: LeasedCard,
  stops: Stops,
): Promise<CardSettlement> {
  const { editMs } = room.timings;
  const next = Math.max(editMs, ((room.clock.wall() - leased.postedAt) / AGE_PER_EDIT) * room.timings.scale);
  const card = await livingCard(room, leased);
  if (card === null) return { state: 'shown', hash: leased.shown, inMs: next };
  const hash = shownOf(card);
  if (hash === leased.shown) return { state: 'shown', hash, inMs: next };
  const outcome = await request(room, poster, lane, stops, {
    channel: leased.channel,
    marker: markerOf(`${room.ledger}/card/${leased.platform}/${leased.channel}/${leased.claim}`),
    card,
    edit: leased.messageId,
  });
  failpoint('edit.answered');
  switch (outcome.outcome) {
    case 'sent':
      return { state: 'shown', hash, inMs: next };
    case 'limited':
      await obey(room, leased, outcome);
      return { state: 'later', inMs: Math.max(outcome.retryAfterMs, editMs), reason: 'limited by the platform' };
    case 'rejected':
      await obey(room, leased, outcome);
      if (outcome.pause === 'platform') return { state: 'later', inMs: editMs, reason: outcome.reason };
      return { state: 'gone', reason: outcome.reason };
    case 'failed':
      return { state: 'later', inMs: Math.max(editMs, backOff(leased.attempts, room.timings)), reason: outcome.reason };
    case 'unknown':
      // Not before the platform has settled: an older edit that arrives late must not undo a newer one.
      return {
        state: 'later',
        inMs: Math.max(editMs, poster.settleMs * room.timings.scale, backOff(leased.attempts, room.timings)),
        reason: outcome.reason,
      };
  }
}

/** What the card should show now; null when there is nothing to show it from. */
async function livingCard(room: Newsroom, leased: LeasedCard): Promise<Card | null> {
  const viewer = viewerOf(leased);
  const at = room.clock.wall();
  const [, story] = /^story:(\d+)$/.exec(leased.claim) ?? [];
  if (story !== undefined) {
    const now = await storyOf(room, story, viewer);
    const then = leased.postedView as StoryView;
    return (
      now &&
      storyCardOf(now, {
        topic: titleOf(room, leased.topic),
        demo: room.demo,
        possibleRepeat: false,
        grown: { at, changes: storyGrowth(then, now) },
      })
    );
  }
  const claim = claimSeenBy(room, leased.claim, viewer);
  const then = leased.postedView as AlertView;
  const base = (await latestView(room.pool, leased.claim, viewer)) ?? then;
  const apart = await scopedStates(room.pool, viewer);
  const state = apart.get(leased.claim) ?? (await claimStates(room.pool)).get(leased.claim);
  if (claim === undefined || state?.current === null || state === undefined) return null;
  const evidence = seenBy(await evidenceOn(room.pool, claim.id), viewer);
  const now = claimView(claim, state.current, state.since, evidence, room.demo);
  // A language model read the page that decided after the card was posted: its choice of words, and its doubts.
  const reread = evidence.find((row) => row.evidence.id === state.current?.decisive && row.plain !== null);
  const words = reread === undefined || base.to !== now.status ? {} : wordsOf(reread, room.demo);
  // What changed without an announcement is shown as it is, with the status that people were told before.
  const from = base.to === now.status ? {} : { from: base.to, fromSince: base.claim.since };
  return alertCard({
    ...base,
    ...words,
    ...from,
    claim: now,
    to: now.status,
    key: '',
    postedAt: wallTime(leased.postedAt),
    possibleRepeat: false,
    updated: { at, changes: growth(then, now) },
  });
}

/** "now Confirmed", "+ The Information", "12 more publishers" since it was posted. */
function growth(then: AlertView, now: ClaimView): string[] {
  const known = new Set([...then.claim.supporting, ...then.claim.refuting].map((origin) => origin.name));
  const origins = [...now.supporting, ...now.refuting].map((origin) => origin.name).filter((name) => !known.has(name));
  return [
    ...(then.to === now.status ? [] : [`was ${then.to} when posted`]),
    ...origins.map((name) => `+ ${name}`),
    ...more(now.publishers - then.claim.publishers),
  ];
}

function storyGrowth(then: StoryView, now: StoryView): string[] {
  const known = new Set(then.origins);
  return [
    ...now.origins.filter((name) => !known.has(name)).map((name) => `+ ${name}`),
    ...more(now.publishers - then.publishers),
  ];
}

function more(publishers: number): string[] {
  return publishers <= 0 ? [] : [`${publishers} more ${publishers === 1 ? 'publisher' : 'publishers'}`];
}
