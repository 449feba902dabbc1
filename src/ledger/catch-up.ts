/**
 * Several alerts of one channel told in one card: those that grew too old to be told one by one, and those that were held
 * while the channel was closed to us. Their rows are dropped with the number of the card that tells them.
 */
import type { AlertKind, Platform } from '../core/alert.ts';
import { addAlert, laneOf, PRIORITY, type CatchUpSaid } from './outbox.ts';
import { rows, type Db } from './sql.ts';

/**
 * Replaces these alerts of one channel by one card that tells them together; earlier cards of this kind among them give
 * what they hold to the new one. In the transaction that holds the lane. Returns the new alert's id.
 */
export async function addCatchUp(
  tx: Db,
  ledger: string,
  ids: readonly string[],
  because: CatchUpSaid['because'],
): Promise<string> {
  const found = await rows<{
    id: string;
    kind: AlertKind;
    platform: Platform;
    channel: string;
    workspace: string;
    subscription: string | null;
    topic: string | null;
    view: CatchUpSaid | null;
  }>(
    tx,
    `select id::text, kind, platform, channel, workspace, subscription::text, topic, case when kind = 'catch-up' then view end as view
     from alerts where id = any($1) order by id`,
    [[...ids]],
  );
  const [first] = found;
  if (first === undefined) throw new Error('a catch-up of nothing');
  const told = found.flatMap((row) => (row.kind === 'catch-up' ? (row.view?.alerts ?? []) : [row.id]));
  const earlier = found.find((row) => row.kind === 'catch-up')?.view?.because;
  const { id } = await addAlert(
    tx,
    {
      // The newest of what it tells names it: the same set is never told twice.
      key: `${ledger}/catch-up/${ids.at(-1) ?? ''}/${first.platform}/${first.channel}`,
      kind: 'catch-up',
      claim: '',
      topic: first.topic,
      decision: null,
      view: { alerts: told, because: earlier ?? because },
      priority: PRIORITY.settled,
      correction: false,
    },
    { ...first, id: first.subscription, paused: null },
  );
  await tx.query(
    `update alerts set state = 'dropped', reason = 'told in the card of alert ' || $2, told_in = $2::bigint, held_for = null,
       lease_token = null, lease_until = null, changed_at = now() where id = any($1)`,
    [[...new Set([...ids, ...told])], id],
  );
  return id;
}

/** What was held back while a channel was closed to us, as one card. Null when nothing was. Run in a transaction. */
export async function catchUpOnHeld(
  tx: Db,
  ledger: string,
  platform: Platform,
  channel: string,
): Promise<string | null> {
  const held = await rows<{ id: string; kind: AlertKind }>(
    tx,
    `select id::text, kind from alerts where lane = $1 and state = 'held' and held_for = 'pause' order by id for update`,
    [laneOf(platform, channel)],
  );
  const changes = held.filter((row) => ['status', 'origin', 'catch-up'].includes(row.kind)).map((row) => row.id);
  await tx.query(
    `update alerts set state = 'dropped', reason = 'no news any more when the channel was open again', held_for = null, changed_at = now()
     where id = any($1)`,
    [held.map((row) => row.id).filter((id) => !changes.includes(id))],
  );
  return changes.length === 0 ? null : addCatchUp(tx, ledger, changes, 'paused');
}
