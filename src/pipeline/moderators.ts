/**
 * Words to a workspace's moderators: what waits for their approval, and what a reader doubts. Through the outbox like
 * every alert, once each; the buttons carry a number that means something in that workspace only.
 */
import type { Subscription } from '../core/alert.ts';
import type { Claim } from '../core/claim.ts';
import { scopeOf } from '../core/scope.ts';
import type { Status, StatusDecision } from '../core/status.ts';
import { MINUTE } from '../core/time.ts';
import { addNotice } from '../ledger/outbox.ts';
import type { Db } from '../ledger/sql.ts';
import { approvingWorkspaces } from '../ledger/workspaces.ts';
import type { Newsroom } from './newsroom.ts';

/**
 * Who of the hearers waits for a person first, and how long. Asks the moderators of each such workspace; confirmed and
 * refuted only. Run in the transaction that writes the alerts.
 */
export async function approvalsFor<T extends Pick<Subscription, 'platform' | 'workspace'>>(
  room: Pick<Newsroom, 'ledger'>,
  tx: Db,
  change: { readonly id: string; readonly claim: Claim; readonly from: Status; readonly decision: StatusDecision },
  hearers: readonly T[],
): Promise<(T & { readonly approveInMs: number | null })[]> {
  const { status, rule, because } = change.decision;
  // What a person here decided needs no second person.
  const settles = (status === 'confirmed' || status === 'refuted') && rule !== 'override';
  const asking = settles && hearers.length > 0 ? await approvingWorkspaces(tx) : new Map<string, never>();
  const asked = new Set<string>();
  const recipients: (T & { readonly approveInMs: number | null })[] = [];
  for (const hearer of hearers) {
    const scope = scopeOf(hearer);
    const workspace = asking.get(scope);
    recipients.push({ ...hearer, approveInMs: workspace === undefined ? null : workspace.minutes * MINUTE });
    if (workspace === undefined || asked.has(scope)) continue;
    asked.add(scope);
    await addNotice(tx, {
      ledger: room.ledger,
      key: `approve ${scope} ${change.id}`,
      platform: workspace.platform,
      channel: workspace.channel,
      words: `Post this? ${word(change.from)} → ${word(status)}: ${change.claim.statement}`,
      lines: [because, `Without an answer it goes out by itself ${inMinutes(workspace.minutes)} after it was decided.`],
      asks: { kind: 'approval', number: change.id, topic: change.claim.topic, claim: change.claim.id },
    });
  }
  return recipients;
}

const word = (status: Status): string => `${status.charAt(0).toUpperCase()}${status.slice(1)}`;

export function inMinutes(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}
