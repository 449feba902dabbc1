/**
 * Is what a poll brought news, or an old archive served again? A changed guid scheme, a new CMS, a restored backup
 * or bumped dates make a feed look all new; 500 alerts for last year's stories are what people never forgive.
 *
 * A backfill is stored and judged like anything else, but not announced, and operators hear of it once.
 */
import { DAY, HOUR, type NewsTime } from '../core/time.ts';

interface NewEntry {
  readonly published: NewsTime | null;
  /** An article of this feed with this folded title is known already (see titlePrint). */
  readonly titleKnown: boolean;
}

export interface PollNews {
  /** Entries whose key and fingerprint are both unknown. */
  readonly fresh: readonly NewEntry[];
  /** Entries in the document. */
  readonly total: number;
  /** The last poll that was read, in news time; null for the first poll of a feed. */
  readonly previous: NewsTime | null;
  readonly now: NewsTime;
  /** Median distance between this feed's items, null when unknown. */
  readonly medianGapMs: number | null;
}

type Verdict = 'baseline' | 'news' | 'backfill';

export interface BackfillDecision {
  readonly verdict: Verdict;
  readonly because: string;
  /** For each fresh entry, in order: may it be announced? */
  readonly announce: readonly boolean[];
}

/** Fewer new entries than this are judged one by one, never as a flood. */
const FLOOD = 6;
/** Publishers post-date and embargo; older than this before our last look, an entry has resurfaced. */
const LATE = 2 * DAY;

export function judgePoll(poll: PollNews): BackfillDecision {
  const none = poll.fresh.map(() => false);
  if (poll.previous === null)
    return { verdict: 'baseline', because: 'the first poll of a feed: nothing old is announced', announce: none };
  const since = poll.previous;
  const count = poll.fresh.length;
  const resurfaced = poll.fresh.map(
    (entry) => entry.titleKnown || (entry.published !== null && entry.published < since - LATE),
  );
  const announce = resurfaced.map((old) => !old);
  if (count < FLOOD || count * 2 <= poll.total) {
    return {
      verdict: 'news',
      because: count === 0 ? 'nothing new' : `${count} of ${poll.total} entries are new`,
      announce,
    };
  }
  const all = `${count} of ${poll.total} entries are new at once`;
  const old = resurfaced.filter(Boolean).length;
  if (old * 2 > count) return { verdict: 'backfill', because: `${all}, and ${old} of them are old`, announce: none };
  // After a long pause of ours a busy feed is rightly all new. Twice its own rhythm and a handful is still rhythm.
  const away = Math.max(HOUR, poll.now - since);
  const expected = poll.medianGapMs === null || poll.medianGapMs <= 0 ? 0 : away / poll.medianGapMs;
  if (count > FLOOD + 2 * expected) {
    return { verdict: 'backfill', because: `${all}, ${Math.round(expected)} were to be expected`, announce: none };
  }
  return { verdict: 'news', because: `${all}, as many as usual in that time`, announce };
}
