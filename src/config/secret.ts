/**
 * Secret: a token or an address with a password in it, which no log line, error or JSON may show.
 *
 *   const token = secret('xoxb-1-abc');
 *   `${token}`            -> "[secret]"
 *   JSON.stringify(token) -> "\"[secret]\""
 *   token.reveal()        -> "xoxb-1-abc", for the one client that needs it
 */
import { inspect } from 'node:util';

const HIDDEN = '[secret]';

export interface Secret {
  /** The value itself. Call it only where it is handed to the client that needs it. */
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

/** Wraps a value. It lives in a closure, so that no enumeration of properties, spread or clone reaches it. */
export function secret(value: string): Secret {
  const hide = () => HIDDEN;
  return Object.freeze({ reveal: () => value, toString: hide, toJSON: hide, [inspect.custom]: hide });
}
