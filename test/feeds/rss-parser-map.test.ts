/**
 * The contract with rss-parser 3.13.0's insides (src/feeds/rss-parser-map.ts). If one of these fails after an upgrade,
 * the mapping of every RSS and Atom feed has moved: read its new lib/parser.js before touching anything else.
 */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { mapAtom, mapRss, textStore } from '../../src/feeds/rss-parser-map.ts';

const installed = createRequire(import.meta.url)('rss-parser/package.json') as { version: string };

describe('rss-parser as we use it', () => {
  it('is the version whose insides were read', () => {
    expect(installed.version).toBe('3.13.0');
  });

  it('maps an RSS item of every field we give it, in order', () => {
    const feed = mapRss(
      { title: ['Wire'], link: ['https://a.test/'], description: ['d'], language: ['zh'], ttl: ['30'] },
      [
        {
          title: ['One'],
          link: ['https://a.test/1'],
          guid: ['g-1'],
          pubDate: ['2026-04-03T10:00:00.000Z'],
          'dc:creator': ['Ann'],
          category: ['chips', 'ai'],
          description: ['#0'],
          'content:encoded': ['#1'],
          enclosure: [{ $: { url: 'https://a.test/e.mp3', type: 'audio/mpeg' } }],
        },
        { title: ['Two'] },
      ],
    );
    expect(feed).toMatchObject({ title: 'Wire', link: 'https://a.test/', description: 'd', language: 'zh', ttl: '30' });
    expect(feed.items).toHaveLength(2);
    expect(feed.items[0]).toMatchObject({
      title: 'One',
      link: 'https://a.test/1',
      guid: 'g-1',
      isoDate: '2026-04-03T10:00:00.000Z',
      creator: 'Ann',
      categories: ['chips', 'ai'],
      content: '#0',
      'content:encoded': '#1',
      enclosure: { url: 'https://a.test/e.mp3', type: 'audio/mpeg' },
    });
    expect(feed.items[1]).toMatchObject({ title: 'Two' });
  });

  it('maps an Atom entry of every field we give it, in order', () => {
    const feed = mapAtom({ title: ['Blog'], link: [{ $: { rel: 'alternate', href: 'https://a.test/' } }] }, [
      {
        title: ['One'],
        id: ['tag:a.test,2026:1'],
        link: [{ $: { rel: 'alternate', href: 'https://a.test/1' } }],
        updated: ['2026-04-03T10:00:00.000Z'],
        author: [{ name: ['Ann'] }],
        summary: ['#0'],
        content: ['#1'],
      },
      {},
    ]);
    expect(feed).toMatchObject({ title: 'Blog', link: 'https://a.test/' });
    expect(feed.items).toHaveLength(2);
    expect(feed.items[0]).toMatchObject({
      title: 'One',
      id: 'tag:a.test,2026:1',
      link: 'https://a.test/1',
      isoDate: '2026-04-03T10:00:00.000Z',
      author: 'Ann',
      summary: '#0',
      content: '#1',
    });
  });

  it('hands back the same text for a reference and nothing for anything else', () => {
    const store = textStore<string>();
    const first = store.keep('<p>one');
    const second = store.keep('two');
    expect([store.take(second), store.take(first)]).toEqual(['two', '<p>one']);
    expect([store.take('#99'), store.take(undefined), store.take({})]).toEqual([null, null, null]);
  });
});
