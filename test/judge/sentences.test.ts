/**
 * One sentence at a time, with no headline and no text around it to lean on: the many ways in which a claim is told, denied and talked about.
 *
 * A headline may stand before its sentence, with // between them.
 *
 * sentences.txt and nearly.txt hold `#claim date` lines, and below each its sentences, behind s (supports), r (refutes), d (discusses) or u (unrelated).
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { offlineEngine } from '../../src/judge/offline.ts';
import type { LabelledItem } from '../corpus/score.ts';
import { articleOf, corpusConfig } from '../corpus/score.ts';

const STANCES: Readonly<Record<string, string>> = { s: 'supports', r: 'refutes', d: 'discusses', u: 'unrelated' };

function item(line: string, day: string): LabelledItem {
  const [first = '', below] = line.split(' // ');
  const [title, sentence] = below === undefined ? ['', first] : [first, below];
  return {
    id: 'sentence',
    url: 'https://nobody.example/1',
    publisher: 'Nobody',
    published: `${day}T00:00:00Z`,
    lang: /\p{Script=Han}/u.test(sentence) ? 'zh' : 'en',
    title,
    summary: sentence,
    gold: { claims: {} },
  };
}

interface Said {
  readonly claim: string;
  readonly want: string;
  readonly said: string;
  readonly line: string;
}

async function judged(file: string): Promise<Said[]> {
  const { claims, registry } = corpusConfig();
  const engine = offlineEngine(claims, registry);
  let [claim, day] = ['', ''];
  const all: Said[] = [];
  for (const line of readFileSync(fileURLToPath(new URL(`../corpus/${file}`, import.meta.url)), 'utf8').split('\n')) {
    if (line.startsWith('#')) [claim = '', day = ''] = line.slice(1).split(' ');
    const want = STANCES[line[0] ?? ''];
    if (want === undefined) continue;
    const rows = await engine.judge(articleOf(item(line.slice(2), day), registry));
    const said = rows.find((row) => row.claim === claim && row.main)?.stance ?? 'unrelated';
    all.push({ claim, want, said, line });
  }
  return all;
}

const missesOf = (all: readonly Said[]): string =>
  all
    .filter(({ want, said }) => want !== said)
    .map(({ claim, want, said, line }) => `${claim} ${want}, said ${said}: ${line.slice(2)}`)
    .join('\n');
const wrongSupports = (all: readonly Said[]): number =>
  all.filter(({ want, said }) => said === 'supports' && want !== said).length;

describe('single sentences', () => {
  it('are taken for what they say of their claim at least as often as ever, and hardly ever for a support that they are not', async () => {
    const all = await judged('sentences.txt');
    expect(all).toHaveLength(700);
    expect(wrongSupports(all), missesOf(all)).toBe(0);
    const right = all.filter(({ want, said }) => want === said).length;
    expect(right / all.length, missesOf(all)).toBeGreaterThanOrEqual(0.92);
  });

  it('that hold every word of a claim and do not say that it is so are seldom taken for its support', async () => {
    const all = await judged('nearly.txt');
    expect(all).toHaveLength(84);
    expect(wrongSupports(all), missesOf(all)).toBeLessThanOrEqual(5);
  });
});
