/**
 * Part of `npm run build`: parses what ships once, so that no start has to (see parsedBefore.ts).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedConfigDir } from './home.ts';
import { hashOf, PARSED_FILE } from './parsedBefore.ts';
import { readYaml } from './yamlFile.ts';

const dir = shippedConfigDir();
const files = existsSync(dir)
  ? readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'))
  : [];
const parsed = files.flatMap((name) => {
  const read = readYaml(join(dir, name), name);
  if (read.read !== 'yes') return [];
  return [[hashOf(readFileSync(join(dir, name), 'utf8')), JSON.stringify(read.yaml.content)]];
});
writeFileSync(PARSED_FILE, JSON.stringify(Object.fromEntries(parsed)));
