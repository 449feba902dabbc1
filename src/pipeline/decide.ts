/**
 * Decide: everything known about one claim -> its status; a change and its alerts commit together.
 *
 * What is final follows from the evidence rows themselves, so deciding twice, late, or in another order ends the same.
 */
import type { Claim, ClaimId } from '../core/claim.ts';
import { EVERYBODY, scopeOf, type Scope } from '../core/scope.ts';
import { decideReread, rowsAsDecided } from '../core/second-opinion.ts';
import type { StatusDecision } from '../core/status.ts';
import { iso, type NewsTime } from '../core/time.ts';
import { claimStates, lockClaim, overridesOf, recordCurrent, type ClaimState } from '../ledger/claims.ts';
import { addDecision, type DecidedView } from '../ledger/decisions.ts';
import { dateBack, evidenceOn, markConsidered, seenBy, type StoredEvidence } from '../ledger/evidence.ts';
import { forgetScope, recordScope, scopesOf } from '../ledger/scopes.ts';
import { subscribersOf } from '../ledger/subscriptions.ts';
import { transaction, type Tx } from '../ledger/sql.ts';
import { failpoint } from './failpoint.ts';
import { letCardsFollow, tellChange, tellOrigins, type Audience } from './fanout.ts';
import type { Newsroom } from './newsroom.ts';
import { alertView } from './views.ts';

/** Whether people should hear of a change, or it only puts right what a new claim, a first poll or a re-served archive brought. */
export function isNews(
  state: Pick<ClaimState, 'fresh' | 'current'>,
  evidence: readonly Pick<StoredEvidence, 'considered' | 'quiet'>[],
  decision: StatusDecision,
): boolean {
  if (state.fresh) return false;
  // A person decided or took a decision back: whatever was read meanwhile.
  if (decision.rule === 'override' || state.current?.rule === 'override') return true;
  const unconsidered = evidence.filter((row) => !row.considered);
  if (unconsidered.length > 0) return unconsidered.some((row) => !row.quiet);
  // Nothing new was read: time passed. Re-judging old text with new rules is not news.
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
  readonly scope: Scope;
  readonly state: Pick<ClaimState, 'status' | 'since' | 'current' | 'fresh'>;
  readonly decision: StatusDecision;
  readonly since: NewsTime | null;
  readonly changed: boolean;
  readonly announced: boolean;
  readonly evidence: readonly StoredEvidence[];
  readonly alerts: readonly string[];
}

/** Decides for one scope, from what it sees. */
async function decideFor(
  room: Newsroom,
  tx: Tx,
  claim: Claim,
  scope: Scope,
  state: Decided['state'],
  rows: readonly StoredEvidence[],
  now: NewsTime,
): Promise<Omit<Decided, 'alerts'>> {
  const seen = seenBy(rows, scope);
  const overrides = scope === EVERYBODY ? [] : await overridesOf(tx, claim.id, scope);
  const { decision, from } = decideReread(claim, seen, overrides, now, room.beat().policy);
  const evidence = rowsAsDecided(seen, from);
  const changed = decision.status !== state.status;
  const since = changed ? later(state.since, sinceOf(decision, evidence, claim.deadline)) : state.since;
  return { scope, state, decision, since, changed, announced: changed && isNews(state, evidence, decision), evidence };
}

/** Writes a change down and addresses it: whoever sees the claim in this scope hears of it, and nobody else. */
async function announce(
  room: Newsroom,
  tx: Tx,
  claim: Claim,
  decided: Omit<Decided, 'alerts'>,
  audience: Audience,
): Promise<string[]> {
  const { claims, topics } = room.beat();
  const { scope, state, decision, since, announced, evidence } = decided;
  await letCardsFollow(tx, claim, state.current, decision);
  const viewed = async (at: NewsTime): Promise<DecidedView> => {
    const topic = topics.find((candidate) => candidate.id === claim.topic);
    const states = await claimStates(tx);
    const from = { status: state.status, since: state.since };
    return alertView({ claim, topic, from, decision, since: at, evidence, claims, states, demo: room.demo });
  };
  if (!decided.changed || since === null) {
    if (state.fresh || !evidence.some((row) => !row.considered && !row.quiet)) return [];
    const view = (): Promise<DecidedView> => viewed(state.since ?? decision.at);
    return tellOrigins(room, tx, claim, { before: state.current, after: decision, view }, audience);
  }
  const { id, seq } = await addDecision(tx, {
    claim: claim.id,
    scope,
    from: state.status,
    decision,
    at: since,
    announced,
    view: await viewed(since),
  });
  if (!announced) return [];
  const { status: to } = decision;
  const change = { id, seq, claim: claim.id, topic: claim.topic, from: state.status, to, decision, since };
  return tellChange(room, tx, claim, change, audience);
}

/** All evidence on a claim, none of it from later than now. */
async function evidenceBy(tx: Tx, claim: ClaimId, now: NewsTime): Promise<StoredEvidence[]> {
  const rows = await evidenceOn(tx, claim);
  if (rows.every((row) => row.evidence.published <= now)) return rows;
  await dateBack(tx, claim, now);
  return evidenceOn(tx, claim);
}

/** One commit for the decisions and their alerts: a crash between the two would lose the alert or announce what never happened. */
async function decideOnce(room: Newsroom, claim: Claim): Promise<Decided[]> {
  return transaction(room.pool, async (tx) => {
    const state = await lockClaim(tx, claim.id);
    if (state === undefined) return [];
    const now = room.clock.news();
    const rows = await evidenceBy(tx, claim.id, now);
    const everybody = await decideFor(room, tx, claim, state.scope, state, rows, now);
    await recordCurrent(tx, state, everybody.decision, everybody.since);

    // A claim that a workspace tracks is seen there only; everybody's may be seen apart in some.
    const own = [...new Set(rows.map((row) => row.scope))].filter((scope) => scope !== EVERYBODY);
    const apart = state.scope === EVERYBODY ? await scopesOf(tx, claim.id, state, own) : [];
    const subscribers = await subscribersOf(tx, claim.topic);
    const decided: Decided[] = [];
    for (const seen of apart) {
      const one = await decideFor(room, tx, claim, seen.scope, { ...seen, fresh: state.fresh }, rows, now);
      const back = one.decision.rule !== 'override' && !own.includes(seen.scope);
      if (back) await forgetScope(tx, claim.id, seen.scope);
      else await recordScope(tx, claim.id, seen.scope, one.decision, one.since);
      const sees: Audience['sees'] = (channel) => scopeOf(channel) === seen.scope;
      const audience = { scope: seen.scope, subscribers: subscribers.filter(sees), sees };
      decided.push({ ...one, alerts: await announce(room, tx, claim, one, audience) });
    }
    const elsewhere = new Set(apart.map((seen) => seen.scope));
    const sees: Audience['sees'] = (channel) =>
      state.scope === EVERYBODY ? !elsewhere.has(scopeOf(channel)) : scopeOf(channel) === state.scope;
    const audience = { scope: state.scope, subscribers: subscribers.filter(sees), sees };
    decided.unshift({ ...everybody, alerts: await announce(room, tx, claim, everybody, audience) });
    await markConsidered(tx, claim.id);
    if (decided.some((one) => one.changed)) failpoint('decide.written');
    return decided;
  });
}

export async function decideClaim(room: Newsroom, id: ClaimId): Promise<void> {
  const claim = room.beat().claims.get(id);
  if (claim === undefined) return;
  for (const decided of await decideOnce(room, claim)) await tell(room, claim, decided);
}

/** Says in logs and lines what was decided, and wakes the deliverers. */
async function tell(room: Newsroom, claim: Claim, decided: Decided): Promise<void> {
  const { scope, state, decision, since, changed, announced, alerts } = decided;
  const evidence = decided.evidence.map((row) => row.evidence);
  const fresh = decided.evidence.filter((row) => !row.considered).map((row) => row.evidence);
  if (scope === EVERYBODY) room.observe?.({ claim, decision, changed, announced, fresh, evidence });
  if (!changed) {
    await wake(room, alerts);
    return;
  }

  failpoint('decide.committed');
  const side = decision.status === 'refuted' ? decision.refuting : decision.supporting;
  if (scope === EVERYBODY) {
    room.emit({
      type: 'status',
      claim: claim.id,
      status: decision.status,
      at: iso(since ?? decision.at),
      item: evidence.find((row) => row.id === decision.decisive)?.article ?? null,
      origins: side.map((origin) => origin.name),
    });
  }
  const fields = { from: state.status, to: decision.status, rule: decision.rule, announced, alerts: alerts.length };
  const where = scope === EVERYBODY ? {} : { scope };
  room.log.info({ step: 'decide', claim: claim.id, ...where, ...fields }, decision.because);
  await wake(room, alerts);
  failpoint('decide.enqueued');
}

async function wake(room: Newsroom, alerts: readonly string[]): Promise<void> {
  for (const alertId of alerts) await room.queues.enqueue('deliver', { alertId }, { jobId: `deliver-${alertId}-0` });
}
