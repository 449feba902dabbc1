/**
 * A response body, inflated and counted: at most `limit` bytes ever exist, however large the bomb. What had come
 * before a connection broke is kept and marked.
 */
import { pipeline, type Readable, type Transform } from 'node:stream';
import {
  brotliDecompressSync,
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  gunzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';

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
  const start = await beginning(body, SMALL);
  signal.throwIfAborted();
  const first = start.chunks[0];
  if (first === undefined) return { bytes: new Uint8Array(0), truncated: start.broken ? 'connection' : null };
  const codings = codingsOf(encoding, first);
  if (start.ended && !start.broken) {
    const whole = inflatedAtOnce(Buffer.concat(start.chunks), codings, limit);
    if (whole !== null) return { bytes: whole, truncated: null };
  }
  return streamed(body, start, codings, limit, signal);
}

/** Bytes on the wire up to which a body is inflated in one go: nearly all feeds, and no more than 30 ms for a bomb. */
const SMALL = 256 * 1024;

interface Beginning {
  readonly chunks: readonly Buffer[];
  readonly ended: boolean;
  readonly broken: boolean;
}

/** Everything that comes until it ends, breaks or is more than `limit`; then the body is paused. */
function beginning(body: Readable, limit: number): Promise<Beginning> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (ended: boolean, broken: boolean): void => {
      body.off('data', take).off('end', end).off('error', fail).off('close', fail);
      // A later error has nobody left to hear it but must not be thrown.
      body.on('error', () => {});
      resolve({ chunks, ended, broken });
    };
    const take = (chunk: Buffer): void => {
      if (chunk.byteLength === 0) return;
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size <= limit) return;
      body.pause();
      settle(false, false);
    };
    const end = (): void => settle(true, false);
    const fail = (): void => settle(true, true);
    body.on('data', take).on('end', end).on('error', fail).on('close', fail);
  });
}

/** Null when it is too large or not what it says: then streaming gives the part that can be had. */
function inflatedAtOnce(bytes: Buffer, codings: readonly Coding[], limit: number): Buffer | null {
  const options = { maxOutputLength: limit, finishFlush: constants.Z_SYNC_FLUSH };
  try {
    let out = bytes;
    for (const coding of codings) {
      if (coding === 'gzip') out = gunzipSync(out, options);
      else if (coding === 'br') out = brotliDecompressSync(out, { maxOutputLength: limit });
      else out = coding === 'deflate' ? inflateSync(out, options) : inflateRawSync(out, options);
    }
    return out;
  } catch {
    return null;
  }
}

async function streamed(
  body: Readable,
  start: Beginning,
  codings: readonly Coding[],
  limit: number,
  signal: AbortSignal,
): Promise<Body> {
  let stream: AsyncIterable<Buffer> = { [Symbol.asyncIterator]: () => all(start, body) };
  for (const coding of codings) stream = through(stream, decoderOf(coding));
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

async function* all(start: Beginning, body: Readable): AsyncGenerator<Buffer, void, void> {
  yield* start.chunks;
  if (start.broken) throw new Error('the connection broke');
  if (start.ended) return;
  for await (const chunk of body) yield chunk as Buffer;
}

type Coding = 'gzip' | 'br' | 'deflate' | 'deflate-raw';

/** In the order they are undone. At most two: `gzip, br` is met, more is an attack. */
function codingsOf(encoding: string | null, first: Buffer): Coding[] {
  const names = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
    .slice(-2)
    .reverse();
  const gzipped = first[0] === 0x1f && first[1] === 0x8b;
  // Feeds stored as .gz come without the header; "gzip" in front of plain XML is a proxy's mistake.
  if (names.length === 0) return gzipped ? ['gzip'] : [];
  if (names.length === 1 && names[0]?.includes('gzip') === true && !gzipped) return [];
  if (names.length === 1 && (first[0] === 0x3c || first[0] === 0xef) && names[0] !== 'br') return [];
  return names.flatMap((name): Coding[] => {
    if (name === 'gzip' || name === 'x-gzip') return ['gzip'];
    if (name === 'br') return ['br'];
    // Both kinds are called deflate; zlib's header has compression method 8 in its low bits.
    if (name === 'deflate') return [(first[0] ?? 0) % 16 === 8 ? 'deflate' : 'deflate-raw'];
    return [];
  });
}

/** A cut-off stream still gives what it holds. */
function decoderOf(coding: Coding): Transform {
  const options = { finishFlush: constants.Z_SYNC_FLUSH };
  if (coding === 'gzip') return createGunzip(options);
  if (coding === 'br') return createBrotliDecompress();
  return coding === 'deflate' ? createInflate(options) : createInflateRaw(options);
}

function through(source: AsyncIterable<Buffer>, decoder: Transform): AsyncIterable<Buffer> {
  // The error also ends the iteration over `decoder`, where it is seen.
  return pipeline(source, decoder, () => {});
}
