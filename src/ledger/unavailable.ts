/**
 * A database that cannot be used, said in one sentence an operator can act on.
 *
 * "The database at db.example.com:5432/claimwire refused the password (28P01). Check DATABASE_URL."
 * Anything else that goes wrong in the ledger is a bug or a passing fault and keeps its own error.
 */
const NAME = 'DatabaseUnavailable';

export function databaseUnavailable(sentence: string, cause?: unknown): Error {
  const error = cause === undefined ? new Error(sentence) : new Error(sentence, { cause });
  error.name = NAME;
  return error;
}

/** True when `error.message` is already the sentence to show, without a stack. */
export function isDatabaseUnavailable(error: unknown): error is Error {
  return error instanceof Error && error.name === NAME;
}

/** Said wherever the embedded server cannot be used. */
export const SET_DATABASE_URL =
  'Set DATABASE_URL to any PostgreSQL 14 or newer, for example postgres://claimwire:password@localhost:5432/claimwire.';
