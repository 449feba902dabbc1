/**
 * A response body, inflated and counted: at most `limit` bytes ever exist, however large the bomb. What had come
 * before a connection broke is kept and marked.
 */
import { pipeline, type Readable, type Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

export interface Body {
  readonly bytes: Uint8Array;
  readonly truncated: 'size' | 'connection' | null;
}

/** Rejects only when `signal` aborts. `encoding` is the Content-Encoding header, `gzip` or `gzip, br`. */
export async function bodyWithin(
  body: Readable,
  encoding: string | null,
  limit: number,
  signal: AbortSignal,
): Promise<Body> {
  const first = await head(body, signal);
  if (first.chunk === null) return { bytes: new Uint8Array(0), truncated: first.broken ? 'connection' : null };
  const source: AsyncIterable<Buffer> = { [Symbol.asyncIterator]: () => rest(first.chunk, first.iterator) };
  let stream: AsyncIterable<Buffer> = source;
  for (const decoder of decodersFor(encoding, first.chunk)) stream = through(stream, decoder);
  const chunks: Buffer[] = [];
  let size = 0;
  let truncated: Body['truncated'] = null;
  try {
    for await (const chunk of stream) {
      const room = limit - size;
      if (chunk.byteLength > room) {
        chunks.push(chunk.subarray(0, room));
        truncated = 'size';
        break;
      }
      chunks.push(chunk);
      size += chunk.byteLength;
    }
  } catch {
    signal.throwIfAborted();
    truncated = 'connection';
  } finally {
    body.destroy();
  }
  return { bytes: Buffer.concat(chunks), truncated };
}

interface Head {
  readonly chunk: Buffer | null;
  readonly broken: boolean;
  readonly iterator: AsyncIterator<Buffer>;
}

/** The first bytes tell whether the header told the truth about the encoding. */
async function head(body: Readable, signal: AbortSignal): Promise<Head> {
  const iterator = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  try {
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return { chunk: null, broken: false, iterator };
      if (next.value.byteLength > 0) return { chunk: next.value, broken: false, iterator };
    }
  } catch {
    signal.throwIfAborted();
    return { chunk: null, broken: true, iterator };
  }
}

async function* rest(chunk: Buffer | null, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void, void> {
  if (chunk !== null) yield chunk;
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return;
    yield next.value;
  }
}

/** Innermost last. At most two: `gzip, br` is met, more is an attack. */
function decodersFor(encoding: string | null, first: Buffer): Transform[] {
  const names = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
    .slice(-2)
    .reverse();
  const gzipped = first[0] === 0x1f && first[1] === 0x8b;
  // Feeds stored as .gz come without the header; "gzip" in front of plain XML is a proxy's mistake.
  if (names.length === 0) return gzipped ? [gunzip()] : [];
  if (names.length === 1 && names[0]?.includes('gzip') === true && !gzipped) return [];
  if (names.length === 1 && (first[0] === 0x3c || first[0] === 0xef) && names[0] !== 'br') return [];
  return names.flatMap((name) => {
    if (name === 'gzip' || name === 'x-gzip') return [gunzip()];
    if (name === 'br') return [createBrotliDecompress()];
    if (name === 'deflate')
      return [
        (first[0] ?? 0) % 16 === 8
          ? createInflate({ finishFlush: constants.Z_SYNC_FLUSH })
          : createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH }),
      ];
    return [];
  });
}

/** A cut-off gzip stream still gives what it holds. */
function gunzip(): Transform {
  return createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
}

function through(source: AsyncIterable<Buffer>, decoder: Transform): AsyncIterable<Buffer> {
  // The error also ends the iteration over `decoder`, where it is seen.
  return pipeline(source, decoder, () => {});
}
