/**
 * Which addresses may be fetched. A feed's address comes from people in chat, from OPML files and from the
 * Location header of strangers, and `http://2130706433:6379/` is a Redis on our own machine.
 *
 * Checked twice: the URL before each hop (scheme, port, credentials, literal address) and the address that is
 * really connected to (a name may resolve to 127.0.0.1, and to something else the second time).
 */
import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';

export type Refusal = 'not an address' | 'scheme' | 'credentials' | 'port' | 'address not public' | 'https to http';

export type CheckedUrl =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly reason: Refusal; readonly message: string };

const PORTS: ReadonlySet<string> = new Set(['', '80', '443', '8080', '8443']);
const MAX_LENGTH = 2_000;

/**
 * Checks what can be seen in the URL. `allowHosts` holds `host:port` as written in claimwire.yaml and lifts the
 * rules on port and address for exactly that pair.
 */
export function checkUrl(written: string, allowHosts: readonly string[]): CheckedUrl {
  const url = written.length > MAX_LENGTH ? null : parse(written);
  if (url === null) return refuse('not an address', 'that is not a web address');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refuse('scheme', `only http and https addresses are fetched, not ${url.protocol}`);
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('credentials', 'an address with a user name or password in it is not fetched');
  }
  if (isAllowedUrl(url, allowHosts)) return { ok: true, url };
  if (!PORTS.has(url.port))
    return refuse('port', `port ${url.port} is not one that feeds are served on (80, 443, 8080, 8443)`);
  if (url.hostname === '') return refuse('not an address', 'that is not a web address');
  const literal = bare(url.hostname);
  if (isIP(literal) !== 0 && !isPublic(literal)) return notPublic();
  if (/(?:^|\.)localhost\.?$/.test(url.hostname)) return notPublic();
  return { ok: true, url };
}

/** True for an address that anybody on the internet can reach and that is nobody's inside. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // Everything else of IPv6 that calls itself unicast (IPv4-compatible, translated, site-local) is not global: RFC 4291, 2.4.
  return parsed.kind() === 'ipv4' || parsed.match(ipaddr.IPv6.parse('2000::'), 3);
}

export function isAllowedUrl(url: URL, allowHosts: readonly string[]): boolean {
  return isAllowed(url.hostname, portOf(url.protocol, url.port), allowHosts);
}

function isAllowed(hostname: string, port: string, allowHosts: readonly string[]): boolean {
  const pair = `${hostname.toLowerCase()}:${port}`;
  return allowHosts.some((allowed) => allowed.toLowerCase() === pair);
}

function portOf(protocol: string, port: string): string {
  return port === '' ? (protocol === 'https:' ? '443' : '80') : port;
}

/** How undici errors say that the address was refused, not unreachable. */
export const REFUSED = 'CLAIMWIRE_ADDRESS_NOT_PUBLIC';

/** An undici connector that connects to public addresses only, whatever the name resolves to at that moment. */
export function guardedConnector(
  allowHosts: readonly string[],
  connectMs: number,
  lookup: NameLookup = everyAddress,
): buildConnector.connector {
  const open = buildConnector({ timeout: connectMs });
  const guarded = buildConnector({ timeout: connectMs, lookup: publicLookup(lookup) });
  return (options, callback) => {
    const port = portOf(options.protocol, options.port);
    if (isAllowed(options.hostname, port, allowHosts)) {
      open(options, callback);
      return;
    }
    const literal = bare(options.hostname);
    // A literal never reaches the lookup below: checking there alone lets 127.0.0.1 through.
    if (isIP(literal) !== 0 && !isPublic(literal)) {
      callback(refusedError(options.hostname), null);
      return;
    }
    guarded(options, callback);
  };
}

/** All addresses of a name; the system's resolver unless a test brings its own. */
export type NameLookup = (hostname: string, family: 0 | 4 | 6) => Promise<readonly LookupAddress[]>;

const everyAddress: NameLookup = (hostname, family) =>
  new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true, family }, (error, addresses) => {
      if (error === null) resolve(addresses);
      else reject(error);
    });
  });

type LookupAnswer = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
type SocketLookup = (
  hostname: string,
  options: { all?: boolean | undefined; family?: unknown },
  answer: LookupAnswer,
) => void;

/** One private answer among several refuses the name: which of them is used is not ours to choose. */
function publicLookup(lookup: NameLookup): SocketLookup {
  return (hostname, options, answer) => {
    const family = options.family === 4 || options.family === 6 ? options.family : 0;
    void checked(hostname, lookup(hostname, family)).then((found) => {
      const first = found instanceof Error ? undefined : found[0];
      if (found instanceof Error || first === undefined)
        answer(found instanceof Error ? found : refusedError(hostname), []);
      else if (options.all === true) answer(null, found);
      else answer(null, first.address, first.family);
      return undefined;
    });
  };
}

async function checked(hostname: string, found: Promise<readonly LookupAddress[]>): Promise<LookupAddress[] | Error> {
  try {
    const addresses = await found;
    return addresses.some(({ address }) => !isPublic(address)) ? refusedError(hostname) : [...addresses];
  } catch (error) {
    return error instanceof Error ? error : new Error(`looking up ${hostname} failed`, { cause: error });
  }
}

function refusedError(hostname: string): Error {
  return Object.assign(new Error(`address not public: ${hostname}`), { code: REFUSED });
}

function bare(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

function notPublic(): CheckedUrl {
  return refuse('address not public', 'that address is not public (loopback, private or reserved)');
}

function refuse(reason: Refusal, message: string): CheckedUrl {
  return { ok: false, reason, message };
}

function parse(written: string): URL | null {
  try {
    return new URL(written.trim());
  } catch {
    return null;
  }
}
