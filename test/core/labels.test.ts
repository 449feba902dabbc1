import { describe, expect, it } from 'vitest';
import { compare, groups, readStream, replayLabels } from './labels.ts';

const corpus = process.env['CLAIMWIRE_CORPUS'];
if (corpus === undefined) process.stderr.write('CLAIMWIRE_CORPUS is not set: the labelled stream is skipped.\n');

describe.skipIf(corpus === undefined)(
  'fed with the labels of a careful reader, the policy takes the steps of a careful editor',
  () => {
    it('as an editor traces what texts hide: every step and every final status', () => {
      const stream = readStream(corpus ?? '');
      const result = compare(stream, replayLabels(stream, { asAnEditorTraces: true }));
      expect(result).toEqual({ hit: 23, missed: [], extra: [], finals: 21 });
    });

    it('as the texts name their origins: two steps rest on credits that the texts do not give', () => {
      const stream = readStream(corpus ?? '');
      const result = compare(stream, replayLabels(stream, { asAnEditorTraces: false }));
      expect(result.extra).toEqual([]);
      expect(result.missed).toEqual(['c17 reported 2026-05-02', 'c20 reported 2026-03-09']);
      expect(result.finals).toBe(21);
    });
  },
);

it.skipIf(corpus === undefined)(
  'articles of one event meet in a story, others stay apart, and no two texts are taken for one',
  () => {
    const { stories, texts } = groups(readStream(corpus ?? ''));
    expect(stories.pairF1).toBeGreaterThan(0.8);
    expect(stories.precision).toBeGreaterThan(0.9);
    expect(texts).toEqual([]);
  },
);
