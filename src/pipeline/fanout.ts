/**
 * Fan-out: who hears of a decision. Written in the decision's own transaction, so that an alert is there when its change is.
 *
 * A change goes to the subscriptions whose level asks for it; a correction also to every channel that was told the thing
 * corrected, whatever it asks for now. Where the status stands and somebody else knows it too, levels updates and all hear
 * of the new origin; and every card that is out follows by being edited.
 */
import { hears, hearsUpdate, isCorrection, newOrigins, type Transition } from '../core/alert.ts';
import type { Claim } from '../core/claim.ts';
import type { Scope } from '../core/scope.ts';
import type { StatusDecision } from '../core/status.ts';
import type { NewsTime } from '../core/time.ts';
import { wantEdits } from '../ledger/cards.ts';
import type { DecidedView } from '../ledger/decisions.ts';
import { mutesOf } from '../ledger/mutes.ts';
import { addAlerts, addOriginAlerts, PRIORITY, type Recipient } from '../ledger/outbox.ts';
import { channelsTold, toldOrigins } from '../ledger/outbox-views.ts';
import { tellTogether, toldUntil } from '../ledger/restored.ts';
import type { Tx } from '../ledger/sql.ts';
import type { SubscriptionState } from '../ledger/subscriptions.ts';
import { approvalsFor } from './moderators.ts';
import type { Newsroom } from './newsroom.ts';

/** Who may hear of it at all. */
export interface Audience {
  readonly scope: Scope;
  /** Subscriptions of the claim's topic that see this scope. */
  readonly subscribers: readonly SubscriptionState[];
  readonly sees: (channel: Pick<Recipient, 'platform' | 'workspace'>) => boolean;
}

const nameOf = (channel: Pick<Recipient, 'platform' | 'channel'>): string => `${channel.platform}:${channel.channel}`;

async function mutedIn(tx: Tx, claim: Claim): Promise<ReadonlySet<string>> {
  return new Set((await mutesOf(tx, claim.id)).map(nameOf));
}

/** Alerts for a change that is news. Returns the ids of those that somebody can deliver. */
export async function tellChange(
  room: Newsroom,
  tx: Tx,
  claim: Claim,
  /** `since`: news time of what decided it. */
  change: Transition & { readonly seq: number; readonly decision: StatusDecision; readonly since: NewsTime },
  audience: Audience,
): Promise<string[]> {
  const muted = await mutedIn(tx, claim);
  const hearing = audience.subscribers.filter((sub) => hears(sub.level, change));
  const heard = new Set(hearing.map(nameOf));
  const told = isCorrection(change) ? await channelsTold(tx, claim.id, change.from) : [];
  const others = told.filter((channel) => !heard.has(nameOf(channel)) && audience.sees(channel));
  const settled = isCorrection(change) || change.to === 'confirmed' || change.to === 'refuted';
  const recipients = [
    ...hearing.map((sub) => ({ ...sub, correction: false })),
    ...others.map((channel) => ({ ...channel, correction: true })),
  ].filter((to) => !muted.has(nameOf(to)));
  const ids = await addAlerts(
    tx,
    {
      ledger: room.ledger,
      id: change.id,
      claim: claim.id,
      topic: claim.topic,
      seq: change.seq,
      scope: audience.scope,
      priority: settled ? PRIORITY.settled : PRIORITY.change,
    },
    await approvalsFor(room, tx, { id: change.id, claim, from: change.from, decision: change.decision }, recipients),
  );
  // In the field news time is wall time.
  const forgotten = await toldUntil(tx);
  if (forgotten !== null && change.since <= forgotten) await tellTogether(tx, ids);
  return ids;
}

/** Alerts for new independent origins where the status stands. `view` says the claim as it is now. */
export async function tellOrigins(
  room: Newsroom,
  tx: Tx,
  claim: Claim,
  turn: {
    readonly before: StatusDecision | null;
    readonly after: StatusDecision;
    readonly view: () => Promise<DecidedView>;
  },
  audience: Audience,
): Promise<string[]> {
  const hearing = audience.subscribers.filter((sub) => hearsUpdate(sub.level, 'new origin'));
  const fresh = newOrigins(turn.before, turn.after);
  if (hearing.length === 0 || fresh.length === 0) return [];
  // An origin that came, went and came again is no news the second time.
  const told = await toldOrigins(tx, claim.id);
  const news = fresh.filter((origin) => !told.has(origin.source));
  if (news.length === 0) return [];
  const muted = await mutedIn(tx, claim);
  const view = {
    ...(await turn.view()),
    news: news.map((origin) => origin.name),
    sources: news.map((origin) => origin.source),
  };
  const ids = await addOriginAlerts(
    tx,
    { ledger: room.ledger, claim: claim.id, topic: claim.topic, scope: audience.scope, view },
    hearing.filter((sub) => !muted.has(nameOf(sub))),
  );
  if ((await toldUntil(tx)) !== null) await tellTogether(tx, ids);
  return ids;
}

/** Lets the claim's cards follow when people would see a difference. */
export async function letCardsFollow(
  tx: Tx,
  claim: Claim,
  before: StatusDecision | null,
  after: StatusDecision,
): Promise<void> {
  if (visible(before) !== visible(after)) await wantEdits(tx, claim.id);
}

function visible(decision: StatusDecision | null): string {
  if (decision === null) return '';
  const origins = [...decision.supporting, ...decision.refuting].map(({ source, url, echoes }) => [
    source,
    url,
    echoes.length,
  ]);
  return JSON.stringify([decision.status, decision.because, decision.publishers, origins]);
}
