/**
 * A user's directory laid over the shipped one.
 *
 *   shipped: { id: deepseek-news, url: ..., lang: en }     user: { id: deepseek-news, intervalMinutes: 60 }
 *   ->       { id: deepseek-news, url: ..., lang: en, intervalMinutes: 60 }
 *
 * Feeds, sources and claims meet by id, topics by name. Keys merge, lists replace, `remove: true` drops. Each entry
 * remembers where its keys were written, so that a message names the file that somebody must edit.
 */
import type { Path, Problem } from './problem.ts';
import { didYouMean, quoted } from './problem.ts';
import type { YamlFile } from './yamlFile.ts';

export interface Place {
  readonly yaml: YamlFile;
  readonly path: Path;
}

export interface Entry {
  readonly id: string;
  readonly merged: Readonly<Record<string, unknown>>;
  /** Shipped first. Never empty. */
  readonly places: readonly Place[];
}

/** One list of one layer, e.g. the feeds of the user's feeds.yaml. */
export interface Layer {
  readonly name: 'shipped' | 'user';
  readonly lists: readonly { readonly yaml: YamlFile; readonly path: Path }[];
}

export interface Overlaid {
  readonly entries: readonly Entry[];
  /** Ids that were dropped, with the file that dropped them. */
  readonly removed: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
}

export interface Noun {
  readonly word: string;
  readonly idKey: string;
  /**
   * Keys every entry has. One that holds none of them was written to change another; when that one is gone, say after
   * an upgrade, it changes nothing and is no reason to refuse the rest. Empty: never so.
   */
  readonly essential: readonly string[];
}

export function overlay({ word: noun, idKey, essential }: Noun, layers: readonly Layer[]): Overlaid {
  const entries = new Map<string, Entry>();
  const removed = new Map<string, string>();
  const problems: Problem[] = [];
  const warnings: string[] = [];
  for (const layer of layers) {
    const here = new Map<string, Place>();
    for (const { yaml, path } of layer.lists) {
      for (const [place, value] of itemsAt(yaml, path)) {
        const id = value[idKey];
        // Without a usable id the file's own schema has already said so.
        if (typeof id !== 'string') continue;
        const twin = here.get(id);
        if (twin !== undefined) {
          const where = `${twin.yaml.file}${lineNote(twin)}`;
          problems.push(problemAt(place, [idKey], `there is already a ${noun} ${quoted(id)} in ${where}`));
          continue;
        }
        here.set(id, place);
        const below = entries.get(id);
        if (value['remove'] === true) {
          if (below === undefined) warnings.push(`${yaml.file}: there is no ${noun} ${quoted(id)} to remove`);
          entries.delete(id);
          removed.set(id, yaml.file);
          continue;
        }
        const { remove: _said, ...rest } = value;
        const changesOnly = essential.length > 0 && !essential.some((key) => Object.hasOwn(rest, key));
        if (below === undefined && changesOnly) {
          const meant = didYouMean(id, [...entries.keys()]);
          const hint =
            meant === ''
              ? `; a new ${noun} needs ${essential.join(', ')}`
              : `${meant} A new ${noun} needs ${essential.join(', ')}`;
          warnings.push(
            `${yaml.file}${lineNote(place)}: changes ${noun} ${quoted(id)}, which is not there, so it is left out${hint}`,
          );
          continue;
        }
        entries.set(id, {
          id,
          merged: below === undefined ? rest : merge(below.merged, rest),
          places: [...(below?.places ?? []), place],
        });
      }
    }
  }
  return { entries: [...entries.values()], removed, problems, warnings };
}

/** Maps merge key by key; anything else, lists too, is replaced by what lies on top. */
export function merge(
  below: Readonly<Record<string, unknown>>,
  above: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = Object.hasOwn(merged, key) ? merged[key] : undefined;
    merged[key] = isMap(under) && isMap(value) ? merge(under, value) : value;
  }
  return merged;
}

/** A problem with one key of an entry, located where that key was last written. */
export function problemIn(entry: Entry, field: Path, what: string): Problem {
  const place = entry.places.findLast(({ yaml, path }) => valueAt(yaml.content, [...path, ...field]) !== undefined);
  const last = place ?? entry.places.at(-1);
  if (last === undefined) throw new Error(`entry ${entry.id} was written nowhere`);
  return problemAt(last, field, what);
}

export function problemAt(place: Place, field: Path, what: string): Problem {
  const path = [...place.path, ...field];
  return { file: place.yaml.file, path, what, line: place.yaml.lineOf(path) };
}

function lineNote(place: Place): string {
  const line = place.yaml.lineOf(place.path);
  return line === null ? '' : ` line ${line}`;
}

function itemsAt(yaml: YamlFile, path: Path): [Place, Readonly<Record<string, unknown>>][] {
  const found = valueAt(yaml.content, path);
  if (isMap(found)) return [[{ yaml, path }, found]];
  if (!Array.isArray(found)) return [];
  return found.flatMap((item: unknown, index): [Place, Readonly<Record<string, unknown>>][] =>
    isMap(item) ? [[{ yaml, path: [...path, index] }, item]] : [],
  );
}

export function valueAt(content: unknown, path: Path): unknown {
  let value = content;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts of a list with their positions; nothing for what is not a list or not text (its file already reported that). */
export function textsAt(content: unknown, path: Path): { readonly text: string; readonly at: Path }[] {
  const found = valueAt(content, path);
  if (!Array.isArray(found)) return [];
  return found.flatMap((item: unknown, index) =>
    typeof item === 'string' ? [{ text: item, at: [...path, index] }] : [],
  );
}

export function textAt(content: unknown, path: Path): string | null {
  const found = valueAt(content, path);
  return typeof found === 'string' ? found : null;
}
