import { expect, it } from 'vitest';
import { openNarrator, outletCounterConfirms } from '../../src/cli/narrator.ts';
import { decided, on, says, v4OnHuawei } from '../stories.ts';

const scoop = on('2026-02-28', says('supports', 'financial-times'));
const echo = on('2026-04-04', says('supports', 'yahoo', 'reuters', 'the-information'));

it('tells the chain of an echo once, however many claims the page touches', () => {
  const narrator = openNarrator();
  const decision = decided(v4OnHuawei, [scoop, echo]);
  const turn = {
    claim: v4OnHuawei,
    decision,
    changed: false,
    announced: false,
    fresh: [echo],
    evidence: [scoop, echo],
  };
  expect(narrator.onTurn(turn)).toContain(
    'Yahoo citing Reuters citing The Information -> The Information. Nothing posted',
  );
  expect(narrator.onTurn({ ...turn, claim: { ...v4OnHuawei, id: 'another' } })).toBeNull();
  expect(narrator.onTurn({ ...turn, fresh: [{ ...echo, article: 'a second page of that day' }] })).toBeNull();
});

it('knows when a counter of outlets would have said confirmed: at the second publisher', () => {
  expect(outletCounterConfirms([scoop])).toBeNull();
  expect(outletCounterConfirms([scoop, scoop])).toBeNull();
  expect(outletCounterConfirms([scoop, echo])).toBe(echo.published);
});
