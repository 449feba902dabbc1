/**
 * One YAML file -> plain values that remember their lines.
 *
 * Bytes may be UTF-8 or UTF-16, with a byte order mark and with CRLF. One document, YAML 1.2 core schema, no custom
 * tags (`!!js/function` is refused), at most 1 MB and 100 alias expansions, so that a small file cannot fill memory.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { Document } from 'yaml';
import { keepParsed, parsedBefore } from './parsedBefore.ts';
import type { Path, Problem } from './problem.ts';

/** Hundreds of claims fit into 1 MB; anything larger is not a configuration. */
const MAX_BYTES = 1_000_000;
const MAX_ALIASES = 100;

export interface YamlFile {
  /** As people would name it. */
  readonly file: string;
  /** Plain objects, arrays, strings, numbers, booleans, null. `{}` for an empty file. */
  readonly content: unknown;
  /** The line of a value, or of its nearest existing parent. For a key of a map, the line of the key. */
  lineOf(path: Path): number | null;
}

export type YamlRead =
  | { readonly read: 'yes'; readonly yaml: YamlFile; readonly warnings: readonly string[] }
  | { readonly read: 'absent' }
  | { readonly read: 'no'; readonly problems: readonly Problem[] };

/** Reads and parses one file. `file` is the name to use in messages. Never throws for what a file may hold. */
export function readYaml(path: string, file: string): YamlRead {
  const bytes = readCapped(path);
  if (typeof bytes === 'string')
    return bytes === 'absent'
      ? { read: 'absent' }
      : { read: 'no', problems: [{ file, path: [], what: bytes, line: null }] };
  const text = decode(bytes.content);
  if (text === null) {
    const what = 'is not UTF-8 text: save it as UTF-8';
    return { read: 'no', problems: [{ file, path: [], what, line: null }] };
  }
  const parsed = parseYaml(text, file);
  if (parsed.read !== 'yes' || !bytes.worldWritable) return parsed;
  return { ...parsed, warnings: [`${file}: everybody on this machine may change it (chmod o-w ${file})`] };
}

/** Loaded when there is something to parse: most starts find all of it parsed. */
let library: typeof Yaml | undefined;
function yaml(): typeof Yaml {
  return (library ??= createRequire(import.meta.url)('yaml') as typeof Yaml);
}

function parseYaml(text: string, file: string): YamlRead {
  const before = parsedBefore(text);
  if (before === null) {
    const read = parseAfresh(text, file);
    if (read.read === 'yes') keepParsed(text, read.yaml.content);
    return read;
  }
  // Lines are asked for only when something is wrong.
  let again: YamlRead | undefined;
  const lineOf = (path: Path): number | null => {
    const read = (again ??= parseAfresh(text, file));
    return read.read === 'yes' ? read.yaml.lineOf(path) : null;
  };
  return { read: 'yes', yaml: { file, content: before.content, lineOf }, warnings: [] };
}

/** Parses the text of one file. */
function parseAfresh(text: string, file: string): YamlRead {
  const lines = new (yaml().LineCounter)();
  const no = (what: string, line: number | null): YamlRead => ({
    read: 'no',
    problems: [{ file, path: [], what, line }],
  });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  let document: Document | undefined;
  try {
    // Numbers as BigInt first: an unquoted Discord channel id does not survive a double.
    const documents = yaml().parseAllDocuments(text, {
      lineCounter: lines,
      prettyErrors: false,
      version: '1.2',
      schema: 'core',
      stringKeys: true,
      intAsBigInt: true,
      logLevel: 'silent',
    });
    if ('empty' in documents) return { read: 'yes', yaml: { file, content: {}, lineOf: () => null }, warnings: [] };
    if (documents.length > 1)
      return no('holds more than one document ("---"): split it', lineAt(documents[1]?.range[0] ?? 0));
    document = documents[0];
    if (document === undefined) return { read: 'yes', yaml: { file, content: {}, lineOf: () => null }, warnings: [] };
    const wrong = [...document.errors, ...document.warnings];
    if (wrong.length > 0) {
      const problems = wrong.slice(0, 20).map((error) => {
        const what =
          error.code === 'TAG_RESOLVE_FAILED'
            ? 'holds a tag ("!..."): tags are not allowed'
            : yamlErrorInWords(error.message);
        return { file, path: [], what, line: lineAt(error.pos[0]) };
      });
      return { read: 'no', problems };
    }
    const tag = firstTag(document);
    if (tag !== null) return no('holds a tag ("!..."): tags are not allowed', lineAt(tag));
    const content = plain(document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown) ?? {};
    const known = document;
    return { read: 'yes', yaml: { file, content, lineOf: (path) => lineOf(known, path, lineAt) }, warnings: [] };
  } catch (error) {
    // Parsing recurses: nesting without end, also by an alias inside itself, is a RangeError, an alias bomb a ReferenceError.
    const deep = error instanceof RangeError;
    if (!deep && !(error instanceof ReferenceError)) throw new Error(`reading ${file}`, { cause: error });
    return no(
      deep
        ? 'is nested too deeply, or an alias (*name) lies inside itself'
        : 'uses too many aliases (*name): write the values out',
      null,
    );
  }
}

function readCapped(path: string): { content: Buffer; worldWritable: boolean } | string {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'absent';
    return code === 'EACCES' ? 'may not be read by this user' : `cannot be read (${code ?? 'unknown error'})`;
  }
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile()) return 'is not a file';
    if (stat.size > MAX_BYTES) return `is ${Math.ceil(stat.size / 1e6)} MB: at most ${MAX_BYTES / 1e6} MB is read`;
    const content = Buffer.alloc(stat.size);
    let filled = 0;
    while (filled < content.length) {
      const count = readSync(handle, content, filled, content.length - filled, filled);
      if (count === 0) break;
      filled += count;
    }
    return { content: content.subarray(0, filled), worldWritable: (stat.mode & 0o002) !== 0 };
  } finally {
    closeSync(handle);
  }
}

/** Null when the bytes are no text. TextDecoder drops the byte order mark itself. */
function decode(bytes: Buffer): string | null {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  try {
    const text = new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

function yamlErrorInWords(message: string): string {
  if (/tabs? /i.test(message)) return 'is indented with a tab: YAML wants spaces';
  if (message.startsWith('Map keys must be unique')) return 'has the same key twice';
  return `is not valid YAML: ${(message.split('\n')[0] ?? '').slice(0, 160)}`;
}

function firstTag(document: Document): number | null {
  let found: number | null = null;
  const { visit } = yaml();
  visit(document, {
    Node: (_key, node) => {
      // Core tags written out, such as !!str, are harmless, but nothing here needs them; one rule is easier to explain.
      const written = 'tag' in node ? node.tag : undefined;
      if (written === undefined || !('range' in node)) return undefined;
      found = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

/** BigInts become numbers again, or text when a number could not hold them. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  // defineProperty: a key called __proto__ stays an ordinary (and unknown) key.
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value))
    Object.defineProperty(copy, key, { value: plain(item), enumerable: true, configurable: true, writable: true });
  return copy;
}

function lineOf(document: Document, path: Path, lineAt: (offset: number) => number): number | null {
  const { isMap, isScalar, isSeq } = yaml();
  let node: unknown = document.contents;
  let offset = (document.contents?.range ?? [0])[0];
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
      if (pair === undefined) break;
      if (isScalar(pair.key) && pair.key.range) offset = pair.key.range[0];
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step];
      const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null;
      if (Array.isArray(range)) offset = Number(range[0]);
    } else break;
  }
  return lineAt(offset);
}
