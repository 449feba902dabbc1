/**
 * Decide: everything known about one claim -> its status; a change and its alerts commit together.
 *
 * What is final follows from the evidence rows themselves, so deciding twice, late, or in another order ends the same.
 */
import { hears } from '../core/alert.ts';
import type { Claim, ClaimId } from '../core/claim.ts';
import { decide, type StatusDecision } from '../core/status.ts';
import { iso, type NewsTime } from '../core/time.ts';
import { claimStates, lockClaim, overridesOf, recordCurrent, type ClaimState } from '../ledger/claims.ts';
import { addDecision } from '../ledger/decisions.ts';
import { evidenceOn, markConsidered, type StoredEvidence } from '../ledger/evidence.ts';
import { addAlerts } from '../ledger/outbox.ts';
import { subscribersOf } from '../ledger/subscriptions.ts';
import { transaction } from '../ledger/sql.ts';
import { failpoint } from './failpoint.ts';
import type { Newsroom } from './newsroom.ts';
import { alertView } from './views.ts';

/** Whether people should hear of a change, or it only puts right what a new claim, a first poll or a re-served archive brought. */
export function isNews(
  state: Pick<ClaimState, 'fresh'>,
  evidence: readonly Pick<StoredEvidence, 'considered' | 'quiet'>[],
  decision: StatusDecision,
): boolean {
  if (state.fresh) return false;
  const unconsidered = evidence.filter((row) => !row.considered);
  if (unconsidered.length > 0) return unconsidered.some((row) => !row.quiet);
  // Nothing new was read: time passed or a person decided. Re-judging old text with new rules is not news.
  return decision.decisive === null;
}

/** Since when the claim has this status in news time: the words that decided it, the deadline that passed, or now. */
function sinceOf(decision: StatusDecision, evidence: readonly StoredEvidence[], deadline: NewsTime | null): NewsTime {
  const decisive = evidence.find((row) => row.evidence.id === decision.decisive);
  if (decisive !== undefined && decisive.evidence.published <= decision.at) return decisive.evidence.published;
  if (decision.status === 'expired' && deadline !== null && deadline <= decision.at) return deadline;
  return decision.at;
}

/** A status never begins before the one it follows: words may reach us long after they were published. */
function later(before: NewsTime | null, since: NewsTime): NewsTime {
  return before !== null && before > since ? before : since;
}

interface Decided {
  readonly state: ClaimState;
  readonly decision: StatusDecision;
  readonly since: NewsTime | null;
  readonly changed: boolean;
  readonly announced: boolean;
  readonly evidence: readonly StoredEvidence[];
  readonly alerts: readonly string[];
}

/** One commit for the decision and its alerts: a crash between the two would lose the alert or announce what never happened. */
async function decideOnce(room: Newsroom, claim: Claim): Promise<Decided | undefined> {
  const { claims, policy, topics } = room.beat();
  return transaction(room.pool, async (tx) => {
    const state = await lockClaim(tx, claim.id);
    if (state === undefined) return undefined;
    const evidence = await evidenceOn(tx, claim.id);
    const known = evidence.map((row) => row.evidence);
    const decision = decide(claim, known, await overridesOf(tx, claim.id), room.clock.news(), policy);
    const changed = decision.status !== state.status;
    const since = changed ? later(state.since, sinceOf(decision, evidence, claim.deadline)) : state.since;
    const announced = changed && isNews(state, evidence, decision);
    await recordCurrent(tx, state, decision, since);
    await markConsidered(tx, claim.id);
    const decided = { state, decision, since, changed, announced, evidence };
    if (!changed || since === null) return { ...decided, alerts: [] };

    const from = { status: state.status, since: state.since };
    const topic = topics.find((candidate) => candidate.id === claim.topic);
    const states = await claimStates(tx);
    const view = alertView({ claim, topic, from, decision, since, evidence, claims, states, demo: room.demo });
    const { id, seq } = await addDecision(tx, {
      claim: claim.id,
      from: state.status,
      decision,
      at: since,
      announced,
      view,
    });
    const transition = { id, claim: claim.id, topic: claim.topic, from: state.status, to: decision.status };
    const subscribers = announced ? await subscribersOf(tx, claim.topic) : [];
    const hearing = subscribers.filter((sub) => hears(sub.level, transition));
    const alerts = await addAlerts(tx, { ledger: room.ledger, id, claim: claim.id, seq }, hearing);
    failpoint('decide.written');
    return { ...decided, alerts };
  });
}

export async function decideClaim(room: Newsroom, id: ClaimId): Promise<void> {
  const claim = room.beat().claims.get(id);
  const decided = claim && (await decideOnce(room, claim));
  if (claim === undefined || decided === undefined) return;
  const { state, decision, since, changed, announced, alerts } = decided;
  const evidence = decided.evidence.map((row) => row.evidence);
  const fresh = decided.evidence.filter((row) => !row.considered).map((row) => row.evidence);
  room.observe?.({ claim, decision, changed, announced, fresh, evidence });
  if (!changed) return;

  failpoint('decide.committed');
  const side = decision.status === 'refuted' ? decision.refuting : decision.supporting;
  room.emit({
    type: 'status',
    claim: id,
    status: decision.status,
    at: iso(since ?? decision.at),
    item: evidence.find((row) => row.id === decision.decisive)?.article ?? null,
    origins: side.map((origin) => origin.name),
  });
  const fields = { from: state.status, to: decision.status, rule: decision.rule, announced, alerts: alerts.length };
  room.log.info({ step: 'decide', claim: id, ...fields }, decision.because);
  for (const alertId of alerts) await room.queues.enqueue('deliver', { alertId }, { jobId: `deliver-${alertId}-0` });
  failpoint('decide.enqueued');
}
