/**
 * Reading: what a sentence and a word are, and that both script tables stay aligned.
 */
import { describe, expect, it } from 'vitest';
import { HAN_PAIRS } from '../../src/judge/han.ts';
import { stem } from '../../src/judge/stem.ts';
import { read } from '../../src/judge/text.ts';

const sentences = (summary: string): string[] => {
  const reading = read({ title: '', summary, body: '' });
  return reading.sentences.map((one) =>
    reading.tokens
      .slice(one.first, one.last)
      .map((token) => token.text)
      .join(' '),
  );
};

describe('reading', () => {
  it('cuts sentences in English and Chinese, not at initials, versions and titles', () => {
    expect(sentences('U.S. officials met Dr. Wu. V4.1 is out.')).toEqual([
      'us officials met dr . wu .',
      'v4.1 is out .',
    ]);
    expect(sentences('路透報導。尚未證實！')).toHaveLength(2);
  });

  it('splits contractions and possessives and joins thousands', () => {
    expect(sentences('Nvidia’s chips didn’t and can’t ship; 1,600 cannot.')).toEqual([
      "nvidia 's chips did n't and can n't ship ; 1600 can not .",
    ]);
  });

  it('reads no tags, comments or alt texts', () => {
    expect(sentences('a <img alt="confirmed"> b <!-- official --> c < d')).toEqual(['a b c < d']);
  });

  it('puts the forms of a word together and keeps words apart', () => {
    expect(new Set(['ship', 'ships', 'shipped', 'shipping'].map(stem)).size).toBe(1);
    expect(new Set(['optimise', 'optimized', 'optimising'].map(stem)).size).toBe(1);
    expect(stem('notes')).not.toBe(stem('not'));
    expect(stem('news')).not.toBe(stem('new'));
  });

  it('reads Traditional characters as Simplified, with tables that line up', () => {
    const pairs = new Map(HAN_PAIRS);
    for (const [traditional, simplified] of ['華华', '輝辉', '達达', '國国', '練练', '繫系'].map((pair) =>
      Array.from(pair),
    ))
      expect(pairs.get(traditional ?? '')).toBe(simplified);
    for (const [traditional, simplified] of HAN_PAIRS) expect(traditional, simplified).not.toBe('');
  });
});
