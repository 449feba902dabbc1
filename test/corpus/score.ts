/**
 * Scores judgements against a labelled set: related F1, stance macro-F1, false "supports", strength, origin F1, quotes.
 *
 * Labels follow one guide: discusses is neither supports nor refutes (plans, approvals, committee steps); the origin is the earliest
 * source the text names; 'publisher' is the author himself and 'unattributed' nobody.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getDomain } from 'tldts';
import { loadConfig } from '../../src/config/load.ts';
import type { Article } from '../../src/core/article.ts';
import { articleText } from '../../src/core/article.ts';
import type { Claim } from '../../src/core/claim.ts';
import type { Judgement, Stance, Strength } from '../../src/core/evidence.ts';
import { buildRegistry } from '../../src/core/registry.ts';
import type { Source, SourceRegistry } from '../../src/core/source.ts';
import { newsTime } from '../../src/core/time.ts';
import type { JudgeEngine } from '../../src/judge/engine.ts';

interface Gold {
  readonly stance: Stance;
  readonly modality: Strength;
  readonly origin: readonly string[];
}

export interface LabelledItem {
  readonly id: string;
  readonly url: string;
  readonly publisher: string;
  readonly published: string;
  readonly lang: string;
  readonly title: string;
  readonly summary: string;
  readonly body?: string;
  readonly gold: {
    readonly claims: Readonly<Record<string, Gold>>;
    readonly flags?: readonly string[];
    /** Items about the same event share it. */
    readonly story_cluster?: string;
  };
}

export interface Marks {
  readonly items: number;
  readonly relatedF1: number;
  readonly stanceMacroF1: number;
  readonly falseSupports: number;
  readonly strength: number;
  readonly originF1: number;
  readonly quotesVerbatim: number;
  readonly misses: readonly string[];
}

/** `edit` may change the sources before names are indexed (the names-swapped test does). */
export function corpusConfig(
  edit: (source: Source) => Source = (source) => source,
  dir: string = fileURLToPath(new URL('config', import.meta.url)),
): {
  claims: readonly Claim[];
  registry: SourceRegistry;
} {
  const loaded = loadConfig({
    shippedDir: null,
    userDir: dir,
    env: {},
  });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const registry = buildRegistry(loaded.config.sources.map(edit), (host) =>
    getDomain(host, { allowPrivateDomains: true }),
  );
  return { claims: loaded.config.topics.flatMap((topic) => topic.claims), registry };
}

export function labelledItems(file: string): LabelledItem[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as LabelledItem);
}

export const ownItems = (): LabelledItem[] => labelledItems(fileURLToPath(new URL('items.jsonl', import.meta.url)));

export function articleOf(item: LabelledItem, registry: SourceRegistry): Article {
  return {
    id: item.id,
    revision: 1,
    url: item.url,
    publisher: registry.publisherOf(item.url, item.publisher),
    published: newsTime(item.published),
    lang: item.lang,
    title: item.title,
    summary: item.summary,
    body: item.body ?? '',
    authors: /\(([^()]+)\)$/.exec(item.publisher)?.slice(1) ?? [],
  };
}

/** Names of one origin as labels and sources write them. */
const SAME: Readonly<Record<string, string>> = { bis: 'us bis', 'commerce department': 'us commerce' };
const fold = (name: string): string => {
  const plain = name.normalize('NFKC').toLowerCase().trim();
  return SAME[plain] ?? plain;
};

export async function score(
  items: readonly LabelledItem[],
  claims: readonly Claim[],
  engine: JudgeEngine,
  registry: SourceRegistry,
): Promise<Marks> {
  const tally = new Tally();
  for (const item of items) {
    if (item.gold.flags?.includes('seed') === true) continue;
    const article = articleOf(item, registry);
    const rows = await engine.judge(article);
    for (const row of rows) {
      for (const quote of row.quotes) tally.quote(articleText(article).slice(quote.start, quote.end) === quote.text);
    }
    for (const claim of claims) {
      tally.pair(
        item,
        claim.id,
        item.gold.claims[claim.id],
        rows.find((row) => row.claim === claim.id && row.main),
      );
    }
  }
  return tally.marks(items.length);
}

type Label = Stance | 'unrelated';
const STANCES: readonly Stance[] = ['supports', 'refutes', 'discusses'];

/** Counts over pairs of item and claim. */
class Tally {
  readonly #said = new Map<string, number>();
  readonly #misses: string[] = [];
  #quotes = 0;
  #verbatim = 0;
  #judged = 0;
  #strong = 0;
  #origin = { hit: 0, extra: 0, missed: 0 };

  quote(verbatim: boolean): void {
    this.#quotes += 1;
    if (verbatim) this.#verbatim += 1;
  }

  pair(item: LabelledItem, claim: string, gold: Gold | undefined, row: Judgement | undefined): void {
    const want: Label = gold?.stance ?? 'unrelated';
    const said: Label = row?.stance ?? 'unrelated';
    const key = `${want} ${said}`;
    this.#said.set(key, (this.#said.get(key) ?? 0) + 1);
    if (want !== said) this.#misses.push(`${item.id} ${claim}: ${want}, said ${said}: ${item.title}`);
    if (gold === undefined || row === undefined || want !== said) return;
    this.#judged += 1;
    if (gold.modality === row.strength) this.#strong += 1;
    const wanted = new Set(
      gold.origin
        .map((name) => (name === 'publisher' ? item.publisher : name))
        .filter((name) => name !== 'unattributed')
        .map(fold),
    );
    const origin = typeof row.origin === 'string' ? row.origin : row.origin.name;
    const mine = origin === 'unattributed' ? undefined : fold(origin === 'publisher' ? item.publisher : origin);
    if (mine !== undefined) {
      if (wanted.has(mine)) this.#origin.hit += 1;
      else this.#origin.extra += 1;
    }
    for (const name of wanted) if (name !== mine) this.#origin.missed += 1;
  }

  marks(items: number): Marks {
    const count = (want: Label, said: Label): number => this.#said.get(`${want} ${said}`) ?? 0;
    const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
    const f1 = (hit: number, extra: number, missed: number): number =>
      hit === 0 ? 0 : (2 * hit) / (2 * hit + extra + missed);
    const all: readonly Label[] = [...STANCES, 'unrelated'];
    const perStance = STANCES.map((stance) =>
      f1(
        count(stance, stance),
        sum(all.filter((want) => want !== stance).map((want) => count(want, stance))),
        sum(all.filter((said) => said !== stance).map((said) => count(stance, said))),
      ),
    );
    const related = sum(STANCES.flatMap((want) => STANCES.map((said) => count(want, said))));
    const supports = sum(all.map((want) => count(want, 'supports')));
    return {
      items,
      relatedF1: f1(
        related,
        sum(STANCES.map((said) => count('unrelated', said))),
        sum(STANCES.map((want) => count(want, 'unrelated'))),
      ),
      stanceMacroF1: sum(perStance) / 3,
      falseSupports: supports === 0 ? 0 : 1 - count('supports', 'supports') / supports,
      strength: this.#judged === 0 ? 0 : this.#strong / this.#judged,
      originF1: f1(this.#origin.hit, this.#origin.extra, this.#origin.missed),
      quotesVerbatim: this.#quotes === 0 ? 1 : this.#verbatim / this.#quotes,
      misses: this.#misses,
    };
  }
}
