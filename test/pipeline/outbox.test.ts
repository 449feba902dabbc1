/**
 * The outbox as a machine: whatever the platform answers and wherever the worker dies, every alert is shown once; and what the rows must say for that, one by one.
 */
import { array, assert, asyncProperty, constantFrom, integer } from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingMessage, Poster, SendOutcome } from '../../src/chat/platform.ts';
import { dueLanes, holdLane, leaseNext, settle, startSending, type LeasedAlert } from '../../src/ledger/lanes.ts';
import { addAlerts } from '../../src/ledger/outbox.ts';
import { rows } from '../../src/ledger/sql.ts';
import { subscribersOf } from '../../src/ledger/subscriptions.ts';
import { deliverLane } from '../../src/pipeline/deliver.ts';
import { openSlots } from '../../src/pipeline/slots.ts';
import { alertView } from '../chat/examples.ts';
import { testNewsroom, type TestNewsroom } from '../support/newsroom.ts';

const LANE = 'slack:C1';
/** One each: a later status of the same claim would take an earlier one's place. */
const CLAIMS = ['v4-on-huawei', 'v4-within-weeks', 'v4-trained-on-huawei'] as const;
const [CLAIM] = CLAIMS;

let news: TestNewsroom;
beforeAll(async () => {
  news = await testNewsroom({ ft: 'financial-times' });
  await news.subscribe('C1');
  await news.subscribe('C2');
});
afterAll(() => news.close());
beforeEach(async () => {
  await news.room.pool.query('delete from decisions');
  await news.room.pool.query('update subscriptions set paused = null');
});

/** Decides one change of each of `count` claims; both channels hear of each. */
async function decided(count: number): Promise<string[]> {
  const { key: _key, postedAt: _at, possibleRepeat: _repeat, ...view } = alertView();
  const ids: string[] = [];
  for (const claim of CLAIMS.slice(0, count)) {
    const seq = 1;
    const [row] = await rows<{ id: string }>(
      news.room.pool,
      `insert into decisions (claim, seq, from_status, to_status, rule, because, at, announced, decision, view)
       values ($1, $2, 'reported', 'confirmed', 'rule-3-confirmed', 'x', now(), true, '{}', $3) returning id::text`,
      [claim, seq, JSON.stringify({ ...view, claim: { ...view.claim, id: claim } })],
    );
    const decision = { ledger: 'l', id: row?.id ?? '', claim, topic: 'deepseek', seq, scope: '' as const };
    ids.push(...(await addAlerts(news.room.pool, decision, await subscribersOf(news.room.pool, 'deepseek'))));
  }
  return ids;
}

const next = (): Promise<LeasedAlert | undefined> =>
  leaseNext(news.room.pool, LANE, news.room.owner, {
    leaseMs: 15_000,
    ledger: 'l',
    rules: { freshnessMinutes: { confirmed: 30, changes: 30, updates: 30, all: 30 }, tidy: true },
  });

async function lease(): Promise<LeasedAlert> {
  const leased = await next();
  if (leased === undefined) throw new Error('nothing to lease');
  return leased;
}
const stateOf = async (id: string): Promise<Record<string, unknown>> =>
  (await rows<Record<string, unknown>>(news.room.pool, 'select * from alerts where id = $1', [id]))[0] ?? {};
const sets = (sql: string, id: string): Promise<unknown> =>
  news.room.pool.query(`update alerts set ${sql} where id = $1`, [id]);

/** What a platform may do with one request, and where the worker may die around it. */
type Fate = 'accept' | 'lose' | 'limited' | 'failed' | 'die before' | 'die after';
const FATES = ['accept', 'lose', 'limited', 'failed', 'die before', 'die after'] as const;

interface Shown {
  readonly poster: Poster;
  readonly messages: OutgoingMessage[];
}
function fated(fates: Fate[]): Shown {
  const messages: OutgoingMessage[] = [];
  const answers: Readonly<Partial<Record<Fate, SendOutcome>>> = {
    lose: { outcome: 'unknown', reason: 'reset' },
    limited: { outcome: 'limited', retryAfterMs: 1000, scope: 'channel' },
    failed: { outcome: 'failed', reason: 'refused' },
  };
  const poster: Poster = {
    platform: 'slack',
    settleMs: 0,
    async send(message) {
      const fate = fates.shift() ?? 'accept';
      if (fate === 'die before') throw new Error('the worker dies');
      if (fate === 'accept' || fate === 'lose' || fate === 'die after') messages.push(message);
      if (fate === 'die after') throw new Error('the worker dies');
      return answers[fate] ?? { outcome: 'sent', messageId: `m${messages.length}` };
    },
    async lookUp(_channel, marker) {
      const at = messages.findIndex((message) => message.marker === marker);
      return at < 0 ? { found: 'no' } : { found: 'yes', messageId: `m${at + 1}` };
    },
  };
  return { poster, messages };
}

describe('the outbox', () => {
  it('P2: shows every alert once, whatever answers come and wherever the worker dies', async () => {
    await assert(
      asyncProperty(
        array(constantFrom(...FATES), { maxLength: 12 }),
        integer({ min: 1, max: 3 }),
        async (fates, count) => {
          await news.room.pool.query('delete from decisions');
          await news.room.pool.query('delete from cards');
          await decided(count);
          const { poster, messages } = fated([...fates]);
          const room = { ...news.room, slots: openSlots(), posters: new Map([['slack' as const, poster]]) };
          for (let turn = 0; turn < fates.length + 3; turn += 1) {
            // Time passes, and whoever died is known to be gone.
            await news.room.pool.query('delete from pauses');
            await news.room.pool.query(
              `update alerts set next_attempt_at = now(), lease_owner = 1 where state <> 'sent'`,
            );
            for (const { alert } of await dueLanes(room.pool, 10))
              await deliverLane(room, alert).catch(() => undefined);
          }
          const open = await rows(room.pool, `select 1 from alerts where state <> 'sent'`);
          expect(open).toEqual([]);
          for (const channel of ['C1', 'C2']) {
            const wanted = await rows<{ marker: string }>(
              room.pool,
              'select marker from alerts where channel = $1 order by id',
              [channel],
            );
            const shown = messages.filter((message) => message.channel === channel).map((message) => message.marker);
            expect(new Set(shown)).toEqual(new Set(wanted.map((row) => row.marker)));
            expect(shown).toHaveLength(wanted.length);
          }
          expect(JSON.stringify(messages)).not.toContain('Possible repeat');
        },
      ),
      { numRuns: 15 },
    );
  }, 120_000);

  it('gives each channel an alert of its own, and writes it once however often it is written', async () => {
    const first = await decided(1);
    expect(new Set(first).size).toBe(2);
    const again = await rows<{ id: string; seq: number }>(news.room.pool, 'select id::text, seq from decisions');
    const decision = {
      ledger: 'l',
      id: again[0]?.id ?? '',
      claim: CLAIM,
      topic: 'deepseek',
      seq: 1,
      scope: '' as const,
    };
    expect(await addAlerts(news.room.pool, decision, await subscribersOf(news.room.pool, 'deepseek'))).toEqual(first);
    const markers = await rows(news.room.pool, 'select distinct marker from alerts');
    expect(markers).toHaveLength(2);
  });

  it('P13: one channel that hangs or must wait delays no other', async () => {
    await decided(2);
    let wake = (): void => undefined;
    const hanging = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const { poster, messages } = fated([]);
    const slow: Poster = {
      ...poster,
      async send(message, signal) {
        if (message.channel === 'C1') await hanging;
        return poster.send(message, signal);
      },
    };
    const room = { ...news.room, posters: new Map([['slack' as const, slow]]) };
    const [blocked = '', free = ''] = (await dueLanes(room.pool, 10)).map((one) => one.alert);
    const stuck = deliverLane(room, blocked);
    await deliverLane(room, free);
    expect(messages.map((message) => message.channel)).toEqual(['C2', 'C2']);
    wake();
    await stuck;
    expect(messages.map((message) => message.channel)).toEqual(['C2', 'C2', 'C1', 'C1']);
  });

  it('frees a row at once when its worker is gone, and after the lease when it only hangs', async () => {
    await decided(1);
    const mine = await lease();
    expect(await dueLanes(news.room.pool, 10)).toHaveLength(1);
    await sets('lease_owner = 1', mine.id);
    expect(await dueLanes(news.room.pool, 10)).toHaveLength(2);
    const taken = await lease();
    expect(taken.id).toBe(mine.id);
    await sets(`lease_until = now() - interval '1 second'`, taken.id);
    expect((await lease()).id).toBe(mine.id);
  });

  it('marks that a request is under way before it leaves, and only for whoever still holds the lease', async () => {
    await decided(1);
    const mine = await lease();
    expect(mine.inFlightForMs).toBeNull();
    expect(await startSending(news.room.pool, mine, 60_000, false, null)).toBe(true);
    await sets('lease_owner = 1', mine.id);
    const theirs = await lease();
    expect(theirs.inFlightForMs).toBeGreaterThanOrEqual(0);
    expect(await startSending(news.room.pool, mine, 60_000, false, null)).toBe(false);
    expect(await settle(news.room.pool, mine, { state: 'dropped', reason: 'late' })).toBe(false);
    expect((await stateOf(mine.id))['state']).toBe('leased');
  });

  it('sends nothing once its lease is lost', async () => {
    const [first = ''] = await decided(1);
    const { poster, messages } = fated([]);
    // Somebody else takes the row over while this worker looks for an earlier attempt.
    await sets(`sending_at = now() - interval '1 hour'`, first);
    const overtaken: Poster = {
      ...poster,
      async lookUp() {
        await sets('lease_token = gen_random_uuid()', first);
        return { found: 'no' };
      },
    };
    await deliverLane({ ...news.room, posters: new Map([['slack' as const, overtaken]]) }, first);
    expect(messages).toEqual([]);
  });

  it('keeps in mind that a request may be under way exactly as long as that is so', async () => {
    await decided(1);
    const first = await lease();
    await startSending(news.room.pool, first, 60_000, false, null);
    await settle(news.room.pool, first, { state: 'unknown', inMs: 0, reason: 'lost', mayHaveBeenSent: true });
    const second = await lease();
    expect(second.inFlightForMs).not.toBeNull();
    await settle(news.room.pool, second, { state: 'pending', inMs: 0, reason: 'refused', mayHaveBeenSent: false });
    expect((await lease()).inFlightForMs).toBeNull();
  });

  it('waits as long as the settlement says', async () => {
    await decided(1);
    const mine = await lease();
    await settle(news.room.pool, mine, { state: 'pending', inMs: 60_000, reason: 'limited', mayHaveBeenSent: false });
    expect(await next()).toBeUndefined();
    expect((await dueLanes(news.room.pool, 10)).map((one) => one.alert)).not.toContain(mine.id);
  });

  it('holds what waits for a closed channel, but nothing that may be posted already, nor anything elsewhere', async () => {
    const [first = '', , second = ''] = await decided(2);
    await lease();
    await sets(`state = 'unknown', sending_at = now()`, second);
    await holdLane(news.room.pool, LANE, 'is_archived');
    expect((await stateOf(second))['state']).toBe('unknown');
    expect((await stateOf(first))['state']).toBe('leased');
    const elsewhere = await rows<{ state: string }>(
      news.room.pool,
      `select distinct state from alerts where channel = 'C2'`,
    );
    expect(elsewhere).toEqual([{ state: 'pending' }]);
  });
});
