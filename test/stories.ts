/**
 * The running example: who exists, what we track, and a short way to say who said what.
 *
 * `says('supports', 'yahoo', 'reuters', 'the-information')` is a page of Yahoo that credits Reuters, which credits The
 * Information. A name that is not among `sources` is an unlisted page: `says('supports', 'blog.example', 'reuters')`.
 */
import { getDomain } from 'tldts';
import type { Claim } from '../src/core/claim.ts';
import type { Cited, Evidence, Stance } from '../src/core/evidence.ts';
import { buildRegistry } from '../src/core/registry.ts';
import type { Publisher, Source } from '../src/core/source.ts';
import { decide } from '../src/core/status.ts';
import type { Override, StatusDecision } from '../src/core/status.ts';
import { deadlineOf, newsTime } from '../src/core/time.ts';

export function source(id: string, name: string, more: Partial<Source> = {}): Source {
  return {
    id,
    name,
    kind: 'newsroom',
    owner: id,
    domains: [`${id}.com`],
    paths: [],
    names: [name],
    spokespeople: [],
    credibility: 'high',
    ...more,
  };
}

export const sources: readonly Source[] = [
  source('financial-times', 'Financial Times', { owner: 'nikkei', domains: ['ft.com'] }),
  source('nikkei-asia', 'Nikkei Asia', { owner: 'nikkei', domains: ['nikkei.com'] }),
  source('the-information', 'The Information', { domains: ['theinformation.com'] }),
  source('bloomberg', 'Bloomberg'),
  source('reuters', 'Reuters', { kind: 'wire' }),
  source('hk01', 'HK01'),
  source('udn', 'UDN'),
  source('yahoo', 'Yahoo', { kind: 'aggregator' }),
  source('pr-newswire', 'PR Newswire', { kind: 'press-wire', domains: ['prnewswire.com'] }),
  source('albis', 'Albis', { credibility: 'low', domains: ['albis.news'] }),
  source('deepseek', 'DeepSeek', {
    kind: 'official',
    names: ['DeepSeek', '深度求索'],
    paths: ['github.com/deepseek-ai'],
  }),
  source('huawei', 'Huawei', { kind: 'company' }),
  source('nvidia', 'Nvidia', { kind: 'company', spokespeople: ['Jensen Huang'] }),
  source('us-commerce', 'US Commerce', { kind: 'regulator', domains: ['commerce.gov'] }),
];

export const registry = buildRegistry(sources, (host) => getDomain(host, { allowPrivateDomains: true }));

export function claim(more: Partial<Claim> = {}): Claim {
  const authorities = more.authorities ?? ['deepseek', 'huawei'];
  return {
    id: 'v4-on-huawei',
    topic: 'deepseek',
    statement: 'DeepSeek V4 can run on Huawei chips',
    kind: 'event',
    deadline: null,
    resolution: '',
    authorities,
    deniers: more.deniers ?? authorities,
    neighbours: [],
    frame: { slots: [], predicate: [], inverse: [], exclude: [], partial: [] },
    outcome: null,
    known: [],
    ...more,
  };
}

export const v4OnHuawei = claim();
export const v4WithinWeeks = claim({
  id: 'v4-within-weeks',
  statement: 'DeepSeek releases V4 by 15 May',
  kind: 'forecast',
  deadline: deadlineOf('2026-05-15'),
  authorities: ['deepseek'],
  deniers: ['deepseek'],
});
export const h200Delivered = claim({
  id: 'h200-delivered',
  topic: 'export-controls',
  statement: 'Nvidia has delivered H200 chips to China',
  kind: 'standing',
  authorities: ['nvidia', 'us-commerce'],
  deniers: ['nvidia', 'us-commerce'],
});

let rows = 0;

/** Attributed, of 4 April 2026, on "V4 runs on Huawei"; spread it to say what is special. */
export function says(stance: Stance, publisher: string, ...chain: string[]): Evidence {
  const id = `row-${String((rows += 1)).padStart(5, '0')}`;
  const origin = chain.at(-1);
  const published = newsTime('2026-04-04');
  return {
    id,
    article: `article-of-${id}`,
    revision: 1,
    claim: v4OnHuawei.id,
    url: `https://${pageOf(publisher).domain}/${id}`,
    title: `A page of ${publisher}`,
    publisher: pageOf(publisher),
    published,
    seen: published,
    stance,
    strength: 'attributed',
    event: 'none',
    chain: chain.map(cited),
    origin: origin === undefined ? 'publisher' : cited(origin),
    quotes: [],
    textGroup: `text-of-${id}`,
    retracted: false,
    via: 'feed',
  };
}

/** On record by the party itself: `official(says('supports', 'deepseek'))`, `official(says('refutes', 'hk01', 'nvidia'))`. */
export function official(evidence: Evidence, event: Evidence['event'] = 'none'): Evidence {
  return { ...evidence, strength: 'official', event };
}

export function on(date: string, evidence: Evidence): Evidence {
  return { ...evidence, published: newsTime(date), seen: newsTime(date) };
}

function about(claim: Claim, evidence: readonly Evidence[]): Evidence[] {
  return evidence.map((row) => ({ ...row, claim: claim.id }));
}

/** The decision on `claim` from `evidence` (whatever claim it was written for), as of `at`. */
export function decided(
  claim: Claim,
  evidence: readonly Evidence[],
  at = '2026-07-01',
  overrides: readonly Override[] = [],
): StatusDecision {
  return decide(claim, about(claim, evidence), overrides, newsTime(at), { registry });
}

function pageOf(name: string): Publisher {
  const listed = sources.find((source) => source.id === name);
  const domain = listed?.domains[0] ?? listed?.paths[0] ?? name;
  return { source: listed?.id ?? null, domain, name: listed?.name ?? name };
}

function cited(name: string): Cited {
  const listed = sources.find((source) => source.id === name);
  return { name: listed?.name ?? name, source: listed?.id ?? null };
}
