import { inflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, newsTime } from '../../src/core/time.ts';
import type { EvidenceView, WhyView } from '../../src/core/view.ts';
import { painted } from '../../src/picture/paint.ts';
import { drawingOf, sourcesPicture, timelinePicture } from '../../src/picture/picture.ts';
import { rootsOf, treeInWords } from '../../src/picture/provenance.ts';
import { HOSTILE, evidenceView, origin, whyView, claimView } from '../chat/examples.ts';
import { wellFormed } from '../web/wellFormed.ts';

function page(publisher: string, at: string, chain: readonly string[], countsFor: string): EvidenceView {
  return evidenceView({ id: `${publisher} ${at}`, publisher, published: newsTime(at), chain, countsFor });
}

const INFORMATION = origin('The Information', '2026-04-03T15:00:00Z', {
  chain: ['Reuters', 'The Information'],
  relayedBy: ['Reuters', 'Yahoo', 'TechNode', 'Gizmochina'],
});
const WHY: WhyView = whyView({
  claim: claimView({ supporting: [INFORMATION, origin('DeepSeek', '2026-04-24', { strength: 'official' })] }),
  evidence: [
    page('Reuters', '2026-04-03T16:00:00Z', ['The Information'], 'The Information'),
    page('Yahoo', '2026-04-04', ['Reuters', 'The Information'], 'The Information'),
    page('TechNode', '2026-04-05', ['Yahoo', 'Reuters', 'The Information'], 'The Information'),
    page('Albis', '2026-04-05', [], ''),
  ],
});

/** Every word in the picture, in order. */
function words(svg: string): string {
  return svg
    .replace(/<style>.*?<\/style>/su, '')
    .replaceAll(/<[^>]*>/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

describe('who knew, as a tree', () => {
  test('hangs "Yahoo citing Reuters citing The Information" under Reuters, with the day of each page', () => {
    const [information, deepseek] = rootsOf(WHY);
    expect(information?.relays.map((relay) => relay.name)).toEqual(['Reuters', 'Gizmochina']);
    const [reuters, gizmochina] = information?.relays ?? [];
    expect(reuters).toMatchObject({
      at: newsTime('2026-04-03T16:00:00Z'),
      relays: [{ name: 'Yahoo', relays: [{ name: 'TechNode', relays: [] }] }],
    });
    // Named as a relay, though its page is not at hand.
    expect(gizmochina).toEqual({ name: 'Gizmochina', at: null, relays: [] });
    expect(deepseek).toMatchObject({ official: true, relays: [] });
    expect(words(sourcesPicture(WHY, 'light').svg)).toContain(
      '1 The Information 3 Apr Reuters 3 Apr Yahoo 4 Apr TechNode 5 Apr Gizmochina 2 DeepSeek official word 24 Apr',
    );
  });

  test('leaves out who counts for nobody, and counts in one line who would not fit', () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      page(`Outlet ${at}`, `2026-04-${10 + (at % 9)}`, ['The Information'], 'The Information'),
    );
    const seen = words(sourcesPicture({ ...WHY, evidence: [...WHY.evidence, ...many] }, 'dark').svg);
    expect(seen).not.toContain('Albis');
    expect(seen).toMatch(/2[67] others 1[01] Apr – 18 Apr/u);
  });

  test('says so when nobody knew', () => {
    const nobody = { ...WHY, claim: claimView({ supporting: [], refuting: [] }) };
    expect(words(sourcesPicture(nobody, 'light').svg)).toContain('Nobody whose word counts has spoken for it');
    expect(treeInWords([], WHY.asOf)).toBe('Who knew: nobody whose word counts.');
  });

  test('tells a screen reader the same in one sentence', () => {
    expect(sourcesPicture(WHY, 'light').alt).toBe(
      'Who knew of “DeepSeek V4 runs on Huawei Ascend chips”: Who knew: The Information 3 Apr, relayed by Reuters, Yahoo, TechNode and Gizmochina. DeepSeek 24 Apr (official word).',
    );
  });
});

describe('a picture for chat', () => {
  test('of a timeline says status, claim, whom the numbers stand for, and as of when', () => {
    const seen = words(timelinePicture(WHY, 'light').svg);
    for (const part of [
      'Confirmed since 24 Apr',
      'DEMO',
      'DeepSeek V4 runs on Huawei Ascend chips',
      'Corroborated',
      '1 The Information 4 publishers only relay it 3 Apr',
      '2 DeepSeek official word 24 Apr',
      '4 pages carry or only repeat it',
      'claimwire · v4-on-huawei as of 2026-04-24 12:04 UTC',
    ])
      expect(seen).toContain(part);
  });

  test('wears the colours of its ground', () => {
    expect(timelinePicture(WHY, 'light').svg).toContain('fill:#0a6138');
    expect(timelinePicture(WHY, 'dark').svg).toContain('fill:#7fdcaa');
    expect(timelinePicture(WHY, 'dark').svg).not.toContain('var(');
  });

  test('shows outside text as text, stays in its frame and is well-formed, whatever stands in it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constant(HOSTILE),
      fc.constant('据路透社援引知情人士报道'.repeat(9)),
    );
    const when = fc.integer({ min: -400, max: 40 }).map((days) => newsTime(WHY.asOf + days * DAY));
    const origins = fc.array(
      fc
        .record({ name: text, at: when, relayedBy: fc.array(text, { maxLength: 4 }) })
        .map(({ name, at, relayedBy }) => origin(name, '2026-04-03', { first: at, relayedBy, chain: [name] })),
      { maxLength: 9 },
    );
    const pages = fc.array(
      fc
        .record({ publisher: text, at: when, chain: fc.array(text, { maxLength: 4 }), countsFor: text })
        .map(({ at, ...rest }) => evidenceView({ ...rest, published: at })),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(text, origins, origins, pages, (statement, supporting, refuting, evidence) => {
        const claim = claimView({ statement, supporting, refuting });
        for (const kind of ['timeline', 'sources'] as const) {
          const drawn = drawingOf(kind, { ...WHY, claim, evidence }, 'dark');
          expect(wellFormed(drawn.svg)).toBe('well-formed');
          expect(drawn.svg).not.toContain('<script');
          expect(drawn.svg).not.toMatch(/ (?:x|y|x1|x2|y1|y2|cx|cy|width|height)="(?:-\d\d|NaN|Infinity|undefined)/u);
          expect(drawn.alt.length).toBeLessThanOrEqual(1000);
          for (const [, x] of drawn.svg.matchAll(/ x="([\d.]+)"/gu)) expect(Number(x)).toBeLessThanOrEqual(drawn.width);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('as PNG', () => {
  test('is three pixels a unit, and below what a phone loads at once', async () => {
    const drawn = timelinePicture(WHY, 'dark');
    const png = Buffer.from(await painted(drawn));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([drawn.width * 3, drawn.height * 3]);
    expect(png.length).toBeLessThan(150_000);
  });

  test('shows Chinese with our own fonts: two names of three letters do not look alike', async () => {
    const named = async (name: string): Promise<Buffer> =>
      Buffer.from(
        await painted(
          sourcesPicture({ ...WHY, claim: claimView({ supporting: [origin(name, '2026-04-03')] }) }, 'light'),
        ),
      );
    // Letters that no font has are all drawn as the same box.
    expect(pixels(await named('财联社'))).not.toEqual(pixels(await named('新浪网')));
  });
});

function pixels(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    if (png.subarray(at + 4, at + 8).toString() === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return inflateSync(Buffer.concat(parts));
}
