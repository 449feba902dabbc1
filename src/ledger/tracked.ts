/**
 * Claims that workspaces track: written in chat, kept here, seen only where they were written.
 */
import type { Claim, ClaimId, TopicId } from '../core/claim.ts';
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

export async function saveDraft(
  db: Db,
  draft: { readonly scope: Scope; readonly topic: TopicId; readonly definition: Claim; readonly by: string },
): Promise<string> {
  // Nobody asks for a draft of yesterday any more.
  await db.query(`delete from track_drafts where made_at < now() - interval '1 day'`);
  const row = await one<{ id: string }>(
    db,
    'insert into track_drafts (scope, topic, definition, made_by) values ($1, $2, $3, $4) returning id::text',
    [draft.scope, draft.topic, JSON.stringify(draft.definition), draft.by],
  );
  if (row === undefined) throw new Error('insert returned no draft');
  return row.id;
}

/** Takes the draft out, once; undefined when it is another workspace's, already used or older than an hour. */
export async function takeDraft(tx: Db, id: string, scope: Scope): Promise<Claim | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined;
  const row = await one<{ definition: Claim }>(
    tx,
    `delete from track_drafts where id = $1 and scope = $2 and made_at > now() - interval '1 hour' returning definition`,
    [id, scope],
  );
  return row?.definition;
}

/** How many claims a workspace tracks. */
export async function trackedBy(db: Db, scope: Scope): Promise<number> {
  const row = await one<{ count: string }>(db, 'select count(*) as count from claims where active and scope = $1', [
    scope,
  ]);
  return Number(row?.count ?? 0);
}

/**
 * Adds a claim to a workspace; `fresh`, so that what is stored already is decided on in silence. Where its id is taken by
 * somebody else's claim it gets a number; returned as stored.
 */
export async function addTracked(tx: Db, scope: Scope, wanted: Claim, by: string): Promise<Claim> {
  const others = await rows<{ id: string }>(
    tx,
    `select id from claims where (id = $1 or id like $1 || '-%') and not (scope = $2 and not active)`,
    [wanted.id, scope],
  );
  const taken = new Set(others.map((row) => row.id));
  let { id } = wanted;
  for (let number = 2; taken.has(id); number += 1) id = `${wanted.id}-${number}`;
  const claim = { ...wanted, id };
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
  return claim;
}

/** Stops tracking a claim of this workspace. What was read and decided stays in the ledger. */
export async function dropTracked(db: Db, scope: Scope, id: ClaimId): Promise<boolean> {
  const done = await rows(
    db,
    `update claims set active = false where id = $1 and scope = $2 and scope <> '' and active returning id`,
    [id, scope],
  );
  return done.length > 0;
}
