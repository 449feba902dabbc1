/**
 * Debian's Chromium, for looking at pages. CHROMIUM_PATH names another one.
 */
import { existsSync } from 'node:fs';

/** Undefined where there is none. */
export function chromiumPath(): string | undefined {
  return [
    process.env['CHROMIUM_PATH'] ?? '',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((path) => existsSync(path));
}
