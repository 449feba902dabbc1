/**
 * Group: which story an article belongs to and whose text it copies, decided as it is stored.
 *
 * The shelf (core/story.ts) lives in memory and is rebuilt from what the ledger keeps beside each article. Grouping is
 * done under one lock of the database, so that two processes never begin the same story twice.
 */
import { storyShelf, type Imprint, type StoryShelf } from '../core/story.ts';
import { EVERYBODY } from '../core/scope.ts';
import { newsTime } from '../core/time.ts';
import type { IncomingArticle } from '../ledger/articles.ts';
import { addStory, lockGrouping, placedAfter, recordCopy, recordPlace } from '../ledger/stories.ts';
import type { Db } from '../ledger/sql.ts';

export interface Grouping {
  /** Places one new article by its words and by what it says of the claims (core/story-marks.ts), inside the transaction that stores it. A workspace's own article joins no story: those are everybody's. */
  place(
    tx: Db,
    id: string,
    article: IncomingArticle,
    marks?: Readonly<Record<string, number>>,
  ): Promise<{ readonly story: string | null; readonly textGroup: string }>;
  /** The transaction committed: what was placed in it stands. Without this the shelf is read anew next time. */
  committed(): void;
}

/** `names`: all names of one thing per row, so that an English and a Chinese report of one event meet. */
export function openGrouping(names: readonly (readonly string[])[]): Grouping {
  let shelf: StoryShelf | null = null;
  let lastId = '0';
  let uncommitted = false;

  const current = async (tx: Db): Promise<StoryShelf> => {
    await lockGrouping(tx);
    if (shelf === null || uncommitted) {
      shelf = storyShelf({ names });
      lastId = '0';
    }
    for (const row of await placedAfter(tx, lastId)) {
      shelf.remember({ ...row, imprint: row.imprint as Imprint });
      lastId = row.id;
    }
    return shelf;
  };

  return {
    async place(tx, id, article, marks = {}) {
      const known = await current(tx);
      const found = known.find({ ...article, marks, published: newsTime(article.published) });
      if (article.scope !== EVERYBODY) {
        await recordCopy(tx, id, found.textGroup ?? id);
        return { story: null, textGroup: found.textGroup ?? id };
      }
      uncommitted = true;
      const story = found.story ?? (await addStory(tx, article.title, article.published));
      const textGroup = found.textGroup ?? id;
      await recordPlace(tx, id, { story, textGroup, imprint: found.imprint, published: article.published });
      known.remember({ id, published: article.published, story, textGroup, imprint: found.imprint });
      lastId = id;
      return { story, textGroup };
    },
    committed() {
      uncommitted = false;
    },
  };
}
