import { assert, property, shuffledSubarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check, type Happened } from './history.ts';

const allowed = { lateAfterMs: 1000 };
const decided = (at: number, claim: string, seq: number, channel = 'slack:C1'): Happened => ({
  what: 'decided',
  at,
  channel,
  claim,
  seq,
  marker: `${claim}${seq}${channel}`,
});
const accepted = (at: number, claim: string, seq: number, channel = 'slack:C1', repeat = false): Happened => ({
  what: 'accepted',
  at,
  channel,
  marker: `${claim}${seq}${channel}`,
  message: `m${at}`,
  repeat,
});

const good: readonly Happened[] = [
  decided(0, 'v4', 1),
  decided(0, 'v4', 1, 'discord:9'),
  accepted(100, 'v4', 1),
  accepted(200, 'v4', 1, 'discord:9'),
  decided(300, 'v4', 2),
  accepted(400, 'v4', 2),
  { what: 'edited', at: 500, channel: 'slack:C1', message: 'm100' },
];

describe('the checker of reliability runs', () => {
  it('finds nothing wrong with a run in which every alert was shown once, in order, in time', () => {
    expect(check(good, allowed)).toEqual({
      alerts: 3,
      lost: [],
      doubled: [],
      disordered: [],
      late: [],
      misplaced: [],
      collapsed: 0,
      repeats: 0,
      typicalMs: 100,
      longestMs: 200,
    });
  });

  const broken: readonly [string, 'lost' | 'doubled' | 'disordered' | 'late' | 'misplaced', readonly Happened[]][] = [
    ['a decided alert was never shown', 'lost', [...good, decided(600, 'v4', 3)]],
    ['an alert was shown in another channel only', 'lost', [decided(0, 'v4', 1), accepted(1, 'v4', 1, 'slack:C2')]],
    ['an alert was shown twice', 'doubled', [...good, accepted(450, 'v4', 2)]],
    ['something was shown that nobody decided', 'doubled', [...good, accepted(450, 'v5', 1)]],
    [
      'an earlier status came after a later one',
      'disordered',
      [decided(0, 'v4', 1), decided(1, 'v4', 2), accepted(100, 'v4', 2), accepted(200, 'v4', 1)],
    ],
    ['an alert was shown before it was decided', 'disordered', [accepted(0, 'v4', 1), decided(500, 'v4', 1)]],
    ['an alert came late while processes ran', 'late', [decided(0, 'v4', 1), accepted(1001, 'v4', 1)]],
    [
      'a message was edited that is not there',
      'misplaced',
      [...good, { what: 'edited', at: 900, channel: 'slack:C1', message: 'm999' }],
    ],
    [
      'a message was edited in the wrong channel',
      'misplaced',
      [...good, { what: 'edited', at: 900, channel: 'discord:9', message: 'm100' }],
    ],
    [
      'an alert was dropped as superseded and the later one never came',
      'lost',
      [decided(0, 'v4', 1), decided(1, 'v4', 2), { what: 'superseded', at: 2, marker: 'v41slack:C1' }],
    ],
    [
      'an alert vanished without a word, though a later one came',
      'lost',
      [decided(0, 'v4', 1), decided(1, 'v4', 2), accepted(3, 'v4', 2)],
    ],
  ];
  it.each(broken)('sees it when %s', (_case, kind, history) => {
    const verdict = check(history, allowed);
    expect(verdict[kind].length).toBeGreaterThan(0);
  });

  it('lets a later status of the same claim stand in for one that was dropped for it', () => {
    const history: Happened[] = [
      decided(0, 'v4', 1),
      decided(1, 'v4', 2),
      { what: 'superseded', at: 2, marker: 'v41slack:C1' },
      accepted(3, 'v4', 2),
    ];
    expect(check(history, allowed)).toMatchObject({ lost: [], disordered: [], collapsed: 1 });
  });

  it('counts a second message as a repeat, not as doubled, when it says so itself', () => {
    const history = [decided(0, 'v4', 1), accepted(1, 'v4', 1), accepted(2, 'v4', 1, 'slack:C1', true)];
    expect(check(history, allowed)).toMatchObject({ doubled: [], repeats: 1 });
  });

  it('does not count the time in which nobody was there to post', () => {
    const history: Happened[] = [
      decided(0, 'v4', 1),
      { what: 'down', at: 100 },
      { what: 'up', at: 5000 },
      accepted(5200, 'v4', 1),
    ];
    expect(check(history, allowed)).toMatchObject({ late: [], longestMs: 300 });
  });

  it('does not count the time in which the disk took nothing, and no moment twice', () => {
    const history: Happened[] = [
      decided(0, 'v4', 1),
      { what: 'full', at: 100 },
      { what: 'down', at: 1000 },
      { what: 'room', at: 4000 },
      { what: 'up', at: 5000 },
      accepted(5200, 'v4', 1),
    ];
    expect(check(history, allowed)).toMatchObject({ late: [], longestMs: 300 });
  });

  it('judges the same whatever order the events are written down in', () => {
    const counts = (events: readonly Happened[]): number[] => {
      const { lost, doubled, disordered, late, misplaced } = check(events, allowed);
      return [lost, doubled, disordered, late, misplaced].map((found) => found.length);
    };
    const expected = counts(good);
    assert(
      property(shuffledSubarray([...good], { minLength: good.length }), (shuffled) => {
        expect(counts(shuffled)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});
