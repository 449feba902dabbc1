/**
 * YAML that the build has parsed already: every file under config/, by the hash of its text. Parsing them takes a second of
 * every start on a small machine; a file that somebody edited has another hash and is parsed as ever.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** dist/parsed-yaml.json, seen from dist/src/config or from src/config; the compiled precompile.ts writes it. */
export const PARSED_FILE = new URL(
  import.meta.url.endsWith('.js') ? '../../parsed-yaml.json' : '../../dist/parsed-yaml.json',
  import.meta.url,
);

/** Hash -> content as JSON text: everybody gets values of their own. */
let known: Map<string, string> | undefined;
/** Hashes of what this process has parsed itself, oldest first: who edits one file has the others read again. */
const own = new Set<string>();
const MOST_OWN = 60;

function readKnown(): Map<string, string> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(PARSED_FILE, 'utf8')) as Record<string, string>));
  } catch {
    // Not built with `npm run build`, or a copy without it: slower, nothing else.
    return new Map();
  }
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** The content of a file with exactly this text; null when the build has not seen it. */
export function parsedBefore(text: string): { readonly content: unknown } | null {
  known ??= readKnown();
  const json = known.size === 0 ? undefined : known.get(hashOf(text));
  return json === undefined ? null : { content: JSON.parse(json) as unknown };
}

/** Keeps what a text was parsed to, unless JSON cannot hold it. */
export function keepParsed(text: string, content: unknown): void {
  let holds = true;
  const json = JSON.stringify(content, (_key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) holds = false;
    return value;
  });
  if (!holds) return;
  known ??= readKnown();
  const hash = hashOf(text);
  known.set(hash, json);
  own.add(hash);
  const [oldest] = own;
  if (own.size <= MOST_OWN || oldest === undefined) return;
  own.delete(oldest);
  known.delete(oldest);
}
