/**
 * Whether text is well-formed XML. Only what our feeds use of it: elements, quoted attributes and five entities.
 */
/** 'well-formed', or what is not closed, not opened or not escaped. */
export function wellFormed(text: string): string {
  if (/\p{Cc}/u.test(text.replaceAll(/[\t\n\r]/g, ''))) return 'control character';
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(text)) return 'bare ampersand';
  const open: string[] = [];
  for (const [, close, name = '', self] of text.matchAll(/<(\/?)([\w:.-]+)(?:\s+[\w:.-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (self === '/') continue;
    if (close !== '/') open.push(name);
    else if (open.pop() !== name) return `stray </${name}>`;
  }
  const left = text.replaceAll(/<\/?[\w:.-]+(?:\s+[\w:.-]+="[^"<]*")*\s*\/?>|<\?xml [^?]*\?>/g, '');
  if (/[<>]/.test(left)) return 'bare bracket';
  return open.length === 0 ? 'well-formed' : `<${open.at(-1) ?? ''}> is not closed`;
}
