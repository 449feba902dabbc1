import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, cutUnits, graphemes, safeLink, safeText, withoutSchemes } from '../../src/chat/text.ts';
import { processorMs } from '../support/cost.ts';

describe('safe text', () => {
  test.each([
    [
      'full-width markup becomes real before anybody escapes',
      '＠everyone ＜!channel＞ ﹤@U1﹥ ＆lt;',
      '@everyone <!channel> <@U1> &lt;',
    ],
    [
      'Chinese punctuation stays as written',
      '据路透社报道：华为（Ascend）“昇腾”，是的！',
      '据路透社报道：华为（Ascend）“昇腾”，是的！',
    ],
    ['bidi overrides and isolates go', 'a\u202Egro.liveh\u202C\u2066b\u2069', 'agro.livehb'],
    ['zero-width and soft hyphens inside words go', 'Hua\u200Bwei\u00AD As\u2060cend\uFEFF', 'Huawei Ascend'],
    ['invisible tag letters go', 'ok\u{E0068}\u{E0069}', 'ok'],
    ['joiners stay inside emoji', '👩‍💻 ok', '👩‍💻 ok'],
    ['joiners go elsewhere', 'De\u200DepSe\u200Cek', 'DeepSeek'],
    ['non-joiners stay in Persian, which spells with them', 'می\u200Cخواهم', '\u2068می\u200Cخواهم\u2069'],
    ['right-to-left text cannot reorder its neighbours', 'هواوي', '\u2068هواوي\u2069'],
    ['control characters, escapes and line breaks become one space', 'a\u001B[2J\r\n\u0000b\u2028c', 'a [2J b c'],
    ['stacked marks are capped', `z${'\u0301'.repeat(50)}`, `z${'\u0301'.repeat(4)}`],
    ['lone surrogates become one replacement mark', 'a\uD800\uD800b', 'a\uFFFDb'],
  ])('%s', (_name, raw, safe) => {
    expect(safeText(raw)).toBe(safe);
  });

  test('is stable, well-formed and free of control characters for any input', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (raw) => {
        const safe = safeText(raw);
        expect(safeText(safe)).toBe(safe);
        expect(safe).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066\u2067]/u);
        expect(safe.normalize('NFKC').match(/[@<>]/gu)?.length ?? 0).toBe(safe.match(/[@<>]/gu)?.length ?? 0);
      }),
      { numRuns: 100 },
    );
  });

  test('does ten thousand combining marks and 200 kB in no time', async () => {
    const cost = await processorMs(200, () => {
      safeText(`a${'\u0301'.repeat(10_000)}`);
      safeText('<@'.repeat(100_000));
    });
    expect(cost).toBeLessThan(200);
  });
});

describe('cutting', () => {
  test.each([
    ['中文标题很长', 4, '中文标…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2, '…'],
    ['one two three four five', 20, 'one two three four…'],
    ['short', 10, 'short'],
    ['', 0, ''],
  ])('%s to %i', (text, max, expected) => {
    expect(cut(text, max)).toBe(expected);
  });

  test('never exceeds its budget, never breaks a character, keeps isolates closed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 1, max: 60 }), (raw, max) => {
        const text = safeText(raw);
        const short = cut(text, max);
        expect(graphemes(short)).toBeLessThanOrEqual(Math.max(max, 1) + 1);
        expect(short).not.toMatch(/\p{Cs}/u);
        expect(short.includes('\u2068')).toBe(short.includes('\u2069'));
        expect(cutUnits(text, max).length).toBeLessThanOrEqual(max);
      }),
      { numRuns: 100 },
    );
  });
});

describe('links', () => {
  test.each([
    ['https://example.com/a b', 'https://example.com/a%20b'],
    ['https://en.wikipedia.org/wiki/Ascend_(chip)', 'https://en.wikipedia.org/wiki/Ascend_%28chip%29'],
    ['https://medium.com/@someone', 'https://medium.com/%40someone'],
    ['http://example.com/', null],
    ['javascript:alert(1)', null],
    ['https://reuters.com@evil.test/', null],
    ['//evil.test', null],
    [`https://example.com/${'x'.repeat(3000)}`, null],
  ])('%s', (url, expected) => {
    expect(safeLink(url)).toBe(expected);
  });

  test('text keeps no address that a platform would make a link of', () => {
    expect(withoutSchemes('see HTTPS://evil.test and (ftp://x) hthttps://tps://evil.test')).toBe(
      'see evil.test and (x) evil.test',
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('http', 's', ':', '/', '//', 'https://', 'x', 'evil.test', ' ', 'ht', 'tp', '\u200B'),
          { maxLength: 20 },
        ),
        (parts) => {
          expect(withoutSchemes(safeText(parts.join('')))).not.toMatch(/:\/\//u);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
