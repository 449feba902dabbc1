/**
 * What is said by the clock and not by a decision: daily and weekly digests, and stories to those who follow everything.
 * Called by the sweeper; each row is unique by its period or story, so that restarts, two processes and clocks that are set
 * back write it once.
 */
import { hearsUpdate } from '../core/alert.ts';
import { digestDue } from '../core/hours.ts';
import { DAY, HOUR } from '../core/time.ts';
import { addDigest, addStoryAlert } from '../ledger/outbox.ts';
import { transaction } from '../ledger/sql.ts';
import { tellTogether, toldUntil } from '../ledger/restored.ts';
import { letStoriesGrow, markTold, readyStories } from '../ledger/stories-told.ts';
import { digestSubscriptions, subscribersOf } from '../ledger/subscriptions.ts';
import type { Newsroom } from './newsroom.ts';

/** A digest that could not be written within this time is part of the next one. */
const DIGEST_WITHIN = 12 * HOUR;

/** Writes the digests that have become due. Returns the alerts to wake. */
export async function writeDigests(room: Newsroom): Promise<string[]> {
  const now = room.clock.wall();
  const ids: string[] = [];
  const told = await toldUntil(room.pool);
  for (const sub of await digestSubscriptions(room.pool)) {
    const { digest } = sub.options;
    if (digest === 'none') continue;
    const due = digestDue({ ...sub.options, digest }, now);
    if (now - due.at > DIGEST_WITHIN || due.at <= sub.chosenAt) continue;
    // It was written, by what a restored ledger does not remember.
    if (told !== null && due.at <= told) continue;
    const before = digestDue({ ...sub.options, digest }, due.at - 1);
    const id = await addDigest(
      room.pool,
      {
        ledger: room.ledger,
        topic: sub.topic,
        period: due.period,
        view: { rhythm: digest, from: Math.max(before.at, sub.chosenAt), until: due.at },
      },
      sub,
    );
    if (id !== null) ids.push(id);
  }
  return ids;
}

/** A story is told when a second publisher carries it, or after this time alone. */
const STORY_SETTLE_MS = 20 * 60_000;
/** What is found this late is no news to anybody. */
const STORY_WITHIN_MS = DAY;
const STORIES_AT_ONCE = 20;

/** Tells the stories that have settled and lets the cards of those that grew follow. Returns the alerts to wake. */
export async function tellStories(room: Newsroom): Promise<string[]> {
  const ids: string[] = [];
  const listening = new Map<string, Awaited<ReturnType<typeof subscribersOf>>>();
  for (const topic of room.beat().topics) {
    const subs = (await subscribersOf(room.pool, topic.id)).filter((sub) => hearsUpdate(sub.level, 'story'));
    if (subs.length > 0) listening.set(topic.id, subs);
  }
  if (listening.size === 0) return ids;
  const terms = { settleMs: STORY_SETTLE_MS * room.timings.scale, withinMs: STORY_WITHIN_MS };
  for (const ready of await readyStories(room.pool, [...listening.keys()], terms, STORIES_AT_ONCE)) {
    await transaction(room.pool, async (tx) => {
      if (!(await markTold(tx, ready))) return;
      // Whoever follows everything has heard of it already by the change that it brought about.
      if (ready.decided) return;
      for (const sub of listening.get(ready.topic) ?? []) {
        if (sub.paused !== null) continue;
        const id = await addStoryAlert(tx, { ledger: room.ledger, story: ready.story, topic: ready.topic }, sub);
        if (id !== null) ids.push(id);
      }
      // Told before, perhaps: no news any more.
      if ((await toldUntil(tx)) !== null) await tellTogether(tx, ids);
    });
  }
  await letStoriesGrow(room.pool);
  return ids;
}
