/**
 * Check: links and texts that people ask about. Which tracked claims they touch, whom they credit, and how many of them
 * knew by themselves: "5 pages, 4 publishers, 1 origin: The Information".
 */
import type { Claim } from '../core/claim.ts';
import type { Cited, Judgement } from '../core/evidence.ts';
import { seenIn, EVERYBODY, type Scope } from '../core/scope.ts';
import type { SourceRegistry } from '../core/source.ts';
import { storyShelf } from '../core/story.ts';
import { PASTED } from '../core/view.ts';
import type { CheckedPage, CheckView } from '../core/view.ts';
import { counted, listed } from '../core/wording.ts';
import type { PageCredit } from '../judge/credit.ts';
import { readHandedIn, type HandedIn, type Reading } from './handed-in.ts';
import type { Newsroom } from './newsroom.ts';

/** More at once is a crawl. */
export const MOST_TEXTS = 10;

export async function checkTexts(room: Newsroom, texts: readonly string[], viewer: Scope): Promise<CheckView> {
  const wanted = [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))].slice(0, MOST_TEXTS);
  const readings = await Promise.all(wanted.map((text, at) => readHandedIn(room, text, at + 1)));
  const { claims, tracked, registry, engine, credit } = room.beat();
  const seen = (claim: string): Claim | undefined =>
    seenIn(tracked.get(claim) ?? EVERYBODY, viewer) ? claims.get(claim) : undefined;
  const judged = await Promise.all(
    readings.map(async (reading) => ({
      reading,
      judgements: reading.ok ? (await engine.judge(reading.page.article)).filter((one) => seen(one.claim)) : [],
    })),
  );
  const copies = copiesAmong(readings);
  const pages = judged.map(({ reading, judgements }): CheckedPage => {
    if (!reading.ok) return unread(reading.name, reading.trouble);
    return pageOf(
      reading.page,
      judgements,
      credit(reading.page.article),
      copies.get(reading.page) ?? null,
      registry,
      seen,
    );
  });
  return sumUp(pages, registry);
}

function pageOf(
  { name, article }: HandedIn,
  judgements: readonly Judgement[],
  credit: PageCredit,
  copyOf: string | null,
  registry: SourceRegistry,
  seen: (claim: string) => Claim | undefined,
): CheckedPage {
  const source = article.publisher.source === null ? undefined : registry.byId(article.publisher.source);
  // Where the page speaks to a tracked claim, the credit of those sentences is what matters.
  const main = judgements.find((one) => one.main && one.stance !== 'discusses');
  const chain: readonly Cited[] = main === undefined || main.chain.length === 0 ? credit.chain : main.chain;
  return {
    name,
    trouble: null,
    title: article.title,
    publisher: article.publisher.name,
    owner: source?.owner ?? null,
    listed: source !== undefined,
    chain: chain.map((hop) => hop.name),
    origin: chain.at(-1)?.name ?? (article.publisher.name === PASTED ? name : article.publisher.name),
    copyOf,
    claims: judgements.flatMap((one) => {
      const claim = seen(one.claim);
      if (claim === undefined || !one.main) return [];
      const { id, topic, statement } = claim;
      const origin =
        typeof one.origin === 'string'
          ? one.origin === 'publisher'
            ? article.publisher.name
            : 'nobody named'
          : one.origin.name;
      const quote = one.quotes.find((candidate) => candidate.role === 'stance') ?? one.quotes[0];
      return [{ id, topic, statement, stance: one.stance, strength: one.strength, origin, quote: quote?.text ?? '' }];
    }),
  };
}

function unread(name: string, trouble: string): CheckedPage {
  return {
    name,
    trouble,
    title: '',
    publisher: '',
    owner: null,
    listed: false,
    chain: [],
    origin: '',
    copyOf: null,
    claims: [],
  };
}

/** Which page repeats the text of one handed in before it: same text, same origin. */
function copiesAmong(readings: readonly Reading[]): Map<HandedIn, string> {
  const shelf = storyShelf();
  const first = new Map<string, string>();
  const copies = new Map<HandedIn, string>();
  readings.forEach((reading, at) => {
    if (!reading.ok) return;
    const { textGroup } = shelf.place({ ...reading.page.article, id: String(at) });
    const before = first.get(textGroup);
    if (before === undefined) first.set(textGroup, reading.page.name);
    else copies.set(reading.page, before);
  });
  return copies;
}

function sumUp(pages: readonly CheckedPage[], registry: SourceRegistry): CheckView {
  const read = pages.filter((page) => page.trouble === null);
  const byName = new Map(read.map((page) => [page.name, page]));
  const groups = new Map<string, { name: string; listed: boolean; pages: number }>();
  for (const page of read) {
    const from = (page.copyOf === null ? undefined : byName.get(page.copyOf)) ?? page;
    const source = registry.named(from.origin);
    // Two houses of one owner are one origin.
    const key =
      source?.owner ??
      (from.chain.length === 0 ? `page ${from.publisher} ${from.owner ?? from.name}` : from.origin.toLowerCase());
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { name: from.origin, listed: source !== undefined, pages: 1 });
    else known.pages += 1;
  }
  const origins = [...groups.values()].sort((a, b) => b.pages - a.pages);
  const texts = read.filter((page) => page.publisher === PASTED).length;
  const publishers = new Set(read.flatMap((page) => (page.publisher === PASTED ? [] : page.publisher))).size;
  const counts = [
    ...(texts < read.length ? [counted(read.length - texts, 'page')] : []),
    ...(texts > 0 ? [counted(texts, 'text')] : []),
    ...(publishers > 0 ? [counted(publishers, 'publisher')] : []),
    counted(origins.length, 'origin'),
  ];
  const named = origins.slice(0, 5).map((origin) => origin.name);
  const more = origins.length > named.length ? ` and ${origins.length - named.length} more` : '';
  const sum = read.length === 0 ? 'Nothing could be read.' : `${counts.join(', ')}: ${listed(named)}${more}`;
  return { pages, sum, publishers, origins };
}
