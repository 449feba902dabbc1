import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Loaded } from '../../src/config/config.ts';
import { shippedConfigDir } from '../../src/config/home.ts';
import { jsonSchemaFiles } from '../../src/config/jsonSchemas.ts';
import { loadConfig } from '../../src/config/load.ts';
import { watchConfig } from '../../src/config/watch.ts';
import { configOf, directory, GOOD, write } from './directories.ts';
import { PATIENT } from '../support/eventually.ts';

function watched(userDir: string) {
  const shippedDir = directory(GOOD);
  const options = { shippedDir, userDir, env: {} };
  const edits: Loaded[] = [];
  const watch = watchConfig({
    ...options,
    current: configOf(loadConfig(options)),
    onEdit: (loaded) => edits.push(loaded),
    quietMs: 20,
  });
  onTestFinished(() => watch.close());
  return { watch, edits };
}

const topic = (title: string) => `topic: chips\ntitle: ${title}\n`;

test('an edit while running is taken over, a bad one keeps the last good configuration and says so', async () => {
  const dir = directory({ 'topics/mine.yaml': topic('First') });
  const { watch, edits } = watched(dir);

  write(dir, { 'topics/mine.yaml': topic('Second') });
  await vi.waitFor(() => expect(watch.current().topics[0]?.title).toBe('Second'), PATIENT);

  write(dir, { 'topics/mine.yaml': 'topic: chips\ntitle: [\n' });
  await vi.waitFor(() => expect(edits.at(-1)?.ok).toBe(false), PATIENT);
  expect(watch.current().topics[0]?.title).toBe('Second');

  // As most editors save: a new file renamed over the old one.
  write(dir, { 'topics/mine.yaml.swp': topic('Third') });
  renameSync(join(dir, 'topics/mine.yaml.swp'), join(dir, 'topics/mine.yaml'));
  await vi.waitFor(() => expect(watch.current().topics[0]?.title).toBe('Third'), PATIENT);
  expect(edits.at(-1)?.ok).toBe(true);
});

test('a folder that comes later is seen, and a save without a change is no news', async () => {
  const dir = directory({ 'claimwire.yaml': 'web: { port: 1 }\n' });
  const { watch, edits } = watched(dir);
  write(dir, { 'topics/mine.yaml': topic('Late') });
  await vi.waitFor(() => expect(watch.current().topics[0]?.title).toBe('Late'), PATIENT);
  const told = edits.length;
  write(dir, { 'topics/mine.yaml': `# a comment\n${topic('Late')}` });
  watch.reload();
  expect(edits).toHaveLength(told);
});

test('the JSON Schemas for editors are up to date (npm run schemas)', () => {
  for (const [name, text] of jsonSchemaFiles())
    expect(readFileSync(join(shippedConfigDir(), 'schema', name), 'utf8'), name).toBe(text);
});
