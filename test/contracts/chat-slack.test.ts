import { vi } from 'vitest';
import { slackPlatform } from '../../src/chat/slack/platform.ts';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, bodyText, slackDouble } from '../doubles/slack.ts';
import type { SlackFault } from '../doubles/slack.ts';
import { chatServiceContract } from './chat-platform.ts';
import type { ChatFault } from './chat-platform.ts';

const FAULTS: Readonly<Record<Exclude<ChatFault, 'refused' | 'no-history'>, SlackFault>> = {
  'answer-lost': { kind: 'answer-lost' },
  'error-after-accept': { kind: 'error-after-accept' },
  // Slack counts whole seconds.
  limited: { kind: 'limited', seconds: '2' },
  'channel-gone': { kind: 'refuse', error: 'channel_not_found' },
  'token-revoked': { kind: 'refuse', error: 'token_revoked' },
};
const MENTION = /<[@#]|<!(?!date\^)|@(?:everyone|here|channel)\b/u;

for (const mode of ['Socket Mode', 'HTTP mode'] as const) {
  chatServiceContract(`Slack in ${mode}`, async () => {
    const slack = await slackDouble();
    const platform = slackPlatform({
      botToken: BOT_TOKEN,
      ...(mode === 'Socket Mode' ? { appToken: APP_TOKEN } : { signingSecret: SIGNING_SECRET, port: 0 }),
      apiUrl: slack.apiUrl,
      timeoutMs: 3000,
      cooldown: () => 0,
    });
    let gone = false;
    return {
      platform,
      channel: slack.channel,
      oncePerMarker: false,
      start: (desk) => platform.start(desk),
      seen: async () => (await slack.messages()).map(bodyText),
      mentioned: async () => (await slack.messages()).flatMap((message) => bodyText(message).match(MENTION) ?? []),
      mentionMarkup: MENTION,
      fault: async (kind) => {
        slack.historyReadable = kind !== 'no-history';
        slack.fault = kind === null || kind === 'no-history' || kind === 'refused' ? null : FAULTS[kind];
        if (kind !== 'refused') return;
        gone = true;
        await slack.close();
      },
      type: async (who, root, words) => {
        const user = who.mayManage ? slack.manager : slack.reader;
        const seen = await slack.command(user, `/${root}`, words, mode === 'HTTP mode' ? platform.port() : undefined);
        return {
          acknowledgedMs: seen.acknowledgedMs ?? Infinity,
          answer: vi.waitFor(
            () => {
              const last = seen.answers.at(-1);
              if (last === undefined) throw new Error('no answer');
              return { text: bodyText(last), private: last['response_type'] === 'ephemeral' };
            },
            { timeout: 30_000, interval: 5 },
          ),
        };
      },
      close: async () => {
        await platform.close();
        if (!gone) await slack.close();
      },
    };
  });
}
