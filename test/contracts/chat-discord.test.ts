import { vi } from 'vitest';
import { discordPlatform } from '../../src/chat/discord/platform.ts';
import { bodyText, discordDouble } from '../doubles/discord.ts';
import type { DiscordFault } from '../doubles/discord.ts';
import { chatServiceContract } from './chat-platform.ts';
import type { ChatFault } from './chat-platform.ts';

const FAULTS: Readonly<Record<Exclude<ChatFault, 'refused' | 'no-history'>, DiscordFault>> = {
  'answer-lost': { kind: 'answer-lost' },
  'error-after-accept': { kind: 'error-after-accept' },
  limited: { kind: 'limit', seconds: 1.5, scope: 'user' },
  'channel-gone': { kind: 'refuse', status: 404, code: 10_003 },
  'token-revoked': { kind: 'refuse', status: 401, code: 0 },
};

chatServiceContract('Discord', async () => {
  const discord = await discordDouble();
  const platform = discordPlatform({
    token: discord.token,
    apiUrl: discord.apiUrl,
    timeoutMs: 3000,
    cooldown: () => 0,
  });
  return {
    platform,
    channel: discord.channel,
    oncePerMarker: true,
    start: (desk) => platform.start(desk),
    seen: async () => discord.messages.map((message) => bodyText(message.body)),
    mentioned: async () =>
      discord.messages.flatMap(({ body }) => {
        const allowed = body['allowed_mentions'] as { parse?: string[] } | undefined;
        // Without the field Discord parses everything.
        return allowed?.parse?.length === 0 ? [] : (bodyText(body).match(/@everyone|@here|<@[!&]?\d+>/gu) ?? []);
      }),
    mentionMarkup: /(?<!\\)<[@#][!&]?\d|@(?:everyone|here)\b|(?<!\\)<\/|(?<!\\)<id:|(?<!\\)<a?:/u,
    fault: async (kind) => {
      discord.heal();
      discord.historyReadable = kind !== 'no-history';
      if (kind === null || kind === 'no-history') return;
      if (kind === 'refused') await discord.close();
      else discord.fault(FAULTS[kind]);
    },
    type: async (who, root, words) => {
      const [sub = '', value] = words.split(' ');
      const option = sub === 'subscribe' ? 'level' : 'claim';
      const seen = discord.interact({
        kind: 'command',
        name: root,
        sub,
        options: value === undefined ? {} : { [option]: value },
        who: who.mayManage ? 'manager' : 'reader',
      });
      await vi.waitFor(
        () => {
          if (seen.acknowledgedMs === null) throw new Error('not acknowledged');
        },
        { timeout: 30_000, interval: 5 },
      );
      return {
        acknowledgedMs: seen.acknowledgedMs ?? Infinity,
        answer: vi.waitFor(
          () => {
            const last = seen.answers.at(-1);
            if (last === undefined || last === null || seen.loading) throw new Error('no answer');
            return { text: bodyText(last.body), private: last.ephemeral };
          },
          { timeout: 30_000, interval: 5 },
        ),
      };
    },
    close: async () => {
      await platform.close();
      await discord.close();
    },
  };
});
