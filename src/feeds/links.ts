/**
 * Addresses as feeds write them: relative, with white space inside, with an unescaped space, `feed://`,
 * `javascript:`. What leaves here is absolute http(s) or null.
 */

/** No honest address is longer; hostile ones are megabytes. */
const MAX_LENGTH = 4_000;

/** Resolves `written` against `base`. Null unless the outcome is an http(s) address. */
export function absolute(written: string, base: string | null): string | null {
  const trimmed = written.trim();
  if (trimmed === '' || trimmed.length > MAX_LENGTH) return null;
  const usual = /^feed:(?:\/\/)?/i.test(trimmed)
    ? trimmed.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:/i, 'http:')
    : trimmed;
  const url = parseUrl(usual, base);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') return null;
  return url.href;
}

/**
 * What relative links are relative to where no xml:base says so: the document's own address (RFC 3986, 5.1.3), but
 * where a feed lives on a host of its own (`feeds.wire.test`) the site's, for `/news/1` is never there.
 * `home` is absolute, or null when the feed names none.
 */
export function linkBase(address: string, home: string | null): string {
  return home === null || hostOf(home) === hostOf(address) ? address : home;
}

function hostOf(address: string): string {
  return (parseUrl(address, null)?.hostname ?? '').replace(/^www\./, '');
}

function parseUrl(written: string, base: string | null): URL | null {
  try {
    return new URL(written, base ?? undefined);
  } catch {
    return null;
  }
}

/** For people and logs: an address without the secrets some feeds carry in it (`?token=…`, `user:password@`). */
export function shownUrl(written: string): string {
  const url = parseUrl(written, null);
  if (url === null) return written.slice(0, 200);
  url.username = '';
  url.password = '';
  for (const [name, value] of url.searchParams) {
    if (SECRET.test(name) || value.length > 40) url.searchParams.set(name, '…');
  }
  return url.href.replaceAll('%E2%80%A6', '…').slice(0, 300);
}

const SECRET = /key|token|secret|pass|auth|sig|session|user|code|hash|api/i;
