/**
 * Plain statements: the frame compiled from one, and statements judged against headlines.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runJudge } from '../../src/cli/judge.ts';
import { beatOf, configFor } from '../../src/cli/compose.ts';
import { PLAIN } from './plain-statements.ts';
import { TRACKED } from './tracked.ts';
import { readWordVectors } from '../../src/cli/word-vectors.ts';
import type { Claim } from '../../src/core/claim.ts';
import { newsTime } from '../../src/core/time.ts';
import { compileFrame } from '../../src/judge/compile.ts';
import { offlineEngine } from '../../src/judge/offline.ts';
import { pairJudge } from '../../src/judge/pairs.ts';
import { stem } from '../../src/judge/stem.ts';
import { packageRoot } from '../../src/config/home.ts';
import { corpusConfig } from '../corpus/score.ts';

const { registry } = corpusConfig();
const shipped = beatOf(configFor({ env: {}, err: () => undefined }, undefined)).registry;
const vectors = readWordVectors();

describe('a frame compiled from a plain statement', () => {
  it('takes names as slots, with every name the sources list, and other ways to say the deed as predicate', () => {
    const frame = compileFrame('DeepSeek V4 runs on Huawei chips', registry);
    expect(frame.slots.map((slot) => slot.aliases[0])).toEqual(['DeepSeek V4', 'Huawei']);
    expect(frame.slots[0]?.aliases).toContain('V4');
    expect(frame.slots[1]?.aliases).toContain('华为');
    for (const word of ['run', 'adapt', '适配']) expect(frame.predicate.join(' ')).toContain(word);
  });

  it('asks for the deed done when the statement says it is', () => {
    expect(compileFrame('Nvidia has delivered H200 chips to Alibaba', registry).tense).toBe('done');
    expect(compileFrame('Nvidia will deliver H200 chips to Alibaba', registry).tense).toBeUndefined();
  });

  it('finds its articles, in Chinese too, and leaves the near miss', async () => {
    const statement = 'DeepSeek V4 runs on Huawei chips';
    const claim: Claim = {
      id: 'tracked',
      topic: 'chat',
      statement,
      kind: 'event',
      deadline: null,
      resolution: '',
      authorities: [],
      deniers: [],
      neighbours: [],
      frame: compileFrame(statement, registry),
      outcome: null,
      known: [],
    };
    const engine = offlineEngine([claim], registry);
    const stanceOf = async (summary: string): Promise<string | undefined> => {
      const url = 'https://news.example/1';
      const rows = await engine.judge({
        id: 'a',
        revision: 1,
        url,
        publisher: registry.publisherOf(url),
        published: newsTime('2026-04-04'),
        lang: 'en',
        title: '',
        summary,
        body: '',
        authors: [],
      });
      return rows.find((row) => row.main)?.stance;
    };
    expect(await stanceOf('V4 has been adapted to Huawei hardware, The Information reported.')).toBe('supports');
    expect(await stanceOf('據路透報導，V4 已適配華為晶片。')).toBe('supports');
    expect(await stanceOf('Huawei denied that V4 runs on its chips.')).toBe('refutes');
    expect(await stanceOf('Huawei launched a phone.')).toBeUndefined();
  });

  it.each(['', ' ', '???', '(((', '{chip} | * =', 'a'.repeat(500), '的的的', '<b>V4</b>'])(
    'compiles %j into something harmless',
    (statement) => {
      const frame = compileFrame(statement, registry);
      expect(frame.slots.length).toBeGreaterThan(0);
    },
  );
});

describe('pairs of statement and headline', () => {
  const judge = pairJudge(registry, vectors);
  const stances = async (claim: string, titles: readonly string[]): Promise<string[]> =>
    Promise.all(titles.map(async (title, n) => (await judge({ id: String(n), claim, title })).stance));

  it('tells the headline of a statement from its neighbours', async () => {
    expect(
      await stances('A zoo in Belgrade painted a donkey to look like a zebra', [
        'Belgrade zoo painted donkey as zebra',
        'Zoo in Berlin celebrates the birth of a giraffe',
        'Museum in Devon opens after repairs',
      ]),
    ).toEqual(['supports', 'unrelated', 'unrelated']);
  });

  it('takes a denial for a refutation and a maybe for neither', async () => {
    const [denied, maybe] = await stances('Marlow Motors is buying Tidewater Batteries', [
      'Marlow Motors denies it is buying Tidewater Batteries, calls report false',
      'Marlow Motors may be in talks to buy Tidewater Batteries, sources say',
    ]);
    expect(denied).toBe('refutes');
    expect(maybe).toBe('discusses');
  });

  it('quotes title or text verbatim and says who is credited', async () => {
    const text = 'It rained. Marlow Motors bought Tidewater Batteries, Reuters reported.';
    const row = await judge({
      id: '1',
      claim: 'Marlow Motors bought Tidewater Batteries',
      title: 'Deals of the week',
      text,
    });
    expect(text).toContain(row.quote);
    expect(row.origins).toEqual(['Reuters']);
  });
});

describe('the words that have vectors', () => {
  it('stand with their stems as the judge stems them', () => {
    const lines = readFileSync(join(packageRoot(), 'src/judge/model/words.txt'), 'utf8').trim().split('\n');
    const wrong = lines.filter((line) => {
      const [word = '', root = word] = line.split(' ');
      return stem(word) !== root;
    });
    expect(wrong).toEqual([]);
    expect(lines.length).toBe(30_000);
  });
});

describe('statements judged together', () => {
  const [drove, won] = ["A farmer's dog drove a tractor onto a motorway", "A farmer's dog won a tractor in a raffle"];
  const [buying, buys] = ['Halvard is buying the map maker Tessel', 'Halvard will buy map maker Tessel'];
  const heads = ["Dog takes control of farmer's tractor and drives it onto motorway", 'Dog wins tractor in raffle'];
  const stances = async (set: readonly string[], claims: readonly string[], titles: readonly string[]) => {
    const judge = pairJudge(registry, vectors, set);
    const rows = claims.flatMap((claim) => titles.map((title) => ({ id: '', claim, title })));
    const said: string[] = [];
    for (const row of rows) said.push((await judge(row)).stance);
    return said;
  };

  it('leave a headline to the one it is about', async () => {
    expect(await stances([drove, won], [drove, won], heads)).toEqual([
      'supports',
      'unrelated',
      'unrelated',
      'supports',
    ]);
    // Each for itself takes its neighbour's headline too: the words are the same.
    expect(await stances([], [drove, won], heads)).not.toContain('unrelated');
  });

  it('share a headline when they say the same', async () => {
    const said = await stances([buying, buys, won], [buying, buys], ['Halvard is buying map maker Tessel']);
    expect(said).not.toContain('unrelated');
  });

  it('are told apart, and taken for true only when the headline says so, on rumours of all sorts', async () => {
    const claims = PLAIN.map(({ statement }) => statement);
    const judge = pairJudge(registry, vectors, claims);
    const wrong: string[] = [];
    let [hit, extra, all, right, supports, falsely] = [0, 0, 0, 0, 0, 0];
    for (const claim of claims)
      for (const { statement, headlines } of PLAIN)
        for (const [said, title] of headlines) {
          const { stance } = await judge({ id: '', claim, title });
          const expected = statement === claim ? said : 'unrelated';
          if (expected !== 'unrelated') all += 1;
          if (expected !== 'unrelated' && stance !== 'unrelated') hit += 1;
          if (expected === 'unrelated' && stance !== 'unrelated') extra += 1;
          if (expected !== 'unrelated' && stance === expected) right += 1;
          if (stance === 'supports') supports += 1;
          if (stance === 'supports' && expected !== 'supports') falsely += 1;
          if (stance !== expected) wrong.push(`${claim} / ${title}: ${stance}`);
        }
    const told = wrong.join('\n');
    // Floors: they only rise.
    expect(hit / (hit + extra), told).toBeGreaterThanOrEqual(0.83);
    expect(hit / all, told).toBe(1);
    expect(right / all, told).toBeGreaterThanOrEqual(0.83);
    expect(falsely / supports, told).toBe(0);
  });

  it('are judged alike in whatever order they come', async () => {
    const there = await stances([drove, won, buying], [drove, won, buying], heads);
    const back = await stances([buying, won, drove, won], [buying, won, drove], heads.toReversed());
    expect(back.toReversed()).toEqual(there);
  });
});

describe('statements on the beat against headlines', () => {
  const judge = pairJudge(shipped, vectors);

  it('are judged by their frames: no near miss speaks to them, whatever words it shares', async () => {
    const wrong: string[] = [];
    let [all, right] = [0, 0];
    for (const { statement, headlines } of TRACKED)
      for (const [expected, title] of headlines) {
        const { stance } = await judge({ id: title, claim: statement, title });
        all += 1;
        if (stance === (expected === '-' ? 'unrelated' : expected)) right += 1;
        if ((stance === 'unrelated') !== (expected === '-') || (stance === 'supports' && expected !== 'supports'))
          wrong.push(`${statement} / ${title}: ${stance}`);
      }
    expect(wrong.length / all, wrong.join('\n')).toBeLessThanOrEqual(0.04);
    expect(right / all).toBeGreaterThanOrEqual(0.94);
  });
});

describe('claimwire judge --pairs', () => {
  const dir = mkdtempSync(join(tmpdir(), 'claimwire-pairs-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const run = async (...args: readonly string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runJudge(args, { out: (line) => out.push(line), err: (line) => err.push(line), env: {} });
    return { code, out, err };
  };

  it('answers line by line, names a line it cannot read, and ends with 1 for it', async () => {
    const file = join(dir, 'pairs.jsonl');
    writeFileSync(file, '{"id":"a","claim":"A cat won","title":"Cat wins"}\n{"id":"b"}\nnonsense\n\n');
    const target = join(dir, 'judged.jsonl');
    const { code, err } = await run('--pairs', file, '--out', target);
    expect(code).toBe(1);
    expect(err).toEqual([`${file}:2: claim: missing`, `${file}:3: not JSON`]);
    const row = JSON.parse(readFileSync(target, 'utf8').trim()) as Record<string, unknown>;
    expect(Object.keys(row)).toEqual(['id', 'stance', 'strength', 'origins', 'quote']);
  });

  it('says how it is used, and what it could not open', async () => {
    expect((await run()).code).toBe(2);
    expect((await run('--nonsense')).code).toBe(2);
    const missing = await run('--pairs', join(dir, 'none.jsonl'));
    expect(missing.code).toBe(1);
    expect(missing.err[0]).toContain('cannot be read');
  });
});
