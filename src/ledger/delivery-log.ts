/**
 * What became of the messages to one channel: for the people who run it.
 */
import type { AlertKind, Platform } from '../core/alert.ts';
import type { ClaimId } from '../core/claim.ts';
import type { Status } from '../core/status.ts';
import { one, rows, type Db } from './sql.ts';

export interface DeliveryLog {
  readonly rows: readonly {
    readonly at: Date;
    readonly kind: AlertKind;
    readonly claim: ClaimId;
    readonly to: Status | null;
    readonly state: string;
    readonly attempts: number;
    readonly reason: string | null;
    readonly possibleRepeat: boolean;
    readonly approval: string | null;
  }[];
  readonly waiting: number;
  readonly held: number;
}

/** Newest first. */
export async function deliveryLog(db: Db, platform: Platform, channel: string, limit: number): Promise<DeliveryLog> {
  const found = await rows<DeliveryLog['rows'][number]>(
    db,
    `select a.changed_at as at, a.kind, a.claim, d.to_status as to, a.state, a.attempts, a.reason, a.possible_repeat as "possibleRepeat", a.approval
     from alerts a left join decisions d on d.id = a.decision
     where a.platform = $1 and a.channel = $2 order by a.id desc limit $3`,
    [platform, channel, limit],
  );
  const counts = await one<{ waiting: string; held: string }>(
    db,
    `select count(*) filter (where state in ('pending', 'leased', 'unknown')) as waiting, count(*) filter (where state = 'held') as held
     from alerts where platform = $1 and channel = $2`,
    [platform, channel],
  );
  return { rows: found, waiting: Number(counts?.waiting ?? 0), held: Number(counts?.held ?? 0) };
}
