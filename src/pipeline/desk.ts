/**
 * The desk: what commands and the board may ask, answered from the ledger. It keeps the last good status of each topic
 * in memory, so that a stalled database still gets an honest, dated answer within the platforms' three seconds.
 */
import type { Desk, DeskAnswer, HealthView } from '../chat/platform.ts';
import type { Claim } from '../core/claim.ts';
import { checkOptions } from '../core/options.ts';
import type { StatusView, WhyView } from '../core/view.ts';
import { deliveryLog } from '../ledger/delivery-log.ts';
import { hearFirst } from '../ledger/heard.ts';
import { latestOf } from '../ledger/latest.ts';
import { writeAudit } from '../ledger/meta.ts';
import { muteClaim, mutesIn, unmuteClaim } from '../ledger/mutes.ts';
import { transaction } from '../ledger/sql.ts';
import { catchUpOnHeld } from '../ledger/catch-up.ts';
import {
  countSubscriptions,
  resumeChannel,
  subscribe,
  subscriptionsIn,
  subscriptionsOf,
  unsubscribe,
} from '../ledger/subscriptions.ts';
import { answeringIn, MAY_NOT, refused, scopeOfAsker, who } from './desk-answers.ts';
import { claimSeenBy, latestView, logView, statusOfTopic, topicsSeenBy, whyOfClaim } from './desk-views.ts';
import { moderationDesk } from './desk-moderation.ts';
import { workspaceDesk } from './desk-workspace.ts';
import { healthOf } from './health.ts';
import { keptAnswers } from './kept-answers.ts';
import type { Newsroom } from './newsroom.ts';
import { openPictures } from './pictures.ts';

/** Status answers kept for a stalled database, of all workspaces together. */
const REMEMBERED_STATUSES = 500;
/** Rows of `/claimwire log` and `latest`: what fits one card. */
const LOGGED = 15;
const LATEST = 8;
/** Longest mute: after that people have forgotten it. */
const MOST_MUTED_MS = 90 * 24 * 3_600_000;

/** Kept for as long as the claim is: what is found while somebody types must not be gathered at each key. */
const gathered = new WeakMap<Claim, readonly string[]>();

/** Every name that its frame reads, English and Chinese. */
function aliasesOf(claim: Claim): readonly string[] {
  const known = gathered.get(claim);
  if (known !== undefined) return known;
  const aliases = [...new Set(claim.frame.slots.flatMap((slot) => slot.aliases))];
  gathered.set(claim, aliases);
  return aliases;
}

export function openDesk(room: Newsroom): Desk {
  const lastGood = new Map<string, StatusView>();
  const underWay = new Map<string, Promise<DeskAnswer<StatusView>>>();
  const answering = answeringIn(room);
  return {
    topics: (asker) =>
      topicsSeenBy(room, scopeOfAsker(asker)).map((topic) => ({
        id: topic.id,
        title: topic.title,
        claims: topic.claims.map((claim) => ({ id: claim.id, statement: claim.statement, aliases: aliasesOf(claim) })),
      })),

    async status(topic, asker) {
      const viewer = scopeOfAsker(asker);
      const key = `${viewer} ${topic}`;
      // A channel full of people asks the same at once: they share one look at the ledger.
      const looking =
        underWay.get(key) ??
        answering<StatusView>(async () => {
          const view = await statusOfTopic(room, topic, viewer);
          return view === null ? refused(`No topic is called "${topic}".`) : { ok: true, value: view };
        }).finally(() => underWay.delete(key));
      underWay.set(key, looking);
      const answer = await looking;
      if (answer.ok) {
        // Newest last, so that what is dropped is what was asked for longest ago.
        lastGood.delete(key);
        lastGood.set(key, answer.value);
        if (lastGood.size > REMEMBERED_STATUSES) lastGood.delete(lastGood.keys().next().value ?? '');
      }
      const old = lastGood.get(key);
      return !answer.ok && old !== undefined ? { ok: true, value: old } : answer;
    },

    why: (topic, id, asker) =>
      answering<WhyView>(async () => {
        const viewer = scopeOfAsker(asker);
        const claim = claimSeenBy(room, id, viewer);
        if (claim === undefined || claim.topic !== topic) return refused(`No claim of this topic is called "${id}".`);
        return { ok: true, value: await whyOfClaim(room, claim, undefined, viewer) };
      }),

    subscribe: (asker, topic, level, wanted: unknown = {}) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const viewer = scopeOfAsker(asker);
        if (!room.beat().topics.some((candidate) => candidate.id === topic))
          return refused(`No topic is called "${topic}".`);
        const checked = checkOptions(wanted, asker.platform);
        if (!checked.ok) return refused(checked.problem);
        const most = room.beat().config.limits.subscriptions;
        const outcome = await transaction(room.pool, async (tx) => {
          // Counted under a lock, so that two clicks at once do not pass the limit together.
          await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 2))', [viewer]);
          const others = await countSubscriptions(tx, asker.platform, asker.workspace, asker.channel, topic);
          if (others >= most) return null;
          const { platform, workspace, channel } = asker;
          const made = await subscribe(
            tx,
            { platform, workspace, channel, topic, level, options: checked.options },
            who(asker),
          );
          const detail = { channel, topic, level, options: checked.options };
          await writeAudit(tx, who(asker), 'subscribe', detail, viewer);
          // It was closed to us until now: what it missed is told in one card.
          if (made.resumed !== null) await resumeChannel(tx, platform, channel);
          const missed = made.resumed === null ? null : await catchUpOnHeld(tx, room.ledger, platform, channel);
          return { ...made, missed };
        });
        if (outcome === null)
          return refused(
            `This workspace already has ${most} subscriptions, its limit. Unsubscribe another channel first.`,
          );
        const { created, options, missed } = outcome;
        if (missed !== null)
          await room.queues.enqueue('deliver', { alertId: missed }, { jobId: `deliver-${missed}-0` });
        return { ok: true, value: { created, level, options, state: await statusOfTopic(room, topic, viewer) } };
      }),

    unsubscribe: (asker, topic) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const removed = await unsubscribe(room.pool, asker.platform, asker.channel, topic);
        if (removed)
          await writeAudit(
            room.pool,
            who(asker),
            'unsubscribe',
            { channel: asker.channel, topic },
            scopeOfAsker(asker),
          );
        return { ok: true, value: { removed } };
      }),

    subscriptions: (asker) =>
      answering(async () => ({ ok: true, value: await subscriptionsOf(room.pool, asker.platform, asker.channel) })),

    mute: (asker, topic, id, forMs) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const claim = claimSeenBy(room, id, scopeOfAsker(asker));
        if (claim === undefined || claim.topic !== topic) return refused(`No claim of this topic is called "${id}".`);
        if (!(forMs > 0) || forMs > MOST_MUTED_MS) return refused('A claim can be muted for up to 90 days.');
        const { platform, workspace, channel } = asker;
        const until = await muteClaim(room.pool, { platform, workspace, channel, claim: id, by: who(asker) }, forMs);
        const detail = { channel, claim: id, until: new Date(until).toISOString() };
        await writeAudit(room.pool, who(asker), 'mute', detail, scopeOfAsker(asker));
        return { ok: true, value: { until } };
      }),

    unmute: (asker, topic, id) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const viewer = scopeOfAsker(asker);
        const claim = claimSeenBy(room, id, viewer);
        if (claim === undefined || claim.topic !== topic) return refused(`No claim of this topic is called "${id}".`);
        const removed = await unmuteClaim(room.pool, asker.platform, asker.channel, id);
        if (removed) await writeAudit(room.pool, who(asker), 'unmute', { channel: asker.channel, claim: id }, viewer);
        // What is known by now is a courtesy: the mute is over either way.
        const why = await whyOfClaim(room, claim, undefined, viewer).catch(() => null);
        return { ok: true, value: { removed, why } };
      }),

    mutes: (asker) =>
      answering(async () => {
        const muted = await mutesIn(room.pool, asker.platform, asker.channel);
        const viewer = scopeOfAsker(asker);
        const value = muted.flatMap(({ claim: id, until }) => {
          const claim = claimSeenBy(room, id, viewer);
          return claim === undefined ? [] : [{ topic: claim.topic, claim: id, statement: claim.statement, until }];
        });
        return { ok: true, value };
      }),

    latest: (asker, topic) =>
      answering(async () => {
        const viewer = scopeOfAsker(asker);
        const seen = topicsSeenBy(room, viewer).find((candidate) => candidate.id === topic);
        if (seen === undefined) return refused(`No topic is called "${topic}".`);
        const found = await latestOf(
          room.pool,
          seen.claims.map((claim) => claim.id),
          viewer,
          LATEST,
        );
        return { ok: true, value: await latestView(room, seen, found, viewer) };
      }),

    log: (asker) =>
      answering(async () => {
        const found = await deliveryLog(room.pool, asker.platform, asker.channel, LOGGED);
        return { ok: true, value: logView(room, found) };
      }),

    picture: openPictures(room.log),

    heardFirst: (id) => hearFirst(room.pool, id),

    ...keptAnswers(room.clock),

    health: () => answering<HealthView>(async () => ({ ok: true, value: await healthOf(room) })),

    ...workspaceDesk(room, answering),
    ...moderationDesk(room, answering),

    allSubscriptions: (asker) =>
      answering(async () => ({ ok: true, value: await subscriptionsIn(room.pool, asker.platform, asker.workspace) })),
  };
}
