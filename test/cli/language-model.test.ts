/**
 * The language model on the command line: `check` says whether it would answer, `replay --engine llm` scores it on a file.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { languageModel } from '../../src/cli/check.ts';
import { configFor, secondReading } from '../../src/cli/compose.ts';
import { runReplay } from '../../src/cli/replay.ts';
import type { ModelDouble } from '../doubles/language-model.ts';
import { modelDouble } from '../doubles/language-model.ts';

let model: ModelDouble;
let dir: string;
beforeAll(async () => {
  model = await modelDouble();
  dir = mkdtempSync(join(tmpdir(), 'claimwire-llm-'));
});
afterAll(async () => {
  rmSync(dir, { recursive: true });
  await model.close();
});
beforeEach(() => {
  model.asked.length = 0;
});

const items = [
  ['b1', '2026-04-03T08:00:00Z', 'DeepSeek V4 will run on Huawei Ascend chips, The Information reported on Friday.'],
  [
    'b2',
    '2026-04-04T08:00:00Z',
    'DeepSeek V4 will run on Huawei Ascend chips, the Financial Times reported on Saturday.',
  ],
  ['b3', '2026-04-05T08:00:00Z', 'Shares of a bakery rose.'],
].map(([id, published, summary]) =>
  JSON.stringify({
    id,
    url: `https://www.reuters.com/${id}`,
    publisher: 'Reuters',
    published,
    lang: 'en',
    title: 'Chips',
    summary,
  }),
);

/** Judges each claim it is asked about by the article's own sentence. */
const judges = (stance: string): void =>
  model.say(({ prompt }) => {
    const quote = /DeepSeek V4 will run on Huawei Ascend chips, [^.]+\./.exec(prompt)?.[0] ?? '';
    const keys = [...prompt.matchAll(/^(C\d+): /gm)].map(([, key]) => key);
    const entry = { stance, strength: 'attributed', quotes: [quote], credits: [], reason: 'It says so.' };
    return JSON.stringify({ judgements: keys.map((claim) => ({ claim, ...entry })) });
  });

function configured(judge: string): string {
  writeFileSync(join(dir, 'claimwire.yaml'), `judge: { ${judge} }\n`);
  return dir;
}

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line), env };
  const code = await runReplay(args, io);
  return { code, err: err.join('\n'), lines: out.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

it('replays a file with a model that the configuration names, scores it, and gives the same statuses', async () => {
  const file = join(dir, 'items.jsonl');
  writeFileSync(file, items.join('\n'));
  // The engine of every day stays offline.
  const config = configured(
    `provider: openai-compatible, model: test-model, baseUrl: "${model.url}", dailyTokens: 200000`,
  );
  const args = ['--items', file, '--config', config];
  const offline = await run(args);
  expect(model.asked).toHaveLength(0);

  judges('discusses');
  const { code, lines, err } = await run([...args, '--engine', 'llm'], { CLAIMWIRE_LLM_KEY: 'sk-test' });
  expect(code).toBe(0);
  expect(model.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer sk-test', 'Bearer sk-test']);
  const of = (all: typeof lines, type: string) => all.filter((line) => line['type'] === type);
  expect(of(lines, 'status')).toEqual(of(offline.lines, 'status'));
  expect(of(lines, 'judgement').find((line) => line['claim'] === 'v4-on-huawei')).toMatchObject({
    stance: 'discusses',
    model: 'discusses',
  });
  expect(of(offline.lines, 'judgement').every((line) => !('model' in line))).toBe(true);
  expect(err).toMatch(
    /language model openai-compatible\/test-model: 2 articles, \d+ opinions: \d+ as the offline judge, [1-9]\d* lowered/,
  );
  expect(err).toMatch(/1,580 tokens · \d\.\d\d s an article on median/);
});

it('says what is missing before it asks anybody', async () => {
  const file = join(dir, 'items.jsonl');
  writeFileSync(file, items.join('\n'));
  const nothing = await run(['--items', file, '--config', configured('engine: offline'), '--engine', 'llm']);
  expect([nothing.code, nothing.err]).toEqual([
    1,
    '--engine llm: claimwire.yaml names no model; set judge.provider and judge.model',
  ]);
  const keyless = await run([
    '--items',
    file,
    '--config',
    configured('provider: anthropic, model: claude-x'),
    '--engine',
    'llm',
  ]);
  expect(keyless).toMatchObject({
    code: 1,
    err: expect.stringContaining('set CLAIMWIRE_LLM_KEY or ANTHROPIC_API_KEY') as string,
  });
  expect(await run(['--items', file, '--engine', 'best'])).toMatchObject({ code: 2 });
});

it('stops asking when the tokens are spent, and says for how many articles', async () => {
  const file = join(dir, 'items.jsonl');
  writeFileSync(
    file,
    Array.from({ length: 40 }, (_, n) => (items[n % 2] ?? '').replace(/"b\d"/, `"n${n}"`)).join('\n'),
  );
  judges('supports');
  const config = configured(`provider: ollama, model: test-model, baseUrl: "${model.url}", dailyTokens: 20000`);
  const { code, err } = await run(['--items', file, '--config', config, '--engine', 'llm']);
  expect(code).toBe(0);
  expect(model.asked.length).toBeLessThan(40);
  expect(err).toMatch(/\d+ articles? not asked about: judge.dailyTokens was spent/);
});

it('checks the provider, the key and the model before the first article, and says what to do', async () => {
  const io = { env: {}, err: () => undefined };
  const check = (judge: string) => languageModel(configFor(io, configured(judge)));
  expect(await check('engine: offline')).toEqual([]);
  const ollama = `engine: llm, provider: ollama, baseUrl: "${model.url}"`;
  expect(await check(`${ollama}, model: test-model`)).toEqual([
    { part: 'language model', state: 'ok', says: 'ollama answers and has "test-model"' },
  ]);
  expect(await check(`${ollama}, model: qwen3`)).toMatchObject([
    { state: 'wrong', says: expect.stringContaining('ollama pull qwen3') as string },
  ]);
  expect(await check('engine: llm, provider: anthropic, model: claude-x, dailyTokens: 200000')).toMatchObject([
    { state: 'wrong', says: expect.stringContaining('set CLAIMWIRE_LLM_KEY or ANTHROPIC_API_KEY') as string },
  ]);
});

it('loads the packages of a language model nowhere but where one is asked', () => {
  const src = fileURLToPath(new URL('../../src', import.meta.url));
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const atStart = files.filter((name) =>
    /^import (?!type ).*from '(?:ai|@ai-sdk\/[^']*)'/m.test(readFileSync(join(src, name), 'utf8')),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(atStart).toEqual([]);
});

it('reads the key by the provider’s own name or ours, and never shows it', () => {
  const io = (env: Record<string, string>) => ({ env, err: () => undefined });
  const at = (judge: string, env: Record<string, string>) => configFor(io(env), configured(judge));
  const openai = 'engine: llm, provider: openai-compatible, model: m, dailyTokens: 200000';
  expect(at(openai, { OPENAI_API_KEY: 'sk-1', ANTHROPIC_API_KEY: 'sk-2' }).secrets.llmKey?.reveal()).toBe('sk-1');
  expect(at(openai, { OPENAI_API_KEY: 'sk-1', CLAIMWIRE_LLM_KEY: 'sk-3' }).secrets.llmKey?.reveal()).toBe('sk-3');
  writeFileSync(join(dir, 'key'), 'sk-4\n', { mode: 0o600 });
  const config = at(openai, { OPENAI_API_KEY_FILE: join(dir, 'key') });
  expect(config.secrets.llmKey?.reveal()).toBe('sk-4');
  expect(JSON.stringify(config)).not.toContain('sk-4');
  expect(secondReading(config)).toMatchObject({ cannot: null, reader: { id: 'openai-compatible/m' } });
  expect(secondReading(at(openai, {}))?.cannot).toContain('OPENAI_API_KEY');
  // Judging is offline: nobody's key is looked at.
  expect(at('engine: offline', { OPENAI_API_KEY: 'sk-1' }).secrets.llmKey).toBeNull();
});

it.each([
  ['engine: llm, model: m, dailyTokens: 200000', 'judge.provider: missing'],
  ['engine: llm, provider: ollama', 'judge.model: missing'],
  ['engine: llm, provider: anthropic, model: m', 'judge.dailyTokens: missing: say what a day may cost'],
  ['engine: llm, provider: anthropic, model: m, dailyTokens: 5', 'judge.dailyTokens'],
  ['engine: llm, provider: acme, model: m', 'judge.provider'],
])('refuses %s', (judge, problem) => {
  expect(() => configFor({ env: {}, err: () => undefined }, configured(judge))).toThrow(problem);
});
