/**
 * Subscriptions: which channel hears of which topic, how much of it, and whether it is paused.
 */
import type { Level, Platform, Subscription } from '../core/alert.ts';
import type { TopicId } from '../core/claim.ts';
import { optionsFrom, type SubscriptionOptions } from '../core/options.ts';
import { one, rows, type Db } from './sql.ts';

interface Row {
  id: string;
  platform: Platform;
  workspace: string;
  channel: string;
  topic: string;
  level: Level;
  options: unknown;
  paused: string | null;
}

const COLUMNS = 'id::text, platform, workspace, channel, topic, level, options, paused';

/** A subscription with why it is paused; null while it is not. */
export interface SubscriptionState extends Subscription {
  readonly paused: string | null;
}

const fromRow = (row: Row): SubscriptionState => ({ ...row, options: optionsFrom(row.options, row.platform) });

/** Options that were checked (core/options.ts); those not named stay as they are. */
export type WantedSubscription = Omit<Subscription, 'id' | 'options'> & {
  readonly options?: Partial<SubscriptionOptions>;
};

/**
 * Subscribes, or changes level and options; lifts a pause. `created` is false when it was there; `resumed` is why it had been
 * paused until now, else null: the caller then owes the channel what was held back (outbox.ts, `catchUpOnHeld`).
 */
export async function subscribe(
  db: Db,
  wanted: WantedSubscription,
  addedBy: string,
): Promise<{ created: boolean; options: SubscriptionOptions; resumed: string | null }> {
  const row = await one<{ created: boolean; options: unknown; resumed: string | null }>(
    db,
    `with old as (select paused from subscriptions where platform = $1 and channel = $3 and topic = $4)
     insert into subscriptions (platform, workspace, channel, topic, level, added_by, options) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (platform, channel, topic) do update set level = excluded.level, workspace = excluded.workspace, paused = null, paused_at = null,
       options = subscriptions.options || excluded.options, chosen_at = now()
     returning (xmax = 0) as created, options, (select paused from old) as resumed`,
    [
      wanted.platform,
      wanted.workspace,
      wanted.channel,
      wanted.topic,
      wanted.level,
      addedBy,
      JSON.stringify(wanted.options ?? {}),
    ],
  );
  if (row === undefined) throw new Error('insert returned no subscription');
  return { created: row.created, options: optionsFrom(row.options, wanted.platform), resumed: row.resumed };
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

export async function subscriptionsOf(db: Db, platform: Platform, channel: string): Promise<SubscriptionState[]> {
  const found = await rows<Row>(
    db,
    `select ${COLUMNS} from subscriptions where platform = $1 and channel = $2 order by topic`,
    [platform, channel],
  );
  return found.map(fromRow);
}

/** All of them, with who made each. */
export async function allSubscriptions(db: Db): Promise<(SubscriptionState & { readonly addedBy: string })[]> {
  const found = await rows<Row & { added_by: string }>(
    db,
    `select ${COLUMNS}, added_by from subscriptions order by platform, workspace, channel, topic`,
  );
  return found.map((row) => ({ ...fromRow(row), addedBy: row.added_by }));
}

/** How many a workspace has, this one not counted. */
export async function countSubscriptions(
  db: Db,
  platform: Platform,
  workspace: string,
  channel: string,
  topic: TopicId,
): Promise<number> {
  const row = await one<{ count: string }>(
    db,
    'select count(*) as count from subscriptions where platform = $1 and workspace = $2 and not (channel = $3 and topic = $4)',
    [platform, workspace, channel, topic],
  );
  return Number(row?.count ?? 0);
}

/** All subscriptions of one workspace, channel by channel. */
export async function subscriptionsIn(db: Db, platform: Platform, workspace: string): Promise<SubscriptionState[]> {
  const found = await rows<Row>(
    db,
    `select ${COLUMNS} from subscriptions where platform = $1 and workspace = $2 order by channel, topic`,
    [platform, workspace],
  );
  return found.map(fromRow);
}

/** All subscriptions of a topic. What a paused one would have heard is held for it. */
export async function subscribersOf(db: Db, topic: TopicId): Promise<SubscriptionState[]> {
  const found = await rows<Row>(db, `select ${COLUMNS} from subscriptions where topic = $1 order by id`, [topic]);
  return found.map(fromRow);
}

/** Subscriptions that asked for a digest and are not paused; `chosenAt` in wall ms: it covers what came after. */
export async function digestSubscriptions(db: Db): Promise<(SubscriptionState & { readonly chosenAt: number })[]> {
  const found = await rows<Row & { chosen_at: Date }>(
    db,
    `select ${COLUMNS}, chosen_at from subscriptions where paused is null and options->>'digest' in ('daily', 'weekly') order by id`,
  );
  return found.map((row) => ({ ...fromRow(row), chosenAt: row.chosen_at.getTime() }));
}

/** Lifts the pause of a whole channel: who can post one topic's alerts can post them all. */
export async function resumeChannel(db: Db, platform: Platform, channel: string): Promise<void> {
  await db.query(
    'update subscriptions set paused = null, paused_at = null where platform = $1 and channel = $2 and paused is not null',
    [platform, channel],
  );
}

export async function pauseChannel(db: Db, platform: Platform, channel: string, reason: string): Promise<void> {
  await db.query(
    'update subscriptions set paused = $3, paused_at = now() where platform = $1 and channel = $2 and paused is null',
    [platform, channel, reason],
  );
}

/** Subscriptions written in claimwire.yaml: added when missing, never overruling what the channel's people chose since. */
export async function syncConfigured(db: Db, wanted: readonly WantedSubscription[]): Promise<void> {
  for (const sub of wanted) {
    await db.query(
      `insert into subscriptions (platform, workspace, channel, topic, level, added_by, options) values ($1, $2, $3, $4, $5, 'config', $6) on conflict do nothing`,
      [sub.platform, sub.workspace, sub.channel, sub.topic, sub.level, JSON.stringify(sub.options ?? {})],
    );
  }
}
