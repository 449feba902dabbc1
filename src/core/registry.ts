/**
 * Registry: whose page is this, and whom does this name mean?
 *
 * `https://www.reuters.com/technology/x` is Reuters and "the FT" is the Financial Times, while `reuters.com.co`,
 * `xn--euters-9nd.com` and `github.com/deepseek-ai/DeepSeek-V4/issues/7` are nobody in particular. A page counts as somebody's
 * own word only by what is listed in sources.yaml, never by what a title, a name or a part of an address looks like.
 *
 * Pure: main passes the public-suffix look-up (tldts `getDomain` with private suffixes, so that `someone.github.io` and
 * `someone.pages.dev` are separate owners).
 */
import type { Publisher, Source, SourceId, SourceRegistry } from './source.ts';

/** `www.bbc.co.uk` -> `bbc.co.uk`; null for a bare public suffix, an IP address or a local name. */
export type RegistrableDomain = (host: string) => string | null;

/**
 * Pages below an owner's path on a shared host that anybody may write. `commit` and `compare` are among them because code
 * hosts show a stranger's fork commit under the parent's address; so do `tree` and `blob` when a hash names the revision.
 */
const WRITTEN_BY_ANYBODY = new Set([
  'issues',
  'issue',
  'pull',
  'pulls',
  'discussions',
  'discussion',
  'comments',
  'commit',
  'compare',
  'merge_requests',
  'wiki',
  'community',
  'forks',
]);

/** Parts of a source's own domain where its readers and customers write: `forums.developer.nvidia.com`. */
const VISITORS_WRITE_HERE = new Set([
  'forum',
  'forums',
  'bbs',
  'community',
  'communities',
  'discuss',
  'answers',
  'club',
]);

/** Longer addresses are cut by browsers and feed readers alike; ours are refused. */
const LONGEST_URL = 4096;

/** Printable ASCII with single spaces, as most names are: nothing to fold but capitals. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** Names are compared after this: NFKC, no invisible characters, straight apostrophes, lower case, single spaces. */
export function foldName(name: string): string {
  const capped = name.slice(0, 200);
  if (PLAIN.test(capped)) return capped.toLowerCase();
  return capped
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[‘’]/g, "'")
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Folded names that two sources claim. Such a name means nobody; `claimwire check` shows them. */
export function nameClashes(sources: readonly Source[]): readonly { name: string; sources: readonly SourceId[] }[] {
  return [...namesOf(sources)]
    .filter(([, owners]) => owners.length > 1)
    .map(([name, owners]) => ({ name, sources: owners.map((source) => source.id) }));
}

/** Builds the one immutable look-up value from sources.yaml. Later sources never take over a domain or path of earlier ones. */
export function buildRegistry(sources: readonly Source[], registrableDomain: RegistrableDomain): SourceRegistry {
  const ids = new Map(sources.map((source) => [source.id, source]));
  const names = namesOf(sources);
  const domains = new Map<string, Source>();
  const sharedHosts = new Map<string, { owner: readonly string[]; source: Source }[]>();
  for (const source of sources) {
    for (const domain of source.domains) {
      const key = plainHost(domain);
      if (!domains.has(key)) domains.set(key, source);
    }
    for (const path of source.paths) {
      const [host = '', ...owner] = path.toLowerCase().split('/').filter(Boolean);
      const owners = sharedHosts.get(plainHost(host)) ?? [];
      owners.push({ owner, source });
      sharedHosts.set(plainHost(host), owners);
    }
  }
  // github.com/a/b before github.com/a: the longest owner path wins.
  for (const owners of sharedHosts.values()) owners.sort((a, b) => b.owner.length - a.owner.length);

  const named = remembering((name): Source | undefined => {
    const folded = foldName(name);
    const owners = names.get(folded) ?? (folded.startsWith('the ') ? names.get(folded.slice(4)) : undefined);
    return owners?.length === 1 ? owners[0] : undefined;
  });

  const ownerAt = remembering((url) => {
    const address = parseAddress(url);
    return address === null ? null : ownerOf(address);
  });

  function publisherOf(url: string, fallbackName?: string): Publisher {
    const owner = ownerAt(url);
    if (owner === null) return { source: null, domain: '', name: fallbackName?.trim() || 'unknown' };
    const { source, domain } = owner;
    return { source: source?.id ?? null, domain, name: source?.name ?? (fallbackName?.trim() || domain) };
  }

  function ownerOf({ host, path, hash }: Address): { source: Source | undefined; domain: string } {
    const registrable = registrableDomain(host) ?? host;
    const owners = sharedHosts.get(host);
    if (owners !== undefined) {
      if (writtenByAnybody(path, hash)) return { source: undefined, domain: host };
      const owner = owners.find((entry) => entry.owner.every((part, at) => path[at] === part));
      if (owner !== undefined) return { source: owner.source, domain: [host, ...owner.owner].join('/') };
      return { source: undefined, domain: path[0] === undefined ? host : `${host}/${path[0]}` };
    }
    // gist.github.com belongs to whoever wrote the gist, not to GitHub.
    if (sharedHosts.has(registrable)) return { source: undefined, domain: registrable };
    // From the full host up to the registrable domain and no further: a listed amazonaws.com does not own
    // somebody's bucket.s3.amazonaws.com, because that is a registrable domain of its own.
    for (let name = host; ; name = name.slice(name.indexOf('.') + 1)) {
      const source = domains.get(name);
      if (source !== undefined) {
        const visitors = visitorsPart(host.slice(0, host.length - name.length), path[0]);
        // The domain of a forum must not read as the company's own: whoever looks it up again shall find nobody, too.
        if (visitors !== null) return { source: undefined, domain: visitors === 'host' ? host : `${host}/${path[0]}` };
        return { source, domain: name };
      }
      if (name === registrable || !name.includes('.')) return { source: undefined, domain: registrable };
    }
  }

  return { sources, byId: (id) => ids.get(id), named, publisherOf };
}

/** Every decision asks again about all evidence of its claim: the same few names and addresses. */
const REMEMBERED = 5_000;
/** A name or an address longer than this is looked up anew: outsiders write them. In UTF-16 units. */
const REMEMBERED_UNITS = 500;

function remembering<T>(find: (key: string) => T): (key: string) => T {
  const known = new Map<string, { readonly found: T }>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before.found;
    const found = find(key);
    if (known.size >= REMEMBERED) known.clear();
    if (key.length <= REMEMBERED_UNITS) known.set(key, { found });
    return found;
  };
}

interface Address {
  readonly host: string;
  readonly path: readonly string[];
  readonly hash: string;
}

/** Host in ASCII without `www.` and final dot; path segments decoded, lower case. Null for anything but http(s). */
function parseAddress(url: string): Address | null {
  if (url.length > LONGEST_URL || !URL.canParse(url)) return null;
  const { protocol, hostname, pathname, hash } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  const path = pathname.split('/').filter(Boolean).map(decoded);
  return { host: plainHost(hostname), path, hash: hash.toLowerCase() };
}

function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\./, '');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment).toLowerCase();
  } catch {
    return segment.toLowerCase();
  }
}

function writtenByAnybody(path: readonly string[], hash: string): boolean {
  if (hash.includes('comment') || hash.includes('discussion')) return true;
  if (path.slice(1).some((part) => WRITTEN_BY_ANYBODY.has(part))) return true;
  return path.some((part) => /^[0-9a-f]{40}$/.test(part));
}

function visitorsPart(subdomain: string, section: string | undefined): 'host' | 'path' | null {
  if (subdomain.split('.').some((label) => VISITORS_WRITE_HERE.has(label))) return 'host';
  return section !== undefined && VISITORS_WRITE_HERE.has(section) ? 'path' : null;
}

function namesOf(sources: readonly Source[]): Map<string, Source[]> {
  const names = new Map<string, Source[]>();
  for (const source of sources) {
    const own = new Set([source.name, ...source.names, ...source.spokespeople].map(foldName));
    for (const name of own) names.set(name, [...(names.get(name) ?? []), source]);
  }
  return names;
}
