/**
 * Group: which story an article belongs to and whose text it copies, decided as it is stored.
 *
 * The shelf (core/story.ts) lives in memory and is rebuilt from what the ledger keeps beside each article. Grouping is
 * done under one lock of the database, so that two processes never begin the same story twice. An article is placed once, as
 * it is stored: what was told of a story never turns out to belong to another.
 */
import type { Article } from '../core/article.ts';
import type { Judgement } from '../core/evidence.ts';
import type { Imprint } from '../core/likeness.ts';
import { storyShelf, type StoryShelf } from '../core/story.ts';
import { EVERYBODY } from '../core/scope.ts';
import { newsTime } from '../core/time.ts';
import type { IncomingArticle } from '../ledger/articles.ts';
import { addStory, lockGrouping, placedAfter, recordCopy, recordPlace } from '../ledger/stories.ts';
import type { Db } from '../ledger/sql.ts';
import type { Beat } from './newsroom.ts';
import { namesIn } from './replay.ts';

export interface Grouping {
  /** Places one new article by its words and by what it says of the claims (core/gist.ts), inside the transaction that stores it. A workspace's own article joins no story: those are everybody's. */
  place(
    tx: Db,
    id: string,
    article: IncomingArticle,
  ): Promise<{ readonly story: string | null; readonly textGroup: string }>;
  /** The transaction committed: what was placed in it stands. Without this the shelf is read anew next time. */
  committed(): void;
}

/** What an article says is judged by the claims in force as it is placed; names are those in force when the shelf was built. */
export function openGrouping(beat: () => Beat): Grouping {
  let shelf: StoryShelf | null = null;
  let lastId = '0';
  let uncommitted = false;

  const current = async (tx: Db): Promise<StoryShelf> => {
    await lockGrouping(tx);
    if (shelf === null || uncommitted) {
      const { registry, claims } = beat();
      shelf = storyShelf({ names: namesIn(registry, [...claims.values()]) });
      lastId = '0';
    }
    for (const row of await placedAfter(tx, lastId)) {
      shelf.remember({ ...row, imprint: row.imprint as Imprint });
      lastId = row.id;
    }
    return shelf;
  };

  return {
    async place(tx, id, article) {
      const everybodys = article.scope === EVERYBODY;
      const judgements = everybodys ? await publicWord(beat(), { ...article, id, revision: 1 }) : [];
      const known = await current(tx);
      const found = known.find({ ...article, published: newsTime(article.published), judgements });
      if (!everybodys) {
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

/**
 * What an article says of the configuration's claims. Judging it here takes a few milliseconds, and the judge's own turn comes
 * later; what one workspace tracks for itself has no part in stories, which are everybody's.
 */
async function publicWord({ engine, tracked }: Beat, article: Article): Promise<readonly Judgement[]> {
  return (await engine.judge(article)).filter(({ claim }) => !tracked.has(claim));
}
