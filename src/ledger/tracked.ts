/**
 * Claims that workspaces track: written in chat, kept here, seen only where they were written.
 */
import type { Claim } from '../core/claim.ts';
import type { Scope } from '../core/scope.ts';
import { iso } from '../core/time.ts';
import { one, rows, type Db } from './sql.ts';

export interface TrackedClaim {
  readonly scope: Scope;
  readonly claim: Claim;
}

/** All of them, of every workspace that is still there, in the order they were added. */
export async function trackedClaims(db: Db): Promise<TrackedClaim[]> {
  const found = await rows<{ scope: Scope; definition: Claim }>(
    db,
    `select scope, definition from claims where active and scope <> '' order by version_at, id`,
  );
  return found.map((row) => ({ scope: row.scope, claim: row.definition }));
}

/** Changes whenever a workspace adds or drops a claim: what a process compares to know that its list is old. */
export async function trackedMark(db: Db): Promise<string> {
  const row = await one<{ mark: string }>(
    db,
    `select coalesce(md5(string_agg(id || ':' || version::text, ',' order by id)), '') as mark from claims where active and scope <> ''`,
  );
  return row?.mark ?? '';
}

/** Adds a claim to a workspace; `fresh`, so that what is stored already is decided on in silence. */
export async function addTracked(tx: Db, scope: Scope, claim: Claim, by: string): Promise<void> {
  const definition = JSON.stringify(claim);
  await tx.query(
    `insert into claims (id, topic, added_by, version, definition, deadline, scope) values ($1, $2, $3, 1, $4, $5, $6)
     on conflict (id) do update set active = true, added_by = excluded.added_by, version = claims.version + 1, version_at = now(),
       definition = excluded.definition, deadline = excluded.deadline, fresh = true, dirty = claims.dirty + 1
     where claims.scope = excluded.scope and not claims.active`,
    [claim.id, claim.topic, by, definition, claim.deadline === null ? null : iso(claim.deadline), scope],
  );
  await tx.query(
    'insert into claim_versions (claim, version, definition) select id, version, definition from claims where id = $1 on conflict do nothing',
    [claim.id],
  );
}
