/**
 * The terminal as a chat platform: what runs when there are no tokens. It never fails and never limits.
 *
 *   const terminal = consolePlatform({ out: process.stdout, env: process.env, style: 'line', marks })
 */
import { appendFileSync, readFileSync } from 'node:fs';
import type { ChatPlatform, OutgoingMessage } from '../platform.ts';
import { renderCard, renderLine } from './render.ts';

/** Which alerts this terminal has shown, over restarts: after a crash the look-up needs an answer. */
export interface Marks {
  has(marker: string): boolean;
  add(marker: string): void;
}

/** What the terminal needs of a stream. */
export interface ConsoleOut {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

export interface ConsoleOptions {
  readonly out: ConsoleOut;
  /** NO_COLOR (any value but '') means plain text, as no-color.org says; TERM=dumb too. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** json: a line for each change, as pipeline/stream.ts has it, and nothing else. */
  readonly style: 'card' | 'line' | 'json';
  readonly marks: Marks;
}

export function memoryMarks(): Marks {
  const seen = new Set<string>();
  return { has: (marker) => seen.has(marker), add: (marker) => void seen.add(marker) };
}

/**
 * Marks in a file of one marker a line. Mark and text are written in one go, synchronously: only a death between these
 * two calls, some ten microseconds, could show an alert again (or, read by a program, not at all). Throws when the file
 * can neither be read nor made.
 */
export function fileMarks(path: string): Marks {
  appendFileSync(path, '');
  const seen = new Set(readFileSync(path, 'utf8').split('\n'));
  return {
    has: (marker) => seen.has(marker),
    add: (marker) => {
      seen.add(marker);
      appendFileSync(path, `${marker}\n`);
    },
  };
}

export function consolePlatform(options: ConsoleOptions): ChatPlatform {
  const { out, env, style, marks } = options;
  const ansi = out.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  const shown = (message: OutgoingMessage): string => {
    if (style !== 'json') return (style === 'line' ? renderLine : renderCard)(message.card, { ansi });
    const { told, channel } = message;
    return told === undefined ? '' : `${JSON.stringify({ type: 'alert', ...told, platform: 'console', channel })}\n`;
  };
  // A reader that went away (`claimwire run | head`) must not take the bot down.
  out.on('error', () => {});
  return {
    platform: 'console',
    settleMs: 0,
    start: async () => {},
    close: async () => {},
    send: async (message, signal) => {
      if (signal.aborted) return { outcome: 'failed', reason: 'stopped before it was shown' };
      // Both at once and synchronously. A program that reads along may end us over the very line that it reads.
      if (style === 'json') marks.add(message.marker);
      out.write(shown(message));
      if (style !== 'json') marks.add(message.marker);
      return { outcome: 'sent', messageId: message.marker };
    },
    lookUp: async (_channel, marker) => (marks.has(marker) ? { found: 'yes', messageId: marker } : { found: 'no' }),
  };
}
