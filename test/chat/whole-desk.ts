/**
 * A desk that can do everything the port names, from memory, and remembers who asked it to change what.
 */
import { wallTime } from '../../src/core/time.ts';
import type { Desk } from '../../src/chat/platform.ts';
import { keptAnswers } from '../../src/pipeline/kept-answers.ts';
import { alertView, deskDouble, statusView, whyView } from './examples.ts';
import type { DeskDouble } from './examples.ts';
import { CHECKED, DRAFT, FEEDS, LATEST_ITEMS, LOG, OWN_FEED } from './views.ts';

/** Everything the port names. `calls` holds what changed anything. */
export function wholeDesk(over: Parameters<typeof deskDouble>[0] = {}): DeskDouble {
  const calls: string[] = [];
  const saying =
    <T>(name: string, value: T) =>
    async (...args: readonly unknown[]): Promise<{ ok: true; value: T }> => {
      await over.before?.();
      const [asker, ...rest] = args;
      calls.push([name, (asker as { channel: string }).channel, ...rest].join(' '));
      return { ok: true, value };
    };
  const reading =
    <T>(value: T) =>
    async (): Promise<{ ok: true; value: T }> => {
      await over.before?.();
      return { ok: true, value };
    };
  const why = whyView();
  const all: Partial<Desk> = {
    ...keptAnswers({ wall: () => wallTime(0) }),
    mute: saying('mute', { until: wallTime(Date.parse('2026-05-01T00:00:00Z')) }),
    unmute: saying('unmute', { removed: true, why }),
    mutes: reading([
      {
        topic: 'deepseek',
        claim: 'v4-on-huawei',
        statement: why.claim.statement,
        until: wallTime(Date.parse('2026-05-01T00:00:00Z')),
      },
    ]),
    latest: reading({ topic: 'deepseek', title: 'DeepSeek', items: LATEST_ITEMS, demo: false }),
    check: saying('check', CHECKED),
    track: saying('track', DRAFT),
    confirmTrack: saying('confirmTrack', { claim: 'v5-on-huawei', statement: DRAFT.statement, topic: 'deepseek' }),
    untrack: saying('untrack', { statement: alertView().claim.statement }),
    feeds: reading(FEEDS),
    addFeed: saying('addFeed', { feed: OWN_FEED, known: false }),
    removeFeed: saying('removeFeed', { id: 'example-chips' }),
    testFeed: saying('testFeed', {
      readable: true,
      lines: ['RSS 2.0, 40 entries', 'newest: DeepSeek-V4 preview release'],
    }),
    handIn: saying('handIn', {
      why,
      from: 'corroborated' as const,
      note: 'DeepSeek’s own page, an origin not counted yet',
    }),
    override: saying('override', why),
    revert: saying('revert', why),
    moderators: async (asker, channel) => {
      calls.push(`moderators ${asker.channel} ${String(channel)}`);
      return { ok: true, value: { channel } };
    },
    approvals: async (asker, minutes) => {
      calls.push(`approvals ${asker.channel} ${String(minutes)}`);
      return { ok: true, value: { minutes } };
    },
    answerApproval: saying('answerApproval', { done: 'Approved: it goes out now' }),
    wrong: saying('wrong', { told: true }),
    answerWrong: saying('answerWrong', { done: 'The report was right: thank you' }),
    log: reading(LOG),
    exportAll: reading({
      lines: ['{"kind":"subscription","topic":"deepseek"}', '{"kind":"feed","id":"example-chips"}'],
    }),
  };
  const double = deskDouble({ ...all, ...over });
  return { ...double, calls: collected(double.calls, calls), status: over.status ?? reading(statusView()) };
}

/** Both lists as one, in order of arrival: the double pushes into its own. */
function collected(own: string[], shared: string[]): string[] {
  own.push = (...items) => shared.push(...items);
  return shared;
}
