/**
 * Judge: one article, all claims -> evidence rows. Running it again on the same revision changes nothing.
 */
import { articleById, markJudged } from '../ledger/articles.ts';
import { markDirty } from '../ledger/claims.ts';
import { storeJudgements } from '../ledger/evidence.ts';
import { transaction } from '../ledger/sql.ts';
import { failpoint } from './failpoint.ts';
import type { Newsroom } from './newsroom.ts';
import { wantReread } from './reread.ts';
import { judgementEvents } from './stream.ts';

export async function judgeArticle(room: Newsroom, id: string): Promise<void> {
  const article = await articleById(room.pool, id);
  const { engine, judgedBy } = room.beat();
  if (article === undefined) return;
  if (article.judgedRevision === article.revision && article.judgedBy === judgedBy) return;
  const rejudged = article.judgedRevision === article.revision;
  // Judging happens outside the transaction: it is a pure function of this revision.
  const judgements = await engine.judge(article);
  failpoint('judge.judged');
  const touched = await transaction(room.pool, async (tx) => {
    const now = await articleById(tx, id, true);
    if (now?.revision !== article.revision) return [];
    const claims = await storeJudgements(tx, id, article.revision, engine.version, judgements, rejudged);
    await markJudged(tx, id, article.revision, judgedBy);
    const dirty = await markDirty(tx, claims);
    failpoint('judge.written');
    return dirty;
  });
  failpoint('judge.stored');
  for (const event of judgementEvents(article, judgements)) room.emit(event);
  room.log.info(
    { step: 'judge', article: id, claims: touched.map((claim) => claim.id), title: article.title.slice(0, 120) },
    touched.length === 0 ? 'speaks to no claim' : 'judged',
  );
  for (const { id: claim, dirty } of touched)
    await room.queues.enqueue('decide', { claimId: claim }, { jobId: `decide-${claim}-${dirty}` });
  if (judgements.length > 0) await wantReread(room, article);
}
