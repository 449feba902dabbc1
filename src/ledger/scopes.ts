/**
 * Claims as single workspaces see them: only those that overrode a claim or hold evidence of their own on it have a
 * status apart from everybody's.
 */
import type { ClaimId } from '../core/claim.ts';
import { EVERYBODY, type Scope } from '../core/scope.ts';
import type { Status, StatusDecision } from '../core/status.ts';
import { iso, type NewsTime } from '../core/time.ts';
import { newsTimeOf, rows, type Db } from './sql.ts';

export interface ScopedState {
  readonly scope: Scope;
  readonly status: Status;
  readonly since: NewsTime | null;
  readonly current: StatusDecision | null;
  /** False when it is only about to be seen apart: until now it was told what everybody was told. */
  readonly apart: boolean;
}

/**
 * The workspaces to decide for by themselves, from the rows they have and from what sets them apart now. Those without a
 * row begin where everybody is. Run under the claim's row lock.
 */
export async function scopesOf(
  tx: Db,
  claim: ClaimId,
  everybody: Pick<ScopedState, 'status' | 'since' | 'current'>,
  withEvidence: readonly Scope[],
): Promise<ScopedState[]> {
  const found = await rows<{
    scope: Scope;
    status: Status | null;
    since: Date | null;
    current: StatusDecision | null;
  }>(
    tx,
    `select w.scope, s.status, s.since, s.current
     from (
       select scope from claim_scopes where claim = $1
       union select workspace from overrides where claim = $1 and reverted is null
       union select unnest($2::text[])
     ) w left join claim_scopes s on s.claim = $1 and s.scope = w.scope
     where w.scope <> '' order by w.scope`,
    [claim, [...withEvidence]],
  );
  return found.map((row) =>
    row.status === null
      ? { ...everybody, scope: row.scope, apart: false }
      : {
          scope: row.scope,
          status: row.status,
          since: row.since && newsTimeOf(row.since),
          current: row.current,
          apart: true,
        },
  );
}

export async function recordScope(
  tx: Db,
  claim: ClaimId,
  scope: Scope,
  decision: StatusDecision,
  since: NewsTime | null,
): Promise<void> {
  await tx.query(
    `insert into claim_scopes (claim, scope, status, since, current) values ($1, $2, $3, $4, $5)
     on conflict (claim, scope) do update set status = excluded.status, since = excluded.since, current = excluded.current`,
    [claim, scope, decision.status, since === null ? null : iso(since), JSON.stringify(decision)],
  );
}

/** The workspace sees again what everybody sees. */
export async function forgetScope(tx: Db, claim: ClaimId, scope: Scope): Promise<void> {
  await tx.query('delete from claim_scopes where claim = $1 and scope = $2', [claim, scope]);
}

/** What one workspace sees differently, by claim. */
export async function scopedStates(
  db: Db,
  scope: Scope,
): Promise<Map<ClaimId, Pick<ScopedState, 'status' | 'since' | 'current'>>> {
  if (scope === EVERYBODY) return new Map();
  const found = await rows<{ claim: ClaimId; status: Status; since: Date | null; current: StatusDecision | null }>(
    db,
    'select claim, status, since, current from claim_scopes where scope = $1',
    [scope],
  );
  return new Map(
    found.map(({ claim, since, ...row }) => [claim, { ...row, since: since === null ? null : newsTimeOf(since) }]),
  );
}
