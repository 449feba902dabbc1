/**
 * Opinions of a language model, kept beside the evidence they are about, and what they cost.
 *
 * Evidence stays as the offline judge wrote it; `evidenceOn` reads both together. Turning the model off takes its opinions out
 * of force, and everything reads as if it had never been asked.
 */
import type { ClaimId } from '../core/claim.ts';
import type { Opinion } from '../core/second-opinion.ts';
import { one, rows, type Db } from './sql.ts';

export interface Keyed {
  readonly claim: ClaimId;
  /** Of model, question and claim (judge/llm.ts). */
  readonly key: string;
}

/** Puts the opinions under these keys in force and all others out of it; returns the claims that may read differently now. */
export async function syncOpinions(db: Db, keyed: readonly Keyed[]): Promise<ClaimId[]> {
  const changed = await rows<{ claim: string; opinion: boolean }>(
    db,
    `with wanted as (select * from unnest($1::text[], $2::text[]) as wanted(claim, key))
     update llm_opinions o set in_force = not o.in_force
     where o.in_force <> exists (select 1 from wanted where wanted.claim = o.claim and wanted.key = o.key)
     returning o.claim, o.opinion is not null as opinion`,
    columns(keyed),
  );
  return [...new Set(changed.filter((row) => row.opinion).map((row) => row.claim))];
}

const columns = (keyed: readonly Keyed[]): [string[], string[]] => [
  keyed.map(({ claim }) => claim),
  keyed.map(({ key }) => key),
];

/** A first poll and a re-served archive are left to the offline judge: they announce nothing, and would cost a day's tokens at once. */
const FRESH = `a.judged_revision = a.revision and not a.quiet and not a.retracted and a.stored_at > now() - interval '1 day'
  and e.main and not e.rejudged
  and not exists (select 1 from llm_opinions o where o.article = e.article and o.revision = e.revision and o.claim = e.claim and o.key = wanted.key)`;

/** Articles of the last day, judged, that the model has not read on a claim they speak to; oldest first. */
export async function unreadArticles(
  db: Db,
  keyed: readonly Keyed[],
  limit: number,
): Promise<{ id: string; revision: number }[]> {
  return rows(
    db,
    `select a.id::text, a.revision from articles a where a.stored_at > now() - interval '1 day'
     and not exists (select 1 from llm_readings r where r.article = a.id and r.revision = a.revision and r.leased_until >= now())
     and exists (
       select 1 from evidence e join unnest($1::text[], $2::text[]) as wanted(claim, key) on wanted.claim = e.claim
       where e.article = a.id and e.revision = a.revision and ${FRESH}
     ) order by a.id limit $3`,
    [...columns(keyed), limit],
  );
}

/** The claims that this revision speaks to and the model has not read it on. */
export async function unreadClaims(
  db: Db,
  article: string,
  revision: number,
  keyed: readonly Keyed[],
): Promise<Keyed[]> {
  return rows(
    db,
    `select distinct e.claim, wanted.key from evidence e join articles a on a.id = e.article
     join unnest($1::text[], $2::text[]) as wanted(claim, key) on wanted.claim = e.claim
     where e.article = $3 and e.revision = $4 and ${FRESH} order by e.claim`,
    [...columns(keyed), article, revision],
  );
}

/** Takes an article for one reading. False while somebody else reads it; who died gives it back when the time is over. */
export async function leaseReading(db: Db, article: string, revision: number, seconds: number): Promise<boolean> {
  const row = await one(
    db,
    `insert into llm_readings as r (article, revision, leased_until) values ($1, $2, now() + make_interval(secs => $3))
     on conflict (article, revision) do update set leased_until = excluded.leased_until where r.leased_until < now() returning r.article`,
    [article, revision, seconds],
  );
  return row !== undefined;
}

export async function endReading(db: Db, article: string, revision: number): Promise<void> {
  await db.query('delete from llm_readings where article = $1 and revision = $2', [article, revision]);
}

export type Kept = Keyed & ({ readonly opinion: Opinion } | { readonly refused: string });

/** Keeps what the model said, once; returns the claims with an opinion that was not there before. */
export async function storeOpinions(
  tx: Db,
  article: string,
  revision: number,
  model: string,
  kept: readonly Kept[],
): Promise<ClaimId[]> {
  const claims: ClaimId[] = [];
  for (const one of kept) {
    const opinion = 'opinion' in one ? JSON.stringify(one.opinion) : null;
    // One opinion of a page on a claim is in force, the latest.
    await tx.query(
      'update llm_opinions set in_force = false where article = $1 and revision = $2 and claim = $3 and key <> $4 and in_force',
      [article, revision, one.claim, one.key],
    );
    const added = await rows<{ claim: string }>(
      tx,
      `insert into llm_opinions (article, revision, claim, key, model, opinion, refused) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict do nothing returning claim`,
      [article, revision, one.claim, one.key, model, opinion, 'refused' in one ? one.refused : null],
    );
    if (opinion !== null) claims.push(...added.map((row) => row.claim));
  }
  return claims;
}

const TODAY = "(now() at time zone 'utc')::date";

/** Sets tokens aside for one call. False when the day's budget has no room for it. `daily` null: no limit. */
export async function reserveTokens(db: Db, model: string, estimate: number, daily: number | null): Promise<boolean> {
  await db.query(`insert into llm_usage (day, model) values (${TODAY}, $1) on conflict do nothing`, [model]);
  const row = await one(
    db,
    `update llm_usage set reserved_tokens = reserved_tokens + $2 where day = ${TODAY} and model = $1
       and ($3::bigint is null or input_tokens + output_tokens + reserved_tokens + $2 <= $3) returning day`,
    [model, estimate, daily],
  );
  return row !== undefined;
}

export interface Spent {
  readonly input: number;
  readonly output: number;
  readonly used: number;
  readonly refused: number;
  readonly failed: boolean;
}

/** What a call came to; gives back what was set aside for it. */
export async function settleTokens(db: Db, model: string, estimate: number, spent: Spent): Promise<void> {
  await db.query(
    `insert into llm_usage as u (day, model, input_tokens, output_tokens, calls, failed, used, refused)
     values (${TODAY}, $1, $3, $4, 1, $5, $6, $7)
     on conflict (day, model) do update set reserved_tokens = greatest(0, u.reserved_tokens - $2),
       input_tokens = u.input_tokens + $3, output_tokens = u.output_tokens + $4, calls = u.calls + 1,
       failed = u.failed + $5, used = u.used + $6, refused = u.refused + $7`,
    [model, estimate, spent.input, spent.output, spent.failed ? 1 : 0, spent.used, spent.refused],
  );
}

export interface UsageToday {
  readonly tokens: number;
  readonly calls: number;
  readonly failed: number;
  readonly used: number;
  readonly refused: number;
}

export async function usageToday(db: Db, model: string): Promise<UsageToday> {
  const row = await one<{ tokens: string; calls: number; failed: number; used: number; refused: number }>(
    db,
    `select (input_tokens + output_tokens + reserved_tokens)::text as tokens, calls, failed, used, refused from llm_usage where day = ${TODAY} and model = $1`,
    [model],
  );
  return row === undefined
    ? { tokens: 0, calls: 0, failed: 0, used: 0, refused: 0 }
    : { ...row, tokens: Number(row.tokens) };
}
