import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shippedConfigDir } from '../../src/config/home.ts';
import { hashOf } from '../../src/config/parsedBefore.ts';
import type * as Reading from '../../src/config/yamlFile.ts';
import { readYaml } from '../../src/config/yamlFile.ts';
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

  it('and what was read before is read the same again, by values of its own, with its lines', () => {
    const dir = mkdtempSync(join(tmpdir(), 'parsed-'));
    try {
      const path = join(dir, 'claimwire.yaml');
      writeFileSync(path, 'a: [1, x]\nchannel: 1234567890123456789\nodd: .inf\n');
      const plain = join(dir, 'plain.yaml');
      writeFileSync(plain, 'a:\n  - { __proto__: 1, b: null }\n');
      for (const file of [path, plain]) {
        const first = contentOf(readYaml(file, 'first'));
        const second = contentOf(readYaml(file, 'second'));
        expect(second.content).toEqual(first.content);
        expect([second.file, second.lineOf(['a', 0])]).toEqual(['second', first.lineOf(['a', 0])]);
        (first.content as { a: unknown[] }).a.pop();
        expect(contentOf(readYaml(file, 'third')).content).toEqual(second.content);
      }
      expect(contentOf(readYaml(path, 'again')).content).toEqual({
        a: [1, 'x'],
        channel: '1234567890123456789',
        odd: Infinity,
      });
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
