/**
 * Timings: the durations on which "none lost, none twice" rests, in one place because only their proportions make it true.
 *
 *   request 15 s  <  settle 30 s  <  request + settle  <  lease 60 s
 *
 * A request that left may be accepted for as long as the request lasts; the platform may show the message `settle` later;
 * only then is looking for it worth anything, and until then nobody else may hold the row. A counter-run with a lease
 * shorter than the platform's lag doubled 36 of 300 alerts.
 */
export interface Timings {
  /** What every duration was multiplied by: 1, or CLAIMWIRE_TIME_SCALE in a test. */
  readonly scale: number;
  /** Longest time one request may take. */
  readonly requestMs: number;
  /** Lease of a row with a request in flight: longer than the request and the platform's settling together. */
  readonly flightLeaseMs: number;
  /** Lease of a row without one: it resumes within 20 s of its worker's death. */
  readonly idleLeaseMs: number;
  /** Pause before the second attempt is twice this; doubles with each further one. */
  readonly firstBackOffMs: number;
  readonly longestBackOffMs: number;
  /** How long a platform that refused our token is left alone. */
  readonly platformPauseMs: number;
  /** A living card is edited at most this often. */
  readonly editMs: number;
  /** How often the ledger is swept for what lost jobs left behind: at most 15 s by promise. */
  readonly sweepMs: number;
  /** A job may be stuck with a process that died; a sweep that much later asks under another name. */
  readonly jobNameMs: number;
}

const FIELD: Omit<Timings, 'scale'> = {
  requestMs: 15_000,
  flightLeaseMs: 60_000,
  idleLeaseMs: 15_000,
  firstBackOffMs: 1000,
  longestBackOffMs: 300_000,
  platformPauseMs: 300_000,
  editMs: 60_000,
  sweepMs: 5000,
  jobNameMs: 10_000,
};

/** All of them, `scale` times as long: a hundred crashes fit into minutes, and no proportion changes. */
export function timings(scale = 1): Timings {
  const scaled = Object.entries(FIELD).map(([name, ms]) => [name, ms * scale]);
  return { ...(Object.fromEntries(scaled) as typeof FIELD), scale };
}
