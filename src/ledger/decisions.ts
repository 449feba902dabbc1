/**
 * Decisions: every status change with its rule, its evidence and the words it was announced in.
 */
import type { ClaimId } from '../core/claim.ts';
import { EVERYBODY, type Scope } from '../core/scope.ts';
import type { Status, StatusDecision } from '../core/status.ts';
import { iso, type NewsTime } from '../core/time.ts';
import type { AlertView } from '../core/view.ts';
import { newsTimeOf, one, rows, type Db } from './sql.ts';

export interface DecisionRow {
  readonly id: string;
  readonly claim: ClaimId;
  readonly seq: number;
  readonly from: Status;
  readonly to: Status;
  readonly rule: string;
  readonly because: string;
  readonly at: NewsTime;
  readonly announced: boolean;
  readonly decision: StatusDecision;
}

/** What an alert says, less what differs by channel (key) and by moment (postedAt, possibleRepeat). */
export type DecidedView = Omit<AlertView, 'key' | 'postedAt' | 'possibleRepeat'>;

/** Run in the transaction that holds the claim's row lock: seq is then gapless per claim and scope. */
export async function addDecision(
  tx: Db,
  row: {
    claim: ClaimId;
    scope: Scope;
    from: Status;
    decision: StatusDecision;
    at: NewsTime;
    announced: boolean;
    view: DecidedView;
  },
): Promise<{ id: string; seq: number }> {
  const added = await one<{ id: string; seq: number }>(
    tx,
    `insert into decisions (claim, scope, seq, from_status, to_status, rule, because, at, announced, decision, view)
     select $1, $10, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9 from decisions where claim = $1 and scope = $10 returning id::text, seq`,
    [
      row.claim,
      row.from,
      row.decision.status,
      row.decision.rule,
      row.decision.because,
      iso(row.at),
      row.announced,
      JSON.stringify(row.decision),
      JSON.stringify(row.view),
      row.scope,
    ],
  );
  if (added === undefined) throw new Error('insert returned no decision');
  return added;
}

/**
 * How the claim came to where it is, as seen in `viewer`: changes of its own scope and of everybody's, each beginning
 * where the one before it ended. What everybody was told while the workspace had its own decision is left out.
 */
export async function decisionsOn(db: Db, claim: ClaimId, viewer: Scope = EVERYBODY): Promise<DecisionRow[]> {
  const found = await rows<{
    id: string;
    claim: string;
    seq: number;
    from_status: Status;
    to_status: Status;
    rule: string;
    because: string;
    at: Date;
    announced: boolean;
    decision: StatusDecision;
  }>(
    db,
    `select id::text, claim, seq, from_status, to_status, rule, because, at, announced, decision from decisions
     where claim = $1 and scope = any($2) order by id`,
    [claim, [EVERYBODY, viewer]],
  );
  const changes: DecisionRow[] = [];
  for (const { from_status: from, to_status: to, at, ...row } of found) {
    const last = changes.at(-1)?.to ?? from;
    if (viewer === EVERYBODY || from === last) changes.push({ ...row, from, to, at: newsTimeOf(at) });
  }
  return changes;
}

/** Every change there was, in news order. */
export async function allDecisions(db: Db): Promise<{ claim: ClaimId; to: Status; at: NewsTime; because: string }[]> {
  const found = await rows<{ claim: string; to: Status; at: Date; because: string }>(
    db,
    `select claim, to_status as to, at, because from decisions where scope = '' order by at, id`,
  );
  return found.map((row) => ({ ...row, at: newsTimeOf(row.at) }));
}

/** The latest changes of all claims, newest first, with the words they were decided in. */
export async function recentDecisions(
  db: Db,
  limit: number,
): Promise<{ id: string; at: NewsTime; view: DecidedView }[]> {
  const found = await rows<{ id: string; at: Date; view: DecidedView }>(
    db,
    `select id::text, at, view from decisions where scope = '' order by at desc, id desc limit $1`,
    [limit],
  );
  return found.map((row) => ({ ...row, at: newsTimeOf(row.at) }));
}

/** The words of the latest announced change of a claim, as seen in one scope; null before the first. */
export async function latestView(db: Db, claim: ClaimId, viewer: Scope): Promise<DecidedView | null> {
  const row = await one<{ view: DecidedView }>(
    db,
    `select view from decisions where claim = $1 and scope = any($2) and announced order by id desc limit 1`,
    [claim, [EVERYBODY, viewer]],
  );
  return row?.view ?? null;
}

/** Announced changes of these claims decided within [from, until) (wall ms), as seen in one scope, oldest first. */
export async function viewsDecidedBetween(
  db: Db,
  claims: readonly ClaimId[],
  viewer: Scope,
  from: number,
  until: number,
): Promise<DecidedView[]> {
  const found = await rows<{ view: DecidedView }>(
    db,
    `select view from decisions where claim = any($1) and scope = any($2) and announced and decided_at >= $3 and decided_at < $4 order by id`,
    [[...claims], [EVERYBODY, viewer], new Date(from), new Date(until)],
  );
  return found.map((row) => row.view);
}
