/**
 * What a network error says about a request, the same for every platform.
 *
 *   ECONNREFUSED -> the connection was never made, nothing can have been posted      ECONNRESET -> nobody knows
 */

const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Whether an error with this code proves that no request left. */
export function neverConnected(code: string): boolean {
  return NEVER_CONNECTED.has(code);
}

/** "ECONNRESET", "UND_ERR_SOCKET", "AbortError": never a message, which could carry an address. */
export function networkCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError && error.errors.length > 0) return networkCode(error.errors[0]);
  return error.cause instanceof Error ? networkCode(error.cause) : error.name;
}
