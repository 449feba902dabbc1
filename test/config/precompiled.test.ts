import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shippedConfigDir } from '../../src/config/home.ts';
import { hashOf } from '../../src/config/parsedBefore.ts';
import type * as Reading from '../../src/config/yamlFile.ts';
import { built } from '../support/built.ts';

let compiled: typeof Reading;
let parsed: Record<string, string>;
beforeAll(async () => {
  const path = await built('config/yamlFile.js');
  compiled = (await import(pathToFileURL(path).href)) as typeof Reading;
  parsed = JSON.parse(readFileSync(join(path, '../../../parsed-yaml.json'), 'utf8')) as Record<string, string>;
}, 120_000);

function contentOf(read: Reading.YamlRead): Reading.YamlFile {
  if (read.read !== 'yes') throw new Error('not read');
  return read.yaml;
}

describe('what the build has parsed', () => {
  const files = readdirSync(shippedConfigDir(), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yaml'),
  );

  it('is every file that ships, as the files say, and knows their lines', () => {
    expect(files.length).toBeGreaterThan(20);
    for (const name of files) {
      const path = join(shippedConfigDir(), name);
      const text = readFileSync(path, 'utf8');
      expect(Object.hasOwn(parsed, hashOf(text)), name).toBe(true);
      expect(contentOf(compiled.readYaml(path, name)).content, name).toEqual(parse(text));
    }
    const path = join(shippedConfigDir(), 'sources.yaml');
    const sources = contentOf(compiled.readYaml(path, 'sources.yaml'));
    const { id } = (sources.content as { sources: { id: string }[] }).sources[40] ?? { id: '' };
    const line = sources.lineOf(['sources', 40, 'id']) ?? 0;
    expect(readFileSync(path, 'utf8').split('\n')[line - 1]).toContain(`id: ${id}`);
  });

  it('says nothing of a file that somebody edited', () => {
    const dir = mkdtempSync(join(tmpdir(), 'parsed-'));
    try {
      const path = join(dir, 'feeds.yaml');
      writeFileSync(path, `${readFileSync(join(shippedConfigDir(), 'feeds.yaml'), 'utf8')}\nextra: 1\n`);
      expect(contentOf(compiled.readYaml(path, 'feeds.yaml')).content).toHaveProperty('extra', 1);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
