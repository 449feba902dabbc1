/**
 * Link policy: which page do we send people to?
 *
 * To the page of the origin if we saw one, else the wire that carried it, else a listed newsroom. Never to a page nobody
 * has listed (unless the configuration itself names it), however early it was, and never to an address that is not the publisher's it is said to be.
 */
import type { Evidence } from './evidence.ts';
import { byTime, pageOwner } from './provenance.ts';
import type { Source, SourceId, SourceKind, SourceRegistry } from './source.ts';

export interface Link {
  readonly url: string;
  /** As shown beside the link: `api-docs.deepseek.com`. */
  readonly host: string;
}

/** After the origin itself: a wire is nearest to the source, an aggregator the last resort. A press wire is none. */
const PREFERENCE: Record<SourceKind, number> = {
  wire: 1,
  newsroom: 2,
  research: 3,
  official: 4,
  regulator: 4,
  company: 4,
  blog: 5,
  aggregator: 6,
  'press-wire': Infinity,
};

/** The best page among `rows` (all of one meaning) to show for `origin`; null when none is fit. */
export function bestLink(rows: readonly Evidence[], origin: SourceId | null, registry: SourceRegistry): Link | null {
  let best: { rank: number; row: Evidence } | null = null;
  for (const row of [...rows].sort(byTime)) {
    const owner = pageOwner(row, registry);
    if (row.retracted) continue;
    const rank = owner !== null && isListedPage(row.url, registry) ? rankOf(owner, origin) : chosenByHand(row);
    if (rank < (best?.rank ?? Infinity)) best = { rank, row };
  }
  return best === null ? null : { url: best.row.url, host: hostOf(best.row.url) };
}

export function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^www\./, '');
}

function rankOf(owner: Source, origin: SourceId | null): number {
  if (owner.id === origin) return 0;
  return owner.credibility === 'low' ? Infinity : PREFERENCE[owner.kind];
}

/** The person who wrote the configuration answers for its links; they come after every listed page. */
function chosenByHand(row: Evidence): number {
  return row.via === 'config' && /^https?:\/\//.test(row.url) && URL.canParse(row.url) ? 7 : Infinity;
}

/** A feed may name any publisher beside any link; the address itself has to be somebody's we know. */
function isListedPage(url: string, registry: SourceRegistry): boolean {
  const { source } = registry.publisherOf(url);
  return source !== null && registry.byId(source)?.credibility !== 'low';
}
