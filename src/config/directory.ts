/**
 * One configuration directory: claimwire.yaml, feeds.yaml, sources.yaml, topics/*.yaml. Every file may be absent;
 * a file whose name is nearly right (`feed.yaml`, `topics/deepseek.yml`) is pointed out, since nobody would read it.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { shownPath } from './home.ts';
import type { Problem } from './problem.ts';
import { nearest } from './problem.ts';
import type { FileKind } from './schema.ts';
import { FILE_SCHEMAS } from './schema.ts';
import { validate } from './validate.ts';
import type { YamlFile } from './yamlFile.ts';
import { readYaml } from './yamlFile.ts';

export interface Directory {
  readonly name: 'shipped' | 'user';
  readonly claimwire: YamlFile | null;
  readonly feeds: YamlFile | null;
  readonly sources: YamlFile | null;
  readonly topics: readonly YamlFile[];
  /** A file is there that could not be read: what other files say about its entries cannot be judged. */
  readonly unread: boolean;
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
}

const FILES = ['claimwire.yaml', 'feeds.yaml', 'sources.yaml'] as const;

/** Reads what is there and checks each file by itself; what is missing shows only after the overlay. */
export function readDirectory(dir: string, name: Directory['name']): Directory {
  const problems: Problem[] = [];
  const warnings: string[] = [];
  let unread = false;
  const shown = (file: string) => shownPath(join(dir, file));
  const complain = (file: string, what: string) => problems.push({ file, path: [], what, line: null });
  const read = (file: string, kind: FileKind): YamlFile | null => {
    const answer = readYaml(join(dir, file), shown(file));
    if (answer.read === 'no') {
      unread = true;
      problems.push(...answer.problems);
    }
    if (answer.read !== 'yes') return null;
    warnings.push(...answer.warnings);
    problems.push(...problemsOf(answer.yaml, kind));
    return answer.yaml;
  };
  const names = list(dir);
  if (names === null) {
    complain(shownPath(dir), 'is not a directory this user can read');
    return { name, claimwire: null, feeds: null, sources: null, topics: [], unread: true, problems, warnings };
  }
  for (const found of names) {
    const meant = misspelt(found);
    if (meant !== null) complain(shown(found), `is not read: rename it to ${meant}`);
  }
  const [claimwire, feeds, sources] = [
    read('claimwire.yaml', 'claimwire'),
    read('feeds.yaml', 'feeds'),
    read('sources.yaml', 'sources'),
  ];
  const topicNames = list(join(dir, 'topics')) ?? [];
  for (const found of topicNames.filter((file) => /\.(?:yml|YAML|YML)$/.test(file)))
    complain(shown(`topics/${found}`), 'is not read: rename it to end in .yaml');
  const topics = topicNames
    .filter((file) => file.endsWith('.yaml') && !file.startsWith('.'))
    .flatMap((file) => read(`topics/${file}`, 'topic') ?? []);
  if (claimwire === null && feeds === null && sources === null && topics.length === 0 && problems.length === 0)
    warnings.push(`${shownPath(dir)}: holds none of ${FILES.join(', ')}, topics/*.yaml`);
  return { name, claimwire, feeds, sources, topics, unread, problems, warnings };
}

function problemsOf(yaml: YamlFile, kind: FileKind): Problem[] {
  const checked = validate<unknown>(FILE_SCHEMAS[kind], yaml.content);
  if (checked.ok) return [];
  return checked.findings.map(({ path, what }) => ({ file: yaml.file, path, what, line: yaml.lineOf(path) }));
}

/** `feed.yml` -> "feeds.yaml"; null for files that are plainly something else. */
function misspelt(found: string): string | null {
  const stem = /^([\w-]{1,40})\.ya?ml$/i.exec(found)?.[1];
  if (stem === undefined || FILES.some((file) => file === found)) return null;
  const meant = nearest(
    stem,
    FILES.map((file) => file.replace('.yaml', '')),
  );
  return meant === null ? null : `${meant}.yaml`;
}

/** Sorted names, null when it cannot be listed. */
function list(dir: string): string[] | null {
  try {
    return statSync(dir).isDirectory() ? readdirSync(dir).sort() : null;
  } catch {
    return null;
  }
}
