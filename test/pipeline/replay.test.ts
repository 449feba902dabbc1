import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Explained } from '../../src/cli/io.ts';
import { runReplay } from '../../src/cli/replay.ts';
import type { Frame } from '../../src/core/claim.ts';
import { articleText } from '../../src/core/article.ts';
import { deadlineOf, newsTime } from '../../src/core/time.ts';
import { offlineEngine } from '../../src/judge/offline.ts';
import { replay } from '../../src/pipeline/replay.ts';
import type { ReplayArticle } from '../../src/pipeline/replay.ts';
import type { StreamEvent } from '../../src/pipeline/stream.ts';
import { claim, registry } from '../stories.ts';

const frame: Frame = {
  slots: [
    { name: 'model', aliases: ['V4', 'DeepSeek V4'], required: true },
    { name: 'chip', aliases: ['Huawei', 'Ascend', '华为', '昇腾'], required: true },
  ],
  predicate: ['run', 'support', '运行'],
  inverse: [],
  exclude: ['train'],
  partial: [],
};
const v4OnHuawei = claim({ frame });
const orders = claim({
  id: 'orders-by-april',
  kind: 'forecast',
  deadline: deadlineOf('2026-04-30'),
  frame: { ...frame, slots: [{ name: 'order', aliases: ['bulk orders'], required: true }], predicate: ['place'] },
});

let written = 0;
function article(published: string, page: string, title: string, summary: string): ReplayArticle {
  written += 1;
  const url = `https://${page}/${written}`;
  return {
    id: `it-${String(written).padStart(3, '0')}`,
    revision: 1,
    url,
    publisher: registry.publisherOf(url),
    publisherAsGiven: page,
    published: newsTime(published),
    lang: 'en',
    title,
    summary,
    body: '',
    authors: [],
  };
}

const scoop = article(
  '2026-02-28',
  'ft.com',
  'DeepSeek readies V4',
  'DeepSeek V4 will run on Huawei chips, two people familiar with the matter told the Financial Times.',
);
const second = article(
  '2026-04-03',
  'theinformation.com',
  'V4 on Ascend',
  'V4 runs on Huawei Ascend chips, three people told The Information.',
);
const echo = article(
  '2026-04-04',
  'hk01.com',
  'V4 and Huawei',
  'DeepSeek V4 will run on Huawei chips, according to a report by Reuters citing The Information.',
);
const rumour = article('2026-04-05', 'blog.example', 'V4 confirmed on Huawei!', 'V4 runs on Huawei chips, it is said.');
const phone = article('2026-04-06', 'hk01.com', 'New phone', 'Huawei shows a phone with a flat screen.');
const stream = [scoop, second, echo, rumour, phone];

async function lines(articles: readonly ReplayArticle[], until?: string): Promise<StreamEvent[]> {
  const claims = [v4OnHuawei, orders];
  const engine = offlineEngine(claims, registry);
  const all: StreamEvent[] = [];
  const options = { claims, registry, engine, ...(until === undefined ? {} : { until: newsTime(until) }) };
  for await (const line of replay(articles, options)) all.push(line);
  return all;
}
const statuses = (all: readonly StreamEvent[]) =>
  all
    .filter((line) => line.type === 'status')
    .map(({ claim, status, at, item, origins }) => ({ claim, status, at: at.slice(0, 10), item, origins }));

describe('a replay', () => {
  it('tells when each status changed, after which article and by whose word, and stays quiet for echoes', async () => {
    expect(statuses(await lines(stream))).toEqual([
      { claim: 'v4-on-huawei', status: 'reported', at: '2026-02-28', item: scoop.id, origins: ['Financial Times'] },
      {
        claim: 'v4-on-huawei',
        status: 'corroborated',
        at: '2026-04-03',
        item: second.id,
        origins: ['Financial Times', 'The Information'],
      },
    ]);
  });

  it('gives one story line per article and one judgement line per article and claim, with origins by name and verbatim words', async () => {
    const all = await lines(stream);
    expect(all.filter((line) => line.type === 'story').map((line) => line.item)).toEqual(stream.map(({ id }) => id));
    const judgements = all.filter((line) => line.type === 'judgement');
    expect(judgements.map(({ item }) => item)).toEqual([scoop.id, second.id, echo.id, rumour.id]);
    expect(judgements.find(({ item }) => item === echo.id)).toMatchObject({
      stance: 'supports',
      strength: 'attributed',
      origins: ['The Information'],
    });
    for (const { item, quote } of judgements) {
      const source = stream.find(({ id }) => id === item);
      if (source !== undefined) expect(articleText(source)).toContain(quote);
    }
  });

  it('lets a deadline pass at its own time, before the articles of that time, and up to the last article only', async () => {
    const late = article('2026-05-01', 'hk01.com', 'Weather', 'It rains.');
    expect(statuses(await lines([...stream, late])).at(-1)).toEqual({
      claim: 'orders-by-april',
      status: 'expired',
      at: '2026-05-01',
      item: null,
      origins: [],
    });
    expect(statuses(await lines(stream)).some(({ status }) => status === 'expired')).toBe(false);
  });

  it('stops its clock where it is told to', async () => {
    expect(statuses(await lines(stream, '2026-03-01'))).toHaveLength(1);
    expect(statuses(await lines([scoop], '2026-06-01')).at(-1)).toMatchObject({
      claim: 'orders-by-april',
      status: 'expired',
    });
    expect(await lines([])).toEqual([]);
  });

  it('prints the same lines whatever order the articles come in', async () => {
    expect(await lines([...stream].reverse())).toEqual(await lines(stream));
  });

  it('prints what the configuration records at its own date', async () => {
    const known = claim({
      ...v4OnHuawei,
      known: [
        {
          origin: 'bloomberg',
          stance: 'supports',
          strength: 'attributed',
          event: 'none',
          at: newsTime('2026-01-05'),
          url: 'https://bloomberg.com/x',
        },
      ],
    });
    const all: StreamEvent[] = [];
    for await (const line of replay([scoop], { claims: [known], registry, engine: offlineEngine([known], registry) }))
      all.push(line);
    expect(statuses(all)).toEqual([
      { claim: 'v4-on-huawei', status: 'reported', at: '2026-01-05', item: null, origins: ['Bloomberg'] },
      {
        claim: 'v4-on-huawei',
        status: 'corroborated',
        at: '2026-02-28',
        item: scoop.id,
        origins: ['Bloomberg', 'Financial Times'],
      },
    ]);
  });
});

describe('claimwire replay', () => {
  const CONFIG = 'test/corpus/config';
  let dir = '';
  let out: string[] = [];
  let err: string[] = [];
  const run = (...args: string[]) => {
    out = [];
    err = [];
    return runReplay(args, { out: (line) => out.push(line), err: (line) => err.push(line), env: {} });
  };
  const good = {
    id: 'a',
    url: 'https://www.reuters.com/x',
    publisher: 'Reuters',
    published: '2026-04-03',
    title: 'V4',
    summary: 'DeepSeek V4 will run on Huawei chips, two people told Reuters.',
  };
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'replay-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  async function items(...rows: readonly unknown[]): Promise<string> {
    const path = join(dir, 'items.jsonl');
    await writeFile(path, rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));
    return path;
  }

  it('writes to standard output, or to the file it is given', async () => {
    const path = await items(good);
    expect(await run('--items', path, '--config', CONFIG)).toBe(0);
    expect(out.map((line) => (JSON.parse(line) as StreamEvent).type)).toContain('judgement');
    const printed = out.join('\n');
    const file = join(dir, 'replay.jsonl');
    expect(await run('--items', path, '--config', CONFIG, '--out', file)).toBe(0);
    expect(out).toEqual([]);
    expect((await readFile(file, 'utf8')).trim()).toBe(printed);
  });

  it('writes a file of any length without leaving anything behind', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on('warning', note);
    const path = await items(...Array.from({ length: 60 }, (_, n) => ({ ...good, id: `${n}`.padEnd(9000, 'x') })));
    const file = join(dir, 'replay.jsonl');
    expect(await run('--items', path, '--config', CONFIG, '--out', file)).toBe(0);
    expect((await readFile(file, 'utf8')).match(/"type":"story"/g)).toHaveLength(60);
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });

  it('names each line it cannot read, goes on with the rest and ends with 1', async () => {
    const path = await items(
      '{"id":',
      '',
      { ...good, published: 'some day' },
      { ...good, id: undefined, title: 7 },
      good,
      good,
      { id: 'b', published: '2026-04-03' },
      '[1]',
    );
    expect(await run('--items', path, '--config', CONFIG)).toBe(1);
    expect(err).toEqual([
      `${path}:1: not JSON`,
      `${path}:3: published: not a time`,
      `${path}:4: id: missing; title: not text`,
      `${path}:6: id: a stands on line 5 already`,
      `${path}:7: title, summary, body: all empty`,
      `${path}:8: not an object`,
    ]);
    expect(out.length).toBeGreaterThan(0);
  });

  it('goes up to the end of the day that --until names', async () => {
    const path = await items({ ...good, published: '2026-04-03T18:00:00Z' });
    expect(await run('--items', path, '--config', CONFIG, '--until', '2026-04-02')).toBe(0);
    expect(out.join()).not.toContain(`"item":"a"`);
    expect(await run('--items', path, '--config', CONFIG, '--until', '2026-04-03')).toBe(0);
    expect(out.join()).toContain(`"item":"a"`);
  });

  it.each([
    ['an unknown flag', ['--items', 'x', '--itms', 'y']],
    ['a missing value', ['--items']],
    ['no items', []],
    ['a stray word', ['--items', 'x', 'y']],
    ['a time that is none', ['--items', 'x', '--until', 'soon']],
  ])('refuses %s with exit 2 and says how to ask', async (_, args) => {
    expect(await run(...args)).toBe(2);
    expect(err).toHaveLength(1);
    expect(err[0]).toContain('Usage: claimwire replay --items');
  });

  it('explains a file that is not there, a configuration that is wrong and an output that cannot be written', async () => {
    expect(await run('--items', join(dir, 'no.jsonl'), '--config', CONFIG)).toBe(1);
    expect(err.join()).toContain('no.jsonl: cannot be read');
    await expect(run('--items', await items(good), '--config', join(dir, 'no'))).rejects.toThrow(Explained);
    expect(await run('--items', await items(good), '--config', CONFIG, '--out', join(dir, 'no', 'out'))).toBe(1);
    expect(err.join()).toContain('cannot be written');
  });
});
