/**
 * Stories and copies as stored: what grouping needs to go on after a restart.
 */
import { iso, type NewsTime } from '../core/time.ts';
import { newsTimeOf, one, rows, storable, type Db } from './sql.ts';

/** Any constant: one grouper at a time on this database, until the transaction ends. */
const GROUPING_LOCK = 0x63_6c_67_72;
/** As many as the shelf holds (core/story.ts). */
const REMEMBERED = 5000;

export async function lockGrouping(tx: Db): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [GROUPING_LOCK]);
}

export interface PlacedRow {
  readonly id: string;
  readonly published: NewsTime;
  readonly story: string;
  readonly textGroup: string;
  readonly imprint: unknown;
}

/** Articles placed after this id, oldest first; of a long past only the newest. */
export async function placedAfter(tx: Db, id: string): Promise<PlacedRow[]> {
  const found = await rows<{ id: string; published: Date; story: string; text_group: string; grouping: unknown }>(
    tx,
    `select * from (
       select id::text, published, story::text, text_group::text, grouping from articles where id > $1 and grouping is not null
       order by articles.id desc limit $2
     ) newest order by id::bigint`,
    [id, REMEMBERED],
  );
  return found.map((row) => ({
    id: row.id,
    published: newsTimeOf(row.published),
    story: row.story,
    textGroup: row.text_group,
    imprint: row.grouping,
  }));
}

export async function addStory(tx: Db, title: string, published: NewsTime): Promise<string> {
  const row = await one<{ id: string }>(
    tx,
    'insert into stories (title, first, last) values ($1, $2, $2) returning id::text',
    [storable(title), iso(published)],
  );
  if (row === undefined) throw new Error('insert returned no story');
  return row.id;
}

/** Whose text an article repeats, without a place in any story. */
export async function recordCopy(tx: Db, article: string, textGroup: string): Promise<void> {
  await tx.query('update articles set text_group = $2 where id = $1', [article, textGroup]);
}

export async function recordPlace(
  tx: Db,
  article: string,
  place: { readonly story: string; readonly textGroup: string; readonly imprint: object; readonly published: NewsTime },
): Promise<void> {
  await tx.query('update articles set story = $2, text_group = $3, grouping = $4 where id = $1', [
    article,
    place.story,
    place.textGroup,
    JSON.stringify(place.imprint),
  ]);
  await tx.query('update stories set first = least(first, $2), last = greatest(last, $2) where id = $1', [
    place.story,
    iso(place.published),
  ]);
}
