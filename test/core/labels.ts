/**
 * A labelled news stream as evidence: what the policy decides when the judging is perfect.
 *
 * Read from the directory CLAIMWIRE_CORPUS (items.jsonl with `gold`, claims.json, listed.json, timeline.json); the stream
 * itself is not part of this repository.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDomain } from 'tldts';
import type { Claim } from '../../src/core/claim.ts';
import type { Evidence, Judgement, Stance, Strength } from '../../src/core/evidence.ts';
import { foldName, buildRegistry } from '../../src/core/registry.ts';
import type { Source } from '../../src/core/source.ts';
import { decide } from '../../src/core/status.ts';
import { storyShelf } from '../../src/core/story.ts';
import type { Status } from '../../src/core/status.ts';
import { DAY, deadlineOf, newsTime } from '../../src/core/time.ts';
import type { NewsTime } from '../../src/core/time.ts';
import { claim, source } from '../stories.ts';

interface Item {
  readonly id: string;
  readonly url: string;
  readonly publisher: string;
  readonly domain: string;
  readonly published: string;
  readonly title: string;
  readonly summary: string;
  readonly body?: string;
  readonly gold: { readonly claims: Readonly<Record<string, Label>>; readonly story_cluster: string };
}
interface Label {
  readonly stance: Stance;
  readonly modality: Strength;
  readonly origin: readonly string[];
  readonly quote_hint?: string;
  readonly true_origin?: readonly string[];
}
interface ClaimRow {
  readonly id: string;
  readonly topic: string;
  readonly statement: string;
  readonly kind: Claim['kind'];
  readonly deadline?: string;
  readonly authority_origins: readonly string[];
}
export interface Step {
  readonly status: Status;
  readonly date: string;
}
export interface Stream {
  readonly items: readonly Item[];
  readonly claims: readonly ClaimRow[];
  readonly timeline: Readonly<Record<string, { readonly editor: readonly Step[] }>>;
  readonly domains: readonly string[];
}

export function readStream(directory: string): Stream {
  const json = (name: string): unknown => JSON.parse(readFileSync(join(directory, name), 'utf8'));
  return {
    items: readFileSync(join(directory, 'items.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Item),
    claims: json('claims.json') as ClaimRow[],
    timeline: json('timeline.json') as Stream['timeline'],
    domains: (json('listed.json') as { domains: string[] }).domains,
  };
}

/** Newsrooms and public bodies a careful editor lists besides the publishers of the stream. Whale Lab and Albis are not. */
const KNOWN_ORIGINS: readonly (readonly [name: string, ...others: string[]])[] = [
  ['Reuters'],
  ['Financial Times'],
  ['The Information'],
  ['Bloomberg'],
  ['CNN'],
  ['MIT Technology Review'],
  ['South China Morning Post'],
  ['Tech Wire Asia'],
  ['DeepSeek'],
  ['Huawei'],
  ['Nvidia'],
  ['AMD'],
  ['Cambricon'],
  ['US BIS'],
  ['US Commerce'],
  ['US House'],
  ['US House committee'],
  ['US House Select Committee'],
  ['vLLM Ascend project'],
];

function sourcesOf(stream: Stream): Source[] {
  const publishers = stream.domains.map((domain) => {
    const name = stream.items.find((item) => item.domain === domain)?.publisher ?? domain;
    return source(domain, name, { domains: [domain], names: [] });
  });
  return [...publishers, ...KNOWN_ORIGINS.map(([name]) => source(foldName(name), name, { domains: [] }))];
}

export interface Reading {
  /** Trace texts that hide or misname their origin to where a careful editor would ("true_origin" of the labels). */
  readonly asAnEditorTraces: boolean;
}

/** Every change of status of every claim over the stream, and at which day. Ties of time go by item id. */
export function replayLabels(stream: Stream, reading: Reading): Map<string, Step[]> {
  const registry = buildRegistry(sourcesOf(stream), (host) => getDomain(host, { allowPrivateDomains: true }));
  const items = [...stream.items].sort(inOrder);
  const steps = new Map<string, Step[]>();
  for (const row of stream.claims) {
    const ids = row.authority_origins.map(foldName);
    const tracked = claim({
      id: row.id,
      statement: row.statement,
      kind: row.kind,
      deadline: row.deadline === undefined ? null : deadlineOf(row.deadline),
      authorities: ids,
      deniers: ids,
    });
    const evidence: Evidence[] = [];
    const changes: Step[] = [];
    let status: Status = 'unverified';
    const look = (now: NewsTime): void => {
      const decision = decide(tracked, evidence, [], now, { registry });
      if (decision.status === status) return;
      status = decision.status;
      changes.push({ status, date: new Date(now).toISOString().slice(0, 10) });
    };
    let deadline = tracked.deadline;
    for (const item of items) {
      const now = newsTime(item.published);
      if (deadline !== null && now >= deadline) {
        look(deadline);
        deadline = null;
      }
      const label = item.gold.claims[row.id];
      if (label === undefined) continue;
      evidence.push(...asEvidence(item, tracked, label, registry.publisherOf(item.url, item.publisher), reading));
      look(now);
    }
    steps.set(row.id, changes);
  }
  return steps;
}

function inOrder(a: Item, b: Item): number {
  return Date.parse(a.published) - Date.parse(b.published) || (a.id < b.id ? -1 : 1);
}

function asEvidence(
  item: Item,
  claim: Claim,
  label: Label,
  publisher: Evidence['publisher'],
  { asAnEditorTraces }: Reading,
): Evidence[] {
  const traced = asAnEditorTraces ? label.true_origin : undefined;
  const published = newsTime(item.published);
  return (traced ?? label.origin).map((origin, at) => ({
    id: `${item.id}:${at}`,
    article: item.id,
    revision: 1,
    claim: claim.id,
    url: item.url,
    title: item.title,
    publisher,
    published,
    seen: published,
    stance: label.stance,
    // Who is named in the end is no longer nobody.
    strength: traced !== undefined && label.modality === 'rumour' ? 'attributed' : label.modality,
    // The labels do not say whether it is planned or done. Taking every official word for "done" is the harder test: a
    // policy that confirms too easily shows here.
    event: label.modality === 'official' && label.stance === 'supports' ? 'happened' : 'none',
    chain: [],
    origin: origin === 'publisher' || origin === 'unattributed' ? origin : { name: origin, source: null },
    quotes: [],
    textGroup: item.id,
    retracted: false,
    via: 'feed',
  }));
}

/** Of the editor's steps, how many were taken within a day; and which were taken that the editor did not take. */
export function compare(stream: Stream, steps: ReadonlyMap<string, readonly Step[]>) {
  const missed: string[] = [];
  const extra: string[] = [];
  let hit = 0;
  let finals = 0;
  for (const { id } of stream.claims) {
    const left = [...(steps.get(id) ?? [])];
    const wanted = stream.timeline[id]?.editor ?? [];
    for (const step of wanted) {
      const at = left.findIndex(
        (mine) => mine.status === step.status && Math.abs(Date.parse(mine.date) - Date.parse(step.date)) <= DAY,
      );
      if (at < 0) missed.push(`${id} ${step.status} ${step.date}`);
      else {
        left.splice(at, 1);
        hit += 1;
      }
    }
    extra.push(...left.map((step) => `${id} ${step.status} ${step.date}`));
    if ((wanted.at(-1)?.status ?? 'unverified') === (steps.get(id)?.at(-1)?.status ?? 'unverified')) finals += 1;
  }
  return { hit, missed, extra, finals };
}

/** How well a shelf groups the stream into its stories, and which articles it takes for copies of others. */
export function groups(stream: Stream) {
  const shelf = storyShelf({ names: NAMES_IN_BOTH });
  const items = [...stream.items].sort(inOrder);
  const placed = items.map((item) => ({
    item,
    at: shelf.place({
      ...item,
      body: item.body ?? '',
      published: newsTime(item.published),
      judgements: asLabelled(item),
    }),
  }));
  let [both, said, gold] = [0, 0, 0];
  for (const [n, a] of placed.entries()) {
    for (const b of placed.slice(n + 1)) {
      const same = a.item.gold.story_cluster === b.item.gold.story_cluster;
      const together = a.at.story === b.at.story;
      both += same && together ? 1 : 0;
      said += together ? 1 : 0;
      gold += same ? 1 : 0;
    }
  }
  return {
    stories: { pairF1: (2 * both) / (said + gold), precision: both / said },
    texts: placed.filter(({ item, at }) => at.textGroup !== item.id).map(({ item }) => item.id),
  };
}

/** What the labels say an article says: what a perfect judge would hand to the shelf. */
const asLabelled = ({ title, summary, gold }: Item): Judgement[] =>
  Object.entries(gold.claims).map(([id, { stance, modality, origin, quote_hint: hint = '' }]) => {
    const [first = 'unattributed'] = origin;
    const start = Math.max(0, `${title}\n${summary}`.indexOf(hint));
    return {
      claim: id,
      stance,
      strength: modality,
      event: 'none',
      chain: [],
      origin: first === 'publisher' || first === 'unattributed' ? first : { name: first, source: foldName(first) },
      quotes: [{ role: 'stance', start, end: start + hint.length, text: hint }],
      main: true,
      summary: '',
      warnings: [],
    };
  });

/** What a configuration lists of this news in English and Chinese. */
const NAMES_IN_BOTH = [
  ['Reuters', '路透', '路透社'],
  ['Financial Times', '金融时报', '金融時報'],
  ['DeepSeek', '深度求索'],
  ['Huawei', '华为', '華為'],
  ['Ascend', '昇腾', '昇騰'],
  ['Cambricon', '寒武纪', '寒武紀'],
  ['Nvidia', '英伟达', '英偉達', '輝達'],
  ['AMD', '超微'],
];
