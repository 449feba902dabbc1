import { expect, test } from 'vitest';
import { checkTokens, currentSlackToken, openPlatforms } from '../../src/cli/platforms.ts';
import { shippedConfigDir } from '../../src/config/home.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Newsroom } from '../../src/pipeline/newsroom.ts';
import { APP_TOKEN, BOT_TOKEN, CLIENT, slackDouble } from '../doubles/slack.ts';
import { freshDatabase, silentLog } from '../support/postgres.ts';
import { directory } from '../config/directories.ts';

test('with token rotation the bot posts with a token of its own, and `check` asks Slack with that one', async () => {
  const slack = await slackDouble();
  const database = await freshDatabase();
  try {
    const loaded = loadConfig({
      shippedDir: shippedConfigDir(),
      userDir: null,
      env: {
        CLAIMWIRE_DATA: directory({}),
        SLACK_BOT_TOKEN: BOT_TOKEN,
        SLACK_APP_TOKEN: APP_TOKEN,
        SLACK_API_URL: slack.apiUrl,
        SLACK_REFRESH_TOKEN: slack.refreshToken,
        SLACK_CLIENT_ID: CLIENT.id,
        SLACK_CLIENT_SECRET: CLIENT.secret,
      },
    });
    if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
    const { config } = loaded;
    expect(loaded.warnings).toEqual([]);
    const log = silentLog as Newsroom['log'];
    const platforms = await openPlatforms(config, {
      io: {
        env: {},
        stdin: process.stdin,
        out: () => undefined,
        err: () => undefined,
        stop: new AbortController().signal,
      },
      log,
      roles: new Set(['deliver']),
      json: false,
      style: 'line',
      dataDir: config.dataDir,
    });
    const room = { pool: database.pool } as Newsroom;
    await platforms.attach(room, { owner: 1, join: async () => 0, together: async () => 1, close: async () => {} });
    expect(await currentSlackToken(config, database.pool)).toBe('xoxe.xoxb-1-double-1');

    // The one from the settings has ended since; `check` is not misled by that, and says what to expect when nothing runs.
    slack.ended.add(BOT_TOKEN);
    const line = async (): Promise<string> => {
      const findings = await checkTokens(config, await currentSlackToken(config, database.pool));
      const found = findings.find((one) => one.part === 'Slack');
      return `${found?.state}: ${found?.says}`;
    };
    expect(await line()).toMatch(/^ok: Slack: signed in as/u);
    slack.ended.add('xoxe.xoxb-1-double-1');
    expect(await line()).toBe('note: Slack: the token has ended; the bot renews it when it starts');
  } finally {
    await database.close();
    await slack.close();
  }
});
