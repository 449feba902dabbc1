import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/chat/platform.ts';
import { muteClaim } from '../../src/ledger/mutes.ts';
import { leaseNext, settle, type LeasedAlert } from '../../src/ledger/lanes.ts';
import { markerOf } from '../../src/ledger/outbox.ts';
import { one, rows } from '../../src/ledger/sql.ts';
import { afterLookUp, deliverLane, settlementOf } from '../../src/pipeline/deliver.ts';
import { testNewsroom, type TestNewsroom } from '../support/newsroom.ts';

describe('what is written down after an attempt', () => {
  const table: readonly [string, SendOutcome, object][] = [
    ['accepted', { outcome: 'sent', messageId: '7' }, { state: 'sent', messageId: '7' }],
    [
      'told to wait',
      { outcome: 'limited', retryAfterMs: 1500, scope: 'channel' },
      { state: 'pending', inMs: 1500, mayHaveBeenSent: false },
    ],
    ['never left', { outcome: 'failed', reason: 'refused' }, { state: 'pending', mayHaveBeenSent: false }],
    ['answer lost', { outcome: 'unknown', reason: 'reset' }, { state: 'unknown', mayHaveBeenSent: true }],
    ['channel gone', { outcome: 'rejected', reason: 'gone', pause: 'subscription' }, { state: 'held' }],
    ['token refused', { outcome: 'rejected', reason: '401', pause: 'platform' }, { state: 'pending', inMs: 300_000 }],
    ['message refused', { outcome: 'rejected', reason: 'too long', pause: 'message' }, { state: 'dropped' }],
  ];
  it.each(table)('%s', (_when, outcome, expected) => expect(settlementOf(outcome, 1)).toMatchObject(expected));

  it('waits longer after each attempt that did not get through, and never over five minutes', () => {
    const waits = [1, 2, 5, 30].map((attempt) => settlementOf({ outcome: 'failed', reason: 'refused' }, attempt));
    expect(waits.map((wait) => 'inMs' in wait && wait.inMs)).toEqual([2000, 4000, 32_000, 300_000]);
  });
});

describe('after an attempt that may have been posted', () => {
  it('is done when the message is there, whatever the policy', () => {
    for (const policy of ['repost', 'hold'] as const) {
      expect(afterLookUp({ found: 'yes', messageId: '7' }, policy)).toEqual({ act: 'done', messageId: '7' });
    }
  });
  it('sends again, unmarked, when it is certainly not there', () => {
    expect(afterLookUp({ found: 'no' }, 'hold')).toEqual({ act: 'send', repeat: false });
  });
  it('sends again marked as a possible repeat, or holds, when nobody can tell', () => {
    const blind = { found: 'unknown', reason: 'no history scope' } as const;
    expect(afterLookUp(blind, 'repost')).toEqual({ act: 'send', repeat: true });
    expect(afterLookUp(blind, 'hold')).toMatchObject({ act: 'hold' });
  });
});

describe('a lane of the outbox', () => {
  let news: TestNewsroom;
  beforeEach(async () => {
    news = await testNewsroom({ ft: 'financial-times', ti: 'the-information' });
    await news.subscribe('C1');
    await news.sweep();
    await news.drain();
    await news.turn();
    news.at('2026-02-28T01:00:00Z');
    news.pages.get('ft')?.push({
      guid: 'ft-1',
      published: '2026-02-28T00:10:00Z',
      title: 'DeepSeek readies V4 for Huawei chips',
      summary:
        'DeepSeek has optimised V4 to run on Huawei chips, two people with knowledge of the matter told the Financial Times. V4 is to be released next week, they said.',
      url: 'https://www.ft.com/content/test-scoop',
    });
    await news.room.pool.query('update feeds set next_poll_at = now()');
    await news.turnOnly('poll');
    await news.turnOnly('judge');
    await news.turnOnly('decide');
  });
  afterEach(() => news.close());

  const alerts = (): Promise<
    { id: string; state: string; attempts: number; reason: string | null; possible_repeat: boolean }[]
  > =>
    rows(
      news.room.pool,
      `select id::text, state, attempts, reason, possible_repeat from alerts where kind = 'status' order by id`,
    );
  const due = async (): Promise<void> => {
    await news.room.pool.query('update alerts set next_attempt_at = now()');
    await news.room.pool.query('delete from pauses');
  };
  const deliver = async (): Promise<void> => {
    const first = (await alerts())[0];
    if (first === undefined) throw new Error('there is no alert');
    await due();
    await deliverLane(news.room, first.id);
  };

  it('looks before it posts again when an answer was lost, and does not post twice', async () => {
    news.poster.answers.push('lose');
    await deliver();
    const outcomes = await rows<{ outcome: string }>(news.room.pool, 'select outcome from deliveries order by id');
    expect(outcomes[0]?.outcome).toBe('unknown');
    expect(new Set((await alerts()).map((alert) => alert.state))).toEqual(new Set(['sent']));
    const markers = news.poster.sent.map((message) => message.marker);
    expect(new Set(markers).size).toBe(markers.length);
  });

  it('waits until the platform has settled before it looks', async () => {
    news.poster.settleMs = 60_000;
    news.poster.answers.push('lose');
    await deliver();
    await deliver();
    expect((await alerts())[0]).toMatchObject({
      state: 'unknown',
      reason: 'waiting for the platform to settle before looking',
    });
    // Only the claim itself waits; the channel's other claims go on.
    expect((await alerts()).map((alert) => alert.state)).toEqual(['unknown', 'sent']);
    expect(new Set(news.poster.sent.map((message) => message.marker)).size).toBe(news.poster.sent.length);
  });

  it('P3: marks a repeat as possible when the platform cannot be asked', async () => {
    news.poster.answers.push('lose');
    news.poster.looks.push({ found: 'unknown', reason: 'missing scope' });
    await deliver();
    await deliver();
    const [first, again] = news.poster.sent.filter((message) => message.marker === news.poster.sent[0]?.marker);
    expect(JSON.stringify(first?.card)).not.toContain('Possible repeat');
    expect(JSON.stringify(again?.card)).toContain('Possible repeat');
    expect((await alerts())[0]).toMatchObject({ state: 'sent', possible_repeat: true });
  });

  it('leaves a channel alone for as long as the platform says, and keeps the order', async () => {
    const before = await alerts();
    expect(before.length).toBeGreaterThan(1);
    news.poster.answers.push({ outcome: 'limited', retryAfterMs: 60_000, scope: 'channel' });
    await deliver();
    expect(news.poster.sent).toEqual([]);
    await deliverLane(news.room, before.at(-1)?.id ?? '');
    expect(news.poster.sent).toEqual([]);
    await deliver();
    expect((await alerts()).every((alert) => alert.state === 'sent')).toBe(true);
    const order = await rows<{ marker: string }>(news.room.pool, 'select marker from alerts order by id');
    expect(news.poster.sent.map((message) => message.marker)).toEqual(order.map((row) => row.marker));
  });

  it('P16: pauses the subscription after one try when the channel is gone, and posts nothing more there', async () => {
    news.poster.answers.push({ outcome: 'rejected', reason: 'channel_not_found', pause: 'subscription' });
    await deliver();
    expect((await alerts())[0]).toMatchObject({ state: 'held', reason: 'channel_not_found' });
    const sub = await one<{ paused: string }>(news.room.pool, 'select paused from subscriptions');
    expect(sub?.paused).toBe('channel_not_found');
    expect((await alerts()).map((alert) => alert.state)).toEqual(['held', 'held']);
    expect(news.poster.sent).toEqual([]);
    // Who runs the bot is told once.
    await rows(news.room.pool, `update alerts set state = 'pending' where kind = 'status'`);
    news.poster.answers.push({ outcome: 'rejected', reason: 'channel_not_found', pause: 'subscription' });
    await deliver();
    const notices = await rows<{ view: { words: string } }>(
      news.room.pool,
      `select view from alerts where kind = 'notice'`,
    );
    expect(notices.map(({ view }) => view.words)).toEqual([
      'Slack takes no posts in channel C1 (channel_not_found). Let the bot in and allow it to post there, then subscribe again in it: its subscriptions are paused until then.',
    ]);
  });

  it('posts nothing about a claim that was muted since it was decided', async () => {
    const [first] = await rows<{ claim: string }>(news.room.pool, 'select claim from alerts order by id');
    const claim = first?.claim ?? '';
    await muteClaim(news.room.pool, { platform: 'slack', workspace: 'T1', channel: 'C1', claim, by: 'U1' }, 60_000);
    await deliver();
    const [alert] = await alerts();
    expect(alert?.state).toBe('dropped');
    expect(alert?.reason).toMatch(/^muted here until 20/);
  });

  it('lets nobody else take a row that is being sent, and refuses a writer whose lease was taken over', async () => {
    const lease = (): Promise<LeasedAlert | undefined> =>
      leaseNext(news.room.pool, 'slack:C1', news.room.owner, {
        leaseMs: 15_000,
        ledger: news.room.ledger,
        rules: { freshnessMinutes: news.room.beat().config.delivery.freshnessMinutes, tidy: true },
      });
    const mine = await lease();
    expect(await lease()).toBeUndefined();
    // The owner dies: its presence is gone, so its lease is free at once.
    await news.room.pool.query('update alerts set lease_owner = 1 where id = $1', [mine?.id]);
    const theirs = await lease();
    expect(theirs?.id).toBe(mine?.id);
    if (mine === undefined || theirs === undefined) throw new Error('no lease');
    expect(await settle(news.room.pool, mine, { state: 'sent', messageId: 'late' })).toBe(false);
    expect(await settle(news.room.pool, theirs, { state: 'sent', messageId: 'ok' })).toBe(true);
  });

  it('gives one alert one marker for ever, in at most 25 plain characters', () => {
    expect(markerOf('a/1/slack/C1')).toBe(markerOf('a/1/slack/C1'));
    expect(markerOf('a/1/slack/C1')).not.toBe(markerOf('a/1/slack/C2'));
    expect(markerOf('a/1/slack/C1')).toMatch(/^[a-z0-9]{25}$/);
  });
});
