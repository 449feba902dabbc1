/**
 * What judging costs: CPU an article of 600 to 900 words against 30 and against 1,000 tracked statements, reading the article alone, and
 * what the weights of `claimwire judge --pairs` weigh and what it costs to load the judge. Times are of one process that does nothing else; the ratio to
 * reading the article alone holds on any machine.
 */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readWordVectors } from '../../src/cli/word-vectors.ts';
import { packageRoot } from '../../src/config/home.ts';
import type { SourceRegistry } from '../../src/core/source.ts';
import { offlineEngine } from '../../src/judge/offline.ts';
import { pairJudge } from '../../src/judge/pairs.ts';
import { indexed } from '../../src/judge/phrase.ts';
import { read } from '../../src/judge/text.ts';
import { longArticle, manyClaims } from '../support/many-claims.ts';

const ARTICLES = 60;
const PASSES = 4;

/** Milliseconds of CPU, the best of a few passes: other programs on the machine only ever add to it. */
async function cpuOf(work: () => Promise<void> | void): Promise<number> {
  await work();
  let best = Infinity;
  for (let pass = 0; pass < PASSES; pass += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

/**
 * CPU until a new process can judge: modules, weights, an engine without claims; without Node itself and without the configuration. Word
 * tables are compiled when an article first meets them. The best of a few processes.
 */
function loadOf(): string {
  const at = (file: string): string => JSON.stringify(new URL(`../../src/${file}`, import.meta.url).href);
  const code = `
    const before = process.cpuUsage();
    const { pairJudge } = await import(${at('judge/pairs.js')});
    const { offlineEngine } = await import(${at('judge/offline.js')});
    const { readWordVectors } = await import(${at('cli/word-vectors.js')});
    const nobody = { sources: [] };
    offlineEngine([], nobody);
    pairJudge(nobody, readWordVectors());
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(String((user + system) / 1000));`;
  const times = Array.from({ length: 5 }, () =>
    Number(execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })),
  );
  return Math.min(...times).toFixed(0);
}

export async function printCost(registry: SourceRegistry, print: (line: string) => void): Promise<void> {
  const articles = Array.from({ length: ARTICLES }, (_, n) => longArticle(n, registry));
  const words = articles.map(({ title, summary, body }) => `${title} ${summary} ${body}`.split(/\s+/).length);
  const reading = (await cpuOf(() => articles.forEach((article) => void indexed(read(article))))) / ARTICLES;
  print(
    `cost: articles of ${Math.min(...words)} to ${Math.max(...words)} words; reading one ${reading.toFixed(2)} ms CPU`,
  );
  for (const count of [30, 1000]) {
    const claims = manyClaims(count, registry);
    const started = performance.now();
    const engine = offlineEngine(claims, registry);
    const compiled = performance.now() - started;
    let rows = 0;
    const total = await cpuOf(async () => {
      rows = 0;
      for (const article of articles) rows += (await engine.judge(article)).length;
    });
    const each = total / ARTICLES;
    print(
      `  against ${String(count).padStart(4)} statements ${each.toFixed(2)} ms CPU an article (${(each / reading).toFixed(1)} times reading it), ${(rows / ARTICLES).toFixed(1)} judgements; claims compiled in ${compiled.toFixed(0)} ms`,
    );
  }
  const judge = pairJudge(registry, readWordVectors());
  const folder = join(packageRoot(), 'src', 'judge');
  const bytes = ['model/word-vectors.i8', 'model/words.txt', 'pair-weights.ts'].map(
    (file) => statSync(join(folder, file)).size,
  );
  const pair =
    (await cpuOf(async () => {
      for (let n = 0; n < 500; n += 1)
        await judge({
          id: 'x',
          claim: `Arlen buys Dunmore ${n % 50}`,
          title: `Dunmore ${n % 7} denies that it is being bought`,
        });
    })) / 500;
  print(
    `  statements against headlines: ${(bytes.reduce((a, b) => a + b, 0) / 1e6).toFixed(2)} MB of weights, ${pair.toFixed(2)} ms CPU a pair; judge loaded in ${loadOf()} ms CPU`,
  );
}
