import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertKind } from '../../src/core/alert.ts';
import { planLane, type LaneRules, type Waiting } from '../../src/core/lane.ts';

const MINUTES = 60_000;
const rules: LaneRules = { freshnessMinutes: { confirmed: 60, changes: 30, updates: 30, all: 30 }, tidy: true };

let ids = 0;
function waits(claim: string, over: Partial<Waiting> = {}): Waiting {
  ids += 1;
  return {
    id: String(ids),
    kind: 'status',
    claim,
    priority: 1,
    mayBeThere: false,
    held: false,
    awaitsApproval: false,
    inMs: 0,
    ageMs: 0,
    quiet: false,
    level: 'changes',
    ...over,
  };
}

describe('what leaves a channel next', () => {
  it('is the oldest, when nothing else is to be said', () => {
    const [a, b] = [waits('A'), waits('B')];
    expect(planLane([a, b], rules).next).toBe(a.id);
  });

  it('is what is settled, before what is only reported', () => {
    const [a, b] = [waits('A'), waits('B', { priority: 0 })];
    expect(planLane([a, b], rules).next).toBe(b.id);
  });

  it('is nothing while a message is in flight', () => {
    expect(planLane([waits('A', { held: true }), waits('B')], rules).next).toBeNull();
  });

  it('is another claim while one waits to be looked up, and never a later change of that one', () => {
    const unsure = waits('A', { mayBeThere: true, inMs: 30_000 });
    const [later, other] = [waits('A', { priority: 0 }), waits('B')];
    expect(planLane([unsure, later], rules)).toMatchObject({ next: null, superseded: [] });
    expect(planLane([unsure, later, other], rules).next).toBe(other.id);
  });

  it('is not what a person has still to approve, and that holds nobody up', () => {
    const [asked, other] = [waits('A', { awaitsApproval: true }), waits('B')];
    expect(planLane([asked], rules).next).toBeNull();
    expect(planLane([asked, other], rules).next).toBe(other.id);
    // A new origin would tell what is not approved.
    expect(planLane([asked, waits('A', { kind: 'origin' })], rules).next).toBeNull();
  });
});

describe('what is not said any more', () => {
  it('is a change that a later one of the same claim has overtaken', () => {
    const [reported, other, confirmed] = [waits('A'), waits('B'), waits('A')];
    expect(planLane([reported, other, confirmed], rules).superseded).toEqual([{ id: reported.id, by: confirmed.id }]);
  });

  it('is never what may have been posted already', () => {
    expect(planLane([waits('A', { mayBeThere: true }), waits('A')], rules).superseded).toEqual([]);
  });

  it('is a new origin once its claim has changed, but no change because of a new origin', () => {
    const [origin, change, another] = [waits('A', { kind: 'origin' }), waits('A'), waits('A', { kind: 'origin' })];
    expect(planLane([origin, change], rules).superseded).toEqual([{ id: origin.id, by: change.id }]);
    expect(planLane([change, another], rules)).toMatchObject({ superseded: [], next: change.id });
  });

  it('is a change that waits for approval when a later one may leave, and not the other way round', () => {
    const [asked, later] = [waits('A', { awaitsApproval: true }), waits('A')];
    expect(planLane([asked, later], rules).superseded).toEqual([{ id: asked.id, by: later.id }]);
    const [first, unsure] = [waits('B'), waits('B', { awaitsApproval: true })];
    expect(planLane([first, unsure], rules)).toMatchObject({ superseded: [], next: first.id });
  });

  it('is nothing in the demo, where half a year passes in a minute', () => {
    const [old, late] = [waits('A', { ageMs: 90 * MINUTES }), waits('A')];
    expect(planLane([old, late], { ...rules, tidy: false })).toMatchObject({
      superseded: [],
      catchUp: [],
      next: old.id,
    });
  });
});

describe('what is told in one card', () => {
  it('is every change older than its level allows, and nothing newer', () => {
    const old = waits('A', { ageMs: 31 * MINUTES });
    const strict = waits('B', { ageMs: 31 * MINUTES, level: 'confirmed' });
    const fresh = waits('C');
    expect(planLane([old, strict, fresh], rules)).toMatchObject({ catchUp: [old.id], because: 'late', next: null });
  });

  it('takes in an earlier card of that kind that has not left', () => {
    const [card, old] = [waits('', { kind: 'catch-up' }), waits('A', { ageMs: 99 * MINUTES })];
    expect(planLane([card, old], rules).catchUp).toEqual([card.id, old.id]);
  });

  it('is nothing that comes after what may be there: that is looked up first', () => {
    const unsure = waits('A', { mayBeThere: true, inMs: 30_000, ageMs: 99 * MINUTES });
    const later = waits('A', { ageMs: 99 * MINUTES });
    expect(planLane([unsure, later], rules)).toMatchObject({ catchUp: [], next: null });
    const card = waits('', { kind: 'catch-up', mayBeThere: true });
    expect(planLane([card, waits('B', { ageMs: 99 * MINUTES })], rules).catchUp).not.toContain(card.id);
  });

  it('is not what the platform asked to wait with: that is decided when it could be sent', () => {
    expect(planLane([waits('A', { ageMs: 99 * MINUTES, inMs: 500 })], rules)).toMatchObject({
      catchUp: [],
      next: null,
    });
  });

  it('is what quiet hours held back, when it is more than one', () => {
    const [a, b] = [waits('A', { quiet: true }), waits('B', { quiet: true })];
    expect(planLane([a], rules)).toMatchObject({ catchUp: [], next: a.id });
    expect(planLane([a, b], rules)).toMatchObject({ catchUp: [a.id, b.id], because: 'quiet' });
  });

  it('is never a story: an old one is no news', () => {
    const story = waits('', { kind: 'story', ageMs: 31 * MINUTES });
    expect(planLane([story], rules)).toMatchObject({ tooLate: [story.id], catchUp: [], next: null });
    // Unless it may be posted already: then that is looked up.
    const unsure = { ...story, mayBeThere: true };
    expect(planLane([unsure], rules)).toMatchObject({ tooLate: [], next: unsure.id });
  });

  it('leaves before anything else is said on any claim', () => {
    const [card, change] = [waits('', { kind: 'catch-up', priority: 0 }), waits('A', { priority: 0 })];
    expect(planLane([card, change], rules).next).toBe(card.id);
    const limited = { ...card, inMs: 5000 };
    expect(planLane([limited, change], rules).next).toBeNull();
    // Nor a later card of that kind.
    const second = waits('', { kind: 'catch-up', priority: 0 });
    expect(planLane([limited, second], rules).next).toBeNull();
  });
});

/** One lane over time: changes arrive, requests meet every fate, processes die; the ledger follows the plan. */
type Step =
  | {
      readonly do: 'decide';
      readonly claim: string;
      readonly kind: AlertKind;
      readonly priority: number;
      readonly approve: boolean;
    }
  | { readonly do: 'send'; readonly fate: 'sent' | 'lost answer' | 'limited' | 'failed' | 'died before' | 'died after' }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'approve' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      claim: fc.constantFrom('A', 'B', 'C'),
      kind: fc.constantFrom<AlertKind>('status', 'status', 'status', 'origin'),
      priority: fc.constantFrom(0, 1),
      approve: fc.boolean().map((yes) => yes),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      fate: fc.constantFrom('sent', 'sent', 'lost answer', 'limited', 'failed', 'died before', 'died after'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 10, 45) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'approve' } as const) },
);

interface Row {
  readonly id: string;
  readonly kind: AlertKind;
  readonly claim: string;
  readonly priority: number;
  readonly born: number;
  awaits: boolean;
  dueAt: number;
  mayBeThere: boolean;
  state: 'open' | 'sent' | 'dropped';
  toldIn: string | null;
  tells: string[];
}

function play(steps: readonly Step[]): { readonly rows: readonly Row[]; readonly shown: readonly string[] } {
  const rows: Row[] = [];
  /** What the platform shows, by id, in order: the marker keeps a found message from being posted again. */
  const shown: string[] = [];
  let now = 0;
  const open = (): Row[] => rows.filter((row) => row.state === 'open');
  const add = (row: Pick<Row, 'kind' | 'claim' | 'priority' | 'awaits'>, tells: string[] = []): Row => {
    const full: Row = {
      ...row,
      id: String(rows.length + 1),
      born: now,
      dueAt: now,
      mayBeThere: false,
      state: 'open',
      toldIn: null,
      tells,
    };
    rows.push(full);
    return full;
  };
  const turn = (fate: Extract<Step, { do: 'send' }>['fate']): boolean => {
    for (;;) {
      const waiting = open().map((row): Waiting => ({
        ...waits(row.claim),
        id: row.id,
        kind: row.kind,
        priority: row.priority,
        mayBeThere: row.mayBeThere,
        awaitsApproval: row.awaits,
        inMs: row.dueAt - now,
        ageMs: now - row.born,
      }));
      const plan = planLane(waiting, rules);
      const byId = new Map(rows.map((row) => [row.id, row]));
      for (const { id } of plan.superseded) Object.assign(byId.get(id) ?? {}, { state: 'dropped' });
      for (const id of plan.tooLate) Object.assign(byId.get(id) ?? {}, { state: 'dropped' });
      if (plan.catchUp.length > 0) {
        const parts = plan.catchUp.map((id) => byId.get(id));
        const card = add(
          { kind: 'catch-up', claim: '', priority: 0, awaits: false },
          parts.flatMap((row) => (row?.kind === 'catch-up' ? row.tells : [row?.id ?? ''])),
        );
        for (const id of [...plan.catchUp, ...card.tells])
          Object.assign(byId.get(id) ?? {}, { state: 'dropped', toldIn: card.id });
      }
      if (plan.superseded.length + plan.tooLate.length + plan.catchUp.length > 0) continue;
      const row = plan.next === null ? undefined : byId.get(plan.next);
      if (row === undefined) return false;
      if (row.mayBeThere) {
        // Looked up before anything else.
        row.mayBeThere = false;
        if (shown.includes(row.id)) row.state = 'sent';
        return true;
      }
      if (fate === 'sent' || fate === 'lost answer' || fate === 'died after') shown.push(row.id);
      if (fate === 'sent') row.state = 'sent';
      else if (fate === 'lost answer' || fate.startsWith('died'))
        Object.assign(row, { mayBeThere: true, dueAt: now + 30_000 });
      else row.dueAt = now + (fate === 'limited' ? 5000 : 2000);
      return true;
    }
  };
  for (const one of steps) {
    if (one.do === 'decide')
      add({ kind: one.kind, claim: one.claim, priority: one.priority, awaits: one.approve && one.priority === 0 });
    else if (one.do === 'wait') now += one.minutes * MINUTES;
    else if (one.do === 'approve') for (const row of open()) row.awaits = false;
    else turn(one.fate);
  }
  for (const row of open()) row.awaits = false;
  // The trouble ends: everything that is left leaves.
  for (let left = 0; left < 1000 && open().length > 0; left += 1) if (!turn('sent')) now += 6000;
  return { rows, shown };
}

describe('a lane under every order of events', () => {
  it('P4: loses nothing, says nothing twice, and keeps the order of each claim', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { rows, shown } = play(steps);
        const byId = new Map(rows.map((row) => [row.id, row]));
        expect(rows.filter((row) => row.state === 'open')).toEqual([]);
        expect(new Set(shown).size).toBe(shown.length);
        // What was posted counts as sent; what was told in a card was told in one that left, or in the one that took it in.
        for (const row of rows) {
          if (row.state === 'sent') expect(shown).toContain(row.id);
          else if (row.toldIn === null) {
            const later = rows.filter((other) => other.claim === row.claim && Number(other.id) > Number(row.id));
            expect(later.length, `${row.id} was dropped for nothing`).toBeGreaterThan(0);
          } else expect(shown).toContain(row.toldIn);
        }
        // The last word on each claim is said.
        for (const claim of ['A', 'B', 'C']) {
          const last = rows.findLast((row) => row.claim === claim && row.kind === 'status');
          if (last !== undefined) expect(shown.includes(last.id) || shown.includes(last.toldIn ?? '')).toBe(true);
          const said = shown.flatMap((id) => {
            const row = byId.get(id);
            const ids = row?.kind === 'catch-up' ? row.tells : [id];
            return ids
              .filter((one) => byId.get(one)?.claim === claim)
              .slice(-1)
              .map(Number);
          });
          expect(said).toEqual([...said].sort((a, b) => a - b));
        }
      }),
      { numRuns: 300 },
    );
  });
});
