/**
 * What is no message: forms (a modal each) and Slack's Home tab, as their platforms show them.
 */
import { DEFAULT_OPTIONS } from '../../src/core/options.ts';
import { modalOf as discordModal } from '../../src/chat/discord/forms.ts';
import { FORM_KINDS, formFor } from '../../src/chat/forms.ts';
import type { Form, Group } from '../../src/chat/forms.ts';
import type { Desk } from '../../src/chat/platform.ts';
import { modalOf as slackModal } from '../../src/chat/slack/forms.ts';
import { homeView } from '../../src/chat/slack/home.ts';
import { deskDouble } from '../chat/examples.ts';
import { discordModalsPage } from './discord-html.ts';
import type { Look } from './pages.ts';
import { slackViewsPage } from './slack-html.ts';

/** One group of pictures of a platform, named like its cards' groups. */
export const VIEWS_GROUP = 'views';

const GROUPS: readonly Group[] = [
  { label: '@desk', value: 'S0DESKGROUP' },
  { label: '@legal', value: 'S0LEGALGROUP' },
];

function forms(groups?: readonly Group[]): Form[] {
  const refused = { ok: false, message: 'not in a picture' } as const;
  const offered: Partial<Desk> = {
    track: async () => refused,
    wrong: async () => refused,
    override: async () => refused,
  };
  const desk = deskDouble(offered);
  const reader = { platform: 'slack', workspace: 'T1' } as const;
  return FORM_KINDS.flatMap((kind) => formFor(desk, reader, kind, 'deepseek', 'v4-on-huawei', {}, groups) ?? []);
}

/** The page in HTML. */
export function viewsPage(look: Look, theme: 'dark' | 'light'): string {
  if (look === 'discord') return discordModalsPage(forms().map(discordModal), theme);
  const topics = deskDouble().topics();
  return slackViewsPage(
    [
      homeView(topics, [
        { channel: 'C1', topic: 'deepseek', level: 'changes', options: { ...DEFAULT_OPTIONS, digest: 'daily' } },
        { channel: 'C2', topic: 'huawei', level: 'confirmed', paused: 'claimwire is not in this channel' },
      ]),
      homeView(topics, []),
      ...forms(GROUPS).map((form) => slackModal(form, 'C1')),
    ],
    theme,
  );
}
