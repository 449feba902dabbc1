/**
 * What was added from chat leaves as files that load: claims judge the same, feeds and subscriptions are there again.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Claim } from '../../src/core/claim.ts';
import { newsTime } from '../../src/core/time.ts';
import { exportedFiles, knownWorkspace } from '../../src/cli/config-command.ts';
import { shippedConfigDir } from '../../src/config/home.ts';
import { loadConfig } from '../../src/config/load.ts';
import { addFeed } from '../../src/ledger/feeds.ts';
import { subscribe, syncConfigured } from '../../src/ledger/subscriptions.ts';
import { addTracked } from '../../src/ledger/tracked.ts';
import { claimOfStatement } from '../../src/judge/statement.ts';
import { testNewsroom } from '../support/newsroom.ts';

it('exports what was added from chat as files that load to the same, of one workspace or of all', async () => {
  const news = await testNewsroom({});
  const dir = mkdtempSync(join(tmpdir(), 'cw-export-'));
  onTestFinished(async () => {
    rmSync(dir, { recursive: true });
    await news.close();
  });
  const { pool } = news.database;
  expect((await exportedFiles(news.room, null)).size).toBe(0);

  const { registry } = news.room.beat();
  const now = newsTime('2026-04-01');
  const compiled = (statement: string): Claim => {
    const claim = claimOfStatement(statement, { registry, now, topic: 'deepseek' });
    if (typeof claim === 'string') throw new Error(claim);
    return claim;
  };
  const ours = await addTracked(pool, 'slack:T1', compiled('DeepSeek releases V5 by the end of 2026'), 'slack:T1:U1');
  await addTracked(pool, 'slack:T2', compiled('Huawei ships 950PR to Alibaba by July'), 'slack:T2:U1');
  await addFeed(pool, { url: 'https://blog.example/rss', lang: 'en' }, 'slack:T1:U1', 'slack:T1');
  const sub = { platform: 'slack', workspace: 'T1', topic: 'deepseek', level: 'confirmed' } as const;
  await subscribe(pool, { ...sub, channel: 'C000000001' }, 'slack:T1:U1');
  await syncConfigured(pool, [{ ...sub, channel: 'C000000002' }]);

  await expect(knownWorkspace(news.room, 'slack:T1')).resolves.toBeUndefined();
  await expect(knownWorkspace(news.room, 'foo')).rejects.toThrow('no workspace "foo" here. Known: slack:T1, slack:T2');
  const files = await exportedFiles(news.room, 'slack:T1');
  for (const [name, text] of files) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  const loaded = loadConfig({ shippedDir: shippedConfigDir(), userDir: dir, env: {} });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const { config } = loaded;
  expect(config.topics.flatMap((topic) => topic.claims).find((claim) => claim.id === ours.id)).toEqual({
    ...ours,
    resolution: 'Tracked from chat.',
  });
  expect(config.feedList.map((feed) => feed.url)).toContain('https://blog.example/rss');
  expect(config.subscriptions).toEqual([{ ...sub, channel: 'C000000001' }]);
  expect([...files.values()].join('')).not.toMatch(/950PR to Alibaba|C000000002/u);
  expect([...(await exportedFiles(news.room, null)).keys()]).toEqual([
    'claimwire.yaml',
    'feeds.yaml',
    'topics/deepseek.yaml',
  ]);
});
