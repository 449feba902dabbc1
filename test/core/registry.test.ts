import { getDomain } from 'tldts';
import { describe, expect, it } from 'vitest';
import { buildRegistry, nameClashes } from '../../src/core/registry.ts';
import type { Source } from '../../src/core/source.ts';

function source(id: string, more: Partial<Source> = {}): Source {
  return {
    id,
    name: id,
    kind: 'newsroom',
    owner: id,
    domains: [],
    paths: [],
    names: [],
    spokespeople: [],
    credibility: 'high',
    ...more,
  };
}

const sources = [
  source('reuters', { name: 'Reuters', domains: ['reuters.com'], names: ['Reuters', '路透', '路透社'] }),
  source('financial-times', {
    name: 'Financial Times',
    domains: ['ft.com'],
    names: ['FT', 'Financial Times', '金融时报'],
  }),
  source('the-information', { name: 'The Information', domains: ['theinformation.com'], names: ['The Information'] }),
  source('semianalysis', { name: 'SemiAnalysis', domains: ['newsletter.semianalysis.com'] }),
  source('yahoo-taiwan', { name: 'Yahoo Taiwan', domains: ['tw.news.yahoo.com'] }),
  source('yahoo', { name: 'Yahoo', domains: ['yahoo.com'] }),
  source('amazon', { name: 'Amazon', domains: ['amazonaws.com'] }),
  source('github', { name: 'GitHub', kind: 'company', domains: ['github.com', 'github.io'] }),
  source('nvidia', {
    name: 'Nvidia',
    kind: 'company',
    domains: ['nvidia.com'],
    spokespeople: ['Jensen Huang', '黄仁勋'],
  }),
  source('deepseek', {
    name: 'DeepSeek',
    kind: 'official',
    domains: ['deepseek.com'],
    paths: ['github.com/deepseek-ai', 'huggingface.co/deepseek-ai', 'modelscope.cn/models/deepseek-ai'],
    names: ['DeepSeek', '深度求索'],
  }),
  source('vllm-ascend', { name: 'vLLM Ascend', kind: 'official', paths: ['github.com/vllm-project/vllm-ascend'] }),
];
const registry = buildRegistry(sources, (host) => getDomain(host, { allowPrivateDomains: true }));
const owner = (url: string): string | null => registry.publisherOf(url).source;

describe('a page belongs to a listed source only by its registrable domain', () => {
  it.each([
    ['https://www.reuters.com/technology/a-story', 'reuters'],
    ['http://REUTERS.com./x', 'reuters'],
    ['https://graphics.reuters.com/x', 'reuters'],
    ['https://newsletter.semianalysis.com/p/x', 'semianalysis'],
    ['https://tw.news.yahoo.com/x.html', 'yahoo-taiwan'],
    ['https://finance.yahoo.com/x', 'yahoo'],
    ['https://api-docs.deepseek.com/news/news260424', 'deepseek'],
  ])('%s is %s', (url, id) => {
    expect(owner(url)).toBe(id);
  });

  it.each([
    'https://reuters.com.co/technology/a-story',
    'https://reuters.com.evil.example/',
    'https://notreuters.com/',
    'https://reuters.com@evil.example/',
    'https://evil.example/https://www.reuters.com/',
    'https://rеuters.com/', // Cyrillic е
    'https://deepseek.com.cn/',
    'https://semianalysis.com/',
    'https://deepseek.github.io/',
    'https://deepseek.pages.dev/',
    'https://bucket.s3.amazonaws.com/',
    'ftp://reuters.com/',
    'javascript:alert(1)',
    'not an address',
    '',
    `https://reuters.com/${'x'.repeat(5000)}`,
  ])('%s is nobody', (url) => {
    expect(owner(url)).toBeNull();
  });

  it('keeps owners of pages on hosting services apart', () => {
    expect(registry.publisherOf('https://one.github.io/a').domain).toBe('one.github.io');
    expect(registry.publisherOf('https://two.pages.dev/a').domain).toBe('two.pages.dev');
    expect(registry.publisherOf('https://info.datadowell.com/a').domain).toBe('datadowell.com');
    expect(registry.publisherOf('http://127.0.0.1:9000/feed').domain).toBe('127.0.0.1');
  });

  it('names a page by its source, else by what the feed called it, else by its domain', () => {
    expect(registry.publisherOf('https://ft.com/x', 'Some feed').name).toBe('Financial Times');
    expect(registry.publisherOf('https://blog.example/x', ' Some blog ').name).toBe('Some blog');
    expect(registry.publisherOf('https://blog.example/x').name).toBe('blog.example');
    expect(registry.publisherOf('::', 'Some blog')).toEqual({ source: null, domain: '', name: 'Some blog' });
  });
});

describe('on a shared host the owner path counts, and only what the owner wrote', () => {
  it.each([
    ['https://github.com/deepseek-ai/DeepSeek-V4/blob/main/README.md', 'deepseek'],
    ['https://github.com/DeepSeek-AI/DeepSeek-V4/releases/tag/v4', 'deepseek'],
    ['https://huggingface.co/deepseek-ai/DeepSeek-V4', 'deepseek'],
    ['https://modelscope.cn/models/deepseek-ai/DeepSeek-V4', 'deepseek'],
    ['https://github.com/vllm-project/vllm-ascend/releases', 'vllm-ascend'],
  ])('%s is %s', (url, id) => {
    expect(owner(url)).toBe(id);
  });

  it.each([
    'https://github.com/deepseek-ai/DeepSeek-V4/issues/7',
    'https://github.com/deepseek-ai/DeepSeek-V4/pull/7',
    'https://github.com/deepseek-ai/DeepSeek-V4/pulls',
    'https://github.com/deepseek-ai/DeepSeek-V4/discussions/7',
    'https://github.com/deepseek-ai/DeepSeek-V4/releases/tag/v4#discussion_r1',
    'https://github.com/deepseek-ai/DeepSeek-V4/blob/main/README.md#issuecomment-7',
    'https://github.com/deepseek-ai/DeepSeek-V4/commit/0123456789012345678901234567890123456789',
    'https://github.com/deepseek-ai/DeepSeek-V4/tree/0123456789012345678901234567890123456789',
    'https://github.com/deepseek-ai/DeepSeek-V4/compare/main...stranger:main',
    'https://huggingface.co/deepseek-ai/DeepSeek-V4/discussions/2',
    'https://github.com/deepseek-ai-official/DeepSeek-V4',
    'https://github.com/stranger/deepseek-ai',
    'https://github.com/stranger',
    'https://github.com/vllm-project/vllm',
    'https://github.com/',
    'https://gist.github.com/deepseek-ai/1',
    'https://modelscope.cn/deepseek-ai',
  ])('%s is nobody', (url) => {
    expect(owner(url)).toBeNull();
  });

  it('tells owners on the host apart, and takes issue pages for one crowd', () => {
    expect(registry.publisherOf('https://github.com/stranger/x').domain).toBe('github.com/stranger');
    expect(registry.publisherOf('https://github.com/deepseek-ai/x/issues/1').domain).toBe('github.com');
  });
});

it('does not take a customer forum for the company', () => {
  expect(owner('https://blogs.nvidia.com/blog/x')).toBe('nvidia');
  expect(owner('https://forums.developer.nvidia.com/t/x/1')).toBeNull();
  expect(owner('https://nvidia.com/community/x')).toBeNull();
});

it('still finds nobody when the domain of a nobody is looked up again', () => {
  for (const url of [
    'https://forums.developer.nvidia.com/t/x/1',
    'https://nvidia.com/community/x',
    'https://github.com/deepseek-ai/DeepSeek-V4/issues/7',
    'https://github.com/stranger/deepseek-ai',
    'https://gist.github.com/deepseek-ai/1',
    'https://bucket.s3.amazonaws.com/',
  ]) {
    expect(owner(`https://${registry.publisherOf(url).domain}`), url).toBeNull();
  }
});

describe('a name in running text', () => {
  it.each([
    ['the FT', 'financial-times'],
    ['ＦＴ', 'financial-times'],
    ['  Financial\u00a0 Times ', 'financial-times'],
    ['The Information', 'the-information'],
    ['路透社', 'reuters'],
    ['Jensen Huang', 'nvidia'],
  ])('%s means %s', (name, id) => {
    expect(registry.named(name)?.id).toBe(id);
  });

  it.each(['Information', 'Reuters Breakingviews', 'Rеuters', 'Deep', ''])('%j means nobody', (name) => {
    expect(registry.named(name)).toBeUndefined();
  });

  it('means nobody when two sources claim it, and the clash can be shown', () => {
    const clashing = [source('a', { names: ['The Daily'] }), source('b', { names: ['the daily'] })];
    expect(buildRegistry(clashing, () => null).named('The Daily')).toBeUndefined();
    expect(nameClashes(clashing)).toEqual([{ name: 'the daily', sources: ['a', 'b'] }]);
    expect(nameClashes(sources)).toEqual([]);
  });
});
