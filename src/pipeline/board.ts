/**
 * The board's reader over the ledger. Reading only: nothing the web can reach changes anything.
 */
import { EVERYBODY } from '../core/scope.ts';
import { newsTime, wallTime } from '../core/time.ts';
import { claimStates } from '../ledger/claims.ts';
import { recentDecisions } from '../ledger/decisions.ts';
import { listFeeds, type FeedRow } from '../ledger/feeds.ts';
import { totals } from '../ledger/meta.ts';
import { oldestWaiting, outboxCounts } from '../ledger/outbox-views.ts';
import type { BoardReader, FeedHealth } from '../web/reader.ts';
import { claimSeenBy, statusOfTopic, trackRecordsOf, whyOfClaim } from './desk-views.ts';
import { healthOf } from './health.ts';
import type { Newsroom } from './newsroom.ts';

function feedState(feed: FeedRow): FeedHealth['state'] {
  if (feed.last_poll_at === null) return 'untried';
  return feed.failures === 0 ? 'answering' : 'failing';
}

export function openBoardReader(room: Newsroom): BoardReader {
  const started = room.clock.wall();
  return {
    async statusViews() {
      const views = await Promise.all(room.beat().topics.map((topic) => statusOfTopic(room, topic.id)));
      return views.filter((view) => view !== null);
    },

    async why(id, asOf) {
      const claim = claimSeenBy(room, id, EVERYBODY);
      return claim === undefined ? null : whyOfClaim(room, claim, asOf);
    },

    async origins() {
      return trackRecordsOf((await claimStates(room.pool)).values(), EVERYBODY);
    },

    async changes(limit) {
      return (await recentDecisions(room.pool, limit)).map(({ id, at, view }) => ({
        id,
        claim: view.claim.id,
        topic: view.claim.topic,
        topicTitle: view.topicTitle,
        statement: view.claim.statement,
        kind: view.claim.kind,
        from: view.from,
        to: view.to,
        at: newsTime(at),
        because: view.claim.because,
        link: view.link?.url ?? null,
      }));
    },

    async health() {
      const { version, parts } = await healthOf(room);
      const ready = parts.every((part) => part.state !== 'down');
      if (parts.some((part) => part.name === 'database' && part.state === 'down')) {
        const nothing = { feeds: [], queue: {}, outbox: {}, oldestWaiting: null, totals: {} };
        return { version, startedAt: started, now: room.clock.wall(), ready, parts, ...nothing };
      }
      const [feeds, counts, outbox, oldest, sums] = await Promise.all([
        listFeeds(room.pool),
        room.queues.counts(),
        outboxCounts(room.pool),
        oldestWaiting(room.pool),
        totals(room.pool),
      ]);
      const queue = Object.fromEntries(
        Object.entries(counts).flatMap(([name, count]) =>
          Object.entries(count).map(([state, jobs]) => [`${name}.${state}`, jobs as number]),
        ),
      );
      return {
        version,
        startedAt: started,
        now: room.clock.wall(),
        ready,
        parts,
        feeds: feeds.map((feed) => ({
          id: feed.id,
          state: feedState(feed),
          checked: feed.last_poll_at && wallTime(feed.last_poll_at.getTime()),
          next: wallTime(feed.next_poll_at.getTime()),
          trouble: feed.failures === 0 ? null : feed.last_result,
        })),
        queue,
        outbox,
        oldestWaiting: oldest && wallTime(oldest.getTime()),
        totals: sums,
      };
    },
  };
}
