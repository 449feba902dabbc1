/**
 * What commands say of files and claims that are of no use to them.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runJudge } from '../../src/cli/judge.ts';
import { runReplay } from '../../src/cli/replay.ts';
import { claimCalled } from '../../src/cli/said.ts';
import type { Claim } from '../../src/core/claim.ts';
import { corpusConfig } from '../corpus/score.ts';
import { manyClaims } from '../support/many-claims.ts';

const dir = mkdtempSync(join(tmpdir(), 'claimwire-said-'));
afterAll(() => rmSync(dir, { recursive: true }));
const folder = join(dir, 'folder');
mkdirSync(folder);
const file = (name: string, content: string): string => {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
};
const empty = file('empty.jsonl', '\n\n');
const broken = file('broken.jsonl', `${'nonsense\n'.repeat(33)}{"id":"1"}\n`);
const binary = file('binary.jsonl', '\u0000\u0001\n'.repeat(33));

async function said(command: typeof runJudge, ...args: readonly string[]) {
  const err: string[] = [];
  const code = await command(args, { out: () => undefined, err: (line) => err.push(line), env: {} });
  return { code, err };
}

describe('claimwire judge', () => {
  it('says of an empty file what a pair looks like', async () => {
    const { code, err } = await said(runJudge, '--pairs', empty);
    expect(err).toEqual([expect.stringContaining(`${empty} holds no pair; one a line: {"id":`)]);
    expect(code).toBe(0);
  });

  it('names twenty lines that cannot be read and counts the rest', async () => {
    const { code, err } = await said(runJudge, '--pairs', broken);
    expect(err.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, n) => `${broken}:${n + 1}: not JSON`));
    expect(err.slice(20)).toEqual(['and 14 more lines that cannot be used']);
    expect(code).toBe(1);
  });

  it.each([
    ['not there', join(dir, 'no.jsonl'), 'there is no such file or folder'],
    ['a folder', folder, 'it is a folder, not a file'],
    ['below a file', join(empty, 'x'), 'a part of its path is a file, not a folder'],
  ])('says in words that a file is %s', async (_, path, why) => {
    expect(await said(runJudge, '--pairs', path)).toEqual({ code: 1, err: [`${path}: cannot be read: ${why}`] });
  });
});

describe('claimwire replay', () => {
  it('says of an empty file what an article looks like', async () => {
    const { code, err } = await said(runReplay, '--items', empty);
    expect(err).toEqual([expect.stringContaining(`${empty} holds no article; one a line: {"id":`)]);
    expect(code).toBe(0);
  });

  it('counts the lines that cannot be read past twenty, and says in words that a file is a folder', async () => {
    expect((await said(runReplay, '--items', broken)).err[20]).toBe('and 14 more lines that cannot be used');
    expect((await said(runReplay, '--items', folder)).err).toEqual([
      `${folder}: cannot be read: it is a folder, not a file`,
    ]);
  });
});

describe('a file of another kind', () => {
  it.each([
    ['judge', runJudge, '--pairs', '"claim":'],
    ['replay', runReplay, '--items', '"published":'],
  ] as const)('is one sentence for %s, with a line as it should be', async (_name, command, option, part) => {
    const { code, err } = await said(command, option, binary);
    expect(err).toEqual([
      expect.stringContaining(`${binary}: none of its 33 lines is JSON; wanted is one a line: {"id":`),
    ]);
    expect(err[0]).toContain(part);
    expect(code).toBe(1);
  });

  it('is not what a file with one article in it is', async () => {
    const some = file('some.jsonl', 'nonsense\nnonsense\n{"id":"1","published":"2026-04-03","title":"Rain"}\n');
    expect((await said(runReplay, '--items', some)).err).toEqual([`${some}:1: not JSON`, `${some}:2: not JSON`]);
  });
});

describe('a claim that nobody knows', () => {
  const ids = ['v4-on-huawei', 'v4-released', 'h20-banned', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
  const claims: readonly Claim[] = manyClaims(ids.length, corpusConfig().registry).map((claim, n) => ({
    ...claim,
    id: ids[n] ?? claim.id,
  }));
  const answer = (id: string): string => {
    try {
      return claimCalled(id, claims).id;
    } catch (error) {
      return String(error);
    }
  };

  it('is answered with the one that was meant', () => {
    expect(answer('v4-on-huawei')).toBe('v4-on-huawei');
    expect(answer('v4-on-huwaei')).toBe('Explained: There is no claim "v4-on-huwaei"; did you mean "v4-on-huawei"?');
  });

  it('or with those that share a word with it, or with a few', () => {
    expect(answer('is-v4-out-already-now')).toMatch(/Ids like it: v4-on-huawei, v4-released \(and 11 more\)$/);
    expect(answer('something-else-altogether')).toMatch(/Ids: v4-on-huawei, .*, e \(and 5 more\)$/);
  });
});
