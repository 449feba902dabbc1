/**
 * Evidence rows: what one origin, through one article revision, says on one claim.
 */
import type { ClaimId } from '../core/claim.ts';
import type { Evidence, Judgement } from '../core/evidence.ts';
import { seenIn, type Scope } from '../core/scope.ts';
import { reconcile, type Opinion } from '../core/second-opinion.ts';
import { iso, type NewsTime } from '../core/time.ts';
import { newsTimeOf, rows, type Db } from './sql.ts';

/** How an origin is written in the unique key (claim, article, revision, origin, stance). */
function originKey(origin: Judgement['origin']): string {
  if (origin === 'publisher' || origin === 'unattributed') return origin;
  return origin.source ?? `name:${origin.name.normalize('NFKC').toLowerCase()}`;
}

/** Replaces what this article revision says with these judgements. Same input again changes nothing. Returns the claims whose evidence changed. */
export async function storeJudgements(
  tx: Db,
  article: string,
  revision: number,
  engine: string,
  judgements: readonly Judgement[],
  /** This revision was judged before: what it says now is not news. */
  rejudged = false,
): Promise<ClaimId[]> {
  const touched = new Set<ClaimId>();
  const kept: string[] = [];
  for (const judgement of judgements) {
    const [row] = await rows<{ id: string; changed: boolean }>(
      tx,
      `with old as (select id, judgement from evidence where claim = $1 and article = $2 and revision = $3 and origin = $4 and stance = $5)
       insert into evidence (claim, article, revision, origin, stance, strength, main, judgement, engine, rejudged) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (claim, article, revision, origin, stance) do update
         set strength = excluded.strength, main = excluded.main, judgement = excluded.judgement, engine = excluded.engine
       returning id::text, not exists (select 1 from old where old.judgement = evidence.judgement) as changed`,
      [
        judgement.claim,
        article,
        revision,
        originKey(judgement.origin),
        judgement.stance,
        judgement.strength,
        judgement.main,
        JSON.stringify(judgement),
        engine,
        rejudged,
      ],
    );
    if (row === undefined) continue;
    kept.push(row.id);
    if (row.changed) touched.add(judgement.claim);
  }
  const dropped = await rows<{ claim: string }>(
    tx,
    'delete from evidence where article = $1 and revision = $2 and not (id = any($3::bigint[])) returning claim',
    [article, revision, kept],
  );
  for (const row of dropped) touched.add(row.claim);
  // An earlier revision's evidence stands no longer; its claims must be decided anew.
  const earlier = await rows<{ claim: string }>(
    tx,
    'select distinct claim from evidence where article = $1 and revision < $2',
    [article, revision],
  );
  for (const row of earlier) touched.add(row.claim);
  return [...touched];
}

interface EvidenceRow {
  id: string;
  article: string;
  revision: number;
  url: string;
  title: string;
  publisher_source: string | null;
  publisher_domain: string;
  publisher_name: string;
  published: Date;
  seen: Date;
  text_group: string | null;
  retracted: boolean;
  via: 'feed' | 'moderator';
  judgement: Judgement;
  opinion: Opinion | null;
  considered: boolean;
  quiet: boolean;
  scope: Scope;
}

export interface StoredEvidence {
  /** In the light of a language model's opinion, when there is one in force. */
  readonly evidence: Evidence;
  readonly judgement: Judgement;
  /** As the offline judge read it; null when nobody else has. */
  readonly plain: Evidence | null;
  readonly considered: boolean;
  /** Not news: of a first poll or a re-served archive, or read again with new rules. */
  readonly quiet: boolean;
  /** For whom it counts: that of the article. */
  readonly scope: Scope;
}

/** What of these rows counts in a scope. */
export function seenBy<T extends { readonly scope: Scope }>(rows: readonly T[], viewer: Scope): T[] {
  return rows.filter((row) => seenIn(row.scope, viewer));
}

/** Evidence of the latest revisions on a claim, of every scope, oldest first; `asOf` leaves out what was published later. */
export async function evidenceOn(db: Db, claim: ClaimId, asOf?: NewsTime): Promise<StoredEvidence[]> {
  return (await evidenceOnAll(db, [claim], asOf)).get(claim) ?? [];
}

/** The same for many claims in one question: a board of twenty claims must not ask twenty times. Claims without any are left out. */
export async function evidenceOnAll(
  db: Db,
  claims: readonly ClaimId[],
  asOf?: NewsTime,
): Promise<Map<ClaimId, StoredEvidence[]>> {
  const found = await rows<EvidenceRow>(
    db,
    `select e.id::text, e.article::text, e.revision, a.url, a.title, a.publisher_source, a.publisher_domain, a.publisher_name, a.published, a.seen,
       a.text_group::text, a.retracted, a.via, e.judgement, e.considered, (a.quiet or e.rejudged) as quiet, a.scope, o.opinion
     from evidence e join articles a on a.id = e.article and a.revision = e.revision
     left join llm_opinions o on o.article = e.article and o.revision = e.revision and o.claim = e.claim and o.in_force and o.opinion is not null
     where e.claim = any($1) and ($2::timestamptz is null or a.published <= $2) order by a.published, a.id, e.id`,
    [[...claims], asOf === undefined ? null : iso(asOf)],
  );
  const byClaim = new Map<ClaimId, StoredEvidence[]>();
  for (const row of found) {
    const judgement = row.opinion === null ? row.judgement : reconcile(row.judgement, row.opinion);
    const list = byClaim.get(row.judgement.claim) ?? [];
    list.push({
      judgement,
      evidence: evidenceFrom(row, judgement),
      plain: judgement === row.judgement ? null : evidenceFrom(row, row.judgement),
      considered: row.considered,
      quiet: row.quiet,
      scope: row.scope,
    });
    byClaim.set(row.judgement.claim, list);
  }
  return byClaim;
}

function evidenceFrom(row: EvidenceRow, judgement: Judgement): Evidence {
  return {
    id: row.id,
    article: row.article,
    revision: row.revision,
    url: row.url,
    title: row.title,
    publisher: { source: row.publisher_source, domain: row.publisher_domain, name: row.publisher_name },
    published: newsTimeOf(row.published),
    seen: newsTimeOf(row.seen),
    textGroup: row.text_group ?? row.article,
    retracted: row.retracted,
    via: row.via,
    claim: judgement.claim,
    stance: judgement.stance,
    strength: judgement.strength,
    event: judgement.event,
    happenedAt: judgement.happenedAt ?? null,
    chain: judgement.chain,
    origin: judgement.origin,
    quotes: judgement.quotes,
  };
}

/**
 * What we hold has been published: a page that reached us by a clock that was ahead (another machine's, or this one's
 * before it was set back) gets the time by which it is there for certain. Without this it would count only hours later.
 */
export async function dateBack(tx: Db, claim: ClaimId, now: NewsTime): Promise<void> {
  await tx.query(
    `update articles set published = $2, seen = least(seen, $2) where published > $2 and id in (select article from evidence where claim = $1)`,
    [claim, iso(now)],
  );
}

export async function markConsidered(tx: Db, claim: ClaimId): Promise<void> {
  await tx.query('update evidence set considered = true where claim = $1 and not considered', [claim]);
}
