import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../src/chat/platform.ts';
import { openMark, readMark } from '../../src/cli/posted-mark.ts';
import { mindRestored } from '../../src/cli/product.ts';
import type { Level } from '../../src/core/alert.ts';
import type { SubscriptionOptions } from '../../src/core/options.ts';
import { EVERYBODY } from '../../src/core/scope.ts';
import type { Status, StatusDecision } from '../../src/core/status.ts';
import { newsTime } from '../../src/core/time.ts';
import { addDecision } from '../../src/ledger/decisions.ts';
import { wantEdits } from '../../src/ledger/cards.ts';
import { liftRefusals } from '../../src/ledger/pauses.ts';
import { one, rows, transaction } from '../../src/ledger/sql.ts';
import { pauseChannel, subscribe, subscribersOf, unsubscribe } from '../../src/ledger/subscriptions.ts';
import { deliverLane } from '../../src/pipeline/deliver.ts';
import { openDesk } from '../../src/pipeline/desk.ts';
import { tellChange, tellOrigins } from '../../src/pipeline/fanout.ts';
import { writeDigests } from '../../src/pipeline/periodic.ts';
import { alertView } from '../chat/examples.ts';
import { directory } from '../config/directories.ts';
import { decided, says, v4OnHuawei } from '../stories.ts';
import { testNewsroom, type TestNewsroom } from '../support/newsroom.ts';

let news: TestNewsroom;
beforeEach(async () => {
  news = await testNewsroom({});
});
afterEach(() => news.close());

const follow = (
  channel: string,
  level: Level = 'changes',
  options: Partial<SubscriptionOptions> = {},
): Promise<unknown> =>
  subscribe(news.room.pool, { platform: 'slack', workspace: 'T1', channel, topic: 'deepseek', level, options }, 'test');

/** A change of a claim, announced to everybody who hears of it. */
async function change(claim: string, from: Status, to: Status, at = '2026-02-28'): Promise<string[]> {
  const known = news.room.beat().claims.get(claim);
  if (known === undefined) throw new Error(claim);
  const decision = { ...decided(v4OnHuawei, [says('supports', 'financial-times')]), claim, status: to };
  return transaction(news.room.pool, async (tx) => {
    const {
      demo: _demo,
      key: _key,
      postedAt: _at,
      possibleRepeat: _repeat,
      ...view
    } = alertView({
      claim: { id: claim, statement: known.statement, status: to },
      from,
      to,
    });
    const { id, seq } = await addDecision(tx, {
      claim,
      scope: EVERYBODY,
      from,
      decision,
      at: newsTime(at),
      announced: true,
      view: { ...view, demo: false },
    });
    await tx.query('update claims set status = $2, current = $3 where id = $1', [claim, to, JSON.stringify(decision)]);
    await wantEdits(tx, claim);
    const audience = { scope: EVERYBODY, subscribers: await subscribersOf(tx, 'deepseek'), sees: () => true };
    const told = { id, seq, claim, topic: 'deepseek', from, to, decision, since: newsTime(at) };
    return tellChange(news.room, tx, known, told, audience);
  });
}

const A = 'v4-on-huawei';
const B = 'v4-trained-on-huawei';
const titles = (channel = 'C1'): string[] =>
  news.poster.sent
    .filter((message) => message.channel === channel && message.edit === undefined)
    .map((message) => message.card.title.split(':')[0] ?? '');
const edits = (): string[] =>
  news.poster.sent.filter((message) => message.edit !== undefined).map((message) => message.edit ?? '');
const alerts = (): Promise<
  { id: string; state: string; reason: string | null; kind: string; told_in: string | null }[]
> => rows(news.room.pool, 'select id::text, state, reason, kind, told_in::text from alerts order by id');
/** Whatever waits in all channels, now. */
async function deliver(): Promise<void> {
  for (const { id } of await rows<{ id: string }>(
    news.room.pool,
    'select min(id)::text as id from alerts group by lane',
  ))
    await deliverLane(news.room, id);
}
const later = (minutes: number): Promise<unknown> =>
  news.room.pool.query(
    `update alerts set due_at = due_at - make_interval(mins => $1), next_attempt_at = next_attempt_at - make_interval(mins => $1)`,
    [minutes],
  );
const editsDue = (): Promise<unknown> => news.room.pool.query('update cards set next_edit_at = now()');

describe('changes that overtake each other', () => {
  it('are told once, as the claim stands in the end', async () => {
    await follow('C1');
    await change(A, 'unverified', 'reported');
    await change(B, 'unverified', 'reported');
    await change(A, 'reported', 'corroborated');
    await change(A, 'corroborated', 'confirmed');
    await deliver();
    expect(titles()).toEqual(['Confirmed', 'Reported']);
    const gone = (await alerts()).filter((alert) => alert.state === 'dropped');
    expect(gone.map((alert) => alert.reason)).toEqual(['superseded by alert 4', 'superseded by alert 4']);
  });

  it('leave what may have been posted in its place: it is looked up, and the later change follows it', async () => {
    await follow('C1');
    await change(A, 'unverified', 'reported');
    news.poster.settleMs = 60_000;
    news.poster.answers.push('lose');
    await deliver();
    await change(A, 'reported', 'confirmed');
    await deliver();
    expect(titles()).toEqual(['Reported']);
    news.poster.settleMs = 0;
    await later(5);
    await deliver();
    expect(titles()).toEqual(['Reported', 'Confirmed']);
  });
});

describe('after an outage', () => {
  it('P5: a channel gets one card for everything that is too old, and nothing of it again', async () => {
    await follow('C1');
    await change(A, 'unverified', 'reported');
    await change(B, 'unverified', 'reported');
    await later(31);
    await deliver();
    expect(titles()).toEqual(['While I was away']);
    const [first, second, card] = await alerts();
    expect([first?.told_in, second?.told_in]).toEqual([card?.id, card?.id]);
    expect(card).toMatchObject({ kind: 'catch-up', state: 'sent' });
    await deliver();
    expect(titles()).toHaveLength(1);
  });

  it('what is still news is posted by itself, after that card', async () => {
    await follow('C1');
    await change(A, 'unverified', 'reported');
    await later(31);
    await change(B, 'unverified', 'confirmed');
    await deliver();
    expect(titles()).toEqual(['While I was away', 'Confirmed']);
  });

  it('a second outage before that card left makes no second card', async () => {
    await follow('C1');
    await change(A, 'unverified', 'reported');
    await later(31);
    const limited: SendOutcome = { outcome: 'limited', retryAfterMs: 60_000, scope: 'channel' };
    news.poster.answers.push(limited);
    await deliver();
    await change(B, 'unverified', 'reported');
    await later(31);
    await news.room.pool.query('delete from pauses');
    await deliver();
    expect(titles()).toEqual(['While I was away']);
    const body = JSON.stringify(news.poster.sent[0]?.card);
    expect(body).toContain('2 claims changed');
  });
});

describe('after the database was restored from a backup', () => {
  it('a channel gets one card for what it was told already, and by itself what is new', async () => {
    await follow('C1');
    await change(A, 'unverified', 'reported');
    await change(B, 'unverified', 'reported');
    await deliver();
    const folder = directory({});
    const path = join(folder, 'last-posted');
    openMark(path, () => Date.parse('2026-03-01'))(news.room.ledger, '2');
    const { pool } = news.room;
    // The backup is from before all that.
    await pool.query(`truncate decisions, cards, alerts restart identity cascade`);
    await pool.query(`update claims set status = 'unverified', current = null`);
    expect(await mindRestored({ pool, ledger: 'another ledger' }, readMark(path))).toBeNull();
    expect(await mindRestored(news.room, readMark(path))).toMatch(/older than what was posted until 2026-03-01T00:00/u);
    await change(A, 'unverified', 'reported');
    await change(B, 'unverified', 'reported');
    await change('v4-within-weeks', 'unverified', 'reported', '2026-03-02');
    await deliver();
    expect(titles()).toEqual(['Reported', 'Reported', 'While I was away', 'Reported']);
    // No number is given out twice, and the next start has nothing to say.
    expect((await alerts()).map((alert) => Number(alert.id)).every((id) => id > 2)).toBe(true);
    expect(await mindRestored(news.room, readMark(path))).toBeNull();
    // A day later all is as ever.
    await pool.query(`update meta set changed_at = now() - interval '25 hours' where key = 'restored'`);
    await change(A, 'reported', 'corroborated');
    await deliver();
    expect(titles().at(-1)).toBe('Corroborated');
  });

  it('a mark that is missing, damaged or cannot be written says nothing and stops nobody', () => {
    const folder = directory({ broken: '{"ledger":', odd: '{"ledger":"l","alert":"x","at":1}' });
    for (const name of ['none', 'broken', 'odd']) expect(readMark(join(folder, name))).toBeNull();
    openMark(join(folder, 'no', 'such', 'folder'))('l', '1');
    const path = join(folder, 'mark');
    let now = 1000;
    const note = openMark(path, () => now);
    note('l', '7');
    note('l', '8');
    expect(readMark(path)).toEqual({ ledger: 'l', alert: 7n, at: 1000 });
    now += 5000;
    note('l', '6');
    note('l', '9');
    expect(readMark(path)?.alert).toBe(9n);
    // The clock is set back by an hour.
    now -= 3_600_000;
    note('l', '10');
    expect(readMark(path)?.alert).toBe(10n);
  });
});

describe('quiet hours', () => {
  const quiet = { from: '22:00', to: '07:00', breakThrough: true };
  it('hold what can wait, let through what was chosen, and end in one card', async () => {
    await follow('C1', 'changes', { quiet });
    news.at('2026-02-28T23:00:00Z');
    await change(A, 'unverified', 'reported');
    await change(B, 'unverified', 'reported');
    await change('v4-within-weeks', 'reported', 'confirmed');
    await deliver();
    expect(titles()).toEqual(['Confirmed']);
    expect((await alerts()).filter((alert) => alert.state === 'pending').map((alert) => alert.reason)).toEqual([
      'quiet hours here until 2026-03-01T07:00:00.000Z',
      'quiet hours here until 2026-03-01T07:00:00.000Z',
    ]);
    news.at('2026-03-01T07:00:00Z');
    await later(8 * 60);
    await deliver();
    expect(titles()).toEqual(['Confirmed', 'During quiet hours']);
  });

  it('hold confirmed too where the channel did not choose to hear it', async () => {
    await follow('C1', 'changes', { quiet: { ...quiet, breakThrough: false } });
    news.at('2026-02-28T06:59:00Z');
    await change(A, 'reported', 'confirmed');
    await deliver();
    expect(titles()).toEqual([]);
    news.at('2026-02-28T07:00:00Z');
    await later(1);
    await deliver();
    expect(titles()).toEqual(['Confirmed']);
  });
});

describe('a channel that was closed to us', () => {
  it('is told in one card what it missed, also what was decided meanwhile, when somebody subscribes again', async () => {
    await follow('C1');
    await change(A, 'unverified', 'reported');
    news.poster.answers.push({ outcome: 'rejected', reason: 'not_in_channel', pause: 'subscription' });
    await deliver();
    await change(A, 'reported', 'confirmed');
    await change(B, 'unverified', 'reported');
    await deliver();
    expect(news.poster.sent).toEqual([]);
    expect((await alerts()).filter((alert) => alert.kind === 'status').map((alert) => alert.state)).toEqual([
      'dropped',
      'held',
      'held',
    ]);
    const asker = { platform: 'slack', workspace: 'T1', channel: 'C1', user: 'U1', mayManage: true } as const;
    expect((await openDesk(news.room).subscribe(asker, 'deepseek', 'changes')).ok).toBe(true);
    await news.drain();
    await deliver();
    expect(titles()).toEqual(['While I could not post here']);
    expect(JSON.stringify(news.poster.sent[0]?.card)).toContain('2 claims changed');
  });
});

describe('a living card', () => {
  it('is the first alert of its claim; later changes are posted under it and it is edited to follow', async () => {
    await follow('C1', 'changes', { place: 'thread' });
    await change(A, 'unverified', 'reported');
    await deliver();
    await change(A, 'reported', 'corroborated');
    await deliver();
    expect(news.poster.sent[1]?.under).toEqual({ messageId: 'm1', threadId: null, place: 'thread' });
    // Not before a minute has passed since it was posted.
    expect(edits()).toEqual([]);
    await editsDue();
    await deliver();
    expect(edits()).toEqual(['m1']);
    expect(news.poster.sent.at(-1)?.card.title).toContain('Corroborated');
    expect(JSON.stringify(news.poster.sent.at(-1)?.card)).toContain('was reported when posted');
  });

  it('is not edited when people would see no difference, nor before an alert that still waits', async () => {
    await follow('C1');
    await change(A, 'unverified', 'reported');
    await deliver();
    const follows = async (): Promise<void> => {
      await transaction(news.room.pool, (tx) => wantEdits(tx, A));
      await editsDue();
      await deliver();
    };
    await follows();
    const before = edits().length;
    await follows();
    expect(edits()).toHaveLength(before);
    news.poster.answers.push({ outcome: 'failed', reason: 'refused' });
    await change(A, 'reported', 'confirmed');
    await deliver();
    await editsDue();
    await deliver();
    expect(edits()).toHaveLength(before);
  });

  it('is edited again when a process died over it, and nobody else edits it meanwhile', async () => {
    await follow('C1');
    await change(A, 'unverified', 'reported');
    await deliver();
    await change(A, 'reported', 'confirmed');
    await deliver();
    await editsDue();
    const held =
      "update cards set lease_token = gen_random_uuid(), lease_owner = $1, lease_until = now() + interval '1 minute'";
    await news.room.pool.query(held, [news.room.owner]);
    await deliver();
    expect(edits()).toEqual([]);
    // That owner is gone.
    await news.room.pool.query(held, [1]);
    await deliver();
    expect(edits()).toEqual(['m1']);
  });

  it('is posted anew at the next change when somebody deleted it', async () => {
    await follow('C1');
    await change(A, 'unverified', 'reported');
    await deliver();
    await change(A, 'reported', 'corroborated');
    await deliver();
    await editsDue();
    news.poster.answers.push({ outcome: 'rejected', reason: 'message_not_found', pause: 'message' });
    await deliver();
    await change(A, 'corroborated', 'confirmed');
    await deliver();
    const last = news.poster.sent.at(-1);
    expect(last?.under).toBeUndefined();
    expect(await one(news.room.pool, 'select message_id from cards')).toEqual({
      message_id: `m${news.poster.sent.length}`,
    });
  });
});

describe('a correction', () => {
  it('reaches every channel that was told the thing corrected, whatever it follows now, and no other', async () => {
    await follow('C1');
    await follow('C2');
    await change(A, 'reported', 'confirmed');
    await deliver();
    await unsubscribe(news.room.pool, 'slack', 'C2', 'deepseek');
    await follow('C3', 'confirmed');
    await change(A, 'confirmed', 'disputed');
    await change(B, 'unverified', 'reported');
    await deliver();
    expect(titles('C1')).toEqual(['Confirmed', 'Disputed', 'Reported']);
    expect(titles('C2')).toEqual(['Confirmed', 'Disputed']);
    expect(titles('C3')).toEqual(['Disputed']);
    const first = `select channel, priority, correction from alerts a join decisions d on d.id = a.decision where d.to_status = 'disputed' order by channel`;
    expect(await rows(news.room.pool, first)).toEqual([
      { channel: 'C1', priority: 0, correction: false },
      { channel: 'C2', priority: 0, correction: true },
      { channel: 'C3', priority: 0, correction: false },
    ]);
  });

  it('is all that a channel hears which has unsubscribed: no further change', async () => {
    await follow('C1');
    await change(A, 'unverified', 'reported');
    await deliver();
    await unsubscribe(news.room.pool, 'slack', 'C1', 'deepseek');
    await change(A, 'reported', 'corroborated');
    await deliver();
    expect(titles()).toEqual(['Reported']);
  });

  it('is what nobody else is told who unsubscribed before the alert left', async () => {
    await follow('C1');
    await change(A, 'unverified', 'reported');
    await unsubscribe(news.room.pool, 'slack', 'C1', 'deepseek');
    await deliver();
    expect(titles()).toEqual([]);
    expect((await alerts())[0]).toMatchObject({ state: 'dropped', reason: 'the channel has unsubscribed' });
  });
});

describe('a new origin', () => {
  /** The claim stays where it is while these origins support it. */
  async function origins(before: readonly string[], after: readonly string[]): Promise<string[]> {
    const known = news.room.beat().claims.get(A);
    if (known === undefined) throw new Error(A);
    const by = (sources: readonly string[]): StatusDecision =>
      decided(
        v4OnHuawei,
        sources.map((one) => says('supports', one)),
      );
    const { key: _key, postedAt: _at, possibleRepeat: _repeat, ...view } = alertView({ claim: { id: A } });
    return transaction(news.room.pool, async (tx) => {
      const audience = { scope: EVERYBODY, subscribers: await subscribersOf(tx, 'deepseek'), sees: () => true };
      const turn = { before: by(before), after: by(after), view: async () => view };
      return tellOrigins(news.room, tx, known, turn, audience);
    });
  }
  const told = (): Promise<{ channel: string; news: string[] }[]> =>
    rows(news.room.pool, `select channel, view->'news' as news from alerts where kind = 'origin' order by id`);

  it('that came, went and came again with another is no news the second time: only the other one is', async () => {
    await follow('C1', 'updates');
    await follow('C2', 'changes');
    await origins(['financial-times', 'the-information'], ['financial-times', 'the-information', 'reuters']);
    await origins(
      ['financial-times', 'the-information'],
      ['financial-times', 'the-information', 'reuters', 'bloomberg'],
    );
    expect(await told()).toEqual([
      { channel: 'C1', news: ['Reuters'] },
      { channel: 'C1', news: ['Bloomberg'] },
    ]);
  });
});

describe('trouble with a platform', () => {
  it('a refused token stops all channels after two requests, in every process, and a start tries again', async () => {
    for (let channel = 1; channel <= 30; channel += 1) await follow(`C${channel}`);
    await change(A, 'unverified', 'reported');
    let requests = 0;
    const { send } = news.poster;
    news.poster.send = async () => {
      requests += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { outcome: 'rejected', reason: 'token_revoked', pause: 'platform' };
    };
    const lanes = await rows<{ id: string }>(news.room.pool, 'select id::text from alerts order by id');
    await Promise.all(lanes.map(({ id }) => deliverLane(news.room, id)));
    await news.drain();
    expect(requests).toBeLessThanOrEqual(2);
    news.poster.send = send;
    await news.sweep();
    const [notice] = (await alerts()).filter((alert) => alert.kind === 'notice');
    expect(news.waiting().filter((job) => job.startsWith('deliver'))).toEqual([`deliver ${notice?.id ?? ''}`]);
    await liftRefusals(news.room.pool);
    await news.sweep();
    expect(news.waiting().filter((job) => job.startsWith('deliver')).length).toBeGreaterThan(1);
  });

  it('a channel that is closed is tried once, and what waits for it is held', async () => {
    await follow('C1');
    await change(A, 'unverified', 'reported');
    await change(B, 'unverified', 'reported');
    news.poster.answers.push({ outcome: 'rejected', reason: 'is_archived', pause: 'subscription' });
    await deliver();
    await deliver();
    expect(news.poster.sent).toEqual([]);
    expect((await alerts()).filter((alert) => alert.kind === 'status').map((alert) => alert.state)).toEqual([
      'held',
      'held',
    ]);
  });
});

describe('a digest', () => {
  it('is written once a period, whoever looks and however often, and tells what changed in it', async () => {
    await follow('C1', 'confirmed', { digest: 'daily', digestHour: 8, timeZone: 'Europe/Berlin' });
    await news.room.pool.query(`update subscriptions set chosen_at = '2026-03-01'`);
    await change(A, 'unverified', 'reported');
    await news.room.pool.query(`update decisions set decided_at = '2026-03-28T12:00:00Z'`);
    for (const time of [
      '2026-03-29T05:59:00Z',
      '2026-03-29T06:00:00Z',
      '2026-03-29T06:00:00Z',
      '2026-03-29T15:00:00Z',
    ]) {
      news.at(time);
      await writeDigests(news.room);
    }
    await deliver();
    expect(titles()).toEqual(['DeepSeek, daily digest']);
    const bodies = news.poster.sent.map((message) => JSON.stringify(message.card));
    expect(bodies.filter((body) => body.includes('1 claim changed'))).toHaveLength(1);
    const keys = await rows<{ key: string }>(
      news.room.pool,
      `select key from alerts where kind = 'digest' order by id`,
    );
    expect(keys.map(({ key }) => key.split('/').slice(1, 4).join('/'))).toEqual(['digest/deepseek/daily 2026-03-29']);
    // The next day's is another one.
    news.at('2026-03-30T06:00:00Z');
    await writeDigests(news.room);
    await deliver();
    expect(titles()).toHaveLength(2);
  });

  it('comes at the hour that was chosen for it, also within quiet hours, and never for a time before it was chosen', async () => {
    const quiet = { from: '22:00', to: '10:00', breakThrough: false };
    await follow('C1', 'confirmed', { digest: 'daily', digestHour: 8, quiet });
    await news.room.pool.query(`update subscriptions set chosen_at = '2026-03-29T09:00:00Z'`);
    news.at('2026-03-29T10:30:00Z');
    expect(await writeDigests(news.room)).toEqual([]);
    news.at('2026-03-30T08:00:00Z');
    await writeDigests(news.room);
    await deliver();
    expect(titles()).toEqual(['DeepSeek, daily digest']);
    const digest = await one<{ view: { from: number; until: number } }>(
      news.room.pool,
      `select view from alerts where kind = 'digest'`,
    );
    // It was 8:00 already when the digest was chosen: this one begins there.
    expect(digest?.view).toMatchObject({
      from: Date.parse('2026-03-29T09:00:00Z'),
      until: Date.parse('2026-03-30T08:00:00Z'),
    });
  });

  it('that could not be written for half a day is left to the next one', async () => {
    await follow('C1', 'confirmed', { digest: 'daily', digestHour: 8 });
    await news.room.pool.query(`update subscriptions set chosen_at = '2026-03-01'`);
    news.at('2026-03-29T20:01:00Z');
    expect(await writeDigests(news.room)).toEqual([]);
    news.at('2026-03-29T19:59:00Z');
    expect(await writeDigests(news.room)).toHaveLength(1);
  });
});

it('a row held for one channel says why, and a paused channel hears nothing', async () => {
  await follow('C1');
  await pauseChannel(news.room.pool, 'slack', 'C1', 'is_archived');
  await change(A, 'unverified', 'confirmed');
  await deliver();
  expect((await alerts())[0]).toMatchObject({ state: 'held', reason: 'paused: is_archived' });
});
