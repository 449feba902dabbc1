/**
 * Overrides: what a person decided about a claim, for one workspace, until it is taken back.
 */
import type { ClaimId } from '../core/claim.ts';
import type { Scope } from '../core/scope.ts';
import type { Status } from '../core/status.ts';
import { iso, type NewsTime } from '../core/time.ts';
import { rows, type Db } from './sql.ts';

/** A new override takes the place of the workspace's earlier one. */
export async function addOverride(
  tx: Db,
  made: {
    readonly claim: ClaimId;
    readonly scope: Scope;
    readonly status: Status;
    readonly because: string;
    readonly by: string;
    readonly at: NewsTime;
  },
): Promise<void> {
  await revertOverrides(tx, made.claim, made.scope, made.at);
  await tx.query(
    'insert into overrides (claim, workspace, status, because, made_by, at) values ($1, $2, $3, $4, $5, $6)',
    [made.claim, made.scope, made.status, made.because, made.by, iso(made.at)],
  );
}

/** How many were in force. */
export async function revertOverrides(tx: Db, claim: ClaimId, scope: Scope, at: NewsTime): Promise<number> {
  const done = await rows(
    tx,
    'update overrides set reverted = $3 where claim = $1 and workspace = $2 and reverted is null returning id',
    [claim, scope, iso(at)],
  );
  return done.length;
}
