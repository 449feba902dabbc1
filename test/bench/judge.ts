/**
 * `npm run bench judge`: the marks of the offline judge, with cost. Our own set always; the larger set when CLAIMWIRE_CORPUS names its
 * folder (items.jsonl; gold.story_cluster splits it), split by story so that no event stands on both sides.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { offlineEngine } from '../../src/judge/offline.ts';
import type { LabelledItem, Marks } from '../corpus/score.ts';
import { articleOf, corpusConfig, labelledItems, score } from '../corpus/score.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
// Runs from dist/test/bench; the labelled data is not compiled.
const data = fileURLToPath(new URL('../../../test/corpus/', import.meta.url));
const { claims, registry } = corpusConfig((source) => source, join(data, 'config'));
const engine = offlineEngine(claims, registry);
const percent = (share: number): string => (100 * share).toFixed(1).padStart(6);

function row(name: string, marks: Marks): void {
  const { relatedF1, stanceMacroF1, falseSupports, strength, originF1, quotesVerbatim } = marks;
  const cells = [relatedF1, stanceMacroF1, falseSupports, strength, originF1, quotesVerbatim].map(percent);
  print(`${name.padEnd(28)}${String(marks.items).padStart(5)} ${cells.join(' ')}`);
}

async function measure(name: string, items: readonly LabelledItem[]): Promise<void> {
  row(name, await score(items, claims, engine, registry));
}

print(`${''.padEnd(28)}items related stance false+ strength origin quotes`);
const own = labelledItems(join(data, 'items.jsonl'));
await measure('own set', own);

const folder = process.env['CLAIMWIRE_CORPUS'];
if (folder === undefined || !existsSync(join(folder, 'items.jsonl'))) {
  print('larger set: absent (CLAIMWIRE_CORPUS names its folder)');
} else {
  const items = labelledItems(join(folder, 'items.jsonl')) as (LabelledItem & {
    readonly gold: { readonly story_cluster?: string };
  })[];
  await measure('larger set', items);
  // A stable split: stories by the parity of their letters.
  const side = (item: (typeof items)[number]): number =>
    Array.from(item.gold.story_cluster ?? '', (letter) => letter.codePointAt(0) ?? 0).reduce((a, b) => a + b, 0) % 2;
  await measure(
    '  stories, first half',
    items.filter((item) => side(item) === 0),
  );
  await measure(
    '  stories, second half',
    items.filter((item) => side(item) === 1),
  );
}

for (let pass = 0; pass < 3; pass += 1) for (const item of own) await engine.judge(articleOf(item, registry));
const before = process.cpuUsage();
for (const item of own) await engine.judge(articleOf(item, registry));
const { user, system } = process.cpuUsage(before);
print(
  `cost: ${((user + system) / 1000 / own.length).toFixed(2)} ms CPU an article against ${claims.length} claims, warm`,
);
