import { describe, expect, test } from 'vitest';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { shippedConfigDir } from '../../src/config/home.ts';
import { loadConfig } from '../../src/config/load.ts';
import { iso } from '../../src/core/time.ts';
import { configOf, directory, GOOD, load, problemsOf } from './directories.ts';

/** One replacement in one file of the good configuration. */
function edited(file: string, from: string, to: string) {
  const text = GOOD[file] ?? '';
  if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
  return load({ [file]: text.replace(from, to) });
}

describe('a good configuration', () => {
  test('becomes one typed value with its defaults filled in', () => {
    const config = configOf(load());
    expect(config.feedList).toEqual([
      {
        id: 'chip-news',
        url: 'https://news.example.com/rss',
        publisher: 'chip-news',
        lang: 'en',
        topics: ['chips'],
        tested: null,
        seen: null,
        intervalMinutes: null,
      },
    ]);
    expect(config.sources.map((source) => [source.id, source.paths, source.spokespeople])).toEqual([
      ['chip-news', [], []],
      ['maker', ['github.com/maker'], []],
    ]);
    expect(config.web).toEqual({ port: 8787, host: '127.0.0.1', allowedHosts: [] });
    expect(config.judge.engine).toBe('offline');
    expect(config.delivery).toEqual({
      onUnknownOutcome: 'repost',
      freshnessMinutes: { confirmed: 30, changes: 30, updates: 30, all: 30 },
      operators: { platform: 'console', channel: 'operators' },
    });
  });

  test('gives a claim its deadline at the end of the day, its deniers and its known evidence', () => {
    const [ships, plans] = configOf(load()).topics[0]?.claims ?? [];
    expect(ships?.topic).toBe('chips');
    expect(ships?.deadline === null || ships === undefined ? null : iso(ships.deadline)).toBe(
      '2026-05-16T00:00:00.000Z',
    );
    expect(ships?.deniers).toEqual(['maker']);
    expect(ships?.known).toEqual([
      {
        origin: 'chip-news',
        stance: 'supports',
        strength: 'attributed',
        event: 'none',
        at: Date.parse('2026-02-28'),
        url: 'https://news.example.com/a',
      },
    ]);
    expect(plans?.frame.slots.map((slot) => slot.required)).toEqual([true, false]);
    expect(plans?.frame.exclude).toEqual([]);
    const window = 'predicate: [ship]\n      window: { from: 2026-02-01, to: 2026-02-28 }\n      tense: done';
    const dated = configOf(edited('topics/chips.yaml', 'predicate: [ship]', window)).topics[0]?.claims[0]?.frame;
    expect(dated?.window).toEqual({ from: Date.parse('2026-02-01'), to: Date.parse('2026-03-01') });
    expect(dated?.tense).toBe('done');
  });

  test('may carry a byte order mark, CRLF or be UTF-16, as Windows editors save it', () => {
    const text = (GOOD['topics/chips.yaml'] ?? '').replaceAll('\n', '\r\n');
    const claims = configOf(load()).topics[0]?.claims;
    expect(configOf(load({ 'topics/chips.yaml': `\uFEFF${text}` })).topics[0]?.claims).toEqual(claims);
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
    expect(configOf(load({ 'topics/chips.yaml': utf16 })).topics[0]?.claims).toEqual(claims);
    expect(configOf(load({ 'topics/chips.yaml': utf16.swap16() })).topics[0]?.claims).toEqual(claims);
  });

  test('keeps an unquoted Discord channel id digit by digit, which a double would round', () => {
    const subscription = 'subscriptions: [{ platform: discord, channel: 1200000000000000001, topic: chips }]\n';
    const { subscriptions } = configOf(load({ 'claimwire.yaml': subscription }));
    expect(subscriptions).toEqual([
      { platform: 'discord', workspace: '', channel: '1200000000000000001', topic: 'chips', level: 'changes' },
    ]);
  });

  test('needs neither claimwire.yaml nor feeds.yaml', () => {
    const { 'sources.yaml': sources = '', 'topics/chips.yaml': topic = '' } = GOOD;
    const dir = directory({ 'sources.yaml': sources, 'topics/chips.yaml': topic });
    expect(configOf(loadConfig({ shippedDir: null, userDir: dir, env: {} })).feedList).toEqual([]);
  });
});

describe('a bad configuration', () => {
  test('is blamed on the file that is no YAML alone, not on every feed and claim that names its entries', () => {
    const problems = problemsOf(load({ 'sources.yaml': `${GOOD['sources.yaml'] ?? ''}  - { id: new, name: "open\n` }));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.filter((problem) => !problem.startsWith('sources.yaml: is not valid YAML'))).toEqual([]);
  });

  test('is reported whole: every problem, with file, place, what and line', () => {
    const loaded = load({
      'claimwire.yaml': 'feeds:\n  pol_interval: 5\n  defaultIntervalMinutes: "5"\n',
      'topics/chips.yaml': `topic: chips
title: Chips
claims:
  - id: one
    statement: One
    kind: evnt
    deadline: soon
    frame: { slots: [{ name: maker, aliases: [] }] }
`,
    });
    expect(problemsOf(loaded)).toEqual([
      'claimwire.yaml: feeds.pol_interval: unknown key; known are allowHosts, allowHostsConnections, allowHostsPauseSeconds, defaultIntervalMinutes, minIntervalSeconds (line 2)',
      'claimwire.yaml: feeds.defaultIntervalMinutes: expected a number, found the text "5": remove the quotes (line 3)',
      'topics/chips.yaml: claims[0].resolution: missing (line 4)',
      'topics/chips.yaml: claims[0].kind: "evnt" is not one of event, forecast, standing; did you mean "event"? (line 6)',
      'topics/chips.yaml: claims[0].deadline: not a date: write 2026-05-15, or 2026-05-15T18:00Z with its zone (line 7)',
      'topics/chips.yaml: claims[0].frame.slots[0].aliases: is empty (line 8)',
    ]);
  });

  test.each([
    [
      'feeds.yaml',
      'publisher: chip-news',
      'publisher: chip-nws',
      'feeds[0].publisher: there is no source "chip-nws"; did you mean "chip-news"?',
    ],
    ['feeds.yaml', '[chips]', '[chip]', 'feeds[0].topics[0]: there is no topic "chip"; did you mean "chips"?'],
    [
      'feeds.yaml',
      'lang: en',
      'lang: en, intervall: 5',
      'feeds[0].intervall: unknown key; did you mean "intervalMinutes"?',
    ],
    [
      'feeds.yaml',
      'https://news',
      'https://me:secret@news',
      'feeds[0].url: must be an http or https address without a password in it',
    ],
    ['feeds.yaml', 'lang: en', 'lang: en, intervalMinutes: 0', 'feeds[0].intervalMinutes: must be at least 0.017'],
    [
      'feeds.yaml',
      'lang: en',
      'lang: en, intervalMinutes: 2',
      'feeds[0].intervalMinutes: is shorter than this feed may be polled (300 s)',
    ],
    ['feeds.yaml', 'lang: en', 'lang: en, intervalMinutes: 1e12', 'feeds[0].intervalMinutes: must be at most 10080'],
    [
      'claimwire.yaml',
      'minIntervalSeconds: 300',
      'minIntervalSeconds: -5',
      'feeds.minIntervalSeconds: must be at least 1',
    ],
    [
      'claimwire.yaml',
      'minIntervalSeconds: 300',
      'minIntervalSeconds: 3600',
      'feeds.defaultIntervalMinutes: is shorter than this feed may be polled (3600 s)',
    ],
    ['claimwire.yaml', 'repost', 'retry', 'delivery.onUnknownOutcome: "retry" is not one of repost, hold'],
    ['claimwire.yaml', 'feeds:', 'judge: { engine: llm }\nfeeds:', 'judge.provider: missing: engine llm needs it'],
    [
      'sources.yaml',
      '[maker.com]',
      '[example.com]',
      'sources[1].domains[0]: "example.com" already belongs to source "chip-news"',
    ],
    [
      'sources.yaml',
      'names: [Maker]',
      'names: [CHIP  news]',
      'sources[1].names[0]: "CHIP  news" already belongs to source "chip-news"',
    ],
    [
      'sources.yaml',
      '[maker.com]',
      '["*.maker.com"]',
      'sources[1].domains[0]: "*.maker.com" has a wildcard: a domain already covers its sub-domains',
    ],
    [
      'sources.yaml',
      '[maker.com]',
      '[co.uk]',
      'sources[1].domains[0]: "co.uk" is a suffix everybody can register under, not a domain somebody owns',
    ],
    [
      'sources.yaml',
      '[maker.com]',
      '[github.io]',
      'sources[1].domains[0]: "github.io" is a suffix everybody can register under, not a domain somebody owns',
    ],
    [
      'sources.yaml',
      '[maker.com]',
      '[com]',
      'sources[1].domains[0]: "com" is a suffix everybody can register under, not a domain somebody owns',
    ],
    [
      'sources.yaml',
      '[maker.com]',
      '["https://maker.com"]',
      'sources[1].domains[0]: "https://maker.com" is not a bare domain: write example.com',
    ],
    ['sources.yaml', '[maker.com]', '[127.0.0.1]', 'sources[1].domains[0]: "127.0.0.1" is an address, not a domain'],
    [
      'sources.yaml',
      '[maker.com]',
      '[maker.corn]',
      'sources[1].domains[0]: "maker.corn" does not end in a known top-level domain',
    ],
    [
      'sources.yaml',
      '[github.com/maker]',
      '[github.com]',
      'sources[1].paths[0]: "github.com" names no owner on the host: write host/owner, such as github.com/deepseek-ai',
    ],
    [
      'sources.yaml',
      'kind: company',
      'kind: compny',
      'sources[1].kind: "compny" is not one of newsroom, wire, official, company, regulator, aggregator, press-wire, research, blog; did you mean "company"?',
    ],
    [
      'sources.yaml',
      'id: maker',
      'id: chip-news',
      'sources[1].id: there is already a source "chip-news" in sources.yaml line 2',
    ],
    [
      'topics/chips.yaml',
      'id: maker-plans',
      'id: maker-ships',
      'claims[1].id: there is already a claim "maker-ships" in topics/chips.yaml line 4',
    ],
    [
      'topics/chips.yaml',
      'authorities: [maker]',
      'authorities: [Maker]',
      'claims[0].authorities[0]: must be lower-case letters, digits and hyphens, at most 64',
    ],
    [
      'topics/chips.yaml',
      'authorities: [maker]',
      'authorities: [makers]',
      'claims[0].authorities[0]: there is no source "makers"; did you mean "maker"?',
    ],
    [
      'topics/chips.yaml',
      'predicate: [ship]',
      'predicate: ["ship * {chp}"]',
      'claims[0].frame.predicate[0]: there is no slot "chp"',
    ],
    [
      'topics/chips.yaml',
      'predicate: [ship]',
      'predicate: ["(ship|sell"]',
      'claims[0].frame.predicate[0]: has a bracket that is not closed',
    ],
    [
      'topics/chips.yaml',
      'predicate: [ship]',
      'predicate: ["(ship|) *"]',
      'claims[0].frame.predicate[0]: holds no word that must occur',
    ],
    [
      'topics/chips.yaml',
      'predicate: [ship]',
      'actor: makers',
      'claims[0].frame.actor: there is no source "makers"; did you mean "maker"?',
    ],
    [
      'topics/chips.yaml',
      'predicate: [ship]',
      'quantity: { low: 2, high: 1, units: [chips] }',
      'claims[0].frame.quantity.low: is above high (1)',
    ],
    [
      'topics/chips.yaml',
      'predicate: [ship]',
      'window: { from: 2026-03-01, to: 2026-02-01 }',
      'claims[0].frame.window.from: is after to (2026-02-01)',
    ],
    [
      'topics/chips.yaml',
      'aliases: [Maker, 麦克]',
      'aliases: [Maker], atLeast: 2',
      'claims[0].frame.slots[0].atLeast: there are only 1 aliases',
    ],
    [
      'topics/chips.yaml',
      'authorities: [maker]',
      'deniers: [maker, maker]',
      'claims[0].deniers[1]: "maker" is listed twice',
    ],
    [
      'topics/chips.yaml',
      '[maker-plans]',
      '[maker-plan]',
      'claims[0].neighbours[0]: there is no claim "maker-plan"; did you mean "maker-plans"?',
    ],
    [
      'topics/chips.yaml',
      '[maker-plans]',
      '[maker-ships]',
      'claims[0].neighbours[0]: a claim is not its own neighbour',
    ],
    [
      'topics/chips.yaml',
      'origin: chip-news',
      'origin: reuters',
      'claims[0].known[0].origin: there is no source "reuters"',
    ],
    [
      'topics/chips.yaml',
      '2026-05-15',
      '2026-02-30',
      'claims[0].deadline: not a date: write 2026-05-15, or 2026-05-15T18:00Z with its zone',
    ],
    [
      'topics/chips.yaml',
      '2026-05-15',
      '2026-05-15T12:00',
      'claims[0].deadline: not a date: write 2026-05-15, or 2026-05-15T18:00Z with its zone',
    ],
    [
      'topics/chips.yaml',
      '2026-05-15',
      '2026-05-15T12:00 Mars/Base',
      'claims[0].deadline: not a date: write 2026-05-15, or 2026-05-15T18:00Z with its zone',
    ],
    ['topics/chips.yaml', '2026-05-15', '2026', 'claims[0].deadline: not a date'],
    [
      'topics/chips.yaml',
      'aliases: [Maker, 麦克]',
      'aliases: [950]',
      'claims[0].frame.slots[0].aliases[0]: expected text, found the number 950: put it in quotes',
    ],
    ['topics/chips.yaml', 'aliases: [chip], required: false', 'aliases: [chip], name: x', 'is not valid YAML'],
  ])('%s: %s -> %s', (file, from, to, expected) => {
    const problems = problemsOf(edited(file, from, to));
    expect(problems.join('\n')).toContain(
      `${file}: ${expected}`.replace('is not valid YAML', 'has the same key twice'),
    );
  });

  test.each([
    [
      'an alias bomb',
      `a: &a [1]\n${'bcdefgh'
        .split('')
        .map((key, i) => `${key}: &${key} [${`*${'abcdefg'[i]},`.repeat(9)}]`)
        .join('\n')}\n`,
      'too many aliases',
    ],
    ['a circle of aliases', 'feeds: &a\n  allowHosts: *a\n', 'lies inside itself'],
    ['a function tag', 'feeds: !!js/function "function () {}"\n', 'tags are not allowed'],
    ['a private tag', 'feeds: !secret x\n', 'tags are not allowed'],
    ['two documents', 'feeds: {}\n---\nfeeds: {}\n', 'more than one document'],
    ['a tab', 'feeds:\n\tallowHosts: []\n', 'with a tab'],
    ['nesting without end', `feeds: ${'['.repeat(50_000)}`, 'claimwire.yaml: '],
    ['a prototype', '__proto__: { feeds: 1 }\n', 'claimwire.yaml: __proto__: unknown key'],
    ['a list', '- 1\n', 'expected a map of keys, found a list'],
    ['bytes that are no text', Uint8Array.from([0x66, 0x3a, 0xff, 0xfe, 0x00]), 'is not UTF-8 text'],
    ['two megabytes', `# ${'x'.repeat(2_000_000)}`, 'at most 1 MB is read'],
  ])('refuses %s in one sentence', (_what, content, expected) => {
    const problems = problemsOf(load({ 'claimwire.yaml': content }));
    expect(problems.join('\n')).toContain(expected);
    expect(problems.every((line) => line.length < 300 && !line.includes('\n'))).toBe(true);
  });

  test('points out files that nobody would read', () => {
    const topic = GOOD['topics/chips.yaml'] ?? '';
    expect(problemsOf(load({ 'feed.yml': 'feeds: []', 'topics/more.yml': topic }))).toEqual([
      'feed.yml: is not read: rename it to feeds.yaml',
      'topics/more.yml: is not read: rename it to end in .yaml',
    ]);
    expect(problemsOf(load({ 'docker-compose.yaml': 'x', 'notes.yaml': 'y', 'claimwire.yaml.bak': 'z' }))).toEqual([]);
  });

  test('names a directory that is not there', () => {
    const loaded = loadConfig({ shippedDir: null, userDir: '/no/such/claimwire', env: {} });
    expect(problemsOf(loaded)).toEqual(['/no/such/claimwire: is not a directory this user can read']);
  });

  test('warns of a loopback feed that polling would refuse, unless its host is allowed', () => {
    const feeds = 'feeds: [{ id: local, url: "http://127.0.0.1:9000/rss", publisher: maker, lang: en }]\n';
    expect(load({ 'feeds.yaml': feeds }).warnings).toEqual([
      'feed "local" will be refused: 127.0.0.1:9000 is on this machine or a private network; add it to feeds.allowHosts if you mean it',
    ]);
    const allowed = {
      'feeds.yaml': feeds,
      'claimwire.yaml': 'feeds: { allowHosts: ["127.0.0.1:9000"], minIntervalSeconds: 1 }\n',
    };
    expect(load(allowed)).toMatchObject({ ok: true, warnings: [] });
  });
});

describe("a user's directory", () => {
  test('wins over a shipped source that claims the same name or domain under another id, with a warning', () => {
    const mine =
      'sources: [{ id: my-news, name: My News, kind: blog, owner: me, domains: [example.com], credibility: low }]\n';
    const loaded = load({}, { 'sources.yaml': mine });
    const owners = configOf(loaded).sources.filter((source) => source.domains.includes('example.com'));
    expect(owners.map((source) => source.id)).toEqual(['my-news']);
    expect(loaded.warnings.join()).toContain('shipped source "chip-news" gives way to your "my-news"');
  });

  test('stands alone when it says shipped: false', () => {
    const { 'sources.yaml': sources = '' } = GOOD;
    const alone = {
      'claimwire.yaml': 'shipped: false\n',
      'sources.yaml': sources,
      'topics/a.yaml': 'topic: a\ntitle: A\n',
    };
    const config = configOf(load({}, alone));
    expect([config.topics.map((topic) => topic.id), config.feedList]).toEqual([['a'], []]);
  });

  test("may poll an allowed host faster than anybody else's", () => {
    const files = {
      'claimwire.yaml': 'feeds: { allowHosts: ["127.0.0.1:9000"], minIntervalSeconds: 1 }\n',
      'feeds.yaml':
        'feeds:\n  - { id: chip-news, intervalMinutes: 0.05 }\n  - { id: local, url: "http://127.0.0.1:9000/rss", publisher: maker, lang: en, intervalMinutes: 0.05 }\n',
    };
    expect(problemsOf(load({}, files))).toEqual([
      'feeds.yaml: feeds[0].intervalMinutes: is shorter than this feed may be polled (300 s) (line 2)',
    ]);
  });

  test('changes single keys of shipped entries, adds its own and drops what it does not want', () => {
    const config = configOf(
      load(
        {},
        {
          'claimwire.yaml': 'web: { port: 9999 }\n',
          'feeds.yaml':
            'feeds:\n  - { id: chip-news, intervalMinutes: 60 }\n  - { id: maker-blog, url: "https://maker.com/feed", publisher: maker, lang: zh }\n',
          'topics/chips.yaml':
            'topic: chips\nclaims:\n  - { id: maker-ships, deadline: 2026-06-30, neighbours: [], frame: { exclude: [sample] } }\n  - { id: maker-plans, remove: true }\n',
        },
      ),
    );
    expect(config.feedList.map((feed) => [feed.id, feed.lang, feed.intervalMinutes])).toEqual([
      ['chip-news', 'en', 60],
      ['maker-blog', 'zh', null],
    ]);
    expect(config.web.port).toBe(9999);
    expect(config.delivery.freshnessMinutes.changes).toBe(30);
    const claims = config.topics[0]?.claims ?? [];
    expect(claims.map((claim) => claim.id)).toEqual(['maker-ships']);
    expect(claims[0]?.deadline).toBe(Date.parse('2026-07-01'));
    expect(claims[0]?.frame.exclude).toEqual(['sample']);
    expect(claims[0]?.frame.slots[0]?.aliases).toEqual(['Maker', '麦克']);
  });

  test('drops a whole topic with its claims', () => {
    const other = 'topic: other\ntitle: Other\nclaims: []\n';
    const config = configOf(
      load(
        { 'topics/other.yaml': other, 'feeds.yaml': 'feeds: []' },
        { 'topics/x.yaml': 'topic: chips\nremove: true\n' },
      ),
    );
    expect(config.topics).toEqual([{ id: 'other', title: 'Other', claims: [] }]);
  });

  test('is named when something shipped needed what it dropped', () => {
    const problems = problemsOf(load({}, { 'sources.yaml': 'sources: [{ id: maker, remove: true }]\n' }));
    expect(problems).toEqual([
      'topics/chips.yaml: claims[0].authorities[0]: source "maker" was removed by sources.yaml (line 9)',
    ]);
  });

  test('is named for its own mistake, the shipped file for a shipped one', () => {
    const problems = problemsOf(
      load({}, { 'topics/mine.yaml': 'topic: chips\nclaims:\n  - id: maker-ships\n    authorities: [nobody]\n' }),
    );
    expect(problems).toEqual(['topics/mine.yaml: claims[0].authorities[0]: there is no source "nobody" (line 4)']);
  });

  test('may not put a claim into two topics', () => {
    const mine = 'topic: mine\ntitle: Mine\nclaims: [{ id: maker-plans, kind: standing }]\n';
    expect(problemsOf(load({}, { 'topics/mine.yaml': mine }))).toEqual([
      'topics/mine.yaml: claims[0].id: claim "maker-plans" belongs to topic "chips" (line 3)',
    ]);
  });

  test('that changes what an upgrade took away is warned of it, not refused', () => {
    const loaded = load(
      {},
      { 'topics/mine.yaml': 'topic: chips\nclaims: [{ id: maker-shipped, deadline: 2026-06-30 }]\n' },
    );
    expect(configOf(loaded).topics[0]?.claims.map((claim) => claim.id)).toEqual(['maker-ships', 'maker-plans']);
    expect(loaded.warnings.join()).toContain(
      'changes claim "maker-shipped", which is not there, so it is left out; did you mean "maker-ships"? A new claim needs statement, kind, resolution',
    );
  });

  test('gets a warning when it drops what is not there', () => {
    const loaded = load({}, { 'feeds.yaml': 'feeds: [{ id: old-feed, remove: true }]\n' });
    expect(loaded.warnings.join()).toContain('there is no feed "old-feed" to remove');
  });
});

const shipped = shippedConfigDir();
const complete = ['feeds.yaml', 'sources.yaml', 'topics/deepseek.yaml'].every((file) =>
  existsSync(join(shipped, file)),
);
test.skipIf(!complete)('the shipped configuration has no problem and no warning', () => {
  const loaded = loadConfig({ shippedDir: shipped, userDir: null, env: {} });
  expect(loaded.ok ? [] : loaded.problems).toEqual([]);
  expect(loaded.warnings).toEqual([]);
});
