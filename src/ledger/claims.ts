/**
 * Claims with their versions, and what was last decided on each.
 */
import type { Claim, ClaimId } from '../core/claim.ts';
import type { Scope } from '../core/scope.ts';
import type { Override, Status, StatusDecision } from '../core/status.ts';
import { iso, type NewsTime } from '../core/time.ts';
import { newsTimeOf, one, rows, type Db } from './sql.ts';

export interface ClaimState {
  readonly id: ClaimId;
  readonly status: Status;
  readonly since: NewsTime | null;
  readonly current: StatusDecision | null;
  readonly fresh: boolean;
  readonly dirty: string;
  /** Whose claim it is: everybody's, or tracked by one workspace. */
  readonly scope: Scope;
}

interface StateRow {
  id: string;
  status: Status;
  since: Date | null;
  current: StatusDecision | null;
  fresh: boolean;
  dirty: string;
  scope: Scope;
}

const STATE = 'id, status, since, current, fresh, dirty::text, scope';
const fromRow = (row: StateRow): ClaimState => ({ ...row, since: row.since && newsTimeOf(row.since) });

/** Makes the ledger's claims those of the configuration. New or edited ones are `fresh`: decided once without an announcement. */
export async function syncClaims(db: Db, claims: readonly Claim[]): Promise<{ changed: ClaimId[] }> {
  const changed: ClaimId[] = [];
  for (const claim of claims) {
    const definition = JSON.stringify(claim);
    const row = await one<{ version: number }>(
      db,
      `insert into claims (id, topic, version, definition, deadline) values ($1, $2, 1, $3, $4)
       on conflict (id) do update set topic = excluded.topic, definition = excluded.definition, deadline = excluded.deadline, active = true,
         version = claims.version + 1, version_at = now(), fresh = true, dirty = claims.dirty + 1
       where claims.definition is distinct from excluded.definition or not claims.active returning version`,
      [claim.id, claim.topic, definition, claim.deadline === null ? null : iso(claim.deadline)],
    );
    if (row === undefined) continue;
    changed.push(claim.id);
    await db.query(
      'insert into claim_versions (claim, version, definition) values ($1, $2, $3) on conflict do nothing',
      [claim.id, row.version, definition],
    );
  }
  await db.query(`update claims set active = false where added_by = 'config' and active and not (id = any($1))`, [
    claims.map((claim) => claim.id),
  ]);
  return { changed };
}

/** Nothing was ever put in force here. */
export async function isUnused(db: Db): Promise<boolean> {
  return (await one(db, 'select 1 from claims limit 1')) === undefined;
}

/** The claim's state under its row lock: one decider at a time, in every process. */
export async function lockClaim(tx: Db, id: ClaimId): Promise<ClaimState | undefined> {
  const row = await one<StateRow>(tx, `select ${STATE} from claims where id = $1 and active for update`, [id]);
  return row && fromRow(row);
}

export async function claimStates(db: Db): Promise<Map<ClaimId, ClaimState>> {
  return new Map(
    (await rows<StateRow>(db, `select ${STATE} from claims where active`)).map((row) => [row.id, fromRow(row)]),
  );
}

/** Says that evidence, overrides or the definition changed; deciding clears it. Returns each claim's new count, which names its decide job. */
export async function markDirty(tx: Db, ids: readonly ClaimId[]): Promise<{ id: ClaimId; dirty: string }[]> {
  // Locked in id order: two judges touching the same claims must not wait for each other in a ring.
  await tx.query('select 1 from claims where id = any($1) order by id for update', [[...ids]]);
  return rows(tx, 'update claims set dirty = dirty + 1 where id = any($1) returning id, dirty::text', [[...ids]]);
}

/** Claims whose decision is behind their evidence, or whose deadline has passed on the news clock since they were decided. */
export async function undecidedClaims(db: Db, now: NewsTime): Promise<{ id: ClaimId; dirty: string }[]> {
  return rows(
    db,
    `select id, dirty::text from claims where active and (decided < dirty or (deadline is not null and deadline <= $1 and (decided_as_of is null or decided_as_of < deadline))) order by id`,
    [iso(now)],
  );
}

export async function recordCurrent(
  tx: Db,
  state: ClaimState,
  decision: StatusDecision,
  since: NewsTime | null,
): Promise<void> {
  await tx.query(
    'update claims set status = $2, since = $3, current = $4, fresh = false, decided = greatest(decided, $5::bigint), decided_as_of = $6 where id = $1',
    [
      state.id,
      decision.status,
      since === null ? null : iso(since),
      JSON.stringify(decision),
      state.dirty,
      iso(decision.at),
    ],
  );
}

/** Overrides that one workspace made on a claim; reverted ones included, for what was so as of a time. */
export async function overridesOf(db: Db, claim: ClaimId, scope: Scope): Promise<Override[]> {
  const found = await rows<{
    id: string;
    status: Status;
    because: string;
    made_by: string;
    at: Date;
    reverted: Date | null;
  }>(
    db,
    'select id::text, status, because, made_by, at, reverted from overrides where claim = $1 and workspace = $2 order by at, id',
    [claim, scope],
  );
  return found.map((row) => ({
    id: row.id,
    status: row.status,
    because: row.because,
    by: row.made_by,
    at: newsTimeOf(row.at),
    revertedAt: row.reverted && newsTimeOf(row.reverted),
  }));
}
