/**
 * What keeps a lane of the outbox closed: a message in flight, or a platform that asked to be left alone. A pause holds in
 * every process. A whole platform is the lane of its name alone: 'slack:'.
 */
import { ownerIsGone } from './presence.ts';
import { one, rows, type Db, type Tx } from './sql.ts';

/** Locks the lane's name until the transaction ends: two workers must not choose at once. */
export async function lockLane(tx: Tx, lane: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 5))', [lane]);
}

/** SQL: a message or an edit of this lane ($1) is in flight. */
const BUSY = `(exists (select 1 from cards c where c.lane = $1 and c.lease_token is not null and c.lease_until >= now() and not ${ownerIsGone('c.lease_owner')}))`;
/** SQL: the lane ($1) or its whole platform asked to be left alone. */
const PAUSED = `(exists (select 1 from pauses p where p.lane in ($1, split_part($1, ':', 1) || ':') and p.until_at > now()))`;

export async function laneIsFree(tx: Tx, lane: string): Promise<boolean> {
  const row = await one<{ free: boolean }>(
    tx,
    `select not ${BUSY} and not ${PAUSED} and not exists (select 1 from alerts a where a.lane = $1 and a.state = 'leased'
       and a.lease_until >= now() and not ${ownerIsGone('a.lease_owner')}) as free`,
    [lane],
  );
  return row?.free === true;
}

/** Leaves a channel, or with 'slack:' a whole platform, alone for that long; in every process. Never shortens a pause. */
export async function pauseLane(db: Db, lane: string, forMs: number, reason: string): Promise<void> {
  await db.query(
    `insert into pauses (lane, until_at, reason) values ($1, now() + make_interval(secs => $2), $3)
     on conflict (lane) do update set until_at = excluded.until_at, reason = excluded.reason, changed_at = now()
       where pauses.until_at < excluded.until_at`,
    [lane, forMs / 1000, reason],
  );
}

/** Why a whole platform is left alone, by platform. */
export async function pausedPlatforms(db: Db): Promise<{ platform: string; reason: string }[]> {
  return rows(
    db,
    `select rtrim(lane, ':') as platform, reason from pauses where lane like '%:' and until_at > now() order by lane`,
  );
}

/** A start tries a platform again that had refused our token; how long a limit lasts is the platform's to say. */
export async function liftRefusals(db: Db): Promise<void> {
  await db.query(`delete from pauses where until_at < now() or (lane like '%:' and reason not like 'limited%')`);
}
