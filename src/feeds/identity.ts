/**
 * When two entries are the same article. A publisher may change the guid, the scheme, the tracking parameters or
 * the title of an article; each alone must not make it news again.
 *
 *     itemKey:      guid, else canonical link, else the fingerprint
 *     fingerprint:  folded title + canonical link: survives a change of every guid
 *     textHash:     what is said: differs when an article was revised
 */
import { createHash } from 'node:crypto';
import type { FeedItem } from '../core/article.ts';

/** Parameters that say how a reader came, not what is read. */
const TRACKING =
  /^(?:utm_\w+|at_(?:medium|campaign|custom\d|link_\w+|bbc_team|format|ptr_name)|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|hsctatracking|fb(?:clid|_\w+)|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|twclid|igshid|igsh|ocid|cmpid|cmp|ns_\w+|ito|xtor|smid|smtyp|sh|sref|mod|partner|rss|ref_src|ref_url|feedtype|feedname|guccounter|guce_\w+|spm|scm|from_?source|share_?\w*|chksm|ncid|s_?cid|icid|cid|taid|vero_\w+|wt\.\w+|oc)$/i;

/**
 * One spelling per page, for comparing only; people are shown the address as served. http and https, `www.`,
 * a fragment, a slash at the end, the order of parameters and tracking parameters make no difference.
 * A text that is no http(s) address comes back trimmed.
 */
export function canonicalUrl(written: string): string {
  let url: URL;
  try {
    url = new URL(written.trim());
  } catch {
    return written.trim();
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return written.trim();
  const host = url.hostname.replace(/^www\.(?=[^.]+\.)/, '').replace(/\.$/, '');
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`;
  const path = url.pathname.length > 1 ? url.pathname.replace(/\/{1,50}$/, '') : '';
  const kept = [...url.searchParams]
    .filter(([name]) => !TRACKING.test(name))
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  const query = new URLSearchParams(kept).toString();
  // A fragment that routes (`#!/story/1`, `#/story/1`) is the page.
  const fragment = /^#[!/]/.test(url.hash) ? url.hash : '';
  return `https://${host}${port}${path}${query === '' ? '' : `?${query}`}${fragment}`;
}

/** The key of one entry by itself; use itemKeys for a whole poll. At most 210 characters. */
export function itemKey(item: Pick<FeedItem, 'guid' | 'url' | 'title'>): string {
  const guid = item.guid?.trim() ?? '';
  // A guid that is an address changes with http -> https like any link.
  if (/^https?:\/\//i.test(guid)) return short('link', canonicalUrl(guid));
  if (guid !== '') return short('guid', guid);
  if (item.url !== null) return short('link', canonicalUrl(item.url));
  return `text:${fingerprint(item)}`;
}

/**
 * Keys of one poll's entries, in their order. Where one guid stands on entries that differ (some feeds give every
 * entry the same), those are told apart by their fingerprints; true repeats share a key.
 */
export function itemKeys(items: readonly FeedItem[]): string[] {
  const prints = items.map((item) => fingerprint(item));
  const keys = items.map((item) => itemKey(item));
  const printsOf = new Map<string, Set<string>>();
  keys.forEach((key, at) => {
    const set = printsOf.get(key) ?? new Set<string>();
    set.add(prints[at] ?? '');
    printsOf.set(key, set);
  });
  return keys.map((key, at) => ((printsOf.get(key)?.size ?? 1) > 1 ? `${key}#${prints[at] ?? ''}` : key));
}

/** Title and link, folded: 22 characters. */
export function fingerprint(item: Pick<FeedItem, 'url' | 'title'>): string {
  return digest(`${folded(item.title)}\n${item.url === null ? '' : canonicalUrl(item.url)}`);
}

/** The title alone, folded: links and guids may all change at once (a new CMS). */
export function titlePrint(item: Pick<FeedItem, 'title'>): string {
  return digest(folded(item.title));
}

/** What the entry says, without spacing, case and punctuation: a new value is a new revision. */
export function textHash(item: Pick<FeedItem, 'title' | 'summary' | 'body'>): string {
  return digest(
    [item.title, item.summary, item.body]
      .map((text) =>
        folded(text)
          .replace(/[^\p{L}\p{N}]+/gu, ' ')
          .trim(),
      )
      .join('\n'),
  );
}

/** Width, case, spaces and invisible characters do not make a different title. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function short(kind: string, value: string): string {
  return value.length <= 200 ? `${kind}:${value}` : `${kind}:${digest(value)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
