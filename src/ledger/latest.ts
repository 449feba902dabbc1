/**
 * The pages that were read last on some claims.
 */
import type { ClaimId } from '../core/claim.ts';
import type { Judgement } from '../core/evidence.ts';
import type { Scope } from '../core/scope.ts';
import { newsTimeOf, rows, type Db } from './sql.ts';
import type { NewsTime } from '../core/time.ts';

export interface LatestPage {
  readonly url: string;
  readonly title: string;
  readonly publisher: string;
  readonly listed: boolean;
  readonly published: NewsTime;
  readonly evidence: readonly { readonly id: string; readonly claim: ClaimId; readonly judgement: Judgement }[];
}

/** Newest first, each page once with what it says on each of the claims; only what `viewer` sees. */
export async function latestOf(
  db: Db,
  claims: readonly ClaimId[],
  viewer: Scope,
  limit: number,
): Promise<LatestPage[]> {
  const found = await rows<{
    url: string;
    title: string;
    publisher_name: string;
    publisher_source: string | null;
    published: Date;
    evidence: LatestPage['evidence'];
  }>(
    db,
    `select a.url, a.title, a.publisher_name, a.publisher_source, a.published,
       jsonb_agg(jsonb_build_object('id', e.id::text, 'claim', e.claim, 'judgement', e.judgement) order by e.id) as evidence
     from articles a join evidence e on e.article = a.id and e.revision = a.revision
     where e.claim = any($1) and e.main and a.scope in ('', $2) and not a.retracted
     group by a.id order by a.published desc, a.id desc limit $3`,
    [[...claims], viewer, limit],
  );
  return found.map((row) => ({
    url: row.url,
    title: row.title,
    publisher: row.publisher_name,
    listed: row.publisher_source !== null,
    published: newsTimeOf(row.published),
    evidence: row.evidence,
  }));
}
