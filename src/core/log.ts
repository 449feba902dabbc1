/**
 * What a room is given to speak to the operator: pino's shape, without pino.
 *
 * `log.warn({ feed: 'example-chips' }, 'answered 503 twice')`: fields first, then one sentence.
 * Never put a token, a webhook URL or a password in either.
 */
export interface Log {
  debug(fields: object, sentence: string): void;
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
  error(fields: object, sentence: string): void;
}
