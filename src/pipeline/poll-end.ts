/**
 * How a poll ends: when the feed is asked again, how it is doing, whether it has moved, and what those who run the bot
 * are told. All of it is one write, in the commit that stores the articles.
 */
import { floorSeconds } from '../config/references.ts';
import { DAY, iso, MINUTE, newsTime, wallTime, type NewsTime, type WallTime } from '../core/time.ts';
import {
  nextHealth,
  watchMove,
  type FeedHealth,
  type Move,
  type MoveDecision,
  type PollEvent,
} from '../feeds/health.ts';
import { inWords, nextPoll, silence, type LastPoll, type PollPolicy, type Silence } from '../feeds/schedule.ts';
import { finishPoll, type FeedEvent, type FeedRow, type PollRecord } from '../ledger/feeds.ts';
import type { Db } from '../ledger/sql.ts';
import type { Newsroom } from './newsroom.ts';
import { notifyOperators } from './operators.ts';

/** What schedule.ts needs to know of a feed's rhythm. */
const REMEMBERED_DATES = 60;
/** Changes of state that are kept. */
const REMEMBERED_EVENTS = 20;

/** A leased feed, and the news time at which we asked it. */
export interface Asked extends FeedRow {
  readonly asked: NewsTime;
}

interface Remembered {
  readonly published: readonly NewsTime[];
  /** News time of the last poll that was read. */
  readonly previous: NewsTime | null;
  /** What the feed calls itself; '' when it does not, or was not read yet. */
  readonly title: string;
}

export function remembered(value: unknown): Remembered {
  const { published, previous, title } = (value ?? {}) as Partial<Record<keyof Remembered, unknown>>;
  return {
    published: Array.isArray(published)
      ? published.filter((at): at is number => typeof at === 'number').map(newsTime)
      : [],
    previous: typeof previous === 'number' ? newsTime(previous) : null,
    title: typeof title === 'string' ? title : '',
  };
}

export interface End {
  readonly result: LastPoll['result'];
  /** For people: the health view shows it. */
  readonly words: string;
  readonly retryAfterMs?: number | null;
  readonly ttlMinutes?: number | null;
  readonly cacheSeconds?: number | null;
  readonly published?: readonly NewsTime[];
  readonly newItems?: number;
  readonly title?: string;
  /** Where 301 and 308 alone led; for good polls. */
  readonly permanentUrl?: string | null;
  readonly validators?: Pick<PollRecord, 'etag' | 'lastModified' | 'bodyHash'>;
}

/** A poll's record, and the sentences for those who run the bot, each with the key under which it is said once. */
export interface Ending {
  readonly record: PollRecord;
  readonly tell: readonly { readonly key: string; readonly words: string }[];
}

function policyOf(room: Newsroom, feed: FeedRow): PollPolicy {
  const { feeds } = room.beat().config;
  const floorMs = floorSeconds(feed.url, feeds) * 1000;
  if (feed.interval_minutes === null) {
    return {
      defaultMs: Math.max(floorMs, feeds.defaultIntervalMinutes * MINUTE),
      floorMs,
      quietMs: Math.max(floorMs, 60 * MINUTE),
      ceilingMs: DAY,
    };
  }
  const chosen = Math.max(floorMs, feed.interval_minutes * MINUTE);
  return { defaultMs: chosen, floorMs: chosen, quietMs: chosen, ceilingMs: Math.max(chosen, DAY) };
}

/** Pure but for clock and chance. */
function endingOf(room: Newsroom, feed: Asked, end: End): Ending {
  const before = remembered(feed.schedule);
  const good = end.result === 'read' || end.result === 'unchanged';
  const published = [...(end.published ?? []), ...before.published].sort((a, b) => b - a);
  const dates = [...new Set(published)].slice(0, REMEMBERED_DATES);
  const now = room.clock.wall();
  const last: LastPoll = {
    result: end.result,
    failuresInRow: good ? 0 : feed.failures + 1,
    retryAfterMs: end.retryAfterMs ?? null,
    ttlMinutes: end.ttlMinutes ?? null,
    cacheSeconds: end.cacheSeconds ?? null,
  };
  const next = nextPoll(last, dates, now, room.clock.news(), Math.random, policyOf(room, feed));
  const { health, tell } = nextHealth(healthOf(feed), eventOf(end, good), feed.id, now);
  const moved: MoveDecision = good
    ? watchMove(moveOf(feed.moving), end.permanentUrl ?? null, now)
    : { move: moveOf(feed.moving), adopt: null };
  const still = silence(dates, room.clock.news());
  const silent = good ? still.silent : feed.silent;
  return {
    record: {
      ok: good,
      result: end.words,
      nextInMs: next === null ? DAY : next.at - now,
      newItems: end.newItems ?? 0,
      schedule: {
        published: dates,
        previous: good ? feed.asked : before.previous,
        title: (end.title ?? '').slice(0, 200) || before.title,
      } satisfies Remembered,
      state: health.state,
      failingSince: health.failingSince === null ? null : new Date(health.failingSince),
      lastError: health.lastError,
      silent,
      moving: moved.move,
      history: historyOf(feed, health, moved.adopt, end.words, now),
      ...(moved.adopt === null ? {} : { url: moved.adopt }),
      ...end.validators,
    },
    tell: [
      ...(tell === null
        ? []
        : [{ key: `feed-${health.state}:${feed.id}:${feed.failing_since?.getTime() ?? now}`, words: tell }]),
      ...(moved.adopt === null ? [] : [{ key: `feed-moved:${feed.id}:${now}`, words: movedWords(feed) }]),
      ...(silent && !feed.silent
        ? [{ key: `feed-silent:${feed.id}:${dates[0] ?? now}`, words: silentWords(feed, still) }]
        : []),
    ],
  };
}

function healthOf(feed: FeedRow): FeedHealth {
  return {
    state: feed.state,
    failingSince: feed.failing_since && wallTime(feed.failing_since.getTime()),
    lastError: feed.last_error,
  };
}

function eventOf(end: End, good: boolean): PollEvent {
  if (good) return { event: 'good' };
  return { event: end.result === 'gone' ? 'gone' : 'bad', reason: end.words };
}

export function moveOf(value: unknown): Move | null {
  const { to, firstSeen, goodPolls } = (value ?? {}) as { to?: unknown; firstSeen?: unknown; goodPolls?: unknown };
  return typeof to === 'string' && typeof firstSeen === 'number' && typeof goodPolls === 'number'
    ? { to, firstSeen: wallTime(firstSeen), goodPolls }
    : null;
}

/** A change of state is an event; so is another trouble than the last. A good poll after a good one is none. */
function historyOf(
  feed: FeedRow,
  health: FeedHealth,
  adopted: string | null,
  words: string,
  now: WallTime,
): readonly FeedEvent[] {
  const events: FeedEvent[] = [];
  const same = health.state === feed.state && (health.state === 'healthy' || health.lastError === feed.last_error);
  if (!same) events.push({ at: iso(now), words: `${health.state}: ${words}` });
  if (adopted !== null) events.push({ at: iso(now), words: 'moved for good: its new address is polled from now on' });
  return events.length === 0 ? feed.history : [...feed.history, ...events].slice(-REMEMBERED_EVENTS);
}

function movedWords(feed: FeedRow): string {
  const todo = feed.added_by === 'config' ? '; write it into feeds.yaml' : '';
  return `${feed.id} has moved for good, and is polled at its new address from now on (claimwire feeds list ${feed.id} shows it)${todo}`;
}

function silentWords(feed: FeedRow, still: Silence): string {
  return `${feed.id} answers, but has had nothing new for ${inWords(still.sinceMs ?? 0)}; usual for it is ${inWords(still.medianGapMs ?? 0)}`;
}

/** Writes the end of a poll down, and what operators are to be told with it: a crash loses both or neither. */
export async function endPoll(room: Newsroom, db: Db, feed: Asked, end: End): Promise<void> {
  const { record, tell } = endingOf(room, feed, end);
  await finishPoll(db, feed.id, record);
  // The demo plays half a year in a minute, and nobody runs it.
  if (room.demo) return;
  for (const notice of tell) {
    if (await notifyOperators(room, db, notice)) room.log.warn({ step: 'poll', feed: feed.id }, notice.words);
  }
}
