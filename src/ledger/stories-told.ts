/**
 * Stories that are ready to be told to those who follow everything, and those that have grown since.
 */
import type { TopicId } from '../core/claim.ts';
import { rows, type Db } from './sql.ts';

/** Distinct publishers of a story's public articles. */
const PUBLISHERS = `count(distinct coalesce(a.publisher_source, a.publisher_domain))`;

export interface ReadyStory {
  readonly story: string;
  readonly topic: TopicId;
  readonly publishers: number;
  /** An announced change was decided by a page of it: who heard that needs no second message. */
  readonly decided: boolean;
}

/**
 * Stories with a page that speaks to a claim of a topic and is no part of a first poll, not told in that topic yet, which have settled:
 * a second publisher carries them, or they are older than `settleMs`. Public pages only; of the last `withinMs` only.
 */
export async function readyStories(
  db: Db,
  topics: readonly TopicId[],
  terms: { readonly settleMs: number; readonly withinMs: number },
  limit: number,
): Promise<ReadyStory[]> {
  return rows(
    db,
    `with touched as (
       select a.story, k.topic from articles a join evidence e on e.article = a.id and e.revision = a.revision join claims k on k.id = e.claim
       where a.story is not null and a.scope = '' and k.scope = '' and not a.quiet and not e.rejudged and k.topic = any($1)
         and a.stored_at > now() - make_interval(secs => $3)
       group by a.story, k.topic
     )
     select t.story::text, t.topic, s.publishers::int, exists (
         select 1 from decisions d join evidence e on e.id = case when d.decision->>'decisive' ~ '^[0-9]+$' then (d.decision->>'decisive')::bigint end
           join articles p on p.id = e.article
         where d.announced and p.story = t.story) as decided
     from touched t
       cross join lateral (select ${PUBLISHERS} as publishers, min(a.stored_at) as first from articles a where a.story = t.story and a.scope = '') s
     where not exists (select 1 from told_stories o where o.story = t.story and o.topic = t.topic)
       and (s.publishers >= 2 or s.first < now() - make_interval(secs => $2))
     order by t.story limit $4`,
    [[...topics], terms.settleMs / 1000, terms.withinMs / 1000, limit],
  );
}

/** False when another process told it. */
export async function markTold(tx: Db, story: Pick<ReadyStory, 'story' | 'topic' | 'publishers'>): Promise<boolean> {
  const done = await rows(
    tx,
    'insert into told_stories (story, topic, publishers) values ($1, $2, $3) on conflict do nothing returning story',
    [story.story, story.topic, story.publishers],
  );
  return done.length > 0;
}

/** Told stories that more publishers carry now: their cards want an edit. Of the last days only. */
export async function letStoriesGrow(tx: Db): Promise<number> {
  const grown = await rows<{ story: string }>(
    tx,
    `with grown as (
       select o.story, max(s.publishers) as publishers from told_stories o
         cross join lateral (select ${PUBLISHERS} as publishers from articles a where a.story = o.story and a.scope = '') s
       where o.at > now() - interval '3 days' and s.publishers > o.publishers group by o.story
     ), noted as (
       update told_stories o set publishers = g.publishers from grown g where o.story = g.story returning o.story
     )
     update cards set wanted = wanted + 1 where message_id is not null and claim in (select 'story:' || story from noted) returning claim as story`,
  );
  return grown.length;
}
