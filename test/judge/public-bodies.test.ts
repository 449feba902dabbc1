import { expect, it } from 'vitest';
import { getDomain } from 'tldts';
import { buildRegistry } from '../../src/core/registry.ts';
import { newsTime } from '../../src/core/time.ts';
import { offlineEngine } from '../../src/judge/offline.ts';
import { claim, source } from '../stories.ts';

const registryWith = (domain: string) =>
  buildRegistry(
    [
      source('my-news', 'My News'),
      source('reuters', 'Reuters', { kind: 'wire' }),
      source('acme', 'Acme', { kind: 'official', domains: [domain] }),
    ],
    (host) => getDomain(host, { allowPrivateDomains: true }),
  );

const roadrunner = claim({
  id: 'roadrunner',
  authorities: ['acme'],
  frame: {
    slots: [
      { name: 'maker', aliases: ['Acme'], required: true },
      { name: 'product', aliases: ['Roadrunner'], required: true },
    ],
    predicate: ['launch', 'release', 'sell'],
    inverse: [],
    exclude: [],
    partial: [],
  },
});

async function judged(domain: string) {
  const registry = registryWith(domain);
  const [row] = await offlineEngine([roadrunner], registry).judge({
    id: '1',
    revision: 1,
    url: 'https://my-news.com/1',
    publisher: registry.publisherOf('https://my-news.com/1'),
    published: newsTime('2026-05-01'),
    lang: 'en',
    title: 'Acme in Europe',
    summary: 'Acme has launched its Roadrunner phone in Europe, Reuters reported on Tuesday.',
    body: '',
    authors: [],
  });
  return row;
}

it('takes what a company did for the word of whoever reports it, also when somebody lists the company as official', async () => {
  expect(await judged('acme-phones.com')).toMatchObject({ strength: 'attributed', origin: { name: 'Reuters' } });
});

it("takes a public body's act for its own word on record", async () => {
  expect(await judged('acme.gov')).toMatchObject({ strength: 'official', origin: { name: 'Acme' } });
});
