/**
 * What every chat platform must do, run against the real client over real sockets (console: against a stream).
 *
 *   chatPlatformContract('The console', async () => consoleRig())
 *   chatServiceContract('Discord', async () => discordRig())
 *
 * A rig is one platform, connected to a double of its service. The console has none: it loses no answer and is asked nothing.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChatPlatform, Desk, OutgoingMessage } from '../../src/chat/platform.ts';
import { alertCard } from '../../src/chat/cards.ts';
import { alertView, deskDouble, hostileCard } from '../chat/examples.ts';

export type ChatFault =
  /** The service takes the message and breaks the connection before answering. */
  | 'answer-lost'
  /** The service takes the message and answers 500. */
  | 'error-after-accept'
  /** The service does not listen at all. */
  | 'refused'
  /** Too many requests; the service says to come back in 1.5 s. */
  | 'limited'
  | 'channel-gone'
  | 'token-revoked'
  /** History cannot be read: no scope or permission. */
  | 'no-history';

export interface ChatRig {
  readonly platform: ChatPlatform;
  /** A channel the bot may post in. */
  readonly channel: string;
  /** Connects the platform to the desk; commands arrive from then on. */
  start(desk: Desk): Promise<void>;
  /** Everything people in the channel see, one entry a message, as the service stores it (markup included). */
  seen(): Promise<readonly string[]>;
  /** People (names, ids) that the service would have notified because of a message's markup. */
  mentioned(): Promise<readonly string[]>;
  /** What would be a mention in a stored message of this platform; null where nothing can be. */
  readonly mentionMarkup: RegExp | null;
  close(): Promise<void>;
}

/** A platform with a service elsewhere, which may fail and through which people ask. */
export interface ChatServiceRig extends ChatRig {
  /** Whether posting the same marker twice must leave one message (Discord's nonce). Else look-up must find it. */
  readonly oncePerMarker: boolean;
  /** From now on, until the next call; null: all is well again. */
  fault(kind: ChatFault | null): Promise<void>;
  /** Types `/deepseek status` as somebody. */
  type(who: { readonly mayManage: boolean }, root: string, words: string): Promise<CommandSeen>;
}

interface CommandSeen {
  /** From the command to the service hearing anything back. */
  readonly acknowledgedMs: number;
  /** The final answer's text; resolves when it is there. */
  readonly answer: Promise<{ readonly text: string; readonly private: boolean }>;
}

const never = new AbortController().signal;

function message(rig: ChatRig, marker: string, statement?: string): OutgoingMessage {
  return {
    channel: rig.channel,
    marker,
    card: alertCard(alertView(statement === undefined ? {} : { claim: { statement } })),
  };
}

export function chatPlatformContract(name: string, makeRig: () => Promise<ChatRig>): void {
  describe(`${name} as a chat platform`, () => {
    let rig: ChatRig;
    beforeEach(async () => {
      rig = await makeRig();
    });
    afterEach(async () => {
      await rig.close();
    });

    test('posts an alert once, with claim, status, origins and link', async () => {
      await rig.start(deskDouble());
      const outcome = await rig.platform.send(message(rig, 'marker1'), never);
      expect(outcome.outcome).toBe('sent');
      const seen = await rig.seen();
      expect(seen).toHaveLength(1);
      for (const part of [
        'Confirmed',
        'DeepSeek V4 runs on Huawei Ascend chips',
        'Financial Times',
        'Reuters citing',
      ]) {
        expect(seen[0]).toContain(part);
      }
      expect(seen[0]).toContain('https://api-docs.deepseek.com/news/v4');
    });

    test('an abort before the request left posted nothing; the caller learns it at once', async () => {
      await rig.start(deskDouble());
      const outcome = await rig.platform.send(message(rig, 'marker1'), AbortSignal.abort());
      expect(outcome.outcome).toBe('failed');
      expect(await rig.seen()).toHaveLength(0);
    });

    test('edits a message in place', async () => {
      await rig.start(deskDouble());
      const posted = await rig.platform.send(message(rig, 'marker1'), never);
      if (posted.outcome !== 'sent') throw new Error(posted.outcome);
      const edit = { ...message(rig, 'marker1', 'DeepSeek V4 runs on Huawei chips, edited'), edit: posted.messageId };
      expect(await rig.platform.send(edit, never)).toMatchObject({ outcome: 'sent' });
      expect((await rig.seen()).at(-1)).toContain('edited');
    });

    test('nothing that outsiders wrote mentions anybody, whatever it looks like', async () => {
      await rig.start(deskDouble());
      const outcome = await rig.platform.send({ channel: rig.channel, marker: 'marker1', card: hostileCard() }, never);
      expect(outcome.outcome).toBe('sent');
      expect(await rig.mentioned()).toEqual([]);
      const [seen = ''] = await rig.seen();
      if (rig.mentionMarkup !== null) expect(seen).not.toMatch(rig.mentionMarkup);
      // Only evidence may be pressed: the text's own address has lost its scheme.
      expect(seen).not.toContain('://evil.test');
    });
  });
}

export function chatServiceContract(name: string, makeRig: () => Promise<ChatServiceRig>): void {
  chatPlatformContract(name, makeRig);
  describe(`${name} as a chat service`, () => {
    let rig: ChatServiceRig;
    beforeEach(async () => {
      rig = await makeRig();
    });
    afterEach(async () => {
      await rig.close();
    });

    test('finds its own message by the marker, and says so when there is none', async () => {
      await rig.start(deskDouble());
      await rig.platform.send(message(rig, 'marker1'), never);
      const found = await rig.platform.lookUp(rig.channel, 'marker1', never);
      expect(found).toMatchObject({ found: 'yes' });
      expect(await rig.platform.lookUp(rig.channel, 'marker2', never)).toEqual({ found: 'no' });
    });

    test('never claims to know what it could not look up', async () => {
      await rig.start(deskDouble());
      await rig.platform.send(message(rig, 'marker1'), never);
      await rig.fault('no-history');
      expect(await rig.platform.lookUp(rig.channel, 'marker1', never)).toMatchObject({ found: 'unknown' });
    });

    test('leaves one message when a lost answer is followed by look-up or a second try', async () => {
      await rig.start(deskDouble());
      for (const kind of ['answer-lost', 'error-after-accept'] as const) {
        await rig.fault(kind);
        const first = await rig.platform.send(message(rig, `mark${kind.length}`), never);
        expect(first.outcome).toBe('unknown');
        await rig.fault(null);
        expect(await rig.platform.lookUp(rig.channel, `mark${kind.length}`, never)).toMatchObject({ found: 'yes' });
        if (rig.oncePerMarker) {
          const again = await rig.platform.send(message(rig, `mark${kind.length}`), never);
          expect(again.outcome).toBe('sent');
        }
      }
      expect(await rig.seen()).toHaveLength(2);
    });

    test('knows that a refused connection posted nothing', async () => {
      // Not started: a connection kept alive from before would break instead of being refused, and that is 'unknown'.
      await rig.fault('refused');
      const outcome = await rig.platform.send(message(rig, 'marker1'), never);
      expect(outcome.outcome).toBe('failed');
    });

    test('hands back how long the platform told it to wait, and does not wait itself', async () => {
      await rig.start(deskDouble());
      await rig.fault('limited');
      const began = Date.now();
      const outcome = await rig.platform.send(message(rig, 'marker1'), never);
      expect(outcome).toMatchObject({ outcome: 'limited', scope: 'channel' });
      if (outcome.outcome !== 'limited') return;
      expect(outcome.retryAfterMs).toBeGreaterThan(900);
      expect(outcome.retryAfterMs).toBeLessThan(3000);
      expect(Date.now() - began).toBeLessThan(1000);
      expect(await rig.seen()).toHaveLength(0);
    });

    test('pauses the subscription when its channel is gone', async () => {
      await rig.start(deskDouble());
      await rig.fault('channel-gone');
      const outcome = await rig.platform.send(message(rig, 'marker1'), never);
      expect(outcome).toMatchObject({ outcome: 'rejected', pause: 'subscription' });
    });

    test('stops the platform when its token is revoked', async () => {
      await rig.start(deskDouble());
      await rig.fault('token-revoked');
      for (const marker of ['marker1', 'marker2']) {
        const outcome = await rig.platform.send(message(rig, marker), never);
        expect(outcome).toMatchObject({ outcome: 'rejected', pause: 'platform' });
      }
    });

    test('acknowledges a command within 3 s although the desk is stalled, and answers when it wakes', async () => {
      let wake = (): void => {};
      const stalled = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await rig.start(deskDouble({ before: () => stalled }));
      const seen = await rig.type({ mayManage: false }, 'deepseek', 'status');
      expect(seen.acknowledgedMs).toBeLessThan(3000);
      wake();
      const { text } = await seen.answer;
      expect(text).toContain('DeepSeek V4 runs on Huawei Ascend chips');
      expect(text).toContain('3 independent origins');
    });

    test('answers a misspelt command with the nearest one, for the asker alone', async () => {
      await rig.start(deskDouble());
      const seen = await rig.type({ mayManage: true }, 'deepseek', 'why v4-on-hauwei');
      const { text, private: alone } = await seen.answer;
      expect(text).toContain('v4-on-huawei');
      expect(alone).toBe(true);
    });

    test('refuses subscribe to people who may not manage the channel, and does it for those who may', async () => {
      const desk = deskDouble();
      await rig.start(desk);
      const refused = await (await rig.type({ mayManage: false }, 'deepseek', 'subscribe confirmed')).answer;
      expect(refused.text).toContain('may manage this channel');
      expect(refused.private).toBe(true);
      expect(desk.calls).toEqual([]);
      const done = await (await rig.type({ mayManage: true }, 'deepseek', 'subscribe confirmed')).answer;
      expect(done.text).toContain('now follows DeepSeek');
      expect(done.private).toBe(false);
      expect(desk.calls).toEqual([`subscribe ${rig.channel} deepseek confirmed`]);
    });

    test('says that it is our fault when the desk breaks, and goes on', async () => {
      let broken = true;
      await rig.start(
        deskDouble({
          before: async () => {
            if (broken) throw new Error('the database is gone');
          },
        }),
      );
      const bad = await (await rig.type({ mayManage: true }, 'deepseek', 'status')).answer;
      expect(bad.text).toContain('our fault');
      expect(bad.text).not.toContain('database is gone');
      broken = false;
      const good = await (await rig.type({ mayManage: true }, 'deepseek', 'status')).answer;
      expect(good.text).toContain('what is known');
    });
  });
}
