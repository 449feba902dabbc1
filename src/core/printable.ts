/**
 * Strangers' words on our terminal: no escape sequences (`\u001b[2J` clears it), no text that runs backwards, one line.
 */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ').slice(0, 300);
}
