/**
 * `<?xml version="1.0" encoding="gb2312"?>`: read for its encoding before the text can be decoded, and skipped
 * before the tree is built (some servers forget the closing `?`, which would swallow the whole feed).
 */

/** How far a declaration may lie behind blank lines or a PHP notice. */
const LOOK_AT = 1024;

/** The encoding an ASCII-compatible document declares, lower case, else null. */
export function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, LOOK_AT)).toString('latin1');
  const start = head.indexOf('<?xml');
  if (start === -1) return null;
  const match = /encoding\s*=\s*["']\s*([\w.:-]{2,40})/i.exec(head.slice(start, start + 200));
  return match?.[1]?.toLowerCase() ?? null;
}

/** Where the document begins behind its declaration(s): index into `text`. */
export function afterDeclaration(text: string): number {
  let at = 0;
  for (;;) {
    const start = text.slice(at, at + LOOK_AT).search(/<\?xml[\s?]/i);
    if (start === -1) return at;
    const end = text.indexOf('>', at + start);
    if (end === -1) return at;
    // Anything but white space before it is junk that a server printed; it is skipped as well.
    if (text.slice(at, at + start).includes('<') && !/^\s*<!--/.test(text.slice(at, at + start))) return at;
    at = end + 1;
  }
}
