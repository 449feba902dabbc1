/**
 * The desk: what commands and the board may ask, answered from the ledger. It keeps the last good status of each topic
 * in memory, so that a stalled database still gets an honest, dated answer within the platforms' three seconds.
 */
import type { Asker, Desk, DeskAnswer, HealthView } from '../chat/platform.ts';
import type { Claim, ClaimId, Topic } from '../core/claim.ts';
import { EVERYBODY, scopeOf, seenIn, type Scope } from '../core/scope.ts';
import { checkOptions } from '../core/options.ts';
import { decide } from '../core/status.ts';
import { newsTime, type NewsTime } from '../core/time.ts';
import type { StatusView, WhyView } from '../core/view.ts';
import { claimStates, overridesOf } from '../ledger/claims.ts';
import { decisionsOn } from '../ledger/decisions.ts';
import { evidenceOn, seenBy } from '../ledger/evidence.ts';
import { scopedStates } from '../ledger/scopes.ts';
import { feedHealth } from '../ledger/feeds.ts';
import { writeAudit } from '../ledger/meta.ts';
import { subscribe, subscriptionsOf, unsubscribe } from '../ledger/subscriptions.ts';
import { healthOf } from './health.ts';
import type { Newsroom } from './newsroom.ts';
import { blankDecision, claimView, whyView } from './views.ts';

const MAY_NOT = 'Only people who may manage this channel can change what it subscribes to.';

/** The configuration's topics; for a workspace with the claims that it tracks, after them. */
export function topicsSeenBy(room: Newsroom, viewer: Scope): readonly Topic[] {
  const { topics, claims, tracked } = room.beat();
  if (viewer === EVERYBODY || tracked.size === 0) return topics;
  const own = [...tracked].flatMap(([id, scope]) => (scope === viewer ? (claims.get(id) ?? []) : []));
  return topics.map((topic) => ({
    ...topic,
    claims: [...topic.claims, ...own.filter((claim) => claim.topic === topic.id)],
  }));
}

/** The claim, unless another workspace tracks it: those are not there. */
export function claimSeenBy(room: Newsroom, id: ClaimId, viewer: Scope): Claim | undefined {
  const { claims, tracked } = room.beat();
  return seenIn(tracked.get(id) ?? EVERYBODY, viewer) ? claims.get(id) : undefined;
}

export async function statusOfTopic(
  room: Newsroom,
  topicId: string,
  viewer: Scope = EVERYBODY,
): Promise<StatusView | null> {
  const topic = topicsSeenBy(room, viewer).find((candidate) => candidate.id === topicId);
  if (topic === undefined) return null;
  const [states, apart, health] = await Promise.all([
    claimStates(room.pool),
    scopedStates(room.pool, viewer),
    feedHealth(room.pool),
  ]);
  const now = room.clock.news();
  const claims = await Promise.all(
    topic.claims.map(async (claim) => {
      const state = apart.get(claim.id) ?? states.get(claim.id);
      return claimView(
        claim,
        state?.current ?? blankDecision(claim, now),
        state?.since ?? null,
        seenBy(await evidenceOn(room.pool, claim.id), viewer),
        room.demo,
      );
    }),
  );
  const lastOk = health.lastOk;
  return {
    topic: topic.id,
    title: topic.title,
    // The demo's news clock runs at its own speed: there "checked" is now.
    checked: lastOk === null ? null : room.demo ? now : newsTime(lastOk.getTime()),
    feedsAnswering: health.answering,
    feeds: health.feeds,
    claims,
    demo: room.demo,
    now,
  };
}

/** The claim as decided now, or as it would have been decided from what was published up to `asOf`. */
export async function whyOfClaim(
  room: Newsroom,
  claim: Claim,
  asOf?: NewsTime,
  viewer: Scope = EVERYBODY,
): Promise<WhyView> {
  const rows = seenBy(await evidenceOn(room.pool, claim.id, asOf), viewer);
  const [states, apart, transitions, overrides] = await Promise.all([
    claimStates(room.pool),
    scopedStates(room.pool, viewer),
    decisionsOn(room.pool, claim.id, viewer),
    viewer === EVERYBODY ? [] : overridesOf(room.pool, claim.id, viewer),
  ]);
  const state = apart.get(claim.id) ?? states.get(claim.id);
  const until = asOf ?? room.clock.news();
  const decision = decide(
    claim,
    rows.map((row) => row.evidence),
    overrides,
    until,
    room.beat().policy,
  );
  const past = transitions.filter((row) => row.at <= until);
  const since = asOf === undefined ? (state?.since ?? null) : (past.at(-1)?.at ?? null);
  return whyView(claim, decision, since, rows, past, room.demo);
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer in time')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Status answers kept for a stalled database, of all workspaces together. */
const REMEMBERED_STATUSES = 500;

/** Leaves time for the answer itself within the platforms' 3 s. */
const ANSWER_MS = 2000;

export function openDesk(room: Newsroom): Desk {
  const lastGood = new Map<string, StatusView>();
  const answering = async <T>(work: () => Promise<DeskAnswer<T>>): Promise<DeskAnswer<T>> => {
    try {
      return await within(ANSWER_MS, work());
    } catch (error) {
      room.log.error({ step: 'desk', err: error }, 'a command could not be answered');
      return {
        ok: false,
        message: 'The database is not answering right now. Nothing is lost; please ask again in a moment.',
      };
    }
  };
  return {
    topics: (asker) =>
      topicsSeenBy(room, asker === undefined ? EVERYBODY : scopeOf(asker)).map((topic) => ({
        id: topic.id,
        title: topic.title,
        claims: topic.claims.map(({ id, statement }) => ({ id, statement })),
      })),

    async status(topic, asker) {
      const viewer = asker === undefined ? EVERYBODY : scopeOf(asker);
      const key = `${viewer} ${topic}`;
      const answer = await answering<StatusView>(async () => {
        const view = await statusOfTopic(room, topic, viewer);
        return view === null ? { ok: false, message: `No topic is called "${topic}".` } : { ok: true, value: view };
      });
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
        const viewer = asker === undefined ? EVERYBODY : scopeOf(asker);
        const claim = claimSeenBy(room, id, viewer);
        if (claim === undefined || claim.topic !== topic)
          return { ok: false, message: `No claim of this topic is called "${id}".` };
        return { ok: true, value: await whyOfClaim(room, claim, undefined, viewer) };
      }),

    subscribe: (asker, topic, level, chosen = {}) =>
      answering(async () => {
        if (!asker.mayManage) return { ok: false, message: MAY_NOT };
        if (!room.beat().topics.some((candidate) => candidate.id === topic))
          return { ok: false, message: `No topic is called "${topic}".` };
        const checked = checkOptions(chosen, asker.platform);
        if (!checked.ok) return { ok: false, message: checked.problem };
        const place = { platform: asker.platform, workspace: asker.workspace, channel: asker.channel };
        const wanted = { ...place, topic, level, options: checked.options };
        const { created, options } = await subscribe(room.pool, wanted, who(asker));
        await writeAudit(room.pool, who(asker), 'subscribe', {
          channel: asker.channel,
          topic,
          level,
          ...checked.options,
        });
        return {
          ok: true,
          value: { created, level, options, state: await statusOfTopic(room, topic, scopeOf(asker)) },
        };
      }),

    unsubscribe: (asker, topic) =>
      answering(async () => {
        if (!asker.mayManage) return { ok: false, message: MAY_NOT };
        const removed = await unsubscribe(room.pool, asker.platform, asker.channel, topic);
        if (removed) await writeAudit(room.pool, who(asker), 'unsubscribe', { channel: asker.channel, topic });
        return { ok: true, value: { removed } };
      }),

    health: () => answering<HealthView>(async () => ({ ok: true, value: await healthOf(room) })),

    subscriptions: (asker) =>
      answering(async () => ({ ok: true, value: await subscriptionsOf(room.pool, asker.platform, asker.channel) })),
  };
}

function who(asker: Asker): string {
  return `${asker.platform}:${asker.workspace}:${asker.user}`;
}
