/**
 * The app manifest, made of the command table: what Slack must know before the app can be installed.
 *
 *   claimwire slack manifest > slack-manifest.yaml       api.slack.com/apps, Create New App, From a manifest
 *
 * Limits (docs.slack.dev, app manifest): 50 commands of 32 characters, usage hint 1000, shortcut name 24, callback id 255.
 */
import type { Desk } from '../platform.ts';
import { commandsFor } from '../commands.ts';
import { cutUnits } from '../text.ts';
import { CHECK_SHORTCUT } from './interactions.ts';

const NAME = /^[a-z0-9_-]{1,31}$/u;
const MOST_COMMANDS = 50;

/** What each scope is for; no scope without a use. */
export const SCOPES: Readonly<Record<string, string>> = {
  'app_mentions:read': 'a mention answers with the status',
  'channels:history': 'an alert whose answer was lost is looked up',
  'channels:read': 'who made a channel may manage it; whether we are in it',
  'chat:write': 'alerts and answers',
  commands: 'slash commands and the message shortcut',
  'files:write': 'pictures and the export',
  'groups:history': 'the same look-up in private channels',
  'groups:read': 'the same questions about private channels',
  'im:write': 'the export goes to the one who asked',
  'usergroups:read': 'forms list the groups that can be mentioned',
  'users:read': 'admins and owners may manage; the time zone in forms',
};

export interface ManifestOptions {
  /** Signed HTTP instead of Socket Mode: the public address that ends in /slack/events. */
  readonly url?: string | undefined;
}

/** As a plain value; `topics` without a name that Slack takes are left to `/claimwire <topic>`. */
export function slackManifest(desk: Desk, options: ManifestOptions = {}): Record<string, unknown> {
  const topics = desk.topics().filter((topic) => NAME.test(topic.id) && topic.id !== 'claimwire');
  const url = options.url === undefined ? {} : { url: options.url };
  const request = options.url === undefined ? {} : { request_url: options.url };
  const named = (scope: 'topic' | 'product'): string =>
    [
      ...new Set(
        commandsFor(desk, 'slack')
          .filter((one) => one.scope === scope)
          .map((one) => one.name.split(' ')[0] ?? ''),
      ),
    ].join(' | ');
  const command = (name: string, description: string, hint: string): Record<string, unknown> => ({
    command: `/${name}`,
    description: cutUnits(description, 2000),
    usage_hint: cutUnits(hint, 1000),
    // Channels, groups and links arrive by id, so that they can be told from words.
    should_escape: true,
    ...url,
  });
  return {
    display_information: {
      name: 'claimwire',
      description: 'Counts independent origins, not articles, and posts when a claim’s status changes.',
      background_color: '#2e5fa3',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'claimwire', always_online: true },
      shortcuts: [
        {
          name: 'Check this link',
          type: 'message',
          callback_id: CHECK_SHORTCUT,
          description: 'Whom it credits, who really knew, which claims it touches',
        },
      ],
      slash_commands: [
        ...topics
          .slice(0, MOST_COMMANDS - 1)
          .map((topic) => command(topic.id, `${topic.title}: what is known, who knew, alerts`, named('topic'))),
        command(
          'claimwire',
          'For people who run a channel: tracking, feeds, decisions, log',
          `${named('product')} | <topic> ...`,
        ),
      ],
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: {
      event_subscriptions: {
        ...request,
        bot_events: ['app_home_opened', 'app_mention', 'app_uninstalled', 'member_joined_channel'],
      },
      interactivity: { is_enabled: true, ...request },
      org_deploy_enabled: false,
      socket_mode_enabled: options.url === undefined,
      token_rotation_enabled: false,
    },
  };
}
