/**
 * Publisher: whose page an item of a feed is.
 */
import type { FeedItem } from '../core/article.ts';
import type { Publisher, SourceRegistry } from '../core/source.ts';
import type { FeedRow } from '../ledger/feeds.ts';

/**
 * Who speaks in an item. A feed's text is its publisher's, whatever page it links to: a stranger's feed that links to
 * deepseek.com says nothing in DeepSeek's name. Only a feed of the linked page's own house speaks for that page, and an
 * aggregator that we list is believed about whose headline it passes on.
 */
export function publisherOfItem(
  item: FeedItem,
  feed: Pick<FeedRow, 'publisher' | 'url'>,
  registry: SourceRegistry,
): Publisher {
  const carrier = feed.publisher === null ? undefined : registry.byId(feed.publisher);
  const linked = item.url === null ? null : registry.publisherOf(item.url, item.sourceName ?? undefined);
  if (carrier?.kind === 'aggregator') {
    const named = item.sourceUrl === null ? null : registry.publisherOf(item.sourceUrl, item.sourceName ?? undefined);
    if (named !== null && named.domain !== '') return named;
    // Its links are redirects to itself: then the page is nobody's that we know.
    if (linked !== null && linked.source !== carrier.id) return linked;
    return { source: null, domain: '', name: item.sourceName ?? 'unknown' };
  }
  const house: Publisher =
    carrier === undefined
      ? registry.publisherOf(feed.url)
      : { source: carrier.id, domain: carrier.domains[0] ?? '', name: carrier.name };
  if (linked === null) return house;
  const own =
    linked.source === null ? linked.domain === house.domain : ownerOf(linked, registry) === ownerOf(house, registry);
  if (own) return linked;
  // A listed publisher's feed with a foreign link: an unlisted page is judged by its address, never by the feed's name.
  return linked.source === null ? linked : house;
}

function ownerOf(publisher: Publisher, registry: SourceRegistry): string {
  const source = publisher.source === null ? undefined : registry.byId(publisher.source);
  return source?.owner ?? `page ${publisher.domain}`;
}
