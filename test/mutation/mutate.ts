/**
 * `npm run mutate [-- --only outbox]`: breaks the product on purpose, one place at a time, in a copy of it, and runs the
 * tests that should notice. Prints a table; exits 1 when a break lived or its place is gone.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createVitest, type TestModule, type Vitest } from 'vitest/node';
import { BREAKS, TESTS, type Break } from './breaks.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

// Compiled to dist/test/mutation.
const root = fileURLToPath(new URL('../../..', import.meta.url));
const chosen = BREAKS.filter((one) => `${one.area} ${one.file} ${one.harm}`.includes(values.only));
const lostPlaces = chosen.filter((one) => readFileSync(join(root, one.file), 'utf8').split(one.search).length !== 2);
for (const one of lostPlaces) say(`${one.file}: "${one.search}" does not occur exactly once (${one.harm})`);
if (lostPlaces.length > 0) process.exit(1);

const copy = mkdtempSync(join(tmpdir(), 'claimwire-mutate-'));
for (const name of ['src', 'test', 'config', 'package.json', 'tsconfig.json']) {
  cpSync(join(root, name), join(copy, name), { recursive: true });
}
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

/** What the last test that failed said. */
let lastFailure = '';

/** Whether any of these tests fails now. */
async function notices(vitest: Vitest, files: readonly string[]): Promise<boolean> {
  const specifications = (await vitest.globTestSpecifications(files.map((file) => join(copy, file)))).filter((one) =>
    files.some((file) => one.moduleId.endsWith(file)),
  );
  if (specifications.length === 0) throw new Error(`no tests: ${files.join(', ')}`);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const failed = testModules.filter((module: TestModule) => !module.ok());
  lastFailure = failed
    .flatMap((module) => [
      ...module.errors(),
      ...[...module.children.allTests('failed')].flatMap((test) => test.result().errors ?? []),
    ])
    .map((error) => error.message)
    .join('\n');
  return unhandledErrors.length > 0 || failed.length > 0;
}

async function breakOne(vitest: Vitest, one: Break): Promise<boolean> {
  const path = join(copy, one.file);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    whole.replace(one.search, () => one.replace),
  );
  vitest.invalidateFile(path);
  try {
    // The nearest test first: most breaks need no other.
    for (const file of TESTS[one.area]) if (await notices(vitest, [file])) return true;
    return false;
  } finally {
    writeFileSync(path, whole);
    vitest.invalidateFile(path);
  }
}

const vitest = await createVitest('test', {
  root: copy,
  config: join(copy, 'test', 'vitest.config.ts'),
  watch: false,
  bail: 1,
  // A busy machine must not look like a test that noticed.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  reporters: [{}],
});
let lived = 0;
const totals = new Map<Break['area'], { breaks: number; noticed: number }>();
try {
  await vitest.standalone();
  for (const area of new Set(chosen.map((one) => one.area))) {
    if (await notices(vitest, TESTS[area])) throw new Error(`${area}: its tests fail unbroken: ${lastFailure}`);
  }
  for (const one of chosen) {
    const noticed = await breakOne(vitest, one);
    if (!noticed) lived += 1;
    say(`${noticed ? 'noticed' : 'LIVED  '}  ${one.area.padEnd(8)}  ${one.file.padEnd(30)}  ${one.harm}`);
    const total = totals.get(one.area) ?? { breaks: 0, noticed: 0 };
    totals.set(one.area, { breaks: total.breaks + 1, noticed: total.noticed + (noticed ? 1 : 0) });
  }
} finally {
  await vitest.close();
  rmSync(copy, { recursive: true, force: true });
}
for (const [area, { breaks, noticed }] of totals) say(`${area.padEnd(8)}  ${noticed} of ${breaks} noticed`);
say(`${chosen.length} breaks, ${lived} lived`);
process.exit(lived > 0 ? 1 : 0);
