/**
 * Reread: a language model reads again what the offline judge has judged. Nothing waits for it.
 *
 * The judge has stored its evidence, the claim is decided and the alert may be posted already when the model's opinion comes.
 * It is kept beside the evidence and the claim is decided again: quotes, notes and counts may change with it, no status can
 * (core/second-opinion.ts). A model that is slow, away, wrong or too dear today is as good as none.
 */
import type { Logger } from 'pino';
import type { Claim } from '../core/claim.ts';
import type { SecondReader } from '../judge/llm.ts';
import { MOST_CLAIMS } from '../judge/llm-prompt.ts';
import { articleById, type StoredArticle } from '../ledger/articles.ts';
import { wantEdits } from '../ledger/cards.ts';
import { markDirty } from '../ledger/claims.ts';
import {
  endReading,
  leaseReading,
  reserveTokens,
  settleTokens,
  storeOpinions,
  syncOpinions,
  unreadArticles,
  unreadClaims,
  usageToday,
  type Kept,
  type Keyed,
} from '../ledger/opinions.ts';
import { one, transaction } from '../ledger/sql.ts';
import type { Newsroom } from './newsroom.ts';
import { notifyOperators } from './operators.ts';

/** A model that failed is left alone for this long, twice as long after each further failure. */
const FIRST_REST_MS = 5_000;
const LONGEST_REST_MS = 300_000;
/** An article at which the model fails so often is not tried again by this process. */
const MOST_FAILURES = 5;
const BATCH = 100;
/** Beyond the model's own time limit: for the ledger before and after. */
const LEASE_MARGIN_SECONDS = 30;

/** The language model of this process, and how it is doing. */
export interface Rereading {
  readonly reader: SecondReader;
  /** Tokens per UTC day; null: no limit. */
  readonly dailyTokens: number | null;
  /** Why it cannot be asked at all, in one sentence: no key. */
  readonly cannot: string | null;
  /** Wall time before which it is not asked, and why. */
  readonly rest: { until: number; reason: string | null; failures: number };
  /** The UTC day whose budget is spent, as yyyy-mm-dd. */
  spentOn: string | null;
  readonly failures: Map<string, number>;
}

export function openRereading(
  reader: SecondReader,
  options: { readonly dailyTokens: number | null; readonly cannot: string | null },
): Rereading {
  return {
    reader,
    ...options,
    rest: { until: 0, reason: null, failures: 0 },
    spentOn: null,
    failures: new Map(),
  };
}

function keyedClaims(room: Newsroom, second: Rereading): Keyed[] {
  return [...room.beat().claims.values()].map((claim) => ({ claim: claim.id, key: second.reader.opinionKey(claim) }));
}

/** Opinions follow the configuration in force: another model's, or on other words, count no longer. */
export async function syncReading(room: Newsroom): Promise<void> {
  const keyed = room.second === null ? [] : keyedClaims(room, room.second);
  await transaction(room.pool, async (tx) => markDirty(tx, await syncOpinions(tx, keyed)));
}

const today = (): string => new Date().toISOString().slice(0, 10);

function mayAsk(second: Rereading | null): second is Rereading {
  return (
    second !== null && second.cannot === null && performance.now() >= second.rest.until && second.spentOn !== today()
  );
}

/** Asks the queue for a reading of an article that was just judged. */
export async function wantReread(
  room: Newsroom,
  article: { readonly id: string; readonly revision: number },
): Promise<void> {
  if (!mayAsk(room.second)) return;
  await room.queues.enqueue('reread', { articleId: article.id }, { jobId: `reread-${article.id}-${article.revision}` });
}

/** Articles whose reading was lost, failed or put off. */
export async function sweepUnread(room: Newsroom, moment: number): Promise<number> {
  const { second } = room;
  if (!mayAsk(second)) return 0;
  const unread = await unreadArticles(room.pool, keyedClaims(room, second), BATCH);
  const left = unread.filter(({ id, revision }) => (second.failures.get(`${id}.${revision}`) ?? 0) < MOST_FAILURES);
  for (const { id, revision } of left)
    await room.queues.enqueue('reread', { articleId: id }, { jobId: `reread-${id}-${revision}-${moment}` });
  return left.length;
}

/** Reads one article again on the claims it speaks to. Running it again finds nothing left to ask. Never throws for what a model does. */
export async function rereadArticle(room: Newsroom, id: string, signal?: AbortSignal): Promise<void> {
  const { second } = room;
  if (!mayAsk(second)) return;
  const article = await articleById(room.pool, id);
  if (article === undefined) return;
  const name = `${id}.${article.revision}`;
  if ((second.failures.get(name) ?? 0) >= MOST_FAILURES) return;
  if (!(await leaseReading(room.pool, id, article.revision, second.reader.longestSeconds + LEASE_MARGIN_SECONDS)))
    return;
  try {
    await askAbout(room, second, article, signal);
  } finally {
    await endReading(room.pool, id, article.revision);
  }
}

async function askAbout(
  room: Newsroom,
  second: Rereading,
  article: StoredArticle,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { id } = article;
  const name = `${id}.${article.revision}`;
  const wanted = (await unreadClaims(room.pool, id, article.revision, keyedClaims(room, second))).slice(0, MOST_CLAIMS);
  const claims = wanted.flatMap(({ claim }) => room.beat().claims.get(claim) ?? []);
  if (claims.length === 0) return;

  const { reader, dailyTokens } = second;
  const estimate = reader.estimate(article, claims);
  if (!(await reserveTokens(room.pool, reader.id, estimate, dailyTokens))) {
    await sayItIsSpent(room, second);
    return;
  }
  const outcome = await reader.read(article, claims, room.beat().registry, signal);
  const fields = { step: 'reread', article: id, model: reader.id, ms: outcome.ms };
  if (outcome.outcome === 'failed') {
    const nothing = { input: 0, output: 0, used: 0, refused: 0, failed: true };
    await settleTokens(room.pool, reader.id, estimate, nothing);
    if (signal?.aborted === true) return;
    second.failures.set(name, (second.failures.get(name) ?? 0) + 1);
    rest(second, outcome.reason, outcome.retryAfterMs, room.log);
    return;
  }
  second.failures.delete(name);
  second.rest.failures = 0;
  second.rest.reason = null;
  const kept = keptFrom(outcome, wanted, claims);
  const refused = kept.flatMap((entry) => ('refused' in entry ? [entry.refused] : []));
  await settleTokens(room.pool, reader.id, estimate, {
    ...outcome.tokens,
    used: kept.length - refused.length,
    refused: refused.length,
    failed: false,
  });
  const dirty = await transaction(room.pool, async (tx) => {
    // Revised while the model read: what it read is of no use any more.
    const now = await one<{ revision: number }>(tx, 'select revision from articles where id = $1 for share', [id]);
    if (now?.revision !== article.revision) return [];
    const claims = await storeOpinions(tx, id, article.revision, reader.id, kept);
    const touched = await markDirty(tx, claims);
    // Cards that are posted already say it in the better words.
    for (const claim of claims) await wantEdits(tx, claim);
    return touched;
  });
  const counts = { claims: kept.length, refused: refused.length, tokens: outcome.tokens };
  if (refused.length > 0)
    room.log.warn(
      { ...fields, ...counts, why: [...new Set(refused)] },
      'a language model said what is not in the text; the offline judgement stands',
    );
  else room.log.info({ ...fields, ...counts }, 'read again');
  for (const { id: claim, dirty: count } of dirty)
    await room.queues.enqueue('decide', { claimId: claim }, { jobId: `decide-${claim}-${count}` });
}

function keptFrom(
  outcome: Exclude<Awaited<ReturnType<SecondReader['read']>>, { outcome: 'failed' }>,
  wanted: readonly Keyed[],
  claims: readonly Claim[],
): Kept[] {
  const keyOf = new Map(wanted.map(({ claim, key }) => [claim, key]));
  const grounded =
    outcome.outcome === 'read' ? outcome.grounded : claims.map(({ id }) => ({ claim: id, refused: outcome.refused }));
  return grounded.flatMap((entry): Kept[] => {
    const key = keyOf.get(entry.claim);
    return key === undefined ? [] : [{ ...entry, key }];
  });
}

function rest(second: Rereading, reason: string, retryAfterMs: number | null, log: Logger): void {
  const { rest: now, reader } = second;
  now.failures += 1;
  const ms = Math.max(retryAfterMs ?? 0, Math.min(FIRST_REST_MS * 2 ** (now.failures - 1), LONGEST_REST_MS));
  now.until = performance.now() + ms;
  now.reason = reason;
  log.warn(
    { step: 'reread', model: reader.id, failures: now.failures, restMs: ms },
    `the language model failed: ${reason}; judging goes on offline`,
  );
}

async function sayItIsSpent(room: Newsroom, second: Rereading): Promise<void> {
  if (second.spentOn === today()) return;
  second.spentOn = today();
  const words = `Today's ${second.dailyTokens?.toLocaleString('en') ?? ''} tokens for ${second.reader.id} are spent. Judging goes on offline; the language model is asked again after 00:00 UTC.`;
  room.log.warn({ step: 'reread', model: second.reader.id }, words);
  await notifyOperators(room, room.pool, { key: `llm-budget:${second.reader.id}:${today()}`, words });
}

/** For `/claimwire health` and the board. Never `down`: who judges offline can do its work. */
export async function readingPart(
  room: Newsroom,
): Promise<{ readonly name: string; readonly state: 'ok' | 'degraded'; readonly note: string } | null> {
  const { second } = room;
  if (second === null) return null;
  const name = 'language model';
  const { id } = second.reader;
  if (second.cannot !== null) return { name, state: 'degraded', note: `${id}: ${second.cannot}; judging is offline` };
  const usage = await usageToday(room.pool, id);
  const budget = second.dailyTokens === null ? '' : ` of ${second.dailyTokens.toLocaleString('en')}`;
  const spent = `${usage.tokens.toLocaleString('en')}${budget} tokens today`;
  if (second.spentOn === today())
    return {
      name,
      state: 'degraded',
      note: `${id}: the day's tokens are spent (${spent}); judging is offline until 00:00 UTC`,
    };
  if (second.rest.reason !== null)
    return {
      name,
      state: 'degraded',
      note: `${id} failed: ${second.rest.reason}; judging is offline until it answers`,
    };
  const refused = usage.refused === 0 ? '' : `, ${usage.refused} refused as not in the text`;
  return { name, state: 'ok', note: `${id}: ${usage.used} opinions used${refused}, ${spent}` };
}
