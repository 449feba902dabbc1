/**
 * `claimwire feeds parse --stdin-jsonl`: one document a line in, one reading a line out, for scoring the reader on
 * other people's test suites.
 *
 *     {"id":"1","b64":"PHJzcy4uLg==","contentType":"text/xml","url":"https://example.com/feed"}
 *  -> {"id":"1","feed":{"title":...,"items":[{"id","title","link","published",...}]}}   or  {"id":"1","error":"..."}
 */
import { newsTime } from '../core/time.ts';
import type { FeedDocument, FeedEntry, Prose } from '../feeds/document.ts';
import { clean } from '../feeds/node-text.ts';
import { MAX_BYTES } from '../feeds/read.ts';
import type { Reader } from '../feeds/reader.ts';
import { resolveMarkup } from '../feeds/resolve-markup.ts';

/** Base64 of what the reader reads of a document; the rest of a longer line is not kept in memory. */
const MAX_LINE = Math.ceil((MAX_BYTES * 4) / 3) + 4_096;
/** After the long base64 come contentType and url. */
const KEPT_TAIL = 8_192;

/** Answers every line of `input` in order, one line each. */
export async function parseLines(
  input: AsyncIterable<Buffer>,
  reader: Reader,
  write: (line: string) => void,
): Promise<void> {
  for await (const line of linesOf(input)) write(await parseLine(line, reader));
}

async function parseLine(line: Buffer, reader: Reader): Promise<string> {
  const { text, bytes } = withoutBase64(line);
  let request: { id?: unknown; b64?: unknown; contentType?: unknown; url?: unknown };
  try {
    request = JSON.parse(text) as typeof request;
  } catch {
    return JSON.stringify({ id: null, error: 'not a line of JSON' });
  }
  const id = request.id ?? null;
  if (bytes === null) return JSON.stringify({ id, error: 'b64: missing' });
  const read = await reader.document(bytes, {
    contentType: typeof request.contentType === 'string' ? request.contentType : null,
    url: typeof request.url === 'string' ? request.url : 'http://localhost/',
    fetchedAt: newsTime(0),
  });
  if (!read.ok) return JSON.stringify({ id, error: read.message });
  return JSON.stringify({ id, feed: printed(read.document) });
}

/** The line with its base64 taken out and decoded: 8 MB need not pass through a JSON parser. */
function withoutBase64(line: Buffer): { text: string; bytes: Uint8Array | null } {
  const key = /"b64"\s*:\s*"/.exec(line.subarray(0, 4_096).toString('latin1'));
  if (key === null) return { text: line.toString(), bytes: null };
  const start = key.index + key[0].length;
  const quote = line.indexOf(34, start);
  const end = quote === -1 ? line.byteLength : quote;
  // Base64 in JSON may be written with escaped slashes.
  const base64 = line.toString('latin1', start, end);
  const bytes = Buffer.from(base64.includes('\\') ? base64.replaceAll('\\/', '/') : base64, 'base64');
  return { text: line.toString('utf8', 0, start) + line.toString('utf8', end), bytes };
}

/** Lines without the middle of what is over-long: only base64 is ever that long, and its end is cut anyway. */
async function* linesOf(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let head: Buffer[] = [];
  let size = 0;
  let tail = Buffer.alloc(0);
  const finish = (): Buffer => {
    const line = Buffer.concat([...head, tail]);
    head = [];
    size = 0;
    tail = Buffer.alloc(0);
    return line;
  };
  const keep = (chunk: Buffer): void => {
    const room = Math.max(0, MAX_LINE - size);
    if (room > 0) head.push(Buffer.from(chunk.subarray(0, room)));
    size += Math.min(room, chunk.byteLength);
    if (chunk.byteLength > room) tail = Buffer.concat([tail, chunk.subarray(room)]).subarray(-KEPT_TAIL);
  };
  for await (const chunk of input) {
    let at = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, at)) {
      keep(chunk.subarray(at, end));
      at = end + 1;
      const line = finish();
      if (!isBlank(line)) yield line;
    }
    keep(chunk.subarray(at));
  }
  const line = finish();
  if (!isBlank(line)) yield line;
}

function isBlank(line: Buffer): boolean {
  return line.byteLength < 100 && line.toString('latin1').trim() === '';
}

function printed(document: FeedDocument): unknown {
  return {
    title: document.title,
    link: document.link,
    description: markupOf(document.description),
    language: document.lang,
    items: document.entries.map(printedEntry),
  };
}

function printedEntry(entry: FeedEntry): unknown {
  const summary = markupOf(entry.summary);
  const content = markupOf(entry.content);
  return {
    id: entry.id,
    title: entry.title,
    link: entry.link,
    published: isoOr(entry.published ?? entry.updated),
    updated: isoOr(entry.updated ?? entry.published),
    summary,
    content: content === '' ? summary : content,
    author: entry.byline ?? entry.authors[0] ?? null,
    authors: entry.authors,
    categories: entry.categories,
    enclosures: entry.enclosures,
    language: entry.lang,
    source: entry.sourceName === null ? null : { name: entry.sourceName, url: entry.sourceUrl },
  };
}

function markupOf(prose: Prose): string {
  const text = clean(prose.text);
  return prose.kind === 'html' ? resolveMarkup(text, prose.base) : text;
}

function isoOr(ms: number | null): string | null {
  return ms === null || Math.abs(ms) > 8.64e15 ? null : new Date(ms).toISOString();
}
