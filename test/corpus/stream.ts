/**
 * A labelled set as a stream: how its stories group, and whether the statuses move when a careful editor would move them.
 */
import type { Claim } from '../../src/core/claim.ts';
import type { SourceRegistry } from '../../src/core/source.ts';
import { DAY } from '../../src/core/time.ts';
import type { JudgeEngine } from '../../src/judge/engine.ts';
import { replay } from '../../src/pipeline/replay.ts';
import type { LabelledItem } from './score.ts';
import { articleOf } from './score.ts';

/** claim id -> the editor's steps, as timeline.json holds them. */
export type Timeline = Readonly<
  Record<string, { readonly editor: readonly { readonly date: string; readonly status: string }[] }>
>;

export interface StreamMarks {
  /** Over pairs of items with a gold cluster; 0 when no item has one. */
  readonly storyPairF1: number;
  /** Of the pairs put in one story, those that belong there. */
  readonly storyPairPrecision: number;
  /** Null without a timeline. A step counts within a day. */
  readonly steps: {
    readonly f1: number;
    readonly finals: number;
    readonly claims: number;
    readonly falseConfirmed: number;
    readonly falseRefuted: number;
  } | null;
}

export async function streamMarks(
  items: readonly LabelledItem[],
  claims: readonly Claim[],
  engine: JudgeEngine,
  registry: SourceRegistry,
  timeline: Timeline | null,
): Promise<StreamMarks> {
  const articles = items.map((item) => ({ ...articleOf(item, registry), publisherAsGiven: item.publisher }));
  const story = new Map<string, string>();
  const taken = new Map<string, { status: string; at: number }[]>();
  for await (const line of replay(articles, { claims, registry, engine })) {
    if (line.type === 'story') story.set(line.item, line.story);
    if (line.type === 'status')
      taken.set(line.claim, [...(taken.get(line.claim) ?? []), { status: line.status, at: Date.parse(line.at) }]);
  }
  return { ...pairsIn(items, story), steps: timeline === null ? null : stepsOf(timeline, claims, taken) };
}

function pairsIn(
  items: readonly LabelledItem[],
  story: ReadonlyMap<string, string>,
): Pick<StreamMarks, 'storyPairF1' | 'storyPairPrecision'> {
  let [both, said, gold] = [0, 0, 0];
  for (const [n, a] of items.entries()) {
    for (const b of items.slice(n + 1)) {
      const same = a.gold.story_cluster !== undefined && a.gold.story_cluster === b.gold.story_cluster;
      const together = story.get(a.id) === story.get(b.id);
      both += same && together ? 1 : 0;
      said += together ? 1 : 0;
      gold += same ? 1 : 0;
    }
  }
  return {
    storyPairF1: gold === 0 ? 0 : (2 * both) / (said + gold),
    storyPairPrecision: said === 0 ? 1 : both / said,
  };
}

function stepsOf(
  timeline: Timeline,
  claims: readonly Claim[],
  taken: ReadonlyMap<string, readonly { readonly status: string; readonly at: number }[]>,
): NonNullable<StreamMarks['steps']> {
  let [wanted, hit, extra, finals, falseConfirmed, falseRefuted] = [0, 0, 0, 0, 0, 0];
  for (const { id } of claims) {
    const editor = timeline[id]?.editor ?? [];
    const mine = [...(taken.get(id) ?? [])];
    const last = mine.at(-1)?.status ?? 'unverified';
    wanted += editor.length;
    for (const step of editor) {
      const at = mine.findIndex(
        (one) => one.status === step.status && Math.abs(one.at - Date.parse(step.date)) <= DAY + 1000,
      );
      if (at < 0) continue;
      hit += 1;
      mine.splice(at, 1);
    }
    for (const { status, at } of mine.filter((one) => one.status !== 'unverified')) {
      extra += 1;
      const known = editor.some((step) => step.status === status && Date.parse(step.date) <= at + DAY);
      if (status === 'confirmed' && !known) falseConfirmed += 1;
      if (status === 'refuted' && !known) falseRefuted += 1;
    }
    if ((editor.at(-1)?.status ?? 'unverified') === last) finals += 1;
  }
  const f1 = hit === 0 ? 0 : (2 * hit) / (hit + extra + wanted);
  return { f1, finals, claims: claims.length, falseConfirmed, falseRefuted };
}
