/**
 * A small, complete configuration for tests, written to a directory of its own that goes away with the test.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Loaded } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';

export const GOOD: Readonly<Record<string, string>> = {
  'claimwire.yaml': `feeds: { defaultIntervalMinutes: 15, minIntervalSeconds: 300 }
delivery: { onUnknownOutcome: repost, freshnessMinutes: 30 }
`,
  'feeds.yaml': `feeds:
  - { id: chip-news, url: "https://news.example.com/rss", publisher: chip-news, lang: en, topics: [chips] }
`,
  'sources.yaml': `sources:
  - { id: chip-news, name: Chip News, kind: newsroom, owner: chip-news, domains: [example.com], names: [Chip News, 芯片报], credibility: high }
  - { id: maker, name: Maker, kind: company, owner: maker, domains: [maker.com], paths: [github.com/maker], names: [Maker], credibility: high }
`,
  'topics/chips.yaml': `topic: chips
title: Chips
claims:
  - id: maker-ships
    statement: Maker ships its chip
    kind: forecast
    deadline: 2026-05-15
    resolution: Maker says so.
    authorities: [maker]
    neighbours: [maker-plans]
    frame:
      slots: [{ name: maker, aliases: [Maker, 麦克] }]
      predicate: [ship]
    known: [{ origin: chip-news, at: 2026-02-28, url: "https://news.example.com/a" }]
  - id: maker-plans
    statement: Maker plans a chip
    kind: event
    resolution: Maker says so.
    frame: { slots: [{ name: maker, aliases: [Maker] }, { name: chip, aliases: [chip], required: false }] }
`,
};

export function directory(files: Readonly<Record<string, string | Uint8Array>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'claimwire-config-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  write(dir, files);
  return dir;
}

export function write(dir: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
}

/** The good configuration with some files replaced, loaded. */
export function load(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  user?: Readonly<Record<string, string>>,
): Loaded {
  return loadConfig({
    shippedDir: directory({ ...GOOD, ...files }),
    userDir: user === undefined ? null : directory(user),
    env: {},
  });
}

/** The problems without the name of the temporary directory. */
export function problemsOf(loaded: Loaded): string[] {
  if (loaded.ok) return [];
  return loaded.problems.map((line) => line.replaceAll(/\/\S*claimwire-config-\w+\//g, ''));
}

export function configOf(loaded: Loaded) {
  if (!loaded.ok) throw new Error(`not loaded:\n${loaded.problems.join('\n')}`);
  return loaded.config;
}
