/**
 * A user's source wins over a shipped one that claims the same domain, path or name under another id.
 *
 *   shipped: { id: reuters, domains: [reuters.com] }     user: { id: rtrs, domains: [reuters.com] }
 *   -> reuters.com is rtrs; the shipped entry keeps what is left of it, so that shipped claims naming it still load
 *
 * Without this an upgrade that adds a source could break a configuration that already lists it.
 */
import { foldName } from '../core/registry.ts';
import type { Entry } from './overlay.ts';
import { textAt, textsAt } from './overlay.ts';
import type { YamlFile } from './yamlFile.ts';

const KEYS = ['domains', 'paths', 'names'] as const;

export function giveWayToUser(
  entries: readonly Entry[],
  isUsers: (yaml: YamlFile) => boolean,
): { readonly entries: readonly Entry[]; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const written = (entry: Entry): boolean => entry.places.some((place) => isUsers(place.yaml));
  const taken = new Map<string, string>();
  for (const entry of entries.filter(written)) {
    for (const key of KEYS)
      for (const { text } of textsAt(entry.merged, [key])) taken.set(`${key} ${foldName(text)}`, entry.id);
    const name = textAt(entry.merged, ['name']);
    if (name !== null) taken.set(`names ${foldName(name)}`, entry.id);
  }
  if (taken.size === 0) return { entries, warnings };
  const kept = entries.map((entry): Entry => {
    if (written(entry)) return entry;
    const lost = new Set<string>();
    const merged: Record<string, unknown> = { ...entry.merged };
    for (const key of KEYS) {
      const texts = textsAt(entry.merged, [key]).map(({ text }) => text);
      const left = texts.filter((text) => !taken.has(`${key} ${foldName(text)}`));
      for (const text of texts) {
        const owner = taken.get(`${key} ${foldName(text)}`);
        if (owner !== undefined) lost.add(owner);
      }
      if (left.length < texts.length) merged[key] = left;
    }
    const name = textAt(entry.merged, ['name']);
    const owner = name === null ? undefined : taken.get(`names ${foldName(name)}`);
    if (name !== null && owner !== undefined) {
      lost.add(owner);
      merged['name'] = `${name} (${entry.id})`;
      merged['names'] = [...textsAt(merged, ['names']).map(({ text }) => text), `${name} (${entry.id})`];
    }
    if (lost.size === 0) return entry;
    warnings.push(
      `shipped source "${entry.id}" gives way to your ${[...lost].map((id) => `"${id}"`).join(', ')}: use the id "${entry.id}" to change it instead`,
    );
    return { ...entry, merged };
  });
  return { entries: kept, warnings };
}
