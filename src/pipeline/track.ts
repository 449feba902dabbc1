/**
 * Track: a plain statement becomes a claim, is shown in words, and is tried on the articles of the ledger before anybody
 * agrees to follow it. Nothing is stored here.
 *
 *   const answer = await tryStatement(room, 'Huawei ships 950PR to Alibaba by July', { topic: 'huawei' });
 *   if (answer.ok) answer.trial.matches ...; answer.words says how the statement was read
 */
import type { Claim, TopicId } from '../core/claim.ts';
import type { FrameLine } from '../core/frame-words.ts';
import { frameInWords } from '../core/frame-words.ts';
import type { NewsTime } from '../core/time.ts';
import { claimOfStatement } from '../judge/statement.ts';
import { storedArticles } from '../ledger/articles.ts';
import type { Newsroom } from './newsroom.ts';
import type { Trial } from './trial.ts';
import { tryClaim } from './trial.ts';

/** Articles a trial reads at most, the newest: about ten seconds of one core. */
export const MOST_TRIAL_ARTICLES = 5000;

export interface TrackOptions {
  /** Articles published before are not read. Default: as many as MOST_TRIAL_ARTICLES allows. */
  readonly since?: NewsTime;
  readonly most?: number;
}

export interface Tracked {
  readonly claim: Claim;
  /** How the statement was read, line by line. */
  readonly words: readonly FrameLine[];
  readonly trial: Trial;
}

type TrackRoom = Pick<Newsroom, 'pool' | 'beat' | 'clock'>;

/** `ok: false` explains to a person why nothing can be tracked. Reads the ledger, changes nothing. */
export async function tryStatement(
  room: TrackRoom,
  statement: string,
  options: TrackOptions & { readonly topic: TopicId },
): Promise<({ readonly ok: true } & Tracked) | { readonly ok: false; readonly message: string }> {
  const { registry, claims } = room.beat();
  const now = room.clock.news();
  const claim = claimOfStatement(statement, { registry, now, topic: options.topic, taken: new Set(claims.keys()) });
  if (typeof claim === 'string') return { ok: false, message: claim };
  return { ok: true, ...(await backtest(room, claim, options)) };
}

/** What a claim's frame, hand-written or compiled, matched over the stored articles, and the changes it would have had. */
export async function backtest(room: TrackRoom, claim: Claim, options: TrackOptions = {}): Promise<Tracked> {
  const { registry } = room.beat();
  const now = room.clock.news();
  const articles = storedArticles(room.pool, {
    since: options.since ?? null,
    until: now,
    most: options.most ?? MOST_TRIAL_ARTICLES,
  });
  const trial = await tryClaim(claim, articles, { registry, now });
  return { claim, words: frameInWords(claim, registry, now), trial };
}
