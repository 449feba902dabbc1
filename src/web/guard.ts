/**
 * Who may ask, and what an answer may do in a browser.
 *
 * A page of somebody else's can point its own name at 127.0.0.1 and read our answers as if they were its own (DNS
 * rebinding). Such a request carries that name in its Host header, so only names that are ours are answered; a literal
 * address cannot be rebound and is answered when we listen beyond this machine.
 */
import { isIP } from 'node:net';

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  // All we serve is our own: one style sheet, one script, one icon. Inline style and script are refused.
  'Content-Security-Policy':
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export function guarded(headers: Headers): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value);
}

/** Loopback by name or number: the board listens for this machine alone. */
function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Whether a Host header is one of ours. `listening` is the address we bind, `names` what the configuration adds. */
export function isOurHost(header: string | undefined, listening: string, names: readonly string[]): boolean {
  const host = hostName(header);
  if (host === null) return false;
  if (isLoopbackName(host) || host === listening.toLowerCase()) return true;
  if (!isLoopbackName(listening) && isIP(host) !== 0) return true;
  return names.some((name) => hostName(name) === host);
}

/** "[::1]:8787" -> "::1", "LOCALHOST.:80" -> "localhost"; null for anything that is no host. */
function hostName(header: string | undefined): string | null {
  if (header === undefined || header.length > 255) return null;
  const parts = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(header);
  const host = (parts?.[1] ?? parts?.[2])?.toLowerCase().replace(/\.$/, '');
  return host === undefined || host === '' ? null : host;
}
