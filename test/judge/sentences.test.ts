/**
 * One sentence at a time, with no headline and no text around it to lean on: the many ways in which a claim is told, denied and talked about.
 *
 * sentences.txt holds `#claim date` lines, and below each its sentences, behind s (supports), r (refutes), d (discusses) or u (unrelated).
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { offlineEngine } from '../../src/judge/offline.ts';
import type { LabelledItem } from '../corpus/score.ts';
import { articleOf, corpusConfig } from '../corpus/score.ts';

const STANCES: Readonly<Record<string, string>> = { s: 'supports', r: 'refutes', d: 'discusses', u: 'unrelated' };

function item(sentence: string, day: string): LabelledItem {
  return {
    id: 'sentence',
    url: 'https://nobody.example/1',
    publisher: 'Nobody',
    published: `${day}T00:00:00Z`,
    lang: /\p{Script=Han}/u.test(sentence) ? 'zh' : 'en',
    title: '',
    summary: sentence,
    gold: { claims: {} },
  };
}

describe('single sentences', () => {
  it('are taken for what they say of their claim at least as often as ever, and hardly ever for a support that they are not', async () => {
    const { claims, registry } = corpusConfig();
    const engine = offlineEngine(claims, registry);
    let [claim, day, right, wrongSupports, all] = ['', '', 0, 0, 0];
    const misses: string[] = [];
    for (const line of readFileSync(fileURLToPath(new URL('../corpus/sentences.txt', import.meta.url)), 'utf8').split(
      '\n',
    )) {
      if (line.startsWith('#')) [claim = '', day = ''] = line.slice(1).split(' ');
      const want = STANCES[line[0] ?? ''];
      if (want === undefined) continue;
      const rows = await engine.judge(articleOf(item(line.slice(2), day), registry));
      const said: string = rows.find((row) => row.claim === claim && row.main)?.stance ?? 'unrelated';
      all += 1;
      if (said === want) right += 1;
      else misses.push(`${claim} ${want}, said ${said}: ${line.slice(2)}`);
      if (said === 'supports' && want !== 'supports') wrongSupports += 1;
    }
    expect(all).toBe(460);
    expect(wrongSupports, misses.join('\n')).toBeLessThanOrEqual(2);
    expect(right / all, misses.join('\n')).toBeGreaterThanOrEqual(0.92);
  });
});
