/**
 * Sweep: puts back on the queues what a lost job left behind. The ledger says what is undone; a job that is already
 * queued twice finds nothing left to do the second time, so sweeping is always safe. Any process sweeps, one at a time.
 */
import { unjudgedArticles } from '../ledger/articles.ts';
import { undecidedClaims } from '../ledger/claims.ts';
import { dueFeeds } from '../ledger/feeds.ts';
import { forgetHeard } from '../ledger/heard.ts';
import { dueLanes } from '../ledger/lanes.ts';
import { DAY, HOUR, newsTime } from '../core/time.ts';
import { transaction } from '../ledger/sql.ts';
import { forgetWorkspaces } from '../ledger/workspaces.ts';
import { steadyMs } from './clock.ts';
import { failpoint } from './failpoint.ts';
import type { Newsroom } from './newsroom.ts';
import { tellStories, writeDigests } from './periodic.ts';
import { sweepUnread } from './reread.ts';

/** How far back a change of claims or engine re-judges what is stored. */
const REJUDGE_DAYS = 120;
const BATCH = 500;

/** After hours of standing still every feed is due: they are taken up at most so many a tick, the longest due first. */
const AT_ONCE = 50;

/** Feeds whose time has come. Called every second or so; the feed's lease makes a doubled job harmless. */
export async function enqueueDueFeeds(room: Newsroom): Promise<number> {
  const due = await dueFeeds(room.pool, AT_ONCE);
  for (const feed of due) {
    // The job of this name may be stuck with a process that died: a feed that stays due asks under another name.
    const again = Math.floor(feed.lateMs / room.timings.jobNameMs);
    const jobId = `poll-${feed.id}-${feed.due.getTime()}${again === 0 ? '' : `-${again}`}`;
    await room.queues.enqueue('poll', { feedId: feed.id }, { jobId });
  }
  return due.length;
}

/** What workspaces left behind that went long ago, and what platforms handed in; asked once an hour by each process. */
let askedForGone = -Infinity;
async function forgetGone(room: Newsroom): Promise<void> {
  const now = performance.now();
  if (now - askedForGone < HOUR) return;
  askedForGone = now;
  await forgetHeard(room.pool);
  const { graceDays } = room.beat().config.limits;
  const gone = await transaction(room.pool, (tx) => forgetWorkspaces(tx, graceDays));
  if (gone > 0) room.log.info({ step: 'sweep', gone }, 'forgot what workspaces left behind that removed the app');
}

export async function sweep(
  room: Newsroom,
): Promise<{ readonly judge: number; readonly decide: number; readonly deliver: number }> {
  await room.renew();
  await forgetGone(room);
  const now = room.clock.news();
  const moment = Math.floor(steadyMs() / room.timings.jobNameMs);
  const articles = await unjudgedArticles(room.pool, room.beat().judgedBy, newsTime(now - REJUDGE_DAYS * DAY), BATCH);
  const claims = await undecidedClaims(room.pool, now);
  const lanes = await dueLanes(room.pool, BATCH);
  for (const { id, revision } of articles) {
    await room.queues.enqueue('judge', { articleId: id }, { jobId: `judge-${id}-${revision}-${moment}` });
  }
  for (const { id, dirty } of claims) {
    await room.queues.enqueue('decide', { claimId: id }, { jobId: `decide-${id}-${dirty}-${moment}` });
  }
  for (const { alert, attempts } of lanes) {
    await room.queues.enqueue('deliver', { alertId: alert }, { jobId: `deliver-${alert}-${attempts}-${moment}` });
  }
  for (const id of [...(await writeDigests(room)), ...(await tellStories(room))]) {
    await room.queues.enqueue('deliver', { alertId: id }, { jobId: `deliver-${id}-0` });
  }
  await sweepUnread(room, moment);
  failpoint('sweep.enqueued');
  const found = { judge: articles.length, decide: claims.length, deliver: lanes.length };
  if (found.judge + found.decide + found.deliver > 0)
    room.log.debug({ step: 'sweep', ...found }, 'put back on the queues');
  return found;
}
