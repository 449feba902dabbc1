/**
 * A lane: what waits for one channel, and what should happen to it next. One message is in flight at a time; the changes of
 * one claim appear in their order; what a later change has overtaken is not said any more; what is too old to be news is
 * told in one card.
 *
 *   waiting: reported (claim A, 2 h old), confirmed (claim A), reported (claim B, 2 h old)
 *   -> "reported" of A is superseded; "reported" of B goes into a catch-up card; then the catch-up and "confirmed" of A leave
 *
 * Pure: the ledger reads the rows under the lane's lock, asks here, and writes down what it is told.
 */
import type { AlertKind, Level } from './alert.ts';
import { MINUTE } from './time.ts';

export interface Waiting {
  readonly id: string;
  readonly kind: AlertKind;
  /** '' when it is about no single claim. */
  readonly claim: string;
  /** Lower goes first, where the order of a claim allows. */
  readonly priority: number;
  /** An attempt may have been accepted without our knowing: it must be looked up and can no longer be taken back. */
  readonly mayBeThere: boolean;
  /** Somebody alive holds it: a message of this lane is in flight. */
  readonly held: boolean;
  /** A person has not answered yet and may still do so. */
  readonly awaitsApproval: boolean;
  /** Time until it may be tried, in ms; not positive when it may be tried now. */
  readonly inMs: number;
  /** Since when it could have been sent, in ms. */
  readonly ageMs: number;
  /** It waited for the end of quiet hours. */
  readonly quiet: boolean;
  readonly level: Level;
}

export interface LaneRules {
  /** Older alerts of a subscription of that level go into the catch-up card. */
  readonly freshnessMinutes: Readonly<Record<Level, number>>;
  /** False in the demo, which plays half a year in a minute: there nothing is overtaken or late. */
  readonly tidy: boolean;
}

export interface LanePlan {
  readonly superseded: readonly { readonly id: string; readonly by: string }[];
  /** Stories that are no news any more. */
  readonly tooLate: readonly string[];
  /** To be told in one card instead; earlier cards of that kind that have not left are taken into it. */
  readonly catchUp: readonly string[];
  readonly because: 'late' | 'quiet';
  /** What to lease now; null when nothing may leave. Only to be followed when the lists above are empty. */
  readonly next: string | null;
}

const tellsChange = (row: Waiting): boolean => row.kind === 'status' || row.kind === 'origin';

/** `rows`: all that is open in one lane, in the order in which it was decided. */
export function planLane(rows: readonly Waiting[], rules: LaneRules): LanePlan {
  const nothing = { superseded: [], tooLate: [], catchUp: [], because: 'late', next: null } as const;
  if (rows.some((row) => row.held)) return nothing;
  // A new origin tells the status too, so it waits with the change that a person has still to approve.
  const asked = new Set<string>();
  const open = rows.filter((row) => {
    if (row.awaitsApproval) asked.add(row.claim);
    return !row.awaitsApproval && !(row.kind === 'origin' && asked.has(row.claim));
  });
  if (!rules.tidy) return { ...nothing, next: nextOf(open) };
  const superseded = overtaken(rows);
  if (superseded.length > 0) return { ...nothing, superseded };

  // What comes after a message that must still be looked up waits for it.
  const unsure = new Set<string>();
  const movable = open.filter((row) => {
    if (row.mayBeThere) unsure.add(row.claim);
    return !row.mayBeThere && row.inMs <= 0 && !(tellsChange(row) && unsure.has(row.claim));
  });
  const late = movable.filter((row) => row.ageMs > rules.freshnessMinutes[row.level] * MINUTE);
  const tooLate = late.filter((row) => row.kind === 'story').map((row) => row.id);
  const quiet = movable.filter((row) => tellsChange(row) && row.quiet);
  const stale = new Set([...late.filter(tellsChange), ...(quiet.length > 1 ? quiet : [])]);
  if (stale.size === 0) return { ...nothing, tooLate, next: tooLate.length > 0 ? null : nextOf(open) };
  const earlier = open.filter((row) => row.kind === 'catch-up' && !row.mayBeThere);
  const because = late.some(tellsChange) ? 'late' : 'quiet';
  return { ...nothing, tooLate, catchUp: [...earlier, ...stale].map((row) => row.id), because };
}

/**
 * A change of a claim that has not left is overtaken by a later change of it; a new origin by any later word on the claim.
 * What still waits for a person overtakes nothing, for it may be dropped.
 */
function overtaken(rows: readonly Waiting[]): { id: string; by: string }[] {
  return rows.flatMap((row, at) => {
    if (row.mayBeThere || !tellsChange(row)) return [];
    const by = rows
      .slice(at + 1)
      .findLast(
        (later) =>
          later.claim === row.claim &&
          !later.awaitsApproval &&
          (later.kind === 'status' || (later.kind === 'origin' && row.kind === 'origin')),
      );
    return by === undefined ? [] : [{ id: row.id, by: by.id }];
  });
}

function nextOf(open: readonly Waiting[]): string | null {
  const spoken = new Set<string>();
  // Nothing on any claim may be told before the card that tells what happened earlier.
  const catchingUp = open.find((row) => row.kind === 'catch-up');
  const heads = open.filter((row) => {
    if (row.kind === 'catch-up') return row === catchingUp;
    if (!tellsChange(row)) return true;
    if (catchingUp !== undefined || spoken.has(row.claim)) return false;
    spoken.add(row.claim);
    return true;
  });
  const due = heads.filter((row) => row.inMs <= 0);
  const [first, ...others] = due;
  if (first === undefined) return null;
  return others.reduce((best, row) => (row.priority < best.priority ? row : best), first).id;
}
