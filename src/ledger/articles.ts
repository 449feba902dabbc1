/**
 * Articles: the item once per identity, with revisions. The same GUID, link or title-and-link met again is the same
 * article; other words under the same identity are its next revision.
 */
import type { Article } from '../core/article.ts';
import type { Publisher } from '../core/source.ts';
import { EVERYBODY, type Scope } from '../core/scope.ts';
import { iso, type NewsTime } from '../core/time.ts';
import { newsTimeOf, one, rows, storable, type Db } from './sql.ts';

export interface IncomingArticle {
  /** Most specific first: GUID key, canonical link key, fingerprint key. At least one. */
  readonly keys: readonly string[];
  readonly feed: string | null;
  readonly url: string;
  readonly publisher: Publisher;
  readonly published: NewsTime;
  readonly seen: NewsTime;
  readonly lang: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly authors: readonly string[];
  readonly quiet: boolean;
  readonly via: 'feed' | 'moderator';
  /** For whom it counts: what one workspace brought is its own. */
  readonly scope: Scope;
}

export interface Stored {
  readonly id: string;
  readonly revision: number;
  readonly change: 'new' | 'revised' | 'same';
}

interface ArticleRow {
  id: string;
  feed: string | null;
  url: string;
  publisher_source: string | null;
  publisher_domain: string;
  publisher_name: string;
  published: Date;
  seen: Date;
  lang: string;
  revision: number;
  title: string;
  summary: string;
  body: string;
  authors: string[];
  quiet: boolean;
  text_group: string | null;
  judged_revision: number;
  judged_by: string | null;
  scope: Scope;
}

/**
 * Under which keys the items of a scope are known. A workspace's own page never stands in for the public one: its feed may
 * claim any link, and whoever brings the page to everybody brings it anew.
 */
export function keysIn(scope: Scope, keys: readonly string[]): string[] {
  return scope === EVERYBODY ? [...keys] : keys.map((key) => `${scope} ${key}`);
}

const COLUMNS = `id::text, feed, url, publisher_source, publisher_domain, publisher_name, published, seen, lang, revision, title, summary, body,
  authors, quiet, text_group::text, judged_revision, judged_by, scope`;

/** Which of these keys are known in this scope, without storing anything: how new does this poll look? */
export async function knownKeys(db: Db, keys: readonly string[], scope: Scope = EVERYBODY): Promise<Set<string>> {
  const found = await rows<{ key: string }>(db, 'select key from article_keys where key = any($1)', [
    [...keys, ...(scope === EVERYBODY ? [] : keysIn(scope, keys))],
  ]);
  return new Set(
    found.map((row) =>
      scope !== EVERYBODY && row.key.startsWith(`${scope} `) ? row.key.slice(scope.length + 1) : row.key,
    ),
  );
}

/** Stores the item once. Safe to run again on the same item: the answer is then `same`. Run inside a transaction. */
export async function storeArticle(tx: Db, item: IncomingArticle): Promise<Stored> {
  const title = storable(item.title);
  const summary = storable(item.summary);
  const body = storable(item.body);
  // Two feeds may carry one link at the same moment: whoever takes the key's lock first stores it, the other revises.
  const keys = keysIn(item.scope, item.keys);
  for (const key of [...keys].sort((a, b) => (a < b ? -1 : 1)))
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
  const known = await one<ArticleRow>(
    tx,
    `select ${COLUMNS} from articles where id = (select article from article_keys where key = any($1) order by array_position($1, key) limit 1) for update`,
    // What everybody has is not a workspace's own.
    [item.scope === EVERYBODY ? keys : [...item.keys, ...keys]],
  );
  if (known === undefined) {
    const added = await one<{ id: string }>(
      tx,
      `insert into articles (feed, url, publisher_source, publisher_domain, publisher_name, published, seen, lang, title, summary, body, authors, quiet, via, scope)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning id::text`,
      [
        item.feed,
        item.url,
        item.publisher.source,
        item.publisher.domain,
        storable(item.publisher.name),
        iso(item.published),
        iso(item.seen),
        item.lang,
        title,
        summary,
        body,
        JSON.stringify(item.authors.map(storable)),
        item.quiet,
        item.via,
        item.scope,
      ],
    );
    if (added === undefined) throw new Error('insert returned no article');
    await addKeys(tx, added.id, keys);
    await addRevision(tx, added.id, 1, { title, summary, body }, item.seen);
    return { id: added.id, revision: 1, change: 'new' };
  }
  if (known.scope !== item.scope) return { id: known.id, revision: known.revision, change: 'same' };
  await addKeys(tx, known.id, keys);
  // Another feed's shorter view of the same page is not an edit: only the feed that brought the article revises it.
  if (known.feed !== item.feed || (known.title === title && known.summary === summary && known.body === body))
    return { id: known.id, revision: known.revision, change: 'same' };
  await tx.query('update articles set revision = revision + 1, title = $2, summary = $3, body = $4 where id = $1', [
    known.id,
    title,
    summary,
    body,
  ]);
  await addRevision(tx, known.id, known.revision + 1, { title, summary, body }, item.seen);
  return { id: known.id, revision: known.revision + 1, change: 'revised' };
}

async function addKeys(tx: Db, article: string, keys: readonly string[]): Promise<void> {
  await tx.query('insert into article_keys (key, article) select unnest($1::text[]), $2 on conflict do nothing', [
    [...keys],
    article,
  ]);
}

async function addRevision(
  tx: Db,
  article: string,
  revision: number,
  text: { title: string; summary: string; body: string },
  seen: NewsTime,
): Promise<void> {
  await tx.query(
    'insert into article_revisions (article, revision, title, summary, body, seen) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
    [article, revision, text.title, text.summary, text.body, iso(seen)],
  );
}

export interface StoredArticle extends Article {
  readonly scope: Scope;
  readonly seen: NewsTime;
  readonly quiet: boolean;
  readonly judgedRevision: number;
  readonly judgedBy: string | null;
}

function fromRow(row: ArticleRow): StoredArticle {
  return {
    id: row.id,
    revision: row.revision,
    url: row.url,
    publisher: { source: row.publisher_source, domain: row.publisher_domain, name: row.publisher_name },
    published: newsTimeOf(row.published),
    seen: newsTimeOf(row.seen),
    lang: row.lang,
    title: row.title,
    summary: row.summary,
    body: row.body,
    authors: row.authors,
    quiet: row.quiet,
    scope: row.scope,
    judgedRevision: row.judged_revision,
    judgedBy: row.judged_by,
  };
}

export async function articleById(db: Db, id: string, lock = false): Promise<StoredArticle | undefined> {
  const row = await one<ArticleRow>(db, `select ${COLUMNS} from articles where id = $1 ${lock ? 'for update' : ''}`, [
    id,
  ]);
  return row && fromRow(row);
}

/** The articles of a story that are seen in a scope, oldest first. */
export async function articlesOfStory(
  db: Db,
  story: string,
  viewer: Scope,
): Promise<(StoredArticle & { readonly textGroup: string })[]> {
  const found = await rows<ArticleRow>(
    db,
    `select ${COLUMNS} from articles where story = $1 and scope = any($2) and not retracted order by published, id`,
    [story, [EVERYBODY, viewer]],
  );
  return found.map((row) => ({ ...fromRow(row), textGroup: row.text_group ?? row.id }));
}

/** Which articles `articlesOfStory` would return, and in which revision: "12.1.12 15.2.12". '' when there are none. */
export async function pagesOfStory(db: Db, story: string, viewer: Scope): Promise<string> {
  const found = await one<{ pages: string }>(
    db,
    `select coalesce(string_agg(id || '.' || revision || '.' || coalesce(text_group, id), ' ' order by id), '') as pages
     from articles where story = $1 and scope = any($2) and not retracted`,
    [story, [EVERYBODY, viewer]],
  );
  return found?.pages ?? '';
}

/** Articles judging left behind: never judged, revised since, or judged by another engine or other claims. Oldest first. */
export async function unjudgedArticles(
  db: Db,
  judgedBy: string,
  since: NewsTime,
  limit: number,
): Promise<{ id: string; revision: number }[]> {
  return rows(
    db,
    `select id::text, revision from articles where judged_revision < revision or (judged_by is distinct from $1 and published >= $2) order by published, id limit $3`,
    [judgedBy, iso(since), limit],
  );
}

export async function markJudged(tx: Db, id: string, revision: number, judgedBy: string): Promise<void> {
  await tx.query('update articles set judged_revision = $2, judged_by = $3 where id = $1 and revision = $2', [
    id,
    revision,
    judgedBy,
  ]);
}

/** News time of the newest stored article, or null in an empty ledger. */
export async function newestPublished(db: Db): Promise<NewsTime | null> {
  const row = await one<{ newest: Date | null }>(db, 'select max(published) as newest from articles');
  return row?.newest ? newsTimeOf(row.newest) : null;
}

export interface StoredText {
  readonly article: StoredArticle;
  /** Near-identical texts share it; the article's own id until it is grouped. */
  readonly textGroup: string;
}

/** Articles per query: a page of text is a few kB. */
const BATCH = 200;

/** The newest `most` articles published in [since, until], oldest first, a batch at a time. */
export async function* storedArticles(
  db: Db,
  { since, until, most }: { readonly since: NewsTime | null; readonly until: NewsTime; readonly most: number },
): AsyncGenerator<StoredText> {
  const found = await rows<{ id: string }>(
    db,
    `select id::text from (
       select id, published from articles where not retracted and published <= $1 and ($2::timestamptz is null or published >= $2)
       order by published desc, id desc limit $3) newest
     order by published, id`,
    [iso(until), since === null ? null : iso(since), most],
  );
  for (let at = 0; at < found.length; at += BATCH) {
    const ids = found.slice(at, at + BATCH).map((row) => row.id);
    const batch = await rows<ArticleRow>(
      db,
      `select ${COLUMNS} from articles where id = any($1::bigint[]) order by published, id`,
      [ids],
    );
    for (const row of batch) yield { article: fromRow(row), textGroup: row.text_group ?? row.id };
  }
}
