import { assert, property, webUrl } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeedItem } from '../../src/core/article.ts';
import { canonicalUrl, fingerprint, itemKey, itemKeys, textHash } from '../../src/feeds/identity.ts';

const ITEM: FeedItem = {
  guid: 'w-1',
  url: 'https://wire.test/v4',
  title: 'V4 runs on Ascend',
  summary: 's',
  body: '',
  published: null,
  authors: [],
  sourceName: null,
  sourceUrl: null,
  categories: [],
  enclosures: [],
  lang: null,
};

describe('one page has one canonical address', () => {
  const PAGE = canonicalUrl('https://wire.test/2026/v4?id=7&b=2');
  it.each([
    'http://wire.test/2026/v4?id=7&b=2',
    'https://www.wire.test/2026/v4?id=7&b=2',
    'https://WIRE.test:443/2026/v4/?b=2&id=7',
    'https://wire.test/2026/v4?id=7&b=2#comments',
    'https://wire.test/2026/v4?utm_source=rss&id=7&utm_medium=feed&b=2&fbclid=x',
    ' https://wire.test/2026/./v4?id=7&b=2 ',
  ])('%s', (spelling) => {
    expect(canonicalUrl(spelling)).toBe(PAGE);
  });

  it('other pages have others', () => {
    const others = [
      'https://wire.test/2026/v5?id=7&b=2',
      'https://wire.test/2026/v4?id=8&b=2',
      'https://m.wire.test/2026/v4?id=7&b=2',
      'https://wire.test:8443/2026/v4?id=7&b=2',
      'https://wire.test/#!/2026/v4',
    ];
    expect(new Set([PAGE, ...others.map((url) => canonicalUrl(url))]).size).toBe(others.length + 1);
  });

  it('and a canonical address is its own', () => {
    assert(
      property(
        webUrl({ withQueryParameters: true, withFragments: true }),
        (url) => canonicalUrl(canonicalUrl(url)) === canonicalUrl(url),
      ),
      { numRuns: 30 },
    );
  });
});

describe('an entry', () => {
  it('is known by its guid, else its link, else its title', () => {
    expect([itemKey(ITEM), itemKey({ ...ITEM, guid: null }), itemKey({ ...ITEM, guid: null, url: null })]).toEqual([
      'guid:w-1',
      'link:https://wire.test/v4',
      `text:${fingerprint({ ...ITEM, url: null })}`,
    ]);
  });

  it('whose guid is its address keeps its key when the site moves to https', () => {
    expect(itemKey({ ...ITEM, guid: 'http://wire.test/v4' })).toBe(
      itemKey({ ...ITEM, guid: 'https://www.wire.test/v4?utm_source=rss' }),
    );
  });

  it('keeps its fingerprint when every guid changes', () => {
    expect(fingerprint({ ...ITEM, title: 'V4  runs on\u200b ASCEND', url: 'http://wire.test/v4#top' })).toBe(
      fingerprint(ITEM),
    );
    expect(fingerprint({ ...ITEM, title: 'V4 does not run on Ascend' })).not.toBe(fingerprint(ITEM));
  });

  it('is revised by other words, not by other spacing, case or punctuation', () => {
    expect(textHash({ ...ITEM, summary: ' S! ' })).toBe(textHash(ITEM));
    expect(textHash({ ...ITEM, summary: 'not s' })).not.toBe(textHash(ITEM));
  });

  it('with a guid of a megabyte has a key of ordinary length', () => {
    expect(itemKey({ ...ITEM, guid: 'x'.repeat(1_000_000) }).length).toBeLessThan(40);
  });
});

describe('entries of one poll', () => {
  it('that share a guid but differ are told apart; true repeats are not', () => {
    const keys = itemKeys([
      ITEM,
      { ...ITEM, title: 'Other', url: 'https://wire.test/other' },
      { ...ITEM },
      { ...ITEM, guid: 'w-2' },
    ]);
    expect(keys[0]).toBe(keys[2]);
    expect(keys[0]).not.toBe(keys[1]);
    expect(keys[3]).toBe('guid:w-2');
  });
});
