import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addNotice } from '../../src/ledger/outbox.ts';
import { rows } from '../../src/ledger/sql.ts';
import { deliverLane } from '../../src/pipeline/deliver.ts';
import { openSlots } from '../../src/pipeline/slots.ts';
import { testNewsroom, type TestNewsroom } from '../support/newsroom.ts';

describe('how many channels of a platform are served at once', () => {
  it('two at first, one more for each message that gets through, two again after trouble of the whole platform', () => {
    let now = 0;
    const slots = openSlots(() => now);
    const enter = (lane: string): boolean => slots.enter('slack', lane, `of ${lane}`);
    expect([enter('a'), enter('b'), enter('c')]).toEqual([true, true, false]);
    slots.met('slack', 'a', 'ok', 100);
    expect(slots.leave('slack', 'a')).toEqual(['of c']);
    expect([enter('c'), enter('d'), enter('e')]).toEqual([true, true, false]);
    slots.met('slack', 'b', 'trouble', 100);
    expect(slots.leave('slack', 'b')).toEqual([]);
    expect(slots.leave('slack', 'c')).toEqual(['of e']);
    now += 5000;
    // Another platform has its own.
    expect(slots.enter('discord', 'a', '1')).toBe(true);
  });

  it('channels that hang take few places and none of the others', () => {
    const slots = openSlots(() => 0);
    for (let lane = 0; lane < 10; lane += 1) slots.met('slack', `slow ${lane}`, 'else', 15_000);
    const entered = Array.from({ length: 10 }, (_, lane) => slots.enter('slack', `slow ${lane}`, String(lane)));
    expect(entered.filter(Boolean)).toHaveLength(4);
    expect([slots.enter('slack', 'a', '1'), slots.enter('slack', 'b', '2')]).toEqual([true, true]);
  });

  it('a lane that is being served is looked at once more when somebody else came for it', () => {
    const slots = openSlots(() => 0);
    slots.enter('slack', 'a', '1');
    expect(slots.enter('slack', 'a', '2')).toBe(false);
    expect(slots.leave('slack', 'a')).toEqual(['2']);
  });
});

describe('many channels', () => {
  let news: TestNewsroom;
  beforeEach(async () => {
    news = await testNewsroom({});
  });
  afterEach(() => news.close());

  it('one that hangs delays no other by more than two seconds', async () => {
    const CHANNELS = 40;
    const { ledger, pool, queues } = news.room;
    for (let channel = 0; channel <= CHANNELS; channel += 1)
      await addNotice(pool, { ledger, key: String(channel), words: 'x', platform: 'slack', channel: `C${channel}` });
    const [alone, ...all] = await rows<{ id: string }>(pool, 'select id::text from alerts order by id desc');
    const before = performance.now();
    await deliverLane(news.room, alone?.id ?? '');
    const one = performance.now() - before;

    const ended = new AbortController();
    const stops = { stopping: ended.signal, ended: ended.signal };
    const running: Promise<void>[] = [];
    queues.enqueue = async (_name, payload) => {
      running.push(deliverLane(news.room, (payload as { alertId: string }).alertId, stops));
      return true;
    };
    const { send } = news.poster;
    const at: number[] = [];
    const began = performance.now();
    news.poster.send = async (message, signal) => {
      if (message.channel === 'C0') {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return { outcome: 'unknown', reason: 'no answer' };
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
      at.push(performance.now() - began);
      return send(message, signal);
    };
    for (const { id } of all.toReversed()) await queues.enqueue('deliver', { alertId: id }, { jobId: id });
    await vi.waitFor(() => expect(at).toHaveLength(CHANNELS - 1), { timeout: 14_000, interval: 5 });
    ended.abort();
    await Promise.all(running);
    at.sort((a, b) => a - b);
    // Beside what this machine needs for so many messages one after the other.
    expect((at[Math.floor(at.length * 0.95)] ?? Infinity) - one * CHANNELS).toBeLessThan(2000);
  });
});
