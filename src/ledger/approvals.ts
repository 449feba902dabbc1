/**
 * Alerts that wait for a person: approved they leave, dropped they never do, and when nobody answers in time they go out by
 * themselves.
 */
import type { Platform } from '../core/alert.ts';
import type { ClaimId } from '../core/claim.ts';
import { wallTime, type WallTime } from '../core/time.ts';
import { rows, type Db } from './sql.ts';

/** SQL: a person has not answered yet and may still do so. Such a row holds nobody up. */
export const AWAITS_APPROVAL = `(coalesce(approval, '') = 'waiting' and approve_by_at > now())`;

/** A person's answer to an alert that waits for approval. False when it no longer waits. */
export async function answerApproval(
  db: Db,
  alert: string,
  answer: 'approved' | 'dropped',
  by: string,
): Promise<boolean> {
  const done = await rows(
    db,
    `update alerts set approval = $2, due_at = now(), changed_at = now(), state = case when $2 = 'dropped' then 'dropped' else state end,
       reason = case when $2 = 'dropped' then 'dropped by ' || $3 else reason end
     where id = $1 and approval = 'waiting' and state = 'pending' and approve_by_at > now() returning id`,
    [alert, answer, by],
  );
  return done.length > 0;
}

export interface WaitingApproval {
  readonly alert: string;
  readonly claim: ClaimId;
  readonly platform: Platform;
  readonly channel: string;
  /** It goes out by itself then. */
  readonly approveBy: WallTime;
}

/** Alerts that wait for a person, the most urgent first. */
export async function waitingApprovals(db: Db): Promise<WaitingApproval[]> {
  const found = await rows<Omit<WaitingApproval, 'approveBy'> & { by: Date }>(
    db,
    `select id::text as alert, claim, platform, channel, approve_by_at as by from alerts
     where approval = 'waiting' and state = 'pending' and approve_by_at > now() order by approve_by_at, id`,
  );
  return found.map(({ by, ...row }) => ({ ...row, approveBy: wallTime(by.getTime()) }));
}
