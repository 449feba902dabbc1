/**
 * Track records as the desk gives them: from the claims that whoever asks may see, and nobody else's.
 */
import { expect, it } from 'vitest';
import { EVERYBODY, type Scope } from '../../src/core/scope.ts';
import { decide, type Status } from '../../src/core/status.ts';
import { newsTime } from '../../src/core/time.ts';
import type { ClaimState } from '../../src/ledger/claims.ts';
import { trackRecordsOf } from '../../src/pipeline/desk-views.ts';
import { whyView } from '../../src/pipeline/views.ts';
import { claim, on, registry, says } from '../stories.ts';

const now = newsTime('2026-06-01');
const rows = [on('2026-04-01', says('supports', 'the-information')), on('2026-04-07', says('supports', 'bloomberg'))];
const decision = decide(claim(), rows, [], now, { registry });
const state = (id: string, scope: Scope, status: Status = decision.status): ClaimState => ({
  id,
  scope,
  status,
  since: null,
  current: decision,
  fresh: false,
  dirty: '1',
});

it('leaves out what another workspace tracks', () => {
  const other = 'slack:T2' as Scope;
  const states = [state('a', EVERYBODY, 'confirmed'), state('b', EVERYBODY), state('c', other, 'refuted')];
  expect(trackRecordsOf(states, EVERYBODY)).toMatchObject([
    { source: 'the-information', first: 2, confirmed: 1, open: 1 },
  ]);
  expect(trackRecordsOf(states, other)).toMatchObject([{ first: 3, refuted: 1 }]);
});

it('puts the record beside the origin it is about', () => {
  const view = whyView(
    claim(),
    decision,
    null,
    [],
    [],
    false,
    new Map([['the-information', 'first on 2 claims: 2 open']]),
  );
  expect(view.claim.supporting.map(({ name, record }) => [name, record])).toEqual([
    ['The Information', 'first on 2 claims: 2 open'],
    ['Bloomberg', undefined],
  ]);
});
