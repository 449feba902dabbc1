/**
 * The desk's part that changes what one workspace sees: its feeds, its overrides, what it hands in, who moderates, and
 * how it goes. Everything here is written to the audit log with who, when and why, and counts in that workspace only.
 */
import { createHash } from 'node:crypto';
import type { Desk } from '../chat/platform.ts';
import type { Article } from '../core/article.ts';
import type { Judgement, Stance, Strength } from '../core/evidence.ts';
import { EVERYBODY, type Scope } from '../core/scope.ts';
import { STATUSES, type Status } from '../core/status.ts';
import { wallTime } from '../core/time.ts';
import type { FeedView, WhyView } from '../core/view.ts';
import { findFeeds } from '../feeds/discover.ts';
import { testFeed } from '../feeds/try-feed.ts';
import { fingerprint, itemKey } from '../feeds/identity.ts';
import { shownUrl } from '../feeds/links.ts';
import { storeArticle, type IncomingArticle } from '../ledger/articles.ts';
import { lockClaim, markDirty } from '../ledger/claims.ts';
import { addFeed, feedsOf, listFeeds, removeFeed, type FeedRow } from '../ledger/feeds.ts';
import { writeAudit } from '../ledger/meta.ts';
import { addOverride, revertOverrides } from '../ledger/overrides.ts';
import { scopedStates } from '../ledger/scopes.ts';
import { transaction } from '../ledger/sql.ts';
import { chooseSettings, exportOf, notGreeted, workspaceJoined, workspaceLeft } from '../ledger/workspaces.ts';
import { checkTexts, MOST_TEXTS } from './check-texts.ts';
import { decideClaim } from './decide.ts';
import { MAY_NOT, READING_MS, refused, scopeOfAsker, who, type Answering } from './desk-answers.ts';
import { claimSeenBy, whyOfClaim } from './desk-views.ts';
import { readHandedIn } from './handed-in.ts';
import { judgeArticle } from './judge.ts';
import type { Newsroom } from './newsroom.ts';

type Part = Pick<
  Desk,
  | 'check'
  | 'feeds'
  | 'addFeed'
  | 'removeFeed'
  | 'testFeed'
  | 'handIn'
  | 'override'
  | 'revert'
  | 'moderators'
  | 'exportAll'
  | 'joined'
  | 'notGreeted'
  | 'left'
>;

/** Longest reason a person may give; it is shown with the decision. */
const MOST_REASON = 300;

export function workspaceDesk(room: Newsroom, answering: Answering): Part {
  /** What its workspace sees of a claim, after its change was decided. */
  const decided = async (id: string, scope: Scope): Promise<WhyView> => {
    await decideClaim(room, id);
    const claim = claimSeenBy(room, id, scope);
    if (claim === undefined) throw new Error(`claim ${id} is gone`);
    return whyOfClaim(room, claim, undefined, scope);
  };
  const unknown = (id: string) => refused(`No claim is called "${id.slice(0, 80)}".`);

  return {
    check: (asker, texts) =>
      answering(async () => {
        if (texts.every((text) => text.trim() === ''))
          return refused(`Give me up to ${MOST_TEXTS} links, or paste the text to check.`);
        return { ok: true, value: await checkTexts(room, texts, scopeOfAsker(asker)) };
      }, READING_MS),

    feeds: (asker) =>
      answering(async () => {
        const scope = scopeOfAsker(asker);
        return { ok: true, value: (await listFeeds(room.pool, scope)).map((feed) => feedView(feed, scope)) };
      }),

    addFeed: (asker, address) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const scope = scopeOfAsker(asker);
        const most = room.beat().config.limits.feeds;
        const tools = { fetcher: room.fetcher, reader: { feed: room.readFeed } };
        const found = await findFeeds(address.trim(), tools, room.clock.news(), new AbortController().signal);
        if (!found.ok) return refused(found.message);
        const [first] = found.feeds;
        if (first === undefined) return refused('No feed was found there.');
        const outcome = await transaction(room.pool, async (tx) => {
          // Counted under a lock, so that two clicks at once do not pass the limit together.
          await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 1))', [scope]);
          if ((await feedsOf(tx, scope)) >= most) return 'full';
          const added = await addFeed(tx, { url: first.url, lang: first.feed.lang }, who(asker), scope);
          if (added === 'added') await writeAudit(tx, who(asker), 'add feed', { url: shownUrl(first.url) }, scope);
          return added;
        });
        if (outcome === 'full')
          return refused(
            `This workspace already has ${most} feeds, its limit. Remove one first: /claimwire feeds remove.`,
          );
        const feeds = await listFeeds(room.pool, scope);
        const feed = feeds.find((one) => one.url === first.url);
        if (feed === undefined) return refused('The feed could not be stored.');
        return { ok: true, value: { feed: feedView(feed, scope), known: outcome === 'known' } };
      }, READING_MS),

    removeFeed: (asker, idOrAddress) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const scope = scopeOfAsker(asker);
        const wanted = idOrAddress.trim();
        const outcome = await removeFeed(room.pool, wanted, scope);
        if (outcome !== 'removed')
          return refused(
            `This workspace added no feed called "${wanted.slice(0, 80)}". /claimwire feeds list shows them.`,
          );
        await writeAudit(room.pool, who(asker), 'remove feed', { feed: wanted.slice(0, 200) }, scope);
        return { ok: true, value: { id: wanted } };
      }),

    testFeed: (asker, address) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const lines: string[] = [];
        const say = (line: string): void => void lines.push(line);
        const tools = { fetcher: room.fetcher, reader: { feed: room.readFeed }, clock: room.clock, json: false };
        const code = await testFeed(address.trim(), { ...tools, out: say, err: say });
        return { ok: true, value: { readable: code === 0, lines } };
      }, READING_MS),

    handIn: (asker, id, text) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const scope = scopeOfAsker(asker);
        const claim = claimSeenBy(room, id, scope);
        if (claim === undefined) return unknown(id);
        const reading = await readHandedIn(room, text, 1);
        if (!reading.ok) return refused(`It could not be read: ${reading.trouble}.`);
        const { article } = reading.page;
        const before = (await statusIn(room, id, scope)) ?? 'unverified';
        const incoming = incomingOf(room, reading.page.article, scope);
        const stored = await transaction(room.pool, async (tx) => {
          const row = await storeArticle(tx, incoming);
          if (row.change === 'new') await room.grouping.place(tx, row.id, incoming);
          await writeAudit(tx, who(asker), 'hand in', { claim: id, article: row.id, what: reading.page.name }, scope);
          return row;
        });
        await judgeArticle(room, stored.id);
        const judged = (await room.beat().engine.judge(article)).filter((one) => one.claim === id);
        const why = await decided(id, scope);
        const note =
          judged.length === 0
            ? 'It was read, but no sentence in it is about this claim.'
            : stored.change === 'same'
              ? 'This page was read before; it counts once.'
              : judged.map(readAs).join(' ');
        return { ok: true, value: { why, from: before, note } };
      }, READING_MS),

    override: (asker, id, status, because) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const scope = scopeOfAsker(asker);
        const reason = because.replace(/\s+/g, ' ').trim().slice(0, MOST_REASON);
        if (claimSeenBy(room, id, scope) === undefined) return unknown(id);
        if (!STATUSES.includes(status)) return refused(`A status is one of ${STATUSES.join(', ')}.`);
        if (reason === '') return refused('Say why, in a few words: the reason is shown with the decision.');
        await transaction(room.pool, async (tx) => {
          await lockClaim(tx, id);
          await addOverride(tx, { claim: id, scope, status, because: reason, by: asker.user, at: room.clock.news() });
          await writeAudit(tx, who(asker), 'override', { claim: id, status, because: reason }, scope);
          await markDirty(tx, [id]);
        });
        return { ok: true, value: await decided(id, scope) };
      }),

    revert: (asker, id) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const scope = scopeOfAsker(asker);
        if (claimSeenBy(room, id, scope) === undefined) return unknown(id);
        const reverted = await transaction(room.pool, async (tx) => {
          await lockClaim(tx, id);
          const count = await revertOverrides(tx, id, scope, room.clock.news());
          if (count > 0) {
            await writeAudit(tx, who(asker), 'revert override', { claim: id }, scope);
            await markDirty(tx, [id]);
          }
          return count;
        });
        if (reverted === 0) return refused('There is no override on this claim here.');
        return { ok: true, value: await decided(id, scope) };
      }),

    moderators: (asker, channel) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        await chooseSettings(room.pool, asker.platform, asker.workspace, { moderators: channel });
        await writeAudit(room.pool, who(asker), 'moderators', { channel }, scopeOfAsker(asker));
        return { ok: true, value: { channel } };
      }),

    exportAll: (asker) =>
      answering(async () => {
        if (!asker.mayManage) return refused(MAY_NOT);
        const lines = await exportOf(room.pool, asker.platform, asker.workspace, scopeOfAsker(asker));
        return { ok: true, value: { lines: lines.map((line) => JSON.stringify(line)) } };
      }, 10_000),

    joined: (platform, workspace, name, mayGreet) =>
      workspaceJoined(room.pool, platform, workspace, name.slice(0, 200), mayGreet),
    notGreeted: (platform, workspace) => notGreeted(room.pool, platform, workspace),

    left: (platform, workspace) => workspaceLeft(room.pool, platform, workspace),
  };
}

const SAYS: Readonly<Record<Stance, string>> = {
  supports: 'It says this is so',
  refutes: 'It says this is not so',
  discusses: 'It mentions this without saying whether it is so',
};
const WHOSE: Readonly<Record<Strength, string>> = {
  official: 'in the words of those it is about',
  firsthand: 'as seen or measured by its author',
  attributed: 'as a report',
  rumour: 'as hearsay',
  opinion: 'as an opinion',
};

/** "It says this is so, as a report." */
function readAs(judged: Pick<Judgement, 'stance' | 'strength'>): string {
  return `${SAYS[judged.stance]}, ${WHOSE[judged.strength]}.`;
}

async function statusIn(room: Newsroom, id: string, scope: Scope): Promise<Status | undefined> {
  const apart = (await scopedStates(room.pool, scope)).get(id)?.status;
  if (apart !== undefined) return apart;
  return (await transaction(room.pool, (tx) => lockClaim(tx, id)))?.status;
}

/** What a person brought is news in the workspace that brought it, whenever it was published. */
function incomingOf(room: Newsroom, article: Article, scope: Scope): IncomingArticle {
  const { url, title, body } = article;
  const pasted = `text:${createHash('sha256').update(body).digest('hex').slice(0, 32)}`;
  // The keys a feed would bring it under, so that a page everybody has already is not read as another.
  const keys = url === '' ? [pasted] : [itemKey({ guid: null, url, title }), `print:${fingerprint({ url, title })}`];
  return { ...article, keys, feed: null, seen: room.clock.news(), quiet: false, via: 'moderator', scope };
}

function feedView(feed: FeedRow, viewer: Scope): FeedView {
  return {
    id: feed.id,
    address: shownUrl(feed.url),
    own: feed.scope !== EVERYBODY && feed.scope === viewer,
    state: feed.last_poll_at === null ? 'untried' : feed.failures === 0 ? 'answering' : 'failing',
    result: feed.last_result,
    checked: feed.last_poll_at && wallTime(feed.last_poll_at.getTime()),
    next: wallTime(feed.next_poll_at.getTime()),
  };
}
