import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { configOf, GOOD, load, problemsOf } from './directories.ts';

const FILES = Object.keys(GOOD);

/** What somebody may write where something else belongs. */
const anything = fc.oneof(
  fc.anything({
    maxDepth: 3,
    withBigInt: false,
    withDate: false,
    withMap: false,
    withSet: false,
    withNullPrototype: false,
  }),
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    -1,
    0,
    1e99,
    true,
    [],
    {},
    [null],
    { id: 'x' },
    '__proto__',
    'constructor',
    '*.com',
    'com',
    '2026-13-01',
  ),
);

test('whatever a file holds, loading ends in a configuration or in sentences of one line that name the file', () => {
  fc.assert(
    fc.property(fc.constantFrom(...FILES), fc.string({ unit: 'binary', maxLength: 200 }), (file, text) => {
      told(load({ [file]: text }));
    }),
    { numRuns: 80 },
  );
});

test('one value replaced by anything is taken or told, never thrown', () => {
  const lines = FILES.flatMap((file) =>
    [...(GOOD[file] ?? '').matchAll(/[\w-]+: ([^,{}[\]\n]+)/g)].map((match) => ({ file, match })),
  );
  fc.assert(
    fc.property(fc.constantFrom(...lines), anything, ({ file, match }, value) => {
      const text = GOOD[file] ?? '';
      const start = match.index + match[0].length - (match[1] ?? '').length;
      const inline = stringify(value ?? null, { collectionStyle: 'flow', lineWidth: 0 }).trim();
      told(load({ [file]: text.slice(0, start) + inline + text.slice(match.index + match[0].length) }));
    }),
    { numRuns: 150 },
  );
});

function told(loaded: ReturnType<typeof load>): void {
  if (loaded.ok) {
    expect(configOf(loaded).sources.length).toBeGreaterThan(0);
    return;
  }
  const problems = problemsOf(loaded);
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) {
    expect(problem).toMatch(/^(?:configuration|claimwire\.yaml|feeds\.yaml|sources\.yaml|topics\/chips\.yaml): /);
    expect(problem).not.toMatch(/[\n\r]|\[object Object\]|undefined$/);
    expect(problem.length).toBeLessThan(1000);
  }
}
