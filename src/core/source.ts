/**
 * Source: who speaks. A source is listed in sources.yaml or it is nobody; nobody is credible by default.
 *
 * Identity is the registrable domain, never a substring: `reuters.com.co` is not Reuters. Shared hosts
 * (code and model repositories) are identified by host + owner path, e.g. `github.com/deepseek-ai`.
 */

export type SourceId = string;

export const SOURCE_KINDS = [
  'newsroom',
  'wire',
  'official',
  'company',
  'regulator',
  'aggregator',
  'press-wire',
  'research',
  'blog',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const CREDIBILITIES = ['high', 'medium', 'low'] as const;
export type Credibility = (typeof CREDIBILITIES)[number];

export interface Source {
  readonly id: SourceId;
  /** As shown to people: "The Information". */
  readonly name: string;
  readonly kind: SourceKind;
  /** Two sources of one owner are not independent. */
  readonly owner: string;
  /** Registrable domains (or exact sub-domains where the parent is not theirs), lower case. */
  readonly domains: readonly string[];
  /** host/owner-path prefixes on shared hosts, e.g. `github.com/deepseek-ai`; issues and comments there never count. */
  readonly paths: readonly string[];
  /** How articles name it, in every language: "FT", "the Financial Times", "金融时报". */
  readonly names: readonly string[];
  /** People who speak for it on record, e.g. "Jensen Huang" for Nvidia. */
  readonly spokespeople: readonly string[];
  readonly credibility: Credibility;
}

/** Who published a page, as far as its address tells. */
export interface Publisher {
  /** The listed source, or null: an unlisted page is never an origin. */
  readonly source: SourceId | null;
  /** Registrable domain of the page, lower case (for shared hosts: host/owner). */
  readonly domain: string;
  /** Name for people: the source's name, else what the feed or archive called it, else the domain. */
  readonly name: string;
}

/**
 * One immutable value, built once from sources.yaml (see registry.ts) and handed to judge, core and chat.
 * All look-ups are exact after folding (NFKC, lower case, collapsed spaces); none is a substring match.
 */
export interface SourceRegistry {
  readonly sources: readonly Source[];
  byId(id: SourceId): Source | undefined;
  /** The source a name in running text refers to: "the FT" -> financial-times. */
  named(name: string): Source | undefined;
  /** Publisher of a page. `fallbackName` is what the feed called it. Never throws: a bad URL has domain ''. */
  publisherOf(url: string, fallbackName?: string): Publisher;
}
