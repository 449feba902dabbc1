import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_OPTIONS, checkOptions, optionsFrom } from '../../src/core/options.ts';
import { forgetHeard, hearFirst } from '../../src/ledger/heard.ts';
import { isMuted, muteClaim, mutesIn, mutesOf, unmuteClaim } from '../../src/ledger/mutes.ts';
import { answerApproval, waitingApprovals } from '../../src/ledger/approvals.ts';
import { addNotice } from '../../src/ledger/outbox.ts';
import { rows } from '../../src/ledger/sql.ts';
import { pauseChannel, subscribe, subscriptionsOf } from '../../src/ledger/subscriptions.ts';
import { freshDatabase, type TestDatabase } from '../support/postgres.ts';

describe('options of a subscription, from outside', () => {
  it.each([
    [{ digest: 'daily', digestHour: 8, timeZone: 'Europe/Berlin' }],
    [{ digest: 'weekly', digestWeekday: 7, timeZone: 'America/Argentina/Buenos_Aires' }],
    [{ quiet: { from: '22:00', to: '07:30', breakThrough: true } }],
    [{ quiet: null, mention: null, place: 'thread' }],
    [{ mention: { whom: '123456789012345678', on: 'confirmed' } }],
    [{ timeZone: 'UTC' }],
  ])('takes %j', (given) => expect(checkOptions(given, 'discord')).toEqual({ ok: true, options: given }));

  it.each<[given: unknown, problem: RegExp]>([
    [{ timeZone: 'Mars/Base' }, /no time zone "Mars\/Base"/],
    [{ timeZone: 'EST5' }, /no time zone/],
    [{ timeZone: '+02:00' }, /no time zone/],
    [{ digest: 'hourly' }, /one of none, daily, weekly/],
    [{ digestHour: 24 }, /from 0 to 23/],
    [{ digestHour: 7.5 }, /whole number/],
    [{ digestWeekday: 0 }, /from 1 to 7/],
    [{ quiet: { from: '22:00', to: '22:00', breakThrough: false } }, /the same/],
    [{ quiet: { from: '24:00', to: '7:00', breakThrough: false } }, /22:00 and 07:30/],
    [{ quiet: 'night' }, /22:00 and 07:30/],
    [{ mention: { whom: '@everyone', on: 'confirmed' } }, /whom is a role/],
    [{ mention: { whom: '<@&1> 123456789012345678', on: 'confirmed' } }, /whom is a role/],
    [{ place: 'dm' }, /flat, thread/],
    [{ volume: 11 }, /no option "volume"/],
    ['everything', /not an object/],
  ])('refuses %j', (given, problem) => {
    const checked = checkOptions(given, 'discord');
    expect(checked.ok ? '' : checked.problem).toMatch(problem);
  });

  it('reads what is stored, and leaves out what it does not understand', () => {
    expect(optionsFrom({ digest: 'daily', digestHour: 99, later: true }, 'slack')).toEqual({
      ...DEFAULT_OPTIONS,
      digest: 'daily',
    });
    expect(optionsFrom(null, 'slack')).toEqual(DEFAULT_OPTIONS);
  });
});

describe('what a channel chose', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await freshDatabase();
  });
  afterEach(() => database.close());
  const channel = { platform: 'slack', workspace: 'T1', channel: 'C1', topic: 'deepseek' } as const;

  it('keeps the options that a later choice does not name, and tells why it had been paused', async () => {
    const first = await subscribe(
      database.pool,
      { ...channel, level: 'changes', options: { digest: 'daily', digestHour: 7 } },
      'test',
    );
    expect(first).toMatchObject({ created: true, resumed: null, options: { digest: 'daily', place: 'flat' } });
    await pauseChannel(database.pool, 'slack', 'C1', 'not_in_channel');
    expect(await subscriptionsOf(database.pool, 'slack', 'C1')).toMatchObject([{ paused: 'not_in_channel' }]);
    const second = await subscribe(database.pool, { ...channel, level: 'all', options: { place: 'thread' } }, 'test');
    expect(second).toEqual({
      created: false,
      resumed: 'not_in_channel',
      options: { ...DEFAULT_OPTIONS, digest: 'daily', digestHour: 7, place: 'thread' },
    });
    expect(await subscriptionsOf(database.pool, 'slack', 'C1')).toMatchObject([{ level: 'all', paused: null }]);
  });

  it('mutes a claim in one channel until then, and a shorter mute does not cut a longer one', async () => {
    const mute = { platform: 'slack', workspace: 'T1', channel: 'C1', claim: 'v4-on-huawei', by: 'U1' } as const;
    const until = await muteClaim(database.pool, mute, 7 * 86_400_000);
    expect(await muteClaim(database.pool, mute, 1000)).toBe(until);
    expect(await isMuted(database.pool, 'slack', 'C1', 'v4-on-huawei')).toBe(until);
    expect(await isMuted(database.pool, 'slack', 'C2', 'v4-on-huawei')).toBeNull();
    expect(await mutesOf(database.pool, 'v4-on-huawei')).toHaveLength(1);
    expect(await mutesIn(database.pool, 'slack', 'C1')).toHaveLength(1);
    await database.pool.query(`update mutes set until_at = now() - interval '1 second'`);
    expect(await isMuted(database.pool, 'slack', 'C1', 'v4-on-huawei')).toBeNull();
    expect(await unmuteClaim(database.pool, 'slack', 'C1', 'v4-on-huawei')).toBe(false);
  });

  it('says a word to the operators once per key', async () => {
    const notice = {
      ledger: 'L',
      key: 'feed-dark:x',
      words: 'Feed x is dark.',
      platform: 'console',
      channel: 'op',
    } as const;
    expect(await addNotice(database.pool, notice)).toBe(true);
    expect(await addNotice(database.pool, notice)).toBe(false);
    expect(await rows(database.pool, 'select kind, view from alerts')).toEqual([
      { kind: 'notice', view: { words: 'Feed x is dark.' } },
    ]);
  });

  it('knows for an hour what a platform handed in', async () => {
    expect([await hearFirst(database.pool, 'Ev1'), await hearFirst(database.pool, 'Ev1')]).toEqual([true, false]);
    await database.pool.query(`update heard set at = now() - interval '61 minutes'`);
    await hearFirst(database.pool, 'Ev2');
    await forgetHeard(database.pool);
    expect(await rows(database.pool, 'select id from heard')).toEqual([{ id: 'Ev2' }]);
  });

  it('takes one answer to an alert that waits for approval, and none after its time', async () => {
    const wait = async (key: string, seconds: number): Promise<string> => {
      const [row] = await rows<{ id: string }>(
        database.pool,
        `insert into alerts (key, marker, claim, platform, channel, lane, kind, view, approval, approve_by_at)
         values ($1, $1, 'x', 'slack', 'C1', 'slack:C1', 'notice', '{}', 'waiting', now() + make_interval(secs => $2)) returning id::text`,
        [key, seconds],
      );
      return row?.id ?? '';
    };
    const [a, b, late] = [await wait('a', 60), await wait('b', 30), await wait('late', -1)];
    expect((await waitingApprovals(database.pool)).map(({ alert }) => alert)).toEqual([b, a]);
    expect(await answerApproval(database.pool, a, 'dropped', 'U1')).toBe(true);
    expect(await answerApproval(database.pool, a, 'approved', 'U1')).toBe(false);
    expect(await answerApproval(database.pool, b, 'approved', 'U1')).toBe(true);
    expect(await answerApproval(database.pool, late, 'dropped', 'U1')).toBe(false);
    expect(await rows(database.pool, 'select state, reason from alerts order by id')).toEqual([
      { state: 'dropped', reason: 'dropped by U1' },
      { state: 'pending', reason: null },
      { state: 'pending', reason: null },
    ]);
  });
});
