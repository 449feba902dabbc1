/**
 * Subscriptions: which channel hears of which topic, how much of it, and whether it is paused.
 */
import type { Level, Platform, Subscription } from '../core/alert.ts';
import type { TopicId } from '../core/claim.ts';
import { one, rows, type Db } from './sql.ts';

interface Row {
  id: string;
  platform: Platform;
  workspace: string;
  channel: string;
  topic: string;
  level: Level;
}

const COLUMNS = 'id::text, platform, workspace, channel, topic, level';

/** Subscribes or changes the level; lifts a pause. `created` is false when only the level changed. */
export async function subscribe(
  db: Db,
  wanted: Omit<Subscription, 'id'>,
  addedBy: string,
): Promise<{ created: boolean }> {
  const row = await one<{ created: boolean }>(
    db,
    `insert into subscriptions (platform, workspace, channel, topic, level, added_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (platform, channel, topic) do update set level = excluded.level, workspace = excluded.workspace, paused = null, paused_at = null
     returning (xmax = 0) as created`,
    [wanted.platform, wanted.workspace, wanted.channel, wanted.topic, wanted.level, addedBy],
  );
  return { created: row?.created ?? false };
}

export async function unsubscribe(db: Db, platform: Platform, channel: string, topic: TopicId): Promise<boolean> {
  return (
    (
      await rows(db, 'delete from subscriptions where platform = $1 and channel = $2 and topic = $3 returning id', [
        platform,
        channel,
        topic,
      ])
    ).length > 0
  );
}

export async function subscriptionsOf(db: Db, platform: Platform, channel: string): Promise<Subscription[]> {
  return rows<Row>(db, `select ${COLUMNS} from subscriptions where platform = $1 and channel = $2 order by topic`, [
    platform,
    channel,
  ]);
}

/** Subscriptions that hear of a topic now: paused ones do not. */
export async function subscribersOf(db: Db, topic: TopicId): Promise<Subscription[]> {
  return rows<Row>(db, `select ${COLUMNS} from subscriptions where topic = $1 and paused is null order by id`, [topic]);
}

export async function pauseChannel(db: Db, platform: Platform, channel: string, reason: string): Promise<void> {
  await db.query(
    'update subscriptions set paused = $3, paused_at = now() where platform = $1 and channel = $2 and paused is null',
    [platform, channel, reason],
  );
}

/** Subscriptions written in claimwire.yaml: added when missing, never overruling what the channel's people chose since. */
export async function syncConfigured(db: Db, wanted: readonly Omit<Subscription, 'id'>[]): Promise<void> {
  for (const sub of wanted) {
    await db.query(
      `insert into subscriptions (platform, workspace, channel, topic, level, added_by) values ($1, $2, $3, $4, $5, 'config') on conflict do nothing`,
      [sub.platform, sub.workspace, sub.channel, sub.topic, sub.level],
    );
  }
}
