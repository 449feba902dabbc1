import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { shippedConfigDir } from '../../src/config/home.ts';
import { hashOf } from '../../src/config/parsedBefore.ts';
import * as fromSources from '../../src/config/yamlFile.ts';
import { built } from '../support/built.ts';

let compiled: typeof fromSources;
let parsed: Record<string, string>;
beforeAll(async () => {
  const path = await built('config/yamlFile.js');
  compiled = (await import(pathToFileURL(path).href)) as typeof fromSources;
  parsed = JSON.parse(readFileSync(join(path, '../../../parsed-yaml.json'), 'utf8')) as Record<string, string>;
}, 120_000);

function contentOf(read: fromSources.YamlRead): fromSources.YamlFile {
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
      expect(Object.hasOwn(parsed, hashOf(readFileSync(path, 'utf8'))), name).toBe(true);
      const ours = contentOf(compiled.readYaml(path, name));
      expect(ours.content, name).toEqual(contentOf(fromSources.readYaml(path, name)).content);
    }
    const sources = join(shippedConfigDir(), 'sources.yaml');
    const line = contentOf(compiled.readYaml(sources, 'sources.yaml')).lineOf(['sources', 40, 'name']);
    expect(line).toBeGreaterThan(40);
    expect(line).toBe(contentOf(fromSources.readYaml(sources, 'sources.yaml')).lineOf(['sources', 40, 'name']));
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
