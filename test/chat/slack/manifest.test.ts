import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SCOPES } from '../../../src/chat/slack/manifest.ts';

/** Limits: type comments of @slack/web-api 8.2.0, manifest. */
const Manifest = z.object({
  display_information: z.object({ name: z.string().max(35), description: z.string().max(140) }),
  features: z.object({
    bot_user: z.object({ display_name: z.string().max(80) }),
    shortcuts: z
      .array(z.object({ name: z.string().max(24), callback_id: z.string().max(255), description: z.string().max(150) }))
      .max(10),
    slash_commands: z
      .array(
        z.object({
          command: z
            .string()
            .max(32)
            .regex(/^\/[a-z0-9_-]+$/u),
          description: z.string().max(2000),
          usage_hint: z.string().max(1000),
        }),
      )
      .max(50),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()).max(255) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()).max(100) }),
    interactivity: z.object({ is_enabled: z.literal(true) }),
    socket_mode_enabled: z.literal(true),
  }),
});

test('the manifest keeps Slack’s limits and asks for no more than the product uses', () => {
  const manifest = Manifest.parse(parse(readFileSync('config/slack-manifest.yaml', 'utf8')));
  expect(manifest.features.slash_commands.map((one) => one.command)).toEqual([
    '/deepseek',
    '/export-controls',
    '/huawei',
    '/claimwire',
  ]);
  // Each scope has a reason beside it.
  expect(manifest.oauth_config.scopes.bot).toEqual(Object.keys(SCOPES));
});
