/**
 * `claimwire feeds parse --stdin-jsonl`: one document a line in, one reading a line out, for scoring the reader on
 * other people's test suites.
 *
 *     {"id":"1","b64":"PHJzcy4uLg==","contentType":"text/xml","url":"https://example.com/feed"}
 *  -> {"id":"1","feed":{"title":...,"items":[{"id","title","link","published",...}]}}   or  {"id":"1","error":"..."}
 */
import type { FeedDocument, FeedEntry, Prose } from '../feeds/document.ts';
import { readDocument } from '../feeds/read.ts';
import { resolveMarkup } from '../feeds/resolve-markup.ts';

/** Answers one line. Never throws: a line that is no request is answered with an error too. */
export function parseLine(line: string): string {
  let request: { id?: unknown; b64?: unknown; contentType?: unknown; url?: unknown };
  try {
    request = JSON.parse(line) as typeof request;
  } catch {
    return JSON.stringify({ id: null, error: 'not a line of JSON' });
  }
  const id = request.id ?? null;
  if (typeof request.b64 !== 'string') return JSON.stringify({ id, error: 'b64: missing' });
  const read = readDocument(Buffer.from(request.b64, 'base64'), {
    contentType: typeof request.contentType === 'string' ? request.contentType : null,
    url: typeof request.url === 'string' ? request.url : 'http://localhost/',
  });
  if (!read.ok) return JSON.stringify({ id, error: read.message });
  return JSON.stringify({ id, feed: printed(read.document) });
}

function printed(document: FeedDocument): unknown {
  return {
    title: document.title,
    link: document.link,
    description: document.description,
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
    source: entry.sourceName === null ? null : { name: entry.sourceName, url: entry.sourceUrl },
  };
}

function markupOf(prose: Prose): string {
  return prose.kind === 'html' ? resolveMarkup(prose.text, prose.base) : prose.text;
}

function isoOr(ms: number | null): string | null {
  return ms === null || Math.abs(ms) > 8.64e15 ? null : new Date(ms).toISOString();
}
