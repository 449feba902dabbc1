/**
 * The claim index: a thousand statements are judged as a plain loop over them would judge them.
 */
import { assert, asyncProperty, boolean, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beatOf, configFor } from '../../src/cli/compose.ts';
import type { Article } from '../../src/core/article.ts';
import { offlineEngine } from '../../src/judge/offline.ts';
import { ownItems, articleOf, corpusConfig } from '../corpus/score.ts';
import { longArticle, manyClaims, manyStatements } from '../support/many-claims.ts';

const { registry } = beatOf(configFor({ env: {}, err: () => undefined }, undefined));

describe('the claim index', () => {
  const claims = manyClaims(1000, registry);
  const indexed = offlineEngine(claims, registry);
  const plain = offlineEngine(claims, registry, { index: false });

  it('is tried on a thousand statements of which no two are the same', () => {
    expect(new Set(manyStatements(1000)).size).toBe(1000);
  });

  it('returns exactly the judgements of a plain loop', async () => {
    let rows = 0;
    await assert(
      asyncProperty(nat(5000), boolean(), async (n, headlineOnly) => {
        const long = longArticle(n, registry);
        const article: Article = headlineOnly ? { ...long, summary: '', body: '' } : long;
        const found = await indexed.judge(article);
        rows += found.length;
        expect(found).toEqual(await plain.judge(article));
      }),
      { numRuns: 25, seed: 4 },
    );
    expect(rows).toBeGreaterThan(20);
  }, 60_000);

  it('finds what a loop finds for frames written by hand, Chinese included', async () => {
    const config = corpusConfig();
    const [fast, slow] = [
      offlineEngine(config.claims, config.registry),
      offlineEngine(config.claims, config.registry, { index: false }),
    ];
    for (const item of ownItems().slice(0, 60)) {
      const article = articleOf(item, config.registry);
      expect(await fast.judge(article)).toEqual(await slow.judge(article));
    }
  });
});
