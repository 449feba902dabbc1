/**
 * A desk with every ability and no answers: what the command table looks like when nothing is left out, for registering
 * commands, the Slack manifest and README's reference.
 */
import type { Desk } from './platform.ts';

type Topics = ReturnType<Desk['topics']>;

async function never(): Promise<{ readonly ok: false; readonly message: string }> {
  return { ok: false, message: 'This desk only shows what there is.' };
}

export function everythingOffered(topics: Topics): Desk {
  return {
    topics: () => topics,
    status: never,
    why: never,
    subscribe: never,
    unsubscribe: never,
    subscriptions: never,
    allSubscriptions: never,
    health: never,
    keep: () => '',
    kept: () => null,
    mute: never,
    unmute: never,
    mutes: never,
    latest: never,
    check: never,
    track: never,
    confirmTrack: never,
    untrack: never,
    feeds: never,
    addFeed: never,
    removeFeed: never,
    testFeed: never,
    handIn: never,
    override: never,
    revert: never,
    moderators: never,
    approvals: never,
    answerApproval: never,
    wrong: never,
    answerWrong: never,
    log: never,
    exportAll: never,
  };
}
