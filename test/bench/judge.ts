/**
 * `npm run bench judge`: the marks of the offline judge, with cost. Our own set always, also with every name swapped; the larger set when
 * CLAIMWIRE_CORPUS names its folder (items.jsonl, timeline.json), split by story so that no event stands on both sides.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { offlineEngine } from '../../src/judge/offline.ts';
import type { LabelledItem } from '../corpus/score.ts';
import { articleOf, corpusConfig, labelledItems, score } from '../corpus/score.ts';
import type { Timeline } from '../corpus/stream.ts';
import { streamMarks } from '../corpus/stream.ts';
import { swappedConfig, swappedItems } from '../corpus/swap.ts';
import { printCost } from './judge-cost.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const percent = (share: number): string => (100 * share).toFixed(1).padStart(7);
const cpu = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};
// Runs from dist/test/bench; the labelled data is not compiled.
const data = fileURLToPath(new URL('../../../test/corpus/', import.meta.url));
const config = corpusConfig((source) => source, join(data, 'config'));
const start = process.cpuUsage();
const engine = offlineEngine(config.claims, config.registry);
const load = cpu(start);

const own = labelledItems(join(data, 'items.jsonl'));

async function measure(
  name: string,
  items: readonly LabelledItem[],
  { claims, registry } = config,
  judge = engine,
  timeline: Timeline | null = null,
): Promise<void> {
  const marks = await score(items, claims, judge, registry);
  const stream = await streamMarks(items, claims, judge, registry, timeline);
  const { relatedF1, stanceMacroF1, falseSupports, strength, originF1, quotesVerbatim } = marks;
  const stories = percent(stream.storyPairF1);
  const cells = [relatedF1, stanceMacroF1, falseSupports, strength, originF1].map(percent);
  print(
    `${name.padEnd(28)}${String(marks.items).padStart(5)} ${cells.join(' ')} ${stories} ${percent(quotesVerbatim)}`,
  );
  const { steps } = stream;
  if (steps !== null)
    print(
      `${'  status steps'.padEnd(28)}      F1 ${percent(steps.f1)}, last status right ${steps.finals} of ${steps.claims}, false confirmed ${steps.falseConfirmed}, false refuted ${steps.falseRefuted}`,
    );
}

print(`${''.padEnd(28)}items related  stance  false+ strength  origin   story  quotes`);
await measure('own set', own);
const swapped = swappedConfig(join(data, 'config'));
await measure(
  '  with every name swapped',
  swappedItems(own),
  { claims: [...swapped.claims], registry: swapped.registry },
  offlineEngine(swapped.claims, swapped.registry),
);

const folder = process.env['CLAIMWIRE_CORPUS'];
if (folder === undefined || !existsSync(join(folder, 'items.jsonl'))) {
  print('larger set: absent (CLAIMWIRE_CORPUS names its folder)');
} else {
  const items = labelledItems(join(folder, 'items.jsonl'));
  const steps = join(folder, 'timeline.json');
  const timeline = existsSync(steps) ? (JSON.parse(readFileSync(steps, 'utf8')) as Timeline) : null;
  await measure('larger set', items, config, engine, timeline);
  // A stable split: stories by the parity of their letters.
  const side = (item: LabelledItem): number =>
    Array.from(item.gold.story_cluster ?? '', (letter) => letter.codePointAt(0) ?? 0).reduce((a, b) => a + b, 0) % 2;
  for (const [name, half] of [
    ['  stories, first half', 0],
    ['  stories, second half', 1],
  ] as const)
    await measure(
      name,
      items.filter((item) => side(item) === half),
    );
}

for (let pass = 0; pass < 3; pass += 1) for (const item of own) await engine.judge(articleOf(item, config.registry));
const before = process.cpuUsage();
for (const item of own) await engine.judge(articleOf(item, config.registry));
print(
  `cost: ${(cpu(before) / own.length).toFixed(2)} ms CPU an article against ${config.claims.length} claims, warm; ready after ${load.toFixed(0)} ms CPU`,
);
await printCost(config.registry, print);
