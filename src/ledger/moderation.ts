/**
 * What waits for a workspace's moderators: alerts to approve, and doubts that readers raised.
 */
import type { Platform } from '../core/alert.ts';
import type { ClaimId } from '../core/claim.ts';
import type { Scope } from '../core/scope.ts';
import type { Status } from '../core/status.ts';
import { one, rows, type Db } from './sql.ts';

/**
 * A person's answer to all alerts of one decision that wait in its workspace. Undefined when none waits any more: answered
 * before, gone out by itself, or another workspace's.
 */
export async function answerDecision(
  db: Db,
  asked: { readonly decision: string; readonly platform: Platform; readonly workspace: string },
  answer: 'approved' | 'dropped',
  by: string,
): Promise<{ readonly claim: ClaimId; readonly alerts: readonly string[] } | undefined> {
  if (!/^\d{1,18}$/.test(asked.decision)) return undefined;
  const done = await rows<{ id: string; claim: ClaimId }>(
    db,
    `update alerts set approval = $4, due_at = now(), changed_at = now(), state = case when $4 = 'dropped' then 'dropped' else state end,
       reason = case when $4 = 'dropped' then 'dropped by ' || $5 else reason end
     where decision = $1 and platform = $2 and workspace = $3 and approval = 'waiting' and state = 'pending' and approve_by_at > now()
     returning id::text, claim`,
    [asked.decision, asked.platform, asked.workspace, answer, by],
  );
  const [first] = done;
  return first === undefined ? undefined : { claim: first.claim, alerts: done.map((row) => row.id) };
}

export interface Report {
  readonly id: string;
  readonly claim: ClaimId;
}

/** Writes a doubt down; undefined when the same person doubts the same claim already and nobody has answered. */
export async function addReport(
  tx: Db,
  report: {
    readonly scope: Scope;
    readonly channel: string;
    readonly claim: ClaimId;
    readonly status: Status;
    readonly note: string;
    readonly by: string;
  },
): Promise<string | undefined> {
  const row = await one<{ id: string }>(
    tx,
    `insert into reports (scope, channel, claim, status, note, made_by) select $1, $2, $3, $4, $5, $6
     where not exists (select 1 from reports where scope = $1 and claim = $3 and made_by = $6 and answer is null) returning id::text`,
    [report.scope, report.channel, report.claim, report.status, report.note, report.by],
  );
  return row?.id;
}

/** Answers a doubt, once. */
export async function answerReport(
  db: Db,
  id: string,
  scope: Scope,
  answer: string,
  by: string,
): Promise<Report | undefined> {
  if (!/^\d{1,18}$/.test(id)) return undefined;
  return one<Report>(
    db,
    `update reports set answer = $3, answered_by = $4, answered_at = now() where id = $1 and scope = $2 and answer is null returning id::text, claim`,
    [id, scope, answer, by],
  );
}
