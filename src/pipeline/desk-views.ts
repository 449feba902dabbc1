/**
 * What people see of claims, as their workspace sees it: the board of a topic, and why a claim has its status.
 */
import type { Claim, ClaimId, Topic } from '../core/claim.ts';
import { EVERYBODY, seenIn, type Scope } from '../core/scope.ts';
import { decideReread, rowsAsDecided } from '../core/second-opinion.ts';
import type { SourceId } from '../core/source.ts';
import { newsTime, wallTime, type NewsTime } from '../core/time.ts';
import { recordInWords, trackRecords, type TrackRecord } from '../core/track-record.ts';
import type { DeliveryLogView, LatestView, StatusView, WhyView } from '../core/view.ts';
import { claimStates, overridesOf, type ClaimState } from '../ledger/claims.ts';
import { decisionsOn } from '../ledger/decisions.ts';
import type { DeliveryLog } from '../ledger/delivery-log.ts';
import { evidenceOn, evidenceOnAll, seenBy } from '../ledger/evidence.ts';
import { feedHealth } from '../ledger/feeds.ts';
import type { LatestPage } from '../ledger/latest.ts';
import { scopedStates } from '../ledger/scopes.ts';
import type { Newsroom } from './newsroom.ts';
import { blankDecision, claimView, whyView } from './views.ts';

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
  const ids = topic.claims.map((claim) => claim.id);
  const [states, apart, health, evidence] = await Promise.all([
    claimStates(room.pool),
    scopedStates(room.pool, viewer),
    feedHealth(room.pool),
    evidenceOnAll(room.pool, ids),
  ]);
  const now = room.clock.news();
  const claims = topic.claims.map((claim) => {
    const state = apart.get(claim.id) ?? states.get(claim.id);
    const seen = seenBy(evidence.get(claim.id) ?? [], viewer);
    return claimView(claim, state?.current ?? blankDecision(claim, now), state?.since ?? null, seen, room.demo);
  });
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
  const seen = seenBy(await evidenceOn(room.pool, claim.id, asOf), viewer);
  const [states, apart, transitions, overrides] = await Promise.all([
    claimStates(room.pool),
    scopedStates(room.pool, viewer),
    decisionsOn(room.pool, claim.id, viewer),
    viewer === EVERYBODY ? [] : overridesOf(room.pool, claim.id, viewer),
  ]);
  const state = apart.get(claim.id) ?? states.get(claim.id);
  const until = asOf ?? room.clock.news();
  const { decision, from } = decideReread(claim, seen, overrides, until, room.beat().policy);
  const rows = rowsAsDecided(seen, from);
  const past = transitions.filter((row) => row.at <= until);
  const since = asOf === undefined ? (state?.since ?? null) : (past.at(-1)?.at ?? null);
  // What became of the other claims later was not known then.
  const records = asOf === undefined ? recordWords(states.values(), viewer) : undefined;
  return whyView(claim, decision, since, rows, past, room.demo, records);
}

/** How origins did on the claims that the viewer may see. */
export function trackRecordsOf(states: Iterable<ClaimState>, viewer: Scope): TrackRecord[] {
  const seen = [...states].filter((state) => seenIn(state.scope, viewer));
  return trackRecords(seen.map(({ status, current }) => ({ status, supporting: current?.supporting ?? [] })));
}

/** One claim is the one that is looked at: a record begins with two. */
function recordWords(states: Iterable<ClaimState>, viewer: Scope): ReadonlyMap<SourceId, string> {
  const records = trackRecordsOf(states, viewer).filter((record) => record.first > 1);
  return new Map(records.map((record) => [record.source, recordInWords(record)]));
}

/** Pages with what each adds: whether it brought an origin, repeats one, or moves nothing. */
export async function latestView(
  room: Newsroom,
  topic: Topic,
  pages: readonly LatestPage[],
  viewer: Scope,
): Promise<LatestView> {
  const statements = new Map(topic.claims.map((claim) => [claim.id, claim.statement]));
  const [states, apart] = await Promise.all([claimStates(room.pool), scopedStates(room.pool, viewer)]);
  const origins = new Set<string>();
  const echoes = new Set<string>();
  for (const { id } of topic.claims) {
    const current = (apart.get(id) ?? states.get(id))?.current;
    for (const origin of [...(current?.supporting ?? []), ...(current?.refuting ?? [])]) {
      origins.add(origin.evidence);
      for (const echo of origin.echoes) echoes.add(echo);
    }
  }
  return {
    topic: topic.id,
    title: topic.title,
    demo: room.demo,
    items: pages.map((page) => {
      const [first] = page.evidence;
      const sided = page.evidence.filter((row) => row.judgement.stance !== 'discusses');
      const role = page.evidence.some((row) => origins.has(row.id))
        ? 'origin'
        : page.evidence.some((row) => echoes.has(row.id))
          ? 'echo'
          : sided.length === 0
            ? 'no side'
            : 'not counted';
      return {
        title: page.title,
        publisher: page.publisher,
        url: page.listed && /^https?:\/\//.test(page.url) ? page.url : null,
        published: page.published,
        claims: page.evidence.flatMap((row) => statements.get(row.claim) ?? []),
        role,
        chain: (first?.judgement.chain ?? []).map((hop) => hop.name),
      };
    }),
  };
}

/** The log in words; a row that waits for approval says so. */
export function logView(room: Newsroom, log: DeliveryLog): DeliveryLogView {
  return {
    rows: log.rows.map((row) => ({
      at: wallTime(row.at.getTime()),
      kind: row.kind,
      claim: row.claim === '' ? null : (room.beat().claims.get(row.claim)?.statement ?? row.claim),
      to: row.to,
      outcome: row.approval === 'waiting' && row.state === 'pending' ? 'waits for approval' : row.state,
      attempts: row.attempts,
      reason: row.reason,
      possibleRepeat: row.possibleRepeat,
    })),
    waiting: log.waiting,
    held: log.held,
  };
}
